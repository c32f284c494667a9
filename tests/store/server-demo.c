/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The demo loads into an empty store, and each of its stories shows the state it tells.
 */
#include "server-fixture.h"

#include <string.h>

#include "domain/hw-exit-list.h"
#include "store/hw-loading.h"
#include "tools/hw-demo-private.h"
#include "tools/hw-seed.h"

#include <glib/gstdio.h>

#define CONDITIONS 4

typedef struct
{
  const char *number;
  HwStage stage;
  const char *codes[CONDITIONS]; /* what must block; the first must come first */
  const char *only;              /* (nullable) "exact": nothing else may */
} Told;

static const Told told[] = {
  { "0001", HW_STAGE_DOCUMENTS_AND_EXIT, { "decision-old", "document-unverified", "exit-open" }, "exact" },
  { "0002", HW_STAGE_DOCUMENTS_AND_EXIT, { "exit-open" }, NULL },
  { "0003", HW_STAGE_SAFETY_AND_DECISION, { "guardian-missing", "best-interests-missing" }, NULL },
  { "0004", HW_STAGE_SAFETY_AND_DECISION, { "asylum-open" }, NULL },
  { "0005", HW_STAGE_TRAVEL, { "departure-decision-missing" }, "exact" },
  { "0006", HW_STAGE_BOOKING, { "fitness-old" }, "exact" },
  { "0007", HW_STAGE_EMBASSY, { "document-missing" }, NULL },
  { "0008", HW_STAGE_DOCUMENTS_AND_EXIT, { "document-unverified", "document-not-accepted" }, "exact" },
  { "0009", HW_STAGE_FAMILY, { NULL }, "exact" },
  { "0010", HW_STAGE_REINTEGRATION, { NULL }, "exact" },
  { "0011", HW_STAGE_TRAVEL, { "departure-decision-missing" }, "exact" },
  { "0014", HW_STAGE_TRAVEL, { "departure-decision-missing" }, "exact" },
};

static void
open_empty (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("homeward-demo-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "server.db", NULL);
  fixture->clock = hw_clock_new_fixed (FIXTURE_NOW);
  fixture->store = hw_store_open (fixture->path, HW_STORE_SERVER, fixture->clock, &error);
  g_assert_no_error (error);
}

static void
load (Fixture *fixture, HwDemoFlags flags)
{
  g_autoptr (GError) error = NULL;

  hw_demo_load (fixture->store, NULL, flags, &error);
  g_assert_no_error (error);
}

static HwCaseFile *
case_file (Fixture *fixture, const char *number)
{
  g_autofree char *id = hw_demo_id (number, "case");
  g_autoptr (GError) error = NULL;
  HwCaseFile *file = hw_store_load_case (fixture->store, id, &error);

  g_assert_no_error (error);
  g_assert_nonnull (file);
  return file;
}

static char *
codes_of (const HwSummary *summary)
{
  g_autoptr (GString) codes = g_string_new (NULL);

  for (guint i = 0; i < summary->blocking->len; i++)
    {
      const HwCondition *condition = g_ptr_array_index (summary->blocking, i);

      g_string_append_printf (codes, "%s%s", i > 0 ? " " : "", condition->code);
    }
  return g_strdup (codes->str);
}

static void
check_case (Fixture *fixture, const Told *one)
{
  g_autoptr (HwCaseFile) file = case_file (fixture, one->number);
  HwRulesContext context = { .now_us = FIXTURE_NOW, .on_server = TRUE };
  g_autoptr (HwSummary) summary = hw_summary_new (file, &context);
  g_autofree char *codes = codes_of (summary);
  g_auto (GStrv) found = g_strsplit (codes, " ", -1);
  g_autofree char *code = g_strconcat ("HW-BI-26-", one->number, NULL);
  guint wanted = 0;

  g_test_message ("%s: %s; %s", one->number, hw_stage_nick (summary->stage), codes);
  g_assert_cmpstr (hw_record_get_text (hw_case_file_case (file), HW_FIELD_CASE_CODE), ==, code);
  g_assert_cmpstr (hw_stage_nick (summary->stage), ==, hw_stage_nick (one->stage));
  if (one->codes[0] != NULL)
    g_assert_cmpstr (found[0], ==, one->codes[0]);
  for (; wanted < CONDITIONS && one->codes[wanted] != NULL; wanted++)
    g_assert_true (g_strv_contains ((const char *const *) found, one->codes[wanted]));
  if (one->only != NULL)
    g_assert_cmpuint (summary->blocking->len, ==, wanted);
}

static void
test_each_story_shows_its_state (Fixture *fixture, gconstpointer data)
{
  load (fixture, HW_DEMO_NO_CLOSED);
  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    check_case (fixture, &told[i]);
}

static void
test_details_of_the_first_story (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwCaseFile) file = NULL;
  HwRecord *movement, *fine, *contact, *request;

  load (fixture, HW_DEMO_NO_CLOSED);
  file = case_file (fixture, "0001");
  movement = hw_case_file_latest (file, HW_TYPE_ID_MOVEMENT);
  /* Tomorrow at 18:00 in Bujumbura. */
  g_assert_cmpstr (hw_record_get_text (movement, HW_FIELD_MOVEMENT_HOLD_EXPIRES_AT), ==, "2026-11-25T16:00:00Z");
  g_assert_cmpuint (hw_case_file_of_type (file, HW_TYPE_ID_SEGMENT)->len, ==, 2);
  contact = hw_case_file_latest (file, HW_TYPE_ID_SAFE_CONTACT);
  g_assert_cmpstr (hw_record_get_text (contact, HW_FIELD_SAFE_CONTACT_CODE_WORD), ==, "isoko");
  request = hw_case_file_latest (file, HW_TYPE_ID_EMBASSY_REQUEST);
  g_assert_cmpstr (hw_record_get_text (request, HW_FIELD_EMBASSY_REQUEST_REFERENCE), ==, "LP-7Q4K2");

  fine = NULL;
  for (guint i = 0; i < hw_case_file_of_type (file, HW_TYPE_ID_EXIT_CLEARANCE)->len; i++)
    {
      HwRecord *item = g_ptr_array_index (hw_case_file_of_type (file, HW_TYPE_ID_EXIT_CLEARANCE), i);

      if (hw_record_is (item, HW_FIELD_EXIT_CLEARANCE_ITEM, "overstay_fine"))
        fine = item;
    }
  g_assert_nonnull (fine);
  g_assert_cmpint (hw_record_get_integer (fine, HW_FIELD_EXIT_CLEARANCE_AMOUNT), ==, 280000);
  g_assert_cmpstr (hw_record_get_unit (fine, HW_FIELD_EXIT_CLEARANCE_AMOUNT), ==, "KWD");
}

