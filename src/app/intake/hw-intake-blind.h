/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwIntakeBlind: when the number of the call belongs to a case that a colleague carries, offers to add the
 * call to it unseen. Only the helpline has it.
 */
#pragma once

#include "app/intake/hw-intake-draft.h"

G_BEGIN_DECLS

#define HW_TYPE_INTAKE_BLIND (hw_intake_blind_get_type ())
G_DECLARE_FINAL_TYPE (HwIntakeBlind, hw_intake_blind, HW, INTAKE_BLIND, GtkBox)

/* Signals: "prepare" (): the records are about to be read, what stands in a line goes into them.
 *          "added" (): the call is with the case; the draft has done its work. */
GtkWidget *hw_intake_blind_new (void);
/* draft: (unowned), lives longer. */
void hw_intake_blind_set (HwIntakeBlind *blind, HwDesktop *desktop, HwIntakeDraft *draft);
/* What stands in the number's line now; asked for once it is a whole number. */
void hw_intake_blind_number (HwIntakeBlind *blind, const char *text);
/* TRUE: a case that can be seen here has the number. */
void hw_intake_blind_set_here (HwIntakeBlind *blind, gboolean here);

G_END_DECLS
