-- Bytes of every table and index. For tables WITHOUT ROWID, the primary key is the table.
SELECT part.tbl_name, dbstat.name, dbstat.pgsize
FROM dbstat
LEFT JOIN sqlite_schema AS part ON part.name = dbstat.name
WHERE dbstat.aggregate = TRUE
ORDER BY dbstat.pgsize DESC, dbstat.name
