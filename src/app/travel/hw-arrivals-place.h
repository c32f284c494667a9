/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/travel/hw-travel-place.h"

G_BEGIN_DECLS

/* Arrivals: who comes to this office, when, and whether it is agreed who meets them; acknowledged and
 * confirmed with one click each. */
#define HW_TYPE_ARRIVALS_PLACE (hw_arrivals_place_get_type ())
G_DECLARE_FINAL_TYPE (HwArrivalsPlace, hw_arrivals_place, HW, ARRIVALS_PLACE, HwTravelPlace)

G_END_DECLS
