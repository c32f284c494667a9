/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "app/hw-desktop.h"

G_BEGIN_DECLS

/* One record of a case: its form, why a move was refused, its history. Signals: "fix" (const HwCondition *), "deleted" (). */
#define HW_TYPE_RECORD_PAGE (hw_record_page_get_type ())
G_DECLARE_FINAL_TYPE (HwRecordPage, hw_record_page, HW, RECORD_PAGE, AdwBin)

GtkWidget  *hw_record_page_new (void);
/* Shows record id of the file. The same id again: takes over what changed, field by field, under the person's hands. */
void        hw_record_page_show (HwRecordPage *self, HwDesktop *desktop, HwCaseFile *file, const char *id);
const char *hw_record_page_record (HwRecordPage *self); /* (nullable) id */
void        hw_record_page_focus (HwRecordPage *self); /* the keyboard begins at the page's title */
void        hw_record_page_clear (HwRecordPage *self);

G_END_DECLS
