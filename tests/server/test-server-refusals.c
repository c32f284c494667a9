/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whoever tries what is not allowed is on record, by the real server, over a socket: each gate with its name, several
 * closed ones with all their names, an override that nobody may give with the gate it was to open, and what could not be
 * read with who sent it and when. Nothing of what was sent is in the chain, and the chain holds.
 */
#include "tests/server/hw-test-server.h"

#include "base/hw-base.h"

#include <string.h>

#define ADULT "018f0006-0000-7000-8000-000000000001" /* a case of one grown woman, */
#define CHILD "018f0006-0000-7000-8000-000000000002" /* and one with a child, for whom nobody has decided anything */
#define REQUEST "3b1f8a52-6666-4aaa-8bbb-000000000001"
#define READY "3b1f8a52-6666-4aaa-8bbb-000000000002"
#define SECRET "zqsecretqz"

#define MOVEMENT(n) "018f0006-0000-7000-8000-00000000001" n
#define SCREENING "018f0006-0000-7000-8000-000000000020"
#define REUNION "018f0006-0000-7000-8000-000000000021"
#define OVERRIDE "018f0006-0000-7000-8000-000000000022"
#define NEW(n) "018f0006-0000-7000-8000-00000000003" n
#define NOBODYS "018f0006-0000-7000-8000-000000000999"

typedef struct
{
  HwTestServer *server;
  char *worker, *supervisor, *movement; /* tokens */
} Fixture;

/* pairs of field and text, ended by HW_FIELD_NONE. */
static void
add (HwStore *store, const char *case_id, HwTypeId type, const char *record, ...)
{
  g_autofree char *id = hw_uuid_v4 ();
  HwOperation *operation = hw_operation_new (id, HW_ACTION_CREATE, type, record, case_id);
  va_list pairs;
  HwFieldId field;

  va_start (pairs, record);
  while ((field = (HwFieldId) va_arg (pairs, int)) != HW_FIELD_NONE)
    if (hw_schema_field (field)->kind == HW_KIND_HISTORY_DATE)
      {
        g_autoptr (HwValue) day = hw_value_new_pair (va_arg (pairs, const char *), "day");

        hw_operation_set (operation, field, day, 0);
      }
    else
      hw_operation_set_text (operation, field, va_arg (pairs, const char *), 0);
  va_end (pairs);
  hw_test_commit (store, operation, NULL);
}

static void
fill_case (HwStore *store, const char *case_id)
{
  g_autofree char *owner = hw_test_user (HW_ROLE_CASEWORKER);
  g_autofree char *person = hw_uuid_v5 (case_id, "survivor");

  add (store, case_id, HW_TYPE_ID_CASE, case_id, HW_FIELD_CASE_STATUS, "active", HW_FIELD_CASE_OWNER, owner,
       HW_FIELD_CASE_OFFICE, HW_TEST_OFFICE, HW_FIELD_NONE);
  add (store, case_id, HW_TYPE_ID_PERSON, person, HW_FIELD_PERSON_ROLE, "survivor", HW_FIELD_PERSON_BIRTH_DATE,
       "1994-05-02", HW_FIELD_NONE);
}

