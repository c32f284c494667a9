/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/hw-place.h"

G_BEGIN_DECLS

#define HW_TYPE_CONFLICTS_PLACE (hw_conflicts_place_get_type ())
G_DECLARE_FINAL_TYPE (HwConflictsPlace, hw_conflicts_place, HW, CONFLICTS_PLACE, HwPlace)

G_END_DECLS
