#!/usr/bin/env python3
"""Compares docs/architecture.md and links in README.md with the files of the repository.

    architecture.py SOURCE_DIR
"""

import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path()
MOST_LINES = 2000
MOST_FILES = 20


def paths_in(text):
    """Returns the paths of this repository in backquotes in a text: words with a slash, and names
    of top-level folders."""
    top = {path.name for path in ROOT.iterdir() if path.is_dir()}
    words = re.findall(r"`([^`\s]+)`", text)
    return [word for word in words if word in top or re.fullmatch(r"[\w.-]+(/[\w.-]+)+/?", word)]


class Architecture(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.page = (ROOT / "docs" / "architecture.md").read_text()
        cls.folders = {path for path in (ROOT / "lib").iterdir() if path.is_dir()}

    def section(self, title):
        """Returns the text after a heading, or after any other text, up to the next heading."""
        return self.page.split(title, 1)[1].split("\n## ", 1)[0]

    def test_every_path_on_the_page_exists(self):
        paths = paths_in(self.page)
        self.assertGreater(len(paths), 50)
        self.assertEqual([path for path in paths if not (ROOT / path).exists()], [])

    def test_every_link_to_a_file_is_valid(self):
        for page in ("README.md", "docs/architecture.md"):
            text = (ROOT / page).read_text()
            links = [link for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]
            missing = [link for link in links if not (ROOT / page).parent.joinpath(link).exists()]
            self.assertEqual(missing, [], page)

    def test_every_folder_of_lib_has_a_line_in_the_order_of_its_cmake_file(self):
        listed = re.findall(r"^\* `lib/(\w+)`:", self.section("## Folders of lib/"), re.MULTILINE)
        cmake = (ROOT / "lib" / "CMakeLists.txt").read_text()
        libraries = re.findall(r"^mmgym_library\((\w+)", cmake, re.MULTILINE)
        # The large folders come again below the list.
        self.assertEqual(listed[: len(libraries)], libraries)

    def test_the_page_gives_a_reason_for_every_large_folder(self):
        reasons = re.findall(
            r"^\* `(lib/\w+)`:", self.section("\nFolders with more than"), re.MULTILINE
        )
        large = set()
        for folder in self.folders:
            files = [path for path in folder.iterdir() if path.is_file()]
            lines = sum(len(path.read_text().splitlines()) for path in files)
            if lines > MOST_LINES or len(files) > MOST_FILES:
                large.add(f"lib/{folder.name}")
        self.assertEqual(set(reasons), large)

    def test_the_functions_of_each_step_are_in_the_named_files(self):
        for title in ("## One atom", "## One sample"):
            section = self.section(title)
            steps = re.findall(r"^\d+\. `([^`]+)` → `(\w+)`: ", section, re.MULTILINE)
            self.assertEqual(len(steps), len(re.findall(r"^\d+\. ", section, re.MULTILINE)))
            self.assertGreater(len(steps), 5)
            for path, function in steps:
                self.assertRegex((ROOT / path).read_text(), rf"\b{function}\(", path)


if __name__ == "__main__":
    ROOT = pathlib.Path(sys.argv[1])
    unittest.main(argv=sys.argv[:1], verbosity=2)
