#!/usr/bin/env python3
"""Train on shards from `mmgym sample`, read only with tarfile and NumPy.

    train_without_webdataset.py FOLDER [--workers N] [--batches N]

Reads dense and sparse shards of float32 or float16.
"""

import argparse
import io
import json
import pathlib
import random
import tarfile

import numpy as np
import torch
from neighbor_net import train


class Shards(torch.utils.data.IterableDataset):
    """Endlessly yields the samples of a folder as pairs of images and label."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.index = json.loads((self.folder / "index.json").read_text())

    def __iter__(self):
        worker = torch.utils.data.get_worker_info()
        first, step = (worker.id, worker.num_workers) if worker else (0, 1)
        names = [shard["url"] for shard in self.index["shardlist"]][first::step]
        order = random.Random(first)
        while names:
            order.shuffle(names)
            for name in names:
                yield from self.samples(name)

    def samples(self, name):
        """Yields the samples of a shard. Members of a sample are consecutive, images first."""
        arrays = {}
        with tarfile.open(self.folder / name) as archive:
            for member in archive:
                content = archive.extractfile(member).read()
                extension = member.name.partition(".")[2]
                if extension in ("npy", "idx.npy", "val.npy"):
                    arrays[extension] = np.load(io.BytesIO(content))
                elif extension == "cls":
                    yield self.images(arrays), int(content)

    def images(self, arrays):
        if "npy" in arrays:
            return arrays["npy"]
        images = np.zeros(self.index["shape"], arrays["val.npy"].dtype)
        images.reshape(-1)[arrays["idx.npy"]] = arrays["val.npy"]
        return images


parser = argparse.ArgumentParser()
parser.add_argument("folder")
parser.add_argument("--workers", type=int, default=2)
parser.add_argument("--batches", type=int, default=500)
parser.add_argument("--batch-size", type=int, default=64)
arguments = parser.parse_args()

data = Shards(arguments.folder)
workers = min(arguments.workers, len(data.index["shardlist"]))
loader = torch.utils.data.DataLoader(data, arguments.batch_size, num_workers=workers)
train(loader, arguments.batches)
