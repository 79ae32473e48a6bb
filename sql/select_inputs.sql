-- What merge_databases() needs of every input.
SELECT id, name, size, checksum, report_checksum, path, census
FROM input
ORDER BY id