static void
fill (HwStore *store)
{
  g_autofree char *asker = hw_test_user (HW_ROLE_SUPERVISOR);
  g_autofree char *child = hw_uuid_v5 (CHILD, "dependant");

  fill_case (store, ADULT);
  fill_case (store, CHILD);
  add (store, CHILD, HW_TYPE_ID_PERSON, child, HW_FIELD_PERSON_ROLE, "dependant", HW_FIELD_PERSON_BIRTH_DATE,
       "2021-01-09", HW_FIELD_NONE);
  add (store, ADULT, HW_TYPE_ID_SCREENING, SCREENING, HW_FIELD_SCREENING_IS_MINOR, "yes", HW_FIELD_NONE);
  add (store, ADULT, HW_TYPE_ID_EMBASSY_REQUEST, REQUEST, HW_FIELD_EMBASSY_REQUEST_MISSION, HW_TEST_MISSION,
       HW_FIELD_EMBASSY_REQUEST_STATUS, "draft", HW_FIELD_NONE);
  add (store, CHILD, HW_TYPE_ID_EMBASSY_REQUEST, READY, HW_FIELD_EMBASSY_REQUEST_MISSION, HW_TEST_MISSION,
       HW_FIELD_EMBASSY_REQUEST_STATUS, "ready_to_send", HW_FIELD_NONE);
  add (store, CHILD, HW_TYPE_ID_REUNIFICATION, REUNION, HW_FIELD_REUNIFICATION_STATUS, "assessed", HW_FIELD_NONE);
  add (store, CHILD, HW_TYPE_ID_MOVEMENT, MOVEMENT ("1"), HW_FIELD_MOVEMENT_STATUS, "confirmed", HW_FIELD_NONE);
  add (store, CHILD, HW_TYPE_ID_MOVEMENT, MOVEMENT ("2"), HW_FIELD_MOVEMENT_STATUS, "ticketed", HW_FIELD_NONE);
  add (store, CHILD, HW_TYPE_ID_MOVEMENT, MOVEMENT ("3"), HW_FIELD_MOVEMENT_STATUS, "draft", HW_FIELD_NONE);
  add (store, CHILD, HW_TYPE_ID_APPROVAL, OVERRIDE, HW_FIELD_APPROVAL_KIND, "override", HW_FIELD_APPROVAL_GATE,
       "ticket", HW_FIELD_APPROVAL_SUBJECT, MOVEMENT ("1"), HW_FIELD_APPROVAL_TARGET_STATUS, "ticketed",
       HW_FIELD_APPROVAL_BASIS, "vital_interest", HW_FIELD_APPROVAL_REASON, SECRET, HW_FIELD_APPROVAL_ASKED_BY,
       asker, HW_FIELD_NONE);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwStore) store = NULL;

  fixture->server = hw_test_server_new ();
  store = hw_test_server_open_store (fixture->server);
  fill (store);
  hw_store_close (store);
  hw_test_server_start (fixture->server, NULL);
  fixture->worker = hw_test_sign_in (fixture->server, HW_ROLE_CASEWORKER);
  fixture->supervisor = hw_test_sign_in (fixture->server, HW_ROLE_SUPERVISOR);
  fixture->movement = hw_test_sign_in (fixture->server, HW_ROLE_MOVEMENT);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  hw_test_server_stop (fixture->server);
  hw_test_server_free (fixture->server);
  g_free (fixture->worker);
  g_free (fixture->supervisor);
  g_free (fixture->movement);
}

/* ---- The chain ---- */

/* Nulls are asked for as such: what is not about a case must not be entered under one. */
static gint64
count_lines (Fixture *fixture, const char *action, HwRole by, const char *case_id, const char *record,
             const char *detail)
{
  g_autoptr (HwDb) db = hw_db_open (fixture->server->database, HW_DB_READ_ONLY, NULL);
  HwStatement *statement
    = hw_db_prepare (db, "SELECT count(*) FROM audit WHERE action = $1 AND user = $2 AND device IS NOT NULL"
                         " AND case_id IS $3 AND record IS $4 AND detail IS $5");
  g_autofree char *user = hw_test_user (by);
  gint64 lines;

  hw_statement_bind_text (statement, 1, action);
  hw_statement_bind_text (statement, 2, user);
  hw_statement_bind_text (statement, 3, case_id);
  hw_statement_bind_text (statement, 4, record);
  hw_statement_bind_text (statement, 5, detail);
  g_assert_true (hw_statement_step (statement, NULL));
  lines = hw_statement_integer (statement, 0);
  hw_statement_reset (statement);
  return lines;
}

static void
assert_refused_once (Fixture *fixture, HwRole by, const char *case_id, const char *record, const char *detail)
{
  g_test_message ("%s", detail);
  g_assert_cmpint (count_lines (fixture, "refuse", by, case_id, record, detail), ==, 1);
}

