/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Judging operations: every move of every type by every role, and the refusals that are not moves.
 */
#include "fixture.h"

#define OPERATION "018f0000-0000-7000-8000-00000000000a"
#define NEW "00000000-0000-4000-8000-00000000beef"

static HwActor *
actor_of (HwRole role, const char *user)
{
  return hw_actor_new (
    user, user, role, OFFICE, role == HW_ROLE_EMBASSY_LIAISON ? MISSION : NULL, "device");
}

static HwVerdict *
judge_as (Fixture *f,
          HwRecord *before,
          HwRecord *after,
          HwOperation *operation,
          HwRole role,
          const char *user,
          guint relations)
{
  g_autoptr (HwActor) actor = actor_of (role, user);

  return hw_rules_check (f->file, before, after, operation, actor, relations, &f->context, NULL);
}

/* One field of a record, changed by this person with the relations the case gives them. */
static HwVerdict *
try_set (
  Fixture *f, HwRecord *record, HwFieldId field, const char *text, HwRole role, const char *user)
{
  g_autoptr (HwActor) actor = actor_of (role, user);
  g_autoptr (HwRecord) after = hw_record_copy (record);
  g_autoptr (HwOperation) operation = hw_operation_new (
    OPERATION, HW_ACTION_UPDATE, hw_record_type (record), hw_record_id (record), CASE);
  guint relations = hw_access_relations (f->file, record, actor, f->context.now_us);

  hw_operation_set_text (operation, field, text, 0);
  hw_operation_apply (operation, after);
  return hw_rules_check (f->file, record, after, operation, actor, relations, &f->context, NULL);
}

static void
assert_set (Fixture *f,
            HwRecord *record,
            HwFieldId field,
            const char *text,
            HwRole role,
            const char *user,
            HwReason expected)
{
  g_autoptr (HwVerdict) verdict = try_set (f, record, field, text, role, user);

  g_test_message ("%s.%s = %s: %s",
                  hw_record_def (record)->name,
                  hw_schema_field (field)->name,
                  text != NULL ? text : "(unset)",
                  hw_verdict_message (verdict));
  g_assert_cmpint (hw_verdict_reason (verdict), ==, expected);
}

static HwVerdict *
try_create (Fixture *f, HwRecord *record, HwRole role, const char *user)
{
  g_autoptr (HwActor) actor = actor_of (role, user);
  g_autoptr (HwOperation) operation = hw_operation_new (
    OPERATION, HW_ACTION_CREATE, hw_record_type (record), hw_record_id (record), CASE);
  guint relations = hw_access_relations (f->file, record, actor, f->context.now_us);
  const HwTypeDef *def = hw_record_def (record);

  for (guint i = 0; i < def->n_fields; i++)
    if (hw_record_get (record, def->fields[i].id) != NULL)
      hw_operation_set (operation, def->fields[i].id, hw_record_get (record, def->fields[i].id), 0);
  return hw_rules_check (f->file, NULL, record, operation, actor, relations, &f->context, NULL);
}

static void
assert_create (Fixture *f, HwRecord *record, HwRole role, const char *user, HwReason expected)
{
  g_autoptr (HwVerdict) verdict = try_create (f, record, role, user);

  g_test_message ("%s: %s", hw_record_def (record)->name, hw_verdict_message (verdict));
  g_assert_cmpint (hw_verdict_reason (verdict), ==, expected);
}

/* Every move */

static void
fill_required (Fixture *f, HwRecord *record)
{
  const HwTypeDef *def = hw_record_def (record);

  for (guint i = 0; i < def->n_fields; i++)
    {
      const HwFieldDef *field = &def->fields[i];

      if ((field->flags & HW_FIELD_REQUIRED) == 0)
        continue;
      if (field->kind == HW_KIND_CHOICE)
        put (record, field->id, field->choices[0].nick);
      else if (field->kind == HW_KIND_TEXT || field->kind == HW_KIND_LONG_TEXT)
        put (record, field->id, "x");
      else if (field->kind == HW_KIND_REFERENCE)
        put (record, field->id, hw_record_id (hw_case_file_latest (f->file, field->target)));
    }
}

static HwRecord *
at_status (Fixture *f, const HwTypeDef *def, const char *status)
{
  HwRecord *record = hw_record_new (def->id, def->id == HW_TYPE_ID_CASE ? CASE : NEW);

  fill_required (f, record);
  hw_record_stamp (record, NOW, "worker");
  if (status != NULL)
    put (record, def->status_field, status);
  /* Said with each reopening; without it the step is refused for that reason. */
  if (def->id == HW_TYPE_ID_CASE)
    put (record, HW_FIELD_CASE_REOPENING_REASON, "x");
  return record;
}

