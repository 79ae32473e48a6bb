#!/usr/bin/env bash
# Check the layout of the C++ files with clang-format, then lib/ and apps/ with clang-tidy. The settings
# are for version 14, which Debian 12 has.
#
#     scripts/lint.sh
#
# .clang-format and .clang-tidy say what is checked. `clang-format -i FILE...` mends the layout.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh lint
git ls-files '*.cpp' '*.h' | xargs clang-format --dry-run --Werror

cmake --preset sanitize -DMMGYM_TESTS=ON >/dev/null
# Folders are checked as the single files that they are compiled as, in build/.
run-clang-tidy -quiet -p build/sanitize "^$PWD/(build/sanitize/)?(lib|apps)/"
