/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Denied by default, on every way out: for each role, each field of each record is in the sync
 * page, the list and the item exactly when role and relation allow it. Made from the tables, so a
 * new field is in it.
 */
#include "domain/hw-rules.h"
#include "server/hw-projection.h"
#include "server/hw-server-core.h"
#include "tests/server/hw-test-case.h"

#include <string.h>

typedef struct
{
  HwTestServer *server; /* the folder and its database; no process */
  HwStore *store;
  HwServerCore *core;
  HwTestCase *test_case;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwClock) clock = hw_clock_new_system ();
  g_autoptr (GError) error = NULL;

  fixture->server = hw_test_server_new ();
  fixture->store = hw_test_server_open_store (fixture->server);
  fixture->test_case = hw_test_case_fill (fixture->store);
  fixture->core = hw_server_core_new (fixture->store, clock, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->core);
  hw_store_close (fixture->store);
  g_clear_object (&fixture->store);
  hw_test_case_free (fixture->test_case);
  hw_test_server_free (fixture->server);
}

static char *
open_session (Fixture *fixture, HwRole role)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *user = hw_test_user (role);
  g_autoptr (HwAccount) account = hw_store_account (fixture->store, user, &error);
  g_autofree char *token = NULL;

  g_assert_no_error (error);
  token = hw_store_create_session (
    fixture->store, account, "018f0000-0000-7000-8000-00000000bbbb", "desk", NULL, &error);
  g_assert_no_error (error);
  return g_strconcat ("Bearer ", token, NULL);
}

static HwServerResponse *
get (Fixture *fixture,
     const char *authorization,
     const char *path,
     const char *name,
     const char *value)
{
  HwServerRequest request
    = { .method = "GET", .path = path, .authorization = authorization, .n_arguments = 1 };

  request.arguments[0] = (HwServerArgument){ "limit", "500" };
  if (name != NULL)
    request.arguments[request.n_arguments++] = (HwServerArgument){ name, value };
  return hw_server_core_handle (fixture->core, &request);
}

static JsonObject *
parse (HwServerResponse *response)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  gsize size;
  const char *text = g_bytes_get_data (response->body, &size);

  g_assert_true (json_parser_load_from_data (parser, text, (gssize) size, NULL));
  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

/* id → the record's "fields", of every put in the answer. */
static GHashTable *
puts_of (HwServerResponse *response, const char *member)
{
  GHashTable *puts
    = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) json_object_unref);
  g_autoptr (JsonObject) json = NULL;
  JsonArray *items;

  if (response->status != 200)
    return puts;
  json = parse (response);
  g_assert_false (json_object_has_member (json, "more")
                  && json_object_get_boolean_member (json, "more"));
  items = json_object_get_array_member (json, member);
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonObject *item = json_array_get_object_element (items, i);

      if (g_str_equal (json_object_get_string_member (item, "op"), "put"))
        g_hash_table_insert (puts,
                             g_strdup (json_object_get_string_member (item, "id")),
                             json_object_ref (json_object_get_object_member (item, "fields")));
    }
  return puts;
}

static guint
expected_relations (Fixture *fixture, HwRole role, HwRecord *record)
{
  g_autoptr (HwActor) actor = hw_test_actor (role);
  g_autoptr (GError) error = NULL;
  const char *root = HW_TEST_CASE;
  guint relations;

  if (role == HW_ROLE_EMBASSY_LIAISON)
    {
      root = NULL;
      if (hw_record_type (record) == HW_TYPE_ID_EMBASSY_REQUEST)
        root = hw_record_id (record);
      else if (hw_record_type (record) == HW_TYPE_ID_EMBASSY_MESSAGE)
        root = hw_record_get_text (record, HW_FIELD_EMBASSY_MESSAGE_REQUEST);
      else if (hw_record_type (record) == HW_TYPE_ID_TRAVEL_DOCUMENT)
        root = hw_record_get_text (record, HW_FIELD_TRAVEL_DOCUMENT_REQUEST);
      else if (hw_record_type (record) == HW_TYPE_ID_ATTACHMENT)
        root = hw_record_get_text (record, HW_FIELD_ATTACHMENT_SHARED_WITH_REQUEST);
    }
  relations = root != NULL ? hw_store_relations (fixture->store, actor, root, &error) : 0;
  g_assert_no_error (error);
  if (relations != 0 && hw_access_is_own (record, actor))
    relations |= HW_RELATION_AUTHOR;
  return relations;
}

