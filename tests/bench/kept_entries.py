#!/usr/bin/env python3
"""Print how many entries have zones with each preset and --density-check-min-atoms.

    kept_entries.py MMGYM INPUT_OR_FLAG_OF_BUILD_DB...

The table is in Markdown. It has the entries with zones, by size and kind, and the zones. All zones
are kept (--keep-all), so that no entry loses its zones to a better one.
"""

import pathlib
import sqlite3
import subprocess
import sys
import tempfile

PRESETS = ("neighbor", "single")
DENSITIES_NM3 = (35, 30, 25, 20, 15, 10)
# Of the largest assembly of an entry, and of its polymers.
GROUPS = {
    "below 2,000 atoms": lambda atoms, types: atoms < 2000,
    "2,000 to 10,000": lambda atoms, types: 2000 <= atoms <= 10000,
    "more": lambda atoms, types: atoms > 10000,
    "with DNA or RNA": lambda atoms, types: "nucleotide" in types,
}


def build(mmgym, arguments, gym):
    command = [mmgym, "build-db", *arguments, "--db", gym, "--force", "--keep-all", "--quiet"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return sqlite3.connect(gym)


def groups_of_entries(mmgym, arguments, gym):
    """Returns the ids of the entries in each group, from a database with all entries."""
    flags = ("--preset", "single", "--density-check-min-atoms", 0, "--density-check-max-atoms", 1e6,
             "--max-resolution", 1000)  # fmt: skip
    with build(mmgym, [*arguments, *map(str, flags)], gym) as database:
        rows = database.execute(
            "SELECT pdb_id, (SELECT max(atom_count) FROM assembly WHERE struct_id = s.id), "
            "coalesce((SELECT group_concat(polymer_type) FROM entity WHERE struct_id = s.id), '') "
            "FROM structure s"
        ).fetchall()
    return {name: {entry for entry, atoms, types in rows if contains(atoms, types)}
            for name, contains in {"all": lambda *_: True, **GROUPS}.items()}  # fmt: skip


def main():
    mmgym, *arguments = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        gym = pathlib.Path(folder) / "gym.sqlite"
        groups = groups_of_entries(mmgym, arguments, gym)
        heads = [f"{name} ({len(entries)})" for name, entries in groups.items()]
        print("| " + " | ".join(["preset", "atoms/nm³", *heads, "zones"]) + " |")
        print("| --- |" + " ---: |" * (2 + len(heads)))
        for preset in PRESETS:
            for density in DENSITIES_NM3:
                flags = ["--preset", preset, "--density-check-min-atoms", str(density)]
                with build(mmgym, [*arguments, *flags], gym) as database:
                    kept = {entry for (entry,) in database.execute("SELECT pdb_id FROM structure")}
                    (zones,) = database.execute("SELECT count(*) FROM zone").fetchone()
                cells = [preset, density, *(len(kept & group) for group in groups.values()), f"{zones:,}"]
                print("| " + " | ".join(map(str, cells)) + " |", flush=True)


if __name__ == "__main__":
    main()
