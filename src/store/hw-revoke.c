/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Revoking: an account that may no longer work, or a laptop that was lost. The tokens it held are remembered as hashes, so
 * that the next time it asks it can be told to destroy what it keeps; any other dead token is only told to sign in.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-server-private.h"

typedef struct
{
  const char *column; /* of session: "user" or "device" */
  const char *value;
  gint64      now;
  guint       n; /* sessions revoked */
} RevokeWork;

static gboolean
revoke_sessions (HwStore *store, RevokeWork *work, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("INSERT INTO revoked (hash, at) SELECT hash, $2 FROM session WHERE %s = $1"
                                          " ON CONFLICT (hash) DO NOTHING RETURNING hash",
                                          work->column);
  g_autofree char *end = g_strdup_printf ("DELETE FROM session WHERE %s = $1", work->column);
  HwStatement *statement = hw_db_prepare (store->writer, sql);
  g_autoptr (GError) local = NULL;

  hw_statement_bind_text (statement, 1, work->value);
  hw_statement_bind_integer (statement, 2, work->now);
  while (hw_statement_step (statement, &local))
    work->n++;
  hw_statement_reset (statement);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  statement = hw_db_prepare (store->writer, end);
  hw_statement_bind_text (statement, 1, work->value);
  return hw_statement_run (statement, error);
}

static gboolean
device_work (HwStore *store, gpointer data, GError **error)
{
  return revoke_sessions (store, data, error);
}

static gboolean
account_work (HwStore *store, gpointer data, GError **error)
{
  RevokeWork *work = data;
  HwStatement *statement = hw_db_prepare (store->writer, "UPDATE account SET disabled = 1 WHERE id = $1");

  hw_statement_bind_text (statement, 1, work->value);
  return hw_statement_run (statement, error) && revoke_sessions (store, work, error);
}

static gboolean
is_revoked (gpointer hash, gpointer value, gpointer data)
{
  const HwSession *session = hw_cached_session_get (value);
  const RevokeWork *work = data;

  return g_strcmp0 (g_str_equal (work->column, "user") ? session->actor->user : session->actor->device, work->value) == 0;
}

static gboolean
revoke_by (HwStore *store, HwServerWork function, RevokeWork *work, GError **error)
{
  if (!hw_server_transaction (store, function, work, error))
    return FALSE;
  g_mutex_lock (&store->server->sessions_lock);
  g_hash_table_foreach_remove (store->server->sessions, is_revoked, work);
  g_mutex_unlock (&store->server->sessions_lock);
  return TRUE;
}

gboolean
hw_store_revoke_device (HwStore *store, const char *device, guint *n, GError **error)
{
  RevokeWork work = { "device", device, hw_clock_now (store->clock), 0 };

  if (!revoke_by (store, device_work, &work, error))
    return FALSE;
  *n = work.n;
  return TRUE;
}

gboolean
hw_store_revoke_account (HwStore *store, const char *user, guint *n, GError **error)
{
  RevokeWork work = { "user", user, hw_clock_now (store->clock), 0 };
  gboolean done = revoke_by (store, account_work, &work, error);

  if (done)
    {
      hw_store_lock_writer (store);
      done = hw_account_load_all (store, error);
      hw_store_unlock_writer (store);
    }
  *n = work.n;
  return done;
}

gboolean
hw_store_token_revoked (HwStore *store, const char *token)
{
  HwDb *db = token != NULL ? hw_store_begin_read (store, NULL) : NULL;
  g_autofree char *hash = NULL;
  HwStatement *statement;
  gboolean found;

  if (db == NULL)
    return FALSE;
  hash = hw_session_hash (token);
  statement = hw_db_prepare (db, "SELECT 1 FROM revoked WHERE hash = $1");
  hw_statement_bind_text (statement, 1, hash);
  found = hw_statement_step (statement, NULL);
  hw_statement_reset (statement);
  hw_store_end_read (store, db);
  return found;
}

void
hw_store_device_free (HwStoreDevice *device)
{
  g_free (device->id);
  g_free (device->name);
  g_free (device->username);
  g_free (device);
}

GPtrArray *
hw_store_devices (HwStore *store, GError **error)
{
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func ((GDestroyNotify) hw_store_device_free);
  g_autoptr (GError) local = NULL;
  HwDb *db = hw_store_begin_read (store, error);
  HwStatement *statement;

  if (db == NULL)
    return NULL;
  statement = hw_db_prepare (db, "SELECT s.device, max(s.device_name), a.username, max(s.last_used) FROM session s"
                                 " JOIN account a ON a.id = s.user GROUP BY s.device, a.username ORDER BY 4 DESC");
  while (hw_statement_step (statement, &local))
    {
      HwStoreDevice *device = g_new0 (HwStoreDevice, 1);

      device->id = g_strdup (hw_statement_text (statement, 0));
      device->name = g_strdup (hw_statement_text (statement, 1));
      device->username = g_strdup (hw_statement_text (statement, 2));
      device->last_used_us = hw_statement_integer (statement, 3);
      g_ptr_array_add (devices, device);
    }
  hw_statement_reset (statement);
  hw_store_end_read (store, db);
  if (local == NULL)
    return g_steal_pointer (&devices);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}
