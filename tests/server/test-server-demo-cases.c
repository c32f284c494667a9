/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The ten stories of the demo (domain.md, section 6), each exactly as its caseworker has it: by REST (records and
 * gates), and on a desktop that pulled them (stage, tracks, what blocks departure).
 */
#include "tests/server/hw-test-desk.h"
#include "tests/server/hw-test-told.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <stdlib.h>
#include <string.h>

#include "domain/hw-exit-list.h"
#include "domain/hw-item.h"
#include "domain/hw-summary.h"
#include "tests/server/hw-test-server.h"
#include "tools/hw-demo-private.h"

/* Noon in Bujumbura on Tuesday, 24 November 2026. */
#define NOW_US (G_GINT64_CONSTANT (1795514400) * G_USEC_PER_SEC)
/* What section 6 tells of each: on one record of the case both hold. A value is its JSON without the marks
 * around a text; a day is counted from the loading. */
typedef struct
{
  const char *number;
  HwFieldId field;
  const char *value;
  HwFieldId second; /* of the same record; NONE: the first alone */
  const char *second_value;
} Fact;

static const Fact facts[] = {
  /* Hawalli; passport with employer; phone 23:00–23:30, isoko; in a shelter since 19 days; 140 days at KD 2. */
  { "0001", HW_FIELD_CASE_LOCATION_PLACE, "Hawalli", HW_FIELD_CASE_LOCATION_COUNTRY, "KW" },
  { "0001", HW_FIELD_TRAVEL_DOCUMENT_KIND, "passport", HW_FIELD_TRAVEL_DOCUMENT_HELD_BY, "employer" },
  { "0001", HW_FIELD_TRAVEL_DOCUMENT_KIND, "laissez_passer", HW_FIELD_TRAVEL_DOCUMENT_STATUS, "in_production" },
  { "0001", HW_FIELD_SAFE_CONTACT_WINDOW_FROM, "23:00", HW_FIELD_SAFE_CONTACT_WINDOW_TO, "23:30" },
  { "0001", HW_FIELD_SAFE_CONTACT_CODE_WORD, "isoko", HW_FIELD_SAFE_CONTACT_WINDOW_ZONE, "Asia/Kuwait" },
  { "0001", HW_FIELD_PLACEMENT_KIND, "shelter", HW_FIELD_PLACEMENT_SINCE, "2026-11-05" },
  { "0001", HW_FIELD_EXIT_CLEARANCE_ITEM, "overstay_fine", HW_FIELD_EXIT_CLEARANCE_COUNTED_FROM, "2026-07-07" },
  { "0001", HW_FIELD_MOVEMENT_STATUS, "held", HW_FIELD_MOVEMENT_HOLD_EXPIRES_AT, "2026-11-25T16:00:00Z" },
  { "0001", HW_FIELD_SEGMENT_FROM, "KWI", HW_FIELD_SEGMENT_TO, "ADD" },
  { "0001", HW_FIELD_SEGMENT_FROM, "ADD", HW_FIELD_SEGMENT_TO, "BJM" },
  /* Riyadh, four children; a report on day 12; consent in Kirundi through an interpreter. */
  { "0002", HW_FIELD_CASE_LOCATION_PLACE, "Riyadh", HW_FIELD_CASE_LOCATION_COUNTRY, "SA" },
  { "0002", HW_FIELD_PERSON_NUMBER_OF_CHILDREN, "4", HW_FIELD_NONE, NULL },
  { "0002", HW_FIELD_EXIT_CLEARANCE_ITEM, "absconding_report", HW_FIELD_EXIT_CLEARANCE_REPORTED_ON, "2026-11-12" },
  { "0002", HW_FIELD_CONSENT_LANGUAGE, "run", HW_FIELD_CONSENT_INTERPRETER, "Claudette, Kirundi interpreter" },
  /* Muscat; her papers say 23, she is 17 by estimate. */
  { "0003", HW_FIELD_CASE_LOCATION_PLACE, "Muscat", HW_FIELD_CASE_LOCATION_COUNTRY, "OM" },
  { "0003", HW_FIELD_PERSON_PAPERS_BIRTH_DATE, "2003-07-27", HW_FIELD_NONE, NULL },
  { "0003", HW_FIELD_SCREENING_IS_MINOR, "yes", HW_FIELD_NONE, NULL },
  /* Fears an official at home; wishes asylum. */
  { "0004", HW_FIELD_RISK_ASSESSMENT_ASYLUM, "wishes", HW_FIELD_RISK_ASSESSMENT_OFFICIAL_INVOLVED, "yes" },
  { "0004", HW_FIELD_PERPETRATOR_IS_OFFICIAL, "yes", HW_FIELD_NONE, NULL },
  /* Week 30; a certificate nine days old where seven are allowed. */
  { "0006", HW_FIELD_FITNESS_CERTIFIED_ON, "2026-11-15", HW_FIELD_FITNESS_MAX_AGE_DAYS, "7" },
  { "0006", HW_FIELD_MOVEMENT_STATUS, "held", HW_FIELD_NONE, NULL },
  /* The mission did not confirm; a focal point seeks her birth certificate. */
  { "0007", HW_FIELD_EMBASSY_REQUEST_KIND, "nationality", HW_FIELD_EMBASSY_REQUEST_STATUS, "nationality_not_confirmed" },
  { "0007", HW_FIELD_TRAVEL_DOCUMENT_KIND, "birth_certificate", HW_FIELD_TRAVEL_DOCUMENT_STATUS, "collecting_evidence" },
  { "0007", HW_FIELD_REFERRAL_DIRECTION, "out", HW_FIELD_REFERRAL_STATUS, "accepted" },
  /* A farm near Lusaka, debt; by road through Tanzania. */
  { "0008", HW_FIELD_CASE_LOCATION_PLACE, "Lusaka", HW_FIELD_CASE_LOCATION_COUNTRY, "ZM" },
  { "0008", HW_FIELD_EXPLOITATION_SECTOR, "agriculture", HW_FIELD_NONE, NULL },
  { "0008", HW_FIELD_MOVEMENT_MODE, "road", HW_FIELD_MOVEMENT_STATUS, "requested" },
  { "0008", HW_FIELD_SEGMENT_TO, "Tunduma, TZ", HW_FIELD_NONE, NULL },
  /* Her uncle had a part in it; she chose an aunt in Karuzi; the visit of the third month is due. */
  { "0009", HW_FIELD_FAMILY_MEMBER_RELATION, "uncle", HW_FIELD_FAMILY_MEMBER_IMPLICATED, "yes" },
  { "0009", HW_FIELD_FAMILY_MEMBER_RELATION, "aunt", HW_FIELD_FAMILY_MEMBER_SURVIVOR_WANTS_CONTACT, "yes" },
  { "0009", HW_FIELD_FOLLOW_UP_DUE_ON, "2026-11-24", HW_FIELD_FOLLOW_UP_STATUS, "due" },
  /* Withdrew at the airport; reopened; the visit of the twelfth month is unsafe. */
  { "0010", HW_FIELD_DECISION_MOMENT, "departure", HW_FIELD_DECISION_CHOICE, "stay" },
  { "0010", HW_FIELD_MOVEMENT_STATUS, "cancelled", HW_FIELD_NONE, NULL },
  { "0010", HW_FIELD_CASE_LOCATION_PLACE, "Dubai", HW_FIELD_CASE_STATUS, "follow_up" },
  { "0010", HW_FIELD_FOLLOW_UP_STATUS, "unsafe_to_contact", HW_FIELD_NONE, NULL },
};

