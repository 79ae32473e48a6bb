-- The subchains in the zones of each structure.
SELECT DISTINCT structure.pdb_id, subchain.pdb_id
FROM subchain
JOIN zone ON zone.id = subchain.zone_id
JOIN assembly ON assembly.id = zone.assembly_id
JOIN structure ON structure.id = assembly.struct_id
