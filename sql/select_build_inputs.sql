SELECT name, size, checksum, report_checksum
FROM build_input
ORDER BY id
