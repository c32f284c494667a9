/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nine tracks run side by side. Each says in one or two words how it stands; "blocked" means that
 * something is asked of us, "waiting" that somebody else is at work.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-summary-private.h"

#include "base/hw-base.h"

#include <glib/gi18n-lib.h>

const char *
hw_track_label (HwTrack track)
{
  static const char *const labels[HW_N_TRACKS]
    = { N_ ("Safety"), N_ ("Consent"),   N_ ("Embassy"), N_ ("Documents"),    N_ ("Exit"),
        N_ ("Travel"), N_ ("Reception"), N_ ("Family"),  N_ ("Reintegration") };

  g_return_val_if_fail (track < HW_N_TRACKS, "");

  return _ (labels[track]);
}

static void
say (HwSummary *summary, HwTrack track, HwTrackState state, const char *words)
{
  summary->tracks[track].state = state;
  g_free (summary->tracks[track].words);
  summary->tracks[track].words = g_strdup (words);
}

/* The words of a status are those of the schema, so that a row and its form say the same. */
static void
say_status (HwSummary *summary, HwTrack track, HwTrackState state, HwRecord *record)
{
  const HwFieldDef *field = hw_schema_field (hw_record_def (record)->status_field);
  const char *status = hw_record_status (record);
  const HwChoice *choice = status != NULL ? hw_field_choice (field, status) : NULL;

  say (summary, track, state, choice != NULL ? _ (choice->label) : _ ("Begun"));
}

/* A state per status: the first list that holds it. */
static HwTrackState
state_of (HwRecord *record, const char *const *blocked, const char *const *done)
{
  if (hw_facts_status_in (record, done))
    return HW_TRACK_DONE;
  return hw_facts_status_in (record, blocked) ? HW_TRACK_BLOCKED : HW_TRACK_WAITING;
}

static void
fill_safety (HwSummary *summary, HwCaseFile *file)
{
  HwRecord *assessment = hw_facts_latest_risk (file);

  if (assessment == NULL)
    say (summary, HW_TRACK_SAFETY, HW_TRACK_NOT_YET, _ ("Not assessed"));
  else if (hw_record_get (assessment, HW_FIELD_RISK_ASSESSMENT_CONCLUSION) == NULL)
    say (summary, HW_TRACK_SAFETY, HW_TRACK_BLOCKED, _ ("Unfinished"));
  else if (!hw_facts_risk_is_safe (file, assessment))
    say (summary, HW_TRACK_SAFETY, HW_TRACK_BLOCKED, _ ("Not safe"));
  else if (!hw_record_is (assessment, HW_FIELD_RISK_ASSESSMENT_ASYLUM, "none"))
    say (summary, HW_TRACK_SAFETY, HW_TRACK_BLOCKED, _ ("Asylum"));
  else if (hw_verdict_has (summary->verdict, HW_CODE_RISK_OLD))
    say (summary, HW_TRACK_SAFETY, HW_TRACK_BLOCKED, _ ("Assess again"));
  else if (hw_record_is (assessment, HW_FIELD_RISK_ASSESSMENT_CONCLUSION, "safe"))
    say (summary, HW_TRACK_SAFETY, HW_TRACK_DONE, _ ("Safe"));
  else
    say (summary, HW_TRACK_SAFETY, HW_TRACK_DONE, _ ("With a plan"));
}

static gboolean
any_withdrawn (HwSummary *summary, HwCaseFile *file)
{
  GPtrArray *consents = hw_case_file_of_type (file, HW_TYPE_ID_CONSENT);

  if (!hw_verdict_has (summary->verdict, HW_CODE_CONSENT_MISSING)
      && !hw_verdict_has (summary->verdict, HW_CODE_TRAVEL_CONSENT_MISSING))
    return FALSE;
  for (guint i = 0; i < consents->len; i++)
    if (hw_record_get (g_ptr_array_index (consents, i), HW_FIELD_CONSENT_WITHDRAWN_AT) != NULL)
      return TRUE;
  return FALSE;
}

