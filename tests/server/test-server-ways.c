/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Role × relation × record type × field × way out. Every field of a case holds a value met nowhere else; every role,
 * in every relation it can come to have, asks everything there is to ask. Nothing outside the table is in any answer,
 * and everything inside it is in the answers that carry records; of a conflict the same, and a hint says that there
 * is something and never what. What may be read is taken from the schema's files by the test itself, the mission's part too. Built once more without the projection, the same search must find what it looks for.
 */
#include "server/hw-event-hub.h"
#include "store/hw-server-private.h"
#include "tests/server/hw-test-case.h"
#include "tests/server/hw-test-desk.h"
#include "tests/server/hw-test-table.h"

#include "domain/hw-content.h"
#include "support/hw-test-picture.h"

#include <string.h>

#ifdef HW_TEST_NO_PROJECTION
#define PROJECTING FALSE
#else
#define PROJECTING TRUE
#endif

#define EXTRA "018f3333-0000-7000-8000-0000000000%02x"
#define SOMEBODY "018f0000-0000-7000-8000-00000000cafe"

typedef enum
{
  WAY_CHANGES,
  WAY_LIST,
  WAY_ITEM,
  WAY_HISTORY,
  WAY_CASE,
  WAY_GATES,
  WAY_LEDGER,
  WAY_AUDIT,
  WAY_STATISTICS,
  WAY_CONTRACT,
  WAY_ERROR,
  WAY_CONTENT,
  WAY_QUARANTINE,
  N_WAYS,
} Way;

static const char *const way_names[] = { "changes", "list",   "item",       "history",  "case", "gates",
                                         "ledger",  "audit",  "statistics", "contract", "error", "content",
                                         "quarantine" };

/* A picture attached to a record, with words in it that are met nowhere else. */
typedef struct
{
  char *id;    /* (owned) */
  char *text;  /* (owned) */
  HwTypeId type; /* of the record it is attached to */
  gboolean shared; /* with the mission's request too */
} Picture;

typedef struct
{
  HwTestServer *server;
  HwClock *clock;
  HwStore *store;
  HwServerCore *core;
  HwTestCase *test_case;
  HwTestTable *table;
  GPtrArray *pictures; /* (element-type Picture) */
  guint extras;
} World;

static void
picture_free (gpointer data)
{
  Picture *picture = data;

  g_free (picture->id);
  g_free (picture->text);
  g_free (picture);
}

