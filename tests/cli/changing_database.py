#!/usr/bin/env python3
"""Changes a database while samples are made from it.

    changing_database.py MMGYM DATA_SAMPLES
"""

import json
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import time
import unittest

from program import FolderTest, Program, read_stream

CHANGED = "another process changed the database during this run"
HANGING_S = 120
COUNT = 1000


class ChangingDatabase(FolderTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.built = cls.folder / "built.sqlite"
        MMGYM.run("build-db", SAMPLES / "2xhe.cif.gz", SAMPLES / "7cfn.cif.gz", "--db", cls.built)

    def gym(self, journal="delete"):
        path = self.folder / f"{journal}.sqlite"
        shutil.copy(self.built, path)
        database = sqlite3.connect(path)
        database.execute(f"PRAGMA journal_mode = {journal}")
        database.close()
        self.split(path)
        return path

    def split(self, gym, seed=0, names=("a", "b")):
        targets = [word for name in names for word in ("--target", f"{name}=1")]
        MMGYM.run("split", gym, *targets, "--seed", seed)

    def stream_while(self, gym, change, threads):
        """Returns status, samples and errors of a stream during which the database is changed."""
        command = MMGYM.command(
            "sample", gym, "--out", "-", "--split", "all", "--count", COUNT, "--grid", 8,
            "--resolution", 3, "--threads", threads, "--quiet",
        )  # fmt: skip
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0
        ) as program:
            # The program waits, because the pipe has room for some thirty samples.
            content = program.stdout.read(512)
            change()
            rest, errors = program.communicate(timeout=HANGING_S)
        return program.returncode, content + rest, errors.decode()

    def test_a_stream_stops_when_the_splits_change(self):
        for journal in ("delete", "wal"):
            for threads in (1, 2):
                gym = self.gym(journal)
                with self.subTest(journal=journal, threads=threads):
                    status, content, errors = self.stream_while(
                        gym, lambda gym=gym: self.split(gym, names=("c",)), threads
                    )
                    self.assertEqual(status, 1)
                    self.assertIn(f"{gym}: {CHANGED}", errors)
                    self.assertEqual(errors.count("\n"), 1)
                    # Whole samples of the old splits; the last may be cut.
                    samples = list(read_stream(content + bytes(10240)).values())[:-1]
                    splits = {json.loads(sample["json"])["split"] for sample in samples}
                    self.assertGreater(len(samples), 0)
                    self.assertLess(len(samples), COUNT - 1)
                    self.assertLessEqual(splits, {"a", "b"})

    def test_a_stream_goes_on_when_nothing_that_it_reads_has_changed(self):
        gym = self.gym()
        undisturbed = self.stream_while(gym, lambda: None, 2)
        self.assertEqual((undisturbed[0], undisturbed[2]), (0, ""))
        for change in (
            lambda: self.split(gym),  # the same splits again
            lambda: MMGYM.run("split", gym, "--target", "c=1", "--dry-run"),
        ):
            self.assertTrue(self.stream_while(gym, change, 2) == undisturbed)

    def test_a_stream_stops_when_the_curriculum_changes(self):
        gym = self.gym()
        rows = self.folder / "curriculum.csv"
        rows.write_text("zone_id,random_seed,difficulty\n1,1,0.5\n")
        status, _, errors = self.stream_while(gym, lambda: MMGYM.run("curriculum", gym, rows), 1)
        self.assertEqual(status, 1)
        self.assertIn(CHANGED, errors)

    def test_a_folder_has_samples_of_one_state(self):
        gym = self.gym()
        out = self.folder / "shards"
        command = MMGYM.command(
            "sample", gym, "--out", out, "--split", "all", "--count", 5000, "--preset", "16A",
            "--samples-per-shard", 20, "--threads", 2, "--quiet",
        )  # fmt: skip
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as program:
            while not list(out.glob("shard-*.tar")):
                self.assertIsNone(program.poll())
                time.sleep(0.01)
            self.split(gym, names=("c",))
            _, errors = program.communicate(timeout=HANGING_S)
        self.assertEqual(program.returncode, 1)
        self.assertIn(f"{gym}: {CHANGED}", errors)
        self.assertFalse((out / "index.json").exists())
        # The folder is not continued with the new splits.
        again = subprocess.run(command, capture_output=True, text=True, check=False)
        self.assertEqual(again.returncode, 1)
        self.assertIn(f"{out}: contains shards made with other parameters: database.id", again.stderr)
        self.assertEqual(again.stderr.count("\n"), 1)

    def test_the_index_names_what_was_read(self):
        gym = self.gym()
        for names in (("a", "b"), ("b", "a")):
            self.split(gym, names=names)
            out = self.folder / names[0]
            MMGYM.run("sample", gym, "--out", out, "--split", "a", "--count", 2, "--preset", "16A")
            index = json.loads((out / "index.json").read_text())
            info = json.loads(MMGYM.run("info", gym, "--quick", "--json").stdout)
            self.assertEqual(index["database"]["id"], info["parameters"]["database_id"])
            self.assertEqual(index["parameters"]["split"], "a")
        first, second = (
            json.loads((self.folder / name / "index.json").read_text())["database"]["id"]
            for name in ("a", "b")
        )
        self.assertNotEqual(first, second)


if __name__ == "__main__":
    MMGYM, SAMPLES = Program(sys.argv[1]), pathlib.Path(sys.argv[2])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=2)
