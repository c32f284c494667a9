/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signing in: at first, as somebody else, and again when the server has ended the session. What the server answers after a
 * lock or a quick-hide belongs to an older turn and opens nothing.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/hw-desktop-private.h"

#include <glib/gi18n.h>

static int *
turn_new (HwDesktop *self)
{
  return g_memdup2 (&self->turn, sizeof self->turn);
}

static gboolean
turn_is_over (HwDesktop *self, GTask *task, GError **error)
{
  const int *turn = g_task_get_task_data (task);

  if (*turn == self->turn)
    return FALSE;
  g_clear_error (error);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Homeward was locked meanwhile."));
  return TRUE;
}

const char *
hw_desktop_signed_in_name (HwDesktop *self)
{
  return self->sign_in_username;
}

/* The account that was used before is the chosen one again, unless hers was opened and is the last one now. */
void
hw_desktop_forget_sign_in (HwDesktop *self)
{
  if (self->sign_in != NULL)
    hw_profile_choose (self->profile, NULL);
  g_clear_pointer (&self->sign_in, hw_sign_in_free);
  g_clear_pointer (&self->sign_in_username, g_free);
  g_clear_pointer (&self->sign_in_password, hw_vault_forget_text);
}

/* Her vault is here: it opens with her password, or it stays shut and she is asked for its passphrase. */
static void
tried_password_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (hw_desktop_unlock_finish (HW_DESKTOP (source), result, &error))
    g_task_return_int (task, HW_DOOR_OPEN);
  else if (g_error_matches (error, HW_SYNC_ERROR, HW_SYNC_ERROR_CREDENTIALS))
    g_task_return_int (task, HW_DOOR_PASSPHRASE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  HwDesktop *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (HwSignIn) sign_in = hw_sign_in_finish (result, &error);

  if (turn_is_over (self, task, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (sign_in == NULL || !hw_profile_check (self->profile, sign_in->server, sign_in->actor->user, &error))
    {
      hw_desktop_forget_sign_in (self);
      g_task_return_error (task, error);
      return;
    }
  g_clear_pointer (&self->sign_in, hw_sign_in_free);
  self->sign_in = g_steal_pointer (&sign_in);
  hw_profile_vouch (self->profile, self->sign_in->server, self->sign_in_username, self->sign_in->actor);
  if (!hw_profile_has_account (self->profile))
    g_task_return_int (task, HW_DOOR_CHOOSE);
  else
    hw_desktop_unlock_async (self, self->sign_in_password, NULL, tried_password_cb, g_object_ref (task));
}

void
hw_desktop_sign_in_async (HwDesktop          *self,
                          const char         *server,
                          const char         *username,
                          const char         *password,
                          const char         *code,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  hw_desktop_forget_sign_in (self);
  g_task_set_task_data (task, turn_new (self), g_free);
  self->sign_in_username = g_strdup (username);
  self->sign_in_password = g_strdup (password);
  hw_sign_in_async (server, username, password, code, hw_profile_device_id (self->profile), g_get_host_name (),
                    cancellable, signed_in_cb, task);
}

HwDoor
hw_desktop_sign_in_finish (HwDesktop *self, GAsyncResult *result, GError **error)
{
  gssize door = g_task_propagate_int (G_TASK (result), error);

  return door < 0 ? HW_DOOR_CLOSED : (HwDoor) door;
}

/* Another account may be open by then: what this one was given is not for that. */
static void
signed_in_again_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  HwDesktop *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (HwSignIn) sign_in = hw_sign_in_finish (result, &error);

  if (turn_is_over (self, task, &error) || sign_in == NULL
      || !hw_store_set_setting (self->store, "session.token", sign_in->token, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  hw_sync_engine_set_token (self->engine, sign_in->token);
  hw_sync_engine_sync_now (self->engine);
  g_task_return_boolean (task, TRUE);
}

void
hw_desktop_sign_in_again_async (HwDesktop *self, const char *password, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_task_data (task, turn_new (self), g_free);
  hw_sign_in_async (hw_profile_server (self->profile), hw_profile_username (self->profile), password, NULL,
                    hw_profile_device_id (self->profile), g_get_host_name (), NULL, signed_in_again_cb, task);
}

gboolean
hw_desktop_sign_in_again_finish (HwDesktop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
