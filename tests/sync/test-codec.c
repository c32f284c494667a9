/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the server answers, well formed and hostile: it is used whole or not at all.
 */
#include <string.h>

#include "schema/hw-json-tree.h"
#include "sync/hw-sync-codec.h"
#include "sync/hw-sync-queue.h"
#include "sync/hw-sync-audit.h"

#define CASE "01890000-0000-7000-8000-00000000000a"
#define NOTE "01890000-0000-7000-8000-00000000000b"
#define OP_1 "01890000-0000-7000-8000-000000000001"
#define OP_2 "01890000-0000-7000-8000-000000000002"
#define PUT                                                                                        \
  "{\"op\":\"put\",\"type\":\"note\",\"id\":\"" NOTE "\",\"case\":\"" CASE                         \
  "\",\"rev\":3,\"fields\":{\"text\":\"She called\"},\"field_revs\":{\"text\":3}}"

static GBytes *
bytes_of (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

/* ---- Pages ---- */

static void
test_page (void)
{
  g_autoptr (GBytes) body
    = bytes_of ("{\"cursor\":\"abc\",\"more\":true,\"later\":1,\"items\":[" PUT
                ",{\"op\":\"purge\",\"case\":\"" CASE "\",\"rev\":4}]}");
  g_autoptr (GError) error = NULL;
  g_autoptr (HwSyncPage) page = hw_sync_page_decode (body, &error);
  HwItem *item;

  g_assert_no_error (error);
  g_assert_cmpstr (page->cursor, ==, "abc");
  g_assert_true (page->more);
  g_assert_cmpuint (page->items->len, ==, 2);
  item = g_ptr_array_index (page->items, 0);
  g_assert_cmpint (item->op, ==, HW_ITEM_PUT);
  g_assert_cmpstr (hw_record_get_text (item->record, HW_FIELD_NOTE_TEXT), ==, "She called");
  item = g_ptr_array_index (page->items, 1);
  g_assert_cmpint (item->op, ==, HW_ITEM_PURGE);
}

static const char *const bad_pages[] = {
  "",
  " ",
  "null",
  "[]",
  "{}",
  "{\"cursor\":\"a\",\"more\":false}",
  "{\"cursor\":\"a\",\"items\":[]}",
  "{\"more\":false,\"items\":[]}",
  "{\"cursor\":\"\",\"more\":false,\"items\":[]}",
  "{\"cursor\":1,\"more\":false,\"items\":[]}",
  "{\"cursor\":\"a\",\"more\":0,\"items\":[]}",
  "{\"cursor\":\"a\",\"more\":\"no\",\"items\":[]}",
  "{\"cursor\":\"a\",\"more\":false,\"items\":{}}",
  "{\"cursor\":\"a\",\"more\":false,\"items\":[null]}",
  "{\"cursor\":\"a\",\"more\":false,\"items\":[1]}",
  "{\"cursor\":\"a\",\"more\":false,\"items\":[{}]}",
  "{\"cursor\":\"a\",\"more\":false,\"items\":[" PUT ",{\"op\":\"put\"}]}",
  "{\"cursor\":\"a\",\"cursor\":\"b\",\"more\":false,\"items\":[]}",
  "{\"cursor\":\"a\",\"more\":false,\"items\":[]} x",
  "{\"cursor\":\"a\",\"more\":false,\"items\":[]",
  "{\"cursor\":\"a\",\"more\":false,\"items\":[" PUT,
  "{\"cursor\":\"a\",\"more\":false,/**/\"items\":[]}",
  "{\"cursor\":\"a\",\"more\":false,\"items\":[],}",
  "{'cursor':'a','more':false,'items':[]}",
  "{\"cursor\":\"\xff\",\"more\":false,\"items\":[]}",
  "{\"cursor\":\"a\",\"more\":false,\"items\":[{\"op\":\"put\",\"type\":\"note\",\"id\":\"x\",\"rev\":1,"
  "\"fields\":{}}]}",
  "{\"cursor\":\"a\",\"more\":false,\"items\":[{\"op\":\"put\",\"type\":\"nothing\",\"id\":\"" NOTE
  "\",\"rev\":1,\"fields\":{}}]}",
  "{\"cursor\":\"a\",\"more\":false,\"items\":[{\"op\":\"put\",\"type\":\"note\",\"id\":\"" NOTE
  "\",\"rev\":-1,\"fields\":{}}]}",
  "{\"cursor\":\"a\",\"more\":false,\"items\":[{\"op\":\"put\",\"type\":\"note\",\"id\":\"" NOTE
  "\",\"rev\":1,\"fields\":{\"text\":{\"deep\":1}}}]}",
  "<html>You have reached the wireless login page</html>",
};

static void
assert_refused_page (const char *text, gsize length)
{
  g_autoptr (GBytes) body = g_bytes_new (text, length);
  g_autoptr (GError) error = NULL;

  g_assert_null (hw_sync_page_decode (body, &error));
  g_assert_error (error, HW_SYNC_ERROR, HW_SYNC_ERROR_PROTOCOL);
}

static void
test_bad_pages (void)
{
  g_autofree char *deep = g_strnfill (100000, '[');
  GString *long_cursor = g_string_new ("{\"more\":false,\"items\":[],\"cursor\":\"");

  for (guint i = 0; i < G_N_ELEMENTS (bad_pages); i++)
    assert_refused_page (bad_pages[i], strlen (bad_pages[i]));
  assert_refused_page (deep, 100000);
  for (guint i = 0; i < 5000; i++)
    g_string_append_c (long_cursor, 'c');
  g_string_append (long_cursor, "\"}");
  assert_refused_page (long_cursor->str, long_cursor->len);
  g_string_free (long_cursor, TRUE);
}

/* Every cut of a good page, and every byte of it changed, is either refused or still a whole page. */
static void
test_damaged_pages (void)
{
  const char *good = "{\"cursor\":\"abc\",\"more\":false,\"items\":[" PUT "]}";
  gsize length = strlen (good);

  for (gsize cut = 0; cut < length; cut++)
    assert_refused_page (good, cut);
  for (gsize at = 0; at < length; at++)
    for (guint byte = 0; byte < 256; byte += 5)
      {
        g_autofree char *text = g_strdup (good);
        g_autoptr (GBytes) body = NULL;
        g_autoptr (GError) error = NULL;
        g_autoptr (HwSyncPage) page = NULL;

        text[at] = (char) byte;
        body = g_bytes_new (text, length);
        page = hw_sync_page_decode (body, &error);
        g_assert_true ((page != NULL) == (error == NULL));
        if (page != NULL)
          g_assert_cmpuint (page->items->len, ==, 1);
      }
}

/* ---- The quick reader against json-glib's own ---- */

static const char *const trees[] = {
  "{}",
  "[]",
  "null",
  "true",
  "-0",
  "12345678901",
  "1.5e3",
  "\"\"",
  " [ 1 , 2.25 , \"three\" , null , false , { \"a\" : [ { } ] } ] ",
  "{\"e\\u0301\":\"\\u00e9\\ud83d\\ude00 \\\\ \\\" \\/ \\b\\f\\n\\r\\t\",\"b\":{\"c\":[[[1]]]}}",
  "{\"cursor\":\"abc\",\"more\":false,\"items\":[" PUT "," PUT "]}",
};

static void
test_tree_equals_parser (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (trees); i++)
    {
      const char *why = NULL;
      g_autoptr (JsonNode) quick
        = hw_json_tree_parse (trees[i], strlen (trees[i]), HW_JSON_MAX_BYTES, &why);
      g_autoptr (JsonNode) slow = json_from_string (trees[i], NULL);

      g_assert_nonnull (quick);
      if (!json_node_equal (quick, slow))
        g_error ("tree %u differs", i);
    }
}