/* Who they are: pseudonym, age on the day of loading, and province of origin. */
static const struct
{
  const char *number;
  const char *pseudonym;
  int age;
  const char *province;
} people[] = {
  { "0001", "Aline N.", 26, "Ngozi" },        { "0002", "Chantal I.", 31, "Kayanza" },
  { "0003", "Divine K.", 17, "Muyinga" },     { "0004", "Espérance H.", 29, "Cibitoke" },
  { "0006", "Francine B.", 24, "Rumonge" },   { "0007", "Goreth M.", 35, "Ruyigi" },
  { "0008", "Jean-Marie S.", 27, "Bururi" },  { "0009", "Liliane U.", 22, "Karuzi" },
  { "0010", "Odette R.", 40, "Makamba" },
};

/* One story in five linked cases: all stand alike. */
static const char *const five[] = { "0005", "0011", "0012", "0013", "0014" };

static const Told *
told_of_five (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    if (g_str_equal (told[i].number, five[0]))
      return &told[i];
  g_assert_not_reached ();
}

typedef struct
{
  char *folder; /* (owned) */
  char *path;   /* (owned) */
  HwClock *clock;
  HwStore *store;
  HwServerCore *core;
  HwTestDesk *desk; /* of the caseworker */
} Demo;

static HwTestDesk *
desk_of (Demo *demo, const char *username)
{
  g_autoptr (HwAccount) account = hw_store_account_by_name (demo->store, username, NULL);
  g_autoptr (HwActor) actor = NULL;

  g_assert_nonnull (account);
  actor = hw_actor_new (
    account->id, account->name, account->role, account->office, account->mission, NULL);
  return hw_test_desk_new_for (demo->core, actor);
}

