SELECT z, drawing
FROM atom_tile
WHERE assembly_id = ? AND x = ? AND y = ? AND z BETWEEN ? AND ?
ORDER BY z
