/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwQueuePlace: calls taken that nobody carries yet.
 */
#pragma once

#include "app/hw-place.h"

G_BEGIN_DECLS

#define HW_TYPE_QUEUE_PLACE (hw_queue_place_get_type ())
G_DECLARE_FINAL_TYPE (HwQueuePlace, hw_queue_place, HW, QUEUE_PLACE, HwPlace)

G_END_DECLS
