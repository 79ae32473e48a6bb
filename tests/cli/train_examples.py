#!/usr/bin/env python3
"""Runs the training examples and checks that a network learns.

    train_examples.py MMGYM EXAMPLES DATA_SAMPLES README
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

from program import Program

try:
    import torch  # noqa: F401
except ImportError as error:
    print(f"skipped: {error}; scripts/setup.sh test installs it")
    sys.exit(77)

IMAGES = ("--grid", 6, "--resolution", 4)


class TrainExamples(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.temporary.name)
        cls.gym = cls.folder / "gym.sqlite"
        MMGYM.run("build-db", SAMPLES, "--db", cls.gym)

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def example(self, name, *arguments):
        command = [sys.executable, EXAMPLES / name, *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def shards(self, name, *flags):
        out = self.folder / name
        MMGYM.run("sample", self.gym, "--out", out, "--count", 400, "--samples-per-shard", 100,
                  *IMAGES, *flags)  # fmt: skip
        return out

    def test_a_network_learns_the_neighbor_task_from_a_pipe(self):
        output = self.example(
            "train_from_pipe.py", self.gym, "--mmgym", MMGYM.path, "--batches", 400, *IMAGES
        )
        print(output)
        accuracy = float(re.search(r"accuracy ([0-9.]+)", output).group(1))
        # Guessing gives 0.167, with a standard deviation of 0.007 for 3,200 samples.
        self.assertGreater(accuracy, 0.21)

    def test_names_with_spaces_and_quotes_reach_the_program_in_the_pipe(self):
        place = self.folder / "it's a folder; with $names"
        place.mkdir()
        gym = shutil.copy(self.gym, place / "a gym.sqlite")
        program = place / "the program"
        program.symlink_to(pathlib.Path(MMGYM.path).resolve())
        # The channels contain characters that a shell interprets.
        output = self.example(
            "train_from_pipe.py", gym, "--mmgym", program, "--batches", 2, "--batch-size", 8,
            "--channels", "C|N|O|*", *IMAGES,
        )  # fmt: skip
        self.assertRegex(output, r"accuracy [0-9.]+")

    def assert_loss_falls(self, output):
        losses = [float(loss) for loss in re.findall(r"loss ([0-9.]+)", output)]
        self.assertEqual(len(losses), 2)
        # The network memorizes the few samples. The loss of guessing is ln 6 = 1.79.
        self.assertLess(losses[-1], min(losses[0], 1.2), output)

    def test_shards_train_a_network_through_webdataset(self):
        out = self.shards("dense")
        self.assert_loss_falls(self.example("train_from_shards.py", out, "--batches", 200))

    def test_shards_train_a_network_without_webdataset(self):
        for flags in ((), ("--encoding", "sparse", "--dtype", "float16")):
            out = self.shards("plain" + "".join(flags), *flags)
            output = self.example("train_without_webdataset.py", out, "--batches", 200)
            self.assert_loss_falls(output)

    def test_code_in_the_readme_is_from_the_examples(self):
        code = "\n".join(path.read_text() for path in EXAMPLES.glob("*.py"))
        lines = {line.strip() for line in code.splitlines()}
        blocks = re.findall(r"```python\n(.*?)```", README.read_text(), re.DOTALL)
        self.assertTrue(blocks)
        for line in "".join(blocks).splitlines():
            self.assertIn(line.strip(), lines)


if __name__ == "__main__":
    MMGYM = Program(sys.argv[1])
    EXAMPLES, SAMPLES, README = map(pathlib.Path, sys.argv[2:5])
    unittest.main(argv=sys.argv[:1], verbosity=2)
