#!/usr/bin/env bash
# Profile a database of more than 300,000 zone-neighbor rows, as in the published profiles.
#
#     tests/bench/profile_gym.sh MMGYM FOLDER [FLAG...]
#
# Derives 16 entries from the ribosome in data-samples/, each with its own id and a random rigid motion
# (tests/support/derive_entries.py, which needs NumPy), builds FOLDER/gym.sqlite from them, and runs `mmgym
# profile` on it with the flags. The first run takes a few minutes; later runs use the same database.
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
