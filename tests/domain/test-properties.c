/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Random people do random things to a case, thousands of times. However it goes: no status is
 * reached but by a line of the table that lets this role through its gates; nothing goes to a mission
 * that the case forbids, asked in this file's own words; and what follows from a step follows once,
 * the same on the desktop and on the server.
 */
#include "fixture.h"

#include "base/hw-base.h"
#include "domain/hw-rules-private.h"

#define RUNS 200
#define STEPS 120

typedef struct
{
  const char *user;
  HwRole role;
  const char *office;
  const char *mission;
} Who;

static const Who people[] = {
  { "worker", HW_ROLE_CASEWORKER, OFFICE, NULL },
  { "other", HW_ROLE_CASEWORKER, OFFICE, NULL },
  { "chief", HW_ROLE_SUPERVISOR, OFFICE, NULL },
  { "second", HW_ROLE_SUPERVISOR, OFFICE, NULL },
  { "mover", HW_ROLE_MOVEMENT, OFFICE, NULL },
  { "night", HW_ROLE_HELPLINE, OFFICE, NULL },
  { "consul", HW_ROLE_EMBASSY_LIAISON, NULL, MISSION },
  { "home", HW_ROLE_RECEPTION, OTHER_OFFICE, NULL },
  { "nurse", HW_ROLE_MEDICAL, OFFICE, NULL },
  { "focal", HW_ROLE_FOCAL_POINT, OFFICE, NULL },
  { "counter", HW_ROLE_ANALYST, OFFICE, NULL },
  { "checker", HW_ROLE_AUDITOR, OFFICE, NULL },
  { "keeper", HW_ROLE_ADMINISTRATOR, OFFICE, NULL },
};

static const HwTypeId made_types[] = {
  HW_TYPE_ID_CONSENT,          HW_TYPE_ID_DECISION,       HW_TYPE_ID_RISK_ASSESSMENT,
  HW_TYPE_ID_SCREENING,        HW_TYPE_ID_APPROVAL,       HW_TYPE_ID_TASK,
  HW_TYPE_ID_EMBASSY_REQUEST,  HW_TYPE_ID_MOVEMENT,       HW_TYPE_ID_PERSON,
  HW_TYPE_ID_EMBASSY_MESSAGE,  HW_TYPE_ID_EXIT_CLEARANCE, HW_TYPE_ID_FITNESS,
  HW_TYPE_ID_REUNIFICATION,    HW_TYPE_ID_TRAVEL_DOCUMENT,
};

typedef struct
{
  Fixture *f;
  GRand *random;
  guint made;
  guint accepted, moved, refused;
  guint followed;           /* consequences that moved a status */
  guint passed[HW_N_GATES]; /* moves through each gate */
} World;

static gboolean
find_user (const char *user, HwRole *role, gpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    if (g_str_equal (people[i].user, user))
      {
        *role = people[i].role;
        return TRUE;
      }
  return FALSE;
}

static gboolean
signs_in (const char *mission, gpointer data)
{
  return g_strcmp0 (mission, MISSION) == 0;
}

static guint
below (World *world, guint n)
{
  return (guint) g_rand_int_range (world->random, 0, (gint32) n);
}

static char *
new_id (World *world)
{
  return g_strdup_printf ("00000000-0000-4000-8000-%012u", 900000 + world->made++);
}

static char *
some_reference (World *world, const HwFieldDef *field)
{
  GPtrArray *records = field->target == HW_TYPE_ID_NONE
                         ? hw_case_file_records (world->f->file)
                         : hw_case_file_of_type (world->f->file, field->target);

  if (field->target == HW_TYPE_ID_ORGANISATION)
    return g_strdup (below (world, 3) > 0 ? MISSION : OTHER_MISSION);
  if (field->target == HW_TYPE_ID_OFFICE)
    return g_strdup (below (world, 2) > 0 ? OFFICE : OTHER_OFFICE);
  return records->len > 0
           ? g_strdup (hw_record_id (g_ptr_array_index (records, below (world, records->len))))
           : NULL;
}

