-- Bytes of every table and index. For tables WITHOUT ROWID, the primary key is the table. dbstat's
-- own sum (aggregate = TRUE) would never end in a damaged file whose pages form a circle.
SELECT part.tbl_name, used.name, used.bytes
FROM (SELECT name, sum(pgsize) AS bytes FROM dbstat GROUP BY name) AS used
LEFT JOIN sqlite_schema AS part ON part.name = used.name
ORDER BY used.bytes DESC, used.name
