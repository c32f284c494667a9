/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwSetAsidePlace: changes that were sent for cases their authors no longer have, for a supervisor to decide.
 */
#pragma once

#include "app/hw-place.h"
#include "sync/hw-sync-quarantine.h"

G_BEGIN_DECLS

#define HW_TYPE_SET_ASIDE_PLACE (hw_set_aside_place_get_type ())
G_DECLARE_FINAL_TYPE (HwSetAsidePlace, hw_set_aside_place, HW, SET_ASIDE_PLACE, HwPlace)

/* A page as the office gave it, beneath what is shown. */
void hw_set_aside_place_add (HwSetAsidePlace *place, HwSetAsidePage *page);

G_END_DECLS
