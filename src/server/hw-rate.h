/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwRate: so many times within so long, for each key. Thread-safe.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _HwRate HwRate;

HwRate *hw_rate_new (guint times, guint within_s);
void hw_rate_free (HwRate *rate);
/* Counts one more. 0: go on; otherwise how many seconds to wait, and nothing was counted. */
guint hw_rate_take (HwRate *rate, const char *key, gint64 now_us);

G_END_DECLS
