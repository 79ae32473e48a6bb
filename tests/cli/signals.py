#!/usr/bin/env python3
"""SIGINT and SIGTERM end a run where it can be continued, and a second writer of the same target
is told so.

    signals.py MMGYM DATA_SAMPLES DERIVE_ENTRIES
"""

import pathlib
import signal
import subprocess
import sys
import time
import unittest

from program import FolderTest, Program, folder_content, table_rows

ENTRIES = 30
SHARDS = 60


class Signals(FolderTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.entries = cls.folder / "entries"
        sources = [SAMPLES / f"{entry}.cif.gz" for entry in ("2xhe", "1cbs", "7cfn")]
        subprocess.run([sys.executable, DERIVE, "--family-size", "3", cls.entries, str(ENTRIES),
                        *sources], check=True)  # fmt: skip
        cls.gym = cls.folder / "gym.sqlite"
        MMGYM.run(*cls.build(cls.gym))
        cls.shards = cls.folder / "expected" / "shards"
        MMGYM.run(*cls.sample(cls.shards))

    @classmethod
    def build(cls, gym):
        return ("build-db", cls.entries, "--db", gym, "--threads", 2, "--keep-all")

    @classmethod
    def sample(cls, out):
        return ("sample", cls.gym, "--out", out, "--count", 10 * SHARDS, "--samples-per-shard", 10,
                "--threads", 2, "--encoding", "sparse")  # fmt: skip

    @staticmethod
    def start(command, **keywords):
        return subprocess.Popen(MMGYM.command(*command), stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True, **keywords)  # fmt: skip

    def wait_for(self, program, is_reached):
        while not is_reached():
            self.assertIsNone(program.poll(), "the program ended before it could be stopped")
            time.sleep(0.002)

    @staticmethod
    def size(path):
        """Returns the size of a file, 0 if there is none. A file is locked before it is written."""
        return path.stat().st_size if path.exists() else 0

    @classmethod
    def log_size(cls, gym):
        """Returns the size of the log of an unfinished build, which grows with each input."""
        return cls.size(pathlib.Path(f"{gym}.partial-wal"))

    def stop(self, command, is_reached, number):
        """Stops a command by a signal. Returns its last line on standard error."""
        program = self.start(command)
        self.wait_for(program, is_reached)
        program.send_signal(number)
        output, error = program.communicate()
        self.assertEqual(program.returncode, -number, error)
        self.assertEqual(output, "")
        return error.splitlines()[-1]

    def test_a_build_that_is_stopped_continues_to_the_same_rows(self):
        expected = table_rows(self.gym)
        for number in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(signal=number.name):
                gym = self.folder / f"{number.name}.sqlite"
                last = self.stop(self.build(gym), lambda: self.log_size(gym) > 500_000, number)
                self.assertRegex(
                    last,
                    rf"^mmgym build-db: stopped; [0-9]+ of {ENTRIES} files are finished and kept "
                    rf"in {gym}.partial; run the same command to continue$",
                )
                self.assertFalse(gym.exists())
                MMGYM.run(*self.build(gym))
                self.assertEqual(table_rows(gym), expected)

    def test_a_build_that_is_stopped_early_leaves_nothing(self):
        gym = self.folder / "early.sqlite"
        partial = pathlib.Path(f"{gym}.partial")
        last = self.stop(self.build(gym), partial.exists, signal.SIGTERM)
        self.assertIn("stopped", last)
        self.assertIn("run the same command to continue", last)
        if "before the first file" in last:
            self.assertEqual(list(self.folder.glob("early*")), [])

    def test_samples_that_are_stopped_continue_to_the_same_bytes(self):
        expected = folder_content(self.shards)
        for number in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(signal=number.name):
                out = self.folder / number.name / "shards"
                last = self.stop(
                    self.sample(out), lambda out=out: len(list(out.glob("shard-*"))) >= 2, number
                )
                kept = len(list(out.glob("shard-*")))
                self.assertEqual(last, f"mmgym sample: stopped; {kept} of {SHARDS} shards are finished "
                                 f"and kept in {out}; run the same command to continue")  # fmt: skip
                self.assertEqual([path for path in out.iterdir() if path.name.startswith(".")], [])
                MMGYM.run(*self.sample(out))
                self.assertTrue(folder_content(out) == expected)

    def test_sequences_that_are_stopped_leave_no_file(self):
        out = self.folder / "stopped.fasta"
        inputs = [self.entries] * 20
        temporary = self.folder / ".stopped.fasta.tmp"
        last = self.stop(("fasta", *inputs, "--out", out), temporary.exists, signal.SIGINT)
        self.assertIn("mmgym fasta: stopped", last)
        self.assertEqual(list(self.folder.glob("*stopped.fasta*")), [])

    def test_a_second_signal_ends_the_program_at_once(self):
        gym = self.folder / "twice.sqlite"
        program = self.start(self.build(gym))
        self.wait_for(program, lambda: self.log_size(gym) > 500_000)
        program.send_signal(signal.SIGSTOP)
        program.send_signal(signal.SIGINT)
        program.send_signal(signal.SIGTERM)
        program.send_signal(signal.SIGCONT)
        program.communicate()
        self.assertIn(program.returncode, (-signal.SIGINT, -signal.SIGTERM))
        MMGYM.run(*self.build(gym))
        self.assertEqual(table_rows(gym), table_rows(self.gym))

    def test_a_signal_that_the_caller_ignores_is_ignored(self):
        gym = self.folder / "ignored.sqlite"
        program = self.start(
            self.build(gym), preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN)
        )
        self.wait_for(program, lambda: self.log_size(gym) > 500_000)
        program.send_signal(signal.SIGINT)
        _, error = program.communicate()
        self.assertEqual(program.returncode, 0, error)

    def test_a_second_writer_is_told_who_writes(self):
        gym = self.folder / "shared.sqlite"
        out = self.folder / "shared" / "shards"
        fasta = self.folder / "shared.fasta"
        sequences = ("fasta", *[self.entries] * 60, "--out", fasta)
        for target, command, is_begun in (
            (f"{gym}.partial", self.build(gym), lambda: self.log_size(gym) > 0),
            (out, self.sample(out), lambda: any(out.glob("shard-*"))),
            (fasta, sequences, lambda: self.size(self.folder / ".shared.fasta.tmp") > 0),
        ):
            with self.subTest(command=command[0]):
                program = self.start(command)
                try:
                    self.wait_for(program, is_begun)
                    program.send_signal(signal.SIGSTOP)
                    error = MMGYM.run(*command, status=1).stderr
                finally:
                    program.send_signal(signal.SIGCONT)
                    _, first_error = program.communicate()
                writer = "another process"
                if sys.platform == "linux":
                    writer = f"another mmgym (process {program.pid})"
                self.assertEqual(error, f"mmgym {command[0]}: {target}: is being written by {writer}; "
                                 "wait for it or stop it\n")  # fmt: skip
                # The first is not disturbed.
                self.assertEqual(program.returncode, 0, first_error)
        self.assertEqual(table_rows(gym), table_rows(self.gym))
        self.assertTrue(folder_content(out) == folder_content(self.shards))


if __name__ == "__main__":
    MMGYM, SAMPLES, DERIVE = Program(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
    unittest.main(argv=sys.argv[:1], verbosity=2)
