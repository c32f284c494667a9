/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Need to know: relations from the records, and the matrix of domain.md section 5 line by line.
 */
#include "fixture.h"

static guint
relations (Fixture *f,
           HwRecord *record,
           HwRole role,
           const char *user,
           const char *office,
           const char *mission)
{
  g_autoptr (HwActor) actor = hw_actor_new (user, user, role, office, mission, NULL);

  return hw_access_relations (f->file, record, actor, f->context.now_us);
}

#define HAS(mask, flag) g_assert_true (((mask) & (flag)) != 0)
#define LACKS(mask, flag) g_assert_true (((mask) & (flag)) == 0)

static void
test_owner_queue_and_office (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  guint mask = relations (f, NULL, HW_ROLE_CASEWORKER, "worker", OFFICE, NULL);

  HAS (mask, HW_RELATION_OWNER);
  HAS (mask, HW_RELATION_OFFICE);
  HAS (mask, HW_RELATION_ANY);
  LACKS (mask, HW_RELATION_QUEUE);
  mask = relations (f, NULL, HW_ROLE_CASEWORKER, "other", OFFICE, NULL);
  LACKS (mask, HW_RELATION_OWNER | HW_RELATION_QUEUE | HW_RELATION_ACCESS | HW_RELATION_INTAKE);
  clear (f->header, HW_FIELD_CASE_OWNER);
  HAS (relations (f, NULL, HW_ROLE_CASEWORKER, "other", OFFICE, NULL), HW_RELATION_QUEUE);
  LACKS (relations (f, NULL, HW_ROLE_CASEWORKER, "other", OTHER_OFFICE, NULL),
         HW_RELATION_QUEUE | HW_RELATION_OFFICE);
  LACKS (relations (f, NULL, HW_ROLE_CASEWORKER, "other", NULL, NULL),
         HW_RELATION_QUEUE | HW_RELATION_OFFICE);
  put (f->header, HW_FIELD_CASE_STATUS, "closed");
  LACKS (relations (f, NULL, HW_ROLE_CASEWORKER, "other", OFFICE, NULL), HW_RELATION_QUEUE);
}

static void
test_intake_until_handed_over (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  hw_record_set_stamps (f->header, NOW, "night", NOW, "night");
  LACKS (relations (f, NULL, HW_ROLE_HELPLINE, "night", OFFICE, NULL), HW_RELATION_INTAKE);
  clear (f->header, HW_FIELD_CASE_OWNER);
  HAS (relations (f, NULL, HW_ROLE_HELPLINE, "night", OFFICE, NULL), HW_RELATION_INTAKE);
  LACKS (relations (f, NULL, HW_ROLE_HELPLINE, "other", OFFICE, NULL), HW_RELATION_INTAKE);
}

static void
test_case_access (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *grant = fixture_add (f, HW_TYPE_ID_CASE_ACCESS);

  put (grant, HW_FIELD_CASE_ACCESS_USER, "doctor");
  put (grant, HW_FIELD_CASE_ACCESS_PURPOSE, "medical");
  put (grant, HW_FIELD_CASE_ACCESS_UNTIL, TODAY);
  HAS (relations (f, NULL, HW_ROLE_MEDICAL, "doctor", NULL, NULL), HW_RELATION_ACCESS);
  HAS (relations (f, NULL, HW_ROLE_MEDICAL, "doctor", NULL, NULL), HW_RELATION_MEDICAL);
  put (grant, HW_FIELD_CASE_ACCESS_PURPOSE, "cover");
  LACKS (relations (f, NULL, HW_ROLE_MEDICAL, "doctor", NULL, NULL), HW_RELATION_MEDICAL);
  put (grant, HW_FIELD_CASE_ACCESS_UNTIL, "2026-11-23");
  LACKS (relations (f, NULL, HW_ROLE_MEDICAL, "doctor", NULL, NULL), HW_RELATION_ACCESS);
  clear (grant, HW_FIELD_CASE_ACCESS_UNTIL);
  clear (grant, HW_FIELD_CASE_ACCESS_USER);
  put (grant, HW_FIELD_CASE_ACCESS_OFFICE, OTHER_OFFICE);
  HAS (relations (f, NULL, HW_ROLE_CASEWORKER, "x", OTHER_OFFICE, NULL), HW_RELATION_ACCESS);
}