static void
test_history_has_its_own_time (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwCaseFile) file = NULL;
  g_autofree char *caller = hw_demo_id ("user", "helpline");

  load (fixture, HW_DEMO_NO_CLOSED);
  file = case_file (fixture, "0001");
  g_assert_cmpstr (hw_record_created_at (hw_case_file_case (file)), ==, "2026-11-05T20:12:00Z");
  g_assert_cmpstr (hw_record_created_by (hw_case_file_case (file)), ==, caller);
}

static HwActor *
actor_of (Fixture *fixture, const char *username)
{
  g_autoptr (HwAccount) account = hw_store_account_by_name (fixture->store, username, NULL);

  g_assert_nonnull (account);
  return hw_actor_new (account->id, account->name, account->role, account->office, account->mission, NULL);
}

static void
test_liaison_sees_kuwait_alone (Fixture *fixture, gconstpointer data)
{
  static const char *const kuwait[] = { "0001", "0006", "0007" };
  g_autoptr (HwActor) liaison = NULL;
  g_autoptr (GPtrArray) roots = NULL;

  load (fixture, HW_DEMO_NO_CLOSED);
  liaison = actor_of (fixture, "embassy_liaison");
  roots = hw_store_visible_cases (fixture->store, liaison, NULL, 100, NULL);
  g_assert_cmpuint (roots->len, ==, G_N_ELEMENTS (kuwait));
  for (guint i = 0; i < G_N_ELEMENTS (kuwait); i++)
    {
      g_autofree char *request = hw_demo_id (kuwait[i], "request");

      g_assert_cmpuint (hw_store_relations (fixture->store, liaison, request, NULL), ==, HW_RELATION_MISSION);
    }
}

static void
test_accounts_only (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) accounts = NULL, cases = NULL, offices = NULL;
  g_autofree char *marked = NULL;

  load (fixture, HW_DEMO_ACCOUNTS_ONLY);
  accounts = hw_store_accounts (fixture->store, NULL);
  g_assert_cmpuint (accounts->len, ==, HW_N_ROLES);
  cases = hw_store_list (fixture->store, HW_TYPE_ID_CASE, HW_FIELD_NONE, NULL, 10, NULL);
  g_assert_cmpuint (cases->len, ==, 0);
  offices = hw_store_list (fixture->store, HW_TYPE_ID_OFFICE, HW_FIELD_NONE, NULL, 10, NULL);
  g_assert_cmpuint (offices->len, >, 0);
  marked = hw_store_get_setting (fixture->store, HW_DEMO_SETTING);
  g_assert_cmpstr (marked, ==, "accounts");
}

