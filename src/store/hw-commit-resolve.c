/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Settling a conflict on the server. The choice is judged like an edit by the person who made it.
 * If the field moved since they looked, or somebody settled it first, their choice meets the
 * present value as a new conflict: two people who decide differently find out.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-commit-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  HwCommit *commit;
  HwOperation *operation;
  HwConflict *conflict; /* (owned) */
  HwOperation *edit;    /* (owned) what the choice comes to */
  HwStep step;
  HwResult *result;
} Settling;

static gboolean
refuse (HwResult *result, HwReason reason, HwFieldId field, const char *message)
{
  result->status = HW_RESULT_REFUSED;
  result->verdict = hw_verdict_new_refused (reason, field, message);
  return TRUE;
}

/* Nothing is told with the answer that there is no such conflict. */
static gboolean
is_missing (HwResult *result)
{
  return result->status == HW_RESULT_REFUSED
         && hw_verdict_reason (result->verdict) == HW_REASON_NOT_FOUND;
}

static HwValue *
chosen_value (Settling *settling)
{
  const char *choice = settling->operation->choice;

  if (g_strcmp0 (choice, "current") == 0)
    return hw_record_get (settling->step.before, settling->conflict->field);
  if (g_strcmp0 (choice, "offered") == 0)
    return settling->conflict->offered;
  return settling->operation->resolution;
}

/* An edit of the field or, for a conflict about a deletion, the deletion itself. */
static void
make_edit (Settling *settling)
{
  HwConflict *conflict = settling->conflict;
  gboolean deletion = conflict->field == HW_FIELD_NONE;
  HwAction action = deletion && g_strcmp0 (settling->operation->choice, "offered") == 0
                      ? HW_ACTION_DELETE
                      : HW_ACTION_UPDATE;

  settling->edit = hw_operation_new (
    settling->operation->id, action, conflict->type, conflict->record, conflict->case_id);
  if (!deletion)
    hw_operation_set (settling->edit,
                      conflict->field,
                      chosen_value (settling),
                      hw_record_field_rev (settling->step.before, conflict->field));
}

static gboolean
has_moved (Settling *settling)
{
  HwConflict *conflict = settling->conflict;
  GArray *seen = settling->operation->seen;
  guint64 rev;

  if (conflict->field == HW_FIELD_NONE)
    return FALSE;
  rev = hw_record_field_rev (settling->step.before, conflict->field);
  if (!conflict->open)
    return TRUE;
  if (rev == conflict->rev)
    return FALSE;
  for (guint i = 0; seen != NULL && i < seen->len; i++)
    if (g_array_index (seen, guint64, i) == rev)
      return FALSE;
  return TRUE;
}

static gboolean
note_settled (Settling *settling, GError **error)
{
  HwCommit *commit = settling->commit;
  HwConflict *conflict = settling->conflict;

  conflict->open = FALSE;
  /* The case file still holds what was offered. */
  if (conflict->case_id != NULL)
    hw_commit_forget_case (commit, conflict->case_id);
  return hw_conflict_settle (commit->db, conflict->id, error)
         && hw_feed_note_conflict (
           commit->store, conflict, hw_store_next_seq (commit->store), error)
         && hw_audit_link (commit->store,
                           hw_commit_answerable (commit),
                           "resolve",
                           conflict->case_id,
                           conflict->record,
                           conflict->id,
                           error);
}

static gboolean
meet_again (Settling *settling, GError **error)
{
  HwStep *step = &settling->step;
  HwConflict *again = hw_conflict_new (
    settling->commit, settling->operation, step->before, settling->conflict->field);
  HwValue *chosen = chosen_value (settling);

  again->offered = chosen != NULL ? hw_value_ref (chosen) : NULL;
  again->base
    = settling->conflict->current != NULL ? hw_value_ref (settling->conflict->current) : NULL;
  step->conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify)hw_conflict_free);
  g_ptr_array_add (step->conflicts, again);
  settling->result->status = HW_RESULT_CONFLICT;
  return (!settling->conflict->open || note_settled (settling, error))
         && hw_commit_conflicts (settling->commit, step, settling->result, error);
}

