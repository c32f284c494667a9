/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Keys: the primitives are used as the specification says (answers worked out by another implementation), every
 * way in opens and nothing else does, no byte of the key file can be changed unnoticed, and after a lock the keys
 * are nowhere in the process's memory.
 */
#include "tests/vault/vault-fixture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- Known answers ---- */

static void
assert_hex (const guint8 *bytes, gsize size, const char *expected)
{
  g_autofree char *hex = g_malloc (2 * size + 1);

  sodium_bin2hex (hex, 2 * size + 1, bytes, size);
  g_assert_cmpstr (hex, ==, expected);
}

static void
count_up (guint8 *bytes, gsize size, guint8 from)
{
  for (gsize i = 0; i < size; i++)
    bytes[i] = (guint8) (from + i);
}

static void
test_answers_subkeys (void)
{
  HwVaultKeys keys = { 0 };

  count_up (keys.data, sizeof keys.data, 0);
  hw_keys_derive (&keys);
  assert_hex (keys.pages, 32, "3263309515674617b2813473fbef1dbf696434a61483481397fd566faff0acd9");
  assert_hex (keys.attachments, 32, "ba1a5e0b2b2965b851eb3ebe2c40e7bad32bae23a90d82f01aec66425d9f8741");
  assert_hex (keys.sealed, 32, "2d600cd20dfcfa6a86e70f320ef87847e48cc62edec3c291dd63226dc0223ec5");
  assert_hex (keys.key_file, 32, "2111478a3f8de6f91ff076e0a746d085529c5e4e4ecc73f275144a55d4760a2b");
  assert_hex (keys.checks, 16, "be8b520717dd1f9a4dfc34bd89e234f5");
  assert_hex (keys.headers[0], 16, "884371cf7c6ee9eb336edba25b29052f");
  assert_hex (keys.headers[1], 16, "6503d08e4850f1f011a2f130fcd8859c");
  assert_hex (keys.headers[2], 16, "60a28bdf921c607b1613aca9e2989bae");
  assert_hex (keys.headers[3], 16, "c491c802e5ca71b814a194716278a040");
}

static void
test_answers_header (void)
{
  HwVaultKeys keys = { 0 };
  guint8 header[HW_VAULT_FRAME_HEADER], plain[HW_VAULT_FRAME_HEADER], tag[HW_VAULT_NAME_TAG];

  count_up (keys.data, sizeof keys.data, 0);
  hw_keys_derive (&keys);
  count_up (plain, sizeof plain, 0x40);
  memcpy (header, plain, sizeof plain);
  hw_frame_header_seal (&keys, 32 + 4120 * 3, header);
  assert_hex (header, sizeof header, "5ea8bd6d2857d59248494a4b4c4d4e4f74e7d4b197e2284e");
  hw_frame_header_open (&keys, 32 + 4120 * 3, header);
  g_assert_cmpmem (header, sizeof header, plain, sizeof plain);
  hw_page_name_tag ("homeward.db", tag);
  assert_hex (tag, sizeof tag, "5159e4b2a20ebac77725a7f2fce99969");
}

/* The page as the specification writes it, put together by hand. */
static void
test_answers_page (void)
{
  static const guint8 binding[] = {
    'W',  0x51, 0x59, 0xe4, 0xb2, 0xa2, 0x0e, 0xba, 0xc7, 0x77, 0x25, 0xa7, 0xf2, 0xfc, 0xe9,
    0x99, 0x69, 0,    0,    1,    2,    0,    0,    0,    0,    0,    0,    0x10, 0x38,
  };
  HwVaultKeys keys = { 0 };
  guint8 plain[HW_VAULT_PAGE], stored[HW_VAULT_PAGE], opened[HW_VAULT_PAGE], tag[HW_VAULT_NAME_TAG];
  HwPagePlace place = { .kind = HW_PAGE_LOG, .name_tag = tag, .page = 258, .offset = 0x1038 };

  count_up (keys.data, sizeof keys.data, 0);
  hw_keys_derive (&keys);
  hw_page_name_tag ("homeward.db", tag);
  count_up (plain, sizeof plain, 9);
  memset (plain + 4056, 0, 40);
  count_up (stored + 4056, 24, 100);
  crypto_aead_xchacha20poly1305_ietf_encrypt_detached (stored, stored + 4080, NULL, plain, 4056, binding, sizeof binding,
                                                       NULL, stored + 4056, keys.pages);
  g_assert_true (hw_page_open (&keys, &place, stored, opened));
  g_assert_cmpmem (opened, sizeof opened, plain, sizeof plain);
  place.page++;
  g_assert_false (hw_page_open (&keys, &place, stored, opened));
  place.page--;
  place.offset++;
  g_assert_false (hw_page_open (&keys, &place, stored, opened));
  place.offset--;
  place.kind = HW_PAGE_JOURNAL;
  g_assert_false (hw_page_open (&keys, &place, stored, opened));
}