static void
send_content (World *world, const char *id, GBytes *bytes)
{
  g_autoptr (HwActor) actor = hw_test_actor (HW_ROLE_CASEWORKER);
  g_autoptr (HwRecord) record = hw_store_find_record (world->store, id, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (HwUpload) upload = hw_store_begin_upload (world->store, actor, record, &error);
  gboolean taken;

  g_assert_true (hw_store_continue_upload (world->store, upload, 0, bytes, &taken, &error) && taken);
  g_assert_true (hw_store_complete_upload (world->store, actor, upload, record, &error));
}

static void
attach_picture (World *world, HwTypeId type, const char *about, gboolean shared)
{
  Picture *picture = g_new0 (Picture, 1);
  g_autofree char *operation_id = hw_uuid_v4 ();
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *digest = NULL;
  g_autoptr (HwValue) size = NULL;
  HwOperation *operation;

  picture->id = g_strdup_printf ("3b1f8a52-2222-4aaa-8bbb-%012x", world->pictures->len);
  picture->text = g_strdup_printf ("zqdrawn%uqz", world->pictures->len);
  picture->type = type;
  picture->shared = shared;
  bytes = hw_test_png (2, 2, picture->text, "zqhiddenqz");
  digest = hw_content_digest (bytes);
  size = hw_value_new_integer ((gint64) g_bytes_get_size (bytes));
  operation = hw_operation_new (operation_id, HW_ACTION_CREATE, HW_TYPE_ID_ATTACHMENT, picture->id, HW_TEST_CASE);
  hw_operation_set_text (operation, HW_FIELD_ATTACHMENT_MEDIA_TYPE, HW_CONTENT_PNG, 0);
  hw_operation_set_text (operation, HW_FIELD_ATTACHMENT_SHA256, digest, 0);
  hw_operation_set (operation, HW_FIELD_ATTACHMENT_SIZE, size, 0);
  hw_operation_set_text (operation, HW_FIELD_ATTACHMENT_ABOUT, about, 0);
  if (shared)
    hw_operation_set_text (operation, HW_FIELD_ATTACHMENT_SHARED_WITH_REQUEST, HW_TEST_REQUEST, 0);
  hw_test_commit (world->store, operation, NULL);
  send_content (world, picture->id, bytes);
  g_ptr_array_add (world->pictures, picture);
}

/* One to the case, one to each of its records, and one that the mission was given. */
static void
attach_pictures (World *world)
{
  world->pictures = g_ptr_array_new_with_free_func (picture_free);
  attach_picture (world, HW_TYPE_ID_CASE, HW_TEST_CASE, FALSE);
  for (guint type = HW_TYPE_ID_NONE + 1; type < HW_N_TYPE_IDS; type++)
    {
      g_autofree char *about = g_strdup_printf ("018faaaa-0000-7000-8000-%012x", type);

      if (type != HW_TYPE_ID_CASE && hw_schema_type ((HwTypeId) type)->root == HW_ROOT_CASE)
        attach_picture (world, (HwTypeId) type, about, FALSE);
    }
  attach_picture (world, HW_TYPE_ID_TRAVEL_DOCUMENT, HW_TEST_DOCUMENT, TRUE);
}

/* What somebody wrote of a record after they lost it: the same words, so that the same may read them. */
static void
keep_aside (World *world, HwRecord *record)
{
  g_autofree char *id = hw_uuid_v4 ();
  g_autoptr (HwOperation) operation
    = hw_operation_new (id, HW_ACTION_UPDATE, hw_record_type (record), hw_record_id (record), HW_TEST_CASE);
  const HwTypeDef *def = hw_record_def (record);
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *json = NULL;
  HwStatement *statement;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < def->n_fields; i++)
    if (hw_record_get (record, def->fields[i].id) != NULL)
      hw_operation_set (operation, def->fields[i].id, hw_record_get (record, def->fields[i].id), 0);
  node = hw_operation_to_json (operation);
  json = json_to_string (node, FALSE);
  statement = hw_db_prepare (
    world->store->writer,
    "INSERT INTO quarantine (operation, unit, json, case_id, record, by, at, state)"
    " VALUES ($1, $1, $2, '" HW_TEST_CASE "', $3, '" SOMEBODY "', '2026-11-24T05:00:00Z', 'waiting')");
  hw_statement_bind_text (statement, 1, id);
  hw_statement_bind_text (statement, 2, json);
  hw_statement_bind_text (statement, 3, hw_record_id (record));
  g_assert_true (hw_statement_run (statement, &error));
}

static void
keep_all_aside (World *world)
{
  for (guint i = 0; i < world->test_case->records->len; i++)
    {
      g_autoptr (HwRecord) record
        = hw_store_find_record (world->store, g_ptr_array_index (world->test_case->records, i), NULL);

      keep_aside (world, record);
    }
}

static void
set_up (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  world->server = hw_test_server_new ();
  world->clock = hw_clock_new_fixed (HW_TEST_NOW_US);
  world->store = hw_store_open (world->server->database, HW_STORE_SERVER, world->clock, &error);
  g_assert_no_error (error);
  /* Nothing here asks what survives a power cut; a disk that is waited for hundreds of times would be all one sees. */
  hw_db_exec (world->store->writer, "PRAGMA synchronous = OFF", &error);
  g_assert_no_error (error);
  world->core = hw_server_core_new (world->store, world->clock, &error);
  g_assert_no_error (error);
  world->test_case = hw_test_case_fill (world->store);
  attach_pictures (world);
  hw_test_case_open_conflicts (world->test_case, world->store);
  keep_all_aside (world);
  world->table = hw_test_table_read (g_getenv ("HOMEWARD_SCHEMA"));
}

static void
tear_down (World *world, gconstpointer data)
{
  hw_test_table_free (world->table);
  g_object_unref (world->core);
  hw_store_close (world->store);
  g_object_unref (world->store);
  g_object_unref (world->clock);
  hw_test_case_free (world->test_case);
  g_ptr_array_unref (world->pictures);
  hw_test_server_free (world->server);
}

/* ---- Relations ---- */

