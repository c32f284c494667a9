/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Operations and items on the wire: round trips, and everything a hostile sender might try.
 */
#include "fixture.h"

#define ID "018f0000-0000-7000-8000-000000000001"
#define REC "018f0000-0000-7000-8000-000000000002"

static HwOperation *
parse (const char *text, char **pointer, GError **error)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  g_assert_nonnull (node);
  return hw_operation_from_json (node, pointer, error);
}

static void
assert_round_trip (const char *text)
{
  g_autofree char *pointer = NULL, *again = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (HwOperation) operation = parse (text, &pointer, &error);
  g_autoptr (JsonNode) node = NULL, first = json_from_string (text, NULL);

  g_assert_no_error (error);
  node = hw_operation_to_json (operation);
  again = json_to_string (node, FALSE);
  g_test_message ("%s", again);
  g_assert_true (json_node_equal (first, node));
}

static void
test_round_trips (void)
{
  assert_round_trip (
    "{\"id\":\"" ID "\",\"type\":\"travel_document\",\"record\":\"" REC "\",\"case\":\"" CASE
    "\",\"action\":\"update\",\"base\":{\"status\":88},\"set\":{\"status\":\"issued\","
    "\"number\":\"LP0012345\"},\"at\":\"2026-11-20T09:00:00+03:00\"}");
  assert_round_trip ("{\"id\":\"" ID "\",\"type\":\"person\",\"record\":\"" REC
                     "\",\"action\":\"update\",\"group\":\"g1\",\"add\":{\"aliases\":[\"Amina\"]},"
                     "\"remove\":{\"aliases\":[\"Ina\"]},\"base\":{\"aliases\":7}}");
  assert_round_trip ("{\"id\":\"" ID "\",\"type\":\"person\",\"record\":\"" REC
                     "\",\"action\":\"create\",\"set\":{\"birth_date\":{\"date\":\"2000-01-01\","
                     "\"precision\":\"year\"},\"number_of_children\":2,\"given_names\":null}}");
  assert_round_trip ("{\"id\":\"" ID "\",\"type\":\"task\",\"record\":\"" REC
                     "\",\"action\":\"delete\",\"seen\":[9]}");
  assert_round_trip ("{\"id\":\"" ID "\",\"record\":\"" REC
                     "\",\"action\":\"resolve\",\"choice\":\"offered\",\"seen\":[4,5]}");
  assert_round_trip ("{\"id\":\"" ID "\",\"record\":\"" REC
                     "\",\"action\":\"resolve\",\"choice\":\"value\",\"value\":\"medium\"}");
  assert_round_trip ("{\"id\":\"" ID "\",\"record\":\"" REC
                     "\",\"action\":\"resolve\",\"choice\":\"value\",\"value\":null}");
  assert_round_trip ("{\"id\":\"" ID "\",\"record\":\"" REC
                     "\",\"action\":\"resolve\",\"choice\":\"value\",\"value\":true}");
  assert_round_trip ("{\"id\":\"" ID "\",\"record\":\"" REC
                     "\",\"action\":\"resolve\",\"choice\":\"value\",\"value\":[\"a\",\"b\"]}");
  assert_round_trip ("{\"id\":\"" ID "\",\"record\":\"" REC
                     "\",\"action\":\"resolve\",\"choice\":\"value\",\"value\":{\"minor\":5,"
                     "\"currency\":\"KWD\"}}");
  assert_round_trip ("{\"id\":\"" ID "\",\"type\":\"movement\",\"record\":\"" REC
                     "\",\"action\":\"update\",\"set\":{\"emergency_number_given\":true}}");
}

#define HEAD "{\"id\":\"" ID "\",\"type\":\"person\",\"record\":\"" REC "\","