static void
test_mission_sees_what_was_sent (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  static const struct
  {
    const char *status, *sent_on;
    gboolean seen;
  } rows[] = {
    { "draft", NULL, FALSE },     { "ready_to_send", NULL, FALSE }, { "withdrawn", NULL, FALSE },
    { "closed", NULL, FALSE },    { "sent", NULL, TRUE },           { "escalated", NULL, TRUE },
    { "withdrawn", TODAY, TRUE }, { "closed", TODAY, TRUE },        { "approved", NULL, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint mask;

      put (f->request, HW_FIELD_EMBASSY_REQUEST_STATUS, rows[i].status);
      clear (f->request, HW_FIELD_EMBASSY_REQUEST_SENT_ON);
      if (rows[i].sent_on != NULL)
        put (f->request, HW_FIELD_EMBASSY_REQUEST_SENT_ON, rows[i].sent_on);
      mask = relations (f, f->request, HW_ROLE_EMBASSY_LIAISON, "consul", NULL, MISSION);
      g_assert_true (((mask & HW_RELATION_MISSION) != 0) == rows[i].seen);
      mask = relations (f, f->document, HW_ROLE_EMBASSY_LIAISON, "consul", NULL, MISSION);
      g_assert_true (((mask & HW_RELATION_MISSION) != 0) == rows[i].seen);
      LACKS (relations (f, f->request, HW_ROLE_EMBASSY_LIAISON, "consul", NULL, OTHER_MISSION),
             HW_RELATION_MISSION);
    }
  LACKS (relations (f, f->risk, HW_ROLE_EMBASSY_LIAISON, "consul", NULL, MISSION),
         HW_RELATION_MISSION);
}

static void
test_travel_day_and_arrival (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  guint mask;

  /* She leaves on the 24th at 23:30 in Kuwait; the day before begins there at 21:00 UTC. */
  f->context.now_us = instant ("2026-11-22T20:59:00Z");
  mask = relations (f, NULL, HW_ROLE_MOVEMENT, "officer", OFFICE, NULL);
  HAS (mask, HW_RELATION_MOVEMENT);
  LACKS (mask, HW_RELATION_TRAVEL_DAY);
  f->context.now_us = instant ("2026-11-22T21:00:00Z");
  HAS (relations (f, NULL, HW_ROLE_MOVEMENT, "officer", OFFICE, NULL), HW_RELATION_TRAVEL_DAY);
  LACKS (relations (f, NULL, HW_ROLE_MOVEMENT, "officer", OTHER_OFFICE, NULL),
         HW_RELATION_TRAVEL_DAY | HW_RELATION_MOVEMENT);
  LACKS (relations (f, NULL, HW_ROLE_RECEPTION, "desk", OTHER_OFFICE, NULL), HW_RELATION_ARRIVAL);
  put (f->movement, HW_FIELD_MOVEMENT_STATUS, "ticketed");
  mask = relations (f, NULL, HW_ROLE_RECEPTION, "desk", OTHER_OFFICE, NULL);
  HAS (mask, HW_RELATION_ARRIVAL);
  LACKS (mask, HW_RELATION_ARRIVED);
  LACKS (relations (f, NULL, HW_ROLE_RECEPTION, "desk", OFFICE, NULL), HW_RELATION_ARRIVAL);
  put (f->movement, HW_FIELD_MOVEMENT_STATUS, "arrived");
  HAS (relations (f, NULL, HW_ROLE_RECEPTION, "desk", OTHER_OFFICE, NULL), HW_RELATION_ARRIVED);
  LACKS (relations (f, NULL, HW_ROLE_MOVEMENT, "officer", OFFICE, NULL), HW_RELATION_TRAVEL_DAY);
}

static void
test_referral_task_and_author (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *referral = fixture_add_by (f, HW_TYPE_ID_REFERRAL, "focal");
  HwRecord *task = fixture_add (f, HW_TYPE_ID_TASK);

  put (referral, HW_FIELD_REFERRAL_STATUS, "sent");
  put (task, HW_FIELD_TASK_ASSIGNEE, "focal");
  HAS (relations (f, NULL, HW_ROLE_FOCAL_POINT, "focal", NULL, NULL), HW_RELATION_REFERRAL);
  HAS (relations (f, NULL, HW_ROLE_FOCAL_POINT, "focal", NULL, NULL), HW_RELATION_TASK);
  LACKS (relations (f, NULL, HW_ROLE_FOCAL_POINT, "focal", NULL, NULL), HW_RELATION_AUTHOR);
  HAS (relations (f, referral, HW_ROLE_FOCAL_POINT, "focal", NULL, NULL), HW_RELATION_AUTHOR);
  HAS (relations (f, task, HW_ROLE_FOCAL_POINT, "focal", NULL, NULL), HW_RELATION_AUTHOR);
  LACKS (relations (f, task, HW_ROLE_MEDICAL, "doctor", NULL, NULL), HW_RELATION_AUTHOR);
  put (referral, HW_FIELD_REFERRAL_STATUS, "revoked");
  put (task, HW_FIELD_TASK_DONE_AT, NOW);
  LACKS (relations (f, NULL, HW_ROLE_FOCAL_POINT, "focal", NULL, NULL),
         HW_RELATION_REFERRAL | HW_RELATION_TASK);
}

/* What has ended gives its author no relation, whatever it ended with; only what it was is remembered. */
static void
test_ended_referral_gives_no_relation (void)
{
  static const char *const over[] = { "rejected", "revoked", "done" };
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *referral = fixture_add_by (f, HW_TYPE_ID_REFERRAL, "focal");

  put (referral, HW_FIELD_REFERRAL_STATUS, "accepted");
  g_assert_false (hw_access_has_ended_referral (f->file, "focal"));
  for (guint i = 0; i < G_N_ELEMENTS (over); i++)
    {
      put (referral, HW_FIELD_REFERRAL_STATUS, over[i]);
      g_assert_cmpuint (
        relations (f, NULL, HW_ROLE_FOCAL_POINT, "focal", NULL, NULL), ==, HW_RELATION_ANY);
      g_assert_true (hw_access_is_ended_referral (referral, "focal"));
      g_assert_true (hw_access_has_ended_referral (f->file, "focal"));
      g_assert_false (hw_access_has_ended_referral (f->file, "other"));
      g_assert_false (hw_access_has_ended_referral (f->file, NULL));
    }
  put (referral, HW_FIELD_REFERRAL_DIRECTION, "out");
  g_assert_false (hw_access_has_ended_referral (f->file, "focal"));
}

/* Of all the fields of a case two are left, and to nobody but a focal point; none of them to write. */
static void
test_what_is_left_of_a_referral (void)
{
  for (guint id = HW_FIELD_NONE + 1; id < HW_N_FIELDS; id++)
    for (guint role = 0; role < HW_N_ROLES; role++)
      {
        const HwFieldDef *field = hw_schema_field (id);
        gboolean left = role == HW_ROLE_FOCAL_POINT
                        && (id == HW_FIELD_CASE_CODE || id == HW_FIELD_REFERRAL_STATUS);

        if (hw_schema_type (field->type)->root == HW_ROOT_NONE || role == HW_ROLE_AUDITOR)
          continue;
        g_assert_true (hw_access_may_read (role, HW_RELATION_REFERRED, field) == left);
        g_assert_false (hw_access_may_write (role, HW_RELATION_REFERRED, field));
      }
}

/* The matrix, by one field of each line: W, R, m or – under every relation the role can have. */
typedef struct
{
  HwFieldId field;
  const char *rights; /* HL CW SU MO EM FP RO ME AN AU AD */
} Line;

static const Line matrix[] = {
  { HW_FIELD_CASE_CODE, "RRRR-RRR---" },
  { HW_FIELD_CASE_URGENCY, "WWR--------" },
  { HW_FIELD_CASE_OWNER, "WWW--------" },
  { HW_FIELD_PERSON_GIVEN_NAMES, "WWRR-WRR---" },
  { HW_FIELD_PERSON_BIRTH_DATE, "WWRR-WR----" },
  { HW_FIELD_PERSON_PHOTO, "WWR--WR----" },
  { HW_FIELD_PERSON_FATHER_NAME, "WWR---R----" },
  { HW_FIELD_SAFE_CONTACT_VALUE, "WWRR-RR----" },
  { HW_FIELD_PLACEMENT_PLACE, "WWR--RR----" },
  { HW_FIELD_EXPLOITATION_NARRATIVE, "WWR--W-----" },
  { HW_FIELD_PERPETRATOR_DETAILS, "WWR--------" },
  { HW_FIELD_CLINICAL_NOTE_TEXT, "-------W---" },
  { HW_FIELD_FITNESS_OUTCOME, "-WRR--RW---" },
  { HW_FIELD_RISK_ASSESSMENT_ASYLUM, "-WW--------" },
  { HW_FIELD_RISK_ASSESSMENT_SAFETY_PLAN, "-WW---R----" },
  { HW_FIELD_GUARDIANSHIP_NAME, "-WW--------" },
  { HW_FIELD_CONSENT_GRANTED_AT, "WWRR-WRR-R-" },
  { HW_FIELD_CONSENT_INTERPRETER, "WWRR-WRR---" },
  { HW_FIELD_DECISION_CHOICE, "WWRR-WRR---" },
  { HW_FIELD_DISCLOSURE_FIELDS, "-RR--------" },
  { HW_FIELD_DISCLOSURE_AT, "-RR------R-" },
  { HW_FIELD_APPROVAL_REASON, "-WWW-----R-" },
  { HW_FIELD_APPROVAL_DECIDED_BY, "-RWR-----R-" },
  { HW_FIELD_EMBASSY_REQUEST_STATUS, "-WRRW------" },
  { HW_FIELD_EMBASSY_REQUEST_GIVEN_NAMES, "-WR-R------" },
  { HW_FIELD_EMBASSY_MESSAGE_TEXT, "-WR-W------" },
  { HW_FIELD_TRAVEL_DOCUMENT_NUMBER, "-WRRW------" },
  { HW_FIELD_TRAVEL_DOCUMENT_HELD_BY, "-WRR-------" },
  { HW_FIELD_TRAVEL_DOCUMENT_SCAN, "-WRR-------" },
  { HW_FIELD_EXIT_CLEARANCE_STATUS, "-WRR-------" },
  { HW_FIELD_MOVEMENT_STATUS, "-WRW--R----" },
  { HW_FIELD_RECEPTION_PLACE, "-WRR--W----" },
  { HW_FIELD_RECEPTION_ADDRESS, "-WR---W----" },
  { HW_FIELD_FAMILY_MEMBER_IMPLICATED, "-WR--WW----" },
  { HW_FIELD_FOLLOW_UP_STATUS, "-WR--WWR---" },
  { HW_FIELD_NOTE_TEXT, "WWRW-WWW---" },
  { HW_FIELD_ORGANISATION_REQUIREMENTS, "RRWRW----RW" },
  { HW_FIELD_ORGANISATION_NAME, "RRWRRRRR-RW" },
  { HW_FIELD_COUNTRY_RULE_NOTE, "RRWR-RRR-RR" },
};

static void
test_matrix (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (matrix); i++)
    for (guint role = 0; role < HW_N_ROLES; role++)
      {
        const HwFieldDef *field = hw_schema_field (matrix[i].field);
        gboolean reads = hw_access_may_read (role, G_MAXUINT, field);
        gboolean writes = hw_access_may_write (role, G_MAXUINT, field);
        char found = writes ? 'W' : (reads ? 'R' : '-');

        if (found != matrix[i].rights[role])
          g_error ("%s.%s by %s: %c, not %c",
                   hw_schema_type (field->type)->name,
                   field->name,
                   hw_role_nick (role)->nick,
                   found,
                   matrix[i].rights[role]);
      }
}