static void
set_up (Demo *demo, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  demo->folder = g_dir_make_tmp ("homeward-stories-XXXXXX", &error);
  g_assert_no_error (error);
  demo->path = g_build_filename (demo->folder, "server.db", NULL);
  demo->clock = hw_clock_new_fixed (NOW_US);
  demo->store = hw_store_open (demo->path, HW_STORE_SERVER, demo->clock, &error);
  g_assert_no_error (error);
  hw_demo_load (demo->store, NULL, HW_DEMO_NO_CLOSED, &error);
  g_assert_no_error (error);
  demo->core = hw_server_core_new (demo->store, demo->clock, &error);
  g_assert_no_error (error);
  demo->desk = desk_of (demo, "caseworker");
}

static void
tear_down (Demo *demo, gconstpointer data)
{
  static const char *const endings[] = { "", "-wal", "-shm" };

  hw_test_desk_free (demo->desk);
  g_object_unref (demo->core);
  hw_store_close (demo->store);
  g_object_unref (demo->store);
  g_object_unref (demo->clock);
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *file = g_strconcat (demo->path, endings[i], NULL);

      g_unlink (file);
    }
  g_rmdir (demo->folder);
  g_free (demo->path);
  g_free (demo->folder);
}

/* ---- By REST ---- */

/* (transfer full) the object of a 200. */
static JsonNode *
get (HwTestDesk *desk, const char *path)
{
  g_autoptr (HwServerResponse) response = hw_test_desk_ask (desk, "GET", path, NULL);
  g_autofree char *body = hw_test_desk_body (response);
  g_autoptr (GError) error = NULL;
  JsonNode *node;

  g_assert_cmpuint (response->status, ==, 200);
  node = json_from_string (body, &error);
  g_assert_no_error (error);
  return node;
}

static JsonArray *
list_of (JsonNode *answer, const char *member)
{
  return json_object_get_array_member (json_node_get_object (answer), member);
}

static char *
type_of (JsonArray *records, const char *id)
{
  for (guint i = 0; i < json_array_get_length (records); i++)
    {
      JsonObject *record = json_array_get_object_element (records, i);

      if (g_str_equal (json_object_get_string_member (record, "id"), id))
        return g_strdup (json_object_get_string_member (record, "type"));
    }
  g_assert_not_reached ();
}

static char *
gate_words (JsonArray *records, JsonObject *gate)
{
  JsonArray *conditions = json_object_get_array_member (gate, "conditions");
  gboolean open = json_object_get_boolean_member (gate, "open");
  g_autofree char *type = type_of (records, json_object_get_string_member (gate, "subject"));
  GString *words = g_string_new (json_object_get_string_member (gate, "gate"));

  g_string_append_printf (
    words, " %s>%s:", type, json_object_get_string_member (gate, "target_status"));
  g_assert_true (open == (json_array_get_length (conditions) == 0));
  if (open)
    g_string_append (words, " open");
  for (guint i = 0; i < json_array_get_length (conditions); i++)
    g_string_append_printf (
      words,
      " %s",
      json_object_get_string_member (json_array_get_object_element (conditions, i), "code"));
  return g_string_free (words, FALSE);
}

