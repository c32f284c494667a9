/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwRevealButton: lifts the mask from what stands beside it, for some seconds. It knows which fields of which records
 * that is; whoever owns it shows their words or the mask, by hw_reveal_button_is_open(), whenever it says "changed".
 * It is there only where something is covered. Enter and Space press it.
 */
#pragma once

#include <gtk/gtk.h>

#include "app/forms/hw-form-context.h"

G_BEGIN_DECLS

#define HW_TYPE_REVEAL_BUTTON (hw_reveal_button_get_type ())
G_DECLARE_FINAL_TYPE (HwRevealButton, hw_reveal_button, HW, REVEAL_BUTTON, GtkButton)

/* Signal "changed" (): it opened or closed. */
GtkWidget *hw_reveal_button_new (HwVeil *veil);
void       hw_reveal_button_set_veil (HwRevealButton *button, HwVeil *veil); /* of a template; closes it */
/* In words instead of by an eye. (static) */
void       hw_reveal_button_set_words (HwRevealButton *button, const char *show, const char *hide);
void       hw_reveal_button_clear (HwRevealButton *button); /* covers nothing: closes it */
/* Nothing happens where the field is not covered, or not set. */
void       hw_reveal_button_add (HwRevealButton *button, HwRecord *record, HwFieldId field);
/* Likewise, of a value that stands for a record's: a history's, one side of a conflict. */
void       hw_reveal_button_add_value (HwRevealButton *button, const char *record, HwFieldId field, HwValue *value);
gboolean   hw_reveal_button_is_open (HwRevealButton *button);
/* The words of a value as they may be shown beside it now. (transfer full); NULL when unset. */
char      *hw_reveal_button_words (HwRevealButton *button, const HwFieldDef *field, HwValue *value, HwFormContext *context);

G_END_DECLS
