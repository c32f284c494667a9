/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The legs of a journey in order, without those that were cancelled or missed, and the countries it
 * passes through.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-facts-private.h"
#include "domain/hw-travel.h"

#include "schema/hw-iso.h"
#include "schema/hw-place.h"

#include <string.h>

static char *
day_of (HwRecord *leg, HwFieldId field)
{
  const char *at = hw_record_get_text (leg, field);

  return at != NULL && strlen (at) >= 10 ? g_strndup (at, 10) : NULL;
}

HwJourney *
hw_journey_new (HwCaseFile *file, HwRecord *movement)
{
  HwJourney *journey = g_new0 (HwJourney, 1);
  HwRecord *first, *last;

  journey->legs
    = movement != NULL
        ? hw_travel_legs (
          hw_case_file_of_type (file, HW_TYPE_ID_SEGMENT), hw_record_id (movement), NULL)
        : g_ptr_array_new ();
  if (journey->legs->len == 0)
    return journey;
  first = g_ptr_array_index (journey->legs, 0);
  last = g_ptr_array_index (journey->legs, journey->legs->len - 1);
  journey->departs_day = day_of (first, HW_FIELD_SEGMENT_DEPARTS_AT);
  journey->departs_zone = hw_record_get_unit (first, HW_FIELD_SEGMENT_DEPARTS_AT);
  journey->arrives_day = day_of (last, HW_FIELD_SEGMENT_ARRIVES_AT);
  return journey;
}

void
hw_journey_free (HwJourney *journey)
{
  if (journey == NULL)
    return;
  g_ptr_array_unref (journey->legs);
  g_free (journey->departs_day);
  g_free (journey->arrives_day);
  g_free (journey);
}

/* An airport's code, or a place by road that ends in its country: "Kigoma, TZ". */
static const char *
country_of (const char *place)
{
  const HwAirport *airport;
  const char *comma;

  if (place == NULL)
    return NULL;
  airport = hw_airport_by_code (place);
  if (airport != NULL)
    return airport->country;
  comma = strrchr (place, ',');
  if (comma == NULL)
    return NULL;
  comma += 1 + strspn (comma + 1, " ");
  return strlen (comma) == 2 && hw_country_name (comma) != NULL ? comma : NULL;
}

gboolean
hw_journey_is_known (HwJourney *journey)
{
  for (guint i = 0; i < journey->legs->len; i++)
    {
      HwRecord *leg = g_ptr_array_index (journey->legs, i);

      if (country_of (hw_record_get_text (leg, HW_FIELD_SEGMENT_FROM)) == NULL
          || country_of (hw_record_get_text (leg, HW_FIELD_SEGMENT_TO)) == NULL)
        return FALSE;
    }
  return journey->legs->len > 0;
}

static void
add_country (GPtrArray *countries, const char *country, const char *from, const char *to)
{
  if (country == NULL || g_strcmp0 (country, from) == 0 || g_strcmp0 (country, to) == 0)
    return;
  if (!g_ptr_array_find_with_equal_func (countries, country, g_str_equal, NULL))
    g_ptr_array_add (countries, g_strdup (country));
}

char **
hw_journey_transit_countries (HwJourney *journey)
{
  GPtrArray *countries = g_ptr_array_new ();
  const char *from, *to;
  guint n = journey->legs->len;

  if (n > 0)
    {
      from = country_of (
        hw_record_get_text (g_ptr_array_index (journey->legs, 0), HW_FIELD_SEGMENT_FROM));
      to = country_of (
        hw_record_get_text (g_ptr_array_index (journey->legs, n - 1), HW_FIELD_SEGMENT_TO));
      for (guint i = 0; i < n; i++)
        {
          HwRecord *leg = g_ptr_array_index (journey->legs, i);

          if (i > 0)
            add_country (
              countries, country_of (hw_record_get_text (leg, HW_FIELD_SEGMENT_FROM)), from, to);
          if (i + 1 < n)
            add_country (
              countries, country_of (hw_record_get_text (leg, HW_FIELD_SEGMENT_TO)), from, to);
        }
    }
  g_ptr_array_add (countries, NULL);
  return (char **)g_ptr_array_free (countries, FALSE);
}
