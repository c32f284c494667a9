/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Case 0004: she wishes for asylum. Whoever tries to send her request to the mission is refused, on
 * every path, by the real server, and the refusal is on record with its gate.
 */
#include "tests/server/hw-test-server.h"

#include "base/hw-base.h"

#define CASE "018f0004-0000-7000-8000-000000000001"
#define RISK "018f0004-0000-7000-8000-000000000002"
#define CONSENT "018f0004-0000-7000-8000-000000000003"
#define PERSON "018f0004-0000-7000-8000-000000000004"
#define REQUEST "3b1f8a52-4444-4aaa-8bbb-000000000001"
#define OVERRIDE "018f0004-0000-7000-8000-000000000005"
#define SEND "018f0004-aaaa-7000-8000-000000000001"

typedef struct
{
  HwTestServer *server;
  char *worker;     /* token */
  char *supervisor; /* token */
} Fixture;

static HwOperation *
create (HwTypeId type, const char *record)
{
  g_autofree char *id = hw_uuid_v5 (CASE, record);

  return hw_operation_new (id, HW_ACTION_CREATE, type, record, CASE);
}

static void
set (HwOperation *operation, HwFieldId field, const char *text)
{
  hw_operation_set_text (operation, field, text, 0);
}

/* Everything the embassy gate asks for is there, but for what she wishes. */
static void
fill (HwStore *store, const char *asylum)
{
  g_autofree char *owner = hw_test_user (HW_ROLE_CASEWORKER);
  HwOperation *header = create (HW_TYPE_ID_CASE, CASE);
  HwOperation *person = create (HW_TYPE_ID_PERSON, PERSON);
  HwOperation *risk = create (HW_TYPE_ID_RISK_ASSESSMENT, RISK);
  HwOperation *consent = create (HW_TYPE_ID_CONSENT, CONSENT);
  HwOperation *request = create (HW_TYPE_ID_EMBASSY_REQUEST, REQUEST);
  g_autoptr (HwValue) birth = hw_value_new_pair ("1997-03-02", "day");

  set (header, HW_FIELD_CASE_STATUS, "active");
  set (header, HW_FIELD_CASE_OWNER, owner);
  set (header, HW_FIELD_CASE_OFFICE, HW_TEST_OFFICE);
  set (person, HW_FIELD_PERSON_ROLE, "survivor");
  hw_operation_set (person, HW_FIELD_PERSON_BIRTH_DATE, birth, 0);
  set (risk, HW_FIELD_RISK_ASSESSMENT_CONCLUSION, "safe_with_plan");
  set (risk, HW_FIELD_RISK_ASSESSMENT_OFFICIAL_INVOLVED, "no");
  set (risk, HW_FIELD_RISK_ASSESSMENT_ASSESSED_ON, "2024-01-10");
  set (risk, HW_FIELD_RISK_ASSESSMENT_ASYLUM, asylum);
  set (consent, HW_FIELD_CONSENT_PURPOSE, "embassy_contact");
  set (consent, HW_FIELD_CONSENT_RECIPIENT, HW_TEST_MISSION);
  set (consent, HW_FIELD_CONSENT_FORM, "explicit_oral");
  set (consent, HW_FIELD_CONSENT_GRANTED_AT, "2024-01-10T10:00:00Z");
  set (request, HW_FIELD_EMBASSY_REQUEST_MISSION, HW_TEST_MISSION);
  set (request, HW_FIELD_EMBASSY_REQUEST_STATUS, "draft");
  hw_test_commit (store, header, person, risk, consent, request, NULL);
}

static void
set_up_as (Fixture *fixture, const char *asylum)
{
  g_autoptr (HwStore) store = NULL;

  fixture->server = hw_test_server_new ();
  store = hw_test_server_open_store (fixture->server);
  fill (store, asylum);
  g_clear_object (&store);
  hw_test_server_start (fixture->server, NULL);
  fixture->worker = hw_test_sign_in (fixture->server, HW_ROLE_CASEWORKER);
  fixture->supervisor = hw_test_sign_in (fixture->server, HW_ROLE_SUPERVISOR);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  set_up_as (fixture, "wishes");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  hw_test_server_stop (fixture->server);
  hw_test_server_free (fixture->server);
  g_free (fixture->worker);
  g_free (fixture->supervisor);
}

