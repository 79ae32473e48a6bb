#!/usr/bin/env python3
"""A file that would cost too much is refused with the limit and its flag, or done, in little memory.

    costly_files.py MMGYM DATA_SAMPLES
"""

import gzip
import pathlib
import shutil
import sqlite3
import struct
import subprocess
import sys
import unittest

from bad_files import FEW, USUAL, rejected, rows, synthetic_entry
from program import FolderTest, Program, limit_memory

MEMORY = 3 << 29  # of address space
HANGING_S = 600
LIMITS = {
    "max-text": "the file has more than 4000 MB of text",
    "max-data-blocks": "the file has more than 1000 data blocks",
    "max-entities": "the file has more than 10000 entities",
    "max-models": "the file has more than 50000 models",
    "max-subchains": "a model has more than 100000 subchains",
    "max-assemblies": "the file has more than 2000 assemblies",
    "max-operators": "the file has more than 200000 operators in its assemblies",
    "max-assembly-atoms": "assembly 1 has more than 50000000 atoms",
}
ENTRY = "data_{0}\n_entry.id {0}\n"
ATOMS = "loop_\n" + "".join(
    f"_atom_site.{column}\n"
    for column in "type_symbol label_comp_id label_asym_id Cartn_x Cartn_y Cartn_z "
    "pdbx_PDB_model_num".split()
)
GENERATORS = (
    "loop_\n_pdbx_struct_assembly_gen.assembly_id\n_pdbx_struct_assembly_gen.oper_expression\n"
    "_pdbx_struct_assembly_gen.asym_id_list\n"
)
OPERATOR = "_pdbx_struct_oper_list.id 1\n" + "".join(
    f"_pdbx_struct_oper_list.vector[{i}] 0\n"
    + "".join(f"_pdbx_struct_oper_list.matrix[{i}][{j}] {int(i == j)}\n" for j in (1, 2, 3))
    for i in (1, 2, 3)
)
ATOM = "C ALA A 1 2 3 1\n"


def zstd_of_zeros(size):
    """Returns a Zstandard frame that does not say its size: blocks of one repeated byte."""
    block = 1 << 17
    count = size // block
    frame = b"\x28\xb5\x2f\xfd\x00\x58"
    middle = struct.pack("<I", block << 3 | 1 << 1)[:3] + b"\0"
    last = struct.pack("<I", block << 3 | 1 << 1 | 1)[:3] + b"\0"
    return frame + middle * (count - 1) + last


def models(count):
    return ENTRY + ATOMS + "".join(f"C ALA A 1 2 3 {i}\n" for i in range(count))


def chains(count):
    return ENTRY + ATOMS + "".join(f"C ALA A{i} 1 2 3 1\n" for i in range(count))


def waters(count):
    return "".join(f"O HOH W{i} 1 2 3 1\n" for i in range(count))


def assemblies(generators, atoms=ATOM):
    """generators: assembly, expression and subchains of each."""
    rows_of = "".join(f"{name} '{operators}' '{ids}'\n" for name, operators, ids in generators)
    return ENTRY + GENERATORS + rows_of + OPERATOR + ATOMS + atoms


def entities(count):
    return (
        ENTRY + "loop_\n_entity.id\n_entity.type\n"
        + "".join(f"{i} polymer\n" for i in range(count)) + ATOMS + ATOM
    )  # fmt: skip


def blocks(count):
    return ENTRY + ATOMS + ATOM + "".join(f"data_{i}\n" for i in range(count - 1))


def repeated(count):
    return ",".join(["1"] * count)


def costly_files():
    """Yields a name, the content, and the flag of the limit that it exceeds; None if it exceeds
    none."""
    yield "zst_in_gz.cif.gz", gzip.compress(zstd_of_zeros(12 << 30)), "max-text"
    yield "zst.cif.zst", zstd_of_zeros(12 << 30), "max-text"
    yield "gz.cif.gz", gzip.compress(bytes(100_000_000)) * 41, "max-text"
    yield "blocks.cif", blocks(300_000), "max-data-blocks"
    yield "allowed_blocks.cif", blocks(1000), None
    yield "entities.cif", entities(300_000), "max-entities"
    yield "allowed_entities.cif", entities(10_000), None
    yield "models.cif", models(200_000), "max-models"
    yield "allowed_models.cif", models(50_000), None
    yield "chains.cif", chains(1_000_000), "max-subchains"
    yield "allowed_chains.cif", chains(100_000), None
    yield "assemblies.cif", assemblies((i, 1, "A") for i in range(200_000)), "max-assemblies"
    # Sets of subchains that overlap, so that a choice among them is hard.
    ids = [f"A{i}" for i in range(20_000)]
    overlapping = [(i, 1, ",".join(ids[i * 7 % 20_000 :: 997])) for i in range(2000)]
    yield "allowed_assemblies.cif", assemblies(
        overlapping, "".join(f"C ALA {id} 1 2 3 1\n" for id in ids)
    ), None
    yield "rows.cif", assemblies((1, 1, "A") for _ in range(199_000)), None
    for i, expression in enumerate((
        "(1-1000000)(1-1000000)", "0-4294967295", repeated(200_001), "(1)" * 200_001,
        f"({repeated(500)})({repeated(500)})", "(0-4294967295)" * 8,
    )):  # fmt: skip
        yield f"operators_{i}.cif", assemblies([(1, expression, "A")]), "max-operators"
    # 2000 assemblies that write out 100,000 operators each.
    product = f"({repeated(400)})({repeated(250)})"
    yield "products.cif", assemblies((i, product, "A") for i in range(2000)), "max-operators"
    atoms = "".join(f"C ALA A {i} 2 3 1\n" for i in range(1000))
    yield "atoms.cif", assemblies([(1, repeated(200_000), "A")], atoms), "max-assembly-atoms"
    ids = "A," + ",".join(f"W{i}" for i in range(90_000))
    yield "waters.cif", assemblies([(1, repeated(200_000), ids)], ATOM + waters(90_000)), None


