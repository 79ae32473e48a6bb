#!/usr/bin/env python3
"""Damages a small database in many ways. Every command that reads it must end with one line that
names the file, in little time and memory.

    damaged_databases.py MMGYM DATA_SAMPLES
"""

import pathlib
import random
import shutil
import sqlite3
import sys
import unittest

from program import FolderTest, Program, changed_copy

FLIPS = 200
SMALL = ("--preset", "16A")


def metadata(key, value):
    return f"UPDATE metadata SET value = '{value}' WHERE key = '{key}'"


# Changes of rows, the commands that must notice, and what they say. `check` must notice all.
WRONG_VALUES = (
    ("UPDATE zone SET center_x_A = 9e999", "sample show export zone", "zone.center_x_A is Inf"),
    ("UPDATE zone SET center_y_A = 'NaN'", "sample show export zone info", "zone.center_y_A is a te"),
    ("UPDATE input SET census = 'x'", "merge", "input.census is not valid"),
    ("UPDATE input SET size = -1", "merge", "input.size is -1"),
    ("UPDATE zone SET center_z_A = 1e300", "sample show export zone info", "zone.center_z_A is 1.0e"),
    ("UPDATE zone SET center_z_A = x'01'", "sample show export zone info", "zone.center_z_A is a bl"),
    ("UPDATE zone SET assembly_id = 77", "sample show export zone", "has no assembly or structure"),
    ("UPDATE OR IGNORE zone_neighbor SET neighbor_id = 99; DELETE FROM zone_neighbor WHERE"
     " neighbor_id < 99", "sample show export", "the unknown neighbor 99"),
    ("UPDATE OR IGNORE zone_neighbor SET neighbor_id = -1; DELETE FROM zone_neighbor WHERE"
     " neighbor_id >= 0", "sample show export", "zone_neighbor.neighbor_id is -1"),
    ("UPDATE OR IGNORE zone_neighbor SET neighbor_id = 1 << 40; DELETE FROM zone_neighbor WHERE"
     " neighbor_id < 100", "sample show export", "zone_neighbor.neighbor_id is 1099511627776"),
    ("DELETE FROM zone_neighbor", "sample show export", "has no rows in the table zone_neighbor"),
    ("WITH RECURSIVE n (i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 6000)"
     " INSERT INTO neighbor SELECT i, 1, 2, 3 FROM n", "sample show export", "neighbor"),
    ("DELETE FROM neighbor", "", ""),
    ("UPDATE neighbor SET offset_x_A = 0, offset_y_A = 0, offset_z_A = 0", "sample show export",
     "neighbor 0 has no direction"),
    ("UPDATE neighbor SET offset_x_A = 9e999", "sample show export", "neighbor.offset_x_A is Inf"),
    ("UPDATE structure SET pdb_id = 'a' || char(10) || 'b'", "", ""),
    ("UPDATE structure SET pdb_id = printf('%.*c', 9000000, 'x')", "sample show export zone",
     "structure.pdb_id"),
    ("UPDATE structure SET pdb_id = x'ff'", "sample show export zone split", "structure.pdb_id"),
    ("UPDATE structure SET model_id = x'ff'", "sample show export zone", "structure.model_id"),
    ("UPDATE assembly SET pdb_id = char(27) || '[2J'", "", ""),
    ("UPDATE assembly SET atom_count = -1", "assembly", "assembly.atom_count is -1"),
    ("UPDATE assembly SET atom_count = 'many'", "assembly", "assembly.atom_count is a text"),
    ("UPDATE structure SET resolution_A = 'good'", "info quick", "structure.resolution_A is a text"),
    ("UPDATE structure SET rank = 'best'", "", ""),
    ("UPDATE rejected SET reason = x'00'", "info quick", "rejected.reason is a blob"),
    ("INSERT INTO split VALUES (1, hex(zeroblob(5000)))", "sample show export", "split.name"),
    ("INSERT INTO split VALUES (1, x'ff')", "sample show export", "split.name is a blob"),
    ("UPDATE structure SET split_id = 5", "", ""),
    ("INSERT INTO curriculum VALUES (1, 1, 'hard')", "", ""),
    ("INSERT INTO curriculum VALUES (99999, 1, 1)", "", ""),
    ("UPDATE atom_tile SET drawing = 'text'", "sample show export zone assembly info",
     "atom_tile.drawing is a text"),
    ("UPDATE atom_tile SET drawing = x''", "sample show export zone assembly info", "tile ("),
    ("UPDATE atom_tile SET drawing = x'01ffff'", "sample show export zone assembly info",
     "an atom tile is cut short"),
    ("UPDATE atom_tile SET drawing = CAST(drawing || x'00' AS BLOB)", "sample show export zone assembly info",
     "extra bytes"),
    ("UPDATE atom_annotation SET annotation = x'01ffff'", "export zone assembly info",
     "an atom tile is cut short"),
    ("UPDATE atom_annotation SET annotation = zeroblob(60000000)", "export zone assembly info",
     "layout unknown"),
    ("UPDATE atom_annotation SET annotation = zeroblob(70000000)", "export zone assembly info",
     "a row is too large"),
    ("UPDATE atom_tile SET x = 'far' WHERE rowid = 1;"
     " UPDATE atom_annotation SET x = 'far' WHERE rowid = 1", "assembly", "atom_tile.x is a text"),
    ("UPDATE atom_tile SET x = x + (1 << 40); UPDATE atom_annotation SET x = x + (1 << 40)",
     "assembly", "atom_tile.x is 10995"),
    (metadata("zone_size_A", "1e300"), "sample show export", "metadata 'zone_size_A'"),
    (metadata("zone_size_A", "NaN"), "sample show export", "metadata 'zone_size_A'"),
    (metadata("zone_size_A", "-10"), "sample show export", "metadata 'zone_size_A'"),
    (metadata("zone_size_A", "[" * 100000), "sample show export", "metadata 'zone_size_A'"),
    ("DELETE FROM metadata", "sample show export zone assembly info", "metadata has no '"),
    ("UPDATE metadata SET value = x'00'", "sample show export zone info quick",
     "metadata.value is a blob"),
    (metadata("density_check_radius_A", "20000"), "info", "'density_check_radius_A' is more than"),
    (metadata("polymer_labels", "[1]"), "export zone assembly info", "'polymer_labels' is not a list"),
    (metadata("polymer_labels", "[" * 100000), "export zone assembly info", "'polymer_labels' is no"),
    (metadata("nonbiological_residues", "{"), "info", "'nonbiological_residues' is not a list"),
    (metadata("database_id", "hello"), "sample show export", "'database_id' is not an id"),
)  # fmt: skip

