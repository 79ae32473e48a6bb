#!/usr/bin/env python3
"""Train on samples that are drawn during training, without files. No image is used twice.

    train_from_pipe.py GYM.SQLITE [--workers N] [--batches N] [FLAG OF mmgym sample]...

Each worker of the data loader runs its own mmgym, which makes one share of the samples. If the
database has splits, add --split train.
"""

import argparse
import shlex

import torch
import webdataset as wds
from neighbor_net import accuracy, train

parser = argparse.ArgumentParser()
parser.add_argument("gym")
parser.add_argument("--mmgym", default="mmgym", help="the program")
parser.add_argument("--workers", type=int, default=2)
parser.add_argument("--batches", type=int, default=500)
parser.add_argument("--batch-size", type=int, default=64)
arguments, sample_flags = parser.parse_known_args()


def loader(*flags):
    command = [arguments.mmgym, "sample", arguments.gym, "--out", "-", "--threads", "1", "--quiet"]
    workers = arguments.workers
    shares = [["--worker", f"{k}/{workers}"] for k in range(workers)]
    # WebDataset runs the text in a shell, so the command is quoted.
    urls = ["pipe:" + shlex.join([*command, *sample_flags, *flags, *share]) for share in shares]
    data = wds.WebDataset(urls, shardshuffle=False).decode().to_tuple("npy", "cls")
    return torch.utils.data.DataLoader(
        data.batched(arguments.batch_size), batch_size=None, num_workers=workers
    )


net = train(loader("--epochs", "0"), arguments.batches)
# Samples with other indices: the same zones at unseen positions and orientations.
unseen = loader("--start", "1000000000", "--epochs", "0", "--noise", "off")
print(f"accuracy {accuracy(net, unseen, 50):.3f}; guessing: 0.167")
