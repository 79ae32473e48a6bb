SELECT structure.pdb_id
FROM structure
WHERE NOT EXISTS (
    SELECT 1
    FROM assembly
    JOIN zone ON zone.assembly_id = assembly.id
    WHERE assembly.struct_id = structure.id
)
ORDER BY structure.pdb_id
