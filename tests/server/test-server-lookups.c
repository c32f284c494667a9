/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The second call at night: a handle that opens one case to blind additions, for one person, for half an
 * hour, and says nothing of it. And links of two cases, told to who may read both.
 */
#include "domain/hw-likeness.h"
#include "server/hw-rate.h"
#include "server/hw-server-core.h"
#include "tests/server/hw-test-server.h"

#include <string.h>

#define FIRST "018f1111-0000-7000-8000-000000000001"
#define SECOND "018f1111-0000-7000-8000-000000000002"
#define PERSON "018f1111-0000-7000-8000-000000000011"
#define CONTACT "018f1111-0000-7000-8000-000000000012"
#define CONSENT "018f1111-0000-7000-8000-000000000013"
#define ADDITION "3b1f8a52-1111-4aaa-8bbb-000000000021"
#define DESK "018f0000-0000-7000-8000-00000000bbbb"

typedef struct
{
  HwTestServer *server;
  HwClock *clock;
  HwStore *store;
  HwServerCore *core;
} Fixture;

static HwOperation *
made (HwTypeId type, const char *record, const char *case_id, ...)
{
  g_autofree char *id = hw_uuid_v4 ();
  HwOperation *operation = hw_operation_new (id, HW_ACTION_CREATE, type, record, case_id);
  va_list fields;
  HwFieldId field;

  va_start (fields, case_id);
  while ((field = (HwFieldId)va_arg (fields, int)) != HW_FIELD_NONE)
    hw_operation_set_text (operation, field, va_arg (fields, const char *), 0);
  va_end (fields);
  return operation;
}

static void
add_case (Fixture *fixture, const char *id, const char *owner)
{
  hw_test_commit (fixture->store,
                  made (HW_TYPE_ID_CASE,
                        id,
                        id,
                        HW_FIELD_CASE_PSEUDONYM,
                        "zqpseudonymqz",
                        HW_FIELD_CASE_STATUS,
                        "active",
                        HW_FIELD_CASE_OFFICE,
                        HW_TEST_OFFICE,
                        HW_FIELD_CASE_OWNER,
                        owner,
                        HW_FIELD_NONE),
                  NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *owner = hw_test_user (HW_ROLE_CASEWORKER);

  fixture->server = hw_test_server_new ();
  fixture->clock = hw_clock_new_fixed (g_get_real_time ());
  fixture->store
    = hw_store_open (fixture->server->database, HW_STORE_SERVER, fixture->clock, &error);
  g_assert_no_error (error);
  add_case (fixture, FIRST, owner);
  hw_test_commit (
    fixture->store,
    made (HW_TYPE_ID_PERSON,
          PERSON,
          FIRST,
          HW_FIELD_PERSON_ROLE,
          "survivor",
          HW_FIELD_PERSON_GIVEN_NAMES,
          "zqgivenqz",
          HW_FIELD_NONE),
    made (HW_TYPE_ID_SAFE_CONTACT,
          CONTACT,
          FIRST,
          HW_FIELD_SAFE_CONTACT_VALUE,
          "+96550001234",
          HW_FIELD_NONE),
    made (HW_TYPE_ID_CONSENT,
          CONSENT,
          FIRST,
          HW_FIELD_CONSENT_PURPOSE,
          "travel_booking",
          HW_FIELD_CONSENT_GRANTED_AT,
          "2026-01-01T09:00:00Z",
          HW_FIELD_NONE),
    NULL);
  fixture->core = hw_server_core_new (fixture->store, fixture->clock, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->core);
  hw_store_close (fixture->store);
  g_clear_object (&fixture->store);
  g_clear_object (&fixture->clock);
  hw_test_server_free (fixture->server);
}

static char *
sign_in (Fixture *fixture, HwRole role, const char *device)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *user = hw_test_user (role);
  g_autoptr (HwAccount) account = hw_store_account (fixture->store, user, &error);
  g_autofree char *token = NULL;

  g_assert_no_error (error);
  token = hw_store_create_session (fixture->store, account, device, "desk", NULL, &error);
  g_assert_no_error (error);
  return g_strconcat ("Bearer ", token, NULL);
}

/* The body, beside the status in *status. (transfer full) */
static char *
ask (Fixture *fixture,
     const char *method,
     const char *path,
     const char *token,
     const char *body,
     guint *status)
{
  HwServerRequest request = { .method = method,
                              .path = path,
                              .authorization = token,
                              .content_type = body != NULL ? "application/json" : NULL,
                              .body = body,
                              .body_size = body != NULL ? strlen (body) : 0 };
  g_autoptr (HwServerResponse) response = hw_server_core_handle (fixture->core, &request);
  gsize size = 0;
  const char *text = response->body != NULL ? g_bytes_get_data (response->body, &size) : "";

  *status = response->status;
  if (response->status == 429)
    g_assert_cmpuint (response->retry_after, >, 0);
  return g_strndup (text, size);
}

