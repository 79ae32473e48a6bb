-- Numbers of clusters in more than one split: of the clusters in split_cluster, and of the clusters
-- of polymers.
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
