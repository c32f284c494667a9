/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was set aside, as a supervisor's desktop asks for it, counts it and decides it.
 */
#include <string.h>

#include "desk.h"
#include "fake-server.h"
#include "scripted-transport.h"
#include "sync/hw-sync-quarantine.h"

#define ENTRY "01890000-0000-7000-8000-0000000000aa"
#define ITEM(operations)                                                                           \
  "{\"id\":\"" ENTRY "\",\"case\":\"" DESK_CASE_1 "\",\"by\":\"u1\",\"at\":\"2026-11-24T08:00:00Z\"," \
  "\"why\":\"role-changed\",\"operations\":[" operations "],\"withheld\":false}"
#define NOTE                                                                                       \
  "{\"id\":\"" ENTRY "\",\"type\":\"note\",\"record\":\"" ENTRY "\",\"action\":\"create\",\"set\":{\"text\":\"x\"}}"

typedef struct
{
  HwSetAsidePage *page;
  gboolean answered, done, met;
  char *refusal;
  GError *error;
} Heard;

static void
forget (Heard *heard)
{
  hw_set_aside_page_free (heard->page);
  g_free (heard->refusal);
  g_clear_error (&heard->error);
  *heard = (Heard) { 0 };
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Heard *heard = data;

  heard->page = hw_sync_engine_set_aside_finish (HW_SYNC_ENGINE (source), result, &heard->error);
  heard->answered = TRUE;
}

static void
decided_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Heard *heard = data;

  heard->done = hw_sync_engine_decide_finish (
    HW_SYNC_ENGINE (source), result, &heard->met, &heard->refusal, &heard->error);
  heard->answered = TRUE;
}

