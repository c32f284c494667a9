/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The key file: 424 bytes of fixed layout. It is written whole and renamed into place, so a power cut leaves
 * the old or the new one. An unkeyed checksum tells damage from a wrong passphrase before any slow work is
 * done; a keyed one proves, after a slot has opened, that all of it was written by whoever had the key.
 */
#define G_LOG_DOMAIN "homeward-vault"

#include "vault/hw-vault-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define MAGIC "HWVAULT"
#define FORMAT 1
#define SLOT_BYTES 112
#define SLOTS_AT 40
#define MAC_AT (SLOTS_AT + HW_N_SLOTS * SLOT_BYTES)
#define CHECKSUM_AT (MAC_AT + HW_VAULT_KEY)
#define CHECKSUM_BYTES 16

G_STATIC_ASSERT (CHECKSUM_AT + CHECKSUM_BYTES == HW_KEY_FILE_BYTES);

static void
put_64 (guint8 *at, guint64 value)
{
  guint64 big = GUINT64_TO_BE (value);

  memcpy (at, &big, sizeof big);
}

static guint64
get_64 (const guint8 *at)
{
  guint64 big;

  memcpy (&big, at, sizeof big);
  return GUINT64_FROM_BE (big);
}

char *
hw_key_file_path (const char *directory)
{
  return g_build_filename (directory, "vault.key", NULL);
}

/* Slot: used, three zeros; passes; memory; salt; nonce; wrapped key. */
static void
put_slot (guint8 *at, const HwKeySlot *slot)
{
  memset (at, 0, SLOT_BYTES);
  if (!slot->used)
    return;
  at[0] = 1;
  put_64 (at + 4, slot->passes);
  put_64 (at + 12, slot->memory);
  memcpy (at + 20, slot->salt, HW_SLOT_SALT);
  memcpy (at + 36, slot->nonce, HW_VAULT_NONCE);
  memcpy (at + 60, slot->wrapped, sizeof slot->wrapped);
}

static void
get_slot (const guint8 *at, HwKeySlot *slot)
{
  slot->used = at[0] == 1;
  slot->passes = get_64 (at + 4);
  slot->memory = get_64 (at + 12);
  memcpy (slot->salt, at + 20, HW_SLOT_SALT);
  memcpy (slot->nonce, at + 36, HW_VAULT_NONCE);
  memcpy (slot->wrapped, at + 60, sizeof slot->wrapped);
}

static void
encode (const HwKeyFile *file, guint8 bytes[MAC_AT])
{
  memcpy (bytes, MAGIC, 8);
  put_64 (bytes + 8, FORMAT);
  memcpy (bytes + 16, file->id, HW_VAULT_ID);
  put_64 (bytes + 32, file->counter);
  for (guint i = 0; i < HW_N_SLOTS; i++)
    put_slot (bytes + SLOTS_AT + i * SLOT_BYTES, &file->slots[i]);
}

void
hw_key_slot_binding (const HwKeyFile *file, HwSlotKind kind, guint8 binding[HW_SLOT_BINDING])
{
  const HwKeySlot *slot = &file->slots[kind];

  memset (binding, 0, HW_SLOT_BINDING);
  memcpy (binding, file->id, HW_VAULT_ID);
  binding[HW_VAULT_ID] = (guint8) kind;
  put_64 (binding + HW_VAULT_ID + 4, slot->passes);
  put_64 (binding + HW_VAULT_ID + 12, slot->memory);
  memcpy (binding + HW_VAULT_ID + 20, slot->salt, HW_SLOT_SALT);
}

static gboolean
damaged (GError **error)
{
  g_set_error_literal (error, HW_VAULT_ERROR, HW_VAULT_ERROR_DAMAGED,
                       _ ("The key file of this laptop’s data is damaged. Nothing was changed. Put back a copy of it, "
                          "or remove the data and sign in anew to fetch what the server has."));
  return FALSE;
}

/* A cost that no Homeward writes is not worked off: it could be made to take for ever. */
static gboolean
cost_is_sound (const HwKeyFile *file)
{
  const HwKeySlot *slot = &file->slots[HW_SLOT_PASSPHRASE];

  return slot->used && slot->memory >= HW_ARGON_MEMORY_MIN && slot->memory <= HW_ARGON_MEMORY_MAX
         && slot->passes >= crypto_pwhash_OPSLIMIT_MIN && slot->passes <= HW_ARGON_PASSES_MAX;
}

