-- All stored atoms of an assembly.
SELECT x, y, z, drawing, annotation
FROM atom_tile
JOIN atom_annotation USING (assembly_id, x, y, z)
WHERE assembly_id = ?
ORDER BY x, y, z