/* pairs of field and text, ended by HW_FIELD_NONE. The record takes no part in the search: it holds no canary. */
static void
add_extra (World *world, HwRole author, HwTypeId type, ...)
{
  g_autofree char *id = g_strdup_printf (EXTRA, world->extras++);
  g_autofree char *operation_id = hw_uuid_v4 ();
  g_autoptr (HwActor) actor = hw_test_actor (author);
  g_autoptr (HwChangeSet) set = hw_change_set_new (HW_ORIGIN_SYSTEM, actor);
  HwOperation *operation = hw_operation_new (operation_id, HW_ACTION_CREATE, type, id, HW_TEST_CASE);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;
  va_list pairs;
  HwFieldId field;

  va_start (pairs, type);
  while ((field = (HwFieldId) va_arg (pairs, int)) != HW_FIELD_NONE)
    hw_operation_set_text (operation, field, va_arg (pairs, const char *), 0);
  va_end (pairs);
  hw_change_set_add (set, operation);
  results = hw_store_commit (world->store, set, &error);
  g_assert_no_error (error);
  g_assert_cmpint (((HwResult *) g_ptr_array_index (results, 0))->status, ==, HW_RESULT_APPLIED);
}

static void
set_case (World *world, HwFieldId field, const char *text)
{
  g_autofree char *operation_id = hw_uuid_v4 ();
  HwOperation *operation
    = hw_operation_new (operation_id, HW_ACTION_UPDATE, HW_TYPE_ID_CASE, HW_TEST_CASE, HW_TEST_CASE);

  hw_operation_set_text (operation, field, text, 0);
  hw_test_commit (world->store, operation, NULL);
}

static void
grant (World *world, HwRole role, const char *purpose)
{
  g_autofree char *user = hw_test_user (role);

  add_extra (world, HW_ROLE_ADMINISTRATOR, HW_TYPE_ID_CASE_ACCESS, HW_FIELD_CASE_ACCESS_USER, user,
             HW_FIELD_CASE_ACCESS_PURPOSE, purpose, HW_FIELD_NONE);
}

static void
as_made (World *world)
{
}

static void
without_owner (World *world)
{
  set_case (world, HW_FIELD_CASE_OWNER, NULL);
}

static void
of_another_owner (World *world)
{
  set_case (world, HW_FIELD_CASE_OWNER, SOMEBODY);
}

static void
shared (World *world)
{
  grant (world, HW_ROLE_CASEWORKER, "cover");
  grant (world, HW_ROLE_FOCAL_POINT, "care");
  grant (world, HW_ROLE_MEDICAL, "medical");
  grant (world, HW_ROLE_MOVEMENT, "movement");
  grant (world, HW_ROLE_HELPLINE, "cover");
  grant (world, HW_ROLE_ANALYST, "cover");
  grant (world, HW_ROLE_ADMINISTRATOR, "cover");
}

static void
with_tasks (World *world)
{
  static const HwRole roles[] = { HW_ROLE_FOCAL_POINT, HW_ROLE_MEDICAL };

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      g_autofree char *user = hw_test_user (roles[i]);

      add_extra (world, HW_ROLE_ADMINISTRATOR, HW_TYPE_ID_TASK, HW_FIELD_TASK_TITLE, "Visit", HW_FIELD_TASK_ASSIGNEE,
                 user, HW_FIELD_NONE);
    }
}

static void
referred (World *world)
{
  add_extra (world, HW_ROLE_FOCAL_POINT, HW_TYPE_ID_REFERRAL, HW_FIELD_REFERRAL_DIRECTION, "in",
             HW_FIELD_REFERRAL_STATUS, "sent", HW_FIELD_NONE);
}

static void
received (World *world)
{
  add_extra (world, HW_ROLE_ADMINISTRATOR, HW_TYPE_ID_RECEPTION, HW_FIELD_RECEPTION_OFFICE, HW_TEST_OFFICE,
             HW_FIELD_NONE);
  add_extra (world, HW_ROLE_ADMINISTRATOR, HW_TYPE_ID_MOVEMENT, HW_FIELD_MOVEMENT_STATUS, "in_transit", HW_FIELD_NONE);
}

static void
arrived (World *world)
{
  received (world);
  add_extra (world, HW_ROLE_ADMINISTRATOR, HW_TYPE_ID_MOVEMENT, HW_FIELD_MOVEMENT_STATUS, "arrived", HW_FIELD_NONE);
}

static const struct
{
  const char *name;
  void (*arrange) (World *world);
} settings[] = {
  { "as-made", as_made },   { "without-owner", without_owner }, { "of-another-owner", of_another_owner },
  { "shared", shared },     { "with-tasks", with_tasks },       { "referred", referred },
  { "received", received }, { "arrived", arrived },
};

/* ---- Asking ---- */

static void
ask (HwTestDesk *desk, GString *heard, const char *path)
{
  g_autoptr (HwServerResponse) response = hw_test_desk_ask (desk, "GET", path, NULL);
  g_autofree char *body = hw_test_desk_body (response);

  g_assert_cmpuint (response->status, <, 500);
  g_string_append (heard, body);
  g_string_append_c (heard, '\n');
}

