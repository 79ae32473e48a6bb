-- The pairs of subchains that zones of each structure hold.
SELECT DISTINCT structure.pdb_id, pdb_id_1, pdb_id_2
FROM subchain_pair
JOIN zone ON zone.id = subchain_pair.zone_id
JOIN assembly ON assembly.id = zone.assembly_id
JOIN structure ON structure.id = assembly.struct_id
