#!/usr/bin/env python3
"""Builds without file descriptors, memory or disk space stop with status 1, reject no file, and can
continue.

    failing_machine.py MMGYM DATA_SAMPLES
"""

import pathlib
import resource
import signal
import sqlite3
import subprocess
import sys
import unittest

from program import IS_SANITIZED, FolderTest, Program


class FailingMachine(FolderTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.inputs = [SAMPLES / f"{entry}.cif.gz" for entry in ("2xhe", "1cbs", "7cfn")]
        MMGYM.run("build-db", *cls.inputs, "--db", cls.folder / "uninterrupted.sqlite")
        cls.expected = cls.rows("uninterrupted.sqlite")

    @classmethod
    def rows(cls, name):
        with sqlite3.connect(cls.folder / name) as database:
            return {
                table: database.execute(f"SELECT * FROM {table}").fetchall()
                for table in ("structure", "assembly", "zone", "zone_neighbor", "rejected", "atom_tile")
            }

    def build_under(self, limit, value, threads):
        """Returns the status and standard error of a build whose process has this limit."""
        return self.run_under(
            limit, value, "build-db", *self.inputs, "--db", self.folder / "limited.sqlite",
            "--threads", threads,
        )  # fmt: skip

    @staticmethod
    def run_under(limit, value, *arguments):
        done = subprocess.run(
            MMGYM.command(*arguments), capture_output=True, text=True, check=False,
            restore_signals=False,  # a write beyond RLIMIT_FSIZE fails, instead of killing
            preexec_fn=lambda: resource.setrlimit(limit, (value, value)),
        )  # fmt: skip
        return done.returncode, done.stderr

    def check_every(self, limit, values, says):
        stopped = 0
        for value in values:
            status, error = self.build_under(limit, value, threads=1 + value % 2)
            database = self.folder / "limited.sqlite"
            if status == 0:
                self.assertEqual(self.rows("limited.sqlite"), self.expected)
            elif status == 1:
                stopped += says in error
                self.assertEqual(len(error.splitlines()), 1, error)
                self.assertNotIn("internal error", error)
                self.assertFalse(database.exists())
                MMGYM.run("build-db", *self.inputs, "--db", database)
                self.assertEqual(self.rows("limited.sqlite"), self.expected)
            else:
                # Too little for the program to start: the system's loader fails, or is killed.
                self.assertIn(status, (127, -signal.SIGSEGV), error)
                self.assertEqual(self.run_under(limit, value, "--version")[0], status)
            database.unlink(missing_ok=True)
        self.assertGreater(stopped, 0)

    @unittest.skipIf(IS_SANITIZED, "UBSan needs a pipe to check types")
    def test_a_build_without_file_descriptors_stops_and_continues(self):
        self.check_every(resource.RLIMIT_NOFILE, range(4, 16), "Too many open files")

    @unittest.skipIf(IS_SANITIZED, "sanitizers reserve more address space than there is memory")
    def test_a_build_without_memory_stops_and_continues(self):
        # The smallest size is too little to start the program, the largest is enough for the build.
        megabytes = [*range(16, 64), 80, 128]
        self.check_every(resource.RLIMIT_AS, [size << 20 for size in megabytes], "out of memory")

    def test_a_build_without_disk_space_stops_and_continues(self):
        # SQLite's log, and then the database, grow beyond the limit at different places.
        kilobytes = [*range(0, 300, 20), *range(300, 3000, 300)]
        self.check_every(resource.RLIMIT_FSIZE, [size << 10 for size in kilobytes], "File too large")


if __name__ == "__main__":
    MMGYM, SAMPLES = Program(sys.argv[1]), pathlib.Path(sys.argv[2])
    unittest.main(argv=sys.argv[:1], verbosity=2)
