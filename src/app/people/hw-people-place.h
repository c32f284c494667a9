/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwPeoplePlace: pairs of cases that may be of one person, to decide and decided.
 */
#pragma once

#include "app/hw-place.h"

G_BEGIN_DECLS

#define HW_TYPE_PEOPLE_PLACE (hw_people_place_get_type ())
G_DECLARE_FINAL_TYPE (HwPeoplePlace, hw_people_place, HW, PEOPLE_PLACE, HwPlace)

G_END_DECLS
