#!/usr/bin/env python3
"""Every system call of a small run fails once. See docs/faults.md.

    every_call.py MMGYM DATA_SAMPLES FAILING_CALLS [--run NAME] [--fault "KIND N WHAT"]

FAILING_CALLS is the library of failing_calls.cpp. An undisturbed run is counted first. Then each of
its system calls on files of the run fails in a run of its own, or the run is killed before it.
After each:

* The exit status is 0, and the result is the undisturbed one; or it is 1, and one line names a file
  and the reason.
* No file has a final name and a wrong content. A database that was there is the old or the new one.
* The same command without a fault ends with the undisturbed result, and with no other file.

Some runs start with what a killed one left.

--run and --fault repeat one run and print its messages.
"""

import argparse
import collections
import concurrent.futures
import contextlib
import errno
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

# The faults of each kind of call. +: also all later calls of the kind fail, as on a dead disk. A kill
# before other calls would leave the same files as before the next of these.
WHATS = {
    "open": ("EIO", "EMFILE", "EMFILE+", "kill"),
    "read": ("EIO", "EIO+", "short"),
    "write": ("ENOSPC", "EIO", "ENOSPC+", "short", "kill"),
    "sync": ("EIO", "EIO+", "kill"),
    "rename": ("EIO", "EXDEV", "kill"),
    "remove": ("EIO", "EIO+", "kill"),
    "truncate": ("EIO", "kill"),
    "mkdir": ("ENOSPC", "kill"),
    "close": ("EIO",),
    "stat": ("EIO",),
    "list": ("EIO",),
    "lock": ("EIO",),
}

# Names of files that are not finished, or that belong to a database that is being changed.
UNFINISHED = re.compile(r"\..*\.tmp|.*\.partial(-wal|-shm|-journal)?|.*-journal|progress\.jsonl")

DATABASE = {"gym.sqlite", "gym.sqlite-journal"}
# SQLite tries to open a file in another way, and reports the error of that.
SQLITE_REASONS = ("unable to open database file", "attempt to write a readonly database")

# `there`: the files at the start, by name, and what they are copied from.
Run = collections.namedtuple("Run", "name there arguments")


def runs():
    """In arguments, a dot before a slash stands for the folder of the run."""
    gym = {"gym.sqlite": "gym.sqlite"}
    inputs = {name: name for name in ("1a8o.cif.gz", "1cbs.cif.gz")}
    changing = {"gym.sqlite": "killed/gym.sqlite", "gym.sqlite-journal": "killed/gym.sqlite-journal"}
    build = (
        "build-db", "./1a8o.cif.gz", "./1cbs.cif.gz", "--db", "./gym.sqlite", "--force",
        "--neighbor-count-threshold", "0",
    )  # fmt: skip
    split = ("split", "./gym.sqlite", "--target", "train=1", "--target", "val=1")
    small = ("--grid", "4", "--resolution", "4", "--task", "single")
    shards = ("--count", "6", "--samples-per-shard", "3", *small)
    sample = ("sample", "./gym.sqlite", "--out", "./a/shards", *shards)
    return [
        Run("build", inputs, build),
        Run("build over a database that is being changed", {**inputs, **changing}, build),
        Run("split", gym, split),
        Run("split after a kill", changing, split),
        Run("sample", gym, sample),
        Run("sample after a kill", {**gym, "a": "killed/a"}, sample),
        Run("sample to a stream", gym, ("sample", "./gym.sqlite", "--out", "-", "--count", "4", *small)),
        Run("sample --verify", {**gym, "shards": "shards"},
            ("sample", "./gym.sqlite", "--out", "./shards", *shards, "--verify")),
        Run("show", gym, ("show", "./gym.sqlite", "--out", "./a.png", "--force", *small)),
        Run("show shards", {"shards": "shards"}, ("show", "./shards", "--out", "./a.png", "--force")),
        Run("export", gym,
            ("export", "./gym.sqlite", "--zone", "1", "--out", "./export", "--force", "--channels", "C|*",
             *small[:4])),
    ]  # fmt: skip


def prepare_start(start, samples):
    """Fills a folder with what runs start with."""
    for name in ("1a8o.cif.gz", "1cbs.cif.gz"):
        shutil.copy(samples / name, start)
    by_name = {run.name: run for run in runs()}
    killed = start / "killed"
    killed.mkdir()
    for name in ("build", "sample"):
        subprocess.run(command(by_name[name], start), check=True, capture_output=True)
    (start / "a" / "shards").rename(start / "shards")
    shutil.copy(start / "gym.sqlite", killed)
    # A run is killed when one of two shards is finished, another when all pages of the database are
    # written and the journal is still there.
    for name, fault in (("sample", ("rename", 3, "kill")), ("split", ("remove", 1, "kill"))):
        assert execute(by_name[name], killed, start / "counts", fault).returncode == -9, name


