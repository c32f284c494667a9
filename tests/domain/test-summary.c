/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Stage, tracks, what blocks and what is due, in states like those of the demo's stories.
 */
#include "fixture.h"

static HwSummary *
summary_of (Fixture *f)
{
  return hw_summary_new (f->file, &f->context);
}

static void
assert_summary (Fixture *f, const char *stage, const char *blocked_by)
{
  g_autoptr (HwSummary) summary = summary_of (f);

  g_assert_cmpstr (hw_stage_nick (summary->stage), ==, stage);
  g_assert_cmpstr (summary->blocked_by, ==, blocked_by);
}

static void
assert_track (Fixture *f, HwTrack track, HwTrackState state, const char *words)
{
  g_autoptr (HwSummary) summary = summary_of (f);

  g_assert_cmpstr (summary->tracks[track].words, ==, words);
  g_assert_cmpint (summary->tracks[track].state, ==, state);
}

static void
drop (Fixture *f, HwRecord *record)
{
  hw_case_file_remove (f->file, hw_record_id (record));
}

/* A night call: a case and nothing else. */
static void
test_first_minute (void)
{
  g_autoptr (HwCaseFile) file = hw_case_file_new (CASE, NULL);
  g_autoptr (HwRecord) header = hw_record_new (HW_TYPE_ID_CASE, CASE);
  HwRulesContext context = { .now_us = instant (NOW) };
  g_autoptr (HwSummary) summary = NULL;
  HwCondition *first;

  put (header, HW_FIELD_CASE_STATUS, "active");
  put (header, HW_FIELD_CASE_LOCATION_COUNTRY, "KW");
  put (header, HW_FIELD_CASE_LOCATION_PLACE, "Hawalli");
  hw_case_file_add (file, header);
  summary = hw_summary_new (file, &context);
  g_assert_cmpint (summary->stage, ==, HW_STAGE_INTAKE);
  for (guint i = 0; i < HW_N_TRACKS; i++)
    {
      g_assert_cmpint (summary->tracks[i].state, ==, HW_TRACK_NOT_YET);
      g_assert_cmpstr (summary->tracks[i].words, !=, NULL);
    }
  first = g_ptr_array_index (summary->blocking, 0);
  g_assert_cmpstr (first->code, ==, "risk-assessment-missing");
  for (guint i = 0; i < summary->blocking->len; i++)
    {
      HwCondition *condition = g_ptr_array_index (summary->blocking, i);

      if (condition->record != NULL)
        g_assert_nonnull (hw_case_file_lookup (file, condition->record));
    }
  g_assert_true (g_str_has_suffix (summary->blocked_by, "conditions"));
  g_assert_cmpstr (summary->location_country, ==, "KW");
  g_assert_cmpstr (summary->location_place, ==, "Hawalli");
  g_assert_cmpstr (summary->zone, ==, "Asia/Kuwait");
  g_assert_null (summary->next_due);
}

static void
test_stages_in_order (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  put (f->request, HW_FIELD_EMBASSY_REQUEST_STATUS, "sent");
  assert_summary (f, "booking", NULL);
  put (f->movement, HW_FIELD_MOVEMENT_STATUS, "ticketed");
  assert_summary (f, "travel", NULL);
  put (f->movement, HW_FIELD_MOVEMENT_STATUS, "departed");
  assert_summary (f, "travel", NULL);
  put (f->movement, HW_FIELD_MOVEMENT_STATUS, "arrived");
  assert_summary (f, "family", NULL);
  drop (f, f->reunion);
  assert_summary (f, "reception", NULL);
  hw_case_file_add (f->file, fixture_add (f, HW_TYPE_ID_SUPPORT_PLAN));
  assert_summary (f, "reintegration", NULL);
  put (f->header, HW_FIELD_CASE_STATUS, "closed");
  assert_summary (f, "closed", NULL);
}

static void
test_stages_before_booking (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  put (f->document, HW_FIELD_TRAVEL_DOCUMENT_STATUS, "in_production");
  put (f->request, HW_FIELD_EMBASSY_REQUEST_STATUS, "approved");
  assert_summary (f, "documents_and_exit", "Travel document");
  drop (f, f->document);
  put (f->request, HW_FIELD_EMBASSY_REQUEST_STATUS, "acknowledged");
  assert_summary (f, "embassy", "Travel document");
  put (f->request, HW_FIELD_EMBASSY_REQUEST_STATUS, "draft");
  put (f->risk, HW_FIELD_RISK_ASSESSMENT_ASYLUM, "wishes");
  assert_summary (f, "safety_and_decision", "Asylum, Travel document");
  drop (f, f->risk);
  drop (f, f->decision);
  drop (f, f->departure_decision);
  clear (f->screening, HW_FIELD_SCREENING_CONCLUSION);
  assert_summary (f, "screening", "3 conditions");
}

