#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The page is formatted without a single warning.
set -eu

warnings=$(LC_ALL=C.UTF-8 man --local-file --warnings "$1" 2>&1 >/dev/null)
if [ -n "$warnings" ]; then
  echo "$warnings"
  exit 1
fi
