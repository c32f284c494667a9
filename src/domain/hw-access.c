/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Need to know (domain.md section 5): what a person is to a case, one predicate per relation, and
 * what the schema's cells give that person. Whatever no cell gives is refused.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-rules-private.h"

#include "base/hw-base.h"

static gboolean
is_listed (const HwFieldId *fields, HwFieldId field)
{
  for (guint i = 0; fields != NULL && fields[i] != HW_FIELD_NONE; i++)
    if (fields[i] == field)
      return TRUE;
  return FALSE;
}

static gboolean
cell_reads (const HwAccessCell *cell, HwFieldId field)
{
  if (cell->right == HW_RIGHT_MINIMAL)
    return is_listed (cell->minimal, field);
  return cell->right == HW_RIGHT_READ || cell->right == HW_RIGHT_WRITE;
}

static gboolean
cell_writes (const HwAccessCell *cell, HwFieldId field)
{
  if (cell->right != HW_RIGHT_WRITE)
    return FALSE;
  return cell->writable == NULL || is_listed (cell->writable, field);
}

gboolean
hw_access_reads_category (HwRole role, guint relations, HwCategory category, HwFieldId field)
{
  const HwAccessCell *cell = hw_schema_access (category, role);

  for (; cell != NULL && cell->right != HW_RIGHT_NONE; cell++)
    if ((cell->relations & (relations | HW_RELATION_ANY)) != 0 && cell_reads (cell, field))
      return TRUE;
  return FALSE;
}

gboolean
hw_access_may_read (HwRole role, guint relations, const HwFieldDef *field)
{
  return hw_access_reads_category (role, relations, field->category, field->id);
}

gboolean
hw_access_may_write (HwRole role, guint relations, const HwFieldDef *field)
{
  const HwAccessCell *cell = hw_schema_access (field->category, role);

  if ((field->flags & HW_FIELD_SERVER_SET) != 0)
    return FALSE;
  for (; cell != NULL && cell->right != HW_RIGHT_NONE; cell++)
    if ((cell->relations & (relations | HW_RELATION_ANY)) != 0 && cell_writes (cell, field->id))
      return TRUE;
  return FALSE;
}

gboolean
hw_access_may_see_type (HwRole role, HwTypeId type)
{
  const HwTypeDef *def = hw_schema_type (type);

  for (guint i = 0; i < def->n_fields; i++)
    if (hw_access_may_read (role, G_MAXUINT, &def->fields[i]))
      return TRUE;
  return FALSE;
}

/* Some creation move of the type's statuses must be this role's; a type without moves asks none. */
static gboolean
may_begin (const HwTypeDef *def, HwRole role)
{
  gboolean any = FALSE;

  for (guint i = 0; i < def->n_moves; i++)
    if (def->moves[i].from == NULL)
      {
        any = TRUE;
        if ((def->moves[i].roles & (1u << role)) != 0)
          return TRUE;
      }
  return !any;
}

/* Who may write only some fields of a type may make one only if those include all it needs: its
 * required fields and the one that names it. */
gboolean
hw_access_may_create (HwRole role, guint relations, HwTypeId type)
{
  const HwTypeDef *def = hw_schema_type (type);
  const HwFieldDef *title = NULL;

  if ((def->flags & HW_TYPE_SERVER_ONLY) != 0 || !may_begin (def, role))
    return FALSE;
  if (def->title_field != HW_FIELD_NONE)
    title = hw_schema_field (def->title_field);
  if (title != NULL && (title->flags & HW_FIELD_SERVER_SET) == 0
      && !hw_access_may_write (role, relations, title))
    return FALSE;
  for (guint i = 0; i < def->n_fields; i++)
    if ((def->fields[i].flags & HW_FIELD_REQUIRED) != 0
        && !hw_access_may_write (role, relations, &def->fields[i]))
      return FALSE;
  for (guint i = 0; i < def->n_fields; i++)
    if (hw_access_may_write (role, relations, &def->fields[i]))
      return TRUE;
  return FALSE;
}

/* Relations */

typedef struct
{
  HwCaseFile *file;
  HwRecord *record; /* (nullable) */
  HwRecord *header; /* the case; (nullable) */
  const HwActor *actor;
  gint64 now_us;
  char *today; /* (owned) at the office */
} Question;

