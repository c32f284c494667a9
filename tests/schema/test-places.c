/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Countries, languages, currencies, airports and provinces.
 */
#include <glib.h>
#include <string.h>

#include "base/hw-date.h"
#include "schema/hw-currency.h"
#include "schema/hw-iso.h"
#include "schema/hw-place.h"

static void
test_exponents (void)
{
  g_assert_cmpint (hw_currency_exponent ("KWD"), ==, 3);
  g_assert_cmpint (hw_currency_exponent ("OMR"), ==, 3);
  g_assert_cmpint (hw_currency_exponent ("BHD"), ==, 3);
  g_assert_cmpint (hw_currency_exponent ("BIF"), ==, 0);
  g_assert_cmpint (hw_currency_exponent ("RWF"), ==, 0);
  g_assert_cmpint (hw_currency_exponent ("UGX"), ==, 0);
  g_assert_cmpint (hw_currency_exponent ("KMF"), ==, 0);
  g_assert_cmpint (hw_currency_exponent ("KES"), ==, 2);
  g_assert_cmpint (hw_currency_exponent ("SAR"), ==, 2);
  g_assert_cmpint (hw_currency_exponent ("QQQ"), ==, -1);
  g_assert_cmpint (hw_currency_exponent ("kwd"), ==, -1);
  g_assert_cmpint (hw_currency_exponent ("D K"), ==, -1);
  g_assert_cmpint (hw_currency_exponent (""), ==, -1);
  g_assert_cmpint (hw_currency_exponent (NULL), ==, -1);
}

static void
test_countries (void)
{
  guint count = 0;
  const HwIsoName *countries = hw_countries (&count);

  g_assert_cmpuint (count, >=, 240);
  for (guint i = 0; i < count; i++)
    {
      g_assert_true (i == 0 || strcmp (countries[i - 1].code, countries[i].code) < 0);
      g_assert_cmpstr (hw_country_name (countries[i].code), ==, countries[i].name);
      if (countries[i].zone != NULL)
        g_assert_true (hw_zone_valid (countries[i].zone));
    }
  g_assert_cmpstr (hw_country_name ("BI"), ==, "Burundi");
  g_assert_cmpstr (hw_country_zone ("KW"), ==, "Asia/Kuwait");
  g_assert_cmpstr (hw_country_zone ("BI"), ==, "Africa/Bujumbura");
  g_assert_cmpstr (hw_country_zone ("OM"), ==, "Asia/Muscat");
  g_assert_cmpstr (hw_country_zone ("ZM"), ==, "Africa/Lusaka");
  g_assert_null (hw_country_name ("XX"));
  g_assert_null (hw_country_zone (NULL));
}

static void
test_languages (void)
{
  guint count = 0;
  const HwIsoName *languages = hw_languages (&count);

  g_assert_cmpuint (count, >=, 7000);
  for (guint i = 1; i < count; i++)
    g_assert_cmpint (strcmp (languages[i - 1].code, languages[i].code), <, 0);
  g_assert_nonnull (hw_language_name ("run"));
  g_assert_cmpstr (hw_language_name ("fra"), ==, "French");
  g_assert_null (hw_language_name ("rn"));
}

static void
test_airports (void)
{
  static const char *const needed[] = {
    "BJM", "KWI", "ADD", "NBO", "KGL", "EBB", "DAR", "RUH", "JED", "DMM", "MCT", "DXB",
    "AUH", "SHJ", "DOH", "BAH", "BEY", "LUN", "JNB", "IST", "CAI", "MBA", "ZNZ",
  };
  guint count = 0;
  const HwAirport *airports = hw_airports (&count);

  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    g_assert_cmpstr (hw_airport_by_code (needed[i])->code, ==, needed[i]);
  for (guint i = 0; i < count; i++)
    {
      g_test_message ("%s", airports[i].code);
      g_assert_cmpuint (strlen (airports[i].code), ==, 3);
      g_assert_true (i == 0 || strcmp (airports[i - 1].code, airports[i].code) < 0);
      g_assert_nonnull (hw_country_name (airports[i].country));
      g_assert_true (hw_zone_valid (airports[i].zone));
    }
  g_assert_cmpstr (hw_airport_by_code ("bjm")->city, ==, "Bujumbura");
  g_assert_null (hw_airport_by_code ("QQQ"));
  g_assert_null (hw_airport_by_code (NULL));
}

