#!/usr/bin/env python3
"""Runs info, show, export and profile as a user would, on a database of three sample entries.

    see_it.py MMGYM DATA_SAMPLES
"""

import json
import pathlib
import struct
import subprocess
import sys
import tempfile
import unittest

MMGYM = ""
SAMPLES = pathlib.Path()


def run(*arguments, status=0):
    done = subprocess.run(
        [MMGYM, *map(str, arguments)], capture_output=True, text=True, check=False
    )
    assert done.returncode == status, (arguments, done.returncode, done.stdout, done.stderr)
    return done


def png_size(path):
    header = path.read_bytes()[:24]
    assert header[:8] == b"\x89PNG\r\n\x1a\n", header
    return struct.unpack(">II", header[16:24])


class SeeIt(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.temporary.name)
        cls.gym = cls.folder / "gym.sqlite"
        run(
            "build-db", SAMPLES / "2xhe.cif.gz", SAMPLES / "7cfn.cif.gz", SAMPLES / "1cbs.cif.gz",
            "--db", cls.gym,
        )  # fmt: skip
        cls.shards = cls.folder / "shards"
        run("sample", cls.gym, "--out", cls.shards, "--count", 12, "--samples-per-shard", 5)

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def test_info_counts_and_explains(self):
        text = run("info", self.gym).stdout
        self.assertIn("zone_neighbor", text)
        self.assertIn("1cbs/1", text)
        self.assertIn("too few neighbors", text)
        facts = json.loads(run("info", self.gym, "--json").stdout)
        self.assertEqual(facts["rows"]["zone"], 85)
        self.assertEqual(sum(facts["zones_by_neighbors"].values()), 85)
        self.assertEqual([row["pdb_id"] for row in facts["rejected"]], ["1cbs"])
        self.assertEqual(facts["parameters"]["zone_size_A"], 10)
        self.assertGreater(facts["densities_nm3"]["min"], 33)
        quick = json.loads(run("info", self.gym, "--json", "--quick").stdout)
        self.assertNotIn("densities_nm3", quick)

    def test_info_tells_of_shards_and_whether_they_are_whole(self):
        facts = json.loads(run("info", self.shards, "--json").stdout)
        self.assertEqual((facts["samples"], facts["shards"], facts["checksums"]), (12, 3, "agree"))
        self.assertEqual(sum(facts["labels"].values()), 12)
        text = run("info", self.shards).stdout
        self.assertIn("checksums of all shards agree", text)
        self.assertIn("MN,FE,CO,NI,CU,ZN", text)
        shard = self.shards / "shard-000001.tar"
        whole = shard.read_bytes()
        try:
            shard.write_bytes(whole[:3000] + bytes([whole[3000] ^ 1]) + whole[3001:])
            damaged = run("info", self.shards, status=1)
            self.assertIn("DAMAGED", damaged.stdout)
            self.assertIn("shard-000001.tar", damaged.stdout)
        finally:
            shard.write_bytes(whole)
        self.assertIn("index.json", run("info", self.folder, status=1).stderr)

    def test_show_draws_the_same_from_a_database_and_from_shards(self):
        ours, theirs = self.folder / "a.png", self.folder / "b.png"
        run("show", self.gym, "--sample", 7, "--out", ours)
        run("show", self.shards, "--sample", 7, "--out", theirs)
        self.assertEqual(ours.read_bytes(), theirs.read_bytes())
        width, height = png_size(ours)
        self.assertTrue(700 < width < 1600 and 500 < height < 2000, (width, height))
        run("show", self.shards, "--montage", 6, "--out", theirs)
        run("show", self.gym, "--montage", 6, "--out", ours)
        self.assertEqual(ours.read_bytes(), theirs.read_bytes())
        missing = run("show", self.shards, "--sample", 99, "--out", ours, status=1)
        self.assertIn("no sample 99", missing.stderr)
        ignored = run("show", self.shards, "--preset", "16A", "--out", ours, status=2)
        self.assertIn("--preset", ignored.stderr)

    def test_export_writes_files_for_viewers(self):
        out = self.folder / "export"
        files = run("export", self.gym, "--sample", 3, "--out", out).stdout.split()
        self.assertEqual(len(files), 18)
        for file in map(pathlib.Path, files):
            content = file.read_bytes()
            if file.suffix == ".mrc":
                self.assertEqual(struct.unpack("<4i", content[:16]), (24, 24, 24, 2))
                self.assertEqual(struct.unpack("<3f", content[196:208]), (-11.5,) * 3)
                self.assertEqual((len(content), content[208:212]), (1024 + 4 * 24**3, b"MAP "))
            else:
                self.assertIn(b"_atom_site.Cartn_x", content)
        zone = run("export", self.gym, "--zone", 5, "--grid", 7, "--out", out).stdout.split()
        self.assertEqual(len(zone), 9)
        whole = run("export", self.gym, "--assembly", "2xhe/1", "--out", out).stdout.split()
        self.assertTrue(whole[0].endswith("2xhe-assembly-1.cif"))
        run("export", self.gym, "--out", out, status=2)
        run("export", self.gym, "--zone", 5, "--sample", 3, "--out", out, status=2)
        run("export", self.gym, "--zone", 5, "--noise-angle", 3, "--out", out, status=2)
        run("export", self.gym, "--assembly", "2xhe/1", "--grid", 3, "--out", out, status=2)
        self.assertIn("no zone 999", run("export", self.gym, "--zone", 999, "--out", out, status=1).stderr)

    def test_profile_makes_the_three_reference_experiments(self):
        numbers, trace = self.folder / "profile.json", self.folder / "trace.json"
        done = run("profile", self.gym, "--json", numbers, "--trace", trace)
        self.assertIn("SCAN zone_neighbor", done.stdout)
        self.assertIn("SEARCH zone_neighbor", done.stdout)
        experiments = json.loads(numbers.read_text())["experiments"]
        self.assertEqual(
            [e["name"] for e in experiments],
            ["16A without index", "16A with index", "24A with index"],
        )
        self.assertEqual([e["voxels_per_image"] for e in experiments], [21**3, 21**3, 24**3])
        # With and without, the same samples are made.
        self.assertEqual(experiments[0]["atoms"], experiments[1]["atoms"])
        for e in experiments:
            self.assertEqual((e["batches"], e["samples"], e["images"]), (2, 32, 64))
            self.assertAlmostEqual(e["in_stages_s"] + e["not_covered_s"], e["busy_s"], places=9)
        events = json.loads(trace.read_text())["traceEvents"]
        self.assertEqual({event["ph"] for event in events}, {"M", "X"})
        batches = [event for event in events if event["name"] == "batch"]
        self.assertEqual(sorted(event["pid"] for event in batches), [1, 1, 2, 2, 3, 3])

    def test_stages_add_up_to_the_time_on_the_clock(self):
        # Enough of it that being interrupted outside of a stage does not show.
        numbers = self.folder / "sums.json"
        run("profile", self.gym, "--batches", 25, "--json", numbers)
        for e in json.loads(numbers.read_text())["experiments"]:
            self.assertLess(abs(e["in_stages_s"] / e["wall_s"] - 1), 0.03)

    def test_profile_takes_a_preset_threads_and_tasks(self):
        numbers = self.folder / "threads.json"
        run("profile", self.gym, "--preset", "24A", "--grid", 8, "--threads", 3, "--batches", 6,
            "--batch-size", 4, "--warm-up", 0, "--json", numbers)  # fmt: skip
        experiments = json.loads(numbers.read_text())["experiments"]
        self.assertEqual([e["name"] for e in experiments], ["24A without index", "24A with index"])
        for e in experiments:
            self.assertEqual((e["threads"], e["samples"]), (3, 24))
            self.assertEqual(e["stages"][0]["calls"], 6)
        single = run("profile", self.gym, "--task", "single", "--batches", 1)
        self.assertNotIn("SCAN", single.stdout)
        wrong = run("profile", self.gym, "--grid", 8, status=2)
        self.assertIn("--preset", wrong.stderr)


if __name__ == "__main__":
    MMGYM, SAMPLES = sys.argv[1], pathlib.Path(sys.argv[2])
    unittest.main(argv=sys.argv[:1], verbosity=2)
