/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/hw-place.h"

G_BEGIN_DECLS

#define HW_TYPE_CASES_PLACE (hw_cases_place_get_type ())
G_DECLARE_FINAL_TYPE (HwCasesPlace, hw_cases_place, HW, CASES_PLACE, HwPlace)

G_END_DECLS
