-- The pairs of subchains in the zones of each structure.
SELECT DISTINCT structure.pdb_id, pdb_id_1, pdb_id_2
FROM subchain_pair
JOIN zone ON zone.id = subchain_pair.zone_id
JOIN assembly ON assembly.id = zone.assembly_id
JOIN structure ON structure.id = assembly.struct_id
