#!/usr/bin/env bash
# Run a Python program in an environment with the packages of requirements.txt.
#
#     python_env.sh PYTHON ENVIRONMENT PROGRAM [ARGUMENT...]
#
# The first run installs the packages from PyPI into the folder ENVIRONMENT, a virtual environment
# that also has PYTHON's packages. If that fails (no network), the exit status is 77, which CTest
# reports as skipped; if CI=true is set, it is 1.
set -euo pipefail

python=$1
environment=$2
shift 2
requirements=$(dirname "$0")/requirements.txt
log=$environment.log

install() {
  rm -rf "$environment"
  "$python" -m venv --system-site-packages "$environment" &&
    "$environment/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps \
      --requirement "$requirements" &&
    cp "$requirements" "$environment/installed.txt"
}

# Tests that run in parallel wait until the first has installed the packages.
mkdir -p "$(dirname "$environment")"
exec 9>"$environment.lock"
flock 9
if ! cmp -s "$requirements" "$environment/installed.txt" && ! install >"$log" 2>&1; then
  printf 'python_env.sh: cannot install the packages of %s:\n' "$requirements" >&2
  tail -n 5 "$log" >&2
  [[ ${CI-} == true ]] && exit 1
  exit 77
fi
exec 9>&-

exec "$environment/bin/python" "$@"
