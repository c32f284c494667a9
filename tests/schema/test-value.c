/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values: every field of every type goes through JSON and storage and comes back the same; what
 * does not belong is refused with the right code, and the message never repeats it.
 */
#include <glib.h>
#include <string.h>

#include "schema/hw-value.h"

#define ID "018f3b1e-7c00-7abc-8def-0123456789ab"

static const char *
sample_json (const HwFieldDef *field)
{
  switch (field->kind)
    {
      case HW_KIND_TEXT:
      case HW_KIND_LONG_TEXT:
        return "\"Aline \\\"N.\\\" é\"";
      case HW_KIND_INTEGER:
        return "1";
      case HW_KIND_BOOLEAN:
        return "true";
      case HW_KIND_TEXT_SET:
        return "[\"a\",\"b c\"]";
      case HW_KIND_REFERENCE:
        return "\"" ID "\"";
      case HW_KIND_REFERENCE_SET:
        return "[\"" ID "\"]";
      case HW_KIND_DATE:
        return "\"2026-11-24\"";
      case HW_KIND_HISTORY_DATE:
        return "{\"date\":\"1999-01-01\",\"precision\":\"year\"}";
      case HW_KIND_TIMESTAMP:
        return "\"2026-11-24T09:00:00+03:00\"";
      case HW_KIND_LOCAL_TIME:
        return "{\"at\":\"2026-11-27T01:15\",\"zone\":\"Asia/Kuwait\"}";
      case HW_KIND_TIME_OF_DAY:
        return "\"23:00\"";
      case HW_KIND_MONEY:
        return "{\"minor\":280000,\"currency\":\"KWD\"}";
      case HW_KIND_COUNTRY:
        return "\"BI\"";
      case HW_KIND_COUNTRY_SET:
        return "[\"BI\",\"KW\"]";
      case HW_KIND_LANGUAGE:
        return "\"run\"";
      case HW_KIND_LANGUAGE_SET:
        return "[\"fra\",\"run\"]";
      case HW_KIND_CURRENCY:
        return "\"BIF\"";
      case HW_KIND_PHONE:
        return "\"+25779000000\"";
      case HW_KIND_ZONE:
        return "\"Africa/Bujumbura\"";
      case HW_KIND_USER:
        return "\"" ID "\"";
      default:
        return NULL;
    }
}

static HwValue *
decode (const HwFieldDef *field, const char *json, GError **error)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  g_autoptr (HwValue) read = NULL;
  HwValue *value = NULL;
  HwJsonReader reader;
  gboolean taken;

  g_assert_nonnull (node);
  taken = hw_value_from_json (field, node, &value, error);
  g_assert_true (taken == (error == NULL || *error == NULL));
  /* Without a tree it is taken or refused alike. */
  hw_json_reader_init (&reader, json, strlen (json));
  g_assert_true (hw_value_read (field, &reader, &read, NULL) == taken);
  g_assert_true (hw_value_equal (read, value));
  hw_json_reader_clear (&reader);
  return value;
}

static char *
encode (const HwFieldDef *field, const HwValue *value)
{
  GString *out = g_string_new (NULL);

  hw_field_append_json (field, value, out);
  return g_string_free (out, FALSE);
}

static void
assert_round_trip (const HwFieldDef *field, const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HwValue) value = decode (field, json, &error);
  g_autoptr (HwValue) stored = NULL;
  g_autoptr (HwValue) again = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;
  g_autofree char *column = NULL;

  g_test_message ("%s.%s", hw_schema_type (field->type)->name, field->name);
  g_assert_no_error (error);
  g_assert_nonnull (value);
  text = encode (field, value);
  g_assert_cmpstr (text, ==, json);
  node = hw_value_to_json (value);
  g_assert_true (hw_value_from_json (field, node, &again, &error));
  g_assert_true (hw_value_equal (value, again));
  column = hw_value_to_storage (value);
  stored = hw_value_from_storage (field, hw_value_shape (value) == HW_SHAPE_INTEGER ? "1" : column);
  g_assert_true (hw_value_equal (value, stored));
}

static void
test_every_field (void)
{
  for (guint id = 1; id < HW_N_FIELDS; id++)
    {
      const HwFieldDef *field = hw_schema_field ((HwFieldId)id);

      for (guint i = 0; i < field->n_choices; i++)
        {
          g_autofree char *json = g_strdup_printf (
            field->kind == HW_KIND_CHOICE ? "\"%s\"" : "[\"%s\"]", field->choices[i].nick);

          assert_round_trip (field, json);
        }
      if (field->n_choices == 0)
        assert_round_trip (field, sample_json (field));
    }
}

