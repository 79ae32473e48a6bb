#!/usr/bin/env python3
"""Train on the stream of `mmgym sample`, read by WebDataset. The Python package is not needed.

    train_from_pipe.py GYM.SQLITE [--workers N] [--batches N] [--batch-size N] [--seed N]

The database needs the splits `train` and `val`. Each worker of the data loader runs its own
mmgym, which makes one share of the samples. Nothing is written to disk. Takes about 40 s on two
cores.
"""

import argparse
import pathlib
import shlex

import webdataset as wds
from neighbor_net import accuracy, train
from torch.utils.data import DataLoader

BUILT = pathlib.Path(__file__).resolve().parents[1] / "build" / "release" / "bin" / "mmgym"

parser = argparse.ArgumentParser()
parser.add_argument("gym")
parser.add_argument("--mmgym", default=str(BUILT) if BUILT.exists() else "mmgym", help="the program")
parser.add_argument("--workers", type=int, default=1, help="processes of the data loader")
parser.add_argument("--batches", type=int, default=300)
parser.add_argument("--batch-size", type=int, default=64)
parser.add_argument("--seed", type=int, default=0)
arguments = parser.parse_args()


def batches(*flags):
    command = [arguments.mmgym, "sample", arguments.gym, "--out", "-", "--epochs", "0",
               "--threads", "1", "--quiet", *flags]  # fmt: skip
    workers = max(arguments.workers, 1)
    shares = [["--worker", f"{k}/{workers}"] for k in range(workers)]
    # WebDataset runs the text in a shell, so the command is quoted.
    urls = ["pipe:" + shlex.join([*command, *share]) for share in shares]
    data = wds.WebDataset(urls, shardshuffle=False).decode().to_tuple("npy", "cls")
    return DataLoader(
        data.batched(arguments.batch_size), batch_size=None, num_workers=arguments.workers
    )


net = train(
    batches("--split", "train", "--seed", str(arguments.seed)), arguments.batches, arguments.seed
)
# Samples with other indices than those of the training.
known = accuracy(net, batches("--split", "train", "--start", str(10**9)), 50)
held_out = accuracy(net, batches("--split", "val"), 50)
print(f"accuracy on known structures {known:.3f}, on held-out structures {held_out:.3f}; "
      "guessing: 0.167")  # fmt: skip
