-- The reason why an assembly or its whole structure was rejected.
SELECT reason
FROM rejected
WHERE pdb_id = lower(?) AND coalesce(assembly_pdb_id, '') IN ('', ?)
ORDER BY assembly_pdb_id DESC
LIMIT 1
