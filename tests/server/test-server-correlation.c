/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A liaison who tries: two requests of one case, a third of another, all of them before the same mission. Whatever
 * the first two have in common, the third has too; and every question that would tell "of the same case" from "of
 * another" is answered alike.
 */
#include "tests/server/hw-test-desk.h"
#include "tests/server/hw-test-server.h"

#include <string.h>

#define SHORTEST_TOKEN 5

/* A case, its people, and what hangs on each of its requests. */
static const struct
{
  const char *case_id, *consent, *code;
} cases[] = {
  { "018f1111-0000-7000-8000-0000000000a1", "018f1111-0000-7000-8000-0000000000a2", "HW-BI-26-0101" },
  { "018f2222-0000-7000-8000-0000000000b1", "018f2222-0000-7000-8000-0000000000b2", "HW-BI-26-0202" },
};

static const struct
{
  guint of; /* case */
  const char *id, *document, *message, *name, *reference;
  guint minute; /* of the hour in which it was sent */
} requests[] = {
  { 0, "3b1f8a52-0001-4aaa-8bbb-100000000001", "5c2f8a52-0002-4aaa-8bbb-200000000002",
    "7d3f8a52-0003-4aaa-8bbb-300000000003", "Aline", "LP-AAAA2", 1 },
  { 0, "9e4f8a52-0004-4abb-9bbb-400000000004", "1f5f8a52-0005-4abb-9bbb-500000000005",
    "2a6f8a52-0006-4abb-9bbb-600000000006", "Beatrice", "LP-BBBB3", 2 },
  { 1, "4b7f8a52-0007-4acc-abbb-700000000007", "6c8f8a52-0008-4acc-abbb-800000000008",
    "8d9f8a52-0009-4acc-abbb-900000000009", "Chantal", "LP-CCCC4", 3 },
};

typedef struct
{
  HwTestServer *server;
  HwClock *clock;
  HwStore *store;
  HwServerCore *core;
  HwTestDesk *liaison;
} World;

static HwOperation *
create (HwTypeId type, const char *id, const char *case_id)
{
  g_autofree char *operation_id = hw_uuid_v4 ();

  return hw_operation_new (operation_id, HW_ACTION_CREATE, type, id, case_id);
}

static void
make_case (World *world, guint n)
{
  g_autofree char *owner = hw_test_user (HW_ROLE_CASEWORKER);
  HwOperation *header = create (HW_TYPE_ID_CASE, cases[n].case_id, cases[n].case_id);
  HwOperation *consent = create (HW_TYPE_ID_CONSENT, cases[n].consent, cases[n].case_id);

  hw_operation_set_text (header, HW_FIELD_CASE_CODE, cases[n].code, 0);
  hw_operation_set_text (header, HW_FIELD_CASE_STATUS, "active", 0);
  hw_operation_set_text (header, HW_FIELD_CASE_OWNER, owner, 0);
  hw_operation_set_text (header, HW_FIELD_CASE_OFFICE, HW_TEST_OFFICE, 0);
  hw_operation_set_text (consent, HW_FIELD_CONSENT_PURPOSE, "embassy_contact", 0);
  hw_operation_set_text (consent, HW_FIELD_CONSENT_RECIPIENT, HW_TEST_MISSION, 0);
  hw_operation_set_text (consent, HW_FIELD_CONSENT_GRANTED_AT, "2026-11-20T10:00:00Z", 0);
  hw_test_commit (world->store, header, consent, NULL);
}

