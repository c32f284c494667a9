/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Relatives who are kept away from her and from what is known of her, and how the visits after her
 * return stand. Pure functions; any thread.
 */
#pragma once

#include "domain/hw-case-file.h"

G_BEGIN_DECLS

/* Had a part in it, or is suspected: never contacted, never offered as somebody to go to. */
gboolean hw_family_kept_away (HwRecord *member);
/* How such a relative is reached is told to her caseworker and the supervisor alone: whoever visits,
 * searches or receives cannot call by mistake a number they do not have. */
gboolean hw_family_hides (HwRole role, HwRecord *record, HwFieldId field);

typedef enum
{
  HW_VISIT_COMING, /* before its days */
  HW_VISIT_DUE,    /* within the days either way */
  HW_VISIT_LATE,   /* they have passed, and nobody has written what came of it */
  HW_VISIT_UNSAFE, /* nobody calls */
  HW_VISIT_OVER,   /* done, or will not be made */
} HwVisitState;

HwVisitState hw_visit_state (HwRecord *visit, const char *today); /* today: ISO date */
/* The visit since which nobody may call her: the last unsafe one, until a later visit was made or a
 * contact written down after it is said to be safe. (nullable) (transfer none) */
HwRecord *hw_visit_unsafe (HwCaseFile *file);

G_END_DECLS
