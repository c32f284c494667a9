#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The two commands of the README:
#   ./homeward.sh run    install what is missing, build, start the demo: server and two desktops
#   ./homeward.sh test   install what the tests need, build, run the whole suite
#
# Works on a bare Debian 12 or newer. Asks once before it installs packages; where there is no terminal
# to ask on, it installs them.
set -euo pipefail
cd "$(dirname "$0")"

build_packages=(gcc libc6-dev pkg-config meson ninja-build gettext libxml2-utils python3 tzdata iso-codes
  libgtk-4-dev libadwaita-1-dev libsoup-3.0-dev libjson-glib-dev libsqlite3-dev
  libsodium-dev libsecret-1-dev libzxcvbn-dev libmicrohttpd-dev)
run_packages=(glib-networking librsvg2-common adwaita-icon-theme at-spi2-core fonts-noto-core fonts-cantarell
  dbus dbus-x11 libgl1-mesa-dri ca-certificates procps)
# A virtual display and the means to act on it as a person would: for the tests, and for playing the story where there is no screen.
display_packages=(xvfb xauth xfwm4 xdotool x11-xkb-utils x11-utils imagemagick python3-gi gir1.2-atspi-2.0 libgtk-4-bin)
test_packages=(desktop-file-utils appstream sqlite3)

build_dir=${HOMEWARD_BUILD_DIR:-_build}

say () { printf '%s\n' "$*" >&2; }
die () { say "homeward.sh: $*"; exit 1; }

missing_packages () {
  local package
  for package in "$@"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)" = installed ] || printf '%s\n' "$package"
  done
}

# Installs those of the given packages that are missing.
install_packages () {
  local missing answer as_root=()
  mapfile -t missing < <(missing_packages "$@")
  [ ${#missing[@]} -gt 0 ] || return 0
  command -v apt-get >/dev/null || die "these packages are missing, and there is no apt-get to install them: ${missing[*]}"
  say "Homeward needs ${#missing[@]} packages that are not installed:"
  say "  ${missing[*]}"
  if [ -t 0 ]; then
    read -r -p "Install them now? [Y/n] " answer
    case $answer in [nN]*) die "nothing was installed and nothing was changed." ;; esac
  fi
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || die "installing needs root: run this once as root, or install sudo."
    as_root=(sudo)
  fi
  "${as_root[@]}" apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2 ||
    die "the packages could not be installed; what apt said is above. Nothing else was changed."
}

# Builds everything. A build folder that is there sets itself up again when it must.
build () {
  if [ ! -f "$build_dir/build.ninja" ]; then
    meson setup "$build_dir" >/dev/null || { cat "$build_dir/meson-logs/meson-log.txt" >&2; die "the build could not be set up; what Meson said is above."; }
  fi
  ninja -C "$build_dir" --quiet >&2 || die "the build failed; what the compiler said is above."
  [ -x "$build_dir/src/app/homeward" ] && [ -x "$build_dir/src/server/homeward-server" ] ||
    die "$build_dir was set up without the desktop or the server: delete it and try again."
}

run_tests () {
  install_packages "${build_packages[@]}" "${run_packages[@]}" "${display_packages[@]}" "${test_packages[@]}"
  build
  local log passed failed status=0
  meson test -C "$build_dir" --print-errorlogs --no-rebuild "$@" >&2 || status=$?
  log="$build_dir/meson-logs/testlog.json"
  [ -f "$log" ] || die "the tests left no log."
  read -r passed failed < <(python3 - "$log" <<'PYTHON'
import json, sys
passed = failed = 0
for line in open(sys.argv[1], encoding="utf-8"):
    result = json.loads(line)["result"]
    if result in ("OK", "EXPECTEDFAIL"):
        passed += 1
    elif result != "SKIP":
        failed += 1
print(passed, failed)
PYTHON
  )
  printf '%s passed, %s failed\n' "$passed" "$failed"
  [ "$status" -eq 0 ] && [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}

run_demo () {
  install_packages "${build_packages[@]}" "${run_packages[@]}"
  if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    install_packages "${display_packages[@]}"
    build
    exec /usr/bin/python3 tests/e2e/story.py --build "$build_dir" --pictures _story "$@"
  fi
  build
  show_demo
}

# The demo: a server on a file of its own with the ten demo cases, the caseworker's desktop and the liaison's beside it.
# All of it lives in one folder, which is made anew unless it is there already.
show_demo () {
  local folder=${HOMEWARD_DEMO_HOME:-${XDG_DATA_HOME:-$HOME/.local/share}/homeward-demo} admin url output server_pid desktops
  local database="sqlite:$folder/server.db"
  admin="$build_dir/src/tools/homeward-admin"
  mkdir -p "$folder"
  chmod 700 "$folder"
  if [ ! -f "$folder/server.db" ]; then
    # Under another name until it is whole.
    rm -f "$folder"/new.db*
    "$admin" --database "sqlite:$folder/new.db" init
    "$admin" --database "sqlite:$folder/new.db" demo load
    mv "$folder/new.db" "$folder/server.db"
  fi
  output="$folder/server.log"
  : >"$output"
  "$build_dir/src/server/homeward-server" --database "$database" --listen 127.0.0.1:0 >"$output" 2>&1 &
  server_pid=$!
  # shellcheck disable=SC2064
  trap "kill $server_pid 2>/dev/null || true" EXIT
  until url=$(sed -n 's/^Listening on //p' "$output") && [ -n "$url" ]; do
    kill -0 "$server_pid" 2>/dev/null || { cat "$output" >&2; die "the demo server did not start; what it said is above."; }
    sleep 0.1
  done
  say "The demo runs on $url, its data in $folder (delete the folder to begin anew)."
  say "Sign in as caseworker, embassy_liaison, supervisor …; the password of every demo account is homeward-demo-2026."
  "$build_dir/src/app/homeward" --profile "$folder/embassy_liaison" --server "$url" --user embassy_liaison --demo &
  desktops=($!)
  "$build_dir/src/app/homeward" --profile "$folder/caseworker" --server "$url" --user caseworker --demo &
  desktops+=($!)
  wait "${desktops[@]}"
}

case ${1:-} in
  run) shift; run_demo "$@" ;;
  test) shift; run_tests "$@" ;;
  *) say "usage: ./homeward.sh run | test"; exit 2 ;;
esac