static void
ask_pages (HwTestDesk *desk, GString *heard, const char *path, char separator)
{
  g_autofree char *next = g_strdup (path);

  for (guint page = 0; next != NULL && page < 200; page++)
    {
      g_autoptr (HwServerResponse) response = hw_test_desk_ask (desk, "GET", next, NULL);
      g_autofree char *body = hw_test_desk_body (response);
      g_autoptr (GRegex) cursor = g_regex_new ("\"cursor\":\"([^\"]+)\"", 0, 0, NULL);
      g_autoptr (GMatchInfo) match = NULL;
      g_autofree char *found = NULL;

      g_string_append (heard, body);
      g_clear_pointer (&next, g_free);
      if (response->status == 200 && strstr (body, "\"more\":true") != NULL
          && g_regex_match (cursor, body, 0, &match))
        found = g_match_info_fetch (match, 1);
      if (found != NULL)
        next = g_strdup_printf ("%s%ccursor=%s", path, separator, found);
    }
}

/* Writes that are refused, each in another manner; what is applied would change the case, so none is. */
static void
provoke (HwTestDesk *desk, GString *heard, HwRecord *record)
{
  const HwTypeDef *def = hw_record_def (record);
  g_autoptr (GString) text = g_string_new ("{\"operations\":[");
  g_autoptr (GBytes) body = NULL;
  g_autoptr (HwServerResponse) response = NULL;
  g_autofree char *answer = NULL;

  for (guint i = 0; i < def->n_fields; i++)
    {
      g_autofree char *id = hw_uuid_v4 ();

      g_string_append_printf (text,
                              "%s{\"id\":\"%s\",\"type\":\"%s\",\"record\":\"%s\",\"case\":\"%s\",\"action\":\"update\","
                              "\"set\":{\"%s\":{\"no\":\"value\"}},\"base\":{\"%s\":0},\"at\":\"2026-11-24T06:00:00Z\"}",
                              i > 0 ? "," : "", id, def->name, hw_record_id (record), HW_TEST_CASE,
                              def->fields[i].name, def->fields[i].name);
    }
  g_string_append_printf (text, ",{\"id\":\"018f4444-0000-7000-8000-000000000001\",\"type\":\"%s\",\"record\":\"%s\","
                                "\"case\":\"%s\",\"action\":\"create\",\"set\":{},\"at\":\"2026-11-24T06:00:00Z\"}]}",
                          def->name, hw_record_id (record), HW_TEST_CASE);
  body = g_bytes_new (text->str, text->len);
  response = hw_test_desk_ask (desk, "POST", "/v1/operations", body);
  answer = hw_test_desk_body (response);
  g_assert_cmpuint (response->status, <, 500);
  g_string_append (heard, answer);
}

static void
ask_records (World *world, HwTestDesk *desk, GString *heard[N_WAYS])
{
  for (guint type = HW_TYPE_ID_NONE + 1; type < HW_N_TYPE_IDS; type++)
    {
      g_autofree char *path = g_strconcat ("/v1/records?type=", hw_schema_type ((HwTypeId) type)->name, NULL);

      ask (desk, heard[WAY_LIST], path);
    }
  for (guint i = 0; i < world->test_case->records->len; i++)
    {
      const char *id = g_ptr_array_index (world->test_case->records, i);
      g_autofree char *item = g_strconcat ("/v1/records/", id, NULL);
      g_autofree char *history = g_strconcat (item, "/history", NULL);
      g_autoptr (HwRecord) record = hw_store_find_record (world->store, id, NULL);

      ask (desk, heard[WAY_ITEM], item);
      ask (desk, heard[WAY_HISTORY], history);
      provoke (desk, heard[WAY_ERROR], record);
    }
}

/* Its bytes as text: what is none is a point. */
static void
ask_content (HwTestDesk *desk, GString *heard, const char *id)
{
  g_autofree char *path = g_strdup_printf ("/v1/attachments/%s/content", id);
  g_autoptr (HwServerResponse) response = hw_test_desk_ask (desk, "GET", path, NULL);
  gsize size = 0;
  const char *bytes = response->body != NULL ? g_bytes_get_data (response->body, &size) : NULL;

  g_assert_cmpuint (response->status, <, 500);
  for (gsize i = 0; i < size; i++)
    g_string_append_c (heard, g_ascii_isprint (bytes[i]) ? bytes[i] : '.');
  for (guint i = 0; response->headers != NULL && i < response->headers->len; i++)
    g_string_append (heard, g_ptr_array_index (response->headers, i));
  g_string_append_c (heard, '\n');
}

