/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows a section is made of that is arranged for reading: a sentence, what belongs to it, a word on how it
 * stands. Nothing here is markup: names may hold any sign. All (transfer floating).
 */
#pragma once

#include <adwaita.h>

#include "app/forms/hw-veil.h"
#include "app/widgets/hw-pill.h"
#include "domain/hw-record.h"

G_BEGIN_DECLS

/* title, description (nullable): plain words. */
GtkWidget *hw_reading_group (const char *title, const char *description);
/* subtitle, pill (nullable). record (nullable): what a click opens; "record-id" of the row's object data. */
GtkWidget *hw_reading_row (const char *title,
                           const char *subtitle,
                           const char *pill,
                           HwMeaning meaning,
                           HwRecord *record);
void       hw_reading_row_set_icon (GtkWidget *row, const char *icon, const char *css_class); /* class (nullable) */
GtkWidget *hw_reading_nothing (const char *sentence);
/* A button named "Add: Family member"; hw_reading_add_type tells of which type. */
GtkWidget *hw_reading_add_button (HwTypeId type);
HwTypeId   hw_reading_add_type (GtkWidget *button);
void       hw_reading_append (GString *words, const char *fact); /* joined by a middle dot; fact (nullable) */
const char *hw_reading_choice (HwRecord *record, HwFieldId field); /* its label, translated; (nullable) */
/* A field's own words, where no veil covers it. */
void       hw_reading_append_field (GString *words, HwRecord *record, HwFieldId field, HwVeil *veil);
/* Or how they are related; "Mother ••••" behind the veil. (transfer full) */
char *hw_reading_relative_name (HwRecord *member, HwVeil *veil);

G_END_DECLS
