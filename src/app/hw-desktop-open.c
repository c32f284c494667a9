/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The ways in and out of an account. Signing in, unlocking and recovering end in the same place: a vault and its store
 * open, an engine running. Locking closes them and overwrites the keys; what was typed is in the store already, and what
 * was not sent stays queued. The passphrase of the vault never goes to the server, unless a person made her password it.
 *
 * Opening takes most of a second, and whoever locks or hides in it must not see everything come up after all. So each
 * opening belongs to a turn; a lock begins the next one, and what comes of an older one is closed again.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/hw-desktop-private.h"

#include <glib/gi18n.h>

#include "store/hw-kept.h"

/* A wrong passphrase is answered after this long, doubled each time up to the limit. */
#define WRONG_PASSPHRASE_DELAY_MS 250
#define WRONG_PASSPHRASE_DELAY_MAX_MS 4000
/* Set where the passphrase is not the password, so that it is not offered to the server. */
#define OWN_PASSPHRASE "passphrase.own"
#define RECOVERY_CONFIRMED "recovery.confirmed"

/* What an opening carries from step to step. */
typedef struct
{
  int      turn;
  char    *passphrase; /* (owned) (nullable) to be; not known where it is remembered */
  char    *code;       /* (owned) (nullable) opens by the recovery code instead */
  gboolean remembered; /* opens by the keyring instead */
  gboolean make;       /* of whom the server let in */
  char    *server;     /* (owned) (nullable) that let her in */
  char    *username;   /* (owned) (nullable) likewise */
  HwActor *vouched;    /* (owned) (nullable) likewise */
  HwActor *actor;      /* (owned) (nullable) whose the vault is */
  HwVault *vault;      /* (owned) (nullable) once it is open */
} OpenData;

static void
open_data_free (OpenData *data)
{
  hw_vault_forget_text (data->passphrase);
  hw_vault_forget_text (data->code);
  g_free (data->server);
  g_free (data->username);
  g_clear_pointer (&data->vouched, hw_actor_free);
  g_clear_pointer (&data->actor, hw_actor_free);
  g_clear_object (&data->vault);
  g_free (data);
}

/* ---- Opening ---- */

static gboolean
open_vault (HwDesktop *self, OpenData *data, GCancellable *cancellable, GError **error)
{
  if (data->remembered)
    return hw_desktop_open_remembered_vault (self, cancellable, &data->vault, &data->actor, error);
  if (data->make)
    {
      data->vault
        = hw_profile_make_vault (self->profile, data->server, data->username, data->vouched, data->passphrase, error);
      data->actor = hw_actor_copy (data->vouched);
    }
  else if (data->code != NULL)
    data->vault = hw_profile_recover_vault (self->profile, data->code, &data->actor, error);
  else
    data->vault = hw_profile_open_vault (self->profile, data->passphrase, &data->actor, error);
  if (data->vault != NULL && data->code != NULL)
    return hw_vault_change_passphrase (data->vault, data->passphrase, error);
  return data->vault != NULL;
}

/* Its person is named before anything is read or written: the tables are made for this person, and a mission's file must
 * not even hold the names of the others. */
static HwStore *
open_store (HwDesktop *self, OpenData *data, GError **error)
{
  g_autofree char *database = hw_profile_database (data->vault);
  g_autoptr (HwStore) store = hw_store_open_in_vault (data->vault, database, self->clock, error);

  if (store == NULL)
    return NULL;
  hw_store_set_actor (store, data->actor);
  if (hw_store_prove_newest (store, error) && hw_store_sweep_contents (store, error))
    return g_steal_pointer (&store);
  hw_store_close (store);
  return NULL;
}

static gboolean
is_over (HwDesktop *self, int turn, GError **error)
{
  if (g_atomic_int_get (&self->turn) == turn)
    return FALSE;
  g_clear_error (error);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Homeward was locked meanwhile."));
  return TRUE;
}

/* A lock takes the keyring's way in away, also when it comes before all is open. */
static void
close_vault (HwDesktop *self, OpenData *data)
{
  if (data->vault == NULL || hw_vault_is_locked (data->vault))
    return;
  if (data->remembered && is_over (self, data->turn, NULL))
    hw_vault_set_secret (data->vault, NULL, NULL);
  hw_vault_lock (data->vault);
}