static char *
lookup (Fixture *fixture, const char *token, const char *phone, gboolean known)
{
  g_autofree char *body = g_strdup_printf ("{\"phone\":\"%s\"}", phone);
  guint status;
  g_autofree char *answer = ask (fixture, "POST", "/v1/lookups", token, body, &status);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *object;

  g_assert_cmpuint (status, ==, 200);
  /* Not "zq" alone: a sealed handle is random letters. */
  g_assert_false (g_regex_match_simple ("zq\\d+qz", answer, 0, 0));
  g_assert_null (strstr (answer, FIRST));
  g_assert_true (json_parser_load_from_data (parser, answer, -1, NULL));
  object = json_node_get_object (json_parser_get_root (parser));
  g_assert_cmpuint (json_object_get_size (object), ==, 3);
  g_assert_cmpint (json_object_get_boolean_member (object, "known"), ==, known);
  g_assert_nonnull (json_object_get_string_member (object, "expires_at"));
  return g_strdup (json_object_get_string_member (object, "handle"));
}

static guint
append (Fixture *fixture, const char *token, const char *handle, const char *rest)
{
  g_autofree char *body
    = g_strdup_printf ("{\"id\":\"" ADDITION "\",\"handle\":\"%s\"%s}", handle, rest);
  guint status;
  g_autofree char *answer
    = ask (fixture, "POST", "/v1/lookups/append", token, body, &status);

  /* Not "zq" alone: a sealed handle is random letters. */
  g_assert_false (g_regex_match_simple ("zq\\d+qz", answer, 0, 0));
  g_assert_null (strstr (answer, FIRST));
  if (status == 200)
    g_assert_cmpstr (answer, ==, "{\"kept\":true}");
  return status;
}

static guint
count (Fixture *fixture, HwTypeId type)
{
  g_autoptr (HwCaseFile) file = hw_store_load_case (fixture->store, FIRST, NULL);

  return hw_case_file_of_type (file, type)->len;
}

static void
test_same_shape (Fixture *fixture, gconstpointer data)
{
  g_autofree char *token = sign_in (fixture, HW_ROLE_HELPLINE, DESK);
  g_autofree char *known = lookup (fixture, token, "00965 5000 1234", TRUE);
  g_autofree char *again = lookup (fixture, token, "+96550001234", TRUE);
  g_autofree char *unknown = lookup (fixture, token, "+96550009999", FALSE);

  g_assert_cmpuint (strlen (known), ==, strlen (unknown));
  g_assert_cmpstr (known, !=, again);
  g_assert_cmpuint (append (fixture, token, unknown, ",\"contact_log\":{\"summary\":\"x\"}"), ==, 404);
}

static void
test_blind_addition (Fixture *fixture, gconstpointer data)
{
  const char *said = ",\"contact_log\":{\"summary\":\"She is well\",\"direction\":\"in\"},"
                     "\"safe_contact\":{\"value\":\"+96550007777\",\"safe\":\"yes\"},"
                     "\"withdraw\":[\"travel_booking\",\"medical_share\"]";
  g_autofree char *token = sign_in (fixture, HW_ROLE_HELPLINE, DESK);
  g_autofree char *handle = lookup (fixture, token, "+96550001234", TRUE);
  g_autofree char *helpline = hw_test_user (HW_ROLE_HELPLINE);
  g_autoptr (HwCaseFile) file = NULL;
  HwRecord *call;

  g_assert_cmpuint (append (fixture, token, handle, said), ==, 200);
  /* Sent twice, made once. */
  g_assert_cmpuint (append (fixture, token, handle, said), ==, 200);
  file = hw_store_load_case (fixture->store, FIRST, NULL);
  g_assert_cmpuint (hw_case_file_of_type (file, HW_TYPE_ID_CONTACT_LOG)->len, ==, 1);
  g_assert_cmpuint (hw_case_file_of_type (file, HW_TYPE_ID_SAFE_CONTACT)->len, ==, 2);
  call = hw_case_file_latest (file, HW_TYPE_ID_CONTACT_LOG);
  g_assert_cmpstr (hw_record_get_text (call, HW_FIELD_CONTACT_LOG_SUMMARY), ==, "She is well");
  g_assert_nonnull (hw_record_get_text (call, HW_FIELD_CONTACT_LOG_AT));
  g_assert_cmpstr (hw_record_created_by (call), ==, helpline);
  g_assert_nonnull (hw_record_get_text (hw_case_file_lookup (file, CONSENT),
                                        HW_FIELD_CONSENT_WITHDRAWN_AT));
}

