-- Clusters that are in more than one split: of those that the splits were made to keep together, and
-- of the polymers' own.
SELECT (
    SELECT count(*)
    FROM (
        SELECT 1
        FROM split_cluster
        JOIN structure ON structure.id = split_cluster.struct_id
        GROUP BY cluster
        HAVING count(DISTINCT split_id) > 1
    )
), (
    SELECT count(*)
    FROM (
        SELECT 1
        FROM entity
        JOIN structure ON structure.id = entity.struct_id
        WHERE polymer_type IS NOT NULL
        GROUP BY cluster
        HAVING count(DISTINCT split_id) > 1
    )
)
