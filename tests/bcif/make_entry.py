#!/usr/bin/env python3
"""Writes an mmCIF file as compressed BinaryCIF, with biotite (1.6 was used).

    make_entry.py data-samples/1a8o.cif.gz | gzip -n9 > tests/bcif/1a8o.bcif.gz
"""

import gzip
import io
import re
import sys

import numpy
from biotite.structure.io import pdbx


def numbers_in(column):
    """Returns the values of a column of text as numbers, if all that are present are integers or all
    are decimal numbers, else as text."""
    texts = column.as_array(str, masked_value="0")
    missing = numpy.zeros(len(texts), bool) if column.mask is None else column.mask.array != 0
    present = [text for text, is_missing in zip(texts, missing) if not is_missing]
    if present and all(re.fullmatch(r"0|-?[1-9]\d{0,8}", text) for text in present):
        return numpy.where(missing, "0", texts).astype("int32")
    if present and all(re.fullmatch(r"-?\d+\.\d+", text) for text in present):
        return numpy.where(missing, "0", texts).astype("float64")
    return numpy.asarray(column.data.array)


def binary_column(column):
    mask = None if column.mask is None else pdbx.BinaryCIFData(column.mask.array)
    return pdbx.BinaryCIFColumn(pdbx.BinaryCIFData(numbers_in(column)), mask)


def main():
    with gzip.open(sys.argv[1], "rt") as file:
        cif = pdbx.CIFFile.read(io.StringIO(file.read()))
    result = pdbx.BinaryCIFFile()
    for header, block in cif.items():
        result[header] = pdbx.BinaryCIFBlock()
        for name, category in block.items():
            columns = {key: binary_column(column) for key, column in category.items()}
            result[header][name] = pdbx.BinaryCIFCategory(columns)
    # Decimal numbers keep all their digits.
    result = pdbx.compress(result, rtol=0, atol=1e-9)
    written = io.BytesIO()
    result.write(written)
    sys.stdout.buffer.write(written.getvalue())


if __name__ == "__main__":
    main()
