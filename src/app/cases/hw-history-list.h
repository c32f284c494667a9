/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "app/hw-desktop.h"

G_BEGIN_DECLS

/* Every value every field of a record had, newest first: from the office where it answers, else what this desktop knows. */
#define HW_TYPE_HISTORY_LIST (hw_history_list_get_type ())
G_DECLARE_FINAL_TYPE (HwHistoryList, hw_history_list, HW, HISTORY_LIST, AdwBin)

GtkWidget *hw_history_list_new (void);
void       hw_history_list_show (HwHistoryList *self, HwDesktop *desktop, HwCaseFile *file, HwRecord *record);
/* Opens it, with the values of this field alone until it is closed again. */
void       hw_history_list_open (HwHistoryList *self, HwFieldId field);
void       hw_history_list_clear (HwHistoryList *self);

G_END_DECLS
