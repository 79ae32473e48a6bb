#!/usr/bin/env python3
"""The Python package makes the samples of the program.

    package_test.py MMGYM DATA_SAMPLES
"""

import gc
import inspect
import json
import os
import pathlib
import pickle
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import unittest
import warnings

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "cli"))
from program import FolderTest, Program, array, read_stream
from skip import needs

needs("mmgym")
import mmgym

SMALL = {"grid": 8, "resolution": 3}


def flags(settings):
    """Returns the settings as flags of the program."""
    words = []
    for name, value in settings.items():
        words.append("--" + name.replace("_", "-"))
        if value is not True:
            words.append(str(value))
    return words


def open_files():
    return len(os.listdir("/proc/self/fd"))


def threads():
    return len(os.listdir("/proc/self/task"))


class Package(FolderTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.path = cls.folder / "gym.sqlite"
        MMGYM.run("build-db", SAMPLES / "2xhe.cif.gz", SAMPLES / "7cfn.cif.gz", "--db", cls.path)
        cls.gym = mmgym.Gym(cls.path)

    def stream(self, *arguments):
        return read_stream(MMGYM.stream("sample", self.path, "--out", "-", *arguments))

    # ---- the same samples

    def test_samples_are_those_of_the_program_byte_for_byte(self):
        for settings in (
            {},
            {"preset": "16A"},
            {"task": "single", "grid": 9},
            {"dtype": "float16"},
            {"channels": "C|N,O|*", "fill": "gaussian", "atom_radius": 1.5, "aggregate": "max"},
            {"noise_distance": 0.5, "noise_angle": 1, "distance": 20.5},
            {"atom_radius": "vdw", "grid": 10},
        ):
            expected = self.stream("--count", 9, *flags(settings))
            samples = self.gym.samples(**settings)
            for key, members in expected.items():
                one = samples[int(key)]
                images = array(members["npy"])
                self.assertEqual(one.images.dtype, images.dtype)
                self.assertEqual(one.images.shape, images.shape)
                self.assertEqual(one.images.tobytes(), images.tobytes(), settings)
                self.assertEqual(one.info, json.loads(members["json"]))
                self.assertEqual(one.label, int(members["cls"]) if "cls" in members else None)

    def test_atoms_are_those_of_the_program(self):
        for settings in ({}, {"task": "single"}, {"ligand_channel": True, "channels": "C,N|N|*"}):
            expected = self.stream("--count", 9, "--encoding", "atoms", *flags(settings))
            samples = self.gym.samples(form="atoms", **settings)
            for key, members in expected.items():
                one = samples[int(key)]
                for name in ("xyz", "channel", "weight", "view"):
                    written = array(members[f"{name}.npy"])
                    found = getattr(one, name)
                    self.assertEqual((found.dtype, found.shape), (written.dtype, written.shape))
                    self.assertEqual(found.tobytes(), written.tobytes())
                self.assertEqual(one.info, json.loads(members["json"]))

    def test_annotated_atoms_are_those_of_the_program(self):
        for form in ("images", "atoms"):
            samples = self.gym.samples(with_atoms=True, form=form, **SMALL)
            for key, members in self.stream("--count", 3, "--with-atoms", *flags(SMALL)).items():
                atoms = samples[int(key)].atoms
                written = array(members["atoms.npz"])
                self.assertEqual(set(atoms), set(written.files))
                for name in written.files:
                    np.testing.assert_array_equal(atoms[name], written[name])
            with self.assertRaisesRegex(ValueError, "with_atoms"):
                samples.batches(2)
        self.assertIsNone(self.gym.samples(**SMALL)[0].atoms)

    def test_batches_have_the_order_of_the_program(self):
        expected = [int(key) for key in self.stream("--epochs", 3, "--seed", 4, *flags(SMALL))]
        samples = self.gym.samples(seed=4, **SMALL)
        self.assertEqual(len(samples) * 3, len(expected))
        batches = samples.batches(16, epochs=3)
        self.assertEqual(len(batches), 3 * 6)
        found = []
        for batch in batches:
            self.assertIsInstance(batch, mmgym.Batch)
            self.assertEqual(batch.images.shape, (len(batch.indices), *samples.shape))
            found += batch.indices.tolist()
            i = len(batch.indices) // 2
            if batch.indices[i] < len(samples):
                one = samples[batch.indices[i]]
                np.testing.assert_array_equal(batch.images[i], one.images)
                self.assertEqual(batch.labels[i], one.label)
        self.assertEqual(len(batches), 0)
        self.assertEqual(found, expected)

    def test_start_and_count_choose_samples_by_index(self):
        expected = self.stream("--start", 1000, "--count", 7, *flags(SMALL))
        samples = self.gym.samples(start=1000, count=7, **SMALL)
        self.assertEqual(len(samples), 7)
        self.assertEqual(
            samples[3].images.tobytes(), array(expected["000000001003"]["npy"]).tobytes()
        )
        order = [i for batch in samples.batches(2) for i in batch.indices.tolist()]
        self.assertEqual(order, [int(key) for key in expected])
        with self.assertRaisesRegex(ValueError, "one epoch"):
            samples.batches(2, epochs=2)

    def test_normalization_with_numbers_is_that_of_the_program(self):
        mean, deviation = np.arange(8) / 8, [0.1, 0.3, 1, 2, 3, 4, 5, 1e-3]
        texts = [",".join(map(str, numbers)) for numbers in (mean, deviation)]
        numbers = ("--channel-mean", texts[0], "--channel-std", texts[1])
        expected = self.stream("--count", 2, *numbers, *flags(SMALL))
        samples = self.gym.samples(channel_mean=mean, channel_std=deviation, **SMALL)
        for key, members in expected.items():
            self.assertEqual(
                samples[int(key)].images.tobytes(), array(members["npy"]).tobytes()
            )

    def test_normalization_is_that_of_the_program(self):
        shards = self.folder / "shards"
        MMGYM.run("sample", self.path, "--out", shards, "--count", 40, *flags(SMALL))
        expected = self.stream("--count", 3, "--normalize", shards, *flags(SMALL))
        samples = self.gym.samples(normalize=shards, **SMALL)
        for key, members in expected.items():
            self.assertEqual(
                samples[int(key)].images.tobytes(), array(members["npy"]).tobytes()
            )
        with self.assertRaises(mmgym.DataError):
            self.gym.samples(normalize=self.folder / "missing", **SMALL)

    # ---- settings

    def test_every_setting_of_the_program_is_a_keyword(self):
        keywords = inspect.signature(mmgym.Gym.samples).parameters
        help_text = MMGYM.run("sample", "--help").stdout
        for name in re.findall(r"^ +--([a-z-]+)", help_text, re.MULTILINE):
            if name not in NOT_IN_PYTHON:
                self.assertIn(name.replace("-", "_"), keywords)
        for name in keywords.keys() - {"self", "form"}:
            self.assertIn(f"--{name.replace('_', '-')} ", help_text)

    def test_wrong_settings_raise_the_messages_of_the_program(self):
        for settings in (
            {"grid": 0},
            {"resolution": -1},
            {"fill": "solid"},
            {"padding": 1, "distance": 2},
            {"task": "single", "noise_angle": 1},
            {"noise_angle": float("nan")},
            {"directions": "teapot"},
            {"split": "train"},
            {"seed": -1},
            {"start": -1},
            {"count": 0},
            {"threads": 0},
            {"threads": 1025},
            {"tile_cache": -1},
            {"seed": 1.5},
            {"max_difficulty": float("inf")},
            {"channel_mean": "1,2"},
            {"channel_std": "1"},
            {"channel_mean": "x", "channel_std": "1"},
            {"normalize": "folder", "channel_mean": "1", "channel_std": "1"},
        ):
            done = MMGYM.run("sample", self.path, "--out", "-", *flags(settings), status=2)
            with self.assertRaises(ValueError, msg=settings) as raised:
                self.gym.samples(**settings)
            self.assertIn(str(raised.exception), done.stderr)

    def test_an_element_without_a_channel_raises_the_message_of_the_program(self):
        samples = self.gym.samples(channels="C|C")
        for wrong in (lambda: samples[0], lambda: next(samples.batches(4))):
            with self.assertRaisesRegex(ValueError, "there is no channel for N.*; add"):
                wrong()

    def test_other_wrong_arguments_are_refused(self):
        with self.assertRaises(TypeError):
            self.gym.samples(gird=8)
        with self.assertRaisesRegex(ValueError, "preset|8A"):
            self.gym.samples(preset="8A")
        for settings in (
            {"form": "voxels"}, {"dtype": "float64"}, {"dtype": "int8"},
            {"form": "atoms", "dtype": "float16"}, {"form": "atoms", "atom_radius": "vdw"},
        ):  # fmt: skip
            with self.assertRaises(ValueError, msg=settings):
                self.gym.samples(**settings)
        samples = self.gym.samples(**SMALL)
        for wrong in ({"batch_size": 0}, {"batch_size": 1, "rank": 1}, {"batch_size": -1},
                      {"batch_size": 1, "step": 0}, {"batch_size": 64, "world_size": 1000}):  # fmt: skip
            with self.assertRaises(ValueError, msg=wrong):
                samples.batches(**wrong)

    def test_indices_are_those_of_a_sequence(self):
        samples = self.gym.samples(**SMALL)
        n = len(samples)
        self.assertEqual(samples[-1].info["index"], n - 1)
        self.assertEqual(samples[-n].info["index"], 0)
        self.assertEqual(samples[np.int64(3)].info["index"], 3)
        for wrong in (n, -n - 1, 1 << 70):
            with self.assertRaises(IndexError):
                samples[wrong]
        for wrong in (1.0, "1", None, slice(2)):
            with self.assertRaises(TypeError):
                samples[wrong]
        self.assertEqual(len(list(samples)), n)

    # ---- traps

    def test_a_database_with_splits_needs_a_split(self):
        path = shutil.copy(self.path, self.folder / "splits.sqlite")
        MMGYM.run("split", path, "--target", "training=1", "--target", "val=1")
        gym = mmgym.Gym(path)
        self.assertEqual(gym.splits, ["training", "val"])
        with self.assertRaisesRegex(ValueError, "training, val, or all"):
            gym.samples(**SMALL)
        splits = [gym.samples(split=name, **SMALL) for name in gym.splits]
        every = gym.samples(split="all", **SMALL)
        self.assertEqual(sum(map(len, splits)), len(every))
        shift = [np.linalg.norm(np.array(s[0].info["frame_ab"])[:3, 3]) for s in splits]
        self.assertNotAlmostEqual(shift[0], 30, 3)  # noise
        self.assertAlmostEqual(shift[1], 30, 9)

    def test_empty_second_views_are_warned_of(self):
        path = self.folder / "alone.sqlite"
        MMGYM.run("build-db", SAMPLES / "2xhe.cif.gz", "--db", path,
                  "--neighbor-count-threshold", 0)  # fmt: skip
        with self.assertWarnsRegex(UserWarning, "neighbor_count_threshold 0.*empty second view"):
            mmgym.Gym(path).samples(preset="16A", distance=40)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            mmgym.Gym(path).samples(task="single")

    # ---- files

    def test_a_file_that_is_no_database_raises_DatabaseError(self):
        for name, content in (("missing.sqlite", None), ("text.sqlite", b"no database" * 1000)):
            path = self.folder / name
            if content is not None:
                path.write_bytes(content)
            with self.assertRaisesRegex(mmgym.DatabaseError, name):
                mmgym.Gym(path)
        self.assertTrue(issubclass(mmgym.DatabaseError, mmgym.DataError))

    def test_a_database_that_disappears_raises_DatabaseError(self):
        path = shutil.copy(self.path, self.folder / "gone.sqlite")
        gym = mmgym.Gym(path)
        samples = gym.samples(tile_cache=0, **SMALL)
        os.truncate(path, 8192)
        with self.assertRaises(mmgym.DatabaseError):
            for batch in samples.batches(4, threads=1):
                pass
        os.remove(path)
        with self.assertRaises(mmgym.DatabaseError):
            gym.samples(**SMALL)

    def test_a_database_that_changes_raises_DatabaseError(self):
        path = shutil.copy(self.path, self.folder / "changing.sqlite")
        with mmgym.Gym(path).samples(split="all", **SMALL).batches(4, epochs=0) as batches:
            next(batches)
            MMGYM.run("split", path, "--target", "another=1")
            with self.assertRaisesRegex(mmgym.DatabaseError, "another process changed"):
                for _ in range(10_000):
                    next(batches)

    # ---- iterators, threads, processes

    def test_a_closed_iterator_raises_ValueError(self):
        with self.gym.samples(**SMALL).batches(4, epochs=0) as batches:
            next(batches)
        with self.assertRaisesRegex(ValueError, "closed"):
            next(batches)
        with self.assertRaises(TypeError):
            len(batches)

    def test_iterators_leave_no_threads_or_files(self):
        before = threads(), open_files()
        samples = self.gym.samples(**SMALL)
        for taken in range(6):
            batches = samples.batches(8, epochs=0, threads=3)
            for _ in range(taken):
                next(batches)
            if taken % 2:
                batches.close()
            del batches
        self.assertEqual(threads(), before[0])
        del samples
        gc.collect()
        self.assertEqual((threads(), open_files()), before)

    def test_arrays_stay_valid_while_they_are_kept_and_are_reused_afterwards(self):
        batches = self.gym.samples(**SMALL).batches(8, epochs=0, threads=1)
        kept = next(batches).images
        copy = kept.copy()
        places = [next(batches).images.ctypes.data for _ in range(40)]
        self.assertLess(len(set(places)), 8)
        np.testing.assert_array_equal(kept, copy)
        kept[:] = 0  # the arrays are the user's
        batches.close()
        del batches
        gc.collect()
        self.assertEqual(kept.sum(), 0)
        self.assertIsNotNone(kept.__dlpack__())

    def test_other_threads_run_while_samples_are_made(self):
        samples = self.gym.samples(threads=1)
        ticks = 0
        done = threading.Event()

        def count():
            nonlocal ticks
            while not done.is_set():
                ticks += 1
                time.sleep(0.001)

        counter = threading.Thread(target=count)
        counter.start()
        start = time.monotonic()
        for _ in samples.batches(85, epochs=10):
            pass
        elapsed = time.monotonic() - start
        done.set()
        counter.join()
        self.assertGreater(ticks, 0.02 * elapsed / 0.001)

    def test_pickled_samples_are_the_same(self):
        samples = self.gym.samples(split=None, seed=3, **SMALL)
        copy = pickle.loads(pickle.dumps(samples))
        self.assertEqual(copy[5].images.tobytes(), samples[5].images.tobytes())
        self.assertEqual(next(copy.batches(9)).indices.tolist(),
                         next(samples.batches(9)).indices.tolist())  # fmt: skip

    def test_a_forked_process_can_use_samples_while_threads_of_the_parent_make_some(self):
        samples = self.gym.samples(tile_cache=0, **SMALL)
        expected = samples[7].images.tobytes()
        with samples.batches(4, epochs=0, threads=4) as batches:
            for _ in range(30):
                next(batches)
                child = os.fork()
                if child == 0:
                    ok = samples[7].images.tobytes() == expected
                    ok &= len(next(samples.batches(5, threads=2)).indices) == 5
                    try:
                        next(batches)
                        ok = False
                    except ValueError as error:
                        ok &= "another process" in str(error)
                    os._exit(0 if ok else 1)
                self.assertEqual(os.waitpid(child, 0)[1], 0)

    def run_python(self, code, **arguments):
        return subprocess.run(
            [sys.executable, "-c", code, str(self.path)],
            capture_output=True, text=True, timeout=60, **arguments,
        )  # fmt: skip

    def test_the_interpreter_exits_while_iterators_are_open(self):
        done = self.run_python(
            "import mmgym, sys\n"
            "samples = mmgym.Gym(sys.argv[1]).samples(threads=3)\n"
            "batches = samples.batches(4, epochs=0)\n"
            "next(batches)\n"
            "other = samples.batches(4, epochs=0); next(other)\n"
            "sys.stale = batches, other\n"
            "print('end')\n"
        )
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "end\n", ""))

    def test_ctrl_c_stops_a_loop(self):
        process = subprocess.Popen(
            [sys.executable, "-c",
             "import mmgym, sys\n"
             "batches = mmgym.Gym(sys.argv[1]).samples(threads=1).batches(400, epochs=0)\n"
             "print('ready', flush=True)\n"
             "for batch in batches: pass\n", str(self.path)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        process.stdout.readline()
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        _, error = process.communicate(timeout=60)
        self.assertIn("KeyboardInterrupt", error)

    def test_an_import_without_the_compiled_part_says_what_to_do(self):
        broken = self.folder / "broken"
        shutil.copytree(pathlib.Path(mmgym.__file__).parent, broken / "mmgym",
                        ignore=shutil.ignore_patterns("_core*", "__pycache__"))  # fmt: skip
        done = self.run_python("import mmgym", env={**os.environ, "PYTHONPATH": str(broken)})
        self.assertEqual(done.returncode, 1)
        self.assertIn("pip install .", done.stderr.splitlines()[-1])


# Flags about files, the terminal, and shares, for which Python has its own ways.
NOT_IN_PYTHON = {
    "help", "out", "epochs", "worker", "samples-per-shard", "verify", "finish", "compression", "encoding",
    "no-space-check", "config", "quiet", "log-level", "progress",
}  # fmt: skip

if __name__ == "__main__":
    MMGYM = Program(sys.argv[1])
    SAMPLES = pathlib.Path(sys.argv[2])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=2)
