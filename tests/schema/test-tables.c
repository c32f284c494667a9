/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tables hang together: every lookup finds what the table holds, nothing else, and the moves
 * are those of the work.
 */
#include <glib.h>
#include <string.h>

#include "schema/hw-schema.h"

static void
test_lookups (void)
{
  for (guint id = 1; id < HW_N_TYPE_IDS; id++)
    {
      const HwTypeDef *type = hw_schema_type ((HwTypeId)id);

      g_assert_true (hw_schema_type_by_name (type->name) == type);
      g_assert_cmpint (type->id, ==, id);
      for (guint i = 0; i < type->n_fields; i++)
        {
          const HwFieldDef *field = &type->fields[i];

          g_assert_true (hw_schema_field (field->id) == field);
          g_assert_true (hw_schema_field_by_name (type->id, field->name) == field);
          g_assert_cmpuint (field->index, ==, i);
          g_assert_cmpint (field->type, ==, id);
          for (guint k = 0; k < field->n_choices; k++)
            g_assert_true (hw_field_choice (field, field->choices[k].nick) == &field->choices[k]);
        }
    }
}

static void
test_unknown_is_null (void)
{
  const HwFieldDef *kind = hw_schema_field (HW_FIELD_TRAVEL_DOCUMENT_KIND);

  g_assert_null (hw_schema_type (HW_TYPE_ID_NONE));
  g_assert_null (hw_schema_field (HW_FIELD_NONE));
  g_assert_null (hw_schema_type_by_name (NULL));
  g_assert_null (hw_schema_type_by_name (""));
  g_assert_null (hw_schema_type_by_name ("zzz"));
  g_assert_null (hw_schema_type_by_name ("travel"));
  g_assert_null (hw_schema_field_by_name (HW_TYPE_ID_CASE, "given_names"));
  g_assert_null (hw_schema_field_by_name (HW_TYPE_ID_CASE, NULL));
  g_assert_null (hw_schema_field_by_name (HW_TYPE_ID_NONE, "status"));
  g_assert_null (hw_field_choice (kind, "pass"));
  g_assert_null (hw_field_choice (kind, NULL));
  g_assert_cmpint (hw_role_by_nick ("root"), ==, HW_N_ROLES);
  g_assert_cmpint (hw_role_by_nick (NULL), ==, HW_N_ROLES);
}

static void
test_nicks (void)
{
  static const char *const roles[] = {
    "helpline",  "caseworker", "supervisor", "movement", "embassy_liaison", "focal_point",
    "reception", "medical",    "analyst",    "auditor",  "administrator",
  };
  static const char *const gates[]
    = { "none", "embassy", "child", "ticket", "departure", "reunification", "closure" };

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      g_assert_cmpstr (hw_role_nick ((HwRole)i)->nick, ==, roles[i]);
      g_assert_cmpint (hw_role_by_nick (roles[i]), ==, i);
    }
  for (guint i = 0; i < G_N_ELEMENTS (gates); i++)
    g_assert_cmpstr (hw_gate_nick ((HwGateId)i)->nick, ==, gates[i]);
}

static void
assert_move (
  HwTypeId type, const char *from, const char *to, guint roles, guint gates, gboolean observation)
{
  const HwMoveDef *move = hw_schema_move (type, from, to);

  g_test_message ("%s: %s to %s", hw_schema_type (type)->name, from ? from : "new", to);
  g_assert_nonnull (move);
  g_assert_cmpuint (move->roles, ==, roles);
  g_assert_cmpuint (move->gates, ==, gates);
  g_assert_cmpint (move->observation, ==, observation);
}

#define CW (1u << HW_ROLE_CASEWORKER)
#define HL (1u << HW_ROLE_HELPLINE)
#define SU (1u << HW_ROLE_SUPERVISOR)
#define MO (1u << HW_ROLE_MOVEMENT)
#define EM (1u << HW_ROLE_EMBASSY_LIAISON)
#define RO (1u << HW_ROLE_RECEPTION)
#define G1 (1u << HW_GATE_EMBASSY)
#define G2 (1u << HW_GATE_CHILD)
#define G3 (1u << HW_GATE_TICKET)
#define G4 (1u << HW_GATE_DEPARTURE)
#define G5 (1u << HW_GATE_REUNIFICATION)
#define G6 (1u << HW_GATE_CLOSURE)