static void
test_refuses_a_real_database (Fixture *fixture, gconstpointer data)
{
  HwAccount account = { .id = (char *) "018f0000-0000-7000-8000-00000000cafe", .username = (char *) "somebody",
                        .name = (char *) "Somebody", .role = HW_ROLE_SUPERVISOR };
  g_autofree char *marked = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (hw_store_put_account (fixture->store, &account, NULL));
  g_assert_false (hw_demo_load (fixture->store, NULL, HW_DEMO_ALL, &error));
  g_assert_error (error, HW_STORE_ERROR, HW_STORE_ERROR_FAILED);
  marked = hw_store_get_setting (fixture->store, HW_DEMO_SETTING);
  g_assert_null (marked);
}

/* The actions in the audit, oldest first, joined by spaces. */
static void
assert_audit (Fixture *fixture, const char *expected)
{
  HwDb *db = hw_store_acquire_reader (fixture->store);
  HwStatement *statement = hw_db_prepare (db, "SELECT coalesce(group_concat(action, ' '), '') FROM"
                                              " (SELECT action FROM audit ORDER BY n LIMIT 20)");

  g_assert_true (hw_statement_step (statement, NULL));
  g_assert_cmpstr (hw_statement_text (statement, 0), ==, expected);
  hw_statement_reset (statement);
  hw_store_release_reader (fixture->store, db);
}

/* Of its loading the audit says one thing; of what people do afterwards, each. */
static void
test_audit_begins_with_people (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) actor = hw_actor_new ("018f0000-0000-7000-8000-00000000cafe", "Somebody", HW_ROLE_ADMINISTRATOR,
                                            NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;
  gint64 broken = 0;

  load (fixture, HW_DEMO_ACCOUNTS_ONLY);
  assert_audit (fixture, "demo-loaded");
  fixture_create (fixture, HW_TYPE_ID_ORGANISATION, NULL, HW_FIELD_ORGANISATION_NAME, "Shelter", HW_FIELD_NONE);
  hw_store_audit (fixture->store, actor, "sign-in", NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_audit (fixture, "demo-loaded create sign-in");
  g_assert_true (hw_store_audit_verify (fixture->store, &broken, &error));
}

/* Where somebody has signed in, nothing is loaded behind their back. */
static void
test_audit_of_a_used_database (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) actor = hw_actor_new ("018f0000-0000-7000-8000-00000000cafe", "Somebody", HW_ROLE_ADMINISTRATOR,
                                            NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;

  load (fixture, HW_DEMO_ACCOUNTS_ONLY);
  hw_store_audit (fixture->store, actor, "sign-in", NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (hw_store_begin_loading (fixture->store, &error));
  fixture_create (fixture, HW_TYPE_ID_ORGANISATION, NULL, HW_FIELD_ORGANISATION_NAME, "Shelter", HW_FIELD_NONE);
  g_assert_true (hw_store_end_loading (fixture->store, "demo-loaded", &error));
  assert_audit (fixture, "demo-loaded sign-in create demo-loaded");
}

static void
test_whole_demo_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) cases = NULL;
  g_autofree char *marked = NULL;
  g_autoptr (GError) error = NULL;
  gint64 broken = 0;

  load (fixture, HW_DEMO_ALL);
  cases = hw_store_list (fixture->store, HW_TYPE_ID_CASE, HW_FIELD_NONE, NULL, 1000, NULL);
  g_assert_cmpuint (cases->len, ==, 414);
  marked = hw_store_get_setting (fixture->store, HW_DEMO_SETTING);
  g_assert_cmpstr (marked, ==, "cases");
  g_assert_true (hw_store_audit_verify (fixture->store, &broken, &error));
  assert_audit (fixture, "demo-loaded");
  g_assert_false (hw_demo_load (fixture->store, NULL, HW_DEMO_ALL, &error));
  g_assert_error (error, HW_STORE_ERROR, HW_STORE_ERROR_FAILED);
}

static HwExitEntry *
entry_of (HwExitList *list, const char *item)
{
  for (guint i = 0; i < list->entries->len; i++)
    {
      HwExitEntry *entry = g_ptr_array_index (list->entries, i);

      if (entry->item != NULL && g_str_equal (entry->item->nick, item))
        return entry;
    }
  g_assert_not_reached ();
}

/* domain.md, section 6: overstay 140 days at KD 2 is KD 280; a report of day 12 may be cancelled
 * until day 15. */
