#!/usr/bin/env bash
# One job of submit.sh. A job that is killed or requeued goes on where it stopped.
#
#     job.sh SETTINGS part|merge|shards [SET]
set -euo pipefail

# shellcheck source=settings.sh
source "$1"
number=$SLURM_ARRAY_TASK_ID
threads=(--threads "${SLURM_CPUS_PER_TASK:-1}")

case $2 in
  part)
    part=$out/parts/part-$number-$parts.sqlite
    [[ -e $part ]] || "$mmgym" build-db "${inputs[@]}" --part "$number/$parts" --db "$part" \
      "${threads[@]}" "${build_flags[@]}"
    ;;
  merge)
    gym=$out/gym.sqlite
    if [[ ! -e $gym ]]; then
      parts_in_order=()
      for ((k = 0; k < parts; ++k)); do
        parts_in_order+=("$out/parts/part-$k-$parts.sqlite")
      done
      "$mmgym" merge "${parts_in_order[@]}" --db "$gym" "${merge_flags[@]}"
    fi
    # The same flags make the same splits.
    "$mmgym" split "$gym" "${split_flags[@]}"
    ;;
  shards)
    # One word per flag.
    read -ra flags <<<"${sets[$3]}"
    "$mmgym" sample "$out/gym.sqlite" --out "$out/shards/$3" --worker "$number/$workers" \
      "${threads[@]}" "${flags[@]}"
    ;;
esac
