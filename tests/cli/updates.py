#!/usr/bin/env python3
"""A database grows by weekly updates: new, revised and removed entries.

    updates.py MMGYM DATA_SAMPLES DERIVE_ENTRIES [WEEKS [NEW]]    (default: 10 weeks, 12 new entries)
"""

import contextlib
import gzip
import json
import pathlib
import random
import re
import sqlite3
import subprocess
import sys
import unittest

from program import FolderTest, Program, derive_entries, table_rows

WEEKS = 10
NEW = 12  # entries in a week; a third as many are revised, a sixth are removed
SOURCES = ("2xhe", "1cbs", "7cfn", "1a8o", "6wqa", "3jqh")
TABLES_OF_SPLITS = {"split", "split_cluster", "former_polymer"}


def read(gym, query):
    with contextlib.closing(sqlite3.connect(f"file:{gym}?mode=ro", uri=True)) as database:
        return database.execute(query).fetchall()


def rows_without_splits(gym):
    """Returns the rows of a database, without splits, its id, and reasons of rejections."""
    rows = table_rows(gym)
    for table in TABLES_OF_SPLITS:
        del rows[table]
    rows["structure"] = [(*row[:2], *row[3:]) for row in rows["structure"]]
    rows["rejected"] = sorted(row[:4] for row in rows["rejected"])
    rows["metadata"] = [row for row in rows["metadata"] if row[0] not in ("database_id", "split_options")]
    del rows["sqlite_stat1"]
    return rows


def zones(gym):
    """Returns the zones of each structure."""
    found = {}
    for pdb_id, *zone in read(gym, (
        "SELECT structure.pdb_id, assembly.pdb_id, center_x_A, center_y_A, center_z_A FROM zone "
        "JOIN assembly ON assembly.id = assembly_id JOIN structure ON structure.id = struct_id"
    )):  # fmt: skip
        found.setdefault(pdb_id, set()).add(tuple(zone))
    return found


def splits(gym):
    return dict(read(gym, "SELECT pdb_id, name FROM structure LEFT JOIN split ON split.id = split_id"))


def polymers(gym):
    """Returns the contents of the polymers of each structure."""
    found = {}
    for pdb_id, census in read(gym, "SELECT pdb_id, census FROM structure JOIN input ON input.id = input_id"):
        for _, kind, content in json.loads(census)["entities"]:
            if kind:
                found.setdefault(pdb_id, set()).add(content)
    return found