static gboolean
decode (const guint8 *bytes, gsize size, HwKeyFile *file, guint8 *mac, GError **error)
{
  guint8 checksum[CHECKSUM_BYTES];

  if (size < 16 || memcmp (bytes, MAGIC, 8) != 0)
    return damaged (error);
  if (size == HW_KEY_FILE_BYTES)
    crypto_generichash (checksum, sizeof checksum, bytes, CHECKSUM_AT, NULL, 0);
  if (size != HW_KEY_FILE_BYTES || memcmp (checksum, bytes + CHECKSUM_AT, sizeof checksum) != 0)
    return damaged (error);
  if (get_64 (bytes + 8) != FORMAT)
    {
      g_set_error_literal (error, HW_VAULT_ERROR, HW_VAULT_ERROR_NEWER,
                           _ ("This laptop’s data was locked by a newer Homeward. Nothing was changed. Install that "
                              "version to open it."));
      return FALSE;
    }
  memcpy (file->id, bytes + 16, HW_VAULT_ID);
  file->counter = get_64 (bytes + 32);
  for (guint i = 0; i < HW_N_SLOTS; i++)
    get_slot (bytes + SLOTS_AT + i * SLOT_BYTES, &file->slots[i]);
  memcpy (mac, bytes + MAC_AT, HW_VAULT_KEY);
  return cost_is_sound (file) || damaged (error);
}

gboolean
hw_key_file_read (const char *directory, HwKeyFile *file, guint8 *mac, GError **error)
{
  g_autofree char *path = hw_key_file_path (directory);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) local = NULL;
  gsize size;

  if (g_file_get_contents (path, &bytes, &size, &local))
    return decode ((const guint8 *) bytes, size, file, mac, error);
  if (g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    g_set_error_literal (error, HW_VAULT_ERROR, HW_VAULT_ERROR_MISSING,
                         _ ("There is no key file for this laptop’s data, so it cannot be opened. Nothing was changed."));
  else
    g_set_error (error, HW_VAULT_ERROR, HW_VAULT_ERROR_FAILED,
                 _ ("The key file cannot be read: %s. Nothing was changed."), local->message);
  return FALSE;
}

gboolean
hw_key_file_proves (const HwKeyFile *file, const HwVaultKeys *keys, const guint8 *mac)
{
  guint8 bytes[MAC_AT], expected[HW_VAULT_KEY];

  encode (file, bytes);
  crypto_generichash (expected, sizeof expected, bytes, sizeof bytes, keys->key_file, HW_VAULT_KEY);
  return sodium_memcmp (expected, mac, sizeof expected) == 0;
}

gboolean
hw_key_file_write (const char *directory, const HwKeyFile *file, const HwVaultKeys *keys, GError **error)
{
  g_autofree char *path = hw_key_file_path (directory);
  guint8 bytes[HW_KEY_FILE_BYTES];

  encode (file, bytes);
  crypto_generichash (bytes + MAC_AT, HW_VAULT_KEY, bytes, MAC_AT, keys->key_file, HW_VAULT_KEY);
  crypto_generichash (bytes + CHECKSUM_AT, CHECKSUM_BYTES, bytes, CHECKSUM_AT, NULL, 0);
  return hw_vault_write_file (path, bytes, sizeof bytes, error);
}

/* ---- Files ---- */

gboolean
hw_vault_fail_errno (const char *path, GError **error)
{
  int saved = errno;
  g_autofree char *name = g_path_get_basename (path);

  g_set_error (error, HW_VAULT_ERROR, HW_VAULT_ERROR_FAILED,
               _ ("“%s” could not be written: %s. What was there before is kept."), name, g_strerror (saved));
  return FALSE;
}

void
hw_vault_sync_folder (const char *directory)
{
  int fd = open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  fsync (fd);
  close (fd);
}

gboolean
hw_vault_write_file (const char *path, const guint8 *data, gsize size, GError **error)
{
  g_autofree char *directory = g_path_get_dirname (path);
  g_autoptr (GError) local = NULL;

  if (!g_file_set_contents_full (path, (const char *) data, (gssize) size,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &local))
    {
      g_set_error (error, HW_VAULT_ERROR, HW_VAULT_ERROR_FAILED, _ ("%s. What was there before is kept."),
                   local->message);
      return FALSE;
    }
  hw_vault_sync_folder (directory);
  return TRUE;
}
