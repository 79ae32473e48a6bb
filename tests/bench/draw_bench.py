#!/usr/bin/env python3
"""Measure the speed of mmgym.torch.draw with random atoms, on any device of PyTorch.

    draw_bench.py [--device cuda] [--batch-size N] [--grid L] [--atoms N] [--dtype float64] ...

The batches are those of the neighbor task: two images per sample. Prints the best and the median
of several repeats. The last lines compare the bytes of images and atoms with the bytes that a copy
on the same device reads and writes in the same time.
"""

import argparse
import importlib.util
import pathlib
import statistics
import time
import types

import torch

DRAW = pathlib.Path(__file__).resolve().parents[2] / "python" / "mmgym" / "torch" / "draw.py"


def best_device():
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


parser = argparse.ArgumentParser()
parser.add_argument("--device", default=best_device(), help="cpu, cuda or mps")
parser.add_argument("--threads", type=int, default=1, help="of the CPU")
parser.add_argument("--batch-size", type=int, default=64, help="samples in a batch")
parser.add_argument("--grid", type=int, default=24)
parser.add_argument("--resolution", type=float, default=1.0, help="Å")
parser.add_argument("--channels", type=int, default=8)
parser.add_argument("--atoms", type=int, default=700, help="atoms in an image")
parser.add_argument("--dtype", choices=("float32", "float64"), default="float32")
parser.add_argument("--aggregate", choices=("sum", "max"), default="sum")
parser.add_argument("--augment", choices=("rotation",))
parser.add_argument("--repeats", type=int, default=30)
arguments = parser.parse_args()


def load_draw():
    """Returns draw from its file, which does not need the compiled part of the package."""
    spec = importlib.util.spec_from_file_location("draw", DRAW)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.draw


def random_atoms(images):
    count = images * arguments.atoms
    atoms = {
        "xyz": (torch.rand(count, 3) - 0.5) * arguments.grid * arguments.resolution,
        "channel": torch.randint(arguments.channels, (count,), dtype=torch.uint8),
        "weight": torch.ones(count),
        "image": torch.arange(images, dtype=torch.int32).repeat_interleave(arguments.atoms),
        "labels": torch.zeros(images // 2, dtype=torch.int64),
        "indices": torch.arange(images // 2),
    }
    return types.SimpleNamespace(**{name: t.to(arguments.device) for name, t in atoms.items()})


def synchronize():
    if arguments.device.startswith("cuda"):
        torch.cuda.synchronize()
    elif arguments.device == "mps":
        torch.mps.synchronize()


def seconds(work):
    """Returns the best and the median time of the repeats, after three that do not count."""
    times = []
    for _ in range(3 + arguments.repeats):
        synchronize()
        start = time.perf_counter()
        work()
        synchronize()
        times.append(time.perf_counter() - start)
    return min(times[3:]), statistics.median(times[3:])


def copied_bytes_per_second():
    """Returns the bytes that the device reads and writes per second in a copy of 256 MiB."""
    source = torch.ones(1 << 26, device=arguments.device)
    target = torch.empty_like(source)
    best, _ = seconds(lambda: target.copy_(source))
    return 2 * source.numel() * source.element_size() / best


torch.set_num_threads(arguments.threads)
torch.manual_seed(0)
draw = load_draw()
images = 2 * arguments.batch_size
atoms = random_atoms(images)


def draw_batch():
    return draw(
        atoms,
        arguments.grid,
        arguments.resolution,
        arguments.channels,
        aggregate=arguments.aggregate,
        augment=arguments.augment,
        dtype=getattr(torch, arguments.dtype),
    )


name = arguments.device
if name.startswith("cuda"):
    name += f" ({torch.cuda.get_device_name(arguments.device)})"
elif name == "cpu":
    name += f" (threads: {arguments.threads})"
drawn = draw_batch()
moved = sum(t.numel() * t.element_size()
            for t in (drawn, atoms.xyz, atoms.channel, atoms.weight, atoms.image))  # fmt: skip
best, median = seconds(draw_batch)
copied = copied_bytes_per_second()
print(f"device                 {name}, PyTorch {torch.__version__}")
print(f"images                 {images} of {tuple(drawn.shape[2:])}, {arguments.dtype}")
print(f"atoms per image        {arguments.atoms}")
print(f"time of a batch        {best * 1e3:.2f} ms, median {median * 1e3:.2f} ms")
print(f"images per second      {images / best:,.0f}, median {images / median:,.0f}")
print(f"time of an atom        {best / (images * arguments.atoms) * 1e9:.1f} ns")
print(f"bandwidth              {moved / best / 1e9:.1f} GB/s of images and atoms")
print(f"... share of a copy's  {moved / best / copied:.1%} of {copied / 1e9:.1f} GB/s")