/* Having added to it opens nothing. */
static void
test_still_blind (Fixture *fixture, gconstpointer data)
{
  g_autofree char *token = sign_in (fixture, HW_ROLE_HELPLINE, DESK);
  g_autofree char *handle = lookup (fixture, token, "+96550001234", TRUE);
  g_autofree char *changes = NULL;
  g_autofree char *one = NULL;
  guint status;

  g_assert_cmpuint (
    append (fixture, token, handle, ",\"contact_log\":{\"summary\":\"zqsaidqz\"}"), ==, 200);
  changes = ask (fixture, "GET", "/v1/changes", token, NULL, &status);
  g_assert_null (strstr (changes, "zqsaidqz"));
  g_assert_null (strstr (changes, FIRST));
  one = ask (fixture, "GET", "/v1/cases/" FIRST, token, NULL, &status);
  g_assert_cmpuint (status, ==, 404);
}

static void
test_only_these (Fixture *fixture, gconstpointer data)
{
  g_autofree char *token = sign_in (fixture, HW_ROLE_HELPLINE, DESK);
  g_autofree char *handle = lookup (fixture, token, "+96550001234", TRUE);
  static const char *const bad[] = {
    ",\"contact_log\":{\"owner\":\"x\"}",        ",\"contact_log\":[]",
    ",\"contact_log\":{\"direction\":\"up\"}",   ",\"withdraw\":[\"everything\"]",
    ",\"withdraw\":\"travel_booking\"",          ",\"withdraw\":[7]",
    ",\"safe_contact\":{}",                      ",\"contact_log\":{\"summary\":7}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_cmpuint (append (fixture, token, handle, bad[i]), ==, 422);
  /* What is no part of an addition is not written. */
  g_assert_cmpuint (
    append (fixture, token, handle, ",\"case\":{\"status\":\"closed\"}"), ==, 200);
  g_assert_cmpuint (count (fixture, HW_TYPE_ID_CONTACT_LOG), ==, 0);
  g_assert_cmpuint (count (fixture, HW_TYPE_ID_SAFE_CONTACT), ==, 1);
}

static void
test_handle_is_bound (Fixture *fixture, gconstpointer data)
{
  const char *said = ",\"contact_log\":{\"summary\":\"x\"}";
  g_autofree char *token = sign_in (fixture, HW_ROLE_HELPLINE, DESK);
  g_autofree char *elsewhere
    = sign_in (fixture, HW_ROLE_HELPLINE, "018f0000-0000-7000-8000-00000000cccc");
  g_autofree char *handle = lookup (fixture, token, "+96550001234", TRUE);

  g_assert_cmpuint (append (fixture, elsewhere, handle, said), ==, 404);
  g_assert_cmpuint (append (fixture, token, "garbled", said), ==, 404);
  g_assert_cmpuint (append (fixture, token, FIRST, said), ==, 404);
  hw_clock_advance (fixture->clock, G_GINT64_CONSTANT (31) * 60 * G_USEC_PER_SEC);
  g_assert_cmpuint (append (fixture, token, handle, said), ==, 404);
  g_assert_cmpuint (count (fixture, HW_TYPE_ID_CONTACT_LOG), ==, 0);
}

static void
test_only_the_helpline (Fixture *fixture, gconstpointer data)
{
  for (guint role = 0; role < HW_N_ROLES; role++)
    {
      g_autofree char *token = sign_in (fixture, (HwRole)role, DESK);
      guint status;
      g_autofree char *answer = ask (
        fixture, "POST", "/v1/lookups", token, "{\"phone\":\"+96550001234\"}", &status);

      g_assert_cmpuint (status,
                        ==,
                        role == HW_ROLE_HELPLINE          ? 200
                        : role == HW_ROLE_EMBASSY_LIAISON ? 404
                                                          : 403);
      g_assert_true ((strstr (answer, "known") != NULL) == (status == 200));
    }
}

static void
test_not_a_number (Fixture *fixture, gconstpointer data)
{
  static const char *const bodies[]
    = { "{}", "{\"phone\":7}", "{\"phone\":\"50001234\"}", "{\"phone\":\"\"}" };
  g_autofree char *token = sign_in (fixture, HW_ROLE_HELPLINE, DESK);

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      guint status;
      g_autofree char *answer = ask (fixture, "POST", "/v1/lookups", token, bodies[i], &status);

      g_assert_cmpuint (status, ==, 422);
      g_assert_nonnull (answer);
    }
}

