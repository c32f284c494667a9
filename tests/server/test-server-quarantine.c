/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The quarantine over a socket: who may see it, what of it, and what a decision does. Whoever asks without being a
 * supervisor of the office is refused, and on record.
 */
#include "tests/server/hw-test-server.h"

#include <string.h>

#define CASE "018f2222-0000-7000-8000-000000000001"
#define PERSON "018f2222-0000-7000-8000-000000000002"
#define APPROVAL "018f2222-0000-7000-8000-000000000003"
#define REQUEST "3b1f8a52-0000-4000-8000-000000000001"
#define NOTE "018f2222-0000-7000-8000-000000000004"
#define FIRST "018f2222-0000-7000-8000-0000000000%02x"
#define OTHER_OFFICE "018f0000-0000-7000-8000-0000000000f2"
#define OTHER_SUPERVISOR "018f0000-0000-7000-8000-00000000beef"
#define SOMEBODY "018f0000-0000-7000-8000-00000000cafe"

typedef struct
{
  HwTestServer *server;
  char *caseworker, *supervisor; /* tokens */
  guint sent;
} Fixture;

static HwOperation *
operation_on (HwAction action, HwTypeId type, const char *id)
{
  g_autofree char *operation = hw_uuid_v4 ();

  return hw_operation_new (operation, action, type, id, CASE);
}

static void
add_other_supervisor (HwStore *store)
{
  g_autofree char *id = hw_test_user (HW_ROLE_SUPERVISOR);
  g_autoptr (HwAccount) account = hw_store_account (store, id, NULL);
  g_autoptr (GError) error = NULL;

  g_free (account->id);
  g_free (account->username);
  g_free (account->office);
  account->id = g_strdup (OTHER_SUPERVISOR);
  account->username = g_strdup ("other");
  account->office = g_strdup (OTHER_OFFICE);
  g_assert_true (hw_store_put_account (store, account, &error));
}

/* The caseworker had this case, and has it no more. */
static void
fill (Fixture *fixture)
{
  g_autoptr (HwStore) store = hw_test_server_open_store (fixture->server);
  g_autofree char *owner = hw_test_user (HW_ROLE_CASEWORKER);
  HwOperation *record = operation_on (HW_ACTION_CREATE, HW_TYPE_ID_CASE, CASE);
  HwOperation *person = operation_on (HW_ACTION_CREATE, HW_TYPE_ID_PERSON, PERSON);
  HwOperation *approval = operation_on (HW_ACTION_CREATE, HW_TYPE_ID_APPROVAL, APPROVAL);
  HwOperation *request = operation_on (HW_ACTION_CREATE, HW_TYPE_ID_EMBASSY_REQUEST, REQUEST);
  HwOperation *away = operation_on (HW_ACTION_UPDATE, HW_TYPE_ID_CASE, CASE);

  hw_operation_set_text (record, HW_FIELD_CASE_OWNER, owner, 0);
  hw_operation_set_text (record, HW_FIELD_CASE_OFFICE, HW_TEST_OFFICE, 0);
  hw_operation_set_text (record, HW_FIELD_CASE_STATUS, "active", 0);
  hw_operation_set_text (person, HW_FIELD_PERSON_ROLE, "survivor", 0);
  hw_operation_set_text (approval, HW_FIELD_APPROVAL_KIND, "closure", 0);
  hw_operation_set_text (request, HW_FIELD_EMBASSY_REQUEST_MISSION, HW_TEST_MISSION, 0);
  hw_operation_set_text (request, HW_FIELD_EMBASSY_REQUEST_STATUS, "draft", 0);
  hw_operation_set_text (away, HW_FIELD_CASE_OWNER, SOMEBODY, 0);
  hw_test_commit (store, record, person, approval, request, NULL);
  hw_test_commit (store, away, NULL);
  add_other_supervisor (store);
  hw_store_close (store);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = hw_test_server_new ();
  fill (fixture);
  hw_test_server_start (fixture->server, NULL);
  fixture->caseworker = hw_test_sign_in (fixture->server, HW_ROLE_CASEWORKER);
  fixture->supervisor = hw_test_sign_in (fixture->server, HW_ROLE_SUPERVISOR);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  hw_test_server_free (fixture->server);
  g_free (fixture->caseworker);
  g_free (fixture->supervisor);
}

