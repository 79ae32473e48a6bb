#!/usr/bin/env python3
"""Kills build-db at random moments, over and over, and compares what comes of it in the end with an
undisturbed build, row by row.

    kill_build.py MMGYM DATA_SAMPLES DERIVE_ENTRIES
"""

import pathlib
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

LEAST_KILLS = 20

mmgym, samples, derive = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3]


def rows(path):
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        tables = [name for (name,) in database.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]  # fmt: skip
        found = {table: database.execute(f"SELECT * FROM {table}").fetchall() for table in tables}
        # The statistics of SQLite are a set: their order depends on when the schema was loaded.
        found["sqlite_stat1"].sort()
        return found


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    sources = [samples / f"{entry}.cif.gz" for entry in ("2xhe", "1cbs", "7cfn", "1a8o", "6wqa")]
    subprocess.run([sys.executable, derive, folder / "entries", "50", *sources], check=True)
    (folder / "entries" / "broken.cif").write_text("no CIF at all")

    def command(database):
        return [mmgym, "build-db", folder / "entries", "--db", database, "--quiet", "--threads", "2"]

    started = time.monotonic()
    subprocess.run(command(folder / "undisturbed.sqlite"), check=True, stdout=subprocess.DEVNULL)
    duration = time.monotonic() - started

    # Runs live for a small part of the whole, so that the kills fall everywhere in it. A build that
    # comes to its end with too few kills is begun anew with shorter lives.
    choose = random.Random(1)
    kills, longest_life = 0, duration / 4
    killed = folder / "killed.sqlite"
    while True:
        process = subprocess.Popen(command(killed), stdout=subprocess.DEVNULL)
        try:
            status = process.wait(timeout=choose.uniform(0, longest_life))
            assert status == 0, status
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            kills += 1
            if kills % 100 == 0:  # a machine too slow to get anywhere between kills
                longest_life *= 2
        if killed.exists():  # a build may also be killed when it has done its work
            if kills >= LEAST_KILLS:
                break
            killed.unlink()
            kills, longest_life = 0, 0.7 * longest_life

    expected, found = rows(folder / "undisturbed.sqlite"), rows(killed)
    assert expected.keys() == found.keys(), (expected.keys(), found.keys())
    for table in expected:
        assert expected[table] == found[table], f"{table} differs"
    assert len(expected["zone"]) > 500 and len(expected["rejected"]) > 20
    leftovers = {path.name for path in folder.iterdir()}
    assert leftovers == {"entries", "undisturbed.sqlite", "killed.sqlite"}, leftovers
    print(f"{kills} kills over a build of {duration:.1f} s: the same rows in every table")
