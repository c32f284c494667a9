/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwToldDialog: an answer of a mission that has no account, told by phone: which, who said it, when, and in which
 * words. Written down as the request's new status and as a call in the case, together.
 */
#pragma once

#include <adwaita.h>

#include "app/hw-desktop.h"

G_BEGIN_DECLS

#define HW_TYPE_TOLD_DIALOG (hw_told_dialog_get_type ())
G_DECLARE_FINAL_TYPE (HwToldDialog, hw_told_dialog, HW, TOLD_DIALOG, AdwWindow)

/* status: where the request then stands, one of hw_workflow_told. */
GtkWidget *hw_told_dialog_new (HwDesktop *desktop, HwRecord *request, const char *status, GtkWindow *parent);

G_END_DECLS
