#!/usr/bin/env bash
# Build mmgym and run its tests.
#
#     scripts/test.sh [PRESET [LABEL]]
#
# PRESET is release (the default), debug, sanitize or tsan. The label `unit` builds and runs only the
# C++ tests of the libraries, without the program and the Python scripts that run it.
set -euo pipefail
cd "$(dirname "$0")/.."

preset=${1:-release}
label=${2:-}
target=all
select=()
case $label in
  '') ;;
  unit) target=unit_tests select=(--label-regex '^unit$') ;;
  *) echo "test.sh: unknown label '$label'; use 'unit', or no label to run all tests" >&2; exit 2 ;;
esac

# Installs the Python package for its tests. It is built in the same folder as the program, so that
# they share the compiled libraries. Without a network, the tests of the package are skipped.
install_python_package() {
  local python environment status=0
  python=/usr/bin/python3
  [[ -x $python ]] || python=python3
  environment=build/$preset/python-env
  tests/support/python_env.sh "$python" "$environment" -c '' || status=$?
  ((status == 77)) && return 0
  ((status == 0)) || exit "$status"
  "$environment/bin/python" -m pip install --quiet --disable-pip-version-check \
    --no-build-isolation --no-deps --config-settings=build-dir="build/$preset" \
    --config-settings=cmake.define.MMGYM_WERROR="${CI:-OFF}" .
}

scripts/setup.sh test
benchmarks=OFF  # compiled, so that they do not become outdated
if [[ $preset == release && -z $label ]]; then
  install_python_package
  benchmarks=ON
fi
# In continuous integration a warning is an error. The Python package has left its own settings.
cmake --preset "$preset" -DMMGYM_TESTS=ON -DMMGYM_BENCH=$benchmarks -DMMGYM_PYTHON=OFF -DMMGYM_WERROR="${CI:-OFF}" \
  -DCMAKE_INSTALL_PREFIX=/usr/local
cmake --build --preset "$preset" --target "$target"
ctest --preset "$preset" -j "$(nproc)" "${select[@]}"
