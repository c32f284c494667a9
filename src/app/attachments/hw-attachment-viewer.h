/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/hw-desktop.h"

G_BEGIN_DECLS

/* A window that shows one picture, from this laptop or fetched; nothing of it is written out in plain, and it closes when
 * Homeward is locked. */
#define HW_TYPE_ATTACHMENT_VIEWER (hw_attachment_viewer_get_type ())
G_DECLARE_FINAL_TYPE (HwAttachmentViewer, hw_attachment_viewer, HW, ATTACHMENT_VIEWER, AdwWindow)

GtkWidget *hw_attachment_viewer_new (HwDesktop *desktop, HwRecord *attachment, GtkWindow *parent);

G_END_DECLS
