/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The invented cases of the benchmarks (bench-data.h). Names, places and notes are put together from
 * short lists; every stage, country and urgency occurs; no record speaks of a real person.
 */
#include "tests/bench/bench-data.h"

#include "store/hw-outbox.h"

#include <string.h>

#define OPENED_WITHIN_DAYS 700
#define PAGE_CASES 250

struct _BenchData
{
  GRand *random; /* (owned) */
  guint n;       /* cases made */
  guint64 ids;   /* ids made */
};

static const char *const given_names[]
  = { "Aline", "Béatrice", "Chantal", "Divine", "Élise", "Fabiola", "Goreth", "Hawa", "Inès", "Josiane", "Kessia",
      "Liliane", "Médiatrice", "Nadège", "Odette", "Pascasie", "Quitterie", "Rosine", "Solange", "Thérèse",
      "Umuhoza", "Violette", "Wivine", "Yvonne", "Zawadi", "Clémentine", "Espérance", "Floride", "Générose",
      "Honorine", "Jacqueline", "Lydia", "Mireille", "Noëlla", "Perpétue", "Sandrine" };
static const char *const family_names[]
  = { "Bizimana", "Ciza", "Dusabe", "Habonimana", "Irakoze", "Kaneza", "Manirakiza", "Ndayishimiye", "Nduwimana",
      "Niyonkuru", "Nkurunziza", "Ntakirutimana", "Sindayigaya", "Uwimana", "Vyizigiro", "Nzeyimana", "Bukuru",
      "Hakizimana", "Iradukunda", "Kwizera", "Mugisha", "Ndikumana", "Nibigira", "Nshimirimana", "Nahimana",
      "Nizigiyimana", "Barankenyereye", "Gahimbare" };
static const char *const working_names[]
  = { "Amber", "Birch", "Cedar", "Dawn", "Ember", "Fern", "Gentian", "Harbour", "Iris", "Juniper", "Kestrel",
      "Linden", "Maple", "Nightingale", "Olive", "Poppy", "Quince", "Rowan", "Sage", "Tamarisk", "Willow" };
typedef struct
{
  const char *code, *zone, *prefix;
  const char *places[3];
} Country;
static const Country countries[] = {
  { "KW", "Asia/Kuwait", "+965", { "Farwaniya", "Hawally", "Salmiya" } },
  { "SA", "Asia/Riyadh", "+966", { "Riyadh", "Jeddah", "Dammam" } },
  { "OM", "Asia/Muscat", "+968", { "Muscat", "Sohar", "Salalah" } },
  { "AE", "Asia/Dubai", "+971", { "Dubai", "Sharjah", "Ajman" } },
  { "LB", "Asia/Beirut", "+961", { "Beirut", "Tripoli", "Saida" } },
  { "KE", "Africa/Nairobi", "+254", { "Nairobi", "Mombasa", "Nakuru" } },
  { "TZ", "Africa/Dar_es_Salaam", "+255", { "Kigoma", "Dodoma", "Mwanza" } },
  { "QA", "Asia/Qatar", "+974", { "Doha", "Al Rayyan", "Al Wakrah" } },
};
static const char *const home_provinces[] = { "Gitega", "Ngozi", "Kirundo", "Makamba", "Rumonge", "Muyinga", "Ruyigi" };
static const char *const sentences[]
  = { "She calls from the kitchen and has only a few minutes.", "The employer keeps her passport in a drawer.",
      "She has not been paid since the rains began.", "A neighbour lends her the phone after dark.",
      "She is in good health but sleeps badly.", "She wants to go home to her children.",
      "The shelter has a place for her from Thursday.", "The mission asks for two photographs.",
      "She is afraid of the agent who brought her.", "Her sister may be told, nobody else.",
      "She will call again on the agreed evening.", "The police took a statement and let her go." };
static const char *const urgencies[] = { "low", "medium", "high", "emergency" };
static const char *const answers[] = { "no", "suspected", "yes", "not_reviewed" };

