#!/usr/bin/env python3
"""build-db leaves out unsure residues of computed models, and ranks these models last.

    computed_models.py MMGYM DATA_SAMPLES
"""

import gzip
import json
import pathlib
import shutil
import sqlite3
import sys
import unittest

from program import FolderTest, Program

sys.path.append(str(pathlib.Path(__file__).parents[1] / "support"))
from model_text import ATOMS, GRID, RESIDUES, model_text  # noqa: E402

UNSURE = 2 * GRID**2 // len(ATOMS)  # residues of the first two layers of the cube
PLDDTS = [69.99] * UNSURE + [70] + [95] * (RESIDUES - UNSURE - 1)
MEAN = sum(PLDDTS) / RESIDUES


class ComputedModels(FolderTest):
    def build(self, models, *flags):
        """Builds a database from {file name: text}. Returns its path."""
        folder = self.folder / "models"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for file, text in models.items():
            (folder / file).write_bytes(gzip.compress(text.encode()))
        gym = self.folder / "gym.sqlite"
        MMGYM.run("build-db", folder, "--db", gym, "--preset", "single", "--force",
                  *flags)  # fmt: skip
        return gym

    def structures(self, gym):
        """Returns the structures in the order of ranks: {id: (is_computed, mean pLDDT, unsure
        residues, atoms, zones)}."""
        with sqlite3.connect(gym) as database:
            rows = database.execute(
                "SELECT pdb_id, is_computed, mean_plddt, unsure_residues, (SELECT sum(atom_count) "
                "FROM assembly WHERE struct_id = structure.id), (SELECT count(*) FROM zone JOIN "
                "assembly ON assembly.id = assembly_id WHERE struct_id = structure.id) "
                "FROM structure ORDER BY rank"
            ).fetchall()
        return {row[0]: row[1:] for row in rows}

    def assert_model(self, found, mean, unsure):
        self.assertEqual(found[0], 1)
        self.assertAlmostEqual(found[1], mean, places=2)
        self.assertEqual(found[2], unsure)
        self.assertEqual(found[3], GRID**3 - unsure * len(ATOMS))
        self.assertGreater(found[4], 0)

    def test_a_model_of_alphafold_db_with_and_without_its_unsure_residues(self):
        models = {"AF-P12345-F1-model_v4.cif.gz": model_text("AF-P12345-F1", PLDDTS, mean=87.5)}
        for flags, unsure in (((), 0), (("--min-plddt", 70), UNSURE)):
            with self.subTest(flags=flags):
                gym = self.build(models, *flags)
                self.assert_model(self.structures(gym)["af-p12345-f1"], 87.5, unsure)
                info = MMGYM.run("info", gym).stdout
                self.assertIn(f"1 of the structures are computed models; {unsure} of their residues",
                              info)  # fmt: skip
                info = json.loads(MMGYM.run("info", "--json", gym).stdout)
                self.assertEqual((info["computed_models"], info["unsure_residues"]), (1, unsure))
                self.assertEqual(info["parameters"]["min_plddt"], 70 if flags else 0)
        with sqlite3.connect(gym) as database:
            self.assertEqual(database.execute("SELECT pdb_id FROM assembly").fetchall(), [("1",)])
        # No stored atom is of a residue that was left out.
        out = self.folder / "export"
        MMGYM.run("export", gym, "--sample", 0, "--task", "single", "--preset", "24A", "--grid", 60,
                  "--out", out)  # fmt: skip
        text = next(out.glob("*.cif")).read_text()
        seq_ids = {int(line.split()[self.column(text, "label_seq_id")])
                   for line in text.splitlines() if line.startswith(("ATOM", "HETATM"))}  # fmt: skip
        self.assertGreater(len(seq_ids), 10)
        self.assertGreater(min(seq_ids), UNSURE)

    @staticmethod
    def column(text, name):
        names = [line.strip() for line in text.splitlines() if line.startswith("_atom_site.")]
        return names.index(f"_atom_site.{name}")

    def test_where_plddts_are_written(self):
        models = {
            "both": model_text("AF-A1-F1", PLDDTS),
            "local": model_text("AF-A2-F1", PLDDTS, b_factor=0),
            "fractions": model_text(
                "AF-A3-F1", PLDDTS, b_factor=0.5, metric="pLDDT in [0,1]", scale=0.01
            ),
            "b_factors": model_text("AF-A4-F1", PLDDTS, local=False),
            "theoretical": model_text("AF-A5-F1", PLDDTS, metric=None, method="THEORETICAL MODEL"),
        }
        gym = self.build({f"{name}.cif.gz": text for name, text in models.items()}, "--keep-all",
                         "--min-plddt", 70)  # fmt: skip
        found = self.structures(gym)
        self.assertEqual(len(found), len(models))
        for entry, row in found.items():
            with self.subTest(entry=entry):
                self.assert_model(row, MEAN, UNSURE)

    def test_what_is_no_plddt_leaves_nothing_out(self):
        models = {
            # The B-factors of an experiment, whatever else is in the file.
            "x-ray": model_text("1abc", PLDDTS, method="X-RAY DIFFRACTION"),
            # Another figure of quality, also in the B-factors.
            "qmean": model_text("ma-qmean", PLDDTS, metric="normalized score"),
            "qmean-b": model_text("ma-qmean-b", PLDDTS, metric="normalized score", local=False),
            # No figure at all.
            "zeros": model_text("zero-b", PLDDTS, metric=None, method="Theoretical Model", b_factor=0),
            "none": model_text("1def", PLDDTS, metric=None),
        }
        gym = self.build({f"{name}.cif.gz": text for name, text in models.items()}, "--keep-all",
                         "--min-plddt", 70)  # fmt: skip
        found = self.structures(gym)
        self.assertEqual(
            {entry: row[:3] for entry, row in found.items()},
            {"1abc": (0, None, 0), "1def": (0, None, 0), "ma-qmean": (1, None, 0),
             "ma-qmean-b": (1, None, 0), "zero-b": (1, None, 0)},
        )  # fmt: skip

    def test_models_rank_after_experiments_the_surest_first(self):
        models = {
            "a.cif.gz": model_text("AF-LOW-F1", [60] * RESIDUES),
            "b.cif.gz": model_text("AF-HIGH-F1", [90] * RESIDUES),
            "c.cif.gz": model_text("AF-NONE-F1", [90] * RESIDUES, metric="other"),
            "d.cif.gz": model_text("AF-MID-F1", [10] * RESIDUES, mean=75),
            "e.cif.gz": model_text("9xyz", [50] * RESIDUES, method="SOLUTION NMR"),
        }
        gym = self.build(models, "--keep-all")
        ranked = ["9xyz", "af-high-f1", "af-mid-f1", "af-low-f1", "af-none-f1"]
        self.assertEqual(list(self.structures(gym)), ranked)
        self.assertEqual(MMGYM.run("check", gym).returncode, 0)

    def test_a_model_without_sure_residues_is_rejected_and_the_rest_goes_on(self):
        models = {
            "bad.cif.gz": model_text("AF-BAD-F1", [42.5] * RESIDUES),
            "good.cif.gz": model_text("AF-GOOD-F1", PLDDTS),
        }
        gym = self.build(models, "--min-plddt", 50.5)
        self.assertEqual(list(self.structures(gym)), ["af-good-f1"])
        with sqlite3.connect(gym) as database:
            rejected = database.execute("SELECT pdb_id, stage, reason FROM rejected").fetchall()
        self.assertEqual(
            rejected, [("af-bad-f1", "zones", "no residue has a pLDDT of at least 50.5")]
        )

    def test_thresholds_are_within_the_range_of_plddts(self):
        error = MMGYM.run("build-db", SAMPLES, "--db", self.folder / "x.sqlite", "--min-plddt",
                          100.5, status=2).stderr  # fmt: skip
        self.assertIn("--min-plddt", error)


if __name__ == "__main__":
    MMGYM, SAMPLES = Program(sys.argv[1]), pathlib.Path(sys.argv[2])
    unittest.main(argv=sys.argv[:1], verbosity=2)
