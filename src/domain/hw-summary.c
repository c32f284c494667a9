/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One case at a glance: what blocks departure, most urgent first, what is due next, and where she
 * is. It asks the same gates that will judge the moves, so a list never promises what they refuse.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-summary-private.h"

#include "base/hw-base.h"
#include "schema/hw-iso.h"
#include "schema/hw-place.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* No record has this id: it stands for the request or journey that nobody has made yet. */
#define IMAGINED "00000000-0000-4000-8000-000000000000"

/* Safety before wishes, wishes before papers, papers before the ticket. */
static const char *const by_urgency[] = {
  HW_CODE_ASYLUM_OPEN,
  HW_CODE_RISK_NOT_SAFE,
  HW_CODE_ASYLUM_REVIEW_MISSING,
  HW_CODE_DUPLICATE_UNDECIDED,
  HW_CODE_OFFICIAL_INVOLVED,
  HW_CODE_DECISION_NOT_RETURN,
  HW_CODE_RISK_MISSING,
  HW_CODE_OFFICIAL_NOT_REVIEWED,
  HW_CODE_GUARDIAN_MISSING,
  HW_CODE_BEST_INTERESTS_MISSING,
  HW_CODE_PROXY_CONSENT_MISSING,
  HW_CODE_CHILD_ASSENT_MISSING,
  HW_CODE_CONSENT_MISSING,
  HW_CODE_MISSION_MISSING,
  HW_CODE_DEPARTURE_DECISION_MISSING,
  HW_CODE_FITNESS_UNFIT,
  HW_CODE_FITNESS_OLD,
  HW_CODE_DECISION_OLD,
  HW_CODE_DOCUMENT_UNVERIFIED,
  HW_CODE_DOCUMENT_LINES,
  HW_CODE_DOCUMENT_EXPIRED,
  HW_CODE_DOCUMENT_NOT_ACCEPTED,
  HW_CODE_DOCUMENT_MISSING,
  HW_CODE_EXIT_OPEN,
  HW_CODE_FITNESS_MISSING,
  HW_CODE_FITNESS_ESCORT,
  HW_CODE_CHILD_ESCORT_MISSING,
  HW_CODE_RISK_OLD,
  HW_CODE_DECISION_MISSING,
  HW_CODE_TRAVEL_CONSENT_MISSING,
  HW_CODE_EXIT_UNCHECKED,
  HW_CODE_RECEPTION_UNCONFIRMED,
  HW_CODE_RECEPTION_UNACKNOWLEDGED,
  HW_CODE_RECEPTION_MISSING,
  HW_CODE_EMERGENCY_NUMBER_MISSING,
  HW_CODE_TRANSIT_UNKNOWN,
  HW_CODE_ITINERARY_MISSING,
};

static guint
urgency_of (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (by_urgency); i++)
    if (g_str_equal (by_urgency[i], code))
      return i;
  return G_N_ELEMENTS (by_urgency);
}

static int
compare_urgency (gconstpointer a, gconstpointer b)
{
  const HwCondition *one = *(const HwCondition *const *)a;
  const HwCondition *other = *(const HwCondition *const *)b;

  return (int)urgency_of (one->code) - (int)urgency_of (other->code);
}

/* What blocks departure */