static void
check_departure (JsonObject *departure, const Told *one)
{
  JsonArray *conditions = json_object_get_array_member (departure, "conditions");
  g_autoptr (GString) codes = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (conditions); i++)
    {
      JsonObject *condition = json_array_get_object_element (conditions, i);

      g_string_append_printf (
        codes, "%s%s", i > 0 ? " " : "", json_object_get_string_member (condition, "code"));
      g_assert_cmpstr (json_object_get_string_member (condition, "title"), !=, "");
    }
  g_assert_cmpstr (codes->str, ==, one->blocking);
  g_assert_cmpstr (
    json_object_get_string_member (departure, "stage"), ==, hw_stage_nick (one->stage));
}

static void
check_gates (Demo *demo, const char *number, const Told *one)
{
  g_autofree char *id = hw_demo_id (number, "case");
  g_autofree char *path = g_strconcat ("/v1/cases/", id, NULL);
  g_autofree char *gates_path = g_strconcat (path, "/gates", NULL);
  g_autoptr (JsonNode) file = get (demo->desk, path);
  g_autoptr (JsonNode) answer = get (demo->desk, gates_path);
  JsonArray *gates = list_of (answer, "gates");

  for (guint i = 0; i < json_array_get_length (gates); i++)
    {
      g_autofree char *words
        = gate_words (list_of (file, "records"), json_array_get_object_element (gates, i));

      g_test_message ("%s gate \"%s\"", number, words);
      g_assert_cmpuint (i, <, GATES);
      g_assert_cmpstr (words, ==, one->gates[i]);
    }
  g_assert_cmpuint (json_array_get_length (gates), <, GATES);
  g_assert_null (one->gates[json_array_get_length (gates)]);
  check_departure (
    json_object_get_object_member (json_node_get_object (answer), "departure"), one);
}

static void
test_gates_by_rest (Demo *demo, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    check_gates (demo, told[i].number, &told[i]);
  for (guint i = 0; i < G_N_ELEMENTS (five); i++)
    check_gates (demo, five[i], told_of_five ());
}

/* ---- On the desktop ---- */

static char *
track_words (const HwSummary *summary)
{
  static const char *const nicks[] = { "later", "waiting", "blocked", "done" };
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < HW_N_TRACKS; i++)
    g_string_append_printf (words,
                            "%s%s (%s)",
                            i > 0 ? ", " : "",
                            summary->tracks[i].words,
                            nicks[summary->tracks[i].state]);
  return g_string_free (words, FALSE);
}

static char *
blocking_words (const HwSummary *summary)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < summary->blocking->len; i++)
    g_string_append_printf (words,
                            "%s%s",
                            i > 0 ? " " : "",
                            ((HwCondition *)g_ptr_array_index (summary->blocking, i))->code);
  return g_string_free (words, FALSE);
}

static void
check_summary (HwStore *store, const char *number, const Told *one, gboolean on_server)
{
  g_autofree char *id = hw_demo_id (number, "case");
  HwRulesContext context = { .now_us = NOW_US, .on_server = on_server };
  g_autoptr (GError) error = NULL;
  g_autoptr (HwCaseFile) file = hw_store_load_case (store, id, &error);
  g_autoptr (HwSummary) summary = NULL;
  g_autofree char *tracks = NULL, *blocking = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (file);
  summary = hw_summary_new (file, &context);
  tracks = track_words (summary);
  blocking = blocking_words (summary);
  g_test_message ("%s %s \"%s\" \"%s\"", number, hw_stage_nick (summary->stage), tracks, blocking);
  g_assert_cmpstr (hw_stage_nick (summary->stage), ==, hw_stage_nick (one->stage));
  g_assert_cmpstr (tracks, ==, one->tracks);
  g_assert_cmpstr (blocking, ==, one->blocking);
  for (guint i = 0; i < summary->blocking->len; i++)
    {
      HwCondition *condition = g_ptr_array_index (summary->blocking, i);

      /* It tells where it can be met, and a record that it names is there. */
      g_assert_cmpint (condition->field, !=, HW_FIELD_NONE);
      if (condition->record != NULL)
        g_assert_nonnull (hw_case_file_lookup (file, condition->record));
    }
}

