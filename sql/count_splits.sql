-- Numbers of structures, assemblies and zones of each split. The last row (name NULL) counts the
-- structures without a split.
SELECT split.name, count(DISTINCT structure.id), count(DISTINCT assembly.id), count(zone.id)
FROM structure
LEFT JOIN split ON split.id = structure.split_id
LEFT JOIN assembly ON assembly.struct_id = structure.id
LEFT JOIN zone ON zone.assembly_id = assembly.id
GROUP BY split.id
ORDER BY split.id IS NULL, split.id
