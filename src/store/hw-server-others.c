/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Noticing what another program, homeward-admin, committed to the same database while the server runs. SQLite tells a
 * connection that somebody else wrote; then all that is kept in memory is read anew, the count goes on behind the other's
 * numbers, and every reader asks again. It is looked at when a transaction begins, so that nothing is judged by an account
 * that was revoked or a number given twice, and every few seconds by the event hub, for those who only listen.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-server-private.h"

static const char highest_written[]
  = "SELECT max(coalesce((SELECT max(seq) FROM feed), 0), coalesce((SELECT max(seq) FROM feed_left), 0),"
    " coalesce((SELECT max(since_seq) FROM account), 0),"
    " coalesce((SELECT max(max(since_seq, gone_seq)) FROM visible), 0))";

gboolean
hw_server_read_version (HwStore *store, gint64 *version, GError **error)
{
  return hw_db_integer (store->writer, "PRAGMA data_version", version, error);
}

static void
forget_what_was_read (HwStore *store)
{
  HwServerPart *part = store->server;

  g_mutex_lock (&store->state_lock);
  g_clear_object (&store->directory);
  store->directory_version++;
  g_mutex_unlock (&store->state_lock);
  g_clear_object (&store->own_directory);
  g_hash_table_remove_all (store->case_cache);
  g_queue_clear_full (&store->case_order, g_free);
  g_mutex_lock (&part->sessions_lock);
  g_hash_table_remove_all (part->sessions);
  g_mutex_unlock (&part->sessions_lock);
}

static void
go_on_behind (HwStore *store, guint64 last)
{
  HwServerPart *part = store->server;

  store->seq = MAX (store->seq, last);
  hw_feed_raise_all (store);
  if (__atomic_load_n (&part->head, __ATOMIC_ACQUIRE) >= store->seq)
    return;
  __atomic_store_n (&part->head, store->seq, __ATOMIC_RELEASE);
  if (part->notify != NULL)
    part->notify (store->seq, part->notify_data);
}

gboolean
hw_server_notice (HwStore *store, GError **error)
{
  HwServerPart *part = store->server;
  gint64 version = 0, last = 0;

  if (!hw_server_read_version (store, &version, error))
    return FALSE;
  if (version == part->data_version)
    return TRUE;
  if (!hw_account_load_all (store, error)
      || !hw_db_integer (store->writer, highest_written, &last, error))
    return FALSE;
  part->data_version = version;
  forget_what_was_read (store);
  go_on_behind (store, (guint64) last);
  return TRUE;
}

gboolean
hw_store_notice_others (HwStore *store, GError **error)
{
  gboolean done;

  g_return_val_if_fail (store->server != NULL, FALSE);

  if (!hw_store_ready (store, error))
    return FALSE;
  hw_store_lock_writer (store);
  done = hw_server_notice (store, error);
  hw_store_unlock_writer (store);
  return done;
}
