#!/usr/bin/env python3
"""Train a network on samples that are made during training.

    train.py GYM.SQLITE [--workers N] [--batches N] [--batch-size N] [--seed N]

The database needs the splits `train` and `val`. Nothing is written to disk, and no image is used
twice: every epoch has new positions and orientations. Takes about 20 s on one core.
"""

import argparse

import mmgym
import mmgym.torch
from neighbor_net import accuracy, train
from torch.utils.data import DataLoader

parser = argparse.ArgumentParser()
parser.add_argument("gym")
parser.add_argument("--workers", type=int, default=0, help="processes of the data loader")
parser.add_argument("--batches", type=int, default=300)
parser.add_argument("--batch-size", type=int, default=64)
parser.add_argument("--seed", type=int, default=0)
arguments = parser.parse_args()

gym = mmgym.Gym(arguments.gym)


def batches(split, **settings):
    samples = gym.samples(split=split, preset="24A", threads=1, **settings)
    dataset = mmgym.torch.Samples(samples, arguments.batch_size, epochs=0)
    return DataLoader(dataset, batch_size=None, num_workers=arguments.workers)


net = train(batches("train", seed=arguments.seed), arguments.batches, arguments.seed)
# Samples with other indices than those of the training.
known = accuracy(net, batches("train", start=10**9), 50)
held_out = accuracy(net, batches("val"), 50)
print(f"accuracy on known structures {known:.3f}, on held-out structures {held_out:.3f}; "
      "guessing: 0.167")  # fmt: skip
