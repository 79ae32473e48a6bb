-- Zones whose mean difficulty over their samples is below a limit. Zones that are not in the
-- curriculum are left out.
SELECT zone_id
FROM curriculum
GROUP BY zone_id
HAVING avg(difficulty) < ?
ORDER BY zone_id