ENDLESS = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i, i, i, i, i, i FROM n"
WRONG_SCHEMAS = (
    (f"DROP TABLE zone; CREATE VIEW zone (id, assembly_id, center_x_A, center_y_A, center_z_A) AS"
     f" {ENDLESS}", "view 'zone'"),
    ("ALTER TABLE metadata RENAME TO other; CREATE VIEW metadata AS SELECT * FROM other", "metadata"),
    (f"CREATE TRIGGER t BEFORE UPDATE ON structure BEGIN INSERT INTO rejected {ENDLESS}; END",
     "the trigger 't'"),
    ("CREATE INDEX i ON structure (hex(zeroblob(10000000)))", "the index 'i'"),
    ("CREATE VIRTUAL TABLE v USING fts3", "v"),
    ("DROP TABLE split", "it has no table split"),
    ("ALTER TABLE zone RENAME COLUMN center_x_A TO x", "the table 'zone'"),
    ("DROP TABLE zone; CREATE TABLE zone (id INTEGER PRIMARY KEY, assembly_id AS (1), center_x_A AS"
     " (hex(zeroblob(10000000))), center_y_A AS (1), center_z_A AS (1))", "the table 'zone'"),
)  # fmt: skip


class DamagedDatabases(FolderTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gym = cls.folder / "gym.sqlite"
        MMGYM.run("build-db", SAMPLES / "2xhe.cif.gz", SAMPLES / "1a8o.cif.gz", "--db", cls.gym)
        with sqlite3.connect(cls.gym) as database:
            assert database.execute("SELECT count(*) FROM rejected").fetchone()[0] > 0
        cls.zone_csv = cls.folder / "curriculum.csv"
        cls.zone_csv.write_text("zone_id,random_seed,difficulty\n1,1,0.5\n")

    def commands(self, gym):
        out = self.folder / "out"
        return {
            "info": ("info", gym),
            "quick": ("info", gym, "--quick", "--json"),
            "check": ("check", gym),
            "show": ("show", gym, "--out", self.folder / "view.png", "--montage", 3, "--force"),
            "sample": ("sample", gym, "--out", out, "--count", 10, "--split", "all", *SMALL),
            "export": ("export", gym, "--sample", 1, "--out", out, *SMALL),
            "zone": ("export", gym, "--zone", 1, "--out", out),
            "assembly": ("export", gym, "--assembly", "2xhe/1", "--out", out),
            "split": ("split", gym, "--target", "a=1", "--target", "b=1", "--by-entity-clusters"),
            "curriculum": ("curriculum", gym, self.zone_csv),
            "merge": ("merge", gym, "--db", self.folder / "merged.sqlite"),
        }  # fmt: skip

    def run_command(self, arguments):
        shutil.rmtree(self.folder / "out", ignore_errors=True)
        for path in self.folder.glob("merged.sqlite*"):
            path.unlink()
        return self.run_limited(MMGYM.command(*arguments, "--quiet", "--threads", 1))

    def changed(self, sql):
        return changed_copy(self.gym, self.folder / "changed.sqlite", sql)

    def test_the_undamaged_database_is_read(self):
        for name, command in self.commands(self.changed("")).items():
            with self.subTest(command=name):
                status, errors, output = self.run_command(command)
                self.assertEqual((status, errors), (0, ""))
                if name == "check":
                    self.assertIn(": correct: 1 assemblies, ", output)

    def test_wrong_values(self):
        for sql, names, message in WRONG_VALUES:
            gym = self.changed(sql)
            for name, command in self.commands(gym).items():
                if name == "merge" and "zeroblob" in sql:
                    continue  # it copies tiles of any size
                with self.subTest(sql=sql[:100], command=name):
                    status, errors, output = self.run_command(command)
                    if name == "check":
                        self.assertEqual(status, 1, output)
                        self.assertIn(f"{gym}: ", errors)
                        self.assertRegex(errors, r"\d+ problems?; restore the file")
                    elif name in names.split():
                        self.assertEqual(status, 1)
                        self.assertIn(str(gym), errors)
                        self.assertIn(message, errors)

    def test_wrong_schemas(self):
        for sql, message in WRONG_SCHEMAS:
            for name in self.commands(self.gym):
                gym = self.changed(sql)
                with self.subTest(sql=sql[:100], command=name):
                    status, errors, _ = self.run_command(self.commands(gym)[name])
                    self.assertEqual(status, 1)
                    self.assertIn(str(gym), errors)
                    self.assertIn(message, errors)

    def test_pages_in_a_circle(self):
        """The table `rejected` gets a root whose children are the root of a copy of itself."""
        gym = self.changed(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
            " INSERT INTO rejected SELECT 'path', i, NULL, 'read', 'reason', 0 FROM n"
        )
        with sqlite3.connect(gym) as database:
            (root,) = database.execute(
                "SELECT rootpage FROM sqlite_schema WHERE name = 'rejected'").fetchone()  # fmt: skip
            (size,) = database.execute("PRAGMA page_size").fetchone()
        content = bytearray(gym.read_bytes())
        start = (root - 1) * size
        self.assertEqual(content[start], 5)  # an inner page
        cells = int.from_bytes(content[start + 3 : start + 5], "big")
        child = None
        for i in range(cells):
            place = int.from_bytes(content[start + 12 + 2 * i : start + 14 + 2 * i], "big")
            child = child or content[start + place : start + place + 4]
            content[start + place : start + place + 4] = child
        # 15 levels of inner pages, all of whose children are the next level, and then one leaf.
        pages = len(content) // size
        levels = 15
        for level in range(levels):
            page = bytearray(content[start : start + size])
            next_page = pages + level + 2 if level + 1 < levels else int.from_bytes(child, "big")
            for i in range(cells):
                place = int.from_bytes(page[12 + 2 * i : 14 + 2 * i], "big")
                page[place : place + 4] = next_page.to_bytes(4, "big")
            page[8:12] = next_page.to_bytes(4, "big")
            content += page
        for i in range(cells):
            place = int.from_bytes(content[start + 12 + 2 * i : start + 14 + 2 * i], "big")
            content[start + place : start + place + 4] = (pages + 1).to_bytes(4, "big")
        content[start + 8 : start + 12] = (pages + 1).to_bytes(4, "big")
        content[28:32] = (len(content) // size).to_bytes(4, "big")
        gym.write_bytes(content)
        for name in ("info", "quick", "check"):
            with self.subTest(command=name):
                status, errors, output = self.run_command(self.commands(gym)[name])
                self.assertEqual(status, 1)
                self.assertIn(str(gym), errors)
                if name != "check":
                    self.assertIn("more rows than a file of this size can have", errors)

    def test_random_damage(self):
        """Changes bytes at random. Not all changes are noticed, but none does harm."""
        original = self.gym.read_bytes()
        generator = random.Random(7)
        found = []
        for turn in range(FLIPS):
            gym = self.folder / "changed.sqlite"
            content = bytearray(original)
            kind = generator.choice(("flip", "flip", "schema", "page", "zeros", "cut"))
            for _ in range(generator.choice((1, 10, 100))):
                page = generator.randrange(len(content) // 4096) * 4096
                if kind == "schema":
                    content[generator.randrange(4096)] = generator.randrange(256)
                elif kind == "flip":
                    # Half of the changes are in headers of pages.
                    place = page + generator.randrange(generator.choice((16, 4096)))
                    content[place] = generator.randrange(256)
            if kind == "page":
                other = generator.randrange(len(content) // 4096) * 4096
                content[page : page + 4096] = content[other : other + 4096]
            elif kind == "zeros":
                content[page : page + 4096] = bytes(4096)
            elif kind == "cut":
                del content[page:]
            gym.write_bytes(content)
            names = ["check", generator.choice([*self.commands(gym)])]
            for name in names:
                with self.subTest(turn=turn, kind=kind, command=name):
                    status, errors, _ = self.run_command(self.commands(gym)[name])
                    if status != 0:
                        self.assertIn(str(gym), errors)
                    if name == "check":
                        found.append(status)
        self.assertGreater(sum(found), FLIPS * 0.6)


if __name__ == "__main__":
    MMGYM, SAMPLES = Program(sys.argv[1]), pathlib.Path(sys.argv[2])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=2)
