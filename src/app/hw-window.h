/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "app/hw-desktop.h"

G_BEGIN_DECLS

#define HW_TYPE_WINDOW (hw_window_get_type ())
G_DECLARE_FINAL_TYPE (HwWindow, hw_window, HW, WINDOW, AdwApplicationWindow)

/* Actions: win.place(i) from 1, win.open(s) any record id, win.back, win.find, win.lock, win.sync-now, win.sidebar, win.intake. */
HwWindow *hw_window_new (GtkApplication *application, HwDesktop *desktop);
/* What the sign-in page offers; demo: signs in by itself with the demo's password, loopback only. */
void      hw_window_suggest_account (HwWindow *self, const char *server, const char *username, gboolean demo);

G_END_DECLS
