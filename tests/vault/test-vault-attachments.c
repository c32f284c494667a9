/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Attachments, sealed texts, wiping: what goes in comes out and is nowhere readable meanwhile; what was changed,
 * cut or exchanged is refused; what was wiped is gone, however often the wipe was interrupted.
 */
#include "tests/vault/vault-fixture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

static char *
add (HwVault *vault, const guint8 *data, gsize size)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (data, (gssize) size, NULL);
  g_autoptr (GError) error = NULL;
  char *id = hw_vault_add_attachment (vault, stream, NULL, &error);

  g_assert_no_error (error);
  return id;
}

static char *
path_of (VaultFixture *fixture, const char *id)
{
  return g_build_filename (fixture->directory, "attachments", id, NULL);
}

static void
test_round_trip (VaultFixture *fixture, gconstpointer data)
{
  static const gsize sizes[] = { 0, 1, 65535, 65536, 65537, 131072, 400000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree guint8 *plain = g_malloc (sizes[i] + 1);
      g_autofree char *id = NULL;
      g_autoptr (GBytes) back = NULL;
      g_autoptr (GError) error = NULL;

      randombytes_buf (plain, sizes[i]);
      id = add (fixture->vault, plain, sizes[i]);
      back = hw_vault_read_attachment (fixture->vault, id, &error);
      g_assert_no_error (error);
      g_assert_cmpmem (g_bytes_get_data (back, NULL), g_bytes_get_size (back), plain, sizes[i]);
      g_assert_true (hw_vault_remove_attachment (fixture->vault, id, &error));
      g_assert_null (hw_vault_read_attachment (fixture->vault, id, &error));
      g_assert_error (error, HW_VAULT_ERROR, HW_VAULT_ERROR_MISSING);
    }
}

static void
test_names_nothing (VaultFixture *fixture, gconstpointer data)
{
  static const char plain[] = "canary-passport of the canary-person";
  g_autofree char *id G_GNUC_UNUSED = add (fixture->vault, (const guint8 *) plain, strlen (plain));
  g_autoptr (GError) error = NULL;

  g_assert_false (tree_holds (fixture->directory, "canary", NULL));
  g_assert_null (hw_vault_read_attachment (fixture->vault, "../homeward.db", &error));
  g_assert_error (error, HW_VAULT_ERROR, HW_VAULT_ERROR_MISSING);
}

static void
assert_refused (VaultFixture *fixture, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = hw_vault_read_attachment (fixture->vault, id, &error);

  g_assert_null (bytes);
  g_assert_error (error, HW_VAULT_ERROR, HW_VAULT_ERROR_DAMAGED);
}

static void
test_every_byte (VaultFixture *fixture, gconstpointer data)
{
  g_autofree char *id = add (fixture->vault, (const guint8 *) "one small note", 14);
  g_autofree char *path = path_of (fixture, id);
  g_autoptr (GBytes) good = file_bytes (path);
  gsize size = g_bytes_get_size (good);

  for (gsize i = 0; i < size; i++)
    {
      g_autofree guint8 *bad = g_memdup2 (g_bytes_get_data (good, NULL), size);

      bad[i] ^= (guint8) (1u << i % 8);
      file_put (path, bad, size);
      assert_refused (fixture, id);
      file_put (path, g_bytes_get_data (good, NULL), i);
      assert_refused (fixture, id);
    }
}

/* Cut between two chunks, two chunks exchanged, another attachment under its name, something behind the end. */
static void
test_exchanged (VaultFixture *fixture, gconstpointer data)
{
  const gsize chunk = 65536 + 17, header = 24;
  g_autofree guint8 *plain = g_malloc0 (3 * 65536);
  g_autofree char *id = add (fixture->vault, plain, 3 * 65536), *other = add (fixture->vault, plain, 3 * 65536);
  g_autofree char *path = path_of (fixture, id), *other_path = path_of (fixture, other);
  g_autoptr (GBytes) good = file_bytes (path), others = file_bytes (other_path);
  gsize size = g_bytes_get_size (good);
  g_autofree guint8 *bad = g_malloc (size + 1);

  file_put (path, g_bytes_get_data (good, NULL), header + 2 * chunk);
  assert_refused (fixture, id);
  memcpy (bad, g_bytes_get_data (good, NULL), size);
  memcpy (bad + header, (const guint8 *) g_bytes_get_data (good, NULL) + header + chunk, chunk);
  memcpy (bad + header + chunk, (const guint8 *) g_bytes_get_data (good, NULL) + header, chunk);
  file_put (path, bad, size);
  assert_refused (fixture, id);
  file_put (path, g_bytes_get_data (others, NULL), size);
  assert_refused (fixture, id);
  memcpy (bad, g_bytes_get_data (good, NULL), size);
  bad[size] = 0;
  file_put (path, bad, size + 1);
  assert_refused (fixture, id);
}

static void
test_sealed (VaultFixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) plain = g_bytes_new_static ("canary name", 11);
  g_autofree char *path = vault_fixture_path (fixture, "account.sealed"), *other = vault_fixture_path (fixture, "b.sealed");
  g_autoptr (GBytes) back = NULL, good = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (hw_vault_seal (fixture->vault, "account", plain, &error));
  back = hw_vault_unseal (fixture->vault, "account", &error);
  g_assert_true (g_bytes_equal (back, plain));
  g_assert_false (tree_holds (fixture->directory, "canary", NULL));
  good = file_bytes (path);
  file_put (other, g_bytes_get_data (good, NULL), g_bytes_get_size (good));
  g_assert_null (hw_vault_unseal (fixture->vault, "b", &error));
  g_assert_error (error, HW_VAULT_ERROR, HW_VAULT_ERROR_DAMAGED);
  for (gsize i = 0; i < g_bytes_get_size (good); i++)
    {
      g_autofree guint8 *bad = g_memdup2 (g_bytes_get_data (good, NULL), g_bytes_get_size (good));

      bad[i] ^= 1;
      file_put (path, bad, g_bytes_get_size (good));
      g_assert_null (hw_vault_unseal (fixture->vault, "account", NULL));
      file_put (path, bad, i);
      g_assert_null (hw_vault_unseal (fixture->vault, "account", NULL));
    }
}