/* What a task alone gives a focal point: whom to look for, the family and the support it is about, and no word of what was
 * done to her, where she is or what she decided; and of these nothing is written. */
static void
test_task_of_a_focal_point (void)
{
  static const struct
  {
    HwFieldId field;
    char task, referral;
  } rows[] = {
    { HW_FIELD_CASE_CODE, 'R', 'R' },
    { HW_FIELD_CASE_PSEUDONYM, '-', '-' },
    { HW_FIELD_PERSON_GIVEN_NAMES, 'R', 'W' },
    { HW_FIELD_PERSON_FAMILY_NAME, 'R', 'W' },
    { HW_FIELD_PERSON_BIRTH_DATE, 'R', 'W' },
    { HW_FIELD_PERSON_BIRTH_PLACE, '-', 'W' },
    { HW_FIELD_PERSON_PHOTO, '-', 'W' },
    { HW_FIELD_PERSON_FATHER_NAME, '-', '-' },
    { HW_FIELD_SCREENING_CONCLUSION, '-', 'W' },
    { HW_FIELD_EXPLOITATION_NARRATIVE, '-', 'W' },
    { HW_FIELD_TRAFFICKING_EVENT_KIND, '-', 'W' },
    { HW_FIELD_CONSENT_PURPOSE, '-', 'W' },
    { HW_FIELD_CONSENT_GRANTED_AT, '-', 'W' },
    { HW_FIELD_DECISION_CHOICE, '-', 'W' },
    { HW_FIELD_SAFE_CONTACT_VALUE, '-', 'R' },
    { HW_FIELD_PLACEMENT_PLACE, '-', 'R' },
    { HW_FIELD_FAMILY_MEMBER_PHONE, 'W', '-' },
    { HW_FIELD_TRACING_REQUEST_STATUS, 'W', '-' },
    { HW_FIELD_FOLLOW_UP_STATUS, 'W', '-' },
    { HW_FIELD_REFERRAL_DETAILS, 'W', '-' },
    { HW_FIELD_TRAVEL_DOCUMENT_STATUS, '-', '-' },
    { HW_FIELD_RISK_ASSESSMENT_ASYLUM, '-', '-' },
  };
  static const guint relations[] = { HW_RELATION_TASK, HW_RELATION_REFERRAL };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint n = 0; n < G_N_ELEMENTS (relations); n++)
      {
        const HwFieldDef *field = hw_schema_field (rows[i].field);
        const char right = n == 0 ? rows[i].task : rows[i].referral;
        const guint relation = relations[n] | HW_RELATION_ANY;

        g_test_message ("%s.%s", hw_schema_type (field->type)->name, field->name);
        g_assert_true (hw_access_may_read (HW_ROLE_FOCAL_POINT, relation, field) == (right != '-'));
        g_assert_true (hw_access_may_write (HW_ROLE_FOCAL_POINT, relation, field) == (right == 'W'));
      }
  g_assert_false (hw_access_may_create (HW_ROLE_FOCAL_POINT, HW_RELATION_TASK, HW_TYPE_ID_CONSENT));
  g_assert_false (hw_access_may_create (HW_ROLE_FOCAL_POINT, HW_RELATION_TASK, HW_TYPE_ID_PERSON));
}

