SELECT drawing, annotation
FROM atom_tile
JOIN atom_annotation USING (assembly_id, x, y, z)
WHERE assembly_id = ? AND x = ? AND y = ? AND z = ?
