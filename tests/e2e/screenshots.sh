#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# screenshots.sh FOLDER [BUILD-FOLDER]: takes pictures of all main states of the window into FOLDER,
# on the virtual recorder. SOLCO_E2E_ONLY=NAME takes those of one scenario only.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
mkdir -p "$1"
folder=$(cd "$1" && pwd)
build=$(cd "${2:-$root/_build}" && pwd)

export SOLCO_E2E_SOLCO="$build/src/app/solco"
export SOLCO_E2E_XDND="$build/tests/e2e/window/xdnd-source"
export SOLCO_E2E_SCHEMAS="$build/data"
export SOLCO_CLI="$build/src/cli/solco-cli"
export SOLCO_VIRTUAL_RECORDER="$build/tests/recorder/solco-virtual-recorder"
export SOLCO_E2E_LOCALE_REDIRECT="$build/tests/e2e/window/liblocale-redirect.so"
export SOLCO_E2E_CATALOGUES="$build/po"
export SOLCO_SHOTS="$folder"
exec "$here/window/run.sh" "$here/window/screenshots.py"
