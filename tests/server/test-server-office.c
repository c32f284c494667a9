/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the office may ask about its own work: what was told to whom, who read and wrote what, and counts.
 */
#include "tests/server/hw-test-case.h"
#include "tests/server/hw-test-desk.h"

#include <string.h>

#define SECOND_CASE "018f1111-2222-7333-8444-cccccccccccc"
#define SOMEBODY "018f0000-0000-7000-8000-00000000cafe"

typedef struct
{
  HwTestServer *server;
  HwClock *clock;
  HwStore *store;
  HwServerCore *core;
  HwTestCase *test_case;
} Office;

static void
set_up (Office *office, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  office->server = hw_test_server_new ();
  office->clock = hw_clock_new_fixed (HW_TEST_NOW_US);
  office->store = hw_store_open (office->server->database, HW_STORE_SERVER, office->clock, &error);
  g_assert_no_error (error);
  office->core = hw_server_core_new (office->store, office->clock, &error);
  g_assert_no_error (error);
  office->test_case = hw_test_case_fill (office->store);
}

static void
tear_down (Office *office, gconstpointer data)
{
  g_object_unref (office->core);
  hw_store_close (office->store);
  g_object_unref (office->store);
  g_object_unref (office->clock);
  hw_test_case_free (office->test_case);
  hw_test_server_free (office->server);
}

/* (transfer full) the body; *status is told when it is not 200. */
static char *
ask (Office *office, HwRole role, const char *path, guint status)
{
  g_autoptr (HwTestDesk) desk = hw_test_desk_new (office->core, role);
  g_autoptr (HwServerResponse) response = hw_test_desk_ask (desk, "GET", path, NULL);

  if (response->status != status)
    g_test_message ("%s: %s answered %u", hw_role_nick (role)->nick, path, response->status);
  g_assert_cmpuint (response->status, ==, status);
  return hw_test_desk_body (response);
}

static void
make_case (Office *office, const char *id, const char *owner, const char *status, const char *country)
{
  g_autofree char *operation_id = hw_uuid_v4 ();
  HwOperation *operation = hw_operation_new (operation_id, HW_ACTION_CREATE, HW_TYPE_ID_CASE, id, id);

  hw_operation_set_text (operation, HW_FIELD_CASE_STATUS, status, 0);
  hw_operation_set_text (operation, HW_FIELD_CASE_OWNER, owner, 0);
  hw_operation_set_text (operation, HW_FIELD_CASE_OFFICE, HW_TEST_OFFICE, 0);
  hw_operation_set_text (operation, HW_FIELD_CASE_LOCATION_COUNTRY, country, 0);
  hw_test_commit (office->store, operation, NULL);
}

/* ---- Ledger ---- */

