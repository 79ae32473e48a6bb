-- What a build in progress has to remember; gone when it is finished. pdb_id: of the structure that
-- was read from the file, whether or not it had zones.
CREATE TABLE build_input (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL,
    size INTEGER NOT NULL,
    done INTEGER NOT NULL DEFAULT 0,
    pdb_id TEXT
);
CREATE INDEX build_input_pdb_id ON build_input (pdb_id);
