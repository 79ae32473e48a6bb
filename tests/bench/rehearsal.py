#!/usr/bin/env python3
"""Rehearse a build of the whole PDB on entries derived from the samples.

    rehearsal.py MMGYM DATA_SAMPLES [COUNT [THREADS...]]      (defaults: 3000 entries, 1 and 2 threads)

One entry in 60 is a ribosome, the others are small; 5,600 atoms on average. Prints entries per second,
memory after a tenth of the time and at the end, the size of the database, and what follows for 240,000
such entries on 16 cores if time goes down in proportion, as it does from one thread to two.
"""

import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import time

SMALL = "2xhe 1cbs 7cfn 1a8o 6wqa 3jqh 2beg 1lcd 6yfy".split()
ENTRIES = 240_000
CORES = 16


def peak_kib(pid):
    try:
        status = pathlib.Path(f"/proc/{pid}/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0])
    except (OSError, IndexError):  # the process has ended
        return None


def build(mmgym, inputs, database, threads):
    """Seconds, and peak memory in MiB by time: [(seconds, MiB), ...]."""
    started = time.monotonic()
    process = subprocess.Popen(
        [mmgym, "build-db", inputs, "--db", database, "--threads", str(threads), "--quiet"],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    peaks = []
    while process.poll() is None:
        peak = peak_kib(process.pid)
        if peak is not None:
            peaks.append((time.monotonic() - started, peak / 1024))
        time.sleep(0.05)
    seconds = time.monotonic() - started
    print(process.stdout.read().strip())
    assert process.returncode == 0
    return seconds, peaks


def main():
    mmgym, samples = sys.argv[1], pathlib.Path(sys.argv[2])
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 3000
    threads = [int(argument) for argument in sys.argv[4:]] or [1, 2]
    derive = pathlib.Path(__file__).parent.parent / "support" / "derive_entries.py"
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        names = [SMALL[i % len(SMALL)] for i in range(59)] + ["6zu5"]
        sources = [samples / f"{entry}.cif.gz" for entry in names]
        subprocess.run([sys.executable, derive, folder / "entries", str(count), *sources], check=True)
        for number in threads:
            database = folder / f"{number}.sqlite"
            seconds, peaks = build(mmgym, folder / "entries", database, number)
            tenth = max(peak for at, peak in peaks if at <= max(seconds / 10, peaks[0][0]))
            print(f"{number} thread(s): {seconds:.1f} s, {count / seconds:.0f} entries/s; "
                  f"peak memory {tenth:.0f} MiB after a tenth of the time, {peaks[-1][1]:.0f} MiB at the end")  # fmt: skip
            hours = ENTRIES / (count / seconds) * number / CORES / 3600
            print(f"    {ENTRIES:,} such entries on {CORES} cores: {60 * hours:.0f} minutes")
        size = os.path.getsize(database)
        zones, atoms = sqlite3.connect(database).execute(
            "SELECT (SELECT count(*) FROM zone), (SELECT sum(atom_count) FROM assembly)"
        ).fetchone()  # fmt: skip
        print(f"database: {size / 2**20:.0f} MiB, {size / zones:.0f} bytes a zone, "
              f"{size / atoms:.1f} bytes an atom")  # fmt: skip


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main()