/* ---- Asking ---- */

static HwTestReply *
call (Fixture *fixture, const char *method, const char *path, const char *token, const char *body)
{
  return hw_test_call (fixture->server, method, path, token, NULL, body);
}

/* rest: members of the operation after its record. (transfer full) the id it is kept under */
static char *
send_late (Fixture *fixture, const char *type, const char *record, const char *rest, const char *answer)
{
  char *id = g_strdup_printf (FIRST, 0xa0 + fixture->sent++);
  g_autofree char *body
    = g_strdup_printf ("{\"operations\":[{\"id\":\"%s\",\"type\":\"%s\",\"record\":\"%s\",\"case\":\"" CASE "\",%s}]}",
                       id, type, record, rest);
  g_autoptr (HwTestReply) reply
    = call (fixture, "POST", "/v1/operations", fixture->caseworker, body);
  g_autofree char *status = g_strdup_printf ("\"status\":\"%s\"", answer);

  g_assert_cmpuint (reply->status, ==, 200);
  if (strstr (reply->body, status) == NULL)
    g_test_message ("%s", reply->body);
  g_assert_nonnull (strstr (reply->body, status));
  return id;
}

static char *
send_name (Fixture *fixture)
{
  return send_late (fixture, "person", PERSON,
                    "\"action\":\"update\",\"base\":{\"family_name\":0},\"set\":{\"family_name\":\"zqlate\"}",
                    "quarantined");
}

static HwTestReply *
decide (Fixture *fixture, const char *token, const char *id, const char *body)
{
  g_autofree char *path = g_strconcat ("/v1/quarantine/", id, NULL);

  return call (fixture, "POST", path, token, body);
}

static void
expect_decision (Fixture *fixture, const char *id, const char *body, guint status, const char *said)
{
  g_autoptr (HwTestReply) reply = decide (fixture, fixture->supervisor, id, body);

  if (reply->status != status || strstr (reply->body, said) == NULL)
    g_test_message ("%u %s", reply->status, reply->body);
  g_assert_cmpuint (reply->status, ==, status);
  g_assert_nonnull (strstr (reply->body, said));
}

static guint
count (const char *text, const char *word)
{
  guint n = 0;

  for (const char *at = strstr (text, word); at != NULL; at = strstr (at + 1, word))
    n++;
  return n;
}

static void
expect_list (Fixture *fixture, const char *said)
{
  g_autoptr (HwTestReply) list = call (fixture, "GET", "/v1/quarantine", fixture->supervisor, NULL);

  g_assert_cmpuint (list->status, ==, 200);
  if (strstr (list->body, said) == NULL)
    g_test_message ("%s", list->body);
  g_assert_nonnull (strstr (list->body, said));
}

/* The chain as an auditor has it. (transfer full) */
static char *
chain (Fixture *fixture)
{
  g_autofree char *auditor = hw_test_sign_in (fixture->server, HW_ROLE_AUDITOR);
  g_autoptr (HwTestReply) reply = call (fixture, "GET", "/v1/audit?limit=500", auditor, NULL);

  g_assert_cmpuint (reply->status, ==, 200);
  return g_strdup (reply->body);
}

/* ---- Who may ---- */

