"""A training without a network, which saves its state after every batch and may kill itself.

    killed_training.py GYM.SQLITE SAVED.JSON WORKERS RANK WORLD_SIZE KILL_AFTER

KILL_AFTER is the number of batches from the beginning of the training, 0 to run to the end.
"""

import base64
import json
import os
import pathlib
import pickle
import signal
import sys
import warnings

import mmgym
import mmgym.torch
from torchdata.stateful_dataloader import StatefulDataLoader

warnings.filterwarnings("ignore")
path, saved = sys.argv[1], pathlib.Path(sys.argv[2])
workers, rank, world_size, kill_after = map(int, sys.argv[3:])

samples = mmgym.Gym(path).samples(grid=8, resolution=3, threads=1)
dataset = mmgym.torch.Samples(samples, 4, rank=rank, world_size=world_size)
loader = StatefulDataLoader(dataset, batch_size=None, num_workers=workers)
progress = {"batches": 0, "epoch": 0, "indices": [], "state": None}
if saved.exists():
    progress = json.loads(saved.read_text())
    loader.load_state_dict(pickle.loads(base64.b64decode(progress["state"])))
while progress["epoch"] < 3:
    for batch in loader:
        progress["batches"] += 1
        progress["indices"] += batch.indices.tolist()
        progress["state"] = base64.b64encode(pickle.dumps(loader.state_dict())).decode()
        scratch = saved.with_suffix(".tmp")
        scratch.write_text(json.dumps(progress))
        os.replace(scratch, saved)
        if progress["batches"] == kill_after:
            os.kill(os.getpid(), signal.SIGKILL)
    progress["epoch"] += 1
