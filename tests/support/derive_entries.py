#!/usr/bin/env python3
"""Make many distinct entries from a few, for rehearsals.

    derive_entries.py [--family-size N] OUT COUNT SOURCE.cif.gz...    (needs NumPy)

Entry k is made from source k modulo the number of sources, by a random rotation and translation and
a jitter of 0.05 A on each coordinate. Operators of assemblies are transformed, too. Each entry has
its own id, and files are in folders like those of the PDB: OUT/d0/1d00.cif.gz. The same arguments
make the same files.

With --family-size, the entries of a source are divided into families of N entries on average, some
large and many small. Each family has its own sequences. Without --family-size, all entries of a
source have the same sequences.

Sources are mmCIF files as in data-samples/: one row of a loop per line, no text fields in atoms.
"""

import argparse
import gzip
import re
from pathlib import Path

import numpy as np

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
COORDINATES = ["Cartn_x", "Cartn_y", "Cartn_z"]
MATRIX = [f"matrix[{i}][{j}]" for i in (1, 2, 3) for j in (1, 2, 3)]
VECTOR = [f"vector[{i}]" for i in (1, 2, 3)]


def entry_id(k):
    """Returns an id in the PDB's format: a digit, a letter, and two letters or digits."""
    assert k < 9 * 26 * 36 * 36
    k, last = divmod(k, 36)
    k, third = divmod(k, 36)
    first, second = divmod(k, 26)
    return f"{first + 1}{DIGITS[second + 10]}{DIGITS[third]}{DIGITS[last]}"


def values_of(line):
    """Returns the values of a row with their quotes. A quote ends a value before white space."""
    if "'" not in line and '"' not in line:
        return line.split()
    return re.findall(r"""(?<!\S)'.*?'(?!\S)|(?<!\S)".*?"(?!\S)|\S+""", line)


class Loop:
    """A category of the file: line numbers of its rows, and their values."""

    def __init__(self, lines, category):
        tags = [i for i, line in enumerate(lines) if line.startswith(category)]
        self.rows = range(0)
        if not tags or lines[tags[0] - 1].strip() != "loop_":
            return  # no such category, or a single row: a single operator is the identity
        self.names = [lines[i].split(".")[1].strip() for i in tags]
        first = last = tags[-1] + 1
        while lines[last].strip() not in ("", "#", "loop_") and lines[last][0] != "_":
            last += 1
        self.rows = range(first, last)
        self.values = [values_of(lines[i]) for i in self.rows]

    def numbers(self, names):
        columns = [self.names.index(name) for name in names]
        return np.array([[float(row[c]) for c in columns] for row in self.values])

    def write(self, lines, names, numbers, form):
        columns = [self.names.index(name) for name in names]
        for i, row, new in zip(self.rows, self.values, numbers.tolist()):
            row = list(row)
            for c, value in zip(columns, new):
                row[c] = form % value
            lines[i] = " ".join(row)


class Source:
    def __init__(self, path):
        self.lines = gzip.decompress(Path(path).read_bytes()).decode().split("\n")
        self.atoms = Loop(self.lines, "_atom_site.")
        self.positions = self.atoms.numbers(COORDINATES)
        self.operators = Loop(self.lines, "_pdbx_struct_oper_list.")

    def derive(self, name, random, family=None):
        lines = list(self.lines)
        rotation, _ = np.linalg.qr(random.normal(size=(3, 3)))
        rotation *= np.sign(np.linalg.det(rotation))
        shift = random.uniform(-50, 50, size=3)
        moved = self.positions @ rotation.T + shift + random.normal(0, 0.05, self.positions.shape)
        self.atoms.write(lines, COORDINATES, moved, "%.3f")
        if self.operators.rows:
            matrices = self.operators.numbers(MATRIX).reshape(-1, 3, 3)
            vectors = self.operators.numbers(VECTOR)
            matrices = rotation @ matrices @ rotation.T
            vectors = vectors @ rotation.T + shift - matrices @ shift
            self.operators.write(lines, MATRIX, matrices.reshape(-1, 9), "%.10f")
            self.operators.write(lines, VECTOR, vectors, "%.6f")
        lines[0] = "data_" + name.upper()
        for i, line in enumerate(lines):
            if line.startswith("_entry.id"):
                lines[i] = "_entry.id " + name.upper()
                break
        text = "\n".join(lines)
        if family is None:
            return text
        begin = text.find("_entity_poly.")
        if begin < 0:
            return text
        end = re.compile(r"\n(?:loop_|_(?!entity_poly\.))").search(text, begin).start()
        tag = np.base_repr(family, 4).translate(str.maketrans("0123", "ACGU"))
        polymers = re.sub(r"(?<![^\s;])(?=[A-Z]{6,}(?!\S))", tag, text[begin:end])
        return text[:begin] + polymers + text[end:]


def main():
    parser = argparse.ArgumentParser(description="Make many distinct entries from a few.")
    parser.add_argument("--family-size", type=float)
    parser.add_argument("out", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("sources", nargs="+")
    arguments = parser.parse_args()

    sources = [Source(path) for path in arguments.sources]
    for k in range(arguments.count):
        name = entry_id(k)
        folder = arguments.out / name[1:3]
        folder.mkdir(parents=True, exist_ok=True)
        random = np.random.default_rng(k)
        family = None
        if arguments.family_size:
            # Sizes vary. The same number in another source is another family.
            families = arguments.count / len(set(arguments.sources)) / arguments.family_size
            family = int(families * random.uniform() ** 1.5)
        text = sources[k % len(sources)].derive(name, random, family)
        (folder / f"{name}.cif.gz").write_bytes(gzip.compress(text.encode(), 1, mtime=0))


if __name__ == "__main__":
    main()
