-- The inputs of a build in progress, in the order in which they are written. Dropped at the end of
-- the build. name: the file's name without its folder. The checksums are CRC-32 of the bytes on
-- disk, of the file and of its validation report; 0 if there is none.
CREATE TABLE build_input (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    checksum INTEGER NOT NULL,
    report_checksum INTEGER NOT NULL,
    done INTEGER NOT NULL DEFAULT 0
);
