/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "app/callforms/hw-record-draft.h"
#include "app/hw-desktop.h"

G_BEGIN_DECLS

/* A window that makes one record of a case. Nothing is written before "Add"; a refusal keeps
 * everything typed. */
#define HW_TYPE_RECORD_DIALOG (hw_record_dialog_get_type ())
G_DECLARE_FINAL_TYPE (HwRecordDialog, hw_record_dialog, HW, RECORD_DIALOG, AdwWindow)

GtkWidget *
hw_record_dialog_new (HwDesktop *desktop, HwCaseFile *file, HwTypeId type, GtkWindow *parent);
/* With what a lock or a power cut left. */
GtkWidget *
hw_record_dialog_continue (HwDesktop *desktop, HwCaseFile *file, HwRecordDraft *draft, GtkWindow *parent);
/* A value that is given, such as the journey a leg belongs to; does not count as typed. */
void hw_record_dialog_preset (HwRecordDialog *self, HwFieldId field, HwValue *value);
HwRecord *
hw_record_dialog_get_record (HwRecordDialog *self); /* the scratch record; (transfer none) */

G_END_DECLS
