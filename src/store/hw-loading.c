/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The demo's loader writes thousands of records in the names of people who never were. In the audit they would bury what
 * is done afterwards, and say of each of them what nobody did.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-loading.h"

#include "store/hw-server-private.h"

static const char somebody_was_here[]
  = "SELECT EXISTS (SELECT 1 FROM session) OR EXISTS (SELECT 1 FROM audit WHERE action = 'sign-in')";

gboolean
hw_store_begin_loading (HwStore *store, GError **error)
{
  gint64 used = 0;
  gboolean done;

  g_return_val_if_fail (store->server != NULL, FALSE);

  if (!hw_store_ready (store, error))
    return FALSE;
  hw_store_lock_writer (store);
  done = hw_db_integer (store->writer, somebody_was_here, &used, error);
  if (done)
    store->server->loading = used == 0;
  hw_store_unlock_writer (store);
  return done;
}

gboolean
hw_store_end_loading (HwStore *store, const char *action, GError **error)
{
  g_return_val_if_fail (store->server != NULL, FALSE);

  hw_store_lock_writer (store);
  store->server->loading = FALSE;
  hw_store_unlock_writer (store);
  return hw_store_audit (store, NULL, action, NULL, NULL, NULL, error);
}
