#!/usr/bin/env bash
# Build mmgym and run its tests.
#
#     scripts/test.sh [PRESET [LABEL]]
#
# PRESET is release (the default), debug, sanitize or tsan. The label `unit` builds and runs only the
# C++ tests of the libraries, without the program and the Python scripts that run it.
set -euo pipefail
cd "$(dirname "$0")/.."

preset=${1:-release}
label=${2:-}
target=all
select=()
case $label in
  '') ;;
  unit) target=unit_tests select=(--label-regex '^unit$') ;;
  *) echo "test.sh: unknown label '$label'; use 'unit', or no label to run all tests" >&2; exit 2 ;;
esac

scripts/setup.sh test
# In continuous integration a warning is an error.
cmake --preset "$preset" -DMMGYM_TESTS=ON -DMMGYM_WERROR="${CI:-OFF}"
cmake --build --preset "$preset" --target "$target"
ctest --preset "$preset" -j "$(nproc)" "${select[@]}"
