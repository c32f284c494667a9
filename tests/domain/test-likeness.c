/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who is taken for whom, and by which keys they find each other.
 */
#include "fixture.h"

#include "base/hw-base.h"
#include "domain/hw-likeness.h"
#include "domain/hw-pair.h"

typedef struct
{
  HwRecord *person, *contact;
} Woman;

static void
woman_clear (Woman *woman)
{
  g_clear_object (&woman->person);
  g_clear_object (&woman->contact);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Woman, woman_clear)

/* Aline Ndayishimiye of Ngozi, born 3 April 1999, daughter of Joseph and Marie. */
static Woman
aline (void)
{
  Woman woman = { hw_record_new (HW_TYPE_ID_PERSON, "00000000-0000-4000-8000-000000000011"),
                  hw_record_new (HW_TYPE_ID_SAFE_CONTACT, "00000000-0000-4000-8000-000000000012") };

  put (woman.person, HW_FIELD_PERSON_GIVEN_NAMES, "Aline");
  put (woman.person, HW_FIELD_PERSON_FAMILY_NAME, "Ndayishimiye");
  put_pair (woman.person, HW_FIELD_PERSON_BIRTH_DATE, "1999-04-03", "day");
  put (woman.person, HW_FIELD_PERSON_FATHER_NAME, "Joseph Bigirimana");
  put (woman.person, HW_FIELD_PERSON_MOTHER_NAME, "Marie Irakoze");
  put (woman.person, HW_FIELD_PERSON_ORIGIN_PROVINCE, "Ngozi");
  put (woman.person, HW_FIELD_PERSON_GENDER, "feminine");
  put (woman.contact, HW_FIELD_SAFE_CONTACT_VALUE, "+96550001234");
  return woman;
}

/* Only the names. */
static Woman
named (const char *given, const char *family)
{
  Woman woman = { hw_record_new (HW_TYPE_ID_PERSON, "00000000-0000-4000-8000-000000000021"),
                  hw_record_new (HW_TYPE_ID_SAFE_CONTACT, "00000000-0000-4000-8000-000000000022") };

  if (given != NULL)
    put (woman.person, HW_FIELD_PERSON_GIVEN_NAMES, given);
  if (family != NULL)
    put (woman.person, HW_FIELD_PERSON_FAMILY_NAME, family);
  return woman;
}

static gboolean
shares_a_key (const HwTraits *filed, const HwTraits *sought)
{
  g_auto (GStrv) keys = hw_likeness_keys (filed);
  g_auto (GStrv) search = hw_likeness_search_keys (sought);

  for (guint i = 0; search[i] != NULL; i++)
    if (g_strv_contains ((const char *const *)keys, search[i]))
      return TRUE;
  return FALSE;
}

/* "82 same_names same_phone" */
static char *
compare (Woman *one, Woman *other, guint *weight)
{
  g_autoptr (HwTraits) first = hw_traits_of_records (one->person, one->contact);
  g_autoptr (HwTraits) second = hw_traits_of_records (other->person, other->contact);
  g_autofree const char **reasons = NULL;
  g_autofree const char **reversed = NULL;

  *weight = hw_likeness (first, second, &reasons);
  g_assert_cmpuint (hw_likeness (second, first, &reversed), ==, *weight);
  if (*weight >= HW_LIKENESS_ASKED)
    {
      g_assert_true (shares_a_key (first, second));
      g_assert_true (shares_a_key (second, first));
    }
  return g_strjoinv (" ", (char **)reasons);
}

static void
assert_asked (Woman *other, const char *reasons)
{
  g_auto (Woman) her = aline ();
  guint weight;
  g_autofree char *found = compare (&her, other, &weight);

  g_assert_cmpstr (found, ==, reasons);
  g_assert_cmpuint (weight, >=, HW_LIKENESS_ASKED);
}

static void
assert_not_asked (Woman *other)
{
  g_auto (Woman) her = aline ();
  guint weight;
  g_autofree char *found = compare (&her, other, &weight);

  if (weight >= HW_LIKENESS_ASKED)
    g_error ("Taken for her with %u: %s", weight, found);
}

static void
test_spelled_otherwise (void)
{
  g_auto (Woman) other = named ("Alin", "Ndaishimie");

  put_pair (other.person, HW_FIELD_PERSON_BIRTH_DATE, "1999-04-03", "day");
  assert_asked (&other, "names_alike same_birth_date");
}

static void
test_in_arabic (void)
{
  g_auto (Woman) other = named ("ألين", "ندايشيميي");

  put_pair (other.person, HW_FIELD_PERSON_BIRTH_DATE, "1999-04-03", "day");
  assert_asked (&other, "names_alike same_birth_date");
}

