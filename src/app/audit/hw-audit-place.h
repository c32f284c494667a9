/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwAuditPlace: who read and changed which case when, and what was refused, as far as this account may know.
 */
#pragma once

#include "app/hw-place.h"

G_BEGIN_DECLS

#define HW_TYPE_AUDIT_PLACE (hw_audit_place_get_type ())
G_DECLARE_FINAL_TYPE (HwAuditPlace, hw_audit_place, HW, AUDIT_PLACE, HwPlace)

gboolean hw_audit_place_is_for (HwRole role);

G_END_DECLS
