/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A person's edit on this desktop: judged by the same rules as on the server, shown at once, queued
 * in the same transaction. What follows from it is shown too, and left to the server to make real.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-likeness-rows-private.h"

#include <glib/gi18n-lib.h>

#define MAX_DEPTH 4

static gboolean
refuse (HwResult *result, HwVerdict *verdict)
{
  result->status = HW_RESULT_REFUSED;
  result->verdict = verdict;
  return TRUE;
}

static void
show_provisional_code (HwRecord *record)
{
  g_autofree char *code = NULL;
  g_autoptr (HwValue) value = NULL;

  if (hw_record_type (record) != HW_TYPE_ID_CASE
      || hw_record_get (record, HW_FIELD_CASE_CODE) != NULL)
    return;
  code = hw_commit_provisional_code (hw_record_id (record));
  value = hw_value_new_text (code);
  hw_record_set (record, HW_FIELD_CASE_CODE, value);
}

static gboolean
show_and_queue (
  HwCommit *commit, HwStep *step, const char *state, const char *parent, GError **error)
{
  show_provisional_code (step->after);
  return hw_overlay_keep_base (commit, step->operation->record, step->root, step->before, error)
         && hw_step_write (commit, step, TRUE, error)
         && hw_overlay_queue (commit, step->operation, step->root, state, parent, error);
}

static gboolean
show_consequences (HwCommit *commit, HwStep *step, const char *parent, guint depth, GError **error);

/* parent: the operation of the person that all of this follows from. */
static gboolean
show_consequence (
  HwCommit *commit, HwOperation *operation, const char *parent, guint depth, GError **error)
{
  HwStep step = { .operation = operation };
  g_autoptr (HwVerdict) verdict = NULL;
  gboolean done = hw_commit_system_operation (
    commit, hw_actor_system_for (commit->actor), commit->now, &step, &verdict, error);

  if (done && step.changed && commit->store->rows[operation->type] != NULL)
    done = show_and_queue (commit, &step, HW_OUTBOX_CONSEQUENCE, parent, error)
           && show_consequences (commit, &step, parent, depth + 1, error);
  hw_step_clear (&step);
  return done;
}

static gboolean
show_consequences (HwCommit *commit, HwStep *step, const char *parent, guint depth, GError **error)
{
  g_autoptr (GPtrArray) operations = NULL;

  if (depth >= MAX_DEPTH || hw_record_def (step->after)->root == HW_ROOT_NONE)
    return TRUE;
  operations = hw_step_consequences (commit, step);
  for (guint i = 0; i < operations->len; i++)
    if (!show_consequence (commit, g_ptr_array_index (operations, i), parent, depth, error))
      return FALSE;
  return TRUE;
}

static HwVerdict *
judge_deletion (HwCommit *commit, HwStep *step)
{
  if (step->before == NULL)
    return hw_verdict_new_refused (
      HW_REASON_NOT_FOUND, HW_FIELD_NONE, _ ("This record has been deleted."));
  hw_operation_apply (step->operation, step->after);
  step->relations
    = hw_access_relations (step->file, step->before, commit->actor, commit->rules.now_us);
  return hw_step_check_settling (commit, step, step->operation);
}

static HwVerdict *
judge (HwCommit *commit, HwStep *step)
{
  HwOperation *operation = step->operation;
  HwVerdict *verdict;

  if (step->before != NULL && operation->action == HW_ACTION_CREATE)
    return hw_verdict_new_refused (
      HW_REASON_INVALID, HW_FIELD_NONE, _ ("This record exists already."));
  if (step->before != NULL && hw_record_deleted (step->before))
    return hw_verdict_new_refused (
      HW_REASON_NOT_FOUND, HW_FIELD_NONE, _ ("This record has been deleted."));
  hw_operation_apply (operation, step->after);
  verdict = hw_commit_check_link (commit, step);
  if (verdict != NULL)
    return verdict;
  step->relations = hw_access_relations (step->file,
                                         step->before != NULL ? step->before : step->after,
                                         commit->actor,
                                         commit->rules.now_us);
  return hw_rules_check (step->file,
                         step->before,
                         step->after,
                         operation,
                         commit->actor,
                         step->relations,
                         &commit->rules,
                         NULL);
}

static gboolean
local_operation (HwCommit *commit, HwStep *step, HwResult *result, GError **error)
{
  HwVerdict *verdict = hw_step_check_shape (step->operation);

  if (verdict != NULL)
    return refuse (result, verdict);
  if (!hw_step_locate (commit, step, &verdict, error))
    return FALSE;
  if (verdict == NULL)
    verdict = judge (commit, step);
  if (hw_verdict_outcome (verdict) == HW_OUTCOME_REFUSED)
    return refuse (result, verdict);
  if (hw_verdict_outcome (verdict) == HW_OUTCOME_PROVISIONAL)
    result->verdict = hw_verdict_ref (verdict);
  hw_verdict_unref (verdict);

  hw_step_stamp (commit, step, commit->actor->user);
  if (!show_and_queue (commit, step, HW_OUTBOX_WAITING, NULL, error)
      || !show_consequences (commit, step, step->operation->id, 0, error))
    return FALSE;
  result->status = HW_RESULT_APPLIED;
  result->rev = hw_record_rev (step->after);
  result->state = g_object_ref (step->after);
  return TRUE;
}

