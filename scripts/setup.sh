#!/usr/bin/env bash
# Install the missing packages that mmgym and its Python package need to build and, with `test`, to run
# the tests, with `lint`, scripts/lint.sh, or, with `workflow`, the test of the workflows. Debian 12 and 13
# have all of them.
#
#     scripts/setup.sh [test|lint|workflow]
#
# Needs root or sudo, unless all packages are installed.
set -euo pipefail

build_packages=(
  g++ cmake ninja-build pkg-config
  libsqlite3-dev gemmi-dev tao-pegtl-dev
  libcli11-dev libspdlog-dev libfmt-dev
  libeigen3-dev libhwy-dev libssl-dev libdeflate-dev zlib1g-dev libzstd-dev libarchive-dev libcairo2-dev
  nlohmann-json3-dev libpcg-cpp-dev libmsgpack-cxx-dev
  python3-dev python3-venv
)
test_packages=(
  catch2 librapidcheck-dev libbenchmark-dev python3-numpy python3-torch sqlite3 mmseqs2
  clang libclang-rt-dev
)
lint_packages=(clang-format clang-tidy)
workflow_packages=(snakemake slurmctld slurmd slurm-client munge)

say() { printf 'setup.sh: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# Sets `missing` to the arguments that are not installed.
find_missing() {
  local installed name
  installed=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' "$@" 2>/dev/null || true)
  missing=()
  for name in "$@"; do
    grep -qxF "$name installed" <<<"$installed" || missing+=("$name")
  done
}

# Sets `unknown` to the arguments without a candidate version in apt's package lists.
find_unknown() {
  local name policy
  unknown=()
  for name in "$@"; do
    # apt treats an unknown name as a pattern, which can match other packages ("g++").
    policy=$(LC_ALL=C apt-cache policy "$name" | grep -A2 -xF "$name:" || true)
    grep -q '^  Candidate: [^(]' <<<"$policy" || unknown+=("$name")
  done
}

# stdout is dropped: it has several lines for each of about a hundred packages. stderr has all errors.
apt_get() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get -qq -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 "$@" >/dev/null
}

update_lists() {
  say "updating the package lists"
  apt_get update || fail "apt-get update failed: check the network and apt's sources, then run this again"
}

case "$#:${1-}" in
  0:) packages=("${build_packages[@]}") ;;
  1:test) packages=("${build_packages[@]}" "${test_packages[@]}") ;;
  1:lint) packages=("${build_packages[@]}" "${test_packages[@]}" "${lint_packages[@]}") ;;
  1:workflow) packages=("${build_packages[@]}" "${test_packages[@]}" "${workflow_packages[@]}") ;;
  *) say "usage: scripts/setup.sh [test|lint|workflow]"; exit 2 ;;
esac

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  fail "this system is not Debian: install the equivalent of these packages, then build with cmake --preset release: ${packages[*]}"
fi

find_missing "${packages[@]}"
if ((${#missing[@]} == 0)); then
  exit 0
fi

as_root=()
if ((EUID != 0)); then
  as_root=(sudo)
  [[ -t 0 ]] || as_root+=(-n)
  if ! command -v sudo >/dev/null || ! "${as_root[@]}" true; then
    fail "needs root or sudo; as root, run: apt-get update && apt-get install ${missing[*]}"
  fi
fi

find_unknown "${missing[@]}"
updated=no
if ((${#unknown[@]} > 0)); then
  update_lists
  updated=yes
  find_unknown "${missing[@]}"
  if ((${#unknown[@]} > 0)); then
    fail "not in this system's package sources: ${unknown[*]}; check the network and that apt's sources include 'main' of Debian 12 or newer, or install them in another way"
  fi
fi

say "installing ${missing[*]}"
if ! apt_get install -y --no-install-recommends "${missing[@]}"; then
  # The archive may no longer have the versions in the package lists.
  if [[ $updated == no ]]; then
    update_lists
    apt_get install -y --no-install-recommends "${missing[@]}" || true
  fi
  find_missing "${packages[@]}"
  if ((${#missing[@]} > 0)); then
    fail "could not install ${missing[*]}; fix the errors of apt-get above, then run this again"
  fi
fi
