/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a field can be set to, when that is a choice out of many: its own values, countries, languages,
 * zones, currencies, people and records. One way in for every chooser.
 */
#pragma once

#include "app/forms/hw-form-context.h"

G_BEGIN_DECLS

/* kind is the field's, or that of a part of it (money: HW_KIND_CURRENCY; local time: HW_KIND_ZONE). Best matches
 * first; with empty text the usual ones first. (transfer full) (element-type HwCandidate) */
GPtrArray *hw_candidates_list (HwKind kind, const HwFieldDef *field, HwFormContext *context, HwRecord *record,
                               const char *text, guint limit);
/* (transfer full), never NULL: an id nobody knows is said to be so. */
char      *hw_candidates_label (HwKind kind, const HwFieldDef *field, HwFormContext *context, const char *id);
gboolean   hw_candidates_many (HwKind kind, const HwFieldDef *field); /* worth a search entry */

G_END_DECLS