static void
test_answers_slots (void)
{
  HwKeySlot slot = { .used = TRUE, .passes = 2, .memory = HW_ARGON_MEMORY_MIN };
  guint8 secret[HW_RECOVERY_BYTES], again[HW_RECOVERY_BYTES], key[HW_VAULT_KEY], expected[HW_VAULT_KEY];
  g_autofree char *code = NULL;

  memset (slot.salt, 7, sizeof slot.salt);
  count_up (secret, sizeof secret, 0x10);
  code = hw_recovery_code_format (secret);
  g_assert_cmpstr (code, ==, "208H-44RM-2MB1-E60S-38DH-R78Y-3WX3");
  g_assert_true (hw_recovery_code_parse (code, again));
  g_assert_cmpmem (again, sizeof again, secret, sizeof secret);
  hw_keys_of_secret (secret, sizeof secret, &slot, key);
  assert_hex (key, sizeof key, "41ba4db41966b768f96233d2fc0898e0db2c38b931eec77b7981f1c41e6aa8c6");

  g_assert_true (hw_keys_of_passphrase ("word", &slot, key, NULL));
  g_assert_cmpint (crypto_pwhash_argon2id (expected, 32, "word", 4, slot.salt, 2, 64 << 20, 2), ==, 0);
  g_assert_cmpmem (key, sizeof key, expected, sizeof expected);
}

static void
test_cost_is_never_low (void)
{
  guint64 passes = 0, memory = 0;

  hw_keys_calibrate (&passes, &memory);
  g_assert_cmpuint (memory, >=, HW_ARGON_MEMORY_MIN);
  g_assert_cmpuint (passes, >=, 3);
}

/* ---- Ways in ---- */

static void
assert_opens (VaultFixture *fixture, const char *passphrase)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HwVault) vault = hw_vault_open (fixture->directory, passphrase, &error);

  g_assert_no_error (error);
  g_assert_nonnull (vault);
}

static void
assert_wrong (HwVault *vault, GError **error)
{
  g_assert_error (*error, HW_VAULT_ERROR, HW_VAULT_ERROR_PASSPHRASE);
  g_assert_null (vault);
  g_clear_error (error);
}

static void
test_wrong_passphrase (VaultFixture *fixture, gconstpointer data)
{
  static const char *const wrong[] = { "", "seven quiet rivers at dusk", "Seven quiet rivers at dawn", PASSPHRASE " " };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      GError *error = NULL;
      HwVault *vault = hw_vault_open (fixture->directory, wrong[i], &error);

      assert_wrong (vault, &error);
    }
  assert_opens (fixture, PASSPHRASE);
}

static void
test_one_vault_a_folder (VaultFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (hw_vault_create (fixture->directory, "another", &error));
  g_assert_error (error, HW_VAULT_ERROR, HW_VAULT_ERROR_EXISTS);
  assert_opens (fixture, PASSPHRASE);
}

static void
test_change_passphrase (VaultFixture *fixture, gconstpointer data)
{
  g_autofree char *path = vault_fixture_path (fixture, "homeward.db");
  sqlite3 *database = open_database (fixture->vault, path);
  g_autoptr (GBytes) before = NULL, after = NULL;
  g_autoptr (GError) error = NULL;
  GError *wrong = NULL;

  run (database, "CREATE TABLE t (x); INSERT INTO t VALUES ('kept')");
  sqlite3_close (database);
  before = file_bytes (path);
  hw_vault_change_passphrase (fixture->vault, "a longer road home", &error);
  g_assert_no_error (error);
  after = file_bytes (path);
  g_assert_true (g_bytes_equal (before, after));
  assert_opens (fixture, "a longer road home");
  assert_wrong (hw_vault_open (fixture->directory, PASSPHRASE, &wrong), &wrong);
}

