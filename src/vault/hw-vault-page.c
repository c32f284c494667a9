/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One page, one frame header. A page is encrypted and authenticated under a nonce of its own, drawn anew for
 * each writing, and bound to its file's name, its kind, its number and, in a log or a journal, its place:
 * a page put anywhere else does not open.
 */
#define G_LOG_DOMAIN "homeward-vault"

#include "vault/hw-vault-private.h"

#define BINDING (1 + HW_VAULT_NAME_TAG + 4 + 8)
#define CIPHERTEXT (HW_VAULT_PAGE - HW_VAULT_RESERVED)

static void
put_32 (guint8 *at, guint32 value)
{
  guint32 big = GUINT32_TO_BE (value);

  memcpy (at, &big, sizeof big);
}

static void
put_64 (guint8 *at, gint64 value)
{
  gint64 big = GINT64_TO_BE (value);

  memcpy (at, &big, sizeof big);
}

void
hw_page_name_tag (const char *base_name, guint8 tag[HW_VAULT_NAME_TAG])
{
  crypto_generichash (tag, HW_VAULT_NAME_TAG, (const guint8 *) base_name, strlen (base_name), NULL, 0);
}

static void
bind (const HwPagePlace *place, guint8 binding[BINDING])
{
  binding[0] = (guint8) place->kind;
  memcpy (binding + 1, place->name_tag, HW_VAULT_NAME_TAG);
  put_32 (binding + 1 + HW_VAULT_NAME_TAG, place->page);
  put_64 (binding + 1 + HW_VAULT_NAME_TAG + 4, place->offset);
}

void
hw_page_seal (const HwVaultKeys *keys, const HwPagePlace *place, const guint8 *plain, guint8 *stored)
{
  guint8 binding[BINDING];
  guint8 *nonce = stored + CIPHERTEXT;

  bind (place, binding);
  randombytes_buf (nonce, HW_VAULT_NONCE);
  crypto_aead_xchacha20poly1305_ietf_encrypt_detached (stored, nonce + HW_VAULT_NONCE, NULL, plain, CIPHERTEXT, binding,
                                                       sizeof binding, NULL, nonce, keys->pages);
}

gboolean
hw_page_open (const HwVaultKeys *keys, const HwPagePlace *place, const guint8 *stored, guint8 *plain)
{
  guint8 binding[BINDING];
  const guint8 *nonce = stored + CIPHERTEXT;

  bind (place, binding);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt_detached (plain, NULL, stored, CIPHERTEXT, nonce + HW_VAULT_NONCE,
                                                           binding, sizeof binding, nonce, keys->pages) != 0)
    return FALSE;
  memset (plain + CIPHERTEXT, 0, HW_VAULT_RESERVED);
  return TRUE;
}

/* A Feistel network over the 16 bytes that tell something: bytes 0–7 (page number, size) and 16–23 (checksum of
 * the plain page). The salts between them and the offset turn it into another permutation for each frame. */
static void
permute (const HwVaultKeys *keys, gint64 offset, guint8 *header, gboolean open)
{
  guint8 input[8 + 8 + 8 + 1], output[crypto_shorthash_BYTES];

  memcpy (input, header + 8, 8);
  put_64 (input + 8, offset);
  for (guint i = 0; i < HW_VAULT_ROUNDS; i++)
    {
      guint round = open ? HW_VAULT_ROUNDS - 1 - i : i;
      guint8 *from = round % 2 != 0 ? header : header + 16;
      guint8 *to = round % 2 != 0 ? header + 16 : header;

      memcpy (input + 16, from, 8);
      input[24] = (guint8) round;
      crypto_shorthash (output, input, sizeof input, keys->headers[round]);
      for (guint j = 0; j < 8; j++)
        to[j] ^= output[j];
    }
}

void
hw_frame_header_seal (const HwVaultKeys *keys, gint64 offset, guint8 header[HW_VAULT_FRAME_HEADER])
{
  permute (keys, offset, header, FALSE);
}

void
hw_frame_header_open (const HwVaultKeys *keys, gint64 offset, guint8 header[HW_VAULT_FRAME_HEADER])
{
  permute (keys, offset, header, TRUE);
}

/* A journal follows each page with a sum of some of its plain bytes: masked by what is drawn anew with the page. */
void
hw_journal_check_mask (const HwVaultKeys *keys, const guint8 *stored_page, gint64 offset, guint8 mask[4])
{
  guint8 input[HW_VAULT_NONCE + 8], output[crypto_shorthash_BYTES];

  memcpy (input, stored_page + CIPHERTEXT, HW_VAULT_NONCE);
  put_64 (input + HW_VAULT_NONCE, offset);
  crypto_shorthash (output, input, sizeof input, keys->checks);
  memcpy (mask, output, 4);
}
