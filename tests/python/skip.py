"""Skips tests whose packages are not installed."""

import importlib
import os
import sys


def needs(*packages):
    """Ends the program if a package cannot be imported: with status 77, which CTest reports as
    skipped, or with 1 in continuous integration, where nothing may be skipped."""
    for name in packages:
        try:
            importlib.import_module(name)
        except ImportError as error:
            print(f"skipped: {error}; scripts/test.sh installs it")
            sys.exit(1 if os.environ.get("CI") == "true" else 77)