static void
test_ledger_is_read_by_who_may (Office *office, gconstpointer data)
{
  static const struct
  {
    HwRole role;
    guint status;
  } rows[] = { { HW_ROLE_CASEWORKER, 200 },  { HW_ROLE_SUPERVISOR, 200 },    { HW_ROLE_HELPLINE, 404 },
               { HW_ROLE_ANALYST, 404 },     { HW_ROLE_ADMINISTRATOR, 404 }, { HW_ROLE_EMBASSY_LIAISON, 404 },
               { HW_ROLE_AUDITOR, 404 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *body
        = ask (office, rows[i].role, "/v1/cases/" HW_TEST_CASE "/disclosures", rows[i].status);

      g_assert_true ((strstr (body, "\"type\":\"disclosure\"") != NULL) == (rows[i].status == 200));
      g_assert_true ((strstr (body, "\"type\":\"consent\"") != NULL) == (rows[i].status == 200));
      g_assert_null (strstr (body, "\"type\":\"person\""));
    }
}

/* ---- Audit ---- */

static void
test_who_read_a_case (Office *office, gconstpointer data)
{
  static const HwRole readers[] = { HW_ROLE_CASEWORKER, HW_ROLE_SUPERVISOR, HW_ROLE_AUDITOR };
  g_autofree char *supervisor = hw_test_user (HW_ROLE_SUPERVISOR);

  make_case (office, SECOND_CASE, SOMEBODY, "active", "KW");
  g_free (ask (office, HW_ROLE_SUPERVISOR, "/v1/cases/" HW_TEST_CASE, 200));
  g_free (ask (office, HW_ROLE_SUPERVISOR, "/v1/cases", 200));
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    {
      g_autofree char *body = ask (office, readers[i], "/v1/audit?case=" HW_TEST_CASE, 200);

      g_assert_nonnull (strstr (body, supervisor));
      g_assert_nonnull (strstr (body, "\"action\":\"read\""));
      /* A page told of both cases; who asks about one learns nothing of the other. */
      if (readers[i] != HW_ROLE_AUDITOR)
        g_assert_null (strstr (body, SECOND_CASE));
    }
}

static void
test_audit_is_for_own_cases (Office *office, gconstpointer data)
{
  static const HwRole none[] = { HW_ROLE_HELPLINE, HW_ROLE_MOVEMENT, HW_ROLE_FOCAL_POINT, HW_ROLE_RECEPTION,
                                 HW_ROLE_MEDICAL, HW_ROLE_ANALYST };
  g_autofree char *own = NULL, *security = NULL, *whole = NULL, *chain = NULL;

  make_case (office, SECOND_CASE, SOMEBODY, "active", "KW");
  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    {
      g_free (ask (office, none[i], "/v1/audit", 403));
      g_free (ask (office, none[i], "/v1/audit/head", 403));
    }
  g_free (ask (office, HW_ROLE_EMBASSY_LIAISON, "/v1/audit", 404));
  g_free (ask (office, HW_ROLE_CASEWORKER, "/v1/audit?case=" SECOND_CASE, 404));
  g_free (ask (office, HW_ROLE_SUPERVISOR, "/v1/audit?case=" SECOND_CASE, 200));
  g_free (ask (office, HW_ROLE_CASEWORKER, "/v1/audit/head", 403));
  /* What is asked for is entered: nobody writes their own text into the chain. */
  g_free (ask (office, HW_ROLE_AUDITOR, "/v1/audit?case=zqwrittenqz", 404));
  own = ask (office, HW_ROLE_CASEWORKER, "/v1/audit", 200);
  g_assert_nonnull (strstr (own, HW_TEST_CASE));
  g_assert_null (strstr (own, SECOND_CASE));
  security = ask (office, HW_ROLE_ADMINISTRATOR, "/v1/audit", 200);
  g_assert_null (strstr (security, HW_TEST_CASE));
  g_free (ask (office, HW_ROLE_ADMINISTRATOR, "/v1/audit?case=" HW_TEST_CASE, 404));
  whole = ask (office, HW_ROLE_AUDITOR, "/v1/audit?limit=500", 200);
  g_assert_null (strstr (whole, "zqwrittenqz"));
  chain = ask (office, HW_ROLE_AUDITOR, "/v1/audit/head", 200);
  g_assert_nonnull (strstr (chain, "\"hash\""));
}

/* Every value of the case is met nowhere else: none is in the chain. */
static void
test_audit_holds_no_value (Office *office, gconstpointer data)
{
  g_autofree char *body = ask (office, HW_ROLE_AUDITOR, "/v1/audit?limit=500", 200);

  for (guint i = 0; i < office->test_case->canaries->len; i++)
    {
      HwTestCanary *canary = g_ptr_array_index (office->test_case->canaries, i);

      g_assert_null (strstr (body, canary->text));
    }
}

static guint
guess (Office *office)
{
  static const char body[] = "{\"username\":\"caseworker\",\"password\":\"not the right one\",\"device\":{\"id\":"
                             "\"018f0000-0000-7000-8000-00000000aaaa\",\"name\":\"desk\"}}";
  HwServerRequest request = { .method = "POST", .path = "/v1/sessions", .content_type = "application/json",
                              .body = body, .body_size = strlen (body), .peer = "192.0.2.7" };
  g_autoptr (HwServerResponse) response = hw_server_core_handle (office->core, &request);

  return response->status;
}

static guint
count_throttled (Office *office)
{
  g_autofree char *security = ask (office, HW_ROLE_ADMINISTRATOR, "/v1/audit?limit=500", 200);
  guint count = 0;

  for (const char *at = security; (at = strstr (at, "\"sign-in-throttled\"")) != NULL; at++)
    count++;
  return count;
}

/* Who is told to wait is on record: once for the wait, however often they try in it. */
static void
test_throttled_sign_in_is_on_record (Office *office, gconstpointer data)
{
  guint tries = 0;

  while (guess (office) == 401)
    g_assert_cmpuint (++tries, <, 100);
  for (guint i = 0; i < 20; i++)
    g_assert_cmpuint (guess (office), ==, 429);
  g_assert_cmpuint (count_throttled (office), ==, 1);
  hw_clock_advance (office->clock, 61 * G_TIME_SPAN_SECOND);
  g_assert_cmpuint (guess (office), ==, 401);
  g_assert_cmpuint (guess (office), ==, 429);
  g_assert_cmpuint (guess (office), ==, 429);
  g_assert_cmpuint (count_throttled (office), ==, 2);
}

static void
test_audit_pages_join (Office *office, gconstpointer data)
{
  g_autofree char *first = ask (office, HW_ROLE_AUDITOR, "/v1/audit?limit=3", 200);
  g_autofree char *next = NULL;

  g_assert_nonnull (strstr (first, "\"after\":3"));
  g_assert_nonnull (strstr (first, "\"more\":true"));
  next = ask (office, HW_ROLE_AUDITOR, "/v1/audit?after=3", 200);
  g_assert_true (g_str_has_prefix (next, "{\"items\":[{\"n\":4,"));
  g_free (ask (office, HW_ROLE_AUDITOR, "/v1/audit?after=x", 422));
}

/* Newest first, page by page back to the beginning; one account's doings alone. */
static void
test_audit_looks_back (Office *office, gconstpointer data)
{
  g_autofree char *supervisor = hw_test_user (HW_ROLE_SUPERVISOR);
  g_autofree char *caseworker = hw_test_user (HW_ROLE_CASEWORKER);
  g_autofree char *by_one = g_strdup_printf ("/v1/audit?order=newest&user=%s", supervisor);
  g_autofree char *last = NULL, *first = NULL, *one = NULL, *case_page = NULL;

  g_free (ask (office, HW_ROLE_SUPERVISOR, "/v1/cases/" HW_TEST_CASE, 200));
  g_free (ask (office, HW_ROLE_CASEWORKER, "/v1/cases/" HW_TEST_CASE, 200));
  last = ask (office, HW_ROLE_AUDITOR, "/v1/audit?order=newest&limit=1", 200);
  g_assert_nonnull (strstr (last, caseworker));
  g_assert_nonnull (strstr (last, "\"before\":"));
  first = ask (office, HW_ROLE_AUDITOR, "/v1/audit?order=newest&before=3", 200);
  g_assert_true (g_str_has_prefix (first, "{\"items\":[{\"n\":2,"));
  g_assert_nonnull (strstr (first, "\"before\":1}"));
  one = ask (office, HW_ROLE_AUDITOR, by_one, 200);
  g_assert_nonnull (strstr (one, supervisor));
  g_assert_null (strstr (one, caseworker));
  case_page = ask (office, HW_ROLE_SUPERVISOR, "/v1/audit?order=newest&limit=1&case=" HW_TEST_CASE, 200);
  g_assert_nonnull (strstr (case_page, caseworker));
  g_free (ask (office, HW_ROLE_AUDITOR, "/v1/audit?order=sideways", 422));
  g_free (ask (office, HW_ROLE_AUDITOR, "/v1/audit?before=0", 422));
}

/* ---- Statistics ---- */

static void
make_many (Office *office, guint n, const char *status, const char *country, guint from)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("018f1111-2222-7333-8444-dddd%08x", from + i);

      make_case (office, id, SOMEBODY, status, country);
    }
}