/* And tries to let in what is not theirs to decide; who may, would change the case by it. */
static void
ask_quarantine (HwTestDesk *desk, GString *heard)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"decision\":\"apply\"}", strlen ("{\"decision\":\"apply\"}"));
  g_autoptr (HwServerResponse) response = NULL;
  g_autofree char *answer = NULL;

  ask_pages (desk, heard, "/v1/quarantine?limit=7", '&');
  if (desk->actor->role == HW_ROLE_SUPERVISOR)
    return;
  response = hw_test_desk_ask (desk, "POST", "/v1/quarantine/" SOMEBODY, body);
  answer = hw_test_desk_body (response);
  g_string_append (heard, answer);
  g_assert_null (strstr (heard->str, "\"items\""));
}

static void
ask_everything (World *world, HwTestDesk *desk, GString *heard[N_WAYS])
{
  ask_pages (desk, heard[WAY_CHANGES], "/v1/changes", '?');
  ask_records (world, desk, heard);
  for (guint i = 0; i < world->pictures->len; i++)
    ask_content (desk, heard[WAY_CONTENT], ((Picture *) g_ptr_array_index (world->pictures, i))->id);
  for (guint i = 0; i < world->test_case->records->len; i++)
    ask_content (desk, heard[WAY_CONTENT], g_ptr_array_index (world->test_case->records, i));
  ask (desk, heard[WAY_CASE], "/v1/cases/" HW_TEST_CASE);
  ask (desk, heard[WAY_GATES], "/v1/cases/" HW_TEST_CASE "/gates");
  ask (desk, heard[WAY_LEDGER], "/v1/cases/" HW_TEST_CASE "/disclosures");
  ask (desk, heard[WAY_AUDIT], "/v1/audit?case=" HW_TEST_CASE);
  ask (desk, heard[WAY_AUDIT], "/v1/audit");
  ask_quarantine (desk, heard[WAY_QUARANTINE]);
  ask (desk, heard[WAY_STATISTICS], "/v1/statistics");
  ask (desk, heard[WAY_CONTRACT], "/v1/schema");
  ask (desk, heard[WAY_CONTRACT], "/v1/openapi.json");
  ask (desk, heard[WAY_CONTRACT], "/v1/users/names");
}

/* ---- Judging ---- */

/* (transfer full) the nicks of the relations this role has to the case. */
static char **
relations_of (World *world, HwRole role)
{
  static const struct
  {
    guint bit;
    const char *nick;
  } known[] = {
    { HW_RELATION_OWNER, "owner" },           { HW_RELATION_QUEUE, "queue" },       { HW_RELATION_ACCESS, "access" },
    { HW_RELATION_OFFICE, "office" },         { HW_RELATION_MISSION, "mission" },   { HW_RELATION_MOVEMENT, "movement" },
    { HW_RELATION_TRAVEL_DAY, "travel_day" }, { HW_RELATION_ARRIVAL, "arrival" },   { HW_RELATION_ARRIVED, "arrived" },
    { HW_RELATION_REFERRAL, "referral" },     { HW_RELATION_TASK, "task" },         { HW_RELATION_INTAKE, "intake" },
    { HW_RELATION_MEDICAL, "medical" },
  };
  g_autoptr (HwActor) actor = hw_test_actor (role);
  guint relations = hw_store_relations (world->store, actor, HW_TEST_CASE, NULL);
  GPtrArray *nicks = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if ((relations & known[i].bit) != 0)
      g_ptr_array_add (nicks, g_strdup (known[i].nick));
  g_ptr_array_add (nicks, NULL);
  return (char **) g_ptr_array_free (nicks, FALSE);
}

/* A note and a file are kept back whole with what they are about; the projection's own tests look at that. */
static gboolean
may_be_kept_back (const HwFieldDef *field)
{
  return field->type == HW_TYPE_ID_NOTE || field->type == HW_TYPE_ID_ATTACHMENT;
}

static gboolean
carries_records (HwRole role, Way way)
{
  if (way == WAY_QUARANTINE)
    return role == HW_ROLE_SUPERVISOR;
  return way == WAY_CHANGES || way == WAY_LIST || way == WAY_ITEM || way == WAY_HISTORY;
}

