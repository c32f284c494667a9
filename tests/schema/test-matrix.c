/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who may know what, typed here a second time by hand: a slip in access.xml must disagree with
 * somebody. Each cell: W write, R read, m minimal, then the relations that give it; a semicolon parts two.
 */
#include <glib.h>
#include <string.h>

#include "schema/hw-schema.h"

#define CASE "W owner queue access"
#define OWN "R owner queue access"
#define TRIP "R movement access"
#define ARRIVE "R arrival arrived"
#define OWN_REFERRAL "W referral access"

typedef struct
{
  const char *category;
  const char *cells[HW_N_ROLES]; /* HL CW SU MO EM FP RO ME AN AU AD */
} Row;

static const Row matrix[] = {
  { "case_header",
    { "W intake",
      CASE,
      "W office",
      "m movement access",
      "",
      "m referral task access referred",
      "m arrival arrived",
      "m medical task",
      "",
      "",
      "" } },
  { "identity",
    { "W intake",
      CASE,
      "R office",
      "m movement access",
      "",
      OWN_REFERRAL "; m task",
      ARRIVE,
      "m medical task",
      "",
      "",
      "" } },
  { "profile", { "W intake", CASE, "R office", "", "", "", ARRIVE, "", "", "", "" } },
  { "contact",
    { "W intake",
      CASE,
      "R office",
      "m travel_day",
      "",
      "R referral",
      "R arrived",
      "",
      "",
      "",
      "" } },
  { "protection", { "W intake", CASE, "R office", "", "", OWN_REFERRAL, "", "", "", "", "" } },
  { "perpetrator", { "W intake", CASE, "R office", "", "", "", "", "", "", "", "" } },
  { "clinical", { "", "", "", "", "", "", "", "W medical task", "", "", "" } },
  { "fitness", { "", CASE, "R office", TRIP, "", "", ARRIVE, "W medical task", "", "", "" } },
  { "risk", { "", CASE, "W office", "", "", "", "m arrival arrived", "", "", "", "" } },
  { "consent",
    { "W intake",
      CASE,
      "R office",
      TRIP,
      "",
      OWN_REFERRAL,
      ARRIVE,
      "R medical task",
      "",
      "m any",
      "" } },
  { "disclosure", { "", OWN, "R office", "", "", "", "", "", "", "m any", "" } },
  { "approval", { "", CASE, "W office", "W movement access", "", "", "", "", "", "R any", "" } },
  { "request", { "", CASE, "R office", "m movement access", "W mission", "", "", "", "", "", "" } },
  { "request_office", { "", CASE, "R office", "", "", "", "", "", "", "", "" } },
  { "document", { "", CASE, "R office", TRIP, "W mission", "", "", "", "", "", "" } },
  { "custody", { "", CASE, "R office", TRIP, "", "", "", "", "", "", "" } },
  { "exit_clearance", { "", CASE, "R office", TRIP, "", "", "", "", "", "", "" } },
  { "movement", { "", CASE, "R office", "W movement access", "", "", ARRIVE, "", "", "", "" } },
  { "reception",
    { "", CASE, "R office", "m movement access", "", "", "W arrival arrived", "", "", "", "" } },
  { "family", { "", CASE, "R office", "", "", "W task", "W arrival arrived", "", "", "", "" } },
  { "support",
    { "",
      CASE,
      "R office",
      "",
      "",
      "W task; m author referred",
      "W arrival arrived",
      "R medical task",
      "",
      "",
      "" } },
  { "note",
    { "W author",
      CASE,
      "R office; W author",
      "W author",
      "",
      "W author",
      "W arrival arrived",
      "W author",
      "",
      "",
      "" } },
  { "attachment",
    { "W intake",
      CASE,
      "R office",
      TRIP,
      "m mission",
      "W referral task access",
      ARRIVE,
      "W medical task",
      "",
      "",
      "" } },
  { "verdict", { "", OWN, "R office", TRIP, "", "", ARRIVE, "R medical task", "", "", "" } },
  { "mission",
    { "R any", "R any", "W any", "R any", "W mission", "", "", "", "", "R any", "W any" } },
  { "directory",
    { "R any",
      "R any",
      "W any",
      "R any",
      "m mission",
      "R any",
      "R any",
      "R any",
      "",
      "R any",
      "W any" } },
  { "office_setting", { "", "", "W any", "", "", "", "", "", "", "R any", "" } },
  { "statistics", { "", "R any", "R any", "", "", "", "R any", "", "R any", "R any", "" } },
  { "audit", { "", "R owner", "R office", "", "", "", "", "", "", "R any", "R any" } },
  { "account", { "", "", "R any", "", "", "", "", "", "", "R any", "W any" } },
};