static void
test_recovery_code (VaultFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  char *first = hw_vault_renew_recovery_code (fixture->vault, &error);
  g_autofree char *loose = g_ascii_strdown (first, -1);
  g_autofree char *slip = g_strdup (first);
  g_autoptr (HwVault) vault G_GNUC_UNUSED = hw_vault_open_with_recovery_code (fixture->directory, loose, &error);
  char *second;
  GError *wrong = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (strlen (first), ==, 34);
  slip[0] = slip[0] == 'A' ? 'B' : 'A';
  assert_wrong (hw_vault_open_with_recovery_code (fixture->directory, slip, &wrong), &wrong);
  second = hw_vault_renew_recovery_code (fixture->vault, &error);
  g_assert_no_error (error);
  assert_wrong (hw_vault_open_with_recovery_code (fixture->directory, first, &wrong), &wrong);
  hw_vault_forget_text (first);
  hw_vault_forget_text (second);
  assert_opens (fixture, PASSPHRASE);
}

static void
test_keyring_secret (VaultFixture *fixture, gconstpointer data)
{
  guint8 secret[HW_VAULT_SECRET_BYTES];
  g_autoptr (GError) error = NULL;
  g_autoptr (HwVault) vault = NULL;
  GError *wrong = NULL;

  hw_vault_draw_secret (secret);
  g_assert_false (hw_vault_has_secret (fixture->directory));
  assert_wrong (hw_vault_open_with_secret (fixture->directory, secret, &wrong), &wrong);
  g_assert_true (hw_vault_set_secret (fixture->vault, secret, &error));
  g_assert_true (hw_vault_has_secret (fixture->directory));
  vault = hw_vault_open_with_secret (fixture->directory, secret, &error);
  g_assert_no_error (error);
  assert_opens (fixture, PASSPHRASE);
  g_assert_true (hw_vault_set_secret (fixture->vault, NULL, &error));
  g_assert_false (hw_vault_has_secret (fixture->directory));
  assert_wrong (hw_vault_open_with_secret (fixture->directory, secret, &wrong), &wrong);
  assert_opens (fixture, PASSPHRASE);
}

/* ---- The key file ---- */

/* All bits of all bytes, and each length. */
static void
test_key_file_damage (VaultFixture *fixture, gconstpointer data)
{
  g_autofree char *path = hw_key_file_path (fixture->directory);
  g_autoptr (GBytes) good = file_bytes (path);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (good, &size);

  g_assert_cmpuint (size, ==, HW_KEY_FILE_BYTES);
  for (gsize i = 0; i < 2 * size; i++)
    {
      g_autofree guint8 *bad = g_memdup2 (bytes, size);
      g_autoptr (GError) error = NULL;

      if (i < size)
        bad[i] ^= (guint8) (1u << i % 8);
      file_put (path, bad, i < size ? size : i - size);
      g_assert_null (hw_vault_open (fixture->directory, PASSPHRASE, &error));
      g_assert_error (error, HW_VAULT_ERROR, HW_VAULT_ERROR_DAMAGED);
      g_assert_cmpuint (strlen (error->message), >, 40);
    }
  file_put (path, bytes, size);
  assert_opens (fixture, PASSPHRASE);
}

