/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a mission may see is written down here once more by hand, from domain.md section 5: a mistake
 * in the access table is found by who compares with this, and not repeated.
 */
#include "tests/server/hw-test-case.h"

#include "store/hw-commit-private.h"
#include "store/hw-server-private.h"

#include <string.h>

static const HwFieldId mission_may_see[] = {
  HW_FIELD_TRAVEL_DOCUMENT_KIND,           HW_FIELD_TRAVEL_DOCUMENT_NUMBER,
  HW_FIELD_TRAVEL_DOCUMENT_ISSUER,         HW_FIELD_TRAVEL_DOCUMENT_ISSUED_ON,
  HW_FIELD_TRAVEL_DOCUMENT_EXPIRES_ON,     HW_FIELD_TRAVEL_DOCUMENT_MRZ,
  HW_FIELD_TRAVEL_DOCUMENT_SINGLE_JOURNEY, HW_FIELD_TRAVEL_DOCUMENT_REQUEST,
  HW_FIELD_ATTACHMENT_MEDIA_TYPE,          HW_FIELD_ATTACHMENT_SIZE,
};

static gboolean
is_shown (const HwFieldDef *field)
{
  if (field->type == HW_TYPE_ID_EMBASSY_REQUEST || field->type == HW_TYPE_ID_EMBASSY_MESSAGE)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (mission_may_see); i++)
    if (mission_may_see[i] == field->id)
      return TRUE;
  return FALSE;
}

static void
canary_free (gpointer data)
{
  HwTestCanary *canary = data;

  g_free (canary->text);
  g_free (canary->record);
  g_free (canary);
}

/* A choice that says something where there is one. */
static const char *
telling_choice (const HwFieldDef *field)
{
  static const char *const telling[] = { "shelter", "exploitation", "asylum", "trafficking" };

  for (guint i = 0; i < field->n_choices; i++)
    for (guint j = 0; j < G_N_ELEMENTS (telling); j++)
      if (strstr (field->choices[i].nick, telling[j]) != NULL)
        return field->choices[i].nick;
  return field->choices[field->n_choices - 1].nick;
}

/* Many similar records of one type have different numbers, so that each value is met once. */
static HwValue *
value_of (const HwFieldDef *field, guint n, gboolean shown, char **text)
{
  guint number = (guint) field->id + 1000 * n;
  const char *members[2] = { NULL, NULL };
  g_autofree char *long_text = NULL, *day = NULL;

  *text = NULL;
  switch (field->kind)
    {
      case HW_KIND_TEXT:
        *text = g_strdup_printf ("zq%uqz", number);
        return hw_value_new_text (*text);
      case HW_KIND_LONG_TEXT:
        *text = g_strdup_printf ("zq%uqz", number);
        long_text
          = g_strconcat (*text, shown ? "" : " trafficking exploitation asylum shelter", NULL);
        return hw_value_new_text (long_text);
      case HW_KIND_INTEGER:
        *text = g_strdup_printf ("7%07u", number);
        return hw_value_new_integer (g_ascii_strtoll (*text, NULL, 10));
      case HW_KIND_BOOLEAN:
        return hw_value_new_integer (1);
      case HW_KIND_CHOICE:
        /* One who had a part in it is told to fewer than the table says: that has a test of its own. */
        if (field->id == HW_FIELD_FAMILY_MEMBER_IMPLICATED)
          return hw_value_new_text ("no");
        return hw_value_new_text (telling_choice (field));
      case HW_KIND_CHOICE_SET:
        members[0] = telling_choice (field);
        return hw_value_new_set (members);
      case HW_KIND_TEXT_SET:
        *text = g_strdup_printf ("zq%uqz", number);
        members[0] = *text;
        return hw_value_new_set (members);
      case HW_KIND_REFERENCE:
      case HW_KIND_USER:
        *text = g_strdup_printf ("018fcccc-0000-7000-8000-%012x", number);
        return hw_value_new_text (*text);
      case HW_KIND_REFERENCE_SET:
        *text = g_strdup_printf ("018fcccc-0000-7000-8000-%012x", number);
        members[0] = *text;
        return hw_value_new_set (members);
      case HW_KIND_DATE:
        *text = hw_date_add_days ("1910-01-01", (gint) number);
        return hw_value_new_text (*text);
      case HW_KIND_HISTORY_DATE:
        *text = hw_date_add_days ("1910-01-01", (gint) number);
        return hw_value_new_pair (*text, "day");
      case HW_KIND_TIMESTAMP:
        day = hw_date_add_days ("1910-01-01", (gint) number);
        *text = g_strconcat (day, "T01:02:03Z", NULL);
        return hw_value_new_text (*text);
      case HW_KIND_LOCAL_TIME:
        day = hw_date_add_days ("1910-01-01", (gint) number);
        *text = g_strconcat (day, "T01:15", NULL);
        return hw_value_new_pair (*text, "Asia/Kuwait");
      case HW_KIND_MONEY:
        *text = g_strdup_printf ("7%07u", number);
        return hw_value_new_money (g_ascii_strtoll (*text, NULL, 10), "KWD");
      case HW_KIND_PHONE:
        *text = g_strdup_printf ("+2577%07u", number);
        return hw_value_new_text (*text);
      case HW_KIND_TIME_OF_DAY:
        return hw_value_new_text ("23:07");
      case HW_KIND_COUNTRY:
        return hw_value_new_text ("KW");
      case HW_KIND_LANGUAGE:
        return hw_value_new_text ("run");
      case HW_KIND_ZONE:
        return hw_value_new_text ("Asia/Kuwait");
      default:
        return NULL;
    }
}

