/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/hw-desktop.h"
#include "domain/hw-case-file.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* The statement as it will stand on paper, to be read through before it is printed or saved. It closes when the desktop
 * locks. Main thread. */
#define HW_TYPE_DISCLOSURE_WINDOW (hw_disclosure_window_get_type ())
G_DECLARE_FINAL_TYPE (HwDisclosureWindow, hw_disclosure_window, HW, DISCLOSURE_WINDOW, AdwWindow)

GtkWidget *hw_disclosure_window_new (HwDesktop *desktop, HwCaseFile *file, GtkWindow *parent);

G_END_DECLS
