/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What may not be deleted because something hangs on it: a person who is named in what was agreed,
 * bought or found about them, anybody while a journey stands, and the work that a rule gave.
 * Deleting a child would otherwise open the gate that protects her.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-rules-private.h"

#include <glib/gi18n-lib.h>

static gboolean
names (HwRecord *record, const char *id)
{
  const HwTypeDef *def = hw_record_def (record);

  for (guint i = 0; i < def->n_fields; i++)
    if (def->fields[i].kind == HW_KIND_REFERENCE && hw_record_is (record, def->fields[i].id, id))
      return TRUE;
  return FALSE;
}

static HwRecord *
record_naming (HwCaseFile *file, const char *id)
{
  GPtrArray *records = hw_case_file_records (file);

  for (guint i = 0; i < records->len; i++)
    if (names (g_ptr_array_index (records, i), id))
      return g_ptr_array_index (records, i);
  return NULL;
}

static gboolean
journey_stands (HwCaseFile *file)
{
  static const char *const free_to_change[]
    = { "draft", "requested", "cancelled", "arrived", NULL };
  GPtrArray *movements = hw_case_file_of_type (file, HW_TYPE_ID_MOVEMENT);

  for (guint i = 0; i < movements->len; i++)
    if (hw_record_status (g_ptr_array_index (movements, i)) != NULL
        && !hw_facts_status_in (g_ptr_array_index (movements, i), free_to_change))
      return TRUE;
  return FALSE;
}

static HwVerdict *
check_person (const HwRulesQuestion *question)
{
  HwRecord *person = question->before;
  HwRecord *naming = record_naming (question->file, hw_record_id (person));

  if (naming != NULL)
    {
      g_autofree char *message = g_strdup_printf (
        _ ("This person is named in another record (%s). Settle that first; nothing was deleted."),
        _ (hw_record_def (naming)->label));

      return hw_verdict_new_refused (HW_REASON_INVALID, HW_FIELD_NONE, message);
    }
  if (journey_stands (question->file))
    return hw_verdict_new_refused (
      HW_REASON_INVALID,
      HW_FIELD_NONE,
      _ ("This person travels with the journey that stands. Cancel it first; nothing was "
         "deleted."));
  return NULL;
}

HwVerdict *
hw_rules_check_kept (const HwRulesQuestion *question)
{
  HwRecord *record = question->before;
  const char *author;

  if (record == NULL)
    return NULL;
  if (hw_record_type (record) == HW_TYPE_ID_PERSON)
    return check_person (question);
  author = hw_record_created_by (record);
  if (hw_record_type (record) == HW_TYPE_ID_TASK && author != NULL
      && g_str_has_prefix (author, "system:"))
    return hw_verdict_new_refused (
      HW_REASON_IMMUTABLE,
      HW_FIELD_NONE,
      _ ("This task follows from what happened; it can be done, not deleted."));
  return NULL;
}
