#!/usr/bin/env python3
"""Train on shards from `mmgym sample` with WebDataset.

    train_from_shards.py FOLDER [--workers N] [--batches N]
"""

import argparse
import glob

import torch
import webdataset as wds
from neighbor_net import train

parser = argparse.ArgumentParser()
parser.add_argument("folder")
parser.add_argument("--workers", type=int, default=2)
parser.add_argument("--batches", type=int, default=500)
parser.add_argument("--batch-size", type=int, default=64)
arguments = parser.parse_args()

shards = sorted(glob.glob(f"{arguments.folder}/shard-*.tar"))
data = wds.WebDataset(shards, shardshuffle=len(shards)).shuffle(1000).decode().repeat()
# With --compression gzip, use "npy.gz" instead of "npy".
batches = data.to_tuple("npy", "cls").batched(arguments.batch_size)
workers = min(arguments.workers, len(shards))
train(torch.utils.data.DataLoader(batches, batch_size=None, num_workers=workers), arguments.batches)
