#!/usr/bin/env python3
"""Flags, configuration files, output files and standard output of all commands.

    command_line.py MMGYM DATA_SAMPLES
"""

import json
import os
import pathlib
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import unittest

from program import FolderTest

COMMANDS = (
    "build-db", "fasta", "split", "curriculum", "sample", "profile", "info", "show", "export",
)  # fmt: skip
WHOLE = {"N", "I", "L", "ID", "MIB", "MB"}  # labels of whole numbers in help texts
REAL = {"A", "X", "DEG", "0-1", "ATOMS/NM3", "X,X,..."}


def flags_of(command, labels):
    """Returns the flags of a command whose values have one of these labels in the help."""
    found = []
    for flag, label in re.findall(r"^  (--[\w-]+) ([^\s=]+)", run(command, "--help").stdout, re.M):
        if label in labels:
            found.append(flag)
    return found


def run(*arguments, status=0, **keywords):
    done = subprocess.run(
        [MMGYM, *(a if isinstance(a, bytes) else str(a) for a in arguments)],
        **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, **keywords},
        check=False,
    )
    assert done.returncode == status, (arguments, done.returncode, done.stdout, done.stderr)
    return done


class CommandLine(FolderTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gym = cls.folder / "gym.sqlite"
        cls.entry = SAMPLES / "2xhe.cif.gz"
        run("build-db", cls.entry, "--db", cls.gym)

    def one_line(self, *arguments, status):
        error = run(*arguments, status=status).stderr
        self.assertEqual(error.count("\n"), 1, error)
        return error

    # ---- numbers

    def test_whole_numbers_are_decimal_in_every_command(self):
        count = 0
        for command in COMMANDS:
            for flag in flags_of(command, WHOLE):
                for wrong in ("0x10", "-1", "1e3", "12x", "1.0", " 3", "", "18446744073709551616"):
                    error = self.one_line(command, flag, wrong, status=2)
                    self.assertIn(f"{flag}: '{wrong}' is not a whole number from", error)
                # CLI11 reads 08 as an invalid octal number. --help is parsed last.
                self.assertIn("Usage", run(command, flag, "08", "--help").stdout)
                count += 1
        self.assertGreater(count, 25)
        for command in COMMANDS:
            self.assertIn("--threads", flags_of(command, WHOLE))
        for flag in ("--start", "--count", "--epochs", "--seed", "--tile-cache", "--grid"):
            self.assertIn(flag, flags_of("sample", WHOLE))

    def test_every_flag_with_a_number_checks_it(self):
        # A new label must be added to WHOLE or REAL, or here if it is not a number.
        known = {"INPUT", "FILE", "DIR", "FOLDER", "NAME", "GEOMETRY", "E,E,...", "E,E|E|...",
                 "CODE,CODE,...", "K/N", "GYM.SQLITE", "NAME=PARTS", "FILE.csv", "FILE.png", "PDBID/ASM"}  # fmt: skip
        for command in COMMANDS:
            text = run(command, "--help").stdout
            labels = set(re.findall(r"^  --[\w-]+ ([^\s=]+)", text, re.M))
            labels = {label for label in labels if not label.startswith("TEXT:{")}
            labels -= {match for match in labels if match[0].isupper() and match in known}
            unknown = {label for label in labels if label not in WHOLE | REAL and label.isupper()}
            self.assertEqual(unknown, set(), command)

    def test_numbers_are_decimal_in_every_command(self):
        count = 0
        for command in COMMANDS:
            for flag in flags_of(command, REAL):
                for wrong in ("0x10", "inf", "nan", "1.5A", " 3", "1e999"):
                    error = self.one_line(command, flag, wrong, status=2)
                    self.assertIn(f"{flag}: '{wrong}' is not a", error)
                count += 1
        self.assertGreater(count, 20)

    def test_leading_zeros_do_not_change_a_number(self):
        decimal, padded = self.folder / "12.png", self.folder / "000012.png"
        run("show", self.gym, "--sample", 12, "--out", decimal)
        run("show", self.gym, "--sample", "000000000012", "--out", padded)
        self.assertEqual(decimal.read_bytes(), padded.read_bytes())
        config = self.folder / "zeros.toml"
        config.write_text("sample = 000000000012\n")
        from_file = self.folder / "config.png"
        run("show", self.gym, "--config", config, "--out", from_file)
        self.assertEqual(from_file.read_bytes(), decimal.read_bytes())

    def test_a_number_out_of_range_is_refused_with_the_name_of_the_flag(self):
        db = self.folder / "none.sqlite"
        for flag, wrong, says in [
            ("--zone-size", "0", "a number from 1 to 10000"),
            ("--density-check-max-atoms", "0", "a positive number"),
            ("--max-grid-points", "0", "a whole number from 1 to 1000000000"),
            ("--subchain-check-fraction-of-zone", "1.5", "a number from 0 to 1"),
            ("--density-check-min-atoms", "-1", "a number from 0 on"),
            ("--neighbor-count-threshold", "-1", "a whole number from 0 on"),
        ]:
            error = self.one_line("build-db", self.entry, "--db", db, flag, wrong, status=2)
            self.assertIn(f"mmgym build-db: {flag}: '{wrong}' is not {says}", error)
        for flag, wrong, says in [
            ("--grid", "1025", "a whole number from 1 to 1024"),
            ("--noise-angle", "181", "a number from 0 to 180"),
            ("--fill", "soup", "one of fraction-atom, fraction-voxel, overlap-A3, nearest, gaussian"),
            ("--dtype", "float64", "one of float32, float16"),
        ]:
            error = self.one_line("sample", self.gym, "--out", "-", flag, wrong, status=2)
            self.assertIn(f"{flag}: '{wrong}' is not {says}", error)
        both = ("--padding", 1, "--distance", 20)
        self.assertIn("--padding and --distance",
                      self.one_line("sample", self.gym, "--out", self.folder / "x", *both, status=2))  # fmt: skip

    # ---- --config

    def test_keys_that_are_not_flags_of_the_command_are_errors(self):
        config = self.folder / "wrong.toml"
        out = self.folder / "config-out"
        for key, text in [
            ("cuont", "cuont = 3\n"),
            ("zone-size", "count = 3\nzone-size = 10\n"),  # build-db's
            ("[sample]", "[sample]\ncount = 3\n"),
            ("sample.count", "sample.count = 3\n"),
        ]:
            config.write_text(text)
            error = self.one_line(
                "sample", self.gym, "--out", out, "--config", config, status=2
            )
            self.assertIn(str(config), error)
            self.assertIn(key, error)
            self.assertFalse(out.exists())
        config.write_text('count = 3\nfill = "nearest"\nligand-channel = true\nseed = 010\n')
        run("sample", self.gym, "--out", out, "--config", config)
        parameters = json.loads((out / "index.json").read_text())["parameters"]
        self.assertEqual((parameters["count"], parameters["fill"]), (3, "nearest"))
        self.assertEqual((parameters["ligand_channel"], parameters["seed"]), (True, 10))

    def test_lists_can_come_from_a_file(self):
        config = self.folder / "lists.toml"
        config.write_text('allowed-elements = ["C", "N"]\nzone-size = 9.5\n')
        db = self.folder / "lists.sqlite"
        run("build-db", self.entry, "--db", db, "--config", config)
        with sqlite3.connect(db) as database:
            values = dict(database.execute("SELECT key, value FROM metadata"))
        self.assertEqual(json.loads(values["allowed_elements"]), ["C", "N"])
        self.assertEqual(values["zone_size_A"], "9.5")

    def zone_parameters(self, *flags):
        db = self.folder / "parameters.sqlite"
        run("build-db", self.entry, "--db", db, "--force", *flags)
        with sqlite3.connect(db) as database:
            values = dict(database.execute("SELECT key, value FROM metadata"))
        return {key: json.loads(values[key])
                for key in ("neighbor_count_threshold", "allowed_elements")}  # fmt: skip

    def test_the_presets_and_the_named_elements_of_zones(self):
        for flags, neighbors, elements in (
            ((), 1, []),
            (("--preset", "neighbor", "--allowed-elements", "*"), 1, []),
            (("--preset", "single"), 0, []),
            (("--preset", "single", "--neighbor-count-threshold", 2), 2, []),
            (("--allowed-elements", "reference"), 1, ["C", "N", "O", "S", "SE", "P"]),
        ):
            with self.subTest(flags=flags):
                self.assertEqual(
                    self.zone_parameters(*flags),
                    {"neighbor_count_threshold": neighbors, "allowed_elements": elements},
                )

    # ---- files that exist

    def test_existing_files_are_replaced_only_with_force(self):
        file = self.folder / "exists"
        picture = self.folder / "exists.png"
        for path, command in [
            (file, ("build-db", self.entry, "--db", file)),
            (file, ("fasta", self.entry, "--out", file)),
            (picture, ("show", self.gym, "--out", picture)),
            (file, ("profile", self.gym, "--json", file)),
            (file, ("profile", self.gym, "--batches", 1, "--trace", file)),
        ]:
            path.write_text("old content")
            error = self.one_line(*command, status=1)
            self.assertIn(f"{path}: exists; --force replaces it", error)
            self.assertEqual(path.read_text(), "old content")
            run(*command, "--force")
            self.assertNotEqual(path.read_bytes(), b"old content")
            # A folder or a pipe is never replaced, and the check comes before the work.
            path.unlink()
            path.mkdir()
            (path / "inside").touch()
            for force in ((), ("--force",)):
                self.assertIn("is a folder", self.one_line(*command, *force, status=1))
            (path / "inside").unlink()
            path.rmdir()
            os.mkfifo(path)
            for force in ((), ("--force",)):
                self.assertIn("not a regular file", self.one_line(*command, *force, status=1))
            path.unlink()
        left = [path.name for path in self.folder.iterdir() if "exists" in path.name]
        self.assertEqual(left, [])

    def test_a_failure_keeps_the_existing_file(self):
        file = self.folder / "kept.fasta"
        file.write_text("old content")
        run("fasta", self.entry, "--type", "rna", "--out", file, "--force", status=1)
        self.assertEqual(file.read_text(), "old content")

    # ---- standard output

    @unittest.skipUnless(os.path.exists("/dev/full"), "/dev/full is missing")
    def test_a_failed_write_of_results_is_a_failure(self):
        split = self.folder / "full-split.sqlite"
        shutil.copy(self.gym, split)
        (self.folder / "c.csv").write_text("1,0,0.5\n")
        shards = self.folder / "full-shards"
        for command in [
            ("--version",),
            ("--help",),
            ("sample", "--help"),
            ("build-db", self.entry, "--db", self.folder / "full.sqlite"),
            ("fasta", self.entry),
            ("fasta", self.entry, "--out", self.folder / "full.fasta"),
            ("split", split, "--target", "train=1"),
            ("curriculum", split, self.folder / "c.csv"),
            ("sample", self.gym, "--out", shards, "--count", 1, "--quiet"),
            ("sample", self.gym, "--out", "-", "--count", 1, "--quiet"),
            ("profile", self.gym, "--batches", 1, "--batch-size", 1),
            ("info", self.gym),
            ("info", self.gym, "--json"),
            ("show", self.gym, "--out", self.folder / "full.png"),
            ("export", self.gym, "--zone", 1, "--out", self.folder / "full-export"),
        ]:
            with open("/dev/full", "w") as full:
                error = run(*command, status=1, stdout=full).stderr
            self.assertEqual(error.count("\n"), 1, error)
            self.assertIn("cannot write standard output: No space left on device", error)

    def test_a_reader_that_is_gone_ends_the_program_without_a_message(self):
        def closed_pipe():
            reader, writer = os.pipe()
            os.close(reader)
            return writer

        for command in (["info", self.gym, "--json"], ["--help"], ["fasta", self.entry]):
            # As for cat, the signal ends the program; if it is ignored, the status is the same.
            for ignored, status in ((False, -signal.SIGPIPE), (True, 128 + signal.SIGPIPE)):
                action = signal.SIG_IGN if ignored else signal.SIG_DFL
                writer = closed_pipe()
                done = run(
                    *command, status=status, stdout=writer, restore_signals=False,
                    preexec_fn=lambda action=action: signal.signal(signal.SIGPIPE, action),
                )  # fmt: skip
                os.close(writer)
                self.assertEqual(done.stderr, "")

    # ---- names

    def test_names_that_are_not_utf8_do_not_stop_json(self):
        folder = os.fsencode(self.folder) + b"/b\xffd"
        os.mkdir(folder)
        with open(folder + b"/w\xfcst.cif", "w") as file:
            file.write("no CIF at all")
        gym = folder + b"/gym\xff.sqlite"
        shutil.copy(self.entry, os.fsdecode(folder))
        run("build-db", folder, "--db", gym, text=False)
        shown = json.loads(run("info", gym, "--json", text=False).stdout.decode())
        self.assertTrue(shown["rejected"][0]["path"].endswith(r"/b\xFFd/w\xFCst.cif"))
        run("profile", gym, "--batches", 1, "--json", folder + b"/p\xff.json", text=False)
        with open(folder + b"/p\xff.json", encoding="utf-8") as file:
            self.assertIn("\ufffd", json.load(file)["database"])
        run("split", gym, "--target", b"tr\xffin=1", text=False)
        out = folder + b"/shards\xff"
        command = ("sample", gym, "--split", b"tr\xffin", "--count", 3, "--out", out)
        run(*command, text=False)
        index = json.loads(pathlib.Path(os.fsdecode(out), "index.json").read_text("utf-8"))
        self.assertEqual(index["parameters"]["split"], "tr\ufffdin")
        self.assertEqual(index["name"], "shards\ufffd")
        self.assertIn(b"3 were there already", run(*command, text=False).stdout)


if __name__ == "__main__":
    MMGYM, SAMPLES = sys.argv[1], pathlib.Path(sys.argv[2])
    unittest.main(argv=sys.argv[:1], verbosity=2)
