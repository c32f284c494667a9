/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * UUIDs by RFC 9562. Version 7 sorts by time and never goes backwards within a process, even if the
 * clock does; version 4 tells nothing; version 5 gives one name one id on every machine. Randomness
 * is the kernel's, since some of these ids are all that hides a record.
 */
#include "base/hw-uuid.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

#define UUID_BYTES 16
#define COUNTER_BITS 12

static void
fill_random (guint8 *bytes, gsize length)
{
  while (length > 0)
    {
      gssize got = getrandom (bytes, length, 0);

      if (got < 0 && errno == EINTR)
        continue;
      if (got <= 0)
        g_error ("The system gives no random numbers: %s", g_strerror (errno));
      bytes += got;
      length -= (gsize)got;
    }
}

static char *
format_uuid (guint8 *b, guint8 version)
{
  b[6] = (guint8)((b[6] & 0x0f) | (version << 4));
  b[8] = (guint8)((b[8] & 0x3f) | 0x80);
  return g_strdup_printf ("%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
                          b[0],
                          b[1],
                          b[2],
                          b[3],
                          b[4],
                          b[5],
                          b[6],
                          b[7],
                          b[8],
                          b[9],
                          b[10],
                          b[11],
                          b[12],
                          b[13],
                          b[14],
                          b[15]);
}

/* Milliseconds and a 12-bit counter as one number that only grows; a millisecond whose counter is
 * used up borrows from the next. A new millisecond starts its counter low and at random. */
static guint64
next_tick (guint64 now_ms, guint random_start)
{
  static GMutex lock;
  static guint64 last; /* guarded by lock */
  guint64 tick = (now_ms << COUNTER_BITS) | (random_start & 0x7ff);

  g_mutex_lock (&lock);
  if (tick >> COUNTER_BITS <= last >> COUNTER_BITS)
    tick = last + 1;
  last = tick;
  g_mutex_unlock (&lock);
  return tick;
}

char *
hw_uuid_v7 (gint64 now_us)
{
  guint8 bytes[UUID_BYTES];
  guint64 tick, ms;

  fill_random (bytes, sizeof bytes);
  tick = next_tick ((guint64)MAX (0, now_us) / 1000, (guint)bytes[6] << 8 | bytes[7]);
  ms = tick >> COUNTER_BITS;
  for (guint i = 0; i < 6; i++)
    bytes[i] = (guint8)(ms >> (40 - 8 * i));
  bytes[6] = (guint8)(tick >> 8 & 0x0f);
  bytes[7] = (guint8)tick;
  return format_uuid (bytes, 7);
}

char *
hw_uuid_v4 (void)
{
  guint8 bytes[UUID_BYTES];

  fill_random (bytes, sizeof bytes);
  return format_uuid (bytes, 4);
}

static void
parse_uuid (const char *text, guint8 *bytes)
{
  for (guint i = 0; i < UUID_BYTES; i++, text += 2)
    {
      if (*text == '-')
        text++;
      bytes[i] = (guint8)(g_ascii_xdigit_value (text[0]) << 4 | g_ascii_xdigit_value (text[1]));
    }
}

char *
hw_uuid_v5 (const char *namespace_uuid, const char *name)
{
  g_autoptr (GChecksum) sum = NULL;
  guint8 space[UUID_BYTES];
  guint8 digest[20];
  gsize length = sizeof digest;

  g_return_val_if_fail (name != NULL, NULL);

  if (!hw_uuid_valid (namespace_uuid))
    return NULL;
  parse_uuid (namespace_uuid, space);
  sum = g_checksum_new (G_CHECKSUM_SHA1);
  g_checksum_update (sum, space, sizeof space);
  g_checksum_update (sum, (const guchar *)name, (gssize)strlen (name));
  g_checksum_get_digest (sum, digest, &length);
  return format_uuid (digest, 5);
}

gboolean
hw_uuid_valid (const char *text)
{
  static const char shape[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

  if (!text)
    return FALSE;
  for (guint i = 0; shape[i]; i++)
    {
      gboolean fits = shape[i] == '-'
                        ? text[i] == '-'
                        : g_ascii_isdigit (text[i]) || (text[i] >= 'a' && text[i] <= 'f');

      if (!fits)
        return FALSE;
    }
  return text[sizeof shape - 1] == '\0';
}
