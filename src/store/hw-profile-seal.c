/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whose a vault is. The profile's file lies open on the disk and anybody may have written it: where a token and a password
 * go is decided by this, which only the vault's own keys can have written.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-profile-private.h"

#include <glib/gi18n-lib.h>

#include "base/hw-uuid.h"
#include "store/hw-db.h"

#define GROUP "account"
#define NAME "account"

static void
set_text (GKeyFile *file, const char *key, const char *text)
{
  if (text != NULL)
    g_key_file_set_string (file, GROUP, key, text);
}

static char *
get_text (GKeyFile *file, const char *key)
{
  return g_key_file_get_string (file, GROUP, key, NULL);
}

void
hw_profile_seal_free (HwProfileSeal *seal)
{
  hw_actor_free (seal->actor);
  g_free (seal->server);
  g_free (seal->username);
  g_free (seal);
}

gboolean
hw_profile_seal_write (HwVault *vault, const char *server, const char *username, const HwActor *actor, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GBytes) plain = NULL;
  char *text;
  gsize length;

  set_text (file, "server", server);
  set_text (file, "username", username);
  set_text (file, "user", actor->user);
  set_text (file, "name", actor->name);
  set_text (file, "role", hw_role_nick (actor->role)->nick);
  set_text (file, "office", actor->office);
  set_text (file, "mission", actor->mission);
  text = g_key_file_to_data (file, &length, NULL);
  plain = g_bytes_new_take (text, length);
  return hw_vault_seal (vault, NAME, plain, error);
}

/* An account that lacks a part is none: then there is nobody to open the data for. */
static HwActor *
read_actor (GKeyFile *file, const char *device, GError **error)
{
  g_autofree char *user = get_text (file, "user");
  g_autofree char *name = get_text (file, "name");
  g_autofree char *role_nick = get_text (file, "role");
  g_autofree char *office = get_text (file, "office");
  g_autofree char *mission = get_text (file, "mission");
  HwRole role = role_nick != NULL ? hw_role_by_nick (role_nick) : HW_N_ROLES;

  if (user != NULL && role != HW_N_ROLES && hw_uuid_valid (user))
    return hw_actor_new (user, name, role, office, mission, device);
  g_set_error_literal (error, HW_STORE_ERROR, HW_STORE_ERROR_DAMAGED,
                       _ ("It is not known whose data this is. Nothing was changed. Sign in anew."));
  return NULL;
}

HwProfileSeal *
hw_profile_seal_read (HwVault *vault, const char *device, GError **error)
{
  g_autoptr (GBytes) plain = hw_vault_unseal (vault, NAME, error);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  HwProfileSeal *seal;
  HwActor *actor;

  if (plain == NULL || !g_key_file_load_from_bytes (file, plain, G_KEY_FILE_NONE, error))
    return NULL;
  actor = read_actor (file, device, error);
  if (actor == NULL)
    return NULL;
  seal = g_new0 (HwProfileSeal, 1);
  seal->actor = actor;
  seal->server = get_text (file, "server");
  seal->username = get_text (file, "username");
  return seal;
}