/* As somebody does who knows the format: the unkeyed checksum is made to fit. */
static void
test_key_file_forgery (VaultFixture *fixture, gconstpointer data)
{
  static const struct
  {
    gsize at;
    guint8 bits;
    HwVaultError expected;
  } changes[] = {
    { 15, 1, HW_VAULT_ERROR_NEWER },       /* format */
    { 16, 1, HW_VAULT_ERROR_PASSPHRASE },  /* the vault's id */
    { 39, 1, HW_VAULT_ERROR_DAMAGED },     /* counter */
    { 51, 1, HW_VAULT_ERROR_DAMAGED },     /* no pass at all */
    { 50, 1, HW_VAULT_ERROR_DAMAGED },     /* 257 passes */
    { 51, 0x40, HW_VAULT_ERROR_DAMAGED },  /* 65 passes */
    { 56, 0x24, HW_VAULT_ERROR_DAMAGED },  /* 512 MiB */
    { 55, 1, HW_VAULT_ERROR_DAMAGED },     /* more memory than there may be */
    { 59, 1, HW_VAULT_ERROR_PASSPHRASE },  /* a byte more of memory */
    { 60, 1, HW_VAULT_ERROR_PASSPHRASE },  /* salt */
    { 100, 1, HW_VAULT_ERROR_PASSPHRASE }, /* wrapped key */
    { 152, 1, HW_VAULT_ERROR_DAMAGED },    /* another slot is said to be used */
    { 380, 1, HW_VAULT_ERROR_DAMAGED },    /* the keyed checksum */
  };
  g_autofree char *path = hw_key_file_path (fixture->directory);
  g_autoptr (GBytes) good = file_bytes (path);

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree guint8 *bad = g_memdup2 (g_bytes_get_data (good, NULL), HW_KEY_FILE_BYTES);
      g_autoptr (GError) error = NULL;

      bad[changes[i].at] ^= changes[i].bits;
      crypto_generichash (bad + HW_KEY_FILE_BYTES - 16, 16, bad, HW_KEY_FILE_BYTES - 16, NULL, 0);
      file_put (path, bad, HW_KEY_FILE_BYTES);
      g_assert_null (hw_vault_open (fixture->directory, PASSPHRASE, &error));
      g_assert_error (error, HW_VAULT_ERROR, (int) changes[i].expected);
    }
}

/* Opened or not, memory stands for the file only when the file could be written. */
static void
test_key_file_unwritable (VaultFixture *fixture, gconstpointer data)
{
  g_autofree char *aside = g_strconcat (fixture->directory, "-aside", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_rename (fixture->directory, aside), ==, 0);
  g_assert_false (hw_vault_set_counter (fixture->vault, 9, &error));
  g_assert_error (error, HW_VAULT_ERROR, HW_VAULT_ERROR_FAILED);
  g_assert_cmpuint (hw_vault_counter (fixture->vault), ==, 0);
  g_assert_cmpint (g_rename (aside, fixture->directory), ==, 0);
  g_assert_true (hw_vault_set_counter (fixture->vault, 9, NULL));
  g_assert_cmpuint (hw_vault_counter (vault_fixture_reopen (fixture)), ==, 9);
}

/* ---- Memory ---- */

#define WORDS 40
#define NEEDLES 4

