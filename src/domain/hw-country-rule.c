/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Fines are counted in minor units with the exponents of our own table: a dinar has a thousand
 * fils, and a fine of two dinars a day must never be read as twenty.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-country-rule.h"

#include "base/hw-base.h"
#include "schema/hw-currency.h"

static gboolean
is_newer (HwRecord *rule, HwRecord *best)
{
  const char *from = hw_record_get_text (rule, HW_FIELD_COUNTRY_RULE_VALID_FROM);

  return best == NULL
         || g_strcmp0 (from, hw_record_get_text (best, HW_FIELD_COUNTRY_RULE_VALID_FROM)) >= 0;
}

HwRecord *
hw_country_rule_for (HwCaseFile *file, const char *country, const char *day)
{
  HwCaseFile *directory = hw_case_file_directory (file);
  HwRecord *best = NULL;
  GPtrArray *rules;

  if (directory == NULL)
    directory = file;
  rules = hw_case_file_of_type (directory, HW_TYPE_ID_COUNTRY_RULE);
  for (guint i = 0; country != NULL && i < rules->len; i++)
    {
      HwRecord *rule = g_ptr_array_index (rules, i);
      const char *from = hw_record_get_text (rule, HW_FIELD_COUNTRY_RULE_VALID_FROM);

      if (hw_record_is (rule, HW_FIELD_COUNTRY_RULE_COUNTRY, country)
          && (from == NULL || hw_date_days_between (from, day) >= 0) && is_newer (rule, best))
        best = rule;
    }
  return best;
}

HwRecord *
hw_country_rule_of_case (HwCaseFile *file, const char *day)
{
  HwRecord *record = hw_case_file_case (file);

  if (record == NULL)
    return NULL;
  return hw_country_rule_for (
    file, hw_record_get_text (record, HW_FIELD_CASE_LOCATION_COUNTRY), day);
}

/* Never more than the cap, and never so much that the number itself would overflow. */
static void
count_fine (HwCountryFine *fine, HwValue *cap)
{
  gint64 most = cap != NULL ? hw_value_integer (cap) : G_MAXINT64;

  fine->capped = fine->days > 0 && fine->per_day_minor > most / fine->days;
  fine->minor = fine->capped ? most : fine->per_day_minor * fine->days;
}

gboolean
hw_country_rule_fine (
  HwRecord *rule, const char *counted_from, const char *day, HwCountryFine *fine)
{
  HwValue *per_day = rule != NULL ? hw_record_get (rule, HW_FIELD_COUNTRY_RULE_FINE_PER_DAY) : NULL;
  HwValue *cap = rule != NULL ? hw_record_get (rule, HW_FIELD_COUNTRY_RULE_CAP) : NULL;
  gint days = counted_from != NULL ? hw_date_days_between (counted_from, day) : G_MININT;

  if (per_day == NULL || days == G_MININT || hw_value_integer (per_day) < 0
      || hw_currency_exponent (hw_value_unit (per_day)) < 0)
    return FALSE;
  if (cap != NULL
      && (hw_value_integer (cap) < 0
          || g_strcmp0 (hw_value_unit (cap), hw_value_unit (per_day)) != 0))
    return FALSE;
  fine->days = MAX (days, 0);
  fine->per_day_minor = hw_value_integer (per_day);
  fine->currency = hw_value_unit (per_day);
  count_fine (fine, cap);
  return TRUE;
}

char *
hw_country_rule_cancel_day (HwRecord *rule, const char *reported_on)
{
  if (rule == NULL || reported_on == NULL
      || hw_record_get (rule, HW_FIELD_COUNTRY_RULE_CANCEL_DAYS) == NULL)
    return NULL;
  return hw_date_add_days (
    reported_on, (gint)hw_record_get_integer (rule, HW_FIELD_COUNTRY_RULE_CANCEL_DAYS));
}
