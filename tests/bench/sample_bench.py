#!/usr/bin/env python3
"""Measure the speed of `mmgym sample` with a pipe to `cat` and the limit of the pipe, the size of
samples, and the time that Python takes to read images.

    sample_bench.py MMGYM GYM.SQLITE [--rounds N] [--long]

Prints the best of several rounds. Each round measures everything once, so that other load on the
machine affects all results. --long also makes a million small samples, during which memory must not
grow, and compares the cost of a sample in runs of 1,000 and of 100 million samples.
"""

import argparse
import fcntl
import gzip
import io
import os
import subprocess
import tarfile
import time

import numpy as np

F_SETPIPE_SZ = 1031
SAMPLE_BYTES = 888_832  # size of a dense float32 sample in the archive

parser = argparse.ArgumentParser()
parser.add_argument("mmgym")
parser.add_argument("gym")
parser.add_argument("--rounds", type=int, default=5)
parser.add_argument("--long", action="store_true")
arguments = parser.parse_args()


def sample(*flags):
    """Returns samples per second and the peak memory of the program in MB."""
    reading, writing = os.pipe()
    command = [arguments.mmgym, "sample", arguments.gym, "--out", "-", "--quiet", *map(str, flags)]
    start = time.monotonic()
    with subprocess.Popen(["cat"], stdin=reading, stdout=subprocess.DEVNULL):
        os.close(reading)
        program = subprocess.Popen(command, stdout=writing)
        os.close(writing)
        _, status, usage = os.wait4(program.pid, 0)
        program.returncode = os.waitstatus_to_exitcode(status)
    assert program.returncode == 0, command
    count = int(flags[flags.index("--count") + 1])
    return count / (time.monotonic() - start), usage.ru_maxrss / 1000


def size_and_decoding(*flags):
    """Returns the bytes of a sample's images, and the milliseconds in which NumPy reads them."""
    command = [arguments.mmgym, "sample", arguments.gym, "--out", "-", "--count", "200", "--quiet",
               *flags]  # fmt: skip
    content = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    samples = {}
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        for info in archive:
            key, _, extension = info.name.partition(".")
            if extension not in ("cls", "json"):
                samples.setdefault(key, {})[extension] = archive.extractfile(info).read()
    size = sum(len(content) for members in samples.values() for content in members.values())
    start = time.perf_counter()
    for members in samples.values():
        arrays = {}
        for extension, content in members.items():
            if extension.endswith(".gz"):
                content = gzip.decompress(content)
            arrays[extension.removesuffix(".gz")] = np.load(io.BytesIO(content))
        if "idx.npy" in arrays:
            images = np.zeros((2, 8, 24, 24, 24), np.float32)
            images.reshape(-1)[arrays["idx.npy"]] = arrays["val.npy"]
    return size / 200, (time.perf_counter() - start) / 200 * 1000


def pipe_limit(capacity):
    """Returns the dense float32 samples per second that a pipe transfers from a trivial writer."""
    reading, writing = os.pipe()
    fcntl.fcntl(writing, F_SETPIPE_SZ, capacity)
    content, count = bytearray(SAMPLE_BYTES), 3000
    with subprocess.Popen(["cat"], stdin=reading, stdout=subprocess.DEVNULL):
        os.close(reading)
        start = time.monotonic()
        for _ in range(count):
            left = memoryview(content)
            while left:
                left = left[os.write(writing, left) :]
        os.close(writing)
    return count / (time.monotonic() - start)


KINDS = {  # flags of mmgym sample, and the number of samples
    "dense float32": ((), 4000),
    "dense float16": (("--dtype", "float16"), 4000),
    "sparse float32": (("--encoding", "sparse"), 8000),
    "sparse float16": (("--encoding", "sparse", "--dtype", "float16"), 8000),
    "atoms": (("--encoding", "atoms"), 10000),
    "dense float32, gzip": (("--compression", "gzip"), 600),
    "sparse float16, gzip": (
        ("--encoding", "sparse", "--dtype", "float16", "--compression", "gzip"), 2000,
    ),
}  # fmt: skip

# First, while this process is small: the peak memory of a child includes its parent at the fork.
if arguments.long:
    small = ("--grid", 6, "--resolution", 4, "--threads", 1)
    for count in (10_000, 1_000_000):
        rate, memory = sample("--count", count, *small)
        print(f"{count:>9,} small samples: {rate:.0f}/s, peak memory {memory:.0f} MB")
    for planned in (1_000, 100_000_000):
        rates = []
        for _ in range(arguments.rounds):
            # The reader stops the program after the bytes of 1,000 samples.
            reader = ["head", "-c", str(1000 * SAMPLE_BYTES)]
            command = [arguments.mmgym, "sample", arguments.gym, "--out", "-", "--quiet",
                       "--count", str(planned), "--threads", "1"]  # fmt: skip
            start = time.monotonic()
            with subprocess.Popen(command, stdout=subprocess.PIPE) as program:
                subprocess.run(reader, stdin=program.stdout, stdout=subprocess.DEVNULL, check=True)
                program.stdout.close()
            rates.append(1000 / (time.monotonic() - start))
        print(f"the first 1,000 of {planned:>11,} dense samples: {max(rates):.0f}/s")

best, sizes, decoding = {}, {}, {}
for _ in range(arguments.rounds):
    for name, (flags, count) in KINDS.items():
        for threads in (1, 2):
            rate, _ = sample("--count", count, "--threads", threads, *flags)
            best[name, threads] = max(best.get((name, threads), 0), rate)
        sizes[name], time_ms = size_and_decoding(*flags)
        decoding[name] = min(decoding.get(name, 1e9), time_ms)
    for name, capacity in (("a pipe of 64 KiB", 1 << 16), ("a pipe of 1 MiB", 1 << 20)):
        best[name, 1] = max(best.get((name, 1), 0), pipe_limit(capacity))

print(f"{'':24}  samples/s, 1 thread   2 threads   bytes/sample   ms to read in Python")
for name in KINDS:
    one, two = best[name, 1], best[name, 2]
    print(f"{name:24} {one:20.0f} {two:11.0f} {sizes[name]:14,.0f} {decoding[name]:22.3f}")
for name in ("a pipe of 64 KiB", "a pipe of 1 MiB"):
    print(f"{name:24} {best[name, 1]:20.0f}   (as many bytes as a dense float32 sample has)")