#define PICK(data, list) ((list)[g_rand_int_range ((data)->random, 0, G_N_ELEMENTS (list))])

BenchData *
bench_data_new (guint32 seed)
{
  BenchData *data = g_new0 (BenchData, 1);

  data->random = g_rand_new_with_seed (seed);
  return data;
}

void
bench_data_free (BenchData *data)
{
  g_rand_free (data->random);
  g_free (data);
}

HwActor *
bench_actor (void)
{
  return hw_actor_new (BENCH_USER, "Caseworker", HW_ROLE_CASEWORKER, BENCH_OFFICE, NULL, NULL);
}

HwActor *
bench_system (void)
{
  return hw_actor_new ("system", "Bench", HW_ROLE_ADMINISTRATOR, NULL, NULL, NULL);
}

/* A version 7 id whose time and chance both come from the seed. */
char *
bench_data_id (BenchData *data)
{
  guint64 ms = BENCH_NOW / 1000 - G_GINT64_CONSTANT (60000000000) + ++data->ids;

  return g_strdup_printf ("%08x-%04x-7%03x-8%03x-%08x%04x", (guint) (ms >> 16), (guint) (ms & 0xffff),
                          g_rand_int (data->random) & 0xfff, g_rand_int (data->random) & 0xfff,
                          g_rand_int (data->random), g_rand_int (data->random) & 0xffff);
}

const char *
bench_data_word (BenchData *data)
{
  return g_rand_boolean (data->random) ? PICK (data, given_names) : PICK (data, family_names);
}

static void
set (HwRecord *record, HwFieldId field, const char *text)
{
  g_autoptr (HwValue) value = hw_value_new_text (text);

  hw_record_set (record, field, value);
}

static void
set_boolean (HwRecord *record, HwFieldId field, gboolean truth)
{
  g_autoptr (HwValue) value = hw_value_new_boolean (truth);

  hw_record_set (record, field, value);
}

static char *
day (BenchData *data, int from, int to)
{
  return hw_date_add_days ("2026-11-24", g_rand_int_range (data->random, from, to));
}

static void
set_day (BenchData *data, HwRecord *record, HwFieldId field, int from, int to)
{
  g_autofree char *text = day (data, from, to);

  set (record, field, text);
}

static void
set_time (BenchData *data, HwRecord *record, HwFieldId field)
{
  g_autofree char *on = day (data, -OPENED_WITHIN_DAYS, 0);
  g_autofree char *text = g_strconcat (on, "T09:30:00Z", NULL);

  set (record, field, text);
}

static char *
speak (BenchData *data, guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", PICK (data, sentences));
  return g_string_free (text, FALSE);
}

static HwRecord *
begin (BenchData *data, GPtrArray *records, HwTypeId type)
{
  g_autofree char *id = bench_data_id (data);
  HwRecord *record = hw_record_new (type, id);

  hw_record_set_case (record, records->len > 0 ? hw_record_id (g_ptr_array_index (records, 0)) : id);
  g_ptr_array_add (records, record);
  return record;
}

static GPtrArray *
records_new (void)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

/* ---- The directory ---- */

static char *
mission_of (guint country)
{
  return g_strdup_printf ("018f0000-0000-7000-8000-0000000001%02x", country);
}

GPtrArray *
bench_data_directory (BenchData *data)
{
  GPtrArray *records = records_new ();
  HwRecord *office = hw_record_new (HW_TYPE_ID_OFFICE, BENCH_OFFICE);

  set (office, HW_FIELD_OFFICE_NAME, "Bujumbura");
  set (office, HW_FIELD_OFFICE_COUNTRY, "BI");
  set (office, HW_FIELD_OFFICE_ZONE, "Africa/Bujumbura");
  g_ptr_array_add (records, office);
  for (guint i = 0; i < G_N_ELEMENTS (countries); i++)
    {
      g_autofree char *id = mission_of (i);
      g_autofree char *name = g_strdup_printf ("Embassy answering for %s", countries[i].places[0]);
      const char *const covered[] = { countries[i].code, NULL };
      g_autoptr (HwValue) covers = hw_value_new_set (covered);
      HwRecord *mission = hw_record_new (HW_TYPE_ID_ORGANISATION, id);

      set (mission, HW_FIELD_ORGANISATION_NAME, name);
      set (mission, HW_FIELD_ORGANISATION_KIND, "diplomatic_mission");
      hw_record_set (mission, HW_FIELD_ORGANISATION_COVERS, covers);
      g_ptr_array_add (records, mission);
    }
  return records;
}

