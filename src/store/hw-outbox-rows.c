/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The outbox as rows: what is sent next, what is shown of what was refused, and how many there are.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-commit-private.h"

#define READ_AHEAD 500 /* how far behind the limit the rest of a group is looked for */

static guint
count_of (HwDb *db, const char *state)
{
  HwStatement *statement = hw_db_prepare (db, "SELECT count(*) FROM outbox WHERE state = $1");
  guint count = 0;

  hw_statement_bind_text (statement, 1, state);
  if (hw_statement_step (statement, NULL))
    count = (guint)hw_statement_integer (statement, 0);
  hw_statement_reset (statement);
  return count;
}

/* Under the writer's lock. */
void
hw_outbox_recount (HwStore *store)
{
  HwOutboxCounts counts = { .waiting = count_of (store->writer, HW_OUTBOX_WAITING),
                            .refused = count_of (store->writer, HW_OUTBOX_REFUSED),
                            .quarantined = count_of (store->writer, HW_OUTBOX_QUARANTINED) };
  gint64 files = 0;

  if (hw_db_integer (
        store->writer, "SELECT count(*) FROM kept_content WHERE state IN ('waiting', 'handing')", &files, NULL))
    counts.files = (guint)files;

  g_mutex_lock (&store->state_lock);
  store->counts = counts;
  g_mutex_unlock (&store->state_lock);
}

HwOutboxCounts
hw_outbox_counts (HwStore *store)
{
  HwOutboxCounts counts;

  g_mutex_lock (&store->state_lock);
  counts = store->counts;
  g_mutex_unlock (&store->state_lock);
  return counts;
}

static gboolean
belongs (GHashTable *groups, const char *group, guint taken, guint max)
{
  if (taken < max)
    {
      if (group != NULL)
        g_hash_table_add (groups, g_strdup (group));
      return TRUE;
    }
  return group != NULL && g_hash_table_contains (groups, group);
}

GPtrArray *
hw_outbox_next (HwStore *store, guint max, GError **error)
{
  g_autoptr (GPtrArray) operations
    = g_ptr_array_new_with_free_func ((GDestroyNotify)hw_operation_unref);
  g_autoptr (GHashTable) groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  HwDb *db = hw_store_begin_read (store, error);
  HwStatement *statement;
  g_autoptr (GError) local = NULL;

  if (db == NULL)
    return NULL;
  statement = hw_db_prepare (
    db, "SELECT json, grp FROM outbox WHERE state = 'waiting' ORDER BY n LIMIT $1");
  hw_statement_bind_integer (statement, 1, (gint64)max + READ_AHEAD);
  while (local == NULL && hw_statement_step (statement, &local))
    if (belongs (groups, hw_statement_text (statement, 1), operations->len, max))
      {
        HwOperation *operation = hw_operation_from_text (hw_statement_text (statement, 0), &local);

        if (operation != NULL)
          g_ptr_array_add (operations, operation);
      }
  hw_statement_reset (statement);
  hw_store_end_read (store, db);
  if (local == NULL)
    return g_steal_pointer (&operations);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

void
hw_refusal_free (HwRefusal *refusal)
{
  if (refusal == NULL)
    return;
  g_clear_pointer (&refusal->operation, hw_operation_unref);
  g_free (refusal->problem);
  g_free (refusal);
}

GPtrArray *
hw_outbox_refusals (HwStore *store, GError **error)
{
  g_autoptr (GPtrArray) refusals = g_ptr_array_new_with_free_func ((GDestroyNotify)hw_refusal_free);
  HwDb *db = hw_store_begin_read (store, error);
  HwStatement *statement;
  g_autoptr (GError) local = NULL;

  if (db == NULL)
    return NULL;
  statement = hw_db_prepare (
    db,
    "SELECT json, problem, state FROM outbox WHERE state IN ('refused', 'quarantined') ORDER BY n");
  while (local == NULL && hw_statement_step (statement, &local))
    {
      HwRefusal *refusal = g_new0 (HwRefusal, 1);

      g_ptr_array_add (refusals, refusal);
      refusal->operation = hw_operation_from_text (hw_statement_text (statement, 0), &local);
      refusal->problem = g_strdup (hw_statement_text (statement, 1));
      refusal->quarantined
        = g_strcmp0 (hw_statement_text (statement, 2), HW_OUTBOX_QUARANTINED) == 0;
    }
  hw_statement_reset (statement);
  hw_store_end_read (store, db);
  if (local == NULL)
    return g_steal_pointer (&refusals);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

gboolean
hw_outbox_dismiss (HwStore *store, const char *operation, GError **error)
{
  HwCommit commit;

  if (!hw_commit_begin (&commit, store, HW_ORIGIN_REMOTE, NULL, error))
    return FALSE;
  commit.outbox_moved = TRUE;
  if (!hw_db_run (commit.db,
                  "DELETE FROM outbox WHERE id = $1 AND state IN ('refused', 'quarantined')",
                  operation,
                  NULL,
                  error)
      || !hw_kept_let_go (&commit, error))
    {
      hw_commit_abort (&commit);
      return FALSE;
    }
  return hw_commit_finish (&commit, error);
}
