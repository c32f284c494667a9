/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * No byte of what a mission must never receive is in anything the server says to it. Every field of
 * a case holds a value that is met nowhere else; everything that the liaison can ask for is asked
 * for; every byte of every answer is searched. The same search over a server without projection
 * must find them, or it proves nothing.
 */
#include "tests/server/hw-test-case.h"

#include <string.h>

static const char *const forbidden_words[] = { "trafficking", "exploitation", "asylum", "shelter" };

typedef struct
{
  HwTestServer *server;
  HwTestCase *test_case;
  GString *heard; /* every byte the liaison was told */
  char *token;
} Probe;

static void
ask (Probe *probe, const char *method, const char *path, const char *headers, const char *body)
{
  g_autoptr (HwTestReply) reply
    = hw_test_call (probe->server, method, path, probe->token, headers, body);

  g_assert_cmpuint (reply->status, !=, 0);
  g_assert_cmpuint (reply->status, <, 500);
  g_string_append (probe->heard, reply->head);
  g_string_append (probe->heard, reply->body);
}

static void
ask_fixed_routes (Probe *probe)
{
  static const char *const paths[] = {
    "/v1/health",
    "/v1/openapi.json",
    "/v1/schema",
    "/v1/sessions/current",
    "/v1/users/names",
    "/v1/cases",
    "/v1/cases/" HW_TEST_CASE,
    "/v1/cases/" HW_TEST_CASE "/gates",
    "/v1/records?case=" HW_TEST_CASE,
    "/v1/records",
    "/v1/nothing",
    "/v1/changes?cursor=garbled",
    "/v1/changes?limit=0",
  };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    ask (probe, "GET", paths[i], NULL, NULL);
}

static void
ask_pages (Probe *probe)
{
  static const guint limits[] = { 1, 3, 500 };

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autofree char *pages = hw_test_pull (probe->server, probe->token, limits[i], NULL);

      g_string_append (probe->heard, pages);
    }
  for (guint type = HW_TYPE_ID_NONE + 1; type < HW_N_TYPE_IDS; type++)
    {
      g_autofree char *path
        = g_strconcat ("/v1/records?limit=500&type=", hw_schema_type ((HwTypeId) type)->name, NULL);

      ask (probe, "GET", path, NULL, NULL);
    }
}

static void
ask_record (Probe *probe, const char *id)
{
  g_autofree char *record = g_strconcat ("/v1/records/", id, NULL);
  g_autofree char *history = g_strconcat (record, "/history", NULL);
  g_autofree char *resolution = g_strdup_printf ("/v1/conflicts/%s/resolution", id);

  ask (probe, "GET", record, NULL, NULL);
  ask (probe, "GET", history, NULL, NULL);
  ask (probe, "PATCH", record, NULL, "{}");
  ask (probe, "PATCH", record, "If-Match: \"999\"\r\n", "{}");
  ask (probe, "PATCH", record, "If-Match: \"1\"\r\n", "{\"status\":\"nonsense\"}");
  ask (probe, "PATCH", record, "If-Match: \"1\"\r\n", "{\"held_by\":\"survivor\"}");
  ask (probe, "PATCH", record, "If-Match: \"1\"\r\n", "{\"status\":\"draft\"}");
  ask (probe, "DELETE", record, NULL, NULL);
  ask (probe, "POST", resolution, NULL, "{\"choice\":\"offered\"}");
}

/* What is refused must not tell why. */
static void
push_everything (Probe *probe)
{
  for (guint i = 0; i < probe->test_case->records->len; i++)
    for (guint type = HW_TYPE_ID_NONE + 1; type < HW_N_TYPE_IDS; type += 1 + (i % 3))
      {
        g_autofree char *create = hw_uuid_v4 (), *update = hw_uuid_v4 (), *remove = hw_uuid_v4 (),
                        *fresh = hw_uuid_v4 ();
        const char *name = hw_schema_type ((HwTypeId) type)->name;
        const char *id = g_ptr_array_index (probe->test_case->records, i);
        g_autofree char *body = g_strdup_printf (
          "{\"operations\":[{\"id\":\"%s\",\"action\":\"create\",\"type\":\"%s\",\"record\":\"%s\","
          "\"case\":\"" HW_TEST_CASE "\",\"set\":{\"status\":\"sent\"}},{\"id\":\"%s\",\"action\":"
          "\"update\",\"type\":\"%s\",\"record\":\"%s\","
          "\"set\":{\"status\":\"draft\"}},{\"id\":\"%s\",\"action\":\"delete\",\"type\":\"%s\","
          "\"record\":\"%s\"}]}",
          create,
          name,
          fresh,
          update,
          name,
          id,
          remove,
          name,
          id);

        ask (probe, "POST", "/v1/operations", NULL, body);
      }
}

