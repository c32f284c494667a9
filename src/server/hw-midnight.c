/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Looks at the calendar every few seconds rather than sleeping until midnight: a laptop's clock is
 * set, a machine sleeps, and the demo's clock jumps. Judging runs on the store's worker, one at a
 * time. Holds run out at any minute, and are looked for at each; documents with their last day.
 */
#define G_LOG_DOMAIN "homeward-server"

#include "server/hw-midnight.h"

#define LOOK_EVERY_S 2

struct _HwMidnight
{
  HwStore *store; /* (owned) */
  HwClock *clock; /* (owned) */
  char *days;     /* (owned) (nullable) today in each zone, as it was judged last */
  gint64 minute;  /* looked at last: no zone's day changes within one, and holds end at one */
  gboolean judging;
  gboolean new_day; /* what is judged now */
  guint source;
  gatomicrefcount refs;
};

static void
midnight_unref (HwMidnight *midnight)
{
  if (!g_atomic_ref_count_dec (&midnight->refs))
    return;
  g_object_unref (midnight->store);
  g_object_unref (midnight->clock);
  g_free (midnight->days);
  g_free (midnight);
}

/* (transfer full) (nullable): "2026-11-24 2026-11-25", one day per zone. */
static char *
days_now (HwMidnight *midnight)
{
  g_autoptr (GPtrArray) zones = hw_store_scope_zones (midnight->store, NULL);
  gint64 now_us = hw_clock_now (midnight->clock);
  g_autofree char *utc = hw_date_of_instant (now_us, NULL);
  GString *days;

  if (zones == NULL)
    return NULL;
  days = g_string_new (utc);
  for (guint i = 0; i < zones->len; i++)
    {
      g_autofree char *day = hw_date_of_instant (now_us, g_ptr_array_index (zones, i));

      if (day != NULL)
        g_string_append_printf (
          days, " %s=%s", (const char *) g_ptr_array_index (zones, i), day);
    }
  return g_string_free (days, FALSE);
}

static void
judge (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  HwMidnight *midnight = data;
  g_autoptr (GError) error = NULL;

  if (midnight->new_day && !hw_store_rejudge_scope (midnight->store, &error))
    g_warning (
      "access was not judged again: %s %d", g_quark_to_string (error->domain), error->code);
  else if (midnight->new_day && !hw_store_drop_old_contents (midnight->store, &error))
    g_warning (
      "old files were not dropped: %s %d", g_quark_to_string (error->domain), error->code);
  else if (midnight->new_day && !hw_store_end_documents (midnight->store, &error))
    g_warning (
      "documents were not ended: %s %d", g_quark_to_string (error->domain), error->code);
  else if (!hw_store_end_holds (midnight->store, &error))
    g_warning ("holds were not ended: %s %d", g_quark_to_string (error->domain), error->code);
  g_task_return_boolean (task, error == NULL);
}

static void
judged_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  HwMidnight *midnight = data;

  midnight->judging = FALSE;
  /* Not done: the next look tries again. */
  if (!g_task_propagate_boolean (G_TASK (result), NULL))
    g_clear_pointer (&midnight->days, g_free);
  midnight_unref (midnight);
}

void
hw_midnight_look (HwMidnight *midnight)
{
  gint64 minute = hw_clock_now (midnight->clock) / G_TIME_SPAN_MINUTE;
  g_autofree char *days = NULL;
  g_autoptr (GTask) task = NULL;

  if (midnight->judging || (midnight->days != NULL && minute == midnight->minute))
    return;
  days = days_now (midnight);
  if (days == NULL)
    {
      midnight->minute = minute;
      return;
    }
  midnight->new_day = g_strcmp0 (days, midnight->days) != 0;
  midnight->minute = minute;
  g_free (midnight->days);
  midnight->days = g_steal_pointer (&days);
  midnight->judging = TRUE;
  g_atomic_ref_count_inc (&midnight->refs);
  task = g_task_new (NULL, NULL, judged_cb, midnight);
  g_task_set_task_data (task, midnight, NULL);
  hw_worker_run (hw_store_worker (midnight->store), task, judge);
}

static gboolean
look_cb (gpointer data)
{
  hw_midnight_look (data);
  return G_SOURCE_CONTINUE;
}

HwMidnight *
hw_midnight_start (HwStore *store, HwClock *clock)
{
  HwMidnight *midnight = g_new0 (HwMidnight, 1);

  g_atomic_ref_count_init (&midnight->refs);
  midnight->store = g_object_ref (store);
  midnight->clock = g_object_ref (clock);
  hw_midnight_look (midnight);
  midnight->source = g_timeout_add_seconds (LOOK_EVERY_S, look_cb, midnight);
  return midnight;
}

void
hw_midnight_stop (HwMidnight *midnight)
{
  g_source_remove (midnight->source);
  midnight_unref (midnight);
}