/* ---- The records of a case ---- */

static void
add_case (BenchData *data, GPtrArray *records, guint country)
{
  HwRecord *record = begin (data, records, HW_TYPE_ID_CASE);
  g_autofree char *code = g_strdup_printf ("BUJ-%02u-%06u", 20 + data->n % 7, data->n);
  g_autofree char *name = g_strdup_printf ("%s %u", PICK (data, working_names), data->n);
  g_autofree char *mission = mission_of (country);
  gboolean closed = data->n % 12 == 0;

  set (record, HW_FIELD_CASE_CODE, code);
  set (record, HW_FIELD_CASE_PSEUDONYM, name);
  set (record, HW_FIELD_CASE_STATUS, closed ? "closed" : data->n % 9 == 0 ? "follow_up" : "active");
  set (record, HW_FIELD_CASE_URGENCY, PICK (data, urgencies));
  set (record, HW_FIELD_CASE_OWNER, BENCH_USER);
  set (record, HW_FIELD_CASE_OFFICE, BENCH_OFFICE);
  set_day (data, record, HW_FIELD_CASE_OPENED_ON, -OPENED_WITHIN_DAYS, 0);
  set (record, HW_FIELD_CASE_SOURCE, "helpline");
  set (record, HW_FIELD_CASE_LOCATION_COUNTRY, countries[country].code);
  set (record, HW_FIELD_CASE_LOCATION_PLACE, PICK (data, countries[country].places));
  set (record, HW_FIELD_CASE_NATIONALITY, "BI");
  set (record, HW_FIELD_CASE_MISSION, mission);
  if (closed)
    set (record, HW_FIELD_CASE_CLOSURE_REASON, "completed");
}

static void
add_person (BenchData *data, GPtrArray *records)
{
  HwRecord *record = begin (data, records, HW_TYPE_ID_PERSON);
  g_autofree char *born = g_strdup_printf ("%u-01-01", (guint) g_rand_int_range (data->random, 1980, 2006));
  const char *const spoken[] = { "fra", "run", "swa", NULL };
  const char *const known_as[] = { PICK (data, given_names), NULL };
  g_autoptr (HwValue) birth = hw_value_new_pair (born, "year");
  g_autoptr (HwValue) languages = hw_value_new_set (spoken);
  g_autoptr (HwValue) aliases = hw_value_new_set (known_as);

  set (record, HW_FIELD_PERSON_ROLE, "survivor");
  set (record, HW_FIELD_PERSON_GIVEN_NAMES, PICK (data, given_names));
  set (record, HW_FIELD_PERSON_FAMILY_NAME, PICK (data, family_names));
  hw_record_set (record, HW_FIELD_PERSON_ALIASES, aliases);
  hw_record_set (record, HW_FIELD_PERSON_BIRTH_DATE, birth);
  hw_record_set (record, HW_FIELD_PERSON_LANGUAGES, languages);
  set (record, HW_FIELD_PERSON_GENDER, "feminine");
  set (record, HW_FIELD_PERSON_MARITAL_STATUS, data->n % 2 == 0 ? "single" : "married");
  set (record, HW_FIELD_PERSON_MOTHER_NAME, PICK (data, family_names));
  set (record, HW_FIELD_PERSON_ORIGIN_PROVINCE, PICK (data, home_provinces));
  set (record, HW_FIELD_PERSON_ORIGIN_COMMUNE, PICK (data, home_provinces));
}

