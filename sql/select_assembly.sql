SELECT assembly.id, assembly.atom_count
FROM assembly
JOIN structure ON structure.id = assembly.struct_id
WHERE structure.pdb_id = lower(?) AND assembly.pdb_id = ?