/* ---- Results ---- */

static GPtrArray *
two_operations (void)
{
  GPtrArray *operations = g_ptr_array_new_with_free_func ((GDestroyNotify) hw_operation_unref);

  g_ptr_array_add (operations,
                   hw_operation_new (OP_1, HW_ACTION_CREATE, HW_TYPE_ID_NOTE, NOTE, CASE));
  g_ptr_array_add (operations,
                   hw_operation_new (OP_2, HW_ACTION_UPDATE, HW_TYPE_ID_CASE, CASE, CASE));
  return operations;
}

static GPtrArray *
decode_results (const char *text, GError **error)
{
  g_autoptr (GPtrArray) operations = two_operations ();
  g_autoptr (GBytes) body = bytes_of (text);

  return hw_sync_results_decode (body, operations, error);
}

#define FIRST_APPLIED "{\"id\":\"" OP_1 "\",\"status\":\"applied\",\"rev\":3,\"item\":" PUT "}"
#define PROBLEM(nick) "{\"type\":\"urn:homeward:problem:" nick "\",\"title\":\"No\",\"status\":409}"

static void
test_results (void)
{
  static const struct
  {
    const char *second;
    HwResultStatus status;
    gboolean retry, problem;
  } rows[] = {
    { "\"status\":\"applied\"", HW_RESULT_APPLIED, FALSE, FALSE },
    { "\"status\":\"merged\"", HW_RESULT_MERGED, FALSE, FALSE },
    { "\"status\":\"conflict\",\"conflicts\":[]", HW_RESULT_CONFLICT, FALSE, FALSE },
    { "\"status\":\"quarantined\"", HW_RESULT_QUARANTINED, FALSE, FALSE },
    { "\"status\":\"refused\",\"problem\":" PROBLEM ("gate-embassy"), HW_RESULT_REFUSED, FALSE,
      TRUE },
    { "\"status\":\"refused\",\"problem\":" PROBLEM ("parent-unknown"), HW_RESULT_REFUSED, TRUE,
      TRUE },
    { "\"status\":\"refused\",\"problem\":{\"type\":\"about:blank\",\"errors\":[{\"code\":\"parent-"
      "unknown\"}]}",
      HW_RESULT_REFUSED, TRUE, TRUE },
    { "\"status\":\"duplicate\",\"first\":\"merged\"", HW_RESULT_MERGED, FALSE, FALSE },
    { "\"status\":\"duplicate\",\"first\":\"refused\"", HW_RESULT_REFUSED, FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strdup_printf (
        "{\"results\":[" FIRST_APPLIED ",{\"id\":\"" OP_2 "\",%s}]}", rows[i].second);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) results = decode_results (text, &error);
      HwPushResult *result;

      g_assert_no_error (error);
      g_assert_cmpuint (results->len, ==, 2);
      result = g_ptr_array_index (results, 0);
      g_assert_cmpstr (result->operation, ==, OP_1);
      g_assert_nonnull (result->item);
      result = g_ptr_array_index (results, 1);
      g_assert_cmpint (result->status, ==, rows[i].status);
      g_assert_cmpint (result->retry, ==, rows[i].retry);
      g_assert_cmpint (result->problem != NULL, ==, rows[i].problem);
    }
}

