#!/usr/bin/env bash
# Build mmgym and run all its tests.
#
#     scripts/test.sh [PRESET]     (default: release; others: debug, sanitize, tsan)
set -euo pipefail
cd "$(dirname "$0")/.."

preset=${1:-release}
scripts/setup.sh test
# In continuous integration a warning is an error.
cmake --preset "$preset" -DMMGYM_TESTS=ON -DMMGYM_WERROR="${CI:-OFF}"
cmake --build --preset "$preset"
ctest --preset "$preset" -j "$(nproc)"
