/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwRecord: any record of any type, over the schema tables. Widgets read it and connect to
 * "changed" with the field's name as detail ("changed::status"); nothing but the store (and tests)
 * ever sets it. Not thread-safe: one thread owns a record.
 */
#pragma once

#include "schema/hw-value.h"

G_BEGIN_DECLS

#define HW_TYPE_RECORD (hw_record_get_type ())
G_DECLARE_FINAL_TYPE (HwRecord, hw_record, HW, RECORD, GObject)

HwRecord *hw_record_new (HwTypeId type, const char *id);
HwRecord *hw_record_copy (HwRecord *record);

HwTypeId         hw_record_type (HwRecord *record);
const HwTypeDef *hw_record_def (HwRecord *record);
const char      *hw_record_id (HwRecord *record);
/* Id of the case it belongs to; a case's own id for a case; NULL for directory records and on a mission's desktop. */
const char      *hw_record_case (HwRecord *record);
void             hw_record_set_case (HwRecord *record, const char *case_id);
guint64          hw_record_rev (HwRecord *record);
void             hw_record_set_rev (HwRecord *record, guint64 rev);
gboolean         hw_record_deleted (HwRecord *record);
void             hw_record_set_deleted (HwRecord *record, gboolean deleted);
const char      *hw_record_created_at (HwRecord *record); /* RFC 3339 UTC, (nullable) */
const char      *hw_record_created_by (HwRecord *record); /* user id, (nullable) */
const char      *hw_record_updated_at (HwRecord *record);
const char      *hw_record_updated_by (HwRecord *record);
void             hw_record_stamp (HwRecord *record, const char *at, const char *by); /* sets created once, updated always */
void             hw_record_set_stamps (HwRecord *record, const char *created_at, const char *created_by,
                                       const char *updated_at, const char *updated_by);

/* Values. get returns NULL when unset; (transfer none), valid until the field changes. */
HwValue           *hw_record_get (HwRecord *record, HwFieldId field);
const char        *hw_record_get_text (HwRecord *record, HwFieldId field); /* TEXT and PAIR shapes */
const char        *hw_record_get_unit (HwRecord *record, HwFieldId field);
gint64             hw_record_get_integer (HwRecord *record, HwFieldId field);
gboolean           hw_record_get_boolean (HwRecord *record, HwFieldId field); /* unset is FALSE */
const char *const *hw_record_get_set (HwRecord *record, HwFieldId field);
gboolean           hw_record_is (HwRecord *record, HwFieldId field, const char *text); /* equal text; unset is never equal */
const char        *hw_record_status (HwRecord *record); /* (nullable) */
gboolean           hw_record_set (HwRecord *record, HwFieldId field, HwValue *value); /* (nullable) value; TRUE if it changed */

guint64 hw_record_field_rev (HwRecord *record, HwFieldId field);
void    hw_record_set_field_rev (HwRecord *record, HwFieldId field, guint64 rev);

G_END_DECLS
