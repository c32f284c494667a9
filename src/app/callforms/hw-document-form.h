/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwDocumentForm: a travel document: what it is, its machine-readable lines, where it is, and
 * whether it carries her through the journey that is planned.
 */
#pragma once

#include "app/callforms/hw-call-form.h"

G_BEGIN_DECLS

#define HW_TYPE_DOCUMENT_FORM (hw_document_form_get_type ())
G_DECLARE_FINAL_TYPE (HwDocumentForm, hw_document_form, HW, DOCUMENT_FORM, HwCallForm)

GtkWidget *
hw_document_form_new (HwDesktop *desktop, HwCaseFile *file, HwRecord *record, guint relations);

G_END_DECLS
