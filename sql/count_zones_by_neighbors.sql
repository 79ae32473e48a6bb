-- How many zones have 0, 1, ... neighbors.
SELECT neighbors, count(*)
FROM (
    SELECT count(zone_neighbor.zone_id) AS neighbors
    FROM zone
    LEFT JOIN zone_neighbor ON zone_neighbor.zone_id = zone.id
    GROUP BY zone.id
)
GROUP BY neighbors
ORDER BY neighbors
