#!/usr/bin/env python3
"""Reads shards with the packages webdataset and wids, and checks their content.

    read_webdataset.py WRITE_EXAMPLE
"""

import importlib
import importlib.util
import pathlib
import sys
import tempfile
import types

import numpy as np
import webdataset
from example import from_sparse, image, label, write


def import_wids():
    """Imports wids. It needs a base class of torch and, in parts that are not used here, the number
    of processes. If torch is missing, a stub replaces it and saves a download of gigabytes."""
    if importlib.util.find_spec("torch") is not None:
        return importlib.import_module("wids")
    names = ("torch", "torch.distributed", "torch.utils", "torch.utils.data")
    modules = {name: types.ModuleType(name) for name in names}
    for name, module in modules.items():
        parent, _, child = name.rpartition(".")
        if parent:
            setattr(modules[parent], child, module)
    modules["torch.utils.data"].Dataset = type(
        "Dataset", (), {"__class_getitem__": classmethod(lambda cls, item: cls)}
    )
    modules["torch.utils.data"].Sampler = object
    sys.modules.update(modules)
    try:
        return importlib.import_module("wids")
    finally:
        for name in modules:
            del sys.modules[name]  # webdataset looks for torch too


wids = import_wids()

COUNT = 23
PER_SHARD = 5


def images_of(sample, encoding, prefix=""):
    if encoding == "sparse":
        return from_sparse(sample[prefix + "idx.npy"], sample[prefix + "val.npy"])
    # wids drops the gz from the name of what it has decompressed, webdataset does not.
    names = [prefix + "npy", prefix + "npy.gz"]
    (name,) = [name for name in names if name in sample]
    return sample[name]


def check(i, sample, encoding, prefix=""):
    assert sample["__key__"] == f"{i:012}", sample["__key__"]
    np.testing.assert_array_equal(images_of(sample, encoding, prefix), image(i))
    assert sample[prefix + "cls"] == label(i)
    assert sample[prefix + "json"] == {"sample": i}


def check_webdataset(folder, encoding):
    shards = sorted(str(path) for path in folder.glob("shard-*.tar"))
    samples = list(webdataset.WebDataset(shards, shardshuffle=False).decode())
    assert len(samples) == COUNT
    for i, sample in enumerate(samples):
        check(i, sample, encoding)


def check_wids(folder, encoding, cache):
    # The default decoders, without the one for images, which needs another package.
    decoders = [wids.wids_decode.decode_all_gz, wids.wids_decode.decode_basic]
    dataset = wids.ShardListDataset(
        str(folder / "index.json"), cache_dir=str(cache), keep=True, transformations=decoders
    )
    assert len(dataset) == COUNT
    assert dataset.dataset_name == "example"
    for i in [*range(COUNT), 3, 17]:
        check(i, dataset[i], encoding, ".")
    dataset.close()


with tempfile.TemporaryDirectory() as place:
    for encoding in ("dense", "gzip", "sparse"):
        folder = pathlib.Path(place) / encoding
        write(folder, encoding, COUNT, PER_SHARD)
        check_webdataset(folder, encoding)
        check_wids(folder, encoding, pathlib.Path(place) / f"{encoding}-cache")
