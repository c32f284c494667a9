/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwRecordWindow: one record in a window over another, for the way from what is being typed to what stands
 * in its way. It saves as the record's page does, and closes by itself when the record or the case goes.
 */
#pragma once

#include <adwaita.h>
#include "app/hw-desktop.h"

G_BEGIN_DECLS

#define HW_TYPE_RECORD_WINDOW (hw_record_window_get_type ())
G_DECLARE_FINAL_TYPE (HwRecordWindow, hw_record_window, HW, RECORD_WINDOW, AdwWindow)

/* NULL: this desktop has no such record in a case. */
GtkWidget *hw_record_window_new (HwDesktop *desktop, const char *id, GtkWindow *parent);

G_END_DECLS
