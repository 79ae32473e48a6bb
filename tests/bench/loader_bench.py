#!/usr/bin/env python3
"""Measure how many samples per second reach a training loop as PyTorch tensors.

    loader_bench.py MMGYM GYM.SQLITE [--rounds N] [--samples N] [--cores 0,1]

Compares mmgym.torch with the stream of `mmgym sample` that WebDataset reads. Batches have 64
samples of the preset 24A. Prints the best of several rounds. Each round measures everything once,
so that other load on the machine affects all results. One thread runs on one core, together with
the loop. Needs the packages mmgym, torch and webdataset.
"""

import argparse
import itertools
import os
import shlex
import time

import mmgym
import mmgym.torch
import torch
import webdataset as wds
from torch.utils.data import DataLoader

parser = argparse.ArgumentParser()
parser.add_argument("mmgym")
parser.add_argument("gym")
parser.add_argument("--rounds", type=int, default=5)
parser.add_argument("--samples", type=int, default=6400, help="samples in each measurement")
parser.add_argument("--cores", default="0,1", help="two cores to use")
arguments = parser.parse_args()

BATCH_SIZE = 64
cores = [int(core) for core in arguments.cores.split(",")]
torch.set_num_threads(1)


def samples_per_second(batches, images=lambda batch: batch[0]):
    """Measures after the first few batches."""
    iterator = iter(batches)
    for batch in itertools.islice(iterator, 5):
        images(batch)
    start = time.perf_counter()
    for batch in itertools.islice(iterator, arguments.samples // BATCH_SIZE):
        assert len(images(batch)) > 0
    return arguments.samples // BATCH_SIZE * BATCH_SIZE / (time.perf_counter() - start)


def package(workers=0, threads=1, **settings):
    samples = mmgym.Gym(arguments.gym).samples(threads=threads, **settings)
    dataset = mmgym.torch.Samples(samples, BATCH_SIZE, epochs=0)
    return DataLoader(dataset, batch_size=None, num_workers=workers)


def pipe(workers=0):
    shares = max(workers, 1)
    command = [arguments.mmgym, "sample", arguments.gym, "--out", "-", "--threads", "1", "--quiet",
               "--epochs", "0"]  # fmt: skip
    urls = [
        "pipe:" + shlex.join([*command, "--worker", f"{k}/{shares}"]) for k in range(shares)
    ]
    data = wds.WebDataset(urls, shardshuffle=False).decode().to_tuple("npy", "cls")
    return DataLoader(data.batched(BATCH_SIZE), batch_size=None, num_workers=workers)


def drawn(batch):
    return mmgym.torch.draw(batch)


MEASUREMENTS = {
    "images, 1 thread": (1, lambda: samples_per_second(package())),
    "images, 2 threads": (2, lambda: samples_per_second(package(threads=2))),
    "images, 1 worker": (2, lambda: samples_per_second(package(workers=1))),
    "images, 2 workers": (2, lambda: samples_per_second(package(workers=2))),
    "images float16, 1 thread": (1, lambda: samples_per_second(package(dtype="float16"))),
    "atoms, 1 thread": (1, lambda: samples_per_second(package(form="atoms"))),
    "atoms, 2 threads": (2, lambda: samples_per_second(package(form="atoms", threads=2))),
    "atoms, 2 workers": (2, lambda: samples_per_second(package(form="atoms", workers=2))),
    "atoms drawn on the CPU": (1, lambda: samples_per_second(package(form="atoms"), drawn)),
    "WebDataset's pipe, 0 workers": (1, lambda: samples_per_second(pipe())),
    "WebDataset's pipe, 2 workers": (2, lambda: samples_per_second(pipe(2))),
}

best = dict.fromkeys(MEASUREMENTS, 0.0)
for _ in range(arguments.rounds):
    for name, (core_count, measure) in MEASUREMENTS.items():
        os.sched_setaffinity(0, cores[:core_count])
        best[name] = max(best[name], measure())
print(f"samples per second, {BATCH_SIZE} in a batch, best of {arguments.rounds} rounds")
for name, rate in best.items():
    print(f"{name:30} {rate:9,.0f}")