static void
fill_consent (HwSummary *summary, HwCaseFile *file)
{
  HwRecord *decision = hw_facts_decision (file, hw_case_file_survivor (file), 0);
  GPtrArray *consents = hw_case_file_of_type (file, HW_TYPE_ID_CONSENT);

  if (decision == NULL && consents->len == 0)
    say (summary, HW_TRACK_CONSENT, HW_TRACK_NOT_YET, _ ("Not asked"));
  else if (decision != NULL && hw_record_is (decision, HW_FIELD_DECISION_CHOICE, "undecided"))
    say (summary, HW_TRACK_CONSENT, HW_TRACK_BLOCKED, _ ("Undecided"));
  else if (decision != NULL && !hw_record_is (decision, HW_FIELD_DECISION_CHOICE, "return"))
    say (summary, HW_TRACK_CONSENT, HW_TRACK_BLOCKED, _ ("Not returning"));
  else if (any_withdrawn (summary, file))
    say (summary, HW_TRACK_CONSENT, HW_TRACK_BLOCKED, _ ("Withdrawn"));
  else if (hw_verdict_has (summary->verdict, HW_CODE_DECISION_OLD))
    say (summary, HW_TRACK_CONSENT, HW_TRACK_BLOCKED, _ ("Confirm again"));
  else if (decision == NULL || hw_verdict_has (summary->verdict, HW_CODE_CONSENT_MISSING)
           || hw_verdict_has (summary->verdict, HW_CODE_TRAVEL_CONSENT_MISSING))
    say (summary, HW_TRACK_CONSENT, HW_TRACK_WAITING, _ ("In part"));
  else
    say (summary, HW_TRACK_CONSENT, HW_TRACK_DONE, _ ("Given"));
}

static void
fill_embassy (HwSummary *summary, HwCaseFile *file)
{
  static const char *const blocked[]
    = { "draft", "info_requested", "refused", "nationality_not_confirmed", NULL };
  static const char *const done[] = { "nationality_confirmed", "approved", "closed", NULL };
  HwRecord *request = hw_case_file_latest (file, HW_TYPE_ID_EMBASSY_REQUEST);

  if (hw_verdict_has (summary->verdict, HW_CODE_ASYLUM_OPEN)
      || hw_verdict_has (summary->verdict, HW_CODE_ASYLUM_REVIEW_MISSING))
    say (summary, HW_TRACK_EMBASSY, HW_TRACK_BLOCKED, _ ("Locked"));
  else if (request == NULL)
    say (summary, HW_TRACK_EMBASSY, HW_TRACK_NOT_YET, _ ("No request"));
  else if (g_strcmp0 (hw_record_status (request), "withdrawn") == 0)
    say_status (summary, HW_TRACK_EMBASSY, HW_TRACK_NOT_YET, request);
  else
    say_status (summary, HW_TRACK_EMBASSY, state_of (request, blocked, done), request);
}

HwRecord *
hw_summary_document (HwCaseFile *file)
{
  static const char *const good[] = { "verified", "handed_over", "used", NULL };
  static const char *const over[] = { "returned", "lost", "expired", "cancelled", "refused", NULL };
  GPtrArray *documents = hw_case_file_of_type (file, HW_TYPE_ID_TRAVEL_DOCUMENT);
  HwRecord *best = NULL;

  for (guint i = 0; i < documents->len; i++)
    {
      HwRecord *document = g_ptr_array_index (documents, i);

      if (hw_facts_status_in (document, good))
        return document;
      if (best == NULL || hw_facts_status_in (best, over) || !hw_facts_status_in (document, over))
        best = document;
    }
  return best;
}

