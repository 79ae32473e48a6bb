-- The gym database, version 5. Names follow macromol-gym. Lengths are in angstrom.
-- Indexes are in indexes.sql and are built after the last row.

-- The build parameters, by name. Values are JSON texts. Also inputs_md5 (of the names, sizes and
-- checksums of the input files), written_by (the versions that finished the build, for information),
-- split_options (how structures were split, lib/split/split_rule.h) and database_id
-- (lib/database/fingerprint.h).
CREATE TABLE metadata (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE split (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

-- Every input file, in the order in which the build visits them: by rank, then those that could not
-- be read. `merge` ranks, clusters and chooses again with these rows. path: as in rejected. name: of
-- the file, without folders. size: in bytes, and CRC-32 of the bytes on disk, of the file and of its
-- validation report; 0 if there is none. census: what is known without atoms
-- (lib/plan/census_entry.cpp). incomplete: 1 if zones may be missing, because they were dropped for
-- structures that have been removed or replaced since; build-db --rebuild finds them again.
CREATE TABLE input (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL,
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    checksum INTEGER NOT NULL,
    report_checksum INTEGER NOT NULL,
    census TEXT NOT NULL,
    incomplete INTEGER NOT NULL
);

-- Structures with zones. pdb_id is in lower case. model_id: the model that was read. rank: place
-- among all structures of the build; 1 is the best (select_structures_by_rank.sql). Figures are
-- NULL if no file contains them. The ranking uses the bins, which are also NULL for figures that do
-- not count (lib/census/structure_rank.h). resolution_A: of diffraction data, else of a
-- reconstruction. is_computed: 1 for a computed model, such as AlphaFold's
-- (lib/structure/model_confidence.h), else 0; mean_plddt: of that model, 0-100. unmodelled_atoms:
-- atoms of the model that the file lists without coordinates. unsure_residues: residues that are
-- left out because their pLDDT is below min_plddt (metadata).
CREATE TABLE structure (
    id INTEGER PRIMARY KEY,
    input_id INTEGER NOT NULL REFERENCES input (id),
    split_id INTEGER REFERENCES split (id),
    pdb_id TEXT NOT NULL UNIQUE,
    model_id TEXT NOT NULL,
    rank INTEGER,
    method TEXT,
    deposition_date TEXT,
    resolution_A REAL,
    resolution_bin INTEGER,
    r_work REAL,
    r_free REAL,
    clashscore REAL,
    clashscore_bin INTEGER,
    nmr_restraints INTEGER,
    q_score REAL,
    is_computed INTEGER NOT NULL,
    mean_plddt REAL,
    unmodelled_atoms INTEGER NOT NULL,
    unsure_residues INTEGER NOT NULL
);

-- The entities of structures. Entities that count as the same have the same cluster: the name
-- PDBID_ENTITY of the first of them. polymer_type is NULL for non-polymers.
CREATE TABLE entity (
    struct_id INTEGER NOT NULL REFERENCES structure (id),
    pdb_id TEXT NOT NULL,
    polymer_type TEXT,
    cluster TEXT NOT NULL,
    PRIMARY KEY (struct_id, pdb_id)
) WITHOUT ROWID;

-- The clusters by which the structures were split.
CREATE TABLE split_cluster (
    struct_id INTEGER NOT NULL REFERENCES structure (id),
    cluster TEXT NOT NULL,
    PRIMARY KEY (struct_id, cluster)
) WITHOUT ROWID;

-- Polymers that structures with a split had, before these were removed, replaced or lost all zones.
-- New structures with the same polymers get the same split. content: MD5 of the polymer, as in input.census.
CREATE TABLE former_polymer (
    content TEXT NOT NULL,
    split_id INTEGER NOT NULL REFERENCES split (id),
    PRIMARY KEY (content, split_id)
) WITHOUT ROWID;

-- atom_count: atoms of the whole assembly, copies included. atom_tile has only the atoms near
-- zones.
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

-- Subchains (label_asym_id and the symmetry mate, from 0) of which a zone contains enough.
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

-- Offsets of neighbors from the center of a zone.
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

-- Rejected inputs and assemblies, and why. path: as given, but bytes that are not UTF-8 and control
-- characters are written as \xNN. stage: read, parse, census (rejected by facts known without the
-- atoms), zones (has no zones), choice (better structures have all that it contains) or write (has
-- zones, but cannot be stored). assembly_pdb_id is NULL if the whole input is rejected. zones: how many
-- zones were found and are not kept.
CREATE TABLE rejected (
    path TEXT NOT NULL,
    pdb_id TEXT,
    assembly_pdb_id TEXT,
    stage TEXT NOT NULL,
    reason TEXT NOT NULL,
    zones INTEGER NOT NULL
);

-- Atoms of an assembly, in cubes of edge atom_tile_edge_A (metadata). x, y, z: number of the cube
-- along each axis, from the origin. lib/database/tile_codec.cpp describes the blobs. WITHOUT ROWID,
-- blobs of this size fill pages badly and take twice the bytes per atom.
CREATE TABLE atom_tile (
    assembly_id INTEGER NOT NULL REFERENCES assembly (id),
    x INTEGER NOT NULL,
    y INTEGER NOT NULL,
    z INTEGER NOT NULL,
    drawing BLOB NOT NULL,
    PRIMARY KEY (assembly_id, x, y, z)
);

-- Columns of the same atoms, in the same order, that drawing does not need.
CREATE TABLE atom_annotation (
    assembly_id INTEGER NOT NULL REFERENCES assembly (id),
    x INTEGER NOT NULL,
    y INTEGER NOT NULL,
    z INTEGER NOT NULL,
    annotation BLOB NOT NULL,
    PRIMARY KEY (assembly_id, x, y, z)
);
