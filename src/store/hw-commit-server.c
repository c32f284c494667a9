/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The server's word on one operation: merged field by field with what others did meanwhile, judged
 * as the merged record, written, numbered, and followed by its consequences. An operation answered
 * once is answered the same for as long as the ledger keeps it.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "domain/hw-references.h"
#include "store/hw-likeness-rows-private.h"
#include "store/hw-server-private.h"

#include <glib/gi18n-lib.h>

#define MAX_DEPTH 4

static const char *const action_words[] = { "create", "update", "delete", "resolve" };

static gboolean
refuse (HwResult *result, HwVerdict *verdict)
{
  result->status = HW_RESULT_REFUSED;
  g_clear_pointer (&result->verdict, hw_verdict_unref);
  result->verdict = verdict;
  return TRUE;
}

/* ---- Merging ---- */

static void
offer_conflict (HwCommit *commit, HwStep *step, const HwFieldChange *change)
{
  const HwFieldDef *field = hw_schema_field (change->field);
  HwConflict *conflict = hw_conflict_new (commit, step->operation, step->before, change->field);

  conflict->offered = hw_field_change_result (change, conflict->current);
  conflict->base = hw_history_value_at (commit->db, step->before, field, change->base);
  if ((field->flags & HW_FIELD_HISTORY) != 0 && conflict->offered != NULL)
    hw_case_file_note_past (
      step->file, field->id, hw_record_id (step->before), conflict->offered);
  if (conflict->offered != NULL && hw_record_def (step->before)->root != HW_ROOT_NONE)
    {
      hw_case_file_note_offered (
        step->file, field->id, hw_record_id (step->before), conflict->offered);
      g_hash_table_add (commit->unit_roots, g_strdup (step->root));
    }
  if (step->conflicts == NULL)
    step->conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify)hw_conflict_free);
  g_ptr_array_add (step->conflicts, conflict);
}

static HwVerdict *
merge_change (HwCommit *commit, HwStep *step, const HwFieldChange *change)
{
  const HwFieldDef *field = hw_schema_field (change->field);
  HwValue *current = hw_record_get (step->after, change->field);
  guint64 rev = step->before != NULL ? hw_record_field_rev (step->before, change->field) : 0;
  gboolean own
    = rev != 0 && rev != change->base
      && hw_history_device_wrote (commit->db, step->before, field, commit->actor);
  g_autoptr (HwValue) merged = NULL;

  switch (hw_merge_field (field, current, rev, own, change, &merged))
    {
      case HW_MERGED_MERGED:
        step->merged = TRUE;
        step->changed |= hw_record_set (step->after, change->field, merged);
        return NULL;
      case HW_MERGED_APPLIED:
        step->changed |= hw_record_set (step->after, change->field, merged);
        return NULL;
      case HW_MERGED_CONFLICT:
        offer_conflict (commit, step, change);
        return NULL;
      case HW_MERGED_REFUSED:
        return hw_verdict_new_refused (
          HW_REASON_IMMUTABLE,
          change->field,
          _ ("This is kept as it was written; add a new one instead."));
      case HW_MERGED_UNCHANGED:
      default:
        return NULL;
    }
}

static guint64
latest_seen (GArray *seen)
{
  guint64 latest = 0;

  for (guint i = 0; i < seen->len; i++)
    latest = MAX (latest, g_array_index (seen, guint64, i));
  return latest;
}

/* What this device wrote itself on top of what it saw, it has seen. */
static gboolean
changed_by_others_since (HwCommit *commit, HwRecord *record, guint64 seen)
{
  const HwTypeDef *def = hw_record_def (record);

  for (guint i = 0; i < def->n_fields; i++)
    if (hw_record_field_rev (record, def->fields[i].id) > seen
        && !hw_history_device_wrote (commit->db, record, &def->fields[i], commit->actor))
      return TRUE;
  return FALSE;
}

static gboolean
deletes_unseen (HwCommit *commit, HwStep *step)
{
  HwOperation *operation = step->operation;

  for (guint i = 0; i < operation->changes->len; i++)
    {
      HwFieldChange *change = g_ptr_array_index (operation->changes, i);

      if (change->base != hw_record_field_rev (step->before, change->field)
          && !hw_history_device_wrote (
            commit->db, step->before, hw_schema_field (change->field), commit->actor))
        return TRUE;
    }
  return operation->seen != NULL && operation->seen->len > 0
         && changed_by_others_since (commit, step->before, latest_seen (operation->seen));
}

