/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Keys from what a person knows, and keys from the data key. Argon2id for passphrases, because they can be
 * guessed; plain BLAKE2b for the recovery code and the keyring's secret, which are random and cannot.
 */
#define G_LOG_DOMAIN "homeward-vault"

#include "vault/hw-vault-private.h"

#include <glib/gi18n-lib.h>
#include <time.h>

#define WANTED_US 300000
#define PASSES_MIN 3
#define MEMORY_WANTED_MAX (G_GUINT64_CONSTANT (256) << 20)
#define STACK_BYTES 4096
/* Without letters that are taken for digits. */
#define ALPHABET "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
#define CODE_CHARACTERS 26
#define CHECK_CHARACTERS 2
#define GROUP 4

/* This thread's own time: what else the machine does now does not make the passphrase cheaper for ever. */
static gint64
worked_us (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

/* How long one pass over the least memory takes here, in µs. */
static gint64
measure_pass (void)
{
  guint8 key[HW_VAULT_KEY];
  guint8 salt[HW_SLOT_SALT] = { 0 };
  gint64 began = worked_us ();

  if (crypto_pwhash (key, sizeof key, "measure", 7, salt, 1, HW_ARGON_MEMORY_MIN, crypto_pwhash_ALG_ARGON2ID13) != 0)
    return WANTED_US;
  return MAX (worked_us () - began, 1);
}

void
hw_keys_calibrate (guint64 *passes, guint64 *memory)
{
  gint64 measured = WANTED_US / measure_pass (); /* once: CLAMP would measure anew and not clamp that */
  guint64 units = CLAMP (measured, PASSES_MIN, 64);

  *memory = HW_ARGON_MEMORY_MIN;
  while (units >= 2 * PASSES_MIN && *memory < MEMORY_WANTED_MAX)
    {
      *memory *= 2;
      units /= 2;
    }
  *passes = units;
}

static void
derive_one (const HwVaultKeys *keys, const char *context, guint8 *key, gsize size)
{
  crypto_generichash (key, size, (const guint8 *) context, strlen (context), keys->data, HW_VAULT_KEY);
}

void
hw_keys_derive (HwVaultKeys *keys)
{
  char header[] = "homeward vault 1 headers 0";

  derive_one (keys, "homeward vault 1 pages", keys->pages, HW_VAULT_KEY);
  derive_one (keys, "homeward vault 1 attachments", keys->attachments, HW_VAULT_KEY);
  derive_one (keys, "homeward vault 1 sealed", keys->sealed, HW_VAULT_KEY);
  derive_one (keys, "homeward vault 1 key file", keys->key_file, HW_VAULT_KEY);
  derive_one (keys, "homeward vault 1 journal checks", keys->checks, sizeof keys->checks);
  for (guint i = 0; i < HW_VAULT_ROUNDS; i++)
    {
      header[sizeof header - 2] = (char) ('0' + i);
      derive_one (keys, header, keys->headers[i], sizeof keys->headers[i]);
    }
  sodium_stackzero (STACK_BYTES);
}

gboolean
hw_keys_of_passphrase (const char *passphrase, const HwKeySlot *slot, guint8 key[HW_VAULT_KEY], GError **error)
{
  int code = crypto_pwhash (key, HW_VAULT_KEY, passphrase, strlen (passphrase), slot->salt, slot->passes,
                            (size_t) slot->memory, crypto_pwhash_ALG_ARGON2ID13);

  sodium_stackzero (STACK_BYTES);
  if (code == 0)
    return TRUE;
  g_set_error (error, HW_VAULT_ERROR, HW_VAULT_ERROR_FAILED,
               _ ("Not enough memory to check the passphrase: %u MiB are needed. Nothing was changed. Close other "
                  "programs and try again."),
               (guint) (slot->memory >> 20));
  return FALSE;
}

void
hw_keys_of_secret (const guint8 *secret, gsize size, const HwKeySlot *slot, guint8 key[HW_VAULT_KEY])
{
  crypto_generichash (key, HW_VAULT_KEY, slot->salt, HW_SLOT_SALT, secret, size);
  sodium_stackzero (STACK_BYTES);
}

void
hw_keys_wrap (HwKeyFile *file, HwSlotKind kind, const guint8 key[HW_VAULT_KEY], const guint8 data[HW_VAULT_KEY])
{
  HwKeySlot *slot = &file->slots[kind];
  guint8 binding[HW_SLOT_BINDING];

  hw_key_slot_binding (file, kind, binding);
  randombytes_buf (slot->nonce, HW_VAULT_NONCE);
  crypto_aead_xchacha20poly1305_ietf_encrypt (slot->wrapped, NULL, data, HW_VAULT_KEY, binding, sizeof binding, NULL,
                                              slot->nonce, key);
}

gboolean
hw_keys_unwrap (const HwKeyFile *file, HwSlotKind kind, const guint8 key[HW_VAULT_KEY], guint8 data[HW_VAULT_KEY])
{
  const HwKeySlot *slot = &file->slots[kind];
  guint8 binding[HW_SLOT_BINDING];

  hw_key_slot_binding (file, kind, binding);
  return crypto_aead_xchacha20poly1305_ietf_decrypt (data, NULL, NULL, slot->wrapped, sizeof slot->wrapped, binding,
                                                     sizeof binding, slot->nonce, key) == 0;
}

/* ---- The recovery code ---- */

static guint
value_of_bits (const guint8 *bytes, gsize size, guint from)
{
  guint value = 0;

  for (guint bit = from; bit < from + 5; bit++)
    value = value << 1 | (bit / 8 < size ? bytes[bit / 8] >> (7 - bit % 8) & 1u : 0u);
  return value;
}

/* 26 characters of the secret, two that tell a slip of the pen. */
static void
code_characters (const guint8 secret[HW_RECOVERY_BYTES], char characters[CODE_CHARACTERS + CHECK_CHARACTERS])
{
  guint8 check[crypto_generichash_BYTES_MIN];

  crypto_generichash (check, sizeof check, secret, HW_RECOVERY_BYTES, NULL, 0);
  for (guint i = 0; i < CODE_CHARACTERS; i++)
    characters[i] = ALPHABET[value_of_bits (secret, HW_RECOVERY_BYTES, i * 5)];
  for (guint i = 0; i < CHECK_CHARACTERS; i++)
    characters[CODE_CHARACTERS + i] = ALPHABET[value_of_bits (check, sizeof check, i * 5)];
  sodium_memzero (check, sizeof check);
}

char *
hw_recovery_code_format (const guint8 secret[HW_RECOVERY_BYTES])
{
  char characters[CODE_CHARACTERS + CHECK_CHARACTERS];
  guint groups = sizeof characters / GROUP;
  char *code = g_malloc0 (sizeof characters + groups);
  char *at = code;

  code_characters (secret, characters);
  for (guint i = 0; i < sizeof characters; i++)
    {
      if (i > 0 && i % GROUP == 0)
        *at++ = '-';
      *at++ = characters[i];
    }
  sodium_memzero (characters, sizeof characters);
  return code;
}

static int
value_of_character (char character)
{
  const char *found;

  character = g_ascii_toupper (character);
  if (character == 'O')
    character = '0';
  if (character == 'I' || character == 'L')
    character = '1';
  found = character != '\0' ? strchr (ALPHABET, character) : NULL;
  return found != NULL ? (int) (found - ALPHABET) : -1;
}

/* As a person copies it from paper: any case, any spacing. */
gboolean
hw_recovery_code_parse (const char *code, guint8 secret[HW_RECOVERY_BYTES])
{
  char typed[CODE_CHARACTERS + CHECK_CHARACTERS], expected[CODE_CHARACTERS + CHECK_CHARACTERS];
  guint n = 0;
  gboolean same;

  memset (secret, 0, HW_RECOVERY_BYTES);
  for (; *code != '\0'; code++)
    {
      int value = value_of_character (*code);

      if (*code == '-' || g_ascii_isspace (*code))
        continue;
      if (value < 0 || n == sizeof typed)
        return FALSE;
      for (guint bit = 0; bit < 5 && n * 5 + bit < HW_RECOVERY_BYTES * 8; bit++)
        if ((value >> (4 - bit) & 1) != 0)
          secret[(n * 5 + bit) / 8] |= (guint8) (0x80 >> (n * 5 + bit) % 8);
      typed[n++] = ALPHABET[value];
    }
  if (n != sizeof typed)
    return FALSE;
  code_characters (secret, expected);
  same = sodium_memcmp (typed, expected, sizeof typed) == 0;
  sodium_memzero (typed, sizeof typed);
  sodium_memzero (expected, sizeof expected);
  return same;
}
