/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/hw-desktop.h"

G_BEGIN_DECLS

/* One attachment: what it is, where it is, and what can be done with it. */
#define HW_TYPE_ATTACHMENT_ROW (hw_attachment_row_get_type ())
G_DECLARE_FINAL_TYPE (HwAttachmentRow, hw_attachment_row, HW, ATTACHMENT_ROW, AdwActionRow)

/* file (nullable): the case, on an office's desktop; then it can be shared, taken back and removed as rights allow. */
GtkWidget *hw_attachment_row_new (HwDesktop *desktop, HwCaseFile *file, HwRecord *attachment, guint relations);

G_END_DECLS
