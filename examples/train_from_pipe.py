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
from neighbor_net import add_training_flags, print_accuracies, train
from torch.utils.data import DataLoader

BUILT = pathlib.Path(__file__).resolve().parents[1] / "build" / "release" / "bin" / "mmgym"

parser = argparse.ArgumentParser()
parser.add_argument("gym")
parser.add_argument("--mmgym", default=str(BUILT) if BUILT.exists() else "mmgym", help="the program")
add_training_flags(parser, workers=1)
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
known = batches("--split", "train", "--start", str(10**9))
print_accuracies(net, known, batches("--split", "val"))
