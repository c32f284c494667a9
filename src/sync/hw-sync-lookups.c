/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the engine fetches because somebody looks at it: the names behind user ids, and a record's history.
 */
#define G_LOG_DOMAIN "homeward-sync"

#include "sync/hw-sync-engine-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SYSTEM_PREFIX "system:"

gboolean
hw_sync_engine_take_names (HwSyncEngine *self, GBytes *body)
{
  GHashTable *names = hw_sync_names_decode (body, NULL);

  if (names == NULL)
    return FALSE;
  g_hash_table_unref (self->names);
  self->names = names;
  return TRUE;
}

const char *
hw_sync_engine_user_name (HwSyncEngine *self, const char *user_id)
{
  const HwActor *actor;
  const char *id = user_id;
  const char *name;

  g_return_val_if_fail (HW_IS_SYNC_ENGINE (self), user_id);
  if (user_id == NULL)
    return NULL;
  /* What followed by itself from somebody's act is shown under that person's name. */
  if (g_str_has_prefix (id, SYSTEM_PREFIX))
    id += strlen (SYSTEM_PREFIX);
  name = g_hash_table_lookup (self->names, id);
  if (name != NULL)
    return name;
  actor = hw_store_actor (self->store);
  if (actor != NULL && g_strcmp0 (actor->user, id) == 0)
    return actor->name;
  if (self->run != NULL && g_hash_table_add (self->names_missed, g_strdup (id)))
    hw_sync_engine_tell (self, &(HwSyncEvent){ .kind = HW_SYNC_EVENT_NAMES_WANTED });
  return user_id;
}

static void
known_user_free (HwKnownUser *user)
{
  g_free (user->id);
  g_free (user->name);
  g_free (user);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate ((*(HwKnownUser *const *) a)->name, (*(HwKnownUser *const *) b)->name);
}

GPtrArray *
hw_sync_engine_users (HwSyncEngine *self)
{
  GPtrArray *users = g_ptr_array_new_with_free_func ((GDestroyNotify) known_user_free);
  GHashTableIter iter;
  gpointer id, name;

  g_return_val_if_fail (HW_IS_SYNC_ENGINE (self), users);
  g_hash_table_iter_init (&iter, self->names);
  while (g_hash_table_iter_next (&iter, &id, &name))
    {
      HwKnownUser *user = g_new (HwKnownUser, 1);

      user->id = g_strdup (id);
      user->name = g_strdup (name);
      g_ptr_array_add (users, user);
    }
  g_ptr_array_sort (users, compare_names);
  return users;
}

static GError *
error_of_reply (HwTransportReply *reply)
{
  if (reply->status == 401)
    return g_error_new_literal (HW_SYNC_ERROR, HW_SYNC_ERROR_CREDENTIALS,
                                _("Your session has ended. Sign in again to see the history"));
  if (reply->status >= 500 || reply->status == 429)
    return g_error_new_literal (HW_SYNC_ERROR, HW_SYNC_ERROR_SERVER,
                                _("The server cannot answer now. Try again in a moment"));
  return g_error_new_literal (HW_SYNC_ERROR, HW_SYNC_ERROR_PROTOCOL,
                              _("The server answered in an unexpected way"));
}

static void
history_replied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HwTransportReply) reply
    = hw_transport_send_finish (HW_TRANSPORT (source), result, &error);
  HwTypeId type = (HwTypeId) GPOINTER_TO_UINT (g_task_get_task_data (task));
  GPtrArray *entries;

  if (reply == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  /* The server does not have it yet, or not for us: then there is no history to show. */
  else if (reply->status == 404)
    g_task_return_pointer (task, g_ptr_array_new (), (GDestroyNotify) g_ptr_array_unref);
  else if (reply->status != 200)
    g_task_return_error (task, error_of_reply (reply));
  else
    {
      entries = hw_sync_history_decode (reply->body, type, &error);
      if (entries == NULL)
        g_task_return_error (task, g_steal_pointer (&error));
      else
        g_task_return_pointer (task, entries, (GDestroyNotify) g_ptr_array_unref);
    }
}

void
hw_sync_engine_history_async (HwSyncEngine *self,
                              HwTypeId type,
                              const char *record,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  g_autofree char *path = g_strdup_printf ("/v1/records/%s/history", record);
  HwTransportRequest *request;

  g_task_set_task_data (task, GUINT_TO_POINTER (type), NULL);
  if (self->token == NULL)
    {
      g_task_return_new_error (task, HW_SYNC_ERROR, HW_SYNC_ERROR_CREDENTIALS, "%s",
                               _("Sign in to see the history"));
      return;
    }
  request = hw_transport_request_new ("GET", path);
  request->token = g_strdup (self->token);
  hw_transport_send_async (self->transport, request, cancellable, history_replied_cb,
                           g_steal_pointer (&task));
}

GPtrArray *
hw_sync_engine_history_finish (HwSyncEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