static char *
operation (const char *id, const char *action, const char *type, const char *record,
           const char *set_members, const char *base)
{
  return g_strdup_printf ("{\"id\":\"%s\",\"action\":\"%s\",\"type\":\"%s\",\"record\":\"%s\","
                          "\"case\":\"" CASE "\",\"set\":{%s},\"base\":{%s}}",
                          id, action, type, record, set_members, base);
}

/* Pushes them and gives back the whole answer. */
static char *
push (Fixture *fixture, const char *token, const char *first, const char *second)
{
  g_autofree char *body
    = g_strdup_printf ("{\"operations\":[%s%s%s]}", first, second != NULL ? "," : "",
                       second != NULL ? second : "");
  g_autoptr (HwTestReply) reply
    = hw_test_call (fixture->server, "POST", "/v1/operations", token, NULL, body);

  g_assert_cmpuint (reply->status, ==, 200);
  return g_strdup (reply->body);
}

static char *
send (const char *id, const char *base)
{
  return operation (
    id, "update", "embassy_request", REQUEST, "\"status\":\"ready_to_send\"", base);
}

static void
assert_locked (const char *answer)
{
  g_test_message ("%s", answer);
  g_assert_nonnull (strstr (answer, "\"status\":\"refused\""));
  g_assert_nonnull (strstr (answer, "problem:gate-embassy"));
  g_assert_nonnull (strstr (answer, "asylum-open"));
}

/* Not sent, and somebody can see that it was tried. */
static void
assert_still_draft (Fixture *fixture, guint refusals)
{
  g_autoptr (HwTestReply) reply = hw_test_call (
    fixture->server, "GET", "/v1/records/" REQUEST, fixture->worker, NULL, NULL);
  g_autoptr (HwDb) db = hw_db_open (fixture->server->database, HW_DB_READ_ONLY, NULL);
  HwStatement *statement = hw_db_prepare (
    db, "SELECT count(*) FROM audit WHERE action = 'refuse' AND record = $1"
        " AND case_id = $2 AND detail LIKE '% embassy'");

  g_assert_nonnull (strstr (reply->body, "\"status\":\"draft\""));
  hw_statement_bind_text (statement, 1, REQUEST);
  hw_statement_bind_text (statement, 2, CASE);
  g_assert_true (hw_statement_step (statement, NULL));
  g_assert_cmpint (hw_statement_integer (statement, 0), ==, refusals);
  hw_statement_reset (statement);
}

static void
test_direct_call (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwTestReply) reply
    = hw_test_call (fixture->server, "PATCH", "/v1/records/" REQUEST, fixture->worker,
                    "If-Match: \"1\"\r\n", "{\"status\":\"ready_to_send\"}");

  g_test_message ("%u %s", reply->status, reply->body);
  g_assert_cmpuint (reply->status, ==, 409);
  g_assert_nonnull (strstr (reply->body, "problem:gate-embassy"));
  assert_still_draft (fixture, 1);
}

/* An import is a long push of creations: one made as if it had been sent already. */
static void
test_import (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = operation ("018f0004-aaaa-7000-8000-000000000011", "create",
                                      "embassy_request", "3b1f8a52-4444-4aaa-8bbb-000000000009",
                                      "\"mission\":\"" HW_TEST_MISSION "\",\"status\":\"sent\"",
                                      "");
  g_autofree char *second = send ("018f0004-aaaa-7000-8000-000000000012", "\"status\":1");
  g_autofree char *answer = push (fixture, fixture->worker, first, second);

  assert_locked (answer);
  g_assert_nonnull (strstr (answer, "move-not-allowed"));
  assert_still_draft (fixture, 1);
}