static void
test_locked (VaultFixture *fixture, gconstpointer data)
{
  g_autofree char *id = add (fixture->vault, (const guint8 *) "x", 1);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data ("y", 1, NULL);
  g_autoptr (GError) error = NULL;

  hw_vault_lock (fixture->vault);
  g_assert_true (hw_vault_is_locked (fixture->vault));
  g_assert_null (hw_vault_read_attachment (fixture->vault, id, &error));
  g_assert_error (error, HW_VAULT_ERROR, HW_VAULT_ERROR_LOCKED);
  g_assert_null (hw_vault_add_attachment (fixture->vault, stream, NULL, NULL));
  g_assert_null (hw_vault_unseal (fixture->vault, "account", NULL));
  g_assert_null (hw_vault_renew_recovery_code (fixture->vault, NULL));
  g_assert_false (hw_vault_change_passphrase (fixture->vault, "x", NULL));
}

/* ---- Wiping ---- */

static void
fill (VaultFixture *fixture)
{
  g_autofree char *path = vault_fixture_path (fixture, "homeward.db");
  g_autofree char *id G_GNUC_UNUSED = add (fixture->vault, (const guint8 *) "note", 4);
  sqlite3 *database = open_database (fixture->vault, path);

  run (database, "PRAGMA journal_mode=WAL; CREATE TABLE t (x); INSERT INTO t VALUES (1)");
  sqlite3_close (database);
}

static void
test_wipe (VaultFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fill (fixture);
  g_clear_object (&fixture->vault);
  g_assert_true (hw_vault_wipe (fixture->directory, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (fixture->directory, G_FILE_TEST_EXISTS));
  g_assert_true (hw_vault_wipe (fixture->directory, NULL));
}

/* Interrupted after the first step, and anywhere later: only the marker is sure to be there. */
static void
test_interrupted_wipe (VaultFixture *fixture, gconstpointer data)
{
  g_autofree char *key_file = hw_key_file_path (fixture->directory);
  g_autofree char *marker = vault_fixture_path (fixture, "vault.wiping");
  g_autoptr (GBytes) keys = file_bytes (key_file);

  fill (fixture);
  g_assert_true (hw_vault_finish_wipe (fixture->directory, NULL));
  g_assert_true (g_file_test (key_file, G_FILE_TEST_EXISTS));
  g_clear_object (&fixture->vault);
  g_assert_cmpint (g_rename (key_file, marker), ==, 0);
  g_assert_null (hw_vault_open (fixture->directory, PASSPHRASE, NULL));
  g_assert_true (hw_vault_finish_wipe (fixture->directory, NULL));
  g_assert_false (g_file_test (fixture->directory, G_FILE_TEST_EXISTS));

  g_mkdir (fixture->directory, 0700);
  file_put (marker, g_bytes_get_data (keys, NULL), g_bytes_get_size (keys));
  g_assert_true (hw_vault_finish_wipe (fixture->directory, NULL));
  g_assert_false (g_file_test (fixture->directory, G_FILE_TEST_EXISTS));
}

/* The keys are destroyed before anything else goes, even where the rest cannot. */
static void
test_keys_go_first (VaultFixture *fixture, gconstpointer data)
{
  g_autofree char *key_file = hw_key_file_path (fixture->directory);
  g_autofree char *marker G_GNUC_UNUSED = vault_fixture_path (fixture, "vault.wiping");
  g_autofree char *link = g_strconcat (fixture->directory, "-link", NULL);
  g_autoptr (GBytes) before = file_bytes (key_file), after = NULL;
  g_autoptr (GError) error = NULL;

  fill (fixture);
  g_clear_object (&fixture->vault);
  g_assert_cmpint (linkat (AT_FDCWD, key_file, AT_FDCWD, link, 0), ==, 0);
  g_assert_true (hw_vault_wipe (fixture->directory, &error));
  after = file_bytes (link);
  g_assert_cmpuint (g_bytes_get_size (after), ==, g_bytes_get_size (before));
  for (gsize i = 0; i + 16 <= g_bytes_get_size (after); i += 16)
    g_assert_cmpint (memcmp ((const guint8 *) g_bytes_get_data (after, NULL) + i,
                             (const guint8 *) g_bytes_get_data (before, NULL) + i, 16),
                     !=, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, test) \
  g_test_add (path, VaultFixture, NULL, vault_fixture_set_up, test, vault_fixture_tear_down)
  ADD ("/vault/attachment/comes-back-whole", test_round_trip);
  ADD ("/vault/attachment/names-nothing", test_names_nothing);
  ADD ("/vault/attachment/every-byte-counts", test_every_byte);
  ADD ("/vault/attachment/exchanged-parts-are-refused", test_exchanged);
  ADD ("/vault/sealed/every-byte-counts", test_sealed);
  ADD ("/vault/lock/nothing-works-afterwards", test_locked);
  ADD ("/vault/wipe/nothing-is-left", test_wipe);
  ADD ("/vault/wipe/goes-on-after-an-interruption", test_interrupted_wipe);
  ADD ("/vault/wipe/keys-go-first", test_keys_go_first);
  return g_test_run ();
}