typedef struct
{
  HwFieldId field;
  const char *json;
  HwSchemaError code;
} BadValue;

static const BadValue bad_values[] = {
  { HW_FIELD_PERSON_GIVEN_NAMES, "7", HW_SCHEMA_ERROR_KIND },
  { HW_FIELD_PERSON_GIVEN_NAMES, "[\"a\"]", HW_SCHEMA_ERROR_KIND },
  { HW_FIELD_PERSON_GIVEN_NAMES, "[]", HW_SCHEMA_ERROR_KIND },
  { HW_FIELD_PERSON_GIVEN_NAMES, "\"a\\nb\"", HW_SCHEMA_ERROR_FORMAT },
  { HW_FIELD_PERSON_GIVEN_NAMES, "\"a\\u0007b\"", HW_SCHEMA_ERROR_FORMAT },
  { HW_FIELD_PERSON_NUMBER_OF_CHILDREN, "\"4\"", HW_SCHEMA_ERROR_KIND },
  { HW_FIELD_PERSON_NUMBER_OF_CHILDREN, "4.0", HW_SCHEMA_ERROR_KIND },
  { HW_FIELD_PERSON_NUMBER_OF_CHILDREN, "true", HW_SCHEMA_ERROR_KIND },
  { HW_FIELD_PERSON_NUMBER_OF_CHILDREN, "-1", HW_SCHEMA_ERROR_FORMAT },
  { HW_FIELD_PERSON_NUMBER_OF_CHILDREN, "31", HW_SCHEMA_ERROR_FORMAT },
  { HW_FIELD_PERSON_NUMBER_OF_CHILDREN, "9223372036854775807", HW_SCHEMA_ERROR_FORMAT },
  { HW_FIELD_CASE_LEGAL_HOLD, "\"true\"", HW_SCHEMA_ERROR_KIND },
  { HW_FIELD_CASE_LEGAL_HOLD, "2", HW_SCHEMA_ERROR_KIND },
  { HW_FIELD_CASE_STATUS, "\"open\"", HW_SCHEMA_ERROR_CHOICE },
  { HW_FIELD_CASE_STATUS, "\"Active\"", HW_SCHEMA_ERROR_CHOICE },
  { HW_FIELD_SCREENING_ACT, "[\"recruit\",\"hire\"]", HW_SCHEMA_ERROR_CHOICE },
  { HW_FIELD_SCREENING_ACT, "\"recruit\"", HW_SCHEMA_ERROR_KIND },
  { HW_FIELD_SCREENING_ACT, "[1]", HW_SCHEMA_ERROR_KIND },
  { HW_FIELD_SCREENING_ACT, "[null]", HW_SCHEMA_ERROR_KIND },
  { HW_FIELD_PERSON_ALIASES, "[\"\"]", HW_SCHEMA_ERROR_FORMAT },
  { HW_FIELD_CASE_OFFICE, "\"bujumbura\"", HW_SCHEMA_ERROR_FORMAT },
  { HW_FIELD_CASE_OFFICE, "\"018F3B1E-7C00-7ABC-8DEF-0123456789AB\"", HW_SCHEMA_ERROR_FORMAT },
  { HW_FIELD_CASE_OPENED_ON, "\"2026-02-30\"", HW_SCHEMA_ERROR_FORMAT },
  { HW_FIELD_CASE_OPENED_ON, "\"24/11/2026\"", HW_SCHEMA_ERROR_FORMAT },
  { HW_FIELD_PERSON_BIRTH_DATE, "\"1999-01-01\"", HW_SCHEMA_ERROR_KIND },
  { HW_FIELD_PERSON_BIRTH_DATE, "{\"date\":\"1999-01-01\"}", HW_SCHEMA_ERROR_KIND },
  { HW_FIELD_PERSON_BIRTH_DATE,
    "{\"date\":\"1999-13-01\",\"precision\":\"day\"}",
    HW_SCHEMA_ERROR_FORMAT },
  { HW_FIELD_PERSON_BIRTH_DATE,
    "{\"date\":\"1999-01-01\",\"precision\":\"about\"}",
    HW_SCHEMA_ERROR_FORMAT },
  { HW_FIELD_PERSON_BIRTH_DATE,
    "{\"date\":\"1999-01-01\",\"precision\":\"day\",\"x\":1}",
    HW_SCHEMA_ERROR_KIND },
  { HW_FIELD_CONSENT_GRANTED_AT, "\"2026-11-24T09:00:00\"", HW_SCHEMA_ERROR_FORMAT },
  { HW_FIELD_CONSENT_GRANTED_AT, "\"yesterday\"", HW_SCHEMA_ERROR_FORMAT },
  { HW_FIELD_SEGMENT_DEPARTS_AT,
    "{\"at\":\"2026-11-27T01:15\",\"zone\":\"Kuwait\\u0000\"}",
    HW_SCHEMA_ERROR_FORMAT },
  { HW_FIELD_SEGMENT_DEPARTS_AT,
    "{\"at\":\"2026-11-27T01:15\",\"zone\":\"Mars/Olympus\"}",
    HW_SCHEMA_ERROR_FORMAT },
  { HW_FIELD_SEGMENT_DEPARTS_AT,
    "{\"at\":\"2026-11-27\",\"zone\":\"Asia/Kuwait\"}",
    HW_SCHEMA_ERROR_FORMAT },
  { HW_FIELD_SAFE_CONTACT_WINDOW_FROM, "\"25:00\"", HW_SCHEMA_ERROR_FORMAT },
  { HW_FIELD_MOVEMENT_COST, "280", HW_SCHEMA_ERROR_KIND },
  { HW_FIELD_MOVEMENT_COST, "{\"minor\":\"280\",\"currency\":\"KWD\"}", HW_SCHEMA_ERROR_KIND },
  { HW_FIELD_MOVEMENT_COST, "{\"minor\":2.5,\"currency\":\"KWD\"}", HW_SCHEMA_ERROR_KIND },
  { HW_FIELD_MOVEMENT_COST, "{\"minor\":-1,\"currency\":\"KWD\"}", HW_SCHEMA_ERROR_FORMAT },
  { HW_FIELD_MOVEMENT_COST, "{\"minor\":280,\"currency\":\"kwd\"}", HW_SCHEMA_ERROR_FORMAT },
  { HW_FIELD_MOVEMENT_COST, "{\"minor\":280,\"currency\":\"QQQ\"}", HW_SCHEMA_ERROR_FORMAT },
  { HW_FIELD_CASE_NATIONALITY, "\"bi\"", HW_SCHEMA_ERROR_FORMAT },
  { HW_FIELD_CASE_NATIONALITY, "\"XX\"", HW_SCHEMA_ERROR_FORMAT },
  { HW_FIELD_CONSENT_LANGUAGE, "\"rn\"", HW_SCHEMA_ERROR_FORMAT },
  { HW_FIELD_CONSENT_LANGUAGE, "\"xqz\"", HW_SCHEMA_ERROR_FORMAT },
  { HW_FIELD_FAMILY_MEMBER_PHONE, "\"79000000\"", HW_SCHEMA_ERROR_FORMAT },
  { HW_FIELD_OFFICE_ZONE, "\"GMT plus 2\"", HW_SCHEMA_ERROR_FORMAT },
  { HW_FIELD_CASE_OWNER, "\"two words\"", HW_SCHEMA_ERROR_FORMAT },
};