static void
test_provinces (void)
{
  guint old_count = 0, new_count = 0, mapped = 0, communes = 0;
  const HwProvince *old = hw_provinces_old (&old_count);
  const char *const *fresh = hw_provinces_new (&new_count);

  g_assert_cmpuint (old_count, ==, 18);
  g_assert_cmpuint (new_count, ==, 5);
  for (guint i = 0; i < old_count; i++)
    {
      g_assert_true (g_strv_contains (fresh, old[i].now_in));
      g_assert_cmpstr (hw_province_new_of (old[i].name), ==, old[i].now_in);
      communes += g_strv_length ((GStrv)old[i].communes);
    }
  for (guint i = 0; i < new_count; i++)
    mapped += g_strv_length ((GStrv)hw_province_old_of (fresh[i]));
  g_assert_cmpuint (mapped, ==, 18);
  g_assert_cmpuint (communes, ==, 119);
  g_assert_cmpstr (hw_province_new_of ("ngozi"), ==, "Butanyerera");
  g_assert_null (hw_province_new_of ("Buhumuza"));
  g_assert_null (hw_province_old_of ("Ngozi"));
  g_assert_null (hw_province_new_of (NULL));
}

static void
test_communes (void)
{
  g_assert_cmpstr (hw_province_of_commune ("Nyanza-Lac")->name, ==, "Makamba");
  g_assert_null (hw_province_of_commune ("Butaganzwa"));
  g_assert_cmpstr (hw_province_of_commune ("Muhuta")->name, ==, "Rumonge");
  g_assert_cmpstr (hw_province_new_of_commune ("Muhuta"), ==, "Bujumbura");
  g_assert_cmpstr (hw_province_new_of_commune ("Burambi"), ==, "Burunga");
  g_assert_null (hw_province_new_of_commune ("Atlantis"));
}

static void
assert_others (const char *old_name, const char *new_name, const char *commune, const char *expected)
{
  g_autofree const char **names = hw_place_other_names (old_name, new_name, commune);
  g_autofree char *joined = g_strjoinv (", ", (char **)names);

  g_assert_cmpstr (joined, ==, expected);
}

static void
test_other_names (void)
{
  assert_others ("Ngozi", NULL, NULL, "Butanyerera");
  assert_others ("Ngozi", "Butanyerera", NULL, "");
  assert_others (NULL, "Butanyerera", NULL, "Kayanza, Kirundo, Ngozi");
  assert_others ("Butanyerera", NULL, NULL, "Kayanza, Kirundo, Ngozi");
  assert_others (NULL, "Butanyerera", "Kiremba", "Ngozi");
  assert_others (NULL, NULL, "Muhuta", "Bujumbura, Rumonge");
  assert_others ("Gitega", NULL, NULL, "");
  assert_others ("Nairobi", NULL, NULL, "");
  assert_others (NULL, NULL, NULL, "");
}

static void
test_proposed (void)
{
  g_autofree char *of_old = hw_place_new_province ("Rumonge", NULL, NULL);
  g_autofree char *of_moved = hw_place_new_province ("Rumonge", NULL, "Muhuta");
  g_autofree char *as_written = hw_place_new_province ("Buhumuza", NULL, NULL);
  g_autofree char *old_of_commune = hw_place_old_province (NULL, "Muhuta");
  g_autofree char *old_of_two = hw_place_old_province (NULL, "Butaganzwa");

  g_assert_cmpstr (of_old, ==, "Burunga");
  g_assert_cmpstr (of_moved, ==, "Bujumbura");
  g_assert_cmpstr (as_written, ==, "Buhumuza");
  g_assert_cmpstr (old_of_commune, ==, "Rumonge");
  g_assert_null (old_of_two);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/places/currency-exponents", test_exponents);
  g_test_add_func ("/places/countries-and-their-main-zone", test_countries);
  g_test_add_func ("/places/languages", test_languages);
  g_test_add_func ("/places/airports-of-the-region", test_airports);
  g_test_add_func ("/places/provinces-old-and-new", test_provinces);
  g_test_add_func ("/places/communes-that-moved-or-share-a-name", test_communes);
  g_test_add_func ("/places/found-by-the-other-name", test_other_names);
  g_test_add_func ("/places/one-proposed-from-the-other", test_proposed);
  return g_test_run ();
}
