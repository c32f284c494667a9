/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/callforms/hw-call-form.h"

G_BEGIN_DECLS

/* A request to a mission: the minimal record, and in words exactly what the mission will see and
 * what never. */
#define HW_TYPE_REQUEST_FORM (hw_request_form_get_type ())
G_DECLARE_FINAL_TYPE (HwRequestForm, hw_request_form, HW, REQUEST_FORM, HwCallForm)

GtkWidget *
hw_request_form_new (HwDesktop *desktop, HwCaseFile *file, HwRecord *record, guint relations);

G_END_DECLS
