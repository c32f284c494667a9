/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Attachments and sealed texts. An attachment is a libsodium secretstream in chunks of 64 KiB under a key of
 * its own, bound to its opaque name; one that was cut, exchanged or changed does not end well. It is written under
 * a passing name and renamed when it is durable.
 */
#define G_LOG_DOMAIN "homeward-vault"

#include "vault/hw-vault-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define CHUNK (64 * 1024)
#define EXTRA crypto_secretstream_xchacha20poly1305_ABYTES
#define HEADER crypto_secretstream_xchacha20poly1305_HEADERBYTES
#define FINAL crypto_secretstream_xchacha20poly1305_TAG_FINAL
#define ID_BYTES 16
#define ID_TEXT (2 * ID_BYTES)
#define STATE_BYTES sizeof (crypto_secretstream_xchacha20poly1305_state)

typedef crypto_secretstream_xchacha20poly1305_state State;

static gboolean
fail (GError **error, HwVaultError code, const char *words)
{
  g_set_error_literal (error, HW_VAULT_ERROR, code, words);
  return FALSE;
}

static gboolean
attachment_damaged (GError **error)
{
  return fail (error, HW_VAULT_ERROR_DAMAGED,
               _ ("This attachment is damaged, so it is not shown. Nothing was changed. Fetch it again from the server."));
}

/* An id comes from a record, and so from outside: only what we name files is a name. */
static gboolean
id_is_ours (const char *id)
{
  return id != NULL && strlen (id) == ID_TEXT && strspn (id, "0123456789abcdef") == ID_TEXT;
}

static char *
attachment_folder (HwVault *vault)
{
  return g_build_filename (hw_vault_directory (vault), "attachments", NULL);
}

static char *
attachment_path (HwVault *vault, const char *id)
{
  return g_build_filename (hw_vault_directory (vault), "attachments", id, NULL);
}

static gboolean
attachment_key (HwVault *vault, const char *id, guint8 key[HW_VAULT_KEY], GError **error)
{
  const HwVaultKeys *keys = hw_vault_hold_keys (vault);

  if (keys != NULL)
    crypto_generichash (key, HW_VAULT_KEY, (const guint8 *) id, ID_TEXT, keys->attachments, HW_VAULT_KEY);
  hw_vault_release_keys (vault);
  return keys != NULL || hw_vault_fail_locked (error);
}

static gboolean
write_all (int fd, const guint8 *data, gsize size)
{
  while (size > 0)
    {
      gssize written = write (fd, data, size);

      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        return FALSE;
      data += written;
      size -= (gsize) written;
    }
  return TRUE;
}

/* One chunk is read ahead, so that the last one is known to be the last. */
static gboolean
encrypt_stream (State *state, GInputStream *plain, int fd, const char *path, GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *chunks = g_malloc (2 * CHUNK);
  g_autofree guint8 *stored = g_malloc (CHUNK + EXTRA);
  gsize size, next_size = 0;
  guint turn = 0;
  gboolean done = g_input_stream_read_all (plain, chunks, CHUNK, &size, cancellable, error);

  while (done)
    {
      guint8 *chunk = chunks + turn * CHUNK, *next = chunks + (1 - turn) * CHUNK;

      done = g_input_stream_read_all (plain, next, CHUNK, &next_size, cancellable, error);
      if (!done)
        break;
      crypto_secretstream_xchacha20poly1305_push (state, stored, NULL, chunk, size, NULL, 0, next_size == 0 ? FINAL : 0);
      done = write_all (fd, stored, size + EXTRA) || hw_vault_fail_errno (path, error);
      if (next_size == 0)
        break;
      size = next_size;
      turn = 1 - turn;
    }
  sodium_memzero (chunks, 2 * CHUNK);
  return done;
}

