/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one write path. A change set is one transaction; each operation, or each group that stands or
 * falls together, is a savepoint in it. What is answered was written; what could not be written
 * leaves nothing behind, neither in the file nor in the case files kept in memory.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-likeness-rows-private.h"
#include "store/hw-server-private.h"

#include <string.h>

#define CACHED_CASES 256
#define UNIT "unit"

void
hw_result_free (HwResult *result)
{
  if (result == NULL)
    return;
  g_free (result->operation);
  g_free (result->record);
  g_clear_pointer (&result->verdict, hw_verdict_unref);
  g_clear_object (&result->state);
  g_clear_pointer (&result->conflicts, g_ptr_array_unref);
  g_free (result);
}

static void
unref_if_any (gpointer file)
{
  if (file != NULL)
    g_object_unref (file);
}

static GHashTable *
new_set (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

gboolean
hw_commit_begin (
  HwCommit *commit, HwStore *store, HwOrigin origin, const HwActor *actor, GError **error)
{
  *commit = (HwCommit){ .store = store, .origin = origin, .actor = actor };
  commit->db = hw_store_lock_writer (store);
  if (!hw_store_ready (store, error) || !hw_db_begin (commit->db, error))
    {
      hw_store_unlock_writer (store);
      return FALSE;
    }
  if (store->mode == HW_STORE_SERVER && !hw_server_notice (store, error))
    {
      hw_db_rollback (commit->db);
      hw_store_unlock_writer (store);
      return FALSE;
    }
  g_atomic_pointer_set (&store->committing, g_thread_self ());
  commit->rules.now_us = hw_clock_now (store->clock);
  commit->rules.on_server = store->mode == HW_STORE_SERVER;
  if (store->mode == HW_STORE_SERVER)
    hw_account_answer_rules (store, &commit->rules);
  commit->now = hw_instant_format (commit->rules.now_us);
  commit->changes = hw_store_changes_new ();
  commit->touched = new_set ();
  commit->people = new_set ();
  commit->access = new_set ();
  commit->unit_roots = new_set ();
  commit->first_met = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_if_any);
  return TRUE;
}

static void
commit_clear (HwCommit *commit)
{
  g_clear_pointer (&commit->now, g_free);
  g_clear_pointer (&commit->changes, g_ptr_array_unref);
  g_clear_pointer (&commit->touched, g_hash_table_unref);
  g_clear_pointer (&commit->people, g_hash_table_unref);
  g_clear_pointer (&commit->access, g_hash_table_unref);
  g_clear_pointer (&commit->unit_roots, g_hash_table_unref);
  g_clear_pointer (&commit->first_met, g_hash_table_unref);
  g_clear_pointer (&commit->files_to_remove, g_ptr_array_unref);
}

static void
leave (HwCommit *commit, gboolean directory_changed)
{
  HwStore *store = commit->store;

  if (directory_changed)
    {
      g_mutex_lock (&store->state_lock);
      g_clear_object (&store->directory);
      store->directory_version++;
      g_mutex_unlock (&store->state_lock);
    }
  store->directory_dirty = FALSE;
  g_clear_object (&store->own_directory);
  g_atomic_pointer_set (&store->committing, NULL);
  commit_clear (commit);
  hw_store_unlock_writer (store);
}

static void
forget_all_cases (HwStore *store)
{
  g_hash_table_remove_all (store->case_cache);
  g_queue_clear_full (&store->case_order, g_free);
}

void
hw_commit_abort (HwCommit *commit)
{
  HwStore *store = commit->store;

  hw_db_rollback (commit->db);
  forget_all_cases (store);
  if (store->mode == HW_STORE_SERVER)
    hw_server_rolled_back (store);
  leave (commit, FALSE);
}

static gboolean
refresh_summaries (HwCommit *commit, GError **error)
{
  if (commit->store->mode == HW_STORE_SERVER || commit->store->rows[HW_TYPE_ID_CASE] == NULL)
    return TRUE;
  return hw_kin_touch (commit, error) && hw_summary_refresh (commit, error);
}

static gboolean
update_access (HwCommit *commit, GError **error)
{
  GHashTableIter iter;
  gpointer root;

  g_hash_table_iter_init (&iter, commit->access);
  while (g_hash_table_iter_next (&iter, &root, NULL))
    {
      g_autoptr (GError) local = NULL;
      g_autoptr (HwCaseFile) file = hw_commit_case_file (commit, root, &local);

      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (file != NULL
          && (!hw_scope_update (commit->store, file, hw_store_next_seq (commit->store), error)
              || !hw_commit_renew_links (commit, root, error)))
        return FALSE;
    }
  return TRUE;
}