static gboolean
write_choice (Settling *settling, GError **error)
{
  HwCommit *commit = settling->commit;
  HwStep *step = &settling->step;
  gboolean deletes
    = settling->edit->action == HW_ACTION_DELETE && !hw_record_deleted (step->before);
  gboolean differs
    = deletes
      || (settling->conflict->field != HW_FIELD_NONE
          && !hw_value_equal (chosen_value (settling),
                              hw_record_get (step->before, settling->conflict->field)));

  if (differs)
    {
      hw_step_stamp (commit, step, commit->actor->user);
      if (!hw_step_write (commit, step, FALSE, error)
          || !hw_commit_server_written (commit, step, error)
          || !hw_commit_server_consequences (commit, step, error))
        return FALSE;
    }
  settling->result->status = HW_RESULT_APPLIED;
  return !settling->conflict->open || note_settled (settling, error);
}

static gboolean
judge_and_settle (Settling *settling, GError **error)
{
  HwCommit *commit = settling->commit;
  HwStep *step = &settling->step;
  HwResult *result = settling->result;
  g_autoptr (HwVerdict) verdict = NULL;

  step->relations = hw_commit_relations (commit, step, step->before);
  if (!hw_commit_sees_root (commit, step->relations))
    {
      if (commit->let_in_by != NULL)
        {
          result->status = HW_RESULT_REFUSED;
          result->verdict = hw_quarantine_no_right ();
          return TRUE;
        }
      if (!hw_commit_knew_root (commit, step))
        return refuse (
          result, HW_REASON_NOT_FOUND, HW_FIELD_NONE, _ ("There is no such conflict."));
      result->status = HW_RESULT_QUARANTINED;
      return TRUE;
    }
  hw_operation_apply (settling->edit, step->after);
  verdict = hw_step_check_shape (settling->edit);
  if (verdict == NULL && settling->conflict->field == HW_FIELD_NONE)
    verdict = hw_step_check_settling (commit, step, settling->edit);
  else if (verdict == NULL)
    verdict = hw_rules_check (step->file,
                              step->before,
                              step->after,
                              settling->edit,
                              commit->actor,
                              step->relations,
                              &commit->rules,
                              NULL);
  if (hw_verdict_outcome (verdict) == HW_OUTCOME_REFUSED)
    {
      result->status = HW_RESULT_REFUSED;
      result->verdict = g_steal_pointer (&verdict);
      return TRUE;
    }
  if (has_moved (settling)
      && !hw_value_equal (chosen_value (settling),
                          hw_record_get (step->before, settling->conflict->field)))
    return meet_again (settling, error);
  return write_choice (settling, error);
}

static gboolean
settle (Settling *settling, GError **error)
{
  HwStep *step = &settling->step;
  HwOperation probe = { .id = settling->operation->id,
                        .action = HW_ACTION_UPDATE,
                        .type = settling->conflict->type,
                        .record = settling->conflict->record };
  HwVerdict *verdict = NULL;
  HwRecord *latest;

  step->operation = &probe;
  if (!hw_step_locate (settling->commit, step, &verdict, error))
    return FALSE;
  if (verdict != NULL || step->before == NULL)
    {
      g_clear_pointer (&verdict, hw_verdict_unref);
      return refuse (
        settling->result, HW_REASON_NOT_FOUND, HW_FIELD_NONE, _ ("There is no such record."));
    }
  make_edit (settling);
  step->operation = settling->edit;
  if (!judge_and_settle (settling, error))
    return FALSE;
  if (settling->result->status == HW_RESULT_QUARANTINED
      || is_missing (settling->result))
    return TRUE;
  latest = hw_case_file_lookup (step->file, hw_record_id (step->after));
  if (latest == NULL || settling->result->status != HW_RESULT_APPLIED)
    latest = settling->result->status == HW_RESULT_APPLIED ? step->after : step->before;
  settling->result->state = g_object_ref (latest);
  settling->result->rev = hw_record_rev (settling->result->state);
  return TRUE;
}

gboolean
hw_commit_resolve (HwCommit *commit, HwOperation *operation, HwResult *result, GError **error)
{
  Settling settling = { .commit = commit, .operation = operation, .result = result };
  g_autoptr (GError) local = NULL;
  gboolean done;

  settling.conflict = hw_conflict_read (commit->store, commit->db, operation->record, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (settling.conflict == NULL)
    return refuse (result, HW_REASON_NOT_FOUND, HW_FIELD_NONE, _ ("There is no such conflict."));
  g_free (result->record);
  result->record = g_strdup (settling.conflict->record);
  result->type = settling.conflict->type;
  done = settle (&settling, error);
  hw_step_clear (&settling.step);
  hw_conflict_free (settling.conflict);
  g_clear_pointer (&settling.edit, hw_operation_unref);
  return done;
}