static void
make_request (World *world, guint n)
{
  const char *case_id = cases[requests[n].of].case_id;
  HwOperation *request = create (HW_TYPE_ID_EMBASSY_REQUEST, requests[n].id, case_id);
  HwOperation *document = create (HW_TYPE_ID_TRAVEL_DOCUMENT, requests[n].document, case_id);
  HwOperation *message = create (HW_TYPE_ID_EMBASSY_MESSAGE, requests[n].message, case_id);
  g_autofree char *at = g_strdup_printf ("2026-11-24T06:%02u:00Z", requests[n].minute);

  hw_clock_set (world->clock, HW_TEST_NOW_US + requests[n].minute * G_TIME_SPAN_MINUTE);
  hw_operation_set_text (request, HW_FIELD_EMBASSY_REQUEST_MISSION, HW_TEST_MISSION, 0);
  hw_operation_set_text (request, HW_FIELD_EMBASSY_REQUEST_REFERENCE, requests[n].reference, 0);
  hw_operation_set_text (request, HW_FIELD_EMBASSY_REQUEST_STATUS, "sent", 0);
  hw_operation_set_text (request, HW_FIELD_EMBASSY_REQUEST_SENT_ON, "2026-11-24", 0);
  hw_operation_set_text (request, HW_FIELD_EMBASSY_REQUEST_GIVEN_NAMES, requests[n].name, 0);
  hw_operation_set_text (document, HW_FIELD_TRAVEL_DOCUMENT_REQUEST, requests[n].id, 0);
  hw_operation_set_text (document, HW_FIELD_TRAVEL_DOCUMENT_KIND, "laissez_passer", 0);
  hw_operation_set_text (document, HW_FIELD_TRAVEL_DOCUMENT_STATUS, "applied", 0);
  hw_operation_set_text (message, HW_FIELD_EMBASSY_MESSAGE_REQUEST, requests[n].id, 0);
  hw_operation_set_text (message, HW_FIELD_EMBASSY_MESSAGE_FROM, "caseworker", 0);
  hw_operation_set_text (message, HW_FIELD_EMBASSY_MESSAGE_TEXT, requests[n].name, 0);
  hw_operation_set_text (message, HW_FIELD_EMBASSY_MESSAGE_AT, at, 0);
  hw_test_commit (world->store, request, document, message, NULL);
}

static void
set_up (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  world->server = hw_test_server_new ();
  world->clock = hw_clock_new_fixed (HW_TEST_NOW_US);
  world->store = hw_store_open (world->server->database, HW_STORE_SERVER, world->clock, &error);
  g_assert_no_error (error);
  world->core = hw_server_core_new (world->store, world->clock, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    make_case (world, i);
  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    make_request (world, i);
  world->liaison = hw_test_desk_new (world->core, HW_ROLE_EMBASSY_LIAISON);
}

static void
tear_down (World *world, gconstpointer data)
{
  hw_test_desk_free (world->liaison);
  g_object_unref (world->core);
  hw_store_close (world->store);
  g_object_unref (world->store);
  g_object_unref (world->clock);
  hw_test_server_free (world->server);
}

/* The owner takes both consents back by a push, as a desktop would: minutes apart for the two cases. */
static void
withdraw (World *world)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HwTestDesk) worker = hw_test_desk_new (world->core, HW_ROLE_CASEWORKER);
      g_autofree char *operation_id = hw_uuid_v4 ();
      g_autofree char *text = g_strdup_printf (
        "{\"operations\":[{\"id\":\"%s\",\"type\":\"consent\",\"record\":\"%s\",\"case\":\"%s\",\"action\":\"update\","
        "\"set\":{\"withdrawn_at\":\"2026-11-24T06:0%u:00Z\"},\"base\":{\"withdrawn_at\":0},"
        "\"at\":\"2026-11-24T06:09:00Z\"}]}",
        operation_id, cases[i].consent, cases[i].case_id, i);
      g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
      g_autoptr (HwServerResponse) response = NULL;
      g_autofree char *answer = NULL;

      hw_clock_set (world->clock, HW_TEST_NOW_US + (10 + 7 * i) * G_TIME_SPAN_MINUTE);
      response = hw_test_desk_ask (worker, "POST", "/v1/operations", body);
      answer = hw_test_desk_body (response);
      g_assert_nonnull (strstr (answer, "\"applied\""));
    }
}

/* ---- What is heard of each request ---- */

static gboolean
is_word (char byte)
{
  return g_ascii_isalnum (byte) || byte == '-' || byte == ':' || byte == '_' || byte == '.';
}

static void
add_tokens (GHashTable *tokens, const char *text)
{
  for (const char *at = text; *at != '\0';)
    {
      const char *end = at;

      while (is_word (*end))
        end++;
      if (end - at >= SHORTEST_TOKEN)
        g_hash_table_add (tokens, g_strndup (at, (gsize) (end - at)));
      at = end + (*end != '\0' ? 1 : 0);
    }
}

static void
hear (World *world, GHashTable *tokens, const char *id, const char *rest)
{
  g_autofree char *path = g_strconcat ("/v1/records/", id, rest, NULL);
  g_autoptr (HwServerResponse) response = hw_test_desk_ask (world->liaison, "GET", path, NULL);
  g_autofree char *body = hw_test_desk_body (response);

  add_tokens (tokens, body);
  if (response->etag != NULL)
    add_tokens (tokens, response->etag);
}