gboolean
hw_commit_finish (HwCommit *commit, GError **error)
{
  HwStore *store = commit->store;
  gboolean directory_changed = store->directory_dirty;

  if (!hw_commit_follow_people (commit, error) || !refresh_summaries (commit, error)
      || (commit->clean_index && !hw_search_clean (commit->db, error))
      || !update_access (commit, error) || !hw_db_commit (commit->db, error))
    {
      hw_commit_abort (commit);
      return FALSE;
    }
  hw_kept_remove_files (store, commit->files_to_remove);
  if (commit->outbox_moved)
    {
      hw_outbox_recount (store);
      hw_store_emit_outbox (store);
    }
  hw_store_emit_changes (store, g_steal_pointer (&commit->changes));
  if (directory_changed)
    forget_all_cases (store);
  if (store->mode == HW_STORE_SERVER)
    hw_server_committed (store);
  leave (commit, directory_changed);
  return TRUE;
}

/* ---- Case files as the writer sees them ---- */

void
hw_commit_remember_case (HwCommit *commit, const char *root, HwCaseFile *file)
{
  HwStore *store = commit->store;

  if (g_hash_table_lookup (store->case_cache, root) == file)
    return;
  hw_commit_forget_case (commit, root);
  g_hash_table_replace (store->case_cache, g_strdup (root), g_object_ref (file));
  g_queue_push_tail (&store->case_order, g_strdup (root));
  while (store->case_order.length > CACHED_CASES)
    {
      g_autofree char *oldest = g_queue_pop_head (&store->case_order);

      g_hash_table_remove (store->case_cache, oldest);
    }
}

void
hw_commit_forget_case (HwCommit *commit, const char *root)
{
  GList *link = g_queue_find_custom (&commit->store->case_order, root, (GCompareFunc)strcmp);

  g_hash_table_remove (commit->store->case_cache, root);
  if (g_hash_table_lookup (commit->first_met, root) != NULL)
    g_hash_table_replace (commit->first_met, g_strdup (root), NULL);
  if (link == NULL)
    return;
  g_free (link->data);
  g_queue_delete_link (&commit->store->case_order, link);
}

/* A question about one of its records may have come before any of them. */
static gboolean
holds_any_of (HwDb *db, const char *root)
{
  HwStatement *statement = hw_db_prepare (db,
                                          "SELECT 1 FROM record_ids WHERE case_id = $1"
                                          " UNION ALL SELECT 1 FROM conflict WHERE case_id = $1"
                                          " LIMIT 1");
  gboolean any;

  hw_statement_bind_text (statement, 1, root);
  any = hw_statement_step (statement, NULL);
  hw_statement_reset (statement);
  return any;
}

HwCaseFile *
hw_commit_first_met (HwCommit *commit, const char *root)
{
  gpointer known;
  HwCaseFile *file;

  if (g_hash_table_lookup_extended (commit->first_met, root, NULL, &known))
    return known;
  file = holds_any_of (commit->db, root) ? NULL : hw_case_file_begin (commit->store, root);
  g_hash_table_insert (commit->first_met, g_strdup (root), file);
  return file;
}

static gboolean
keeps_past (const HwTypeDef *def)
{
  for (guint i = 0; i < def->n_fields; i++)
    if ((def->fields[i].flags & HW_FIELD_HISTORY) != 0)
      return TRUE;
  return FALSE;
}

/* A question about a record may come before the record itself. */
static gboolean
has_past (HwDb *db, const char *record)
{
  HwStatement *statement
    = hw_db_prepare (db,
                     "SELECT EXISTS (SELECT 1 FROM field_history WHERE record = $1)"
                     " OR EXISTS (SELECT 1 FROM conflict WHERE record = $1)");
  gboolean any = TRUE;

  hw_statement_bind_text (statement, 1, record);
  if (hw_statement_step (statement, NULL))
    any = hw_statement_integer (statement, 0) != 0;
  hw_statement_reset (statement);
  return any;
}

/* A case file at hand takes the record in, unless what the record said before belongs to it too: then
 * all of it is read again. */
void
hw_commit_follow (HwCommit *commit, HwRecord *record, const char *root, gboolean created)
{
  HwCaseFile *fresh = g_hash_table_lookup (commit->first_met, root);
  HwCaseFile *cached = g_hash_table_lookup (commit->store->case_cache, root);
  gboolean past = keeps_past (hw_record_def (record))
                  && (!created || has_past (commit->db, hw_record_id (record)));

  if ((fresh == NULL && cached == NULL) || hw_record_deleted (record) || past)
    {
      hw_commit_forget_case (commit, root);
      return;
    }
  if (fresh != NULL)
    hw_case_file_add (fresh, record);
  if (cached != NULL)
    hw_case_file_add (cached, record);
}

