#!/usr/bin/env bash
# Build mmgym and run it on the sample entries, from structures to training shards and a picture.
#
#     scripts/demo.sh [OUT]        (default: the folder demo/ of this checkout)
#
# Replaces OUT/gym.sqlite, OUT/shards and OUT/samples.png.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '\n== %s\n' "$*"; }

out=${1:-demo}
mmgym=build/release/bin/mmgym

say "Installing missing packages"
scripts/setup.sh

say "Building (build/release)"
cmake --preset release -DMMGYM_TESTS=OFF >/dev/null
cmake --build --preset release

mkdir -p "$out"
rm -rf "$out/gym.sqlite" "$out/shards" "$out/samples.png"

say "mmgym build-db: find training zones in data-samples/"
"$mmgym" build-db data-samples --db "$out/gym.sqlite" --log-level info

say "mmgym sample: draw 256 samples of two 24 A views each"
"$mmgym" sample "$out/gym.sqlite" --out "$out/shards" --preset 24A --count 256 \
  --samples-per-shard 128

say "mmgym show: draw a picture of six samples"
"$mmgym" show "$out/shards" --montage 6 --out "$out/samples.png"

say "mmgym profile: measure each stage"
"$mmgym" profile "$out/gym.sqlite"

say "Done"
du -h "$out/gym.sqlite" "$out/samples.png" "$out"/shards/*
cat <<EOF

$out/gym.sqlite   zones and the atoms around them; '$mmgym info $out/gym.sqlite' summarizes it
$out/samples.png  samples as a network sees them
$out/shards/      WebDataset shards, for training in PyTorch (README.md has a training loop)
$mmgym   the program

Next, build a database from your own mmCIF files:

    $mmgym build-db FOLDER --db mine.sqlite
EOF