/* Every item of the page that names this request. */
static void
hear_page (GHashTable *tokens, const char *page, const char *request, const char *document, const char *message)
{
  g_auto (GStrv) items = g_strsplit (page, "{\"op\":", -1);

  for (guint i = 1; items[i] != NULL; i++)
    if (strstr (items[i], request) != NULL || strstr (items[i], document) != NULL || strstr (items[i], message) != NULL)
      add_tokens (tokens, items[i]);
}

static GHashTable *
heard_of (World *world, const char *page, guint n)
{
  GHashTable *tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *const ids[] = { requests[n].id, requests[n].document, requests[n].message };

  hear_page (tokens, page, requests[n].id, requests[n].document, requests[n].message);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      hear (world, tokens, ids[i], "");
      hear (world, tokens, ids[i], "/history");
    }
  return tokens;
}

static void
assert_nothing_joins (World *world)
{
  g_autofree char *page = hw_test_desk_pull (world->liaison);
  g_autoptr (GHashTable) first = heard_of (world, page, 0);
  g_autoptr (GHashTable) second = heard_of (world, page, 1);
  g_autoptr (GHashTable) third = heard_of (world, page, 2);
  GHashTableIter iter;
  gpointer token;

  g_assert_true (g_hash_table_contains (first, requests[0].name));
  g_assert_true (g_hash_table_contains (second, requests[1].name));
  g_assert_true (g_hash_table_contains (third, requests[2].name));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_null (strstr (page, cases[i].case_id));
      g_assert_null (strstr (page, cases[i].code));
      g_assert_null (strstr (page, cases[i].consent));
    }
  g_hash_table_iter_init (&iter, first);
  while (g_hash_table_iter_next (&iter, &token, NULL))
    if (g_hash_table_contains (second, token) && !g_hash_table_contains (third, token))
      {
        g_test_message ("both requests of one case say \"%s\", and the third does not", (char *) token);
        g_test_fail ();
      }
}

static void
test_what_is_told_joins_nothing (World *world, gconstpointer data)
{
  assert_nothing_joins (world);
}

static void
test_a_withdrawal_joins_nothing (World *world, gconstpointer data)
{
  withdraw (world);
  assert_nothing_joins (world);
}

/* ---- Questions that try ---- */

/* The answer to one pushed operation, without the ids in it. */
static char *
answer_to (World *world, const char *operation)
{
  g_autofree char *id = hw_uuid_v4 ();
  g_autofree char *text = g_strdup_printf ("{\"operations\":[{\"id\":\"%s\",\"at\":\"2026-11-24T06:30:00Z\",%s}]}", id, operation);
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (HwServerResponse) response = hw_test_desk_ask (world->liaison, "POST", "/v1/operations", body);
  g_autofree char *answer = hw_test_desk_body (response);
  g_autoptr (GRegex) ids = g_regex_new ("[0-9a-f]{8}-[0-9a-f-]{27}|\"rev\":[0-9]+|Aline|Beatrice|Chantal|LP-[A-Z0-9]+|T06:0[0-9]:00Z", 0, 0, NULL);

  return g_regex_replace_literal (ids, answer, -1, 0, "#", 0, NULL);
}

/* With the second request, of the same case, and with the third, of another. */
static void
assert_alike (World *world, const char *format, const char *const values[3])
{
  g_autofree char *same = NULL, *other = NULL, *with_same = NULL, *with_other = NULL;
  g_auto (GStrv) parts = g_strsplit (format, "@", -1);

  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  with_same = g_strconcat (parts[0], values[1], parts[1], NULL);
  with_other = g_strconcat (parts[0], values[2], parts[1], NULL);
  same = answer_to (world, with_same);
  other = answer_to (world, with_other);
  g_assert_cmpstr (same, ==, other);
}