static void
test_is_the_supervisors (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = send_name (fixture);
  g_autofree char *path = g_strconcat ("/v1/quarantine/", id, NULL);
  g_autoptr (HwTestReply) nobody = call (fixture, "GET", "/v1/quarantine", NULL, NULL);
  g_autofree char *audit = NULL;

  g_assert_cmpuint (nobody->status, ==, 401);
  for (guint role = 0; role < HW_N_ROLES; role++)
    {
      g_autofree char *token = hw_test_sign_in (fixture->server, (HwRole) role);
      guint status = role == HW_ROLE_EMBASSY_LIAISON ? 404 : 403;
      g_autoptr (HwTestReply) list = NULL, apply = NULL;

      if (role == HW_ROLE_SUPERVISOR)
        continue;
      list = call (fixture, "GET", "/v1/quarantine", token, NULL);
      apply = call (fixture, "POST", path, token, "{\"decision\":\"apply\"}");
      g_assert_cmpuint (list->status, ==, status);
      g_assert_cmpuint (apply->status, ==, status);
      g_assert_null (strstr (list->body, "zqlate"));
    }
  expect_list (fixture, "\"family_name\":\"zqlate\"");
  audit = chain (fixture);
  g_assert_cmpuint (count (audit, "- quarantine\""), ==, HW_N_ROLES - 2);
  g_assert_cmpuint (count (audit, "/v1/quarantine"), ==, 2);
  g_assert_cmpuint (count (audit, "\"read-quarantine\""), ==, 1);
  g_assert_cmpuint (count (audit, "zqlate"), ==, 0);
}

static void
test_another_office_is_not_told (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = send_name (fixture);
  g_autoptr (HwTestReply) session = call (
    fixture, "POST", "/v1/sessions", NULL,
    "{\"username\":\"other\",\"password\":\"" HW_TEST_PASSWORD "\",\"device\":{\"id\":\"" SOMEBODY "\",\"name\":\"x\"}}");
  JsonObject *signed_in = hw_test_json (session);
  const char *token = json_object_get_string_member (signed_in, "token");
  g_autoptr (HwTestReply) list = call (fixture, "GET", "/v1/quarantine", token, NULL);
  g_autoptr (HwTestReply) apply = decide (fixture, token, id, "{\"decision\":\"apply\"}");

  g_assert_cmpuint (list->status, ==, 200);
  g_assert_nonnull (strstr (list->body, "{\"items\":[],\"more\":false}"));
  g_assert_cmpuint (apply->status, ==, 404);
  expect_list (fixture, id);
  json_object_unref (signed_in);
}

static void
test_pages_are_sealed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *ids[3] = { send_name (fixture), NULL, NULL };
  g_autofree char *next = g_strdup ("/v1/quarantine?limit=1");
  g_autoptr (HwTestReply) foreign = NULL, counted = NULL;
  g_autofree char *audit = NULL;

  ids[1] = send_late (fixture, "note", NOTE, "\"action\":\"create\",\"set\":{\"text\":\"zqnote\"}", "quarantined");
  ids[2] = send_late (fixture, "case", CASE, "\"action\":\"update\",\"set\":{\"pseudonym\":\"zqcase\"}", "quarantined");
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (HwTestReply) page = call (fixture, "GET", next, fixture->supervisor, NULL);
      JsonObject *object = hw_test_json (page);
      JsonObject *item = json_array_get_object_element (json_object_get_array_member (object, "items"), 0);

      g_assert_cmpstr (json_object_get_string_member (item, "id"), ==, ids[i]);
      g_assert_cmpstr (json_object_get_string_member (item, "case"), ==, CASE);
      g_assert_cmpstr (json_object_get_string_member (item, "why"), ==, "reassigned");
      g_assert_false (json_object_get_boolean_member (item, "withheld"));
      g_assert_true (json_object_get_boolean_member (object, "more"));
      g_free (next);
      next = g_strconcat (
        "/v1/quarantine?limit=1&cursor=", json_object_get_string_member (object, "cursor"), NULL);
      json_object_unref (object);
    }
  counted = call (fixture, "GET", "/v1/quarantine?limit=0", fixture->supervisor, NULL);
  g_assert_nonnull (strstr (counted->body, "{\"items\":[],\"more\":true,\"waiting\":3}"));
  audit = chain (fixture);
  g_assert_cmpuint (count (audit, "\"read-quarantine\""), ==, 3);
  foreign = call (fixture, "GET", "/v1/quarantine?cursor=AAAA", fixture->supervisor, NULL);
  g_assert_cmpuint (foreign->status, ==, 410);
}

/* ---- Deciding ---- */

