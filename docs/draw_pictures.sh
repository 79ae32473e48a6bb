#!/usr/bin/env bash
# Redraw the pictures in this folder from the entries in data-samples/.
#
#     docs/draw_pictures.sh [MMGYM]        (default: build/release/bin/mmgym)
set -euo pipefail
cd "$(dirname "$0")/.."
mmgym=${1:-build/release/bin/mmgym}
scratch=$(mktemp -d)
trap 'rm -r "$scratch"' EXIT

"$mmgym" build-db data-samples/2xhe.cif.gz data-samples/7cfn.cif.gz --keep-all --db "$scratch/proteins.sqlite"
# This small complex is not dense enough for the default parameters.
"$mmgym" build-db data-samples/1lcd.cif.gz --keep-all --db "$scratch/dna.sqlite" \
  --preset single --density-check-min-atoms 25

"$mmgym" show --force "$scratch/proteins.sqlite" --sample 103 --out docs/protein-core.png
"$mmgym" show --force "$scratch/proteins.sqlite" --sample 36 --out docs/mostly-empty-view.png
"$mmgym" show --force "$scratch/proteins.sqlite" --montage 6 --out docs/montage.png
# Views 16 A apart instead of 30 show the protein and the DNA.
"$mmgym" show --force "$scratch/dna.sqlite" --distance 16 --sample 213 --out docs/protein-dna-interface.png
