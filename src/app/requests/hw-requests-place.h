/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/hw-place.h"

G_BEGIN_DECLS

#define HW_TYPE_REQUESTS_PLACE (hw_requests_place_get_type ())
G_DECLARE_FINAL_TYPE (HwRequestsPlace, hw_requests_place, HW, REQUESTS_PLACE, HwPlace)

G_END_DECLS
