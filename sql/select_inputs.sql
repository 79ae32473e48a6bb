-- What merge_databases() needs of every input.
SELECT id, name, size, checksum, report_checksum, path, census, incomplete
FROM input
ORDER BY id
