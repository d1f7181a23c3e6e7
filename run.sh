#!/bin/sh
# Builds Solco, installing the Debian packages that it needs if they are missing, and runs it.
# With arguments: runs the program with them. Without: shows the main job in the terminal, on an image
# file, and where the machine has no recorder on a virtual one as well.
set -eu
root=$(cd "$(dirname "$0")" && pwd)

. "$root/data/packages.sh"
# The lists are meant to be split at blanks.
# shellcheck disable=SC2086
solco_install_packages $SOLCO_BUILD_TOOLS $SOLCO_BUILD_LIBRARIES $SOLCO_RECORDER_PACKAGES

build=$root/_build
[ -f "$build/build.ninja" ] || meson setup "$build" "$root" >&2
ninja --quiet -C "$build" >&2

if [ $# -gt 0 ]; then
  exec "$build/src/cli/solco-cli" "$@"
fi
"$root/data/show-main-job.sh" "$build/src/cli/solco-cli" "$root"
# Nobody's disc is written to for a show.
[ -e /dev/sr0 ] ||
  "$root/data/show-recorder-job.sh" "$build/src/cli/solco-cli" \
    "$build/tests/recorder/solco-virtual-recorder"
