/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A new record starts with what is nearly always true, all of it visible and open to correction.
 */
#include "app/callforms/hw-new-record.h"

#include "app/callforms/hw-request-fill.h"
#include "app/callforms/hw-scratch.h"
#include "schema/hw-iso.h"

/* Fields that mean the day or the moment something is written down. */
static const HwFieldId now_fields[] = {
  HW_FIELD_CONTACT_LOG_AT,
  HW_FIELD_CONSENT_GRANTED_AT,
  HW_FIELD_DECISION_CONFIRMED_AT,
  HW_FIELD_RISK_ASSESSMENT_ASSESSED_ON,
  HW_FIELD_BEST_INTERESTS_DECIDED_ON,
  HW_FIELD_FITNESS_CERTIFIED_ON,
  HW_FIELD_TRACING_ACTION_AT,
  HW_FIELD_EMBASSY_MESSAGE_AT,
  HW_FIELD_REFERRAL_ON,
};

static void
set_text (HwRecord *scratch, HwFieldId field, const char *text)
{
  g_autoptr (HwValue) value = text != NULL ? hw_value_new_text (text) : NULL;

  if (value != NULL && hw_record_get (scratch, field) == NULL)
    hw_record_set (scratch, field, value);
}

static void
set_first_status (HwRecord *scratch, HwRole role)
{
  const HwTypeDef *def = hw_record_def (scratch);

  for (guint i = 0; i < def->n_moves; i++)
    {
      const HwMoveDef *move = &def->moves[i];

      if (move->from == NULL && (move->roles & (1u << role)) != 0 && move->gates == 0
          && !move->observation)
        {
          set_text (scratch, def->status_field, move->to);
          return;
        }
    }
}

static void
set_now (HwDesktop *desktop, HwRecord *scratch)
{
  g_autofree char *today = hw_desktop_today (desktop);
  g_autofree char *now = hw_instant_format (hw_clock_now (hw_desktop_clock (desktop)));

  for (guint i = 0; i < G_N_ELEMENTS (now_fields); i++)
    {
      const HwFieldDef *field = hw_schema_field (now_fields[i]);

      if (field->type == hw_record_type (scratch))
        set_text (scratch, field->id, field->kind == HW_KIND_DATE ? today : now);
    }
}

static void
set_parents (HwCaseFile *file, HwRecord *scratch)
{
  const HwTypeDef *def = hw_record_def (scratch);

  for (guint i = 0; i < def->n_fields; i++)
    {
      const HwFieldDef *field = &def->fields[i];
      HwRecord *parent;

      if (field->kind != HW_KIND_REFERENCE || (field->flags & HW_FIELD_REQUIRED) == 0
          || field->target == HW_TYPE_ID_NONE)
        continue;
      parent = hw_case_file_latest (file, field->target);
      if (parent != NULL)
        set_text (scratch, field->id, hw_record_id (parent));
    }
}

static void
set_request (HwCaseFile *file, HwRecord *scratch)
{
  const HwFieldId *fields = hw_request_fill_fields ();
  HwRecord *record = hw_case_file_case (file);

  for (guint i = 0; fields[i] != HW_FIELD_NONE; i++)
    {
      g_autoptr (HwValue) value = hw_request_fill_value (file, fields[i]);

      if (value != NULL)
        hw_record_set (scratch, fields[i], value);
    }
  if (record != NULL)
    set_text (scratch,
              HW_FIELD_EMBASSY_REQUEST_MISSION,
              hw_record_get_text (record, HW_FIELD_CASE_MISSION));
}

void
hw_new_record_prepare (HwDesktop *desktop, HwCaseFile *file, HwRecord *scratch)
{
  HwRecord *record = hw_case_file_case (file);
  const char *country
    = record != NULL ? hw_record_get_text (record, HW_FIELD_CASE_LOCATION_COUNTRY) : NULL;

  set_first_status (scratch, hw_desktop_actor (desktop)->role);
  set_now (desktop, scratch);
  set_parents (file, scratch);
  if (hw_record_type (scratch) == HW_TYPE_ID_EMBASSY_REQUEST)
    set_request (file, scratch);
  if (hw_record_type (scratch) == HW_TYPE_ID_SAFE_CONTACT && country != NULL)
    set_text (scratch, HW_FIELD_SAFE_CONTACT_WINDOW_ZONE, hw_country_zone (country));
}

/* Asking for a document makes the document that is asked for, so that the mission has one to issue.
 */
static HwOperation *
make_document (HwDesktop *desktop, HwRecord *request)
{
  HwOperation *operation
    = hw_desktop_new_create (desktop, HW_TYPE_ID_TRAVEL_DOCUMENT, hw_record_case (request));

  hw_operation_set_text (
    operation, HW_FIELD_TRAVEL_DOCUMENT_KIND, HW_TRAVEL_DOCUMENT_KIND_LAISSEZ_PASSER, 0);
  hw_operation_set_text (
    operation, HW_FIELD_TRAVEL_DOCUMENT_STATUS, HW_TRAVEL_DOCUMENT_STATUS_NEEDED, 0);
  hw_operation_set_text (operation, HW_FIELD_TRAVEL_DOCUMENT_REQUEST, hw_record_id (request), 0);
  return operation;
}

GPtrArray *
hw_new_record_operations (HwDesktop *desktop, HwRecord *scratch)
{
  GPtrArray *operations = g_ptr_array_new_with_free_func ((GDestroyNotify)hw_operation_unref);

  g_ptr_array_add (operations, hw_scratch_create_operation (desktop, scratch));
  if (hw_record_type (scratch) == HW_TYPE_ID_EMBASSY_REQUEST
      && hw_record_is (scratch, HW_FIELD_EMBASSY_REQUEST_KIND, HW_EMBASSY_REQUEST_KIND_DOCUMENT))
    g_ptr_array_add (operations, make_document (desktop, scratch));
  return operations;
}
