/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/callforms/hw-call-form.h"

G_BEGIN_DECLS

/* A journey: its legs in local times, whether the changes are long enough, hold, tickets, help on
 * the way. */
#define HW_TYPE_MOVEMENT_FORM (hw_movement_form_get_type ())
G_DECLARE_FINAL_TYPE (HwMovementForm, hw_movement_form, HW, MOVEMENT_FORM, HwCallForm)

GtkWidget *
hw_movement_form_new (HwDesktop *desktop, HwCaseFile *file, HwRecord *record, guint relations);

G_END_DECLS
