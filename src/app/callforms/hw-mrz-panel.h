/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwMrzPanel: the row under the machine-readable lines that says, while they are typed, pasted or
 * scanned, what they say and whether each part comes out.
 * Signal "read" (gpointer mrz): HwMrz lines that somebody typed can be read; valid during the call.
 */
#pragma once

#include "app/forms/hw-field-row.h"
#include "domain/hw-case-file.h"
#include "domain/hw-mrz.h"

G_BEGIN_DECLS

#define HW_TYPE_MRZ_PANEL (hw_mrz_panel_get_type ())
G_DECLARE_FINAL_TYPE (HwMrzPanel, hw_mrz_panel, HW, MRZ_PANEL, AdwPreferencesRow)

/* Once. lines: the row of travel_document.mrz, showing the document. Held against the person of the
 * file whose name fits, or the request; both (nullable). */
void hw_mrz_panel_attach (
  HwMrzPanel *panel, HwFieldRow *lines, HwRecord *document, HwCaseFile *file, HwRecord *request);

/* What the lines say of a field that nobody has written and nobody is writing in. */
typedef void (*HwMrzFill) (HwFieldId field, HwValue *value, gpointer data);
/* For "read": root holds the rows of the document. */
void hw_mrz_panel_fill (GtkWidget *root, HwRecord *document, HwMrz *mrz, HwMrzFill fill, gpointer data);

G_END_DECLS
