#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs a program on a display and a session bus of its own, the same on every machine.
export GSK_RENDERER=cairo GTK_USE_PORTAL=0 ADW_DISABLE_PORTAL=1 GSETTINGS_BACKEND=memory GTK_A11Y=${GTK_A11Y:-none}
export LC_ALL=C.UTF-8 GDK_BACKEND=x11 NO_AT_BRIDGE=1
unset GTK_THEME WAYLAND_DISPLAY
exec xvfb-run -a -s "-screen 0 1366x768x24 -nolisten tcp" dbus-run-session -- "$@"
