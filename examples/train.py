#!/usr/bin/env python3
"""Train a network on samples that are made during training, without files.

    train.py GYM.SQLITE [--workers N] [--batches N]

The database needs the splits `train` and `val`. No image is used twice: every epoch has new
positions and orientations.
"""

import argparse

import mmgym
import mmgym.torch
from neighbor_net import accuracy, train
from torch.utils.data import DataLoader

parser = argparse.ArgumentParser()
parser.add_argument("gym")
parser.add_argument("--workers", type=int, default=0, help="processes of the data loader")
parser.add_argument("--batches", type=int, default=500)
parser.add_argument("--batch-size", type=int, default=64)
arguments = parser.parse_args()

gym = mmgym.Gym(arguments.gym)


def batches(split):
    samples = gym.samples(split=split, preset="24A", threads=1)
    dataset = mmgym.torch.Samples(samples, arguments.batch_size, epochs=0)
    return DataLoader(dataset, batch_size=None, num_workers=arguments.workers)


net = train(batches("train"), arguments.batches)
print(f"accuracy on structures of the training:    {accuracy(net, batches('train')):.3f}")
print(f"accuracy on structures it has never seen:  {accuracy(net, batches('val')):.3f}")
print("accuracy of guessing:                      0.167")
