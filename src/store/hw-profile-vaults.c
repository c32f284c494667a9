/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The vaults of a profile. What the file says of one and what its seal says are compared as soon as it is open, before
 * anybody is given it.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-profile-private.h"

#include <glib/gi18n-lib.h>

#include "store/hw-db.h"

/* ---- Names of folders ---- */

/* A server on this computer, as for a demo, answers on another port each time. */
static char *
server_identity (const char *server)
{
  g_autoptr (GUri) uri = g_uri_parse (server, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (g_strcmp0 (host, "127.0.0.1") == 0 || g_strcmp0 (host, "localhost") == 0 || g_strcmp0 (host, "::1") == 0)
    return g_strdup (host);
  return g_strdup (server);
}

/* Tells nothing of either, and another server that claims the same account gets another vault. (transfer full) */
static char *
vault_name (HwProfile *self, const char *server, const char *user)
{
  g_autofree char *identity = server_identity (server);
  g_autofree char *text = g_strconcat (identity, "\n", user, NULL);
  char *name = g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) self->device_id, strlen (self->device_id),
                                          text, -1);

  name[32] = '\0';
  return name;
}

static char *
vault_directory (HwProfile *self, const char *server, const char *user)
{
  g_autofree char *name = vault_name (self, server, user);

  return hw_profile_account_directory (self, name);
}

/* ---- What a vault says against what the file says ---- */

static void
refuse_unsealed (GError **error)
{
  g_set_error_literal (error, HW_STORE_ERROR, HW_STORE_ERROR_ALTERED,
                       _ ("The file profile.ini names another server or another user than the one whose data this is: "
                          "something else than Homeward has changed it. Nothing was sent there, and what is kept here is "
                          "unchanged. Sign in anew, typing the address of your office’s server yourself, and tell your "
                          "administrator."));
}

static void
refuse_altered (HwProfile *self, const HwProfileAccount *account, const HwProfileSeal *seal, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_clear_pointer (&self->sealed, hw_profile_account_free);
  self->sealed = hw_profile_account_new (account->vault, seal->server, seal->username);
  g_set_error (error, HW_STORE_ERROR, HW_STORE_ERROR_ALTERED,
               _ ("The file profile.ini said that this is kept for “%s” at %s, but it belongs to “%s” at %s: something else "
                  "than Homeward has changed that file. Nothing was sent there, and what is kept here is unchanged. The right "
                  "address was put back: unlock again to go on, and tell your administrator."),
               account->username, account->server, seal->username, seal->server);
}

/* Where the server let its person in just now, it is hers under whatever port that answers now. An earlier version sealed no
 * server; but the folder's name was made of it. */
static gboolean
agree (HwProfile *self, const HwProfileAccount *account, const HwProfileSeal *seal, GError **error)
{
  g_autofree char *name = NULL;

  if (account->vouched != NULL || seal->server == NULL || seal->username == NULL)
    {
      name = vault_name (self, account->server, seal->actor->user);
      if (g_str_equal (name, account->vault)
          && (account->vouched == NULL || g_str_equal (account->vouched->user, seal->actor->user)))
        return TRUE;
      refuse_unsealed (error);
      return FALSE;
    }
  if (g_str_equal (seal->server, account->server) && g_str_equal (seal->username, account->username))
    return TRUE;
  refuse_altered (self, account, seal, error);
  return FALSE;
}

static HwActor *
prove (HwProfile *self, const HwProfileAccount *account, HwVault *vault, GError **error)
{
  g_autoptr (HwProfileSeal) seal = hw_profile_seal_read (vault, self->device_id, error);
  const HwActor *actor;

  if (seal == NULL || !agree (self, account, seal, error))
    return NULL;
  actor = account->vouched != NULL ? account->vouched : seal->actor;
  if ((account->vouched != NULL || seal->server == NULL || seal->username == NULL)
      && !hw_profile_seal_write (vault, account->server, account->username, actor, error))
    return NULL;
  return hw_actor_new (actor->user, actor->name, actor->role, actor->office, actor->mission, self->device_id);
}

