"""The samples that write_example writes. example.h has the same formula."""

import subprocess
import sys

import numpy as np

SHAPE = (2, 3, 4, 5, 6)


def image(i):
    """The images of sample i."""
    numbers = (7 * np.arange(np.prod(SHAPE)) + 13 * i) % 31 / 8
    return np.where(numbers >= 2, numbers, 0).astype("<f4").reshape(SHAPE)


def label(i):
    return i % 5


def write(*arguments):
    """Runs write_example, the program given on the command line."""
    subprocess.run([sys.argv[1], *map(str, arguments)], check=True)


def stream(encoding, count):
    """Starts write_example to stream to a pipe."""
    return subprocess.Popen([sys.argv[1], "-", encoding, str(count)], stdout=subprocess.PIPE)


def from_sparse(indices, values):
    dense = np.zeros(np.prod(SHAPE), values.dtype)
    dense[indices] = values
    return dense.reshape(SHAPE)
