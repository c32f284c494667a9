/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "app/hw-desktop.h"

G_BEGIN_DECLS

/* One request to a mission, as either side works on it. */
#define HW_TYPE_REQUEST_PAGE (hw_request_page_get_type ())
G_DECLARE_FINAL_TYPE (HwRequestPage, hw_request_page, HW, REQUEST_PAGE, AdwBin)

GtkWidget *hw_request_page_new (void);
void       hw_request_page_show (HwRequestPage *self, HwDesktop *desktop, HwRecord *request); /* request (nullable): nothing chosen */

/* What a move of a request is called on a button: "Acknowledge", "Send to the Mission". (static), translated */
const char *hw_request_move_label (const char *status);

G_END_DECLS