/* Takes the vault, which is NULL where it did not open. */
static HwVault *
name_actor (HwProfile *self, const HwProfileAccount *account, HwVault *opened, HwActor **actor, GError **error)
{
  g_autoptr (HwVault) vault = opened;

  if (vault == NULL)
    return NULL;
  *actor = prove (self, account, vault, error);
  if (*actor == NULL)
    hw_vault_lock (vault);
  return *actor != NULL ? g_steal_pointer (&vault) : NULL;
}

HwVault *
hw_profile_open_vault (HwProfile *self, const char *passphrase, HwActor **actor, GError **error)
{
  g_autoptr (HwProfileAccount) account = hw_profile_copy_chosen (self);
  g_autofree char *directory = NULL;

  g_return_val_if_fail (account != NULL, NULL);

  directory = hw_profile_account_directory (self, account->vault);
  return name_actor (self, account, hw_vault_open (directory, passphrase, error), actor, error);
}

HwVault *
hw_profile_recover_vault (HwProfile *self, const char *code, HwActor **actor, GError **error)
{
  g_autoptr (HwProfileAccount) account = hw_profile_copy_chosen (self);
  g_autofree char *directory = NULL;

  g_return_val_if_fail (account != NULL, NULL);

  directory = hw_profile_account_directory (self, account->vault);
  return name_actor (self, account, hw_vault_open_with_recovery_code (directory, code, error), actor, error);
}

HwVault *
hw_profile_open_vault_with_secret (HwProfile *self, const guint8 *secret, HwActor **actor, GError **error)
{
  g_autoptr (HwProfileAccount) account = hw_profile_copy_chosen (self);
  g_autofree char *directory = NULL;

  g_return_val_if_fail (account != NULL, NULL);

  directory = hw_profile_account_directory (self, account->vault);
  return name_actor (self, account, hw_vault_open_with_secret (directory, secret, error), actor, error);
}

gboolean
hw_profile_put_back (HwProfile *self, GError **error)
{
  g_autoptr (HwProfileAccount) sealed = NULL;

  g_mutex_lock (&self->mutex);
  sealed = g_steal_pointer (&self->sealed);
  g_mutex_unlock (&self->mutex);
  if (sealed == NULL)
    return FALSE;
  hw_profile_write_account (self, sealed);
  hw_profile_set_chosen (self, g_steal_pointer (&sealed));
  return hw_profile_save (self, error);
}

/* ---- After a sign-in ---- */

gboolean
hw_profile_keeps (HwProfile *self, const char *server, const char *user)
{
  g_autofree char *directory = vault_directory (self, server, user);

  return hw_vault_exists (directory);
}

gboolean
hw_profile_check (HwProfile *self, const char *server, const char *user, GError **error)
{
  g_autofree char *directory = vault_directory (self, server, user);

  return hw_profile_check_folder (directory, error);
}

void
hw_profile_vouch (HwProfile *self, const char *server, const char *username, const HwActor *actor)
{
  g_autofree char *name = vault_name (self, server, actor->user);
  HwProfileAccount *account = hw_profile_account_new (name, server, username);

  account->vouched = hw_actor_copy (actor);
  hw_profile_set_chosen (self, account);
}

HwVault *
hw_profile_make_vault (HwProfile     *self,
                       const char    *server,
                       const char    *username,
                       const HwActor *actor,
                       const char    *passphrase,
                       GError       **error)
{
  g_autofree char *directory = vault_directory (self, server, actor->user);
  g_autoptr (HwVault) vault = NULL;

  if (!hw_profile_check_folder (directory, error))
    return NULL;
  vault = hw_vault_exists (directory) ? hw_vault_open (directory, passphrase, error)
                                      : hw_vault_create (directory, passphrase, error);
  if (vault == NULL || !hw_profile_seal_write (vault, server, username, actor, error))
    return NULL;
  return g_steal_pointer (&vault);
}