static void
test_names_exchanged (void)
{
  g_auto (Woman) other = named ("Ndayishimiye", "Aline");

  put_pair (other.person, HW_FIELD_PERSON_BIRTH_DATE, "1999-04-03", "day");
  assert_asked (&other, "same_names names_swapped same_birth_date");
}

static void
test_birth_a_day_off (void)
{
  g_auto (Woman) other = named ("Aline", "Ndayishimiye");

  put_pair (other.person, HW_FIELD_PERSON_BIRTH_DATE, "1999-04-04", "day");
  assert_asked (&other, "same_names birth_date_near");
}

static void
test_day_and_month_exchanged (void)
{
  g_auto (Woman) other = named ("Aline", "Ndayishimiye");

  put_pair (other.person, HW_FIELD_PERSON_BIRTH_DATE, "1999-03-04", "day");
  assert_asked (&other, "same_names birth_date_exchanged");
}

static void
test_birth_estimated (void)
{
  g_auto (Woman) other = named ("Aline", "Ndayishimiye");

  put_pair (other.person, HW_FIELD_PERSON_BIRTH_DATE, "2000-01-01", "estimated");
  put (other.person, HW_FIELD_PERSON_ORIGIN_NEW_PROVINCE, "Butanyerera");
  assert_asked (&other, "same_names birth_year_near same_province");
}

static void
test_birth_in_her_papers (void)
{
  g_auto (Woman) other = named ("Aline", "Ndayishimiye");

  put_pair (other.person, HW_FIELD_PERSON_BIRTH_DATE, "2005-01-01", "estimated");
  put (other.person, HW_FIELD_PERSON_PAPERS_BIRTH_DATE, "1999-04-03");
  assert_asked (&other, "same_names same_birth_date");
}

static void
test_same_phone (void)
{
  g_auto (Woman) other = named ("Aline", NULL);

  put (other.contact, HW_FIELD_SAFE_CONTACT_VALUE, "00965 5000 1234");
  assert_asked (&other, "one_name same_phone");
}

static void
test_known_as (void)
{
  g_auto (Woman) other = named ("Fatuma", "Hassan");

  put_set (other.person, HW_FIELD_PERSON_ALIASES, "Aline Ndayishimiye", NULL);
  put_pair (other.person, HW_FIELD_PERSON_BIRTH_DATE, "1999-04-03", "day");
  assert_asked (&other, "same_names known_as same_birth_date");
}

static void
test_same_parents (void)
{
  g_auto (Woman) other = named ("Aline", "Ndayishimiye");

  put (other.person, HW_FIELD_PERSON_FATHER_NAME, "Josephu Bigilimana");
  put (other.person, HW_FIELD_PERSON_MOTHER_NAME, "Mariya Irakoze");
  assert_asked (&other, "same_names same_father same_mother");
}

static void
test_neither_alone (void)
{
  g_auto (Woman) by_name = named ("Aline", "Ndayishimiye");
  g_auto (Woman) by_phone = named ("Chantal", "Irakoze");
  g_auto (Woman) by_birth = named ("Chantal", "Irakoze");

  put (by_phone.contact, HW_FIELD_SAFE_CONTACT_VALUE, "+96550001234");
  put_pair (by_birth.person, HW_FIELD_PERSON_BIRTH_DATE, "1999-04-03", "day");
  assert_not_asked (&by_name);
  assert_not_asked (&by_phone);
  assert_not_asked (&by_birth);
}

static void
test_against (void)
{
  g_auto (Woman) younger = named ("Aline", "Ndayishimiye");
  g_auto (Woman) man = named ("Aline", "Ndayishimiye");
  g_auto (Woman) numbered = named ("Aline", "Ndayishimiye");

  put_pair (younger.person, HW_FIELD_PERSON_BIRTH_DATE, "2008-09-21", "day");
  put (younger.person, HW_FIELD_PERSON_FATHER_NAME, "Joseph Bigirimana");
  put (younger.person, HW_FIELD_PERSON_MOTHER_NAME, "Marie Irakoze");
  put_pair (man.person, HW_FIELD_PERSON_BIRTH_DATE, "1999-04-03", "day");
  put (man.person, HW_FIELD_PERSON_GENDER, "masculine");
  assert_not_asked (&younger);
  assert_not_asked (&man);
  put (numbered.person, HW_FIELD_PERSON_ORIGIN_PROVINCE, "Makamba");
  assert_not_asked (&numbered);
}

static void
test_nothing_to_compare (void)
{
  g_auto (Woman) nobody = named (NULL, NULL);

  g_assert_null (hw_traits_of_records (nobody.person, nobody.contact));
  g_assert_null (hw_traits_of_records (NULL, NULL));
}

