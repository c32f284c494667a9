/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "app/cases/hw-case-groups.h"
#include "app/hw-desktop.h"

G_BEGIN_DECLS

/* One section of a case: its records, type by type. Signals: "open-record" (const char *id), "add-record" (guint HwTypeId). */
#define HW_TYPE_GROUP_PAGE (hw_group_page_get_type ())
G_DECLARE_FINAL_TYPE (HwGroupPage, hw_group_page, HW, GROUP_PAGE, AdwBin)

GtkWidget *hw_group_page_new (void);
void       hw_group_page_show (HwGroupPage *self, HwDesktop *desktop, HwCaseFile *file, const HwCaseGroup *group);
void       hw_group_page_focus (HwGroupPage *self); /* the keyboard begins at the page's title */

G_END_DECLS
