#!/usr/bin/env python3
"""mypy accepts the installed package and the examples that use it.

    typing_test.py EXAMPLES
"""

import pathlib
import subprocess
import sys
import tempfile
import unittest

from skip import needs

needs("mmgym", "mypy", "torch")


class Typing(unittest.TestCase):
    def check(self, *arguments):
        with tempfile.TemporaryDirectory() as cache:
            command = [sys.executable, "-m", "mypy", "--ignore-missing-imports", "--cache-dir", cache]
            done = subprocess.run([*command, *map(str, arguments)], capture_output=True, text=True,
                                  cwd=EXAMPLES)  # fmt: skip
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_the_package(self):
        self.check("--package", "mmgym")

    def test_the_examples(self):
        self.check("--check-untyped-defs", *sorted(EXAMPLES.glob("*.py")))

    def test_a_mistake_is_found(self):
        with tempfile.NamedTemporaryFile("w", suffix=".py") as file:
            file.write("import mmgym\nmmgym.Gym('gym.sqlite').samples(gird=8)\n")
            file.flush()
            with self.assertRaisesRegex(AssertionError, "gird"):
                self.check(file.name)


if __name__ == "__main__":
    EXAMPLES = pathlib.Path(sys.argv[1]).resolve()
    unittest.main(argv=sys.argv[:1], verbosity=2)
