-- The stored atoms of an assembly in a box of cubes.
SELECT x, y, z, drawing, annotation
FROM atom_tile
JOIN atom_annotation USING (assembly_id, x, y, z)
WHERE assembly_id = ? AND x BETWEEN ? AND ? AND y BETWEEN ? AND ? AND z BETWEEN ? AND ?
ORDER BY x, y, z