static void
test_exit_lists (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwCaseFile) kuwait = NULL, riyadh = NULL;
  g_autoptr (HwExitList) first = NULL, second = NULL;
  HwExitEntry *fine;

  load (fixture, HW_DEMO_NO_CLOSED);
  kuwait = case_file (fixture, "0001");
  first = hw_exit_list_new (kuwait, "2026-11-24");
  fine = entry_of (first, HW_EXIT_CLEARANCE_ITEM_OVERSTAY_FINE);
  g_assert_true (fine->has_fine);
  g_assert_cmpint (fine->fine.days, ==, 140);
  g_assert_cmpint (fine->fine.minor, ==, 280000);
  g_assert_cmpstr (fine->fine.currency, ==, "KWD");
  g_assert_cmpuint (first->n_missing, ==, 1);
  g_assert_null (entry_of (first, HW_EXIT_CLEARANCE_ITEM_RESIDENCE_CANCELLATION)->record);
  riyadh = case_file (fixture, "0002");
  second = hw_exit_list_new (riyadh, "2026-11-24");
  g_assert_cmpstr (
    entry_of (second, HW_EXIT_CLEARANCE_ITEM_ABSCONDING_REPORT)->cancel_day, ==, "2026-11-27");
}

static guint
count_rules (HwStore *store)
{
  g_autoptr (HwCaseFile) directory = hw_store_directory (store);

  return hw_case_file_of_type (directory, HW_TYPE_ID_COUNTRY_RULE)->len;
}

/* Every country of the work has one; what the office took away stays away. */
static void
test_country_rules_once (Fixture *fixture, gconstpointer data)
{
  static const char *const countries[]
    = { "KW", "SA", "OM", "AE", "QA", "BH", "LB", "KE", "UG", "TZ", "ZM" };
  g_autoptr (HwCaseFile) directory = NULL;
  g_autoptr (HwActor) actor = hw_demo_actor ("supervisor");
  g_autoptr (HwChangeSet) set = hw_change_set_new (HW_ORIGIN_SYSTEM, actor);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;
  HwDemo demo = { .store = fixture->store, .scope = "test" };
  HwRecord *rule;
  guint count;

  g_assert_true (hw_seed_country_rules (fixture->store, NULL, &error));
  g_assert_no_error (error);
  directory = hw_store_directory (fixture->store);
  for (guint i = 0; i < G_N_ELEMENTS (countries); i++)
    {
      rule = hw_country_rule_for (directory, countries[i], "2026-11-24");
      g_assert_nonnull (rule);
      g_assert_cmpuint (g_strv_length ((char **)hw_record_get_set (rule, HW_FIELD_COUNTRY_RULE_ITEMS)), >, 0);
      g_assert_nonnull (hw_record_get_text (rule, HW_FIELD_COUNTRY_RULE_SOURCE));
      g_assert_nonnull (strstr (hw_record_get_text (rule, HW_FIELD_COUNTRY_RULE_NOTE), "confirm"));
    }
  count = count_rules (fixture->store);
  rule = hw_country_rule_for (directory, "KW", "2026-11-24");
  hw_change_set_add (set,
                     hw_demo_operation (&demo,
                                        HW_ACTION_DELETE,
                                        HW_TYPE_ID_COUNTRY_RULE,
                                        hw_record_id (rule),
                                        NULL,
                                        FIXTURE_NOW));
  results = hw_store_commit (fixture->store, set, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_rules (fixture->store), ==, count - 1);
  g_assert_true (hw_seed_country_rules (fixture->store, NULL, &error));
  g_assert_cmpuint (count_rules (fixture->store), ==, count - 1);
}

static void
test_unusable_rules (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "country-rules.json", NULL);

  g_assert_true (g_file_set_contents (
    path, "{\"records\": [{\"key\": \"a\", \"set\": {\"country\": \"Kuwait\"}}]}", -1, NULL));
  g_assert_false (hw_seed_country_rules (fixture->store, fixture->folder, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "country-rules.json"));
  g_assert_cmpuint (count_rules (fixture->store), ==, 0);
  g_unlink (path);
}

#define TEST(path, function) g_test_add (path, Fixture, NULL, open_empty, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST ("/demo/each-story-shows-its-state", test_each_story_shows_its_state);
  TEST ("/demo/details-of-the-first-story", test_details_of_the_first_story);
  TEST ("/demo/exit-fines-and-deadlines", test_exit_lists);
  TEST ("/seed/country-rules-once-and-unconfirmed", test_country_rules_once);
  TEST ("/seed/unusable-file-writes-nothing", test_unusable_rules);
  TEST ("/demo/history-has-its-own-time", test_history_has_its_own_time);
  TEST ("/demo/liaison-sees-kuwait-alone", test_liaison_sees_kuwait_alone);
  TEST ("/demo/accounts-only", test_accounts_only);
  TEST ("/demo/refuses-a-real-database", test_refuses_a_real_database);
  TEST ("/demo/audit-begins-with-people", test_audit_begins_with_people);
  TEST ("/demo/audit-of-a-used-database", test_audit_of_a_used_database);
  TEST ("/demo/whole-and-once", test_whole_demo_once);
  return g_test_run ();
}