static gint64
count_refusals (Fixture *fixture)
{
  g_autoptr (HwDb) db = hw_db_open (fixture->server->database, HW_DB_READ_ONLY, NULL);
  HwStatement *statement = hw_db_prepare (db, "SELECT count(*) FROM audit WHERE action = 'refuse'");
  gint64 lines;

  g_assert_true (hw_statement_step (statement, NULL));
  lines = hw_statement_integer (statement, 0);
  hw_statement_reset (statement);
  return lines;
}

/* Not a word of what was sent; and no line was put in, taken out or changed. */
static void
assert_chain (Fixture *fixture)
{
  g_autoptr (HwStore) store = NULL;
  g_autoptr (HwDb) db = NULL;
  g_autoptr (GError) error = NULL;
  HwStatement *statement;
  gint64 broken = -1;

  hw_test_server_stop (fixture->server);
  store = hw_test_server_open_store (fixture->server);
  g_assert_true (hw_store_audit_verify (store, &broken, &error));
  hw_store_close (store);
  db = hw_db_open (fixture->server->database, HW_DB_READ_ONLY, NULL);
  statement = hw_db_prepare (db, "SELECT count(*) FROM audit WHERE instr (action || ifnull (case_id, '')"
                                 " || ifnull (record, '') || ifnull (detail, ''), '" SECRET "') > 0");
  g_assert_true (hw_statement_step (statement, NULL));
  g_assert_cmpint (hw_statement_integer (statement, 0), ==, 0);
  hw_statement_reset (statement);
  hw_test_server_start (fixture->server, NULL);
}

/* ---- The gates ---- */

typedef struct
{
  const char *action, *type, *record, *case_id, *set, *base;
  HwRole by;
  const char *why;     /* in the audit */
  const char *problem; /* what the sender is told: the first */
} Attempt;

static const Attempt attempts[] = {
  { "update", "embassy_request", REQUEST, ADULT, "\"status\":\"ready_to_send\"", "\"status\":1",
    HW_ROLE_CASEWORKER, "embassy", "gate-embassy" },
  { "update", "screening", SCREENING, ADULT, "\"is_minor\":\"no\"", "\"is_minor\":1", HW_ROLE_CASEWORKER, "child",
    "gate-child" },
  { "update", "case", ADULT, ADULT, "\"status\":\"closed\"", "\"status\":1", HW_ROLE_CASEWORKER, "closure",
    "gate-closure" },
  { "update", "reunification", REUNION, CHILD, "\"status\":\"approved\"", "\"status\":1", HW_ROLE_CASEWORKER,
    "reunification", "gate-reunification" },
  { "update", "embassy_request", READY, CHILD, "\"status\":\"sent\"", "\"status\":1", HW_ROLE_CASEWORKER,
    "embassy,child", "gate-embassy" },
  { "update", "movement", MOVEMENT ("1"), CHILD, "\"status\":\"ticketed\"", "\"status\":1", HW_ROLE_MOVEMENT,
    "embassy,child,ticket", "gate-embassy" },
  { "update", "movement", MOVEMENT ("2"), CHILD, "\"status\":\"checked_in\"", "\"status\":1", HW_ROLE_MOVEMENT,
    "child,departure", "gate-child" },
  { "update", "movement", MOVEMENT ("1"), CHILD, "\"status\":\"checked_in\"", "\"status\":1", HW_ROLE_CASEWORKER,
    "child,ticket,departure", "gate-child" },
  { "create", "movement", NEW ("0"), CHILD, "\"status\":\"held\"", "", HW_ROLE_CASEWORKER, "embassy,child",
    "gate-embassy" },
  /* What nobody can open, whatever they write. */
  { "create", "approval", NEW ("1"), ADULT, "\"kind\":\"override\",\"gate\":\"embassy\",\"reason\":\"" SECRET "\"",
    "", HW_ROLE_CASEWORKER, "invalid,embassy", "invalid" },
  { "create", "approval", NEW ("2"), CHILD, "\"kind\":\"override\",\"gate\":\"child\",\"reason\":\"" SECRET "\"", "",
    HW_ROLE_CASEWORKER, "invalid,child", "invalid" },
  { "create", "approval", NEW ("3"), CHILD, "\"kind\":\"override\",\"gate\":\"reunification\"", "",
    HW_ROLE_CASEWORKER, "invalid,reunification", "invalid" },
  { "create", "approval", NEW ("4"), CHILD, "\"kind\":\"override\",\"gate\":\"departure\",\"verdict\":\"approved\"",
    "", HW_ROLE_CASEWORKER, "role,departure", "role" },
};

