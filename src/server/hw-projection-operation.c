/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What somebody else wanted to change, cut to what this person may read: asked of the record as it is and as it would
 * be, so that neither an old nor a new value tells more than the record would.
 */
#define G_LOG_DOMAIN "homeward-server"

#include "server/hw-projection.h"

static HwRecord *
record_before (HwProjection *projection, HwOperation *operation, const char *case_id, const char *by)
{
  HwRecord *record = hw_store_find_record (hw_projection_store (projection), operation->record, NULL);

  if (record != NULL)
    return record;
  record = hw_record_new (operation->type, operation->record);
  if (operation->type != HW_TYPE_ID_CASE)
    hw_record_set_case (record, case_id);
  hw_record_set_stamps (record, NULL, by, NULL, by);
  return record;
}

static HwOperation *
copy_head (HwOperation *operation)
{
  HwOperation *copy = hw_operation_new (
    operation->id, operation->action, operation->type, operation->record, operation->case_id);

  copy->at = g_strdup (operation->at);
  return copy;
}

/* A decision about a conflict is told where the conflict's field is. */
static HwOperation *
project_resolution (HwProjection *projection, HwOperation *operation)
{
  g_autoptr (HwRecord) record = NULL;
  HwConflict *conflict
    = hw_store_find_conflict (hw_projection_store (projection), operation->record, NULL);
  HwOperation *copy = NULL;
  guint relations;

  if (conflict == NULL)
    return NULL;
  record = hw_store_find_record (hw_projection_store (projection), conflict->record, NULL);
  relations = record != NULL ? hw_projection_relations (projection, record, NULL) : 0;
  if (record != NULL && hw_projection_reads_record (projection, record, relations)
      && (conflict->field == HW_FIELD_NONE
          || hw_projection_reads_field (projection, record, relations, conflict->field)))
    {
      copy = copy_head (operation);
      copy->choice = g_strdup (operation->choice);
      copy->resolution = operation->resolution != NULL ? hw_value_ref (operation->resolution) : NULL;
    }
  hw_conflict_free (conflict);
  return copy;
}

static void
copy_change (HwOperation *copy, const HwFieldChange *change)
{
  if (change->add != NULL || change->remove != NULL)
    hw_operation_add_remove (copy,
                             change->field,
                             (const char *const *) change->add,
                             (const char *const *) change->remove,
                             change->base);
  else
    hw_operation_set (copy, change->field, change->value, change->base);
}

HwOperation *
hw_projection_operation (HwProjection *projection,
                         HwOperation *operation,
                         const char *case_id,
                         const char *by,
                         gboolean *whole)
{
  g_autoptr (HwRecord) before = NULL;
  g_autoptr (HwRecord) after = NULL;
  g_autoptr (HwOperation) copy = NULL;
  guint relations;

  if (operation->action == HW_ACTION_RESOLVE)
    {
      copy = project_resolution (projection, operation);
      *whole = *whole && copy != NULL;
      return g_steal_pointer (&copy);
    }
  before = record_before (projection, operation, case_id, by);
  if (hw_record_type (before) == operation->type)
    {
      after = hw_record_copy (before);
      hw_operation_apply (operation, after);
    }
  relations = hw_projection_relations (projection, before, NULL);
  if (after == NULL || !hw_projection_reads_record (projection, after, relations)
      || (hw_record_rev (before) != 0 && !hw_projection_reads_record (projection, before, relations)))
    {
      *whole = FALSE;
      return NULL;
    }
  copy = copy_head (operation);
  for (guint i = 0; i < operation->changes->len; i++)
    {
      const HwFieldChange *change = g_ptr_array_index (operation->changes, i);

      if (hw_projection_reads_field (projection, before, relations, change->field)
          && hw_projection_reads_field (projection, after, relations, change->field))
        copy_change (copy, change);
      else
        *whole = FALSE;
    }
  return g_steal_pointer (&copy);
}
