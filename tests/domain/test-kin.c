/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One person, two cases: what she said of asylum in one of them locks the other, and nobody who may not read
 * both learns from it what was said where.
 */
#include "fixture.h"

#include "domain/hw-rules-private.h"

#define ONE "00000000-0000-4000-8000-0000000000c1"
#define TWO "00000000-0000-4000-8000-0000000000c2"

/* Another case with one assessment of this author's; asylum (nullable): not answered. */
static HwRecord *
add_kin (Fixture *f, const char *id, const char *asylum, gboolean decided)
{
  g_autoptr (HwCaseFile) kin = hw_case_file_new (id, NULL);
  g_autoptr (HwRecord) risk = hw_record_new (HW_TYPE_ID_RISK_ASSESSMENT, id);

  hw_record_set_case (risk, id);
  hw_record_set_stamps (
    risk, "2026-10-01T08:00:00Z", "colleague", "2026-10-01T08:00:00Z", "colleague");
  if (asylum != NULL)
    put (risk, HW_FIELD_RISK_ASSESSMENT_ASYLUM, asylum);
  hw_case_file_add (kin, risk);
  hw_case_file_add_kin (f->file, kin, decided);
  return risk;
}

static void
note_past (Fixture *f, gboolean decided, const char *asylum)
{
  HwCaseFile *kin = g_ptr_array_index (hw_case_file_kin (f->file, decided), 0);
  g_autoptr (HwValue) value = hw_value_new_text (asylum);

  hw_case_file_note_past (kin, HW_FIELD_RISK_ASSESSMENT_ASYLUM, ONE, value);
}

static const struct
{
  const char *now, *past;
  gboolean said;
} answers[] = {
  { "none", NULL, FALSE },      { NULL, NULL, FALSE },         { "wishes", NULL, TRUE },
  { "pending", NULL, TRUE },    { "recognised", NULL, TRUE },  { "unknown", NULL, TRUE },
  { "none", "none", FALSE },    { "none", "wishes", TRUE },    { "none", "pending", TRUE },
  { "none", "recognised", TRUE }, { "none", "unknown", TRUE }, { NULL, "wishes", TRUE },
};

/* Both ways of being kin, every answer that the other case may give now or gave before; every step of the embassy gate. */
static void
test_each_answer (void)
{
  static const char *const codes_of[] = { "duplicate-undecided", "asylum-review-missing" };

  for (guint i = 0; i < G_N_ELEMENTS (answers) * 2; i++)
    {
      g_autoptr (Fixture) f = fixture_new ();
      const guint row = i / 2;
      const gboolean decided = i % 2 != 0;
      const char *expected = answers[row].said ? codes_of[decided] : "";

      add_kin (f, ONE, answers[row].now, decided);
      if (answers[row].past != NULL)
        note_past (f, decided, answers[row].past);
      assert_gate (f, HW_GATE_EMBASSY, f->request, "ready_to_send", expected);
      assert_gate (f, HW_GATE_EMBASSY, f->request, "sent", expected);
      assert_gate (f, HW_GATE_EMBASSY, f->movement, "held", expected);
      assert_gate (f, HW_GATE_EMBASSY, f->movement, "ticketed", expected);
      hw_case_file_clear_kin (f->file);
      assert_gate (f, HW_GATE_EMBASSY, f->request, "sent", "");
    }
}

/* Where several are kin, one is enough. */
static void
test_several (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  add_kin (f, ONE, "none", TRUE);
  assert_gate (f, HW_GATE_EMBASSY, f->request, "sent", "");
  add_kin (f, TWO, "wishes", TRUE);
  assert_gate (f, HW_GATE_EMBASSY, f->request, "sent", "asylum-review-missing");
  add_kin (f, ONE, "none", FALSE);
  assert_gate (f, HW_GATE_EMBASSY, f->request, "sent", "asylum-review-missing");
  add_kin (f, ONE, "pending", FALSE);
  assert_gate (
    f, HW_GATE_EMBASSY, f->request, "sent", "duplicate-undecided asylum-review-missing");
}

/* No review answers who she is; of merged cases it does what it does within one, until somebody writes in either. */
static void
test_review (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *elsewhere = add_kin (f, ONE, "wishes", TRUE), *review;

  review = fixture_approval (f, "asylum_review", f->risk);
  hw_record_set_stamps (review, "2026-11-20T08:00:00Z", "worker", "2026-11-20T08:00:00Z", "chief");
  assert_gate (f, HW_GATE_EMBASSY, f->request, "sent", "");
  hw_record_set_stamps (
    elsewhere, "2026-10-01T08:00:00Z", "colleague", "2026-11-21T08:00:00Z", "colleague");
  assert_gate (f, HW_GATE_EMBASSY, f->request, "sent", "asylum-review-missing");
  hw_record_set_stamps (review, "2026-11-20T08:00:00Z", "worker", "2026-11-22T08:00:00Z", "chief");
  assert_gate (f, HW_GATE_EMBASSY, f->request, "sent", "");
  add_kin (f, TWO, "wishes", FALSE);
  assert_gate (f, HW_GATE_EMBASSY, f->request, "sent", "duplicate-undecided");
}

static gboolean
reads_both (HwRole role)
{
  return role == HW_ROLE_CASEWORKER || role == HW_ROLE_SUPERVISOR || role == HW_ROLE_HELPLINE;
}

/* Whoever reads no more of a case than a part is told that a safety condition is open, and a mission nothing. */
static void
test_nobody_else_is_told (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwVerdict) verdict = NULL;

  add_kin (f, ONE, "wishes", FALSE);
  verdict = hw_gate_evaluate (HW_GATE_EMBASSY, f->file, f->request, "sent", &f->context);
  for (guint role = 0; role < HW_N_ROLES; role++)
    {
      g_autoptr (HwVerdict) told = hw_verdict_project (verdict, (HwRole)role, G_MAXUINT);
      g_autofree char *text = codes (told);
      GPtrArray *conditions = hw_verdict_conditions (told);

      g_test_message ("%u: %s", role, text);
      g_assert_cmpstr (text,
                       ==,
                       role == HW_ROLE_EMBASSY_LIAISON      ? ""
                       : reads_both ((HwRole)role) ? "duplicate-undecided"
                                                   : "safety-condition");
      for (guint i = 0; i < conditions->len; i++)
        g_assert_null (((HwCondition *)g_ptr_array_index (conditions, i))->record);
    }
}

/* The gate that nobody overrides is not overridden by this way either. */
static void
test_no_override (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *override = fixture_approval (f, "override", f->request);

  put (override, HW_FIELD_APPROVAL_GATE, "embassy");
  put (override, HW_FIELD_APPROVAL_TARGET_STATUS, "sent");
  put (override, HW_FIELD_APPROVAL_BASIS, "vital_interest");
  put (override, HW_FIELD_APPROVAL_REASON, "x");
  put (override, HW_FIELD_APPROVAL_EXPIRES_AT, "2026-11-25T09:00:00Z");
  add_kin (f, ONE, "wishes", FALSE);
  assert_gate (f, HW_GATE_EMBASSY, f->request, "sent", "duplicate-undecided");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/kin/each-answer", test_each_answer);
  g_test_add_func ("/kin/several", test_several);
  g_test_add_func ("/kin/review", test_review);
  g_test_add_func ("/kin/nobody-else-is-told", test_nobody_else_is_told);
  g_test_add_func ("/kin/no-override", test_no_override);
  return g_test_run ();
}