/* 0001: laissez-passer in production, fine to pay, hold expires tomorrow. */
static void
test_like_0001 (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwSummary) summary = NULL;

  put (f->request, HW_FIELD_EMBASSY_REQUEST_STATUS, "approved");
  put (f->document, HW_FIELD_TRAVEL_DOCUMENT_STATUS, "in_production");
  put (f->exit_item, HW_FIELD_EXIT_CLEARANCE_STATUS, "payment_due");
  put (f->movement, HW_FIELD_MOVEMENT_HOLD_EXPIRES_AT, "2026-11-25T16:00:00Z");
  put_pair (f->first_leg, HW_FIELD_SEGMENT_DEPARTS_AT, "2026-11-27T01:15", "Asia/Kuwait");
  put_pair (f->second_leg, HW_FIELD_SEGMENT_ARRIVES_AT, "2026-11-27T10:30", "Africa/Bujumbura");
  put (f->document, HW_FIELD_TRAVEL_DOCUMENT_EXPIRES_ON, "2027-01-24");
  clear (f->header, HW_FIELD_CASE_REVIEW_ON);
  summary = summary_of (f);
  g_assert_cmpstr (hw_stage_nick (summary->stage), ==, "documents_and_exit");
  g_assert_cmpstr (summary->blocked_by, ==, "Travel document, Exit clearance");
  g_assert_cmpstr (summary->next_due, ==, "2026-11-25");
  g_assert_cmpstr (summary->next_due_what, ==, "Hold ends");
  assert_track (f, HW_TRACK_SAFETY, HW_TRACK_DONE, "With a plan");
  assert_track (f, HW_TRACK_CONSENT, HW_TRACK_DONE, "Given");
  assert_track (f, HW_TRACK_EMBASSY, HW_TRACK_DONE, "Approved");
  assert_track (f, HW_TRACK_DOCUMENTS, HW_TRACK_WAITING, "In production");
  assert_track (f, HW_TRACK_EXIT, HW_TRACK_BLOCKED, "1 to pay");
  assert_track (f, HW_TRACK_TRAVEL, HW_TRACK_WAITING, "Seat held");
  assert_track (f, HW_TRACK_RECEPTION, HW_TRACK_DONE, "Confirmed");
  assert_track (f, HW_TRACK_FAMILY, HW_TRACK_WAITING, "Assessed");
  assert_track (f, HW_TRACK_REINTEGRATION, HW_TRACK_NOT_YET, "Later");
}

/* The mission has her request, and the seat stands: what closes the embassy gate now keeps her from a ticket as
 * well, and no longer once she has one. */
static void
test_blocked_after_sending (void)
{
  static const struct
  {
    const char *movement, *blocked_by;
  } rows[] = { { "held", "Officials" }, { "confirmed", "Officials" }, { "ticketed", NULL } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Fixture) f = fixture_new ();
      g_autoptr (HwSummary) summary = NULL;

      put (f->request, HW_FIELD_EMBASSY_REQUEST_STATUS, "approved");
      put (f->risk, HW_FIELD_RISK_ASSESSMENT_OFFICIAL_INVOLVED, "yes");
      put (f->movement, HW_FIELD_MOVEMENT_STATUS, rows[i].movement);
      summary = summary_of (f);
      g_assert_cmpstr (summary->blocked_by, ==, rows[i].blocked_by);
    }
}

/* 0003: said to be 17; nobody has a right to send her anywhere yet. */
static void
test_like_0003 (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwSummary) summary = NULL;

  put (f->screening, HW_FIELD_SCREENING_IS_MINOR, "yes");
  put (f->request, HW_FIELD_EMBASSY_REQUEST_STATUS, "sent");
  summary = summary_of (f);
  g_assert_cmpstr (
    ((HwCondition *)g_ptr_array_index (summary->blocking, 0))->code, ==, "guardian-missing");
  g_assert_cmpuint (summary->blocking->len, ==, 5);
  g_assert_cmpstr (summary->blocked_by, ==, "5 conditions");
}

/* 0004: fears an official; the embassy track is locked. */
static void
test_like_0004 (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwSummary) summary = NULL;

  put (f->risk, HW_FIELD_RISK_ASSESSMENT_ASYLUM, "wishes");
  put (f->request, HW_FIELD_EMBASSY_REQUEST_STATUS, "sent");
  summary = summary_of (f);
  g_assert_cmpstr (
    ((HwCondition *)g_ptr_array_index (summary->blocking, 0))->code, ==, "asylum-open");
  assert_track (f, HW_TRACK_EMBASSY, HW_TRACK_BLOCKED, "Locked");
  assert_track (f, HW_TRACK_SAFETY, HW_TRACK_BLOCKED, "Asylum");
}