static void
test_release_has_no_small_cell (Office *office, gconstpointer data)
{
  g_autofree char *analyst = NULL, *few = ask (office, HW_ROLE_ANALYST, "/v1/statistics", 200);

  /* One case is no statistic, not even as a total; and its person took back her word that she may be counted. */
  g_assert_null (strstr (few, "\"total\""));
  g_assert_nonnull (strstr (few, "\"cells\":[]"));
  make_many (office, 12, "active", "KW", 0);
  make_many (office, 10, "follow_up", "ZM", 100);
  make_many (office, 30, "closed", "OM", 200);
  analyst = ask (office, HW_ROLE_ANALYST, "/v1/statistics", 200);
  g_assert_nonnull (strstr (analyst, "{\"value\":\"closed\",\"count\":30}"));
  g_assert_null (strstr (analyst, "follow_up"));
  g_assert_null (strstr (analyst, "\"count\":10"));
  /* The twelve are left out with the ten, or the total would tell them. */
  g_assert_null (strstr (analyst, "\"value\":\"active\""));
  g_assert_nonnull (strstr (analyst, "\"total\":52"));
}

static void
test_counts_are_of_what_one_sees (Office *office, gconstpointer data)
{
  g_autofree char *worker = NULL, *supervisor = NULL;

  make_many (office, 3, "closed", "OM", 0);
  worker = ask (office, HW_ROLE_CASEWORKER, "/v1/statistics", 200);
  supervisor = ask (office, HW_ROLE_SUPERVISOR, "/v1/statistics", 200);
  g_assert_nonnull (strstr (worker, "\"total\":1"));
  g_assert_nonnull (strstr (supervisor, "\"total\":4"));
  g_assert_nonnull (strstr (supervisor, "{\"value\":\"closed\",\"count\":3}"));
  g_free (ask (office, HW_ROLE_EMBASSY_LIAISON, "/v1/statistics", 404));
  g_free (ask (office, HW_ROLE_HELPLINE, "/v1/statistics", 403));
  g_free (ask (office, HW_ROLE_ADMINISTRATOR, "/v1/statistics", 403));
}

#define TEST(path, function) g_test_add (path, Office, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST ("/server/ledger/is-read-by-who-may", test_ledger_is_read_by_who_may);
  TEST ("/server/audit/tells-who-read-a-case", test_who_read_a_case);
  TEST ("/server/audit/is-for-own-cases", test_audit_is_for_own_cases);
  TEST ("/server/audit/holds-no-value", test_audit_holds_no_value);
  TEST ("/server/audit/tells-of-throttled-sign-ins-once", test_throttled_sign_in_is_on_record);
  TEST ("/server/audit/pages-join", test_audit_pages_join);
  TEST ("/server/audit/looks-back", test_audit_looks_back);
  TEST ("/server/statistics/release-has-no-small-cell", test_release_has_no_small_cell);
  TEST ("/server/statistics/counts-are-of-what-one-sees", test_counts_are_of_what_one_sees);
  return g_test_run ();
}
