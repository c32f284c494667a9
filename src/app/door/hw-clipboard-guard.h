/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwClipboardGuard: what was copied from Homeward does not stay: it is taken back after a minute, and at once when the
 * desktop locks, unless somebody has copied something else since. Main thread.
 */
#pragma once

#include <gtk/gtk.h>
#include "app/hw-desktop.h"

G_BEGIN_DECLS

#define HW_CLIPBOARD_MS 60000

#define HW_TYPE_CLIPBOARD_GUARD (hw_clipboard_guard_get_type ())
G_DECLARE_FINAL_TYPE (HwClipboardGuard, hw_clipboard_guard, HW, CLIPBOARD_GUARD, GObject)

/* Over the clipboard and the selection of the display. */
HwClipboardGuard *hw_clipboard_guard_new (HwDesktop *desktop, GdkDisplay *display, guint after_ms);

G_END_DECLS
