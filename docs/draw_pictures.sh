#!/usr/bin/env bash
# Draw the pictures in this folder again, from the entries in data-samples/.
#
#     docs/draw_pictures.sh [MMGYM]        (default: build/release/bin/mmgym)
set -euo pipefail
cd "$(dirname "$0")/.."
mmgym=${1:-build/release/bin/mmgym}
scratch=$(mktemp -d)
trap 'rm -r "$scratch"' EXIT

"$mmgym" build-db data-samples/2xhe.cif.gz data-samples/7cfn.cif.gz --keep-all --db "$scratch/proteins.sqlite"
# Half a turn of DNA and a small protein are not dense enough for the defaults, which leave out sodium as well.
"$mmgym" build-db data-samples/1lcd.cif.gz --keep-all --db "$scratch/dna.sqlite" --allowed-elements '*' \
  --density-check-min-atoms 25 --neighbor-count-threshold 0

"$mmgym" show --force "$scratch/proteins.sqlite" --sample 103 --out docs/protein-core.png
"$mmgym" show --force "$scratch/proteins.sqlite" --sample 36 --out docs/mostly-empty-view.png
"$mmgym" show --force "$scratch/proteins.sqlite" --montage 6 --out docs/montage.png
# Views 16 A apart instead of 30: one of the protein, one of the DNA.
"$mmgym" show --force "$scratch/dna.sqlite" --distance 16 --sample 213 --out docs/protein-dna-interface.png