/* ---- Settling a conflict ---- */

static HwOperation *
edit_of_choice (HwOperation *operation, const HwConflict *conflict)
{
  g_autofree char *id = hw_uuid_v5 (operation->id, "resolve");
  gboolean offered = g_strcmp0 (operation->choice, "offered") == 0;
  HwOperation *edit;

  if (g_strcmp0 (operation->choice, "current") == 0
      || (conflict->field == HW_FIELD_NONE && !offered))
    return NULL;
  edit = hw_operation_new (id,
                           conflict->field == HW_FIELD_NONE ? HW_ACTION_DELETE : HW_ACTION_UPDATE,
                           conflict->type,
                           conflict->record,
                           conflict->case_id);
  if (conflict->field != HW_FIELD_NONE)
    hw_operation_set (
      edit, conflict->field, offered ? conflict->offered : operation->resolution, 0);
  return edit;
}

/* The choice is shown as if it were an edit; what is sent is the choice itself. */
static gboolean
show_choice (
  HwCommit *commit, HwOperation *edit, const char *parent, HwResult *result, GError **error)
{
  HwStep step = { .operation = edit };
  HwVerdict *verdict = hw_step_check_shape (edit);
  gboolean done = TRUE;

  if (verdict == NULL)
    done = hw_step_locate (commit, &step, &verdict, error);
  if (done && verdict == NULL)
    verdict
      = edit->action == HW_ACTION_DELETE ? judge_deletion (commit, &step) : judge (commit, &step);
  if (done && hw_verdict_outcome (verdict) == HW_OUTCOME_REFUSED)
    refuse (result, hw_verdict_ref (verdict));
  else if (done)
    {
      hw_step_stamp (commit, &step, commit->actor->user);
      done = show_and_queue (commit, &step, HW_OUTBOX_CONSEQUENCE, parent, error);
      result->state = g_object_ref (step.after);
      result->rev = hw_record_rev (step.after);
    }
  g_clear_pointer (&verdict, hw_verdict_unref);
  hw_step_clear (&step);
  return done;
}

static gboolean
queue_choice (HwCommit *commit, HwOperation *operation, const HwConflict *conflict, GError **error)
{
  hw_store_changes_note (
    commit->changes, conflict->type, conflict->record, conflict->case_id, FALSE, FALSE);
  return hw_overlay_queue (commit, operation, conflict->case_id, HW_OUTBOX_WAITING, NULL, error)
         && hw_db_run (commit->db,
                       "UPDATE conflict SET settling = $2 WHERE id = $1",
                       conflict->id,
                       operation->id,
                       error);
}

static gboolean
local_resolve (HwCommit *commit, HwOperation *operation, HwResult *result, GError **error)
{
  g_autoptr (HwOperation) edit = NULL;
  g_autoptr (GError) local = NULL;
  HwConflict *conflict = hw_conflict_read (commit->store, commit->db, operation->record, &local);
  gboolean done = TRUE;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (conflict == NULL || !conflict->open)
    {
      hw_conflict_free (conflict);
      return refuse (result,
                     hw_verdict_new_refused (HW_REASON_NOT_FOUND,
                                             HW_FIELD_NONE,
                                             _ ("This conflict has been settled already.")));
    }
  result->status = HW_RESULT_APPLIED;
  g_free (result->record);
  result->record = g_strdup (conflict->record);
  result->type = conflict->type;
  edit = edit_of_choice (operation, conflict);
  if (edit != NULL)
    done = show_choice (commit, edit, operation->id, result, error);
  if (done && result->status == HW_RESULT_APPLIED)
    done = queue_choice (commit, operation, conflict, error);
  hw_conflict_free (conflict);
  return done;
}

/* ---- Facts ---- */

static gboolean
fact_operation (HwCommit *commit, HwStep *step, HwResult *result, GError **error)
{
  HwVerdict *verdict = NULL;

  if (!hw_commit_system_operation (commit,
                                   commit->actor != NULL ? commit->actor->user : "system",
                                   commit->now,
                                   step,
                                   &verdict,
                                   error))
    return FALSE;
  if (verdict != NULL)
    return refuse (result, verdict);
  if (step->changed && !hw_step_write (commit, step, FALSE, error))
    return FALSE;
  result->status = HW_RESULT_APPLIED;
  result->rev = hw_record_rev (step->after);
  result->state = g_object_ref (step->after);
  return TRUE;
}

gboolean
hw_commit_desktop_operation (HwCommit *commit,
                             HwOperation *operation,
                             HwResult *result,
                             GError **error)
{
  HwStep step = { .operation = operation };
  gboolean done;

  if (commit->origin != HW_ORIGIN_LOCAL)
    done = fact_operation (commit, &step, result, error);
  else if (commit->actor == NULL)
    done = refuse (
      result, hw_verdict_new_refused (HW_REASON_ROLE, HW_FIELD_NONE, _ ("Nobody is signed in.")));
  else if (operation->action == HW_ACTION_RESOLVE)
    done = local_resolve (commit, operation, result, error);
  else
    done = local_operation (commit, &step, result, error);
  hw_step_clear (&step);
  return done;
}
