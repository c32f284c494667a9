/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/callforms/hw-wired-form.h"

G_BEGIN_DECLS

/* The form for a record: arranged by hand for the five of a call, from the schema's tables for all
 * others. Commits and moves are wired to the store; signal "refused" (HwVerdict *) as of
 * HwWiredForm. file (nullable). */
GtkWidget *
hw_form_for_record (HwDesktop *desktop, HwCaseFile *file, HwRecord *record, guint relations);
/* The same form over a scratch record, wired to nothing: signals "commit" and "move". */
GtkWidget *
hw_form_for_scratch (HwDesktop *desktop, HwCaseFile *file, HwRecord *scratch, guint relations);

G_END_DECLS
