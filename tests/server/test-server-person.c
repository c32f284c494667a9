/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is a person's and not a case's, through the real server: what she said of asylum in one case locks the next one
 * that is made of her, whoever makes it and by whatever path; said after a seat was held it stops the ticket; and what
 * she takes back stops as a whole.
 */
#include "tests/server/hw-test-server.h"

#include "base/hw-base.h"
#include "domain/hw-likeness.h"

#include <string.h>

#define FIRST "018f0021-0000-7000-8000-000000000001"
#define SECOND "018f0022-0000-7000-8000-000000000001"
#define FIRST_RISK "018f0021-0000-7000-8000-000000000002"
#define SECOND_PERSON "018f0022-0000-7000-8000-000000000003"
#define SECOND_CONTACT "018f0022-0000-7000-8000-000000000004"
#define SECOND_RISK "018f0022-0000-7000-8000-000000000002"
#define ASSISTANCE "018f0022-0000-7000-8000-000000000005"
#define JOURNEY "018f0022-0000-7000-8000-000000000006"
#define REQUEST "3b1f8a52-7777-4aaa-8bbb-000000000001"

typedef struct
{
  HwTestServer *server;
  char *worker;   /* token */
  char *movement; /* token */
  char *mission;  /* token */
} Fixture;

static HwOperation *
create (HwTypeId type, const char *record, const char *root)
{
  g_autofree char *id = hw_uuid_v5 (root, record);

  return hw_operation_new (id, HW_ACTION_CREATE, type, record, root);
}

/* A case of the caseworker's in which the embassy gate is open, but for this answer. */
static void
fill (HwStore *store, const char *root, const char *risk_id, const char *asylum)
{
  g_autofree char *owner = hw_test_user (HW_ROLE_CASEWORKER);
  g_autofree char *consent_id = hw_uuid_v5 (root, "consent");
  HwOperation *header = create (HW_TYPE_ID_CASE, root, root);
  HwOperation *risk = create (HW_TYPE_ID_RISK_ASSESSMENT, risk_id, root);
  HwOperation *consent = create (HW_TYPE_ID_CONSENT, consent_id, root);

  hw_operation_set_text (header, HW_FIELD_CASE_STATUS, "active", 0);
  hw_operation_set_text (header, HW_FIELD_CASE_OWNER, owner, 0);
  hw_operation_set_text (header, HW_FIELD_CASE_OFFICE, HW_TEST_OFFICE, 0);
  hw_operation_set_text (header, HW_FIELD_CASE_MISSION, HW_TEST_MISSION, 0);
  hw_operation_set_text (risk, HW_FIELD_RISK_ASSESSMENT_CONCLUSION, "safe", 0);
  hw_operation_set_text (risk, HW_FIELD_RISK_ASSESSMENT_OFFICIAL_INVOLVED, "no", 0);
  hw_operation_set_text (risk, HW_FIELD_RISK_ASSESSMENT_ASSESSED_ON, "2026-11-20", 0);
  hw_operation_set_text (risk, HW_FIELD_RISK_ASSESSMENT_ASYLUM, asylum, 0);
  hw_operation_set_text (consent, HW_FIELD_CONSENT_PURPOSE, "embassy_contact", 0);
  hw_operation_set_text (consent, HW_FIELD_CONSENT_RECIPIENT, HW_TEST_MISSION, 0);
  hw_operation_set_text (consent, HW_FIELD_CONSENT_FORM, "explicit_oral", 0);
  hw_operation_set_text (consent, HW_FIELD_CONSENT_GRANTED_AT, "2026-11-20T10:00:00Z", 0);
  hw_test_commit (store, header, risk, consent, NULL);
}

