#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# run.sh SCRIPT [ARGUMENT…]: runs a Python script on a screen and a session bus of its own, with
# home and settings in a folder that is removed afterwards. Only the script writes to the standard
# output: what the bus and its services say there goes to the standard error.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
for tool in xvfb-run dbus-run-session xdotool openbox; do
  if ! command -v "$tool" >/dev/null; then
    echo "1..0 # SKIP $tool is not installed"
    exit 0
  fi
done
if ! /usr/bin/python3 -c 'import pyatspi' 2>/dev/null; then
  echo "1..0 # SKIP python3-pyatspi is not installed"
  exit 0
fi

SOLCO_E2E_HOME=$(mktemp -d)
export SOLCO_E2E_HOME
trap 'rm -rf "$SOLCO_E2E_HOME"' EXIT
mkdir -p "$SOLCO_E2E_HOME/run" "$SOLCO_E2E_HOME/home"
chmod 700 "$SOLCO_E2E_HOME/run"

env -u WAYLAND_DISPLAY -u SESSION_MANAGER -u GTK_THEME \
  HOME="$SOLCO_E2E_HOME/home" \
  XDG_CONFIG_HOME="$SOLCO_E2E_HOME/config" \
  XDG_DATA_HOME="$SOLCO_E2E_HOME/data" \
  XDG_CACHE_HOME="$SOLCO_E2E_HOME/cache" \
  XDG_STATE_HOME="$SOLCO_E2E_HOME/state" \
  XDG_RUNTIME_DIR="$SOLCO_E2E_HOME/run" \
  PYTHONPATH="$here" PYTHONDONTWRITEBYTECODE=1 \
  GSK_RENDERER=cairo GDK_BACKEND=x11 GIO_USE_VFS=local GIO_USE_VOLUME_MONITOR=unix \
  GSETTINGS_BACKEND=keyfile GSETTINGS_SCHEMA_DIR="$SOLCO_E2E_SCHEMAS" \
  GTK_A11Y=atspi NO_AT_BRIDGE=0 \
  DBUS_SYSTEM_BUS_ADDRESS=unix:path=/nonexistent \
  LC_ALL="${SOLCO_E2E_LC_ALL:-C.UTF-8}" TZ=UTC \
  SOLCO_E2E_SCREEN="${SOLCO_E2E_SCREEN:-1280x900x24}" \
  dbus-run-session -- sh -c '
    exec xvfb-run -a -s "-screen 0 $SOLCO_E2E_SCREEN" /usr/bin/python3 "$@" >&3 3>&-' \
  sh "$@" 3>&1 >&2
