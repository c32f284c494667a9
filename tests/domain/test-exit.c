/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Fines, deadlines and lists at the border, and what a mission asks for.
 */
#include "fixture.h"

#include "domain/hw-exit-list.h"
#include "domain/hw-mission-list.h"

#include <string.h>

static void
put_money (HwRecord *record, HwFieldId field, gint64 minor, const char *currency)
{
  g_autoptr (HwValue) value = hw_value_new_money (minor, currency);

  hw_record_set (record, field, value);
}

static HwRecord *
add_rule (Fixture *f, const char *country, const char *valid_from)
{
  g_autofree char *id = g_strdup_printf ("00000000-0000-4000-8000-%012u", 8000 + f->made++);
  HwRecord *rule = hw_record_new (HW_TYPE_ID_COUNTRY_RULE, id);

  put (rule, HW_FIELD_COUNTRY_RULE_COUNTRY, country);
  if (valid_from != NULL)
    put (rule, HW_FIELD_COUNTRY_RULE_VALID_FROM, valid_from);
  hw_case_file_add (f->directory, rule);
  g_object_unref (rule);
  return rule;
}

static HwRecord *
add_item (Fixture *f, const char *item, const char *status)
{
  HwRecord *record = fixture_add (f, HW_TYPE_ID_EXIT_CLEARANCE);

  put (record, HW_FIELD_EXIT_CLEARANCE_ITEM, item);
  put (record, HW_FIELD_EXIT_CLEARANCE_STATUS, status);
  return record;
}

/* A rule of Kuwait like that of the demo, and a case there without any item. */
static HwRecord *
kuwait (Fixture *f)
{
  HwRecord *rule = add_rule (f, "KW", "2025-01-01");

  put_set (rule, HW_FIELD_COUNTRY_RULE_ITEMS, "absconding_report", "overstay_fine", "travel_ban", NULL);
  put_money (rule, HW_FIELD_COUNTRY_RULE_FINE_PER_DAY, 2000, "KWD");
  put_money (rule, HW_FIELD_COUNTRY_RULE_CAP, 600000, "KWD");
  put_integer (rule, HW_FIELD_COUNTRY_RULE_CANCEL_DAYS, 15);
  put (f->header, HW_FIELD_CASE_LOCATION_COUNTRY, "KW");
  hw_case_file_remove (f->file, hw_record_id (f->exit_item));
  return rule;
}

static void
test_newest_rule (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *undated = add_rule (f, "OM", NULL);
  HwRecord *old = add_rule (f, "OM", "2024-01-01");
  HwRecord *now = add_rule (f, "OM", TODAY);

  add_rule (f, "OM", "2026-11-25");
  add_rule (f, "QA", "2026-01-01");
  g_assert_true (hw_country_rule_for (f->file, "OM", TODAY) == now);
  g_assert_true (hw_country_rule_for (f->directory, "OM", TODAY) == now);
  g_assert_true (hw_country_rule_for (f->file, "OM", "2026-11-23") == old);
  g_assert_true (hw_country_rule_for (f->file, "OM", "2023-12-31") == undated);
  g_assert_null (hw_country_rule_for (f->file, "LB", TODAY));
  g_assert_null (hw_country_rule_for (f->file, NULL, TODAY));
}

static void
test_fine (void)
{
  static const struct
  {
    gint64 per_day, cap; /* cap 0: none */
    const char *currency, *from;
    gint days;
    gint64 minor;
    gboolean capped;
  } rows[] = {
    { 2000, 600000, "KWD", "2026-07-07", 140, 280000, FALSE }, /* KD 280: three decimals */
    { 2000, 600000, "KWD", "2026-01-28", 300, 600000, FALSE },
    { 2000, 600000, "KWD", "2026-01-27", 301, 600000, TRUE },
    { 5000, 0, "AED", "2026-11-23", 1, 5000, FALSE }, /* two decimals */
    { 500, 0, "RWF", "2026-11-14", 10, 5000, FALSE }, /* none */
    { 2000, 0, "KWD", TODAY, 0, 0, FALSE },
    { 2000, 0, "KWD", "2026-12-24", 0, 0, FALSE },
    { G_MAXINT64, 0, "KWD", "2026-11-14", 10, G_MAXINT64, TRUE },
    { 0, 0, "KWD", "2026-11-14", 10, 0, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Fixture) f = fixture_new ();
      HwRecord *rule = add_rule (f, "KW", NULL);
      HwCountryFine fine;

      put_money (rule, HW_FIELD_COUNTRY_RULE_FINE_PER_DAY, rows[i].per_day, rows[i].currency);
      if (rows[i].cap > 0)
        put_money (rule, HW_FIELD_COUNTRY_RULE_CAP, rows[i].cap, rows[i].currency);
      g_assert_true (hw_country_rule_fine (rule, rows[i].from, TODAY, &fine));
      g_assert_cmpint (fine.days, ==, rows[i].days);
      g_assert_cmpint (fine.minor, ==, rows[i].minor);
      g_assert_cmpint (fine.capped, ==, rows[i].capped);
      g_assert_cmpstr (fine.currency, ==, rows[i].currency);
    }
}

