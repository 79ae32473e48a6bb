#!/usr/bin/env python3
"""Runs the commands of a user and reads their output with NumPy and the standard library.

    end_to_end.py MMGYM DATA_SAMPLES
"""

import hashlib
import io
import json
import pathlib
import sqlite3
import sys
import unittest

import numpy as np
from program import FolderTest, Program, read_folder

MMGYM = Program("")
SAMPLES = pathlib.Path()


def run(*arguments, status=0):
    return MMGYM.run(*arguments, status=status)


class EndToEnd(FolderTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gym = cls.folder / "gym.sqlite"
        cls.build = run(
            "build-db", SAMPLES / "2xhe.cif.gz", SAMPLES / "7cfn.cif.gz", SAMPLES / "1cbs.cif.gz",
            "--db", cls.gym,
        )  # fmt: skip

    def sample(self, name, *flags):
        out = self.folder / name
        run("sample", self.gym, "--out", out, *flags)
        return out

    def test_build_prints_counts_and_stores_why_an_entry_has_no_zones(self):
        last = self.build.stdout.splitlines()[-1]
        self.assertIn("2 structures, 2 assemblies, 85 zones, 183 zone-neighbor pairs, 1 rejected", last)
        database = sqlite3.connect(self.gym)
        rows = database.execute("SELECT pdb_id, stage, reason FROM rejected").fetchall()
        self.assertEqual([row[:2] for row in rows], [("1cbs", "zones")])
        self.assertIn("neighbor", rows[0][2])
        plan = database.execute(
            "EXPLAIN QUERY PLAN SELECT neighbor_id FROM zone_neighbor WHERE zone_id = 1"
        ).fetchall()
        self.assertIn("SEARCH", plan[0][3])

    def test_samples_have_the_documented_content(self):
        out = self.sample("neighbor", "--preset", "24A", "--count", 64, "--samples-per-shard", 30)
        index = json.loads((out / "index.json").read_text())
        self.assertEqual(index["__kind__"], "wids-shard-index-v1")
        self.assertEqual([shard["nsamples"] for shard in index["shardlist"]], [30, 30, 4])
        for shard in index["shardlist"]:
            content = (out / shard["url"]).read_bytes()
            self.assertEqual(len(content), shard["filesize"])
            self.assertEqual(hashlib.md5(content).hexdigest(), shard["md5sum"])
        self.assertEqual(index["shape"], [2, 8, 24, 24, 24])

        zones = dict(
            (row[0], row[1:])
            for row in sqlite3.connect(self.gym).execute(
                "SELECT id, center_x_A, center_y_A, center_z_A FROM zone"
            )
        )
        ids = sorted(zones)
        samples = read_folder(out)
        self.assertEqual(sorted(samples), [f"{i:012}" for i in range(64)])
        self.assertNotEqual(list(samples), sorted(samples), "the order is shuffled")
        labels, total = set(), np.zeros(8)
        for key, members in samples.items():
            image = np.load(io.BytesIO(members["npy"]))
            self.assertEqual((image.dtype, image.shape), (np.dtype("<f4"), (2, 8, 24, 24, 24)))
            self.assertTrue(np.isfinite(image).all() and image.min() >= -1e-7)
            total += image.sum(axis=(0, 2, 3, 4), dtype=float)
            labels.add(int(members["cls"]))
            facts = json.loads(members["json"])
            self.assertEqual(facts["index"], int(key))
            self.assertEqual(facts["zone_id"], ids[int(key) % len(ids)])
            np.testing.assert_allclose(facts["zone_center_A"], zones[facts["zone_id"]], atol=1e-12)
            frame_ia, frame_ab = np.array(facts["frame_ia"]), np.array(facts["frame_ab"])
            home = np.linalg.inv(frame_ia)[:3, 3]
            self.assertLessEqual(np.abs(home - facts["zone_center_A"]).max(), 5 + 1e-9)
            self.assertAlmostEqual(np.linalg.norm(np.linalg.inv(frame_ab)[:3, 3]), 30, delta=2 + 1e-9)
            # An atom inside the image adds its occupancy, an atom at the edge adds less.
            self.assertLessEqual(image[0].sum(), facts["atoms_drawn"][0] + 1e-3)
            self.assertGreater(image[0].sum(), 0.5 * facts["atoms_drawn"][0])
        self.assertEqual(labels, set(range(6)))
        np.testing.assert_allclose(index["channel_mean"], total / (64 * 2 * 24**3), rtol=1e-5, atol=1e-9)

    def test_the_bytes_of_a_sample_do_not_depend_on_threads_shards_or_order(self):
        flags = ("--preset", "16A", "--count", 40)
        expected = read_folder(self.sample("a", *flags))
        self.assertEqual(
            read_folder(self.sample("b", *flags, "--samples-per-shard", 7, "--threads", 1)), expected
        )
        self.assertEqual(
            read_folder(self.sample("c", *flags, "--samples-per-shard", 7, "--threads", 7)), expected
        )
        reordered = read_folder(self.sample("d", *flags, "--seed", 1))
        self.assertEqual(reordered, expected)
        self.assertNotEqual(list(reordered), list(expected))
        part = read_folder(self.sample("e", "--preset", "16A", "--start", 10, "--count", 5))
        self.assertEqual(part, {key: expected[key] for key in sorted(expected)[10:15]})
        # A second run changes no file.
        before = {path.name: path.stat().st_mtime_ns for path in (self.folder / "a").iterdir()}
        self.sample("a", *flags)
        after = {path.name: path.stat().st_mtime_ns for path in (self.folder / "a").iterdir()}
        self.assertEqual(after, before)

    def test_indices_increase_across_epochs(self):
        samples = read_folder(self.sample("epochs", "--epochs", 2, "--grid", 3))
        self.assertEqual(sorted(map(int, samples)), list(range(2 * 85)))
        first, second = (json.loads(samples[f"{i:012}"]["json"]) for i in (0, 85))
        self.assertEqual(first["zone_id"], second["zone_id"])
        self.assertNotEqual(first["frame_ia"], second["frame_ia"])

    def test_a_single_view_has_no_label(self):
        out = self.sample(
            "single", "--task", "single", "--grid", 5, "--channels", "C|*", "--ligand-channel",
            "--count", 3,
        )  # fmt: skip
        for members in read_folder(out).values():
            self.assertEqual(set(members), {"npy", "json"})
            self.assertEqual(np.load(io.BytesIO(members["npy"])).shape, (3, 5, 5, 5))

    def test_profile_prints_cprofile_columns_sorted_by_cumulative_time(self):
        batches, samples = 3, 12
        lines = run(
            "profile", self.gym, "--batches", batches, "--batch-size", samples // batches,
            "--warm-up", 0,
        ).stdout.splitlines()
        start = next(i for i, line in enumerate(lines) if "ncalls" in line)
        self.assertEqual(
            lines[start].split(), ["ncalls", "tottime", "percall", "cumtime", "percall", "stage"]
        )
        rows = [line.split() for line in lines[start + 1 : lines.index("", start)]]
        rows = {row[5]: (int(row[0]), *map(float, row[1:5])) for row in rows}
        self.assertEqual(list(rows)[:2], ["batch", "sample"])
        times = [cumulative for _, _, _, cumulative, _ in rows.values()]
        self.assertEqual(times, sorted(times, reverse=True))
        calls = {stage: row[0] for stage, row in rows.items()}
        # Channels are computed only for tiles that are not in the cache. Each sample has two views.
        self.assertGreater(calls.pop("channels"), 0)
        self.assertEqual(
            calls,
            {
                "batch": batches, "sample": samples, "snapshot": 2 * samples,
                "look_up_zone": samples, "zone_neighbors": samples, "frames": samples,
                "read_atoms": 2 * samples, "draw_views": 2 * samples, "encode": samples,
            },
        )  # fmt: skip
        digits = 1e-6  # precision of the table
        for stage, (count, own, own_per_call, cumulative, per_call) in rows.items():
            self.assertAlmostEqual(own_per_call, own / count, delta=digits, msg=stage)
            self.assertAlmostEqual(per_call, cumulative / count, delta=digits, msg=stage)
        # A stage's own time excludes the stages within it.
        within = {"batch": ["sample"], "read_atoms": ["channels"], "sample": [
            "snapshot", "look_up_zone", "zone_neighbors", "frames", "read_atoms", "draw_views",
            "encode",
        ]}  # fmt: skip
        for stage, (_, own, _, cumulative, _) in rows.items():
            inner = sum(rows[name][3] for name in within.get(stage, []))
            self.assertAlmostEqual(own, cumulative - inner, delta=10 * digits, msg=stage)

    def test_wrong_usage_has_status_2_and_failure_has_status_1(self):
        self.assertIn("build-db", run(status=2).stderr)
        self.assertIn("'frobnicate'", run("frobnicate", status=2).stderr)
        run("sample", self.gym, "--out", self.folder / "x", "--no-such-flag", status=2)
        run("sample", self.gym, "--out", self.folder / "x", "--preset", "32A", status=2)
        wrong = run("sample", self.gym, "--out", self.folder / "x", "--channels", "C|QQ", status=2)
        self.assertIn("QQ", wrong.stderr)
        absent = run("sample", self.gym, "--out", self.folder / "x", "--split", "train", status=2)
        self.assertIn("make splits with", absent.stderr)
        missing = run("sample", self.folder / "none.sqlite", "--out", self.folder / "x", status=1)
        self.assertIn("no such file", missing.stderr)
        exists = run("build-db", SAMPLES / "2xhe.cif.gz", "--db", self.gym, status=1)
        self.assertIn("--force", exists.stderr)
        flags = ("--channels", "C|N", "--count", 2)
        other = run("sample", self.gym, "--out", self.folder / "y", *flags, status=2)
        self.assertIn("no channel for O", other.stderr)
        run("sample", self.gym, "--out", self.folder / "z", *flags, "--other-elements", "drop")
        self.assertFalse((self.folder / "x").exists())
        for command in ((), ("build-db",), ("sample",), ("profile",)):
            self.assertIn("Usage", run(*command, "--help").stdout)

    def test_flags_can_come_from_a_file(self):
        config = self.folder / "sample.toml"
        config.write_text('preset = "16A"\ncount = 3\nchannels = "C|*"\n')
        out = self.sample("config", "--config", config, "--count", 2)
        samples = read_folder(out)
        self.assertEqual(len(samples), 2)
        image = np.load(io.BytesIO(samples["000000000000"]["npy"]))
        self.assertEqual(image.shape, (2, 2, 21, 21, 21))


if __name__ == "__main__":
    MMGYM, SAMPLES = Program(sys.argv[1]), pathlib.Path(sys.argv[2])
    unittest.main(argv=sys.argv[:1], verbosity=2)