static void
add_whereabouts (BenchData *data, GPtrArray *records, guint country)
{
  static const char *const kinds[] = { "employer", "shelter", "detention", "family" };
  HwRecord *contact = begin (data, records, HW_TYPE_ID_SAFE_CONTACT);
  HwRecord *placement = begin (data, records, HW_TYPE_ID_PLACEMENT);
  g_autofree char *phone
    = g_strdup_printf ("%s%08u", countries[country].prefix, (guint) g_rand_int_range (data->random, 50000000, 99999999));

  set (contact, HW_FIELD_SAFE_CONTACT_CHANNEL, data->n % 3 == 0 ? "phone" : "whatsapp");
  set (contact, HW_FIELD_SAFE_CONTACT_VALUE, phone);
  set (contact, HW_FIELD_SAFE_CONTACT_SAFE, "yes");
  set (contact, HW_FIELD_SAFE_CONTACT_CODE_WORD, PICK (data, working_names));
  set (contact, HW_FIELD_SAFE_CONTACT_WINDOW_FROM, "20:00");
  set (contact, HW_FIELD_SAFE_CONTACT_WINDOW_TO, "22:00");
  set (contact, HW_FIELD_SAFE_CONTACT_WINDOW_ZONE, countries[country].zone);
  set_boolean (contact, HW_FIELD_SAFE_CONTACT_MAY_LEAVE_MESSAGE, FALSE);
  set (placement, HW_FIELD_PLACEMENT_KIND, PICK (data, kinds));
  set (placement, HW_FIELD_PLACEMENT_PLACE, PICK (data, countries[country].places));
  set_day (data, placement, HW_FIELD_PLACEMENT_SINCE, -OPENED_WITHIN_DAYS, 0);
}

static void
fill_contact (BenchData *data, HwRecord *record)
{
  g_autofree char *said = speak (data, 2);

  set_time (data, record, HW_FIELD_CONTACT_LOG_AT);
  set (record, HW_FIELD_CONTACT_LOG_DIRECTION, "in");
  set (record, HW_FIELD_CONTACT_LOG_CHANNEL, "phone");
  set (record, HW_FIELD_CONTACT_LOG_CALLER, "self");
  set (record, HW_FIELD_CONTACT_LOG_SUMMARY, said);
  set_day (data, record, HW_FIELD_CONTACT_LOG_NEXT_CONTACT_ON, -10, 40);
}

HwRecord *
bench_data_contact (BenchData *data, const char *case_id)
{
  g_autofree char *id = bench_data_id (data);
  HwRecord *record = hw_record_new (HW_TYPE_ID_CONTACT_LOG, id);

  hw_record_set_case (record, case_id);
  fill_contact (data, record);
  return record;
}

static void
add_consent (BenchData *data, GPtrArray *records, const char *purpose)
{
  HwRecord *record = begin (data, records, HW_TYPE_ID_CONSENT);

  set (record, HW_FIELD_CONSENT_PURPOSE, purpose);
  set (record, HW_FIELD_CONSENT_FORM, "explicit_oral");
  set (record, HW_FIELD_CONSENT_LANGUAGE, "run");
  set_time (data, record, HW_FIELD_CONSENT_GRANTED_AT);
  set_day (data, record, HW_FIELD_CONSENT_EXPIRES_ON, 10, 300);
}

static void
add_risk (BenchData *data, GPtrArray *records)
{
  HwRecord *record = begin (data, records, HW_TYPE_ID_RISK_ASSESSMENT);
  g_autofree char *plan = speak (data, 1);

  set (record, HW_FIELD_RISK_ASSESSMENT_TRAFFICKER_KNOWS_HOME, PICK (data, answers));
  set (record, HW_FIELD_RISK_ASSESSMENT_DEBT, PICK (data, answers));
  set (record, HW_FIELD_RISK_ASSESSMENT_STIGMA, PICK (data, answers));
  set (record, HW_FIELD_RISK_ASSESSMENT_RETALIATION, PICK (data, answers));
  set (record, HW_FIELD_RISK_ASSESSMENT_OFFICIAL_INVOLVED, "no");
  set (record, HW_FIELD_RISK_ASSESSMENT_ASYLUM, data->n % 11 == 0 ? "pending" : "none");
  set (record, HW_FIELD_RISK_ASSESSMENT_CONCLUSION, "safe_with_plan");
  set (record, HW_FIELD_RISK_ASSESSMENT_SAFETY_PLAN, plan);
  set_day (data, record, HW_FIELD_RISK_ASSESSMENT_ASSESSED_ON, -60, 0);
}

