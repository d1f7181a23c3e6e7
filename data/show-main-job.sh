#!/bin/sh
# Shows the main job in a terminal: show-main-job.sh SOLCO-CLI FOLDER
# FOLDER's documents and a part of its source are staged, burned as session 1 to an image file,
# changed, appended as session 2, and both sessions are listed and verified. Everything happens in
# a temporary folder.
set -eu
solco_cli=$1
folder=$2

work=$(mktemp -d "${TMPDIR:-/tmp}/solco.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP

# Shows a command as one would type it, and runs it.
show ()
{
  printf '\n$ solco-cli'
  for word in "$@"; do
    case $word in
      *' '*) printf " '%s'" "$word" ;;
      *) printf ' %s' "$word" ;;
    esac
  done
  printf '\n'
  "$solco_cli" "$@"
}

mkdir "$work/Archive"
cp -R "$folder/data" "$folder/src/text" "$work/Archive/"
cp "$folder/README.md" "$work/Archive/Read me.md"
cp "$folder/COPYING" "$work/Archive/Licence.txt"
cd "$work"

echo "A folder is staged for a new image file that stands for a CD-R of 700 MB: what fits?"
show plan --recorder stdio:disc.iso --size cd700 --label Archive Archive

printf '\nSession 1 is burned.\n'
show burn --recorder stdio:disc.iso --size cd700 --label Archive --verify full Archive

printf '\nOne file is new, one is replaced, one is renamed and one is removed: session 2.\n'
date -u '+Added on %Y-%m-%d' >"Notes.txt"
echo "The second edition." >>"Archive/Read me.md"
set -- --recorder stdio:disc.iso --map "/Archive/Notes.txt=Notes.txt" \
  --map "/Archive/Read me.md=Archive/Read me.md" --on-conflict replace \
  --rename "/Archive/Licence.txt=COPYING" --remove "/Archive/data/packages.sh"
show plan "$@"
show burn "$@"

for session in 1 2; do
  printf '\nWhat session %s shows.\n' "$session"
  show list --recorder stdio:disc.iso --session "$session" /Archive
done
for session in 1 2; do
  printf '\nEvery file of session %s is read back and compared with its checksums.\n' "$session"
  show verify --recorder stdio:disc.iso --session "$session" --mode full
done

printf '\nThe disc as it is now.\n'
show info --recorder stdio:disc.iso