static gboolean
is_actor (HwRecord *record, HwFieldId field, const Question *question)
{
  return hw_record_is (record, field, question->actor->user);
}

static gboolean
at_office (HwRecord *record, HwFieldId field, const Question *question)
{
  return question->actor->office != NULL && hw_record_is (record, field, question->actor->office);
}

static gboolean
made_by_actor (HwRecord *record, const Question *question)
{
  return g_strcmp0 (hw_record_created_by (record), question->actor->user) == 0;
}

static gboolean
grant_is_live (HwRecord *grant, const Question *question)
{
  const char *until = hw_record_get_text (grant, HW_FIELD_CASE_ACCESS_UNTIL);

  return until == NULL || hw_date_days_between (question->today, until) >= 0;
}

/* She took back her word that this may be shared, and has not given it again. The survivor's own:
 * another's consent is about another's data. */
static gboolean
is_withdrawn (const Question *question, const char *purpose)
{
  const HwConsentQuestion asked = { .purpose = purpose,
                                    .person = hw_case_file_survivor (question->file),
                                    .at_us = question->now_us,
                                    .day = question->today };

  return hw_facts_is_withdrawn (question->file, &asked);
}

static guint
relations_of_grants (const Question *question)
{
  GPtrArray *grants = hw_case_file_of_type (question->file, HW_TYPE_ID_CASE_ACCESS);
  gboolean medical = question->actor->role != HW_ROLE_MEDICAL || !is_withdrawn (question, "medical_share");
  guint relations = 0;

  for (guint i = 0; i < grants->len; i++)
    {
      HwRecord *grant = g_ptr_array_index (grants, i);

      if (!is_actor (grant, HW_FIELD_CASE_ACCESS_USER, question)
          && !at_office (grant, HW_FIELD_CASE_ACCESS_OFFICE, question))
        continue;
      if (!grant_is_live (grant, question))
        continue;
      relations |= HW_RELATION_ACCESS;
      if (medical
          && (hw_record_is (grant, HW_FIELD_CASE_ACCESS_PURPOSE, "care")
              || hw_record_is (grant, HW_FIELD_CASE_ACCESS_PURPOSE, "medical")))
        relations |= HW_RELATION_MEDICAL;
    }
  return relations;
}

static guint
relations_of_header (const Question *question)
{
  static const char *const live[] = { "active", "follow_up", NULL };
  HwRecord *header = question->header;
  gboolean unassigned, open;
  guint relations = 0;

  if (header == NULL)
    return 0;
  unassigned = hw_record_get (header, HW_FIELD_CASE_OWNER) == NULL;
  open = hw_record_status (header) == NULL || hw_facts_status_in (header, live);
  if (is_actor (header, HW_FIELD_CASE_OWNER, question))
    relations |= HW_RELATION_OWNER;
  if (at_office (header, HW_FIELD_CASE_OFFICE, question))
    relations |= HW_RELATION_OFFICE | (unassigned && open ? HW_RELATION_QUEUE : 0);
  if (unassigned && open && made_by_actor (header, question))
    relations |= HW_RELATION_INTAKE;
  return relations;
}

/* An office still empty in the header keeps an intake in the hands of the caseworker who made it.
 */
static guint
relations_of_maker (const Question *question)
{
  if (question->header == NULL || !made_by_actor (question->header, question)
      || hw_record_get (question->header, HW_FIELD_CASE_OWNER) != NULL
      || hw_record_get (question->header, HW_FIELD_CASE_OFFICE) != NULL)
    return 0;
  return HW_RELATION_OWNER;
}

static HwRecord *
request_of (const Question *question)
{
  HwFieldId field = HW_FIELD_NONE;

  switch (hw_record_type (question->record))
    {
      case HW_TYPE_ID_EMBASSY_REQUEST:
        return question->record;
      case HW_TYPE_ID_EMBASSY_MESSAGE:
        field = HW_FIELD_EMBASSY_MESSAGE_REQUEST;
        break;
      case HW_TYPE_ID_TRAVEL_DOCUMENT:
        field = HW_FIELD_TRAVEL_DOCUMENT_REQUEST;
        break;
      case HW_TYPE_ID_ATTACHMENT:
        field = HW_FIELD_ATTACHMENT_SHARED_WITH_REQUEST;
        break;
      default:
        return NULL;
    }
  return hw_case_file_lookup (question->file, hw_record_get_text (question->record, field));
}