static void
test_no_fine (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *rule = add_rule (f, "KW", NULL);
  HwCountryFine fine;

  g_assert_false (hw_country_rule_fine (NULL, "2026-07-07", TODAY, &fine));
  g_assert_false (hw_country_rule_fine (rule, "2026-07-07", TODAY, &fine));
  put_money (rule, HW_FIELD_COUNTRY_RULE_FINE_PER_DAY, 2000, "KWD");
  g_assert_false (hw_country_rule_fine (rule, NULL, TODAY, &fine));
  g_assert_false (hw_country_rule_fine (rule, "soon", TODAY, &fine));
  put_money (rule, HW_FIELD_COUNTRY_RULE_CAP, 600000, "USD");
  g_assert_false (hw_country_rule_fine (rule, "2026-07-07", TODAY, &fine));
}

/* "absconding_report:missing overstay_fine:pending travel_ban:missing court_case:pending" */
static char *
entries (HwExitList *list)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < list->entries->len; i++)
    {
      HwExitEntry *entry = g_ptr_array_index (list->entries, i);

      g_string_append_printf (words,
                              "%s%s:%s%s",
                              i > 0 ? " " : "",
                              entry->item != NULL ? entry->item->nick : "?",
                              entry->record != NULL ? hw_record_status (entry->record) : "missing",
                              entry->asked ? "" : " unasked");
    }
  return g_string_free (words, FALSE);
}

static void
test_list (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *rule = kuwait (f);
  HwRecord *fine = add_item (f, "overstay_fine", "payment_due");
  g_autoptr (HwExitList) list = NULL;
  g_autofree char *words = NULL;
  HwExitEntry *entry;

  put (fine, HW_FIELD_EXIT_CLEARANCE_COUNTED_FROM, "2026-07-07");
  put_money (fine, HW_FIELD_EXIT_CLEARANCE_AMOUNT, 100000, "KWD");
  add_item (f, "court_case", "pending");
  list = hw_exit_list_new (f->file, TODAY);
  words = entries (list);
  g_assert_cmpstr (words,
                   ==,
                   "absconding_report:missing overstay_fine:payment_due travel_ban:missing "
                   "court_case:pending unasked");
  g_assert_true (list->rule == rule);
  g_assert_cmpuint (list->n_missing, ==, 2);
  g_assert_cmpuint (list->n_open, ==, 2);
  entry = g_ptr_array_index (list->entries, 1);
  g_assert_true (entry->has_fine);
  g_assert_cmpint (entry->fine.days, ==, 140);
  g_assert_cmpint (hw_value_integer (entry->due), ==, 280000);
}

static void
test_sums (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *fine = (kuwait (f), add_item (f, "overstay_fine", "pending"));
  HwRecord *permit = add_item (f, "exit_permit", "payment_due");
  HwRecord *ban = add_item (f, "travel_ban", "pending");
  HwRecord *paid = add_item (f, "court_case", "paid");
  g_autoptr (HwExitList) list = NULL;

  put (fine, HW_FIELD_EXIT_CLEARANCE_COUNTED_FROM, "2026-11-14");
  put_money (permit, HW_FIELD_EXIT_CLEARANCE_AMOUNT, 5000, "KWD");
  put_money (ban, HW_FIELD_EXIT_CLEARANCE_AMOUNT, 700, "USD");
  put_money (paid, HW_FIELD_EXIT_CLEARANCE_AMOUNT, 9000, "KWD");
  list = hw_exit_list_new (f->file, TODAY);
  g_assert_cmpuint (list->sums->len, ==, 2);
  g_assert_cmpint (hw_value_integer (list->sums->pdata[0]), ==, 25000);
  g_assert_cmpstr (hw_value_unit (list->sums->pdata[0]), ==, "KWD");
  g_assert_cmpint (hw_value_integer (list->sums->pdata[1]), ==, 700);
}

static void
test_without_rule (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *fine;
  g_autoptr (HwExitList) list = NULL;

  put (f->header, HW_FIELD_CASE_LOCATION_COUNTRY, "LB");
  hw_case_file_remove (f->file, hw_record_id (f->exit_item));
  fine = add_item (f, "overstay_fine", "pending");
  put (fine, HW_FIELD_EXIT_CLEARANCE_COUNTED_FROM, "2026-07-07");
  put_money (fine, HW_FIELD_EXIT_CLEARANCE_AMOUNT, 4200, "USD");
  list = hw_exit_list_new (f->file, TODAY);
  g_assert_null (list->rule);
  g_assert_cmpuint (list->n_missing, ==, 0);
  g_assert_cmpint (hw_value_integer (((HwExitEntry *)list->entries->pdata[0])->due), ==, 4200);
}

