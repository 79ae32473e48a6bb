#!/usr/bin/env python3
"""Atoms far apart cost no more than their surroundings, and coordinates and operators that are out
of range are rejected.

    far_atoms.py MMGYM DATA_SAMPLES

The program runs with 1 GiB of address space.
"""

import gzip
import pathlib
import sqlite3
import subprocess
import sys
import unittest

from program import FolderTest, Program, limit_memory, read_stream

FAR = 99999
# Every grid point near an atom is a zone.
ANY_DENSITY = ("--density-check-min-atoms", 0, "--neighbor-count-threshold", 0)
ATOM_COLUMNS = (
    "group_PDB type_symbol label_atom_id label_comp_id label_asym_id label_entity_id label_seq_id "
    "Cartn_x Cartn_y Cartn_z occupancy B_iso_or_equiv auth_seq_id auth_asym_id"
).split()
IDENTITY = "1 0 0 0  0 1 0 0  0 0 1 0"


def operators(expression, matrices, subchains="A"):
    """Returns an assembly and operators "1", "2" and so on; a matrix has the columns of its rows."""
    text = (
        f"_pdbx_struct_assembly_gen.assembly_id 1\n"
        f"_pdbx_struct_assembly_gen.oper_expression '{expression}'\n"
        f"_pdbx_struct_assembly_gen.asym_id_list {subchains}\nloop_\n_pdbx_struct_oper_list.id\n"
    )
    for i in (1, 2, 3):
        text += "".join(f"_pdbx_struct_oper_list.matrix[{i}][{j}]\n" for j in (1, 2, 3))
        text += f"_pdbx_struct_oper_list.vector[{i}]\n"
    return text + "".join(f"{i} {matrix}\n" for i, matrix in enumerate(matrices, 1))


def entry(atoms, more=""):
    """Returns an entry of carbon atoms in one chain."""
    text = "data_0FAR\n_entry.id 0FAR\n_entity.id 1\n_entity.type polymer\n"
    text += "_entity_poly.entity_id 1\n_entity_poly.type 'polypeptide(L)'\n"
    text += "_entity_poly.pdbx_seq_one_letter_code A\n" + more + "loop_\n"
    text += "".join(f"_atom_site.{column}\n" for column in ATOM_COLUMNS)
    for i, (x, y, z) in enumerate(atoms, 1):
        text += f"ATOM C CA ALA A 1 {i} {x} {y} {z} 1 20 {i} A\n"
    return text


def with_operators(text, more):
    """Returns the entry, which has no loops of operators, with other operators."""
    replaced = ("_pdbx_struct_assembly", "_pdbx_struct_oper_list")
    kept = [line for line in text.splitlines() if not line.startswith(replaced)]
    return "\n".join([*kept, more])


