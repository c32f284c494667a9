/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Countries and languages by code: binary searches in tables made at build time.
 */
#include "schema/hw-reference-private.h"

#include <string.h>

static const HwIsoName *
find (const HwIsoName *table, guint count, const char *code)
{
  guint low = 0, high = count;

  while (code != NULL && low < high)
    {
      guint middle = (low + high) / 2;
      int order = strcmp (code, table[middle].code);

      if (order == 0)
        return &table[middle];
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }
  return NULL;
}

const char *
hw_country_name (const char *code)
{
  const HwIsoName *country = find (hw_iso_countries, hw_iso_countries_count, code);

  return country != NULL ? country->name : NULL;
}

const char *
hw_country_zone (const char *code)
{
  const HwIsoName *country = find (hw_iso_countries, hw_iso_countries_count, code);

  return country != NULL ? country->zone : NULL;
}

const char *
hw_country_of_alpha3 (const char *alpha3)
{
  for (guint i = 0; alpha3 != NULL && i < hw_iso_countries_count; i++)
    if (strcmp (hw_iso_countries[i].alpha3, alpha3) == 0)
      return hw_iso_countries[i].code;
  return NULL;
}

const char *
hw_language_name (const char *code)
{
  const HwIsoName *language = find (hw_iso_languages, hw_iso_languages_count, code);

  return language != NULL ? language->name : NULL;
}

const HwIsoName *
hw_countries (guint *count)
{
  if (count != NULL)
    *count = hw_iso_countries_count;
  return hw_iso_countries;
}

const HwIsoName *
hw_languages (guint *count)
{
  if (count != NULL)
    *count = hw_iso_languages_count;
  return hw_iso_languages;
}
