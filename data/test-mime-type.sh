#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The mime type is understood by the database's own tool, and its glob leads to it.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/mime/packages"
cp "$1" "$work/mime/packages/"
update-mime-database "$work/mime"
grep -q '^application/x-solco-project:\*\.solco$' "$work/mime/globs"