static const char *const bad_results[] = {
  "",
  "{}",
  "{\"results\":{}}",
  "{\"results\":[]}",
  "{\"results\":[" FIRST_APPLIED "]}",
  "{\"results\":[" FIRST_APPLIED "," FIRST_APPLIED "]}",
  "{\"results\":[" FIRST_APPLIED ",null]}",
  "{\"results\":[" FIRST_APPLIED ",{\"id\":\"" OP_2 "\"}]}",
  "{\"results\":[" FIRST_APPLIED ",{\"id\":\"" OP_2 "\",\"status\":\"fine\"}]}",
  "{\"results\":[" FIRST_APPLIED ",{\"id\":\"" OP_2 "\",\"status\":\"refused\"}]}",
  "{\"results\":[" FIRST_APPLIED ",{\"id\":\"" OP_2 "\",\"status\":\"duplicate\"}]}",
  "{\"results\":[" FIRST_APPLIED ",{\"id\":\"" OP_2
  "\",\"status\":\"duplicate\",\"first\":\"duplicate\"}]}",
  "{\"results\":[" FIRST_APPLIED ",{\"id\":\"" OP_2 "\",\"status\":\"applied\",\"item\":7}]}",
  "{\"results\":[" FIRST_APPLIED ",{\"id\":\"" NOTE "\",\"status\":\"applied\"}]}",
  "{\"results\":[" FIRST_APPLIED ",{\"id\":\"" OP_2 "\",\"status\":\"applied\"}," FIRST_APPLIED "]}",
};

