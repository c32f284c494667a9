/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The server's part of a store: its tables, its numbers and its epoch, and what happens when a
 * transaction ends. A number becomes visible (hw_store_head) only after the commit that took it is
 * durable, and numbers are taken under the writer's lock, so a reader that stops at the head passes nothing.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-server-private.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>

#define EPOCH_BYTES 16

/* Numbers are set aside in blocks far larger than one commit can use, and a store that opens begins
 * after its block: a number that was told to anybody is never given again, even if nothing was written under it. */
#define NUMBERS_AHEAD 1000000
#define NUMBERS_LEAST (NUMBERS_AHEAD / 2)

static const char tables[]
  = "CREATE TABLE IF NOT EXISTS account (id TEXT PRIMARY KEY, username TEXT NOT NULL UNIQUE, name TEXT NOT NULL,"
    " role TEXT NOT NULL, office TEXT, mission TEXT, password_hash TEXT, disabled INTEGER NOT NULL,"
    " since_seq INTEGER NOT NULL) STRICT;"
    "CREATE TABLE IF NOT EXISTS session (hash TEXT PRIMARY KEY, user TEXT NOT NULL, device TEXT, device_name TEXT,"
    " created INTEGER NOT NULL, expires INTEGER NOT NULL, last_used INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS session_user ON session (user);"
    "CREATE TABLE IF NOT EXISTS copy_count (user TEXT NOT NULL, device TEXT NOT NULL, copy TEXT NOT NULL,"
    " n INTEGER NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (user, device, copy)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS revoked (hash TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS visible (user TEXT NOT NULL, root TEXT NOT NULL, relations INTEGER NOT NULL,"
    " former INTEGER NOT NULL, since_seq INTEGER NOT NULL, gone_seq INTEGER NOT NULL,"
    " held INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (user, root)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS visible_root ON visible (root);"
    "CREATE INDEX IF NOT EXISTS visible_since ON visible (user, since_seq, root) WHERE gone_seq = 0;"
    "CREATE INDEX IF NOT EXISTS visible_gone ON visible (user, gone_seq, root) WHERE gone_seq > 0;"
    "CREATE TABLE IF NOT EXISTS feed (record TEXT PRIMARY KEY, type TEXT NOT NULL, field TEXT, case_id TEXT NOT NULL,"
    " request_id TEXT NOT NULL, author TEXT, seq INTEGER NOT NULL, deleted INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS feed_seq ON feed (seq, case_id, record);"
    "CREATE INDEX IF NOT EXISTS feed_case ON feed (case_id, record);"
    "CREATE INDEX IF NOT EXISTS feed_request ON feed (request_id, record) WHERE request_id <> '';"
    "CREATE TABLE IF NOT EXISTS feed_left (request_id TEXT NOT NULL, record TEXT NOT NULL, type TEXT NOT NULL,"
    " author TEXT, seq INTEGER NOT NULL, PRIMARY KEY (request_id, record)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS audit (n INTEGER PRIMARY KEY, at TEXT NOT NULL, user TEXT, device TEXT, action TEXT NOT NULL,"
    " case_id TEXT, record TEXT, detail TEXT, hash TEXT NOT NULL) STRICT;"
    "CREATE INDEX IF NOT EXISTS audit_case ON audit (case_id, n);"
    "CREATE TABLE IF NOT EXISTS upload (id TEXT PRIMARY KEY, attachment TEXT NOT NULL, sha256 TEXT NOT NULL,"
    " media_type TEXT NOT NULL, size INTEGER NOT NULL, received INTEGER NOT NULL, complete INTEGER NOT NULL,"
    " user TEXT NOT NULL, at TEXT NOT NULL) STRICT;"
    "CREATE INDEX IF NOT EXISTS upload_attachment ON upload (attachment);"
    "CREATE INDEX IF NOT EXISTS upload_begun ON upload (user) WHERE complete = 0;"
    "CREATE TABLE IF NOT EXISTS upload_part (upload TEXT NOT NULL, position INTEGER NOT NULL, bytes BLOB NOT NULL,"
    " PRIMARY KEY (upload, position)) STRICT;";

static const char highest_number[]
  = "SELECT max(coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'numbers'), 0),"
    " coalesce((SELECT max(seq) FROM feed), 0))";

static HwServerPart *
server_part_new (void)
{
  HwServerPart *self = g_new0 (HwServerPart, 1);

  self->accounts = g_ptr_array_new_with_free_func ((GDestroyNotify) hw_account_free);
  self->touched_roots = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, hw_touched_free);
  self->touched_users = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->heads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->sessions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                          (GDestroyNotify) hw_cached_session_free);
  g_mutex_init (&self->heads_lock);
  g_mutex_init (&self->sessions_lock);
  return self;
}

static void
server_part_free (HwServerPart *self)
{
  g_ptr_array_unref (self->accounts);
  g_hash_table_unref (self->touched_roots);
  g_hash_table_unref (self->touched_users);
  g_hash_table_unref (self->heads);
  g_hash_table_unref (self->sessions);
  g_mutex_clear (&self->heads_lock);
  g_mutex_clear (&self->sessions_lock);
  g_free (self->epoch);
  g_free (self);
}

