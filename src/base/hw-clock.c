/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one source of "now". A system clock asks the machine; a fixed clock stands still until it is
 * told otherwise; a file clock follows a file and, whatever happens to that file afterwards, goes
 * on from the last good time it read. A clock may be asked from any thread.
 */
#include "base/hw-clock.h"

#include <sys/stat.h>

#include "base/hw-date.h"

typedef enum
{
  HW_CLOCK_SYSTEM,
  HW_CLOCK_FIXED,
  HW_CLOCK_FILE,
} HwClockKind;

struct _HwClock
{
  GObject parent_instance;

  HwClockKind kind;
  GMutex lock; /* guards all below */
  gint64 fixed_us;
  char *path;           /* (owned) (nullable) */
  gboolean has_good;    /* the file has held a time at least once */
  gint64 good_us;       /* the time it held … */
  gint64 written_us;    /* … when it was written at this real time */
  gint64 seen_mtime_ns; /* of the version that was read */
  gint64 seen_size_bytes;
};

G_DEFINE_FINAL_TYPE (HwClock, hw_clock, G_TYPE_OBJECT)

static gboolean
read_time (const char *path, gint64 *us)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  return hw_instant_parse (g_strstrip (text), us);
}

/* A file caught half written does not parse; it is not remembered as seen, so the next call reads
 * again. */
static void
refresh_from_file (HwClock *self)
{
  struct stat status;
  gint64 mtime_ns;
  gint64 us;

  if (stat (self->path, &status) != 0)
    return;
  mtime_ns = (gint64)status.st_mtim.tv_sec * 1000000000 + status.st_mtim.tv_nsec;
  if (self->has_good && mtime_ns == self->seen_mtime_ns
      && (gint64)status.st_size == self->seen_size_bytes)
    return;
  if (!read_time (self->path, &us))
    return;
  self->has_good = TRUE;
  self->good_us = us;
  self->written_us = mtime_ns / 1000;
  self->seen_mtime_ns = mtime_ns;
  self->seen_size_bytes = status.st_size;
}

static gint64
file_now (HwClock *self)
{
  gint64 real_us = g_get_real_time ();

  refresh_from_file (self);
  if (!self->has_good)
    return real_us;
  return self->good_us + MAX (0, real_us - self->written_us);
}

static void
hw_clock_finalize (GObject *object)
{
  HwClock *self = HW_CLOCK (object);

  g_free (self->path);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (hw_clock_parent_class)->finalize (object);
}

static void
hw_clock_class_init (HwClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hw_clock_finalize;
}

static void
hw_clock_init (HwClock *self)
{
  g_mutex_init (&self->lock);
}

HwClock *
hw_clock_new_system (void)
{
  return g_object_new (HW_TYPE_CLOCK, NULL);
}

HwClock *
hw_clock_new_fixed (gint64 now_us)
{
  HwClock *self = g_object_new (HW_TYPE_CLOCK, NULL);

  self->kind = HW_CLOCK_FIXED;
  self->fixed_us = now_us;
  return self;
}

HwClock *
hw_clock_new_file (const char *path)
{
  HwClock *self;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (HW_TYPE_CLOCK, NULL);
  self->kind = HW_CLOCK_FILE;
  self->path = g_strdup (path);
  return self;
}

gint64
hw_clock_now (HwClock *clock)
{
  gint64 now_us;

  g_return_val_if_fail (HW_IS_CLOCK (clock), 0);

  if (clock->kind == HW_CLOCK_SYSTEM)
    return g_get_real_time ();
  g_mutex_lock (&clock->lock);
  now_us = clock->kind == HW_CLOCK_FIXED ? clock->fixed_us : file_now (clock);
  g_mutex_unlock (&clock->lock);
  return now_us;
}

void
hw_clock_set (HwClock *clock, gint64 now_us)
{
  g_return_if_fail (HW_IS_CLOCK (clock));
  g_return_if_fail (clock->kind == HW_CLOCK_FIXED);

  g_mutex_lock (&clock->lock);
  clock->fixed_us = now_us;
  g_mutex_unlock (&clock->lock);
}

void
hw_clock_advance (HwClock *clock, gint64 by_us)
{
  g_return_if_fail (HW_IS_CLOCK (clock));
  g_return_if_fail (clock->kind == HW_CLOCK_FIXED);

  g_mutex_lock (&clock->lock);
  clock->fixed_us += by_us;
  g_mutex_unlock (&clock->lock);
}
