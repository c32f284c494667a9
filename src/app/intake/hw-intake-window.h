/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "app/intake/hw-intake-draft.h"

G_BEGIN_DECLS

/* One window made for a phone call. Everything typed is on disk within a second; closing loses
 * nothing. */
#define HW_TYPE_INTAKE_WINDOW (hw_intake_window_get_type ())
G_DECLARE_FINAL_TYPE (HwIntakeWindow, hw_intake_window, HW, INTAKE_WINDOW, AdwWindow)

GtkWidget *hw_intake_window_new (HwDesktop *desktop, GtkWindow *parent);
/* Goes on with a draft. (transfer full) draft */
GtkWidget *hw_intake_window_continue (HwDesktop *desktop, HwIntakeDraft *draft, GtkWindow *parent);
/* After unlock: unfinished calls, each to be continued or discarded. Shows nothing when there are
 * none. */
void hw_intake_window_offer_drafts (HwDesktop *desktop, GtkWindow *parent);

G_END_DECLS
