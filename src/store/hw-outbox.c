/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the server said, taken in: answers to what was sent, and pages of what others did. Each call
 * is one transaction, so that an operation never leaves the view before the state that replaces it
 * is there, and the cursor never passes an item that is not.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-commit-private.h"

#define CURSOR "sync.cursor"

void
hw_push_result_free (HwPushResult *result)
{
  if (result == NULL)
    return;
  g_free (result->operation);
  hw_item_free (result->item);
  g_free (result->problem);
  g_free (result);
}

static char *
text_of (HwDb *db, const char *sql, const char *key)
{
  g_autoptr (GPtrArray) texts = hw_db_texts (db, sql, key, NULL);

  return texts != NULL && texts->len > 0 ? g_strdup (g_ptr_array_index (texts, 0)) : NULL;
}

/* ---- Answers ---- */

/* An operation and what followed from it locally. */
static GPtrArray *
records_of (HwDb *db, const char *operation, GError **error)
{
  return hw_db_texts (
    db, "SELECT DISTINCT record FROM outbox WHERE id = $1 OR parent = $1", operation, error);
}

static gboolean
rebuild_all (HwCommit *commit, GPtrArray *records, GError **error)
{
  for (guint i = 0; i < records->len; i++)
    if (!hw_overlay_rebuild (commit, g_ptr_array_index (records, i), error))
      return FALSE;
  return TRUE;
}

/* Its effect stays in view until the server's own state is here: with the answer, or with the next
 * run. */
static gboolean
accept (HwCommit *commit, const HwPushResult *result, GError **error)
{
  gboolean here = result->item != NULL;

  return hw_history_drop_pending (commit->db, result->operation, error)
         && hw_db_run (commit->db,
                       "UPDATE outbox SET state = $2 WHERE id = $1",
                       result->operation,
                       here ? HW_OUTBOX_ACKNOWLEDGED : HW_OUTBOX_ANSWERED,
                       error)
         && hw_db_run (
           commit->db,
           "UPDATE outbox SET state = 'answered' WHERE parent = $1 AND state = 'consequence'",
           result->operation,
           NULL,
           error)
         && hw_db_run (commit->db,
                       "UPDATE conflict SET open = 0, settling = NULL WHERE settling = $1",
                       result->operation,
                       NULL,
                       error);
}