static void
test_bad_results (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_results); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (decode_results (bad_results[i], &error));
      g_assert_error (error, HW_SYNC_ERROR, HW_SYNC_ERROR_PROTOCOL);
    }
}

/* ---- The small answers ---- */

static void
test_names (void)
{
  static const char *const bad[] = { "", "{}", "[1]", "[{\"id\":\"u\"}]", "[{\"name\":\"N\"}]",
                                     "[{\"id\":\"u\",\"name\":7}]" };
  g_autoptr (GBytes) good
    = bytes_of ("[{\"id\":\"u1\",\"name\":\"Aline N.\",\"role\":\"caseworker\"},{\"id\":\"u2\","
                "\"name\":\"Embassy\",\"role\":\"embassy_liaison\"}]");
  g_autoptr (GHashTable) names = hw_sync_names_decode (good, NULL);

  g_assert_cmpstr (g_hash_table_lookup (names, "u1"), ==, "Aline N.");
  g_assert_cmpuint (g_hash_table_size (names), ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GBytes) body = bytes_of (bad[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (hw_sync_names_decode (body, &error));
      g_assert_error (error, HW_SYNC_ERROR, HW_SYNC_ERROR_PROTOCOL);
    }
}

static void
test_history (void)
{
  g_autoptr (GBytes) body = bytes_of (
    "{\"entries\":[{\"field\":\"urgency\",\"rev\":4,\"value\":\"high\",\"by\":\"u1\",\"at\":\"2026-"
    "11-24T08:00:00Z\"},{\"field\":\"of_a_newer_server\",\"rev\":3,\"value\":[]},{\"field\":"
    "\"urgency\",\"rev\":1,\"value\":null,\"by\":null,\"at\":null}]}");
  g_autoptr (GBytes) bad = bytes_of ("{\"entries\":[{\"field\":\"urgency\",\"rev\":4,\"value\":\"so\"}]}");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = hw_sync_history_decode (body, HW_TYPE_ID_CASE, &error);
  HwHistoryEntry *entry;

  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, 2);
  entry = g_ptr_array_index (entries, 0);
  g_assert_cmpint (entry->field, ==, HW_FIELD_CASE_URGENCY);
  g_assert_cmpstr (hw_value_text (entry->value), ==, "high");
  g_assert_cmpstr (entry->by, ==, "u1");
  entry = g_ptr_array_index (entries, 1);
  g_assert_null (entry->value);
  g_assert_null (hw_sync_history_decode (bad, HW_TYPE_ID_CASE, &error));
  g_assert_error (error, HW_SYNC_ERROR, HW_SYNC_ERROR_PROTOCOL);
}

static void
test_audit (void)
{
  static const char *const bad[] = {
    "{\"items\":[],\"more\":true}",
    "{\"items\":[{\"n\":1,\"at\":null}],\"more\":false}",
    "{\"items\":[{\"n\":\"1\",\"at\":\"2026-11-24T08:00:00Z\"}],\"more\":false}",
    "{\"items\":[{\"n\":1,\"at\":\"2026-11-24T08:00:00Z\",\"user\":7}],\"more\":false}",
    "{\"items\":[7],\"more\":false}",
    "{\"more\":false}",
    "[]",
  };
  g_autoptr (GBytes) body = bytes_of (
    "{\"items\":[{\"n\":9,\"at\":\"2026-11-24T08:00:00Z\",\"user\":\"u1\",\"device\":null,\"action\":"
    "\"read\",\"case\":\"c1\",\"record\":null,\"detail\":null}],\"more\":true,\"before\":9}");
  g_autoptr (HwAuditPage) page = hw_audit_page_decode (body, NULL);
  HwAuditLine *line;

  g_assert_nonnull (page);
  g_assert_cmpint (page->before, ==, 9);
  g_assert_cmpuint (page->lines->len, ==, 1);
  line = g_ptr_array_index (page->lines, 0);
  g_assert_cmpstr (line->user, ==, "u1");
  g_assert_cmpstr (line->action, ==, "read");
  g_assert_cmpstr (line->case_id, ==, "c1");
  g_assert_null (line->record);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GBytes) wrong = bytes_of (bad[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (hw_audit_page_decode (wrong, &error));
      g_assert_error (error, HW_SYNC_ERROR, HW_SYNC_ERROR_PROTOCOL);
    }
}

