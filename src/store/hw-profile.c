/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The profile folder. Its file names servers and users, and nothing else; whose data a vault holds is sealed in it. The file
 * is written whole and renamed into place, so a power cut leaves the old or the new one.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-profile-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "base/hw-uuid.h"
#include "store/hw-db.h"

#define GROUP_DEVICE "device"
#define GROUP_ACCOUNT "account" /* the one that was used last */
#define GROUP_VAULT "vault "    /* and a folder's name: each */
#define DATABASE "homeward.db"

G_DEFINE_FINAL_TYPE (HwProfile, hw_profile, G_TYPE_OBJECT)

HwProfileAccount *
hw_profile_account_new (const char *vault, const char *server, const char *username)
{
  HwProfileAccount *account = g_new0 (HwProfileAccount, 1);

  account->vault = g_strdup (vault);
  account->server = g_strdup (server);
  account->username = g_strdup (username);
  return account;
}

void
hw_profile_account_free (HwProfileAccount *account)
{
  g_free (account->vault);
  g_free (account->server);
  g_free (account->username);
  g_clear_pointer (&account->vouched, hw_actor_free);
  g_free (account);
}

char *
hw_profile_account_directory (HwProfile *self, const char *vault)
{
  return g_build_filename (self->directory, "accounts", vault, NULL);
}

/* (transfer full) (nullable) any thread */
HwProfileAccount *
hw_profile_copy_chosen (HwProfile *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  HwProfileAccount *copy;

  if (self->chosen == NULL)
    return NULL;
  copy = hw_profile_account_new (self->chosen->vault, self->chosen->server, self->chosen->username);
  copy->vouched = self->chosen->vouched != NULL ? hw_actor_copy (self->chosen->vouched) : NULL;
  return copy;
}

/* Takes the account. */
void
hw_profile_set_chosen (HwProfile *self, HwProfileAccount *account)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_clear_pointer (&self->chosen, hw_profile_account_free);
  g_clear_pointer (&self->sealed, hw_profile_account_free);
  self->chosen = account;
}

/* ---- The file ---- */

static char *
profile_path (HwProfile *self)
{
  return g_build_filename (self->directory, "profile.ini", NULL);
}

