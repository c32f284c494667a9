/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The moments of the last uses are kept for each key, so that nobody gets twice the number by standing
 * at the edge of a window. There are as many keys as there are accounts.
 */
#define G_LOG_DOMAIN "homeward-server"

#include "server/hw-rate.h"

struct _HwRate
{
  guint times;
  gint64 within_us;
  GMutex mutex;
  GHashTable *uses; /* (owned) key → GArray of gint64, under mutex */
};

HwRate *
hw_rate_new (guint times, guint within_s)
{
  HwRate *rate = g_new0 (HwRate, 1);

  g_mutex_init (&rate->mutex);
  rate->times = times;
  rate->within_us = (gint64)within_s * G_USEC_PER_SEC;
  rate->uses
    = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
  return rate;
}

void
hw_rate_free (HwRate *rate)
{
  g_hash_table_unref (rate->uses);
  g_mutex_clear (&rate->mutex);
  g_free (rate);
}

static GArray *
uses_of (HwRate *rate, const char *key)
{
  GArray *uses = g_hash_table_lookup (rate->uses, key);

  if (uses == NULL)
    {
      uses = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_hash_table_insert (rate->uses, g_strdup (key), uses);
    }
  return uses;
}

guint
hw_rate_take (HwRate *rate, const char *key, gint64 now_us)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&rate->mutex);
  GArray *uses = uses_of (rate, key);
  gint64 left;

  while (uses->len > 0 && g_array_index (uses, gint64, 0) + rate->within_us <= now_us)
    g_array_remove_index (uses, 0);
  if (uses->len < rate->times)
    {
      g_array_append_val (uses, now_us);
      return 0;
    }
  left = g_array_index (uses, gint64, 0) + rate->within_us - now_us;
  return (guint)MAX ((left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC, 1);
}
