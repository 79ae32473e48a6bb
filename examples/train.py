#!/usr/bin/env python3
"""Train a network on samples that are made during training.

    train.py GYM.SQLITE [--workers N] [--batches N] [--batch-size N] [--seed N]

The database needs the splits `train` and `val`. Nothing is written to disk, and no image is used
twice: every epoch has new positions and orientations. Takes about 20 s on one core.
"""

import argparse

import mmgym
import mmgym.torch
from neighbor_net import add_training_flags, print_accuracies, train
from torch.utils.data import DataLoader

parser = argparse.ArgumentParser()
parser.add_argument("gym")
add_training_flags(parser)
arguments = parser.parse_args()

gym = mmgym.Gym(arguments.gym)


def batches(split, **settings):
    samples = gym.samples(split=split, preset="24A", threads=1, **settings)
    dataset = mmgym.torch.Samples(samples, arguments.batch_size, epochs=0)
    return DataLoader(dataset, batch_size=None, num_workers=arguments.workers)


net = train(batches("train", seed=arguments.seed), arguments.batches, arguments.seed)
# Samples with other indices than those of the training.
print_accuracies(net, batches("train", start=10**9), batches("val"))
