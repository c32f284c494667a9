/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The file is durable before its row, the row before the record; and they go in the opposite order. So whatever stops
 * it, there is never a record made here without its content, and what is left over is known by having no row.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-kept.h"

#include <glib/gi18n-lib.h>

#include "domain/hw-content.h"
#include "store/hw-commit-private.h"

static const char *const state_names[] = {
  [HW_KEPT_NOT] = "",         [HW_KEPT_WAITING] = "waiting", [HW_KEPT_REFUSED] = "refused",
  [HW_KEPT_SENT] = "sent",    [HW_KEPT_FETCHED] = "fetched", [HW_KEPT_HANDING] = "handing",
  [HW_KEPT_LOST] = "lost",
};

/* A record that is gone from the view may still come back, or wait to be shown with why it was refused. What was never
 * sent stays until the office has it, or has said that it never will. */
#define NOBODYS                                                                                    \
  " WHERE NOT EXISTS (SELECT 1 FROM record_ids r WHERE r.id = kept_content.record)"                \
  " AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.record = kept_content.record"                   \
  " AND o.state IN ('waiting', 'answered', 'refused')) AND state NOT IN ('handing', 'lost')"

static HwVault *
vault_of (HwStore *store, GError **error)
{
  if (store->vault == NULL)
    g_set_error_literal (error,
                         HW_STORE_ERROR,
                         HW_STORE_ERROR_FAILED,
                         _ ("Files are kept in a vault only. Nothing was changed."));
  return store->vault;
}

static char *
keep_file (HwStore *store, GBytes *bytes, GError **error)
{
  HwVault *vault = vault_of (store, error);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);

  return vault != NULL ? hw_vault_add_attachment (vault, stream, NULL, error) : NULL;
}

static void
remove_file (HwStore *store, const char *file)
{
  g_autoptr (GError) error = NULL;

  if (store->vault != NULL && !hw_vault_remove_attachment (store->vault, file, &error))
    g_warning ("A file could not be removed and is tried again at the next start: %s", error->message);
}

/* ---- Rows ---- */

typedef gboolean (*Work) (HwStore *store, HwDb *db, gpointer data, GError **error);

/* Outside of a commit; counts and tells afterwards. */
static gboolean
with_writer (HwStore *store, Work work, gpointer data, GError **error)
{
  HwDb *db;
  gboolean done;

  if (!hw_store_ready (store, error))
    return FALSE;
  db = hw_store_lock_writer (store);
  done = work (store, db, data, error);
  if (done)
    hw_outbox_recount (store);
  hw_store_unlock_writer (store);
  if (done)
    hw_store_emit_outbox (store);
  return done;
}

static void
tell (HwStore *store, const char *record, const char *case_id)
{
  GPtrArray *changes = hw_store_changes_new ();

  hw_store_changes_note (changes, HW_TYPE_ID_ATTACHMENT, record, case_id, FALSE, FALSE);
  hw_store_emit_changes (store, changes);
}

typedef struct
{
  const char *record;
  const char *file;
  HwKeptState state;
  const char *problem; /* (nullable) */
} Row;

static gboolean
insert_row (HwStore *store, HwDb *db, gpointer data, GError **error)
{
  const Row *row = data;
  g_autofree char *now = hw_store_now_text (store);
  HwStatement *statement = hw_db_prepare (
    db,
    "INSERT INTO kept_content (record, file, state, problem, at) VALUES ($1, $2, $3, NULL, $4)"
    " ON CONFLICT (record) DO UPDATE SET file = excluded.file, state = excluded.state, problem = NULL");

  hw_statement_bind_text (statement, 1, row->record);
  hw_statement_bind_text (statement, 2, row->file);
  hw_statement_bind_text (statement, 3, state_names[row->state]);
  hw_statement_bind_text (statement, 4, now);
  return hw_statement_run (statement, error);
}

static gboolean
update_row (HwStore *store, HwDb *db, gpointer data, GError **error)
{
  const Row *row = data;
  HwStatement *statement
    = hw_db_prepare (db, "UPDATE kept_content SET state = $2, problem = $3 WHERE record = $1");

  hw_statement_bind_text (statement, 1, row->record);
  hw_statement_bind_text (statement, 2, state_names[row->state]);
  hw_statement_bind_text (statement, 3, row->problem);
  return hw_statement_run (statement, error);
}

static gboolean
delete_row (HwStore *store, HwDb *db, gpointer data, GError **error)
{
  return hw_db_run (db, "DELETE FROM kept_content WHERE record = $1", data, NULL, error);
}

static char *
read_column (HwStore *store, const char *sql, const char *record, GError **error)
{
  HwDb *db = hw_store_begin_read (store, error);
  g_autoptr (GPtrArray) texts = NULL;

  if (db == NULL)
    return NULL;
  texts = hw_db_texts (db, sql, record, error);
  hw_store_end_read (store, db);
  return texts != NULL && texts->len > 0 ? g_strdup (g_ptr_array_index (texts, 0)) : NULL;
}