HwCaseFile *
hw_commit_case_file (HwCommit *commit, const char *root, GError **error)
{
  HwCaseFile *file = g_hash_table_lookup (commit->first_met, root);

  if (file == NULL)
    file = g_hash_table_lookup (commit->store->case_cache, root);
  /* What other cases say is not kept with it. */
  if (file != NULL)
    return hw_kin_read (commit->store, commit->db, file, error) ? g_object_ref (file) : NULL;
  file = hw_case_file_read (commit->store, commit->db, root, error);
  if (file != NULL)
    hw_commit_remember_case (commit, root, file);
  return file;
}

static void
forget_first_met (HwCommit *commit)
{
  GHashTableIter iter;

  g_hash_table_iter_init (&iter, commit->first_met);
  while (g_hash_table_iter_next (&iter, NULL, NULL))
    g_hash_table_iter_replace (&iter, NULL);
}

void
hw_commit_touch (HwCommit *commit, HwRecord *record, const char *root, gboolean created)
{
  HwTypeId type = hw_record_type (record);

  hw_store_changes_note (commit->changes,
                         type,
                         hw_record_id (record),
                         hw_record_case (record),
                         created,
                         hw_record_deleted (record));
  if (root != NULL
      && (type == HW_TYPE_ID_PERSON || type == HW_TYPE_ID_SAFE_CONTACT || type == HW_TYPE_ID_CASE))
    g_hash_table_add (commit->people, g_strdup (root));
  if (root != NULL)
    {
      g_hash_table_add (commit->touched, g_strdup (root));
      g_hash_table_add (commit->unit_roots, g_strdup (root));
    }
  else if (hw_schema_type (type)->root == HW_ROOT_NONE)
    {
      /* Case files hold the directory they were read with. */
      commit->store->directory_dirty = TRUE;
      g_clear_object (&commit->store->own_directory);
      forget_all_cases (commit->store);
      forget_first_met (commit);
    }
}

/* ---- Units ---- */

static HwResult *
new_result (HwOperation *operation)
{
  HwResult *result = g_new0 (HwResult, 1);

  result->operation = g_strdup (operation->id);
  result->record = g_strdup (operation->record);
  result->type = operation->type;
  return result;
}

static gboolean
run_operation (HwCommit *commit, HwOperation *operation, HwResult *result, GError **error)
{
  commit->consequences = 0;
  if (commit->store->mode == HW_STORE_SERVER)
    return hw_commit_server_operation (commit, operation, result, error);
  return hw_commit_desktop_operation (commit, operation, result, error);
}

static void
drop_unit (HwCommit *commit)
{
  GHashTableIter iter;
  gpointer root;

  hw_db_rollback_to (commit->db, UNIT);
  g_hash_table_iter_init (&iter, commit->unit_roots);
  while (g_hash_table_iter_next (&iter, &root, NULL))
    hw_commit_forget_case (commit, root);
  if (commit->store->directory_dirty)
    {
      g_clear_object (&commit->store->own_directory);
      forget_all_cases (commit->store);
    }
}

static gboolean
stands (HwResult *result)
{
  return result->status != HW_RESULT_REFUSED && result->status != HW_RESULT_QUARANTINED;
}

/* The members of a group that would have stood alone are told why they did not. */
static void
refuse_with_group (GPtrArray *unit, HwResult *refused)
{
  for (guint i = 0; i < unit->len; i++)
    {
      HwResult *result = g_ptr_array_index (unit, i);

      if (result == refused || result->status == HW_RESULT_DUPLICATE)
        continue;
      result->status = refused->status;
      g_clear_pointer (&result->verdict, hw_verdict_unref);
      result->verdict = refused->verdict != NULL ? hw_verdict_ref (refused->verdict) : NULL;
      g_clear_object (&result->state);
      g_clear_pointer (&result->conflicts, g_ptr_array_unref);
      result->rev = 0;
    }
}

/* operations: those of one unit, in order; results: theirs, to be filled. */
static gboolean
run_unit (HwCommit *commit, GPtrArray *operations, GPtrArray *results, GError **error)
{
  guint noted = commit->changes->len;
  HwResult *refused = NULL;

  g_hash_table_remove_all (commit->unit_roots);
  if (!hw_db_savepoint (commit->db, UNIT, error))
    return FALSE;
  for (guint i = 0; i < operations->len && refused == NULL; i++)
    {
      HwResult *result = g_ptr_array_index (results, i);

      if (!run_operation (commit, g_ptr_array_index (operations, i), result, error))
        return FALSE;
      if (!stands (result))
        refused = result;
    }
  if (refused == NULL)
    return hw_db_release (commit->db, UNIT, error);
  drop_unit (commit);
  if (commit->changes->len > noted)
    g_ptr_array_set_size (commit->changes, (gint)noted);
  refuse_with_group (results, refused);
  return TRUE;
}