static const char *const relation_names[] = {
  "owner",   "queue",    "access", "office",  "mission", "movement", "travel_day", "arrival",
  "arrived", "referral", "task",   "medical", "intake",  "author",   "any",        "referred",
};

static guint
relations_of (const char *words)
{
  g_auto (GStrv) names = g_strsplit (words, " ", -1);
  guint relations = 0;

  for (guint i = 0; names[i] != NULL; i++)
    for (guint bit = 0; bit < G_N_ELEMENTS (relation_names); bit++)
      if (strcmp (names[i], relation_names[bit]) == 0)
        relations |= 1u << bit;
  return relations;
}

static HwRight
right_of (const char *words)
{
  switch (words[0])
    {
      case 'W':
        return HW_RIGHT_WRITE;
      case 'R':
        return HW_RIGHT_READ;
      case 'm':
        return HW_RIGHT_MINIMAL;
      default:
        return HW_RIGHT_NONE;
    }
}

static void
test_every_cell (void)
{
  g_assert_cmpuint (G_N_ELEMENTS (matrix), ==, HW_N_CATEGORIES);
  g_assert_cmpuint (HW_N_ROLES, ==, 11);
  for (guint row = 0; row < HW_N_CATEGORIES; row++)
    {
      g_assert_cmpstr (hw_category_nick ((HwCategory)row)->nick, ==, matrix[row].category);
      for (guint role = 0; role < HW_N_ROLES; role++)
        {
          const HwAccessCell *cell = hw_schema_access ((HwCategory)row, (HwRole)role);
          g_auto (GStrv) expected = g_strsplit (matrix[row].cells[role], "; ", -1);

          g_test_message ("%s, %s", matrix[row].category, hw_role_nick ((HwRole)role)->nick);
          for (guint i = 0; expected[i] != NULL; i++, cell++)
            {
              g_assert_cmpint (cell->right, ==, right_of (expected[i]));
              g_assert_cmpuint (cell->relations, ==, relations_of (expected[i] + 1));
            }
          g_assert_cmpint (cell->right, ==, HW_RIGHT_NONE);
        }
    }
}

static char *
names_of (const HwFieldId *fields)
{
  GString *names = g_string_new (NULL);

  for (; fields != NULL && *fields != HW_FIELD_NONE; fields++)
    {
      const HwFieldDef *field = hw_schema_field (*fields);

      g_string_append_printf (names,
                              "%s%s.%s",
                              names->len > 0 ? " " : "",
                              hw_schema_type (field->type)->name,
                              field->name);
    }
  return g_string_free (names, FALSE);
}

static void
assert_minimal_cell (const HwAccessCell *cell, const char *expected)
{
  g_autofree char *names = names_of (cell->minimal);

  g_assert_cmpstr (names, ==, expected);
}

static void
assert_minimal (HwCategory category, HwRole role, const char *expected)
{
  assert_minimal_cell (hw_schema_access (category, role), expected);
}

