#!/usr/bin/env bash
# Profile a database of more than 300,000 zone-neighbor rows, as the published profiles had.
#
#     tests/bench/profile_gym.sh MMGYM FOLDER [FLAG...]
#
# Derives 16 entries from the ribosome in data-samples/, each moved by a random rigid motion and under an
# id of its own (tests/support/derive_entries.py, which needs NumPy), builds FOLDER/gym.sqlite of them, and
# runs `mmgym profile` on it with the flags. Takes a few minutes the first time; what is there is kept.
set -euo pipefail

if (($# < 2)); then
  sed -n '2,8s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
mmgym=$1
folder=$2
shift 2
here=$(dirname "$0")

if [[ ! -e $folder/gym.sqlite ]]; then
  python3 "$here/../support/derive_entries.py" "$folder/entries" 16 "$here/../../data-samples/6zu5.cif.gz"
  "$mmgym" build-db "$folder/entries" --keep-all --db "$folder/gym.sqlite"
fi
"$mmgym" profile "$folder/gym.sqlite" "$@"
