/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The journeys of HwTravelPlace seen from their other end.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/travel/hw-arrivals-place.h"

#include <glib/gi18n.h>

struct _HwArrivalsPlace
{
  HwTravelPlace parent;
};

G_DEFINE_FINAL_TYPE (HwArrivalsPlace, hw_arrivals_place, HW_TYPE_TRAVEL_PLACE)

static void
hw_arrivals_place_class_init (HwArrivalsPlaceClass *klass)
{
  HW_TRAVEL_PLACE_CLASS (klass)->by_arrival = TRUE;
}

static void
hw_arrivals_place_init (HwArrivalsPlace *self)
{
  g_object_set (self, "label", _ ("Arrivals"), "icon-name", "go-home-symbolic", NULL);
}
