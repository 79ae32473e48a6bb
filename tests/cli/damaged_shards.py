#!/usr/bin/env python3
"""Damages a small folder of shards in many ways. Every command that reads the folder must end with
one line that names the damaged file, in little time and memory.

    damaged_shards.py MMGYM DATA_SAMPLES
"""

import copy
import gzip
import io
import json
import os
import pathlib
import random
import re
import shutil
import sys
import tarfile
import unittest

import numpy as np

from program import FolderTest, Program, read_archive

BASE = ("--count", 6, "--samples-per-shard", 3, "--preset", "16A", "--threads", 1)
ENCODINGS = {
    "dense": ("--encoding", "dense"),
    "packed": ("--compression", "gzip"),
    "sparse": ("--encoding", "sparse"),
    "atoms": ("--encoding", "atoms"),
}


# These fit their own field. Another one, which they contradict, is named.
VALID_ALONE = (
    ("parameters.ligand_channel", True), ("parameters.grid", 1024), ("parameters.task", "single"),
    ("shardlist.1", None), ("shardlist", []),
)  # fmt: skip
NANS = [float("nan")] * 8  # Python writes NaN, which is not JSON


def nested(levels):
    return "[" * levels + "]" * levels


def values_of_index():
    """Yields paths in index.json and values that are wrong there; None removes the key."""
    wrong = (None, [], {}, "text", -1, 1.5, True, 2**64, 1e300)
    for path in (
        "parameters", "shape", "dtype", "channel_mean", "channel_std", "shardlist", "sample_count",
        "parameters.task", "parameters.grid", "parameters.resolution_A", "parameters.channels",
        "parameters.ligand_channel", "parameters.fill", "parameters.aggregate",
        "parameters.directions", "parameters.atom_radius_A", "parameters.encoding",
        "parameters.normalized", "shape.0", "shape.4", "channel_mean.0", "channel_std.7",
        "shardlist.1", "shardlist.1.url", "shardlist.1.nsamples", "shardlist.1.filesize",
        "shardlist.1.md5sum",
    ):  # fmt: skip
        for value in wrong:
            valid = (
                (path.endswith(("_A", "channel_mean.0", "channel_std.7")) and value == 1.5)
                or (path.endswith("channel_mean.0") and value == -1)
                or (path.startswith("channel_") and path[-2] == "." and value == 2**64)
            )
            if not valid:
                yield path, value
    for shape in (
        [1], [0] * 5, [2, 8, 21, 21], [2, 8, 21, 21, 0], [2, 8, -21, 21, 21], [2**63] * 5,
        [2**32, 2**32, 1, 1, 1], [2, 7, 21, 21, 21], [1, 8, 21, 21, 21], [1] * 10,
        [2, 8, 21, 21, "21"], nested(20), [2, 8, 9, 49, 21],
    ):  # fmt: skip
        yield "shape", shape
    for channels in ("", "|", "C|C,C", "C|XYZZY", "C|" * 40, "C|N\nO", "C" * 100000):
        yield "parameters.channels", channels
    yield "parameters.grid", 2000
    yield "parameters.grid", 1024
    yield "parameters.resolution_A", 1e-300
    yield "parameters.directions", "soccer ball faces"
    yield "parameters.task", "single"
    yield "parameters.normalized", True
    for statistics in ([1] * 7, [1] * 9, ["a"] * 8, [None] * 8, NANS, [1e200] * 8):
        yield "channel_mean", statistics
        yield "channel_std", statistics
    yield "channel_std", [-1.0] * 8
    for url in ("../shard-000001.tar", "/etc/passwd", "a/b.tar", "shard-000000.tar", "", "\n"):
        yield "shardlist.1.url", url
    for count in (2, 4, 2**63, 2**64 - 1, -(2**63)):
        yield "shardlist.1.nsamples", count
    yield "shardlist.1.filesize", 2**64 - 1


