/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Access over time: who gains and who loses when a record changes or a day begins. One row per way in and
 * out; each is looked at in three places: what the feed sends, what the item routes answer at that moment,
 * and what is in the bytes of a desktop that took the pages in.
 */
#include "server/hw-midnight.h"
#include "tests/server/hw-test-desk.h"
#include "tests/server/hw-test-server.h"

#include <string.h>

#define CASE "018f1111-2222-7333-8444-aaaaaaaaaaaa"
#define PERSON "018f1111-2222-7333-8444-aaaaaaaaaa01"
#define CONTACT "018f1111-2222-7333-8444-aaaaaaaaaa02"
#define CLINICAL "018f1111-2222-7333-8444-aaaaaaaaaa03"
#define FAMILY "018f1111-2222-7333-8444-aaaaaaaaaa04"
#define MOVEMENT "018f1111-2222-7333-8444-aaaaaaaaaa05"
#define SEGMENT "018f1111-2222-7333-8444-aaaaaaaaaa06"
#define RECEPTION "018f1111-2222-7333-8444-aaaaaaaaaa07"
#define EXTRA "018f1111-2222-7333-8444-aaaaaaaaaa08"
#define CONSENT "018f1111-2222-7333-8444-aaaaaaaaaa09"
#define REQUEST "3b1f8a52-1111-4aaa-8bbb-aaaaaaaaaa0a"
#define OTHER_OFFICE "018f0000-0000-7000-8000-0000000000f2"
#define SOMEBODY "018f0000-0000-7000-8000-00000000cafe"
/* HW_TEST_NOW_US is 2026-11-24T06:00:00Z: 08:00 in Bujumbura, 09:00 in Kuwait. */

typedef struct
{
  HwTestServer *server;
  HwClock *clock;
  HwStore *store;
  HwServerCore *core;
  HwMidnight *midnight;
} World;

static void
commit_as (World *world, HwActor *actor, HwOperation *operation)
{
  g_autoptr (HwChangeSet) set = hw_change_set_new (HW_ORIGIN_SYSTEM, actor);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;
  HwResult *result;

  hw_change_set_add (set, operation);
  results = hw_store_commit (world->store, set, &error);
  g_assert_no_error (error);
  result = g_ptr_array_index (results, 0);
  if (result->verdict != NULL)
    g_test_message ("%s: %s", result->record, hw_verdict_message (result->verdict));
  g_assert_cmpint (result->status, ==, HW_RESULT_APPLIED);
}

static HwOperation *
operation_on (HwAction action, HwTypeId type, const char *record)
{
  g_autofree char *id = hw_uuid_v4 ();

  return hw_operation_new (
    id, action, type, record, hw_schema_type (type)->root != HW_ROOT_NONE ? CASE : NULL);
}

/* fields: pairs of HwFieldId and text, ended by HW_FIELD_NONE. */
static void
set_fields (HwOperation *operation, va_list fields)
{
  HwFieldId field;

  while ((field = (HwFieldId) va_arg (fields, int)) != HW_FIELD_NONE)
    hw_operation_set_text (operation, field, va_arg (fields, const char *), 0);
}

static void
add_by (World *world, HwRole role, HwTypeId type, const char *record, ...)
{
  g_autoptr (HwActor) actor = hw_test_actor (role);
  HwOperation *operation = operation_on (HW_ACTION_CREATE, type, record);
  va_list fields;

  va_start (fields, record);
  set_fields (operation, fields);
  va_end (fields);
  commit_as (world, actor, operation);
}

static void
change (World *world, HwTypeId type, const char *record, ...)
{
  g_autoptr (HwActor) actor = hw_test_actor (HW_ROLE_ADMINISTRATOR);
  HwOperation *operation = operation_on (HW_ACTION_UPDATE, type, record);
  va_list fields;

  va_start (fields, record);
  set_fields (operation, fields);
  va_end (fields);
  commit_as (world, actor, operation);
}

static void
change_leg (World *world, HwAction action, HwFieldId field, const char *at, const char *zone)
{
  g_autoptr (HwActor) actor = hw_test_actor (HW_ROLE_ADMINISTRATOR);
  g_autoptr (HwValue) value = hw_value_new_pair (at, zone);
  HwOperation *operation = operation_on (action, HW_TYPE_ID_SEGMENT, SEGMENT);

  if (action == HW_ACTION_CREATE)
    hw_operation_set_text (operation, HW_FIELD_SEGMENT_MOVEMENT, MOVEMENT, 0);
  hw_operation_set (operation, field, value, 0);
  commit_as (world, actor, operation);
}

