/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a country asks of somebody who leaves it or passes through: dated records of the directory,
 * changed by the office when a decree changes them. Pure functions; any thread.
 */
#pragma once

#include "domain/hw-case-file.h"

G_BEGIN_DECLS

/* The rule in force: the newest whose valid_from does not lie after the day; one without a date is
 * older than any other. file: a case file or the directory itself. (nullable) (transfer none) */
HwRecord *hw_country_rule_for (HwCaseFile *file, const char *country, const char *day);
/* Of the country she is in, by the case's own word. (nullable) (transfer none) */
HwRecord *hw_country_rule_of_case (HwCaseFile *file, const char *day);

typedef struct
{
  gint days;            /* completed since counted_from; never negative */
  gint64 per_day_minor; /* all in minor units of the currency */
  gint64 minor;
  const char *currency; /* of the rule's record */
  gboolean capped;
} HwCountryFine;

/* The fine for an overstay counted from a day, as it stands on another: a day counts when it is
 * over. FALSE when there is no rule, no fine, no day, or the cap is in another currency: then
 * nobody can say what is due, and nothing is computed. */
gboolean hw_country_rule_fine (
  HwRecord *rule, const char *counted_from, const char *day, HwCountryFine *fine);

/* The last day on which the employer may cancel an absconding report. (transfer full) (nullable) */
char *hw_country_rule_cancel_day (HwRecord *rule, const char *reported_on);

G_END_DECLS