/* The edit survives whichever came first; a supervisor is asked. */
static void
ask_about_deletion (HwCommit *commit, HwStep *step)
{
  if (step->conflicts == NULL)
    step->conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify)hw_conflict_free);
  g_ptr_array_add (step->conflicts,
                   hw_conflict_new (commit, step->operation, step->before, HW_FIELD_NONE));
}

static HwVerdict *
merge_operation (HwCommit *commit, HwStep *step)
{
  HwOperation *operation = step->operation;

  if (operation->action == HW_ACTION_DELETE)
    {
      if (hw_record_deleted (step->before))
        return NULL;
      if (deletes_unseen (commit, step))
        ask_about_deletion (commit, step);
      else
        {
          hw_record_set_deleted (step->after, TRUE);
          step->changed = TRUE;
        }
      return NULL;
    }
  if (step->before != NULL && hw_record_deleted (step->before))
    {
      ask_about_deletion (commit, step);
      hw_record_set_deleted (step->after, FALSE);
      step->changed = TRUE;
    }
  step->changed |= step->before == NULL;
  for (guint i = 0; i < operation->changes->len; i++)
    {
      HwVerdict *verdict = merge_change (commit, step, g_ptr_array_index (operation->changes, i));

      if (verdict != NULL)
        return verdict;
    }
  return NULL;
}

/* ---- After the record is written ---- */

static gboolean
decides_access (HwTypeId type)
{
  switch (type)
    {
      case HW_TYPE_ID_CASE:
      case HW_TYPE_ID_MOVEMENT:
      case HW_TYPE_ID_SEGMENT:
      case HW_TYPE_ID_CASE_ACCESS:
      case HW_TYPE_ID_REFERRAL:
      case HW_TYPE_ID_TASK:
      case HW_TYPE_ID_RECEPTION:
      case HW_TYPE_ID_CONSENT:
      case HW_TYPE_ID_EMBASSY_REQUEST:
      case HW_TYPE_ID_TRAVEL_DOCUMENT:
      case HW_TYPE_ID_ATTACHMENT:
        return TRUE;
      default:
        return FALSE;
    }
}

const HwActor *
hw_commit_answerable (HwCommit *commit)
{
  return commit->let_in_by != NULL ? commit->let_in_by : commit->actor;
}

gboolean
hw_commit_server_written (HwCommit *commit, HwStep *step, GError **error)
{
  HwStore *store = commit->store;
  HwRecord *record = step->after;

  if (!hw_feed_note (store, record, hw_store_next_seq (store), error)
      || (!store->server->loading
          && !hw_audit_link (store,
                             hw_commit_answerable (commit),
                             action_words[step->operation->action],
                             hw_record_case (record),
                             hw_record_id (record),
                             step->operation->id,
                             error)))
    return FALSE;
  if (step->root != NULL && decides_access (hw_record_type (record)))
    g_hash_table_add (commit->access, g_strdup (step->root));
  return TRUE;
}

static gboolean run_consequences (HwCommit *commit, HwStep *step, guint depth, GError **error);

gboolean
hw_commit_server_consequences (HwCommit *commit, HwStep *step, GError **error)
{
  return run_consequences (commit, step, 0, error);
}

static gboolean
run_consequence (HwCommit *commit, HwOperation *operation, guint depth, GError **error)
{
  HwStep step = { .operation = operation };
  g_autoptr (HwVerdict) verdict = NULL;
  const char *by = commit->actor != NULL ? hw_actor_system_for (commit->actor) : "system";
  gboolean done = hw_commit_system_operation (commit, by, commit->now, &step, &verdict, error);

  if (done && verdict != NULL)
    g_warning (
      "Consequence %s was not written: reason %d", operation->id, hw_verdict_reason (verdict));
  if (done && step.changed)
    done = hw_step_write (commit, &step, FALSE, error)
           && hw_commit_server_written (commit, &step, error)
           && run_consequences (commit, &step, depth + 1, error);
  hw_step_clear (&step);
  return done;
}