/* She is known in the first case. */
static void
fill_first (HwStore *store, const char *asylum)
{
  g_autofree char *person_id = hw_uuid_v5 (FIRST, "person"), *contact_id = hw_uuid_v5 (FIRST, "contact");
  HwOperation *person = create (HW_TYPE_ID_PERSON, person_id, FIRST);
  HwOperation *contact = create (HW_TYPE_ID_SAFE_CONTACT, contact_id, FIRST);
  g_autoptr (HwValue) birth = hw_value_new_pair ("1997-03-02", "day");

  fill (store, FIRST, FIRST_RISK, asylum);
  hw_operation_set_text (person, HW_FIELD_PERSON_ROLE, "survivor", 0);
  hw_operation_set_text (person, HW_FIELD_PERSON_GIVEN_NAMES, "Aline", 0);
  hw_operation_set_text (person, HW_FIELD_PERSON_FAMILY_NAME, "Ndayishimiye", 0);
  hw_operation_set (person, HW_FIELD_PERSON_BIRTH_DATE, birth, 0);
  hw_operation_set_text (contact, HW_FIELD_SAFE_CONTACT_VALUE, "+96550001234", 0);
  hw_test_commit (store, person, contact, NULL);
}

static void
set_up_as (Fixture *fixture, const char *asylum)
{
  g_autoptr (HwStore) store = NULL;

  fixture->server = hw_test_server_new ();
  store = hw_test_server_open_store (fixture->server);
  fill_first (store, asylum);
  fill (store, SECOND, SECOND_RISK, "none");
  g_clear_object (&store);
  hw_test_server_start (fixture->server, NULL);
  fixture->worker = hw_test_sign_in (fixture->server, HW_ROLE_CASEWORKER);
  fixture->movement = hw_test_sign_in (fixture->server, HW_ROLE_MOVEMENT);
  fixture->mission = hw_test_sign_in (fixture->server, HW_ROLE_EMBASSY_LIAISON);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  set_up_as (fixture, data);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  hw_test_server_stop (fixture->server);
  hw_test_server_free (fixture->server);
  g_free (fixture->worker);
  g_free (fixture->movement);
  g_free (fixture->mission);
}

/* One operation on a record of the second case; set: members of it. base: the revision of the status that was seen; 0: none. */
static char *
operation (const char *action, const char *type, const char *record, const char *set, guint base)
{
  g_autofree char *id = hw_uuid_v4 ();
  g_autofree char *seen = base != 0 ? g_strdup_printf ("\"status\":%u", base) : g_strdup ("");

  return g_strdup_printf ("{\"id\":\"%s\",\"action\":\"%s\",\"type\":\"%s\",\"record\":\"%s\","
                          "\"case\":\"" SECOND "\",\"set\":{%s},\"base\":{%s}}",
                          id, action, type, record, set, seen);
}

/* Takes the operations. */
static char *
push (Fixture *fixture, const char *token, char *first, ...)
{
  g_autoptr (GString) body = g_string_new ("{\"operations\":[");
  g_autoptr (HwTestReply) reply = NULL;
  va_list rest;

  va_start (rest, first);
  for (char *one = first; one != NULL; one = va_arg (rest, char *))
    {
      g_string_append_printf (body, "%s%s", one != first ? "," : "", one);
      g_free (one);
    }
  va_end (rest);
  g_string_append (body, "]}");
  reply = hw_test_call (fixture->server, "POST", "/v1/operations", token, NULL, body->str);
  g_test_message ("%s", reply->body);
  g_assert_cmpuint (reply->status, ==, 200);
  return g_strdup (reply->body);
}

static char *
she (void)
{
  return operation ("create", "person", SECOND_PERSON,
                    "\"role\":\"survivor\",\"given_names\":\"Aline\",\"family_name\":\"Ndaishimie\","
                    "\"birth_date\":{\"date\":\"1997-03-02\",\"precision\":\"day\"}", 0);
}

static char *
her_number (void)
{
  return operation (
    "create", "safe_contact", SECOND_CONTACT, "\"value\":\"0096550001234\"", 0);
}

static char *
draft (void)
{
  return operation ("create", "embassy_request", REQUEST,
                    "\"mission\":\"" HW_TEST_MISSION "\",\"status\":\"draft\"", 0);
}