/* Answered operations of a group are answered again; the others form the unit. */
static gboolean
run_known_or_new (HwCommit *commit, GPtrArray *operations, GPtrArray *results, GError **error)
{
  g_autoptr (GPtrArray) fresh = g_ptr_array_new ();
  g_autoptr (GPtrArray) fresh_results = g_ptr_array_new ();

  for (guint i = 0; i < operations->len; i++)
    {
      gboolean known = FALSE;

      if (commit->store->mode == HW_STORE_SERVER
          && !hw_commit_server_known (commit,
                                      g_ptr_array_index (operations, i),
                                      g_ptr_array_index (results, i),
                                      &known,
                                      error))
        return FALSE;
      if (known)
        continue;
      g_ptr_array_add (fresh, g_ptr_array_index (operations, i));
      g_ptr_array_add (fresh_results, g_ptr_array_index (results, i));
    }
  if (fresh->len == 0)
    return TRUE;
  if (!run_unit (commit, fresh, fresh_results, error))
    return FALSE;
  commit->unit = ((HwOperation *)g_ptr_array_index (fresh, 0))->id;
  for (guint i = 0; i < fresh->len && commit->store->mode == HW_STORE_SERVER; i++)
    if (!hw_commit_server_note (
          commit, g_ptr_array_index (fresh, i), g_ptr_array_index (fresh_results, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
same_unit (HwOperation *first, HwOperation *other)
{
  return first == other || (first->group != NULL && g_strcmp0 (first->group, other->group) == 0);
}

static gboolean
run_set (HwCommit *commit, GPtrArray *operations, GPtrArray *results, GError **error)
{
  g_autofree gboolean *done = g_new0 (gboolean, operations->len + 1);

  for (guint i = 0; i < operations->len; i++)
    {
      g_autoptr (GPtrArray) unit = g_ptr_array_new ();
      g_autoptr (GPtrArray) unit_results = g_ptr_array_new ();
      HwOperation *first = g_ptr_array_index (operations, i);

      for (guint n = i; n < operations->len && !done[i]; n++)
        {
          if (!same_unit (first, g_ptr_array_index (operations, n)))
            {
              if (first->group == NULL)
                break;
              continue;
            }
          g_ptr_array_add (unit, g_ptr_array_index (operations, n));
          g_ptr_array_add (unit_results, g_ptr_array_index (results, n));
        }
      if (done[i])
        continue;
      for (guint n = i; n < operations->len; n++)
        done[n] = done[n] || same_unit (first, g_ptr_array_index (operations, n));
      if (!run_known_or_new (commit, unit, unit_results, error))
        return FALSE;
    }
  return TRUE;
}

GPtrArray *
hw_store_commit (HwStore *store, HwChangeSet *set, GError **error)
{
  g_autoptr (GPtrArray) results = NULL;
  GPtrArray *operations;
  HwCommit commit;

  g_return_val_if_fail (HW_IS_STORE (store), NULL);
  g_return_val_if_fail (HW_IS_CHANGE_SET (set), NULL);

  operations = hw_change_set_operations (set);
  results = g_ptr_array_new_with_free_func ((GDestroyNotify)hw_result_free);
  for (guint i = 0; i < operations->len; i++)
    g_ptr_array_add (results, new_result (g_ptr_array_index (operations, i)));
  if (!hw_commit_begin (
        &commit, store, hw_change_set_origin (set), hw_change_set_actor (set), error))
    return NULL;
  commit.let_in_by = hw_change_set_let_in_by (set);
  commit.reason = hw_change_set_reason (set);
  if (!run_set (&commit, operations, results, error))
    {
      hw_commit_abort (&commit);
      return NULL;
    }
  return hw_commit_finish (&commit, error) ? g_steal_pointer (&results) : NULL;
}

static void
commit_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *results = hw_store_commit (source, data, &error);

  if (results == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, results, (GDestroyNotify)g_ptr_array_unref);
}

void
hw_store_commit_async (HwStore *store,
                       HwChangeSet *set,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, data);

  /* What was typed is saved even when nobody waits for it any more. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_source_tag (task, hw_store_commit_async);
  g_task_set_task_data (task, g_object_ref (set), g_object_unref);
  hw_worker_run (store->worker, task, commit_thread);
}

GPtrArray *
hw_store_commit_finish (HwStore *store, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
