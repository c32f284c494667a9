/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwBlockRow: one unmet condition: a symbol, what is the matter, its detail, and one button to what fixes it.
 */
#pragma once

#include <adwaita.h>

#include "domain/hw-verdict.h"

G_BEGIN_DECLS

#define HW_TYPE_BLOCK_ROW (hw_block_row_get_type ())
G_DECLARE_FINAL_TYPE (HwBlockRow, hw_block_row, HW, BLOCK_ROW, AdwPreferencesRow)

/* Signal "fix" when the button is pressed. button (nullable): nothing this person can do. */
GtkWidget *hw_block_row_new (const char *title, const char *detail, const char *button);
GtkWidget *hw_block_row_new_for_condition (const HwCondition *condition); /* "Open …" by the field that fixes it */
void       hw_block_row_set_suggested (HwBlockRow *row, gboolean suggested); /* the first of a list only */
void       hw_block_row_set_way (HwBlockRow *row, gboolean way); /* FALSE: who looks may not go where the button leads */
/* What "fix" leads to: type, field, record of the condition; NULL unless made for one. */
HwTypeId    hw_block_row_get_fix_type (HwBlockRow *row);
HwFieldId   hw_block_row_get_fix_field (HwBlockRow *row);
const char *hw_block_row_get_fix_record (HwBlockRow *row);

G_END_DECLS
