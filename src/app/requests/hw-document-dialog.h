/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "app/hw-desktop.h"

G_BEGIN_DECLS

/* What a mission fills in when it issues a document: number, issuer, dates, machine-readable lines. All or none is saved;
 * what was being written when the program locked or ended stands there again. */
#define HW_TYPE_DOCUMENT_DIALOG (hw_document_dialog_get_type ())
G_DECLARE_FINAL_TYPE (HwDocumentDialog, hw_document_dialog, HW, DOCUMENT_DIALOG, AdwWindow)

GtkWidget *hw_document_dialog_new (HwDesktop *desktop, HwRecord *document, GtkWindow *parent);
gboolean   hw_document_dialog_may_issue (HwRecord *document, HwRole role); /* by the moves of its status */

G_END_DECLS