static void
test_summary_on_desktop (Demo *demo, gconstpointer data)
{
  g_free (hw_test_desk_pull (demo->desk));
  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    {
      check_summary (demo->store, told[i].number, &told[i], TRUE);
      check_summary (demo->desk->store, told[i].number, &told[i], FALSE);
    }
  for (guint i = 0; i < G_N_ELEMENTS (five); i++)
    check_summary (demo->desk->store, five[i], told_of_five (), FALSE);
}

/* ---- What is told of each ---- */

/* The case as REST gives it, read as a client reads it. */
static HwCaseFile *
file_by_rest (Demo *demo, const char *number)
{
  g_autofree char *id = hw_demo_id (number, "case");
  g_autofree char *path = g_strconcat ("/v1/cases/", id, NULL);
  g_autoptr (JsonNode) answer = get (demo->desk, path);
  JsonArray *records = list_of (answer, "records");
  HwCaseFile *file = hw_case_file_new (id, NULL);

  for (guint i = 0; i < json_array_get_length (records); i++)
    {
      g_autofree char *text = json_to_string (json_array_get_element (records, i), FALSE);
      g_autoptr (GError) error = NULL;
      g_autoptr (HwItem) item = hw_item_from_text (text, &error);

      g_assert_no_error (error);
      hw_case_file_add (file, item->record);
    }
  return file;
}

static HwCaseFile *
file_on_desktop (Demo *demo, const char *number)
{
  g_autofree char *id = hw_demo_id (number, "case");
  g_autoptr (GError) error = NULL;
  HwCaseFile *file = hw_store_load_case (demo->desk->store, id, &error);

  g_assert_no_error (error);
  g_assert_nonnull (file);
  return file;
}

static gboolean
has_value (HwRecord *record, HwFieldId field, const char *wanted)
{
  g_autoptr (GString) json = g_string_new (NULL);
  HwValue *value = field != HW_FIELD_NONE ? hw_record_get (record, field) : NULL;

  if (field == HW_FIELD_NONE)
    return TRUE;
  if (value == NULL)
    return FALSE;
  hw_field_append_json (hw_schema_field (field), value, json);
  if (json->str[0] == '"')
    {
      g_string_truncate (json, json->len - 1);
      g_string_erase (json, 0, 1);
    }
  return g_str_equal (json->str, wanted);
}

static guint
count_facts (HwCaseFile *file, const Fact *fact)
{
  GPtrArray *records = hw_case_file_of_type (file, hw_schema_field (fact->field)->type);
  guint count = 0;

  for (guint i = 0; i < records->len; i++)
    if (has_value (g_ptr_array_index (records, i), fact->field, fact->value)
        && has_value (g_ptr_array_index (records, i), fact->second, fact->second_value))
      count++;
  return count;
}

static void
check_file (HwCaseFile *file, const char *number)
{
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    if (g_str_equal (facts[i].number, number) && count_facts (file, &facts[i]) == 0)
      g_error ("%s: no record has %s = %s", number, hw_schema_field (facts[i].field)->name, facts[i].value);
}

static int
age_on (const char *birth, const char *day)
{
  int years = atoi (day) - atoi (birth);

  return strcmp (day + 5, birth + 5) < 0 ? years - 1 : years;
}

static void
check_person (HwCaseFile *file, guint n)
{
  HwRecord *survivor = hw_case_file_survivor (file);

  g_assert_true (has_value (hw_case_file_case (file), HW_FIELD_CASE_PSEUDONYM, people[n].pseudonym));
  g_assert_nonnull (survivor);
  g_assert_cmpint (
    age_on (hw_record_get_text (survivor, HW_FIELD_PERSON_BIRTH_DATE), "2026-11-24"), ==, people[n].age);
  g_assert_true (has_value (survivor, HW_FIELD_PERSON_ORIGIN_PROVINCE, people[n].province));
}