static char *
operation_of (const Attempt *attempt, guint n)
{
  return g_strdup_printf ("{\"id\":\"018f0006-aaaa-7000-8000-%012x\",\"action\":\"%s\",\"type\":\"%s\",\"record\":"
                          "\"%s\",\"case\":\"%s\",\"set\":{%s},\"base\":{%s}}",
                          n, attempt->action, attempt->type, attempt->record, attempt->case_id, attempt->set,
                          attempt->base);
}

/* (transfer full) the answer to one operation or several. */
static char *
push (Fixture *fixture, const char *token, const char *operations)
{
  g_autofree char *body = g_strdup_printf ("{\"operations\":[%s]}", operations);
  g_autoptr (HwTestReply) reply
    = hw_test_call (fixture->server, "POST", "/v1/operations", token, NULL, body);

  g_test_message ("%s", reply->body);
  g_assert_cmpuint (reply->status, ==, 200);
  return g_strdup (reply->body);
}

static const char *
token_of (Fixture *fixture, HwRole role)
{
  if (role == HW_ROLE_MOVEMENT)
    return fixture->movement;
  return role == HW_ROLE_SUPERVISOR ? fixture->supervisor : fixture->worker;
}

static void
attempt (Fixture *fixture, const Attempt *one, guint n)
{
  g_autofree char *operation = operation_of (one, n);
  g_autofree char *answer = push (fixture, token_of (fixture, one->by), operation);
  g_autofree char *problem = g_strdup_printf ("urn:homeward:problem:%s\"", one->problem);
  g_autofree char *detail = g_strdup_printf ("018f0006-aaaa-7000-8000-%012x %s", n, one->why);

  g_assert_nonnull (strstr (answer, "\"status\":\"refused\""));
  g_assert_nonnull (strstr (answer, problem));
  assert_refused_once (fixture, one->by, one->case_id, one->record, detail);
}

static gboolean
is_named (const char *gate)
{
  for (guint i = 0; i < G_N_ELEMENTS (attempts); i++)
    {
      g_auto (GStrv) words = g_strsplit (attempts[i].why, ",", -1);

      if (strncmp (attempts[i].problem, "gate-", strlen ("gate-")) == 0
          && g_strv_contains ((const char *const *) words, gate))
        return TRUE;
    }
  return FALSE;
}

static void
test_every_gate (Fixture *fixture, gconstpointer data)
{
  gint64 before = count_refusals (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (attempts); i++)
    attempt (fixture, &attempts[i], i);
  for (guint gate = HW_GATE_NONE + 1; gate < HW_N_GATES; gate++)
    g_assert_true (is_named (hw_gate_nick ((HwGateId) gate)->nick));
  g_assert_cmpint (count_refusals (fixture) - before, ==, G_N_ELEMENTS (attempts));
  assert_chain (fixture);
}

