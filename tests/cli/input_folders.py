#!/usr/bin/env python3
"""build-db and fasta take folders as they are: odd entries of a folder are remarks, and a machine
that fails for a moment rejects no file.

    input_folders.py MMGYM DATA_SAMPLES [FAILING_CALLS]

FAILING_CALLS is the library of tests/faults/failing_calls.cpp. Without it, some tests are left out.
"""

import errno
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import unittest

from program import FolderTest, Program

TABLES = ("structure", "entity", "assembly", "zone", "zone_neighbor", "subchain", "atom_tile")
NOBODY = 65534


def rows(gym):
    with sqlite3.connect(f"file:{gym}?mode=ro", uri=True) as database:
        return {table: database.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}


def rejected(gym):
    with sqlite3.connect(f"file:{gym}?mode=ro", uri=True) as database:
        return database.execute("SELECT path, stage, reason FROM rejected ORDER BY path").fetchall()


class InputFolders(FolderTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.folder.chmod(0o755)
        cls.plain = cls.folder / "plain"
        cls.plain.mkdir()
        for entry in ("2xhe", "7cfn"):
            shutil.copy(SAMPLES / f"{entry}.cif.gz", cls.plain)
        cls.gym = cls.folder / "plain.sqlite"
        MMGYM.run("build-db", cls.plain, "--db", cls.gym)
        cls.expected = rows(cls.gym)

    def copy(self, name):
        folder = self.folder / name
        shutil.copytree(self.plain, folder)
        return folder

    def test_odd_entries_of_a_folder_are_remarks(self):
        folder = self.copy("odd")
        (folder / "sub").mkdir()
        (folder / "sub" / "up").symlink_to("..")
        (folder / "itself").symlink_to("itself")
        os.mkfifo(folder / "pipe.cif")
        (folder / "device.cif").symlink_to("/dev/zero")
        (folder / "itself.cif").symlink_to("itself.cif")
        (folder / "gone.cif").symlink_to("nowhere")
        strange = os.fsencode(folder) + b"/\xff\x1b[2J\n.cif"
        with open(strange, "w") as file:
            file.write("no CIF at all")
        gym = self.folder / "odd.sqlite"
        error = MMGYM.run("build-db", folder, "--db", gym).stderr
        self.assertEqual(rows(gym), self.expected)
        warnings = error.splitlines()
        for part in (
            "sub/up: links to a folder that is searched already; skipped",
            "itself: cannot be followed: Too many levels of symbolic links; skipped",
            "pipe.cif: is not a regular file; skipped",
            "device.cif: is not a regular file; skipped",
            "itself.cif: cannot be opened: Too many levels of symbolic links",
            "gone.cif: cannot be opened: No such file or directory",
            r"odd/\xFF\x1B[2J\n.cif: not CIF",
        ):
            found = [line for line in warnings if part in line]
            self.assertEqual(len(found), 1, (part, error))
            self.assertTrue(found[0].startswith("warning: "), found)
        self.assertEqual(len(warnings), 7, error)
        self.assertTrue(error.replace("\n", "").isprintable(), error)
        # What the folder lists as structures has rows.
        self.assertEqual(
            [(pathlib.Path(path).name, stage) for path, stage, _ in rejected(gym)],
            [(r"\xFF\x1B[2J\n.cif", "parse"), ("gone.cif", "read"), ("itself.cif", "read")],
        )
        fasta = MMGYM.run("fasta", folder)
        self.assertEqual(fasta.stdout, MMGYM.run("fasta", self.plain).stdout)
        self.assertEqual(len(fasta.stderr.splitlines()), 7, fasta.stderr)

    def test_subfolders_without_permission_are_skipped_and_the_folder_itself_is_an_error(self):
        folder = self.copy("closed")
        (folder / "secret").mkdir()
        shutil.copy(SAMPLES / "1cbs.cif.gz", folder / "secret")
        (folder / "secret").chmod(0)
        out = self.folder / "nobody"
        out.mkdir()
        as_nobody = {}
        if os.geteuid() == 0:
            shutil.chown(out, NOBODY)
            as_nobody = {"user": NOBODY, "group": NOBODY}
            able = subprocess.run(MMGYM.command("--version"), capture_output=True, check=False,
                                  **as_nobody)  # fmt: skip
            if able.returncode != 0:
                self.skipTest("another user cannot run the program")

        def build(inputs):
            return subprocess.run(
                MMGYM.command("build-db", inputs, "--db", out / "gym.sqlite"),
                capture_output=True, text=True, check=False, **as_nobody,
            )  # fmt: skip

        try:
            done = build(folder)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(done.stderr.splitlines(), [
                f"warning: {folder}/secret: cannot be searched: Permission denied; skipped"])  # fmt: skip
            self.assertEqual(rows(out / "gym.sqlite"), self.expected)
            self.assertEqual(rejected(out / "gym.sqlite"), [])
            (out / "gym.sqlite").unlink()
            done = build(folder / "secret")
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertEqual(done.stderr, f"mmgym build-db: {folder}/secret: cannot be searched: "
                             "Permission denied\n")  # fmt: skip
            self.assertEqual(list(out.iterdir()), [])
        finally:
            (folder / "secret").chmod(0o700)

    def failing(self, path, error, *arguments):
        """Runs the program. Opening this path fails; `error` is an errno as in FAULT."""
        if not FAILING_CALLS:
            self.skipTest("the library is not built here")
        environment = {"LD_PRELOAD": FAILING_CALLS, "FAULT_FOLDER": str(path),
                       "FAULT": f"open 1 {error}"}  # fmt: skip
        return subprocess.run(MMGYM.command(*arguments), capture_output=True, text=True,
                              check=False, env={**os.environ, **environment})  # fmt: skip

    def test_a_machine_that_fails_for_a_moment_rejects_no_file(self):
        gym = self.folder / "moment.sqlite"
        for error in (errno.EIO, errno.ESTALE, errno.EMFILE, errno.ENOMEM, errno.EAGAIN):
            for path in (self.plain / "7cfn.cif.gz", self.plain):
                with self.subTest(error=errno.errorcode[error], path=path):
                    done = self.failing(path, f"{error}*2", "build-db", self.plain, "--db", gym)
                    self.assertEqual((done.returncode, done.stderr), (0, ""))
                    self.assertEqual(rows(gym), self.expected)
                    self.assertEqual(rejected(gym), [])
                    gym.unlink()

    def test_a_machine_that_keeps_failing_stops_the_run_which_can_be_repeated(self):
        gym = self.folder / "broken.sqlite"
        for command in (("build-db", self.plain, "--db", gym), ("fasta", self.plain)):
            for path in (self.plain / "7cfn.cif.gz", self.plain):
                with self.subTest(command=command[0], path=path):
                    done = self.failing(path, f"{errno.EIO}+", *command)
                    self.assertEqual(done.returncode, 1, done.stderr)
                    self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
                    self.assertRegex(done.stderr, f"^mmgym {command[0]}: {path}: cannot be "
                                     "(opened|searched): Input/output error$")  # fmt: skip
                    self.assertFalse(gym.exists())
        MMGYM.run("build-db", self.plain, "--db", gym)
        self.assertEqual(rows(gym), self.expected)
        self.assertEqual(rejected(gym), [])

    def test_a_file_without_permission_is_rejected(self):
        gym = self.folder / "forbidden.sqlite"
        path = self.plain / "7cfn.cif.gz"
        done = self.failing(path, f"{errno.EACCES}+", "build-db", self.plain, "--db", gym)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(
            rejected(gym), [(str(path), "read", "cannot be opened: Permission denied")]
        )


if __name__ == "__main__":
    MMGYM, SAMPLES = Program(sys.argv[1]), pathlib.Path(sys.argv[2])
    FAILING_CALLS = sys.argv[3] if len(sys.argv) > 3 else None
    unittest.main(argv=sys.argv[:1], verbosity=2)