/* Whoever travels with her is not her. */
static void
test_survivor_only (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  HwRecord *child = fixture_dependant (fixture);
  g_autoptr (HwTraits) before = hw_traits_of_case (fixture->file);
  g_auto (GStrv) keys = before != NULL ? hw_likeness_keys (before) : g_new0 (char *, 1);
  g_autoptr (HwTraits) after = NULL;
  g_auto (GStrv) keys_after = NULL;

  put (child, HW_FIELD_PERSON_GIVEN_NAMES, "Zacharie");
  put (child, HW_FIELD_PERSON_FAMILY_NAME, "Kwizera");
  after = hw_traits_of_case (fixture->file);
  keys_after = after != NULL ? hw_likeness_keys (after) : g_new0 (char *, 1);
  g_assert_true (
    g_strv_equal ((const char *const *)keys, (const char *const *)keys_after));
}

static void
test_one_link_for_a_pair (void)
{
  const char *earlier = "01890000-0000-7000-8000-000000000001";
  const char *later = "01890000-0000-7000-8000-000000000002";
  g_autofree char *id = hw_case_link_id (earlier, later);
  g_autofree char *reversed = hw_case_link_id (later, earlier);

  g_assert_cmpstr (id, ==, reversed);
  g_assert_cmpstr (hw_case_link_root (earlier, later), ==, later);
  g_assert_cmpstr (hw_case_link_other (later, earlier), ==, earlier);
}

/* ---- Merging ---- */

#define EARLIER "01890000-0000-7000-8000-000000000001"
#define LATER "01890000-0000-7000-8000-000000000002"

static HwCaseFile *
case_of (const char *id, const char *given, const char *family)
{
  HwCaseFile *file = hw_case_file_new (id, NULL);
  g_autofree char *person_id = hw_uuid_v5 (id, "person");
  g_autoptr (HwRecord) header = hw_record_new (HW_TYPE_ID_CASE, id);
  g_autoptr (HwRecord) person = hw_record_new (HW_TYPE_ID_PERSON, person_id);

  hw_record_set_case (header, id);
  hw_record_set_case (person, id);
  put (person, HW_FIELD_PERSON_ROLE, "survivor");
  put (person, HW_FIELD_PERSON_GIVEN_NAMES, given);
  put (person, HW_FIELD_PERSON_FAMILY_NAME, family);
  hw_case_file_add (file, header);
  hw_case_file_add (file, person);
  return file;
}

static void
apply (GPtrArray *operations, HwRecord *link, HwCaseFile *one, HwCaseFile *other)
{
  for (guint i = 0; i < operations->len; i++)
    {
      HwOperation *operation = g_ptr_array_index (operations, i);
      HwRecord *record = hw_case_file_lookup (one, operation->record);

      if (record == NULL)
        record = hw_case_file_lookup (other, operation->record);
      hw_operation_apply (operation, record != NULL ? record : link);
      g_assert_cmpint (operation->action, ==, HW_ACTION_UPDATE);
      g_assert_nonnull (operation->group);
    }
}

static gboolean
same_values (HwRecord *one, HwRecord *other)
{
  const HwTypeDef *def = hw_record_def (one);

  for (guint i = 0; i < def->n_fields; i++)
    if (!hw_value_equal (hw_record_get (one, def->fields[i].id),
                         hw_record_get (other, def->fields[i].id)))
      return FALSE;
  return TRUE;
}