static gboolean
set_state (
  HwStore *store, const char *record, HwKeptState state, const char *problem, GError **error)
{
  Row row = { .record = record, .state = state, .problem = problem };
  g_autofree char *root
    = read_column (store, "SELECT case_id FROM record_ids WHERE id = $1", record, NULL);

  if (!with_writer (store, update_row, &row, error))
    return FALSE;
  tell (store, record, root);
  return TRUE;
}

/* ---- Attaching ---- */

static gboolean
all_applied (GPtrArray *results)
{
  for (guint i = 0; i < results->len; i++)
    if (((HwResult *)g_ptr_array_index (results, i))->status != HW_RESULT_APPLIED)
      return FALSE;
  return TRUE;
}

GPtrArray *
hw_store_attach (
  HwStore *store, HwChangeSet *set, const char *record, GBytes *bytes, GError **error)
{
  g_autofree char *file = keep_file (store, bytes, error);
  Row row = { .record = record, .file = file, .state = HW_KEPT_WAITING };
  GPtrArray *results = NULL;

  if (file == NULL)
    return NULL;
  if (with_writer (store, insert_row, &row, error))
    results = hw_store_commit (store, set, error);
  if (results == NULL || !all_applied (results))
    {
      with_writer (store, delete_row, (gpointer)record, NULL);
      remove_file (store, file);
    }
  return results;
}

typedef struct
{
  HwChangeSet *set; /* (owned) */
  char *record;     /* (owned) */
  GBytes *bytes;    /* (owned) */
} Attaching;

static void
attaching_free (gpointer data)
{
  Attaching *attaching = data;

  g_object_unref (attaching->set);
  g_free (attaching->record);
  g_bytes_unref (attaching->bytes);
  g_free (attaching);
}