/* Of everything else: without any relation to a case, nobody reads a field of it, save the dates
 * an auditor counts and the approvals an auditor checks. */
static void
test_no_relation_no_field (void)
{
  for (guint id = HW_FIELD_NONE + 1; id < HW_N_FIELDS; id++)
    for (guint role = 0; role < HW_N_ROLES; role++)
      {
        const HwFieldDef *field = hw_schema_field (id);

        if (hw_schema_type (field->type)->root == HW_ROOT_NONE || role == HW_ROLE_AUDITOR)
          continue;
        if (hw_access_may_read (role, HW_RELATION_ANY, field)
            || hw_access_may_write (role, HW_RELATION_ANY, field))
          g_error ("%s reads %s.%s without a relation",
                   hw_role_nick (role)->nick,
                   hw_schema_type (field->type)->name,
                   field->name);
      }
}

/* Who may write may read; nobody writes through a minimal cell. */
static void
test_writers_read (void)
{
  for (guint id = HW_FIELD_NONE + 1; id < HW_N_FIELDS; id++)
    for (guint role = 0; role < HW_N_ROLES; role++)
      for (guint relation = 1; relation <= HW_RELATION_REFERRED; relation <<= 1)
        if (hw_access_may_write (role, relation, hw_schema_field (id)))
          g_assert_true (hw_access_may_read (role, relation, hw_schema_field (id)));
}