/* Her old copy says "none": it was written before she said what she wishes. */
static void
test_offline_desktop (Fixture *fixture, gconstpointer data)
{
  g_autofree char *risk
    = operation ("018f0004-aaaa-7000-8000-000000000021", "update", "risk_assessment", RISK,
                 "\"asylum\":\"none\"", "\"asylum\":0");
  g_autofree char *send_it = send ("018f0004-aaaa-7000-8000-000000000022", "\"status\":0");
  g_autofree char *answer = push (fixture, fixture->worker, risk, send_it);

  g_assert_nonnull (strstr (answer, "\"status\":\"conflict\""));
  assert_locked (answer);
  assert_still_draft (fixture, 1);
}

static void
test_replay (Fixture *fixture, gconstpointer data)
{
  g_autofree char *send_it = send (SEND, "\"status\":1");
  g_autofree char *first = push (fixture, fixture->worker, send_it, NULL);
  g_autofree char *second = push (fixture, fixture->worker, send_it, NULL);

  assert_locked (first);
  g_assert_nonnull (strstr (second, "\"first\":\"refused\""));
  assert_still_draft (fixture, 1);
}

/* "None" written over it afterwards: the lock asks for a second person all the same. */
static void
test_written_over (Fixture *fixture, gconstpointer data)
{
  g_autofree char *risk
    = operation ("018f0004-aaaa-7000-8000-000000000031", "update", "risk_assessment", RISK,
                 "\"asylum\":\"none\"", "\"asylum\":1");
  g_autofree char *send_it = send ("018f0004-aaaa-7000-8000-000000000032", "\"status\":1");
  g_autofree char *answer = push (fixture, fixture->worker, risk, send_it);

  g_assert_nonnull (strstr (answer, "\"status\":\"applied\""));
  g_assert_nonnull (strstr (answer, "asylum-review-missing"));
  assert_still_draft (fixture, 1);
}

static void
test_supervisor (Fixture *fixture, gconstpointer data)
{
  g_autofree char *asked = operation (
    "018f0004-aaaa-7000-8000-000000000041", "create", "approval", OVERRIDE,
    "\"kind\":\"override\",\"gate\":\"embassy\",\"subject\":\"" REQUEST
    "\",\"target_status\":\"ready_to_send\",\"basis\":\"vital_interest\",\"reason\":\"x\"", "");
  g_autofree char *send_it = send (SEND, "\"status\":1");
  g_autofree char *by_chief = push (fixture, fixture->supervisor, send_it, NULL);
  g_autofree char *by_worker = push (fixture, fixture->worker, asked, NULL);

  g_assert_nonnull (strstr (by_chief, "\"status\":\"refused\""));
  g_assert_nonnull (strstr (by_worker, "\"status\":\"refused\""));
  g_assert_nonnull (strstr (by_worker, "/set/gate"));
  assert_still_draft (fixture, 0);
}

/* The same push with "none" from the start goes through: the tests above fail for her wish alone. */
static void
test_open_without_her_wish (void)
{
  Fixture fixture = { 0 };
  g_autofree char *send_it = NULL, *answer = NULL;

  set_up_as (&fixture, "none");
  send_it = send (SEND, "\"status\":1");
  answer = push (&fixture, fixture.worker, send_it, NULL);
  g_test_message ("%s", answer);
  g_assert_nonnull (strstr (answer, "\"status\":\"applied\""));
  tear_down (&fixture, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) g_test_add ("/asylum/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("a-direct-call", test_direct_call);
  ADD ("an-import", test_import);
  ADD ("an-offline-desktop-with-an-old-copy", test_offline_desktop);
  ADD ("a-replayed-operation", test_replay);
  ADD ("none-written-over-it", test_written_over);
  ADD ("a-supervisor", test_supervisor);
#undef ADD
  g_test_add_func ("/asylum/open-without-her-wish", test_open_without_her_wish);

  return g_test_run ();
}