static char *
request_to (const char *status, guint base)
{
  g_autofree char *set = g_strdup_printf ("\"status\":\"%s\"", status);

  return operation ("update", "embassy_request", REQUEST, set, base);
}

static char *
journey_to (const char *action, const char *status, guint base)
{
  g_autofree char *set = g_strdup_printf ("\"status\":\"%s\"", status);

  return operation (action, "movement", JOURNEY, set, base);
}

static char *
read_record (Fixture *fixture, const char *token, const char *record)
{
  g_autofree char *path = g_strconcat ("/v1/records/", record, NULL);
  g_autoptr (HwTestReply) reply
    = hw_test_call (fixture->server, "GET", path, token, NULL, NULL);

  return g_strdup (reply->body);
}

static void
assert_status (Fixture *fixture, const char *record, const char *status)
{
  g_autofree char *body = read_record (fixture, fixture->worker, record);
  g_autofree char *expected = g_strdup_printf ("\"status\":\"%s\"", status);

  g_test_message ("%s", body);
  g_assert_nonnull (strstr (body, expected));
}

/* Nothing of the first case is in an answer, not even that there is one. */
static void
assert_locked (const char *answer, const char *code)
{
  g_assert_nonnull (strstr (answer, "problem:gate-embassy"));
  g_assert_nonnull (strstr (answer, code));
  g_assert_null (strstr (answer, FIRST));
  g_assert_null (strstr (answer, "wishes"));
}

/* She is made, and an hour later her request is sent: by a push, by a direct call, as an import that was sent
 * already. */
static void
test_another_case (Fixture *fixture, gconstpointer data)
{
  g_autofree char *made = push (fixture, fixture->worker, she (), her_number (), draft (), NULL);
  g_autofree char *pushed = push (fixture, fixture->worker, request_to ("ready_to_send", 1), NULL);
  g_autoptr (HwTestReply) direct
    = hw_test_call (fixture->server, "PATCH", "/v1/records/" REQUEST, fixture->worker,
                    "If-Match: \"1\"\r\n", "{\"status\":\"ready_to_send\"}");

  g_assert_null (strstr (made, "refused"));
  assert_locked (pushed, "duplicate-undecided");
  g_assert_cmpuint (direct->status, ==, 409);
  assert_locked (direct->body, "duplicate-undecided");
  assert_status (fixture, REQUEST, "draft");
}

/* The laptop was offline the whole night and sends it at once. */
static void
test_all_at_once (Fixture *fixture, gconstpointer data)
{
  g_autofree char *answer = push (fixture, fixture->worker, she (), her_number (), draft (),
                                  request_to ("ready_to_send", 1), request_to ("sent", 1), NULL);

  assert_locked (answer, "duplicate-undecided");
  assert_status (fixture, REQUEST, "draft");
}

/* Without her wish the same push goes through: the tests above fail for it alone. */
static void
test_open_without_her_wish (Fixture *fixture, gconstpointer data)
{
  g_autofree char *answer = push (fixture, fixture->worker, she (), her_number (), draft (),
                                  request_to ("ready_to_send", 1), NULL);

  g_assert_null (strstr (answer, "refused"));
  assert_status (fixture, REQUEST, "ready_to_send");
}

static char *
decide (const char *state)
{
  g_autofree char *link = hw_uuid_v4 ();
  g_autofree char *pair = hw_case_link_id (FIRST, SECOND);
  g_autofree char *set
    = g_strdup_printf ("\"state\":\"%s\",\"kept\":\"" SECOND "\"", state);

  return g_strdup_printf ("{\"id\":\"%s\",\"action\":\"update\",\"type\":\"case_link\",\"record\":\"%s\","
                          "\"case\":\"" SECOND "\",\"set\":{%s},\"base\":{\"state\":1}}",
                          link, pair, set);
}

