/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwClock: the only source of "now". Tests hold one that stands still; the demo can follow a file.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define HW_TYPE_CLOCK (hw_clock_get_type ())
G_DECLARE_FINAL_TYPE (HwClock, hw_clock, HW, CLOCK, GObject)

HwClock *hw_clock_new_system (void);
HwClock *hw_clock_new_fixed (gint64 now_us);
/* Follows a file holding one RFC 3339 time: now = that time + what has passed since the file was written. For the demo and the tests. */
HwClock *hw_clock_new_file (const char *path);
gint64   hw_clock_now (HwClock *clock); /* microseconds since 1970 UTC; any thread */
void     hw_clock_set (HwClock *clock, gint64 now_us);     /* fixed only */
void     hw_clock_advance (HwClock *clock, gint64 by_us);  /* fixed only */

G_END_DECLS