static void
test_bad_values (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_values); i++)
    {
      const HwFieldDef *field = hw_schema_field (bad_values[i].field);
      g_autoptr (GError) error = NULL;
      g_autoptr (HwValue) value = NULL;

      g_test_message ("%s: %s", field->name, bad_values[i].json);
      value = decode (field, bad_values[i].json, &error);
      g_assert_null (value);
      g_assert_error (error, HW_SCHEMA_ERROR, (int)bad_values[i].code);
      g_assert_nonnull (strstr (error->message, field->label));
    }
}

static void
test_messages_keep_the_secret (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HwValue) value
    = decode (hw_schema_field (HW_FIELD_FAMILY_MEMBER_PHONE), "\"Uncle Pascal\"", &error);

  g_assert_null (value);
  g_assert_null (strstr (error->message, "Pascal"));
}

static void
test_too_long (void)
{
  const HwFieldDef *names = hw_schema_field (HW_FIELD_PERSON_GIVEN_NAMES);
  const HwFieldDef *aliases = hw_schema_field (HW_FIELD_PERSON_ALIASES);
  g_autofree char *longest = g_strnfill (names->max_length, 'a');
  g_autofree char *longer = g_strnfill (names->max_length + 1, 'a');
  g_autoptr (HwValue) fits = hw_value_new_text (longest);
  g_autoptr (HwValue) spills = hw_value_new_text (longer);
  g_autoptr (HwValue) many = NULL;
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  g_assert_true (hw_value_check (names, fits, &error));
  g_assert_false (hw_value_check (names, spills, &error));
  g_assert_error (error, HW_SCHEMA_ERROR, HW_SCHEMA_ERROR_TOO_LONG);
  g_clear_error (&error);
  for (guint i = 0; i < 201; i++)
    g_ptr_array_add (members, g_strdup_printf ("%u", i));
  g_ptr_array_add (members, NULL);
  many = hw_value_new_set ((const char *const *)members->pdata);
  g_assert_false (hw_value_check (aliases, many, &error));
  g_assert_error (error, HW_SCHEMA_ERROR, HW_SCHEMA_ERROR_TOO_LONG);
}