/* What the table says, asked another way than the rules do. */
static gboolean
table_allows (const HwTypeDef *def, const char *from, const char *to, HwRole role)
{
  for (guint i = 0; i < def->n_moves; i++)
    if (g_strcmp0 (def->moves[i].from, from) == 0 && g_strcmp0 (def->moves[i].to, to) == 0)
      return (def->moves[i].roles >> role) & 1;
  return FALSE;
}

static void
judge_move (Fixture *f, const HwTypeDef *def, const char *from, const char *to, HwRole role)
{
  g_autoptr (HwRecord) before = from != NULL ? at_status (f, def, from) : NULL;
  g_autoptr (HwRecord) after = at_status (f, def, to);
  g_autoptr (HwOperation) operation
    = hw_operation_new (OPERATION,
                        from != NULL ? HW_ACTION_UPDATE : HW_ACTION_CREATE,
                        def->id,
                        hw_record_id (after),
                        CASE);
  g_autoptr (HwVerdict) verdict = NULL;
  gboolean passed;

  hw_operation_set_text (operation, def->status_field, to, 0);
  verdict = judge_as (f, before, after, operation, role, "somebody", G_MAXUINT);
  passed = hw_verdict_reason (verdict) == HW_REASON_NONE
           || (hw_verdict_reason (verdict) == HW_REASON_GATE
               && hw_verdict_gate (verdict) != HW_GATE_NONE)
           || hw_verdict_reason (verdict) == HW_REASON_PARENT_UNKNOWN;
  if (passed != table_allows (def, from, to, role))
    g_error ("%s: %s → %s by %s: %s",
             def->name,
             from != NULL ? from : "(new)",
             to,
             hw_role_nick (role)->nick,
             hw_verdict_message (verdict));
}

static void
test_every_move_by_every_role (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  guint judged = 0;

  for (guint type = HW_TYPE_ID_NONE + 1; type < HW_N_TYPE_IDS; type++)
    {
      const HwTypeDef *def = hw_schema_type (type);
      const HwFieldDef *field;

      if (def->status_field == HW_FIELD_NONE)
        continue;
      field = hw_schema_field (def->status_field);
      for (guint from = 0; from <= field->n_choices; from++)
        for (guint to = 0; to < field->n_choices; to++)
          for (guint role = 0; role < HW_N_ROLES; role++)
            {
              if (from == to + 1)
                continue;
              judge_move (f,
                          def,
                          from > 0 ? field->choices[from - 1].nick : NULL,
                          field->choices[to].nick,
                          role);
              judged++;
            }
    }
  g_assert_cmpuint (judged, >, 5000);
}

/* Moves of domain.md section 3, by name, so that a change of the table is noticed. */
static void
test_moves_by_name (void)
{
  static const struct
  {
    HwTypeId type;
    const char *from, *to;
    HwRole role;
    gboolean allowed;
  } moves[] = {
    { HW_TYPE_ID_EMBASSY_REQUEST, "draft", "ready_to_send", HW_ROLE_CASEWORKER, TRUE },
    { HW_TYPE_ID_EMBASSY_REQUEST, "draft", "sent", HW_ROLE_CASEWORKER, FALSE },
    { HW_TYPE_ID_EMBASSY_REQUEST, "ready_to_send", "sent", HW_ROLE_EMBASSY_LIAISON, FALSE },
    { HW_TYPE_ID_EMBASSY_REQUEST, "sent", "approved", HW_ROLE_EMBASSY_LIAISON, TRUE },
    { HW_TYPE_ID_EMBASSY_REQUEST, "sent", "acknowledged", HW_ROLE_CASEWORKER, FALSE },
    { HW_TYPE_ID_EMBASSY_REQUEST, "sent", "withdrawn", HW_ROLE_EMBASSY_LIAISON, FALSE },
    { HW_TYPE_ID_EMBASSY_REQUEST, "withdrawn", "acknowledged", HW_ROLE_EMBASSY_LIAISON, FALSE },
    { HW_TYPE_ID_EMBASSY_REQUEST, "refused", "sent", HW_ROLE_CASEWORKER, TRUE },
    { HW_TYPE_ID_TRAVEL_DOCUMENT, "applied", "issued", HW_ROLE_EMBASSY_LIAISON, TRUE },
    { HW_TYPE_ID_TRAVEL_DOCUMENT, "issued", "lost", HW_ROLE_EMBASSY_LIAISON, FALSE },
    { HW_TYPE_ID_TRAVEL_DOCUMENT, "received", "verified", HW_ROLE_CASEWORKER, TRUE },
    { HW_TYPE_ID_TRAVEL_DOCUMENT, "needed", "verified", HW_ROLE_CASEWORKER, FALSE },
    { HW_TYPE_ID_MOVEMENT, "held", "ticketed", HW_ROLE_MOVEMENT, TRUE },
    { HW_TYPE_ID_MOVEMENT, "held", "ticketed", HW_ROLE_SUPERVISOR, FALSE },
    { HW_TYPE_ID_MOVEMENT, "draft", "ticketed", HW_ROLE_MOVEMENT, FALSE },
    { HW_TYPE_ID_MOVEMENT, "arrived", "held", HW_ROLE_MOVEMENT, FALSE },
    { HW_TYPE_ID_CASE, "closed", "active", HW_ROLE_SUPERVISOR, TRUE },
    { HW_TYPE_ID_CASE, "closed", "active", HW_ROLE_CASEWORKER, FALSE },
    { HW_TYPE_ID_REUNIFICATION, "planned", "done", HW_ROLE_CASEWORKER, FALSE },
  };

  g_autoptr (Fixture) f = fixture_new ();

  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      g_autoptr (HwRecord) record = at_status (f, hw_schema_type (moves[i].type), moves[i].from);
      g_autoptr (GPtrArray) next = hw_workflow_moves (record, moves[i].role);
      gboolean found = FALSE;

      for (guint n = 0; n < next->len; n++)
        found |= g_str_equal (((const HwMoveDef *)g_ptr_array_index (next, n))->to, moves[i].to);
      g_test_message ("%s → %s", moves[i].from, moves[i].to);
      g_assert_true (found == moves[i].allowed);
    }
}

