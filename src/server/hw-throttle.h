/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwThrottle: counts failures per key and says how long to wait. A table of fixed size: whoever is
 * crowded out of it starts again at nothing. Not thread-safe: its owner holds a lock.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _HwThrottle HwThrottle;

/* After `free_tries` failures each further one doubles the wait from 1 s up to max_wait_s; an hour
 * without failure forgets. */
HwThrottle *hw_throttle_new (guint free_tries, guint max_wait_s);
void hw_throttle_free (HwThrottle *throttle);
guint
hw_throttle_wait (HwThrottle *throttle, const char *key, gint64 now_us); /* seconds; 0: go on */
/* TRUE once for each wait: the first who asks while it lasts. */
gboolean hw_throttle_note (HwThrottle *throttle, const char *key, gint64 now_us);
void hw_throttle_failed (HwThrottle *throttle, const char *key, gint64 now_us);
/* Takes one failure back: the attempt was counted before it was known to be good. */
void hw_throttle_undo (HwThrottle *throttle, const char *key, gint64 now_us);
void hw_throttle_succeeded (HwThrottle *throttle, const char *key, gint64 now_us);

G_END_DECLS
