/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The secret goes over the session bus to a keyring that is trusted with it for as long as the session lasts. It is read
 * into memory that is kept from the swap, and overwritten on the way. What the keyring shows of it to the person is the
 * name of the program alone.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/door/hw-keyring.h"

#include <glib/gi18n.h>
#include <libsecret/secret.h>

#define HEX_BYTES (2 * HW_VAULT_SECRET_BYTES)

static const SecretSchema schema = {
  .name = "org.homeward.Vault",
  .flags = SECRET_SCHEMA_NONE,
  .attributes = { { "vault", SECRET_SCHEMA_ATTRIBUTE_STRING } },
};

static void
write_hex (const guint8 *secret, char *hex)
{
  static const char digits[] = "0123456789abcdef";

  for (guint i = 0; i < HW_VAULT_SECRET_BYTES; i++)
    {
      hex[2 * i] = digits[secret[i] >> 4];
      hex[2 * i + 1] = digits[secret[i] & 15];
    }
  hex[HEX_BYTES] = '\0';
}

static gboolean
read_hex (const char *hex, guint8 *secret)
{
  for (guint i = 0; i < HW_VAULT_SECRET_BYTES; i++)
    {
      int high = g_ascii_xdigit_value (hex[2 * i]);
      int low = high >= 0 ? g_ascii_xdigit_value (hex[2 * i + 1]) : -1;

      if (low < 0)
        return FALSE;
      secret[i] = (guint8) (high << 4 | low);
    }
  return hex[HEX_BYTES] == '\0';
}

/* What a library says of its bus is not for a person. */
static gboolean
fail (GError *why, GError **error)
{
  if (g_error_matches (why, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, why);
      return FALSE;
    }
  g_debug ("the keyring: %s", why->message);
  g_error_free (why);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                       _ ("This computer has no keyring that answers. Nothing was changed; go on with the passphrase."));
  return FALSE;
}

gboolean
hw_keyring_store (const char *vault, const guint8 *secret, GCancellable *cancellable, GError **error)
{
  char hex[HEX_BYTES + 1];
  GError *why = NULL;
  gboolean stored;

  write_hex (secret, hex);
  stored = secret_password_store_sync (&schema, SECRET_COLLECTION_DEFAULT, "Homeward", hex, cancellable, &why, "vault", vault,
                                       NULL);
  explicit_bzero (hex, sizeof hex);
  return stored || fail (why, error);
}

gboolean
hw_keyring_look_up (const char *vault, guint8 *secret, GCancellable *cancellable, GError **error)
{
  GError *why = NULL;
  char *hex = secret_password_lookup_nonpageable_sync (&schema, cancellable, &why, "vault", vault, NULL);
  gboolean found = hex != NULL && read_hex (hex, secret);

  secret_password_free (hex);
  if (why != NULL)
    return fail (why, error);
  if (!found)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                         _ ("The keyring of this computer has forgotten Homeward. Nothing was changed; use the passphrase."));
  return found;
}

gboolean
hw_keyring_clear (const char *vault, GCancellable *cancellable, GError **error)
{
  GError *why = NULL;

  secret_password_clear_sync (&schema, cancellable, &why, "vault", vault, NULL);
  return why == NULL || fail (why, error);
}

static void
clear_thread (GTask *task, gpointer source, gpointer vault, GCancellable *cancellable)
{
  hw_keyring_clear (vault, cancellable, NULL);
  g_task_return_boolean (task, TRUE);
}

void
hw_keyring_clear_later (const char *vault)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_task_data (task, g_strdup (vault), g_free);
  g_task_run_in_thread (task, clear_thread);
}