static void
test_facts_of_each_story (Demo *demo, gconstpointer data)
{
  g_free (hw_test_desk_pull (demo->desk));
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autoptr (HwCaseFile) told_file = file_by_rest (demo, people[i].number);
      g_autoptr (HwCaseFile) held = file_on_desktop (demo, people[i].number);

      check_file (told_file, people[i].number);
      check_person (told_file, i);
      check_file (held, people[i].number);
      check_person (held, i);
    }
}

/* "0003: no guardian, no best-interests record"; "0009: she chose an aunt". */
static void
test_what_is_missing_and_chosen (Demo *demo, gconstpointer data)
{
  g_autoptr (HwCaseFile) child = file_by_rest (demo, "0003");
  g_autoptr (HwCaseFile) home = file_by_rest (demo, "0009");
  HwRecord *reunion = hw_case_file_latest (home, HW_TYPE_ID_REUNIFICATION);
  HwRecord *chosen;

  g_assert_cmpuint (hw_case_file_of_type (child, HW_TYPE_ID_GUARDIANSHIP)->len, ==, 0);
  g_assert_cmpuint (hw_case_file_of_type (child, HW_TYPE_ID_BEST_INTERESTS)->len, ==, 0);
  chosen = hw_case_file_lookup (home, hw_record_get_text (reunion, HW_FIELD_REUNIFICATION_SURVIVOR_CHOICE));
  g_assert_nonnull (chosen);
  g_assert_true (hw_record_is (chosen, HW_FIELD_FAMILY_MEMBER_RELATION, "aunt"));
  g_assert_nonnull (strstr (hw_record_get_text (chosen, HW_FIELD_FAMILY_MEMBER_PLACE), "Karuzi"));
  g_assert_true (
    hw_record_is (reunion, HW_FIELD_REUNIFICATION_MEMBER, hw_record_id (chosen)));
}

/* Five in Nairobi: passports with the recruiter, temporary passes, one group NBO–BJM, one needs an escort. */
static void
test_five_linked (Demo *demo, gconstpointer data)
{
  const Fact passport = { "", HW_FIELD_TRAVEL_DOCUMENT_KIND, "passport", HW_FIELD_TRAVEL_DOCUMENT_HELD_BY, "recruiter" };
  const Fact pass
    = { "", HW_FIELD_TRAVEL_DOCUMENT_KIND, "laissez_passer", HW_FIELD_TRAVEL_DOCUMENT_STATUS, "verified" };
  const Fact leg = { "", HW_FIELD_SEGMENT_FROM, "NBO", HW_FIELD_SEGMENT_TO, "BJM" };
  const Fact group
    = { "", HW_FIELD_MOVEMENT_GROUP, "NBO-BJM five", HW_FIELD_MOVEMENT_STATUS, "ticketed" };
  const Fact nairobi
    = { "", HW_FIELD_CASE_LOCATION_PLACE, "Nairobi", HW_FIELD_CASE_LOCATION_COUNTRY, "KE" };
  const Fact escorted = { "", HW_FIELD_FITNESS_OUTCOME, "fit_with_escort", HW_FIELD_NONE, NULL };
  const Fact escort = { "", HW_FIELD_MOVEMENT_ESCORT, "medical", HW_FIELD_NONE, NULL };
  guint escorts = 0;

  for (guint i = 0; i < G_N_ELEMENTS (five); i++)
    {
      g_autoptr (HwCaseFile) file = file_by_rest (demo, five[i]);

      g_assert_cmpuint (count_facts (file, &nairobi), ==, 1);
      g_assert_cmpuint (count_facts (file, &passport), ==, 1);
      g_assert_cmpuint (count_facts (file, &pass), ==, 1);
      g_assert_cmpuint (count_facts (file, &leg), ==, 1);
      g_assert_cmpuint (count_facts (file, &group), ==, 1);
      g_assert_cmpuint (count_facts (file, &escorted), ==, count_facts (file, &escort));
      escorts += count_facts (file, &escorted);
    }
  g_assert_cmpuint (escorts, ==, 1);
}