class Archive:
    """A folder of entries that changes every week, as a mirror of the PDB does."""

    def __init__(self, folder, pool):
        self.folder = folder
        self.folder.mkdir()
        self.pool = pool  # entries that can be added
        self.texts = {path.name: gzip.decompress(path.read_bytes()).decode() for path in pool}
        self.choose = random.Random(4)
        self.removed = []

    def write(self, name, text, date):
        """Writes an entry of a random resolution, so that new entries have any rank."""
        resolution = f"{self.choose.uniform(1, 3.5):.2f}"
        text = re.sub(r"(?m)^(_refine\.ls_d_res_high\s+)\S+", rf"\g<1>{resolution}", text)
        text += f"_pdbx_audit_revision_history.revision_date {date}\n"
        path = self.folder / name
        path.write_bytes(gzip.compress(text.encode(), 1, mtime=0))
        return path

    def revised(self, path):
        """Returns the text of an entry, or that of another entry under its id."""
        name = path.name.split(".")[0]
        source = self.choose.choice([path, *self.pool]) if self.choose.random() < 0.5 else path
        other = source.name.split(".")[0]
        return self.texts[source.name].replace(f"data_{other.upper()}", f"data_{name.upper()}").replace(
            f"_entry.id {other.upper()}", f"_entry.id {name.upper()}"
        )

    def week(self, number, with_zones=()):
        """Adds, revises and removes entries. Returns the files of the week's part. Half of the
        changes are of structures with zones, which matter most."""
        date = f"{2000 + number}-01-01"
        files = []
        there = sorted(self.folder.glob("*.gz"))
        important = [path for path in there if path.name.split(".")[0] in with_zones]
        count = min(len(there), NEW // 3 + NEW // 6)
        changed = self.choose.sample(important, min(len(important), count // 2))
        changed += self.choose.sample([path for path in there if path not in changed], count - len(changed))
        self.choose.shuffle(changed)
        for path in changed[: NEW // 6]:
            path.unlink()
            self.removed.append(path.name.split(".")[0])
        for path in changed[NEW // 6 :]:
            files.append(self.write(path.name, self.revised(path), date))
        for source in [self.pool.pop() for _ in range(min(NEW, len(self.pool)))]:
            files.append(self.write(source.name, self.texts[source.name], date))
        return files


class Updates(FolderTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        sources = [SAMPLES / f"{entry}.cif.gz" for entry in SOURCES]
        derive_entries(DERIVE, cls.folder / "pool", WEEKS * NEW, sources, family_size=4)

    def build(self, name, inputs, *flags):
        listed = self.folder / f"{name}.txt"
        listed.write_text("".join(f"{file}\n" for file in inputs))
        gym = self.folder / f"{name}.sqlite"
        MMGYM.run("build-db", f"@{listed}", "--db", gym, "--force", "--quiet", "--threads", 2, *flags)
        return gym

    def merge(self, name, *arguments):
        """Merges databases. The first attempt is killed."""
        gym = self.folder / f"{name}.sqlite"
        gym.unlink(missing_ok=True)
        process = subprocess.Popen(MMGYM.command("merge", *arguments, "--db", gym, "--quiet"),
                                   stdout=subprocess.DEVNULL)  # fmt: skip
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(random.uniform(0, 0.05))
        process.kill()
        process.wait()
        result = MMGYM.run("merge", *arguments, "--db", gym, "--force")
        return gym, result.stdout + result.stderr

    def assert_same(self, gym, expected):
        found, right = rows_without_splits(gym), rows_without_splits(expected)
        for table in right:
            self.assertEqual(found[table], right[table], table)

    def check_splits(self, before, after, message):
        """Structures keep their splits, and all others have one: the one that a structure with the
        same polymer has or had, now or in any earlier week, if there was one."""
        earlier, now = splits(before), splits(after)
        for pdb_id in earlier.keys() & now.keys():
            self.assertEqual(now[pdb_id], earlier[pdb_id], pdb_id)
        self.assertNotIn(None, now.values())
        tied = "clusters in several splits" in message
        self.tied_weeks += tied
        for pdb_id, contents in polymers(after).items():
            known = set().union(*(self.splits_of.get(content, ()) for content in contents))
            if pdb_id not in earlier and known and not tied:
                self.assertEqual({now[pdb_id]}, known, pdb_id)
                self.joined += 1
            for content in contents:
                self.splits_of.setdefault(content, set()).add(now[pdb_id])

    def test_files_with_the_same_path_in_different_folders(self):
        """Relative paths can be the same. Files are the same if their ids are."""
        text = gzip.decompress((SAMPLES / "2xhe.cif.gz").read_bytes()).decode()
        generic = text.replace("data_2XHE", "data_model").replace("_entry.id 2XHE", "_entry.id model")
        other = gzip.decompress((SAMPLES / "7cfn.cif.gz").read_bytes()).decode()
        for name, texts, ids in (
            ("other ids", (text, other), {"2xhe", "7cfn"}),
            ("no ids", (generic, generic + "# more\n"), {"model", "model-2"}),
            ("one id", (text, text + "# more\n"), {"2xhe"}),
        ):
            with self.subTest(name):
                parts = []
                for number, content in enumerate(texts):
                    folder = self.folder / f"{name} {number}"
                    folder.mkdir()
                    (folder / "model.cif").write_text(content)
                    parts.append(folder / "part.sqlite")
                    subprocess.run(MMGYM.command("build-db", "model.cif", "--db", "part.sqlite",
                                                 "--keep-all", "--quiet"),
                                   cwd=folder, check=True, capture_output=True)  # fmt: skip
                merged, _ = self.merge("same-paths", *parts)
                self.assertEqual(zones(merged).keys(), ids)

    def test_a_list_of_entries_to_remove(self):
        gym = self.build("some", sorted((self.folder / "pool").rglob("*.gz"))[:3])
        unknown = self.folder / "unknown.txt"
        unknown.write_text("9xyz\n")
        same, message = self.merge("same", gym, "--remove", unknown)
        self.assertIn("none of these structures is in the parts", message)
        self.assert_same(same, gym)
        unknown.write_text("two words\n")
        error = MMGYM.run("merge", gym, "--db", self.folder / "no.sqlite", "--remove", unknown,
                          status=1).stderr  # fmt: skip
        self.assertIn("unknown.txt, line 1", error)
        self.assertEqual(list(self.folder.glob("no.*")), [])

    def test_a_year_of_updates(self):
        archive = Archive(self.folder / "archive", sorted((self.folder / "pool").rglob("*.gz")))
        archive.choose.shuffle(archive.pool)
        obsolete = self.folder / "obsolete.txt"
        gym = self.build("base", archive.week(0))
        everything = self.build("all", sorted(archive.folder.iterdir()), "--keep-all")
        MMGYM.run("split", gym, "--target", "train=3", "--target", "val=1", "--by-entity-clusters")
        self.joined = self.tied_weeks = incomplete_weeks = 0
        self.splits_of = {}  # of each polymer
        self.check_splits(gym, gym, "")
        for week in range(1, WEEKS):
            files = archive.week(week, zones(gym))
            obsolete.write_text("".join(f"{name}\n" for name in archive.removed))
            remove = ["--remove", obsolete] if archive.removed else []
            part = self.build("week", files)
            parts = archive.choose.sample([gym, part], 2)  # their order does not matter
            new, message = self.merge(f"new-{week % 2}", *parts, *remove)
            self.check_splits(gym, new, message)
            every_part = self.build("week-all", files, "--keep-all")
            everything, _ = self.merge(f"all-{week % 2}", everything, every_part, *remove)
            gym = new
            incomplete = {name for (name,) in read(
                gym, "SELECT json_extract(census, '$.id') FROM input WHERE incomplete")}  # fmt: skip
            self.assertEqual(bool(incomplete), "may lack zones" in message, message)
            incomplete_weeks += bool(incomplete)
            if week % 3 and week < WEEKS - 1:
                continue
            # Only structures that are named lack zones.
            live = self.build("live", sorted(archive.folder.iterdir()))
            found = zones(gym)
            for pdb_id, expected in zones(live).items():
                if not expected <= found.get(pdb_id, set()):
                    self.assertIn(pdb_id, incomplete)
            # Built again, they have them.
            if incomplete:
                rebuilt = self.build("rebuilt", [archive.folder], "--rebuild", gym)
                complete, message = self.merge("complete", *archive.choose.sample([gym, rebuilt], 2))
                self.check_splits(gym, complete, message)
                self.assertNotIn("may lack zones", message)
            else:
                complete = gym
            self.assert_same(complete, live)
            # Without choice, nothing is missing.
            chosen, _ = self.merge("chosen", everything, "--choose")
            self.assert_same(chosen, live)
            if week % 2:
                gym = complete.rename(self.folder / f"kept-{week}.sqlite")
        self.assertGreater(incomplete_weeks, 0)
        self.assertGreater(self.joined, 0)
        print(f"{WEEKS} weeks, {len(zones(gym))} structures with zones of "
              f"{len(list(archive.folder.iterdir()))} entries, {incomplete_weeks} weeks with "
              f"incomplete structures, {self.joined} new structures in a known split, "
              f"{self.tied_weeks} weeks with ties")  # fmt: skip


if __name__ == "__main__":
    MMGYM, SAMPLES, DERIVE = Program(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
    WEEKS = int(sys.argv[4]) if len(sys.argv) > 4 else WEEKS
    NEW = int(sys.argv[5]) if len(sys.argv) > 5 else NEW
    unittest.main(argv=sys.argv[:1], verbosity=2)
