/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What may not be deleted because something hangs on it: the survivor; a person who is named in what
 * was agreed, bought or found about them; anybody while a journey stands; a relative who had a part in
 * it; and the work that a rule gave. Deleting a child would otherwise open the gate that protects her:
 * a second person must have looked at it.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-rules-private.h"

#include "base/hw-base.h"

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
    if (hw_record_type (g_ptr_array_index (records, i)) != HW_TYPE_ID_APPROVAL
        && names (g_ptr_array_index (records, i), id))
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

/* Of this person, or of this case, since the person was last written. */
static gboolean
is_reviewed (const HwRulesQuestion *question, HwRecord *person)
{
  const char *subjects[] = { hw_record_id (person), hw_case_file_id (question->file) };

  for (guint i = 0; i < G_N_ELEMENTS (subjects); i++)
    {
      HwRecord *approval
        = subjects[i] != NULL
            ? hw_facts_approval (
              question->file, "age_review", subjects[i], question->context->now_us)
            : NULL;

      if (approval != NULL
          && !hw_record_is (approval, HW_FIELD_APPROVAL_DECIDED_BY, question->actor->user)
          && hw_facts_approval_is_newer (approval, person))
        return TRUE;
    }
  return FALSE;
}

/* NULL unless she is or may be a child of whom no second person has agreed that she is taken out. */
static HwVerdict *
check_child (const HwRulesQuestion *question)
{
  HwRecord *person = question->before;
  g_autofree char *today
    = hw_date_of_instant (question->context->now_us, hw_facts_zone (question->file));
  HwVerdict *verdict;

  if (!hw_facts_is_child (question->file, person, today) || is_reviewed (question, person))
    return NULL;
  verdict = hw_verdict_new_gate (HW_GATE_CHILD);
  hw_verdict_add_condition (verdict,
                            HW_CODE_AGE_REVIEW_MISSING,
                            HW_CATEGORY_APPROVAL,
                            HW_TYPE_ID_APPROVAL,
                            HW_FIELD_APPROVAL_VERDICT,
                            hw_record_id (person),
                            _ ("A second person must review her age first"),
                            _ ("Somebody who is or may be under 18 would be taken out of this case"));
  return verdict;
}

static HwVerdict *
check_person (const HwRulesQuestion *question)
{
  HwRecord *person = question->before;
  HwRecord *naming = record_naming (question->file, hw_record_id (person));

  if (hw_record_is (person, HW_FIELD_PERSON_ROLE, "survivor"))
    return hw_verdict_new_refused (
      HW_REASON_IMMUTABLE,
      HW_FIELD_NONE,
      _ ("A case without its survivor is none. What is wrong here can be corrected; nothing was "
         "deleted."));
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
  return check_child (question);
}

/* Otherwise the same relative could be written down anew without that answer. */
static HwVerdict *
check_relative (HwRecord *relative)
{
  static const char *const part[] = { "suspected", "yes", NULL };
  const char *implicated = hw_record_get_text (relative, HW_FIELD_FAMILY_MEMBER_IMPLICATED);

  if (implicated == NULL || !g_strv_contains (part, implicated))
    return NULL;
  return hw_verdict_new_refused (
    HW_REASON_IMMUTABLE,
    HW_FIELD_FAMILY_MEMBER_IMPLICATED,
    _ ("This relative may have had a part in it, so the record stays; it can be corrected."));
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
  if (hw_record_type (record) == HW_TYPE_ID_FAMILY_MEMBER)
    return check_relative (record);
  author = hw_record_created_by (record);
  if (hw_record_type (record) == HW_TYPE_ID_TASK && author != NULL
      && g_str_has_prefix (author, "system:"))
    return hw_verdict_new_refused (
      HW_REASON_IMMUTABLE,
      HW_FIELD_NONE,
      _ ("This task follows from what happened; it can be done, not deleted."));
  return NULL;
}