/* Gates in the path of a move */

static void
test_gates_guard_moves (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwVerdict) verdict = NULL;

  assert_set (f,
              f->movement,
              HW_FIELD_MOVEMENT_STATUS,
              "ticketed",
              HW_ROLE_CASEWORKER,
              "worker",
              HW_REASON_NONE);
  hw_case_file_remove (f->file, hw_record_id (f->fitness));
  verdict
    = try_set (f, f->movement, HW_FIELD_MOVEMENT_STATUS, "ticketed", HW_ROLE_CASEWORKER, "worker");
  g_assert_cmpint (hw_verdict_gate (verdict), ==, HW_GATE_TICKET);
  g_assert_true (hw_verdict_has (verdict, "fitness-missing"));
  put (f->movement, HW_FIELD_MOVEMENT_STATUS, "ticketed");
  assert_set (f,
              f->movement,
              HW_FIELD_MOVEMENT_STATUS,
              "checked_in",
              HW_ROLE_CASEWORKER,
              "worker",
              HW_REASON_NONE);
  hw_case_file_remove (f->file, hw_record_id (f->reception));
  assert_set (f,
              f->movement,
              HW_FIELD_MOVEMENT_STATUS,
              "checked_in",
              HW_ROLE_CASEWORKER,
              "worker",
              HW_REASON_GATE);
}

static void
test_unticketed_check_in_asks_the_ticket_gate (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwVerdict) verdict = NULL;

  hw_case_file_remove (f->file, hw_record_id (f->fitness));
  verdict = try_set (
    f, f->movement, HW_FIELD_MOVEMENT_STATUS, "checked_in", HW_ROLE_CASEWORKER, "worker");
  g_assert_cmpint (hw_verdict_gate (verdict), ==, HW_GATE_TICKET);
}

/* A seat stands for days: what she seeks is asked again before a ticket is bought on it. At the check-in nobody of a
 * mission is told anything new. */
static void
test_a_held_seat_asks_the_embassy_gate (void)
{
  static const struct
  {
    const char *from, *to;
    gboolean refused;
  } rows[] = { { "held", "ticketed", TRUE },       { "confirmed", "ticketed", TRUE },
               { "rebooked", "ticketed", TRUE },   { "rebooked", "confirmed", TRUE },
               { "requested", "held", TRUE },      { "held", "confirmed", FALSE },
               { "held", "checked_in", FALSE },    { "confirmed", "checked_in", FALSE },
               { "ticketed", "checked_in", FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Fixture) f = fixture_new ();

      put (f->movement, HW_FIELD_MOVEMENT_STATUS, rows[i].from);
      assert_set (f, f->movement, HW_FIELD_MOVEMENT_STATUS, rows[i].to, HW_ROLE_CASEWORKER,
                  "worker", HW_REASON_NONE);
      put (f->risk, HW_FIELD_RISK_ASSESSMENT_ASYLUM, "wishes");
      assert_set (f, f->movement, HW_FIELD_MOVEMENT_STATUS, rows[i].to, HW_ROLE_CASEWORKER,
                  "worker", rows[i].refused ? HW_REASON_GATE : HW_REASON_NONE);
    }
}