class FarAtoms(FolderTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.number = 0

    def build(self, text, *flags, status=0, beside=()):
        """Builds a database of this entry, and returns its path and the entry's rows in `rejected`."""
        FarAtoms.number += 1
        path = self.folder / f"{self.number}.cif"
        path.write_text(text)
        database = path.with_suffix(".sqlite")
        done = subprocess.run(
            MMGYM.command("build-db", path, *beside, "--db", database, "--threads", 2, *flags),
            capture_output=True, text=True, check=False,
            preexec_fn=limit_memory,
        )  # fmt: skip
        self.assertEqual(done.returncode, status, done.stderr)
        if status:
            return done.stderr
        with sqlite3.connect(database) as connection:
            query = "SELECT stage, reason FROM rejected WHERE pdb_id <> '7cfn'"
            rejected = connection.execute(query).fetchall()
        return database, rejected

    def reason(self, text, stage, *flags):
        """Returns why the entry is rejected, beside a file that can be read."""
        beside = [SAMPLES / "7cfn.cif.gz"]
        _, ((found, reason),) = self.build(text, *flags, beside=beside)
        self.assertEqual(found, stage, reason)
        self.assertEqual(len(reason.splitlines()), 1)
        return reason

    def zones(self, database):
        with sqlite3.connect(database) as connection:
            query = "SELECT center_x_A, center_y_A, center_z_A FROM zone"
            return connection.execute(query).fetchall()

    def test_three_atoms_at_the_ends_of_the_coordinates(self):
        atoms = [(FAR, FAR, FAR), (-FAR, -FAR, FAR), (FAR, -FAR, -FAR)]
        self.assertIn("not dense enough", self.reason(entry(atoms), "zones"))
        database, rejected = self.build(entry(atoms), *ANY_DENSITY)
        self.assertEqual(rejected, [])
        zones = self.zones(database)
        self.assertLess(len(zones), 30)
        for zone in zones:
            distances = [sum((a - b) ** 2 for a, b in zip(zone, atom)) ** 0.5 for atom in atoms]
            self.assertLess(min(distances), 8.01)
        stream = MMGYM.stream("sample", database, "--out", "-", "--count", 2, "--task", "single")
        self.assertEqual(len(read_stream(stream)), 2)

    def test_two_copies_far_apart(self):
        text = gzip.decompress((SAMPLES / "1cbs.cif.gz").read_bytes()).decode()
        far = f"1 0 0 {FAR}  0 1 0 {-FAR}  0 0 1 {FAR}"
        flags = ("--keep-all", "--density-check-min-atoms", 10, "--neighbor-count-threshold", 0)
        database, rejected = self.build(
            with_operators(text, operators("1,2", [IDENTITY, far], "A,B")), *flags
        )
        self.assertEqual(rejected, [])
        one, other = [], []
        for x, y, z in self.zones(database):
            (other if x > 1000 else one).append((x, y, z))
        self.assertGreater(len(one), 5)
        self.assertGreater(len(other), 5)
        for x, y, z in other:
            self.assertLess(max(abs(x - FAR), abs(y + FAR), abs(z - FAR)), 200)

    def test_operators_that_are_not_rotations(self):
        atoms = [(1, 2, 3)]
        for matrix, reason in (
            ("1.1 0 0 0  0 1.1 0 0  0 0 1.1 0", "M*M^T differs from the identity by 0.21"),
            ("0 0 0 0  0 0 0 0  0 0 0 0", "M*M^T differs from the identity by 1,"),
            ("1 0.3 0 0  0 1 0 0  0 0 1 0", "M*M^T differs from the identity by 0.3"),
            ("-1 0 0 0  0 1 0 0  0 0 1 0", "its matrix mirrors (determinant -1)"),
            ("nan 0 0 0  0 1 0 0  0 0 1 0", "its matrix has a value that is not a number"),
            ("? 0 0 0  0 1 0 0  0 0 1 0", "its matrix has a value that is not a number"),
            ("inf 0 0 0  0 1 0 0  0 0 1 0", "its matrix has a value that is not a number"),
            ("1 0 0 -inf  0 1 0 0  0 0 1 0", "its matrix has a value that is not a number"),
            ("1 0 0 0  0 1e308 0 0  0 0 1 0", "M*M^T differs from the identity by inf"),
            ("1 0 0 0  0 1 0 1e308  0 0 1 0", "its shift is out of range"),
            ("1 0 0 0  0 1 0 0  0 0 1 100001", "its shift is out of range: 100001 A"),
        ):
            with self.subTest(matrix):
                text = entry(atoms, operators("1,2", [IDENTITY, matrix]))
                found = self.reason(text, "parse")
                self.assertIn("assembly 1: operator '2': its ", found)
                self.assertIn(reason, found)
                # The same operator, which no assembly uses.
                text = entry(atoms, operators("1", [IDENTITY, matrix]))
                self.assertEqual(self.build(text, *ANY_DENSITY)[1], [])
        rounded = "0.87 -0.5 0 0  0.5 0.87 0 0  0 0 1 0"
        text = entry(atoms, operators("1,2", [IDENTITY, rounded]))
        self.assertEqual(self.build(text, *ANY_DENSITY)[1], [])

    def test_a_product_of_many_operators(self):
        scaled = "1.02 0 0 0  0 1.02 0 0  0 0 1.02 0"
        text = entry([(1, 2, 3)], operators("(1)" * 50000, [scaled]))
        self.assertIn("a product of operators", self.reason(text, "parse"))

    def test_coordinates_out_of_range(self):
        for value in ("100001", "-1e6", "1e308", "-1e308", "1e999", "inf", "-inf"):
            for axis in range(3):
                with self.subTest(value=value, axis=axis):
                    atom = [0, 0, 0]
                    atom[axis] = value
                    text = entry([(1, 2, 3), atom])
                    name = f"row 2 of _atom_site: Cartn_{'xyz'[axis]} is '"
                    self.assertIn(name, self.reason(text, "parse"))

    def test_many_atoms_that_are_alone(self):
        # Each of their surroundings has 0.9 MB.
        atoms = [(i % 20 * 200, i // 20 % 20 * 200, i // 400 * 200) for i in range(4000)]
        reason = self.reason(entry(atoms), "zones")
        self.assertIn("too far apart: the densities around 4000 atoms", reason)

    def test_the_maximum_of_grid_points(self):
        # Not in a plane, in which the grid would be flat.
        atoms = [(0, 0, 0), (FAR, FAR, 0), (0, FAR, FAR), (FAR, 0, FAR)]
        reason = self.reason(entry(atoms), "zones", "--zone-size", 1, "--max-grid-points", 1000)
        self.assertIn("more than 1000 per atom (4 atoms)", reason)
        self.assertIn("--max-grid-points", reason)
        database, rejected = self.build(
            entry(atoms), "--zone-size", 1, "--max-grid-points", 1000000, *ANY_DENSITY
        )
        self.assertEqual(rejected, [])
        with sqlite3.connect(database) as connection:
            query = "SELECT value FROM metadata WHERE key = 'max_grid_points'"
            self.assertEqual(connection.execute(query).fetchall(), [("1000000",)])

    def test_lengths_from_which_a_search_would_not_end(self):
        for flag, value in (
            ("--zone-size", "1e-300"), ("--zone-size", "1e308"),
            ("--density-check-voxel-size", "1e-9"), ("--density-check-radius", "1e308"),
            ("--subchain-check-radius", "1e-300"), ("--neighbor-distance", "1e308"),
            ("--atom-inclusion-radius", "1e308"), ("--atom-inclusion-boundary-depth", "1e308"),
        ):  # fmt: skip
            error = self.build(entry([(0, 0, 0)]), flag, value, status=2)
            self.assertIn(f"{flag}: '{value}' is not a number from ", error)


if __name__ == "__main__":
    MMGYM, SAMPLES = Program(sys.argv[1]), pathlib.Path(sys.argv[2])
    # Sanitizers reserve more address space than there is memory.
    unittest.main(argv=sys.argv[:1], verbosity=2)
