#!/usr/bin/env python3
"""Measure build-db on assemblies that are large or widely spread.

    large_assembly.py MMGYM DATA_SAMPLES

The assemblies are 64 adjacent copies of the ribosome 6ZU5 (165,175 atoms), with 10.6 million atoms,
and copies 5,000 A apart: two along a diagonal and eight at the corners of a cube. Prints the time
and the peak memory that the operating system reports.
"""

import gzip
import itertools
import os
import pathlib
import subprocess
import sys
import tempfile
import time


def subchains(text):
    """Returns the ids of all subchains: the first column of the loop _struct_asym."""
    rows = text.split("_struct_asym.details\n")[1].splitlines()
    return [row.split()[0] for row in itertools.takewhile(lambda row: row and row[0] not in "#_", rows)]


def with_copies(text, shifts):
    """Returns the entry with these shifts (A) as the operators of its only assembly."""
    kept, skipping = [], False
    for line in text.split("\n"):
        if line.startswith(("_pdbx_struct_assembly", "_pdbx_struct_oper_list")):
            skipping = True
            if kept[-1].strip() == "loop_":
                kept.pop()
        elif skipping and (line.startswith(("_", "loop_", "#")) or not line.strip()):
            skipping = False
        if not skipping:
            kept.append(line)
    kept += ["_pdbx_struct_assembly_gen.assembly_id 1",
             f"_pdbx_struct_assembly_gen.oper_expression '(1-{len(shifts)})'",
             "_pdbx_struct_assembly_gen.asym_id_list " + ",".join(subchains(text)),
             "loop_", "_pdbx_struct_oper_list.id"]  # fmt: skip
    for i in (1, 2, 3):
        kept += [f"_pdbx_struct_oper_list.matrix[{i}][{j}]" for j in (1, 2, 3)]
        kept.append(f"_pdbx_struct_oper_list.vector[{i}]")
    for n, (x, y, z) in enumerate(shifts, 1):
        kept.append(f"{n} 1 0 0 {x} 0 1 0 {y} 0 0 1 {z}")
    return "\n".join(kept) + "\n"


def measure(name, mmgym, text):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "6zu5.cif"
        path.write_text(text)
        started = time.monotonic()
        process = subprocess.Popen(
            [mmgym, "build-db", path, "--db", path.with_suffix(".sqlite"), "--threads", "1"],
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - started
        print(f"{name}: {seconds:.1f} s, {usage.ru_maxrss / 2**20:.2f} GiB peak, exit {status}")
        print("   ", output.strip().split(": ", 1)[-1])


def main():
    mmgym, samples = sys.argv[1], pathlib.Path(sys.argv[2])
    text = gzip.decompress((samples / "6zu5.cif.gz").read_bytes()).decode()
    lattice = list(itertools.product(range(0, 1200, 300), range(0, 1280, 320), range(0, 1280, 320)))
    measure("1 copy", mmgym, with_copies(text, [(0, 0, 0)]))
    measure("64 copies, 10.6 million atoms", mmgym, with_copies(text, lattice))
    measure("2 copies 5,000 A apart", mmgym, with_copies(text, [(0, 0, 0), (2887, 2887, 2887)]))
    cube = list(itertools.product((0, 5000), repeat=3))
    measure("8 copies at the corners of a cube of 5,000 A", mmgym, with_copies(text, cube))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main()