static gboolean
is_own_request (HwRecord *request, const Question *question)
{
  return request != NULL && hw_record_type (request) == HW_TYPE_ID_EMBASSY_REQUEST
         && hw_record_is (request, HW_FIELD_EMBASSY_REQUEST_MISSION, question->actor->mission)
         && hw_facts_request_shared (request);
}

static guint
relations_of_mission (const Question *question)
{
  GPtrArray *requests = hw_case_file_of_type (question->file, HW_TYPE_ID_EMBASSY_REQUEST);

  if (question->actor->mission == NULL)
    return 0;
  if (question->record != NULL)
    {
      if (hw_record_type (question->record) == HW_TYPE_ID_ORGANISATION)
        return g_str_equal (hw_record_id (question->record), question->actor->mission)
                 ? HW_RELATION_MISSION
                 : 0;
      return is_own_request (request_of (question), question) ? HW_RELATION_MISSION : 0;
    }
  for (guint i = 0; i < requests->len; i++)
    if (is_own_request (g_ptr_array_index (requests, i), question))
      return HW_RELATION_MISSION;
  return 0;
}

/* From the day before departure, in the zone of departure. A journey that never began is over with
 * the day after its last: nobody holds a telephone number for a flight of last year. */
static gboolean
is_travel_time (HwRecord *movement, const Question *question)
{
  static const char *const planned[] = { "held", "confirmed", "ticketed", "rebooked", NULL };
  static const char *const on_the_way[] = { "checked_in", "departed", "in_transit", NULL };
  g_autoptr (HwJourney) journey = NULL;
  g_autofree char *today = NULL;
  const char *last_day;

  if (hw_facts_status_in (movement, on_the_way))
    return TRUE;
  if (!hw_facts_status_in (movement, planned))
    return FALSE;
  journey = hw_journey_new (question->file, movement);
  if (journey->departs_day == NULL)
    return FALSE;
  today = hw_date_of_instant (question->now_us, journey->departs_zone);
  last_day = journey->arrives_day != NULL ? journey->arrives_day : journey->departs_day;
  return hw_date_days_between (today, journey->departs_day) <= 1
         && hw_date_days_between (last_day, today) <= 1;
}

/* A movement officer's desktop is not told the office of a case: it holds cases of its office only. */
static gboolean
is_of_office (const Question *question)
{
  if (question->header == NULL)
    return FALSE;
  if (at_office (question->header, HW_FIELD_CASE_OFFICE, question))
    return TRUE;
  return question->actor->role == HW_ROLE_MOVEMENT && !hw_case_file_complete (question->file)
         && hw_record_get (question->header, HW_FIELD_CASE_OFFICE) == NULL;
}

static guint
relations_of_movements (const Question *question)
{
  GPtrArray *movements = hw_case_file_of_type (question->file, HW_TYPE_ID_MOVEMENT);
  guint relations = 0;

  if (!is_of_office (question))
    return 0;
  for (guint i = 0; i < movements->len; i++)
    {
      HwRecord *movement = g_ptr_array_index (movements, i);

      if (hw_record_status (movement) == NULL)
        continue;
      relations |= HW_RELATION_MOVEMENT;
      if (is_travel_time (movement, question))
        relations |= HW_RELATION_TRAVEL_DAY;
    }
  return relations;
}

static guint
relations_of_arrival (const Question *question)
{
  static const char *const ticketed[]
    = { "ticketed", "checked_in", "departed", "in_transit", "arrived", NULL };
  GPtrArray *receptions = hw_case_file_of_type (question->file, HW_TYPE_ID_RECEPTION);
  GPtrArray *movements = hw_case_file_of_type (question->file, HW_TYPE_ID_MOVEMENT);
  gboolean receives = FALSE;
  guint relations = 0;

  for (guint i = 0; i < receptions->len; i++)
    receives |= at_office (g_ptr_array_index (receptions, i), HW_FIELD_RECEPTION_OFFICE, question);
  receives = receives && !is_withdrawn (question, "reception_share");
  for (guint i = 0; receives && i < movements->len; i++)
    {
      HwRecord *movement = g_ptr_array_index (movements, i);

      if (hw_facts_status_in (movement, ticketed))
        relations |= HW_RELATION_ARRIVAL;
      if (g_strcmp0 (hw_record_status (movement), "arrived") == 0)
        relations |= HW_RELATION_ARRIVED;
    }
  return relations;
}

