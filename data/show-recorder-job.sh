#!/bin/sh
# Shows the main job on the virtual recorder, in a terminal:
# show-recorder-job.sh SOLCO-CLI VIRTUAL-RECORDER
# The recorder's CD-R is kept in the user's data folder: the first run burns its first session, and
# every later run appends one.
set -eu
solco_cli=$1
recorder=$2

folder=${XDG_DATA_HOME:-$HOME/.local/share}/solco
disc=$folder/virtual-cd-r.disc
mkdir -p "$folder"
work=$(mktemp -d "${TMPDIR:-/tmp}/solco.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP
cd "$work"

# on-the-drive VERB [OPTION…]: as one would type it with a recorder, and run beside the virtual one.
on_the_drive ()
{
  verb=$1
  shift
  printf '\n$ solco-cli %s --recorder /dev/sr0' "$verb"
  [ $# -eq 0 ] || printf ' %s' "$@"
  printf '\n'
  "$recorder" --medium cd-r-80 --backing "$disc" --time-scale 100 -- \
    "$solco_cli" "$verb" --recorder /dev/sr0 "$@"
}

if [ -e "$disc" ]; then
  printf '\nThe virtual recorder holds the CD-R of the last time: one more session is appended.\n'
else
  printf '\nThere is no recorder on this machine, so a virtual one with a blank CD-R takes its place.\n'
fi
name=Notes-$(date +%Y-%m-%d-%H%M%S).txt
date '+Written on %Y-%m-%d at %H:%M:%S' >"$name"
on_the_drive burn --verify full "$name"
on_the_drive info
on_the_drive list
printf '\nThe disc is kept in %s; the next run appends to it.\n' "$disc"