/* A day begins: what the server's timer would do, now. */
static void
advance_to (World *world, const char *instant)
{
  gint64 us;

  g_assert_true (hw_instant_parse (instant, &us));
  hw_clock_set (world->clock, us);
  hw_midnight_look (world->midnight);
  hw_worker_drain (hw_store_worker (world->store));
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static void
fill_case (World *world, HwRole maker)
{
  const HwRole admin = HW_ROLE_ADMINISTRATOR;

  add_by (world, admin, HW_TYPE_ID_OFFICE, OTHER_OFFICE, HW_FIELD_OFFICE_NAME, "Gitega",
          HW_FIELD_OFFICE_COUNTRY, "BI", HW_FIELD_OFFICE_ZONE, "Africa/Bujumbura", HW_FIELD_NONE);
  add_by (world, maker, HW_TYPE_ID_CASE, CASE, HW_FIELD_CASE_PSEUDONYM, "zqcase",
          HW_FIELD_CASE_STATUS, "active", HW_FIELD_CASE_OWNER, SOMEBODY, HW_FIELD_CASE_OFFICE,
          HW_TEST_OFFICE, HW_FIELD_NONE);
  add_by (world, admin, HW_TYPE_ID_PERSON, PERSON, HW_FIELD_PERSON_ROLE, "survivor",
          HW_FIELD_PERSON_GIVEN_NAMES, "zqperson", HW_FIELD_NONE);
  add_by (world, admin, HW_TYPE_ID_SAFE_CONTACT, CONTACT, HW_FIELD_SAFE_CONTACT_VALUE, "zqcontact",
          HW_FIELD_NONE);
  add_by (world, admin, HW_TYPE_ID_CLINICAL_NOTE, CLINICAL, HW_FIELD_CLINICAL_NOTE_TEXT,
          "zqclinical", HW_FIELD_NONE);
  add_by (world, admin, HW_TYPE_ID_FAMILY_MEMBER, FAMILY, HW_FIELD_FAMILY_MEMBER_GIVEN_NAMES,
          "zqfamily", HW_FIELD_NONE);
  add_by (world, admin, HW_TYPE_ID_EMBASSY_REQUEST, REQUEST, HW_FIELD_EMBASSY_REQUEST_MISSION,
          HW_TEST_MISSION, HW_FIELD_EMBASSY_REQUEST_STATUS, "draft",
          HW_FIELD_EMBASSY_REQUEST_GIVEN_NAMES, "zqrequest", HW_FIELD_NONE);
}

static World *
world_new (HwRole maker)
{
  World *world = g_new0 (World, 1);
  g_autoptr (GError) error = NULL;

  world->server = hw_test_server_new ();
  world->clock = hw_clock_new_fixed (HW_TEST_NOW_US);
  world->store = hw_store_open (world->server->database, HW_STORE_SERVER, world->clock, &error);
  g_assert_no_error (error);
  world->core = hw_server_core_new (world->store, world->clock, &error);
  g_assert_no_error (error);
  fill_case (world, maker);
  world->midnight = hw_midnight_start (world->store, world->clock);
  advance_to (world, "2026-11-24T06:00:00Z");
  return world;
}

static void
world_free (World *world)
{
  hw_midnight_stop (world->midnight);
  g_object_unref (world->core);
  hw_store_close (world->store);
  g_object_unref (world->store);
  g_object_unref (world->clock);
  hw_test_server_free (world->server);
  g_free (world);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

/* ---- Ways in and out ---- */

static const char *
user_of (HwRole role)
{
  g_autofree char *id = hw_test_user (role);

  return g_intern_string (id);
}

static void
owner_in (World *world)
{
  change (world, HW_TYPE_ID_CASE, CASE, HW_FIELD_CASE_OWNER, user_of (HW_ROLE_CASEWORKER),
          HW_FIELD_NONE);
}

static void
owner_out (World *world)
{
  change (world, HW_TYPE_ID_CASE, CASE, HW_FIELD_CASE_OWNER, SOMEBODY, HW_FIELD_NONE);
}

static void
no_owner (World *world)
{
  change (world, HW_TYPE_ID_CASE, CASE, HW_FIELD_CASE_OWNER, NULL, HW_FIELD_NONE);
}

static void
office_in (World *world)
{
  change (world, HW_TYPE_ID_CASE, CASE, HW_FIELD_CASE_OFFICE, HW_TEST_OFFICE, HW_FIELD_NONE);
}

static void
office_out (World *world)
{
  change (world, HW_TYPE_ID_CASE, CASE, HW_FIELD_CASE_OFFICE, OTHER_OFFICE, HW_FIELD_NONE);
}

static void
loan_in (World *world)
{
  add_by (world, HW_ROLE_ADMINISTRATOR, HW_TYPE_ID_CASE_ACCESS, EXTRA, HW_FIELD_CASE_ACCESS_USER,
          user_of (HW_ROLE_CASEWORKER), HW_FIELD_CASE_ACCESS_PURPOSE, "cover",
          HW_FIELD_CASE_ACCESS_UNTIL, "2026-11-25", HW_FIELD_NONE);
  /* Its last day, to the last minute of it at the office. */
  advance_to (world, "2026-11-25T21:59:00Z");
}

static void
loan_out (World *world)
{
  advance_to (world, "2026-11-25T22:00:30Z");
}

static void
medical_in (World *world)
{
  add_by (world, HW_ROLE_ADMINISTRATOR, HW_TYPE_ID_CASE_ACCESS, EXTRA, HW_FIELD_CASE_ACCESS_USER,
          user_of (HW_ROLE_MEDICAL), HW_FIELD_CASE_ACCESS_PURPOSE, "medical", HW_FIELD_NONE);
  add_by (world, HW_ROLE_ADMINISTRATOR, HW_TYPE_ID_CONSENT, CONSENT, HW_FIELD_CONSENT_PURPOSE,
          "medical_share", HW_FIELD_CONSENT_GRANTED_AT, "2026-11-20T10:00:00Z", HW_FIELD_NONE);
}

static void
consent_out (World *world)
{
  change (world, HW_TYPE_ID_CONSENT, CONSENT, HW_FIELD_CONSENT_WITHDRAWN_AT, "2026-11-24T05:00:00Z",
          HW_FIELD_NONE);
}

static void
grant_in (World *world)
{
  add_by (world, HW_ROLE_ADMINISTRATOR, HW_TYPE_ID_CASE_ACCESS, EXTRA, HW_FIELD_CASE_ACCESS_USER,
          user_of (HW_ROLE_FOCAL_POINT), HW_FIELD_CASE_ACCESS_PURPOSE, "care", HW_FIELD_NONE);
}

static void
grant_out (World *world)
{
  g_autoptr (HwActor) actor = hw_test_actor (HW_ROLE_ADMINISTRATOR);

  commit_as (world, actor, operation_on (HW_ACTION_DELETE, HW_TYPE_ID_CASE_ACCESS, EXTRA));
}

static void
mission_in (World *world)
{
  change (world, HW_TYPE_ID_EMBASSY_REQUEST, REQUEST, HW_FIELD_EMBASSY_REQUEST_STATUS, "sent",
          HW_FIELD_EMBASSY_REQUEST_SENT_ON, "2026-11-24", HW_FIELD_NONE);
}

static void
mission_out (World *world)
{
  change (world, HW_TYPE_ID_EMBASSY_REQUEST, REQUEST, HW_FIELD_EMBASSY_REQUEST_MISSION,
          HW_TEST_OTHER_MISSION, HW_FIELD_NONE);
}

static void
referral_in (World *world)
{
  add_by (world, HW_ROLE_FOCAL_POINT, HW_TYPE_ID_REFERRAL, EXTRA, HW_FIELD_REFERRAL_DIRECTION, "in",
          HW_FIELD_REFERRAL_STATUS, "sent", HW_FIELD_NONE);
}

static void
referral_out (World *world)
{
  change (world, HW_TYPE_ID_REFERRAL, EXTRA, HW_FIELD_REFERRAL_STATUS, "revoked", HW_FIELD_NONE);
}

static void
task_in (World *world)
{
  add_by (world, HW_ROLE_ADMINISTRATOR, HW_TYPE_ID_TASK, EXTRA, HW_FIELD_TASK_TITLE, "Visit",
          HW_FIELD_TASK_ASSIGNEE, user_of (HW_ROLE_FOCAL_POINT), HW_FIELD_NONE);
}

static void
task_out (World *world)
{
  change (world, HW_TYPE_ID_TASK, EXTRA, HW_FIELD_TASK_DONE_AT, "2026-11-24T05:30:00Z",
          HW_FIELD_NONE);
}

/* Departs at a quarter past one on the 26th in Kuwait; lands on the same day. */
static void
make_journey (World *world)
{
  add_by (world, HW_ROLE_ADMINISTRATOR, HW_TYPE_ID_MOVEMENT, MOVEMENT, HW_FIELD_MOVEMENT_STATUS,
          "ticketed", HW_FIELD_NONE);
  change_leg (
    world, HW_ACTION_CREATE, HW_FIELD_SEGMENT_DEPARTS_AT, "2026-11-26T01:15", "Asia/Kuwait");
  change_leg (
    world, HW_ACTION_UPDATE, HW_FIELD_SEGMENT_ARRIVES_AT, "2026-11-26T11:40", "Africa/Bujumbura");
}

/* The day before begins in Kuwait at 21:00Z, an hour before any office's. */
static void
travel_in (World *world)
{
  advance_to (world, "2026-11-24T21:00:30Z");
}

static void
not_yet_travel (World *world)
{
  make_journey (world);
  advance_to (world, "2026-11-24T20:59:00Z");
}

static void
arrived (World *world)
{
  change (world, HW_TYPE_ID_MOVEMENT, MOVEMENT, HW_FIELD_MOVEMENT_STATUS, "arrived", HW_FIELD_NONE);
}

static void
never_left (World *world)
{
  advance_to (world, "2026-11-27T21:00:30Z");
}

static void
receiving_office (World *world)
{
  add_by (world, HW_ROLE_ADMINISTRATOR, HW_TYPE_ID_RECEPTION, RECEPTION, HW_FIELD_RECEPTION_OFFICE,
          HW_TEST_OFFICE, HW_FIELD_NONE);
  add_by (world, HW_ROLE_ADMINISTRATOR, HW_TYPE_ID_CONSENT, CONSENT, HW_FIELD_CONSENT_PURPOSE,
          "reception_share", HW_FIELD_CONSENT_GRANTED_AT, "2026-11-20T10:00:00Z", HW_FIELD_NONE);
  add_by (world, HW_ROLE_ADMINISTRATOR, HW_TYPE_ID_MOVEMENT, MOVEMENT, HW_FIELD_MOVEMENT_STATUS,
          "confirmed", HW_FIELD_NONE);
}

static void
ticketed (World *world)
{
  change (world, HW_TYPE_ID_MOVEMENT, MOVEMENT, HW_FIELD_MOVEMENT_STATUS, "ticketed", HW_FIELD_NONE);
}

static void
other_receiver (World *world)
{
  change (world, HW_TYPE_ID_RECEPTION, RECEPTION, HW_FIELD_RECEPTION_OFFICE, OTHER_OFFICE,
          HW_FIELD_NONE);
}

static void
ticketed_for_us (World *world)
{
  receiving_office (world);
  ticketed (world);
}

static void
journey_in (World *world)
{
  add_by (world, HW_ROLE_ADMINISTRATOR, HW_TYPE_ID_MOVEMENT, MOVEMENT, HW_FIELD_MOVEMENT_STATUS,
          "draft", HW_FIELD_NONE);
}

static void
journey_out (World *world)
{
  g_autoptr (HwActor) actor = hw_test_actor (HW_ROLE_ADMINISTRATOR);

  commit_as (world, actor, operation_on (HW_ACTION_DELETE, HW_TYPE_ID_MOVEMENT, MOVEMENT));
}

typedef void (*Step) (World *world);

typedef struct
{
  const char *name;
  HwRole role;
  Step before; /* (nullable) */
  Step in, out;
  const char *record, *canary;
  gboolean case_stays; /* only this is lost, not the case */
  HwRole maker;        /* of the case; 0 is the helpline */
} Row;

#define CASEWORKER HW_ROLE_CASEWORKER
static const Row rows[] = {
  { "owner", CASEWORKER, NULL, owner_in, owner_out, PERSON, "zqperson", FALSE, CASEWORKER },
  { "queue", CASEWORKER, NULL, no_owner, owner_out, PERSON, "zqperson", FALSE, HW_ROLE_ADMINISTRATOR },
  { "office", HW_ROLE_SUPERVISOR, office_out, office_in, office_out, PERSON, "zqperson", FALSE, CASEWORKER },
  { "intake", HW_ROLE_HELPLINE, NULL, no_owner, owner_out, CONTACT, "zqcontact", FALSE, HW_ROLE_HELPLINE },
  { "access-until", CASEWORKER, NULL, loan_in, loan_out, PERSON, "zqperson", FALSE, CASEWORKER },
  { "access-taken-back", HW_ROLE_FOCAL_POINT, NULL, grant_in, grant_out, PERSON, "zqperson", FALSE, CASEWORKER },
  { "medical-consent", HW_ROLE_MEDICAL, NULL, medical_in, consent_out, CLINICAL, "zqclinical", FALSE, CASEWORKER },
  { "mission", HW_ROLE_EMBASSY_LIAISON, NULL, mission_in, mission_out, REQUEST, "zqrequest", FALSE, CASEWORKER },
  { "referral", HW_ROLE_FOCAL_POINT, NULL, referral_in, referral_out, PERSON, "zqperson", FALSE, CASEWORKER },
  { "task", HW_ROLE_FOCAL_POINT, NULL, task_in, task_out, FAMILY, "zqfamily", FALSE, CASEWORKER },
  { "journey", HW_ROLE_MOVEMENT, NULL, journey_in, journey_out, PERSON, "zqperson", FALSE, CASEWORKER },
  { "travel-day-to-arrival", HW_ROLE_MOVEMENT, not_yet_travel, travel_in, arrived, CONTACT, "zqcontact", TRUE, CASEWORKER },
  { "travel-day-of-who-never-left", HW_ROLE_MOVEMENT, not_yet_travel, travel_in, never_left, CONTACT, "zqcontact", TRUE, CASEWORKER },
  { "receiving-office-from-the-ticket", HW_ROLE_RECEPTION, receiving_office, ticketed, other_receiver, PERSON, "zqperson", FALSE, CASEWORKER },
  { "receiving-office-from-arrival", HW_ROLE_RECEPTION, ticketed_for_us, arrived, other_receiver, CONTACT, "zqcontact", FALSE, CASEWORKER },
  { "reception-consent", HW_ROLE_RECEPTION, receiving_office, ticketed, consent_out, PERSON, "zqperson", FALSE, CASEWORKER },
};

/* ---- Looking ---- */

static void
assert_route (HwTestDesk *desk, const char *format, guint status)
{
  g_autofree char *path = g_strdup (format);
  g_autoptr (HwServerResponse) response = hw_test_desk_ask (desk, "GET", path, NULL);

  if (response->status != status)
    g_test_message ("%s answered %u", path, response->status);
  g_assert_cmpuint (response->status, ==, status);
}

static void
assert_item_routes (HwTestDesk *desk, const Row *row, gboolean there)
{
  g_autofree char *item = g_strconcat ("/v1/records/", row->record, NULL);
  g_autofree char *history = g_strconcat (item, "/history", NULL);
  g_autofree char *list = g_strconcat ("/v1/records?case=", CASE, NULL);
  g_autoptr (HwServerResponse) response = hw_test_desk_ask (desk, "GET", list, NULL);
  g_autofree char *listed = hw_test_desk_body (response);

  assert_route (desk, item, there ? 200 : 404);
  assert_route (desk, history, there ? 200 : 404);
  if (row->role != HW_ROLE_EMBASSY_LIAISON)
    {
      assert_route (desk, "/v1/cases/" CASE, there || row->case_stays ? 200 : 404);
      g_assert_true ((strstr (listed, row->canary) != NULL) == there);
    }
}

static void
assert_not_there (HwTestDesk *desk, const Row *row)
{
  g_autofree char *heard = hw_test_desk_pull (desk);

  g_assert_null (strstr (heard, row->canary));
  g_assert_false (hw_test_desk_holds (desk, row->canary));
  assert_item_routes (desk, row, FALSE);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (World) world = world_new (row->maker);
  g_autoptr (HwTestDesk) desk = hw_test_desk_new (world->core, row->role);
  g_autofree char *gained = NULL, *lost = NULL;

  if (row->before != NULL)
    row->before (world);
  /* The item routes of a case that stays are asked below; here nothing of the canary is there. */
  if (!row->case_stays && row->before != ticketed_for_us)
    assert_not_there (desk, row);
  else
    g_free (hw_test_desk_pull (desk));
  g_assert_false (hw_test_desk_holds (desk, row->canary));

  row->in (world);
  assert_item_routes (desk, row, TRUE);
  gained = hw_test_desk_pull (desk);
  g_assert_nonnull (strstr (gained, row->canary));
  g_assert_true (hw_test_desk_holds (desk, row->canary));

  row->out (world);
  assert_item_routes (desk, row, FALSE);
  lost = hw_test_desk_pull (desk);
  g_assert_nonnull (strstr (lost, row->case_stays ? "\"delete\"" : "\"purge\""));
  g_assert_nonnull (strstr (lost, row->case_stays || row->role == HW_ROLE_EMBASSY_LIAISON ? row->record : CASE));
  assert_not_there (desk, row);
  if (!row->case_stays)
    g_assert_false (hw_test_desk_holds (desk, row->record));
}

/* ---- What was typed, and what was kept aside ---- */

static void
local_edit (HwTestDesk *desk, const char *record, HwFieldId field, const char *text)
{
  HwTypeId type = hw_schema_field (field)->type;
  HwOperation *operation = operation_on (HW_ACTION_UPDATE, type, record);
  g_autoptr (HwRecord) now = hw_store_get_record (desk->store, type, record, NULL);
  g_autoptr (HwChangeSet) set = hw_change_set_new (HW_ORIGIN_LOCAL, desk->actor);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;

  operation->at = g_strdup ("2026-11-24T06:00:00Z");
  hw_operation_set_text (operation, field, text, hw_record_field_rev (now, field));
  hw_change_set_add (set, operation);
  results = hw_store_commit (desk->store, set, &error);
  g_assert_no_error (error);
  g_assert_cmpint (((HwResult *) g_ptr_array_index (results, 0))->status, ==, HW_RESULT_APPLIED);
}

static guint
count_quarantined (World *world)
{
  HwDb *db = hw_store_acquire_reader (world->store);
  HwStatement *statement
    = hw_db_prepare (db, "SELECT count(*) FROM quarantine WHERE json LIKE '%zqtyped%'");
  guint found;

  g_assert_true (hw_statement_step (statement, NULL));
  found = (guint) hw_statement_integer (statement, 0);
  hw_statement_reset (statement);
  hw_store_release_reader (world->store, db);
  return found;
}

static void
draft_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_assert_true (hw_store_save_draft_finish (HW_STORE (source), result, NULL));
  *(gboolean *) data = TRUE;
}

static void
save_draft (HwTestDesk *desk)
{
  gboolean done = FALSE;

  hw_store_save_draft_async (
    desk->store, "record/" CASE "/new", "{\"text\":\"zqdraft\"}", draft_saved_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

/* She typed without network while the case went to another: the words reach a supervisor and leave the laptop. */
static void
test_waiting_words_go_to_a_supervisor (void)
{
  g_autoptr (World) world = world_new (CASEWORKER);
  g_autoptr (HwTestDesk) desk = hw_test_desk_new (world->core, CASEWORKER);
  g_autofree char *answer = NULL, *heard = NULL;

  owner_in (world);
  g_free (hw_test_desk_pull (desk));
  local_edit (desk, PERSON, HW_FIELD_PERSON_FAMILY_NAME, "zqtyped");
  save_draft (desk);
  owner_out (world);
  g_free (hw_test_desk_pull (desk));
  g_assert_cmpuint (hw_outbox_counts (desk->store).waiting, ==, 1);
  g_assert_false (hw_test_desk_holds (desk, "zqperson"));
  g_assert_false (hw_test_desk_holds (desk, "zqdraft"));

  answer = hw_test_desk_push (desk);
  g_assert_nonnull (strstr (answer, "\"quarantined\""));
  g_assert_null (strstr (answer, "zq"));
  g_assert_cmpuint (count_quarantined (world), ==, 1);
  g_assert_cmpuint (hw_outbox_counts (desk->store).quarantined, ==, 1);
  heard = hw_test_desk_pull (desk);
  g_assert_false (hw_test_desk_holds (desk, "zqtyped"));
}

static void
other_word (World *world)
{
  change (world, HW_TYPE_ID_PERSON, PERSON, HW_FIELD_PERSON_FAMILY_NAME, "zqtheirs", HW_FIELD_NONE);
}

/* An open conflict and its losing value are part of the record. */
static void
test_conflict_is_purged (void)
{
  g_autoptr (World) world = world_new (CASEWORKER);
  g_autoptr (HwTestDesk) desk = hw_test_desk_new (world->core, CASEWORKER);
  g_autofree char *answer = NULL;

  owner_in (world);
  g_free (hw_test_desk_pull (desk));
  local_edit (desk, PERSON, HW_FIELD_PERSON_FAMILY_NAME, "zqmine");
  other_word (world);
  answer = hw_test_desk_push (desk);
  g_assert_nonnull (strstr (answer, "\"conflict\""));
  g_free (hw_test_desk_pull (desk));
  g_assert_true (hw_test_desk_holds (desk, "zqmine"));
  g_assert_true (hw_test_desk_holds (desk, "zqtheirs"));

  owner_out (world);
  g_free (hw_test_desk_pull (desk));
  g_assert_false (hw_test_desk_holds (desk, "zqmine"));
  g_assert_false (hw_test_desk_holds (desk, "zqtheirs"));
  g_assert_false (hw_test_desk_holds (desk, CASE));
}

/* A movement officer is told the birth date of a traveller, never the place; who was a caseworker before knew it. */
static void
test_narrower_role_forgets_fields (void)
{
  g_autoptr (World) world = world_new (CASEWORKER);
  g_autoptr (HwTestDesk) desk = hw_test_desk_new (world->core, CASEWORKER);
  g_autoptr (HwAccount) account = hw_store_account (world->store, user_of (CASEWORKER), NULL);
  g_autoptr (GError) error = NULL;

  change (world, HW_TYPE_ID_PERSON, PERSON, HW_FIELD_PERSON_BIRTH_PLACE, "zqbirthplace",
          HW_FIELD_PERSON_FAMILY_NAME, "zqfamilyname", HW_FIELD_NONE);
  journey_in (world);
  owner_in (world);
  g_free (hw_test_desk_pull (desk));
  local_edit (desk, PERSON, HW_FIELD_PERSON_BIRTH_PLACE, "zqotherplace");
  g_free (hw_test_desk_push (desk));
  g_free (hw_test_desk_pull (desk));
  g_assert_true (hw_test_desk_holds (desk, "zqbirthplace"));
  g_assert_true (hw_test_desk_holds (desk, "zqotherplace"));

  account->role = HW_ROLE_MOVEMENT;
  g_assert_true (hw_store_put_account (world->store, account, &error));
  g_free (hw_test_desk_pull (desk));
  g_assert_true (hw_test_desk_holds (desk, "zqfamilyname"));
  g_assert_false (hw_test_desk_holds (desk, "zqbirthplace"));
  g_assert_false (hw_test_desk_holds (desk, "zqotherplace"));
  g_assert_false (hw_test_desk_holds (desk, "zqcontact"));
}

/* What a mission was told it keeps, with one neutral line; why, it never learns. */
static void
test_withdrawn_consent_tells_a_mission_no_reason (void)
{
  g_autoptr (World) world = world_new (CASEWORKER);
  g_autoptr (HwTestDesk) desk = hw_test_desk_new (world->core, HW_ROLE_EMBASSY_LIAISON);
  g_autoptr (HwTestDesk) worker = hw_test_desk_new (world->core, CASEWORKER);
  g_autofree char *told = NULL, *withdrawn = NULL;

  add_by (world, HW_ROLE_ADMINISTRATOR, HW_TYPE_ID_CONSENT, CONSENT, HW_FIELD_CONSENT_PURPOSE,
          "embassy_contact", HW_FIELD_CONSENT_RECIPIENT, HW_TEST_MISSION,
          HW_FIELD_CONSENT_GRANTED_AT, "2026-11-20T10:00:00Z", HW_FIELD_NONE);
  mission_in (world);
  told = hw_test_desk_pull (desk);
  g_assert_nonnull (strstr (told, "zqrequest"));

  owner_in (world);
  g_free (hw_test_desk_pull (worker));
  local_edit (worker, CONSENT, HW_FIELD_CONSENT_WITHDRAWN_AT, "2026-11-24T05:00:00Z");
  g_free (hw_test_desk_push (worker));
  withdrawn = hw_test_desk_pull (desk);
  g_assert_nonnull (strstr (withdrawn, "\"withdrawn\""));
  g_assert_null (strstr (withdrawn, CONSENT));
  g_assert_null (strstr (withdrawn, "consent"));
}

static void
search_after_end (HwTestDesk *desk, World *world)
{
  g_autofree char *heard = NULL;

  change (world, HW_TYPE_ID_PERSON, PERSON, HW_FIELD_PERSON_FAMILY_NAME, "zqafterwards", HW_FIELD_NONE);
  change (world, HW_TYPE_ID_CASE, CASE, HW_FIELD_CASE_URGENCY, "high", HW_FIELD_NONE);
  change (world, HW_TYPE_ID_REFERRAL, EXTRA, HW_FIELD_REFERRAL_DETAILS, "zqdetails", HW_FIELD_NONE);
  heard = hw_test_desk_pull (desk);
  g_assert_null (strstr (heard, PERSON));
  g_assert_null (strstr (heard, "zqafterwards"));
  g_assert_null (strstr (heard, "zqdetails"));
}

/* A referral that has ended leaves its author the last status and the code of the case: on this laptop, on a new one,
 * and neither a word, a revision nor a moment of what the office does afterwards. */
static void
test_ended_referral_leaves_its_status (void)
{
  g_autoptr (World) world = world_new (CASEWORKER);
  g_autoptr (HwTestDesk) desk = hw_test_desk_new (world->core, HW_ROLE_FOCAL_POINT);
  g_autoptr (HwTestDesk) other = NULL;

  referral_in (world);
  g_free (hw_test_desk_pull (desk));
  local_edit (desk, PERSON, HW_FIELD_PERSON_BIRTH_PLACE, "zqcolline");
  g_free (hw_test_desk_push (desk));
  referral_out (world);
  g_free (hw_test_desk_pull (desk));
  search_after_end (desk, world);
  other = hw_test_desk_new (world->core, HW_ROLE_FOCAL_POINT);
  g_free (hw_test_desk_pull (other));

  for (guint i = 0; i < 2; i++)
    {
      HwTestDesk *one = i == 0 ? desk : other;
      g_autoptr (HwRecord) referral = hw_store_get_record (one->store, HW_TYPE_ID_REFERRAL, EXTRA, NULL);
      g_autoptr (HwRecord) header = hw_store_get_record (one->store, HW_TYPE_ID_CASE, CASE, NULL);

      g_assert_cmpstr (hw_record_status (referral), ==, "revoked");
      g_assert_cmpuint (hw_record_rev (referral), ==, hw_record_field_rev (referral, HW_FIELD_REFERRAL_STATUS));
      g_assert_null (hw_record_get (referral, HW_FIELD_REFERRAL_DETAILS));
      g_assert_nonnull (hw_record_get_text (header, HW_FIELD_CASE_CODE));
      g_assert_cmpuint (hw_record_rev (header), ==, hw_record_field_rev (header, HW_FIELD_CASE_CODE));
      g_assert_null (hw_record_updated_at (header));
      g_assert_null (hw_record_get (header, HW_FIELD_CASE_STATUS));
      g_assert_false (hw_test_desk_holds (one, "zqperson"));
      g_assert_false (hw_test_desk_holds (one, "zqcolline"));
      g_assert_false (hw_test_desk_holds (one, "zqcase"));
      g_assert_false (hw_test_desk_holds (one, PERSON));
      assert_route (one, "/v1/cases/" CASE, 404);
      assert_route (one, "/v1/records/" EXTRA, 404);
      assert_route (one, "/v1/records/" EXTRA "/history", 404);
    }
}

/* Each row once more, with a desktop that was away in between: it may have been told neither. */
static void
test_away_meanwhile (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (World) world = world_new (row->maker);
  g_autoptr (HwTestDesk) desk = hw_test_desk_new (world->core, row->role);
  g_autofree char *heard = NULL;

  if (row->before != NULL)
    row->before (world);
  g_free (hw_test_desk_pull (desk));
  row->in (world);
  row->out (world);
  heard = hw_test_desk_pull (desk);
  g_assert_null (strstr (heard, row->canary));
  g_assert_false (hw_test_desk_holds (desk, row->canary));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/access-over-time/", rows[i].name, NULL);
      g_autofree char *away = g_strconcat ("/access-over-time/away-meanwhile/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
      g_test_add_data_func (away, &rows[i], test_away_meanwhile);
    }
  g_test_add_func ("/access-over-time/waiting-words-go-to-a-supervisor",
                   test_waiting_words_go_to_a_supervisor);
  g_test_add_func ("/access-over-time/narrower-role-forgets-fields",
                   test_narrower_role_forgets_fields);
  g_test_add_func ("/access-over-time/conflict-is-purged", test_conflict_is_purged);
  g_test_add_func ("/access-over-time/withdrawn-consent-tells-a-mission-no-reason",
                   test_withdrawn_consent_tells_a_mission_no_reason);
  g_test_add_func ("/access-over-time/ended-referral-leaves-its-status", test_ended_referral_leaves_its_status);
  return g_test_run ();
}