/* Takes the text. */
static void
add_canary (GPtrArray *canaries, const HwFieldDef *field, const char *record, gboolean shared, char *text)
{
  HwTestCanary *canary = g_new0 (HwTestCanary, 1);

  canary->field = field->id;
  canary->text = text;
  canary->record = g_strdup (record);
  canary->shared = shared;
  canary->shown = shared && is_shown (field);
  g_ptr_array_add (canaries, canary);
}

static void
fill_field (
  HwTestCase *test_case, HwOperation *operation, const HwFieldDef *field, guint n, gboolean shared)
{
  g_autofree char *text = NULL;
  g_autoptr (HwValue) value = value_of (field, n, shared && is_shown (field), &text);

  if (value == NULL || !hw_value_check (field, value, NULL))
    return;
  hw_operation_set (operation, field->id, value, 0);
  if (text != NULL)
    add_canary (test_case->canaries, field, operation->record, shared, g_steal_pointer (&text));
}

static void
replace_text (HwTestCase *test_case, HwOperation *operation, HwFieldId field, const char *text)
{
  HwFieldChange *change = hw_operation_find (operation, field);

  /* Its canary is not in the record any more. */
  for (guint i = test_case->canaries->len; change != NULL && i > 0; i--)
    {
      HwTestCanary *canary = g_ptr_array_index (test_case->canaries, i - 1);

      if (canary->field == field && g_strcmp0 (canary->text, hw_value_text (change->value)) == 0)
        g_ptr_array_remove_index (test_case->canaries, i - 1);
    }
  if (change != NULL)
    g_ptr_array_remove (operation->changes, change);
  hw_operation_set_text (operation, field, text, 0);
}

static HwOperation *
filled (HwTestCase *test_case, HwTypeId type, const char *id, guint n, gboolean shared)
{
  const HwTypeDef *def = hw_schema_type (type);
  g_autofree char *operation_id = hw_uuid_v4 ();
  HwOperation *operation
    = hw_operation_new (operation_id, HW_ACTION_CREATE, type, id, HW_TEST_CASE);

  g_ptr_array_add (test_case->records, g_strdup (id));
  for (guint i = 0; i < def->n_fields; i++)
    fill_field (test_case, operation, &def->fields[i], n, shared);
  return operation;
}

static HwOperation *
filled_request (HwTestCase *test_case,
                const char *id,
                guint n,
                const char *mission,
                const char *status,
                gboolean shown)
{
  HwOperation *operation = filled (test_case, HW_TYPE_ID_EMBASSY_REQUEST, id, n, shown);

  replace_text (test_case, operation, HW_FIELD_EMBASSY_REQUEST_MISSION, mission);
  replace_text (test_case, operation, HW_FIELD_EMBASSY_REQUEST_STATUS, status);
  if (g_str_equal (status, "draft"))
    replace_text (test_case, operation, HW_FIELD_EMBASSY_REQUEST_SENT_ON, NULL);
  return operation;
}

static void
fill_shared (HwStore *store, HwTestCase *test_case)
{
  HwOperation *document = filled (test_case, HW_TYPE_ID_TRAVEL_DOCUMENT, HW_TEST_DOCUMENT, 1, TRUE);
  HwOperation *message = filled (
    test_case, HW_TYPE_ID_EMBASSY_MESSAGE, "3b1f8a52-1111-4aaa-8bbb-000000000005", 1, TRUE);
  HwOperation *file
    = filled (test_case, HW_TYPE_ID_ATTACHMENT, "3b1f8a52-1111-4aaa-8bbb-000000000006", 1, TRUE);
  HwOperation *other = filled (
    test_case, HW_TYPE_ID_TRAVEL_DOCUMENT, "3b1f8a52-1111-4aaa-8bbb-000000000007", 2, FALSE);

  replace_text (test_case, document, HW_FIELD_TRAVEL_DOCUMENT_REQUEST, HW_TEST_REQUEST);
  replace_text (test_case, document, HW_FIELD_TRAVEL_DOCUMENT_STATUS, "lost");
  replace_text (test_case, document, HW_FIELD_TRAVEL_DOCUMENT_HELD_BY, "recruiter");
  replace_text (test_case, message, HW_FIELD_EMBASSY_MESSAGE_REQUEST, HW_TEST_REQUEST);
  replace_text (test_case, file, HW_FIELD_ATTACHMENT_SHARED_WITH_REQUEST, HW_TEST_REQUEST);
  replace_text (test_case, other, HW_FIELD_TRAVEL_DOCUMENT_REQUEST, HW_TEST_OTHER_REQUEST);
  hw_test_commit (
    store,
    filled_request (test_case, HW_TEST_REQUEST, 1, HW_TEST_MISSION, "sent", TRUE),
    filled_request (test_case, HW_TEST_DRAFT_REQUEST, 2, HW_TEST_MISSION, "draft", FALSE),
    filled_request (test_case, HW_TEST_OTHER_REQUEST, 3, HW_TEST_OTHER_MISSION, "sent", FALSE),
    document,
    message,
    file,
    other,
    NULL);
}