/* A mission's access hangs on each request by itself: nothing of the case makes it. */
static gboolean
table_allows (World *world, HwRole role, char **relations, const HwTestCanary *canary, gboolean writing)
{
  static const char *const of_mission[] = { "mission", NULL }, *const none[] = { NULL };
  const HwFieldDef *field = hw_schema_field (canary->field);
  const char *type = hw_schema_type (field->type)->name;
  const char *const *related = (const char *const *) relations;

  if (role == HW_ROLE_EMBASSY_LIAISON)
    related = canary->shared ? of_mission : none;
  if (!writing)
    return hw_test_table_reads (world->table, hw_role_nick (role)->nick, related, type, field->name);
  return (field->flags & HW_FIELD_SERVER_SET) == 0
         && hw_test_table_writes (world->table, hw_role_nick (role)->nick, related, type, field->name);
}

/* Who it is kept from is told it by no way; who it is for, by each way in `due`. */
static void
look_for (World *world, HwRole role, GString *heard[N_WAYS], const HwTestCanary *canary, gboolean may,
          gboolean (*due) (HwRole role, Way way), const char *setting)
{
  const HwFieldDef *field = hw_schema_field (canary->field);
  const char *type = hw_schema_type (field->type)->name;

  for (guint way = 0; way < N_WAYS; way++)
    {
      gboolean there = strstr (heard[way]->str, canary->text) != NULL;

      if (there == may || (may && (!due (role, (Way) way) || may_be_kept_back (field))))
        continue;
      g_test_message ("%s, %s: %s.%s is %s the %s", setting, hw_role_nick (role)->nick, type, field->name,
                      there ? "told by" : "missing in", way_names[way]);
      g_test_fail ();
    }
}

static gboolean
carries_conflicts (HwRole role, Way way)
{
  return way == WAY_CHANGES;
}

static guint
look (World *world, HwRole role, GString *heard[N_WAYS], const char *setting)
{
  g_auto (GStrv) relations = relations_of (world, role);
  guint inside = 0;

  for (guint i = 0; i < world->test_case->canaries->len; i++)
    {
      HwTestCanary *canary = g_ptr_array_index (world->test_case->canaries, i);
      gboolean may = table_allows (world, role, relations, canary, FALSE);

      inside += may;
      look_for (world, role, heard, canary, may, carries_records, setting);
    }
  /* A mission is asked only about what it may itself write. */
  for (guint i = 0; i < world->test_case->offered->len; i++)
    {
      HwTestCanary *canary = g_ptr_array_index (world->test_case->offered, i);
      gboolean may = table_allows (world, role, relations, canary, role == HW_ROLE_EMBASSY_LIAISON);

      look_for (world, role, heard, canary, may, carries_conflicts, setting);
    }
  return inside;
}

/* all: of a record of which a few fields are told, no file is shown. */
static gboolean
reads_any_field (World *world, const char *role, const char *const *relations, HwTypeId type, gboolean all)
{
  const HwTypeDef *def = hw_schema_type (type);

  for (guint i = 0; i < def->n_fields; i++)
    if ((all ? hw_test_table_reads_all : hw_test_table_reads) (world->table, role, relations, def->name,
                                                               def->fields[i].name))
      return TRUE;
  return FALSE;
}

/* What is attached is told to who may read attachments and what it is attached to; to a mission, what was put on its
 * request, without what a camera hid. */
static void
look_at_pictures (World *world, HwRole role, GString *heard[N_WAYS], const char *setting)
{
  const char *nick = hw_role_nick (role)->nick;
  g_auto (GStrv) relations = relations_of (world, role);
  gboolean mission = role == HW_ROLE_EMBASSY_LIAISON;

  for (guint i = 0; i < world->pictures->len; i++)
    {
      Picture *picture = g_ptr_array_index (world->pictures, i);
      const HwTypeDef *def = hw_schema_type (picture->type);
      gboolean may = mission ? picture->shared
                             : reads_any_field (world, nick, (const char *const *) relations, HW_TYPE_ID_ATTACHMENT, FALSE)
                                 && reads_any_field (world, nick, (const char *const *) relations, picture->type, TRUE);
      gboolean kept_back = picture->type == HW_TYPE_ID_NOTE || picture->type == HW_TYPE_ID_ATTACHMENT;

      for (guint way = 0; way < N_WAYS; way++)
        {
          gboolean there = strstr (heard[way]->str, picture->text) != NULL;

          if (there && (!may || way != WAY_CONTENT))
            {
              g_test_message ("%s, %s: the picture of a %s is told by the %s", setting, nick, def->name, way_names[way]);
              g_test_fail ();
            }
          if (!there && may && way == WAY_CONTENT && !kept_back)
            {
              g_test_message ("%s, %s: the picture of a %s is missing", setting, nick, def->name);
              g_test_fail ();
            }
        }
    }
  if (mission)
    g_assert_null (strstr (heard[WAY_CONTENT]->str, "zqhiddenqz"));
}

