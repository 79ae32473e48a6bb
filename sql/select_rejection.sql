-- Why an assembly of a structure was turned down, or the whole structure.
SELECT reason
FROM rejected
WHERE pdb_id = lower(?) AND coalesce(assembly_pdb_id, '') IN ('', ?)
ORDER BY assembly_pdb_id DESC
LIMIT 1