static void
test_cancel_day (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *rule = kuwait (f);
  HwRecord *report = add_item (f, "absconding_report", "pending");
  g_autoptr (HwExitList) open = NULL;
  g_autoptr (HwExitList) settled = NULL;

  put (report, HW_FIELD_EXIT_CLEARANCE_REPORTED_ON, "2026-11-12");
  open = hw_exit_list_new (f->file, TODAY);
  g_assert_cmpstr (((HwExitEntry *)open->entries->pdata[0])->cancel_day, ==, "2026-11-27");
  put (report, HW_FIELD_EXIT_CLEARANCE_STATUS, "cleared");
  settled = hw_exit_list_new (f->file, TODAY);
  g_assert_null (((HwExitEntry *)settled->entries->pdata[0])->cancel_day);
  clear (rule, HW_FIELD_COUNTRY_RULE_CANCEL_DAYS);
  g_assert_null (hw_country_rule_cancel_day (rule, "2026-11-12"));
}

/* ---- What a mission asks for ---- */

static void
assert_mission (Fixture *f, const char *expected)
{
  g_autoptr (GPtrArray) list = hw_mission_list_new (f->file, f->request);
  g_autoptr (GString) states = g_string_new (NULL);

  for (guint i = 0; i < list->len; i++)
    g_string_append_printf (states,
                            "%s%s=%c",
                            i > 0 ? ", " : "",
                            ((HwMissionEntry *)list->pdata[i])->requirement,
                            "HL?"[((HwMissionEntry *)list->pdata[i])->state]);
  g_assert_cmpstr (states->str, ==, expected);
}

static HwRecord *
profile_of (Fixture *f)
{
  HwRecord *profile = hw_case_file_lookup (f->directory, MISSION);

  if (profile == NULL)
    {
      profile = hw_record_new (HW_TYPE_ID_ORGANISATION, MISSION);
      hw_case_file_add (f->directory, profile);
      g_object_unref (profile);
    }
  return profile;
}

static void
test_mission (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *profile = profile_of (f);
  HwRecord *scan;

  put (f->request, HW_FIELD_EMBASSY_REQUEST_MISSION, MISSION);
  for (guint i = 0; i < hw_record_def (f->request)->n_fields; i++)
    if (g_strcmp0 (hw_record_def (f->request)->fields[i].section, "record") == 0)
      clear (f->request, hw_record_def (f->request)->fields[i].id);
  clear (profile, HW_FIELD_ORGANISATION_REQUIREMENTS);
  assert_mission (f, "");
  put_set (profile,
           HW_FIELD_ORGANISATION_REQUIREMENTS,
           "Any copy of the passport",
           "Flight reservation",
           "Names of both parents and the commune of origin",
           "Two photographs",
           NULL);
  assert_mission (f,
                  "Any copy of the passport=?, Flight reservation=L, "
                  "Names of both parents and the commune of origin=L, Two photographs=L");
  put (f->request, HW_FIELD_EMBASSY_REQUEST_RESERVATION_REFERENCE, "H7QK2P");
  put (f->request, HW_FIELD_EMBASSY_REQUEST_FATHER_NAME, "Tharcisse");
  put (f->request, HW_FIELD_EMBASSY_REQUEST_MOTHER_NAME, "Espérance");
  assert_mission (f,
                  "Any copy of the passport=?, Flight reservation=H, "
                  "Names of both parents and the commune of origin=L, Two photographs=L");
  put (f->request, HW_FIELD_EMBASSY_REQUEST_BIRTH_PLACE, "Ngozi");
  scan = fixture_add (f, HW_TYPE_ID_ATTACHMENT);
  put (scan, HW_FIELD_ATTACHMENT_NAME, "Passport page 2.jpg");
  put_set (f->request, HW_FIELD_EMBASSY_REQUEST_EVIDENCE, hw_record_id (scan), NULL);
  assert_mission (f,
                  "Any copy of the passport=H, Flight reservation=H, "
                  "Names of both parents and the commune of origin=H, Two photographs=L");
}

/* "Copy" stands in the name of every scan: it must not make any of them a birth certificate. */
static void
test_mission_common_words (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *scan = fixture_add (f, HW_TYPE_ID_ATTACHMENT);

  put (f->request, HW_FIELD_EMBASSY_REQUEST_MISSION, MISSION);
  put_set (profile_of (f), HW_FIELD_ORGANISATION_REQUIREMENTS, "Copy of the birth certificate", NULL);
  put (scan, HW_FIELD_ATTACHMENT_NAME, "copy of a medical certificate.pdf");
  put_set (f->request, HW_FIELD_EMBASSY_REQUEST_EVIDENCE, hw_record_id (scan), NULL);
  assert_mission (f, "Copy of the birth certificate=?");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exit/rule/newest-not-after-the-day", test_newest_rule);
  g_test_add_func ("/exit/fine/days-cap-and-exponents", test_fine);
  g_test_add_func ("/exit/fine/none-where-nobody-can-say", test_no_fine);
  g_test_add_func ("/exit/list/asked-written-down-missing", test_list);
  g_test_add_func ("/exit/list/sums-by-currency-of-what-is-open", test_sums);
  g_test_add_func ("/exit/list/without-a-rule-the-sum-that-was-heard", test_without_rule);
  g_test_add_func ("/exit/list/last-day-to-cancel", test_cancel_day);
  g_test_add_func ("/mission/list/has-lacks-or-cannot-say", test_mission);
  g_test_add_func ("/mission/list/common-words-tell-nothing", test_mission_common_words);
  return g_test_run ();
}
