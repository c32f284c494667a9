/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwWiredForm: a form whose commits and moves reach the store. What is refused comes back: a field
 * to its row, a move through the signal "refused" (HwVerdict *; NULL once a later move was
 * accepted). "history-requested" (guint field) is passed on from the form.
 */
#pragma once

#include <adwaita.h>
#include "app/hw-desktop.h"

G_BEGIN_DECLS

#define HW_TYPE_WIRED_FORM (hw_wired_form_get_type ())
G_DECLARE_FINAL_TYPE (HwWiredForm, hw_wired_form, HW, WIRED_FORM, AdwBin)

/* form: an HwRecordForm or HwCallForm that shows record. */
GtkWidget *hw_wired_form_new (HwDesktop *desktop, HwRecord *record, GtkWidget *form);
GtkWidget *hw_wired_form_get_form (HwWiredForm *self);

G_END_DECLS