/* Merged, the first case's past is this one's; taken back, it is undecided again; told apart, she is another. */
static void
test_decided (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *state, *code;
  } rows[] = { { "merged", "asylum-review-missing" },
               { "possible", "duplicate-undecided" },
               { "dismissed", NULL } };
  g_autofree char *made = push (fixture, fixture->worker, she (), her_number (), draft (), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *decided = push (fixture, fixture->worker, decide (rows[i].state), NULL);
      g_autofree char *answer
        = push (fixture, fixture->worker, request_to ("ready_to_send", 1), NULL);

      g_assert_null (strstr (decided, "refused"));
      if (rows[i].code != NULL)
        assert_locked (answer, rows[i].code);
      else
        g_assert_null (strstr (answer, "refused"));
    }
}

/* Who books for her is told that a safety condition is open, and nothing of which. */
static void
test_movement_officer (Fixture *fixture, gconstpointer data)
{
  g_autofree char *made = push (fixture, fixture->worker, she (), her_number (),
                                journey_to ("create", "requested", 0), NULL);
  g_autofree char *answer
    = push (fixture, fixture->movement, journey_to ("update", "held", 1), NULL);

  assert_locked (answer, "safety-condition");
  g_assert_null (strstr (answer, "duplicate"));
  g_assert_null (strstr (answer, "known"));
}

/* ---- Said after the seat was held ---- */

static char *
say (const char *asylum)
{
  g_autofree char *set = g_strdup_printf ("\"asylum\":\"%s\"", asylum);
  g_autofree char *id = hw_uuid_v4 ();

  return g_strdup_printf ("{\"id\":\"%s\",\"action\":\"update\",\"type\":\"risk_assessment\",\"record\":\""
                          SECOND_RISK "\",\"case\":\"" SECOND "\",\"set\":{%s},\"base\":{\"asylum\":1}}",
                          id, set);
}

static guint
count (Fixture *fixture, const char *sql)
{
  g_autoptr (HwDb) db = hw_db_open (fixture->server->database, HW_DB_READ_ONLY, NULL);
  HwStatement *statement = hw_db_prepare (db, sql);
  guint n;

  g_assert_true (hw_statement_step (statement, NULL));
  n = (guint)hw_statement_integer (statement, 0);
  hw_statement_reset (statement);
  return n;
}

#define OPEN_TASKS "SELECT count(*) FROM r_task WHERE case_id = '" SECOND "' AND f_done_at IS NULL"

static void
test_said_afterwards (Fixture *fixture, gconstpointer data)
{
  g_autofree char *made
    = push (fixture, fixture->worker, she (), draft (), request_to ("ready_to_send", 1),
            request_to ("sent", 2), journey_to ("create", "held", 0), NULL);
  g_autofree char *said = NULL, *ticketed = NULL;

  g_assert_null (strstr (made, "refused"));
  g_assert_cmpuint (count (fixture, OPEN_TASKS), ==, 0);
  said = push (fixture, fixture->worker, say ("wishes"), NULL);
  g_assert_null (strstr (said, "refused"));
  g_assert_cmpuint (
    count (fixture, OPEN_TASKS " AND f_about = '" SECOND_RISK "' AND f_assignee IS NOT NULL"), ==, 1);
  ticketed = push (fixture, fixture->worker, journey_to ("update", "ticketed", 1), NULL);
  g_assert_nonnull (strstr (ticketed, "problem:gate-embassy"));
  g_assert_nonnull (strstr (ticketed, "asylum-open"));
  assert_status (fixture, JOURNEY, "held");
}

/* ---- Taken back ---- */