static void
test_conditions_of_all_gates_are_told (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwVerdict) verdict = NULL;
  g_autofree char *told = NULL;

  put (f->screening, HW_FIELD_SCREENING_IS_MINOR, "yes");
  fixture_child (f, f->survivor);
  hw_case_file_remove (f->file, hw_record_id (f->fitness));
  verdict
    = try_set (f, f->movement, HW_FIELD_MOVEMENT_STATUS, "ticketed", HW_ROLE_CASEWORKER, "worker");
  told = codes (verdict);
  g_assert_cmpint (hw_verdict_gate (verdict), ==, HW_GATE_CHILD);
  g_assert_cmpstr (told, ==, "child-escort-missing fitness-missing");
}

static void
test_observation_is_accepted_with_a_breach (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwActor) actor = actor_of (HW_ROLE_CASEWORKER, "worker");
  g_autoptr (HwRecord) after = hw_record_copy (f->movement);
  g_autoptr (HwOperation) operation = hw_operation_new (
    OPERATION, HW_ACTION_UPDATE, HW_TYPE_ID_MOVEMENT, hw_record_id (after), CASE);
  g_autoptr (HwVerdict) clean = NULL, breached = NULL, breach = NULL, none = NULL;

  hw_operation_set_text (operation, HW_FIELD_MOVEMENT_STATUS, "departed", 0);
  hw_operation_apply (operation, after);
  clean
    = hw_rules_check (f->file, f->movement, after, operation, actor, G_MAXUINT, &f->context, &none);
  g_assert_true (hw_verdict_open (clean));
  g_assert_null (none);
  hw_case_file_remove (f->file, hw_record_id (f->fitness));
  breached = hw_rules_check (
    f->file, f->movement, after, operation, actor, G_MAXUINT, &f->context, &breach);
  g_assert_true (hw_verdict_open (breached));
  g_assert_nonnull (breach);
  g_assert_true (hw_verdict_has (breach, "fitness-missing"));
}

static void
test_moments_to_come_are_invalid (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  put (f->movement, HW_FIELD_MOVEMENT_TICKETED_AT, "2026-11-24T10:00:00Z");
  assert_set (f,
              f->movement,
              HW_FIELD_MOVEMENT_STATUS,
              "ticketed",
              HW_ROLE_CASEWORKER,
              "worker",
              HW_REASON_INVALID);
  put (f->movement, HW_FIELD_MOVEMENT_STATUS, "in_transit");
  put (f->movement, HW_FIELD_MOVEMENT_ARRIVED_AT, "2026-11-24T10:00:00Z");
  assert_set (f,
              f->movement,
              HW_FIELD_MOVEMENT_STATUS,
              "arrived",
              HW_ROLE_CASEWORKER,
              "worker",
              HW_REASON_INVALID);
}

static void
test_override_serves_who_asked (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *approval = fixture_approval (f, "override", f->movement);

  put (approval, HW_FIELD_APPROVAL_GATE, "ticket");
  put (approval, HW_FIELD_APPROVAL_TARGET_STATUS, "ticketed");
  put (approval, HW_FIELD_APPROVAL_BASIS, "vital_interest");
  put (approval, HW_FIELD_APPROVAL_REASON, "Danger");
  put (approval, HW_FIELD_APPROVAL_EXPIRES_AT, "2026-11-25T09:00:00Z");
  hw_case_file_remove (f->file, hw_record_id (f->fitness));
  assert_set (f,
              f->movement,
              HW_FIELD_MOVEMENT_STATUS,
              "ticketed",
              HW_ROLE_CASEWORKER,
              "worker",
              HW_REASON_NONE);
  put (approval, HW_FIELD_APPROVAL_ASKED_BY, "other");
  assert_set (f,
              f->movement,
              HW_FIELD_MOVEMENT_STATUS,
              "ticketed",
              HW_ROLE_CASEWORKER,
              "worker",
              HW_REASON_GATE);
}

/* Rights */

static void
test_rights (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  assert_set (
    f, f->header, HW_FIELD_CASE_URGENCY, "high", HW_ROLE_CASEWORKER, "worker", HW_REASON_NONE);
  assert_set (f,
              f->header,
              HW_FIELD_CASE_URGENCY,
              "high",
              HW_ROLE_CASEWORKER,
              "stranger",
              HW_REASON_NOT_FOUND);
  assert_set (
    f, f->header, HW_FIELD_CASE_URGENCY, "high", HW_ROLE_SUPERVISOR, "chief", HW_REASON_ROLE);
  assert_set (
    f, f->header, HW_FIELD_CASE_OWNER, "other", HW_ROLE_SUPERVISOR, "chief", HW_REASON_NONE);
  assert_set (f,
              f->header,
              HW_FIELD_CASE_CODE,
              "HW-BI-26-0001",
              HW_ROLE_CASEWORKER,
              "worker",
              HW_REASON_IMMUTABLE);
  assert_set (f,
              f->risk,
              HW_FIELD_RISK_ASSESSMENT_CONCLUSION,
              "not_safe",
              HW_ROLE_MOVEMENT,
              "officer",
              HW_REASON_ROLE);
  assert_set (f,
              f->movement,
              HW_FIELD_MOVEMENT_FUNDING_CODE,
              "R",
              HW_ROLE_MOVEMENT,
              "officer",
              HW_REASON_NONE);
  assert_set (
    f, f->header, HW_FIELD_CASE_URGENCY, "high", HW_ROLE_ADMINISTRATOR, "admin", HW_REASON_ROLE);
  assert_set (
    f, f->header, HW_FIELD_CASE_URGENCY, "high", HW_ROLE_AUDITOR, "auditor", HW_REASON_ROLE);
}