static gboolean
run_consequences (HwCommit *commit, HwStep *step, guint depth, GError **error)
{
  g_autoptr (GPtrArray) operations = NULL;

  if (depth >= MAX_DEPTH)
    return TRUE;
  operations = hw_step_consequences (commit, step);
  for (guint i = 0; i < operations->len; i++)
    if (!run_consequence (commit, g_ptr_array_index (operations, i), depth, error))
      return FALSE;
  return TRUE;
}

gboolean
hw_commit_conflicts (HwCommit *commit, HwStep *step, HwResult *result, GError **error)
{
  HwStore *store = commit->store;

  for (guint i = 0; step->conflicts != NULL && i < step->conflicts->len; i++)
    {
      HwConflict *conflict = g_ptr_array_index (step->conflicts, i);

      if (!hw_conflict_write (commit->db, conflict, error))
        return FALSE;
      if (!hw_feed_note_conflict (store, conflict, hw_store_next_seq (store), error))
        return FALSE;
      if (result->conflicts == NULL)
        result->conflicts = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (result->conflicts, g_strdup (conflict->id));
    }
  return TRUE;
}

static gboolean
write_step (HwCommit *commit, HwStep *step, HwResult *result, GError **error)
{
  if (step->changed)
    {
      hw_step_stamp (commit, step, commit->actor->user);
      if ((step->before == NULL && !hw_commit_name_on_server (commit, step->after, error))
          || !hw_step_write (commit, step, FALSE, error)
          || !hw_commit_server_written (commit, step, error))
        return FALSE;
    }
  if (!hw_commit_conflicts (commit, step, result, error))
    return FALSE;
  return !step->changed || hw_commit_server_consequences (commit, step, error);
}

/* The consequences may have written the record once more. */
static void
tell_state (HwStep *step, HwResult *result)
{
  HwRecord *latest = hw_case_file_lookup (step->file, hw_record_id (step->after));

  if (hw_record_def (step->after)->root == HW_ROOT_NONE || latest == NULL)
    latest = step->after;
  result->state = g_object_ref (latest);
  result->rev = hw_record_rev (latest);
  result->status = step->conflicts != NULL ? HW_RESULT_CONFLICT
                   : step->merged          ? HW_RESULT_MERGED
                                           : HW_RESULT_APPLIED;
}

/* ---- Judging ---- */

static HwVerdict *
judge (HwCommit *commit, HwStep *step, HwVerdict **breach)
{
  HwOperation *operation = step->operation;

  HwVerdict *verdict;

  /* The server may have proposed the pair that a desktop found by itself. */
  if (operation->action == HW_ACTION_CREATE && step->before != NULL
      && operation->type != HW_TYPE_ID_CASE_LINK)
    return hw_verdict_new_refused (
      HW_REASON_INVALID, HW_FIELD_NONE, _ ("This record exists already."));
  verdict = hw_commit_check_link (commit, step);
  if (verdict != NULL)
    return verdict;
  return hw_rules_check (step->file,
                         step->before,
                         step->after,
                         operation,
                         commit->actor,
                         step->relations,
                         &commit->rules,
                         breach);
}

/* Asked for every operation of a push, and nearly always about the same relations. */
gboolean
hw_commit_sees_root (HwCommit *commit, guint relations)
{
  relations &= ~(guint)HW_RELATION_AUTHOR;
  if (commit->judged_relations != relations)
    {
      commit->judged_relations = relations;
      commit->judged_visible = hw_scope_effective (commit->actor->role, relations) != 0;
    }
  return commit->judged_visible;
}

const char *
hw_commit_request_of (HwRecord *record)
{
  const HwTypeDef *def = hw_record_def (record);

  if (def->id == HW_TYPE_ID_EMBASSY_REQUEST)
    return hw_record_id (record);
  for (guint i = 0; i < def->n_fields; i++)
    if (def->fields[i].kind == HW_KIND_REFERENCE
        && def->fields[i].target == HW_TYPE_ID_EMBASSY_REQUEST)
      return hw_record_get_text (record, def->fields[i].id);
  return NULL;
}

