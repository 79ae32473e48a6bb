#!/usr/bin/env bash
# Submit the jobs that make a database and shards with Slurm: parts, then merge and split, then shards.
#
#     workflow/slurm/submit.sh SETTINGS
#
# SETTINGS is a copy of workflow/slurm/settings.sh. Run it again after a failure: what is finished is
# not done again, and what was interrupted goes on. Prints the ids of the jobs.
set -euo pipefail

(($# == 1)) || { echo "usage: submit.sh SETTINGS" >&2; exit 2; }
settings=$(realpath "$1")
job=$(dirname "$(realpath "$0")")/job.sh
# shellcheck source=settings.sh
source "$settings"
mkdir -p "$out/parts" "$out/shards" "$out/logs"

submit() {
  local name=$1
  shift
  sbatch --parsable --requeue --kill-on-invalid-dep=yes --job-name="mmgym-$name" --output="$out/logs/$name-%A_%a.log" \
    --open-mode=append "${sbatch_flags[@]}" "$@"
}

built=$(submit part --array="0-$((parts - 1))" "$job" "$settings" part)
merged=$(submit merge --array=0 --dependency="afterok:$built" "$job" "$settings" merge)
echo "parts $built, merge and split $merged"
for set in "${!sets[@]}"; do
  made=$(submit "shards-$set" --array="0-$((workers - 1))" --dependency="afterok:$merged" \
    "$job" "$settings" shards "$set")
  echo "shards of $set $made"
done
