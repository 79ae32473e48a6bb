"""Runs the program, and reads its output with NumPy and the standard library."""

import io
import pathlib
import re
import resource
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import unittest

import numpy as np


# Whether the program, in build/PRESET, has a sanitizer, which reserves terabytes of address space.
IS_SANITIZED = bool({"sanitize", "tsan"} & set(pathlib.Path(*sys.argv[1:2]).parts))


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


def limit_memory(most=1 << 30):
    """For subprocess's preexec_fn: lets the process have `most` bytes of address space, unless it has
    a sanitizer."""
    if not IS_SANITIZED:
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def derive_entries(script, folder, count, sources, family_size):
    """Makes many entries from a few, with support/derive_entries.py."""
    subprocess.run([sys.executable, script, "--family-size", str(family_size), folder, str(count),
                    *sources], check=True)  # fmt: skip


def table_rows(gym):
    """Returns the rows of all tables of a database, by table."""
    with sqlite3.connect(f"file:{gym}?mode=ro", uri=True) as database:
        tables = [name for (name,) in database.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]  # fmt: skip
        found = {table: database.execute(f"SELECT * FROM {table}").fetchall() for table in tables}
    # The order of these rows depends on when SQLite loaded the schema.
    found["sqlite_stat1"].sort()
    return found


def changed_copy(gym, copy, sql):
    """Copies a database and changes the copy with SQL. Returns its path."""
    shutil.copy(gym, copy)
    database = sqlite3.connect(copy)
    database.executescript(sql)
    database.close()
    return copy


class FolderTest(unittest.TestCase):
    """Tests of a class share a temporary folder, `cls.folder`."""

    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = pathlib.Path(temporary.name)

    def run_limited(self, command, most_error_bytes=2000):
        """Runs a command in little memory. It must end, and explain an error in one line. Returns the
        exit status, standard error and standard output."""
        done = subprocess.run(
            command, capture_output=True, check=False, preexec_fn=limit_memory, timeout=60
        )
        errors = done.stderr.decode(errors="replace")
        self.assertIn(done.returncode, (0, 1), errors[-2000:])
        self.assertNotIn("internal error", errors)
        self.assertNotIn("out of memory", errors)
        self.assertLess(len(errors), most_error_bytes)
        self.assertIsNone(re.search(r"[\x00-\x09\x0b-\x1f]", errors), errors)
        if done.returncode != 0:
            self.assertEqual(errors.count("\n"), 1, errors)
        return done.returncode, errors, done.stdout.decode(errors="replace")


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