static void
fill_documents (HwSummary *summary, HwCaseFile *file)
{
  static const char *const waiting[] = { "applied", "in_production", NULL };
  static const char *const done[] = { "verified", "handed_over", "used", "returned", NULL };
  HwRecord *document = hw_summary_document (file);

  if (document == NULL)
    say (summary, HW_TRACK_DOCUMENTS, HW_TRACK_NOT_YET, _ ("None"));
  else if (hw_verdict_has (summary->verdict, HW_CODE_DOCUMENT_EXPIRED)
           && hw_facts_status_in (document, done))
    say (summary, HW_TRACK_DOCUMENTS, HW_TRACK_BLOCKED, _ ("Expires too soon"));
  else if (hw_verdict_has (summary->verdict, HW_CODE_DOCUMENT_NOT_ACCEPTED)
           && hw_facts_status_in (document, done))
    say (summary, HW_TRACK_DOCUMENTS, HW_TRACK_BLOCKED, _ ("Not accepted"));
  else if (hw_facts_status_in (document, done))
    say_status (summary, HW_TRACK_DOCUMENTS, HW_TRACK_DONE, document);
  else
    say_status (summary,
                HW_TRACK_DOCUMENTS,
                hw_facts_status_in (document, waiting) ? HW_TRACK_WAITING : HW_TRACK_BLOCKED,
                document);
}

static void
fill_exit (HwSummary *summary, HwCaseFile *file)
{
  static const char *const settled[] = { "cleared", "waived", "paid", "not_needed", NULL };
  GPtrArray *items = hw_case_file_of_type (file, HW_TYPE_ID_EXIT_CLEARANCE);
  guint to_pay = 0, open = 0, pending = 0;
  g_autofree char *words = NULL;

  for (guint i = 0; i < items->len; i++)
    {
      const char *status = hw_record_status (g_ptr_array_index (items, i));

      if (hw_facts_status_in (g_ptr_array_index (items, i), settled))
        continue;
      if (g_strcmp0 (status, "payment_due") == 0)
        to_pay++;
      else if (g_strcmp0 (status, "pending") == 0)
        pending++;
      else
        open++;
    }
  if (items->len == 0)
    say (summary, HW_TRACK_EXIT, HW_TRACK_NOT_YET, _ ("Not checked"));
  else if (to_pay > 0)
    words = g_strdup_printf (ngettext ("%u to pay", "%u to pay", to_pay), to_pay);
  else if (open > 0)
    words = g_strdup_printf (ngettext ("%u open", "%u open", open), open);
  else if (pending > 0)
    say (summary, HW_TRACK_EXIT, HW_TRACK_WAITING, _ ("Pending"));
  else
    say (summary, HW_TRACK_EXIT, HW_TRACK_DONE, _ ("Cleared"));
  if (words != NULL)
    say (summary, HW_TRACK_EXIT, HW_TRACK_BLOCKED, words);
}

static void
fill_travel (HwSummary *summary, HwCaseFile *file)
{
  static const char *const blocked[] = { "missed", "no_show", "denied_boarding", "rebooked", NULL };
  static const char *const done[] = { "arrived", NULL };
  static const char *const begun[] = { "draft", NULL };
  HwRecord *movement = hw_facts_active_movement (file);

  if (movement == NULL)
    say (summary, HW_TRACK_TRAVEL, HW_TRACK_NOT_YET, _ ("No journey"));
  else if (hw_facts_status_in (movement, begun) || hw_record_status (movement) == NULL)
    say_status (summary, HW_TRACK_TRAVEL, HW_TRACK_NOT_YET, movement);
  else
    say_status (summary, HW_TRACK_TRAVEL, state_of (movement, blocked, done), movement);
}

static void
fill_reception (HwSummary *summary, HwCaseFile *file)
{
  HwRecord *reception = hw_case_file_latest (file, HW_TYPE_ID_RECEPTION);

  if (reception == NULL)
    say (summary, HW_TRACK_RECEPTION, HW_TRACK_NOT_YET, _ ("Nobody named"));
  else if (hw_record_get (reception, HW_FIELD_RECEPTION_CONFIRMED_AT) != NULL
           && hw_record_get (reception, HW_FIELD_RECEPTION_ACKNOWLEDGED_AT) != NULL)
    say (summary, HW_TRACK_RECEPTION, HW_TRACK_DONE, _ ("Confirmed"));
  else if (hw_record_get (reception, HW_FIELD_RECEPTION_ACKNOWLEDGED_AT) != NULL)
    say (summary, HW_TRACK_RECEPTION, HW_TRACK_WAITING, _ ("Acknowledged"));
  else
    say (summary, HW_TRACK_RECEPTION, HW_TRACK_WAITING, _ ("Asked"));
}

