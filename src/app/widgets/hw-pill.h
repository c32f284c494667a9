/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwPill: a word in a rounded field: a status, an urgency. The colour only repeats the word.
 */
#pragma once

#include <gtk/gtk.h>

#include "schema/hw-schema.h"

G_BEGIN_DECLS

typedef enum
{
  HW_MEANING_NEUTRAL, /* runs, nothing is asked of us */
  HW_MEANING_GOOD,    /* done, safe */
  HW_MEANING_WARNING, /* somebody must act */
  HW_MEANING_BAD,     /* blocked, lost, emergency */
} HwMeaning;

#define HW_TYPE_PILL (hw_pill_get_type ())
G_DECLARE_FINAL_TYPE (HwPill, hw_pill, HW, PILL, GtkWidget)

GtkWidget  *hw_pill_new (const char *text, HwMeaning meaning);
void        hw_pill_set (HwPill *pill, const char *text, HwMeaning meaning); /* NULL or empty text hides it */
const char *hw_pill_get_text (HwPill *pill);
HwMeaning   hw_pill_get_meaning (HwPill *pill);
/* What a status or urgency nick means, for every table of moves. */
HwMeaning   hw_meaning_of_choice (const HwFieldDef *field, const char *nick);

G_END_DECLS