static void
test_questions_are_answered_alike (World *world, gconstpointer data)
{
  const char *const ids[] = { requests[0].id, requests[1].id, requests[2].id };
  const char *const documents[] = { requests[0].document, requests[1].document, requests[2].document };
  const char *const messages[] = { requests[0].message, requests[1].message, requests[2].message };
  g_autofree char *own = hw_uuid_v4 ();
  g_autofree char *made = NULL, *move = NULL, *document = NULL, *photo = NULL, *deleted = NULL;

  g_free (hw_test_desk_pull (world->liaison));
  made = g_strdup_printf ("\"type\":\"embassy_message\",\"record\":\"%s\",\"action\":\"create\",\"set\":{\"request\":\"%s\","
                          "\"from\":\"embassy\",\"text\":\"Good day\"}", own, requests[0].id);
  g_free (answer_to (world, made));

  /* Her own message, a document, taken from the first request to another. */
  move = g_strdup_printf ("\"type\":\"embassy_message\",\"record\":\"%s\",\"action\":\"update\",\"set\":{\"request\":\"@\"},"
                          "\"base\":{\"request\":1}", own);
  assert_alike (world, move, ids);
  document = g_strdup_printf ("\"type\":\"travel_document\",\"record\":\"%s\",\"action\":\"update\",\"set\":{\"request\":\"@\"},"
                              "\"base\":{\"request\":1}", requests[0].document);
  assert_alike (world, document, ids);
  /* A reference where it is not meant to be, and what is there already made again. */
  photo = g_strdup_printf ("\"type\":\"embassy_request\",\"record\":\"%s\",\"action\":\"update\",\"set\":{\"photo\":\"@\"},"
                           "\"base\":{\"photo\":0}", requests[0].id);
  assert_alike (world, photo, documents);
  assert_alike (world, "\"type\":\"embassy_message\",\"record\":\"@\",\"action\":\"create\",\"set\":{\"text\":\"x\"}", messages);
  assert_alike (world, "\"type\":\"embassy_message\",\"record\":\"@\",\"action\":\"create\",\"set\":{\"text\":\"x\"}", documents);
  deleted = g_strdup ("\"type\":\"embassy_request\",\"record\":\"@\",\"action\":\"delete\"");
  assert_alike (world, deleted, ids);
}

/* A case named in an operation, were it guessed, makes no difference: hers is not to name one. */
static void
test_a_guessed_case_tells_nothing (World *world, gconstpointer data)
{
  const char *const guesses[] = { "", cases[0].case_id, cases[1].case_id };
  g_autofree char *move = g_strdup_printf (
    "\"type\":\"embassy_request\",\"record\":\"%s\",\"case\":\"@\",\"action\":\"update\",\"set\":{\"given_names\":\"x\"},"
    "\"base\":{\"given_names\":1}", requests[0].id);
  g_autofree char *made = NULL;
  g_autofree char *own = hw_uuid_v4 (), *other = hw_uuid_v4 ();

  assert_alike (world, move, guesses);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *path = g_strdup_printf ("/v1/records?case=%s", cases[i].case_id);
      g_autoptr (HwServerResponse) response = hw_test_desk_ask (world->liaison, "GET", path, NULL);
      g_autofree char *body = hw_test_desk_body (response);

      for (guint n = 0; n < G_N_ELEMENTS (requests); n++)
        g_assert_null (strstr (body, requests[n].name));
    }
  made = g_strdup_printf ("\"type\":\"embassy_message\",\"record\":\"%s\",\"case\":\"%s\",\"action\":\"create\",\"set\":{"
                          "\"request\":\"%s\",\"from\":\"embassy\",\"text\":\"y\"}", own, cases[0].case_id, requests[0].id);
  g_autofree char *right = answer_to (world, made);
  g_autofree char *wrong_text = g_strdup_printf (
    "\"type\":\"embassy_message\",\"record\":\"%s\",\"case\":\"%s\",\"action\":\"create\",\"set\":{"
    "\"request\":\"%s\",\"from\":\"embassy\",\"text\":\"y\"}", other, cases[1].case_id, requests[0].id);
  g_autofree char *wrong = answer_to (world, wrong_text);

  g_assert_cmpstr (right, ==, wrong);
}

#define TEST(path, function) g_test_add (path, World, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST ("/server/mission/what-is-told-joins-nothing", test_what_is_told_joins_nothing);
  TEST ("/server/mission/a-withdrawal-joins-nothing", test_a_withdrawal_joins_nothing);
  TEST ("/server/mission/questions-are-answered-alike", test_questions_are_answered_alike);
  TEST ("/server/mission/a-guessed-case-tells-nothing", test_a_guessed_case_tells_nothing);
  return g_test_run ();
}