static HwVerdict *
try_delete (Fixture *f, HwRecord *record, HwRole role, const char *user)
{
  g_autoptr (HwActor) actor = actor_of (role, user);
  g_autoptr (HwRecord) after = hw_record_copy (record);
  g_autoptr (HwOperation) operation = hw_operation_new (
    OPERATION, HW_ACTION_DELETE, hw_record_type (record), hw_record_id (record), CASE);

  hw_operation_apply (operation, after);
  return hw_rules_check (f->file,
                         record,
                         after,
                         operation,
                         actor,
                         hw_access_relations (f->file, record, actor, f->context.now_us),
                         &f->context,
                         NULL);
}

static void
test_deleting (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *kept[] = { f->screening, f->risk,      f->consent,  f->decision, f->closure,
                       f->header,    f->exit_item, f->fitness,  f->survivor };
  g_autoptr (HwVerdict) may = try_delete (f, f->reception, HW_ROLE_CASEWORKER, "worker");
  g_autoptr (HwVerdict) may_not = try_delete (f, f->reception, HW_ROLE_SUPERVISOR, "chief");

  g_assert_true (hw_verdict_open (may));
  g_assert_cmpint (hw_verdict_reason (may_not), ==, HW_REASON_ROLE);
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      g_autoptr (HwVerdict) verdict = try_delete (f, kept[i], HW_ROLE_CASEWORKER, "worker");

      g_assert_cmpint (hw_verdict_reason (verdict), ==, HW_REASON_IMMUTABLE);
    }
}

static void
test_append_only (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  assert_set (f,
              f->decision,
              HW_FIELD_DECISION_CHOICE,
              "stay",
              HW_ROLE_CASEWORKER,
              "worker",
              HW_REASON_IMMUTABLE);
  assert_set (f,
              f->decision,
              HW_FIELD_DECISION_CONFIRMED_AT,
              NOW,
              HW_ROLE_CASEWORKER,
              "worker",
              HW_REASON_IMMUTABLE);
  assert_set (f,
              f->decision,
              HW_FIELD_DECISION_INTERPRETER,
              "Claudine",
              HW_ROLE_CASEWORKER,
              "worker",
              HW_REASON_NONE);
  hw_record_set_stamps (f->decision, NOW, "other", NOW, "other");
  assert_set (f,
              f->decision,
              HW_FIELD_DECISION_INTERPRETER,
              "Claudine",
              HW_ROLE_CASEWORKER,
              "worker",
              HW_REASON_IMMUTABLE);
}

static HwRecord *
new_record (HwTypeId type)
{
  return hw_record_new (type, NEW);
}

static void
test_creating (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwRecord) disclosure = new_record (HW_TYPE_ID_DISCLOSURE);
  g_autoptr (HwRecord) task = new_record (HW_TYPE_ID_TASK);
  g_autoptr (HwRecord) person = new_record (HW_TYPE_ID_PERSON);
  g_autoptr (HwRecord) clinical = new_record (HW_TYPE_ID_CLINICAL_NOTE);
  g_autoptr (HwRecord) segment = new_record (HW_TYPE_ID_SEGMENT);
  g_autoptr (HwRecord) note = new_record (HW_TYPE_ID_NOTE);

  assert_create (f, disclosure, HW_ROLE_CASEWORKER, "worker", HW_REASON_IMMUTABLE);
  assert_create (f, task, HW_ROLE_CASEWORKER, "worker", HW_REASON_INVALID);
  put (task, HW_FIELD_TASK_TITLE, "Call");
  assert_create (f, task, HW_ROLE_CASEWORKER, "worker", HW_REASON_NONE);
  assert_create (f, task, HW_ROLE_CASEWORKER, "stranger", HW_REASON_NOT_FOUND);
  assert_create (f, person, HW_ROLE_CASEWORKER, "worker", HW_REASON_NONE);
  put (clinical, HW_FIELD_CLINICAL_NOTE_TEXT, "x");
  assert_create (f, clinical, HW_ROLE_CASEWORKER, "worker", HW_REASON_ROLE);
  put (segment, HW_FIELD_SEGMENT_MOVEMENT, "00000000-0000-4000-8000-00000000dead");
  assert_create (f, segment, HW_ROLE_CASEWORKER, "worker", HW_REASON_PARENT_UNKNOWN);
  put (segment, HW_FIELD_SEGMENT_MOVEMENT, hw_record_id (f->request));
  assert_create (f, segment, HW_ROLE_CASEWORKER, "worker", HW_REASON_INVALID);
  put (segment, HW_FIELD_SEGMENT_MOVEMENT, hw_record_id (f->movement));
  assert_create (f, segment, HW_ROLE_MOVEMENT, "officer", HW_REASON_NONE);
  put (note, HW_FIELD_NOTE_TEXT, "x");
  assert_create (f, note, HW_ROLE_MOVEMENT, "officer", HW_REASON_NONE);
}

