SELECT annotation
FROM atom_annotation
WHERE assembly_id = ? AND x = ? AND y = ? AND z = ?