static void
listen_to (World *world, HwRole role, GString *heard[N_WAYS])
{
  g_autoptr (HwTestDesk) desk = hw_test_desk_new (world->core, role);

  for (guint way = 0; way < N_WAYS; way++)
    heard[way] = g_string_new (NULL);
  ask_everything (world, desk, heard);
}

static void
forget (GString *heard[N_WAYS])
{
  for (guint way = 0; way < N_WAYS; way++)
    g_string_free (heard[way], TRUE);
}

static void
test_setting (World *world, gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);
  guint inside = 0;

  settings[n].arrange (world);
  for (guint role = 0; role < HW_N_ROLES; role++)
    {
      GString *heard[N_WAYS];

      listen_to (world, (HwRole) role, heard);
      inside += look (world, (HwRole) role, heard, settings[n].name);
      look_at_pictures (world, (HwRole) role, heard, settings[n].name);
      forget (heard);
    }
  /* Somebody may read the case in every setting, or the search had nothing to miss. */
  g_assert_cmpuint (inside, >, 100);
}

/* ---- Events ---- */

typedef struct
{
  HwEventStream *stream; /* (owned) */
  GMutex mutex;
  GCond cond;
  gboolean woken;
} Listener;

static void
wake_cb (gpointer waiting)
{
  Listener *listener = waiting;

  g_mutex_lock (&listener->mutex);
  listener->woken = TRUE;
  g_cond_signal (&listener->cond);
  g_mutex_unlock (&listener->mutex);
}

static void
suspend_cb (gpointer waiting)
{
  ((Listener *) waiting)->woken = FALSE;
}

/* (transfer full) what there is to hear now, "" when there is nothing. */
static char *
hear (Listener *listener)
{
  char buffer[512];
  gsize size = sizeof buffer;

  if (hw_event_stream_read (listener->stream, buffer, &size, suspend_cb, listener) != HW_EVENT_READ)
    return g_strdup ("");
  return g_strndup (buffer, size);
}

static void
begin_listening (World *world, HwEventHub *hub, HwRole role, Listener *listener)
{
  g_autofree char *user = hw_test_user (role);
  g_autoptr (HwAccount) account = hw_store_account (world->store, user, NULL);
  g_autofree char *token
    = hw_store_create_session (world->store, account, HW_TEST_DESK_DEVICE, "desk", NULL, NULL);

  *listener = (Listener) { .stream = hw_event_stream_open (hub, token) };
  g_mutex_init (&listener->mutex);
  g_cond_init (&listener->cond);
  g_assert_nonnull (listener->stream);
  g_free (hear (listener));
}

static void
end_listening (Listener *listener)
{
  hw_event_stream_free (listener->stream);
  g_mutex_clear (&listener->mutex);
  g_cond_clear (&listener->cond);
}

/* The hub goes through the streams in order: once the last has heard of a change, whoever was to hear of it has. */
static void
wait_for (Listener *last)
{
  g_autofree char *heard = hear (last);

  if (heard[0] != '\0')
    return;
  g_mutex_lock (&last->mutex);
  while (!last->woken)
    g_cond_wait (&last->cond, &last->mutex);
  g_mutex_unlock (&last->mutex);
  g_free (hear (last));
}

/* Everybody's own word to this change: a canary, so that it may be seen in a hint if it ever were. */
static void
change (World *world, const HwTestCanary *canary)
{
  g_autofree char *id = hw_uuid_v4 ();
  const HwFieldDef *field = hw_schema_field (canary->field);
  HwOperation *operation
    = hw_operation_new (id, HW_ACTION_UPDATE, field->type, canary->record, HW_TEST_CASE);
  g_autofree char *text = g_strconcat (canary->text, "again", NULL);

  hw_operation_set_text (operation, field->id, text, 0);
  hw_test_commit (world->store, operation, NULL);
}

/* Anything at all of the case; for a mission, of a request it was sent. */
static gboolean
sees_any (World *world, HwRole role, char **relations, const HwTestCanary *canary)
{
  if (role == HW_ROLE_EMBASSY_LIAISON)
    return canary->shared;
  for (guint i = 0; i < world->test_case->canaries->len; i++)
    if (table_allows (world, role, relations, g_ptr_array_index (world->test_case->canaries, i), FALSE))
      return TRUE;
  return FALSE;
}