/* Who asked for it does not answer it. */
static void
test_own_override (Fixture *fixture, gconstpointer data)
{
  g_autofree char *chief = hw_test_user (HW_ROLE_SUPERVISOR);
  g_autofree char *operation = g_strdup_printf (
    "{\"id\":\"" NEW ("5") "\",\"action\":\"update\",\"type\":\"approval\",\"record\":\"" OVERRIDE "\",\"case\":\""
    CHILD "\",\"set\":{\"verdict\":\"approved\",\"decided_by\":\"%s\"},\"base\":{\"verdict\":0,\"decided_by\":0}}",
    chief);
  g_autofree char *answer = push (fixture, fixture->supervisor, operation);

  g_assert_nonnull (strstr (answer, "self-approval"));
  assert_refused_once (
    fixture, HW_ROLE_SUPERVISOR, CHILD, OVERRIDE, NEW ("5") " self-approval,ticket");
}

/* It happened in the world: written down, with all the gates that should have been open. */
static void
test_breach (Fixture *fixture, gconstpointer data)
{
  g_autofree char *answer
    = push (fixture, fixture->worker,
            "{\"id\":\"" NEW ("6") "\",\"action\":\"update\",\"type\":\"movement\",\"record\":\"" MOVEMENT ("3")
            "\",\"case\":\"" CHILD "\",\"set\":{\"status\":\"departed\"},\"base\":{\"status\":1}}");

  g_assert_nonnull (strstr (answer, "\"status\":\"applied\""));
  g_assert_cmpint (count_lines (fixture, "breach", HW_ROLE_CASEWORKER, CHILD, MOVEMENT ("3"),
                                "embassy,child,ticket,departure"),
                   ==, 1);
}

/* ---- What the rules never saw ---- */

static void
test_unreadable_operations (Fixture *fixture, gconstpointer data)
{
  g_autofree char *answer = push (
    fixture, fixture->worker,
    "{\"id\":\"" NEW ("1") "\",\"action\":\"update\",\"type\":\"case\",\"record\":\"" ADULT "\",\"case\":\"" ADULT
    "\",\"set\":{\"urgency\":{\"no\":\"" SECRET "\"}}},"
    "{\"id\":\"" NEW ("2") "\",\"action\":\"create\",\"type\":\"" SECRET "\",\"record\":\"" NEW ("2") "\"},"
    "{\"id\":\"" NEW ("3") "\",\"group\":\"g\",\"" SECRET "\":1},"
    "{\"id\":\"" NEW ("4") "\",\"group\":\"g\",\"action\":\"update\",\"type\":\"case\",\"record\":\"" ADULT
    "\",\"case\":\"" ADULT "\",\"set\":{\"urgency\":\"high\"},\"base\":{\"urgency\":0}}");

  g_assert_null (strstr (answer, "\"applied\""));
  assert_refused_once (fixture, HW_ROLE_CASEWORKER, NULL, NULL, NEW ("1") " unreadable");
  assert_refused_once (fixture, HW_ROLE_CASEWORKER, NULL, NULL, NEW ("2") " unreadable");
  assert_refused_once (fixture, HW_ROLE_CASEWORKER, NULL, NULL, NEW ("3") " unreadable");
  assert_refused_once (fixture, HW_ROLE_CASEWORKER, NULL, NULL, NEW ("4") " group");
  assert_chain (fixture);
}

static void
refuse_call (Fixture *fixture, const char *method, const char *path, const char *headers, const char *body,
             guint status)
{
  g_autoptr (HwTestReply) reply
    = hw_test_call (fixture->server, method, path, fixture->movement, headers, body);

  g_test_message ("%s %s: %u %s", method, path, reply->status, reply->body);
  g_assert_cmpuint (reply->status, ==, status);
}

