/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwTasksPlace: what is to be done, over all cases this person may see.
 */
#pragma once

#include "app/hw-place.h"

G_BEGIN_DECLS

#define HW_TYPE_TASKS_PLACE (hw_tasks_place_get_type ())
G_DECLARE_FINAL_TYPE (HwTasksPlace, hw_tasks_place, HW, TASKS_PLACE, HwPlace)

G_END_DECLS
