/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/forms/hw-form-context.h"

G_BEGIN_DECLS

/* A button with a popover of candidates: one of them, or several with check marks. Long lists get a search entry.
 * Signals: "chosen" () one was picked (single), "toggled" () a mark was set or taken (multiple), "closed" (). */
#define HW_TYPE_CHOOSER (hw_chooser_get_type ())
G_DECLARE_FINAL_TYPE (HwChooser, hw_chooser, HW, CHOOSER, GtkWidget)

GtkWidget         *hw_chooser_new (HwKind kind, const HwFieldDef *field, gboolean multiple);
void               hw_chooser_set_context (HwChooser *chooser, HwFormContext *context, HwRecord *record); /* record (nullable) */
void               hw_chooser_set_clearable (HwChooser *chooser, gboolean clearable); /* "Not set" stands first */
void               hw_chooser_set_names (HwChooser *chooser, const char *label, const char *description);
void               hw_chooser_set_words (HwChooser *chooser, const char *words); /* multiple: what is chosen, to be read aloud */
void               hw_chooser_open (HwChooser *chooser);
void               hw_chooser_pick (HwChooser *chooser, const char *id); /* as a click on it: picks or toggles; NULL: "Not set" */

void               hw_chooser_set_selected (HwChooser *chooser, const char *id); /* NULL: none */
const char        *hw_chooser_get_selected (HwChooser *chooser);
void               hw_chooser_set_members (HwChooser *chooser, const char *const *members);
const char *const *hw_chooser_get_members (HwChooser *chooser); /* never NULL */

G_END_DECLS
