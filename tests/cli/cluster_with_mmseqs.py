#!/usr/bin/env python3
"""Clusters with MMseqs2 by the commands of the README, and builds a database with the clusters.

    cluster_with_mmseqs.py MMGYM DATA_SAMPLES
"""

import gzip
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

mmgym, samples = sys.argv[1], pathlib.Path(sys.argv[2])
if shutil.which("mmseqs") is None:
    print("skipped: mmseqs is missing; scripts/setup.sh test installs it")
    sys.exit(77)


def run(*arguments):
    return subprocess.run(arguments, check=True, capture_output=True, text=True, cwd=folder)


def structures(database):
    with sqlite3.connect(folder / database) as connection:
        return [row[0] for row in connection.execute("SELECT pdb_id FROM structure ORDER BY rank")]


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    (folder / "pdb").mkdir()
    shutil.copy(samples / "1cbs.cif.gz", folder / "pdb")
    original = gzip.decompress((samples / "2xhe.cif.gz").read_bytes()).decode()
    (folder / "pdb" / "2xhe.cif").write_text(original)
    # A mutant of lower resolution: one residue is changed in each long line of a sequence.
    mutant = original.replace("2XHE", "9XHE").replace("ls_d_res_high 2.80", "ls_d_res_high 3.10")
    mutant, changes = re.subn(r"^(;?[A-Z]{30})[A-Z]([A-Z]{20,})$", r"\1W\2", mutant, flags=re.M)
    assert changes >= 4, changes
    (folder / "pdb" / "9xhe.cif").write_text(mutant)

    run(mmgym, "fasta", "pdb", "--out", "proteins.fasta")
    assert (folder / "proteins.fasta").read_text().count(">") == 5
    run("mmseqs", "easy-cluster", "proteins.fasta", "proteins", "scratch", "--min-seq-id", "0.5",
        "--threads", "1")  # fmt: skip
    rows = (folder / "proteins_cluster.tsv").read_text().splitlines()
    assert len(rows) == 5 and len({row.split("\t")[0] for row in rows}) == 3, rows

    run(mmgym, "build-db", "pdb", "--db", "identical.sqlite")
    assert structures("identical.sqlite") == ["2xhe", "9xhe"]
    run(mmgym, "build-db", "pdb", "--clusters", "proteins_cluster.tsv", "--db", "clustered.sqlite")
    assert structures("clustered.sqlite") == ["2xhe"]
    with sqlite3.connect(folder / "clustered.sqlite") as connection:
        stage = connection.execute("SELECT stage FROM rejected WHERE pdb_id = '9xhe'").fetchone()
    assert stage == ("choice",), stage
print("a mutant in the same MMseqs2 cluster is not chosen again")
