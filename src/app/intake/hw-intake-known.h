/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/hw-desktop.h"
#include "store/hw-alike.h"

G_BEGIN_DECLS

/* Nothing is looked for while the hand still types. */
#define HW_INTAKE_KNOWN_DELAY_MS 150

/* "Perhaps already known": up to five cases that match what she says. Signals: "open-case" (const
 * char *id); "compared" (gboolean here): a case on this computer has her number. */
#define HW_TYPE_INTAKE_KNOWN (hw_intake_known_get_type ())
G_DECLARE_FINAL_TYPE (HwIntakeKnown, hw_intake_known, HW, INTAKE_KNOWN, GtkBox)

GtkWidget *hw_intake_known_new (void);
void hw_intake_known_set_desktop (HwIntakeKnown *self, HwDesktop *desktop);
void hw_intake_known_search (HwIntakeKnown *self, const char *text); /* (nullable) */
/* Those that may be she by what is written of her, before those that the search finds. traits:
 * (transfer full) (nullable) */
void hw_intake_known_compare (HwIntakeKnown *self, HwTraits *traits);

G_END_DECLS