/* What an embassy must never receive, type by type. */
static void
test_mission_types (void)
{
  static const HwTypeId seen[] = { HW_TYPE_ID_EMBASSY_REQUEST,
                                   HW_TYPE_ID_EMBASSY_MESSAGE,
                                   HW_TYPE_ID_TRAVEL_DOCUMENT,
                                   HW_TYPE_ID_ATTACHMENT,
                                   HW_TYPE_ID_ORGANISATION };

  for (guint type = HW_TYPE_ID_NONE + 1; type < HW_N_TYPE_IDS; type++)
    {
      gboolean allowed = FALSE;

      for (guint i = 0; i < G_N_ELEMENTS (seen); i++)
        allowed |= seen[i] == type;
      g_test_message ("%s", hw_schema_type (type)->name);
      g_assert_true (hw_access_may_see_type (HW_ROLE_EMBASSY_LIAISON, type) == allowed);
      g_assert_false (hw_access_may_create (HW_ROLE_ANALYST, G_MAXUINT, type));
      g_assert_false (hw_access_may_create (HW_ROLE_AUDITOR, G_MAXUINT, type));
    }
  g_assert_true (hw_access_may_create (
    HW_ROLE_EMBASSY_LIAISON, HW_RELATION_MISSION, HW_TYPE_ID_EMBASSY_MESSAGE));
  g_assert_false (hw_access_may_create (
    HW_ROLE_EMBASSY_LIAISON, HW_RELATION_MISSION, HW_TYPE_ID_EMBASSY_REQUEST));
  g_assert_false (hw_access_may_create (HW_ROLE_SUPERVISOR, G_MAXUINT, HW_TYPE_ID_CASE));
  g_assert_false (hw_access_may_create (HW_ROLE_ADMINISTRATOR, G_MAXUINT, HW_TYPE_ID_CASE));
  g_assert_true (hw_access_may_create (HW_ROLE_CASEWORKER, HW_RELATION_OWNER, HW_TYPE_ID_APPROVAL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/access/relation/owner-queue-office", test_owner_queue_and_office);
  g_test_add_func ("/access/relation/intake-until-handed-over", test_intake_until_handed_over);
  g_test_add_func ("/access/relation/case-access", test_case_access);
  g_test_add_func ("/access/relation/mission-sees-what-was-sent", test_mission_sees_what_was_sent);
  g_test_add_func ("/access/relation/travel-day-and-arrival", test_travel_day_and_arrival);
  g_test_add_func ("/access/relation/referral-task-author", test_referral_task_and_author);
  g_test_add_func ("/access/relation/ended-referral-gives-none", test_ended_referral_gives_no_relation);
  g_test_add_func ("/access/what-is-left-of-a-referral", test_what_is_left_of_a_referral);
  g_test_add_func ("/access/matrix", test_matrix);
  g_test_add_func ("/access/task-of-a-focal-point", test_task_of_a_focal_point);
  g_test_add_func ("/access/no-relation-no-field", test_no_relation_no_field);
  g_test_add_func ("/access/writers-read", test_writers_read);
  g_test_add_func ("/access/types-of-a-mission", test_mission_types);
  return g_test_run ();
}
