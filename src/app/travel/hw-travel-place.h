/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/hw-place.h"

G_BEGIN_DECLS

/* Travel: the journeys ahead by departure, how long their seats are held and what blocks them. */
#define HW_TYPE_TRAVEL_PLACE (hw_travel_place_get_type ())
G_DECLARE_DERIVABLE_TYPE (HwTravelPlace, hw_travel_place, HW, TRAVEL_PLACE, HwPlace)

struct _HwTravelPlaceClass
{
  HwPlaceClass parent_class;
  gboolean by_arrival;
};

/* Which of the two this role has; G_TYPE_INVALID: neither. */
GType hw_travel_place_for_role (HwRole role);

G_END_DECLS