/* Of an older turn: nothing of it stays open, and the next opening need not wait for the main thread to see to that. */
static void
open_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  HwDesktop *self = source;
  OpenData *data = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HwStore) store = NULL;

  if (open_vault (self, data, cancellable, &error))
    {
      g_autoptr (GMutexLocker) one_at_a_time = g_mutex_locker_new (&self->opening);

      if (!is_over (self, data->turn, &error))
        store = open_store (self, data, &error);
      if (store != NULL && is_over (self, data->turn, &error))
        {
          hw_store_close (store);
          g_clear_object (&store);
        }
    }
  if (store == NULL)
    close_vault (self, data);
  if (store == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_steal_pointer (&store), g_object_unref);
}

/* A sign-in that was given up meanwhile gives nothing any more. */
static gboolean
remember (HwDesktop *self, HwStore *store, OpenData *data, GError **error)
{
  gboolean same = g_strcmp0 (self->sign_in_password, data->passphrase) == 0;

  if (!hw_profile_keep (self->profile, data->actor, error))
    return FALSE;
  if (data->vouched == NULL)
    return data->code == NULL || hw_store_set_setting (store, OWN_PASSPHRASE, "1", error);
  return hw_store_set_setting (store, "session.token", self->sign_in->token, error)
         && hw_store_set_setting (store, OWN_PASSPHRASE, same ? NULL : "1", error);
}

/* The password, where it is known: just typed for the server, or the same as the passphrase. */
static void
give_credentials (HwDesktop *self, OpenData *data)
{
  g_autofree char *own = hw_store_get_setting (self->store, OWN_PASSPHRASE);
  const char *password = data->passphrase;

  if (data->vouched != NULL)
    password = self->sign_in_password;
  else if (own != NULL || password == NULL)
    return;
  hw_sync_engine_set_credentials (self->engine, hw_profile_username (self->profile), password);
}

/* The engine has ended what it was doing by then. */
static gboolean
wipe_revoked_cb (gpointer user_data)
{
  HwDesktop *self = user_data;
  g_autoptr (GError) error = NULL;

  if (self->store != NULL
      && !hw_desktop_wipe (self,
                           _ ("Your office revoked this account on this laptop, so everything that Homeward kept of this account here "
                              "was erased. If that is wrong, ask your administrator."),
                           &error))
    g_warning ("what is kept of a revoked account could not be erased entirely; the next start goes on");
  return G_SOURCE_REMOVE;
}

static void
revoked_cb (HwDesktop *self)
{
  g_idle_add_full (G_PRIORITY_HIGH, wipe_revoked_cb, g_object_ref (self), g_object_unref);
}

/* The store is open: remember whose it is, start to sync. */
static gboolean
begin_session (HwDesktop *self, HwStore *store, OpenData *data, GError **error)
{
  g_autoptr (HwTransport) transport = NULL;
  g_autofree char *token = NULL;

  if (!remember (self, store, data, error))
    return FALSE;
  transport = hw_soup_transport_new (hw_profile_server (self->profile), error);
  if (transport == NULL)
    return FALSE;
  hw_store_set_actor (store, hw_desktop_actor (self));

  self->vault = g_steal_pointer (&data->vault);
  self->store = g_object_ref (store);
  token = hw_store_get_setting (self->store, "session.token");
  self->engine = hw_sync_engine_new (self->store, transport, self->clock);
  g_signal_connect_object (self->engine, "revoked", G_CALLBACK (revoked_cb), self, G_CONNECT_SWAPPED);
  hw_sync_engine_set_token (self->engine, token);
  give_credentials (self, data);
  hw_desktop_forget_sign_in (self);
  self->wrong_passphrases = 0;
  self->was_open = TRUE;
  hw_desktop_emit_unlocked (self);
  if (!data->remembered)
    hw_desktop_remember_again (self);
  hw_sync_engine_start (self->engine);
  return TRUE;
}