static void
test_guarded_moves (void)
{
  assert_move (HW_TYPE_ID_CASE, NULL, "active", HL | CW, 0, FALSE);
  assert_move (HW_TYPE_ID_CASE, "follow_up", "closed", CW, G6, FALSE);
  assert_move (HW_TYPE_ID_CASE, "active", "closed_referred", CW, G6, FALSE);
  assert_move (HW_TYPE_ID_CASE, "closed", "active", SU, 0, FALSE);
  assert_move (HW_TYPE_ID_EMBASSY_REQUEST, "draft", "ready_to_send", CW, G1, FALSE);
  assert_move (HW_TYPE_ID_EMBASSY_REQUEST, "ready_to_send", "sent", CW, G1 | G2, FALSE);
  assert_move (HW_TYPE_ID_EMBASSY_REQUEST, "refused", "sent", CW, G1 | G2, FALSE);
  assert_move (HW_TYPE_ID_EMBASSY_REQUEST, "sent", "approved", EM, 0, FALSE);
  assert_move (HW_TYPE_ID_TRAVEL_DOCUMENT, "applied", "issued", CW | EM, 0, FALSE);
  assert_move (HW_TYPE_ID_MOVEMENT, "requested", "held", CW | MO, G1 | G2, FALSE);
  assert_move (HW_TYPE_ID_MOVEMENT, NULL, "held", CW | MO, G1 | G2, FALSE);
  assert_move (HW_TYPE_ID_MOVEMENT, "confirmed", "ticketed", CW | MO, G1 | G2 | G3, FALSE);
  assert_move (HW_TYPE_ID_MOVEMENT, "confirmed", "checked_in", CW | MO, G3 | G2 | G4, FALSE);
  assert_move (HW_TYPE_ID_MOVEMENT, "ticketed", "checked_in", CW | MO, G2 | G4, FALSE);
  assert_move (HW_TYPE_ID_MOVEMENT, "ticketed", "departed", CW | MO, G2 | G4, TRUE);
  assert_move (HW_TYPE_ID_MOVEMENT, "requested", "departed", CW | MO, G1 | G2 | G3 | G4, TRUE);
  assert_move (HW_TYPE_ID_MOVEMENT, "checked_in", "departed", CW | MO, G2 | G4, TRUE);
  assert_move (HW_TYPE_ID_REUNIFICATION, "assessed", "approved", CW | RO, G5, FALSE);
  assert_move (HW_TYPE_ID_REUNIFICATION, "approved", "done", CW | RO, G5 | G2, FALSE);
}

static void
test_forbidden_moves (void)
{
  g_assert_null (hw_schema_move (HW_TYPE_ID_CASE, NULL, "closed"));
  g_assert_null (hw_schema_move (HW_TYPE_ID_CASE, "closed", "closed_referred"));
  g_assert_null (hw_schema_move (HW_TYPE_ID_CASE, "active", "active"));
  g_assert_null (hw_schema_move (HW_TYPE_ID_EMBASSY_REQUEST, NULL, "sent"));
  g_assert_null (hw_schema_move (HW_TYPE_ID_EMBASSY_REQUEST, "draft", "sent"));
  g_assert_null (hw_schema_move (HW_TYPE_ID_EMBASSY_REQUEST, "approved", "acknowledged"));
  g_assert_null (hw_schema_move (HW_TYPE_ID_EMBASSY_REQUEST, "withdrawn", "sent"));
  g_assert_null (hw_schema_move (HW_TYPE_ID_MOVEMENT, "draft", "ticketed"));
  g_assert_null (hw_schema_move (HW_TYPE_ID_MOVEMENT, "requested", "confirmed"));
  g_assert_null (hw_schema_move (HW_TYPE_ID_MOVEMENT, NULL, "ticketed"));
  g_assert_null (hw_schema_move (HW_TYPE_ID_TASK, NULL, "done"));
  g_assert_null (hw_schema_move (HW_TYPE_ID_CASE, "active", NULL));
}

/* Facts of the world are accepted from wherever the record stands. */
static void
test_observations_from_everywhere (void)
{
  static const char *const observed[]
    = { "departed", "in_transit", "arrived", "missed", "no_show", "denied_boarding" };
  const HwFieldDef *status = hw_schema_field (HW_FIELD_MOVEMENT_STATUS);

  for (guint i = 0; i < G_N_ELEMENTS (observed); i++)
    {
      g_assert_true (hw_schema_move (HW_TYPE_ID_MOVEMENT, NULL, observed[i])->observation);
      for (guint k = 0; k < status->n_choices; k++)
        if (strcmp (status->choices[k].nick, observed[i]) != 0)
          {
            const HwMoveDef *move
              = hw_schema_move (HW_TYPE_ID_MOVEMENT, status->choices[k].nick, observed[i]);

            g_test_message ("%s to %s", status->choices[k].nick, observed[i]);
            g_assert_nonnull (move);
            g_assert_true (move->observation);
          }
    }
}

/* Marks what can be reached from `from` by moves that the gate does not guard. */
static void
walk (const HwTypeDef *type, const char *from, guint gate, GHashTable *reached)
{
  for (guint i = 0; i < type->n_moves; i++)
    {
      const HwMoveDef *move = &type->moves[i];

      if (g_strcmp0 (move->from, from) == 0 && (move->gates & gate) == 0
          && g_hash_table_add (reached, (gpointer)move->to))
        walk (type, move->to, gate, reached);
    }
}

static void
assert_unreachable (HwTypeId id, guint gate, const char *statuses)
{
  g_autoptr (GHashTable) reached = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (GStrv) words = g_strsplit (statuses, " ", -1);

  walk (hw_schema_type (id), NULL, gate, reached);
  g_assert_cmpuint (g_hash_table_size (reached), >, 0);
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_test_message ("%s %s", hw_schema_type (id)->name, words[i]);
      g_assert_false (g_hash_table_contains (reached, words[i]));
    }
}

