/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was shown at a desktop that stands masked there: entered in the chain once, under the case it is of, with the name
 * of the field and never a value; told to who looks after the case, and answered alike whatever it is about.
 */
#include "tests/server/hw-test-case.h"

#include <string.h>

#define READING "018f2222-0000-7000-8000-0000000000e1"
#define OTHER_READING "018f2222-0000-7000-8000-0000000000e2"
#define NOBODY "018f2222-0000-7000-8000-0000000000e3"

typedef struct
{
  HwTestServer *server;
  HwTestCase *test_case;
  char *person; /* (owned) its id */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwStore) store = NULL;

  fixture->server = hw_test_server_new ();
  store = hw_test_server_open_store (fixture->server);
  fixture->test_case = hw_test_case_fill (store);
  fixture->person = g_strdup (((HwTestCanary *)g_ptr_array_index (fixture->test_case->canaries, 0))->record);
  for (guint i = 0; i < fixture->test_case->canaries->len; i++)
    {
      HwTestCanary *canary = g_ptr_array_index (fixture->test_case->canaries, i);

      if (canary->field != HW_FIELD_PERSON_GIVEN_NAMES)
        continue;
      g_free (fixture->person);
      fixture->person = g_strdup (canary->record);
    }
  hw_store_close (store);
  hw_test_server_start (fixture->server, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  hw_test_server_stop (fixture->server);
  hw_test_case_free (fixture->test_case);
  g_free (fixture->person);
  hw_test_server_free (fixture->server);
}

static void
tell (Fixture *fixture, const char *token, guint status, const char *body)
{
  g_autoptr (HwTestReply) reply = hw_test_call (fixture->server, "POST", "/v1/readings", token, NULL, body);

  if (reply->status != status)
    g_test_message ("%u: %s", reply->status, reply->body);
  g_assert_cmpuint (reply->status, ==, status);
  if (status == 204)
    g_assert_cmpuint (reply->size, ==, 0);
}

static char *
reading (const char *id, const char *record, const char *field)
{
  return g_strdup_printf ("{\"id\":\"%s\",\"record\":\"%s\",\"field\":\"%s\",\"at\":\"2026-11-24T20:12:00Z\"}", id,
                          record, field);
}

static char *
body_of (const char *one, const char *other)
{
  return g_strdup_printf ("{\"readings\":[%s%s%s]}", one, other != NULL ? "," : "", other != NULL ? other : "");
}

static guint
count (const char *text, const char *what)
{
  guint n = 0;

  for (const char *at = text; (at = strstr (at, what)) != NULL; at++)
    n++;
  return n;
}

static char *
audit_of (Fixture *fixture, HwRole role, const char *path)
{
  g_autofree char *token = hw_test_sign_in (fixture->server, role);
  g_autoptr (HwTestReply) reply = hw_test_call (fixture->server, "GET", path, token, NULL, NULL);

  g_assert_cmpuint (reply->status, ==, 200);
  return g_strdup (reply->body);
}

static void
test_entered_once (Fixture *fixture, gconstpointer data)
{
  g_autofree char *token = hw_test_sign_in (fixture->server, HW_ROLE_CASEWORKER);
  g_autofree char *one = reading (READING, fixture->person, "person.given_names");
  g_autofree char *other = reading (OTHER_READING, fixture->person, "person.family_name");
  g_autofree char *first = body_of (one, NULL);
  g_autofree char *both = body_of (one, other);
  g_autofree char *audit = NULL;

  tell (fixture, token, 204, first);
  tell (fixture, token, 204, both);
  tell (fixture, token, 204, both);
  audit = audit_of (fixture, HW_ROLE_SUPERVISOR, "/v1/audit?limit=500&case=" HW_TEST_CASE);
  g_assert_cmpuint (count (audit, "\"reveal\""), ==, 2);
  g_assert_cmpuint (count (audit, "person.given_names 2026-11-24T20:12:00Z"), ==, 1);
  g_assert_cmpuint (count (audit, "person.family_name 2026-11-24T20:12:00Z"), ==, 1);
  g_assert_cmpuint (count (audit, fixture->person), >=, 2);
}

/* A mission reads its request's names behind a mask too. */
static void
test_mission (Fixture *fixture, gconstpointer data)
{
  g_autofree char *token = hw_test_sign_in (fixture->server, HW_ROLE_EMBASSY_LIAISON);
  g_autofree char *liaison = hw_test_user (HW_ROLE_EMBASSY_LIAISON);
  g_autofree char *one = reading (READING, HW_TEST_REQUEST, "embassy_request.given_names");
  g_autofree char *nobody = reading (OTHER_READING, NOBODY, "person.given_names");
  g_autofree char *body = body_of (one, nobody);
  g_autofree char *audit = NULL;

  tell (fixture, token, 204, body);
  audit = audit_of (fixture, HW_ROLE_AUDITOR, "/v1/audit?order=newest&limit=10");
  g_assert_cmpuint (count (audit, "\"reveal\""), ==, 2);
  g_assert_nonnull (strstr (audit, liaison));
  g_assert_nonnull (strstr (audit, "\"case\":\"" HW_TEST_CASE "\",\"record\":\"" HW_TEST_REQUEST "\""));
  g_assert_nonnull (strstr (audit, "\"case\":null,\"record\":\"" NOBODY "\""));
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *token = hw_test_sign_in (fixture->server, HW_ROLE_CASEWORKER);
  g_autofree char *good = reading (READING, fixture->person, "person.given_names");
  g_autofree char *good_body = body_of (good, NULL);
  static const char *const bad_fields[]
    = { "person", "person.", ".given_names", "person.given names", "person.Aline", "person.given_names.x" };
  g_autofree char *audit = NULL;

  tell (fixture, NULL, 401, good_body);
  tell (fixture, token, 422, "{}");
  tell (fixture, token, 422, "{\"readings\":[]}");
  tell (fixture, token, 422, "{\"readings\":[{\"id\":7}]}");
  for (guint i = 0; i < G_N_ELEMENTS (bad_fields); i++)
    {
      g_autofree char *bad = reading (OTHER_READING, fixture->person, bad_fields[i]);
      g_autofree char *body = body_of (good, bad);

      /* All of them or none. */
      tell (fixture, token, 422, body);
    }
  audit = audit_of (fixture, HW_ROLE_AUDITOR, "/v1/audit?order=newest&limit=500");
  g_assert_cmpuint (count (audit, "\"reveal\""), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/server/readings/entered-once-under-the-case", test_entered_once);
  ADD ("/server/readings/of-a-mission-and-of-nothing-answered-alike", test_mission);
  ADD ("/server/readings/hold-no-value", test_refused);
#undef ADD
  return g_test_run ();
}
