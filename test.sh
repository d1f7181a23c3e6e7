#!/bin/bash
# Builds Solco with gcc and with clang, runs all tests, and runs them once more under
# AddressSanitizer and UndefinedBehaviorSanitizer. The last line says "N passed, N failed"; the
# exit code is 0 only when nothing failed. Long campaigns run a part here; SOLCO_TEST_THOROUGH=1
# runs the whole.
set -uo pipefail
cd "$(dirname "$0")" || exit 1
export LC_ALL=C.UTF-8 LANGUAGE=
unset CC CXX CFLAGS CXXFLAGS LDFLAGS DESTDIR

. data/packages.sh
# The lists are meant to be split at blanks.
# shellcheck disable=SC2086
if ! solco_install_packages $SOLCO_BUILD_TOOLS $SOLCO_BUILD_LIBRARIES $SOLCO_WINDOW_PACKAGES \
  $SOLCO_RECORDER_PACKAGES \
  $SOLCO_TEST_PACKAGES; then
  echo "0 passed, 1 failed"
  exit 1
fi

jobs=$(nproc)
# A build or a run that never got to its tests counts as one failure each.
build_failures=0
test_logs=()

# build DIRECTORY COMPILER MESON-OPTION…
build ()
{
  local directory=$1 compiler=$2
  shift 2
  echo "== Building with $compiler in $directory $*"
  if ! { CC=$compiler meson setup --reconfigure "$directory" "$@" >"$directory.log" 2>&1 ||
           CC=$compiler meson setup --wipe "$directory" "$@" >"$directory.log" 2>&1 ||
           { rm -rf "$directory" && CC=$compiler meson setup "$directory" "$@"; }; } ||
     ! meson compile -C "$directory" -j "$jobs"; then
    echo "== The build in $directory failed"
    build_failures=$((build_failures + 1))
    return 1
  fi
  rm -f "$directory.log"
}

# run DIRECTORY LOG MESON-TEST-OPTION… (meson names the log after the test setup)
run ()
{
  local directory=$1 log=$1/meson-logs/$2
  shift 2
  echo "== Testing in $directory $*"
  rm -f "$log".*
  meson test -C "$directory" --no-rebuild --print-errorlogs --num-processes "$jobs" "$@"
  test_logs+=("$log")
}

if build _build-gcc gcc; then
  run _build-gcc testlog
  # The window on a screen of its own, one after the other: keys and drops need the machine.
  run _build-gcc testlog-screen --setup screen --suite screen
fi
build _build-clang clang

# The sanitizers want to be first in a program, but the drive's preload libraries come before them.
# Leaks are looked for in the terminal program only: libraries that are at work beside a test, and
# tests that end in the middle, have theirs.
export ASAN_OPTIONS=verify_asan_link_order=0:abort_on_error=1:detect_leaks=0
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
# What was run in full above is run in part here, unless everything is wanted.
if [ -z "${SOLCO_TEST_THOROUGH:-}" ]; then
  export SOLCO_TEST_QUICK=1 SOLCO_TEST_POINTS=10
fi
build _build-sanitize gcc -Db_sanitize=address,undefined -Db_lundef=false &&
  run _build-sanitize testlog --timeout-multiplier 4

exec /usr/bin/python3 tests/summary.py "$build_failures" "${test_logs[@]}"