/* 0006: a certificate nine days old where seven are allowed. */
static void
test_like_0006 (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  put (f->request, HW_FIELD_EMBASSY_REQUEST_STATUS, "approved");
  put (f->fitness, HW_FIELD_FITNESS_CERTIFIED_ON, "2026-11-15");
  assert_summary (f, "booking", "Fitness certificate");
}

/* 0007: the mission did not confirm her nationality. */
static void
test_like_0007 (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  put (f->request, HW_FIELD_EMBASSY_REQUEST_STATUS, "nationality_not_confirmed");
  drop (f, f->document);
  assert_track (f, HW_TRACK_EMBASSY, HW_TRACK_BLOCKED, "Nationality not confirmed");
  assert_track (f, HW_TRACK_DOCUMENTS, HW_TRACK_NOT_YET, "None");
  assert_summary (f, "embassy", "Travel document");
}

/* 0009: home; a visit is due. */
static void
test_like_0009 (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwSummary) summary = NULL;
  HwRecord *visit = fixture_add (f, HW_TYPE_ID_FOLLOW_UP);

  put (f->movement, HW_FIELD_MOVEMENT_STATUS, "arrived");
  put (f->reunion, HW_FIELD_REUNIFICATION_STATUS, "done");
  put (visit, HW_FIELD_FOLLOW_UP_STATUS, "due");
  put (visit, HW_FIELD_FOLLOW_UP_DUE_ON, "2026-11-20");
  summary = summary_of (f);
  g_assert_cmpstr (hw_stage_nick (summary->stage), ==, "reintegration");
  g_assert_null (summary->blocked_by);
  g_assert_cmpstr (summary->next_due, ==, "2026-11-20");
  g_assert_cmpstr (summary->next_due_what, ==, "Visit");
  g_assert_cmpstr (summary->location_country, ==, "BI");
  g_assert_cmpstr (summary->zone, ==, "Africa/Bujumbura");
  assert_track (f, HW_TRACK_REINTEGRATION, HW_TRACK_BLOCKED, "Visit overdue");
  assert_track (f, HW_TRACK_FAMILY, HW_TRACK_DONE, "Done");
}

/* 0010: she withdrew at the airport. */
static void
test_like_0010 (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *visit = fixture_add (f, HW_TYPE_ID_FOLLOW_UP);

  put (f->request, HW_FIELD_EMBASSY_REQUEST_STATUS, "approved");
  put (f->movement, HW_FIELD_MOVEMENT_STATUS, "checked_in");
  put (f->departure_decision, HW_FIELD_DECISION_CHOICE, "stay");
  assert_summary (f, "travel", "Decision");
  assert_track (f, HW_TRACK_CONSENT, HW_TRACK_BLOCKED, "Not returning");
  put (visit, HW_FIELD_FOLLOW_UP_STATUS, "unsafe_to_contact");
  assert_track (f, HW_TRACK_REINTEGRATION, HW_TRACK_BLOCKED, "Unsafe to contact");
}

static void
test_where_she_is (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwSummary) summary = NULL;
  HwRecord *house = fixture_add (f, HW_TYPE_ID_PLACEMENT);
  HwRecord *shelter = fixture_add (f, HW_TYPE_ID_PLACEMENT);
  HwRecord *organisation = hw_case_file_lookup (f->file, MISSION);

  put (house, HW_FIELD_PLACEMENT_PLACE, "House");
  put (house, HW_FIELD_PLACEMENT_SINCE, "2025-01-01");
  put (house, HW_FIELD_PLACEMENT_UNTIL, "2026-11-05");
  put (shelter, HW_FIELD_PLACEMENT_PLACE, "Shelter");
  put (shelter, HW_FIELD_PLACEMENT_SINCE, "2026-11-05");
  put (shelter, HW_FIELD_PLACEMENT_ORGANISATION, MISSION);
  put (organisation, HW_FIELD_ORGANISATION_COUNTRY, "AE");
  summary = summary_of (f);
  g_assert_cmpstr (summary->location_place, ==, "Shelter");
  g_assert_cmpstr (summary->location_country, ==, "AE");
  g_assert_cmpstr (summary->zone, ==, "Asia/Dubai");
}

static void
test_labels (void)
{
  for (guint stage = 0; stage < HW_N_STAGES; stage++)
    {
      g_assert_cmpstr (hw_stage_nick (stage), !=, NULL);
      g_assert_cmpstr (hw_stage_label (stage), !=, NULL);
    }
  for (guint track = 0; track < HW_N_TRACKS; track++)
    g_assert_cmpstr (hw_track_label (track), !=, NULL);
  g_assert_cmpstr (hw_condition_words ("fitness-old"), ==, "Fitness certificate");
  g_assert_cmpstr (hw_condition_words ("of-another-version"), ==, "A condition");
}

