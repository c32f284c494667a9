/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whether a document carries her home, as its own page says it: arrival, each transit country, whose
 * lines they are. What the ticket gate makes of the same is in test-gates.c.
 */
#include "fixture.h"

#include "domain/hw-document-check.h"
#include "domain/hw-mrz.h"

#include <string.h>

#define ALINE                                                                                      \
  "P<BDINIYONKURU<<ALINE<<<<<<<<<<<<<<<<<<<<<<<\nLP00123455BDI0009151F2702102<<<<<<<<<<<<<<08"

/* "On arrival:G Ethiopia:B" */
static char *
states (Fixture *f)
{
  g_autoptr (GPtrArray) checks = hw_document_checks (f->file, f->document, TODAY);
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < checks->len; i++)
    {
      HwDocumentCheck *check = g_ptr_array_index (checks, i);

      g_assert_cmpuint (strlen (check->words), >, 10);
      g_string_append_printf (
        words, "%s%s:%c", i > 0 ? " " : "", check->title, "GB?"[check->state]);
    }
  return g_string_free (words, FALSE);
}

static void
assert_states (Fixture *f, const char *expected)
{
  g_autofree char *found = states (f);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_arrival (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  assert_states (f, "On arrival:G Ethiopia:G");
  put (f->document, HW_FIELD_TRAVEL_DOCUMENT_EXPIRES_ON, "2026-11-24");
  assert_states (f, "On arrival:B Ethiopia:G");
  clear (f->document, HW_FIELD_TRAVEL_DOCUMENT_EXPIRES_ON);
  assert_states (f, "On arrival:B Ethiopia:G");
}

static void
test_each_country (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  put (f->second_leg, HW_FIELD_SEGMENT_FROM, "NBO");
  assert_states (f, "On arrival:G Ethiopia:G Kenya:?");
  put (f->document, HW_FIELD_TRAVEL_DOCUMENT_KIND, "id_card");
  assert_states (f, "On arrival:G Ethiopia:B Kenya:?");
}

static void
test_without_a_journey (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  hw_case_file_remove (f->file, hw_record_id (f->first_leg));
  hw_case_file_remove (f->file, hw_record_id (f->second_leg));
  assert_states (f, "On arrival:?");
  hw_case_file_remove (f->file, hw_record_id (f->movement));
  assert_states (f, "");
}

/* The office's own words about the country stand behind the verdict. */
static void
test_rule_in_words (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GPtrArray) checks = NULL;

  put (f->rule, HW_FIELD_COUNTRY_RULE_TRANSIT_RULE, "Within 24 hours.");
  checks = hw_document_checks (f->file, f->document, TODAY);
  g_assert_nonnull (strstr (((HwDocumentCheck *)checks->pdata[1])->words, "Within 24 hours."));
}

static void
test_whose_lines (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwMrz) mrz = hw_mrz_parse (ALINE, TODAY, NULL);
  HwRecord *child = fixture_dependant (f);

  put (f->survivor, HW_FIELD_PERSON_GIVEN_NAMES, "Chantal");
  put (f->survivor, HW_FIELD_PERSON_FAMILY_NAME, "Hakizimana");
  put (child, HW_FIELD_PERSON_GIVEN_NAMES, "Bella");
  put (child, HW_FIELD_PERSON_FAMILY_NAME, "Niyonkuru");
  g_assert_true (hw_mrz_holder (mrz, f->file) == f->survivor);
  put (child, HW_FIELD_PERSON_GIVEN_NAMES, "Aline");
  g_assert_true (hw_mrz_holder (mrz, f->file) == child);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/valid-on-the-day-she-arrives", test_arrival);
  g_test_add_func ("/document/each-transit-country-has-its-sentence", test_each_country);
  g_test_add_func ("/document/no-journey-no-verdict", test_without_a_journey);
  g_test_add_func ("/document/the-rule-in-the-office-s-words", test_rule_in_words);
  g_test_add_func ("/document/whose-lines-they-are", test_whose_lines);
  return g_test_run ();
}
