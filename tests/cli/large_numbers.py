#!/usr/bin/env python3
"""Numbers that overflow, or need more memory or time than there is, are refused at once with one
line that has the figure.

    large_numbers.py MMGYM DATA_SAMPLES
"""

import pathlib
import subprocess
import sys
import unittest

from program import FolderTest, Program, limit_memory

LARGEST = 2**64 - 1


class LargeNumbers(FolderTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gym = cls.folder / "gym.sqlite"
        MMGYM.run("build-db", SAMPLES / "2xhe.cif.gz", "--db", cls.gym)

    def refuse(self, says, *command):
        with self.subTest(command=command):
            done = subprocess.run(
                MMGYM.command(*command), capture_output=True, text=True, check=False,
                preexec_fn=limit_memory,
            )  # fmt: skip
            self.assertEqual(done.returncode, 2, done.stderr)
            self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
            self.assertIn(says, done.stderr)

    def test_samples(self):
        out = self.folder / "shards"
        sample = ("sample", self.gym, "--out", out)
        beyond = "goes beyond the last sample, which has the index 9223372036854775807"
        for flags in (
            ("--start", LARGEST),
            ("--start", 2**63),
            ("--start", 2**63 - 1, "--count", 2),
            ("--count", LARGEST),
            ("--start", 2**63, "--count", 2**63),
            ("--epochs", LARGEST),
            ("--epochs", 2**62),
        ):
            self.refuse(beyond, *sample, *flags)
            self.refuse(beyond, "sample", self.gym, "--out", "-", *flags)
        self.refuse(beyond, "sample", self.gym, "--out", "-", "--epochs", 0, "--start", 2**63)
        for verify in ((), ("--verify",)):
            self.refuse("use --samples-per-shard 30744573456183 or more", *sample,
                        "--count", 2**63 - 1, *verify)  # fmt: skip
            self.refuse("make 300001 shards, more than the 300000 that fit in one folder", *sample,
                        "--count", 300001, "--samples-per-shard", 1, *verify)  # fmt: skip
        self.assertFalse(out.exists())

    def test_the_last_samples(self):
        out = self.folder / "last"
        MMGYM.run("sample", self.gym, "--out", out, "--start", 2**63 - 2, "--count", 2)
        MMGYM.run("sample", self.gym, "--out", out, "--start", 2**63 - 2, "--count", 2, "--verify")
        for flags in (("--samples-per-shard", LARGEST), ("--worker", f"0/{LARGEST}")):
            out = self.folder / flags[0]
            MMGYM.run("sample", self.gym, "--out", out, "--count", 2, *flags)

    def test_images(self):
        channels = "|".join(["C"] + ["*"])
        for command in (
            ("sample", self.gym, "--out", self.folder / "images"),
            ("show", self.gym, "--out", self.folder / "image.png"),
            ("export", self.gym, "--sample", 0, "--out", self.folder / "image"),
            ("profile", self.gym, "--batches", 1),
        ):
            for says, *flags in (
                ("not a whole number from 1 to 1024", "--grid", 1025),
                ("extend over 25000 A, more than 10000 A", "--resolution", 1000),
                ("more than 10000 A", "--grid", 32, "--resolution", 1e6, "--channels", channels),
                ("more than 10000 A", "--atom-radius", 1e300),
                ("not a number above 0 to 10000", "--distance", 1e300),
                ("not a number from 0 to 10000", "--padding", 1e6),
                ("not a number from 0 to 10000", "--noise-distance", 1e6),
            ):
                self.refuse(says, *command, "--preset", "24A", *flags)

    def test_other_commands(self):
        self.refuse("not a number from 0 to 1000", "export", self.gym, "--zone", 1, "--margin", 1e9,
                    "--out", self.folder / "margin")  # fmt: skip
        self.refuse("montage", "show", self.gym, "--montage", LARGEST, "--out",
                    self.folder / "montage.png")  # fmt: skip
        for flags in (
            ("--batches", LARGEST),
            ("--batches", 2**40, "--batch-size", 2**40),
            ("--batch-size", LARGEST),
            ("--warm-up", LARGEST),
        ):
            self.refuse("more than the 9223372036854775808 samples of a database", "profile",
                        self.gym, *flags)  # fmt: skip


if __name__ == "__main__":
    MMGYM, SAMPLES = Program(sys.argv[1]), pathlib.Path(sys.argv[2])
    unittest.main(argv=sys.argv[:1], verbosity=2)
