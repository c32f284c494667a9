/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/callforms/hw-call-form.h"

G_BEGIN_DECLS

/* A consent: what, for whom, what she was told; and one action that takes it back. */
#define HW_TYPE_CONSENT_FORM (hw_consent_form_get_type ())
G_DECLARE_FINAL_TYPE (HwConsentForm, hw_consent_form, HW, CONSENT_FORM, HwCallForm)

GtkWidget *
hw_consent_form_new (HwDesktop *desktop, HwCaseFile *file, HwRecord *record, guint relations);

G_END_DECLS