/* NULL: clear it. */
static HwValue *
some_value (World *world, const HwFieldDef *field)
{
  g_autofree char *text = NULL;

  switch (field->kind)
    {
      case HW_KIND_CHOICE:
        return hw_value_new_text (field->choices[below (world, field->n_choices)].nick);
      case HW_KIND_BOOLEAN:
        return hw_value_new_boolean (below (world, 4) > 0);
      case HW_KIND_TIMESTAMP:
        text = hw_instant_format (world->f->context.now_us
                                  - below (world, 3) * G_TIME_SPAN_HOUR);
        return hw_value_new_text (text);
      case HW_KIND_DATE:
        text = hw_date_add_days (TODAY, (gint) below (world, 60) - 30);
        return hw_value_new_text (text);
      case HW_KIND_REFERENCE:
        text = some_reference (world, field);
        return text != NULL ? hw_value_new_text (text) : NULL;
      case HW_KIND_USER:
        return hw_value_new_text (people[below (world, G_N_ELEMENTS (people))].user);
      case HW_KIND_TEXT:
      case HW_KIND_LONG_TEXT:
        return hw_value_new_text ("x");
      default:
        return NULL;
    }
}

static const HwFieldDef *
some_field (World *world, const HwTypeDef *def)
{
  return &def->fields[below (world, def->n_fields)];
}

static void
change (World *world, HwOperation *operation, HwRecord *record, const HwFieldDef *field)
{
  g_autoptr (HwValue) value = below (world, 12) > 0 ? some_value (world, field) : NULL;

  if (value == NULL && field->kind != HW_KIND_CHOICE)
    return;
  hw_operation_set (operation, field->id, value, hw_record_field_rev (record, field->id));
}

/* An edit of something, a step of something, or something new. */
static HwOperation *
some_operation (World *world, HwRecord **before)
{
  GPtrArray *records = hw_case_file_records (world->f->file);
  g_autofree char *id = new_id (world);
  g_autofree char *record_id = NULL;
  HwOperation *operation;
  HwTypeId type;
  const HwTypeDef *def;

  *before = NULL;
  if (below (world, 4) == 0)
    {
      type = made_types[below (world, G_N_ELEMENTS (made_types))];
      record_id = new_id (world);
      operation = hw_operation_new (id, HW_ACTION_CREATE, type, record_id, CASE);
    }
  else
    {
      *before = g_ptr_array_index (records, below (world, records->len));
      type = hw_record_type (*before);
      operation = hw_operation_new (id,
                                    below (world, 40) == 0 ? HW_ACTION_DELETE : HW_ACTION_UPDATE,
                                    type,
                                    hw_record_id (*before),
                                    CASE);
      if (operation->action == HW_ACTION_DELETE)
        return operation;
    }
  def = hw_schema_type (type);
  for (guint i = 0; i < (*before == NULL ? 6 : 1); i++)
    {
      g_autoptr (HwRecord) blank = hw_record_new (type, operation->record);
      const HwFieldDef *field = def->status_field != HW_FIELD_NONE && below (world, 2) == 0
                                  ? hw_schema_field (def->status_field)
                                  : some_field (world, def);

      if (hw_operation_find (operation, field->id) == NULL)
        change (world, operation, *before != NULL ? *before : blank, field);
    }
  return operation;
}

/* One line of the table that begins where a record stands, by somebody of a role it names: whether it goes is for the
 * gates to say. */
static HwOperation *
some_step (World *world, const Who **who, HwRecord **before)
{
  GPtrArray *records = hw_case_file_records (world->f->file);
  HwRecord *record = g_ptr_array_index (records, below (world, records->len));
  const HwTypeDef *def = hw_record_def (record);
  const HwMoveDef *line = def->n_moves > 0 ? &def->moves[below (world, def->n_moves)] : NULL;
  const Who *taker = &people[below (world, G_N_ELEMENTS (people))];
  g_autofree char *id = NULL;
  HwOperation *operation;

  if (line == NULL || g_strcmp0 (line->from, hw_record_status (record)) != 0
      || (line->roles & (1u << taker->role)) == 0)
    return NULL;
  id = new_id (world);
  *who = taker;
  *before = record;
  operation = hw_operation_new (id, HW_ACTION_UPDATE, def->id, hw_record_id (record), CASE);
  hw_operation_set_text (
    operation, def->status_field, line->to, hw_record_field_rev (record, def->status_field));
  return operation;
}

