-- How many zones each structure has.
SELECT structure.pdb_id, count(*)
FROM zone
JOIN assembly ON assembly.id = zone.assembly_id
JOIN structure ON structure.id = assembly.struct_id
GROUP BY structure.id
ORDER BY structure.pdb_id