static void
test_assistance_taken_back (Fixture *fixture, gconstpointer data)
{
  g_autofree char *given
    = operation ("create", "consent", ASSISTANCE,
                 "\"purpose\":\"assistance\",\"form\":\"explicit_oral\",\"granted_at\":"
                 "\"2026-11-20T10:00:00Z\"", 0);
  g_autofree char *back = operation (
    "update", "consent", ASSISTANCE, "\"withdrawn_at\":\"2026-11-24T05:00:00Z\"", 0);
  g_autofree char *made
    = push (fixture, fixture->worker, she (), g_steal_pointer (&given), draft (),
            request_to ("ready_to_send", 1), request_to ("sent", 2),
            journey_to ("create", "held", 0), NULL);
  g_autofree char *withdrawn = NULL, *told = NULL, *again = NULL;

  g_assert_null (strstr (made, "refused"));
  withdrawn = push (fixture, fixture->worker, g_steal_pointer (&back), NULL);
  g_assert_null (strstr (withdrawn, "refused"));
  assert_status (fixture, REQUEST, "withdrawn");
  assert_status (fixture, JOURNEY, "cancelled");
  told = hw_test_pull (fixture->server, fixture->mission, 50, NULL);
  g_assert_nonnull (strstr (told, "This request has been withdrawn by the office."));
  g_assert_null (strstr (told, "assistance"));
  g_assert_null (strstr (told, SECOND));
  again = push (fixture, fixture->worker, journey_to ("update", "draft", 2),
                journey_to ("update", "held", 3), NULL);
  assert_locked (again, "consent-missing");
  assert_status (fixture, JOURNEY, "draft");
}

/* Nobody is told of her again before she agreed again, and what she agrees to anew goes out. */
static void
test_not_begun_again (Fixture *fixture, gconstpointer data)
{
  static const char *const out
    = "\"direction\":\"out\",\"organisation\":\"" HW_TEST_OTHER_MISSION "\",\"status\":\"sent\"";
  static const char *const consents[]
    = { ASSISTANCE, "018f0022-0000-7000-8000-000000000007" };
  static const char *const referrals[]
    = { "018f0022-0000-7000-8000-000000000008", "018f0022-0000-7000-8000-000000000009" };
  g_autofree char *first_consent = g_strdup (
    "\"purpose\":\"reintegration_referral\",\"form\":\"explicit_oral\",\"granted_at\":"
    "\"2026-11-20T10:00:00Z\"");
  g_autofree char *made = push (fixture, fixture->worker, she (),
                                operation ("create", "consent", consents[0], first_consent, 0),
                                operation ("create", "referral", referrals[0], out, 0), NULL);
  g_autofree char *back = NULL, *again = NULL, *anew = NULL;

  g_assert_null (strstr (made, "refused"));
  back = push (fixture, fixture->worker,
               operation ("update", "consent", consents[0],
                          "\"withdrawn_at\":\"2026-11-24T05:00:00Z\"", 0), NULL);
  g_assert_null (strstr (back, "refused"));
  assert_status (fixture, referrals[0], "revoked");
  g_assert_cmpuint (count (fixture, OPEN_TASKS), ==, 1);
  again = push (fixture, fixture->worker,
                operation ("create", "referral", referrals[1], out, 0), NULL);
  g_assert_nonnull (strstr (again, "\"pointer\":\"/set/granted_at\""));
  anew = push (fixture, fixture->worker,
               operation ("create", "consent", consents[1],
                          "\"purpose\":\"reintegration_referral\",\"form\":\"explicit_oral\","
                          "\"granted_at\":\"2026-11-24T06:00:00Z\"", 0),
               operation ("create", "referral", referrals[1], out, 0), NULL);
  g_assert_null (strstr (anew, "refused"));
  assert_status (fixture, referrals[1], "sent");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, asylum, function) \
  g_test_add ("/person/" name, Fixture, asylum, set_up, function, tear_down)
  ADD ("another-case-of-hers", "wishes", test_another_case);
  ADD ("all-at-once", "wishes", test_all_at_once);
  ADD ("open-without-her-wish", "none", test_open_without_her_wish);
  ADD ("decided", "wishes", test_decided);
  ADD ("a-movement-officer-is-told-nothing", "wishes", test_movement_officer);
  ADD ("said-after-the-seat-was-held", "none", test_said_afterwards);
  ADD ("assistance-taken-back", "none", test_assistance_taken_back);
  ADD ("not-begun-again", "none", test_not_begun_again);
#undef ADD

  return g_test_run ();
}