static gboolean
drop_consequences (HwCommit *commit, const char *operation, GError **error)
{
  g_autoptr (GPtrArray) ids
    = hw_db_texts (commit->db, "SELECT id FROM outbox WHERE parent = $1", operation, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (!hw_history_drop_pending (commit->db, g_ptr_array_index (ids, i), error))
      return FALSE;
  return ids != NULL
         && hw_db_run (
           commit->db, "DELETE FROM outbox WHERE parent = $1", operation, NULL, error);
}

/* What somebody may no longer see was handed to a supervisor: of the words typed, nothing stays here but that there
 * were some. */
static gboolean
forget_words (HwCommit *commit, const char *operation, GError **error)
{
  g_autofree char *json
    = text_of (commit->db, "SELECT json FROM outbox WHERE id = $1", operation);
  g_autoptr (HwOperation) typed = json != NULL ? hw_operation_from_text (json, error) : NULL;
  g_autoptr (HwOperation) empty = NULL;
  g_autofree char *text = NULL;

  if (typed == NULL)
    return json == NULL;
  empty = hw_operation_new (typed->id, HW_ACTION_UPDATE, typed->type, typed->record, typed->case_id);
  empty->at = g_strdup (typed->at);
  text = hw_operation_to_text (empty);
  commit->store->purged = TRUE;
  return hw_db_run (commit->db, "UPDATE outbox SET json = $2 WHERE id = $1", operation, text, error);
}

/* What was attached in a case that is not theirs any more goes where its record went. */
static gboolean
hand_over_all (HwCommit *commit, GPtrArray *records, GError **error)
{
  for (guint i = 0; i < records->len; i++)
    if (!hw_kept_hand_over (commit, g_ptr_array_index (records, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
reject (HwCommit *commit, const HwPushResult *result, GError **error)
{
  const char *state
    = result->status == HW_RESULT_QUARANTINED ? HW_OUTBOX_QUARANTINED : HW_OUTBOX_REFUSED;
  g_autoptr (GPtrArray) records = records_of (commit->db, result->operation, error);
  HwStatement *statement;

  if (records == NULL)
    return FALSE;
  statement
    = hw_db_prepare (commit->db, "UPDATE outbox SET state = $2, problem = $3 WHERE id = $1");
  hw_statement_bind_text (statement, 1, result->operation);
  hw_statement_bind_text (statement, 2, state);
  hw_statement_bind_text (statement, 3, result->problem);
  return hw_statement_run (statement, error)
         && (result->status != HW_RESULT_QUARANTINED
             || (forget_words (commit, result->operation, error)
                 && hand_over_all (commit, records, error)))
         && hw_history_drop_pending (commit->db, result->operation, error)
         && drop_consequences (commit, result->operation, error)
         && hw_db_run (commit->db,
                       "UPDATE conflict SET settling = NULL WHERE settling = $1",
                       result->operation,
                       NULL,
                       error)
         && rebuild_all (commit, records, error);
}

static gboolean apply_item (HwCommit *commit, HwItem *item, GError **error);

/* A first answer given again may have been a refusal. */
static gboolean
is_rejection (const HwPushResult *result)
{
  return result->status == HW_RESULT_REFUSED || result->status == HW_RESULT_QUARANTINED
         || (result->status == HW_RESULT_DUPLICATE && result->problem != NULL);
}

static gboolean
settle_one (HwCommit *commit, const HwPushResult *result, GError **error)
{
  g_autofree char *state
    = text_of (commit->db, "SELECT state FROM outbox WHERE id = $1", result->operation);

  if (result->retry)
    return TRUE;
  /* An answer that comes twice finds nothing waiting; its item may still be news. */
  if (g_strcmp0 (state, HW_OUTBOX_WAITING) == 0
      && !(is_rejection (result) ? reject (commit, result, error) : accept (commit, result, error)))
    return FALSE;
  return result->item == NULL || apply_item (commit, result->item, error);
}

gboolean
hw_outbox_settle (HwStore *store, GPtrArray *results, GError **error)
{
  HwCommit commit;

  if (!hw_commit_begin (&commit, store, HW_ORIGIN_REMOTE, NULL, error))
    return FALSE;
  commit.outbox_moved = TRUE;
  for (guint i = 0; i < results->len; i++)
    if (!settle_one (&commit, g_ptr_array_index (results, i), error))
      {
        hw_commit_abort (&commit);
        return FALSE;
      }
  return hw_commit_finish (&commit, error);
}

/* ---- Pages ---- */

/* What was accepted and waited for this state leaves the view. */
static gboolean
release_answered (HwCommit *commit, const char *record, GError **error)
{
  if (hw_overlay_is_empty (commit))
    return TRUE;
  return hw_db_run (
           commit->db,
           "DELETE FROM outbox WHERE record = $1 AND state = 'answered' AND parent IS NOT NULL",
           record,
           NULL,
           error)
         && hw_db_run (
           commit->db,
           "UPDATE outbox SET state = 'acknowledged' WHERE record = $1 AND state = 'answered'",
           record,
           NULL,
           error);
}

static gboolean
apply_conflict (HwCommit *commit, HwItem *item, GError **error)
{
  g_autofree char *root = NULL;
  HwConflict conflict = { .id = item->id,
                          .record = item->conflict_record,
                          .type = item->type,
                          .field = item->field,
                          .base = item->base,
                          .current = item->current,
                          .offered = item->offered,
                          .by = item->by,
                          .at = item->at,
                          .rev = item->rev,
                          .open = g_strcmp0 (item->state, "open") == 0 };

  /* A question may come before the record that it is about: the item says of which case. */
  hw_row_locate (commit->store, commit->db, item->conflict_record, &root, NULL);
  conflict.case_id = root != NULL ? root : item->case_id;
  hw_store_changes_note (
    commit->changes, item->type, item->conflict_record, conflict.case_id, FALSE, FALSE);
  /* What blocks departure may hang on an open question. */
  if (conflict.case_id != NULL)
    {
      hw_commit_forget_case (commit, conflict.case_id);
      g_hash_table_add (commit->touched, g_strdup (conflict.case_id));
    }
  return hw_conflict_write (commit->db, &conflict, error);
}

static gboolean
apply_item (HwCommit *commit, HwItem *item, GError **error)
{
  switch (item->op)
    {
      case HW_ITEM_PUT:
        return release_answered (commit, item->id, error)
               && hw_overlay_set_base (commit, item->id, item->record, error);
      case HW_ITEM_DELETE:
        return release_answered (commit, item->id, error)
               && hw_overlay_set_base (commit, item->id, NULL, error);
      case HW_ITEM_PURGE:
        return hw_overlay_purge (commit, item->id, error);
      case HW_ITEM_CONFLICT:
      default:
        return apply_conflict (commit, item, error);
    }
}

/* A complete run holds all that followed from what was accepted before it began. */
static gboolean
end_run (HwCommit *commit, GError **error)
{
  g_autoptr (GPtrArray) records = hw_db_texts (
    commit->db, "SELECT DISTINCT record FROM outbox WHERE state = 'answered'", NULL, error);

  for (guint i = 0; records != NULL && i < records->len; i++)
    if (!release_answered (commit, g_ptr_array_index (records, i), error))
      return FALSE;
  commit->clean_index = commit->store->index_traces;
  return records != NULL && rebuild_all (commit, records, error) && hw_kept_let_go (commit, error);
}

static gboolean
put_setting (HwDb *db, const char *key, const char *value, GError **error)
{
  if (value == NULL)
    return hw_db_run (db, "DELETE FROM setting WHERE key = $1", key, NULL, error);
  return hw_db_run (db,
                    "INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO "
                    "UPDATE SET value = excluded.value",
                    key,
                    value,
                    error);
}

static gboolean
put_cursor (HwDb *db, const char *cursor, GError **error)
{
  return put_setting (db, CURSOR, cursor, error);
}

/* When this desktop and the server were last equal: written with what made them so, not a second time after it. */
static gboolean
put_time (HwCommit *commit, GError **error)
{
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, commit->rules.now_us);

  return put_setting (commit->db, HW_STORE_SETTING_LAST_SYNCED, now, error);
}

static gboolean
take_page (
  HwCommit *commit, GPtrArray *items, const char *cursor, gboolean complete, GError **error)
{
  for (guint i = 0; i < items->len; i++)
    if (!apply_item (commit, g_ptr_array_index (items, i), error))
      return FALSE;
  return put_cursor (commit->db, cursor, error)
         && (!complete || (end_run (commit, error) && put_time (commit, error)));
}

/* Overwritten in the file, so that what may no longer be seen cannot be dug out of it either. */
static void
clean_log (HwStore *store)
{
  g_autoptr (GError) error = NULL;
  HwDb *db = hw_store_lock_writer (store);

  if (db != NULL && !hw_db_exec (db, "PRAGMA wal_checkpoint (TRUNCATE)", &error))
    g_warning ("The log was not cleaned after a purge: %s", error->message);
  store->purged = store->purged && error != NULL;
  store->index_traces = store->index_traces && error != NULL;
  hw_store_unlock_writer (store);
}

static void
show_changes (HwStore *store, GPtrArray *changes, gboolean complete)
{
  g_autoptr (GPtrArray) owned = changes;
  GPtrArray *all = NULL;

  hw_store_lock_writer (store);
  g_ptr_array_extend_and_steal (store->held, g_steal_pointer (&owned));
  if (complete)
    {
      all = g_steal_pointer (&store->held);
      store->held = hw_store_changes_new ();
    }
  hw_store_unlock_writer (store);
  if (all != NULL)
    hw_store_emit_changes (store, all);
}

gboolean
hw_store_apply_page (
  HwStore *store, GPtrArray *items, const char *cursor, gboolean complete, GError **error)
{
  HwCommit commit;
  g_autoptr (GPtrArray) changes = NULL;
  gboolean purged;

  if (!hw_commit_begin (&commit, store, HW_ORIGIN_REMOTE, NULL, error))
    return FALSE;
  if (!take_page (&commit, items, cursor, complete, error))
    {
      hw_commit_abort (&commit);
      return FALSE;
    }
  purged = store->purged && complete;
  changes = g_steal_pointer (&commit.changes);
  commit.changes = hw_store_changes_new ();
  if (!hw_commit_finish (&commit, error))
    return FALSE;
  if (purged)
    clean_log (store);
  show_changes (store, g_steal_pointer (&changes), complete);
  return TRUE;
}

char *
hw_store_cursor (HwStore *store)
{
  return hw_store_get_setting (store, CURSOR);
}

gboolean
hw_store_forget_server_state (HwStore *store, GError **error)
{
  HwCommit commit;

  if (!hw_commit_begin (&commit, store, HW_ORIGIN_REMOTE, NULL, error))
    return FALSE;
  commit.outbox_moved = TRUE;
  if (!hw_overlay_forget (&commit, error) || !put_cursor (commit.db, NULL, error))
    {
      hw_commit_abort (&commit);
      return FALSE;
    }
  return hw_commit_finish (&commit, error);
}
