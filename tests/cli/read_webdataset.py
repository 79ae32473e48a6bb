#!/usr/bin/env python3
"""Reads shards with WebDataset.

    read_webdataset.py MMGYM DATA_SAMPLES
"""

import pathlib
import subprocess
import sys
import tempfile

import numpy as np
import webdataset

mmgym, samples = sys.argv[1], pathlib.Path(sys.argv[2])
with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    gym, out = folder / "gym.sqlite", folder / "shards"
    subprocess.run([mmgym, "build-db", samples / "2xhe.cif.gz", "--db", gym], check=True)
    subprocess.run(
        [mmgym, "sample", gym, "--out", out, "--count", "20", "--samples-per-shard", "8"], check=True
    )
    urls = sorted(map(str, out.glob("shard-*.tar")))
    dataset = webdataset.WebDataset(urls, shardshuffle=False).decode()
    keys = set()
    for image, label, facts in dataset.to_tuple("npy", "cls", "json"):
        assert image.dtype == np.float32 and image.shape == (2, 8, 24, 24, 24)
        assert label in range(6) and facts["pdb_id"] == "2xhe"
        keys.add(facts["index"])
    assert keys == set(range(20)), keys
