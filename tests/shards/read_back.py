#!/usr/bin/env python3
"""Reads shards with NumPy and the standard library alone, and checks their content.

    read_back.py WRITE_EXAMPLE
"""

import gzip
import hashlib
import io
import json
import pathlib
import shutil
import subprocess
import tarfile
import tempfile

import numpy as np
from example import SHAPE, from_sparse, image, label, stream, write

COUNT = 23
PER_SHARD = 5


def check_sample(i, encoding, members):
    extensions = {"dense": ["npy"], "gzip": ["npy.gz"], "sparse": ["idx.npy", "val.npy"]}[encoding]
    assert list(members) == [f"{i:012}.{extension}" for extension in [*extensions, "cls", "json"]]
    *arrays, cls, meta = members.values()
    if encoding == "gzip":
        arrays = [gzip.decompress(array) for array in arrays]
    arrays = [np.load(io.BytesIO(array), allow_pickle=False) for array in arrays]
    if encoding == "sparse":
        indices, values = arrays
        assert indices.dtype == "<u4" and indices.ndim == 1
        found = from_sparse(indices, values)
    else:
        (found,) = arrays
    assert found.dtype == "<f4" and found.shape == SHAPE and found.flags.c_contiguous
    np.testing.assert_array_equal(found, image(i))
    assert int(cls) == label(i)
    assert json.loads(meta) == {"sample": i}


def check_archive(archive, first, count, encoding):
    members = {}
    for info in archive:
        assert info.isreg() and (info.mode, info.uid, info.gid, info.mtime) == (0o644, 0, 0, 0)
        members[info.name] = archive.extractfile(info).read()
    names = list(members)
    each = len(names) // count
    assert len(names) == each * count
    for k in range(count):
        sample = {name: members[name] for name in names[k * each : (k + 1) * each]}
        check_sample(first + k, encoding, sample)


def check_folder(folder, encoding):
    write(folder, encoding, COUNT, PER_SHARD)
    index = json.loads((folder / "index.json").read_text())
    assert index["__kind__"] == "wids-shard-index-v1" and index["wids_version"] == 1
    assert list(index)[:3] == ["__kind__", "wids_version", "name"]

    first = 0
    for number, shard in enumerate(index["shardlist"]):
        assert shard["url"] == f"shard-{number:06}.tar"
        content = (folder / shard["url"]).read_bytes()
        assert shard["filesize"] == len(content)
        assert shard["md5sum"] == hashlib.md5(content).hexdigest()
        with tarfile.open(folder / shard["url"], "r:") as archive:
            check_archive(archive, first, shard["nsamples"], encoding)
        first += shard["nsamples"]
    assert first == COUNT
    assert len(list(folder.iterdir())) == len(index["shardlist"]) + 1

    images = np.stack([image(i) for i in range(COUNT)]).astype("f8")
    axes = (0, 1, 3, 4, 5)
    np.testing.assert_allclose(index["channel_mean"], images.mean(axes), rtol=1e-12)
    np.testing.assert_allclose(index["channel_std"], images.std(axes), rtol=1e-12)


def check_stream():
    with stream("dense", COUNT) as program:
        with tarfile.open(fileobj=program.stdout, mode="r|") as archive:
            check_archive(archive, 0, COUNT, "dense")
    assert program.returncode == 0

    # A reader that stops early.
    with stream("dense", 1000000) as program:
        program.stdout.read(100000)
        program.stdout.close()
    assert program.returncode == 0


def check_tar_program(folder):
    """tar lists a shard, from a file and from a pipe, without warnings."""
    tar = shutil.which("tar")
    if tar is None:
        return
    shard = folder / "shard-000000.tar"
    for source in ([shard], ["-"]):
        with open(shard, "rb") as file:
            command = [tar, "-tf", *source]
            result = subprocess.run(command, stdin=file, capture_output=True, check=True)
        assert result.stderr == b""
        assert result.stdout.split()[0] == b"000000000000.npy"


with tempfile.TemporaryDirectory() as place:
    for encoding in ("dense", "gzip", "sparse"):
        check_folder(pathlib.Path(place) / encoding, encoding)
    check_tar_program(pathlib.Path(place) / "dense")
check_stream()