static void
test_intake (void)
{
  g_autoptr (HwCaseFile) file = hw_case_file_new (CASE, NULL);
  g_autoptr (HwRecord) header = hw_record_new (HW_TYPE_ID_CASE, CASE);
  Fixture f = { .file = file, .context = { .now_us = instant (NOW) } };
  g_autoptr (HwRecord) person = new_record (HW_TYPE_ID_PERSON);

  put (header, HW_FIELD_CASE_STATUS, "active");
  assert_create (&f, header, HW_ROLE_HELPLINE, "night", HW_REASON_NONE);
  assert_create (&f, header, HW_ROLE_CASEWORKER, "worker", HW_REASON_NONE);
  assert_create (&f, header, HW_ROLE_SUPERVISOR, "chief", HW_REASON_ROLE);
  assert_create (&f, header, HW_ROLE_EMBASSY_LIAISON, "consul", HW_REASON_MOVE_NOT_ALLOWED);
  hw_record_stamp (header, NOW, "night");
  hw_case_file_add (file, header);
  assert_create (&f, person, HW_ROLE_HELPLINE, "night", HW_REASON_NONE);
  assert_create (&f, person, HW_ROLE_HELPLINE, "other", HW_REASON_NOT_FOUND);
  put (header, HW_FIELD_CASE_OWNER, "worker");
  assert_create (&f, person, HW_ROLE_HELPLINE, "night", HW_REASON_NOT_FOUND);
}

static void
test_mission (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwRecord) message = new_record (HW_TYPE_ID_EMBASSY_MESSAGE);
  const HwRole em = HW_ROLE_EMBASSY_LIAISON;

  assert_set (f,
              f->request,
              HW_FIELD_EMBASSY_REQUEST_STATUS,
              "acknowledged",
              em,
              "consul",
              HW_REASON_NOT_FOUND);
  put (f->request, HW_FIELD_EMBASSY_REQUEST_STATUS, "sent");
  put (f->document, HW_FIELD_TRAVEL_DOCUMENT_STATUS, "applied");
  assert_set (
    f, f->request, HW_FIELD_EMBASSY_REQUEST_STATUS, "acknowledged", em, "consul", HW_REASON_NONE);
  assert_set (f,
              f->request,
              HW_FIELD_EMBASSY_REQUEST_STATUS,
              "withdrawn",
              em,
              "consul",
              HW_REASON_MOVE_NOT_ALLOWED);
  assert_set (f,
              f->request,
              HW_FIELD_EMBASSY_REQUEST_GIVEN_NAMES,
              "X",
              em,
              "consul",
              HW_REASON_MOVE_NOT_ALLOWED);
  assert_set (
    f, f->document, HW_FIELD_TRAVEL_DOCUMENT_STATUS, "issued", em, "consul", HW_REASON_NONE);
  assert_set (f, f->document, HW_FIELD_TRAVEL_DOCUMENT_NUMBER, "LP1", em, "consul", HW_REASON_NONE);
  assert_set (f,
              f->document,
              HW_FIELD_TRAVEL_DOCUMENT_HELD_BY,
              "police",
              em,
              "consul",
              HW_REASON_MOVE_NOT_ALLOWED);
  assert_set (
    f, f->risk, HW_FIELD_RISK_ASSESSMENT_ASYLUM, "none", em, "consul", HW_REASON_MOVE_NOT_ALLOWED);
  put (message, HW_FIELD_EMBASSY_MESSAGE_REQUEST, hw_record_id (f->request));
  put (message, HW_FIELD_EMBASSY_MESSAGE_TEXT, "Received");
  put (message, HW_FIELD_EMBASSY_MESSAGE_FROM, "embassy");
  assert_create (f, message, em, "consul", HW_REASON_NONE);
  assert_create (f, message, HW_ROLE_CASEWORKER, "worker", HW_REASON_INVALID);
  put (message, HW_FIELD_EMBASSY_MESSAGE_FROM, "caseworker");
  assert_create (f, message, em, "consul", HW_REASON_MOVE_NOT_ALLOWED);
  put (f->request, HW_FIELD_EMBASSY_REQUEST_SENT_ON, TODAY);
  put (f->request, HW_FIELD_EMBASSY_REQUEST_STATUS, "withdrawn");
  assert_set (f,
              f->request,
              HW_FIELD_EMBASSY_REQUEST_STATUS,
              "acknowledged",
              em,
              "consul",
              HW_REASON_REQUEST_CLOSED);
  put (f->request, HW_FIELD_EMBASSY_REQUEST_MISSION, OTHER_MISSION);
  assert_set (f,
              f->request,
              HW_FIELD_EMBASSY_REQUEST_STATUS,
              "acknowledged",
              em,
              "consul",
              HW_REASON_NOT_FOUND);
}

