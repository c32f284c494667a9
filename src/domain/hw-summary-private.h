/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The parts a summary is made of.
 */
#pragma once

#include "domain/hw-rules-private.h"
#include "domain/hw-summary.h"

G_BEGIN_DECLS

HwStage hw_stage_of (HwCaseFile *file);
void hw_tracks_fill (HwSummary *summary, HwCaseFile *file, const HwRulesContext *context);

/* TRUE if some mission has a request that was sent and is not withdrawn. */
gboolean hw_summary_request_sent (HwCaseFile *file);
/* The document that counts: a good one, else the newest that is not over, else the newest. */
HwRecord *hw_summary_document (HwCaseFile *file);

G_END_DECLS