/* The list asks for a hundred thousand of these once; a single one must be nothing. */
static void
test_is_quick (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 started = g_get_monotonic_time ();

  if (!g_test_perf ())
    {
      g_test_skip ("run with -m perf");
      return;
    }
  for (guint i = 0; i < 10000; i++)
    hw_summary_free (summary_of (f));
  g_test_minimized_result ((double)(g_get_monotonic_time () - started) / 10000.0,
                           "%.1f µs for a summary",
                           (double)(g_get_monotonic_time () - started) / 10000.0);
}

/* Codes of what blocks, as this role reads it under the relations the fixture gives it; and the list's words. */
static char *
told_to (Fixture *f, HwRole role, char **words)
{
  g_autoptr (HwActor) actor = hw_actor_new ("reader", NULL, role, OFFICE, NULL, NULL);
  g_autoptr (HwSummary) summary = hw_summary_new_for (f->file, actor, &f->context);
  GString *codes_told = g_string_new (NULL);

  for (guint i = 0; i < summary->blocking->len; i++)
    g_string_append_printf (codes_told,
                            "%s%s",
                            i > 0 ? " " : "",
                            ((HwCondition *)g_ptr_array_index (summary->blocking, i))->code);
  *words = g_strdup (summary->blocked_by);
  return g_string_free (codes_told, FALSE);
}

/* A movement officer reads papers and no risk, an analyst nothing. Neither hears how much else is open, nor
 * whether anything is: the line that sends them to the caseworker stands in both cases. */
static void
test_part_of_a_case (void)
{
  static const struct
  {
    HwRole role;
    gboolean risky, lost;
    const char *codes, *words;
  } rows[] = {
    { HW_ROLE_SUPERVISOR, FALSE, FALSE, "", NULL },
    { HW_ROLE_SUPERVISOR, TRUE, FALSE, "risk-not-safe", "Not safe" },
    { HW_ROLE_MOVEMENT, FALSE, FALSE, "ask-caseworker", "Ask the caseworker" },
    { HW_ROLE_MOVEMENT, TRUE, FALSE, "ask-caseworker", "Ask the caseworker" },
    { HW_ROLE_MOVEMENT, FALSE, TRUE, "document-missing ask-caseworker",
      "Travel document, Ask the caseworker" },
    { HW_ROLE_MOVEMENT, TRUE, TRUE, "document-missing ask-caseworker",
      "Travel document, Ask the caseworker" },
    { HW_ROLE_FOCAL_POINT, TRUE, TRUE, "ask-caseworker", "Ask the caseworker" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Fixture) f = fixture_new ();
      g_autofree char *words = NULL;
      g_autofree char *told = NULL;

      hw_case_file_set_complete (f->file, rows[i].role == HW_ROLE_SUPERVISOR);
      f->context.on_server = FALSE;
      put (f->header, HW_FIELD_CASE_OFFICE, OFFICE);
      if (rows[i].risky)
        put (f->risk, HW_FIELD_RISK_ASSESSMENT_CONCLUSION, "not_safe");
      if (rows[i].lost)
        put (f->document, HW_FIELD_TRAVEL_DOCUMENT_STATUS, "lost");
      told = told_to (f, rows[i].role, &words);
      g_assert_cmpstr (told, ==, rows[i].codes);
      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

/* Once she has left nothing blocks, for whoever reads that she has. */
static void
test_part_of_a_case_after_departure (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autofree char *words = NULL;
  g_autofree char *told = NULL;

  put (f->movement, HW_FIELD_MOVEMENT_STATUS, "in_transit");
  told = told_to (f, HW_ROLE_MOVEMENT, &words);
  g_assert_cmpstr (told, ==, "");
  g_assert_null (words);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/summary/first-minute", test_first_minute);
  g_test_add_func ("/summary/stages-in-order", test_stages_in_order);
  g_test_add_func ("/summary/stages-before-booking", test_stages_before_booking);
  g_test_add_func ("/summary/like-0001", test_like_0001);
  g_test_add_func ("/summary/blocked-after-sending", test_blocked_after_sending);
  g_test_add_func ("/summary/like-0003", test_like_0003);
  g_test_add_func ("/summary/like-0004", test_like_0004);
  g_test_add_func ("/summary/like-0006", test_like_0006);
  g_test_add_func ("/summary/like-0007", test_like_0007);
  g_test_add_func ("/summary/like-0009", test_like_0009);
  g_test_add_func ("/summary/like-0010", test_like_0010);
  g_test_add_func ("/summary/where-she-is", test_where_she_is);
  g_test_add_func ("/summary/labels", test_labels);
  g_test_add_func ("/summary/is-quick", test_is_quick);
  g_test_add_func ("/summary/reader/of-a-part-hears-of-that-part", test_part_of_a_case);
  g_test_add_func ("/summary/reader/after-departure", test_part_of_a_case_after_departure);
  return g_test_run ();
}
