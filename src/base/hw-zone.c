/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Time zones by IANA name, each read from disk once per process. A name from outside never reaches
 * the file system unless it looks like a name: no dots, so no path leads out of the zone folder,
 * and none of the POSIX rules ("XYZ5") that GLib would also take.
 */
#include "base/hw-zone-private.h"

#include <string.h>

#include "base/hw-date.h"

#define LONGEST_NAME_BYTES 64

/* Real names are "UTC", "Asia/Kuwait", "Etc/GMT+5": a capital first, digits only behind a slash. */
static gboolean
looks_like_name (const char *zone)
{
  gboolean area = strchr (zone, '/') != NULL;
  gsize length = strlen (zone);

  if (length < 3 || length > LONGEST_NAME_BYTES || !g_ascii_isupper (zone[0]))
    return FALSE;
  for (const char *p = zone; *p; p++)
    {
      if (g_ascii_isalpha (*p) || *p == '_')
        continue;
      if (!area || (!g_ascii_isdigit (*p) && !strchr ("/+-", *p)))
        return FALSE;
    }
  return TRUE;
}

/* Only names that exist are kept, so what a stranger sends cannot fill memory. */
GTimeZone *
hw_zone_lookup (const char *zone)
{
  static GMutex lock;
  static GHashTable *known; /* name → GTimeZone, guarded by lock */
  GTimeZone *found;

  if (!zone)
    return g_time_zone_new_utc ();
  if (!looks_like_name (zone))
    return NULL;
  g_mutex_lock (&lock);
  if (!known)
    known
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_time_zone_unref);
  found = g_hash_table_lookup (known, zone);
  if (!found)
    {
      found = g_time_zone_new_identifier (zone);
      if (found)
        g_hash_table_insert (known, g_strdup (zone), found);
    }
  if (found)
    g_time_zone_ref (found);
  g_mutex_unlock (&lock);
  return found;
}

gint64
hw_zone_offset_at (GTimeZone *zone, gint64 unix_seconds)
{
  gint interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, unix_seconds);

  return interval < 0 ? 0 : g_time_zone_get_offset (zone, interval);
}

gboolean
hw_zone_valid (const char *zone)
{
  g_autoptr (GTimeZone) found = zone ? hw_zone_lookup (zone) : NULL;

  return found != NULL;
}