static void
listen_while_others_work (Probe *probe)
{
  g_autofree char *caseworker = hw_test_sign_in (probe->server, HW_ROLE_CASEWORKER);
  g_autoptr (GSocketConnection) stream = hw_test_connect (probe->server);
  g_autofree char *request = g_strdup_printf (
    "GET /v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n", probe->token);
  g_autofree char *operation = hw_uuid_v4 ();
  g_autofree char *body = g_strdup_printf (
    "{\"operations\":[{\"id\":\"%s\",\"action\":\"update\",\"type\":\"embassy_request\","
    "\"record\":\"" HW_TEST_REQUEST "\",\"case\":\"" HW_TEST_CASE "\",\"base\":{\"due_on\":1},"
    "\"set\":{\"due_on\":\"2026-12-24\"}}]}",
    operation);
  g_autoptr (GString) said = g_string_new (NULL);
  char buffer[512];

  hw_test_write (stream, request);
  while (strstr (said->str, "event: hint") == NULL)
    {
      gssize size = g_input_stream_read (
        g_io_stream_get_input_stream (G_IO_STREAM (stream)), buffer, sizeof buffer, NULL, NULL);

      g_assert_cmpint (size, >, 0);
      if (said->len == 0)
        {
          g_autoptr (HwTestReply) reply
            = hw_test_call (probe->server, "POST", "/v1/operations", caseworker, NULL, body);

          g_assert_nonnull (strstr (reply->body, "\"applied\""));
        }
      g_string_append_len (said, buffer, size);
    }
  g_string_append_len (probe->heard, said->str, (gssize) said->len);
}

static Probe *
probe_new (const char *executable)
{
  Probe *probe = g_new0 (Probe, 1);
  HwStore *store;

  probe->server = hw_test_server_new ();
  store = hw_test_server_open_store (probe->server);
  probe->test_case = hw_test_case_fill (store);
  hw_store_close (store);
  g_object_unref (store);
  hw_test_server_start (probe->server, executable);
  probe->heard = g_string_new (NULL);
  probe->token = hw_test_sign_in (probe->server, HW_ROLE_EMBASSY_LIAISON);
  return probe;
}

static void
probe_run (Probe *probe)
{
  g_autofree char *log = g_build_filename (probe->server->directory, "stderr.log", NULL);
  g_autofree char *logged = NULL;

  ask_fixed_routes (probe);
  ask_pages (probe);
  for (guint i = 0; i < probe->test_case->records->len; i++)
    ask_record (probe, g_ptr_array_index (probe->test_case->records, i));
  push_everything (probe);
  listen_while_others_work (probe);
  ask_pages (probe);
  hw_test_server_stop (probe->server);
  g_assert_true (g_file_get_contents (log, &logged, NULL, NULL));
  g_string_append (probe->heard, logged);
}

static void
probe_free (Probe *probe)
{
  hw_test_server_free (probe->server);
  hw_test_case_free (probe->test_case);
  g_string_free (probe->heard, TRUE);
  g_free (probe->token);
  g_free (probe);
}

static guint
search (Probe *probe, const char *needle, const char *what)
{
  const char *found = strstr (probe->heard->str, needle);

  if (found != NULL)
    g_test_message ("%s was told: …%.*s…", what, 160, MAX (found - 80, probe->heard->str));
  return found != NULL ? 1 : 0;
}

/* How many of the forbidden things were heard. */
static guint
count_forbidden (Probe *probe)
{
  static const HwRole office[] = { HW_ROLE_CASEWORKER, HW_ROLE_SUPERVISOR, HW_ROLE_MOVEMENT };
  g_autofree char *lower = g_ascii_strdown (probe->heard->str, -1);
  guint found = search (probe, HW_TEST_CASE, "the case id")
                + search (probe, HW_TEST_OTHER_REQUEST, "another request")
                + search (probe, HW_TEST_DRAFT_REQUEST, "an unsent request")
                + search (probe, HW_TEST_OTHER_MISSION, "another mission")
                + search (probe, "\"status\":\"lost\"", "a lost document")
                + search (probe, "\"value\":\"lost\"", "a lost document");

  for (guint i = 0; i < G_N_ELEMENTS (office); i++)
    {
      g_autofree char *user = hw_test_user (office[i]);

      found += search (probe, user, "who works in the office");
    }
  for (guint i = 0; i < G_N_ELEMENTS (forbidden_words); i++)
    if (strstr (lower, forbidden_words[i]) != NULL)
      {
        g_test_message ("the word %s was told: %.160s",
                        forbidden_words[i],
                        strstr (lower, forbidden_words[i]) - 60);
        found++;
      }
  for (guint i = 0; i < probe->test_case->canaries->len; i++)
    {
      HwTestCanary *canary = g_ptr_array_index (probe->test_case->canaries, i);

      if (!canary->shown)
        found += search (probe, canary->text, hw_schema_field (canary->field)->name);
    }
  return found;
}

static guint
count_shown (Probe *probe)
{
  guint found = 0;

  for (guint i = 0; i < probe->test_case->canaries->len; i++)
    {
      HwTestCanary *canary = g_ptr_array_index (probe->test_case->canaries, i);

      if (canary->shown && strstr (probe->heard->str, canary->text) != NULL)
        found++;
    }
  return found;
}

static void
test_liaison_hears_nothing_forbidden (void)
{
  Probe *probe = probe_new (NULL);

  probe_run (probe);
  g_assert_cmpuint (count_forbidden (probe), ==, 0);
  /* It did hear of its own request: an empty answer would pass otherwise. */
  g_assert_cmpuint (count_shown (probe), >, 15);
  probe_free (probe);
}

static void
test_search_finds_without_projection (void)
{
  Probe *probe = probe_new (g_getenv ("HOMEWARD_SERVER_UNPROJECTED"));

  probe_run (probe);
  g_assert_cmpuint (count_forbidden (probe), >, 100);
  probe_free (probe);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/canaries/liaison-hears-nothing-forbidden",
                   test_liaison_hears_nothing_forbidden);
  g_test_add_func ("/server/canaries/the-search-finds-them-without-projection",
                   test_search_finds_without_projection);
  return g_test_run ();
}
