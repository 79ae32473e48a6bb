#!/usr/bin/env python3
"""A file that cannot be used is rejected with a reason, and changes nothing for the other files.

    bad_files.py MMGYM DATA_SAMPLES
"""

import gzip
import pathlib
import random
import sqlite3
import sys
import tempfile
import unittest

from program import FolderTest, Program, table_rows

ATOM_COLUMNS = (
    "group_PDB id type_symbol label_atom_id label_alt_id label_comp_id label_asym_id "
    "label_entity_id label_seq_id Cartn_x Cartn_y Cartn_z occupancy B_iso_or_equiv auth_seq_id "
    "auth_asym_id"
).split()
# Metadata that depends on the names of the inputs.
NOT_COMPARED = ("inputs_md5", "database_id")
# A tile counts its atoms with 16 bits.
TOO_MANY = 70_000


def rows(path):
    """Returns all tables but `rejected` and `input`."""
    found = table_rows(path)
    del found["rejected"], found["input"]
    found["metadata"] = [row for row in found["metadata"] if row[0] not in NOT_COMPARED]
    found["sqlite_stat1"] = [row for row in found["sqlite_stat1"] if row[0] not in ("rejected", "input")]
    return found


def rejected(path):
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        return database.execute("SELECT * FROM rejected").fetchall()


def sample_text(entry):
    return gzip.decompress((SAMPLES / f"{entry}.cif.gz").read_bytes()).decode()


def with_atom_value(text, column, value):
    """Returns the text with another value in a column of the first row of _atom_site."""
    lines = text.splitlines()
    columns = [line.strip().split(".")[1] for line in lines if line.startswith("_atom_site.")]
    first = next(i for i, line in enumerate(lines) if line.startswith("ATOM "))
    values = lines[first].split()
    values[columns.index(column)] = value
    lines[first] = " ".join(values)
    return "\n".join(lines) + "\n"


def cube(subchain, entity, corner_A, count, occupancy):
    """Returns rows of atoms at random places in a cube of 24 A."""
    choose = random.Random(subchain)
    for i in range(count):
        x, y, z = (choose.uniform(0.1, 23.9) for _ in range(3))
        yield (
            f"ATOM {i} C CA . ALA {subchain} {entity} {i // 10 + 1} "
            f"{corner_A + x:.3f} {y:.3f} {z:.3f} {occupancy} 20 {i // 10 + 1} {subchain}\n"
        )


def synthetic_entry(pdb_id, cubes, assemblies):
    """Returns an entry of cubes of atoms, 240 A apart. cubes: subchain, entity, number of atoms and
    occupancy of each. assemblies: the subchains of each."""
    entities = sorted({entity for _, entity, _, _ in cubes})
    text = f"data_{pdb_id}\n_entry.id {pdb_id}\nloop_\n_entity.id\n_entity.type\n"
    text += "".join(f"{entity} polymer\n" for entity in entities)
    text += "loop_\n_entity_poly.entity_id\n_entity_poly.type\n"
    text += "_entity_poly.pdbx_seq_one_letter_code\n"
    text += "".join(f"{entity} 'polypeptide(L)' {'AG' * entity}\n" for entity in entities)
    text += (
        "loop_\n_pdbx_struct_assembly_gen.assembly_id\n_pdbx_struct_assembly_gen.oper_expression\n"
        "_pdbx_struct_assembly_gen.asym_id_list\n"
    )
    text += "".join(f"{i + 1} 1 {subchains}\n" for i, subchains in enumerate(assemblies))
    text += "_pdbx_struct_oper_list.id 1\n"
    for i in (1, 2, 3):
        text += f"_pdbx_struct_oper_list.vector[{i}] 0\n"
        text += "".join(
            f"_pdbx_struct_oper_list.matrix[{i}][{j}] {int(i == j)}\n" for j in (1, 2, 3)
        )
    text += "loop_\n" + "".join(f"_atom_site.{column}\n" for column in ATOM_COLUMNS)
    for i, (subchain, entity, count, occupancy) in enumerate(cubes):
        text += "".join(cube(subchain, entity, 240 * i, count, occupancy))
    return text


# Atoms and occupancies of cubes: with zones, with zones that cannot be stored, without zones.
USUAL = (600, 1.0)
DENSE = (TOO_MANY, 0.009)
FEW = (5, 1.0)