static void
test_nothing_is_unset (void)
{
  const HwFieldDef *names = hw_schema_field (HW_FIELD_PERSON_GIVEN_NAMES);
  const HwFieldDef *aliases = hw_schema_field (HW_FIELD_PERSON_ALIASES);
  g_autoptr (GError) error = NULL;

  g_assert_null (decode (names, "null", &error));
  g_assert_no_error (error);
  g_assert_null (decode (names, "\"\"", &error));
  g_assert_no_error (error);
  g_assert_null (decode (aliases, "[]", &error));
  g_assert_no_error (error);
  g_assert_true (hw_value_check (names, NULL, &error));
  g_assert_null (hw_value_text (NULL));
  g_assert_null (hw_value_unit (NULL));
  g_assert_cmpint (hw_value_integer (NULL), ==, 0);
  g_assert_null (hw_value_set (NULL)[0]);
  g_assert_true (hw_value_equal (NULL, NULL));
}

static void
test_sets_are_sorted (void)
{
  const char *const members[] = { "b", "a", "b", NULL };
  const char *const others[] = { "a", "b", NULL };
  g_autoptr (HwValue) value = hw_value_new_set (members);
  g_autoptr (HwValue) other = hw_value_new_set (others);
  g_autoptr (HwValue) empty = hw_value_new_set (NULL);

  g_assert_cmpstr (hw_value_set (value)[0], ==, "a");
  g_assert_cmpstr (hw_value_set (value)[1], ==, "b");
  g_assert_null (hw_value_set (value)[2]);
  g_assert_true (hw_value_equal (value, other));
  g_assert_false (hw_value_equal (value, empty));
  g_assert_false (hw_value_equal (value, NULL));
  g_assert_true (hw_value_set_contains (value, "a"));
  g_assert_false (hw_value_set_contains (value, "c"));
  g_assert_false (hw_value_set_contains (value, NULL));
}

static void
test_damaged_columns (void)
{
  const HwFieldDef *birth = hw_schema_field (HW_FIELD_PERSON_BIRTH_DATE);
  const HwFieldDef *aliases = hw_schema_field (HW_FIELD_PERSON_ALIASES);
  const HwFieldDef *number = hw_schema_field (HW_FIELD_SEGMENT_POSITION);
  g_autofree char *deep = g_strnfill (100000, '[');

  g_assert_null (hw_value_from_storage (birth, "{\"date\":"));
  g_assert_null (hw_value_from_storage (birth, "[]"));
  g_assert_null (hw_value_from_storage (aliases, deep));
  g_assert_null (hw_value_from_storage (aliases, "{}"));
  g_assert_null (hw_value_from_storage (number, "three"));
  g_assert_null (hw_value_from_storage (aliases, NULL));
}

static void
test_booleans_on_the_wire (void)
{
  const HwFieldDef *hold = hw_schema_field (HW_FIELD_CASE_LEGAL_HOLD);
  g_autoptr (HwValue) number = hw_value_new_integer (1);
  g_autoptr (HwValue) truth = hw_value_new_boolean (TRUE);
  g_autofree char *text = encode (hold, number);

  g_assert_cmpstr (text, ==, "true");
  g_assert_true (hw_value_equal (number, truth));
}

static gpointer
hold_and_drop (gpointer data)
{
  for (guint i = 0; i < 10000; i++)
    hw_value_unref (hw_value_ref (data));
  return NULL;
}

static void
test_values_cross_threads (void)
{
  g_autoptr (HwValue) value = hw_value_new_pair ("1999-01-01", "year");
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("value", hold_and_drop, value);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpstr (hw_value_unit (value), ==, "year");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/value/every-field-comes-back-the-same", test_every_field);
  g_test_add_func ("/value/bad-values-are-refused-by-code", test_bad_values);
  g_test_add_func ("/value/messages-never-repeat-the-value", test_messages_keep_the_secret);
  g_test_add_func ("/value/length-is-bounded", test_too_long);
  g_test_add_func ("/value/nothing-is-unset", test_nothing_is_unset);
  g_test_add_func ("/value/sets-are-sorted-without-duplicates", test_sets_are_sorted);
  g_test_add_func ("/value/damaged-columns-are-null", test_damaged_columns);
  g_test_add_func ("/value/booleans-are-true-or-false-on-the-wire", test_booleans_on_the_wire);
  g_test_add_func ("/value/cross-threads", test_values_cross_threads);
  return g_test_run ();
}
