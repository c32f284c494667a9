/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/hw-place.h"

G_BEGIN_DECLS

/* What waits for a supervisor's answer, and the settings that two of them change together. */
#define HW_TYPE_APPROVALS_PLACE (hw_approvals_place_get_type ())
G_DECLARE_FINAL_TYPE (HwApprovalsPlace, hw_approvals_place, HW, APPROVALS_PLACE, HwPlace)

G_END_DECLS
