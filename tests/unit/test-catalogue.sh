#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The catalogues: every file with sentences is listed, every listed file is there, every
# catalogue is sound, and each has all sentences of the folders that are named.
#
# Usage: test-catalogue.sh SOURCE_ROOT FOLDER…
set -u
export LC_ALL=C.UTF-8

cd "$1" || exit 1
shift
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

number=0
failures=0

# result STATUS DESCRIPTION: prints a line of TAP, and what the check printed if it failed.
result ()
{
  number=$((number + 1))
  if [ "$1" -eq 0 ]; then
    echo "ok $number - $2"
  else
    failures=$((failures + 1))
    echo "not ok $number - $2"
    sed 's/^/# /' "$work/log"
  fi
}

# make_template FILE OUTPUT: the sentences of the files that FILE lists.
make_template ()
{
  xgettext --files-from="$1" --from-code=UTF-8 --add-comments \
    --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2 --keyword=ngettext:1,2 \
    --keyword=g_dngettext:2,3 --keyword=g_dpgettext2:2c,3 --output="$2" >"$work/log" 2>&1
}

grep -v '^#' po/POTFILES.in | grep . | sort >"$work/listed"

# What has sentences: C files by the marks of gettext, templates by their attribute.
{
  grep -rlE --include='*.[ch]' '(^|[^A-Za-z0-9_])(_|N_|C_|NC_|ngettext|g_dngettext) ?\(' src
  find ui -name '*.ui' -exec grep -lE 'translatable="(yes|true)"' {} + 2>/dev/null
  find data -name '*.desktop.in' -o -name '*.metainfo.xml.in'
} | sort >"$work/found"

comm -13 "$work/listed" "$work/found" >"$work/log"
test ! -s "$work/log"
result $? "POTFILES.in lists every file with sentences"

comm -23 "$work/listed" "$work/found" >"$work/log"
test ! -s "$work/log"
result $? "POTFILES.in lists nothing else"

make_template po/POTFILES.in "$work/all.pot" && test -s "$work/all.pot"
result $? "the template can be made"

pattern=$(printf '%s\n' "$@" | sed 's|.*|^&/|')
grep -e "$pattern" "$work/listed" >"$work/complete"
make_template "$work/complete" "$work/complete.pot" && test -s "$work/complete.pot"
result $? "the template of what is complete can be made"

for language in $(grep -v '^#' po/LINGUAS); do
  msgfmt --check --output-file=/dev/null "po/$language.po" >"$work/log" 2>&1
  result $? "$language.po is sound"

  msgmerge --no-fuzzy-matching --quiet --output-file="$work/merged.po" "po/$language.po" \
    "$work/complete.pot" >"$work/log" 2>&1 \
    && msgattrib --untranslated --no-obsolete "$work/merged.po" >"$work/log" 2>&1 \
    && msgattrib --only-fuzzy --no-obsolete "$work/merged.po" >>"$work/log" 2>&1 \
    && test ! -s "$work/log"
  result $? "$language.po is complete for $*"
done

echo "1..$number"
test "$failures" -eq 0
