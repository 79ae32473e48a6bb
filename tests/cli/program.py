"""Runs the program, and reads its output with NumPy and the standard library."""

import io
import pathlib
import subprocess
import tarfile
import tempfile
import unittest

import numpy as np


class Program:
    def __init__(self, path):
        self.path = str(path)

    def command(self, *arguments):
        return [self.path, *map(str, arguments)]

    def run(self, *arguments, status=0):
        """Runs the program, which must end with this exit status."""
        done = subprocess.run(
            self.command(*arguments), capture_output=True, text=True, check=False
        )
        assert done.returncode == status, (arguments, done.returncode, done.stdout, done.stderr)
        return done

    def stream(self, *arguments):
        """Returns the standard output of the program, which must succeed."""
        done = subprocess.run(self.command(*arguments), capture_output=True, check=False)
        assert done.returncode == 0, (arguments, done.returncode, done.stderr)
        return done.stdout


class FolderTest(unittest.TestCase):
    """Tests of a class share a temporary folder, `cls.folder`."""

    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = pathlib.Path(temporary.name)


def read_archive(archive, samples=None):
    """Returns all samples by key, as {extension: bytes}, in the order of the archive."""
    samples = {} if samples is None else samples
    for info in archive:
        key, _, extension = info.name.partition(".")
        members = samples.setdefault(key, {})
        assert extension not in members, (info.name, "twice")
        members[extension] = archive.extractfile(info).read()
    return samples


def read_folder(folder):
    samples = {}
    for shard in sorted(pathlib.Path(folder).glob("shard-*.tar")):
        with tarfile.open(shard) as archive:
            read_archive(archive, samples)
    return samples


def read_stream(content):
    with tarfile.open(fileobj=io.BytesIO(content), mode="r|") as archive:
        return read_archive(archive)


def array(content):
    return np.load(io.BytesIO(content), allow_pickle=False)


def folder_content(folder):
    """Returns the content of all files of a folder by name."""
    return {path.name: path.read_bytes() for path in pathlib.Path(folder).iterdir()}