static void
test_calls_that_cannot_be_taken (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *method, *path, *headers, *body;
    guint status;
    const char *case_id, *record, *why;
    gint64 lines; /* with those of the rows before it */
  } rows[] = {
    { "POST", "/v1/operations", NULL, "{\"operations\":\"" SECRET "\"}", 422, NULL, NULL, "unreadable", 1 },
    { "POST", "/v1/operations", NULL, "{" SECRET, 400, NULL, NULL, "unreadable", 2 },
    { "POST", "/v1/records", NULL, "{\"type\":\"" SECRET "\"}", 422, NULL, NULL, "unreadable", 3 },
    { "PATCH", "/v1/records/" MOVEMENT ("1"), "If-Match: \"1\"\r\n", "{\"" SECRET "\":1}", 422, CHILD, MOVEMENT ("1"),
      "unreadable", 1 },
    { "PATCH", "/v1/records/" MOVEMENT ("1"), "If-Match: \"7\"\r\n", "{\"note\":\"" SECRET "\"}", 412, CHILD,
      MOVEMENT ("1"), "stale", 1 },
    /* A movement officer reads no screening: it is not there, and that it was tried is. */
    { "PATCH", "/v1/records/" SCREENING, "If-Match: \"1\"\r\n", "{\"is_minor\":\"no\"}", 404, ADULT, SCREENING,
      "not-found", 1 },
    { "DELETE", "/v1/records/" SCREENING, NULL, NULL, 404, ADULT, SCREENING, "not-found", 2 },
    { "DELETE", "/v1/records/" NOBODYS, NULL, NULL, 404, NULL, NULL, "not-found", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      refuse_call (fixture, rows[i].method, rows[i].path, rows[i].headers, rows[i].body, rows[i].status);
      g_assert_cmpint (
        count_lines (fixture, "refuse", HW_ROLE_MOVEMENT, rows[i].case_id, rows[i].record, rows[i].why), ==,
        rows[i].lines);
    }
  g_assert_cmpint (count_refusals (fixture), ==, G_N_ELEMENTS (rows));
  assert_chain (fixture);
}

static void
test_sent_before_with_other_content (Fixture *fixture, gconstpointer data)
{
  static const char form[]
    = "{\"id\":\"" NEW ("7") "\",\"action\":\"update\",\"type\":\"case\",\"record\":\"" ADULT "\",\"case\":\"" ADULT
      "\",\"set\":{\"urgency\":\"%s\"},\"base\":{\"urgency\":0}}";
  g_autofree char *first = g_strdup_printf (form, "high"), *other = g_strdup_printf (form, "low");
  g_autofree char *applied = push (fixture, fixture->worker, first);
  g_autofree char *again = push (fixture, fixture->worker, first);
  g_autofree char *refused = push (fixture, fixture->worker, other);

  g_assert_nonnull (strstr (applied, "\"status\":\"applied\""));
  g_assert_nonnull (strstr (again, "\"status\":\"duplicate\""));
  g_assert_nonnull (strstr (refused, "\"status\":\"refused\""));
  assert_refused_once (fixture, HW_ROLE_CASEWORKER, ADULT, ADULT, NEW ("7") " other-content");
  g_assert_cmpint (count_refusals (fixture), ==, 1);
}

/* Settling names no type and no case of its own. */
static void
test_settling_what_is_not_there (Fixture *fixture, gconstpointer data)
{
  g_autofree char *answer = push (
    fixture, fixture->worker,
    "{\"id\":\"" NEW ("8") "\",\"action\":\"resolve\",\"record\":\"" NOBODYS "\",\"choice\":\"current\"}");

  g_assert_nonnull (strstr (answer, "\"status\":\"refused\""));
  assert_refused_once (fixture, HW_ROLE_CASEWORKER, NULL, NOBODYS, NEW ("8") " not-found");
}

#define TEST(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST ("/server/refusals/every-gate-is-named", test_every_gate);
  TEST ("/server/refusals/own-override", test_own_override);
  TEST ("/server/refusals/breach-names-all-gates", test_breach);
  TEST ("/server/refusals/unreadable-operations", test_unreadable_operations);
  TEST ("/server/refusals/calls-that-cannot-be-taken", test_calls_that_cannot_be_taken);
  TEST ("/server/refusals/sent-before-with-other-content", test_sent_before_with_other_content);
  TEST ("/server/refusals/settling-what-is-not-there", test_settling_what_is_not_there);
  return g_test_run ();
}