/* Made by this person and to the office. */
static gboolean
is_own_referral (HwRecord *record, const char *user)
{
  return hw_record_type (record) == HW_TYPE_ID_REFERRAL && user != NULL
         && g_strcmp0 (hw_record_created_by (record), user) == 0
         && !hw_record_is (record, HW_FIELD_REFERRAL_DIRECTION, "out");
}

static gboolean
referral_has_ended (HwRecord *referral)
{
  static const char *const over[] = { "rejected", "revoked", "done", NULL };

  return hw_facts_status_in (referral, over);
}

gboolean
hw_access_is_ended_referral (HwRecord *record, const char *user)
{
  return is_own_referral (record, user) && referral_has_ended (record);
}

gboolean
hw_access_has_ended_referral (HwCaseFile *file, const char *user)
{
  GPtrArray *referrals = hw_case_file_of_type (file, HW_TYPE_ID_REFERRAL);

  for (guint i = 0; i < referrals->len; i++)
    if (hw_access_is_ended_referral (g_ptr_array_index (referrals, i), user))
      return TRUE;
  return FALSE;
}

static guint
relations_of_work (const Question *question)
{
  GPtrArray *referrals = hw_case_file_of_type (question->file, HW_TYPE_ID_REFERRAL);
  GPtrArray *tasks = hw_case_file_of_type (question->file, HW_TYPE_ID_TASK);
  guint relations = 0;

  for (guint i = 0; i < referrals->len; i++)
    if (is_own_referral (g_ptr_array_index (referrals, i), question->actor->user)
        && !referral_has_ended (g_ptr_array_index (referrals, i)))
      relations |= HW_RELATION_REFERRAL;
  /* Nobody keeps a case open to themselves with a task of their own making. */
  for (guint i = 0; i < tasks->len; i++)
    if (is_actor (g_ptr_array_index (tasks, i), HW_FIELD_TASK_ASSIGNEE, question)
        && !made_by_actor (g_ptr_array_index (tasks, i), question)
        && hw_record_get (g_ptr_array_index (tasks, i), HW_FIELD_TASK_DONE_AT) == NULL)
      relations |= HW_RELATION_TASK;
  return relations;
}

gboolean
hw_access_is_self_review (HwRecord *task, const HwActor *actor)
{
  return hw_record_type (task) == HW_TYPE_ID_TASK && actor->user != NULL
         && hw_record_is (task, HW_FIELD_TASK_REVIEW_OF, actor->user);
}

gboolean
hw_access_is_own (HwRecord *record, const HwActor *actor)
{
  if (actor->user == NULL)
    return FALSE;
  if (g_strcmp0 (hw_record_created_by (record), actor->user) == 0)
    return TRUE;
  if (hw_record_type (record) != HW_TYPE_ID_TASK)
    return FALSE;
  return hw_record_is (record, HW_FIELD_TASK_ASSIGNEE, actor->user)
         || (actor->role == HW_ROLE_SUPERVISOR
             && hw_record_get (record, HW_FIELD_TASK_REVIEW_OF) != NULL
             && !hw_access_is_self_review (record, actor));
}

guint
hw_access_relations (HwCaseFile *file, HwRecord *record, const HwActor *actor, gint64 now_us)
{
  Question question = { .file = file,
                        .record = record,
                        .header = hw_case_file_case (file),
                        .actor = actor,
                        .now_us = now_us,
                        .today = hw_date_of_instant (now_us, hw_facts_zone (file)) };
  guint relations = HW_RELATION_ANY;

  relations |= relations_of_header (&question);
  if (actor->role == HW_ROLE_CASEWORKER)
    relations |= relations_of_maker (&question);
  relations |= relations_of_grants (&question);
  relations |= relations_of_mission (&question);
  relations |= relations_of_movements (&question);
  relations |= relations_of_arrival (&question);
  relations |= relations_of_work (&question);
  if (record != NULL && hw_access_is_own (record, actor))
    relations |= HW_RELATION_AUTHOR;
  g_free (question.today);
  return relations;
}
