/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "app/hw-desktop.h"

G_BEGIN_DECLS

/* One request in the list: who, its reference, where it stands, by when. */
#define HW_TYPE_REQUEST_ROW (hw_request_row_get_type ())
G_DECLARE_FINAL_TYPE (HwRequestRow, hw_request_row, HW, REQUEST_ROW, GtkListBoxRow)

GtkWidget *hw_request_row_new (HwDesktop *desktop, HwRecord *request);
HwRecord  *hw_request_row_get_request (HwRequestRow *self);
char      *hw_request_row_search_words (HwRecord *request); /* folded; (transfer full) */
gboolean   hw_request_row_awaits_answer (HwRecord *request);   /* sent, and the mission has not decided */
/* "answer due in 3 days", "answer overdue 4 days"; (transfer full) */
char      *hw_request_row_answer_words (const char *due_on, const char *today);

G_END_DECLS
