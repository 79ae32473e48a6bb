#!/usr/bin/env python3
"""mmgym.torch: datasets for PyTorch, with workers, ranks and states that are saved and loaded.

    torch_test.py MMGYM DATA_SAMPLES
"""

import collections
import gc
import itertools
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import unittest
import unittest.mock
import warnings

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "cli"))
from program import FolderTest, Program
from skip import needs

needs("mmgym", "torch", "torchdata.stateful_dataloader")
import mmgym
import mmgym.torch
import torch
from torch.utils.data import DataLoader

warnings.filterwarnings("ignore", message="This DataLoader will create")
SMALL = {"grid": 8, "resolution": 3}
TRAINING = pathlib.Path(__file__).with_name("killed_training.py")


def indices(batches):
    return [batch.indices.tolist() for batch in batches]


def flat(lists):
    return [i for part in lists for i in part]


class Torch(FolderTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.path = cls.folder / "gym.sqlite"
        MMGYM.run("build-db", SAMPLES / "2xhe.cif.gz", SAMPLES / "7cfn.cif.gz", "--db", cls.path)
        cls.gym = mmgym.Gym(cls.path)
        cls.samples = cls.gym.samples(**SMALL)  # 85 samples

    def dataset(self, batch_size=8, **arguments):
        return mmgym.torch.Samples(self.samples, batch_size, **arguments)

    # ---- batches

    def test_tensors_share_the_memory_of_the_arrays(self):
        batch = next(self.samples.batches(4))
        tensors = mmgym.torch.batches.as_tensors(batch)
        self.assertEqual(tensors.images.data_ptr(), batch.images.ctypes.data)
        self.assertEqual(tensors.labels.dtype, torch.int64)
        self.assertIsInstance(tensors.to("cpu"), mmgym.torch.Batch)

    def test_single_views_have_no_labels(self):
        dataset = mmgym.torch.Samples(self.gym.samples(task="single", **SMALL), 8)
        for workers in (0, 1):
            for images, labels, _ in DataLoader(dataset, batch_size=None, num_workers=workers):
                self.assertEqual(tuple(images.shape[1:]), (8, 8, 8, 8))
                self.assertIsNone(labels)

    def test_workers_make_the_same_batches_in_the_same_order(self):
        plain = list(self.samples.batches(8, epochs=2))
        for workers in range(4):
            loader = DataLoader(self.dataset(epochs=2), batch_size=None, num_workers=workers)
            self.assertEqual(len(loader), len(plain))
            for expected, found in itertools.zip_longest(plain, loader):
                np.testing.assert_array_equal(found.indices, expected.indices)
                np.testing.assert_array_equal(found.images, expected.images)
                np.testing.assert_array_equal(found.labels, expected.labels)

    def test_spawned_workers_make_the_same_batches(self):
        loader = DataLoader(self.dataset(epochs=1), batch_size=None, num_workers=2,
                            multiprocessing_context="spawn", persistent_workers=True)  # fmt: skip
        found = [indices(loader) for _ in range(2)]
        self.assertEqual(flat(found), indices(self.samples.batches(8, epochs=2)))

    def test_atoms_are_the_same_with_workers(self):
        samples = self.gym.samples(form="atoms", **SMALL)
        plain = list(samples.batches(8))
        loader = DataLoader(mmgym.torch.Samples(samples, 8), batch_size=None, num_workers=2)
        for expected, found in itertools.zip_longest(plain, loader):
            self.assertIsInstance(found, mmgym.torch.AtomsBatch)
            for name in found._fields:
                np.testing.assert_array_equal(getattr(found, name), getattr(expected, name))

    # ---- epochs and ranks

    def test_every_iteration_is_the_next_epoch(self):
        epochs = [indices(self.samples.batches(8, epochs=4))[i * 11 : i * 11 + 11] for i in range(4)]
        for workers in range(4):
            for persistent in {False, workers > 0}:
                loader = DataLoader(self.dataset(), batch_size=None, num_workers=workers,
                                    persistent_workers=persistent)  # fmt: skip
                self.assertEqual(indices(loader), epochs[0])
                # An iteration that is left early is over.
                self.assertEqual(indices(itertools.islice(loader, 3)), epochs[1][:3])
                gc.collect()
                self.assertEqual(indices(loader), epochs[2])
                self.assertEqual(indices(loader), epochs[3])

    def test_iterations_without_end_do_not_repeat_samples(self):
        for workers in (0, 2):
            loader = DataLoader(self.dataset(epochs=0), batch_size=None, num_workers=workers)
            with self.assertRaises(TypeError):
                len(loader)
            found = flat(indices(itertools.islice(loader, 30)) + indices(itertools.islice(loader, 30)))
            self.assertEqual(len(set(found)), len(found))

    def test_ranks_and_workers_have_shares_without_overlap(self):
        for world_size in (2, 3):
            for workers in (0, 2):
                shares = [
                    indices(DataLoader(self.dataset(epochs=2, rank=rank, world_size=world_size),
                                       batch_size=None, num_workers=workers))
                    for rank in range(world_size)
                ]  # fmt: skip
                self.assertEqual(len({len(share) for share in shares}), 1)
                self.assertEqual(sorted(flat(flat(shares))), list(range(170)))

    def test_ranks_come_from_torch_distributed(self):
        early = self.dataset()
        store = torch.distributed.FileStore(str(self.folder / "store"), 1)
        torch.distributed.init_process_group("gloo", store=store, rank=0, world_size=1)
        try:
            self.assertEqual(flat(indices(self.dataset())), flat(indices(early)))
            with unittest.mock.patch("torch.distributed.get_world_size", return_value=2):
                with unittest.mock.patch("torch.distributed.get_rank", return_value=1):
                    late = self.dataset()
                    expected = indices(self.samples.batches(8, rank=1, world_size=2))
                    self.assertEqual(indices(late), expected)
                    with self.assertRaisesRegex(RuntimeError, "init_process_group"):
                        iter(early)
        finally:
            torch.distributed.destroy_process_group()
        with self.assertRaisesRegex(ValueError, "both"):
            self.dataset(rank=0)

    # ---- states

    def test_a_state_without_workers_continues_after_any_batch(self):
        expected = indices(self.samples.batches(8, epochs=3))
        for stop in (0, 1, 10, 11, 12, 25, 33):
            first = self.dataset(epochs=3)
            iterator = iter(first)
            before = indices(itertools.islice(iterator, stop))
            state = json.loads(json.dumps(first.state_dict()))
            second = self.dataset(epochs=3)
            second.load_state_dict(state)
            self.assertEqual(before + indices(second), expected)
            # The next iteration is the next epoch.
            self.assertEqual(indices(second)[0], indices(self.samples.batches(8, epochs=4))[33])

    def test_a_state_of_an_epochs_end_fits_other_ranks_and_batch_sizes(self):
        dataset = self.dataset(epochs=2, rank=0, world_size=2)
        iterator = iter(dataset)
        for _ in range(6):
            next(iterator)
        state = dataset.state_dict()
        other = mmgym.torch.Samples(self.samples, 5, epochs=2)
        other.load_state_dict(state)
        rest = flat(indices(other))
        self.assertEqual(sorted(rest), list(range(85, 170)))
        next(iterator)
        with self.assertRaisesRegex(ValueError, "middle of an epoch"):
            other.load_state_dict(dataset.state_dict())

    def test_a_state_of_other_samples_is_refused(self):
        state = self.dataset().state_dict()
        other = mmgym.torch.Samples(self.gym.samples(seed=1, **SMALL), 8)
        with self.assertRaisesRegex(ValueError, "seed"):
            other.load_state_dict(state)

    def test_the_state_of_workers_is_not_in_the_dataset(self):
        dataset = self.dataset()
        indices(itertools.islice(DataLoader(dataset, batch_size=None, num_workers=1), 2))
        with self.assertRaisesRegex(RuntimeError, "StatefulDataLoader"):
            dataset.state_dict()

    def test_a_training_that_is_killed_over_and_over_sees_every_sample_once(self):
        order = random.Random(1)
        kills = 0
        for workers, world_size in itertools.product(range(4), (1, 2)):
            expected = sorted(range(85 * 3))
            seen = []
            for rank in range(world_size):
                saved = self.folder / f"saved-{workers}-{world_size}-{rank}.json"
                batches = self.samples.batches_per_epoch(4, world_size=world_size) * 3
                stops = sorted(order.sample(range(1, batches), 3 if world_size == 1 else 1))
                for stop in [*stops, None]:
                    kills += stop is not None
                    self.train(saved, workers, rank, world_size, stop)
                seen += json.loads(saved.read_text())["indices"]
            self.assertEqual(sorted(seen), expected, (workers, world_size))
        self.assertGreaterEqual(kills, 20)

    def train(self, saved, workers, rank, world_size, stop):
        command = [sys.executable, TRAINING, self.path, saved, workers, rank, world_size, stop or 0]
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=300)
        self.assertEqual(done.returncode, -signal.SIGKILL if stop else 0, done.stderr)

    # ---- resources

    def test_many_epochs_with_workers_use_no_more_memory(self):
        def resident(process):
            return int(pathlib.Path(f"/proc/{process}/statm").read_text().split()[1]) * 4096

        dataset = mmgym.torch.Samples(self.gym.samples(**SMALL), 8)
        loader = DataLoader(dataset, batch_size=None, num_workers=4, persistent_workers=True)
        sizes = []
        for epoch in range(10):
            for number, _ in enumerate(loader):
                if epoch % 3 == 2 and number == 5:
                    break  # an epoch that is left early
            workers = loader._iterator._workers
            sizes.append(resident(os.getpid()) + sum(resident(w.pid) for w in workers))
        print("resident MB after each epoch:", [round(size / 1e6) for size in sizes])
        self.assertLess(sizes[-1] - sizes[2], 20e6)

    def test_a_killed_worker_ends_the_training_with_an_error(self):
        code = (
            "import os, signal, sys, mmgym, mmgym.torch\n"
            "from torch.utils.data import DataLoader\n"
            "samples = mmgym.Gym(sys.argv[1]).samples(grid=8, resolution=3)\n"
            "dataset = mmgym.torch.Samples(samples, 4, epochs=0)\n"
            "iterator = iter(DataLoader(dataset, batch_size=None, num_workers=2))\n"
            "next(iterator)\n"
            "os.kill(iterator._workers[0].pid, signal.SIGKILL)\n"
            "for batch in iterator: pass\n"
        )
        done = self.run_python(code)
        self.assertEqual(done.returncode, 1)
        # The last two if it is killed while the main process asks it for the memory of a batch.
        self.assertRegex(done.stderr.splitlines()[-1], "DataLoader worker|Connection|EOFError")

    def run_python(self, code, *arguments):
        command = [sys.executable, "-W", "ignore", "-c", code, self.path, *arguments]
        return subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=120)

    def test_a_loop_that_is_left_early_ends_the_process_at_once(self):
        code = (
            "import sys, mmgym, mmgym.torch\n"
            "from torch.utils.data import DataLoader\n"
            "samples = mmgym.Gym(sys.argv[1]).samples(grid=8, resolution=3)\n"
            "dataset = mmgym.torch.Samples(samples, 4, epochs=0)\n"
            "for batch in DataLoader(dataset, batch_size=None, num_workers=int(sys.argv[2])): break\n"
            "print('end')\n"
        )
        for workers in (0, 3):
            done = self.run_python(code, workers)
            self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "end\n", ""))

    def test_an_incompatible_torch_is_named(self):
        fake = self.folder / "fake"
        fake.mkdir()
        (fake / "torch.py").write_text('__version__ = "1.4.0"\n')
        done = subprocess.run([sys.executable, "-c", "import mmgym.torch"], text=True,
                              capture_output=True, env={**os.environ, "PYTHONPATH": str(fake)})  # fmt: skip
        self.assertIn("PyTorch 1.13 or newer, not 1.4.0", done.stderr.splitlines()[-1])

    # ---- images from atoms

    def test_drawn_atoms_are_the_images_of_the_program(self):
        for settings in ({}, {"preset": "16A"}, {"fill": "fraction-voxel", "aggregate": "max"}):
            images = self.gym.samples(**settings)
            atoms = self.gym.samples(form="atoms", dtype="float64", **settings)
            length = images.shape[-1]
            largest = collections.defaultdict(float)
            for batch, drawn_from in zip(
                images.batches(50, epochs=12), atoms.batches(50, epochs=12)
            ):
                exact = mmgym.torch.batches.as_tensors(drawn_from)
                self.assertEqual(exact.xyz.dtype, torch.float64)
                for dtype in (torch.float32, torch.float64):
                    tensors = exact._replace(xyz=exact.xyz.to(dtype))
                    drawn = mmgym.torch.draw(
                        tensors, length, 0.75 if settings.get("preset") else 1.0, 8,
                        fill=settings.get("fill", "fraction-atom"),
                        aggregate=settings.get("aggregate", "sum"),
                    )  # fmt: skip
                    difference = np.abs(drawn.numpy() - batch.images).max()
                    largest[dtype] = max(largest[dtype], difference)
            print("largest differences of 1,020 samples:", dict(largest))
            self.assertLess(largest[torch.float32], 1e-5)
            self.assertLess(largest[torch.float64], 1e-6)


if __name__ == "__main__":
    MMGYM = Program(sys.argv[1])
    SAMPLES = pathlib.Path(sys.argv[2])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=2)