static void
test_hostile_operations (void)
{
  static const struct
  {
    const char *text, *pointer;
  } hostile[] = {
    { "[]", "" },
    { "\"x\"", "" },
    { "{}", "/action" },
    { HEAD "\"action\":\"drop\"}", "/action" },
    { HEAD "\"action\":5}", "/action" },
    { HEAD "\"action\":\"update\",\"sudo\":true}", "/sudo" },
    { "{\"id\":\"1\",\"type\":\"person\",\"record\":\"" REC "\",\"action\":\"update\"}", "/id" },
    { "{\"type\":\"person\",\"record\":\"" REC "\",\"action\":\"update\"}", "/id" },
    { "{\"id\":\"" ID "\",\"type\":\"person\",\"action\":\"update\"}", "/record" },
    { "{\"id\":\"" ID "\",\"record\":\"" REC "\",\"action\":\"update\"}", "/type" },
    { "{\"id\":\"" ID "\",\"type\":\"spy\",\"record\":\"" REC "\",\"action\":\"update\"}",
      "/type" },
    { HEAD "\"action\":\"update\",\"case\":\"../x\"}", "/case" },
    { HEAD "\"action\":\"update\",\"at\":\"yesterday\"}", "/at" },
    { HEAD "\"action\":\"update\",\"group\":\"\"}", "/group" },
    { HEAD "\"action\":\"update\",\"set\":[]}", "/set" },
    { HEAD "\"action\":\"update\",\"set\":{\"shoe_size\":4}}", "/set/shoe_size" },
    { HEAD "\"action\":\"update\",\"set\":{\"role\":\"boss\"}}", "/set/role" },
    { HEAD "\"action\":\"update\",\"set\":{\"given_names\":7}}", "/set/given_names" },
    { HEAD "\"action\":\"update\",\"set\":{\"birth_date\":{\"date\":\"2000-02-30\",\"precision\":"
           "\"day\"}}}",
      "/set/birth_date" },
    { HEAD "\"action\":\"update\",\"set\":{\"aliases\":[\"a\"]},\"add\":{\"aliases\":[\"b\"]}}",
      "/add/aliases" },
    { HEAD "\"action\":\"update\",\"add\":{\"aliases\":[\"b\"]},\"remove\":{\"aliases\":[\"b\"]}}",
      "/remove/aliases" },
    { HEAD "\"action\":\"update\",\"add\":{\"given_names\":[\"b\"]}}", "/add/given_names" },
    { HEAD "\"action\":\"update\",\"add\":{\"aliases\":[4]}}", "/add/aliases" },
    { HEAD "\"action\":\"update\",\"base\":{\"role\":3}}", "/base/role" },
    { HEAD "\"action\":\"update\",\"set\":{\"role\":null},\"base\":{\"role\":-3}}", "/base/role" },
    { HEAD "\"action\":\"update\",\"set\":{\"role\":null},\"base\":{\"role\":\"3\"}}",
      "/base/role" },
    { HEAD "\"action\":\"update\",\"choice\":\"current\"}", "/choice" },
    { HEAD "\"action\":\"update\",\"seen\":[1]}", "/seen" },
    { HEAD "\"action\":\"delete\",\"set\":{}}", "/set" },
    { HEAD "\"action\":\"resolve\"}", "/choice" },
    { HEAD "\"action\":\"resolve\",\"choice\":\"mine\"}", "/choice" },
    { HEAD "\"action\":\"resolve\",\"choice\":\"value\"}", "/value" },
    { HEAD "\"action\":\"resolve\",\"choice\":\"current\",\"value\":1}", "/value" },
    { HEAD "\"action\":\"resolve\",\"choice\":\"value\",\"value\":{\"a\":{}}}", "/value" },
    { HEAD "\"action\":\"resolve\",\"choice\":\"current\",\"seen\":[\"1\"]}", "/seen" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autofree char *pointer = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (HwOperation) operation = parse (hostile[i].text, &pointer, &error);

      g_test_message ("%s", hostile[i].text);
      g_assert_null (operation);
      g_assert_true (error != NULL && error->domain == HW_SCHEMA_ERROR);
      g_assert_cmpstr (pointer, ==, hostile[i].pointer);
    }
}

static HwItem *
parse_item (const char *text, GError **error)
{
  return hw_item_from_text (text, error);
}

static void
assert_item_round_trip (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HwItem) item = parse_item (text, &error);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (JsonNode) first = json_from_string (text, NULL), second = NULL;

  g_assert_no_error (error);
  hw_item_append_json (item, out);
  second = json_from_string (out->str, NULL);
  g_test_message ("%s", out->str);
  g_assert_true (json_node_equal (first, second));
}

/* Members come in any order, and those of a newer server are passed over. */
static void
test_items_in_any_order (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HwItem) item = hw_item_from_text (
    "{\"field_revs\":{\"later\":1.5,\"text\":4},\"later\":{\"a\":[\"}]\\\"\",{}]},\"fields\":{\"later\":[1],"
    "\"text\":\"She \\u00e9\\\"\"},\"rev\":4,\"case\":\"" CASE "\",\"id\":\"" REC
    "\",\"type\":\"note\",\"op\":\"put\"}",
    &error);

  g_assert_no_error (error);
  g_assert_cmpstr (hw_record_get_text (item->record, HW_FIELD_NOTE_TEXT), ==, "She é\"");
  g_assert_cmpuint (hw_record_field_rev (item->record, HW_FIELD_NOTE_TEXT), ==, 4);
  g_assert_cmpstr (hw_record_case (item->record), ==, CASE);
}

