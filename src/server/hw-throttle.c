/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Keys are hashed with a secret of this process, so that nobody can aim at somebody else's place in
 * the table. Each key has two places it may stand in; the less troublesome of the two gives way.
 */
#define G_LOG_DOMAIN "homeward-server"

#include "server/hw-throttle.h"

#include <sodium.h>
#include <string.h>

#define N_PLACES 4096
#define FORGET_US (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

typedef struct
{
  guint64 key;
  guint failures;
  gint64 last_us;
  gint64 until_us;
  gboolean noted; /* somebody was told to wait until then, and it is on record */
} Place;

struct _HwThrottle
{
  guint8 secret[crypto_shorthash_KEYBYTES];
  guint free_tries;
  guint max_wait_s;
  Place places[N_PLACES];
};

HwThrottle *
hw_throttle_new (guint free_tries, guint max_wait_s)
{
  HwThrottle *throttle = g_new0 (HwThrottle, 1);

  crypto_shorthash_keygen (throttle->secret);
  throttle->free_tries = free_tries;
  throttle->max_wait_s = max_wait_s;
  return throttle;
}

void
hw_throttle_free (HwThrottle *throttle)
{
  g_free (throttle);
}

static guint64
hash_key (HwThrottle *throttle, const char *key)
{
  guint64 hash;

  G_STATIC_ASSERT (crypto_shorthash_BYTES == sizeof hash);
  crypto_shorthash ((guint8 *) &hash, (const guint8 *) key, strlen (key), throttle->secret);
  return hash;
}

/* The key's own place, or NULL and in *vacant the one it may take. */
static Place *
find_place (HwThrottle *throttle, guint64 key, gint64 now_us, Place **vacant)
{
  Place *first = &throttle->places[key % N_PLACES];
  Place *second = &throttle->places[(key >> 32) % N_PLACES];

  for (guint i = 0; i < 2; i++)
    {
      Place *place = i == 0 ? first : second;

      if (place->failures > 0 && place->last_us + FORGET_US < now_us)
        memset (place, 0, sizeof *place);
      if (place->failures > 0 && place->key == key)
        return place;
    }
  *vacant = first->failures <= second->failures ? first : second;
  return NULL;
}

guint
hw_throttle_wait (HwThrottle *throttle, const char *key, gint64 now_us)
{
  Place *vacant;
  Place *place = find_place (throttle, hash_key (throttle, key), now_us, &vacant);

  if (place == NULL || place->until_us <= now_us)
    return 0;
  return (guint) ((place->until_us - now_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
}

gboolean
hw_throttle_note (HwThrottle *throttle, const char *key, gint64 now_us)
{
  Place *vacant;
  Place *place = find_place (throttle, hash_key (throttle, key), now_us, &vacant);

  if (place == NULL || place->until_us <= now_us || place->noted)
    return FALSE;
  place->noted = TRUE;
  return TRUE;
}

void
hw_throttle_failed (HwThrottle *throttle, const char *key, gint64 now_us)
{
  guint64 hash = hash_key (throttle, key);
  Place *vacant = NULL;
  Place *place = find_place (throttle, hash, now_us, &vacant);
  guint over, wait_s;

  if (place == NULL)
    {
      place = vacant;
      memset (place, 0, sizeof *place);
      place->key = hash;
    }
  place->failures++;
  place->last_us = now_us;
  if (place->failures < throttle->free_tries)
    return;
  over = MIN (place->failures - throttle->free_tries, 16);
  wait_s = MIN (1u << over, throttle->max_wait_s);
  place->until_us = now_us + (gint64) wait_s * G_USEC_PER_SEC;
  place->noted = FALSE;
}

void
hw_throttle_undo (HwThrottle *throttle, const char *key, gint64 now_us)
{
  Place *vacant;
  Place *place = find_place (throttle, hash_key (throttle, key), now_us, &vacant);

  if (place == NULL)
    return;
  place->failures--;
  if (place->failures < throttle->free_tries)
    place->until_us = 0;
}

void
hw_throttle_succeeded (HwThrottle *throttle, const char *key, gint64 now_us)
{
  Place *vacant;
  Place *place = find_place (throttle, hash_key (throttle, key), now_us, &vacant);

  if (place != NULL)
    memset (place, 0, sizeof *place);
}