static void
test_not_too_often (Fixture *fixture, gconstpointer data)
{
  g_autofree char *token = sign_in (fixture, HW_ROLE_HELPLINE, DESK);
  guint status = 200, n = 0;

  for (; status == 200 && n < 1000; n++)
    {
      g_autofree char *body = g_strdup_printf ("{\"phone\":\"+9655000%04u\"}", n);
      g_autofree char *answer = ask (fixture, "POST", "/v1/lookups", token, body, &status);

      g_assert_nonnull (answer);
    }
  g_assert_cmpuint (status, ==, 429);
  g_assert_cmpuint (n, <=, 40);
  hw_clock_advance (fixture->clock, G_GINT64_CONSTANT (11) * 60 * G_USEC_PER_SEC);
  g_free (lookup (fixture, token, "+96550001234", TRUE));
}

static void
test_rate (void)
{
  HwRate *rate = hw_rate_new (2, 10);

  g_assert_cmpuint (hw_rate_take (rate, "a", 0), ==, 0);
  g_assert_cmpuint (hw_rate_take (rate, "a", 4 * G_USEC_PER_SEC), ==, 0);
  g_assert_cmpuint (hw_rate_take (rate, "a", 5 * G_USEC_PER_SEC), ==, 5);
  g_assert_cmpuint (hw_rate_take (rate, "b", 5 * G_USEC_PER_SEC), ==, 0);
  g_assert_cmpuint (hw_rate_take (rate, "a", 10 * G_USEC_PER_SEC), ==, 0);
  g_assert_cmpuint (hw_rate_take (rate, "a", 11 * G_USEC_PER_SEC), ==, 3);
  hw_rate_free (rate);
}

/* ---- Links ---- */

static gboolean
is_told (Fixture *fixture, HwRole role, const char *link)
{
  g_autofree char *token = sign_in (fixture, role, DESK);
  g_autofree char *path = g_strconcat ("/v1/records/", link, NULL);
  guint status;
  g_autofree char *one G_GNUC_UNUSED = ask (fixture, "GET", path, token, NULL, &status);
  g_autofree char *changes = NULL;
  gboolean told = status == 200;

  changes = ask (fixture, "GET", "/v1/changes", token, NULL, &status);
  g_assert_true ((strstr (changes, link) != NULL) == told);
  return told;
}

static void
test_told_to_who_reads_both (Fixture *fixture, gconstpointer data)
{
  g_autofree char *link = hw_case_link_id (FIRST, SECOND);
  g_autofree char *owner = hw_test_user (HW_ROLE_CASEWORKER);
  g_autofree char *id = hw_uuid_v4 ();
  HwOperation *given;

  add_case (fixture, SECOND, "018f0000-0000-7000-8000-00000000dddd");
  hw_test_commit (fixture->store,
                  made (HW_TYPE_ID_CASE_LINK,
                        link,
                        SECOND,
                        HW_FIELD_CASE_LINK_OTHER,
                        FIRST,
                        HW_FIELD_CASE_LINK_STATE,
                        "possible",
                        HW_FIELD_NONE),
                  NULL);
  g_assert_true (is_told (fixture, HW_ROLE_SUPERVISOR, link));
  g_assert_false (is_told (fixture, HW_ROLE_CASEWORKER, link));
  given = hw_operation_new (id, HW_ACTION_UPDATE, HW_TYPE_ID_CASE, SECOND, SECOND);
  hw_operation_set_text (given, HW_FIELD_CASE_OWNER, owner, 0);
  hw_test_commit (fixture->store, given, NULL);
  g_assert_true (is_told (fixture, HW_ROLE_CASEWORKER, link));
  g_assert_false (is_told (fixture, HW_ROLE_MOVEMENT, link));
  g_assert_false (is_told (fixture, HW_ROLE_AUDITOR, link));
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/lookup/known-or-not-the-answer-has-one-shape", test_same_shape);
  ADD ("/lookup/a-call-a-contact-and-a-withdrawal-added-blind", test_blind_addition);
  ADD ("/lookup/adding-opens-nothing", test_still_blind);
  ADD ("/lookup/nothing-else-can-be-added", test_only_these);
  ADD ("/lookup/a-handle-is-one-persons-for-half-an-hour", test_handle_is_bound);
  ADD ("/lookup/only-the-helpline-asks", test_only_the_helpline);
  ADD ("/lookup/a-number-has-its-country", test_not_a_number);
  ADD ("/lookup/not-too-often", test_not_too_often);
  g_test_add_func ("/lookup/rate-has-no-edge", test_rate);
  ADD ("/links/told-to-who-reads-both-cases", test_told_to_who_reads_both);
  return g_test_run ();
}
