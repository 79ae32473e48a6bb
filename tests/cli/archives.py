#!/usr/bin/env python3
"""build-db and fasta read tar archives like the folder that they contain.

    archives.py MMGYM DATA_SAMPLES DERIVE_ENTRIES
"""

import io
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tarfile
import time
import unittest

from program import FolderTest, Program, derive_entries, limit_memory, table_rows

ENTRIES = 30
KILLS = 5


def add(archive, name, content=b"", **more):
    info = tarfile.TarInfo(name)
    info.size = len(content)
    for key, value in more.items():
        setattr(info, key, value)
    archive.addfile(info, io.BytesIO(content))


def pack(path, folder, **more):
    """Packs a folder in a random order of its files, with entries for folders."""
    with tarfile.open(path, "w", **more) as archive:
        paths = sorted(folder.rglob("*"))
        random.Random(1).shuffle(paths)
        for member in paths:
            archive.add(member, member.relative_to(folder), recursive=False)
    return path


class Archives(FolderTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.entries = cls.folder / "entries"
        sources = [SAMPLES / f"{entry}.cif.gz" for entry in ("2xhe", "7cfn", "1a8o", "6wqa")]
        # In families, zones chosen before a kill affect the choice after it.
        derive_entries(DERIVE, cls.entries, ENTRIES, sources, family_size=3)
        (cls.entries / "broken.cif").write_text("no CIF at all")
        # Which one is used depends on the order.
        first = min(cls.entries.rglob("*.cif.gz"))
        for name in ("a/again.cif.gz", "z-again.cif.gz"):
            (cls.entries / name).parent.mkdir(exist_ok=True)
            shutil.copy(first, cls.entries / name)
        (cls.entries / "notes.txt").write_text("no input")
        (cls.entries / ("long" * 40) / ("long" * 40)).mkdir(parents=True)
        shutil.copy(SAMPLES / "1cbs.cif.gz", cls.entries / ("long" * 40) / ("long" * 40))
        cls.expected = cls.rows_of(cls.build(cls.entries), cls.entries)
        cls.archive = pack(cls.folder / "archive.tar", cls.entries)

    @classmethod
    def build(cls, inputs, threads=2):
        gym = cls.folder / f"{inputs.name}.{threads}.sqlite"
        MMGYM.run("build-db", inputs, "--db", gym, "--threads", threads)
        return gym

    @staticmethod
    def rows_of(gym, inputs):
        """Returns the rows of a database with paths relative to the inputs."""
        rows = table_rows(gym)
        for table in ("rejected", "input"):
            rows[table] = [
                tuple(str(value).replace(f"{inputs}/", "") for value in row) for row in rows[table]
            ]
        return rows

    def assert_expected(self, found):
        self.assertEqual(found.keys(), self.expected.keys())
        for table in self.expected:
            self.assertEqual(found[table], self.expected[table], table)

    def test_an_archive_gives_the_database_of_its_folder(self):
        self.assertGreater(len(self.expected["zone"]), 100)
        self.assertGreater(len(self.expected["rejected"]), 3)
        # Names are too long for the third format, ustar.
        for form, threads in ((tarfile.GNU_FORMAT, 1), (tarfile.PAX_FORMAT, 2)):
            with self.subTest(threads=threads):
                archive = pack(self.folder / f"{threads}.tar", self.entries, format=form)
                self.assert_expected(self.rows_of(self.build(archive, threads), archive))

    def test_fasta_of_an_archive_is_that_of_its_folder(self):
        of_folder = MMGYM.run("fasta", self.entries)
        of_archive = MMGYM.run("fasta", self.archive, "--threads", 2)
        self.assertEqual(of_archive.stdout, of_folder.stdout)
        self.assertIn(f"{self.archive}/broken.cif: not CIF", of_archive.stderr)
        self.assertEqual(len(of_archive.stderr.splitlines()), 1, of_archive.stderr)

    def test_a_killed_build_from_an_archive_goes_on(self):
        gym = self.folder / "killed.sqlite"
        command = MMGYM.command("build-db", self.archive, "--db", gym, "--threads", 2, "--quiet")
        started = time.monotonic()
        subprocess.run(command, check=True, capture_output=True)
        duration = time.monotonic() - started
        self.assert_expected(self.rows_of(gym, self.archive))
        choose = random.Random(2)
        kills = 0
        gym.unlink()
        while not gym.exists():  # a build can also be killed after its work
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
            try:
                life = choose.uniform(0, duration / 2) if kills < KILLS else None
                self.assertEqual(process.wait(timeout=life), 0)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
                kills += 1
        self.assert_expected(self.rows_of(gym, self.archive))

    def test_a_build_goes_on_with_the_unpacked_folder(self):
        gym = self.folder / "moved.sqlite"
        command = MMGYM.command("build-db", self.archive, "--db", gym, "--threads", 2, "--quiet")
        for delay_s in (0.3, 0.2, 0.1, 0.05, 0):  # a fast build ends before some of them
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
            time.sleep(delay_s)
            process.send_signal(signal.SIGTERM)
            process.wait()
            if not gym.exists():
                break
            gym.unlink()
        MMGYM.run("build-db", self.entries, "--db", gym)
        found = self.rows_of(gym, self.entries)
        # Rows that were written before have the path in the archive.
        for table in ("rejected", "input"):
            found[table] = [
                tuple(value.replace(f"{self.archive}/", "") for value in row) for row in found[table]
            ]
        self.assert_expected(found)

    def test_an_archive_as_of_alphafold_db(self):
        plain = self.folder / "proteome"
        plain.mkdir()
        archive = self.folder / "UP000000000_0_TEST_v4.tar"
        with tarfile.open(archive, "w") as file:
            for path in sorted(self.entries.rglob("1*.cif.gz"))[:6]:
                name = f"AF-{path.name[:4].upper()}-F1-model_v4.cif.gz"
                shutil.copy(path, plain / name)
                confidence = name.replace("model_v4.cif", "confidence_v4.json")
                add(file, confidence, json.dumps({"confidenceScore": [90.5] * 300}).encode())
                add(file, name, path.read_bytes())
        of_folder, of_archive = self.build(plain), self.build(archive)
        self.assertEqual(self.rows_of(of_archive, archive), self.rows_of(of_folder, plain))
        self.assertGreater(len(table_rows(of_archive)["structure"]), 0)

    def test_odd_members_have_a_row_each_and_the_rest_is_used(self):
        plain = self.folder / "plain"
        plain.mkdir()
        entry = (SAMPLES / "2xhe.cif.gz").read_bytes()
        (plain / "2xhe.cif.gz").write_bytes(entry)
        expected = table_rows(self.build(plain))
        odd = self.folder / "odd"
        odd.mkdir()
        archive = odd / "odd.tar"
        with tarfile.open(archive, "w", format=tarfile.GNU_FORMAT, errors="surrogateescape") as file:
            add(file, "link.cif", type=tarfile.SYMTYPE, linkname="2xhe.cif.gz")
            add(file, "hard.cif.gz", type=tarfile.LNKTYPE, linkname="2xhe.cif.gz")
            add(file, "device.cif", type=tarfile.CHRTYPE)
            add(file, "fifo.bcif", type=tarfile.FIFOTYPE)
            add(file, "folder.cif", type=tarfile.DIRTYPE)
            add(file, "../../up.cif.gz", entry)
            add(file, os.fsdecode(b"\xff\x1b[2J\n.cif"), b"no CIF at all")
            add(file, "", entry)
            add(file, "x/2xhe.cif.gz", entry)
            add(file, "cut.cif.gz", entry[: len(entry) // 2])
            add(file, "inner.tar", b"never looked at")
            add(file, "last.cif.gz", entry)
            size = file.fileobj.tell()
        with open(archive, "r+b") as file:
            file.truncate(size - len(entry) // 2)
        (odd / "bad.tar").write_bytes(b"no tar archive" * 1000)
        (odd / "empty.tar").write_bytes(b"")
        (odd / "packed.tar.gz").write_bytes(b"\x1f\x8b")
        os.mkfifo(odd / "pipe.tar")
        gym = self.folder / "odd.sqlite"
        done = subprocess.run(MMGYM.command("build-db", odd, "--db", gym), capture_output=True,
                              text=True, check=False, preexec_fn=limit_memory)  # fmt: skip
        self.assertEqual(done.returncode, 0, done.stderr)
        found = table_rows(gym)
        for table in expected.keys() - {"rejected", "metadata", "input", "sqlite_stat1"}:
            self.assertEqual(found[table], expected[table], table)
        rejected = {
            (row[1] if isinstance(row[0], int) else row[0]).replace(f"{odd}/", ""): row
            for row in found["rejected"]
        }
        reasons = {
            "bad.tar": "is not a tar archive",
            "empty.tar": "is empty; ",
            "odd.tar": "has a member without a name at byte ",
            "odd.tar/../../up.cif.gz": "the name has '..'",
            "odd.tar/cut.cif.gz": "the gzip data is cut short or damaged",
            "odd.tar/device.cif": "is not a regular file",
            "odd.tar/fifo.bcif": "is not a regular file",
            "odd.tar/hard.cif.gz": "is a link in the archive",
            "odd.tar/last.cif.gz": "the archive is cut short within this member",
            "odd.tar/link.cif": "is a link in the archive",
            r"odd.tar/\xFF\x1B[2J\n.cif": "not CIF",
        }
        self.assertEqual(rejected.keys(), reasons.keys())
        self.assertEqual(len(found["rejected"]), len(reasons))
        for path, reason in reasons.items():
            self.assertTrue(any(reason in str(value) for value in rejected[path]), rejected[path])
            self.assertEqual(done.stderr.count(f"{odd}/{path}: {reason}"), 1, done.stderr)
        for remark in ("packed.tar.gz: is a compressed archive", "pipe.tar: is not a regular file"):
            self.assertEqual(done.stderr.count(remark), 1, done.stderr)
        self.assertEqual(len(done.stderr.splitlines()), len(reasons) + 2, done.stderr)
        self.assertTrue(done.stderr.replace("\n", "").isprintable(), done.stderr)

    def test_an_archive_that_cannot_be_used_at_all(self):
        path = self.folder / "text.tar"
        path.write_text("no tar archive")
        gym = self.folder / "none.sqlite"
        error = MMGYM.run("build-db", path, "--db", gym, status=1).stderr
        self.assertIn(f"{path}: is not a tar archive", error)
        self.assertIn("none of the 1 input files can be read", error)
        packed = self.folder / "packed.tar.gz"
        packed.write_bytes(b"\x1f\x8b")
        error = MMGYM.run("build-db", packed, "--db", gym, status=1).stderr
        self.assertEqual(len(error.splitlines()), 1, error)
        self.assertIn(f"{packed}: is a compressed archive; decompress it to a .tar", error)
        self.assertFalse(gym.exists())


if __name__ == "__main__":
    MMGYM, SAMPLES, DERIVE = Program(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
    unittest.main(argv=sys.argv[:1], verbosity=2)