/* Approvals */

static HwVerdict *
decide_as (Fixture *f, HwRecord *approval, HwRole role, const char *user, const char *as)
{
  g_autoptr (HwRecord) after = hw_record_copy (approval);
  g_autoptr (HwOperation) operation = hw_operation_new (
    OPERATION, HW_ACTION_UPDATE, HW_TYPE_ID_APPROVAL, hw_record_id (approval), CASE);

  hw_operation_set_text (operation, HW_FIELD_APPROVAL_VERDICT, "approved", 0);
  hw_operation_set_text (operation, HW_FIELD_APPROVAL_DECIDED_BY, as, 0);
  hw_operation_apply (operation, after);
  return judge_as (
    f, approval, after, operation, role, user, HW_RELATION_OFFICE | HW_RELATION_OWNER);
}

static void
assert_decide (
  Fixture *f, HwRecord *approval, HwRole role, const char *user, const char *as, HwReason expected)
{
  g_autoptr (HwVerdict) verdict = decide_as (f, approval, role, user, as);

  g_assert_cmpint (hw_verdict_reason (verdict), ==, expected);
}

static HwRecord *
ask (Fixture *f, const char *kind, HwRecord *subject, const char *by)
{
  HwRecord *approval = fixture_add_by (f, HW_TYPE_ID_APPROVAL, by);

  put (approval, HW_FIELD_APPROVAL_KIND, kind);
  put (approval, HW_FIELD_APPROVAL_SUBJECT, hw_record_id (subject));
  put (approval, HW_FIELD_APPROVAL_ASKED_BY, by);
  put (approval, HW_FIELD_APPROVAL_VERDICT, "pending");
  return approval;
}

static void
test_approvals (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *asked = ask (f, "risk", f->risk, "worker");
  HwRecord *own = ask (f, "risk", f->risk, "chief");
  HwRecord *closing = ask (f, "closure", f->header, "worker");
  g_autoptr (HwRecord) ready_made = new_record (HW_TYPE_ID_APPROVAL);

  assert_decide (f, asked, HW_ROLE_SUPERVISOR, "chief", "chief", HW_REASON_NONE);
  assert_decide (f, asked, HW_ROLE_SUPERVISOR, "chief", "other", HW_REASON_INVALID);
  assert_decide (f, asked, HW_ROLE_CASEWORKER, "worker", "worker", HW_REASON_ROLE);
  assert_decide (f, own, HW_ROLE_SUPERVISOR, "chief", "chief", HW_REASON_SELF_APPROVAL);
  put (f->header, HW_FIELD_CASE_OWNER, "chief");
  assert_decide (f, closing, HW_ROLE_SUPERVISOR, "chief", "chief", HW_REASON_SELF_APPROVAL);
  put (f->header, HW_FIELD_CASE_OWNER, "worker");
  assert_decide (f, closing, HW_ROLE_SUPERVISOR, "chief", "chief", HW_REASON_NONE);
  put (closing, HW_FIELD_APPROVAL_KIND, "asylum_review");
  put (closing, HW_FIELD_APPROVAL_SUBJECT, hw_record_id (f->risk));
  hw_record_set_stamps (f->risk, NOW, "chief", NOW, "chief");
  assert_decide (f, closing, HW_ROLE_SUPERVISOR, "chief", "chief", HW_REASON_SELF_APPROVAL);
  assert_set (f,
              f->closure,
              HW_FIELD_APPROVAL_REASON,
              "later",
              HW_ROLE_SUPERVISOR,
              "chief",
              HW_REASON_IMMUTABLE);
  put (ready_made, HW_FIELD_APPROVAL_KIND, "risk");
  assert_create (f, ready_made, HW_ROLE_CASEWORKER, "worker", HW_REASON_NONE);
  put (ready_made, HW_FIELD_APPROVAL_ASKED_BY, "other");
  assert_create (f, ready_made, HW_ROLE_CASEWORKER, "worker", HW_REASON_INVALID);
  clear (ready_made, HW_FIELD_APPROVAL_ASKED_BY);
  put (ready_made, HW_FIELD_APPROVAL_VERDICT, "approved");
  put (ready_made, HW_FIELD_APPROVAL_DECIDED_BY, "chief");
  assert_create (f, ready_made, HW_ROLE_SUPERVISOR, "chief", HW_REASON_SELF_APPROVAL);
}

