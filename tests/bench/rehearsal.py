#!/usr/bin/env python3
"""Estimate the cost of a build of the whole PDB with entries derived from the samples.

    rehearsal.py MMGYM DATA_SAMPLES [COUNT [THREADS...]]    (default: 3000 entries, 1 and 2 threads)

One entry in 60 is a ribosome, the others are small. Entries have 5,600 atoms on average, and
families of 4 have the same sequences. For builds with and without --keep-all, prints entries per
second, the time to read facts, the time per expanded structure, the peak memory, and the peak
memory of a build of a tenth of the entries. Also prints the size of the database, and the time for
240,000 such entries on 16 cores if time is inversely proportional to the number of threads, as it
is for one and two.
"""

import os
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile

SMALL = "2xhe 1cbs 7cfn 1a8o 6wqa 3jqh 2beg 1lcd 6yfy".split()
FAMILY_SIZE = 4
ENTRIES = 240_000
CORES = 16


class Build:
    def __init__(self, mmgym, inputs, database, threads, *flags):
        command = [mmgym, "build-db", inputs, "--db", database, "--force", "--threads", str(threads),
                   "--progress", "never", "--log-level", "info", *flags]  # fmt: skip
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        log = process.stderr.read()  # ends with the process
        self.summary = process.stdout.read().strip().split(": ")[-1]
        _, status, usage = os.wait4(process.pid, 0)
        assert status == 0, log
        self.peak_MiB = usage.ru_maxrss / 1024
        self.cpu_s = usage.ru_utime + usage.ru_stime
        self.facts_s = float(re.search(r"files read in ([0-9.]+) s", log)[1])
        self.seconds = float(re.search(r"done in ([0-9.]+) s", log)[1])
        self.write_s = float(re.search(r"at a time, took ([0-9.]+) s", log)[1])
        counts = re.search(r"(\d+) of \d+ files were expanded, and (\d+)", log)
        self.expanded, self.not_needed = int(counts[1]), int(counts[2])


def report(name, build, tenth, count, threads):
    each_ms = 1000 * (build.seconds - build.facts_s) * threads / build.expanded
    minutes = ENTRIES / count * build.seconds * threads / CORES / 60
    print(f"{name}, {threads} thread(s): {build.summary}\n"
          f"    {build.seconds:.1f} s ({build.cpu_s:.1f} s of CPU), {count / build.seconds:.0f} entries/s; "
          f"facts {build.facts_s:.1f} s, then {each_ms:.1f} ms of a thread for each of {build.expanded} "
          f"structures expanded ({build.not_needed} more without need)\n"
          f"    writing, one thread at a time: {build.write_s:.2f} s, {100 * build.write_s / build.cpu_s:.1f} % "
          f"of the processor time, so at most {build.cpu_s / build.write_s:.0f} threads are of use\n"
          f"    peak memory {build.peak_MiB:.0f} MiB; {tenth.peak_MiB:.0f} MiB with a tenth of the entries\n"
          f"    {ENTRIES:,} such entries on {CORES} cores: {minutes:.0f} minutes", flush=True)  # fmt: skip


def main():
    mmgym, samples = sys.argv[1], pathlib.Path(sys.argv[2])
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 3000
    threads = [int(argument) for argument in sys.argv[4:]] or [1, 2]
    derive = pathlib.Path(__file__).parent.parent / "support" / "derive_entries.py"
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        names = [SMALL[i % len(SMALL)] for i in range(59)] + ["6zu5"]
        sources = [samples / f"{entry}.cif.gz" for entry in names]
        subprocess.run([sys.executable, derive, "--family-size", str(FAMILY_SIZE), folder / "entries",
                        str(count), *sources], check=True)  # fmt: skip
        files = sorted((folder / "entries").glob("*/*.cif.gz"))
        tenth_list = folder / "tenth.txt"
        tenth_list.write_text("".join(f"{file}\n" for file in files[: count // 10]))
        for number in threads:
            for mode, flags in [("keep all", ["--keep-all"]), ("choose", [])]:
                database = folder / f"{mode}.sqlite"
                tenth = Build(mmgym, f"@{tenth_list}", database, number, *flags)
                build = Build(mmgym, folder / "entries", database, number, *flags)
                report(mode, build, tenth, count, number)
        for mode in ["keep all", "choose"]:
            size = os.path.getsize(folder / f"{mode}.sqlite")
            zones, atoms = sqlite3.connect(folder / f"{mode}.sqlite").execute(
                "SELECT (SELECT count(*) FROM zone), (SELECT sum(atom_count) FROM assembly)"
            ).fetchone()  # fmt: skip
            print(f"{mode}: database of {size / 2**20:.0f} MiB, {size / zones:.0f} bytes a zone, "
                  f"{size / atoms:.1f} bytes an atom")  # fmt: skip


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main()
