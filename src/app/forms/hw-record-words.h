/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A record in a line or two, as lists and choosers show it. (transfer full), never NULL. Main thread.
 */
#pragma once

#include "app/forms/hw-form-context.h"
#include "app/widgets/hw-pill.h"
#include "domain/hw-case-file.h"

G_BEGIN_DECLS

char *hw_record_words_title (HwRecord *record, HwFormContext *context);    /* its title field, else what kind of thing it is */

typedef gboolean (*HwMayShow) (const HwFieldDef *field, gpointer data);
/* Up to three facts, "Valid until Fri 27 Nov · KD 280.000"; only fields may_show allows ((nullable): all). Never sensitive ones. */
char *hw_record_words_subtitle (HwRecord *record, HwFormContext *context, HwMayShow may_show, gpointer data);
/* For a list under the name of its kind, which a row need not say again: without a title of its own it is called by the
 * first thing known of it. A note is told by how it begins, who wrote it and when. */
char *hw_record_words_row (HwRecord *record, HwFormContext *context, HwMayShow may_show, gpointer data, char **subtitle);

char *hw_record_words_status (HwRecord *record); /* "" when it has none */
/* What it is now: its status, but for a visit that is not yet due and a leg of a journey that she has left on, which
 * are told as the day and the journey say. file: (nullable) the case it is of. "" when it has none. */
char *hw_record_words_now (HwRecord *record, HwCaseFile *file, HwFormContext *context, HwMeaning *meaning);
char *hw_record_words_visit (HwRecord *visit, const char *today, HwMeaning *meaning);
/* journey: (nullable) */
char *hw_record_words_leg (HwRecord *leg, HwRecord *journey, gint64 now_us, HwMeaning *meaning);

G_END_DECLS