static void
test_minimal_subsets (void)
{
  assert_minimal (
    HW_CATEGORY_CASE_HEADER, HW_ROLE_MOVEMENT, "case.code case.pseudonym case.location_country");
  assert_minimal (HW_CATEGORY_CASE_HEADER, HW_ROLE_FOCAL_POINT, "case.code");
  assert_minimal (HW_CATEGORY_IDENTITY,
                  HW_ROLE_MOVEMENT,
                  "person.role person.given_names person.family_name person.birth_date");
  assert_minimal (
    HW_CATEGORY_IDENTITY, HW_ROLE_MEDICAL, "person.role person.given_names person.family_name");
  assert_minimal (HW_CATEGORY_RISK, HW_ROLE_RECEPTION, "risk_assessment.safety_plan");
  assert_minimal (HW_CATEGORY_REQUEST, HW_ROLE_MOVEMENT, "embassy_request.status");
  assert_minimal (HW_CATEGORY_RECEPTION, HW_ROLE_MOVEMENT, "reception.place reception.contact");
  assert_minimal (HW_CATEGORY_DISCLOSURE, HW_ROLE_AUDITOR, "disclosure.at");
  assert_minimal_cell (&hw_schema_access (HW_CATEGORY_SUPPORT, HW_ROLE_FOCAL_POINT)[1], "referral.status");
  assert_minimal_cell (&hw_schema_access (HW_CATEGORY_IDENTITY, HW_ROLE_FOCAL_POINT)[1],
                       "person.role person.given_names person.family_name person.birth_date");
  assert_minimal (HW_CATEGORY_CONSENT,
                  HW_ROLE_AUDITOR,
                  "consent.granted_at consent.expires_on consent.withdrawn_at "
                  "decision.confirmed_at");
  assert_minimal (
    HW_CATEGORY_DIRECTORY, HW_ROLE_EMBASSY_LIAISON, "organisation.name organisation.country");
}

static void
assert_writable (HwCategory category, HwRole role, const char *expected)
{
  g_autofree char *names = names_of (hw_schema_access (category, role)->writable);

  g_assert_cmpstr (names, ==, expected);
}

static void
test_writing_is_narrowed (void)
{
  assert_writable (HW_CATEGORY_CASE_HEADER,
                   HW_ROLE_SUPERVISOR,
                   "case.owner case.office case.status case.reopening_reason case.legal_hold "
                   "case_link.other case_link.state case_link.note");
  assert_writable (HW_CATEGORY_DOCUMENT,
                   HW_ROLE_EMBASSY_LIAISON,
                   "travel_document.number travel_document.issuer travel_document.issued_on "
                   "travel_document.expires_on travel_document.mrz "
                   "travel_document.single_journey travel_document.status");
  assert_writable (HW_CATEGORY_REQUEST,
                   HW_ROLE_EMBASSY_LIAISON,
                   "embassy_request.status embassy_request.appointment_at "
                   "embassy_request.decision_note embassy_message.request embassy_message.from "
                   "embassy_message.text embassy_message.at");
  assert_writable (HW_CATEGORY_MISSION,
                   HW_ROLE_EMBASSY_LIAISON,
                   "organisation.requirements organisation.fee organisation.hours");
  g_assert_null (hw_schema_access (HW_CATEGORY_APPROVAL, HW_ROLE_SUPERVISOR)->writable);
}

/* Whoever asks for an approval never writes its answer. */
static void
test_asker_never_answers (void)
{
  static const HwRole askers[] = { HW_ROLE_CASEWORKER, HW_ROLE_MOVEMENT };

  for (guint i = 0; i < G_N_ELEMENTS (askers); i++)
    {
      const HwFieldId *field = hw_schema_access (HW_CATEGORY_APPROVAL, askers[i])->writable;

      g_assert_nonnull (field);
      for (; *field != HW_FIELD_NONE; field++)
        {
          g_assert_cmpint (*field, !=, HW_FIELD_APPROVAL_VERDICT);
          g_assert_cmpint (*field, !=, HW_FIELD_APPROVAL_DECIDED_BY);
          g_assert_cmpint (hw_schema_field (*field)->type, ==, HW_TYPE_ID_APPROVAL);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/matrix/every-cell-as-typed-by-hand", test_every_cell);
  g_test_add_func ("/matrix/minimal-lists-exactly-these-fields", test_minimal_subsets);
  g_test_add_func ("/matrix/writing-is-narrowed", test_writing_is_narrowed);
  g_test_add_func ("/matrix/asker-never-answers", test_asker_never_answers);
  return g_test_run ();
}
