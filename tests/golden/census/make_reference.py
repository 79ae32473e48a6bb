#!/usr/bin/env python3
"""Writes the reference numbers of this folder: what macromol-census and macromol-gym make of structures.

    python make_reference.py census OUT.json FILE.cif.gz...
    python make_reference.py choice OUT.json SCENARIO.json FOLDER...
    python make_reference.py splits OUT.json

`census` asks for what is known of each structure by itself, and for its rank among those given. `choice`
runs the whole of a scenario (see README.md) and lists the zones that are accepted. `splits` assigns made-up
structures to splits.
"""

import gzip
import hashlib
import json
import pathlib
import sys
import tempfile

import duckdb
import macromol_census.database_io as census_io
import macromol_gym.pick as pick
import macromol_gym.split as split
import numpy as np
import polars as pl
from macromol_census.find_identical_branched_entities import find_identical_branched_entities
from macromol_census.find_identical_ligands import find_identical_ligands
from macromol_census.ingest_entity_clusters import load_entity_clusters
from macromol_census.ingest_nonspecific_ligands import ingest_nonspecific_ligands
from macromol_census.ingest_blacklist import ingest_blacklist
from macromol_census.ingest_structures import _get_insert_structure_kwargs
from macromol_census.rank_assemblies import rank_assemblies  # noqa: F401
from macromol_census.rank_structures import rank_structures
from macromol_gym.database_io import init_db as init_gym, open_db as open_gym


def md5_of(path):
    data = path.read_bytes()
    return hashlib.md5(gzip.decompress(data)).hexdigest()


def ingest(db, paths):
    """Returns the structures that the reference cannot take, with its reason."""
    refused = {}
    for path in paths:
        try:
            kwargs = _get_insert_structure_kwargs(path)
            with census_io.transaction(db):
                census_io.insert_structure(db, **kwargs)
        except Exception as error:  # it has many ways to fail
            refused[path.name.split(".")[0]] = f"{type(error).__name__}: {error}"[:200].strip()
    census_io.create_structure_indices(db)
    return refused


# polars has become stricter about what is_in() takes since this package was written.
assembly_ranks = sys.modules["macromol_census.rank_assemblies"]
find_cover = assembly_ranks.find_assembly_subchain_cover
assembly_ranks.find_assembly_subchain_cover = lambda df: find_cover(df)["assembly_id"].to_list()


def rank(db):
    census_io.update_structure_ranks(db, rank_structures(db))
    census_io.insert_assembly_ranks(db, rank_assemblies(db))


def rows(db, sql, *params):
    return db.execute(sql, params).fetchall()


def census(out, paths):
    db = duckdb.connect()
    census_io.init_db(db)
    refused = ingest(db, paths)
    rank(db)
    structures = {}
    for path in paths:
        pdb_id = path.name.split(".")[0]
        entry = {"input_md5": md5_of(path)}
        structures[pdb_id] = entry
        if pdb_id in refused:
            entry["refused"] = refused[pdb_id]
            continue
        entry["rank"] = rows(db, "SELECT rank FROM structure WHERE pdb_id = ?", pdb_id)[0][0]
        date, methods, full = rows(
            db, "SELECT deposit_date, exptl_methods, full_atom FROM structure WHERE pdb_id = ?", pdb_id
        )[0]
        entry |= {"deposit_date": str(date), "methods": methods, "full_atom": full}
        entry["xtal"] = rows(
            db, "SELECT resolution_A, r_work, r_free FROM quality_xtal JOIN structure ON id = struct_id"
            " WHERE pdb_id = ?", pdb_id)
        entry["em"] = rows(
            db, "SELECT resolution_A, q_score FROM quality_em JOIN structure ON id = struct_id"
            " WHERE pdb_id = ?", pdb_id)
        entry["models"] = [r[0] for r in rows(
            db, "SELECT model.pdb_id FROM model JOIN structure ON structure.id = struct_id"
            " WHERE structure.pdb_id = ?", pdb_id)]
        entry["assemblies"] = [r[0] for r in rows(
            db, "SELECT assembly.pdb_id FROM assembly JOIN structure ON structure.id = struct_id"
            " JOIN assembly_rank ON assembly_id = assembly.id WHERE structure.pdb_id = ?"
            " ORDER BY assembly_rank.rank", pdb_id)]
    write(out, structures)