gboolean
hw_commit_knew_root (HwCommit *commit, HwStep *step)
{
  const char *request = hw_commit_request_of (step->before != NULL ? step->before : step->after);
  HwStatement *statement
    = hw_db_prepare (commit->db, "SELECT 1 FROM visible WHERE user = $1 AND root IN ($2, $3)");
  gboolean knew;

  hw_statement_bind_text (statement, 1, commit->actor->user);
  hw_statement_bind_text (statement, 2, step->root);
  hw_statement_bind_text (statement, 3, request);
  knew = hw_statement_step (statement, NULL);
  hw_statement_reset (statement);
  return knew;
}

guint
hw_commit_relations (HwCommit *commit, HwStep *step, HwRecord *record)
{
  guint relations
    = hw_access_relations (step->file, record, commit->actor, commit->rules.now_us);

  return commit->let_in_by != NULL ? relations | hw_quarantine_held_relations (commit, step)
                                   : relations;
}

static gboolean
may_see (HwCommit *commit, HwStep *step)
{
  gboolean new_case = step->before == NULL && hw_case_file_case (step->file) == NULL;
  gboolean directory = hw_schema_type (step->operation->type)->root == HW_ROOT_NONE;

  if (new_case && !directory)
    return TRUE;
  step->relations
    = hw_commit_relations (commit, step, step->before != NULL ? step->before : step->after);
  return directory || hw_commit_sees_root (commit, step->relations);
}

/* Two caseworkers take one intake from the queue: the second is told, and nothing waits for anybody to
 * decide. */
static gboolean
is_lost_claim (HwCommit *commit, HwStep *step)
{
  HwOperation *operation = step->operation;
  HwFieldChange *change;
  const char *owner;

  if (operation->type != HW_TYPE_ID_CASE || operation->changes->len != 1 || step->before == NULL
      || commit->actor->role != HW_ROLE_CASEWORKER)
    return FALSE;
  change = hw_operation_find (operation, HW_FIELD_CASE_OWNER);
  owner = hw_record_get_text (step->before, HW_FIELD_CASE_OWNER);
  return change != NULL && change->value != NULL && owner != NULL
         && g_strcmp0 (hw_value_text (change->value), commit->actor->user) == 0
         && !g_str_equal (owner, commit->actor->user)
         && change->base != hw_record_field_rev (step->before, HW_FIELD_CASE_OWNER);
}

static HwVerdict *
claimed_already (void)
{
  return hw_verdict_new_refused (HW_REASON_IMMUTABLE,
                                 HW_FIELD_CASE_OWNER,
                                 _ ("A colleague took this case first. It is in good hands."));
}

static gboolean
audit_breach (HwCommit *commit, HwStep *step, HwVerdict *breach, GError **error)
{
  g_autofree char *gates = hw_verdict_to_code (breach);

  return hw_audit_link (commit->store,
                        hw_commit_answerable (commit),
                        "breach",
                        hw_record_case (step->after),
                        hw_record_id (step->after),
                        gates,
                        error);
}

static gboolean
judge_and_write (HwCommit *commit, HwStep *step, HwResult *result, GError **error)
{
  g_autoptr (HwVerdict) verdict = NULL;
  g_autoptr (HwVerdict) breach = NULL;

  if (!hw_access_may_see_type (commit->actor->role, step->operation->type))
    return refuse (
      result,
      hw_verdict_new_refused (
        HW_REASON_ROLE, HW_FIELD_NONE, _ ("Your role does not work with this kind of record.")));
  /* A new record says only by its fields what it belongs to. */
  verdict = merge_operation (commit, step);
  if (!may_see (commit, step))
    {
      if (commit->let_in_by != NULL)
        return refuse (result, hw_quarantine_no_right ());
      /* Who never had it is told what is told of what does not exist. */
      if (!hw_commit_knew_root (commit, step))
        return refuse (result, hw_step_parent_unknown ());
      if (is_lost_claim (commit, step))
        return refuse (result, claimed_already ());
      result->status = HW_RESULT_QUARANTINED;
      return TRUE;
    }
  if (verdict == NULL && is_lost_claim (commit, step))
    verdict = claimed_already ();
  if (verdict == NULL && !hw_commit_know_her_first (commit, step, error))
    return FALSE;
  if (verdict == NULL)
    verdict = judge (commit, step, &breach);
  if (hw_verdict_outcome (verdict) == HW_OUTCOME_REFUSED)
    {
      result->state = step->before != NULL ? g_object_ref (step->before) : NULL;
      return refuse (result, g_steal_pointer (&verdict));
    }
  if (!write_step (commit, step, result, error))
    return FALSE;
  tell_state (step, result);
  return breach == NULL || audit_breach (commit, step, breach, error);
}

