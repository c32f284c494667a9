/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Remembered on this computer. A person's wish for it is a setting in the vault. While it holds, a secret that is drawn anew
 * at each opening by the passphrase lies in the session's keyring, and the key file has a slot for it. Every lock empties
 * the slot, so that what the keyring has opens nothing any more, whoever starts the program anew; leaving
 * Homeward does not, and the next start may use it.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/hw-desktop-private.h"

#include <glib/gi18n.h>

#include "app/door/hw-keyring.h"

#define REMEMBERED "keyring"

typedef struct
{
  HwVault *vault;    /* (owned) */
  HwStore *store;    /* (owned) */
  gboolean remember; /* or forget */
} RememberData;

static void
remember_data_free (RememberData *data)
{
  g_object_unref (data->vault);
  g_object_unref (data->store);
  g_free (data);
}

/* Folder's name. (transfer full) */
static char *
vault_name (const char *directory)
{
  return g_path_get_basename (directory);
}

/* The slot comes last: before the keyring has the secret nothing is there that it should open. */
static gboolean
remember (HwVault *vault, HwStore *store, GError **error)
{
  g_autofree char *name = vault_name (hw_vault_directory (vault));
  guint8 secret[HW_VAULT_SECRET_BYTES];
  gboolean done;

  hw_vault_draw_secret (secret);
  done = hw_keyring_store (name, secret, NULL, error) && hw_vault_set_secret (vault, secret, error)
         && hw_store_set_setting (store, REMEMBERED, "1", error);
  explicit_bzero (secret, sizeof secret);
  return done;
}

static gboolean
forget (HwVault *vault, HwStore *store, GError **error)
{
  g_autofree char *name = vault_name (hw_vault_directory (vault));

  if (!hw_vault_set_secret (vault, NULL, error) || !hw_store_set_setting (store, REMEMBERED, NULL, error))
    return FALSE;
  /* A keyring that does not answer keeps something that opens nothing. */
  hw_keyring_clear (name, NULL, NULL);
  return TRUE;
}

static void
remember_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  RememberData *data = task_data;
  GError *error = NULL;

  if (data->remember ? remember (data->vault, data->store, &error) : forget (data->vault, data->store, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
hw_desktop_remember_async (HwDesktop *self, gboolean wanted, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  RememberData *data;

  g_return_if_fail (self->vault != NULL);

  data = g_new0 (RememberData, 1);
  data->vault = g_object_ref (self->vault);
  data->store = g_object_ref (self->store);
  data->remember = wanted;
  g_task_set_task_data (task, data, (GDestroyNotify) remember_data_free);
  g_task_run_in_thread (task, remember_thread);
}

gboolean
hw_desktop_remember_finish (HwDesktop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
hw_desktop_is_remembered (HwDesktop *self)
{
  g_autofree char *wish = self->store != NULL ? hw_store_get_setting (self->store, REMEMBERED) : NULL;

  return wish != NULL;
}

/* ---- Where the ways in and out meet it ---- */

static void
remembered_again_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!hw_desktop_remember_finish (HW_DESKTOP (source), result, &error)
      && hw_desktop_is_unlocked (HW_DESKTOP (source)))
    hw_desktop_say (HW_DESKTOP (source), _ ("The keyring does not answer: the next start will ask for the passphrase."));
}

void
hw_desktop_remember_again (HwDesktop *self)
{
  if (hw_desktop_is_remembered (self))
    hw_desktop_remember_async (self, TRUE, remembered_again_cb, NULL);
}

void
hw_desktop_ask_again (HwDesktop *self)
{
  g_autoptr (GError) error = NULL;

  if (hw_desktop_is_remembered (self) && !hw_vault_set_secret (self->vault, NULL, &error))
    g_warning ("the keyring's way in could not be closed by a lock");
}

gboolean
hw_desktop_may_open_remembered (HwDesktop *self)
{
  g_autofree char *directory = hw_profile_vault_directory (self->profile);

  return !self->was_open && directory != NULL && hw_vault_has_secret (directory);
}

void
hw_desktop_forget_remembered (const char *vault_directory)
{
  g_autofree char *name = vault_name (vault_directory);

  hw_keyring_clear_later (name);
}

gboolean
hw_desktop_open_remembered_vault (HwDesktop *self, GCancellable *cancellable, HwVault **vault, HwActor **actor, GError **error)
{
  g_autofree char *directory = hw_profile_vault_directory (self->profile);
  g_autofree char *name = vault_name (directory);
  guint8 secret[HW_VAULT_SECRET_BYTES];

  if (!hw_keyring_look_up (name, secret, cancellable, error))
    return FALSE;
  *vault = hw_profile_open_vault_with_secret (self->profile, secret, actor, error);
  explicit_bzero (secret, sizeof secret);
  return *vault != NULL;
}