static gboolean
write_attachment (
  const guint8 *key, const char *path, GInputStream *plain, GCancellable *cancellable, GError **error)
{
  g_autofree char *passing = g_strconcat (path, ".part", NULL);
  guint8 header[HEADER];
  State *state = sodium_malloc (STATE_BYTES);
  int fd = open (passing, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  gboolean done = fd >= 0 && state != NULL;

  if (done)
    {
      crypto_secretstream_xchacha20poly1305_init_push (state, header, key);
      done = write_all (fd, header, sizeof header);
    }
  if (!done)
    hw_vault_fail_errno (path, error);
  else
    done = encrypt_stream (state, plain, fd, path, cancellable, error);
  if (done && (fsync (fd) != 0 || g_rename (passing, path) != 0))
    done = hw_vault_fail_errno (path, error);
  if (fd >= 0)
    close (fd);
  if (!done)
    g_unlink (passing);
  sodium_free (state);
  return done;
}

char *
hw_vault_add_attachment (HwVault *vault, GInputStream *plain, GCancellable *cancellable, GError **error)
{
  g_autofree char *folder = attachment_folder (vault);
  g_autofree char *id = g_malloc0 (ID_TEXT + 1);
  g_autofree char *path = NULL;
  guint8 random[ID_BYTES], key[HW_VAULT_KEY];
  gboolean done;

  randombytes_buf (random, sizeof random);
  sodium_bin2hex (id, ID_TEXT + 1, random, sizeof random);
  path = attachment_path (vault, id);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      hw_vault_fail_errno (folder, error);
      return NULL;
    }
  if (!attachment_key (vault, id, key, error))
    return NULL;
  done = write_attachment (key, path, plain, cancellable, error);
  sodium_memzero (key, sizeof key);
  if (!done)
    return NULL;
  hw_vault_sync_folder (folder);
  hw_vault_sync_folder (hw_vault_directory (vault));
  return g_steal_pointer (&id);
}

/* ---- Reading ---- */

static gboolean
read_header (GInputStream *stored, const guint8 *key, State *state, GError **error)
{
  guint8 header[HEADER];
  gsize size;

  if (!g_input_stream_read_all (stored, header, sizeof header, &size, NULL, error))
    return FALSE;
  if (size != sizeof header || crypto_secretstream_xchacha20poly1305_init_pull (state, header, key) != 0)
    return attachment_damaged (error);
  return TRUE;
}

static gboolean
decrypt_stream (State *state, GInputStream *stored, GOutputStream *plain, GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *from = g_malloc (CHUNK + EXTRA);
  g_autofree guint8 *to = g_malloc (CHUNK);
  guint8 tag = 0;
  gboolean done = TRUE;

  while (done && tag != FINAL)
    {
      unsigned long long opened = 0;
      gsize size;

      done = g_input_stream_read_all (stored, from, CHUNK + EXTRA, &size, cancellable, error);
      if (done
          && (size < EXTRA
              || crypto_secretstream_xchacha20poly1305_pull (state, to, &opened, &tag, from, size, NULL, 0) != 0))
        done = attachment_damaged (error);
      done = done && g_output_stream_write_all (plain, to, (gsize) opened, NULL, cancellable, error);
    }
  /* Nothing may follow the end. */
  if (done && g_input_stream_read (stored, from, 1, cancellable, NULL) != 0)
    done = attachment_damaged (error);
  sodium_memzero (to, CHUNK);
  return done;
}

gboolean
hw_vault_copy_attachment (
  HwVault *vault, const char *id, GOutputStream *plain, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = id_is_ours (id) ? attachment_path (vault, id) : NULL;
  g_autoptr (GFile) file = path != NULL ? g_file_new_for_path (path) : NULL;
  g_autoptr (GFileInputStream) stored = file != NULL ? g_file_read (file, cancellable, NULL) : NULL;
  guint8 key[HW_VAULT_KEY];
  State *state;
  gboolean done;

  if (stored == NULL)
    return fail (error, HW_VAULT_ERROR_MISSING,
                 _ ("This attachment is not on this laptop. Nothing was changed. Fetch it from the server."));
  if (!attachment_key (vault, id, key, error))
    return FALSE;
  state = sodium_malloc (STATE_BYTES);
  done = state != NULL ? read_header (G_INPUT_STREAM (stored), key, state, error) : hw_vault_fail_errno (path, error);
  sodium_memzero (key, sizeof key);
  done = done && decrypt_stream (state, G_INPUT_STREAM (stored), plain, cancellable, error);
  sodium_free (state);
  return done;
}

