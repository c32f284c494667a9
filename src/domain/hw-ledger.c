/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The disclosure ledger (domain.md section 1): whatever leaves for a mission, another office or an
 * organisation leaves an entry that says who received which fields on which consent. Nobody writes or edits
 * one by hand. A field of a request stands by itself ("given_names"), any other with its record type ("travel_document.number"),
 * so that the person concerned can be read a plain list of it.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-effects-private.h"

#include "base/hw-base.h"

#include <string.h>

typedef struct
{
  GPtrArray *names; /* (element-type utf8) */
  GHashTable *seen; /* (element-type utf8) */
} Told;

static void
told_init (Told *told)
{
  told->names = g_ptr_array_new ();
  told->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static char **
told_end (Told *told)
{
  g_hash_table_unref (told->seen);
  g_ptr_array_add (told->names, NULL);
  return (char **)g_ptr_array_free (told->names, FALSE);
}

static void
tell (Told *told, const HwFieldDef *field)
{
  const char *type = hw_schema_type (field->type)->name;
  char *name = field->type == HW_TYPE_ID_EMBASSY_REQUEST
                 ? g_strdup (field->name)
                 : g_strdup_printf ("%s.%s", type, field->name);

  if (g_hash_table_add (told->seen, g_strdup (name)))
    g_ptr_array_add (told->names, name);
  else
    g_free (name);
}

/* Statuses, references and bookkeeping say nothing about her; the values that do are told. */
static gboolean
says_something (const HwFieldDef *field)
{
  return field->kind != HW_KIND_REFERENCE && field->kind != HW_KIND_USER
         && (field->flags & HW_FIELD_SERVER_SET) == 0 && field->id != HW_FIELD_EMBASSY_MESSAGE_FROM
         && field->id != HW_FIELD_EMBASSY_MESSAGE_AT;
}

static void
tell_readable (Told *told, HwRecord *record, HwRole role, guint relations, guint before)
{
  const HwTypeDef *def = hw_record_def (record);

  for (guint i = 0; i < def->n_fields; i++)
    {
      const HwFieldDef *field = &def->fields[i];

      if (hw_record_get (record, field->id) != NULL && says_something (field)
          && hw_access_may_read (role, relations, field)
          && (before == 0 || !hw_access_may_read (role, before, field)))
        tell (told, field);
    }
}

static HwFieldId
request_field (HwTypeId type)
{
  switch (type)
    {
      case HW_TYPE_ID_EMBASSY_MESSAGE:
        return HW_FIELD_EMBASSY_MESSAGE_REQUEST;
      case HW_TYPE_ID_TRAVEL_DOCUMENT:
        return HW_FIELD_TRAVEL_DOCUMENT_REQUEST;
      case HW_TYPE_ID_ATTACHMENT:
        return HW_FIELD_ATTACHMENT_SHARED_WITH_REQUEST;
      default:
        return HW_FIELD_NONE;
    }
}

static HwRecord *
request_of (HwCaseFile *file, HwRecord *record)
{
  HwFieldId field = request_field (hw_record_type (record));

  return field != HW_FIELD_NONE
           ? hw_case_file_lookup (file, hw_record_get_text (record, field))
           : NULL;
}

/* Of a record that lies on its request: what its mission reads now and did not before. (nullable) before: it
 * did not have the record. */
static char **
told_with (HwRecord *before, HwRecord *record)
{
  const HwTypeDef *def = hw_record_def (record);
  Told told;

  told_init (&told);
  if (before == NULL)
    tell_readable (&told, record, HW_ROLE_EMBASSY_LIAISON, HW_RELATION_MISSION, 0);
  for (guint i = 0; before != NULL && i < def->n_fields; i++)
    {
      const HwFieldDef *field = &def->fields[i];
      HwValue *value = hw_record_get (record, field->id);

      if (value != NULL && says_something (field) && hw_facts_mission_is_told (field)
          && !hw_value_equal (hw_record_get (before, field->id), value))
        tell (&told, field);
    }
  return told_end (&told);
}

static char **
told_mission (HwCaseFile *file, HwRecord *request)
{
  static const HwTypeId with[]
    = { HW_TYPE_ID_EMBASSY_MESSAGE, HW_TYPE_ID_TRAVEL_DOCUMENT, HW_TYPE_ID_ATTACHMENT };
  Told told;

  told_init (&told);
  for (guint i = 0; hw_facts_told_fields[i] != HW_FIELD_NONE; i++)
    if (hw_record_get (request, hw_facts_told_fields[i]) != NULL)
      tell (&told, hw_schema_field (hw_facts_told_fields[i]));
  for (guint i = 0; i < G_N_ELEMENTS (with); i++)
    {
      GPtrArray *records = hw_case_file_of_type (file, with[i]);

      for (guint n = 0; n < records->len; n++)
        if (request_of (file, g_ptr_array_index (records, n)) == request)
          tell_readable (&told, g_ptr_array_index (records, n), HW_ROLE_EMBASSY_LIAISON,
                         HW_RELATION_MISSION, 0);
    }
  return told_end (&told);
}

static char **
told_office (HwCaseFile *file, guint relations, guint before)
{
  GPtrArray *records = hw_case_file_records (file);
  Told told;

  told_init (&told);
  for (guint i = 0; i < records->len; i++)
    tell_readable (&told, g_ptr_array_index (records, i), HW_ROLE_RECEPTION, relations, before);
  return told_end (&told);
}

static char **
told_referral (HwRecord *referral)
{
  const HwTypeDef *def = hw_record_def (referral);
  Told told;

  told_init (&told);
  for (guint i = 0; i < def->n_fields; i++)
    if (hw_record_get (referral, def->fields[i].id) != NULL && says_something (&def->fields[i])
        && def->fields[i].id != def->status_field && def->fields[i].id != HW_FIELD_REFERRAL_DIRECTION)
      tell (&told, &def->fields[i]);
  return told_end (&told);
}

/* ---- Entries ---- */

/* The ledger: what was told, to whom, on which consent. Where none is on record the entry says so by
 * naming none. */
typedef struct
{
  const char *rule;
  guint n;
  const char *purpose;   /* of the consent it rests on */
  const char *recipient; /* (nullable) organisation */
  const char *office;    /* (nullable) */
  const char *about;     /* the record shared */
  const char *method;
} Share;

/* Takes the names. */
static void
disclose (HwEffects *effects, const Share *share, char **names)
{
  g_auto (GStrv) told = names;
  g_autofree char *today = hw_date_of_instant (effects->context->now_us, effects->zone);
  g_autofree char *now = hw_instant_format (effects->context->now_us);
  HwConsentQuestion asked = { .purpose = share->purpose,
                              .recipient = share->recipient,
                              .person = hw_case_file_survivor (effects->file),
                              .at_us = effects->context->now_us,
                              .day = today };
  HwRecord *consent = hw_facts_consent (effects->file, &asked, NULL);
  g_autoptr (HwValue) fields
    = told[0] != NULL ? hw_value_new_set ((const char *const *)told) : NULL;
  HwOperation *operation;

  /* A consent that names nobody covers a referral, never a mission. */
  if (consent == NULL && !g_str_equal (share->purpose, "embassy_contact"))
    {
      asked.recipient = NULL;
      consent = hw_facts_consent (effects->file, &asked, NULL);
      if (consent != NULL && hw_record_get (consent, HW_FIELD_CONSENT_RECIPIENT) != NULL
          && share->recipient != NULL)
        consent = NULL;
    }
  operation = hw_effect_create_once (effects, HW_TYPE_ID_DISCLOSURE, share->rule, share->n);
  if (operation == NULL)
    return;
  if (consent != NULL)
    {
      hw_operation_set_text (operation, HW_FIELD_DISCLOSURE_CONSENT, hw_record_id (consent), 0);
      hw_operation_set_text (operation, HW_FIELD_DISCLOSURE_BASIS, "consent", 0);
    }
  if (share->recipient != NULL)
    hw_operation_set_text (operation, HW_FIELD_DISCLOSURE_RECIPIENT, share->recipient, 0);
  if (share->office != NULL)
    hw_operation_set_text (operation, HW_FIELD_DISCLOSURE_OFFICE, share->office, 0);
  hw_operation_set_text (operation, HW_FIELD_DISCLOSURE_ABOUT, share->about, 0);
  hw_operation_set (operation, HW_FIELD_DISCLOSURE_FIELDS, fields, 0);
  hw_operation_set_text (operation, HW_FIELD_DISCLOSURE_METHOD, share->method, 0);
  hw_operation_set_text (operation, HW_FIELD_DISCLOSURE_AT, now, 0);
}

static void
disclose_to_mission (HwEffects *effects, HwRecord *request, char **names)
{
  const Share share = { .rule = "disclosure",
                        .purpose = "embassy_contact",
                        .recipient
                        = hw_record_get_text (request, HW_FIELD_EMBASSY_REQUEST_MISSION),
                        .about = hw_record_id (effects->after),
                        .method = "Request in Homeward" };

  disclose (effects, &share, names);
}

static gboolean
is_of_mission (HwEffects *effects)
{
  const HwRulesContext *context = effects->context;
  const char *by = hw_record_updated_by (effects->after);
  HwRole role;

  if (hw_record_type (effects->after) == HW_TYPE_ID_EMBASSY_MESSAGE
      && hw_record_is (effects->after, HW_FIELD_EMBASSY_MESSAGE_FROM, "embassy"))
    return TRUE;
  return by != NULL && context->find_user != NULL
         && context->find_user (by, &role, context->people) && role == HW_ROLE_EMBASSY_LIAISON;
}

/* A message, a document or a file that joins a request its mission has, and what the office writes there
 * afterwards. What the mission itself wrote, and the neutral line of a withdrawal, tell it nothing of her. */
static void
after_joining (HwEffects *effects)
{
  HwRecord *request = request_of (effects->file, effects->after);
  gboolean joins
    = effects->before == NULL || request_of (effects->file, effects->before) != request;
  const char *author = hw_record_created_by (effects->after);
  g_auto (GStrv) names = NULL;

  if (request == NULL || !hw_facts_request_shared (request) || is_of_mission (effects)
      || (author != NULL && g_str_has_prefix (author, "system:")))
    return;
  names = told_with (joins ? NULL : effects->before, effects->after);
  if (names[0] != NULL)
    disclose_to_mission (effects, request, g_steal_pointer (&names));
}

/* A receiving office of its own begins to read her case with the ticket, and more on arrival. */
static void
disclose_to_office (HwEffects *effects, HwRecord *reception, guint n, const char *rule, gboolean more)
{
  const char *office = hw_record_get_text (reception, HW_FIELD_RECEPTION_OFFICE);
  HwRecord *header = hw_case_file_case (effects->file);
  const guint arrival = HW_RELATION_ARRIVAL | HW_RELATION_ANY;
  const Share share = { .rule = rule,
                        .n = n,
                        .purpose = "reception_share",
                        .office = office,
                        .about = hw_record_id (reception),
                        .method = "Receiving office in Homeward" };
  g_autoptr (HwActor) actor = NULL;
  guint relations;

  if (office == NULL || header == NULL || hw_record_is (header, HW_FIELD_CASE_OFFICE, office))
    return;
  actor = hw_actor_new ("", NULL, HW_ROLE_RECEPTION, office, NULL, NULL);
  relations = hw_access_relations (effects->file, NULL, actor, effects->context->now_us)
              & (HW_RELATION_ARRIVAL | HW_RELATION_ARRIVED);
  if (relations == 0 || (more && (relations & HW_RELATION_ARRIVED) == 0))
    return;
  disclose (effects,
            &share,
            told_office (
              effects->file, relations | HW_RELATION_ANY, more ? arrival : 0));
}

static gboolean
is_ticketed (HwRecord *movement)
{
  static const char *const ticketed[] = { "ticketed", "checked_in", "departed", "in_transit", NULL };

  return movement != NULL && hw_facts_status_in (movement, ticketed);
}

static void
after_movement (HwEffects *effects)
{
  GPtrArray *receptions = hw_case_file_of_type (effects->file, HW_TYPE_ID_RECEPTION);
  gboolean arrived = hw_effect_reached (effects, "arrived");
  gboolean begins = is_ticketed (effects->after) && !is_ticketed (effects->before);

  for (guint i = 0; (begins || arrived) && i < receptions->len; i++)
    disclose_to_office (effects,
                        g_ptr_array_index (receptions, i),
                        i,
                        "reception",
                        arrived && is_ticketed (effects->before));
}

static void
after_reception (HwEffects *effects)
{
  const char *office = hw_record_get_text (effects->after, HW_FIELD_RECEPTION_OFFICE);

  if (effects->before == NULL || !hw_record_is (effects->before, HW_FIELD_RECEPTION_OFFICE, office))
    disclose_to_office (effects, effects->after, 0, "reception", FALSE);
}

static void
after_referral (HwEffects *effects)
{
  HwRecord *referral = effects->after;
  const Share share
    = { .rule = "referral",
        .purpose = "reintegration_referral",
        .recipient = hw_record_get_text (referral, HW_FIELD_REFERRAL_ORGANISATION),
        .about = hw_record_id (referral),
        .method = "Referral" };

  if (share.recipient != NULL && hw_record_is (referral, HW_FIELD_REFERRAL_DIRECTION, "out")
      && hw_effect_reached (effects, "sent"))
    disclose (effects, &share, told_referral (referral));
}

/* What is added to a request that its mission has already is told as well. */
static gboolean
tells_more (HwEffects *effects)
{
  if (effects->before == NULL || !hw_facts_request_shared (effects->before))
    return FALSE;
  for (guint i = 0; hw_facts_told_fields[i] != HW_FIELD_NONE; i++)
    {
      HwValue *told = hw_record_get (effects->after, hw_facts_told_fields[i]);

      if (told != NULL
          && !hw_value_equal (hw_record_get (effects->before, hw_facts_told_fields[i]), told))
        return TRUE;
    }
  return FALSE;
}

static void
after_request (HwEffects *effects)
{
  if (hw_effect_reached (effects, "sent") || tells_more (effects))
    disclose_to_mission (
      effects, effects->after, told_mission (effects->file, effects->after));
}

void
hw_effects_of_sharing (HwEffects *effects)
{
  switch (hw_record_type (effects->after))
    {
      case HW_TYPE_ID_EMBASSY_REQUEST:
        after_request (effects);
        break;
      case HW_TYPE_ID_EMBASSY_MESSAGE:
      case HW_TYPE_ID_TRAVEL_DOCUMENT:
      case HW_TYPE_ID_ATTACHMENT:
        after_joining (effects);
        break;
      case HW_TYPE_ID_MOVEMENT:
        after_movement (effects);
        break;
      case HW_TYPE_ID_RECEPTION:
        after_reception (effects);
        break;
      case HW_TYPE_ID_REFERRAL:
        after_referral (effects);
        break;
      default:
        break;
    }
}