def command(run, folder):
    arguments = [str(folder) + word[1:] if word.startswith("./") else word for word in run.arguments]
    return [MMGYM, *arguments, "--threads", "1", "--quiet", "--log-level", "error"]


def preload(folder):
    return {**os.environ, "LD_PRELOAD": LIBRARY, "FAULT_FOLDER": str(folder)}


def execute(run, folder, counts, fault=None):
    """Runs the program with at most one fault. Writes the numbers of calls to the file `counts`."""
    environment = {**preload(folder), "FAULT_COUNTS": str(counts)}
    if fault is not None:
        kind, number, what = fault
        at_once = what.rstrip("+")
        code = str(getattr(errno, at_once)) if at_once.startswith("E") else at_once
        environment["FAULT"] = f"{kind} {number} {code}{what[len(at_once):]}"
    return subprocess.run(
        command(run, folder), env=environment, capture_output=True, check=False, timeout=120
    )


def read_counts(path):
    return {kind: int(count) for kind, count in map(str.split, path.read_text().splitlines())}


def rows(path):
    """Returns the schema and the rows of a database."""
    with contextlib.closing(sqlite3.connect(path)) as database:
        (check,) = database.execute("PRAGMA integrity_check").fetchone()
        schema = database.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY 1, 2").fetchall()
        versions = [database.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version")]
        tables = {
            name: database.execute(f"SELECT * FROM {name}").fetchall()
            for kind, name, _ in schema
            if kind == "table" and not name.startswith("sqlite_stat4")
        }
        # The order of these rows depends on when SQLite loaded the schema.
        tables["sqlite_stat1"].sort()
        # Every run is in a folder of its own.
        if "input" in tables:
            tables["input"] = [(row[0], pathlib.Path(row[1]).name, *row[2:]) for row in tables["input"]]
        return check, schema, versions, tables


def content(folder):
    """Returns the bytes of all files by their path in the folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def is_unfinished(name):
    return UNFINISHED.fullmatch(pathlib.Path(name).name) is not None


class Failed(Exception):
    pass


class Case:
    """A run and its undisturbed result."""

    def __init__(self, run, start, place):
        self.run = run
        self.is_stream = "-" in run.arguments
        self.start = start
        self.place = place
        with self.folder() as folder:
            self.before = content(folder)
            done = execute(run, folder, folder.parent / "counts")
            assert done.returncode == 0 and done.stderr == b"", (run.name, done)
            self.after = content(folder)
            self.output = self.output_of(done, folder)
            self.counts = read_counts(folder.parent / "counts")
        self.expected_rows = {}
        for when, files in (("before", self.before), ("after", self.after)):
            if "gym.sqlite" in files:
                with tempfile.TemporaryDirectory(dir=place) as name:
                    for file in DATABASE & files.keys():
                        (pathlib.Path(name) / file).write_bytes(files[file])
                    self.expected_rows[when] = rows(pathlib.Path(name) / "gym.sqlite")

    @contextlib.contextmanager
    def folder(self):
        with tempfile.TemporaryDirectory(dir=self.place) as name:
            folder = pathlib.Path(name) / "run"
            folder.mkdir()
            for there in self.run.there:
                source = self.start / self.run.there[there]
                (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / there)
            yield folder

    @staticmethod
    def output_of(done, folder):
        return done.stdout.replace(bytes(folder), b".")

    def faults(self):
        for kind, count in self.counts.items():
            for number in range(1, count + 1):
                for what in WHATS[kind]:
                    yield kind, number, what

    def is_right(self, name, files, folder, when):
        """Whether a file has the content that it has before or after the undisturbed run."""
        expected = getattr(self, when)
        if name != "gym.sqlite":
            return files[name] == expected.get(name)
        if all(files.get(file) == expected.get(file) for file in DATABASE):
            return True
        if when not in self.expected_rows:
            return False
        # SQLite may roll back changes, which the program shall do.
        with tempfile.TemporaryDirectory(dir=self.place) as copy:
            for file in DATABASE & files.keys():
                shutil.copy(folder / file, copy)
            try:
                return rows(pathlib.Path(copy) / "gym.sqlite") == self.expected_rows[when]
            except sqlite3.Error:
                return False

    def require_result(self, folder, unfinished_too=False):
        """Requires the files of the undisturbed result and no others."""
        files = content(folder)
        others = files.keys() ^ self.after.keys()
        if not all(unfinished_too and is_unfinished(name) for name in others):
            raise Failed(f"other files: {sorted(others)}")
        for name in self.after:
            if not self.is_right(name, files, folder, "after"):
                raise Failed(f"{name} differs")

    def require_no_wrong_file(self, folder):
        files = content(folder)
        for name in files:
            if is_unfinished(name):
                continue
            if not any(self.is_right(name, files, folder, when) for when in ("after", "before")):
                raise Failed(f"{name} is wrong")
        for name in self.before:
            # The old database goes with its journal, when the new one is complete.
            replaced = "gym.sqlite-journal" in self.before and name.startswith("gym.sqlite")
            if name not in files and not replaced and not is_unfinished(name):
                raise Failed(f"{name} is gone")

    def require_message(self, done, folder, kind, what):
        text = done.stderr.decode().replace(str(folder), "/.")
        who = "mmgym " + self.run.arguments[0]
        if text.count("\n") != 1 or not text.startswith(f"{who}: "):
            raise Failed("not one line")
        if "internal error" in text:
            raise Failed("calls it an error of the program")
        if not re.search(r"/\.[]/:\n]|standard output", text):
            raise Failed("names no file")
        reasons = [os.strerror(getattr(errno, what.rstrip("+")))]
        if kind in ("open", "stat"):
            reasons += SQLITE_REASONS
        if not any(reason in text for reason in reasons):
            raise Failed(f"does not say '{reasons[0]}'")

    def check(self, fault):
        """Returns what is wrong after a fault, or None, and the status and the message of the run."""
        kind, number, what = fault
        with self.folder() as folder:
            counts = folder.parent / "counts"
            done = execute(self.run, folder, counts, fault)
            told = f"status {done.returncode}, {done.stderr.decode(errors='replace').strip()}"
            try:
                if done.returncode != (-9 if what == "kill" else 0) and (
                    done.returncode != 1 or what in ("kill", "short")
                ):
                    raise Failed("wrong exit status")
                if what != "kill" and read_counts(counts)[kind] < number:
                    raise Failed("the call did not take place")
                output = self.output_of(done, folder)
                if done.returncode == 0:
                    # A finished shard whose size is unknown is made again, which is reported.
                    if done.stderr or (output != self.output and kind != "stat"):
                        raise Failed("other output")
                    # SQLite ignores a log that it cannot remove, and uses the name again.
                    self.require_result(folder, unfinished_too=kind == "remove")
                else:
                    if done.returncode == 1:
                        self.require_message(done, folder, kind, what)
                    if self.is_stream and not self.output.startswith(output):
                        raise Failed("the output is no beginning of the stream")
                    self.require_no_wrong_file(folder)
                if done.returncode != 0 or kind == "remove":
                    again = execute(self.run, folder, counts)
                    if again.returncode != 0 or again.stderr:
                        raise Failed(f"the same command fails: {again.stderr.decode()}")
                    if self.is_stream and again.stdout != self.output:
                        raise Failed("another stream")
                    self.require_result(folder)
            except Failed as failed:
                return str(failed), told
            return None, told


def main():
    probe = subprocess.run([MMGYM, "--version"], env=preload("/none"), capture_output=True, check=False)
    if probe.returncode == 77:
        print(probe.stderr.decode())
        return 77
    faults = 0
    wrong = []
    memory = pathlib.Path("/dev/shm")  # syncs nothing
    place = memory if os.access(memory, os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=place) as name, concurrent.futures.ThreadPoolExecutor(
        len(os.sched_getaffinity(0))
    ) as pool:
        place = pathlib.Path(name)
        start = place / "start"
        start.mkdir()
        prepare_start(start, pathlib.Path(OPTIONS.samples))
        for run in runs():
            if OPTIONS.run not in (None, run.name):
                continue
            case = Case(run, start, place)
            if OPTIONS.fault:
                kind, number, what = OPTIONS.fault.split()
                print(run.name, OPTIONS.fault, *case.check((kind, int(number), what)), sep=": ")
                continue
            every = list(case.faults())
            results = collections.Counter()
            for fault, (problem, told) in zip(every, pool.map(case.check, every)):
                results[told.partition(",")[0]] += 1
                if problem is not None:
                    wrong.append(f"{run.name}: {' '.join(map(str, fault))}: {problem}: {told}")
            faults += len(every)
            calls = ", ".join(f"{count} {kind}" for kind, count in case.counts.items() if count)
            print(f"{run.name}: {sum(case.counts.values())} calls ({calls}), {len(every)} faults: "
                  + ", ".join(f"{status}: {count}" for status, count in sorted(results.items())),
                  flush=True)  # fmt: skip
    for line in wrong:
        print(line)
    print(f"{faults} faults, {len(wrong)} problems")
    return 1 if wrong else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    for argument in ("mmgym", "samples", "library", "--run", "--fault"):
        parser.add_argument(argument)
    OPTIONS = parser.parse_args()
    MMGYM, LIBRARY = OPTIONS.mmgym, OPTIONS.library
    sys.exit(main())
