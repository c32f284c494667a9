/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/callforms/hw-call-form.h"

G_BEGIN_DECLS

/* A risk assessment: the questions in the order they are asked, the conclusion, the factors behind
 * it. */
#define HW_TYPE_RISK_FORM (hw_risk_form_get_type ())
G_DECLARE_FINAL_TYPE (HwRiskForm, hw_risk_form, HW, RISK_FORM, HwCallForm)

GtkWidget *
hw_risk_form_new (HwDesktop *desktop, HwCaseFile *file, HwRecord *record, guint relations);

G_END_DECLS
