/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Cursors are a fixed block of bytes under libsodium's secretbox. Binding is by a keyed hash of
 * epoch, person and device inside the block, so that a cursor carried to another account opens to
 * nothing.
 */
#define G_LOG_DOMAIN "homeward-server"

#include "server/hw-cursor.h"

#include <sodium.h>
#include <string.h>

#define SETTING_KEY "server-cursor-key"
#define BINDING_BYTES 16
#define TEXT_MAX 256

G_STATIC_ASSERT (sizeof (((HwCursorKey *) NULL)->bytes) == crypto_secretbox_KEYBYTES);

typedef struct
{
  guint8 epoch[BINDING_BYTES];
  guint8 holder[BINDING_BYTES];
  guint64 seq;
  guint64 upper;
  char record[40];
} Block;

#define SEALED_BYTES (crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + sizeof (Block))

gboolean
hw_cursor_key_load (HwCursorKey *key, HwStore *store, GError **error)
{
  g_autofree char *hex = hw_store_get_setting (store, SETTING_KEY);
  char fresh[2 * sizeof key->bytes + 1];
  gsize size = 0;

  if (hex != NULL
      && sodium_hex2bin (key->bytes, sizeof key->bytes, hex, strlen (hex), NULL, &size, NULL) == 0
      && size == sizeof key->bytes)
    return TRUE;
  crypto_secretbox_keygen (key->bytes);
  sodium_bin2hex (fresh, sizeof fresh, key->bytes, sizeof key->bytes);
  return hw_store_set_setting (store, SETTING_KEY, fresh, error);
}

static void
hash_text (const HwCursorKey *key, guint8 *out, const char *const *texts, guint n_texts)
{
  crypto_generichash_state state;

  crypto_generichash_init (&state, key->bytes, sizeof key->bytes, BINDING_BYTES);
  for (guint i = 0; i < n_texts; i++)
    {
      const char *text = texts[i] != NULL ? texts[i] : "";

      crypto_generichash_update (&state, (const guint8 *) text, strlen (text) + 1);
    }
  crypto_generichash_final (&state, out, BINDING_BYTES);
}

static void
bind_block (
  const HwCursorKey *key, Block *block, HwCursorUse use, HwStore *store, const HwActor *actor)
{
  const char *epoch[] = { hw_store_epoch (store) };
  const char use_text[] = { (char) ('a' + (int) use), '\0' };
  const char *holder[] = { use_text, actor->user, actor->device };

  hash_text (key, block->epoch, epoch, G_N_ELEMENTS (epoch));
  hash_text (key, block->holder, holder, G_N_ELEMENTS (holder));
}

char *
hw_cursor_seal (const HwCursorKey *key,
                const HwCursor *cursor,
                HwCursorUse use,
                HwStore *store,
                const HwActor *actor)
{
  Block block = { .seq = cursor->position.seq, .upper = cursor->upper };
  guint8 sealed[SEALED_BYTES];
  char text[TEXT_MAX];

  bind_block (key, &block, use, store, actor);
  g_strlcpy (block.record, cursor->position.record, sizeof block.record);
  randombytes_buf (sealed, crypto_secretbox_NONCEBYTES);
  crypto_secretbox_easy (sealed + crypto_secretbox_NONCEBYTES,
                         (const guint8 *) &block,
                         sizeof block,
                         sealed,
                         key->bytes);
  sodium_bin2base64 (
    text, sizeof text, sealed, sizeof sealed, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return g_strdup (text);
}

HwCursorCheck
hw_cursor_open (const HwCursorKey *key,
                const char *text,
                HwCursorUse use,
                HwStore *store,
                const HwActor *actor,
                HwCursor *cursor)
{
  guint8 sealed[SEALED_BYTES];
  Block block, expected = { 0 };
  gsize size = 0;

  if (sodium_base642bin (sealed,
                         sizeof sealed,
                         text,
                         strlen (text),
                         NULL,
                         &size,
                         NULL,
                         sodium_base64_VARIANT_URLSAFE_NO_PADDING)
        != 0
      || size != sizeof sealed
      || crypto_secretbox_open_easy ((guint8 *) &block,
                                     sealed + crypto_secretbox_NONCEBYTES,
                                     sizeof sealed - crypto_secretbox_NONCEBYTES,
                                     sealed,
                                     key->bytes)
           != 0)
    return HW_CURSOR_FOREIGN;
  bind_block (key, &expected, use, store, actor);
  if (sodium_memcmp (block.holder, expected.holder, sizeof block.holder) != 0)
    return HW_CURSOR_FOREIGN;
  if (sodium_memcmp (block.epoch, expected.epoch, sizeof block.epoch) != 0)
    return HW_CURSOR_OLD_EPOCH;
  cursor->position.seq = block.seq;
  cursor->upper = block.upper;
  block.record[sizeof block.record - 1] = '\0';
  g_strlcpy (cursor->position.record, block.record, sizeof cursor->position.record);
  return HW_CURSOR_GOOD;
}

char *
hw_cursor_tag (const HwCursorKey *key, HwStore *store, const HwActor *actor, guint64 head)
{
  char head_text[24];
  const char *texts[] = { "tag", hw_store_epoch (store), actor->user, head_text };
  guint8 hash[BINDING_BYTES];
  char hex[2 * BINDING_BYTES + 1];

  g_snprintf (head_text, sizeof head_text, "%" G_GUINT64_FORMAT, head);
  hash_text (key, hash, texts, G_N_ELEMENTS (texts));
  sodium_bin2hex (hex, sizeof hex, hash, sizeof hash);
  return g_strdup_printf ("\"%s\"", hex);
}
