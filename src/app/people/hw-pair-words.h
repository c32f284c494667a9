/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A pair of cases in words. (transfer full), never NULL.
 */
#pragma once

#include "app/hw-desktop.h"

G_BEGIN_DECLS

/* "Aline N., HW-BI-26-0001" */
char *hw_pair_words_case (HwStore *store, const char *case_id);
/* "Same phone number · Names written differently that sound alike": what speaks for it, or against. */
char *hw_pair_words_reasons (const char *const *reasons, gboolean against);

G_END_DECLS
