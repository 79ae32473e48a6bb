#!/usr/bin/env python3
"""The output of `mmgym sample`: streams, shares, encodings, atoms, normalization.

    sample_output.py MMGYM DATA_SAMPLES
"""

import gzip
import json
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

import numpy as np
from program import FolderTest, Program, array, folder_content, read_folder, read_stream

SHAPE = (2, 8, 21, 21, 21)


class SampleOutput(FolderTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gym = cls.folder / "gym.sqlite"
        MMGYM.run(
            "build-db", SAMPLES / "2xhe.cif.gz", SAMPLES / "7cfn.cif.gz", "--db", cls.gym
        )

    def stream(self, *flags):
        return read_stream(MMGYM.stream("sample", self.gym, "--out", "-", "--preset", "16A", *flags))

    def sample(self, name, *flags, status=0):
        out = self.folder / name
        done = MMGYM.run("sample", self.gym, "--out", out, "--preset", "16A", *flags, status=status)
        return out if status == 0 else done.stderr

    # ---- streams and shares

    def test_samples_have_the_same_bytes_in_streams_and_on_disk_with_any_number_of_threads(self):
        flags = ("--count", 60)
        expected = self.stream(*flags, "--threads", 1)
        self.assertEqual(sorted(map(int, expected)), list(range(60)))
        for threads in (2, 7):
            streamed = self.stream(*flags, "--threads", threads, "--tile-cache", 0)
            self.assertEqual(list(streamed), list(expected))
            self.assertEqual(streamed, expected)
            out = self.sample(f"t{threads}", *flags, "--threads", threads, "--samples-per-shard", 9)
            self.assertEqual(list(read_folder(out)), list(expected))
            self.assertEqual(read_folder(out), expected)

    def test_any_number_of_workers_makes_each_sample_once(self):
        flags = ("--epochs", 1, "--grid", 5)
        expected = self.stream(*flags)
        self.assertEqual(len(expected), 85)
        for workers in (1, 2, 3, 7, 100):
            union = {}
            for worker in range(workers):
                share = self.stream(*flags, "--worker", f"{worker}/{workers}")
                self.assertTrue(set(share).isdisjoint(union))
                union.update(share)
                self.assertIn(len(share), (85 // workers, 85 // workers + 1))
            self.assertEqual(union, expected)
        # In a folder, workers make whole shards (workers.py).
        for worker in range(3):
            out = self.sample("shared", *flags, "--samples-per-shard", 10, "--worker", f"{worker}/3")
        self.assertEqual(read_folder(out), expected)
        for wrong in ("3/3", "4/3", "1", "-1/3", "0/0", "1/3x", "a/b"):
            self.assertIn("k of n", self.sample("w", *flags, "--worker", wrong, status=2))

    def test_a_share_may_be_empty(self):
        out = self.sample("empty", "--count", 2, "--worker", "2/5")
        self.assertFalse(out.exists())
        self.assertEqual(self.stream("--count", 2, "--worker", "2/5"), {})

    def test_an_endless_stream_ends_without_error_when_its_reader_closes_it(self):
        command = MMGYM.command(
            "sample", self.gym, "--out", "-", "--epochs", 0, "--grid", 5, "--quiet"
        )
        for size in (1, 100, 10_000_000):
            with subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=subprocess.PIPE
            ) as program:
                self.assertEqual(len(program.stdout.read(size)), size)
                program.stdout.close()
                self.assertEqual(program.stderr.read(), b"")
            self.assertEqual(program.returncode, 0)

    def test_an_endless_stream_contains_one_epoch_after_another(self):
        command = MMGYM.command("sample", self.gym, "--out", "-", "--epochs", 0, "--grid", 2)
        with subprocess.Popen(command, stdout=subprocess.PIPE) as program:
            content = program.stdout.read(10240 * 85)
            program.stdout.close()
        block, names = 0, []
        while len(content) >= block + 512:
            header = content[block : block + 512]
            names.append(header[:100].rstrip(b"\0").decode())
            block += 512 + -(-int(header[124:135], 8) // 512) * 512
        keys = [int(name[:12]) for name in names if name.endswith(".npy")]
        self.assertGreater(len(keys), 170)
        self.assertEqual(sorted(keys[:85]), list(range(85)))
        self.assertEqual(sorted(keys[85:170]), list(range(85, 170)))
        self.assertNotEqual([key - 85 for key in keys[85:170]], keys[:85])

    def test_flags_without_effect_on_a_stream_or_a_folder_are_refused(self):
        for flag in (("--verify",), ("--no-space-check",), ("--samples-per-shard", 3)):
            done = MMGYM.run("sample", self.gym, "--out", "-", *flag, status=2)
            self.assertIn(flag[0], done.stderr)
        self.assertIn("--epochs 0", self.sample("endless", "--epochs", 0, status=2))
        for flag in (("--noise-angle", 3), ("--padding", 1), ("--directions", "cube faces")):
            done = MMGYM.run("sample", self.gym, "--out", "-", "--task", "single", *flag, status=2)
            self.assertIn(flag[0], done.stderr)

    # ---- size on disk

    def test_the_size_of_the_missing_shards_is_printed_before_they_are_written(self):
        for flags, tolerance in (
            ((), 0.001), (("--dtype", "float16"), 0.001), (("--encoding", "sparse"), 0.05),
            (("--compression", "gzip", "--with-atoms"), 0.05),
        ):  # fmt: skip
            name = "size" + "".join(flags)
            out = self.folder / name
            command = ("sample", self.gym, "--out", out, "--preset", "16A", "--count", 300,
                       "--samples-per-shard", 100, *flags)  # fmt: skip
            text = MMGYM.run(*command).stderr
            found = re.search(r"^about ([0-9.]+) MB in 3 shards; [0-9.]+ \w+ are free$", text, re.M)
            size = sum(shard.stat().st_size for shard in out.glob("shard-*.tar")) / 1e6
            self.assertAlmostEqual(float(found[1]), size, delta=0.06 + tolerance * size)
            (out / "shard-000001.tar").unlink()
            text = MMGYM.run(*command).stderr
            found = re.search(r"^about ([0-9.]+) MB in 1 shard; ", text, re.M)
            self.assertAlmostEqual(float(found[1]), size / 3, delta=0.06 + tolerance * size)
            self.assertNotIn("about", MMGYM.run(*command).stderr)
            shutil.rmtree(out)
        self.assertEqual(MMGYM.run(*command, "--quiet").stderr, "")

    def test_a_run_that_needs_more_space_than_there_is_writes_nothing(self):
        flags = ("--count", 10**12, "--samples-per-shard", 10**9)
        error = self.sample("vast", *flags, status=1)
        self.assertRegex(error, r"vast: about [0-9.]+ TB are needed, but [0-9.]+ \w+ are free; ")
        self.assertIn("--no-space-check", error)
        self.assertEqual(error.count("\n"), 1, error)
        self.assertFalse((self.folder / "vast").exists())

    # ---- splits

    def test_a_database_with_splits_wants_the_name_of_a_split(self):
        gym = self.folder / "split.sqlite"
        shutil.copy(self.gym, gym)
        MMGYM.run("split", gym, "--target", "train=1", "--target", "val=1", "--greedy")
        command = ("sample", gym, "--preset", "16A", "--out", "-")
        error = MMGYM.run(*command, status=2).stderr
        self.assertIn(f"{gym}: this database has splits; choose one with --split: train, val, or "
                      "all for every zone\n", error)  # fmt: skip
        zones = {
            split: {json.loads(members["json"])["zone_id"] for members in
                    read_stream(MMGYM.stream(*command, "--split", split)).values()}
            for split in ("train", "val", "all")
        }  # fmt: skip
        self.assertEqual(zones["train"] | zones["val"], zones["all"])
        self.assertEqual({split: len(ids) for split, ids in zones.items()},
                         {"train": 47, "val": 38, "all": 85})  # fmt: skip
        # These commands look at samples and do not train.
        shown = {}
        for split in ("default", "all", "train"):
            flags = ("--split", split) if split != "default" else ()
            shown[split] = self.folder / f"{split}.png"
            MMGYM.run("show", gym, "--sample", 50, "--out", shown[split], *flags)
        self.assertEqual(shown["default"].read_bytes(), shown["all"].read_bytes())
        self.assertNotEqual(shown["train"].read_bytes(), shown["all"].read_bytes())
        MMGYM.run("export", gym, "--sample", 1, "--out", self.folder / "export")
        MMGYM.run("profile", gym, "--batches", 1, "--batch-size", 1)

    def test_all_zones_of_a_database_without_splits_need_no_split(self):
        flags = ("--count", 20, "--samples-per-shard", 5)
        out = self.sample("zones", *flags)
        expected = folder_content(out)
        self.assertIsNone(json.loads(expected["index.json"])["parameters"]["split"])
        (out / "shard-000002.tar").unlink()
        (out / "shard-000003.tar").unlink()
        self.sample("zones", *flags, "--split", "all")
        self.assertEqual(folder_content(out), expected)
        (self.folder / "first").mkdir()
        self.sample("first/zones", *flags, "--split", "all")
        self.assertEqual(folder_content(self.folder / "first" / "zones"), expected)
        self.sample("zones", *flags, "--verify")

    # ---- encodings

    def test_every_encoding_contains_the_same_images(self):
        dense = self.stream("--count", 10)
        for dtype in ("float32", "float16"):
            for compression in ("none", "gzip"):
                for encoding in ("dense", "sparse"):
                    flags = ("--dtype", dtype, "--compression", compression, "--encoding", encoding)
                    found = self.stream("--count", 10, *flags)
                    self.assertEqual(list(found), list(dense))
                    for key, members in found.items():
                        images = self.images(members, dtype, compression, encoding)
                        expected = array(dense[key]["npy"]).astype(dtype)
                        np.testing.assert_array_equal(images, expected)
                        self.assertEqual(members["cls"], dense[key]["cls"])
                        self.assertEqual(members["json"], dense[key]["json"])
                    self.assertEqual(
                        found, self.stream("--count", 10, *flags, "--threads", 7), flags
                    )

    def images(self, members, dtype, compression, encoding):
        arrays = {}
        for name, content in members.items():
            if name in ("cls", "json"):
                continue
            self.assertEqual(name.endswith(".gz"), compression == "gzip")
            content = gzip.decompress(content) if compression == "gzip" else content
            arrays[name.removesuffix(".gz")] = array(content)
        if encoding == "dense":
            self.assertEqual(list(arrays), ["npy"])
            self.assertEqual((arrays["npy"].dtype, arrays["npy"].shape), (np.dtype(dtype), SHAPE))
            return arrays["npy"]
        self.assertEqual(list(arrays), ["idx.npy", "val.npy"])
        places, values = arrays.values()
        self.assertEqual((places.dtype, values.dtype), (np.dtype("u4"), np.dtype(dtype)))
        self.assertTrue((np.diff(places.astype(np.int64)) > 0).all())
        images = np.zeros(SHAPE, dtype)
        images.reshape(-1)[places] = values
        return images

    def test_the_index_contains_the_encoding_and_the_same_statistics_for_all_encodings(self):
        statistics = set()
        for flags in ((), ("--encoding", "sparse"), ("--dtype", "float16")):
            out = self.sample("index" + "".join(flags), "--count", 20, *flags)
            index = json.loads((out / "index.json").read_text())
            statistics.add(json.dumps([index["channel_mean"], index["channel_std"]]))
            self.assertEqual(index["dtype"], "float16" if "float16" in flags else "float32")
            self.assertEqual(
                index["parameters"]["encoding"], "sparse" if "sparse" in flags else "dense"
            )
        self.assertEqual(len(statistics), 1)
        images = [array(members["npy"]) for members in read_folder(self.folder / "index").values()]
        axes = (0, 1, 3, 4, 5)
        np.testing.assert_allclose(
            index["channel_mean"], np.mean(images, axes, dtype=float), rtol=1e-9, atol=1e-12
        )
        np.testing.assert_allclose(
            index["channel_std"], np.std(images, axes, dtype=float), rtol=1e-6, atol=1e-9
        )

    # ---- atoms

    def test_atoms_are_the_atoms_drawn_in_the_images(self):
        for flags in ((), ("--task", "single"), ("--fill", "gaussian", "--aggregate", "max")):
            plain = self.stream("--count", 5, *flags)
            for key, members in self.stream("--count", 5, "--with-atoms", *flags).items():
                atoms = array(members.pop("atoms.npz"))
                self.assertEqual(members, plain[key])
                facts = json.loads(members["json"])
                views = len(facts["atoms_drawn"])
                counts = np.bincount(atoms["view"], minlength=views)
                self.assertEqual(counts.tolist(), facts["atoms_drawn"])
                self.assertTrue((np.diff(atoms["view"].astype(int)) >= 0).all())
                for name in atoms.files:
                    self.assertEqual(len(atoms[name]), sum(facts["atoms_drawn"]), name)

    def test_atoms_drawn_again_in_python_give_the_images(self):
        samples = self.stream("--count", 5, "--with-atoms", "--fill", "nearest")
        groups = "C|N|O|S,SE|P|MG,CA|MN,FE,CO,NI,CU,ZN".split("|")
        channel = {symbol: c for c, group in enumerate(groups) for symbol in group.split(",")}
        for members in samples.values():
            atoms = array(members["atoms.npz"])
            images = np.zeros(SHAPE)
            places = np.floor(atoms["coordinates_A"] / 0.75 + 21 / 2).astype(int)
            channels = [channel.get(symbol, 7) for symbol in atoms["element"]]
            np.add.at(images, (atoms["view"], channels, *places.T), atoms["occupancy"])
            np.testing.assert_allclose(images, array(members["npy"]), atol=1e-6)

    def test_the_encoding_atoms_has_what_the_images_are_drawn_from(self):
        channel_of = {"C": 0, "N": 1, "O": 2, "S": 3, "SE": 3, "P": 4}
        for flags in ((), ("--task", "single"), ("--compression", "gzip")):
            flags = ("--count", 5, *flags)
            listed = self.stream(*flags, "--encoding", "atoms", "--with-atoms")
            for key, members in self.stream(*flags, "--with-atoms").items():
                other = listed.pop(key)
                drawn_atoms = members["atoms.npz"]
                for extension in ("cls", "json", "atoms.npz"):
                    self.assertEqual(other.pop(extension, None), members.pop(extension, None))
                files = {name.removesuffix(".gz"): array(gzip.decompress(content) if name.endswith(".gz")
                                                         else content)
                         for name, content in other.items()}  # fmt: skip
                self.assertEqual(set(files), {"xyz.npy", "channel.npy", "weight.npy", "view.npy"})
                drawn = array(drawn_atoms)
                np.testing.assert_array_equal(files["xyz.npy"], drawn["coordinates_A"])
                np.testing.assert_array_equal(files["weight.npy"], drawn["occupancy"])
                np.testing.assert_array_equal(files["view.npy"], drawn["view"])
                self.assertEqual(files["channel.npy"].tolist(),
                                 [channel_of.get(element, 7) for element in drawn["element"]])  # fmt: skip
                self.assertEqual({name: str(values.dtype) for name, values in files.items()},
                                 {"xyz.npy": "float32", "channel.npy": "uint8",
                                  "weight.npy": "float32", "view.npy": "uint8"})  # fmt: skip
                # In Å from the center of the image, whose half edge is 7.875 Å and radius 0.375 Å.
                self.assertLess(np.abs(files["xyz.npy"]).max(), 7.875 + 0.375)
            self.assertEqual(listed, {})

    def test_an_atom_in_two_channels_is_listed_twice(self):
        samples = self.stream("--count", 3, "--encoding", "atoms", "--channels", "C,N|N|*")
        for members in samples.values():
            channel = array(members["channel.npy"])
            both = np.unique(np.column_stack([array(members["xyz.npy"]), array(members["view.npy"])]), axis=0)
            self.assertEqual(len(channel) - len(both), (channel == 1).sum())

    def test_shards_of_atoms_can_be_verified_shown_and_normalized_like(self):
        atoms = self.sample("atoms", "--count", 20, "--encoding", "atoms")
        dense = self.sample("dense", "--count", 20)
        self.assertIn("correct", MMGYM.run("sample", self.gym, "--out", atoms, "--preset", "16A",
                                           "--count", 20, "--encoding", "atoms", "--verify").stdout)  # fmt: skip
        indices = [json.loads((out / "index.json").read_text()) for out in (atoms, dense)]
        for key in ("channel_mean", "channel_std", "shape"):
            self.assertEqual(indices[0][key], indices[1][key])
        pictures = [self.folder / f"{name}.png" for name in ("atoms", "dense")]
        for out, picture in zip((atoms, dense), pictures):
            MMGYM.run("show", out, "--sample", 3, "--out", picture)
        self.assertEqual(*(picture.read_bytes() for picture in pictures))

    def test_settings_that_lists_of_atoms_cannot_have_are_refused(self):
        for flags, says in (
            (("--dtype", "float16"), "float32; remove --dtype"),
            (("--atom-radius", "vdw"), "one radius for all atoms"),
            (("--channel-mean", ",".join("0" * 8), "--channel-std", ",".join("1" * 8)), "normalize"),
        ):
            error = self.sample("refused", "--encoding", "atoms", *flags, status=2)
            self.assertIn(says, error)
            self.assertFalse((self.folder / "refused").exists())

    def test_atoms_have_van_der_waals_radii_if_requested(self):
        radii = {"C": 1.7, "N": 1.55, "O": 1.52, "S": 1.8, "SE": 1.9, "P": 1.8, "ZN": 1.39}
        flags = ("--count", 5, "--atom-radius", "vdw", "--channels", "*")
        samples = self.stream(*flags, "--with-atoms", "--fill", "gaussian")
        centers = (np.indices((21, 21, 21)).reshape(3, -1).T - 10) * 0.75
        for members in samples.values():
            atoms = array(members["atoms.npz"])
            images = np.zeros((2, len(centers)))
            for view, at, element, occupancy in zip(
                atoms["view"], atoms["coordinates_A"], atoms["element"], atoms["occupancy"]
            ):
                distance = np.linalg.norm(centers - at, axis=1) / radii[element]
                near = np.exp(-2 * distance**2)
                far = (4 * distance**2 - 12 * distance + 9) * np.exp(-2)
                images[view] += occupancy * np.select([distance <= 1, distance <= 1.5], [near, far])
            np.testing.assert_allclose(images.ravel(), array(members["npy"]).ravel(), atol=1e-4)
        self.assertNotEqual(samples, {})
        out = self.sample("vdw", *flags)
        parameters = json.loads((out / "index.json").read_text())["parameters"]
        self.assertEqual(parameters["atom_radius_A"], "vdw")
        index = json.loads((self.sample("half", "--count", 1) / "index.json").read_text())
        self.assertEqual(index["parameters"]["atom_radius_A"], 0.375)
        for wrong in ("van der Waals", "0", "-1", "nan", "1A", ""):
            self.assertIn("'vdw'", self.sample("n", "--atom-radius", wrong, status=2))

    def test_all_atoms_that_reach_the_image_are_read(self):
        # A gaussian atom extends to 1.5 radii, so the balls of atoms 1.5 times as large overlap the
        # same image. Gaussian atoms are drawn only if they are near enough to a voxel's center.
        flags = ("--count", 85, "--grid", 4, "--resolution", 2)
        wide = self.stream(*flags, "--atom-radius", 18, "--with-atoms")
        for key, members in self.stream(*flags, "--atom-radius", 12, "--fill", "gaussian").items():
            atoms = array(wide[key]["atoms.npz"])
            at = atoms["coordinates_A"].astype(float)
            nearest_center = np.clip(np.round((at + 3) / 2) * 2 - 3, -3, 3)
            near = np.linalg.norm(at - nearest_center, axis=1) < 18
            drawn = json.loads(members["json"])["atoms_drawn"]
            # Rounding of coordinates can move an atom across the limit.
            np.testing.assert_allclose(np.bincount(atoms["view"][near], minlength=2), drawn, atol=1)

    def test_atoms_have_their_residues(self):
        atoms = array(self.stream("--count", 1, "--with-atoms")["000000000000"]["atoms.npz"])
        alpha = atoms["name"] == "CA"
        self.assertGreater(alpha.sum(), 20)
        self.assertEqual(set(atoms["element"][alpha]), {"C"})
        self.assertIn("LEU", atoms["residue_name"])
        self.assertTrue((atoms["residue_number"][alpha] > 0).all())
        self.assertTrue(set(atoms["chain"]) and set(atoms["subchain"]))
        self.assertTrue(atoms["is_polymer"].dtype == bool and atoms["is_polymer"].any())
        self.assertTrue((atoms["polymer_label"] >= -1).all())
        self.assertEqual(atoms["coordinates_A"].dtype, np.float32)
        self.assertLess(np.abs(atoms["coordinates_A"]).max(), 21 * 0.75 / 2 + 0.375)

    # ---- normalization

    def test_normalized_channels_have_mean_0_and_deviation_1(self):
        plain = self.sample("plain", "--count", 85)
        out = self.sample("normalized", "--count", 85, "--normalize", plain)
        index = json.loads((plain / "index.json").read_text())
        mean, deviation = np.array(index["channel_mean"]), np.array(index["channel_std"])
        present = deviation > 0
        self.assertFalse(present.all(), "at least one channel must be empty")
        deviation[~present] = 1
        shape = (1, 8, 1, 1, 1)
        plain_samples, normalized = read_folder(plain), read_folder(out)
        for key in list(plain_samples)[:9]:
            expected = (array(plain_samples[key]["npy"]) - mean.reshape(shape)) / deviation.reshape(
                shape
            )
            np.testing.assert_allclose(array(normalized[key]["npy"]), expected, atol=2e-5)
        index = json.loads((out / "index.json").read_text())
        np.testing.assert_allclose(index["channel_mean"], 0, atol=1e-6)
        np.testing.assert_allclose(np.array(index["channel_std"])[present], 1, atol=1e-5)

        numbers = ("--channel-mean", ",".join(map(str, mean)), "--channel-std",
                   ",".join(map(str, deviation)))  # fmt: skip
        self.assertEqual(self.stream("--count", 85, *numbers), normalized)
        self.assertIn("normalized", self.sample("plain", "--count", 85, *numbers, status=1))
        self.assertIn("themselves", self.sample("n", "--normalize", out, status=1))
        self.assertIn("channels", self.sample("n", "--normalize", plain, "--channels", "*", status=1))
        self.assertIn("no such file", self.sample("n", "--normalize", self.folder, status=1))
        sparse = ("--normalize", plain, "--encoding", "sparse")
        self.assertIn("sparse", self.sample("n", *sparse, status=2))
        self.sample("n", "--channel-mean", "1,2", "--channel-std", "1,2", status=2)
        self.sample("n", "--channel-mean", "1,2", status=2)
        self.assertFalse((self.folder / "n").exists())

    # ---- flags of the task

    def frames(self, *flags):
        for members in self.stream("--count", 40, "--grid", 2, *flags).values():
            facts = json.loads(members["json"])
            frame_ab = np.array(facts["frame_ab"])
            yield int(members["cls"]), np.linalg.inv(frame_ab)[:3, 3], frame_ab

    def test_distance_padding_and_noise_have_the_requested_values(self):
        still = ("--noise-distance", 0, "--noise-angle", 0)
        for flags, distance in (
            ((), 2 * 0.75 + 6), (("--padding", 2), 3.5), (("--distance", 17), 17),
        ):  # fmt: skip
            for _, origin, frame_ab in self.frames(*flags, *still):
                self.assertAlmostEqual(np.linalg.norm(origin), distance, places=9)
                np.testing.assert_allclose(frame_ab[:3, :3], np.eye(3), atol=1e-12)
        shifts, turns = [], []
        noise = ("--distance", 17, "--noise-distance", 5, "--noise-angle", 40)
        for label, origin, frame_ab in self.frames(*noise):
            shifts.append(np.abs(np.linalg.norm(origin) - 17))
            turns.append(np.degrees(np.arccos((np.trace(frame_ab[:3, :3]) - 1) / 2)))
        self.assertTrue(2 < max(shifts) <= 5 and 25 < max(turns) <= 40, (max(shifts), max(turns)))

    def test_the_noise_depends_on_the_kind_of_split_and_is_printed(self):
        gym = self.folder / "named.sqlite"
        shutil.copy(self.gym, gym)
        MMGYM.run("split", gym, "--target", "training=1", "--target", "Holdout=1", "--greedy")
        flags = ("--preset", "16A", "--count", 8)

        def noise(name, split, *more):
            """Returns the line on standard error and the noise in the index."""
            command = ("sample", gym, "--out", self.folder / name, "--split", split)
            text = MMGYM.run(*command, *flags, *more).stderr
            (line,) = [line for line in text.splitlines() if "noise" in line]
            index = json.loads((self.folder / name / "index.json").read_text())["parameters"]
            self.assertNotIn("noise", index)
            return line, index["noise_max_distance_A"], index["noise_max_angle_deg"]

        self.assertEqual(
            noise("n1", "training"),
            ("samples of split 'training': neighbor noise 2 A and 10 degrees (--noise)", 2, 10),
        )
        self.assertEqual(
            noise("n2", "Holdout"),
            ("samples of split 'Holdout': neighbor noise 0 A and 0 degrees (--noise)", 0, 0),
        )
        self.assertEqual(
            noise("n3", "Holdout", "--noise", "on"),
            ("samples of split 'Holdout': neighbor noise 2 A and 10 degrees (--noise)", 2, 10),
        )
        self.assertEqual(
            noise("n4", "all", "--noise-angle", 0.5),
            ("samples of all zones: neighbor noise 2 A and 0.5 degrees (--noise)", 2, 0.5),
        )
        # Explicit zeros make the same run.
        zeros = ("--noise-distance", 0, "--noise-angle", 0)
        off = ("--out", self.folder / "n2", "--split", "Holdout", "--noise", "off")
        self.assertIn("8 were there already",
                      MMGYM.run("sample", gym, *flags, *off, *zeros).stdout)  # fmt: skip
        command = ("sample", gym, *flags, "--split", "all", "--out", self.folder / "n5")
        for silent in (("--quiet",), ("--log-level", "error"), ("--task", "single")):
            self.assertNotIn("noise", MMGYM.run(*command, *silent).stderr)
            shutil.rmtree(self.folder / "n5")
        error = MMGYM.run(*command, "--noise", "off", "--noise-angle", 3, status=2).stderr
        self.assertIn("--noise off: excludes --noise-angle", error)

    def test_empty_second_views_are_counted_in_a_database_without_neighbors(self):
        gym = self.folder / "alone.sqlite"
        MMGYM.run("build-db", SAMPLES / "2xhe.cif.gz", SAMPLES / "1lcd.cif.gz", "--db", gym, "--keep-all",
                  "--density-check-min-atoms", 25, "--allowed-elements", "*",
                  "--neighbor-count-threshold", 0)  # fmt: skip
        out = self.folder / "alone"
        command = ("sample", gym, "--out", out, "--preset", "16A")
        text = MMGYM.run(*command).stderr
        samples = read_folder(out)
        views = [json.loads(members["json"])["atoms_drawn"][1] for members in samples.values()]
        self.assertGreater(views.count(0), 0)
        self.assertIn(
            f"{gym}: zones were not required to have neighbors (neighbor_count_threshold 0): "
            f"{views.count(0)} of {len(views)} samples tried have an empty second view; build the "
            "database with --neighbor-count-threshold 1, or use --task single\n", text,
        )  # fmt: skip
        # Views that are as large as the molecules are never empty.
        for flags in (("--task", "single"), ("--resolution", 12, "--distance", 1), ("--quiet",)):
            shutil.rmtree(out)
            self.assertNotIn("empty", MMGYM.run(*command, *flags).stderr)
        stream = subprocess.run(
            MMGYM.command("sample", gym, "--out", "-", "--grid", 2, "--count", 1),
            capture_output=True, check=True,
        )  # fmt: skip
        self.assertIn(b"have an empty second view", stream.stderr)

    def test_labels_are_faces_of_any_polyhedron(self):
        for directions, faces in (("tetrahedron faces", 4), ("icosahedron faces", 20)):
            flags = ("--directions", directions, "--noise-distance", 0, "--noise-angle", 0)
            found = {}
            for label, origin, _ in self.frames(*flags):
                direction = origin / np.linalg.norm(origin)
                np.testing.assert_allclose(found.setdefault(label, direction), direction, atol=1e-9)
            self.assertTrue(faces / 2 < len(found) <= faces)
            self.assertTrue(set(found) <= set(range(faces)))
        self.assertIn("soccer", self.sample("ball", "--directions", "soccer ball", status=2))

    # ---- verification

    def test_verify_finds_all_differences(self):
        flags = ("--count", 30, "--samples-per-shard", 10)
        self.assertIn("not finished", self.verify("verified", *flags))
        out = self.sample("verified", *flags)
        before = folder_content(out)
        self.assertEqual(self.verify("verified", *flags, status=0), "")
        self.assertIn("seed is 0 there, 5 here", self.verify("verified", *flags, "--seed", 5))
        index = out / "index.json"
        whole = index.read_text()
        index.write_text(whole.replace('"format_version": 2', '"format_version": 1'))
        self.assertIn("format_version is 1 there, 2 here", self.verify("verified", *flags))
        index.write_text(whole)
        shard = out / "shard-000001.tar"
        content = bytearray(shard.read_bytes())
        content[5000] ^= 1
        shard.write_bytes(content)
        found = self.verify("verified", *flags)
        self.assertIn("shard-000001.tar: has MD5 sum", found)
        self.assertNotIn("shard-000000.tar", found)
        shard.unlink()
        self.assertIn("shard-000001.tar: No such file", self.verify("verified", *flags))
        self.sample("verified", *flags)
        self.assertEqual(folder_content(out), before)

    def test_a_folder_does_not_depend_on_the_spelling_of_its_path_or_a_new_name(self):
        flags = ("--count", 6, "--samples-per-shard", 3)
        self.sample("spelled", *flags)
        expected = folder_content(self.folder / "spelled")
        self.assertEqual(json.loads(expected["index.json"])["name"], "spelled")
        for spelling in ("spelled/", "spelled/.", "renamed"):
            if spelling == "renamed":
                (self.folder / "spelled").rename(self.folder / "renamed")
            # A string, because pathlib normalizes paths.
            command = ("sample", self.gym, "--out", f"{self.folder}/{spelling}", "--preset", "16A")
            self.assertIn("6 were there already", MMGYM.run(*command, *flags).stdout)
            MMGYM.run(*command, *flags, "--verify")
        self.assertEqual(folder_content(self.folder / "renamed"), expected)
        MMGYM.run("sample", self.gym, "--out", f"{self.folder}/slash/spelled/", "--preset", "16A", *flags)
        self.assertEqual(folder_content(self.folder / "slash" / "spelled"), expected)

    def verify(self, name, *flags, status=1):
        out = self.folder / name
        flags = ("--preset", "16A", *flags, "--verify")
        done = MMGYM.run("sample", self.gym, "--out", out, *flags, status=status)
        return done.stdout if status == 1 else done.stderr


if __name__ == "__main__":
    MMGYM, SAMPLES = Program(sys.argv[1]), pathlib.Path(sys.argv[2])
    unittest.main(argv=sys.argv[:1], verbosity=2)
