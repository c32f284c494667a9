/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The profile folder. Its file names the user and the server that were used last, and nothing else; whose data a vault
 * holds is sealed in it. Files are written whole and renamed into place, so a power cut leaves the old or the new one.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-profile.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "base/hw-uuid.h"
#include "store/hw-db.h"

#define GROUP_DEVICE "device"
#define GROUP_ACCOUNT "account"
#define SEALED_ACCOUNT "account"
#define DATABASE "homeward.db"

struct _HwProfile
{
  GObject parent;

  char     *directory; /* (owned) */
  GKeyFile *file;      /* (owned) */
  char     *device_id; /* (owned) */
  char     *server;    /* (owned) (nullable) */
  char     *username;  /* (owned) (nullable) */
  char     *vault;     /* (owned) (nullable) folder of the remembered account's vault */
  HwActor  *actor;     /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (HwProfile, hw_profile, G_TYPE_OBJECT)

static char *
profile_path (HwProfile *self)
{
  return g_build_filename (self->directory, "profile.ini", NULL);
}

static gboolean
save (HwProfile *self, GError **error)
{
  g_autofree char *path = profile_path (self);
  gsize length;
  g_autofree char *text = g_key_file_to_data (self->file, &length, NULL);

  return g_file_set_contents_full (path, text, length,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

static char *
account_text (HwProfile *self, const char *key)
{
  return g_key_file_get_string (self->file, GROUP_ACCOUNT, key, NULL);
}

static char *
accounts_folder (HwProfile *self)
{
  return g_build_filename (self->directory, "accounts", NULL);
}

static void
load_account (HwProfile *self)
{
  g_autofree char *name = account_text (self, "vault");

  g_clear_pointer (&self->actor, hw_actor_free);
  g_free (self->server);
  self->server = account_text (self, "server");
  g_free (self->username);
  self->username = account_text (self, "username");
  g_clear_pointer (&self->vault, g_free);
  if (name != NULL && strspn (name, "0123456789abcdef") == strlen (name))
    self->vault = g_build_filename (self->directory, "accounts", name, NULL);
}

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

static void
hw_profile_finalize (GObject *object)
{
  HwProfile *self = HW_PROFILE (object);

  g_free (self->directory);
  g_key_file_unref (self->file);
  g_free (self->device_id);
  g_free (self->server);
  g_free (self->username);
  g_free (self->vault);
  g_clear_pointer (&self->actor, hw_actor_free);

  G_OBJECT_CLASS (hw_profile_parent_class)->finalize (object);
}

static void
hw_profile_class_init (HwProfileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hw_profile_finalize;
}

static void
hw_profile_init (HwProfile *self)
{
  self->file = g_key_file_new ();
}

/* One account's folder, as the last run left it. */
static gboolean
check_account_folder (const char *folder, GError **error)
{
  g_autofree char *database = g_build_filename (folder, DATABASE, NULL);

  if (!hw_vault_finish_wipe (folder, error))
    return FALSE;
  if (hw_vault_exists (folder) || !g_file_test (database, G_FILE_TEST_EXISTS))
    return TRUE;
  g_set_error (error, HW_STORE_ERROR, HW_STORE_ERROR_OPEN,
               _ ("“%s” holds data that cannot be opened: an earlier version kept it without encryption, or its key file is "
                  "gone. Nothing was changed. Remove that folder and sign in anew to fetch what the server has, or choose "
                  "another profile with --profile."),
               folder);
  return FALSE;
}

static gboolean
check_accounts (HwProfile *self, GError **error)
{
  g_autofree char *accounts = accounts_folder (self);
  g_autoptr (GDir) folder = g_dir_open (accounts, 0, NULL);
  const char *name;
  gboolean sound = TRUE;

  while (sound && folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *account = g_build_filename (accounts, name, NULL);

      sound = check_account_folder (account, error);
    }
  return sound;
}

HwProfile *
hw_profile_open (const char *directory, GError **error)
{
  g_autoptr (HwProfile) self = g_object_new (HW_TYPE_PROFILE, NULL);
  g_autofree char *path = NULL;

  self->directory = g_strdup (directory);
  if (g_mkdir_with_parents (directory, 0700) != 0)
    {
      g_set_error (error, HW_STORE_ERROR, HW_STORE_ERROR_OPEN,
                   _ ("The folder “%s” cannot be made or used: %s. Nothing was changed."), directory,
                   g_strerror (errno));
      return NULL;
    }
  path = profile_path (self);
  if (g_file_test (path, G_FILE_TEST_EXISTS)
      && !g_key_file_load_from_file (self->file, path, G_KEY_FILE_NONE, error))
    {
      g_prefix_error (error, _ ("“%s” cannot be read: "), path);
      return NULL;
    }

  self->device_id = g_key_file_get_string (self->file, GROUP_DEVICE, "id", NULL);
  if (self->device_id == NULL || !hw_uuid_valid (self->device_id))
    {
      g_free (self->device_id);
      self->device_id = hw_uuid_v4 ();
      g_key_file_set_string (self->file, GROUP_DEVICE, "id", self->device_id);
      if (!save (self, error))
        return NULL;
    }
  load_account (self);
  return check_accounts (self, error) ? g_steal_pointer (&self) : NULL;
}

const char *
hw_profile_device_id (HwProfile *self)
{
  return self->device_id;
}

gboolean
hw_profile_has_account (HwProfile *self)
{
  return self->server != NULL && self->username != NULL && self->vault != NULL && hw_vault_exists (self->vault);
}

const char *
hw_profile_server (HwProfile *self)
{
  return self->server;
}

const char *
hw_profile_username (HwProfile *self)
{
  return self->username;
}

const HwActor *
hw_profile_actor (HwProfile *self)
{
  return self->actor;
}

/* ---- Whose a vault is ---- */

static void
set_text (GKeyFile *file, const char *key, const char *text)
{
  if (text != NULL)
    g_key_file_set_string (file, GROUP_ACCOUNT, key, text);
}

static gboolean
seal_actor (HwVault *vault, const HwActor *actor, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GBytes) plain = NULL;
  char *text;
  gsize length;

  set_text (file, "user", actor->user);
  set_text (file, "name", actor->name);
  set_text (file, "role", hw_role_nick (actor->role)->nick);
  set_text (file, "office", actor->office);
  set_text (file, "mission", actor->mission);
  text = g_key_file_to_data (file, &length, NULL);
  plain = g_bytes_new_take (text, length);
  return hw_vault_seal (vault, SEALED_ACCOUNT, plain, error);
}

/* An account that lacks a part is none: then there is nobody to open the data for. */
static HwActor *
unseal_actor (HwProfile *self, HwVault *vault, GError **error)
{
  g_autoptr (GBytes) plain = hw_vault_unseal (vault, SEALED_ACCOUNT, error);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *user = NULL, *name = NULL, *role_nick = NULL, *office = NULL, *mission = NULL;
  HwRole role;

  if (plain == NULL || !g_key_file_load_from_bytes (file, plain, G_KEY_FILE_NONE, error))
    return NULL;
  user = g_key_file_get_string (file, GROUP_ACCOUNT, "user", NULL);
  name = g_key_file_get_string (file, GROUP_ACCOUNT, "name", NULL);
  role_nick = g_key_file_get_string (file, GROUP_ACCOUNT, "role", NULL);
  office = g_key_file_get_string (file, GROUP_ACCOUNT, "office", NULL);
  mission = g_key_file_get_string (file, GROUP_ACCOUNT, "mission", NULL);
  role = role_nick != NULL ? hw_role_by_nick (role_nick) : HW_N_ROLES;
  if (user != NULL && role != HW_N_ROLES && hw_uuid_valid (user))
    return hw_actor_new (user, name, role, office, mission, self->device_id);
  g_set_error_literal (error, HW_STORE_ERROR, HW_STORE_ERROR_DAMAGED,
                       _ ("It is not known whose data this is. Nothing was changed. Sign in anew."));
  return NULL;
}

/* Takes the vault, which is NULL where it did not open. */
static HwVault *
name_actor (HwProfile *self, HwVault *opened, HwActor **actor, GError **error)
{
  g_autoptr (HwVault) vault = opened;

  if (vault == NULL)
    return NULL;
  *actor = unseal_actor (self, vault, error);
  return *actor != NULL ? g_steal_pointer (&vault) : NULL;
}

HwVault *
hw_profile_open_vault (HwProfile *self, const char *passphrase, HwActor **actor, GError **error)
{
  g_return_val_if_fail (self->vault != NULL, NULL);

  return name_actor (self, hw_vault_open (self->vault, passphrase, error), actor, error);
}

HwVault *
hw_profile_recover_vault (HwProfile *self, const char *code, HwActor **actor, GError **error)
{
  g_return_val_if_fail (self->vault != NULL, NULL);

  return name_actor (self, hw_vault_open_with_recovery_code (self->vault, code, error), actor, error);
}

HwVault *
hw_profile_open_vault_with_secret (HwProfile *self, const guint8 *secret, HwActor **actor, GError **error)
{
  g_return_val_if_fail (self->vault != NULL, NULL);

  return name_actor (self, hw_vault_open_with_secret (self->vault, secret, error), actor, error);
}

static char *
vault_directory (HwProfile *self, const char *server, const char *user)
{
  g_autofree char *name = vault_name (self, server, user);

  return g_build_filename (self->directory, "accounts", name, NULL);
}

gboolean
hw_profile_keeps (HwProfile *self, const char *server, const char *user)
{
  g_autofree char *directory = vault_directory (self, server, user);

  return hw_vault_exists (directory);
}

const char *
hw_profile_vault_directory (HwProfile *self)
{
  return self->vault;
}

HwVault *
hw_profile_make_vault (
  HwProfile *self, const char *server, const HwActor *actor, const char *passphrase, GError **error)
{
  g_autofree char *directory = vault_directory (self, server, actor->user);
  g_autoptr (HwVault) vault = hw_vault_exists (directory) ? hw_vault_open (directory, passphrase, error)
                                                          : hw_vault_create (directory, passphrase, error);

  if (vault == NULL || !seal_actor (vault, actor, error))
    return NULL;
  return g_steal_pointer (&vault);
}

gboolean
hw_profile_remember (HwProfile *self, const char *server, const char *username, const HwActor *actor, GError **error)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (server != NULL && username != NULL && actor != NULL, FALSE);

  name = vault_name (self, server, actor->user);
  set_text (self->file, "server", server);
  set_text (self->file, "username", username);
  set_text (self->file, "vault", name);
  load_account (self);
  hw_profile_set_actor (self, actor);
  return save (self, error);
}

void
hw_profile_set_actor (HwProfile *self, const HwActor *actor)
{
  HwActor *copy = hw_actor_new (actor->user, actor->name, actor->role, actor->office, actor->mission, self->device_id);

  g_clear_pointer (&self->actor, hw_actor_free);
  self->actor = copy;
}

gboolean
hw_profile_forget (HwProfile *self, GError **error)
{
  g_key_file_remove_group (self->file, GROUP_ACCOUNT, NULL);
  load_account (self);
  return save (self, error);
}

gboolean
hw_profile_erase (HwProfile *self, GError **error)
{
  g_return_val_if_fail (self->vault != NULL, FALSE);

  return hw_vault_wipe (self->vault, error) && hw_profile_forget (self, error);
}

char *
hw_profile_database (HwVault *vault)
{
  return g_build_filename (hw_vault_directory (vault), DATABASE, NULL);
}
