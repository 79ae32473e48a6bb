#!/usr/bin/env python3
"""Train on shards from `mmgym sample`, read by WebDataset. The Python package is not needed.

    mmgym sample gym.sqlite --split train --out shards/train --epochs 10 --grid 8 --resolution 3
    mmgym sample gym.sqlite --split val --out shards/val --epochs 10 --grid 8 --resolution 3
    train_from_shards.py shards [--workers N] [--batches N] [--batch-size N] [--seed N]

The network needs no finer images, and these take a twentieth of the disk. Training takes about
20 s on one core.

Reads dense shards and those of `--encoding sparse`.
"""

import argparse
import json
import pathlib

import numpy as np
import webdataset as wds
from neighbor_net import add_training_flags, print_accuracies, train
from torch.utils.data import DataLoader

parser = argparse.ArgumentParser()
parser.add_argument("folder", type=pathlib.Path)
add_training_flags(parser)
arguments = parser.parse_args()


def batches(split, repeat):
    folder = arguments.folder / split
    shape = json.loads((folder / "index.json").read_text())["shape"]

    def images_and_label(sample):
        if "npy" in sample:
            return sample["npy"], sample["cls"]
        images = np.zeros(shape, sample["val.npy"].dtype)
        images.reshape(-1)[sample["idx.npy"]] = sample["val.npy"]
        return images, sample["cls"]

    shards = sorted(map(str, folder.glob("shard-*.tar")))
    data = wds.WebDataset(shards, shardshuffle=len(shards), seed=arguments.seed)
    data = data.shuffle(1000, seed=arguments.seed) if repeat else data
    data = data.decode().map(images_and_label).batched(arguments.batch_size)
    workers = min(arguments.workers, len(shards))
    return DataLoader(data.repeat() if repeat else data, batch_size=None, num_workers=workers)


net = train(batches("train", repeat=True), arguments.batches, arguments.seed)
print_accuracies(net, batches("train", repeat=False), batches("val", repeat=False))