static void
test_merge_and_undo (void)
{
  g_autoptr (HwCaseFile) kept = case_of (EARLIER, "Aline", "Ndayishimiye");
  g_autoptr (HwCaseFile) aside = case_of (LATER, "Alin", "Ndaishimie");
  g_autofree char *link_id = hw_case_link_id (EARLIER, LATER);
  g_autoptr (HwRecord) link = hw_record_new (HW_TYPE_ID_CASE_LINK, link_id);
  HwRecord *her = hw_case_file_survivor (kept), *other = hw_case_file_survivor (aside);
  g_autoptr (HwRecord) her_before = NULL;
  g_autoptr (HwRecord) other_before = hw_record_copy (other);
  g_autoptr (HwRecord) header_before = NULL;
  g_autoptr (GPtrArray) merge = NULL;
  g_autoptr (GPtrArray) undo = NULL;

  put (other, HW_FIELD_PERSON_MOTHER_NAME, "Marie Irakoze");
  put (her, HW_FIELD_PERSON_GENDER, "feminine");
  put (other, HW_FIELD_PERSON_GENDER, "unknown");
  put (hw_case_file_case (aside), HW_FIELD_CASE_CLOSURE_REASON, "transferred");
  her_before = hw_record_copy (her);
  header_before = hw_record_copy (hw_case_file_case (aside));
  g_clear_object (&other_before);
  other_before = hw_record_copy (other);

  merge = hw_pair_merge ("0b6c5f0e-6f1d-4c6a-9d53-2f8f6f1a7c26", link, kept, aside);
  apply (merge, link, kept, aside);
  g_assert_cmpstr (hw_record_status (link), ==, "merged");
  g_assert_cmpstr (hw_record_get_text (link, HW_FIELD_CASE_LINK_KEPT), ==, EARLIER);
  g_assert_cmpstr (hw_record_get_text (her, HW_FIELD_PERSON_MOTHER_NAME), ==, "Marie Irakoze");
  g_assert_cmpstr (hw_record_get_text (her, HW_FIELD_PERSON_GENDER), ==, "feminine");
  g_assert_cmpstr (hw_record_get_set (her, HW_FIELD_PERSON_ALIASES)[0], ==, "Alin Ndaishimie");
  g_assert_true (
    hw_record_is (hw_case_file_case (aside), HW_FIELD_CASE_CLOSURE_REASON, "duplicate"));
  g_assert_true (same_values (other, other_before));

  undo = hw_pair_undo ("0b6c5f0e-6f1d-4c6a-9d53-2f8f6f1a7c27", link, kept, aside);
  apply (undo, link, kept, aside);
  g_assert_cmpstr (hw_record_status (link), ==, "possible");
  g_assert_true (same_values (her, her_before));
  g_assert_true (same_values (other, other_before));
  g_assert_true (same_values (hw_case_file_case (aside), header_before));
}

static void
test_undo_keeps_later_edits (void)
{
  g_autoptr (HwCaseFile) kept = case_of (EARLIER, "Aline", "Ndayishimiye");
  g_autoptr (HwCaseFile) aside = case_of (LATER, "Aline", "Ndayishimiye");
  g_autofree char *link_id = hw_case_link_id (EARLIER, LATER);
  g_autoptr (HwRecord) link = hw_record_new (HW_TYPE_ID_CASE_LINK, link_id);
  HwRecord *her = hw_case_file_survivor (kept);
  g_autoptr (GPtrArray) merge = NULL;
  g_autoptr (GPtrArray) undo = NULL;

  put (hw_case_file_survivor (aside), HW_FIELD_PERSON_MOTHER_NAME, "Marie");
  merge = hw_pair_merge ("0b6c5f0e-6f1d-4c6a-9d53-2f8f6f1a7c26", link, kept, aside);
  apply (merge, link, kept, aside);
  put (her, HW_FIELD_PERSON_MOTHER_NAME, "Marie Irakoze");
  undo = hw_pair_undo ("0b6c5f0e-6f1d-4c6a-9d53-2f8f6f1a7c27", link, kept, aside);
  apply (undo, link, kept, aside);
  g_assert_cmpstr (hw_record_get_text (her, HW_FIELD_PERSON_MOTHER_NAME), ==, "Marie Irakoze");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/likeness/spelled-otherwise", test_spelled_otherwise);
  g_test_add_func ("/likeness/in-arabic", test_in_arabic);
  g_test_add_func ("/likeness/names-exchanged", test_names_exchanged);
  g_test_add_func ("/likeness/birth-a-day-off", test_birth_a_day_off);
  g_test_add_func ("/likeness/day-and-month-exchanged", test_day_and_month_exchanged);
  g_test_add_func ("/likeness/birth-estimated-and-province-of-either-era", test_birth_estimated);
  g_test_add_func ("/likeness/birth-in-her-papers", test_birth_in_her_papers);
  g_test_add_func ("/likeness/same-phone-and-a-name", test_same_phone);
  g_test_add_func ("/likeness/known-as", test_known_as);
  g_test_add_func ("/likeness/same-parents", test_same_parents);
  g_test_add_func ("/likeness/neither-name-nor-number-nor-birth-alone", test_neither_alone);
  g_test_add_func ("/likeness/what-speaks-against", test_against);
  g_test_add_func ("/likeness/nothing-to-compare", test_nothing_to_compare);
  g_test_add_func ("/likeness/who-travels-with-her-is-not-her", test_survivor_only);
  g_test_add_func ("/likeness/one-link-for-a-pair", test_one_link_for_a_pair);
  g_test_add_func ("/pair/undone-both-are-as-they-were", test_merge_and_undo);
  g_test_add_func ("/pair/what-was-edited-since-stays", test_undo_keeps_later_edits);
  return g_test_run ();
}