static void
add_request (BenchData *data, GPtrArray *records, guint country)
{
  static const char *const statuses[] = { "draft", "sent", "acknowledged", "nationality_checking", "approved" };
  HwRecord *record = begin (data, records, HW_TYPE_ID_EMBASSY_REQUEST);
  g_autofree char *mission = mission_of (country);

  set (record, HW_FIELD_EMBASSY_REQUEST_MISSION, mission);
  set (record, HW_FIELD_EMBASSY_REQUEST_KIND, "document");
  set (record, HW_FIELD_EMBASSY_REQUEST_STATUS, PICK (data, statuses));
  set (record, HW_FIELD_EMBASSY_REQUEST_GIVEN_NAMES, PICK (data, given_names));
  set (record, HW_FIELD_EMBASSY_REQUEST_FAMILY_NAME, PICK (data, family_names));
  set (record, HW_FIELD_EMBASSY_REQUEST_NATIONALITY, "BI");
  set_day (data, record, HW_FIELD_EMBASSY_REQUEST_DUE_ON, 0, 40);
}

static void
add_clearance (BenchData *data, GPtrArray *records)
{
  static const char *const statuses[] = { "not_checked", "pending", "payment_due", "cleared" };
  HwRecord *record = begin (data, records, HW_TYPE_ID_EXIT_CLEARANCE);

  set (record, HW_FIELD_EXIT_CLEARANCE_ITEM, "overstay_fine");
  set (record, HW_FIELD_EXIT_CLEARANCE_STATUS, PICK (data, statuses));
  set_day (data, record, HW_FIELD_EXIT_CLEARANCE_DUE_ON, 0, 60);
}

GPtrArray *
bench_data_next_case (BenchData *data)
{
  GPtrArray *records = records_new ();
  guint country = (guint) g_rand_int_range (data->random, 0, G_N_ELEMENTS (countries));

  data->n++;
  add_case (data, records, country);
  add_person (data, records);
  add_whereabouts (data, records, country);
  fill_contact (data, begin (data, records, HW_TYPE_ID_CONTACT_LOG));
  if (data->n % 2 == 0)
    add_consent (data, records, "assistance");
  if (data->n % 3 == 0)
    add_risk (data, records);
  if (data->n % 8 == 1)
    add_request (data, records, country);
  if (data->n % 8 == 5)
    add_clearance (data, records);
  return records;
}

/* ---- As items and operations ---- */

HwItem *
bench_item (HwRecord *record)
{
  HwItem *item = g_new0 (HwItem, 1);

  item->op = HW_ITEM_PUT;
  item->type = hw_record_type (record);
  item->id = g_strdup (hw_record_id (record));
  item->case_id = g_strdup (hw_record_case (record));
  item->rev = 1;
  item->record = g_object_ref (record);
  hw_record_set_rev (record, 1);
  hw_record_set_stamps (record, "2026-11-20T08:00:00Z", BENCH_USER, "2026-11-20T08:00:00Z", BENCH_USER);
  for (guint i = 0; i < hw_record_def (record)->n_fields; i++)
    if (hw_record_get (record, hw_record_def (record)->fields[i].id) != NULL)
      hw_record_set_field_rev (record, hw_record_def (record)->fields[i].id, 1);
  return item;
}