HwTestCase *
hw_test_case_fill (HwStore *store)
{
  HwTestCase *test_case = g_new0 (HwTestCase, 1);
  g_autofree char *owner = hw_test_user (HW_ROLE_CASEWORKER);
  HwOperation *operation;

  test_case->canaries = g_ptr_array_new_with_free_func (canary_free);
  test_case->offered = g_ptr_array_new_with_free_func (canary_free);
  test_case->records = g_ptr_array_new_with_free_func (g_free);
  operation = filled (test_case, HW_TYPE_ID_CASE, HW_TEST_CASE, 0, FALSE);
  replace_text (test_case, operation, HW_FIELD_CASE_OWNER, owner);
  replace_text (test_case, operation, HW_FIELD_CASE_OFFICE, HW_TEST_OFFICE);
  replace_text (test_case, operation, HW_FIELD_CASE_STATUS, "active");
  hw_test_commit (store, operation, NULL);
  for (guint type = HW_TYPE_ID_NONE + 1; type < HW_N_TYPE_IDS; type++)
    {
      g_autofree char *id = g_strdup_printf ("018faaaa-0000-7000-8000-%012x", type);

      if (type == HW_TYPE_ID_CASE || hw_schema_type ((HwTypeId) type)->root != HW_ROOT_CASE)
        continue;
      operation = filled (test_case, (HwTypeId) type, id, 0, FALSE);
      /* A link is told to who may read both its cases. */
      if (type == HW_TYPE_ID_CASE_LINK)
        replace_text (test_case, operation, HW_FIELD_CASE_LINK_OTHER, HW_TEST_CASE);
      hw_test_commit (store, operation, NULL);
    }
  fill_shared (store, test_case);
  return test_case;
}

/* ---- Conflicts ---- */

#define OFFERED 20 /* thousands beyond what the records hold */

static gboolean
is_shared (HwTestCase *test_case, const char *record)
{
  for (guint i = 0; i < test_case->canaries->len; i++)
    {
      HwTestCanary *canary = g_ptr_array_index (test_case->canaries, i);

      if (g_str_equal (canary->record, record))
        return canary->shared;
    }
  return FALSE;
}

static gboolean
open_conflict (
  HwTestCase *test_case, HwStore *store, HwRecord *record, const HwFieldDef *field, guint n, GError **error)
{
  gboolean shared = is_shared (test_case, hw_record_id (record));
  g_autofree char *id = hw_uuid_v4 ();
  g_autofree char *text = NULL;
  g_autoptr (HwValue) offered = value_of (field, OFFERED + n, shared && is_shown (field), &text);
  const HwConflict conflict = { .id = id,
                                .record = (char *) hw_record_id (record),
                                .case_id = (char *) HW_TEST_CASE,
                                .type = field->type,
                                .field = field->id,
                                .current = hw_record_get (record, field->id),
                                .offered = offered,
                                .by = (char *) "018f0000-0000-7000-8000-00000000cafe",
                                .at = (char *) "2026-11-24T06:00:00Z",
                                .rev = hw_record_field_rev (record, field->id),
                                .open = TRUE };

  if (text == NULL || conflict.current == NULL || !hw_value_check (field, offered, NULL))
    return TRUE;
  add_canary (
    test_case->offered, field, hw_record_id (record), shared, g_steal_pointer (&text));
  return hw_conflict_write (store->writer, &conflict, error)
         && hw_feed_note_conflict (store, &conflict, hw_store_next_seq (store), error);
}

static gboolean
open_conflicts (HwStore *store, gpointer data, GError **error)
{
  HwTestCase *test_case = data;

  for (guint i = 0; i < test_case->records->len; i++)
    {
      g_autoptr (HwRecord) record
        = hw_store_find_record (store, g_ptr_array_index (test_case->records, i), error);
      const HwTypeDef *def = record != NULL ? hw_record_def (record) : NULL;

      for (guint n = 0; def != NULL && n < def->n_fields; n++)
        if (!open_conflict (test_case, store, record, &def->fields[n], i, error))
          return FALSE;
      if (def == NULL)
        return FALSE;
    }
  return TRUE;
}

void
hw_test_case_open_conflicts (HwTestCase *test_case, HwStore *store)
{
  g_autoptr (GError) error = NULL;

  hw_server_transaction (store, open_conflicts, test_case, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (test_case->offered->len, >, 150);
}

void
hw_test_case_free (HwTestCase *test_case)
{
  g_ptr_array_unref (test_case->canaries);
  g_ptr_array_unref (test_case->offered);
  g_ptr_array_unref (test_case->records);
  g_free (test_case);
}