/* A gate that a detour avoids is no gate: not by a missed flight, not by a refusal, not by any
 * chain of moves that are each allowed. */
static void
test_gates_cannot_be_walked_around (void)
{
  assert_unreachable (HW_TYPE_ID_MOVEMENT, G1, "held confirmed ticketed checked_in");
  assert_unreachable (HW_TYPE_ID_MOVEMENT, G2, "held confirmed ticketed checked_in");
  assert_unreachable (HW_TYPE_ID_MOVEMENT, G3, "ticketed checked_in");
  assert_unreachable (HW_TYPE_ID_MOVEMENT, G4, "checked_in");
  assert_unreachable (HW_TYPE_ID_EMBASSY_REQUEST,
                      G1,
                      "ready_to_send sent acknowledged info_requested appointment_set interviewed "
                      "nationality_checking nationality_confirmed approved refused escalated");
  assert_unreachable (HW_TYPE_ID_EMBASSY_REQUEST, G2, "sent acknowledged approved escalated");
  assert_unreachable (HW_TYPE_ID_REUNIFICATION, G5, "approved done");
  assert_unreachable (HW_TYPE_ID_REUNIFICATION, G2, "done");
  assert_unreachable (HW_TYPE_ID_CASE, G6, "closed closed_referred");
}

/* What reaches past a gate as an observation names every gate that should have been open. */
static void
test_departure_without_a_ticket_is_a_breach (void)
{
  g_autoptr (GHashTable) reached = g_hash_table_new (g_str_hash, g_str_equal);

  walk (hw_schema_type (HW_TYPE_ID_MOVEMENT), NULL, G1, reached);
  g_assert_false (g_hash_table_contains (reached, "departed"));
  g_assert_false (g_hash_table_contains (reached, "in_transit"));
  g_assert_false (g_hash_table_contains (reached, "arrived"));
  g_assert_true (g_hash_table_contains (reached, "missed"));
}

/* The mission moves only within its own range. */
static void
test_mission_moves_within_its_range (void)
{
  static const char *const request[] = { "acknowledged",
                                         "info_requested",
                                         "appointment_set",
                                         "interviewed",
                                         "nationality_checking",
                                         "nationality_confirmed",
                                         "approved",
                                         "refused",
                                         "nationality_not_confirmed",
                                         NULL };
  static const char *const document[] = { "in_production", "issued", "refused", NULL };

  for (guint id = 1; id < HW_N_TYPE_IDS; id++)
    {
      const HwTypeDef *type = hw_schema_type ((HwTypeId)id);

      for (guint i = 0; i < type->n_moves; i++)
        {
          const HwMoveDef *move = &type->moves[i];

          if ((move->roles & EM) == 0)
            continue;
          g_test_message ("%s %s to %s", type->name, move->from, move->to);
          g_assert_nonnull (move->from);
          g_assert_true (
            (id == HW_TYPE_ID_EMBASSY_REQUEST && g_strv_contains (request, move->to))
            || (id == HW_TYPE_ID_TRAVEL_DOCUMENT && g_strv_contains (document, move->to)));
        }
    }
}

static void
test_record_types (void)
{
  static const char *const random[]
    = { "attachment", "embassy_message", "embassy_request", "travel_document", NULL };
  static const char *const kept[]
    = { "approval",   "case_link",     "consent",         "contact_log", "decision",
        "disclosure", "office_change", "risk_assessment", "screening",   "best_interests", "fitness", "exit_clearance", NULL };

  for (guint id = 1; id < HW_N_TYPE_IDS; id++)
    {
      const HwTypeDef *type = hw_schema_type ((HwTypeId)id);

      g_test_message ("%s", type->name);
      g_assert_cmpint (
        (type->flags & HW_TYPE_RANDOM_IDS) != 0, ==, g_strv_contains (random, type->name));
      g_assert_cmpint (type->root == HW_ROOT_REQUEST, ==, g_strv_contains (random, type->name));
      g_assert_cmpint (
        (type->flags & HW_TYPE_NEVER_DELETED) != 0, ==, g_strv_contains (kept, type->name));
      g_assert_nonnull (hw_schema_field (type->title_field));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tables/every-name-is-found", test_lookups);
  g_test_add_func ("/tables/unknown-names-are-null", test_unknown_is_null);
  g_test_add_func ("/tables/roles-and-gates-keep-their-nicks", test_nicks);
  g_test_add_func ("/tables/guarded-moves", test_guarded_moves);
  g_test_add_func ("/tables/moves-that-do-not-exist", test_forbidden_moves);
  g_test_add_func ("/tables/observations-from-everywhere", test_observations_from_everywhere);
  g_test_add_func ("/tables/gates-cannot-be-walked-around", test_gates_cannot_be_walked_around);
  g_test_add_func ("/tables/departure-without-a-ticket-is-a-breach",
                   test_departure_without_a_ticket_is_a_breach);
  g_test_add_func ("/tables/mission-moves-within-its-range", test_mission_moves_within_its_range);
  g_test_add_func ("/tables/ids-roots-and-what-is-never-deleted", test_record_types);
  return g_test_run ();
}