static gboolean
push_operation (HwCommit *commit, HwStep *step, HwResult *result, GError **error)
{
  HwVerdict *verdict = hw_step_check_shape (step->operation);

  if (verdict != NULL)
    return refuse (result, verdict);
  if (!hw_step_locate (commit, step, &verdict, error))
    return FALSE;
  /* What was made in a case they had lost was kept aside, and so is what they did with it. */
  if (verdict != NULL && commit->let_in_by == NULL
      && hw_verdict_reason (verdict) == HW_REASON_PARENT_UNKNOWN
      && hw_quarantine_holds (commit, step->operation))
    {
      hw_verdict_unref (verdict);
      result->status = HW_RESULT_QUARANTINED;
      return TRUE;
    }
  if (verdict != NULL)
    return refuse (result, verdict);
  return judge_and_write (commit, step, result, error);
}

/* Four eyes: what somebody sent is not let in by them. */
static gboolean
lets_own_in (HwCommit *commit)
{
  return commit->let_in_by != NULL && g_strcmp0 (commit->let_in_by->user, commit->actor->user) == 0;
}

/* Loading and jobs speak for the past too: their own time is believed if it is one. */
static char *
time_of (HwCommit *commit, HwOperation *operation)
{
  gint64 us;

  if (operation->at != NULL && hw_instant_parse (operation->at, &us) && us <= commit->rules.now_us)
    return hw_instant_format (us);
  return g_strdup (commit->now);
}

/* Who adds blind sees no case, and names none but this one and the directory: not by a guess, and no other case. */
static HwVerdict *
check_blind (HwCommit *commit, HwStep *step)
{
  const char *named = step->operation->case_id;

  if (commit->origin != HW_ORIGIN_BLIND)
    return NULL;
  if (named != NULL && g_strcmp0 (named, step->root) != 0)
    return hw_step_parent_unknown ();
  return hw_rules_check_references (step->file, step->after, step->operation, &commit->rules);
}

static gboolean
fact_operation (HwCommit *commit, HwStep *step, HwResult *result, GError **error)
{
  HwVerdict *verdict = NULL;
  g_autofree char *at = time_of (commit, step->operation);
  const char *by = commit->actor != NULL ? commit->actor->user : "system";

  if (!hw_commit_system_operation (commit, by, at, step, &verdict, error))
    return FALSE;
  if (verdict == NULL)
    verdict = check_blind (commit, step);
  if (verdict != NULL)
    return refuse (result, verdict);
  if (step->changed
      && (!hw_step_write (commit, step, FALSE, error)
          || !hw_commit_server_written (commit, step, error)))
    return FALSE;
  if (step->changed && commit->origin == HW_ORIGIN_BLIND
      && !hw_commit_server_consequences (commit, step, error))
    return FALSE;
  tell_state (step, result);
  return TRUE;
}

gboolean
hw_commit_server_operation (HwCommit *commit,
                            HwOperation *operation,
                            HwResult *result,
                            GError **error)
{
  HwStep step = { .operation = operation };
  gboolean done;

  if (commit->origin != HW_ORIGIN_PUSH)
    done = fact_operation (commit, &step, result, error);
  else if (commit->actor == NULL)
    done = refuse (
      result, hw_verdict_new_refused (HW_REASON_ROLE, HW_FIELD_NONE, _ ("Nobody is signed in.")));
  else if (lets_own_in (commit))
    done = refuse (result,
                   hw_verdict_new_refused (HW_REASON_SELF_APPROVAL,
                                           HW_FIELD_NONE,
                                           _ ("You wrote this yourself: another supervisor decides.")));
  else if (operation->action == HW_ACTION_RESOLVE)
    done = hw_commit_resolve (commit, operation, result, error);
  else
    done = push_operation (commit, &step, result, error);
  hw_step_clear (&step);
  return done;
}
