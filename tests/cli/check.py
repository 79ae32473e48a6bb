#!/usr/bin/env python3
"""Runs `mmgym check` on databases of the sample entries.

    check.py MMGYM DATA_SAMPLES
"""

import pathlib
import re
import sqlite3
import sys
import unittest

from program import FolderTest, Program, changed_copy


class Check(FolderTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gym = cls.folder / "gym.sqlite"
        MMGYM.run("build-db", SAMPLES, "--db", cls.gym)

    def changed(self, sql):
        return changed_copy(self.gym, self.folder / "changed.sqlite", sql)

    def query(self, gym, sql):
        database = sqlite3.connect(gym)
        (value,) = database.execute(sql).fetchone()
        database.close()
        return value

    def test_databases_of_the_sample_entries_are_correct(self):
        gym = self.changed("")
        content = gym.read_bytes()
        zones = self.query(gym, "SELECT count(*) FROM zone")
        for change in (
            (),
            ("split", gym, "--target", "train=8", "--target", "val=2"),
            ("curriculum", gym, self.folder / "curriculum.csv"),
        ):
            (self.folder / "curriculum.csv").write_text("1,1,0.25\n")
            if change:
                MMGYM.run(*change)
            done = MMGYM.run("check", gym)
            self.assertRegex(
                done.stdout,
                rf"^{re.escape(str(gym))}: correct: \d+ assemblies, {zones} zones, \d+ tiles with \d+ atoms$",
            )
            self.assertEqual(done.stderr, "")
            if not change:
                self.assertTrue(gym.read_bytes() == content)

    def test_options_of_build_db_make_correct_databases(self):
        for number, flags in enumerate((
            ("--keep-all",),
            ("--neighbor-count-threshold", 0),
            ("--neighbor-geometry", "cube faces", "--zone-size", 7.5),
            ("--atom-inclusion-radius", 20, "--nonspecific", "common"),
        )):  # fmt: skip
            with self.subTest(flags=flags):
                gym = self.folder / f"{number}.sqlite"
                MMGYM.run("build-db", SAMPLES / "1lcd.cif.gz", SAMPLES / "2xhe.cif.gz", *flags,
                          "--db", gym)  # fmt: skip
                self.assertIn(": correct: ", MMGYM.run("check", gym).stdout)

    def test_what_is_lost_is_counted(self):
        largest = self.query(
            self.gym, "SELECT assembly_id FROM atom_tile GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"
        )
        gym = self.changed(
            "UPDATE atom_tile SET drawing = substr(drawing, 1, 100)"
            f" WHERE assembly_id = {largest} AND rowid % 2"
        )
        lost = self.query(gym, "SELECT count(*) FROM atom_tile WHERE length(drawing) = 100")
        zones = self.query(gym, f"SELECT count(*) FROM zone WHERE assembly_id = {largest}")
        done = MMGYM.run("check", gym, status=1)
        self.assertIn(f"lost: {lost} of ", done.stdout)
        self.assertIn(f"; 1 of 4 assemblies, with {zones} of ", done.stdout)
        self.assertIn(f"... and {lost - 20} more like these", done.stdout)
        self.assertRegex(done.stdout, r"tile \(-?\d+, -?\d+, -?\d+\) of assembly \d+: an atom tile is cut")
        self.assertEqual(
            done.stderr,
            f"mmgym check: {gym}: {lost} problems; restore the file from a copy, or build it again\n",
        )

    def test_an_index_that_disagrees_with_its_table_is_found(self):
        gym = self.changed("")
        database = sqlite3.connect(gym)
        (root,) = database.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'zone_assembly_id'").fetchone()  # fmt: skip
        database.close()
        content = bytearray(gym.read_bytes())
        page = content[(root - 1) * 4096 : root * 4096]
        page[3:5] = (1).to_bytes(2, "big")  # all entries but the first are gone
        content[(root - 1) * 4096 : root * 4096] = page
        gym.write_bytes(content)
        self.assertIn("pages: ", MMGYM.run("check", gym, status=1).stdout)

    def test_what_is_no_database_is_refused(self):
        MMGYM.run("check", self.folder / "none.sqlite", status=1)
        MMGYM.run("check", self.folder, status=1)
        MMGYM.run("check", status=2)


if __name__ == "__main__":
    MMGYM, SAMPLES = Program(sys.argv[1]), pathlib.Path(sys.argv[2])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=2)
