/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A record in a line or two, as lists and choosers show it. (transfer full), never NULL.
 */
#pragma once

#include "app/forms/hw-form-context.h"

G_BEGIN_DECLS

char *hw_record_words_title (HwRecord *record, HwFormContext *context);    /* its title field, else what kind of thing it is */
/* Up to three facts, "Valid until Fri 27 Nov · KD 280.000"; only fields may_show allows ((nullable): all). Never sensitive ones. */
char *hw_record_words_subtitle (HwRecord *record, HwFormContext *context, gboolean (*may_show) (const HwFieldDef *field, gpointer data),
                                gpointer data);
char *hw_record_words_status (HwRecord *record); /* "" when it has none */

G_END_DECLS
