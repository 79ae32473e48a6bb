#!/usr/bin/env python3
"""A folder with one file of each bad kind among 20 good ones: the database is that of the good ones,
and each bad file has one row in `rejected`.

    bad_folder.py MMGYM DATA_SAMPLES DERIVE_ENTRIES

The program runs with 1 GiB of address space.
"""

import gzip
import os
import pathlib
import shutil
import subprocess
import sys
import unittest

import bad_files
import costly_files
import far_atoms
from bad_files import DENSE, USUAL, rejected, rows, synthetic_entry, with_atom_value
from program import FolderTest, Program, limit_memory

def bad_contents():
    """Yields the name and the content of bad files. "{id}" is replaced by the name."""
    usual = synthetic_entry("{id}", [("A", 1, *USUAL)], ["A"])
    packed = gzip.compress(usual.encode())
    yield "empty.cif", b""
    yield "text.cif", b"this is no CIF"
    yield "zeros.cif", bytes(5000)
    yield "no_atoms.cif", "data_{id}\n_entry.id {id}\n"
    yield "cut.cif.gz", packed[: len(packed) // 2]
    yield "damaged.cif.gz", packed[:200] + bytes(50) + packed[250:]
    yield "damaged.cif.zst", b"\x28\xb5\x2f\xfd" + packed
    yield "long_name.cif", with_atom_value(usual, "label_atom_id", "C" * 300)
    yield "dense.cif", synthetic_entry("{id}", [("A", 1, *DENSE)], ["A"])
    yield "unknown_subchain.cif", synthetic_entry("{id}", [("A", 1, *USUAL)], ["Z"])
    for name, value in (("infinite", "inf"), ("huge", "1e308"), ("long", "9" * 400), ("far", "100001")):
        yield f"coordinate_{name}.cif", with_atom_value(usual, "Cartn_x", value)
    for name, matrix in (
        ("scale", "1.1 0 0 0  0 1.1 0 0  0 0 1.1 0"), ("mirror", "-1 0 0 0  0 1 0 0  0 0 1 0"),
        ("nan", "nan 0 0 0  0 1 0 0  0 0 1 0"), ("shift", "1 0 0 1e308  0 1 0 0  0 0 1 0"),
    ):  # fmt: skip
        more = far_atoms.operators("1", [matrix])
        yield f"operator_{name}.cif", far_atoms.entry([(1, 2, 3)], more).replace("0FAR", "{id}")
    corners = [(99999, 99999, 99999), (-99999, -99999, 99999), (99999, -99999, -99999)]
    yield "corners.cif", far_atoms.entry(corners).replace("0FAR", "{id}")
    for name, content, flag in costly_files.costly_files():
        if flag is not None:
            yield f"costly_{name}", content


class BadFolder(FolderTest):
    def build(self, inputs, database, **more):
        done = subprocess.run(
            MMGYM.command("build-db", inputs, "--db", database, "--density-check-min-atoms", 10,
                          "--neighbor-count-threshold", 0, "--threads", 2),
            capture_output=True, text=True, check=False, **more,
        )  # fmt: skip
        self.assertEqual(done.returncode, 0, done.stderr[-2000:])
        return done

    def test_bad_files_among_good_ones(self):
        good, all_files = self.folder / "good", self.folder / "all"
        # It has a resolution. Files without one would have ranks between those of the bad files.
        source = SAMPLES / "2xhe.cif.gz"
        subprocess.run([sys.executable, DERIVE, "--family-size", "1", good, "20", source], check=True)
        shutil.copytree(good, all_files)
        bad = []
        for name, content in bad_contents():
            path = all_files / name
            if isinstance(content, str):
                stem = path.name.split(".")[0]
                content = content.replace("{id}", stem).replace("{0}", stem).encode()
            path.write_bytes(content)
            bad.append(str(path))
        # These are no files: a warning each, and no row.
        os.mkfifo(all_files / "pipe.cif")
        (all_files / "loop").symlink_to(all_files)
        (all_files / "itself").symlink_to("itself")

        self.build(good, self.folder / "good.sqlite")
        done = self.build(all_files, self.folder / "all.sqlite", preexec_fn=limit_memory)
        expected, found = (rows(self.folder / f"{name}.sqlite") for name in ("good", "all"))
        self.assertGreater(len(expected["structure"]), 10)  # the others add nothing
        self.assertEqual(found.keys(), expected.keys())
        for table in expected:
            self.assertEqual(found[table], expected[table], table)
        of_bad = [row for row in rejected(self.folder / "all.sqlite") if row[0] in bad]
        self.assertGreater(len(bad), 30)
        self.assertEqual(sorted(row[0] for row in of_bad), sorted(bad))
        self.assertTrue(all(row[4] for row in of_bad))
        for name in ("pipe.cif", "loop", "itself"):
            self.assertIn(f"{all_files / name}: ", done.stderr)


if __name__ == "__main__":
    MMGYM, SAMPLES, DERIVE = Program(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
    bad_files.SAMPLES = far_atoms.SAMPLES = SAMPLES
    unittest.main(argv=sys.argv[:1], verbosity=2)
