/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwFieldRow: one field of one record, in a boxed list. In a .ui file:
 *   <object class="HwFieldRow"><property name="field-name">travel_document.expires_on</property></object>
 * and later hw_field_rows_bind() over the page.
 *
 * Signals
 *   "commit" (HwValue *value, guint64 base)  the person left the field with another value; (nullable) NULL clears it.
 *            base is the revision of the field that was on screen when the edit began: pass it on, so that
 *            an edit which met a newer one becomes a conflict and nothing is lost.
 *   "history-requested" ()
 */
#pragma once

#include <adwaita.h>

#include "app/forms/hw-field-editor.h"

G_BEGIN_DECLS

#define HW_TYPE_FIELD_ROW (hw_field_row_get_type ())
G_DECLARE_FINAL_TYPE (HwFieldRow, hw_field_row, HW, FIELD_ROW, AdwPreferencesRow)

GtkWidget        *hw_field_row_new (const HwFieldDef *field);
/* One value of a record, to be read and not written: masked where it is covered. */
GtkWidget        *hw_field_row_new_reading (HwRecord *subject, HwFieldId field, HwValue *value, HwFormContext *context);
/* Every HwFieldRow under root whose type is the record's. record (nullable): shows nothing. */
void              hw_field_rows_bind (GtkWidget *root, HwRecord *record, HwFormContext *context);
/* Every HwFieldRow under root reads and saves what is typed, as leaving it would. */
void              hw_field_rows_leave (GtkWidget *root);

const HwFieldDef *hw_field_row_get_field (HwFieldRow *row);
HwFieldEditor    *hw_field_row_get_editor (HwFieldRow *row);
void              hw_field_row_set_record (HwFieldRow *row, HwRecord *record); /* what was typed for another record is saved first */
HwRecord         *hw_field_row_get_record (HwFieldRow *row);                   /* (nullable) */
void              hw_field_row_set_context (HwFieldRow *row, HwFormContext *context);
void              hw_field_row_set_editable (HwFieldRow *row, gboolean editable);
gboolean          hw_field_row_get_editable (HwFieldRow *row);

gboolean          hw_field_row_is_dirty (HwFieldRow *row);   /* something typed is not saved yet */
const char       *hw_field_row_get_error (HwFieldRow *row);  /* (nullable) */
gboolean          hw_field_row_is_changed (HwFieldRow *row); /* the mark "changed elsewhere" is shown */
gboolean          hw_field_row_is_masked (HwFieldRow *row);

void              hw_field_row_leave (HwFieldRow *row);
gboolean          hw_field_row_undo (HwFieldRow *row); /* takes back the last commit; FALSE: nothing to take back */
/* The commit was refused: says why and keeps what was typed. */
void              hw_field_row_refuse (HwFieldRow *row, const char *message);
void              hw_field_row_keep_mine (HwFieldRow *row);
void              hw_field_row_take_theirs (HwFieldRow *row);
/* For HW_VEIL_SECONDS, and as long as somebody types; once the reading is noted. */
void              hw_field_row_reveal (HwFieldRow *row);
/* Likewise at once and unnoted: what she has just written herself. */
void              hw_field_row_open (HwFieldRow *row);
/* The record is one she is making: what she writes stays readable as long as the row shows it. */
void              hw_field_row_set_own (HwFieldRow *row, gboolean own);
void              hw_field_row_mask (HwFieldRow *row);

G_END_DECLS