static gboolean
is_told_already (HwVerdict *verdict, const HwCondition *condition, const char *record)
{
  GPtrArray *conditions = hw_verdict_conditions (verdict);

  for (guint i = 0; i < conditions->len; i++)
    {
      HwCondition *held = g_ptr_array_index (conditions, i);

      if (g_str_equal (held->code, condition->code) && g_strcmp0 (held->record, record) == 0
          && g_strcmp0 (held->detail, condition->detail) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Takes over what a gate asks for; only_prefix (nullable): just the codes that begin so, at a time
 * when nothing else of it can be prepared. */
static void
ask (HwSummary *summary,
     HwGateId gate,
     HwCaseFile *file,
     HwRecord *subject,
     const char *target,
     const char *only_prefix,
     const HwRulesContext *context)
{
  g_autoptr (HwVerdict) verdict = hw_gate_evaluate (gate, file, subject, target, context);
  GPtrArray *conditions = hw_verdict_conditions (verdict);

  if (hw_verdict_outcome (verdict) == HW_OUTCOME_PROVISIONAL)
    hw_verdict_set_provisional (summary->verdict);
  for (guint i = 0; i < conditions->len; i++)
    {
      HwCondition *condition = g_ptr_array_index (conditions, i);
      const char *record = g_strcmp0 (condition->record, IMAGINED) != 0 ? condition->record : NULL;

      if (only_prefix != NULL && !g_str_has_prefix (condition->code, only_prefix))
        continue;
      if (!is_told_already (summary->verdict, condition, record))
        hw_verdict_take_condition (summary->verdict, condition, record);
    }
}

static HwRecord *
imagined_request (HwCaseFile *file)
{
  HwRecord *header = hw_case_file_case (file);
  HwRecord *request = hw_record_new (HW_TYPE_ID_EMBASSY_REQUEST, IMAGINED);

  if (header != NULL)
    hw_record_set (
      request, HW_FIELD_EMBASSY_REQUEST_MISSION, hw_record_get (header, HW_FIELD_CASE_MISSION));
  return request;
}

/* The request that would be sent next; (transfer full). */
static HwRecord *
request_to_send (HwCaseFile *file)
{
  GPtrArray *requests = hw_case_file_of_type (file, HW_TYPE_ID_EMBASSY_REQUEST);

  for (guint i = requests->len; i > 0; i--)
    if (hw_facts_request_open (g_ptr_array_index (requests, i - 1)))
      return g_object_ref (g_ptr_array_index (requests, i - 1));
  return imagined_request (file);
}

static gboolean
asylum_is_open (HwCaseFile *file)
{
  HwRecord *assessment = hw_facts_latest_risk (file);

  return assessment != NULL && !hw_record_is (assessment, HW_FIELD_RISK_ASSESSMENT_ASYLUM, "none");
}

static gboolean
departure_is_ahead (HwCaseFile *file)
{
  static const char *const gone[] = { "departed", "in_transit", "arrived", NULL };
  static const char *const over[] = { "closed", "closed_referred", "follow_up", NULL };
  HwRecord *header = hw_case_file_case (file);
  HwRecord *active = hw_facts_active_movement (file);

  return (header == NULL || !hw_facts_status_in (header, over))
         && (active == NULL || !hw_facts_status_in (active, gone));
}

static void
find_blocking (HwSummary *summary, HwCaseFile *file, const HwRulesContext *context)
{
  static const char *const ticketed[] = { "ticketed", "checked_in", NULL };
  HwRecord *active = hw_facts_active_movement (file);
  g_autoptr (HwRecord) movement = NULL;
  gboolean bought;

  bought = active != NULL && hw_facts_status_in (active, ticketed);
  movement = active != NULL ? g_object_ref (active) : hw_record_new (HW_TYPE_ID_MOVEMENT, IMAGINED);
  if (!hw_summary_request_sent (file) || asylum_is_open (file))
    {
      g_autoptr (HwRecord) request = request_to_send (file);

      ask (summary, HW_GATE_EMBASSY, file, request, "sent", NULL, context);
    }
  else if (!bought)
    {
      ask (summary, HW_GATE_EMBASSY, file, movement, "ticketed", NULL, context);
    }
  ask (summary, HW_GATE_CHILD, file, movement, bought ? "checked_in" : "ticketed", NULL, context);
  /* What a ticket was bought on may be lost or run out before she leaves. */
  ask (
    summary, HW_GATE_TICKET, file, movement, "ticketed", bought ? "document-" : NULL, context);
  ask (
    summary, HW_GATE_DEPARTURE, file, movement, "checked_in", bought ? NULL : "reception", context);
}

/* Conditions that lie in what she reads; whether there are others she is not told, so that the line about them
 * stands whether there are or not. */
static void
keep_readable (
  HwSummary *summary, HwCaseFile *file, const HwActor *actor, const HwRulesContext *context)
{
  guint relations = hw_access_relations (file, NULL, actor, context->now_us);
  gboolean hidden = TRUE;
  HwVerdict *told
    = hw_access_reads_category (actor->role, relations, HW_CATEGORY_VERDICT, HW_FIELD_NONE)
        ? hw_verdict_readable (summary->verdict, actor->role, relations, &hidden)
        : hw_verdict_new_gate (HW_GATE_NONE);

  if (hidden || !hw_case_file_complete (file))
    hw_verdict_add_condition (told,
                              HW_CODE_ASK_CASEWORKER,
                              HW_CATEGORY_VERDICT,
                              HW_TYPE_ID_NONE,
                              HW_FIELD_NONE,
                              NULL,
                              _ ("Ask the caseworker before you book or buy"),
                              _ ("You see a part of this case; what else is open is not shown here."));
  hw_verdict_unref (summary->verdict);
  summary->verdict = told;
}

static gboolean
is_counted (const HwCondition *condition)
{
  return !g_str_equal (condition->code, HW_CODE_ASK_CASEWORKER);
}

static char *
blocked_words (GPtrArray *blocking)
{
  const char *first = NULL, *second = NULL;
  guint different = 0, count = 0;

  for (guint i = 0; i < blocking->len; i++)
    {
      const HwCondition *condition = g_ptr_array_index (blocking, i);
      const char *words = hw_condition_words (condition->code);

      count += is_counted (condition);
      if (g_strcmp0 (words, first) == 0 || g_strcmp0 (words, second) == 0)
        continue;
      different++;
      if (first == NULL)
        first = words;
      else if (second == NULL)
        second = words;
    }
  if (different > 2)
    return g_strdup_printf (ngettext ("%u condition", "%u conditions", count), count);
  return second != NULL ? g_strdup_printf (_ ("%s, %s"), first, second) : g_strdup (first);
}

/* What is due next */

static void
consider (HwSummary *summary, const char *day, const char *what)
{
  if (day == NULL || strlen (day) < 10
      || (summary->next_due != NULL && strncmp (day, summary->next_due, 10) >= 0))
    return;
  g_free (summary->next_due);
  g_free (summary->next_due_what);
  summary->next_due = g_strndup (day, 10);
  summary->next_due_what = g_strdup (what);
}

static void
consider_journey (HwSummary *summary, HwCaseFile *file)
{
  static const char *const held[] = { "requested", "held", NULL };
  static const char *const coming[]
    = { "held", "confirmed", "ticketed", "checked_in", "rebooked", NULL };
  HwRecord *movement = hw_facts_active_movement (file);
  g_autoptr (HwJourney) journey = NULL;
  gint64 us;

  if (movement == NULL)
    return;
  if (hw_facts_status_in (movement, held)
      && hw_facts_instant (movement, HW_FIELD_MOVEMENT_HOLD_EXPIRES_AT, &us))
    {
      g_autofree char *day = hw_date_of_instant (us, hw_facts_zone (file));

      consider (summary, day, _ ("Hold ends"));
    }
  if (!hw_facts_status_in (movement, coming))
    return;
  journey = hw_journey_new (file, movement);
  consider (summary, journey->departs_day, _ ("Departure"));
}

static void
consider_all (
  HwSummary *summary, HwCaseFile *file, HwTypeId type, HwFieldId field, const char *what)
{
  GPtrArray *records = hw_case_file_of_type (file, type);

  for (guint i = 0; i < records->len; i++)
    {
      HwRecord *record = g_ptr_array_index (records, i);
      static const char *const settled[] = { "cleared",
                                             "waived",
                                             "paid",
                                             "not_needed",
                                             "done",
                                             "missed",
                                             "unsafe_to_contact",
                                             "unreachable",
                                             "declined",
                                             "approved",
                                             "closed",
                                             "refused",
                                             "withdrawn",
                                             "nationality_not_confirmed",
                                             NULL };

      if (hw_facts_status_in (record, settled))
        continue;
      if (type == HW_TYPE_ID_TASK && hw_record_get (record, HW_FIELD_TASK_DONE_AT) != NULL)
        continue;
      consider (summary, hw_record_get_text (record, field), what);
    }
}

/* An appointment that has passed is not due any more: what it led to is the mission's answer. */
static void
consider_appointments (HwSummary *summary, HwCaseFile *file, const char *today)
{
  GPtrArray *requests = hw_case_file_of_type (file, HW_TYPE_ID_EMBASSY_REQUEST);

  for (guint i = 0; i < requests->len; i++)
    {
      HwRecord *request = g_ptr_array_index (requests, i);
      const char *at = hw_record_get_text (request, HW_FIELD_EMBASSY_REQUEST_APPOINTMENT_AT);

      if (at != NULL && strncmp (at, today, strlen ("2026-11-24")) >= 0
          && !hw_record_is (request, HW_FIELD_EMBASSY_REQUEST_STATUS, HW_EMBASSY_REQUEST_STATUS_WITHDRAWN))
        consider (summary, at, _ ("Appointment"));
    }
}

static void
find_next_due (HwSummary *summary, HwCaseFile *file, const char *today)
{
  HwRecord *header = hw_case_file_case (file);
  HwRecord *call = hw_case_file_latest (file, HW_TYPE_ID_CONTACT_LOG);

  if (header != NULL)
    consider (summary, hw_record_get_text (header, HW_FIELD_CASE_REVIEW_ON), _ ("Review"));
  if (summary->stage == HW_STAGE_CLOSED)
    return;
  consider_journey (summary, file);
  consider_appointments (summary, file, today);
  consider_all (summary,
                file,
                HW_TYPE_ID_EMBASSY_REQUEST,
                HW_FIELD_EMBASSY_REQUEST_DUE_ON,
                _ ("Answer from the mission"));
  consider_all (
    summary, file, HW_TYPE_ID_EXIT_CLEARANCE, HW_FIELD_EXIT_CLEARANCE_DUE_ON, _ ("Exit formality"));
  consider_all (summary, file, HW_TYPE_ID_FOLLOW_UP, HW_FIELD_FOLLOW_UP_DUE_ON, _ ("Visit"));
  consider_all (summary, file, HW_TYPE_ID_TASK, HW_FIELD_TASK_DUE_ON, _ ("Task"));
  if (call != NULL)
    consider (
      summary, hw_record_get_text (call, HW_FIELD_CONTACT_LOG_NEXT_CONTACT_ON), _ ("Next contact"));
}

/* Where she is */

static HwRecord *
current_placement (HwCaseFile *file, const char *today)
{
  GPtrArray *placements = hw_case_file_of_type (file, HW_TYPE_ID_PLACEMENT);
  HwRecord *current = NULL;

  for (guint i = 0; i < placements->len; i++)
    {
      HwRecord *placement = g_ptr_array_index (placements, i);
      const char *until = hw_record_get_text (placement, HW_FIELD_PLACEMENT_UNTIL);

      if (until != NULL && hw_date_days_between (today, until) < 0)
        continue;
      if (current == NULL
          || g_strcmp0 (hw_record_get_text (placement, HW_FIELD_PLACEMENT_SINCE),
                        hw_record_get_text (current, HW_FIELD_PLACEMENT_SINCE))
               >= 0)
        current = placement;
    }
  return current;
}

static void
place_after_arrival (HwSummary *summary, HwCaseFile *file)
{
  HwRecord *movement = hw_facts_active_movement (file);
  g_autoptr (HwJourney) journey = NULL;
  const HwAirport *airport;
  const char *to;

  if (movement == NULL || g_strcmp0 (hw_record_status (movement), "arrived") != 0)
    return;
  journey = hw_journey_new (file, movement);
  if (journey->legs->len == 0)
    return;
  to = hw_record_get_text (g_ptr_array_index (journey->legs, journey->legs->len - 1),
                           HW_FIELD_SEGMENT_TO);
  airport = to != NULL ? hw_airport_by_code (to) : NULL;
  if (airport == NULL)
    return;
  summary->location_country = g_strdup (airport->country);
  summary->location_place = g_strdup (airport->city);
}

static void
find_location (HwSummary *summary, HwCaseFile *file, const HwRulesContext *context)
{
  g_autofree char *today = hw_date_of_instant (context->now_us, hw_facts_zone (file));
  HwRecord *header = hw_case_file_case (file);
  HwRecord *placement, *organisation;

  place_after_arrival (summary, file);
  placement = summary->location_country == NULL ? current_placement (file, today) : NULL;
  if (placement != NULL)
    {
      organisation = hw_case_file_lookup (
        file, hw_record_get_text (placement, HW_FIELD_PLACEMENT_ORGANISATION));
      summary->location_place = g_strdup (hw_record_get_text (placement, HW_FIELD_PLACEMENT_PLACE));
      if (organisation != NULL && hw_record_type (organisation) == HW_TYPE_ID_ORGANISATION)
        summary->location_country
          = g_strdup (hw_record_get_text (organisation, HW_FIELD_ORGANISATION_COUNTRY));
    }
  if (header != NULL && summary->location_country == NULL)
    summary->location_country
      = g_strdup (hw_record_get_text (header, HW_FIELD_CASE_LOCATION_COUNTRY));
  if (header != NULL && summary->location_place == NULL)
    summary->location_place = g_strdup (hw_record_get_text (header, HW_FIELD_CASE_LOCATION_PLACE));
  if (summary->location_country != NULL)
    summary->zone = g_strdup (hw_country_zone (summary->location_country));
}

HwSummary *
hw_summary_new (HwCaseFile *file, const HwRulesContext *context)
{
  return hw_summary_new_for (file, NULL, context);
}

HwSummary *
hw_summary_new_for (HwCaseFile *file, const HwActor *actor, const HwRulesContext *context)
{
  HwSummary *summary = g_new0 (HwSummary, 1);
  g_autofree char *today = hw_date_of_instant (context->now_us, hw_facts_zone (file));
  GPtrArray *conditions;

  summary->verdict = hw_verdict_new_gate (HW_GATE_NONE);
  summary->stage = hw_stage_of (file);
  if (departure_is_ahead (file))
    {
      find_blocking (summary, file, context);
      if (actor != NULL)
        keep_readable (summary, file, actor, context);
    }
  conditions = hw_verdict_conditions (summary->verdict);
  summary->blocking = g_ptr_array_sized_new (conditions->len);
  for (guint i = 0; i < conditions->len; i++)
    g_ptr_array_add (summary->blocking, g_ptr_array_index (conditions, i));
  g_ptr_array_sort (summary->blocking, compare_urgency);
  summary->blocked_by = blocked_words (summary->blocking);
  hw_tracks_fill (summary, file, context);
  find_next_due (summary, file, today);
  find_location (summary, file, context);
  return summary;
}

void
hw_summary_free (HwSummary *summary)
{
  if (summary == NULL)
    return;
  for (guint i = 0; i < HW_N_TRACKS; i++)
    g_free (summary->tracks[i].words);
  g_ptr_array_unref (summary->blocking);
  hw_verdict_unref (summary->verdict);
  g_free (summary->blocked_by);
  g_free (summary->next_due);
  g_free (summary->next_due_what);
  g_free (summary->location_country);
  g_free (summary->location_place);
  g_free (summary->zone);
  g_free (summary);
}