static void
test_sign_in (void)
{
  static const char *const bad[] = {
    "{}",
    "{\"token\":\"t\"}",
    "{\"token\":\"\",\"user\":{\"id\":\"u\",\"name\":\"N\",\"role\":\"caseworker\"}}",
    "{\"token\":\"two words\",\"user\":{\"id\":\"u\",\"name\":\"N\",\"role\":\"caseworker\"}}",
    "{\"token\":\"a\\r\\nX-Evil: 1\",\"user\":{\"id\":\"u\",\"name\":\"N\",\"role\":\"caseworker\"}}",
    "{\"token\":\"t\",\"user\":{\"id\":\"u\",\"name\":\"N\",\"role\":\"king\"}}",
    "{\"token\":\"t\",\"user\":{\"name\":\"N\",\"role\":\"caseworker\"}}",
  };
  g_autoptr (GBytes) body
    = bytes_of ("{\"token\":\"t0ken\",\"expires_at\":\"2026-12-01T00:00:00Z\",\"user\":{\"id\":\"u1\","
                "\"name\":\"N\",\"role\":\"embassy_liaison\",\"office\":null,\"mission\":\"m1\"}}");
  g_autoptr (HwSignIn) sign_in = hw_sync_sign_in_decode (body, "device-1", NULL);

  g_assert_cmpstr (sign_in->token, ==, "t0ken");
  g_assert_cmpint (sign_in->actor->role, ==, HW_ROLE_EMBASSY_LIAISON);
  g_assert_cmpstr (sign_in->actor->mission, ==, "m1");
  g_assert_cmpstr (sign_in->actor->device, ==, "device-1");
  g_assert_null (sign_in->actor->office);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GBytes) answer = bytes_of (bad[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (hw_sync_sign_in_decode (answer, "device-1", &error));
      g_assert_error (error, HW_SYNC_ERROR, HW_SYNC_ERROR_PROTOCOL);
    }
}

static void
test_problem (void)
{
  g_autoptr (GBytes) problem = bytes_of (PROBLEM ("schema-unsupported"));
  g_autoptr (GBytes) page = bytes_of ("<html>no</html>");
  g_autoptr (GBytes) odd = bytes_of ("{\"type\":{}}");
  g_autofree char *type = hw_sync_problem_type (problem);

  g_assert_cmpstr (type, ==, "urn:homeward:problem:schema-unsupported");
  g_assert_null (hw_sync_problem_type (page));
  g_assert_null (hw_sync_problem_type (odd));
}

/* ---- Batches ---- */

static void
add_operation (GPtrArray *pending, const char *id, const char *record, const char *group)
{
  HwOperation *operation
    = hw_operation_new (id, HW_ACTION_UPDATE, HW_TYPE_ID_CASE, record, CASE);

  hw_operation_set_text (operation, HW_FIELD_CASE_LOCATION_PLACE, "Farwaniya", 1);
  operation->group = g_strdup (group);
  g_ptr_array_add (pending, operation);
}

static char *
ids_of (HwSyncBatch *batch)
{
  GString *ids = g_string_new (NULL);

  for (guint i = 0; batch != NULL && i < batch->operations->len; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? " " : "",
                            ((HwOperation *) g_ptr_array_index (batch->operations, i))->id);
  return g_string_free (ids, FALSE);
}

