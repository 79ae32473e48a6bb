#!/usr/bin/env python3
"""Texts from files and arguments never reach a terminal raw, and output that cannot be written is
an error.

    printed_text.py MMGYM DATA_SAMPLES
"""

import gzip
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import unittest

from program import FolderTest, Program

HOSTILE = "a\x1b[2Jb\x7f\n\x9b31mc\u202ed"
SHOWN = r"a\x1B[2Jb\x7F\n\xC2\x9B31mc\xE2\x80\xAEd"


class PrintedText(FolderTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gym = cls.folder / "gym.sqlite"
        MMGYM.run("build-db", SAMPLES / "2xhe.cif.gz", "--db", cls.gym)
        cls.text = gzip.decompress((SAMPLES / "2xhe.cif.gz").read_bytes()).decode()

    def assert_printable(self, text):
        self.assertTrue(text.replace("\n", "").isprintable(), repr(text))

    def test_errors_and_usage(self):
        for status, *command in (
            (2, HOSTILE),
            (2, "info", self.gym, f"--{HOSTILE}"),
            (2, "sample", self.gym, "--out", "-", "--grid", HOSTILE),
            (2, "sample", self.gym, "--out", "-", "--split", HOSTILE),
            (2, "split", self.gym, "--target", HOSTILE),
            (1, "info", self.folder / HOSTILE),
            (1, "fasta", self.folder / HOSTILE),
            (1, "build-db", f"@{HOSTILE}", "--db", self.folder / "new.sqlite"),
            (1, "export", self.gym, "--assembly", f"{HOSTILE}/1", "--out", self.folder / "out"),
        ):
            with self.subTest(command=command):
                error = MMGYM.run(*command, status=status).stderr
                self.assert_printable(error)
                self.assertIn(r"a\x1B[2Jb\x7F", error)

    def test_results(self):
        gym = self.folder / f"{HOSTILE}.sqlite"
        output = MMGYM.run("build-db", SAMPLES / "2xhe.cif.gz", "--db", gym).stdout
        self.assert_printable(output)
        self.assertIn(f"{SHOWN}.sqlite: 1 structures", output)
        self.assertEqual(len(output.splitlines()), 1)
        output = MMGYM.run("check", gym).stdout
        self.assert_printable(output)
        self.assertIn(f"{SHOWN}.sqlite: correct: ", output)
        output = MMGYM.run("split", gym, "--target", f"{HOSTILE}=1").stdout
        self.assert_printable(output)
        self.assertIn(f"{SHOWN}: 1 structures", output)
        with sqlite3.connect(gym) as database:
            database.execute("INSERT INTO rejected VALUES (?, ?, ?, 'parse', ?, 0)", [HOSTILE] * 4)
            database.execute("INSERT INTO rejected VALUES (?, NULL, NULL, ?, 'why', 0)", [HOSTILE] * 2)
            database.execute("INSERT INTO metadata VALUES (?, ?)", (HOSTILE, json.dumps(HOSTILE)))
        text = MMGYM.run("info", gym).stdout
        self.assert_printable(text)
        self.assertGreater(text.count(SHOWN), 6)
        shown = MMGYM.run("info", gym, "--json").stdout
        # Other programs that read the JSON find the text as it is.
        self.assertEqual(json.loads(shown)["rejected"][0]["reason"], HOSTILE)
        self.assertTrue(shown.replace("\n", "").replace("\u202e", "").isprintable(), repr(shown))
        shards = self.folder / "shards"
        MMGYM.run("sample", gym, "--split", HOSTILE, "--count", 2, "--out", shards)
        for command in (("info", shards), ("profile", gym, "--split", HOSTILE, "--batches", 1)):
            self.assert_printable(MMGYM.run(*command).stdout)
        MMGYM.run("show", gym, "--split", HOSTILE, "--out", self.folder / "picture.png")

    def test_findings(self):
        gym = self.folder / "damaged.sqlite"
        shutil.copy(self.gym, gym)
        with sqlite3.connect(gym) as database:
            database.execute("UPDATE structure SET pdb_id = ?", [HOSTILE])
            database.execute("UPDATE assembly SET atom_count = 1")
        done = MMGYM.run("check", gym, status=1)
        self.assert_printable(done.stdout + done.stderr)
        self.assertIn(f"assembly {SHOWN}/", done.stdout)

    def test_names_in_fasta(self):
        entry = self.folder / "2xhe.cif"
        entry.write_text(self.text.replace(
            "\n2 'polypeptide(L)'", "\n;2\n>fake x\x1b[31m\n;\n'polypeptide(L)'"))  # fmt: skip
        output = MMGYM.run("fasta", entry).stdout
        self.assert_printable(output)
        names = [line for line in output.splitlines() if line.startswith(">")]
        self.assertEqual(names, [">2xhe_1", r">2xhe_2\n>fake\x20x\x1B[31m"])

    def test_names_of_files(self):
        entry = self.folder / "escape.cif"
        entry.write_text(self.text.replace(
            "\n_entry.id 2XHE\n", "\n_entry.id\n;../2X\x1b[2J\ndata_E\n;\n"))  # fmt: skip
        gym = self.folder / "escape.sqlite"
        done = MMGYM.run("build-db", entry, "--db", gym)
        self.assert_printable(done.stdout + done.stderr)
        with sqlite3.connect(gym) as database:
            ((pdb_id,),) = database.execute("SELECT pdb_id FROM structure").fetchall()
        self.assertIn("\x1b", pdb_id)
        with sqlite3.connect(gym) as database:  # a slash ends the id in --assembly
            database.execute("UPDATE structure SET pdb_id = ?", [pdb_id.replace("/", "")])
        out = self.folder / "export"
        output = MMGYM.run(
            "export", gym, "--assembly", f"{pdb_id.replace('/', '')}/1", "--out", out
        ).stdout
        (file,) = out.iterdir()
        self.assertEqual(file.name, "..2x__2j_data_e-assembly-1.cif")
        self.assertEqual(output, f"{file}\n")
        self.assertEqual(file.read_text().count("data_"), 3)  # the block, its name, and _entry.id

    def test_names_of_assemblies_do_not_leave_the_folder(self):
        gym = self.folder / "slash.sqlite"
        shutil.copy(self.gym, gym)
        with sqlite3.connect(gym) as database:
            database.execute("UPDATE assembly SET pdb_id = '/../../1'")
        out = self.folder / "inside" / "export"
        MMGYM.run("export", gym, "--assembly", "2xhe//../../1", "--out", out)
        self.assertEqual([path.name for path in out.iterdir()], ["2xhe-assembly-_.._.._1.cif"])

    @staticmethod
    def closing(*descriptors):
        def close():
            for descriptor in descriptors:
                os.close(descriptor)

        return close

    def test_a_closed_standard_output_is_an_error_and_nothing_is_printed_into_files(self):
        out = self.folder / "closed"
        for command in (
            ("info", self.gym),
            ("fasta", SAMPLES / "2xhe.cif.gz"),
            ("sample", self.gym, "--out", out, "--count", 2, "--quiet"),
        ):
            with self.subTest(command=command):
                done = subprocess.run(
                    MMGYM.command(*command), stderr=subprocess.PIPE, text=True, check=False,
                    preexec_fn=self.closing(0, 1),
                )  # fmt: skip
                self.assertEqual(done.returncode, 1, done.stderr)
                self.assertEqual(done.stderr, f"mmgym {command[0]}: cannot write standard output: "
                                 "Bad file descriptor\n")  # fmt: skip
        MMGYM.run("sample", self.gym, "--out", out, "--count", 2, "--verify")

    @unittest.skipUnless(os.path.exists("/dev/full"), "/dev/full is missing")
    def test_messages_that_cannot_be_printed_do_not_stop_the_work(self):
        (self.folder / "bad.cif").write_text("no CIF at all")
        inputs = (SAMPLES / "2xhe.cif.gz", self.folder / "bad.cif")
        for name in ("full", "closed-error"):
            gym = self.folder / f"{name}.sqlite"
            with open("/dev/full", "w") as full:
                done = subprocess.run(
                    MMGYM.command("build-db", *inputs, "--db", gym, "--progress", "always"),
                    stdout=subprocess.PIPE, stderr=full, text=True, check=False,
                    preexec_fn=None if name == "full" else self.closing(2),
                )  # fmt: skip
                self.assertEqual(done.returncode, 0)
                self.assertIn(f"{gym}: 1 structures", done.stdout)
                wrong = subprocess.run(
                    MMGYM.command("info", self.folder / "none"), stderr=full, check=False,
                    preexec_fn=None if name == "full" else self.closing(2),
                )  # fmt: skip
                self.assertEqual(wrong.returncode, 1)

    @unittest.skipUnless(os.path.exists("/dev/full"), "/dev/full is missing")
    def test_a_failed_write_is_reported_beside_another_failure(self):
        shards = self.folder / "damaged"
        MMGYM.run("sample", self.gym, "--out", shards, "--count", 2)
        with open(shards / "shard-000000.tar", "ab") as file:
            file.write(b"x")
        with open("/dev/full", "w") as full:
            done = subprocess.run(
                MMGYM.command("info", shards), stdout=full, stderr=subprocess.PIPE, text=True,
                check=False,
            )  # fmt: skip
        self.assertEqual(done.returncode, 1)
        self.assertIn("damaged shards", done.stderr)
        self.assertIn("cannot write standard output: No space left on device", done.stderr)


if __name__ == "__main__":
    MMGYM, SAMPLES = Program(sys.argv[1]), pathlib.Path(sys.argv[2])
    unittest.main(argv=sys.argv[:1], verbosity=2)