GBytes *
hw_vault_read_attachment (HwVault *vault, const char *id, GError **error)
{
  g_autoptr (GOutputStream) plain = g_memory_output_stream_new_resizable ();

  if (!hw_vault_copy_attachment (vault, id, plain, NULL, error) || !g_output_stream_close (plain, NULL, error))
    return NULL;
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (plain));
}

/* What was being written when the power went is no attachment and has no id: it goes here. */
GPtrArray *
hw_vault_attachments (HwVault *vault, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folder = attachment_folder (vault);
  g_autoptr (GDir) directory = NULL;
  const char *name;

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    return g_steal_pointer (&ids);
  directory = g_dir_open (folder, 0, error);
  if (directory == NULL)
    return NULL;
  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (id_is_ours (name))
        g_ptr_array_add (ids, g_strdup (name));
      else if (g_str_has_suffix (name, ".part"))
        g_unlink (path);
    }
  return g_steal_pointer (&ids);
}

gboolean
hw_vault_remove_attachment (HwVault *vault, const char *id, GError **error)
{
  g_autofree char *path = id_is_ours (id) ? attachment_path (vault, id) : NULL;

  if (path == NULL)
    return fail (error, HW_VAULT_ERROR_MISSING, _ ("This attachment is not on this laptop. Nothing was changed."));
  return g_unlink (path) == 0 || errno == ENOENT || hw_vault_fail_errno (path, error);
}

/* ---- Sealed texts ---- nonce, ciphertext, tag; bound to the name */

static char *
sealed_path (HwVault *vault, const char *name)
{
  g_autofree char *file = g_strconcat (name, ".sealed", NULL);

  return g_build_filename (hw_vault_directory (vault), file, NULL);
}

gboolean
hw_vault_seal (HwVault *vault, const char *name, GBytes *plain, GError **error)
{
  g_autofree char *path = sealed_path (vault, name);
  gsize size;
  const guint8 *data = g_bytes_get_data (plain, &size);
  g_autofree guint8 *stored = g_malloc (HW_VAULT_NONCE + size + HW_VAULT_TAG);
  const HwVaultKeys *keys = hw_vault_hold_keys (vault);

  if (keys != NULL)
    {
      randombytes_buf (stored, HW_VAULT_NONCE);
      crypto_aead_xchacha20poly1305_ietf_encrypt (stored + HW_VAULT_NONCE, NULL, data, size, (const guint8 *) name,
                                                  strlen (name), NULL, stored, keys->sealed);
    }
  hw_vault_release_keys (vault);
  if (keys == NULL)
    return hw_vault_fail_locked (error);
  return hw_vault_write_file (path, stored, HW_VAULT_NONCE + size + HW_VAULT_TAG, error);
}

GBytes *
hw_vault_unseal (HwVault *vault, const char *name, GError **error)
{
  g_autofree char *path = sealed_path (vault, name);
  g_autofree char *stored = NULL;
  g_autofree guint8 *plain = NULL;
  const HwVaultKeys *keys;
  gsize size;
  int code = -1;

  if (!g_file_get_contents (path, &stored, &size, NULL))
    {
      fail (error, HW_VAULT_ERROR_MISSING, _ ("A part of this laptop’s data is missing. Nothing was changed. Sign in anew."));
      return NULL;
    }
  plain = g_malloc (size + 1);
  keys = hw_vault_hold_keys (vault);
  if (keys != NULL && size >= HW_VAULT_NONCE + HW_VAULT_TAG)
    code = crypto_aead_xchacha20poly1305_ietf_decrypt (plain, NULL, NULL, (guint8 *) stored + HW_VAULT_NONCE,
                                                       size - HW_VAULT_NONCE, (const guint8 *) name, strlen (name),
                                                       (guint8 *) stored, keys->sealed);
  hw_vault_release_keys (vault);
  if (code == 0)
    return g_bytes_new_take (g_steal_pointer (&plain), size - HW_VAULT_NONCE - HW_VAULT_TAG);
  if (keys == NULL)
    hw_vault_fail_locked (error);
  else
    fail (error, HW_VAULT_ERROR_DAMAGED, _ ("A part of this laptop’s data is damaged. Nothing was changed. Sign in anew."));
  return NULL;
}
