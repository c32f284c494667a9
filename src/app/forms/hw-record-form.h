/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwRecordForm: all a person may see of one record, made from the schema's tables: its sections as groups,
 * its status as a pill with the moves that are legal now. It sets nothing itself.
 *
 * Signals
 *   "commit" (guint field, HwValue *value, guint64 base)  see HwFieldRow
 *   "move" (const char *status)                           a move was chosen
 *   "history-requested" (guint field)
 */
#pragma once

#include <adwaita.h>

#include "app/forms/hw-field-row.h"
#include "domain/hw-case-file.h"

G_BEGIN_DECLS

#define HW_TYPE_RECORD_FORM (hw_record_form_get_type ())
G_DECLARE_FINAL_TYPE (HwRecordForm, hw_record_form, HW, RECORD_FORM, GtkBox)

GtkWidget  *hw_record_form_new (HwFormContext *context);
/* Who looks, and what they are to the case: hides what they may not read, locks what they may not write. */
void        hw_record_form_set_rights (HwRecordForm *form, HwRole role, guint relations);
void        hw_record_form_set_context (HwRecordForm *form, HwFormContext *context);
void        hw_record_form_set_record (HwRecordForm *form, HwRecord *record); /* NULL: empty */
void        hw_record_form_set_file (HwRecordForm *form, HwCaseFile *file); /* the case of the record; (nullable) */
HwRecord   *hw_record_form_get_record (HwRecordForm *form);
void        hw_record_form_set_show_header (HwRecordForm *form, gboolean show); /* where the page has one of its own */
/* Fields that the page arranges by hand and that shall not stand here again. Ends with HW_FIELD_NONE. */
void        hw_record_form_set_hidden (HwRecordForm *form, const HwFieldId *fields);

HwFieldRow *hw_record_form_get_row (HwRecordForm *form, HwFieldId field); /* (nullable) */
guint       hw_record_form_get_n_rows (HwRecordForm *form);
void        hw_record_form_focus (HwRecordForm *form, HwFieldId field); /* opens its section and puts the cursor there */
void        hw_record_form_leave (HwRecordForm *form);                  /* saves what is typed */
/* The moves offered now, (transfer container) (element-type const HwMoveDef). */
GPtrArray  *hw_record_form_list_moves (HwRecordForm *form);

G_END_DECLS