/* A note or file about something the role may not read is kept back whole; that is tested by
 * itself. */
static gboolean
may_be_kept_back (HwRecord *record)
{
  return hw_record_type (record) == HW_TYPE_ID_NOTE
         || hw_record_type (record) == HW_TYPE_ID_ATTACHMENT;
}

static void
check_fields (HwRole role, guint relations, HwRecord *record, JsonObject *fields, const char *way)
{
  const HwTypeDef *def = hw_record_def (record);

  for (guint i = 0; i < def->n_fields; i++)
    {
      const HwFieldDef *field = &def->fields[i];
      gboolean may
        = hw_access_may_see_type (role, def->id) && hw_access_may_read (role, relations, field);
      gboolean there = fields != NULL && json_object_has_member (fields, field->name);

      if (there && !may)
        g_test_message (
          "%s was given %s.%s by the %s", hw_role_nick (role)->nick, def->name, field->name, way);
      g_assert_true (!there || may);
      if (may && !there && hw_record_get (record, field->id) != NULL && !may_be_kept_back (record)
          && field->id != HW_FIELD_ATTACHMENT_ABOUT)
        {
          g_test_message ("%s was not given %s.%s by the %s",
                          hw_role_nick (role)->nick,
                          def->name,
                          field->name,
                          way);
          g_test_fail ();
        }
    }
}

static JsonObject *
item_fields (Fixture *fixture, const char *authorization, const char *id, JsonObject **json)
{
  g_autofree char *path = g_strconcat ("/v1/records/", id, NULL);
  g_autoptr (HwServerResponse) response = get (fixture, authorization, path, NULL, NULL);

  g_assert_true (response->status == 200 || response->status == 404);
  *json = response->status == 200 ? parse (response) : NULL;
  return *json != NULL ? json_object_get_object_member (*json, "fields") : NULL;
}

static void
check_role (Fixture *fixture, HwRole role)
{
  g_autofree char *authorization = open_session (fixture, role);
  g_autoptr (HwServerResponse) changes = get (fixture, authorization, "/v1/changes", NULL, NULL);
  g_autoptr (GHashTable) pulled = puts_of (changes, "items");

  for (guint i = 0; i < fixture->test_case->records->len; i++)
    {
      const char *id = g_ptr_array_index (fixture->test_case->records, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (HwRecord) record = hw_store_find_record (fixture->store, id, &error);
      g_autoptr (HwServerResponse) list = NULL;
      g_autoptr (GHashTable) listed = NULL;
      g_autoptr (JsonObject) json = NULL;
      guint relations;

      g_assert_no_error (error);
      relations = expected_relations (fixture, role, record);
      list = get (fixture, authorization, "/v1/records", "type", hw_record_def (record)->name);
      listed = puts_of (list, "items");
      check_fields (role, relations, record, g_hash_table_lookup (pulled, id), "sync page");
      check_fields (role, relations, record, g_hash_table_lookup (listed, id), "list");
      check_fields (
        role, relations, record, item_fields (fixture, authorization, id, &json), "item");
    }
}

static void
test_matrix (Fixture *fixture, gconstpointer data)
{
  for (guint role = 0; role < HW_N_ROLES; role++)
    check_role (fixture, (HwRole) role);
}

static void
test_administrator_reads_no_case (Fixture *fixture, gconstpointer data)
{
  g_autofree char *authorization = open_session (fixture, HW_ROLE_ADMINISTRATOR);
  g_autoptr (HwServerResponse) changes = get (fixture, authorization, "/v1/changes", NULL, NULL);
  g_autoptr (HwServerResponse) one
    = get (fixture, authorization, "/v1/cases/" HW_TEST_CASE, NULL, NULL);
  const char *text = g_bytes_get_data (changes->body, NULL);
  g_autofree char *all = g_strndup (text, g_bytes_get_size (changes->body));

  g_assert_null (strstr (all, HW_TEST_CASE));
  g_assert_cmpuint (one->status, ==, 404);
}

static HwRecord *
note_about (const char *category)
{
  HwRecord *note = hw_record_new (HW_TYPE_ID_NOTE, "018f3333-0000-7000-8000-000000000001");
  g_autoptr (HwValue) text = hw_value_new_text ("a note");
  g_autoptr (HwValue) about = hw_value_new_text (category);

  hw_record_set_case (note, HW_TEST_CASE);
  hw_record_set (note, HW_FIELD_NOTE_TEXT, text);
  hw_record_set (note, HW_FIELD_NOTE_CATEGORY, about);
  return note;
}

static void
test_note_has_the_rights_of_its_subject (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) actor = hw_test_actor (HW_ROLE_RECEPTION);
  g_autoptr (HwProjection) projection = hw_projection_new (fixture->store, actor);
  g_autoptr (HwRecord) of_reception = note_about ("reception");
  g_autoptr (HwRecord) of_risk = note_about ("risk");

  g_assert_true (hw_projection_reads_record (projection, of_reception, HW_RELATION_ARRIVAL));
  g_assert_false (hw_projection_reads_record (projection, of_risk, HW_RELATION_ARRIVAL));
  g_assert_false (hw_projection_reads_record (projection, of_reception, 0));
  g_assert_null (hw_projection_put (projection, of_risk, HW_RELATION_ARRIVAL));
}