static void
attach_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Attaching *attaching = data;
  GError *error = NULL;
  GPtrArray *results
    = hw_store_attach (source, attaching->set, attaching->record, attaching->bytes, &error);

  if (results != NULL)
    g_task_return_pointer (task, results, (GDestroyNotify)g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
hw_store_attach_async (HwStore *store,
                       HwChangeSet *set,
                       const char *record,
                       GBytes *bytes,
                       GAsyncReadyCallback callback,
                       gpointer data)
{
  g_autoptr (GTask) task = g_task_new (store, NULL, callback, data);
  Attaching *attaching = g_new0 (Attaching, 1);

  attaching->set = g_object_ref (set);
  attaching->record = g_strdup (record);
  attaching->bytes = g_bytes_ref (bytes);
  g_task_set_source_tag (task, hw_store_attach_async);
  g_task_set_task_data (task, attaching, attaching_free);
  hw_worker_run (store->worker, task, attach_thread);
}

GPtrArray *
hw_store_attach_finish (HwStore *store, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The record may have gone while its content was on the way. */
gboolean
hw_store_keep_fetched (HwStore *store, const char *record, GBytes *bytes, GError **error)
{
  g_autofree char *there
    = read_column (store, "SELECT id FROM record_ids WHERE id = $1", record, NULL);
  g_autofree char *before
    = read_column (store, "SELECT file FROM kept_content WHERE record = $1", record, NULL);
  g_autofree char *file = NULL;
  Row row = { .record = record, .state = HW_KEPT_FETCHED };

  if (there == NULL || before != NULL)
    return TRUE;
  file = keep_file (store, bytes, error);
  row.file = file;
  if (file == NULL)
    return FALSE;
  if (with_writer (store, insert_row, &row, error))
    return TRUE;
  remove_file (store, file);
  return FALSE;
}

/* ---- Reading ---- */

HwKeptState
hw_store_kept (HwStore *store, const char *record, char **problem)
{
  g_autofree char *state
    = read_column (store, "SELECT state FROM kept_content WHERE record = $1", record, NULL);

  if (problem != NULL)
    *problem
      = read_column (store, "SELECT problem FROM kept_content WHERE record = $1", record, NULL);
  for (guint i = HW_KEPT_WAITING; i < G_N_ELEMENTS (state_names); i++)
    if (g_strcmp0 (state, state_names[i]) == 0)
      return (HwKeptState)i;
  return HW_KEPT_NOT;
}

GBytes *
hw_store_kept_bytes (HwStore *store, const char *record, GError **error)
{
  HwVault *vault = vault_of (store, error);
  g_autofree char *file = NULL;
  g_autoptr (GError) local = NULL;

  if (vault == NULL)
    return NULL;
  file = read_column (store, "SELECT file FROM kept_content WHERE record = $1", record, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return hw_vault_read_attachment (vault, file, error);
}

/* ---- Sending ---- */

GPtrArray *
hw_store_contents_to_send (HwStore *store, GError **error)
{
  HwDb *db = hw_store_begin_read (store, error);
  GPtrArray *records;

  if (db == NULL)
    return NULL;
  records = hw_db_texts (
    db,
    "SELECT k.record FROM kept_content k WHERE (k.state = 'handing' OR (k.state = 'waiting'"
    " AND EXISTS (SELECT 1 FROM record_ids r WHERE r.id = k.record)))"
    " AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.record = k.record AND o.state = 'waiting')"
    " ORDER BY k.at, k.record",
    NULL,
    error);
  hw_store_end_read (store, db);
  return records;
}

static gboolean let_go_of_rows (HwStore *store, GError **error);

/* What was only held to be handed over goes once the office has it. */
gboolean
hw_store_content_sent (HwStore *store, const char *record, GError **error)
{
  gboolean handed_over = hw_store_kept (store, record, NULL) == HW_KEPT_HANDING;

  return set_state (store, record, HW_KEPT_SENT, NULL, error)
         && (!handed_over || let_go_of_rows (store, error));
}

/* Of a case that is not theirs nothing is kept, and what could not be handed over is said. */
static gboolean
lose (HwStore *store, const char *record, const char *problem, GError **error)
{
  g_autofree char *file
    = read_column (store, "SELECT file FROM kept_content WHERE record = $1", record, error);

  if (file == NULL || !set_state (store, record, HW_KEPT_LOST, problem, error))
    return FALSE;
  remove_file (store, file);
  return TRUE;
}

gboolean
hw_store_content_refused (HwStore *store, const char *record, const char *problem, GError **error)
{
  g_autofree char *there
    = read_column (store, "SELECT id FROM record_ids WHERE id = $1", record, NULL);

  if (there == NULL && hw_store_kept (store, record, NULL) == HW_KEPT_HANDING)
    return lose (store, record, problem, error);
  return set_state (store, record, HW_KEPT_REFUSED, problem, error);
}

GPtrArray *
hw_store_lost_contents (HwStore *store, GError **error)
{
  HwDb *db = hw_store_begin_read (store, error);
  GPtrArray *records;

  if (db == NULL)
    return NULL;
  records = hw_db_texts (
    db, "SELECT record FROM kept_content WHERE state = 'lost' ORDER BY at, record", NULL, error);
  hw_store_end_read (store, db);
  return records;
}

gboolean
hw_store_dismiss_lost (HwStore *store, const char *record, GError **error)
{
  return with_writer (store, delete_row, (gpointer)record, error);
}

gboolean
hw_store_content_retry (HwStore *store, const char *record, GError **error)
{
  return set_state (store, record, HW_KEPT_WAITING, NULL, error);
}

/* ---- Letting go ---- */

gboolean
hw_kept_hand_over (HwCommit *commit, const char *record, GError **error)
{
  return hw_db_run (commit->db,
                    "UPDATE kept_content SET state = 'handing' WHERE record = $1 AND state = 'waiting'"
                    " AND EXISTS (SELECT 1 FROM record_ids WHERE id = $1)"
                    /* Whoever removes a file themselves asks for nothing to be kept of it. */
                    " AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.record = $1"
                    " AND o.state IN ('waiting', 'answered') AND o.json ->> '$.action' = 'delete')",
                    record,
                    NULL,
                    error);
}

gboolean
hw_kept_let_go (HwCommit *commit, GError **error)
{
  g_autoptr (GPtrArray) files
    = hw_db_texts (commit->db, "SELECT file FROM kept_content" NOBODYS, NULL, error);

  if (files == NULL || files->len == 0)
    return files != NULL;
  commit->outbox_moved = TRUE;
  g_clear_pointer (&commit->files_to_remove, g_ptr_array_unref);
  commit->files_to_remove = g_steal_pointer (&files);
  return hw_db_exec (commit->db, "DELETE FROM kept_content" NOBODYS, error);
}

void
hw_kept_remove_files (HwStore *store, GPtrArray *files)
{
  for (guint i = 0; files != NULL && i < files->len; i++)
    remove_file (store, g_ptr_array_index (files, i));
}

static gboolean
let_go_of_rows (HwStore *store, GError **error)
{
  HwCommit commit;

  if (!hw_commit_begin (&commit, store, HW_ORIGIN_REMOTE, NULL, error))
    return FALSE;
  if (hw_kept_let_go (&commit, error))
    return hw_commit_finish (&commit, error);
  hw_commit_abort (&commit);
  return FALSE;
}

static gboolean
remove_strays (HwStore *store, GError **error)
{
  g_autoptr (GPtrArray) files = hw_vault_attachments (store->vault, error);

  for (guint i = 0; files != NULL && i < files->len; i++)
    {
      const char *file = g_ptr_array_index (files, i);
      g_autoptr (GError) local = NULL;
      g_autofree char *known
        = read_column (store, "SELECT record FROM kept_content WHERE file = $1", file, &local);

      if (known == NULL && local == NULL)
        remove_file (store, file);
    }
  return files != NULL;
}

gboolean
hw_store_sweep_contents (HwStore *store, GError **error)
{
  return vault_of (store, error) != NULL && let_go_of_rows (store, error)
         && remove_strays (store, error);
}
