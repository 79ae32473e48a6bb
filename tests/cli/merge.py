#!/usr/bin/env python3
"""Databases of parts are merged into the database of all inputs.

    merge.py MMGYM DATA_SAMPLES DERIVE_ENTRIES [ENTRIES [KILLS]]    (default: 150 entries, 4 kills)
"""

import gzip
import pathlib
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import unittest

from program import FolderTest, Program, changed_copy, derive_entries, table_rows

ENTRIES = 150
KILLS = 4
SOURCES = ("2xhe", "1cbs", "7cfn", "1a8o", "6wqa", "3jqh")


def comparable(gym):
    """Returns the rows of a database, without those that may differ after a merge: the reasons of
    rejections, and the order of rejections of the same input."""
    rows = table_rows(gym)
    with sqlite3.connect(f"file:{gym}?mode=ro", uri=True) as database:
        rows["rejected"] = sorted(database.execute(
            "SELECT path, pdb_id, coalesce(assembly_pdb_id, ''), stage FROM rejected"))  # fmt: skip
    return rows


class Merge(FolderTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.entries = cls.folder / "entries"
        sources = [SAMPLES / f"{entry}.cif.gz" for entry in SOURCES]
        derive_entries(DERIVE, cls.entries, ENTRIES, sources, family_size=4)
        for sample in SAMPLES.glob("*.gz"):
            if not sample.name.startswith("6zu5"):
                shutil.copy(sample, cls.entries)
        (cls.entries / "broken.cif").write_text("no CIF at all")
        (cls.entries / "empty.cif").write_text("")
        # Made-up ids, and the same entry twice.
        text = "data_model\n_entry.id model\n"
        shutil.copy(SAMPLES / "1cbs.cif.gz", cls.entries / "again.cif.gz")
        (cls.entries / "x1.cif").write_text(text)
        cls.files = sorted(path for path in cls.entries.rglob("*") if path.is_file())
        cls.whole = cls.folder / "whole.sqlite"
        MMGYM.run("build-db", cls.entries, "--db", cls.whole, "--threads", 2, "--quiet")
        cls.expected = comparable(cls.whole)
        assert len(cls.expected["zone"]) > 20, len(cls.expected["zone"])
        assert {row[3] for row in cls.expected["rejected"]} >= {"choice", "zones", "parse", "read"}

    def assert_same(self, gym, expected=None):
        found = comparable(gym)
        expected = expected or self.expected
        self.assertEqual(found.keys(), expected.keys())
        for table in expected:
            for mine, right in zip(found[table], expected[table]):
                self.assertEqual(mine, right, table)
            self.assertEqual(len(found[table]), len(expected[table]), table)

    def build(self, name, files, *flags):
        """Builds a database of a list of files."""
        listed = self.folder / f"{name}.txt"
        listed.write_text("".join(f"{file}\n" for file in files))
        gym = self.folder / f"{name}.sqlite"
        MMGYM.run("build-db", f"@{listed}", "--db", gym, "--threads", 2, "--quiet", *flags)
        return gym

    def merge(self, name, parts, *flags):
        gym = self.folder / f"{name}.sqlite"
        MMGYM.run("merge", *parts, "--db", gym, "--force", *flags)
        return gym

    def complete(self, name, gym, *flags):
        """Builds structures again of which a database lacks zones."""
        with sqlite3.connect(gym) as database:
            if database.execute("SELECT max(incomplete) FROM input").fetchone() == (0,):
                return gym
        rebuilt = self.build(f"{name}-rebuilt", self.files, "--rebuild", gym, "--force", *flags)
        return self.merge(f"{name}-complete", [gym, rebuilt], *flags)

    def test_parts_by_hash(self):
        for count in (2, 7, 50):
            with self.subTest(count=count):
                parts = []
                for k in range(count):
                    parts.append(self.folder / f"part-{k}-{count}.sqlite")
                    MMGYM.run("build-db", self.entries, "--part", f"{k}/{count}", "--db",
                              parts[-1], "--threads", 2, "--quiet")  # fmt: skip
                self.assert_same(self.merge("merged", parts))
                random.Random(count).shuffle(parts)
                self.assert_same(self.merge("merged", parts))
                # Parts of parts.
                middle = len(parts) // 2
                halves = [self.merge("left", parts[:middle]), self.merge("right", parts[middle:])]
                self.assert_same(self.merge("merged", halves))

    def test_random_partitions(self):
        choose = random.Random(1)
        for trial in range(3):
            with self.subTest(trial=trial):
                count = choose.randint(2, 6)
                lists = [[] for _ in range(count)]
                for file in self.files:
                    choose.choice(lists).append(file)
                parts = [
                    self.build(f"random-{trial}-{k}", files)
                    for k, files in enumerate(lists)
                    if any(file.name.endswith("cif.gz") for file in files)
                ]
                self.assert_same(self.merge("random", parts))

    def lists(self):
        """Makes clusters and a blacklist that matter. Returns their files."""
        choose = random.Random(2)
        with sqlite3.connect(self.whole) as database:
            names = [f"{entry}_{entity}" for entry, entity in database.execute(
                "SELECT structure.pdb_id, entity.pdb_id FROM entity JOIN structure ON "
                "structure.id = struct_id")]  # fmt: skip
        choose.shuffle(names)
        clusters = self.folder / "clusters.txt"
        clusters.write_text("".join(f"{' '.join(names[i : i + 3])}\n" for i in range(0, len(names), 3)))
        blacklist = self.folder / "blacklist.txt"
        blacklist.write_text(names[0].split("_")[0] + "\n")
        return clusters, blacklist

    def test_clusters_mean_the_same_as_for_build_db(self):
        flags = ("--clusters", self.lists()[0])
        expected = comparable(self.build("clustered", self.files, *flags))
        self.assertNotEqual(expected["zone"], self.expected["zone"])
        for name, of_parts in (("without", ()), ("with", flags)):
            parts = [self.build(f"{name}-{k}", self.files[k::3], *of_parts) for k in range(3)]
            self.assert_same(self.merge("clustered-merged", parts, *flags), expected)
        error = MMGYM.run("merge", *parts, "--db", self.folder / "no.sqlite", status=1).stderr
        self.assertIn("was built with --clusters; give the same files to merge", error)

    def test_exclusions_are_exact_after_rebuilding(self):
        clusters, blacklist = self.lists()
        all_zones = [self.build(f"excluded-{k}", self.files[k::2], "--keep-all") for k in range(2)]
        chosen = [self.build(f"chosen-{k}", self.files[k::2]) for k in range(2)]
        self.assert_same(self.merge("chosen-late", all_zones, "--choose"))
        for flags in (("--blacklist", blacklist), ("--max-resolution", 2.5),
                      ("--clusters", clusters, "--blacklist", blacklist)):  # fmt: skip
            with self.subTest(flags):
                expected = comparable(self.build("excluded", self.files, "--force", *flags))
                self.assertNotEqual(expected["zone"], self.expected["zone"])
                self.assert_same(self.merge("excluded-merged", all_zones, "--choose", *flags), expected)
                merged = self.complete("late", self.merge("late", chosen, *flags), *flags)
                self.assert_same(merged, expected)
        # Structures of a worse resolution are excluded in every part alike.
        flags = ("--max-resolution", 2.5)
        expected = comparable(self.build("resolved", self.files, *flags))
        parts = [self.build(f"resolved-{k}", self.files[k::2], *flags) for k in range(2)]
        self.assert_same(self.merge("resolved-merged", parts), expected)
        for given, more, message in (
            (parts, ("--max-resolution", 3), "--max-resolution can be at most that"),
            (parts, ("--choose",), "was not built with --keep-all"),
        ):
            error = MMGYM.run("merge", *given, "--db", self.folder / "no.sqlite", *more,
                              status=1).stderr  # fmt: skip
            self.assertIn(message, error)
        with_list = self.build("with-list", self.files[::2], "--blacklist", blacklist)
        error = MMGYM.run("merge", with_list, "--db", self.folder / "no.sqlite", status=1).stderr
        self.assertIn("was built with --blacklist; give the same files to merge", error)

    def test_the_newest_revision_of_an_entry_is_used(self):
        text = gzip.decompress((SAMPLES / "2xhe.cif.gz").read_bytes())
        for name, date, reason in (
            ("zz-newer", "2024-01-02", "a newer revision of 2xhe, of 2024-01-02, was read from"),
            ("zz-undated", None, "the same entry, 2xhe, was already read from"),
            ("aa-undated", None, "the same entry, 2xhe, was already read from"),
        ):
            with self.subTest(name):
                folder = self.folder / name
                folder.mkdir()
                more = f"_pdbx_audit_revision_history.revision_date {date}\n" if date else "# more\n"
                file = folder / "2xhe.cif.gz"
                file.write_bytes(gzip.compress(text + more.encode()))
                files = sorted([*self.files, file])
                expected = self.build("both", files, "--force")
                with sqlite3.connect(expected) as database:
                    rejected = database.execute(
                        "SELECT path, reason FROM rejected WHERE stage = 'read' AND reason LIKE ? || '%'",
                        [reason]).fetchall()  # fmt: skip
                self.assertEqual(len(rejected), 1)
                self.assertEqual(name in rejected[0][0], name == "zz-undated")
                parts = [self.build("before", self.files, "--force"), self.build("after", [file], "--force")]
                merged = self.merge("updated", parts)
                self.assert_same(self.complete("updated", merged), comparable(expected))

    def test_all_zones(self):
        expected = comparable(self.build("all", self.files, "--keep-all"))
        parts = [self.build(f"all-{k}", self.files[k::3], "--keep-all") for k in range(3)]
        self.assert_same(self.merge("all-merged", parts), expected)

    def test_a_killed_merge_goes_on(self):
        parts = [self.build(f"killed-{k}", self.files[k::4]) for k in range(4)]
        gym = self.folder / "killed.sqlite"
        command = MMGYM.command("merge", *parts, "--db", gym, "--quiet")
        started = time.monotonic()
        subprocess.run(command, check=True, capture_output=True)
        duration = time.monotonic() - started
        gym.unlink()
        choose = random.Random(3)
        kills = 0
        while not gym.exists():
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
            try:
                life = choose.uniform(0, duration) if kills < KILLS else None
                self.assertEqual(process.wait(timeout=life), 0)
            except subprocess.TimeoutExpired:
                process.send_signal(choose.choice((signal.SIGKILL, signal.SIGTERM)))
                process.wait()
                kills += 1
        self.assert_same(gym)

    def test_parts_that_do_not_fit(self):
        parts = [self.build(f"fit-{k}", self.files[k::2]) for k in range(2)]
        numbered = []
        for k in (0, 1):
            numbered.append(self.folder / f"numbered-{k}.sqlite")
            MMGYM.run("build-db", self.entries, "--part", f"{k}/3", "--db", numbered[-1], "--quiet")
        other = self.build("fit-other", self.files[:3], "--zone-size", "12", "--keep-all")
        old = changed_copy(parts[1], self.folder / "old.sqlite", "PRAGMA user_version = 3")
        damaged = changed_copy(parts[1], self.folder / "damaged.sqlite",
                               "UPDATE input SET census = '{' WHERE id = 1")  # fmt: skip
        unknown = changed_copy(parts[1], self.folder / "unknown.sqlite",
                               "UPDATE subchain SET pdb_id = 'Q' || pdb_id")  # fmt: skip
        unfinished = self.folder / "fit.sqlite.partial"
        unfinished.write_bytes(b"")
        cases = (
            ([parts[0], parts[0]], "is the same database as one given before"),
            ([parts[0], other], "was built with other parameters: keep_all is true there, false in"),
            ([parts[0], self.folder / "none.sqlite"], "no such file"),
            ([parts[0], old], "has schema version 3"),
            ([parts[0], unfinished], "not a gym database"),
            ([parts[0], damaged], "is damaged: input 1: input.census is not valid"),
            ([unknown], ", which its assembly does not have"),
        )
        for given, message in cases:
            with self.subTest(message):
                gym = self.folder / "no.sqlite"
                error = MMGYM.run("merge", *given, "--db", gym, status=1).stderr
                self.assertIn(message, error)
                self.assertEqual(len(error.splitlines()), 1, error)
                self.assertFalse(gym.exists())
                # Of a part that is found to be damaged late, the rest is kept.
                if given == [unknown]:
                    (self.folder / "no.sqlite.partial").unlink()
                self.assertEqual(list(self.folder.glob("no.*")), [])
        error = MMGYM.run("merge", *numbered, "--db", self.folder / "two.sqlite").stderr
        self.assertIn("1 of 3 parts are not merged yet: 2/3", error)
        error = MMGYM.run("merge", self.folder / "two.sqlite", numbered[0], "--db",
                          self.folder / "no.sqlite", status=1).stderr  # fmt: skip
        self.assertIn("contains part 0/3, which was given before", error)
        for text in ("3/3", "-1/3", "1", "a/b", "0/0"):
            error = MMGYM.run("build-db", self.entries, "--part", text, "--db",
                              self.folder / "no.sqlite", status=2).stderr  # fmt: skip
            self.assertIn("is not k/n", error)


if __name__ == "__main__":
    MMGYM, SAMPLES, DERIVE = Program(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
    ENTRIES = int(sys.argv[4]) if len(sys.argv) > 4 else ENTRIES
    KILLS = int(sys.argv[5]) if len(sys.argv) > 5 else KILLS
    unittest.main(argv=sys.argv[:1], verbosity=2)
