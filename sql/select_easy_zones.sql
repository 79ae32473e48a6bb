-- Zones whose difficulty is below a limit, on average over their samples. Those that nothing is
-- known of are not among them.
SELECT zone_id
FROM curriculum
GROUP BY zone_id
HAVING avg(difficulty) < ?
ORDER BY zone_id
