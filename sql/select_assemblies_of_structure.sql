SELECT structure.pdb_id || '/' || assembly.pdb_id
FROM assembly
JOIN structure ON structure.id = assembly.struct_id
WHERE structure.pdb_id = lower(?)
ORDER BY assembly.id
