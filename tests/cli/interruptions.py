#!/usr/bin/env python3
"""`mmgym sample` leaves no damaged shard when it is killed or out of space, and continues.

    interruptions.py MMGYM DATA_SAMPLES
"""

import os
import pathlib
import random
import subprocess
import sys
import time
import unittest

from program import FolderTest, Program, folder_content

KILLS = 20
COUNT = 500


class Interruptions(FolderTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gym = cls.folder / "gym.sqlite"
        MMGYM.run("build-db", SAMPLES / "2xhe.cif.gz", "--db", cls.gym)
        start = time.monotonic()
        MMGYM.run(*cls.command(cls.folder / "uninterrupted" / "shards"))
        cls.seconds = time.monotonic() - start
        cls.expected = folder_content(cls.folder / "uninterrupted" / "shards")

    @classmethod
    def command(cls, out, threads=2):
        return (
            "sample", cls.gym, "--out", out, "--count", COUNT, "--samples-per-shard", 10,
            "--encoding", "sparse", "--threads", threads, "--quiet",
        )  # fmt: skip

    def assert_no_damaged_file(self, out):
        if not out.exists():
            return
        for name, content in folder_content(out).items():
            if name.startswith("shard-") or name == "index.json":
                self.assertTrue(content == self.expected[name], name)

    def test_a_run_that_is_killed_continues_to_the_same_bytes(self):
        out = self.folder / "killed" / "shards"
        moments = random.Random(6)
        kills, rounds = 0, 0
        while kills < KILLS:
            # Half of the moments are early, when a run begins and cleans up its folder.
            longest = self.seconds if kills % 2 else self.seconds / 10
            command = MMGYM.command(*self.command(out, threads=1 + kills % 3))
            with subprocess.Popen(command, stdout=subprocess.DEVNULL) as program:
                time.sleep(moments.uniform(0, longest))
                program.kill()
            kills += program.returncode != 0
            self.assertIn(program.returncode, (0, -9))
            self.assert_no_damaged_file(out)
            if program.returncode == 0:
                # It finished before the kill. The next run starts from an empty folder.
                self.assertTrue(folder_content(out) == self.expected)
                for path in out.iterdir():
                    path.unlink()
            rounds += 1
            self.assertLess(rounds, 20 * KILLS)
        MMGYM.run(*self.command(out))
        self.assertEqual(sorted(folder_content(out)), sorted(self.expected))
        self.assertTrue(folder_content(out) == self.expected)
        MMGYM.run(*self.command(out), "--verify")

    def test_a_full_disk_is_reported_and_the_run_continues_with_more_space(self):
        if os.geteuid() != 0:
            self.skipTest("only root can mount a file system")
        disk = self.folder / "disk"
        disk.mkdir()
        size = sum(map(len, self.expected.values()))
        mount = ["mount", "-t", "tmpfs", "-o", f"size={size // 2}", "tmpfs", disk]
        if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
            self.skipTest("mounting is not permitted")
        try:
            out = disk / "shards"
            # The size is known to be too large before the first shard, and nothing is written.
            refused = MMGYM.run(*self.command(out), status=1).stderr
            self.assertEqual(len(refused.splitlines()), 1, refused)
            self.assertRegex(refused, f"{out}: about [0-9.]+ MB are needed, but [0-9.]+ MB are free; .*"
                             "--encoding sparse.* --dtype float16.* --count.* --no-space-check")  # fmt: skip
            self.assertFalse(out.exists())
            done = MMGYM.run(*self.command(out), "--no-space-check", status=1)
            self.assertIn("No space left on device; free some space, then run the same", done.stderr)
            self.assertNotIn("internal error", done.stderr)
            self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
            self.assertIn(str(out), done.stderr)
            self.assertFalse((out / "index.json").exists())
            self.assertEqual([path for path in out.iterdir() if path.name.startswith(".")], [])
            self.assert_no_damaged_file(out)
            self.assertTrue(any(out.glob("shard-*.tar")))
            subprocess.run(["mount", "-o", f"remount,size={2 * size + (1 << 20)}", disk], check=True)
            again = MMGYM.run(*self.command(out)).stdout
            self.assertIn("were there already", again)
            self.assertTrue(folder_content(out) == self.expected)
        finally:
            subprocess.run(["umount", disk], check=True)

    def test_a_stream_to_a_full_device_is_a_failure(self):
        if not os.path.exists("/dev/full"):
            self.skipTest("/dev/full is missing")
        with open("/dev/full", "wb") as full:
            command = MMGYM.command("sample", self.gym, "--out", "-", "--count", 9)
            done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"cannot write standard output: No space left", done.stderr)


if __name__ == "__main__":
    MMGYM, SAMPLES = Program(sys.argv[1]), pathlib.Path(sys.argv[2])
    unittest.main(argv=sys.argv[:1], verbosity=2)
