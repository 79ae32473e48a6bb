SELECT zone.id
FROM split
JOIN structure ON structure.split_id = split.id
JOIN assembly ON assembly.struct_id = structure.id
JOIN zone ON zone.assembly_id = assembly.id
WHERE split.name = ?
ORDER BY zone.id
