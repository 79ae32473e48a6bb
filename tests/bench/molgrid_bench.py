#!/usr/bin/env python3
"""Compare the speed of drawing Gaussians with that of libmolgrid, on one core.

    python3 -m venv env
    env/bin/pip install molgrid==0.5.5 "numpy<2"
    env/bin/python tests/bench/molgrid_bench.py build/release/bin/mmgym_bench

Both draw the atoms of the benchmarks gaussian/RADIUS of mmgym_bench, with the same formula and at
the same points, and must get the same image. Prints a table in Markdown, with medians of several
repeats. Each repeat measures both, so that other load on the machine affects both.

Times are processor times. They include emptying the image: mmgym zeroes the voxels that it drew to,
libmolgrid all voxels. Those of libmolgrid also include the call from Python, which is measured too.
"""

import argparse
import contextlib
import json
import os
import statistics
import subprocess
import sys
import time

import numpy as np

with contextlib.redirect_stdout(sys.stderr):  # it prints that it did not find PyTorch
    import molgrid

ATOMS, CHANNELS, LENGTH, RESOLUTION_A = 690, 8, 24, 1.0  # as in voxel_bench.cpp
RADII_A = (0.5, 1.0)
MAX_DIFFERENCE = 1e-5

parser = argparse.ArgumentParser()
parser.add_argument("mmgym_bench")
parser.add_argument("--repeats", type=int, default=9)
parser.add_argument("--seconds", type=float, default=0.2, help="time of each measurement")
parser.add_argument("--core", type=int, default=max(os.sched_getaffinity(0)))
arguments = parser.parse_args()


def atoms_and_images():
    """Returns rows of x, y, z and channel, and mmgym's image of them for each radius."""
    command = [arguments.mmgym_bench, "--write-gaussians"]
    content = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    atoms = np.frombuffer(content, np.float64, 4 * ATOMS).reshape(ATOMS, 4)
    images = np.frombuffer(content, np.float32, offset=atoms.nbytes)
    return atoms, images.reshape(len(RADII_A), CHANNELS, LENGTH, LENGTH, LENGTH)


def mmgym_us(radius_A):
    """Returns the microseconds in which mmgym draws an image."""
    command = [arguments.mmgym_bench, f"--benchmark_filter=^gaussian/{radius_A}$",
               f"--benchmark_min_time={arguments.seconds}", "--benchmark_format=json"]  # fmt: skip
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    (benchmark,) = json.loads(done.stdout)["benchmarks"]
    assert benchmark["time_unit"] == "ns"
    return benchmark["cpu_time"] / 1000


def coordinate_set(atoms, radius_A):
    xyz, channel = atoms[:, :3].astype(np.float32), atoms[:, 3].astype(np.float32)
    radii = np.full(len(atoms), radius_A, np.float32)
    return molgrid.CoordinateSet(
        molgrid.Grid2f(xyz), molgrid.Grid1f(channel), molgrid.Grid1f(radii), CHANNELS
    )


def molgrid_drawing(atoms, radius_A, length=LENGTH):
    """Returns a function that draws an image with libmolgrid, and the image.

    The points are the centers of mmgym's voxels: libmolgrid has them at both ends of an edge too.
    """
    maker = molgrid.GridMaker(resolution=RESOLUTION_A, dimension=(length - 1) * RESOLUTION_A)
    center, drawn = molgrid.float3(0, 0, 0), coordinate_set(atoms, radius_A)
    image = np.zeros((CHANNELS, length, length, length), np.float32)
    return lambda: maker.forward(center, drawn, image), image


def microseconds(work):
    count, start = 0, time.process_time()
    while (passed := time.process_time() - start) < arguments.seconds:
        for _ in range(100):
            work()
        count += 100
    return passed / count * 1e6


def call_us(atoms):
    """Returns the microseconds of a call of libmolgrid that draws nothing: one voxel, one atom."""
    far = atoms[:1] + [100, 100, 100, 0]
    draw, _ = molgrid_drawing(far, RADII_A[0], length=1)
    return statistics.median(microseconds(draw) for _ in range(arguments.repeats))


def compare(atoms, radius_A, image):
    """Returns the median times of mmgym and libmolgrid, and the largest difference of a voxel."""
    draw, molgrid_image = molgrid_drawing(atoms, radius_A)
    draw()
    difference = np.abs(image - molgrid_image).max()
    if not image.any() or difference > MAX_DIFFERENCE:
        sys.exit(f"radius {radius_A} Å: the images differ by up to {difference:.2g}")
    ours, theirs = [], []
    for _ in range(arguments.repeats):
        ours.append(mmgym_us(radius_A))
        theirs.append(microseconds(draw))
    return statistics.median(ours), statistics.median(theirs), difference


os.sched_setaffinity(0, [arguments.core])
atoms, images = atoms_and_images()
rows = [(radius_A, *compare(atoms, radius_A, image)) for radius_A, image in zip(RADII_A, images)]

print(f"Gaussians of {ATOMS} atoms in {CHANNELS} channels of {LENGTH}³ voxels of {RESOLUTION_A:g} "
      f"Å, one core, medians of {arguments.repeats}:\n")  # fmt: skip
print(f"| radius | mmgym | libmolgrid {molgrid.__version__} | mmgym, an atom | libmolgrid, an atom "
      "| largest difference of a voxel |")  # fmt: skip
print("| --- | ---: | ---: | ---: | ---: | ---: |")
for radius_A, ours, theirs, difference in rows:
    print(f"| {radius_A} Å | {ours:.1f} µs | {theirs:.1f} µs | {ours / ATOMS * 1000:.0f} ns "
          f"| {theirs / ATOMS * 1000:.0f} ns | {difference:.1e} |")  # fmt: skip
print(f"\nA call of libmolgrid from Python that draws nothing takes {call_us(atoms):.1f} µs.")
