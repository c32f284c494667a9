/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/hw-desktop.h"

G_BEGIN_DECLS

/* What is attached: to a case as a whole or to one of its records, or, on a mission's desktop, to its request. Files are
 * added by a button or by dropping them here. Signal "open-record" (const char *id). */
#define HW_TYPE_ATTACHMENT_SECTION (hw_attachment_section_get_type ())
G_DECLARE_FINAL_TYPE (HwAttachmentSection, hw_attachment_section, HW, ATTACHMENT_SECTION, AdwPreferencesGroup)

/* Records that files are attached to themselves; others have theirs with the case. */
gboolean   hw_attachment_section_belongs_to (HwTypeId type);
GtkWidget *hw_attachment_section_new (HwDesktop *desktop);
/* about (nullable): only what is attached to this record; else all of the case. */
void       hw_attachment_section_show (HwAttachmentSection *section, HwCaseFile *file, HwRecord *about, guint relations);
/* What was put on a request, whoever looks. Nothing can be added. */
void       hw_attachment_section_show_request (HwAttachmentSection *section, HwRecord *request);

G_END_DECLS
