-- The gym database, version 1. Names follow macromol-gym. Lengths are in angstrom.
-- Indexes are in indexes.sql and are built after the last row.

-- Every build parameter, by name; values are JSON texts.
CREATE TABLE metadata (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE split (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

-- Structures with zones. Ids are in lower case; model_id is the model that was read.
CREATE TABLE structure (
    id INTEGER PRIMARY KEY,
    split_id INTEGER REFERENCES split (id),
    pdb_id TEXT NOT NULL UNIQUE,
    model_id TEXT NOT NULL,
    rank INTEGER
);

-- atom_count: atoms of the whole assembly, copies included. The atoms near zones are in atom_tile.
CREATE TABLE assembly (
    id INTEGER PRIMARY KEY,
    struct_id INTEGER NOT NULL REFERENCES structure (id),
    pdb_id TEXT NOT NULL,
    atom_count INTEGER NOT NULL,
    UNIQUE (struct_id, pdb_id)
);

CREATE TABLE zone (
    id INTEGER PRIMARY KEY,
    assembly_id INTEGER NOT NULL REFERENCES assembly (id),
    center_x_A REAL NOT NULL,
    center_y_A REAL NOT NULL,
    center_z_A REAL NOT NULL
);

-- Subchains (label_asym_id, and the symmetry mate from 0) that a zone holds enough of.
CREATE TABLE subchain (
    zone_id INTEGER NOT NULL REFERENCES zone (id),
    pdb_id TEXT NOT NULL,
    symmetry_mate INTEGER NOT NULL,
    PRIMARY KEY (zone_id, pdb_id, symmetry_mate)
) WITHOUT ROWID;

CREATE TABLE subchain_pair (
    zone_id INTEGER NOT NULL REFERENCES zone (id),
    pdb_id_1 TEXT NOT NULL,
    symmetry_mate_1 INTEGER NOT NULL,
    pdb_id_2 TEXT NOT NULL,
    symmetry_mate_2 INTEGER NOT NULL,
    PRIMARY KEY (zone_id, pdb_id_1, symmetry_mate_1, pdb_id_2, symmetry_mate_2)
) WITHOUT ROWID;

-- Where neighbors lie, from the center of a zone.
CREATE TABLE neighbor (
    id INTEGER PRIMARY KEY,
    offset_x_A REAL NOT NULL,
    offset_y_A REAL NOT NULL,
    offset_z_A REAL NOT NULL
);

-- The primary key is the index that finds the neighbors of a zone.
CREATE TABLE zone_neighbor (
    zone_id INTEGER NOT NULL REFERENCES zone (id),
    neighbor_id INTEGER NOT NULL REFERENCES neighbor (id),
    PRIMARY KEY (zone_id, neighbor_id)
) WITHOUT ROWID;

CREATE TABLE curriculum (
    zone_id INTEGER NOT NULL REFERENCES zone (id),
    random_seed INTEGER NOT NULL,
    difficulty REAL NOT NULL,
    UNIQUE (zone_id, random_seed)
);

-- Every input that did not make it, and why. stage: read, parse, assembly or zones.
CREATE TABLE rejected (
    path TEXT NOT NULL,
    pdb_id TEXT,
    assembly_pdb_id TEXT,
    stage TEXT NOT NULL,
    reason TEXT NOT NULL
);

-- Atoms of an assembly by the cube of space they are in: x, y, z count cubes of edge
-- atom_tile_edge_A (metadata) from the origin. lib/database/tile_codec.cpp explains the blobs.
-- Blobs of this size fill pages badly in a table without rowids: twice the bytes per atom.
CREATE TABLE atom_tile (
    assembly_id INTEGER NOT NULL REFERENCES assembly (id),
    x INTEGER NOT NULL,
    y INTEGER NOT NULL,
    z INTEGER NOT NULL,
    drawing BLOB NOT NULL,
    PRIMARY KEY (assembly_id, x, y, z)
);

-- What drawing does not need, of the same atoms in the same order.
CREATE TABLE atom_annotation (
    assembly_id INTEGER NOT NULL REFERENCES assembly (id),
    x INTEGER NOT NULL,
    y INTEGER NOT NULL,
    z INTEGER NOT NULL,
    annotation BLOB NOT NULL,
    PRIMARY KEY (assembly_id, x, y, z)
);
