#!/usr/bin/env python3
"""Compares the includes of the folders of lib/ with their links in lib/CMakeLists.txt.

    layers.py SOURCE_DIR
"""

import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path()

# Headers of other projects: a pattern, their target, and the only folders that may include them
# (None: any folder that links the target).
OTHERS = [
    (r"gemmi/.*", "mmgym_gemmi", {"structure", "export"}),
    (r"msgpack.*", "mmgym_msgpack", {"bcif"}),
    (r"sqlite3\.h", "SQLite::SQLite3", {"database"}),
    (r"cairo.*", "PkgConfig::CAIRO", {"picture"}),
    (r"hwy/.*", "hwy::hwy", {"voxel", "density", "structure"}),
    (r"openssl/.*", "OpenSSL::Crypto", {"base"}),
    (r"libdeflate\.h", "PkgConfig::DEFLATE", None),
    (r"zstd.*\.h", "PkgConfig::ZSTD", None),
    (r"archive(_entry)?\.h", "PkgConfig::ARCHIVE", {"inputs"}),
    (r"zlib\.h", "ZLIB::ZLIB", None),
    (r"fmt/.*", "fmt::fmt", None),
    (r"nlohmann/.*", "nlohmann_json::nlohmann_json", None),
]
# All folders get these from base.
EVERYWHERE = {"Eigen3::Eigen", "Threads::Threads"}


def read_links(text):
    """Returns (public, private) links of each mmgym_library() by folder, in the file's order."""
    links = {}
    text = re.sub(r"#.*", "", text)
    for arguments in re.findall(r"^mmgym_library\(([^)]*)\)", text, re.MULTILINE):
        folder, *names = arguments.split()
        names = [name for name in names if name != "PUBLIC"]
        split = names.index("PRIVATE") if "PRIVATE" in names else len(names)
        links[folder] = (names[:split], names[split + 1 :])
    return links


def includes(folder):
    """Yields every file of the folder with each header that it includes."""
    for path in sorted((ROOT / "lib" / folder).iterdir()):
        for name in re.findall(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', path.read_text(), re.MULTILINE):
            yield path.relative_to(ROOT), name


class Layers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.links = read_links((ROOT / "lib" / "CMakeLists.txt").read_text())
        cls.folders = set(cls.links)

    def reached(self, folder):
        """Returns the targets whose headers a folder may include: links, and their public links."""
        public, private = self.links[folder]
        found, todo = set(), [*public, *private]
        while todo:
            name = todo.pop()
            if name not in found:
                found.add(name)
                todo += self.links.get(name.removeprefix("mmgym_"), ([], []))[0]
        return found

    def closure(self, folder):
        """Returns all targets that a program links if it links this folder."""
        found, todo = set(), [f"mmgym_{folder}"]
        while todo:
            name = todo.pop()
            if name not in found:
                found.add(name)
                public, private = self.links.get(name.removeprefix("mmgym_"), ([], []))
                todo += [*public, *private]
        return found

    def test_every_folder_is_a_library_and_links_only_folders_before_it(self):
        on_disk = {path.parent.name for path in ROOT.glob("lib/*/*")}
        self.assertEqual(self.folders, on_disk)
        before = set()
        for folder, (public, private) in self.links.items():
            ours = {name.removeprefix("mmgym_") for name in (*public, *private)} & self.folders
            self.assertEqual(ours - before, set(), f"{folder} links folders that come after it")
            before.add(folder)

    def test_a_folder_includes_only_headers_of_targets_that_it_links(self):
        for folder in self.links:
            reached = self.reached(folder)
            for path, name in includes(folder):
                first = name.partition("/")[0]
                if "/" in name and first in self.folders and first != folder:
                    self.assertIn(f"mmgym_{first}", reached, f"{path} includes {name}")
                for pattern, target, allowed in OTHERS:
                    if not re.fullmatch(pattern, name):
                        continue
                    self.assertIn(target, reached, f"{path} includes {name}")
                    if allowed is not None:
                        self.assertIn(folder, allowed, f"{path} includes {name}")

    def test_a_folder_links_only_targets_that_it_includes(self):
        unused = []
        for folder, (public, private) in self.links.items():
            names = {name for _, name in includes(folder)}
            for target in (*public, *private):
                if target in EVERYWHERE:
                    continue
                ours = target.removeprefix("mmgym_")
                patterns = [pattern for pattern, other, _ in OTHERS if other == target]
                if ours in self.folders:
                    patterns = [re.escape(ours) + "/.*"]
                self.assertTrue(patterns, f"{target} is not in the table OTHERS of this test")
                if not any(re.fullmatch(pattern, name) for pattern in patterns for name in names):
                    unused.append(f"{folder} links {target}")
        self.assertEqual(unused, [], "no header of these targets is included")

    def test_building_does_not_link_cairo_and_sampling_does_not_link_gemmi(self):
        for folder, other in [
            ("build", "PkgConfig::CAIRO"), ("build", "mmgym_sampling"), ("sampling", "mmgym_gemmi"),
            ("encoding", "mmgym_gemmi"), ("shards", "mmgym_gemmi"), ("shards", "PkgConfig::CAIRO"),
            ("voxel", "SQLite::SQLite3"),
        ]:  # fmt: skip
            self.assertNotIn(other, self.closure(folder), f"{folder} links {other}")
        # The closure contains indirect links.
        self.assertIn("mmgym_gemmi", self.closure("build"))
        self.assertIn("SQLite::SQLite3", self.closure("shards"))


if __name__ == "__main__":
    ROOT = pathlib.Path(sys.argv[1])
    unittest.main(argv=sys.argv[:1], verbosity=2)
