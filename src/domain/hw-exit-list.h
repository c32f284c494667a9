/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What stands between her and the border: the items her country's rule asks for, those that were
 * written down, what is missing, and what is due today. Pure functions; any thread.
 */
#pragma once

#include "domain/hw-country-rule.h"

G_BEGIN_DECLS

typedef struct
{
  const HwChoice *item; /* of exit_clearance.item; (nullable) in a record that names none */
  HwRecord *record;     /* (owned) (nullable) nobody has written it down yet */
  gboolean asked;       /* the country's rule names it */
  gboolean settled;     /* cleared, waived, paid or not needed */
  gboolean has_fine;    /* fine is that of the day, by the country's rule */
  HwCountryFine fine;
  HwValue *due;         /* (owned) (nullable) money: what is still to pay */
  char *cancel_day;     /* (owned) (nullable) last day to cancel an open absconding report */
} HwExitEntry;

typedef struct
{
  HwRecord *rule;     /* (owned) (nullable) no rule is known for where she is */
  GPtrArray *entries; /* (owned) (element-type HwExitEntry) asked first, in the schema's order */
  GPtrArray *sums;    /* (owned) (element-type HwValue) what is still to pay, one a currency */
  guint n_missing;
  guint n_open;       /* written down and not settled */
} HwExitList;

HwExitList *hw_exit_list_new (HwCaseFile *file, const char *day);
void hw_exit_list_free (HwExitList *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HwExitList, hw_exit_list_free)

gboolean hw_exit_is_settled (HwRecord *item);

G_END_DECLS
