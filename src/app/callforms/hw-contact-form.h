/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/callforms/hw-call-form.h"

G_BEGIN_DECLS

/* A safe contact: first whether calling is safe this minute, then how, when and who else is near.
 */
#define HW_TYPE_CONTACT_FORM (hw_contact_form_get_type ())
G_DECLARE_FINAL_TYPE (HwContactForm, hw_contact_form, HW, CONTACT_FORM, HwCallForm)

GtkWidget *
hw_contact_form_new (HwDesktop *desktop, HwCaseFile *file, HwRecord *record, guint relations);

G_END_DECLS