static void
test_let_in_says_whose_it_is (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = send_name (fixture);
  g_autofree char *author = hw_test_user (HW_ROLE_CASEWORKER), *chief = hw_test_user (HW_ROLE_SUPERVISOR);
  g_autofree char *by = g_strdup_printf ("\"value\":\"zqlate\",\"by\":\"%s\"", author);
  g_autofree char *let_in_by = g_strdup_printf ("\"let_in_by\":\"%s\"", chief);
  g_autoptr (HwTestReply) history = NULL, hers = NULL;

  expect_decision (fixture, id, "{\"decision\":\"apply\"}", 200, "\"state\":\"applied\",\"results\":[{");
  expect_decision (fixture, id, "{\"decision\":\"apply\"}", 200, "\"state\":\"applied\"}");
  expect_decision (fixture, id, "{\"decision\":\"discard\",\"reason\":\"No\"}", 409, "problem:decided");
  history = call (fixture, "GET", "/v1/records/" PERSON "/history", fixture->supervisor, NULL);
  g_assert_nonnull (strstr (history->body, by));
  g_assert_nonnull (strstr (history->body, let_in_by));
  expect_list (fixture, "{\"items\":[],\"more\":false}");
  /* It is not hers again for that. */
  hers = call (fixture, "GET", "/v1/records/" PERSON, fixture->caseworker, NULL);
  g_assert_cmpuint (hers->status, ==, 404);
}

static void
test_refusal_leaves_it_open (Fixture *fixture, gconstpointer data)
{
  g_autofree char *gated = send_late (
    fixture, "embassy_request", REQUEST, "\"action\":\"update\",\"set\":{\"status\":\"ready_to_send\"}", "quarantined");
  g_autofree char *unlawful = send_late (
    fixture, "approval", APPROVAL, "\"action\":\"update\",\"set\":{\"verdict\":\"approved\"}", "quarantined");
  g_autofree char *audit = NULL;

  expect_decision (fixture, gated, "{\"decision\":\"apply\"}", 409, "problem:gate-embassy");
  expect_decision (fixture, unlawful, "{\"decision\":\"apply\"}", 403, "problem:role");
  expect_list (fixture, gated);
  expect_list (fixture, unlawful);
  audit = chain (fixture);
  g_assert_cmpuint (count (audit, "\"release\""), ==, 0);
  g_assert_cmpuint (count (audit, " embassy\""), ==, 1);
}

static void
test_discarding_needs_a_reason (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = send_name (fixture);

  expect_decision (fixture, id, "{\"decision\":\"discard\"}", 422, "/reason");
  expect_decision (fixture, id, "{\"decision\":\"discard\",\"reason\":\"  \"}", 422, "/reason");
  expect_decision (fixture, id, "{\"decision\":\"drop\",\"reason\":\"x\"}", 422, "/decision");
  expect_decision (fixture, id, "{\"decision\":\"apply\",\"force\":true}", 422, "problem:invalid");
  expect_decision (fixture, id, "{\"decision\":\"discard\",\"reason\":\"Written before\"}", 200, "\"discarded\"");
  expect_decision (fixture, id, "{\"decision\":\"discard\",\"reason\":\"Again\"}", 200, "\"discarded\"");
  expect_decision (fixture, id, "{\"decision\":\"apply\"}", 409, "problem:decided");
  expect_list (fixture, "{\"items\":[],\"more\":false}");
}

#define TEST(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST ("/server/quarantine/is-the-supervisors", test_is_the_supervisors);
  TEST ("/server/quarantine/another-office-is-not-told", test_another_office_is_not_told);
  TEST ("/server/quarantine/pages-are-sealed", test_pages_are_sealed);
  TEST ("/server/quarantine/let-in-says-whose-it-is", test_let_in_says_whose_it_is);
  TEST ("/server/quarantine/refusal-leaves-it-open", test_refusal_leaves_it_open);
  TEST ("/server/quarantine/discarding-needs-a-reason", test_discarding_needs_a_reason);
  return g_test_run ();
}