static void
test_mission_sees_its_own_statuses_only (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) actor = hw_test_actor (HW_ROLE_EMBASSY_LIAISON);
  g_autoptr (HwProjection) projection = hw_projection_new (fixture->store, actor);
  g_autoptr (GError) error = NULL;
  g_autoptr (HwRecord) document = hw_store_find_record (fixture->store, HW_TEST_DOCUMENT, &error);
  g_autoptr (HwItem) item = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (hw_record_status (document), ==, "lost");
  item = hw_projection_put (projection, document, HW_RELATION_MISSION);
  g_assert_cmpstr (hw_record_status (item->record), ==, "issued");
  g_assert_null (item->case_id);
  g_assert_cmpstr (hw_record_created_by (item->record), ==, HW_PROJECTION_THE_OFFICE);
  g_assert_null (hw_record_get (item->record, HW_FIELD_TRAVEL_DOCUMENT_HELD_BY));
  g_assert_null (hw_record_get (item->record, HW_FIELD_TRAVEL_DOCUMENT_SCAN));
}

static void
test_mission_is_told_no_reason (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) actor = hw_test_actor (HW_ROLE_EMBASSY_LIAISON);
  g_autoptr (HwProjection) projection = hw_projection_new (fixture->store, actor);
  g_autoptr (HwVerdict) gate = hw_verdict_new_gate (HW_GATE_EMBASSY);
  g_autoptr (HwVerdict) hidden = hw_verdict_new_refused (
    HW_REASON_INVALID, HW_FIELD_RISK_ASSESSMENT_ASYLUM, "Asylum is wrong");
  g_autoptr (HwVerdict) told_gate = NULL, told_hidden = NULL;

  hw_verdict_add_condition (gate,
                            "asylum-open",
                            HW_CATEGORY_RISK,
                            HW_TYPE_ID_RISK_ASSESSMENT,
                            HW_FIELD_RISK_ASSESSMENT_ASYLUM,
                            NULL,
                            "She fears to return",
                            NULL);
  told_gate = hw_projection_verdict (projection, gate, HW_RELATION_MISSION);
  told_hidden = hw_projection_verdict (projection, hidden, HW_RELATION_MISSION);
  g_assert_cmpint (hw_verdict_reason (told_gate), ==, HW_REASON_MOVE_NOT_ALLOWED);
  g_assert_cmpuint (hw_verdict_conditions (told_gate)->len, ==, 0);
  g_assert_cmpint (hw_verdict_reason (told_hidden), ==, HW_REASON_INVALID);
  g_assert_cmpint (hw_verdict_field (told_hidden), ==, HW_FIELD_NONE);
  g_assert_cmpstr (hw_verdict_message (told_hidden), ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add (
    "/server/matrix/every-field-on-every-way-out", Fixture, NULL, set_up, test_matrix, tear_down);
  g_test_add ("/server/matrix/administrator-reads-no-case",
              Fixture,
              NULL,
              set_up,
              test_administrator_reads_no_case,
              tear_down);
  g_test_add ("/server/projection/note-has-the-rights-of-its-subject",
              Fixture,
              NULL,
              set_up,
              test_note_has_the_rights_of_its_subject,
              tear_down);
  g_test_add ("/server/projection/mission-sees-its-own-statuses-only",
              Fixture,
              NULL,
              set_up,
              test_mission_sees_its_own_statuses_only,
              tear_down);
  g_test_add ("/server/projection/mission-is-told-no-reason",
              Fixture,
              NULL,
              set_up,
              test_mission_is_told_no_reason,
              tear_down);
  return g_test_run ();
}
