/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwTravelList: the journeys still ahead that this account may see, as a live GListModel of
 * HwTravelEntry, by departure or by arrival. Read on the store's worker, a few at a time, so that
 * nobody's typing waits for it. Main thread.
 */
#pragma once

#include "app/hw-desktop.h"
#include "domain/hw-travel-facts.h"

G_BEGIN_DECLS

#define HW_TYPE_TRAVEL_ENTRY (hw_travel_entry_get_type ())
G_DECLARE_FINAL_TYPE (HwTravelEntry, hw_travel_entry, HW, TRAVEL_ENTRY, GObject)
const HwTravelFacts *hw_travel_entry_facts (HwTravelEntry *entry); /* immutable */

#define HW_TYPE_TRAVEL_LIST (hw_travel_list_get_type ())
G_DECLARE_FINAL_TYPE (HwTravelList, hw_travel_list, HW, TRAVEL_LIST, GObject)

/* by_arrival: sorted by arrival, and only journeys with a reception. Signal "loaded" () after each reading. */
HwTravelList *hw_travel_list_new (HwDesktop *desktop, gboolean by_arrival);
gboolean hw_travel_list_is_loaded (HwTravelList *self); /* read at least once */

G_END_DECLS
