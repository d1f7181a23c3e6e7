# shellcheck shell=sh disable=SC2034
# Debian packages that Solco needs, and how to get them. Sourced by run.sh and test.sh: the only
# place where packages are named. Each list says what its packages are for.

# Compiler, build system, translations.
SOLCO_BUILD_TOOLS="gcc libc6-dev pkg-config meson ninja-build gettext"

# Libraries: GLib, the disc writers, the independent reader, SHA-256 and MD5, device listing, JSON.
SOLCO_BUILD_LIBRARIES="libglib2.0-dev libburn-dev libisofs-dev libcdio-dev libiso9660-dev
  libssl-dev libgudev-1.0-dev libjson-glib-dev"

# The window: GTK, its icons, and the tools that take desktop file, icons and mime type in.
SOLCO_WINDOW_PACKAGES="libgtk-4-dev adwaita-icon-theme desktop-file-utils appstream
  gtk-update-icon-cache shared-mime-info"

# The transport of the virtual recorder, which stands in where there is no real one.
SOLCO_RECORDER_PACKAGES="libumockdev-dev umockdev"

# The second compiler (its sanitizer runtime included) and the other programs that have to read what
# Solco writes: xorriso, genisoimage (with isoinfo), wodim, bsdtar, iso-info and cd-info,
# dvd+rw-mediainfo; groff proves the manual page, man-db and libxml2-utils prove data files; a
# display without a screen, a session bus, and what drives a window and looks at it.
SOLCO_TEST_PACKAGES="clang python3 xorriso genisoimage wodim libarchive-tools libcdio-utils
  dvd+rw-tools groff-base xvfb xauth dbus dbus-x11 at-spi2-core python3-pyatspi xdotool libx11-dev
  openbox imagemagick man-db fonts-dejavu-core udisks2 e2fsprogs mount"

# Prints those of its arguments that are not installed.
solco_missing_packages ()
{
  for package in "$@"; do
    status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) || status=
    [ "$status" = installed ] || printf ' %s' "$package"
  done
}

# Installs those of its arguments that are missing, as root or through sudo.
solco_install_packages ()
{
  if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "This is not a Debian system: please install what README.md lists by hand." >&2
    return 0
  fi
  missing=$(solco_missing_packages "$@")
  [ -n "$missing" ] || return 0

  if [ "$(id -u)" -eq 0 ]; then
    as_root="env"
  elif command -v sudo >/dev/null 2>&1; then
    as_root="sudo env"
  else
    echo "Please install these packages as root:$missing" >&2
    return 1
  fi
  echo "Installing:$missing" >&2
  # The names are meant to be split at blanks.
  # shellcheck disable=SC2086
  $as_root DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends $missing \
    >&2 && return 0
  # The package lists of a fresh system are empty or old.
  # shellcheck disable=SC2086
  $as_root DEBIAN_FRONTEND=noninteractive apt-get -q update >&2 &&
    $as_root DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends \
      $missing >&2
}
