#!/usr/bin/env python3
"""Runs info, show, export and profile on a database of three sample entries.

    see_it.py MMGYM DATA_SAMPLES
"""

import array
import ast
import io
import json
import os
import pathlib
import shutil
import sqlite3
import struct
import subprocess
import sys
import tarfile
import unittest

from program import FolderTest

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


def shard_images(shards, sample):
    """Returns the shape and values of KEY.npy in a folder of shards."""
    for shard in sorted(shards.glob("*.tar")):
        with tarfile.open(shard) as archive:
            if f"{sample:012}.npy" in archive.getnames():
                content = archive.extractfile(f"{sample:012}.npy").read()
    start = 10 + struct.unpack("<H", content[8:10])[0]
    header = ast.literal_eval(content[10:start].decode())
    assert header["descr"] == "<f4" and not header["fortran_order"]
    return header["shape"], array.array("f", content[start:])


def check_trace(trace):
    """Checks a trace by Chrome's trace-event format (JSON object form)."""
    assert isinstance(trace["traceEvents"], list)
    assert trace["displayTimeUnit"] in ("ms", "ns")
    for event in trace["traceEvents"]:
        for key, kind in [("name", str), ("ph", str), ("pid", int), ("tid", int)]:
            assert isinstance(event[key], kind), event
        if event["ph"] == "M":
            assert event["name"] in ("process_name", "thread_name"), event
            assert isinstance(event["args"]["name"], str), event
        else:
            assert event["ph"] == "X" and isinstance(event["cat"], str), event
            for key in ("ts", "dur"):
                assert isinstance(event[key], (int, float)) and event[key] >= 0, event
        known = {"name", "ph", "pid", "tid", "args", "cat", "ts", "dur"}
        assert set(event) <= known, event


