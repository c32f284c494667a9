/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two people edit one field while apart (sync.md, Push). Nothing typed is dropped: a value is
 * applied, joined, or kept beside the present one as an open conflict.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-rules.h"

/* Elements added and removed meet without loss; a whole set offered over a newer one is joined. */
static HwMerged
merge_set (HwValue *current, const HwFieldChange *change, HwValue **result)
{
  if (change->add != NULL || change->remove != NULL)
    *result = hw_field_change_result (change, current);
  else
    {
      HwFieldChange join = { .add = (char **)hw_value_set (change->value) };

      *result = hw_field_change_result (&join, current);
    }
  return hw_value_equal (current, *result) ? HW_MERGED_UNCHANGED : HW_MERGED_MERGED;
}

/* A status offered from a stale base is judged by the table: what is legal from where the record
 * stands now may be applied, what is not is kept as a conflict. Gates are asked afterwards. */
static HwMerged
merge_move (const HwFieldDef *field, HwValue *current, HwValue *offered)
{
  const char *from = current != NULL ? hw_value_text (current) : NULL;
  const char *to = offered != NULL ? hw_value_text (offered) : NULL;

  if (to != NULL && hw_schema_move (field->type, from, to) != NULL)
    return HW_MERGED_APPLIED;
  return HW_MERGED_CONFLICT;
}

static HwMerged
merge_by_policy (const HwFieldDef *field,
                 HwValue *current,
                 const HwFieldChange *change,
                 HwValue **result)
{
  switch (field->merge)
    {
      case HW_MERGE_SET:
        return merge_set (current, change, result);
      case HW_MERGE_LAST:
        *result = hw_field_change_result (change, current);
        return HW_MERGED_MERGED;
      case HW_MERGE_MOVE:
        *result = hw_field_change_result (change, current);
        return merge_move (field, current, *result);
      case HW_MERGE_APPEND:
      case HW_MERGE_ASK:
      default:
        *result = hw_field_change_result (change, current);
        return HW_MERGED_CONFLICT;
    }
}

HwMerged
hw_merge_field (const HwFieldDef *field,
                HwValue *current,
                guint64 current_rev,
                gboolean device_wrote_last,
                const HwFieldChange *change,
                HwValue **result)
{
  g_autoptr (HwValue) offered = hw_field_change_result (change, current);
  HwMerged merged;

  *result = NULL;
  if (hw_value_equal (current, offered))
    {
      *result = g_steal_pointer (&offered);
      return HW_MERGED_UNCHANGED;
    }
  if (field->merge == HW_MERGE_APPEND && current != NULL)
    {
      *result = hw_value_ref (current);
      return HW_MERGED_REFUSED;
    }
  /* A field never written is at revision 0, and so is the base of who never saw it. */
  if (change->base == current_rev || device_wrote_last || current_rev == 0)
    {
      *result = g_steal_pointer (&offered);
      return HW_MERGED_APPLIED;
    }
  merged = merge_by_policy (field, current, change, result);
  if (merged == HW_MERGED_CONFLICT)
    {
      g_clear_pointer (result, hw_value_unref);
      *result = current != NULL ? hw_value_ref (current) : NULL;
    }
  return merged;
}