class CostlyFiles(FolderTest):
    @staticmethod
    def build(database, inputs, *flags, memory=None):
        command = MMGYM.command(
            "build-db", *inputs, "--db", database, "--density-check-min-atoms", 10,
            "--neighbor-count-threshold", 0, "--force", "--threads", 1, *flags,
        )  # fmt: skip
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=HANGING_S,
            preexec_fn=memory,
        )  # fmt: skip
        assert done.returncode == 0, (done.returncode, done.stdout, done.stderr[-2000:])
        return done

    def test_each_costly_file_is_refused_or_done(self):
        place = self.folder / "costly"
        place.mkdir()
        expected = {}
        for name, content, flag in costly_files():
            if isinstance(content, str):
                content = content.format(name.split(".")[0]).encode()
            (place / name).write_bytes(content)
            expected[str(place / name)] = flag and f"{LIMITS[flag]}; --{flag} allows more"
        good = place / "2xhe.cif.gz"
        shutil.copy(SAMPLES / good.name, good)
        self.build(self.folder / "good.sqlite", [good])
        self.build(self.folder / "gym.sqlite", [place], memory=lambda: limit_memory(MEMORY))
        # Three atoms have no zones, so that a file that is done is rejected too.
        reasons = {row[0]: row for row in rejected(self.folder / "gym.sqlite")}
        for path, reason in expected.items():
            with self.subTest(path):
                found = reasons[path]
                if reason is not None:
                    self.assertEqual(found[4], reason)
                else:
                    self.assertIn(found[3], ("zones", "choice"))
        found, usual = rows(self.folder / "gym.sqlite"), rows(self.folder / "good.sqlite")
        for table in ("assembly", "zone", "subchain", "atom_tile"):
            self.assertEqual(found[table], usual[table], table)

    def test_a_flag_raises_its_limit(self):
        text = synthetic_entry("0BIG", [("A", 1, *USUAL), ("B", 2, *USUAL)], ["A", "B"])
        small = self.folder / "0few.cif"  # below all limits, so that there is a database
        small.write_text(synthetic_entry("0FEW", [("A", 1, *FEW)], ["A"]))
        with_models = text.replace(
            "_atom_site.auth_asym_id\n", "_atom_site.auth_asym_id\n_atom_site.pdbx_PDB_model_num\n"
        )
        head, *atoms = with_models.split("ATOM ")
        atoms = [f"ATOM {row.strip()} {model}\n" for model in (1, 2) for row in atoms]
        for flag, content, too_low, enough in (
            ("max-text", text + "#" * 1_500_000 + "\n", 1, 2),
            ("max-data-blocks", text + "data_second\n", 1, 2),
            ("max-entities", text, 1, 2),
            ("max-models", head + "".join(atoms), 1, 2),
            ("max-subchains", text, 1, 2),
            ("max-assemblies", text, 1, 2),
            ("max-operators", text, 1, 2),
            ("max-assembly-atoms", text, 599, 600),
        ):
            with self.subTest(flag):
                path, database = self.folder / "0big.cif", self.folder / f"{flag}.sqlite"
                path.write_text(content)
                self.build(database, [path, small], f"--{flag}", too_low)
                reasons = [row[4] for row in rejected(database) if row[0] == str(path)]
                self.assertTrue(reasons)
                for reason in reasons:
                    self.assertIn(f"--{flag} allows more", reason)
                self.build(database, [path, small], f"--{flag}", enough)
                self.assertEqual([row for row in rejected(database) if row[0] == str(path)], [])

    def test_fasta_has_the_same_limits(self):
        path = self.folder / "0two.cif"
        path.write_text(synthetic_entry("0TWO", [("A", 1, *USUAL), ("B", 2, *USUAL)], ["A,B"]))
        done = MMGYM.run("fasta", path, "--max-entities", 1, status=1)
        self.assertIn("more than 1 entities; --max-entities allows more", done.stderr)
        self.assertEqual(MMGYM.run("fasta", path, "--max-entities", 2).stdout.count(">"), 2)

    def test_limits_are_stored_but_do_not_identify_a_database(self):
        metadata = []
        for limit in (1000, 2000):
            database = self.folder / f"limit-{limit}.sqlite"
            self.build(database, [SAMPLES / "2xhe.cif.gz"], "--max-models", limit)
            with sqlite3.connect(database) as connection:
                metadata.append(dict(connection.execute("SELECT key, value FROM metadata")))
            self.assertIn(f'"max_models":{limit}', metadata[-1].pop("input_limits"))
        self.assertEqual(*metadata)


if __name__ == "__main__":
    MMGYM, SAMPLES = Program(sys.argv[1]), pathlib.Path(sys.argv[2])
    unittest.main(argv=sys.argv[:1], verbosity=2)
