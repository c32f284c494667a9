/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The JSON guard's limits and reasons. What is and is not JSON is in the corpus.
 */
#include <string.h>

#include "base/hw-base.h"

static const char *
verdict (const char *text)
{
  const char *why = "unset";
  gboolean good = hw_json_guard (text, strlen (text), HW_JSON_MAX_BYTES, HW_JSON_MAX_DEPTH, &why);

  g_assert_true (good == (why == NULL));
  return good ? "good" : why;
}

static void
test_reasons (void)
{
  g_assert_cmpstr (verdict ("{}"), ==, "good");
  g_assert_cmpstr (verdict (""), ==, "empty");
  g_assert_cmpstr (verdict ("{\"a\":1,\"a\":2}"), ==, "member given twice");
  g_assert_cmpstr (verdict ("{\"a\":1,\"\\u0061\":2}"), ==, "member given twice");
  g_assert_cmpstr (verdict ("{\"\\ud83d\\ude00\":1,\"😀\":2}"), ==, "member given twice");
  g_assert_cmpstr (verdict ("{\"\\/\":1,\"/\":2}"), ==, "member given twice");
  g_assert_cmpstr (verdict ("\"\\ud83d\""), ==, "half of a surrogate pair");
  g_assert_cmpstr (verdict ("\"\\u0000\""), ==, "NUL in a string");
  g_assert_cmpstr (verdict ("\"\xff\""), ==, "not UTF-8");
  g_assert_cmpstr (verdict ("01"), ==, "number with a leading zero");
  g_assert_cmpstr (verdict ("\"a\nb\""), ==, "control character in a string");
  g_assert_cmpstr (verdict ("[1]]"), ==, "more than one value");
  g_assert_cmpstr (verdict ("[1"), ==, "unfinished");
  g_assert_cmpstr (verdict ("[1,]"), ==, "not a JSON value");
}

static void
test_keys_that_only_look_alike (void)
{
  g_assert_cmpstr (verdict ("{\"a\":1,\"A\":2,\"aa\":3,\"\":4,\"\\\\u0061\":5}"), ==, "good");
  g_assert_cmpstr (verdict ("{\"e\\u0301\":1,\"\\u00e9\":2}"), ==, "good");
}

static void
test_reason_is_optional (void)
{
  g_assert_true (hw_json_guard ("1", 1, 1, 0, NULL));
  g_assert_false (hw_json_guard ("x", 1, 1, 0, NULL));
  g_assert_false (hw_json_guard (NULL, 0, 1, 0, NULL));
}

static void
test_size (void)
{
  const char *why;

  g_assert_true (hw_json_guard ("[1]", 3, 3, 1, &why));
  g_assert_false (hw_json_guard ("[1]", 3, 2, 1, &why));
  g_assert_cmpstr (why, ==, "too large");
}

/* The bytes behind the length are never looked at. */
static void
test_length_is_the_end (void)
{
  g_assert_true (hw_json_guard ("[1]junk", 3, 100, 4, NULL));
  g_assert_false (hw_json_guard ("[1]", 2, 100, 4, NULL));
  g_assert_false (hw_json_guard ("\"a\"", 2, 100, 4, NULL));
  g_assert_false (hw_json_guard ("true", 3, 100, 4, NULL));
  g_assert_true (hw_json_guard ("123", 2, 100, 4, NULL));
}

/* Every prefix in a buffer of exactly its size, where a sanitizer sees a byte read too many. */
static void
test_every_prefix (void)
{
  const char *text = "{\"a\\u00e9\\ud83d\\ude00\":[true,false,null,-1.5e+3,\"x\\n\"],\"b\":{}}";
  gsize whole = strlen (text);

  for (gsize length = 0; length <= whole; length++)
    {
      g_autofree char *copy = g_memdup2 (text, length);

      g_assert_true (hw_json_guard (copy, length, 1000, 16, NULL) == (length == whole));
    }
}

static void
test_depth (void)
{
  for (guint depth = 0; depth <= 70; depth++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint i = 0; i < depth; i++)
        g_string_append (text, i % 2 ? "[" : "{\"a\":");
      g_string_append_c (text, '1');
      for (guint i = depth; i > 0; i--)
        g_string_append (text, (i - 1) % 2 ? "]" : "}");
      g_assert_true (hw_json_guard (text->str, text->len, 10000, 16, NULL) == (depth <= 16));
      g_assert_true (hw_json_guard (text->str, text->len, 10000, G_MAXUINT, NULL) == (depth <= 64));
    }
}

static void
test_hundred_thousand_brackets (void)
{
  g_autofree char *text = g_strnfill (100000, '[');
  const char *why;

  g_assert_false (hw_json_guard (text, 100000, HW_JSON_MAX_BYTES, HW_JSON_MAX_DEPTH, &why));
  g_assert_cmpstr (why, ==, "nested too deeply");
}

static char *
many_members (guint count, const char *last)
{
  GString *text = g_string_new ("{");

  for (guint i = 0; i < count; i++)
    g_string_append_printf (text, "\"%06u\":0,", i * 7919 % 999983);
  g_string_append_printf (text, "\"%s\":0}", last);
  return g_string_free (text, FALSE);
}

/* Around the number from which keys are sorted, and at the most that fits. */
static void
test_many_members (void)
{
  const guint counts[] = { 1, 6, 7, 8, 9, 100, 90000 };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autofree char *fine = many_members (counts[i], "last");
      g_autofree char *twice = many_members (counts[i], "000000");
      g_autofree char *escaped = many_members (counts[i], "00000\\u0030");

      g_assert_cmpstr (verdict (fine), ==, "good");
      g_assert_cmpstr (verdict (twice), ==, "member given twice");
      g_assert_cmpstr (verdict (escaped), ==, "member given twice");
    }
}

/* Keys of an object belong to it alone: those of a closed child are forgotten, those of a parent
 * stay. */
static void
test_nested_objects (void)
{
  g_assert_cmpstr (verdict ("{\"a\":{\"a\":{\"a\":1}},\"b\":{\"a\":1}}"), ==, "good");
  g_assert_cmpstr (verdict ("{\"a\":{\"b\":1},\"c\":{\"b\":2},\"a\":3}"), ==, "member given twice");
  g_assert_cmpstr (verdict ("[{\"a\":1},{\"a\":1},[{\"a\":1}]]"), ==, "good");
  g_assert_cmpstr (verdict ("{\"a\":[{\"a\":1,\"a\":2}]}"), ==, "member given twice");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-guard/says-why", test_reasons);
  g_test_add_func ("/json-guard/reason-is-optional", test_reason_is_optional);
  g_test_add_func ("/json-guard/members/different-ones-stay-different",
                   test_keys_that_only_look_alike);
  g_test_add_func ("/json-guard/members/belong-to-their-object", test_nested_objects);
  g_test_add_func ("/json-guard/members/many", test_many_members);
  g_test_add_func ("/json-guard/limits/size", test_size);
  g_test_add_func ("/json-guard/limits/length", test_length_is_the_end);
  g_test_add_func ("/json-guard/limits/every-prefix", test_every_prefix);
  g_test_add_func ("/json-guard/limits/depth", test_depth);
  g_test_add_func ("/json-guard/limits/100000-brackets", test_hundred_thousand_brackets);
  return g_test_run ();
}