/* A hint says that there is something, to whom there is, and nothing of what it is. */
static void
judge_hint (World *world, HwRole role, const HwTestCanary *canary, const char *heard, const char *setting)
{
  g_auto (GStrv) relations = relations_of (world, role);
  const HwFieldDef *field = hw_schema_field (canary->field);
  gboolean may = table_allows (world, role, relations, canary, FALSE);

  if (heard[0] != '\0' && !g_regex_match_simple ("^event: hint\ndata: {\"seq\":\\d{1,3}}\n\n$", heard, 0, 0))
    g_test_fail_printf ("%s, %s: a hint says “%s”", setting, hw_role_nick (role)->nick, heard);
  if ((heard[0] != '\0' && !sees_any (world, role, relations, canary)) || (heard[0] == '\0' && may && !may_be_kept_back (field)))
    g_test_fail_printf ("%s, %s: %s hint of %s.%s", setting, hw_role_nick (role)->nick,
                        heard[0] != '\0' ? "there is a" : "there is no", hw_schema_type (field->type)->name,
                        field->name);
}

static gboolean
is_text (const HwTestCanary *canary)
{
  HwKind kind = hw_schema_field (canary->field)->kind;

  return kind == HW_KIND_TEXT || kind == HW_KIND_LONG_TEXT;
}

static void
test_events (World *world, gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);
  HwEventHub *hub = hw_event_hub_new (world->core, wake_cb);
  Listener listeners[HW_N_ROLES], last;
  guint hints = 0;

  settings[n].arrange (world);
  for (guint role = 0; role < HW_N_ROLES; role++)
    begin_listening (world, hub, (HwRole) role, &listeners[role]);
  begin_listening (world, hub, HW_ROLE_SUPERVISOR, &last);
  for (guint i = 0; i < world->test_case->canaries->len; i++)
    {
      HwTestCanary *canary = g_ptr_array_index (world->test_case->canaries, i);

      /* The supervisor waits for all; what she may not read would never come. */
      if (!is_text (canary) || hw_schema_field (canary->field)->category == HW_CATEGORY_CLINICAL)
        continue;
      change (world, canary);
      wait_for (&last);
      for (guint role = 0; role < HW_N_ROLES; role++)
        {
          g_autofree char *heard = hear (&listeners[role]);

          hints += heard[0] != '\0';
          judge_hint (world, (HwRole) role, canary, heard, settings[n].name);
        }
    }
  g_assert_cmpuint (hints, >, 50);
  hw_event_hub_stop (hub);
  for (guint role = 0; role < HW_N_ROLES; role++)
    end_listening (&listeners[role]);
  end_listening (&last);
  hw_event_hub_free (hub);
}

/* Without the projection everybody is told everything by the items, the analyst and the administrator too. */
static void
test_the_search_finds (World *world, gconstpointer data)
{
  for (guint role = 0; role < HW_N_ROLES; role++)
    {
      GString *heard[N_WAYS];
      guint found = 0;

      listen_to (world, (HwRole) role, heard);
      for (guint i = 0; i < world->test_case->canaries->len; i++)
        {
          HwTestCanary *canary = g_ptr_array_index (world->test_case->canaries, i);

          found += strstr (heard[WAY_ITEM]->str, canary->text) != NULL;
        }
      for (guint i = 0; i < world->pictures->len; i++)
        g_assert_nonnull (strstr (heard[WAY_CONTENT]->str,
                                  ((Picture *) g_ptr_array_index (world->pictures, i))->text));
      forget (heard);
      g_assert_cmpuint (found, ==, world->test_case->canaries->len);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; PROJECTING && i < G_N_ELEMENTS (settings); i++)
    {
      g_autofree char *path = g_strconcat ("/server/ways-out/", settings[i].name, NULL);

      g_autofree char *events = g_strconcat ("/server/ways-out/events/", settings[i].name, NULL);

      g_test_add (path, World, GUINT_TO_POINTER (i), set_up, test_setting, tear_down);
      g_test_add (events, World, GUINT_TO_POINTER (i), set_up, test_events, tear_down);
    }
  if (!PROJECTING)
    g_test_add ("/server/ways-out/without-projection-the-search-finds", World, NULL, set_up, test_the_search_finds,
                tear_down);
  return g_test_run ();
}