def choice(out, scenario_path, folders):
    scenario = json.loads(pathlib.Path(scenario_path).read_text())
    paths = {}
    for pdb_id in scenario["structures"]:
        found = [p for f in folders if (p := pathlib.Path(f) / f"{pdb_id}.cif.gz").exists()]
        paths[pdb_id] = found[0]
    work = pathlib.Path(tempfile.mkdtemp())
    db = duckdb.connect(work / "census.db")
    census_io.init_db(db)
    refused = ingest(db, paths.values())
    rank(db)
    if scenario.get("default_clusters", True):
        # Identical sequences are no clustering of the reference's; here they come as a file would.
        sequences = db.sql(
            "SELECT entity_id, CAST(type AS VARCHAR) || sequence AS cluster_id FROM entity_polymer"
        ).pl()
        grouped = [("sequences", sequences), ("ligands", find_identical_ligands(db))]
        if rows(db, "SELECT count(*) FROM entity_branched")[0][0]:
            grouped.append(("branched", find_identical_branched_entities(db)))
        for namespace, clusters in grouped:
            if len(clusters):
                census_io.insert_entity_clusters(db, clusters, namespace)
    if "clusters" in scenario:
        # One cluster for each entity is all that the reference can take, so those here come last.
        db.execute("DELETE FROM entity_cluster WHERE entity_id IN (SELECT entity.id FROM entity JOIN"
                   " structure ON structure.id = struct_id WHERE structure.pdb_id || '_' || entity.pdb_id"
                   " IN (SELECT unnest(?)))", [[e for c in scenario["clusters"] for e in c]])
        tsv = work / "clusters.tsv"
        tsv.write_text("".join(f"{i}\t{e}\n" for i, c in enumerate(scenario["clusters"]) for e in c))
        census_io.insert_entity_clusters(db, load_entity_clusters(db, tsv), "file")
    # Water is never in a zone, but the reference takes its cluster for one still to be found.
    (work / "nonspecific").write_text("\n".join(["HOH", "DOD", *scenario.get("nonspecific", [])]) + "\n")
    ingest_nonspecific_ligands(db, work / "nonspecific")
    (work / "blacklist").write_text("\n".join(scenario.get("blacklist", [])) + "\n")
    ingest_blacklist(db, work / "blacklist")

    fields = dict(scenario["parameters"])
    config = pick.Config(census_md5="", cath_md5={}, cath_min_domains=0, **fields)
    gym = open_gym(work / "gym.sqlite", mode="rwc")
    init_gym(gym)
    visited = []
    cath = pl.DataFrame(schema={"pdb_id": str, "chain_id": str, "seq_ids": pl.List(int), "cath_label": int})

    def path_of(pdb_id):
        visited.append(pdb_id)
        return paths[pdb_id]

    pick.pick_training_zones(
        gym, db, config=config, polymer_labels=pick.get_polymer_labels(), cath_labels=cath,
        get_mmcif_path=path_of,
    )
    zones = {}
    cursor = gym.cursor()
    cursor.row_factory = None
    for pdb_id, model, assembly, center in cursor.execute(
        "SELECT structure.pdb_id, structure.model_id, assembly.pdb_id, center_A FROM zone"
        " JOIN assembly ON assembly.id = assembly_id JOIN structure ON structure.id = struct_id"
        " ORDER BY zone.id").fetchall():
        structure = zones.setdefault(pdb_id, {"model": model, "assemblies": {}})
        structure["assemblies"].setdefault(assembly, []).append([round(float(x), 3) for x in center])
    result = {
        "scenario": scenario,
        "input_md5": {k: md5_of(p) for k, p in paths.items()},
        "refused": refused,
        "expanded": visited,
        "zones": zones,
    }
    write(out, result)


def splits(out):
    cases = []
    for seed in range(24):
        rng = np.random.default_rng(1000 + seed)
        structures = [f"{i:04}" for i in range(int(rng.integers(3, 60)))]
        counts = {s: int(rng.integers(1, 40)) for s in structures}
        clusters = sorted(
            {(s, f"c{int(rng.integers(0, 2 * len(structures)))}") for s in structures for _ in range(2)}
        )
        targets = [{"train": 80.0, "val": 10.0, "test": 10.0}, {"train": 3.0, "val": 1.0, "test": 1.0},
                   {"a": 1.0, "b": 1.0}][seed % 3]
        assigned = split.make_splits(
            np.random.default_rng(seed), counts,
            pl.DataFrame(clusters, ["pdb_id", "cluster"], orient="row"), targets)
        cases.append({"seed": seed, "counts": counts, "clusters": clusters,
                      "targets": list(targets.items()),
                      "splits": {k: str(v) for k, v in sorted(assigned.items())}})
    write(out, {str(c["seed"]): c for c in cases})


def write(out, result):
    """One line for each member."""
    lines = [f"{json.dumps(k)}: {json.dumps(v, separators=(',', ':'))}" for k, v in result.items()]
    pathlib.Path(out).write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    if sys.argv[1] == "census":
        census(sys.argv[2], [pathlib.Path(a) for a in sys.argv[3:]])
    elif sys.argv[1] == "splits":
        splits(sys.argv[2])
    else:
        choice(sys.argv[2], sys.argv[3], sys.argv[4:])
