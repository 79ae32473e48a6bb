#!/usr/bin/env python3
"""Kills build-db repeatedly at random moments, and compares the finished database with an
uninterrupted build, row by row.

    kill_build.py MMGYM DATA_SAMPLES DERIVE_ENTRIES
"""

import pathlib
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

from program import table_rows

LEAST_KILLS = 20
# Kills of builds that had written some of their inputs, but not all.
LEAST_KILLS_HALFWAY = 10
MOST_ROUNDS = 20

mmgym, samples, derive = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3]


def is_halfway(database, place):
    """Returns whether a killed build has written some of its inputs, but not all. Reads a copy,
    because SQLite would recover the file itself."""
    if not pathlib.Path(f"{database}.partial").exists():
        return False
    for suffix in ("", "-wal", "-journal"):
        path = pathlib.Path(f"{database}.partial{suffix}")
        (place / f"copy{suffix}").unlink(missing_ok=True)
        if path.exists():
            shutil.copy(path, place / f"copy{suffix}")
    copy = sqlite3.connect(place / "copy")
    try:
        if not copy.execute("SELECT 1 FROM sqlite_schema WHERE name = 'build_progress'").fetchall():
            return False
        ((done,),) = copy.execute("SELECT inputs_done FROM build_progress").fetchall()
        ((count,),) = copy.execute("SELECT count(*) FROM input").fetchall()
        return 0 < done < count
    finally:
        copy.close()


with tempfile.TemporaryDirectory() as name, tempfile.TemporaryDirectory() as place:
    folder = pathlib.Path(name)
    sources = [samples / f"{entry}.cif.gz" for entry in ("2xhe", "1cbs", "7cfn", "1a8o", "6wqa")]
    # In families, zones chosen before a kill affect the choice after it.
    subprocess.run([sys.executable, derive, "--family-size", "5", folder / "entries", "120", *sources],
                   check=True)  # fmt: skip
    (folder / "entries" / "broken.cif").write_text("no CIF at all")

    def command(database):
        return [mmgym, "build-db", folder / "entries", "--db", database, "--quiet", "--threads", "2"]

    started = time.monotonic()
    subprocess.run(command(folder / "uninterrupted.sqlite"), check=True, stdout=subprocess.DEVNULL)
    duration = time.monotonic() - started

    # Each run is killed after a small part of the whole, so that kills hit all of the build. If a
    # build finishes with too few kills, the next one starts from nothing and is killed earlier.
    choose = random.Random(1)
    kills, halfway, rounds, longest_life = 0, 0, 1, duration / 4
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
            halfway += is_halfway(killed, pathlib.Path(place))
            if kills % 100 == 0:  # the machine is too slow to make progress between kills
                longest_life *= 2
        if killed.exists():  # a build can also be killed after its work
            if kills >= LEAST_KILLS and halfway >= LEAST_KILLS_HALFWAY:
                break
            assert rounds < MOST_ROUNDS, f"{halfway} of {kills} kills hit a build that was halfway"
            killed.unlink()
            kills, halfway, rounds, longest_life = 0, 0, rounds + 1, 0.7 * longest_life

    expected, found = table_rows(folder / "uninterrupted.sqlite"), table_rows(killed)
    assert expected.keys() == found.keys(), (expected.keys(), found.keys())
    for table in expected:
        assert expected[table] == found[table], f"{table} differs"
    assert len(expected["zone"]) > 500 and len(expected["rejected"]) > 20
    by_choice = [row for row in expected["rejected"] if "choice" in row]
    assert len(expected["structure"]) > 10 and len(by_choice) > 10, (len(expected["structure"]), len(by_choice))
    leftovers = {path.name for path in folder.iterdir()}
    assert leftovers == {"entries", "uninterrupted.sqlite", "killed.sqlite"}, leftovers
    print(f"{kills} kills, {halfway} of them halfway, over a build of {duration:.1f} s: the same rows")
