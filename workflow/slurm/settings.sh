# Settings of the jobs that submit.sh submits. Copy this file, and change the copy.

mmgym=mmgym                       # the program
inputs=(/data/pdb/mmCIF)          # as for build-db
out=$PWD/out                      # a folder that all nodes see
parts=8                           # jobs that build a part of the database
workers=8                         # jobs that write shards of each set
build_flags=()                    # of build-db, such as (--preset single --min-plddt 70)
merge_flags=()                    # of merge, such as (--clusters clusters.tsv)
split_flags=(--target train=90 --target val=10 --by-entity-clusters)
# Sets of shards, in out/shards: the flags of `mmgym sample` for each.
declare -A sets=(
  [train]="--split train --preset 24A --epochs 10 --encoding sparse"
  [val]="--split val --preset 24A --encoding sparse"
)
# Flags of sbatch for all jobs. A part needs about 300 MB of memory, and 4 GB for the largest entries.
sbatch_flags=(--cpus-per-task=4 --mem=8G --time=12:00:00)
