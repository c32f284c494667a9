/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/forms/hw-field-row.h"

G_BEGIN_DECLS

/* A line of names beneath the home fields: provinces old and new, communes, as they begin like what
 * is typed. Signal "picked" (guint field, const char *name). */
#define HW_TYPE_PLACE_HINTS (hw_place_hints_get_type ())
G_DECLARE_FINAL_TYPE (HwPlaceHints, hw_place_hints, HW, PLACE_HINTS, AdwBin)

GtkWidget *hw_place_hints_new (void);
/* field: HW_FIELD_PERSON_ORIGIN_PROVINCE or _COMMUNE; text: what stands in its line now. Others:
 * nothing to offer. */
void hw_place_hints_offer (HwPlaceHints *self, HwFieldId field, const char *text);

G_END_DECLS
