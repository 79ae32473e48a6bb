#!/usr/bin/env python3
"""A run of `mmgym sample` that is refused leaves no folder, and does not change an existing one.

    refused_runs.py MMGYM DATA_SAMPLES
"""

import gzip
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import unittest

from program import FolderTest, Program, folder_content

FLAGS = ("--preset", "16A", "--count", 40, "--samples-per-shard", 20)


class RefusedRuns(FolderTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gym = cls.folder / "gym.sqlite"
        MMGYM.run(
            "build-db", SAMPLES / "2xhe.cif.gz", SAMPLES / "7cfn.cif.gz", "--db", cls.gym
        )
        cls.split = cls.folder / "split.sqlite"
        shutil.copy(cls.gym, cls.split)
        MMGYM.run("split", cls.split, "--target", "train=1")
        (cls.folder / "text.sqlite").write_text("no database")
        cls.damaged = cls.folder / "damaged.sqlite"
        shutil.copy(cls.gym, cls.damaged)
        with sqlite3.connect(cls.damaged) as database:
            database.execute("UPDATE atom_tile SET drawing = x'00'")
        cls.finished = cls.folder / "finished"
        MMGYM.run("sample", cls.gym, "--out", cls.finished, *FLAGS)
        cls.normalized = cls.folder / "normalized"
        MMGYM.run("sample", cls.gym, "--out", cls.normalized, *FLAGS, "--normalize", cls.finished)

    def refused_commands(self):
        """Yields the status and the arguments of commands that are refused, without --out."""
        yield 1, self.folder / "none.sqlite"
        yield 1, self.folder / "text.sqlite"
        yield 1, self.folder
        yield 1, self.damaged
        yield 2, self.split
        yield 2, self.split, "--split", "val"
        for flags in (
            ("--split", "train"),
            ("--channels", "C|C"),
            ("--channels", "C|N"),
            ("--channels", "C|QQ"),
            ("--grid", 1024, "--channels", "|".join(["C"] * 31 + ["*"])),
            ("--grid", 0),
            ("--resolution", -1),
            ("--atom-radius", "large"),
            ("--directions", "soccer ball"),
            ("--padding", 1, "--distance", 20),
            ("--noise", "off", "--noise-angle", 3),
            ("--task", "single", "--padding", 1),
            ("--fill", "soup"),
            ("--worker", "2/2"),
            ("--samples-per-shard", 0),
            ("--epochs", 2, "--count", 3),
            ("--epochs", 0),
            ("--channel-mean", "1,2", "--channel-std", "1,2"),
            ("--normalize", self.finished, "--encoding", "sparse"),
            ("--no-such-flag",),
        ):
            yield 2, self.gym, *flags
        for flags in (
            ("--max-difficulty", 0.5),
            ("--normalize", self.folder),
            ("--normalize", self.folder / "none"),
            ("--normalize", self.normalized),
            ("--normalize", self.finished, "--channels", "*"),
        ):
            yield 1, self.gym, *flags

    def refuse(self, command, out):
        """Runs a command, which must end with one line or CLI11's two, and returns its status."""
        flags = ["--preset", "16A", "--samples-per-shard", 20]
        if "--count" not in command and "--epochs" not in command:
            flags += ["--count", 40]
        if "--samples-per-shard" in command:
            flags = flags[:2]
        done = subprocess.run(
            MMGYM.command("sample", *command, *flags, "--out", out),
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        self.assertLessEqual(done.stderr.count("\n"), 2, done.stderr)
        return done.returncode

    def test_a_refused_run_makes_no_folder(self):
        for status, *command in self.refused_commands():
            for out in ("new", "a/b/new"):
                with self.subTest(command=command, out=out):
                    self.assertEqual(self.refuse(command, self.folder / out), status)
                    self.assertFalse((self.folder / "new").exists())
                    self.assertFalse((self.folder / "a").exists())

    def test_a_refused_run_does_not_change_a_folder(self):
        empty, used, interrupted = map(self.folder.joinpath, ("empty", "used", "interrupted"))
        empty.mkdir()
        used.mkdir()
        (used / "notes.txt").write_text("not ours")
        shutil.copytree(self.finished, interrupted)
        (interrupted / "shard-000001.tar").unlink()
        for out in (empty, used, interrupted, self.finished):
            before = folder_content(out)
            for _, *command in self.refused_commands():
                if command == [self.damaged] and out == self.finished:
                    continue  # no sample is left to make
                with self.subTest(command=command, out=out.name):
                    # In a folder of shards, other settings may be the first reason.
                    self.assertIn(self.refuse(command, out), (1, 2))
                    self.assertEqual(folder_content(out), before)

    def test_an_element_without_a_channel_that_is_found_late_leaves_no_folder(self):
        # One carbon of 3,900 becomes selenium, which few samples have.
        entry = gzip.decompress((SAMPLES / "2xhe.cif.gz").read_bytes()).decode()
        lines = entry.splitlines(keepends=True)
        carbons = [i for i, line in enumerate(lines) if re.match(r"ATOM \d+ C ", line)]
        lines[carbons[2000]] = lines[carbons[2000]].replace(" C ", " SE ", 1)
        (self.folder / "2xhe.cif").write_text("".join(lines))
        gym = self.folder / "rare.sqlite"
        MMGYM.run("build-db", self.folder / "2xhe.cif", SAMPLES / "7cfn.cif.gz", "--db", gym)
        out = self.folder / "late"
        # With this seed, the samples from which the size is estimated do not have it.
        command = ("sample", gym, "--channels", "C|N|O|S", "--out", out, "--seed", 3, "--threads", 1)
        done = MMGYM.run(*command, status=2)
        self.assertIn("no channel for SE", done.stderr)
        self.assertFalse(out.exists())
        # Finished shards stay.
        MMGYM.run(*command, "--samples-per-shard", 1, status=2)
        self.assertGreater(len(list(out.glob("shard-*.tar"))), 0)
        self.assertFalse((out / "index.json").exists())

    def test_a_folder_below_a_file_is_refused(self):
        file = self.folder / "file"
        file.write_text("not ours")
        for out in (file, file / "new"):
            error = MMGYM.run("sample", self.gym, "--out", out, *FLAGS, status=1).stderr
            self.assertIn(str(out), error)
        self.assertEqual(file.read_text(), "not ours")


if __name__ == "__main__":
    MMGYM, SAMPLES = Program(sys.argv[1]), pathlib.Path(sys.argv[2])
    unittest.main(argv=sys.argv[:1], verbosity=2)