static gboolean
answer_wrong_cb (gpointer user_data)
{
  GTask *task = user_data;
  OpenData *data = g_task_get_task_data (task);
  GError *error = NULL;

  if (is_over (g_task_get_source_object (task), data->turn, &error))
    g_task_return_error (task, error);
  else
    g_task_return_new_error (task, HW_SYNC_ERROR, HW_SYNC_ERROR_CREDENTIALS, "%s",
                             data->code != NULL
                               ? _ ("That is not the recovery code of this laptop. Nothing was changed; compare it letter by "
                                    "letter with the paper, or look for a later one.")
                               : _ ("That is not the passphrase of this laptop. Nothing was changed; try again."));
  return G_SOURCE_REMOVE;
}

static void
answer_wrong (HwDesktop *self, GTask *task)
{
  guint delay_ms = MIN (WRONG_PASSPHRASE_DELAY_MS << MIN (self->wrong_passphrases, 8), WRONG_PASSPHRASE_DELAY_MAX_MS);

  self->wrong_passphrases++;
  g_timeout_add_full (G_PRIORITY_DEFAULT, delay_ms, answer_wrong_cb, g_object_ref (task), g_object_unref);
}

static void
put_back (HwDesktop *self)
{
  g_autoptr (GError) error = NULL;

  if (!hw_profile_put_back (self->profile, &error) && error != NULL)
    g_warning ("the profile's file could not be put right: %s", error->message);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  HwDesktop *self = HW_DESKTOP (source);
  OpenData *data = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (HwStore) store = g_task_propagate_pointer (G_TASK (result), &error);
  gboolean over = is_over (self, data->turn, &error);

  if (!over && store != NULL && begin_session (self, store, data, &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (store != NULL)
    hw_store_close (store);
  close_vault (self, data);
  if (g_error_matches (error, HW_STORE_ERROR, HW_STORE_ERROR_ALTERED))
    put_back (self);
  if (g_error_matches (error, HW_VAULT_ERROR, HW_VAULT_ERROR_PASSPHRASE) && !data->remembered)
    answer_wrong (self, task);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* Takes data. */
static void
open_account (HwDesktop *self, OpenData *data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GTask) opening = g_task_new (self, cancellable, opened_cb, g_object_ref (task));

  data->turn = self->turn;
  if (self->sign_in != NULL && !data->remembered)
    {
      data->server = g_strdup (self->sign_in->server);
      data->username = g_strdup (self->sign_in_username);
      data->vouched = hw_actor_copy (self->sign_in->actor);
    }
  g_task_set_task_data (task, data, (GDestroyNotify) open_data_free);
  g_task_set_task_data (opening, data, NULL);
  /* Who cancels does not wait for the keyring any more; what has opened by then is open. */
  g_task_set_check_cancellable (opening, !data->remembered);
  g_task_set_check_cancellable (task, !data->remembered);
  g_task_run_in_thread (opening, open_thread);
}

void
hw_desktop_unlock_async (HwDesktop          *self,
                         const char         *passphrase,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  OpenData *data = g_new0 (OpenData, 1);

  data->passphrase = g_strdup (passphrase);
  open_account (self, data, cancellable, callback, user_data);
}

void
hw_desktop_unlock_remembered_async (
  HwDesktop *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  OpenData *data = g_new0 (OpenData, 1);

  g_return_if_fail (hw_desktop_may_open_remembered (self));

  self->was_open = TRUE;
  data->remembered = TRUE;
  open_account (self, data, cancellable, callback, user_data);
}

void
hw_desktop_recover_async (
  HwDesktop *self, const char *code, const char *passphrase, GAsyncReadyCallback callback, gpointer user_data)
{
  OpenData *data = g_new0 (OpenData, 1);

  data->code = g_strdup (code);
  data->passphrase = g_strdup (passphrase);
  open_account (self, data, NULL, callback, user_data);
}

void
hw_desktop_choose_passphrase_async (
  HwDesktop *self, const char *passphrase, GAsyncReadyCallback callback, gpointer user_data)
{
  OpenData *data = g_new0 (OpenData, 1);

  g_return_if_fail (self->sign_in != NULL);

  data->passphrase = g_strdup (passphrase);
  data->make = TRUE;
  open_account (self, data, NULL, callback, user_data);
}

gboolean
hw_desktop_unlock_finish (HwDesktop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- The passphrase and the recovery code ---- */

typedef struct
{
  HwVault *vault; /* (owned) */
  HwStore *store; /* (owned) */
  char    *old;   /* (owned) */
  char    *passphrase; /* (owned) */
} ChangeData;

static void
change_data_free (ChangeData *data)
{
  g_object_unref (data->vault);
  g_object_unref (data->store);
  hw_vault_forget_text (data->old);
  hw_vault_forget_text (data->passphrase);
  g_free (data);
}

static void
change_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  ChangeData *data = task_data;
  GError *error = NULL;
  g_autoptr (HwVault) proof = hw_vault_open (hw_vault_directory (data->vault), data->old, &error);

  if (proof != NULL)
    hw_vault_lock (proof);
  if (proof != NULL && hw_store_set_setting (data->store, OWN_PASSPHRASE, "1", &error)
      && hw_vault_change_passphrase (data->vault, data->passphrase, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
hw_desktop_change_passphrase_async (
  HwDesktop *self, const char *old, const char *passphrase, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  ChangeData *data;

  g_return_if_fail (self->vault != NULL);

  data = g_new0 (ChangeData, 1);
  data->vault = g_object_ref (self->vault);
  data->store = g_object_ref (self->store);
  data->old = g_strdup (old);
  data->passphrase = g_strdup (passphrase);
  g_task_set_task_data (task, data, (GDestroyNotify) change_data_free);
  g_task_run_in_thread (task, change_thread);
}

gboolean
hw_desktop_change_passphrase_finish (HwDesktop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
hw_desktop_has_recovery_code (HwDesktop *self)
{
  g_autofree char *confirmed = self->store != NULL ? hw_store_get_setting (self->store, RECOVERY_CONFIRMED) : NULL;

  return confirmed != NULL;
}

char *
hw_desktop_renew_recovery_code (HwDesktop *self, GError **error)
{
  g_return_val_if_fail (self->vault != NULL, NULL);

  if (!hw_store_set_setting (self->store, RECOVERY_CONFIRMED, NULL, error))
    return NULL;
  return hw_vault_renew_recovery_code (self->vault, error);
}

gboolean
hw_desktop_confirm_recovery_code (HwDesktop *self, GError **error)
{
  g_return_val_if_fail (self->store != NULL, FALSE);

  return hw_store_set_setting (self->store, RECOVERY_CONFIRMED, "1", error);
}

/* ---- Closing ---- */

void
hw_desktop_give_up_opening (HwDesktop *self)
{
  g_atomic_int_inc (&self->turn);
  hw_desktop_forget_sign_in (self);
}

static void
close_session (HwDesktop *self)
{
  g_autoptr (HwStore) store = NULL;
  g_autoptr (HwVault) vault = NULL;
  g_autoptr (HwSyncEngine) engine = NULL;

  hw_desktop_emit_locking (self);
  hw_veil_close (self->veil);
  store = g_steal_pointer (&self->store);
  vault = g_steal_pointer (&self->vault);
  engine = g_steal_pointer (&self->engine);
  g_clear_pointer (&self->zone, g_free);
  hw_sync_engine_stop (engine);
  hw_desktop_emit_locked (self);
  hw_store_close (store);
  hw_vault_lock (vault);
}

void
hw_desktop_close (HwDesktop *self)
{
  if (self->store == NULL || self->locking)
    return;
  self->locking = TRUE;
  close_session (self);
  self->locking = FALSE;
}

void
hw_desktop_lock (HwDesktop *self)
{
  self->was_open = TRUE;
  if (self->locking)
    return;
  self->locking = TRUE;
  hw_desktop_give_up_opening (self);
  hw_desktop_ask_again (self);
  if (self->store != NULL)
    close_session (self);
  else
    hw_desktop_emit_locked (self);
  self->locking = FALSE;
}

gboolean
hw_desktop_wipe (HwDesktop *self, const char *reason, GError **error)
{
  g_autofree char *directory = hw_profile_vault_directory (self->profile);

  if (directory == NULL)
    return TRUE;
  hw_desktop_lock (self);
  hw_desktop_forget_remembered (directory);
  if (!hw_profile_erase (self->profile, error))
    return FALSE;
  hw_desktop_emit_wiped (self, reason);
  return TRUE;
}