static void
test_age_review (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwRecord) newer = new_record (HW_TYPE_ID_SCREENING);

  put (f->screening, HW_FIELD_SCREENING_IS_MINOR, "yes");
  put (newer, HW_FIELD_SCREENING_IS_MINOR, "no");
  assert_set (f,
              f->screening,
              HW_FIELD_SCREENING_IS_MINOR,
              "no",
              HW_ROLE_CASEWORKER,
              "worker",
              HW_REASON_GATE);
  assert_set (f,
              f->screening,
              HW_FIELD_SCREENING_IS_MINOR,
              "unknown",
              HW_ROLE_CASEWORKER,
              "worker",
              HW_REASON_GATE);
  assert_set (f,
              f->screening,
              HW_FIELD_SCREENING_IS_MINOR,
              NULL,
              HW_ROLE_CASEWORKER,
              "worker",
              HW_REASON_GATE);
  assert_create (f, newer, HW_ROLE_CASEWORKER, "worker", HW_REASON_GATE);
  fixture_approval (f, "age_review", f->screening);
  assert_set (f,
              f->screening,
              HW_FIELD_SCREENING_IS_MINOR,
              "no",
              HW_ROLE_CASEWORKER,
              "worker",
              HW_REASON_NONE);
}

/* A movement officer's desktop holds no risk assessment: that it is missing there closes nothing. What it does hold
 * is judged, and the rest is the server's to say. */
static void
test_part_of_a_case_is_provisional (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwVerdict) open = NULL, refused = NULL;
  g_autofree char *told = NULL;

  f->context.on_server = FALSE;
  hw_case_file_set_complete (f->file, FALSE);
  hw_case_file_remove (f->file, hw_record_id (f->risk));
  hw_case_file_remove (f->file, hw_record_id (f->screening));
  clear (f->header, HW_FIELD_CASE_OFFICE);
  put (f->movement, HW_FIELD_MOVEMENT_STATUS, "held");
  open = try_set (f, f->movement, HW_FIELD_MOVEMENT_STATUS, "ticketed", HW_ROLE_MOVEMENT, "mover");
  g_assert_cmpint (hw_verdict_outcome (open), ==, HW_OUTCOME_PROVISIONAL);
  put (f->document, HW_FIELD_TRAVEL_DOCUMENT_STATUS, "lost");
  refused
    = try_set (f, f->movement, HW_FIELD_MOVEMENT_STATUS, "ticketed", HW_ROLE_MOVEMENT, "mover");
  g_assert_cmpint (hw_verdict_outcome (refused), ==, HW_OUTCOME_REFUSED);
  told = codes (refused);
  g_assert_cmpstr (told, ==, "document-missing");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/workflow/every-move-by-every-role", test_every_move_by_every_role);
  g_test_add_func ("/workflow/moves-by-name", test_moves_by_name);
  g_test_add_func ("/rules/gates-guard-moves", test_gates_guard_moves);
  g_test_add_func ("/rules/a-held-seat-asks-the-embassy-gate",
                   test_a_held_seat_asks_the_embassy_gate);
  g_test_add_func ("/rules/unticketed-check-in-asks-the-ticket-gate",
                   test_unticketed_check_in_asks_the_ticket_gate);
  g_test_add_func ("/rules/conditions-of-all-gates-are-told",
                   test_conditions_of_all_gates_are_told);
  g_test_add_func ("/rules/observations-are-accepted-with-a-breach",
                   test_observation_is_accepted_with_a_breach);
  g_test_add_func ("/rules/moments-to-come-are-invalid", test_moments_to_come_are_invalid);
  g_test_add_func ("/rules/an-override-serves-who-asked", test_override_serves_who_asked);
  g_test_add_func ("/rules/rights", test_rights);
  g_test_add_func ("/rules/deleting", test_deleting);
  g_test_add_func ("/rules/append-only", test_append_only);
  g_test_add_func ("/rules/creating", test_creating);
  g_test_add_func ("/rules/intake", test_intake);
  g_test_add_func ("/rules/mission", test_mission);
  g_test_add_func ("/rules/approvals", test_approvals);
  g_test_add_func ("/rules/age-review", test_age_review);
  g_test_add_func ("/rules/part-of-a-case-is-provisional", test_part_of_a_case_is_provisional);
  return g_test_run ();
}