HwOperation *
bench_operation (BenchData *data, HwRecord *record)
{
  g_autofree char *id = bench_data_id (data);
  const HwTypeDef *def = hw_record_def (record);
  HwOperation *operation
    = hw_operation_new (id, HW_ACTION_CREATE, hw_record_type (record), hw_record_id (record), hw_record_case (record));

  operation->at = g_strdup ("2026-11-24T13:00:00Z");
  for (guint i = 0; i < def->n_fields; i++)
    {
      HwValue *value = hw_record_get (record, def->fields[i].id);

      if (value != NULL)
        hw_operation_set (operation, def->fields[i].id, value, 0);
    }
  return operation;
}

static gboolean
apply (HwStore *store, GPtrArray *items, gboolean complete, GError **error)
{
  gboolean done = hw_store_apply_page (store, items, "bench", complete, error);

  g_ptr_array_set_size (items, 0);
  return done;
}

gboolean
bench_fill_desktop (HwStore *store, BenchData *data, guint n_cases, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) hw_item_free);
  g_autoptr (GPtrArray) directory = bench_data_directory (data);

  for (guint i = 0; i < directory->len; i++)
    g_ptr_array_add (items, bench_item (g_ptr_array_index (directory, i)));
  for (guint n = 0; n < n_cases; n++)
    {
      g_autoptr (GPtrArray) records = bench_data_next_case (data);

      for (guint i = 0; i < records->len; i++)
        g_ptr_array_add (items, bench_item (g_ptr_array_index (records, i)));
      if (n % PAGE_CASES == PAGE_CASES - 1 && !apply (store, items, FALSE, error))
        return FALSE;
    }
  return apply (store, items, TRUE, error);
}

/* ---- The server ---- */

static gboolean
commit (HwStore *store, BenchData *data, const HwActor *actor, GPtrArray *records, GError **error)
{
  g_autoptr (HwChangeSet) changes = hw_change_set_new (HW_ORIGIN_SYSTEM, actor);
  g_autoptr (GPtrArray) results = NULL;

  for (guint i = 0; i < records->len; i++)
    hw_change_set_add (changes, bench_operation (data, g_ptr_array_index (records, i)));
  results = hw_store_commit (store, changes, error);
  if (results == NULL)
    return FALSE;
  for (guint i = 0; i < results->len; i++)
    {
      const HwResult *result = g_ptr_array_index (results, i);

      if (result->status == HW_RESULT_APPLIED)
        continue;
      g_set_error (error, HW_STORE_ERROR, HW_STORE_ERROR_FAILED, "%s was refused: %s",
                   hw_schema_type (result->type)->name,
                   result->verdict != NULL ? hw_verdict_message (result->verdict) : "no reason given");
      return FALSE;
    }
  return TRUE;
}

static gboolean
put_account (HwStore *store, const char *id, HwRole role, GError **error)
{
  HwAccount account = { .id = (char *) id,
                        .username = (char *) hw_role_nick (role)->nick,
                        .name = (char *) hw_role_nick (role)->label,
                        .role = role,
                        .office = (char *) BENCH_OFFICE,
                        .password_hash = (char *) "none" };

  return hw_store_put_account (store, &account, error);
}

gboolean
bench_fill_server (HwStore *store, BenchData *data, guint n_cases, GError **error)
{
  g_autoptr (HwActor) actor = bench_system ();
  g_autoptr (GPtrArray) directory = bench_data_directory (data);
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func (g_object_unref);

  if (!put_account (store, BENCH_USER, HW_ROLE_CASEWORKER, error)
      || !put_account (store, BENCH_SUPERVISOR, HW_ROLE_SUPERVISOR, error)
      || !commit (store, data, actor, directory, error))
    return FALSE;
  for (guint n = 0; n < n_cases; n++)
    {
      g_autoptr (GPtrArray) records = bench_data_next_case (data);

      g_ptr_array_extend_and_steal (page, g_ptr_array_copy (records, (GCopyFunc) g_object_ref, NULL));
      if (n % PAGE_CASES != PAGE_CASES - 1 && n + 1 < n_cases)
        continue;
      if (!commit (store, data, actor, page, error))
        return FALSE;
      g_ptr_array_set_size (page, 0);
    }
  return TRUE;
}