static void
test_batches (void)
{
  static const struct
  {
    const char *skip;
    guint max;
    gsize bytes;
    const char *ids;
  } rows[] = {
    { NULL, 500, 1000000, "a1 b1 g1 g2 g3 a2 c1" },
    { NULL, 2, 1000000, "a1 b1" },
    { NULL, 3, 1000000, "a1 b1" },          /* the group does not fit and is not cut */
    { NULL, 5, 1000000, "a1 b1 g1 g2 g3" },
    { NULL, 500, 1, "a1" },                 /* one at least, however large */
    { "a1", 500, 1000000, "b1 g1 g2 g3 c1" },  /* a2 comes after a1 on the same record */
    { "g2", 500, 1000000, "a1 b1 a2 c1" },  /* all or none */
    { "b1", 1, 1000000, "a1" },
    { "a1 b1 g1 c1", 500, 1000000, "" },
  };
  g_autoptr (GPtrArray) pending
    = g_ptr_array_new_with_free_func ((GDestroyNotify) hw_operation_unref);

  add_operation (pending, "a1", "ra", NULL);
  add_operation (pending, "b1", "rb", NULL);
  add_operation (pending, "g1", "rg1", "group");
  add_operation (pending, "g2", "rg2", "group");
  add_operation (pending, "g3", "rg3", "group");
  add_operation (pending, "a2", "ra", NULL);
  add_operation (pending, "c1", "rc", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GHashTable) skip = g_hash_table_new (g_str_hash, g_str_equal);
      g_auto (GStrv) words = g_strsplit (rows[i].skip != NULL ? rows[i].skip : "", " ", -1);
      g_autoptr (HwSyncBatch) batch = NULL;
      g_autofree char *ids = NULL;

      for (guint w = 0; words[w] != NULL; w++)
        g_hash_table_add (skip, words[w]);
      batch = hw_sync_batch_pick (pending, skip, rows[i].max, rows[i].bytes);
      ids = ids_of (batch);
      g_assert_cmpstr (ids, ==, rows[i].ids);
      g_assert_cmpint (batch == NULL, ==, *rows[i].ids == '\0');
    }
}

static void
test_batch_size (void)
{
  g_autoptr (GPtrArray) pending
    = g_ptr_array_new_with_free_func ((GDestroyNotify) hw_operation_unref);
  g_autoptr (GHashTable) skip = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (HwSyncBatch) batch = NULL;
  g_autoptr (JsonNode) node = NULL;
  const char *why;

  for (guint i = 0; i < 600; i++)
    {
      g_autofree char *id = g_strdup_printf ("01890000-0000-7000-8000-%012u", i);

      add_operation (pending, id, id, NULL);
    }
  batch = hw_sync_batch_pick (pending, skip, HW_SYNC_PUSH_MAX_OPERATIONS, 20000);
  g_assert_cmpuint (g_bytes_get_size (batch->body), <=, 20000);
  g_assert_cmpuint (g_bytes_get_size (batch->body), >, 19000);
  node = hw_json_tree_parse (g_bytes_get_data (batch->body, NULL), g_bytes_get_size (batch->body),
                             HW_JSON_MAX_BYTES, &why);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (json_node_get_object (node),
                                                                         "operations")),
                    ==, batch->operations->len);
  g_clear_pointer (&batch, hw_sync_batch_free);
  batch = hw_sync_batch_pick (pending, skip, HW_SYNC_PUSH_MAX_OPERATIONS, HW_SYNC_PUSH_MAX_BYTES);
  g_assert_cmpuint (batch->operations->len, ==, 500);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/codec/page/reads-what-the-contract-says", test_page);
  g_test_add_func ("/codec/page/refuses-the-whole-for-any-fault", test_bad_pages);
  g_test_add_func ("/codec/page/survives-damage-anywhere", test_damaged_pages);
  g_test_add_func ("/codec/tree/equals-the-parser", test_tree_equals_parser);
  g_test_add_func ("/codec/results/reads-every-status", test_results);
  g_test_add_func ("/codec/results/refuses-an-answer-to-anything-else", test_bad_results);
  g_test_add_func ("/codec/names/reads-or-refuses", test_names);
  g_test_add_func ("/codec/history/reads-or-refuses", test_history);
  g_test_add_func ("/codec/audit/reads-or-refuses", test_audit);
  g_test_add_func ("/codec/sign-in/reads-or-refuses", test_sign_in);
  g_test_add_func ("/codec/problem/reads-its-type", test_problem);
  g_test_add_func ("/codec/batch/keeps-groups-and-order", test_batches);
  g_test_add_func ("/codec/batch/stays-under-its-size", test_batch_size);
  return g_test_run ();
}
