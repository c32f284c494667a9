/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A line of the office's chain in words: who did what to which case. Cases by their code, or by the end of their id
 * where this desktop does not hold them; never by a name.
 */
#pragma once

#include "app/hw-desktop.h"
#include "app/widgets/hw-pill.h"
#include "sync/hw-sync-audit.h"

G_BEGIN_DECLS

char *hw_audit_words_title (HwDesktop *desktop, HwAuditLine *line);    /* "Jeanne read HW-BI-26-0001"; (transfer full) */
char *hw_audit_words_subtitle (HwDesktop *desktop, HwAuditLine *line); /* when, and which record; (transfer full) */
const char *hw_audit_words_pill (HwAuditLine *line, HwMeaning *meaning); /* what needs a look; (nullable) */
char *hw_audit_words_case (HwDesktop *desktop, const char *case_id);     /* (transfer full) */

G_END_DECLS
