/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The profile folder. Its file names who used this laptop and which server answers, and nothing about
 * any person who is helped. Written whole and renamed into place, so a power cut leaves the old or the new one.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-profile.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sodium.h>

#include "base/hw-uuid.h"
#include "store/hw-db.h"

#define GROUP_DEVICE "device"
#define GROUP_ACCOUNT "account"

struct _HwProfile
{
  GObject parent;

  char     *directory; /* (owned) */
  GKeyFile *file;      /* (owned) */
  char     *device_id; /* (owned) */
  char     *server;    /* (owned) (nullable) */
  char     *username;  /* (owned) (nullable) */
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

/* Reads the remembered account; one that lacks a part is none. */
static void
load_account (HwProfile *self)
{
  g_autofree char *user = account_text (self, "user");
  g_autofree char *name = account_text (self, "name");
  g_autofree char *role_nick = account_text (self, "role");
  g_autofree char *office = account_text (self, "office");
  g_autofree char *mission = account_text (self, "mission");
  HwRole role = role_nick != NULL ? hw_role_by_nick (role_nick) : HW_N_ROLES;

  g_clear_pointer (&self->actor, hw_actor_free);
  g_free (self->server);
  self->server = account_text (self, "server");
  g_free (self->username);
  self->username = account_text (self, "username");

  if (user == NULL || role == HW_N_ROLES || self->server == NULL || self->username == NULL
      || !hw_uuid_valid (user))
    return;
  self->actor = hw_actor_new (user, name, role, office, mission, self->device_id);
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
  return g_steal_pointer (&self);
}

const char *
hw_profile_device_id (HwProfile *self)
{
  return self->device_id;
}

gboolean
hw_profile_has_account (HwProfile *self)
{
  return self->actor != NULL;
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

static void
set_or_remove (GKeyFile *file, const char *key, const char *text)
{
  if (text != NULL)
    g_key_file_set_string (file, GROUP_ACCOUNT, key, text);
  else
    g_key_file_remove_key (file, GROUP_ACCOUNT, key, NULL);
}

gboolean
hw_profile_remember (HwProfile     *self,
                     const char    *server,
                     const char    *username,
                     const char    *password,
                     const HwActor *actor,
                     GError       **error)
{
  char verifier[crypto_pwhash_STRBYTES];

  g_return_val_if_fail (actor != NULL, FALSE);

  if (sodium_init () < 0
      || crypto_pwhash_str (verifier, password, strlen (password), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                            crypto_pwhash_MEMLIMIT_INTERACTIVE)
             != 0)
    {
      g_set_error_literal (error, HW_STORE_ERROR, HW_STORE_ERROR_FAILED,
                           _ ("There is not enough memory to check a password. Nothing was changed; close other programs and try again."));
      return FALSE;
    }
  set_or_remove (self->file, "server", server);
  set_or_remove (self->file, "username", username);
  set_or_remove (self->file, "user", actor->user);
  set_or_remove (self->file, "name", actor->name);
  set_or_remove (self->file, "role", hw_role_nick (actor->role)->nick);
  set_or_remove (self->file, "office", actor->office);
  set_or_remove (self->file, "mission", actor->mission);
  set_or_remove (self->file, "verifier", verifier);
  load_account (self);
  return save (self, error);
}

gboolean
hw_profile_check_password (HwProfile *self, const char *password)
{
  g_autofree char *verifier = account_text (self, "verifier");
  char padded[crypto_pwhash_STRBYTES] = { 0 };

  if (verifier == NULL || strlen (verifier) >= sizeof padded || sodium_init () < 0)
    return FALSE;
  g_strlcpy (padded, verifier, sizeof padded);
  return crypto_pwhash_str_verify (padded, password, strlen (password)) == 0;
}

gboolean
hw_profile_forget (HwProfile *self, GError **error)
{
  g_key_file_remove_group (self->file, GROUP_ACCOUNT, NULL);
  load_account (self);
  return save (self, error);
}

char *
hw_profile_database (HwProfile *self)
{
  g_autofree char *folder = NULL;

  g_return_val_if_fail (self->actor != NULL, NULL);

  folder = g_build_filename (self->directory, "accounts", self->actor->user, NULL);
  g_mkdir_with_parents (folder, 0700);
  return g_build_filename (folder, "homeward.db", NULL);
}