static guint
occurrences (pid_t child, const guint8 *needle, gsize size)
{
  g_autofree char *maps = g_strdup_printf ("/proc/%d/maps", (int) child);
  g_autofree char *path = g_strdup_printf ("/proc/%d/mem", (int) child);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  int memory = open (path, O_RDONLY);
  guint found = 0;

  g_assert_cmpint (memory, >=, 0);
  g_assert_true (g_file_get_contents (maps, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      unsigned long from = 0, to = 0;
      g_autofree guint8 *part = NULL;
      gssize got;

      if (sscanf (lines[i], "%lx-%lx", &from, &to) != 2 || strstr (lines[i], "[v") != NULL || to - from > 1ul << 30)
        continue;
      part = g_malloc (to - from);
      got = pread (memory, part, to - from, (off_t) from);
      for (const guint8 *at = part; got >= (gssize) size
                                    && (at = memmem (at, (gsize) (part + got - at), needle, size)) != NULL;
           at++)
        found++;
    }
  close (memory);
  return found;
}

/* The child's work: everything that uses keys. What it looks for goes to the parent straight from locked memory. */
static void
work_with_keys (const char *directory, char *passphrase, int to_parent)
{
  g_autofree char *path = g_build_filename (directory, "homeward.db", NULL);
  HwVault *vault = hw_vault_open (directory, passphrase, NULL);
  g_autoptr (GInputStream) plain = g_memory_input_stream_new_from_data ("a page of a passport", -1, NULL);
  g_autofree char *id = hw_vault_add_attachment (vault, plain, NULL, NULL);
  g_autoptr (GBytes) bytes G_GNUC_UNUSED = hw_vault_read_attachment (vault, id, NULL);
  sqlite3 *database = open_database (vault, path);
  const HwVaultKeys *keys;
  gssize told = 0;

  run (database, "PRAGMA journal_mode=WAL; CREATE TABLE t (x); INSERT INTO t VALUES (hex(randomblob(90000)))");
  run (database, "PRAGMA wal_checkpoint; PRAGMA journal_mode=DELETE; DELETE FROM t");
  hw_vault_change_passphrase (vault, passphrase, NULL);
  keys = hw_vault_hold_keys (vault);
  told += write (to_parent, keys->data, 32);
  told += write (to_parent, keys->pages, 32);
  told += write (to_parent, keys->attachments, 32);
  told += write (to_parent, keys->headers[0], 16);
  hw_vault_release_keys (vault);
  sqlite3_close (database);
  sodium_memzero (passphrase, WORDS);
  g_assert_cmpint (told, ==, 112);
  /* Twice the parent looks: before the lock and after it. */
  g_assert_cmpint (write (to_parent, "1", 1), ==, 1);
  raise (SIGSTOP);
  hw_vault_lock (vault);
  g_object_unref (vault);
  raise (SIGSTOP);
  _exit (0);
}

static void
test_memory_after_lock (VaultFixture *fixture, gconstpointer data)
{
  static const gsize sizes[NEEDLES] = { 32, 32, 32, 16 };
  guint8 needles[NEEDLES][32];
  char passphrase[WORDS] = { 0 }, copy[WORDS], ready;
  int channel[2], status;
  guint before = 0;
  pid_t child;

  for (guint i = 0; i < WORDS - 1; i++)
    passphrase[i] = (char) ('a' + randombytes_uniform (26));
  g_assert_true (hw_vault_change_passphrase (fixture->vault, passphrase, NULL));
  g_clear_object (&fixture->vault);
  g_assert_cmpint (pipe (channel), ==, 0);
  child = fork ();
  if (child == 0)
    work_with_keys (fixture->directory, passphrase, channel[1]);
  memcpy (copy, passphrase, sizeof copy);
  for (guint i = 0; i < NEEDLES; i++)
    g_assert_cmpint (read (channel[0], needles[i], sizes[i]), ==, sizes[i]);
  g_assert_cmpint (read (channel[0], &ready, 1), ==, 1);
  g_assert_cmpint (waitpid (child, &status, WUNTRACED), ==, child);
  g_assert_true (WIFSTOPPED (status));
  for (guint i = 0; i < NEEDLES; i++)
    before += occurrences (child, needles[i], sizes[i]);
  g_assert_cmpuint (before, ==, NEEDLES);

  kill (child, SIGCONT);
  g_assert_cmpint (waitpid (child, &status, WUNTRACED), ==, child);
  g_assert_true (WIFSTOPPED (status));
  for (guint i = 0; i < NEEDLES; i++)
    g_assert_cmpuint (occurrences (child, needles[i], sizes[i]), ==, 0);
  g_assert_cmpuint (occurrences (child, (const guint8 *) copy, WORDS - 1), ==, 0);
  kill (child, SIGCONT);
  waitpid (child, &status, 0);
  close (channel[0]);
  close (channel[1]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);

  g_test_add_func ("/vault/answers/subkeys", test_answers_subkeys);
  g_test_add_func ("/vault/answers/frame-header", test_answers_header);
  g_test_add_func ("/vault/answers/page", test_answers_page);
  g_test_add_func ("/vault/answers/slots", test_answers_slots);
  g_test_add_func ("/vault/cost/is-never-low", test_cost_is_never_low);
#define ADD(path, test) \
  g_test_add (path, VaultFixture, NULL, vault_fixture_set_up, test, vault_fixture_tear_down)
  ADD ("/vault/open/refuses-a-wrong-passphrase", test_wrong_passphrase);
  ADD ("/vault/open/one-vault-a-folder", test_one_vault_a_folder);
  ADD ("/vault/open/changed-passphrase-leaves-the-data", test_change_passphrase);
  ADD ("/vault/open/recovery-code", test_recovery_code);
  ADD ("/vault/open/keyring-is-never-the-only-way", test_keyring_secret);
  ADD ("/vault/key-file/every-byte-counts", test_key_file_damage);
  ADD ("/vault/key-file/forgery-is-noticed", test_key_file_forgery);
  ADD ("/vault/key-file/failed-writing-changes-nothing", test_key_file_unwritable);
  ADD ("/vault/lock/no-key-stays-in-memory", test_memory_after_lock);
  return g_test_run ();
}
