#!/bin/sh
# Builds Solco, installing the Debian packages that it needs if they are missing, and runs it.
# With arguments: passes them to the terminal program. Without, on a display: opens the window, on the
# machine's recorder or on a virtual one whose CD-R is kept. Without a display: shows the main job in
# the terminal, on an image file, and where the machine has no recorder on the virtual one as well.
set -eu
root=$(cd "$(dirname "$0")" && pwd)

. "$root/data/packages.sh"
# The lists are meant to be split at blanks.
# shellcheck disable=SC2086
solco_install_packages $SOLCO_BUILD_TOOLS $SOLCO_BUILD_LIBRARIES $SOLCO_WINDOW_PACKAGES \
  $SOLCO_RECORDER_PACKAGES

build=$root/_build
[ -f "$build/build.ninja" ] || meson setup "$build" "$root" >&2
ninja --quiet -C "$build" >&2

if [ $# -gt 0 ]; then
  exec "$build/src/cli/solco-cli" "$@"
fi
recorder=$build/tests/recorder/solco-virtual-recorder
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  # The settings of the program that is not installed.
  export GSETTINGS_SCHEMA_DIR="$build/data"
  [ ! -e /dev/sr0 ] || exec "$build/src/app/solco"
  folder=${XDG_DATA_HOME:-$HOME/.local/share}/solco
  mkdir -p "$folder"
  exec "$recorder" --medium cd-r-80 --backing "$folder/virtual-cd-r.disc" --time-scale 100 -- \
    "$build/src/app/solco" --device /dev/sr0
fi
"$root/data/show-main-job.sh" "$build/src/cli/solco-cli" "$root"
# Nobody's disc is written to for a show.
[ -e /dev/sr0 ] ||
  "$root/data/show-recorder-job.sh" "$build/src/cli/solco-cli" "$recorder"