/* On the laptop, with the directory that came with it: KD 280 today; the report until day 15. */
static void
test_exit_on_desktop (Demo *demo, gconstpointer data)
{
  g_autoptr (HwCaseFile) kuwait = NULL, riyadh = NULL;
  g_autoptr (HwExitList) fine = NULL, report = NULL;
  gboolean found = FALSE;

  g_free (hw_test_desk_pull (demo->desk));
  kuwait = file_on_desktop (demo, "0001");
  riyadh = file_on_desktop (demo, "0002");
  fine = hw_exit_list_new (kuwait, "2026-11-24");
  report = hw_exit_list_new (riyadh, "2026-11-24");
  g_assert_cmpuint (fine->sums->len, ==, 1);
  g_assert_cmpint (hw_value_integer (g_ptr_array_index (fine->sums, 0)), ==, 280000);
  g_assert_cmpstr (hw_value_unit (g_ptr_array_index (fine->sums, 0)), ==, "KWD");
  for (guint i = 0; i < report->entries->len; i++)
    {
      HwExitEntry *entry = g_ptr_array_index (report->entries, i);

      found |= g_strcmp0 (entry->cancel_day, "2026-11-27") == 0;
    }
  g_assert_true (found);
}

/* A relative who had a part in it cannot be called by whoever searches: the number is not there. */
static void
test_implicated_relative_is_out_of_reach (Demo *demo, gconstpointer data)
{
  g_autofree char *case_id = hw_demo_id ("0009", "case");
  g_autofree char *task_id = hw_demo_id ("0009", "task-visit");
  g_autofree char *focal = hw_demo_id ("user", "focal_point");
  g_autofree char *uncle = hw_demo_id ("0009", "uncle");
  g_autoptr (HwTestDesk) searcher = NULL;
  g_autoptr (HwCaseFile) own = NULL, hers = NULL;
  g_autoptr (GError) error = NULL;
  HwOperation *give = hw_operation_new (
    "018f1111-0000-7000-8000-0000000000e1", HW_ACTION_UPDATE, HW_TYPE_ID_TASK, task_id, case_id);
  HwOperation *phone = hw_operation_new (
    "018f1111-0000-7000-8000-0000000000e2", HW_ACTION_UPDATE, HW_TYPE_ID_FAMILY_MEMBER, uncle, case_id);

  hw_operation_set_text (give, HW_FIELD_TASK_ASSIGNEE, focal, 1);
  hw_operation_set_text (phone, HW_FIELD_FAMILY_MEMBER_PHONE, "+25779000099", 0);
  hw_test_commit (demo->store, give, phone, NULL);
  searcher = desk_of (demo, "focal_point");
  g_free (hw_test_desk_pull (searcher));
  own = hw_store_load_case (searcher->store, case_id, &error);
  g_assert_no_error (error);
  g_assert_nonnull (own);
  /* The searcher knows him, that he is never to be called, and the aunt's number. */
  g_assert_true (hw_record_is (hw_case_file_lookup (own, uncle), HW_FIELD_FAMILY_MEMBER_IMPLICATED, "yes"));
  g_assert_null (hw_record_get (hw_case_file_lookup (own, uncle), HW_FIELD_FAMILY_MEMBER_PHONE));
  g_assert_null (hw_record_get (hw_case_file_lookup (own, uncle), HW_FIELD_FAMILY_MEMBER_PLACE));
  g_assert_false (hw_test_desk_holds (searcher, "+25779000099"));
  g_assert_true (hw_test_desk_holds (searcher, "+25779000009"));
  hers = file_by_rest (demo, "0009");
  g_assert_true (
    has_value (hw_case_file_lookup (hers, uncle), HW_FIELD_FAMILY_MEMBER_PHONE, "+25779000099"));
}

