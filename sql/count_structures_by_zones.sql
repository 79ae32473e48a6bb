-- How many structures have 0, 1, ... zones.
SELECT zones, count(*)
FROM (
    SELECT count(zone.id) AS zones
    FROM structure
    LEFT JOIN assembly ON assembly.struct_id = structure.id
    LEFT JOIN zone ON zone.assembly_id = assembly.id
    GROUP BY structure.id
)
GROUP BY zones
ORDER BY zones