gboolean
hw_profile_save (HwProfile *self, GError **error)
{
  g_autofree char *path = profile_path (self);
  gsize length;
  g_autofree char *text = g_key_file_to_data (self->file, &length, NULL);

  return g_file_set_contents_full (path, text, length,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

static gboolean
is_vault_name (const char *name)
{
  return *name != '\0' && strspn (name, "0123456789abcdef") == strlen (name);
}

void
hw_profile_write_account (HwProfile *self, const HwProfileAccount *account)
{
  g_autofree char *group = g_strconcat (GROUP_VAULT, account->vault, NULL);

  g_key_file_set_string (self->file, group, "server", account->server);
  g_key_file_set_string (self->file, group, "username", account->username);
}

/* (nullable) (transfer full) */
static HwProfileAccount *
read_account (HwProfile *self, const char *vault)
{
  g_autofree char *group = g_strconcat (GROUP_VAULT, vault, NULL);
  g_autofree char *server = g_key_file_get_string (self->file, group, "server", NULL);
  g_autofree char *username = g_key_file_get_string (self->file, group, "username", NULL);

  if (!is_vault_name (vault) || server == NULL || username == NULL)
    return NULL;
  return hw_profile_account_new (vault, server, username);
}

/* An earlier version knew one account, the one that was used last. */
static void
read_single_account (HwProfile *self)
{
  g_autofree char *vault = g_key_file_get_string (self->file, GROUP_ACCOUNT, "vault", NULL);
  g_autofree char *server = g_key_file_get_string (self->file, GROUP_ACCOUNT, "server", NULL);
  g_autofree char *username = g_key_file_get_string (self->file, GROUP_ACCOUNT, "username", NULL);

  self->older = server != NULL;
  g_key_file_remove_key (self->file, GROUP_ACCOUNT, "server", NULL);
  g_key_file_remove_key (self->file, GROUP_ACCOUNT, "username", NULL);
  if (vault != NULL && is_vault_name (vault) && server != NULL && username != NULL)
    {
      g_autoptr (HwProfileAccount) account = hw_profile_account_new (vault, server, username);

      hw_profile_write_account (self, account);
    }
}

static gboolean
has_vault (HwProfile *self, const char *vault)
{
  g_autofree char *directory = hw_profile_account_directory (self, vault);

  return hw_vault_exists (directory);
}

GPtrArray *
hw_profile_accounts (HwProfile *self)
{
  GPtrArray *accounts = g_ptr_array_new_with_free_func ((GDestroyNotify) hw_profile_account_free);
  g_auto (GStrv) groups = g_key_file_get_groups (self->file, NULL);

  for (guint i = 0; groups[i] != NULL; i++)
    {
      g_autoptr (HwProfileAccount) account
        = g_str_has_prefix (groups[i], GROUP_VAULT) ? read_account (self, groups[i] + strlen (GROUP_VAULT)) : NULL;

      if (account != NULL && has_vault (self, account->vault))
        g_ptr_array_add (accounts, g_steal_pointer (&account));
    }
  return accounts;
}

/* The one that was used last, or, where nothing of it can be opened, another. */
static void
choose_first (HwProfile *self)
{
  g_autofree char *last = g_key_file_get_string (self->file, GROUP_ACCOUNT, "vault", NULL);
  g_autoptr (HwProfileAccount) account = last != NULL ? read_account (self, last) : NULL;
  g_autoptr (GPtrArray) accounts = hw_profile_accounts (self);

  if (accounts->len > 0 && (account == NULL || !has_vault (self, account->vault)))
    {
      g_clear_pointer (&account, hw_profile_account_free);
      account = g_ptr_array_steal_index (accounts, 0);
    }
  hw_profile_set_chosen (self, g_steal_pointer (&account));
}

void
hw_profile_choose (HwProfile *self, const char *vault)
{
  g_autoptr (HwProfileAccount) account = vault != NULL ? read_account (self, vault) : NULL;

  if (account != NULL)
    hw_profile_set_chosen (self, g_steal_pointer (&account));
  else
    choose_first (self);
}

/* ---- The object ---- */

static void
hw_profile_finalize (GObject *object)
{
  HwProfile *self = HW_PROFILE (object);

  g_free (self->directory);
  g_key_file_unref (self->file);
  g_free (self->device_id);
  g_free (self->trouble);
  g_clear_pointer (&self->actor, hw_actor_free);
  g_clear_pointer (&self->chosen, hw_profile_account_free);
  g_clear_pointer (&self->sealed, hw_profile_account_free);
  g_mutex_clear (&self->mutex);

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
  g_mutex_init (&self->mutex);
}

/* One account's folder, as the last run left it. */
gboolean
hw_profile_check_folder (const char *folder, GError **error)
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

/* Each that is not sound bars itself alone. */
static void
check_accounts (HwProfile *self)
{
  g_autofree char *accounts = g_build_filename (self->directory, "accounts", NULL);
  g_autoptr (GDir) folder = g_dir_open (accounts, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *account = g_build_filename (accounts, name, NULL);
      g_autoptr (GError) error = NULL;

      if (!hw_profile_check_folder (account, &error) && self->trouble == NULL)
        self->trouble = g_strdup (error->message);
    }
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
      if (!hw_profile_save (self, error))
        return NULL;
    }
  read_single_account (self);
  check_accounts (self);
  choose_first (self);
  return g_steal_pointer (&self);
}

const char *
hw_profile_device_id (HwProfile *self)
{
  return self->device_id;
}

const char *
hw_profile_trouble (HwProfile *self)
{
  return self->trouble;
}

gboolean
hw_profile_has_account (HwProfile *self)
{
  return self->chosen != NULL && has_vault (self, self->chosen->vault);
}

const char *
hw_profile_server (HwProfile *self)
{
  return self->chosen != NULL ? self->chosen->server : NULL;
}

const char *
hw_profile_username (HwProfile *self)
{
  return self->chosen != NULL ? self->chosen->username : NULL;
}

const char *
hw_profile_vault (HwProfile *self)
{
  return self->chosen != NULL ? self->chosen->vault : NULL;
}

char *
hw_profile_vault_directory (HwProfile *self)
{
  g_autoptr (HwProfileAccount) account = hw_profile_copy_chosen (self);

  return account != NULL ? hw_profile_account_directory (self, account->vault) : NULL;
}

const HwActor *
hw_profile_actor (HwProfile *self)
{
  return self->actor;
}

/* ---- What is remembered ---- */

gboolean
hw_profile_keep (HwProfile *self, const HwActor *actor, GError **error)
{
  g_autofree char *before = g_key_file_to_data (self->file, NULL, NULL);
  g_autofree char *after = NULL;

  g_return_val_if_fail (self->chosen != NULL && actor != NULL, FALSE);

  g_clear_pointer (&self->actor, hw_actor_free);
  self->actor = hw_actor_new (actor->user, actor->name, actor->role, actor->office, actor->mission, self->device_id);
  hw_profile_write_account (self, self->chosen);
  g_key_file_set_string (self->file, GROUP_ACCOUNT, "vault", self->chosen->vault);
  hw_profile_set_chosen (self, hw_profile_account_new (self->chosen->vault, self->chosen->server, self->chosen->username));
  after = g_key_file_to_data (self->file, NULL, NULL);
  if (!self->older && g_str_equal (before, after))
    return TRUE;
  self->older = FALSE;
  return hw_profile_save (self, error);
}

gboolean
hw_profile_erase (HwProfile *self, GError **error)
{
  g_autofree char *directory = hw_profile_vault_directory (self);
  g_autofree char *group = NULL;

  g_return_val_if_fail (directory != NULL, FALSE);

  if (!hw_vault_wipe (directory, error))
    return FALSE;
  group = g_strconcat (GROUP_VAULT, self->chosen->vault, NULL);
  g_key_file_remove_group (self->file, group, NULL);
  g_key_file_remove_group (self->file, GROUP_ACCOUNT, NULL);
  choose_first (self);
  return hw_profile_save (self, error);
}

char *
hw_profile_database (HwVault *vault)
{
  return g_build_filename (hw_vault_directory (vault), DATABASE, NULL);
}