static void
assert_writes_no_consent (HwTestDesk *searcher, const char *case_id)
{
  g_autofree char *text = g_strdup_printf (
    "{\"operations\":[{\"id\":\"018f1111-0000-7000-8000-0000000000e3\",\"action\":\"create\",\"type\":\"consent\","
    "\"record\":\"018f1111-0000-7000-8000-0000000000e4\",\"case\":\"%s\",\"set\":{\"purpose\":\"embassy_contact\","
    "\"form\":\"written\",\"granted_at\":\"2026-11-24T05:00:00Z\"}}]}",
    case_id);
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (HwServerResponse) response = hw_test_desk_ask (searcher, "POST", "/v1/operations", body);
  g_autofree char *answer = hw_test_desk_body (response);

  g_test_message ("%s", answer);
  g_assert_nonnull (strstr (answer, "\"status\":\"refused\""));
}

/* She seeks the birth certificate at Butaganzwa: whom, for whom to ask, and the task; not what was done to her, where she
 * is, or what she decided. */
static void
test_who_seeks_the_certificate_knows_whom_to_ask_for (Demo *demo, gconstpointer data)
{
  static const HwTypeId untold[]
    = { HW_TYPE_ID_SCREENING,       HW_TYPE_ID_EXPLOITATION, HW_TYPE_ID_CONSENT,         HW_TYPE_ID_DECISION,
        HW_TYPE_ID_SAFE_CONTACT,    HW_TYPE_ID_PLACEMENT,    HW_TYPE_ID_RISK_ASSESSMENT, HW_TYPE_ID_EMBASSY_REQUEST,
        HW_TYPE_ID_TRAVEL_DOCUMENT, HW_TYPE_ID_DISCLOSURE };
  g_autofree char *case_id = hw_demo_id ("0007", "case");
  g_autofree char *task_id = hw_demo_id ("0007", "task-certificate");
  g_autofree char *brother = hw_demo_id ("0007", "brother");
  g_autoptr (HwTestDesk) searcher = desk_of (demo, "focal_point");
  g_autofree char *heard = hw_test_desk_pull (searcher);
  g_autoptr (GError) error = NULL;
  g_autoptr (HwCaseFile) own = hw_store_load_case (searcher->store, case_id, &error);
  HwRecord *she;

  g_assert_no_error (error);
  g_assert_nonnull (own);
  she = hw_case_file_survivor (own);
  g_assert_true (hw_record_is (she, HW_FIELD_PERSON_FAMILY_NAME, "Manirakiza"));
  g_assert_nonnull (hw_record_get (she, HW_FIELD_PERSON_BIRTH_DATE));
  g_assert_null (hw_record_get (she, HW_FIELD_PERSON_BIRTH_PLACE));
  g_assert_null (hw_record_get (hw_case_file_case (own), HW_FIELD_CASE_PSEUDONYM));
  g_assert_true (hw_record_is (hw_case_file_lookup (own, task_id), HW_FIELD_TASK_TITLE,
                               "Find the birth certificate at Butaganzwa"));
  g_assert_true (hw_record_is (hw_case_file_lookup (own, brother), HW_FIELD_FAMILY_MEMBER_PHONE, "+25779000007"));
  g_assert_cmpuint (hw_case_file_of_type (own, HW_TYPE_ID_REFERRAL)->len, ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (untold); i++)
    g_assert_cmpuint (hw_case_file_of_type (own, untold[i])->len, ==, 0);
  g_assert_false (hw_test_desk_holds (searcher, "+97450000007"));
  g_assert_null (strstr (heard, "domestic_servitude"));
  assert_writes_no_consent (searcher, case_id);
}

#define TEST(path, function) g_test_add (path, Demo, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST ("/demo/gates-of-each-story-by-rest", test_gates_by_rest);
  TEST ("/demo/state-of-each-story-on-the-desktop", test_summary_on_desktop);
  TEST ("/demo/facts-of-each-story-on-both-sides", test_facts_of_each_story);
  TEST ("/demo/what-is-missing-and-chosen", test_what_is_missing_and_chosen);
  TEST ("/demo/five-linked", test_five_linked);
  TEST ("/demo/exit-on-the-desktop", test_exit_on_desktop);
  TEST ("/demo/implicated-relative-is-out-of-reach", test_implicated_relative_is_out_of_reach);
  TEST ("/demo/who-seeks-the-certificate-knows-whom-to-ask-for", test_who_seeks_the_certificate_knows_whom_to_ask_for);
  return g_test_run ();
}