static GBytes *
bytes_of (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static void
test_reads_or_refuses (void)
{
  static const char *const bad[] = {
    "{\"more\":false}", "[]", "{\"items\":[]}", "{\"items\":[7],\"more\":false}",
    "{\"items\":[{\"id\":\"" ENTRY "\",\"by\":\"u\",\"at\":\"t\",\"why\":\"x\",\"operations\":[]}],\"more\":false}",
    "{\"items\":[{\"id\":\"../x\",\"by\":\"u\",\"at\":\"t\",\"operations\":[],\"withheld\":false}],\"more\":false}",
  };
  g_autoptr (GBytes) body
    = bytes_of ("{\"items\":[" ITEM (NOTE ",{\"type\":\"of a newer server\"}") "],\"more\":true,\"cursor\":\"c\"}");
  g_autoptr (HwSetAsidePage) page = hw_set_aside_page_decode (body, NULL);
  HwSetAside *entry;

  g_assert_nonnull (page);
  g_assert_cmpstr (page->cursor, ==, "c");
  g_assert_cmpuint (page->entries->len, ==, 1);
  entry = g_ptr_array_index (page->entries, 0);
  g_assert_cmpstr (entry->case_id, ==, DESK_CASE_1);
  g_assert_cmpint (entry->why, ==, HW_SET_ASIDE_ROLE_CHANGED);
  g_assert_cmpuint (entry->operations->len, ==, 1);
  /* What this program cannot show is said to be there. */
  g_assert_true (entry->withheld);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GBytes) wrong = bytes_of (bad[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (hw_set_aside_page_decode (wrong, &error));
      g_assert_error (error, HW_SYNC_ERROR, HW_SYNC_ERROR_PROTOCOL);
    }
}

static void
test_asks_only_with_a_session (void)
{
  g_autoptr (ScriptedTransport) transport = scripted_transport_new ();
  g_autoptr (Desk) desk = desk_new (HW_TRANSPORT (transport));
  Heard heard = { 0 };

  hw_sync_engine_set_aside_async (desk->engine, NULL, NULL, listed_cb, &heard);
  fake_wait_until (heard.answered);
  g_assert_error (heard.error, HW_SYNC_ERROR, HW_SYNC_ERROR_CREDENTIALS);
  g_assert_false (scripted_transport_is_asked (transport));
  forget (&heard);
}

static void
test_lists_and_counts (void)
{
  g_autoptr (ScriptedTransport) transport = scripted_transport_new ();
  g_autoptr (Desk) desk = desk_new (HW_TRANSPORT (transport));
  Heard heard = { 0 };

  hw_sync_engine_set_token (desk->engine, "first");
  hw_sync_engine_set_aside_async (desk->engine, "a+b", NULL, listed_cb, &heard);
  scripted_transport_expect (transport, "GET /v1/quarantine?cursor=a%2Bb");
  scripted_transport_answer (transport, 200, "{\"items\":[" ITEM (NOTE) "],\"more\":false}");
  fake_wait_until (heard.answered);
  g_assert_cmpuint (heard.page->entries->len, ==, 1);
  g_assert_null (heard.page->cursor);
  forget (&heard);

  hw_sync_engine_count_set_aside_async (desk->engine, NULL, listed_cb, &heard);
  scripted_transport_expect (transport, "GET /v1/quarantine?limit=0");
  scripted_transport_answer (transport, 200, "{\"items\":[],\"more\":true,\"waiting\":12}");
  fake_wait_until (heard.answered);
  g_assert_cmpuint (heard.page->waiting, ==, 12);
  forget (&heard);

  hw_sync_engine_set_aside_async (desk->engine, NULL, NULL, listed_cb, &heard);
  scripted_transport_expect (transport, "GET /v1/quarantine");
  scripted_transport_fail (transport);
  fake_wait_until (heard.answered);
  g_assert_error (heard.error, HW_SYNC_ERROR, HW_SYNC_ERROR_UNREACHABLE);
  forget (&heard);
}

static void
decide (Desk *desk, ScriptedTransport *transport, guint status, const char *answer, Heard *heard)
{
  const HwTransportRequest *request;
  gsize size;
  const char *bytes;

  hw_sync_engine_decide_async (desk->engine, ENTRY, FALSE, "Written \"before\"", decided_cb, heard);
  request = scripted_transport_expect (transport, "POST /v1/quarantine/" ENTRY);
  bytes = g_bytes_get_data (request->body, &size);
  g_assert_nonnull (g_strstr_len (bytes, (gssize) size, "\"decision\":\"discard\""));
  g_assert_nonnull (g_strstr_len (bytes, (gssize) size, "\"reason\":\"Written \\\"before\\\"\""));
  scripted_transport_answer (transport, status, answer);
  fake_wait_until (heard->answered);
}

static void
test_decides (void)
{
  g_autoptr (ScriptedTransport) transport = scripted_transport_new ();
  g_autoptr (Desk) desk = desk_new (HW_TRANSPORT (transport));
  Heard heard = { 0 };

  hw_sync_engine_set_token (desk->engine, "first");
  decide (desk, transport, 200, "{\"id\":\"x\",\"state\":\"discarded\"}", &heard);
  g_assert_true (heard.done && !heard.met);
  forget (&heard);
  decide (desk, transport, 200, "{\"results\":[{\"status\":\"applied\"},{\"status\":\"conflict\"}]}", &heard);
  g_assert_true (heard.done && heard.met);
  forget (&heard);
  decide (desk, transport, 409,
          "{\"title\":\"Gate\",\"detail\":\"Not yet\",\"errors\":[{\"code\":\"a\",\"title\":\"A consent\"}]}", &heard);
  g_assert_false (heard.done);
  g_assert_no_error (heard.error);
  g_assert_cmpstr (heard.refusal, ==, "Not yet\n• A consent");
  forget (&heard);
  decide (desk, transport, 503, "{}", &heard);
  g_assert_false (heard.done);
  g_assert_null (heard.refusal);
  g_assert_error (heard.error, HW_SYNC_ERROR, HW_SYNC_ERROR_SERVER);
  forget (&heard);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/set-aside/reads-or-refuses", test_reads_or_refuses);
  g_test_add_func ("/set-aside/asks-only-with-a-session", test_asks_only_with_a_session);
  g_test_add_func ("/set-aside/lists-and-counts", test_lists_and_counts);
  g_test_add_func ("/set-aside/decides", test_decides);
  return g_test_run ();
}