/* A supervisor answers in her own name: by chance alone it would hardly ever come together. */
static HwOperation *
some_answer (World *world, const Who *who, HwRecord **before)
{
  GPtrArray *approvals = hw_case_file_of_type (world->f->file, HW_TYPE_ID_APPROVAL);
  g_autofree char *id = new_id (world);
  HwOperation *operation;

  if (approvals->len == 0)
    return NULL;
  *before = g_ptr_array_index (approvals, below (world, approvals->len));
  operation = hw_operation_new (
    id, HW_ACTION_UPDATE, HW_TYPE_ID_APPROVAL, hw_record_id (*before), CASE);
  hw_operation_set_text (operation, HW_FIELD_APPROVAL_VERDICT, "approved", 0);
  hw_operation_set_text (operation, HW_FIELD_APPROVAL_DECIDED_BY, who->user, 0);
  return operation;
}

/* ---- What must hold, in words of this file ---- */

static gboolean
says (HwRecord *record, HwFieldId field, const char *text)
{
  return g_strcmp0 (hw_record_get_text (record, field), text) == 0;
}

static gboolean
has_consent (World *world, const char *mission)
{
  GPtrArray *consents = hw_case_file_of_type (world->f->file, HW_TYPE_ID_CONSENT);

  for (guint i = 0; i < consents->len; i++)
    {
      HwRecord *consent = g_ptr_array_index (consents, i);

      if (says (consent, HW_FIELD_CONSENT_PURPOSE, "embassy_contact")
          && says (consent, HW_FIELD_CONSENT_RECIPIENT, mission)
          && hw_record_get (consent, HW_FIELD_CONSENT_GRANTED_AT) != NULL
          && hw_record_get (consent, HW_FIELD_CONSENT_WITHDRAWN_AT) == NULL)
        return TRUE;
    }
  return FALSE;
}

static gboolean
some_assessment_allows (World *world)
{
  GPtrArray *risks = hw_case_file_of_type (world->f->file, HW_TYPE_ID_RISK_ASSESSMENT);

  for (guint i = 0; i < risks->len; i++)
    if (says (g_ptr_array_index (risks, i), HW_FIELD_RISK_ASSESSMENT_ASYLUM, "none"))
      return TRUE;
  return FALSE;
}