static void
fill_family (HwSummary *summary, HwCaseFile *file)
{
  static const char *const reunion_blocked[] = { "declined", "broken_down", NULL };
  static const char *const reunion_done[] = { "done", NULL };
  static const char *const tracing_blocked[]
    = { "not_found", "contact_declined", "deceased", NULL };
  static const char *const tracing_done[] = { "contact_agreed", "closed", NULL };
  HwRecord *reunion = hw_case_file_latest (file, HW_TYPE_ID_REUNIFICATION);
  HwRecord *tracing = hw_case_file_latest (file, HW_TYPE_ID_TRACING_REQUEST);
  guint known = hw_case_file_of_type (file, HW_TYPE_ID_FAMILY_MEMBER)->len;
  g_autofree char *words = NULL;

  if (reunion != NULL)
    say_status (
      summary, HW_TRACK_FAMILY, state_of (reunion, reunion_blocked, reunion_done), reunion);
  else if (tracing != NULL)
    say_status (
      summary, HW_TRACK_FAMILY, state_of (tracing, tracing_blocked, tracing_done), tracing);
  else if (known > 0)
    {
      words = g_strdup_printf (ngettext ("%u known", "%u known", known), known);
      say (summary, HW_TRACK_FAMILY, HW_TRACK_NOT_YET, words);
    }
  else
    say (summary, HW_TRACK_FAMILY, HW_TRACK_NOT_YET, _ ("Not begun"));
}

static void
fill_reintegration (HwSummary *summary, HwCaseFile *file, const char *today)
{
  static const char *const waiting[] = { "due", "scheduled", NULL };
  static const char *const blocked[] = { "missed", "unsafe_to_contact", "unreachable", NULL };
  GPtrArray *visits = hw_case_file_of_type (file, HW_TYPE_ID_FOLLOW_UP);
  HwRecord *trouble = NULL;
  gboolean next = FALSE, overdue = FALSE;

  for (guint i = 0; i < visits->len; i++)
    {
      HwRecord *visit = g_ptr_array_index (visits, i);
      const char *due = hw_record_get_text (visit, HW_FIELD_FOLLOW_UP_DUE_ON);

      if (hw_facts_status_in (visit, blocked))
        trouble = visit;
      if (!hw_facts_status_in (visit, waiting))
        continue;
      next = TRUE;
      overdue |= due != NULL && hw_date_days_between (due, today) > 0;
    }
  if (trouble != NULL)
    say_status (summary, HW_TRACK_REINTEGRATION, HW_TRACK_BLOCKED, trouble);
  else if (overdue)
    say (summary, HW_TRACK_REINTEGRATION, HW_TRACK_BLOCKED, _ ("Visit overdue"));
  else if (next)
    say (summary, HW_TRACK_REINTEGRATION, HW_TRACK_WAITING, _ ("Visits planned"));
  else if (visits->len > 0)
    say (summary, HW_TRACK_REINTEGRATION, HW_TRACK_DONE, _ ("Visits done"));
  else if (hw_case_file_of_type (file, HW_TYPE_ID_SUPPORT_PLAN)->len > 0)
    say (summary, HW_TRACK_REINTEGRATION, HW_TRACK_WAITING, _ ("Plan made"));
  else
    say (summary, HW_TRACK_REINTEGRATION, HW_TRACK_NOT_YET, _ ("Later"));
}

void
hw_tracks_fill (HwSummary *summary, HwCaseFile *file, const HwRulesContext *context)
{
  g_autofree char *today = hw_date_of_instant (context->now_us, hw_facts_zone (file));

  fill_safety (summary, file);
  fill_consent (summary, file);
  fill_embassy (summary, file);
  fill_documents (summary, file);
  fill_exit (summary, file);
  fill_travel (summary, file);
  fill_reception (summary, file);
  fill_family (summary, file);
  fill_reintegration (summary, file, today);
}
