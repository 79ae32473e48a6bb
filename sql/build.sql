-- How many inputs of a build in progress have been written. Dropped at the end of the build.
CREATE TABLE build_progress (
    inputs_done INTEGER NOT NULL
);
INSERT INTO build_progress VALUES (0);
