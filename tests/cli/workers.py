#!/usr/bin/env python3
"""Workers write the shards of one run into one folder.

    workers.py MMGYM DATA_SAMPLES
"""

import pathlib
import random
import shutil
import signal
import subprocess
import sys
import time
import unittest

from program import FolderTest, Program, folder_content

FLAGS = ("--preset", "16A", "--count", 90, "--samples-per-shard", 4)  # 23 shards


class Workers(FolderTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gym = cls.folder / "gym.sqlite"
        MMGYM.run("build-db", SAMPLES / "2xhe.cif.gz", SAMPLES / "7cfn.cif.gz", "--db", cls.gym)
        # The name of the folder is in index.json.
        cls.out = cls.folder / "whole" / "shards"
        cls.run_worker(cls.out)
        cls.expected = folder_content(cls.out)
        assert len(cls.expected) == 24

    @classmethod
    def command(cls, out, *flags):
        return MMGYM.command("sample", cls.gym, "--out", out, "--quiet", *FLAGS, *flags)

    @classmethod
    def run_worker(cls, out, *flags, status=0):
        return MMGYM.run(*cls.command(out, *flags)[1:], status=status)

    def new_folder(self):
        out = self.folder / "shared" / "shards"
        shutil.rmtree(out, ignore_errors=True)
        return out

    def test_folders_are_the_same_for_any_number_of_workers(self):
        for count in (1, 3, 8, 40):
            with self.subTest(workers=count):
                out = self.new_folder()
                workers = [
                    subprocess.Popen(self.command(out, "--worker", f"{k}/{count}", "--threads", 1),
                                     stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
                    for k in range(count)
                ]  # fmt: skip
                outputs, errors = zip(*(worker.communicate() for worker in workers))
                self.assertEqual("".join(errors), "")
                self.assertEqual([worker.returncode for worker in workers], [0] * count)
                self.assertEqual(folder_content(out), self.expected)
                if count > 1:
                    self.assertTrue(any("; 0 shards are missing" in text for text in outputs), outputs)

    def test_one_worker_after_the_other(self):
        out = self.new_folder()
        for k in (2, 0, 1):
            self.assertFalse((out / "index.json").exists())
            self.run_worker(out, "--worker", f"{k}/3")
            for name, content in folder_content(out).items():
                if name.startswith("shard-"):
                    self.assertEqual(content, self.expected[name])
        self.assertEqual(folder_content(out), self.expected)
        # Again, nothing changes.
        self.run_worker(out, "--worker", "1/3")
        self.run_worker(out)
        self.assertEqual(folder_content(out), self.expected)

    def test_a_folder_is_finished_by_other_workers_or_one_run(self):
        for rest in (("--worker", "0/2"), ("--worker", "1/2")), ((),):
            out = self.new_folder()
            self.run_worker(out, "--worker", "1/5")
            for flags in rest:
                self.run_worker(out, *flags)
            self.assertEqual(folder_content(out), self.expected)

    def test_workers_that_are_killed_go_on(self):
        out = self.new_folder()
        choose = random.Random(1)
        kills = 0
        started = time.monotonic()
        self.run_worker(self.new_folder(), "--worker", "0/3")
        duration = time.monotonic() - started
        while not (out / "index.json").exists():
            workers = [
                subprocess.Popen(self.command(out, "--worker", f"{k}/3"), stdout=subprocess.DEVNULL)
                for k in range(3)
            ]
            if kills < 12:
                time.sleep(choose.uniform(0, duration))
                victim = choose.choice(workers)
                victim.send_signal(signal.SIGKILL)
                kills += 1
            for worker in workers:
                worker.wait()
        self.run_worker(out)  # removes what a killed worker left
        self.assertEqual(folder_content(out), self.expected)

    def test_finish(self):
        out = self.new_folder()
        self.run_worker(out, "--worker", "0/2")
        error = self.run_worker(out, "--finish", status=1).stderr
        self.assertIn("11 of 23 shards are missing, the first is shard-000001.tar", error)
        # As if the last worker had been killed before it wrote the index.
        kept = out / "progress-0-2.jsonl"
        shutil.copy(kept, self.folder)
        self.run_worker(out, "--worker", "1/2")
        (out / "index.json").unlink()
        lines = [(self.folder / kept.name).read_text()]
        other = self.folder / "other" / "shards"
        self.run_worker(other, "--worker", "1/2")
        shutil.copy(other / "progress-1-2.jsonl", out)
        (out / kept.name).write_text(lines[0])
        self.run_worker(out, "--finish")
        self.assertEqual(folder_content(out), self.expected)

    def test_who_is_refused(self):
        out = self.new_folder()
        self.run_worker(out, "--worker", "0/3")
        before = folder_content(out)
        error = self.run_worker(out, "--worker", "1/3", "--seed", 4, status=1).stderr
        self.assertIn("parameters.seed is 0 there, 4 here", error)
        self.assertEqual(folder_content(out), before)
        # Halts it when it has its locks, which it takes before it writes its progress.
        with subprocess.Popen(self.command(out, "--worker", "1/3", "--threads", 1),
                              stdout=subprocess.DEVNULL) as running:  # fmt: skip
            running.send_signal(signal.SIGSTOP)
            while running.poll() is None and not (out / "progress-1-3.jsonl").exists():
                running.send_signal(signal.SIGCONT)
                time.sleep(0.001)
                running.send_signal(signal.SIGSTOP)
            cases = (
                (("--worker", "1/3"), "is being written by worker 1/3"),
                (("--worker", "1/2"), "is being written by workers of another number"),
                ((), "is being written by another mmgym"),
                (("--finish",), "is being written by another mmgym"),
            )
            for flags, message in cases:
                with self.subTest(flags):
                    self.assertIn(message, self.run_worker(out, *flags, status=1).stderr)
            running.send_signal(signal.SIGCONT)
        self.run_worker(out, "--worker", "2/3")
        self.assertEqual(folder_content(out), self.expected)
        self.assertIn("exclude", self.run_worker(out, "--finish", "--verify", status=2).stderr)


if __name__ == "__main__":
    MMGYM, SAMPLES = Program(sys.argv[1]), pathlib.Path(sys.argv[2])
    unittest.main(argv=sys.argv[:1], verbosity=2)