static gboolean
load_epoch (HwStore *store, GError **error)
{
  HwStatement *statement = hw_db_prepare (store->writer, "SELECT value FROM meta WHERE key = 'epoch'");
  g_autoptr (GError) local = NULL;
  guint8 bytes[EPOCH_BYTES];
  char hex[EPOCH_BYTES * 2 + 1];

  if (hw_statement_step (statement, &local))
    store->server->epoch = g_strdup (hw_statement_text (statement, 0));
  hw_statement_reset (statement);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (store->server->epoch != NULL)
    return TRUE;

  randombytes_buf (bytes, sizeof bytes);
  store->server->epoch = g_strdup (sodium_bin2hex (hex, sizeof hex, bytes, sizeof bytes));
  statement = hw_db_prepare (store->writer, "INSERT INTO meta (key, value) VALUES ('epoch', $1)");
  hw_statement_bind_text (statement, 1, store->server->epoch);
  return hw_statement_run (statement, error);
}

static gboolean
set_numbers_aside (HwStore *store, GError **error)
{
  HwStatement *statement = hw_db_prepare (store->writer, "INSERT INTO meta (key, value) VALUES ('numbers', $1)"
                                                         " ON CONFLICT (key) DO UPDATE SET value ="
                                                         " max(CAST(value AS INTEGER), CAST(excluded.value AS INTEGER))");
  guint64 limit = store->seq + NUMBERS_AHEAD;
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, limit);

  hw_statement_bind_text (statement, 1, text);
  if (!hw_statement_run (statement, error))
    return FALSE;
  store->server->numbers = limit;
  return TRUE;
}

/* Long before the block is used up; a failure is tried again after the next commit. */
static void
top_up_numbers (HwStore *store)
{
  g_autoptr (GError) error = NULL;

  if (store->seq + NUMBERS_LEAST < store->server->numbers)
    return;
  if (!set_numbers_aside (store, &error))
    g_warning ("no numbers could be set aside: %s", error->message);
}

gboolean
hw_server_prepare (HwStore *store, GError **error)
{
  gint64 last = 0;

  if (sodium_init () < 0)
    {
      g_set_error_literal (error, HW_STORE_ERROR, HW_STORE_ERROR_FAILED,
                           _("This machine gives no random numbers. Nothing was opened."));
      return FALSE;
    }
  if (store->server == NULL)
    store->server = server_part_new ();
  if (!hw_server_read_version (store, &store->server->data_version, error)
      || !hw_db_exec (store->writer, tables, error) || !hw_quarantine_prepare (store, error)
      || !load_epoch (store, error)
      || !hw_account_load_all (store, error)
      || !hw_db_integer (store->writer, highest_number, &last, error))
    return FALSE;
  store->seq = (guint64) last;
  store->server->opened = (guint64) last;
  __atomic_store_n (&store->server->head, (guint64) last, __ATOMIC_RELEASE);
  return set_numbers_aside (store, error);
}

void
hw_server_finish (HwStore *store)
{
  g_clear_pointer (&store->server, server_part_free);
}

void
hw_server_committed (HwStore *store)
{
  HwServerPart *self = store->server;

  if (__atomic_load_n (&self->head, __ATOMIC_ACQUIRE) == store->seq)
    return;
  hw_feed_settle_touched (store);
  top_up_numbers (store);
  __atomic_store_n (&self->head, store->seq, __ATOMIC_RELEASE);
  if (self->notify != NULL)
    self->notify (store->seq, self->notify_data);
}

void
hw_server_rolled_back (HwStore *store)
{
  hw_feed_forget_touched (store);
}

gboolean
hw_server_transaction (HwStore *store, HwServerWork work, gpointer data, GError **error)
{
  HwDb *db;
  gboolean done;

  if (!hw_store_ready (store, error))
    return FALSE;
  db = hw_store_lock_writer (store);
  if (hw_db_in_transaction (db))
    done = work (store, data, error);
  else
    {
      done = hw_db_begin (db, error);
      if (done && (!hw_server_notice (store, error) || !work (store, data, error) || !hw_db_commit (db, error)))
        {
          hw_db_rollback (db);
          hw_server_rolled_back (store);
          done = FALSE;
        }
      if (done)
        hw_server_committed (store);
    }
  hw_store_unlock_writer (store);
  return done;
}

guint64
hw_store_head (HwStore *store)
{
  g_return_val_if_fail (store->server != NULL, 0);

  return __atomic_load_n (&store->server->head, __ATOMIC_ACQUIRE);
}

const char *
hw_store_epoch (HwStore *store)
{
  g_return_val_if_fail (store->server != NULL, NULL);

  return store->server->epoch;
}

void
hw_store_set_commit_notify (HwStore *store, void (*notify) (guint64 seq, gpointer data), gpointer data)
{
  g_return_if_fail (store->server != NULL);

  hw_store_lock_writer (store);
  store->server->notify = notify;
  store->server->notify_data = data;
  hw_store_unlock_writer (store);
}