def texts_of_index(text):
    """Yields names and whole contents of index.json."""
    yield "empty", b""
    yield "no JSON", b"no JSON"
    yield "a list", b"[1, 2]"
    yield "a number", b"1e400"
    yield "no UTF-8", text.encode().replace(b'"dtype"', b'"dty\xffpe"')
    yield "cut", text[: len(text) // 2].encode()
    yield "zeros", bytes(len(text))
    yield "a million brackets", nested(10**6).encode()
    yield "a million open brackets", b"[" * 10**6
    yield "deep objects", b'{"a":' * 10**6 + b"1" + b"}" * 10**6
    yield "deep in a key", text.replace("{", '{"x":' + nested(10**6) + ",", 1).encode()
    yield "many values", (text.replace("{", '{"x":[' + "[]," * 2 * 10**7 + "1],", 1)).encode()
    yield "a long text", text.replace("{", '{"x":"' + "y" * 80_000_000 + '",', 1).encode()
    yield "control characters", text.replace('"float32"', '"a\\u000ab\\u001b[2Jc"').encode()


def set_at(value, path, new):
    """Sets (or with None removes) the value at a path such as shardlist.1.url."""
    *parents, last = [int(key) if key.isdigit() else key for key in path.split(".")]
    for key in parents:
        value = value[key]
    if new is None:
        del value[last]
    else:
        value[last] = new


def npy(values, **changes):
    """A .npy file. Changes replace `descr`, `order`, `shape`, `magic`, `length` or `header`."""
    values = np.ascontiguousarray(values)
    header = changes.get("header") or (
        f"{{'descr': '{changes.get('descr', values.dtype.str)}', "
        f"'fortran_order': {changes.get('order', False)}, "
        f"'shape': {changes.get('shape', values.shape)}, }}\n"
    )
    length = changes.get("length", len(header))
    return (
        changes.get("magic", b"\x93NUMPY\x01\x00") + length.to_bytes(2, "little")
        + header.encode() + values.tobytes()
    )  # fmt: skip


def wrong_arrays(values):
    """Yields names and .npy files that are no array of these values."""
    yield "empty", b""
    yield "magic", npy(values, magic=b"\x93NUMPX\x01\x00")
    yield "version", npy(values, magic=b"\x93NUMPY\x03\x00")
    yield "long header", npy(values, length=0xFFFF)
    yield "short header", npy(values, length=20)
    yield "Fortran order", npy(values, order=True)
    yield "dtype", npy(values, descr="<f16")
    yield "objects", npy(values, descr="|O")
    yield "other size of dtype", npy(values, descr="<f8")
    for shape in ("()", "(0,)", "(-1,)", "(1.5,)", "('a',)", f"({2**63},)", f"({2**64},)",
                  f"({2**32}, {2**32})", "(4294967296, 4294967296, 2)", "((1,),)", "7"):  # fmt: skip
        yield f"shape {shape}", npy(values, shape=shape)
    yield "nested header", npy(values, header="(" * 30000)
    yield "no dict", npy(values, header="12345\n")
    yield "cut", npy(values)[:-1]
    yield "more", npy(values) + b"x"


def wrong_members(encoding, members):
    """Yields names, extensions and contents of a sample's files that are wrong."""
    for extension, content in members.items():
        if "npy" not in extension:
            continue
        packed = extension.endswith(".gz")
        values = np.load(io.BytesIO(gzip.decompress(content) if packed else content))
        for name, wrong in wrong_arrays(values):
            yield name, extension, gzip.compress(wrong, 1) if packed else wrong
        if packed:
            yield "not packed", extension, npy(values)
            yield "cut", extension, content[:-9]
            yield "bomb", extension, gzip.compress(bytes(1 << 28), 9)
            yield "size", extension, content[:-4] + b"\xff\xff\xff\xff"
        if values.dtype.kind == "f":
            for number in (float("nan"), float("inf"), 3e38):
                wrong = values.copy()
                wrong.reshape(-1)[0] = number
                yield str(number), extension, gzip.compress(npy(wrong)) if packed else npy(wrong)
        yield "missing", extension, None
    if encoding == "sparse":
        places = np.load(io.BytesIO(members["idx.npy"]))
        for name, wrong in (
            ("unsorted", places[::-1]),
            ("twice", np.r_[places[:1], places[:-1]]),
            ("outside", np.r_[places[:-1], np.uint32(2**32 - 1)]),
            ("just outside", np.r_[places[:-1], np.uint32(2 * 8 * 21**3)]),
            ("shorter", places[:-1]),
            ("fractions", places + np.float32(0.5)),
            ("negative", places - np.float32(1e6)),
        ):
            yield name, "idx.npy", npy(wrong)
    if encoding == "atoms":
        yield "view 2", "view.npy", npy(np.load(io.BytesIO(members["view.npy"])) + np.uint8(2))
        count = len(np.load(io.BytesIO(members["channel.npy"])))
        yield "channel 255", "channel.npy", npy(np.full(count, 255, np.uint8))
        yield "channel 8", "channel.npy", npy(np.full(count, 8, np.uint8))
        yield "negative", "channel.npy", npy(np.full(count, -1, np.float32))
        yield "negative", "view.npy", npy(np.full(count, -0.5, np.float32))
    if encoding != "dense":
        return
    facts = json.loads(members["json"])
    for key in ("index", "zone_id", "pdb_id", "model_id", "assembly_pdb_id", "zone_center_A",
                "frame_ab", "atoms_drawn", "split"):  # fmt: skip
        for value in (None, [], {}, True, -1, 1.5, 2**64):
            wrong = copy.deepcopy(facts)
            set_at(wrong, key, value)
            yield f"{key} {value}", "json", json.dumps(wrong).encode()
    for key, value in (
        ("zone_center_A", [1, 2]), ("zone_center_A", [1, 2, "3"]), ("zone_center_A", [1e300] * 3),
        ("frame_ab", [[1] * 3] * 4), ("frame_ab", [[1] * 4] * 3), ("frame_ab", [["a"] * 4] * 4),
        ("frame_ab", [[1e300] * 4] * 4), ("atoms_drawn", [1]), ("atoms_drawn", [-1, 1]),
    ):  # fmt: skip
        yield f"{key} {value}", "json", json.dumps({**facts, key: value}).encode()
    for text in (b"", b"[]", b"{", b"1", b"[" * 500_000, b'{"a":' * 100_000, b" " * 2_000_000):
        yield f"{len(text)} bytes", "json", text
    yield "missing", "json", None
    for text in (b"", b"6", b"-1", b"1.5", b"one", b"1 ", b"99999999999999999999", b"1" * 2_000_000):
        yield text[:20], "cls", text
    yield "missing", "cls", None


def archive_of(samples):
    """A tar archive as mmgym writes it."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for key, members in samples.items():
            for extension, content in members.items():
                info = tarfile.TarInfo(f"{key}.{extension}")
                info.size = len(content)
                archive.addfile(info, io.BytesIO(content))
    return stream.getvalue()


def with_header(archive, **changes):
    """The archive with another name or size in its first header, and a correct checksum."""
    header = bytearray(archive[:512])
    if "name" in changes:
        header[:100] = changes["name"].ljust(100, b"\0")
    if "size" in changes:
        header[124:136] = changes["size"].ljust(12, b"\0")
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header) + archive[512:]


def wrong_archives(archive):
    yield "empty", b""
    yield "text", b"no tar" * 1000
    yield "checksum", archive[:150] + b"7" + archive[151:]
    yield "magic", archive[:257] + b"USTAR" + archive[262:]
    yield "cut in a file", archive[:2000]
    yield "cut in a header", archive[:300]
    yield "without an end", archive[:512] + archive[1024:1100]
    for size in (b"77777777777", b"99999999999", b"-0000000001", b"\x80" + b"\0" * 3 + b"\x80",
                 b"\xff" * 12, b"7" * 12, b"00000000001"):  # fmt: skip
        yield f"size {size}", with_header(archive, size=size)
    for name in (b"", b"name", b"000000000000", b".npy", b"a.npy", b"-1.npy", b"../../1.npy",
                 b"18446744073709551616.npy", b"1" * 100, b"0\n1.npy", b"\x1b[2J.npy",
                 b"000000000000.cls", b"000000000003.npy"):  # fmt: skip
        yield f"name {name}", with_header(archive, name=name)


class DamagedShards(FolderTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gym = cls.folder / "gym.sqlite"
        MMGYM.run("build-db", SAMPLES / "2xhe.cif.gz", "--db", cls.gym)
        cls.shards = {}
        for name, flags in ENCODINGS.items():
            cls.shards[name] = cls.folder / name
            MMGYM.run("sample", cls.gym, "--out", cls.shards[name], *BASE, *flags)
        # The same folder when its first shard was finished, and its second was not.
        cls.interrupted = cls.folder / "interrupted"
        cls.interrupted.mkdir()
        shutil.copy(cls.shards["dense"] / "shard-000000.tar", cls.interrupted)
        index = json.loads((cls.shards["dense"] / "index.json").read_text())
        listed = index["shardlist"][0]
        cls.line = {
            "shard": 0, "nsamples": 3, "filesize": listed["filesize"], "md5sum": listed["md5sum"],
            "channels": [[55566, 1.0, 1.0]] * 8,
        }  # fmt: skip
        for key in ("__kind__", "wids_version", "channel_mean", "channel_std", "shardlist"):
            del index[key]
        cls.plan = index

    def commands(self, folder, encoding="dense"):
        flags = (*BASE, *ENCODINGS[encoding])
        return {
            "info": ("info", folder),
            "quick": ("info", folder, "--quick", "--json"),
            "show": ("show", folder, "--out", self.folder / "view.png", "--force"),
            "montage": ("show", folder, "--montage", 6, "--out", self.folder / "view.png", "--force"),
            "sample": ("sample", self.gym, "--out", folder, *flags),
            "verify": ("sample", self.gym, "--out", folder, *flags, "--verify"),
            "normalize": ("sample", self.gym, "--out", self.folder / "new", *BASE, "--normalize",
                          folder),
        }  # fmt: skip

    def run_command(self, arguments):
        """Returns the exit status, standard error, and all output."""
        shutil.rmtree(self.folder / "new", ignore_errors=True)
        status, errors, output = self.run_limited(MMGYM.command(*arguments, "--quiet"), 20_000)
        return status, errors, errors + output

    def refuse(self, folder, names, file, encoding="dense"):
        """Runs commands, which must fail with one line about the file."""
        for name in names:
            with self.subTest(command=name):
                status, _, text = self.run_command(self.commands(folder, encoding)[name])
                self.assertEqual(status, 1, text)
                self.assertIn(file, text)

    def copy_of(self, folder):
        copied = self.folder / "damaged"
        shutil.rmtree(copied, ignore_errors=True)
        shutil.copytree(folder, copied)
        return copied

    def test_undamaged_folders_are_read(self):
        for encoding, folder in self.shards.items():
            for name, command in self.commands(folder, encoding).items():
                if name == "normalize" and encoding != "dense":
                    continue
                with self.subTest(encoding=encoding, command=name):
                    status, errors, _ = self.run_command(command)
                    self.assertEqual((status, errors), (0, ""))

    def test_wrong_values_in_the_index(self):
        folder = self.copy_of(self.shards["dense"])
        index = json.loads((folder / "index.json").read_text())
        for path, value in values_of_index():
            with self.subTest(path=path, value=str(value)[:50]):
                wrong = copy.deepcopy(index)
                set_at(wrong, path, value)
                (folder / "index.json").write_text(json.dumps(wrong))
                for name in ("quick", "show"):
                    status, errors, _ = self.run_command(self.commands(folder)[name])
                    if path.endswith("filesize") and status == 0:
                        continue  # only info without --quick compares sizes
                    self.assertEqual(status, 1)
                    if path.endswith("nsamples") and "has 3 samples" in errors:
                        self.assertIn("shard-000001.tar: ", errors)
                        continue
                    self.assertIn("index.json", errors)
                    if (path, value) not in VALID_ALONE and value is not NANS:
                        self.assertIn(path.split(".")[0], errors)
        for path, value in values_of_index():
            if path.startswith("shardlist") and path.count(".") == 2:
                with self.subTest(path=path, value=str(value)[:50]):
                    wrong = copy.deepcopy(index)
                    set_at(wrong, path, value)
                    (folder / "index.json").write_text(json.dumps(wrong))
                    if path.endswith("url"):
                        self.refuse(folder, ("info", "verify", "sample"), "index.json: shardlist[1]")
                    else:
                        self.refuse(folder, ("info", "verify"), "shard")
            if path.startswith("channel_"):
                wrong = copy.deepcopy(index)
                set_at(wrong, path, value)
                (folder / "index.json").write_text(json.dumps(wrong))
                self.refuse(folder, ("normalize",), "index.json")

    def test_a_huge_shape_that_fits_the_parameters(self):
        folder = self.copy_of(self.shards["sparse"])
        index = json.loads((folder / "index.json").read_text())
        index["parameters"]["grid"] = 1024
        index["shape"] = [2, 8, 1024, 1024, 1024]
        (folder / "index.json").write_text(json.dumps(index))
        self.refuse(folder, ("show", "montage"), "index.json: shape")

    def test_wrong_texts_of_the_index(self):
        folder = self.copy_of(self.shards["dense"])
        text = (folder / "index.json").read_text()
        for name, content in texts_of_index(text):
            with self.subTest(content=name):
                (folder / "index.json").write_bytes(content)
                commands = ("quick", "show", "normalize")
                if name == "control characters":
                    self.refuse(folder, commands, "index.json")
                    self.refuse(folder, ("sample",), str(folder))
                    continue
                self.refuse(folder, (*commands, "info", "verify", "sample"), "index.json")

    def test_a_huge_index_is_not_read(self):
        folder = self.copy_of(self.shards["dense"])
        with open(folder / "index.json", "r+b") as index:
            index.truncate(5 << 30)
        self.refuse(folder, self.commands(folder), "index.json: has 5368709120 bytes")

    def test_files_that_are_not_regular(self):
        for file in ("index.json", "shard-000001.tar"):
            for make in (os.mkfifo, os.mkdir):
                folder = self.copy_of(self.shards["dense"])
                (folder / file).unlink()
                make(folder / file)
                with self.subTest(file=file, make=make.__name__):
                    self.refuse(folder, ("quick", "show", "info", "verify"), file)
        folder = self.copy_of(self.interrupted)
        os.mkfifo(folder / "progress.jsonl")
        self.refuse(folder, ("sample",), "progress.jsonl")

    def progress(self, *lines):
        folder = self.copy_of(self.interrupted)
        texts = [line if isinstance(line, str) else json.dumps(line) + "\n" for line in lines]
        (folder / "progress.jsonl").write_text("".join(texts))
        return folder

    def test_damaged_progress(self):
        for key, values in {
            "shard": (-1, 2, 2**64 - 1, 2**64, 200_000_000, 1.5, "0", None, []),
            "nsamples": (-1, 2, 4, 2**63, "3", None),
            "filesize": (-1, 2**64, "3", 1.5, None),
            "md5sum": (1, "", "z" * 32, None, []),
            "channels": (1, {}, "a", [1], [[1, 2]], [[1, 2, "3"]], [[-1, 2, 3]], None, [[1] * 4]),
        }.items():
            for value in values:
                with self.subTest(key=key, value=value):
                    line = dict(self.line)
                    set_at(line, key, value)
                    folder = self.progress(self.plan, line)
                    self.refuse(folder, ("sample",), f"progress.jsonl: line 2: {key}")
        other_channels = {**self.line, "channels": [[1, 1.0, 1.0]] * 3}
        for name, lines in {
            "twice": (self.plan, self.line, self.line),
            "no JSON": (self.plan, "no JSON\n", self.line),
            "a list": (self.plan, "[1]\n"),
            "nested": (self.plan, nested(300_000) + "\n"),
            "long": (self.plan, " " * 3_000_000 + "\n"),
            "nested plan": (nested(300_000) + "\n",),
            "long plan": ('"' + "x" * 3_000_000 + "\n",),
            "no plan": ("\n",),
            "empty": ("",),
            "cut plan": (json.dumps(self.plan)[:100],),
            "other channels": (self.plan, other_channels),
        }.items():
            with self.subTest(lines=name):
                self.refuse(self.progress(*lines), ("sample",), "progress.jsonl")

    def test_a_cut_last_line_is_made_again(self):
        whole = json.dumps(self.line)
        for cut in (whole, whole[:-1], whole[:5], "", "\0" * 100):
            folder = self.progress(self.plan, cut)
            status, errors, _ = self.run_command(self.commands(folder)["sample"])
            self.assertEqual((status, errors), (0, ""))
            for file in folder.iterdir():
                same = (self.shards["dense"] / file.name).read_bytes()
                if file.name == "index.json":
                    same = same.replace(b'"name": "dense"', b'"name": "damaged"')
                self.assertEqual(file.read_bytes(), same, file.name)

    def test_damaged_archives(self):
        folder = self.copy_of(self.shards["dense"])
        shard = folder / "shard-000001.tar"
        archive = shard.read_bytes()
        for name, content in wrong_archives(archive):
            with self.subTest(archive=name):
                shard.write_bytes(content)
                self.refuse(folder, ("info", "verify", "quick", "show"), "shard-000001.tar")
        shard.unlink()
        self.refuse(folder, ("info", "verify", "quick", "show"), "shard-000001.tar")

    def test_damaged_members(self):
        for encoding, undamaged in self.shards.items():
            folder = self.copy_of(undamaged)
            shard = folder / "shard-000000.tar"
            with tarfile.open(shard) as archive:
                samples = read_archive(archive)
            key = min(samples)
            for name, extension, content in wrong_members(encoding, samples[key]):
                with self.subTest(encoding=encoding, extension=extension, damage=str(name)[:50]):
                    damaged = {**samples, key: {**samples[key], extension: content}}
                    if content is None:
                        del damaged[key][extension]
                    shard.write_bytes(archive_of(damaged))
                    status, errors, _ = self.run_command(self.commands(folder)["show"])
                    self.assertEqual(status, 1)
                    self.assertIn(f"shard-000000.tar: {key}.", errors)
                    if content is not None and "idx" not in extension:
                        self.assertIn(extension.removesuffix(".gz"), errors)
                    if extension == "cls":
                        self.refuse(folder, ("quick",), "cls")

    def test_random_damage(self):
        """Changes bytes and numbers at random. Not all changes are noticed, but none does harm."""
        generator = random.Random(5)
        extremes = ("-1", "0", "1e308", str(2**63), str(2**64 - 1), str(2**64), "null", "[]", '""')
        statuses = []
        for turn in range(200):
            encoding = generator.choice(list(self.shards))
            folder = self.copy_of(self.shards[encoding])
            names = ["index.json", "shard-000000.tar"]
            if turn % 4 == 0:
                folder = self.progress(self.plan, self.line, self.line)
                names, encoding = ["progress.jsonl"], "dense"
            file = folder / generator.choice(names)
            content = bytearray(file.read_bytes())
            kind = generator.choice(("flip", "cut", "double", "number"))
            numbers = list(re.finditer(rb"-?\d+(\.\d+)?", content[:100_000]))
            if kind == "flip" or (kind == "number" and file.suffix == ".tar"):
                for _ in range(generator.choice((1, 5, 50))):
                    place = generator.randrange(len(content))
                    if generator.random() < 0.5:
                        place = place // 512 * 512 + generator.randrange(160)
                    content[min(place, len(content) - 1)] = generator.randrange(256)
            elif kind == "cut":
                del content[generator.randrange(len(content)) :]
            elif kind == "double":
                start = generator.randrange(len(content)) // 512 * 512
                content[start:start] = content[start : start + 512 * generator.randrange(1, 20)]
            else:
                match = generator.choice(numbers)
                content[match.start() : match.end()] = generator.choice(extremes).encode()
            file.write_bytes(content)
            commands = self.commands(folder, encoding)
            name = "sample" if turn % 4 == 0 else generator.choice(
                ("info", "quick", "montage", "verify", "normalize"))  # fmt: skip
            with self.subTest(turn=turn, file=file.name, kind=kind, command=name):
                status, errors, _ = self.run_command(commands[name])
                statuses.append(status)
                if status != 0:
                    self.assertIn(str(folder), errors)
        self.assertGreater(statuses.count(1), 80)


if __name__ == "__main__":
    MMGYM, SAMPLES = Program(sys.argv[1]), pathlib.Path(sys.argv[2])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=2)