class BadFiles(FolderTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.good = [SAMPLES / f"{entry}.cif.gz" for entry in ("2xhe", "7cfn")]
        cls.build(cls.folder / "good.sqlite", cls.good)
        cls.expected = rows(cls.folder / "good.sqlite")
        cls.expected_rejected = rejected(cls.folder / "good.sqlite")
        assert len(cls.expected["structure"]) == 2

    @staticmethod
    def build(database, inputs, *flags):
        return MMGYM.run(
            "build-db", *inputs, "--db", database, "--density-check-min-atoms", 10,
            "--neighbor-count-threshold", 0, "--force", *flags,
        )  # fmt: skip

    def reasons(self, text, before_good=False):
        """Builds the good files and a bad file on one and two threads. Returns the rows of the bad
        file in `rejected`: assembly, stage and reason."""
        place = pathlib.Path(tempfile.mkdtemp(dir=self.folder))
        bad, self.database = place / "0bad.cif", place / "gym.sqlite"
        bad.write_text(text)
        found = []
        for threads in (1, 2):
            inputs = [bad, *self.good] if before_good else [*self.good, bad]
            done = self.build(self.database, inputs, "--threads", threads)
            all_rejected = rejected(self.database)
            of_bad = [row for row in all_rejected if row[0] == str(bad)]
            others = [row for row in all_rejected if row[0] != str(bad)]
            self.assertEqual(others, self.expected_rejected)
            self.assertIn(f" {len(of_bad) + len(others)} rejected\n", done.stdout)
            self.assertEqual({row[1] for row in of_bad}, {"0bad"})
            found.append([row[2:5] for row in of_bad])
        self.assertEqual(found[0], found[1])
        return found[0]

    def assert_only_good(self):
        self.assertEqual(rows(self.database), self.expected)

    def test_an_entity_that_is_listed_twice(self):
        text = sample_text("2xhe")
        entity = "1 polymer UNC18 71997.641 1\n"
        self.assertIn(entity, text)
        repeated = self.folder / "repeated.cif"
        repeated.write_text(text.replace(entity, entity + entity))
        self.database = self.folder / "repeated.sqlite"
        self.build(self.database, [repeated, self.good[1]])
        self.assertEqual(rejected(self.database), self.expected_rejected)
        self.assert_only_good()

    def test_names_that_are_too_long(self):
        text = sample_text("2xhe").replace("2XHE", "0BAD")
        for column in ("label_comp_id", "auth_asym_id", "label_asym_id"):
            with self.subTest(column):
                reasons = self.reasons(with_atom_value(text, column, "X" * 300), before_good=True)
                too_long = f"{column} has 300 bytes; at most 255 can be stored"
                self.assertEqual(reasons, [(None, "parse", f"row 1 of _atom_site: {too_long}")])
                self.assert_only_good()

    def test_a_name_that_is_too_long_in_two_assemblies(self):
        subchains = [("A", 1, *USUAL), ("B", 2, *USUAL), ("C", 1, *USUAL), ("D", 3, *FEW)]
        text = synthetic_entry("0BAD", subchains, ["A,B", "C,D"])
        text = text.replace(" CA ", f" {'X' * 300} ")
        ((_, stage, reason),) = self.reasons(text)
        self.assertEqual(stage, "parse")
        self.assertIn("label_atom_id has 300 bytes", reason)
        self.assert_only_good()

    def test_too_many_atoms_in_a_cube(self):
        reasons = self.reasons(synthetic_entry("0BAD", [("A", 1, *DENSE)], ["A"]))
        too_many = f"{TOO_MANY} atoms in one cube of 24 A; at most 65535 can be stored"
        self.assertEqual(reasons, [("1", "write", too_many)])
        self.assert_only_good()

    def test_too_many_atoms_in_a_cube_of_each_assembly(self):
        # Assembly 2 has new zones only because those of assembly 1 cannot be stored.
        subchains = [("A", 1, *DENSE), ("B", 2, *USUAL), ("C", 1, *DENSE), ("D", 3, *FEW)]
        reasons = self.reasons(synthetic_entry("0BAD", subchains, ["A,B", "C,D"]))
        self.assertEqual([row[:2] for row in reasons], [("1", "write"), ("2", "write")])
        self.assert_only_good()

    def test_an_assembly_after_one_that_cannot_be_stored_is_kept(self):
        subchains = [("A", 1, *USUAL), ("B", 2, *DENSE), ("C", 1, *USUAL)]
        text = synthetic_entry("0BAD", subchains, ["A,B", "C"])
        ((assembly, stage, reason),) = self.reasons(text)
        self.assertEqual((assembly, stage), ("1", "write"))
        self.assertIn("atoms in one cube", reason)
        with sqlite3.connect(self.database) as database:
            assemblies = database.execute(
                "SELECT assembly.pdb_id, count(DISTINCT zone.id) > 0 FROM assembly "
                "JOIN structure ON structure.id = struct_id JOIN zone ON assembly_id = assembly.id "
                "WHERE structure.pdb_id = '0bad' GROUP BY 1"
            ).fetchall()
        self.assertEqual(assemblies, [("2", 1)])
        found = rows(self.database)
        for table in ("structure", "entity", "assembly", "zone", "subchain", "atom_tile"):
            usual = self.expected[table]
            self.assertEqual(found[table][: len(usual)], usual, table)


if __name__ == "__main__":
    MMGYM, SAMPLES = Program(sys.argv[1]), pathlib.Path(sys.argv[2])
    unittest.main(argv=sys.argv[:1], verbosity=2)