static void
test_items (void)
{
  assert_item_round_trip ("{\"op\":\"put\",\"type\":\"travel_document\",\"id\":\"" REC
                          "\",\"case\":\"" CASE
                          "\",\"rev\":91,\"fields\":{\"status\":\"issued\",\"single_journey\":"
                          "true},\"field_revs\":{\"status\":91}}");
  assert_item_round_trip ("{\"op\":\"put\",\"type\":\"embassy_request\",\"id\":\"" REC
                          "\",\"rev\":1,\"created_at\":\"2026-11-24T09:00:00Z\",\"created_by\":"
                          "\"the office\",\"fields\":{\"given_names\":\"A \\\"B\\\" \\\\\"},"
                          "\"field_revs\":{}}");
  assert_item_round_trip ("{\"op\":\"delete\",\"type\":\"task\",\"id\":\"" REC "\",\"rev\":92}");
  assert_item_round_trip ("{\"op\":\"purge\",\"case\":\"" CASE "\",\"rev\":93}");
  assert_item_round_trip ("{\"op\":\"purge\",\"request\":\"" REC "\",\"rev\":3}");
  assert_item_round_trip (
    "{\"op\":\"conflict\",\"type\":\"case\",\"id\":\"" ID "\",\"record\":\"" REC
    "\",\"field\":\"urgency\",\"rev\":94,\"base\":\"low\",\"current\":"
    "\"high\",\"offered\":null,\"by\":\"u\",\"at\":\"t\",\"state\":\"open\"}");
}

static void
test_item_of_a_newer_server (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HwItem) item
    = parse_item ("{\"op\":\"put\",\"type\":\"task\",\"id\":\"" REC
                  "\",\"rev\":1,\"mood\":1,\"fields\":{\"title\":\"x\",\"colour\":{\"a\":[]}},"
                  "\"field_revs\":{\"title\":1,\"colour\":1}}",
                  &error);

  g_assert_no_error (error);
  g_assert_cmpstr (hw_record_get_text (item->record, HW_FIELD_TASK_TITLE), ==, "x");
  g_assert_null (hw_record_case (item->record));
}

static void
test_hostile_items (void)
{
  static const char *const hostile[] = {
    "[]",
    "{}",
    "{\"op\":\"steal\",\"rev\":1}",
    "{\"op\":\"delete\",\"type\":\"task\",\"id\":\"" REC "\"}",
    "{\"op\":\"delete\",\"type\":\"task\",\"id\":\"" REC "\",\"rev\":-1}",
    "{\"op\":\"delete\",\"type\":\"task\",\"id\":\"x\",\"rev\":1}",
    "{\"op\":\"delete\",\"type\":\"spy\",\"id\":\"" REC "\",\"rev\":1}",
    "{\"op\":\"purge\",\"rev\":1}",
    "{\"op\":\"purge\",\"rev\":1,\"case\":\"" CASE "\",\"request\":\"" REC "\"}",
    "{\"op\":\"put\",\"type\":\"task\",\"id\":\"" REC "\",\"rev\":1}",
    "{\"op\":\"put\",\"type\":\"task\",\"id\":\"" REC "\",\"rev\":1,\"fields\":{\"title\":{}}}",
    "{\"op\":\"put\",\"type\":\"task\",\"id\":\"" REC
    "\",\"rev\":1,\"fields\":{\"due_on\":\"2026-13-01\"}}",
    "{\"op\":\"put\",\"type\":\"task\",\"id\":\"" REC
    "\",\"rev\":1,\"fields\":{},\"field_revs\":{\"title\":\"1\"}}",
    "{\"op\":\"conflict\",\"type\":\"case\",\"id\":\"" ID "\",\"record\":\"" REC
    "\",\"field\":\"mood\",\"rev\":1,\"state\":\"open\"}",
    "{\"op\":\"conflict\",\"type\":\"case\",\"id\":\"" ID "\",\"record\":\"" REC
    "\",\"field\":\"urgency\",\"rev\":1,\"state\":\"lost\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HwItem) item = parse_item (hostile[i], &error);

      g_test_message ("%s", hostile[i]);
      g_assert_null (item);
      g_assert_true (error != NULL && error->domain == HW_SCHEMA_ERROR);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/operation/json/comes-back-as-it-went", test_round_trips);
  g_test_add_func ("/operation/json/refuses-with-a-pointer", test_hostile_operations);
  g_test_add_func ("/item/json/comes-back-as-it-went", test_items);
  g_test_add_func ("/item/members-in-any-order", test_items_in_any_order);
  g_test_add_func ("/item/json/ignores-what-a-newer-server-adds", test_item_of_a_newer_server);
  g_test_add_func ("/item/json/refuses-the-malformed", test_hostile_items);
  return g_test_run ();
}
