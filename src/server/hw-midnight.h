/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwMidnight: some access begins or ends with a day (the day before travel, the end of a loan).
 * When a day changes in the zone of any office, or where a journey departs, the store judges again who may see
 * which case.
 */
#pragma once

#include "store/hw-server-store.h"

G_BEGIN_DECLS

typedef struct _HwMidnight HwMidnight;

/* Judges once at the start; needs a running main loop. */
HwMidnight *hw_midnight_start (HwStore *store, HwClock *clock);
/* What the timer does every few seconds: judges, on the store's worker, if a day has changed. */
void hw_midnight_look (HwMidnight *midnight);
void hw_midnight_stop (HwMidnight *midnight);

G_END_DECLS
