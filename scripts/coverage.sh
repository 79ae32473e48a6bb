#!/usr/bin/env bash
# Print which part of the lines and branches of lib/ the tests execute, per folder, and per file in
# build/coverage/files.txt.
#
#     scripts/coverage.sh
#
# Needs LLVM's tools (Debian's package llvm). build/coverage/counts.profdata is for `llvm-cov show`.
set -euo pipefail
cd "$(dirname "$0")/.."

build=build/coverage
scripts/setup.sh test
cmake --preset coverage -DMMGYM_TESTS=ON -DMMGYM_PYTHON=OFF
cmake --build --preset coverage
rm -rf $build/counts
# Some tests take the files or the memory that the counts need, or train networks.
ctest --preset coverage -j "$(nproc)" --label-regex '^(unit|cli)$' \
  --exclude-regex 'every system call|failing machine|odd entries|training examples'

llvm-profdata merge -sparse $build/counts/*.profraw -o $build/counts.profdata
programs=($build/bin/mmgym)
for test in $build/bin/mmgym_test_*; do programs+=(-object "$test"); done
llvm-cov report "${programs[@]}" -instr-profile=$build/counts.profdata \
  -ignore-filename-regex='/(tests|apps)/|^/usr/|^(tests|apps)/' \
  -show-branch-summary -show-region-summary=false >$build/files.txt
# Columns 5 and 6 are lines and missed lines, 8 and 9 branches.
awk '
  function part(missed, all) { return all ? 100 * (1 - missed / all) : 100 }
  $1 ~ /\.(cpp|h)$/ {
    folder = $1; sub(/\/[^\/]*$/, "", folder); sub(/.*\//, "", folder)
    for (name in both) delete both[name]
    both[folder]; both["all of lib"]
    for (name in both) { l[name] += $5; ml[name] += $6; b[name] += $8; mb[name] += $9 }
  }
  END {
    for (name in l)
      printf "%-10s %5d lines %6.2f %%  %5d branches %6.2f %%\n", name, l[name], part(ml[name], l[name]),
        b[name], part(mb[name], b[name])
  }' $build/files.txt | sort
