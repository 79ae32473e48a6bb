#!/usr/bin/env bash
# Run a fuzz target: first on the inputs of tests/fuzz/corpus, then on new ones. Ends with an error
# and the path of the input if one of them finds a bug.
#
#     scripts/fuzz.sh TARGET SECONDS FOLDER [FLAG...]
#
# TARGET is a program mmgym_fuzz_NAME of the preset `sanitize`. FOLDER/NAME keeps new inputs that reach
# new code, for the next run, and FOLDER/NAME-found the inputs that find bugs. FLAGs are libFuzzer's.
# To fuzz all targets for ten minutes each:
#
#     scripts/test.sh sanitize unit
#     for target in build/sanitize/bin/mmgym_fuzz_*; do scripts/fuzz.sh $target 600 build/fuzz; done
#
# Copy an input that found a bug to tests/fuzz/corpus, and write a test for the right behavior.
set -euo pipefail

(($# >= 3)) || { echo "usage: fuzz.sh TARGET SECONDS FOLDER [FLAG...]" >&2; exit 2; }
target=$1 seconds=$2 folder=$3
shift 3
name=${target##*mmgym_fuzz_}
corpus=$(dirname "$0")/../tests/fuzz/corpus/$name
mkdir -p "$folder/$name" "$folder/$name-found"
exec "$target" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -malloc_limit_mb=512 -max_len=20000 \
  -print_final_stats=1 -verbosity=0 -artifact_prefix="$folder/$name-found/" "$@" "$folder/$name" "$corpus"
