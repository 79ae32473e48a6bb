#!/usr/bin/env python3
"""Runs the training examples as the README has them: a network learns, also about structures that
are kept out of the training.

    train_examples.py MMGYM EXAMPLES DATA_SAMPLES README
"""

import os
import pathlib
import re
import runpy
import shlex
import shutil
import subprocess
import sys
import time
import types
import unittest

from program import FolderTest, Program

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "python"))
from skip import needs

# Guessing gives 0.167. The standard deviation is 0.009 for 3,200 samples.
LEARNED = 0.25


class TrainExamples(FolderTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.commands = re.findall(r"^    (mmgym (?:build-db data|split|sample).*)", TRAINING, re.M)
        (cls.folder / "data-samples").symlink_to(SAMPLES.resolve())
        cls.run_commands(r"mmgym (build-db|split)", 2)

    @classmethod
    def run_commands(cls, pattern, count):
        """Runs those commands of the README's section on training that match."""
        commands = [command for command in cls.commands if re.match(pattern, command)]
        assert len(commands) == count, cls.commands
        for command in commands:
            subprocess.run([MMGYM.path, *shlex.split(command)[1:], "--quiet"], cwd=cls.folder,
                           check=True, stdout=subprocess.DEVNULL)  # fmt: skip

    def example(self, name, *arguments, before=""):
        start = time.monotonic()
        command = [sys.executable, "-W", "ignore", EXAMPLES / name, *arguments]
        if before:
            command[3:4] = [__file__, before, EXAMPLES / name]
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True,
                              cwd=self.folder, env={**os.environ, "OMP_NUM_THREADS": "1"})  # fmt: skip
        self.assertEqual(done.returncode, 0, done.stderr)
        print(f"{name} took {time.monotonic() - start:.0f} s:", done.stdout, sep="\n", flush=True)
        known = re.search(r"known structures:? ([0-9.]+)", done.stdout)
        held_out = re.search(r"held-out structures:? ([0-9.]+)", done.stdout)
        return float(known.group(1)), float(held_out.group(1))

    def assert_learns(self, accuracies):
        for accuracy in accuracies:
            self.assertGreaterEqual(accuracy, LEARNED)

    def test_a_network_learns_with_the_package(self):
        needs_package()
        self.assert_learns(self.example("train.py", "gym.sqlite"))

    def test_workers_can_make_the_batches(self):
        needs_package()
        self.example("train.py", "gym.sqlite", "--workers", 2, "--batches", 20, "--batch-size", 8)

    def test_a_network_learns_with_lightning(self):
        needs_package()
        self.assert_learns(self.example("train_lightning.py", "gym.sqlite", before="--lightning"))

    def test_a_network_learns_from_a_pipe(self):
        self.assert_learns(self.example("train_from_pipe.py", "gym.sqlite", "--mmgym", MMGYM.path))

    def test_a_network_learns_from_shards(self):
        self.run_commands("mmgym sample", 2)
        self.assert_learns(self.example("train_from_shards.py", "shards"))
        shutil.rmtree(self.folder / "shards")

    def test_shards_may_be_sparse(self):
        for split in ("train", "val"):
            MMGYM.run("sample", self.folder / "gym.sqlite", "--out", self.folder / "sparse" / split,
                      "--split", split, "--count", 64, "--encoding", "sparse", "--dtype", "float16",
                      "--samples-per-shard", 20)  # fmt: skip
        self.example("train_from_shards.py", "sparse", "--batches", 3, "--batch-size", 8, "--workers", 2)

    def test_names_with_spaces_and_quotes_reach_the_program_in_the_pipe(self):
        place = self.folder / "it's a folder; with $names"
        place.mkdir()
        gym = shutil.copy(self.folder / "gym.sqlite", place / "a gym.sqlite")
        program = place / "the program"
        program.symlink_to(pathlib.Path(MMGYM.path).resolve())
        self.example("train_from_pipe.py", gym, "--mmgym", program, "--batches", 2, "--batch-size", 4)

    def test_code_in_the_readme_is_from_the_examples_or_runs(self):
        code = "\n".join(path.read_text() for path in EXAMPLES.glob("*.py"))
        lines = {line.strip() for line in code.splitlines()}
        blocks = re.findall(r"```python\n(.*?)```", README.read_text(), re.DOTALL)
        self.assertEqual(len(blocks), 2)
        for line in blocks[0].splitlines():
            self.assertIn(line.strip(), lines)
        needs_package()
        done = subprocess.run([sys.executable, "-c", blocks[1]], cwd=self.folder,
                              capture_output=True, text=True)  # fmt: skip
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("(2, 8, 24, 24, 24)", done.stdout)

    def test_the_readmes_queries_run(self):
        queries = re.findall(r'sqlite3 gym.sqlite "(.*?)"', README.read_text(), re.DOTALL)
        self.assertGreaterEqual(len(queries), 2)
        for query in queries:
            done = subprocess.run(["sqlite3", "gym.sqlite", query], cwd=self.folder,
                                  capture_output=True, text=True)  # fmt: skip
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            self.assertTrue(done.stdout)


def needs_package():
    try:
        import mmgym.torch  # noqa: F401
    except ImportError as error:
        if os.environ.get("CI") == "true":
            raise
        raise unittest.SkipTest(str(error)) from error


def run_with_lightning(script):
    """Runs a script that imports Lightning, with a module that Debian 12's PyTorch 1.13 cannot
    import under its Python 3.11, and that training in one process does not need."""
    name = "torch.distributed._shard.sharded_tensor"
    module = types.ModuleType(name)
    module.pre_load_state_dict_hook = module.state_dict_hook = lambda *_, **__: None
    sys.modules["torch.distributed._shard"] = types.ModuleType("torch.distributed._shard")
    sys.modules[name] = module
    sys.path.insert(0, str(pathlib.Path(script).parent))
    runpy.run_path(script, run_name="__main__")


if __name__ == "__main__" and sys.argv[1] == "--lightning":
    del sys.argv[:2]
    run_with_lightning(sys.argv[0])
elif __name__ == "__main__":
    needs("torch", "webdataset", "pytorch_lightning")
    MMGYM = Program(pathlib.Path(sys.argv[1]).resolve())
    EXAMPLES, SAMPLES, README = (pathlib.Path(name).resolve() for name in sys.argv[2:5])
    TRAINING = README.read_text().partition("## Training")[2].partition("\n## ")[0]
    unittest.main(argv=[sys.argv[0], *sys.argv[5:]], verbosity=2)