static gboolean
another_agreed (World *world, HwRecord *header)
{
  GPtrArray *approvals = hw_case_file_of_type (world->f->file, HW_TYPE_ID_APPROVAL);

  for (guint i = 0; i < approvals->len; i++)
    {
      HwRecord *approval = g_ptr_array_index (approvals, i);
      const char *decided = hw_record_get_text (approval, HW_FIELD_APPROVAL_DECIDED_BY);

      if (says (approval, HW_FIELD_APPROVAL_VERDICT, "approved") && decided != NULL
          && !says (approval, HW_FIELD_APPROVAL_ASKED_BY, decided)
          && (!says (approval, HW_FIELD_APPROVAL_KIND, "closure")
              || !says (header, HW_FIELD_CASE_OWNER, decided)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
some_record (World *world, HwTypeId type, HwFieldId field, const char *text)
{
  GPtrArray *records = hw_case_file_of_type (world->f->file, type);

  for (guint i = 0; i < records->len; i++)
    if (says (g_ptr_array_index (records, i), field, text))
      return TRUE;
  return FALSE;
}

/* Every screening says that she is a child: whatever else is written, she is treated as one. */
static gboolean
is_child (World *world)
{
  GPtrArray *screenings = hw_case_file_of_type (world->f->file, HW_TYPE_ID_SCREENING);

  for (guint i = 0; i < screenings->len; i++)
    if (!says (g_ptr_array_index (screenings, i), HW_FIELD_SCREENING_IS_MINOR, "yes"))
      return FALSE;
  return screenings->len > 0;
}

static gboolean
was_overridden (World *world, HwGateId gate)
{
  GPtrArray *approvals = hw_case_file_of_type (world->f->file, HW_TYPE_ID_APPROVAL);

  for (guint i = 0; i < approvals->len; i++)
    {
      HwRecord *approval = g_ptr_array_index (approvals, i);

      if (says (approval, HW_FIELD_APPROVAL_KIND, "override")
          && says (approval, HW_FIELD_APPROVAL_GATE, hw_gate_nick (gate)->nick)
          && says (approval, HW_FIELD_APPROVAL_VERDICT, "approved"))
        return TRUE;
    }
  return FALSE;
}

/* What each gate exists for, in this file's own words; the rest of it is asked of the gate itself. */
static void
assert_purpose (World *world, HwGateId gate, HwRecord *before, HwRecord *after)
{
  HwRecord *member;

  switch (gate)
    {
      case HW_GATE_EMBASSY:
        g_assert_true (some_assessment_allows (world));
        if (hw_record_type (after) == HW_TYPE_ID_EMBASSY_REQUEST)
          g_assert_true (
            has_consent (world, hw_record_get_text (after, HW_FIELD_EMBASSY_REQUEST_MISSION)));
        break;
      case HW_GATE_CHILD:
        if (is_child (world))
          g_assert_true (some_record (
            world, HW_TYPE_ID_BEST_INTERESTS, HW_FIELD_BEST_INTERESTS_CONCLUSION, "return"));
        break;
      case HW_GATE_TICKET:
        if (!was_overridden (world, gate) && g_strcmp0 (hw_record_status (before), "ticketed") != 0)
          g_assert_true (some_record (world, HW_TYPE_ID_TRAVEL_DOCUMENT, HW_FIELD_TRAVEL_DOCUMENT_STATUS, "verified")
                         || some_record (
                           world, HW_TYPE_ID_TRAVEL_DOCUMENT, HW_FIELD_TRAVEL_DOCUMENT_STATUS, "handed_over"));
        break;
      case HW_GATE_DEPARTURE:
        if (!was_overridden (world, gate))
          g_assert_true (
            some_record (world, HW_TYPE_ID_DECISION, HW_FIELD_DECISION_CHOICE, "return"));
        break;
      case HW_GATE_REUNIFICATION:
        member = hw_case_file_lookup (world->f->file,
                                      hw_record_get_text (after, HW_FIELD_REUNIFICATION_MEMBER));
        g_assert_nonnull (member);
        g_assert_true (says (member, HW_FIELD_FAMILY_MEMBER_SURVIVOR_WANTS_CONTACT, "yes"));
        g_assert_false (says (member, HW_FIELD_FAMILY_MEMBER_IMPLICATED, "yes"));
        break;
      case HW_GATE_CLOSURE:
        g_assert_true (another_agreed (world, after));
        break;
      default:
        g_assert_not_reached ();
    }
}

static void
assert_gates (World *world, const Who *who, HwRecord *before, HwRecord *after, const HwMoveDef *line)
{
  for (guint gate = HW_GATE_NONE + 1; gate < HW_N_GATES; gate++)
    {
      g_autoptr (HwVerdict) verdict = NULL;

      if ((line->gates & (1u << gate)) == 0)
        continue;
      world->passed[gate]++;
      assert_purpose (world, (HwGateId)gate, before, after);
      if (hw_gate_is_behind (line, (HwGateId)gate))
        continue;
      verdict = hw_gate_evaluate_for ((HwGateId)gate, world->f->file, before, after, line->to, who->user,
                                      &world->f->context, NULL);
      g_assert_true (hw_verdict_open (verdict));
    }
}

static const HwMoveDef *
line_of (HwRecord *before, HwRecord *after)
{
  const HwTypeDef *def = hw_record_def (after);
  const char *from = before != NULL ? hw_record_status (before) : NULL;

  for (guint i = 0; i < def->n_moves; i++)
    if (g_strcmp0 (def->moves[i].from, from) == 0
        && g_str_equal (def->moves[i].to, hw_record_status (after)))
      return &def->moves[i];
  return NULL;
}

static void
assert_allowed (World *world, const Who *who, HwRecord *before, HwRecord *after)
{
  const char *from = before != NULL ? hw_record_status (before) : NULL;
  const char *to = hw_record_status (after);
  const HwMoveDef *line;

  if (to == NULL || g_strcmp0 (from, to) == 0)
    return;
  world->moved++;
  line = line_of (before, after);
  g_assert_nonnull (line);
  g_assert_true (((line->roles | line->told) & (1u << who->role)) != 0);
  if (!line->observation)
    assert_gates (world, who, before, after, line);
}

/* ---- What follows ---- */

static char *
describe (GPtrArray *found)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    {
      g_autoptr (JsonNode) node = hw_operation_to_json (g_ptr_array_index (found, i));
      g_autofree char *json = json_to_string (node, FALSE);

      g_string_append (text, json);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

/* ---- Where they ran first ---- */

static HwCaseFile *
copy_of (HwCaseFile *file)
{
  HwCaseFile *copy = hw_case_file_new (hw_case_file_id (file), hw_case_file_directory (file));
  GPtrArray *records = hw_case_file_records (file);

  for (guint i = 0; i < records->len; i++)
    {
      g_autoptr (HwRecord) record = hw_record_copy (g_ptr_array_index (records, i));

      hw_case_file_add (copy, record);
    }
  return copy;
}

static void
apply_to (HwCaseFile *file, GPtrArray *found)
{
  for (guint i = 0; i < found->len; i++)
    {
      HwOperation *operation = g_ptr_array_index (found, i);
      HwRecord *held = hw_case_file_lookup (file, operation->record);
      g_autoptr (HwRecord) record
        = held != NULL ? hw_record_copy (held) : hw_record_new (operation->type, operation->record);

      hw_operation_apply (operation, record);
      if (hw_record_def (record)->root != HW_ROOT_NONE)
        hw_case_file_add (file, record);
    }
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (hw_record_id (*(HwRecord *const *)a), hw_record_id (*(HwRecord *const *)b));
}

/* All that the case says, whatever order it was written in. */
static char *
state_of (HwCaseFile *file)
{
  GPtrArray *records = hw_case_file_records (file);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (sorted, g_ptr_array_index (records, i));
  g_ptr_array_sort (sorted, compare_ids);
  for (guint i = 0; i < sorted->len; i++)
    {
      HwRecord *record = g_ptr_array_index (sorted, i);
      HwItem item = { .op = HW_ITEM_PUT, .type = hw_record_type (record), .id = (char *)hw_record_id (record),
                      .record = record };

      hw_item_append_json (&item, text);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

/* A desktop shows what follows before the server's own arrives, or learns it from the server alone, or the other way
 * around: it comes to the same. */
static void
assert_same_wherever_first (World *world, GPtrArray *here, GPtrArray *there)
{
  g_autoptr (HwCaseFile) desktop_first = copy_of (world->f->file);
  g_autoptr (HwCaseFile) server_first = copy_of (world->f->file);
  g_autoptr (HwCaseFile) server_only = copy_of (world->f->file);
  g_autofree char *one = NULL, *two = NULL, *three = NULL;

  apply_to (desktop_first, here);
  apply_to (desktop_first, there);
  apply_to (server_first, there);
  apply_to (server_first, here);
  apply_to (server_only, there);
  one = state_of (desktop_first);
  two = state_of (server_first);
  three = state_of (server_only);
  g_assert_cmpstr (one, ==, three);
  g_assert_cmpstr (two, ==, three);
}

static void
apply (World *world, GPtrArray *found, const char *stamp, guint depth);

static void
follow (World *world, HwRecord *before, HwRecord *after, HwOperation *cause, guint depth)
{
  HwRulesContext desktop = world->f->context;
  g_autofree char *stamp = hw_instant_format (world->f->context.now_us);
  g_autoptr (GPtrArray) there = NULL, here = NULL, again = NULL;
  g_autofree char *there_text = NULL, *here_text = NULL, *again_text = NULL;

  desktop.on_server = FALSE;
  here = hw_consequences (world->f->file, before, after, cause, &desktop);
  there = hw_consequences (world->f->file, before, after, cause, &world->f->context);
  here_text = describe (here);
  there_text = describe (there);
  g_assert_cmpstr (here_text, ==, there_text);
  if (there->len > 0)
    assert_same_wherever_first (world, here, there);
  apply (world, there, stamp, depth);
  again = hw_consequences (world->f->file, before, after, cause, &world->f->context);
  again_text = describe (again);
  g_assert_cmpstr (again_text, ==, "");
}

/* Nobody makes the step that follows, so no role is asked; it is in the table all the same. */
static void
assert_followed_by_a_line (World *world, HwRecord *before, HwRecord *after)
{
  const char *from = before != NULL ? hw_record_status (before) : NULL;

  if (hw_record_status (after) == NULL || g_strcmp0 (from, hw_record_status (after)) == 0)
    return;
  world->followed++;
  if (line_of (before, after) == NULL)
    g_error ("%s went from %s to %s", hw_record_def (after)->name, from, hw_record_status (after));
}

static void
apply (World *world, GPtrArray *found, const char *stamp, guint depth)
{
  for (guint i = 0; i < found->len; i++)
    {
      HwOperation *operation = g_ptr_array_index (found, i);
      HwRecord *held = hw_case_file_lookup (world->f->file, operation->record);
      g_autoptr (HwRecord) before = held != NULL ? hw_record_copy (held) : NULL;
      g_autoptr (HwRecord) record = held != NULL
                                      ? g_object_ref (held)
                                      : hw_record_new (operation->type, operation->record);

      hw_operation_apply (operation, record);
      hw_record_stamp (record, stamp, "system:worker");
      assert_followed_by_a_line (world, before, record);
      if (hw_record_def (record)->root == HW_ROOT_NONE)
        continue;
      hw_case_file_add (world->f->file, record);
      if (depth < 3)
        follow (world, before, record, operation, depth + 1);
    }
}

static HwOperation *
some_deed (World *world, const Who **who, HwRecord **held)
{
  HwOperation *operation = NULL;

  for (guint tries = below (world, 2) * 40; operation == NULL && tries > 0; tries--)
    operation = some_step (world, who, held);
  if (operation != NULL)
    return operation;
  if ((*who)->role == HW_ROLE_SUPERVISOR && below (world, 2) == 0)
    return some_answer (world, *who, held);
  return some_operation (world, held);
}

static void
step (World *world)
{
  const Who *who = &people[below (world, G_N_ELEMENTS (people))];
  HwRecord *held = NULL;
  g_autoptr (HwOperation) operation = some_deed (world, &who, &held);
  g_autoptr (HwActor) actor
    = hw_actor_new (who->user, who->user, who->role, who->office, who->mission, "device");
  g_autoptr (HwRecord) before = held != NULL ? hw_record_copy (held) : NULL;
  g_autoptr (HwRecord) after = NULL;
  g_autoptr (HwVerdict) verdict = NULL;
  g_autofree char *stamp = hw_instant_format (world->f->context.now_us);
  guint relations;

  if (operation == NULL)
    return;
  after = before != NULL ? hw_record_copy (before)
                         : hw_record_new (operation->type, operation->record);
  hw_record_set_case (after, CASE);
  if (operation->action == HW_ACTION_DELETE)
    hw_record_set_deleted (after, TRUE);
  hw_operation_apply (operation, after);
  relations = hw_access_relations (
    world->f->file, before != NULL ? before : after, actor, world->f->context.now_us);
  verdict = hw_rules_check (
    world->f->file, before, after, operation, actor, relations, &world->f->context, NULL);
  if (hw_verdict_outcome (verdict) != HW_OUTCOME_ACCEPTED)
    {
      world->refused++;
      return;
    }
  world->accepted++;
  assert_allowed (world, who, before, after);
  hw_record_stamp (after, stamp, who->user);
  hw_case_file_add (world->f->file, after);
  if (!hw_record_deleted (after))
    follow (world, before, after, operation, 0);
}

static void
test_random_people (void)
{
  World world = { .random = g_rand_new_with_seed (20261124) };

  for (guint run = 0; run < RUNS; run++)
    {
      world.f = fixture_new ();
      world.f->context.find_user = find_user;
      world.f->context.mission_signs_in = signs_in;
      for (guint i = 0; i < STEPS; i++)
        {
          world.f->context.now_us += G_TIME_SPAN_MINUTE;
          step (&world);
        }
      fixture_free (world.f);
    }
  g_test_message ("%u accepted, %u moves, %u refused, %u followed", world.accepted, world.moved, world.refused,
                  world.followed);
  for (guint gate = HW_GATE_NONE + 1; gate < HW_N_GATES; gate++)
    g_test_message ("%s: %u", hw_gate_nick ((HwGateId)gate)->nick, world.passed[gate]);
  /* A walk in which nothing happens would prove nothing. */
  g_assert_cmpuint (world.accepted, >, 300);
  g_assert_cmpuint (world.moved, >, 100);
  g_assert_cmpuint (world.refused, >, 300);
  g_assert_cmpuint (world.followed, >, 30);
  for (guint gate = HW_GATE_NONE + 1; gate < HW_N_GATES; gate++)
    g_assert_cmpuint (world.passed[gate], >, 0);
  g_rand_free (world.random);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/properties/random-people", test_random_people);

  return g_test_run ();
}