class SeeIt(FolderTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gym = cls.folder / "gym.sqlite"
        run(
            "build-db", SAMPLES / "2xhe.cif.gz", SAMPLES / "7cfn.cif.gz", SAMPLES / "1cbs.cif.gz",
            "--db", cls.gym,
        )  # fmt: skip
        cls.shards = cls.folder / "shards"
        run("sample", cls.gym, "--out", cls.shards, "--count", 12, "--samples-per-shard", 5)

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
        self.assertEqual(facts["rejected_by_reason"], {"zones": {"too few neighbors": 1}})
        self.assertGreater(facts["densities_nm3"]["min"], 33)
        quick = json.loads(run("info", self.gym, "--json", "--quick").stdout)
        self.assertNotIn("densities_nm3", quick)

    def test_info_explains_every_entry_without_zones(self):
        for flags in [[], ["--keep-all"]]:
            gym = self.folder / "all.sqlite"
            run("build-db", SAMPLES, "--db", gym, "--force", *flags)
            facts = json.loads(run("info", gym, "--json").stdout)
            entries = {path.name[:4] for path in SAMPLES.glob("*.cif.gz")}
            with sqlite3.connect(gym) as database:
                rows = database.execute(
                    "SELECT DISTINCT s.pdb_id FROM zone JOIN assembly a ON a.id = assembly_id "
                    "JOIN structure s ON s.id = struct_id"
                )
                with_zones = {pdb_id for (pdb_id,) in rows}
            explained = {row["pdb_id"] for row in facts["rejected"] if row["reason"]}
            self.assertGreater(len(entries - with_zones), 3)
            self.assertEqual(entries - with_zones - explained, set())
            text = run("info", gym, "--quick").stdout
            for entry in entries - with_zones:
                self.assertRegex(text, rf"\n  {entry}(/\w+)? +(zones|census|choice|parse): ")

    def test_info_reports_leaks_between_splits(self):
        gym = self.folder / "split.sqlite"
        # The same molecules under two ids.
        twins = self.folder / "twins"
        twins.mkdir()
        text = subprocess.run(
            ["gzip", "-dc", SAMPLES / "2xhe.cif.gz"], capture_output=True, check=True, text=True
        ).stdout
        for name in ("2xhe", "9xhe"):
            # Only the first two: the name of the block and _entry.id.
            (twins / f"{name}.cif").write_text(text.replace("2XHE", name.upper(), 2))
        run("build-db", twins, "--keep-all", "--db", gym)
        run("split", gym, "--target", "train=1", "--target", "val=1", "--greedy")
        leaks = json.loads(run("info", gym, "--json", "--quick").stdout)["leaks"]
        self.assertEqual(leaks["split_clusters"], 0)
        self.assertGreater(leaks["polymer_clusters"], 0)
        self.assertIn("--by-entity-clusters", run("info", gym, "--quick").stdout)
        run("split", gym, "--target", "train=1", "--target", "val=1", "--by-entity-clusters")
        leaks = json.loads(run("info", gym, "--json", "--quick").stdout)["leaks"]
        self.assertEqual(leaks, {"split_clusters": 0, "polymer_clusters": 0})

    def test_all_commands_report_a_database_without_zones(self):
        gym = self.folder / "zero.sqlite"
        built = run("build-db", SAMPLES / "1cbs.cif.gz", "--db", gym)
        self.assertIn("mmgym info", built.stderr)
        text = run("info", gym).stdout
        self.assertIn("there are no zones", text)
        self.assertIn("1cbs/1   zones: too few neighbors", text)
        self.assertEqual(json.loads(run("info", gym, "--json").stdout)["rows"]["zone"], 0)
        for command in [
            ("profile", gym),
            ("show", gym, "--out", self.folder / "a.png"),
            ("export", gym, "--sample", 0, "--out", self.folder / "export"),
        ]:
            self.assertIn("reports why", run(*command, status=1).stderr)

    def test_a_mistake_is_reported_in_one_line_that_says_what_to_do(self):
        png, out = self.folder / "a.png", self.folder / "export"
        for status, says, *command in [
            (1, "mmgym build-db", "info", self.folder / "none.sqlite"),
            (2, "give the folder", "info", self.shards / "shard-000000.tar"),
            (2, "--entries", "info", self.shards, "--entries", 3),
            (1, "a folder, not", "profile", self.shards),
            (1, "a folder, not", "export", self.shards, "--sample", 0, "--out", out),
            (2, "there is no folder", "profile", self.gym, "--json", self.folder / "no" / "a.json"),
            (2, "there is no folder", "show", self.gym, "--out", self.folder / "no" / "a.png"),
            (1, "numbered from 1 to 85", "export", self.gym, "--zone", 999, "--out", out),
            (1, "rejected it: too few", "export", self.gym, "--assembly", "1cbs/1", "--out", out),
            (1, "has 2xhe/1", "export", self.gym, "--assembly", "2xhe/7", "--out", out),
            (1, "the last is 11", "show", self.shards, "--sample", 12, "--out", png),
            (2, "smaller --montage", "show", self.gym, "--montage", 10**9, "--out", png),
            (2, "the last index is", "show", self.gym, "--sample", 2**64 - 1, "--montage", 2,
             "--out", png),
        ]:
            error = run(*command, status=status).stderr
            self.assertIn(says, error)
            self.assertEqual(error.count("\n"), 1, error)
        for command, says in [
            (("show", self.gym, "--out", self.folder / "a.jpg"), "does not end in .png"),
            (("show", self.gym, "--sample", -1, "--out", png), "whole number from 0 on"),
            (("export", self.gym, "--sample", -1, "--out", out), "whole number from 0 on"),
            (("profile", self.gym, "--batches", 0), "whole number from 1 on"),
        ]:
            self.assertIn(says, run(*command, status=2).stderr)

    def test_info_reports_on_shards_and_their_checksums(self):
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

    def test_images_that_do_not_fit_into_memory_are_refused(self):
        many = ("--grid", 1024, "--channels", "|".join(["C"] * 31 + ["*"]))
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        out = self.folder / "too-large"
        for views, *command in [
            (2, "sample", self.gym, "--out", out),
            (1, "sample", self.gym, "--task", "single", "--out", "-"),
            (2, "show", self.gym, "--out", self.folder / "large.png"),
            (1, "export", self.gym, "--zone", 1, "--out", out),
            (2, "profile", self.gym, "--preset", "16A"),
        ]:
            if views * 32 * 4 * 1024**3 <= memory:
                continue
            error = run(*command, *many, status=2).stderr
            self.assertIn("--grid 1024 and the 32 channels of --channels", error)
            self.assertIn(f"{memory} bytes of memory", error)
            self.assertEqual(error.count("\n"), 1, error)
        self.assertFalse(list(out.glob("*.tar")))

    def test_missing_and_invalid_labels_are_reported_with_their_sample(self):
        for label, says in [(None, "is missing"), (b"3x", 'is "3x", not a label')]:
            broken = self.folder / f"broken-{label}"
            shutil.copytree(self.shards, broken)
            for shard in self.shards.glob("*.tar"):
                with tarfile.open(shard) as archive, tarfile.open(broken / shard.name, "w") as copy:
                    for info in archive:
                        content = archive.extractfile(info).read()
                        if info.name == "000000000007.cls":
                            if label is None:
                                continue
                            content, info.size = label, len(label)
                        copy.addfile(info, io.BytesIO(content))
            for command in (
                ("show", broken, "--sample", 7, "--out", self.folder / "broken.png"),
                ("info", broken, "--quick"),
            ):
                error = run(*command, status=1).stderr
                self.assertIn(str(broken), error)
                self.assertIn("shard-000001.tar: 000000000007.cls", error)
                self.assertIn(says, error)

    def test_show_draws_the_same_from_a_database_and_from_shards(self):
        ours, theirs = self.folder / "ours.png", self.folder / "theirs.png"
        run("show", self.gym, "--sample", 7, "--out", ours)
        run("show", self.shards, "--sample", 7, "--out", theirs)
        self.assertEqual(ours.read_bytes(), theirs.read_bytes())
        width, height = png_size(ours)
        self.assertTrue(700 < width < 1600 and 500 < height < 2000, (width, height))
        self.assertIn("--force", run("show", self.gym, "--out", ours, status=1).stderr)
        run("show", self.shards, "--montage", 6, "--out", theirs, "--force")
        run("show", self.gym, "--montage", 6, "--out", ours, "--force")
        self.assertEqual(ours.read_bytes(), theirs.read_bytes())
        missing = run("show", self.shards, "--sample", 99, "--out", self.folder / "new.png",
                      status=1)  # fmt: skip
        self.assertIn("no sample 99", missing.stderr)
        last = 2**64 - 1
        self.assertIn(
            str(ours), run("show", self.gym, "--sample", last, "--out", ours, "--force").stdout
        )
        ignored = run("show", self.shards, "--preset", "16A", "--out", self.folder / "new.png",
                      status=2)  # fmt: skip
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
        # The maps contain the images of the shards; in a map, x is the fastest axis.
        (views, channels, n, _, _), values = shard_images(self.shards, 3)
        maps = [pathlib.Path(file) for file in files if file.endswith(".mrc")]
        self.assertEqual(len(maps), views * channels)
        for place, file in enumerate(maps):
            stored = array.array("f", file.read_bytes()[1024:])
            image = values[place * n**3 : (place + 1) * n**3]
            transposed = [
                image[(x * n + y) * n + z] for z in range(n) for y in range(n) for x in range(n)
            ]
            self.assertEqual(list(stored), transposed)
        self.assertFalse([path for path in out.iterdir() if path.name.startswith(".")])
        again = run("export", self.gym, "--sample", 3, "--out", out, status=1)
        self.assertEqual(again.stderr.count("\n"), 1)
        self.assertIn("sample-3-home.cif: exists; --force replaces it", again.stderr)
        # If one of the files exists, none is written.
        pathlib.Path(files[0]).unlink()
        again = run("export", self.gym, "--sample", 3, "--out", out, status=1)
        self.assertIn("sample-3-home-ch0-C.mrc: exists", again.stderr)
        self.assertEqual(len(list(out.iterdir())), 17)
        run("export", self.gym, "--sample", 3, "--out", out, "--force")
        self.assertEqual(len(list(out.iterdir())), 18)
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
        # The same samples are made with and without the index.
        self.assertEqual(experiments[0]["atoms"], experiments[1]["atoms"])
        for e in experiments:
            self.assertEqual((e["batches"], e["samples"], e["images"]), (2, 32, 64))
            measured = {stage["name"] for stage in e["stages"] if stage["own_s"] > 0}
            self.assertLessEqual(
                {"zone_neighbors", "frames", "read_atoms", "channels", "draw_views", "encode"},
                measured,
            )
            containers = ("batch", "sample")
            inner = [stage for stage in e["stages"] if stage["name"] not in containers]
            self.assertAlmostEqual(
                sum(stage["own_s"] for stage in inner), e["in_stages_s"], places=9
            )
        check_trace(json.loads(trace.read_text()))
        events = json.loads(trace.read_text())["traceEvents"]
        for number, e in enumerate(experiments, 1):
            for stage in e["stages"]:
                durations_us = [
                    event["dur"]
                    for event in events
                    if (event["ph"], event["pid"], event["name"]) == ("X", number, stage["name"])
                ]
                self.assertEqual(len(durations_us), stage["calls"], stage)
                # Each is rounded to a nanosecond.
                self.assertAlmostEqual(
                    sum(durations_us) * 1e-6, stage["cumulative_s"], delta=1e-9 * stage["calls"] + 1e-9
                )
        self.assertEqual({event["ph"] for event in events}, {"M", "X"})
        batches = [event for event in events if event["name"] == "batch"]
        self.assertEqual(sorted(event["pid"] for event in batches), [1, 1, 2, 2, 3, 3])

    def test_stages_add_up_to_the_time_on_the_clock(self):
        # Interruptions of a thread between stages do not count, so the best of many short runs is
        # used. A missing stage would be visible in every run.
        numbers = self.folder / "sums.json"
        least = {}
        for _ in range(20):
            run("profile", self.gym, "--json", numbers, "--force")
            for e in json.loads(numbers.read_text())["experiments"]:
                missing = abs(e["in_stages_s"] / e["wall_s"] - 1)
                least[e["name"]] = min(missing, least.get(e["name"], 1))
            if max(least.values()) < 0.03:
                break
        self.assertLess(max(least.values()), 0.03)

    def test_profile_uses_the_given_preset_threads_and_task(self):
        numbers = self.folder / "threads.json"
        run("profile", self.gym, "--preset", "24A", "--grid", 8, "--threads", 3, "--batches", 6,
            "--batch-size", 4, "--warm-up", 0, "--json", numbers)  # fmt: skip
        experiments = json.loads(numbers.read_text())["experiments"]
        self.assertEqual(
            [e["name"] for e in experiments],
            ["24A grid 8 without index", "24A grid 8 with index"],
        )
        for e in experiments:
            self.assertEqual((e["threads"], e["samples"]), (3, 24))
            self.assertEqual(e["stages"][0]["calls"], 6)
        single = run("profile", self.gym, "--task", "single", "--batches", 1)
        self.assertNotIn("SCAN", single.stdout)

    def test_profile_names_experiments_by_their_differences_from_the_preset(self):
        numbers = self.folder / "names.json"

        def names(*flags):
            run("profile", self.gym, "--batches", 1, "--batch-size", 1, "--warm-up", 0,
                "--json", numbers, "--force", *flags)  # fmt: skip
            return [e["name"] for e in json.loads(numbers.read_text())["experiments"]]

        self.assertEqual(
            names("--grid", 8), ["24A grid 8 without index", "24A grid 8 with index"]
        )
        experiments = json.loads(numbers.read_text())["experiments"]
        self.assertEqual({e["voxels_per_image"] for e in experiments}, {8**3})
        self.assertEqual(
            names("--resolution", "0.5", "--fill", "nearest", "--preset", "16A", "--grid", 21),
            ["16A resolution 0.5 fill nearest without index",
             "16A resolution 0.5 fill nearest with index"],
        )  # fmt: skip
        self.assertEqual(
            names("--ligand-channel", "--fill", "fraction-atom"),
            ["16A ligand-channel without index", "16A ligand-channel with index",
             "24A ligand-channel with index"],
        )  # fmt: skip
        self.assertEqual(
            names("--task", "single"), ["16A task single", "24A task single"]
        )


if __name__ == "__main__":
    MMGYM, SAMPLES = sys.argv[1], pathlib.Path(sys.argv[2])
    unittest.main(argv=sys.argv[:1], verbosity=2)
