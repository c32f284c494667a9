/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Scratch records: records that a window owns and fills before anything of them is committed. Field
 * rows show and check them like any other; only at the end do they become operations.
 */
#pragma once

#include "app/forms/hw-field-row.h"
#include "app/hw-desktop.h"

G_BEGIN_DECLS

HwRecord *hw_scratch_new (HwDesktop *desktop,
                          HwTypeId type,
                          const char *case_id); /* case_id (nullable); (transfer full) */
/* Every field row of the record's type under root shows the record, and sets it when left. */
void hw_scratch_bind (GtkWidget *root, HwRecord *scratch, HwFormContext *context);
/* Sets a field without the row's mark "changed elsewhere": for what the window itself proposes. */
void hw_scratch_propose (GtkWidget *root, HwRecord *scratch, HwFieldId field, HwValue *value);

/* (nullable) (transfer none) */
HwFieldRow *hw_scratch_find_row (GtkWidget *root, HwFieldId field);
/* Leaves every row; the first that cannot be read, or that is needed and empty, is returned and
 * says so itself. */
/* What she writes under root stays readable until it is added or left. */
void hw_scratch_own (GtkWidget *root);
HwFieldRow *hw_scratch_first_fault (GtkWidget *root); /* (nullable) */
/* Where the verdict names a field under root, its row says the message. FALSE: none does. */
gboolean hw_scratch_refuse (GtkWidget *root, HwVerdict *verdict);
void hw_scratch_focus (HwFieldRow *row);          /* unfolds what hides it */
gboolean hw_scratch_is_typing (GtkWidget *root);  /* some row holds typing that no record has yet */
gboolean hw_scratch_is_empty (HwRecord *scratch); /* no field set */
/* For close_request of a window over a scratch. FALSE: nothing was typed under root since the scratch was as given,
 * and it may close. TRUE: the question is asked, and the window destroyed when the answer is to leave. */
gboolean hw_scratch_ask_to_leave (GtkWindow *window, GtkWidget *root, HwRecord *scratch, HwRecord *given, const char *question);

/* All set fields, as the creation of this very record. */
HwOperation *hw_scratch_create_operation (HwDesktop *desktop, HwRecord *scratch);
/* The fields in which scratch differs from record. */
HwOperation *hw_scratch_update_operation (HwDesktop *desktop, HwRecord *record, HwRecord *scratch);

G_END_DECLS
