/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The stage shown in lists: derived from the records, never typed in. It is the furthest point that
 * the records prove, so that work done out of order is not hidden by something left open earlier.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-summary-private.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *nick;
  const char *label;
} stages[HW_N_STAGES] = {
  [HW_STAGE_INTAKE] = { "intake", N_ ("Intake") },
  [HW_STAGE_SCREENING] = { "screening", N_ ("Screening") },
  [HW_STAGE_SAFETY_AND_DECISION] = { "safety_and_decision", N_ ("Safety and decision") },
  [HW_STAGE_EMBASSY] = { "embassy", N_ ("Embassy") },
  [HW_STAGE_DOCUMENTS_AND_EXIT] = { "documents_and_exit", N_ ("Documents and exit") },
  [HW_STAGE_BOOKING] = { "booking", N_ ("Booking") },
  [HW_STAGE_TRAVEL] = { "travel", N_ ("Travel") },
  [HW_STAGE_RECEPTION] = { "reception", N_ ("Reception") },
  [HW_STAGE_FAMILY] = { "family", N_ ("Family") },
  [HW_STAGE_REINTEGRATION] = { "reintegration", N_ ("Reintegration") },
  [HW_STAGE_CLOSED] = { "closed", N_ ("Closed") },
};

const char *
hw_stage_nick (HwStage stage)
{
  g_return_val_if_fail (stage < HW_N_STAGES, "");

  return stages[stage].nick;
}

const char *
hw_stage_label (HwStage stage)
{
  g_return_val_if_fail (stage < HW_N_STAGES, "");

  return _ (stages[stage].label);
}

static gboolean
any_in (HwCaseFile *file, HwTypeId type, const char *const *statuses)
{
  GPtrArray *records = hw_case_file_of_type (file, type);

  for (guint i = 0; i < records->len; i++)
    if (hw_facts_status_in (g_ptr_array_index (records, i), statuses))
      return TRUE;
  return FALSE;
}

static gboolean
has_any (HwCaseFile *file, HwTypeId type)
{
  return hw_case_file_of_type (file, type)->len > 0;
}

gboolean
hw_summary_request_sent (HwCaseFile *file)
{
  GPtrArray *requests = hw_case_file_of_type (file, HW_TYPE_ID_EMBASSY_REQUEST);

  for (guint i = 0; i < requests->len; i++)
    if (hw_facts_request_shared (g_ptr_array_index (requests, i))
        && g_strcmp0 (hw_record_status (g_ptr_array_index (requests, i)), "withdrawn") != 0)
      return TRUE;
  return FALSE;
}

static HwStage
stage_at_home (HwCaseFile *file)
{
  static const char *const done[] = { "done", NULL };
  static const char *const seeking[]
    = { "open", "in_progress", "possible_match", "located", "verified", "contact_agreed", NULL };

  if (any_in (file, HW_TYPE_ID_REUNIFICATION, done) || any_in (file, HW_TYPE_ID_FOLLOW_UP, done)
      || has_any (file, HW_TYPE_ID_SUPPORT_PLAN))
    return HW_STAGE_REINTEGRATION;
  if (has_any (file, HW_TYPE_ID_REUNIFICATION)
      || any_in (file, HW_TYPE_ID_TRACING_REQUEST, seeking))
    return HW_STAGE_FAMILY;
  return HW_STAGE_RECEPTION;
}

static gboolean
is_ready_to_book (HwCaseFile *file)
{
  static const char *const verified[] = { "verified", "handed_over", NULL };
  static const char *const settled[] = { "cleared", "waived", "paid", "not_needed", NULL };
  GPtrArray *items = hw_case_file_of_type (file, HW_TYPE_ID_EXIT_CLEARANCE);

  for (guint i = 0; i < items->len; i++)
    if (!hw_facts_status_in (g_ptr_array_index (items, i), settled))
      return FALSE;
  return items->len > 0 && any_in (file, HW_TYPE_ID_TRAVEL_DOCUMENT, verified);
}

static gboolean
is_document_under_way (HwCaseFile *file)
{
  static const char *const made[]
    = { "in_production", "issued", "received", "verified", "handed_over", NULL };
  static const char *const granted[] = { "nationality_confirmed", "approved", "closed", NULL };

  return any_in (file, HW_TYPE_ID_TRAVEL_DOCUMENT, made)
         || (any_in (file, HW_TYPE_ID_EMBASSY_REQUEST, granted) && hw_summary_request_sent (file));
}

static gboolean
is_safe_and_decided (HwCaseFile *file)
{
  HwRecord *assessment = hw_facts_latest_risk (file);
  HwRecord *decision = hw_facts_decision (file, hw_case_file_survivor (file), 0);

  return assessment != NULL && hw_facts_risk_is_safe (file, assessment)
         && hw_record_is (assessment, HW_FIELD_RISK_ASSESSMENT_ASYLUM, "none") && decision != NULL
         && hw_record_is (decision, HW_FIELD_DECISION_CHOICE, "return")
         && hw_record_get (decision, HW_FIELD_DECISION_CONFIRMED_AT) != NULL;
}

static gboolean
is_screened (HwCaseFile *file)
{
  HwRecord *screening = hw_case_file_latest (file, HW_TYPE_ID_SCREENING);

  return screening != NULL && hw_record_get (screening, HW_FIELD_SCREENING_CONCLUSION) != NULL
         && !hw_record_get_boolean (screening, HW_FIELD_SCREENING_INTERIM);
}

static HwStage
stage_before_travel (HwCaseFile *file)
{
  gboolean documents = is_document_under_way (file);

  if (documents && is_ready_to_book (file))
    return HW_STAGE_BOOKING;
  if (documents)
    return HW_STAGE_DOCUMENTS_AND_EXIT;
  if (hw_summary_request_sent (file) || is_safe_and_decided (file))
    return HW_STAGE_EMBASSY;
  if (is_screened (file) || has_any (file, HW_TYPE_ID_RISK_ASSESSMENT)
      || has_any (file, HW_TYPE_ID_DECISION))
    return HW_STAGE_SAFETY_AND_DECISION;
  return has_any (file, HW_TYPE_ID_SCREENING) ? HW_STAGE_SCREENING : HW_STAGE_INTAKE;
}

HwStage
hw_stage_of (HwCaseFile *file)
{
  static const char *const follow_up[] = { "follow_up", NULL };
  static const char *const arrived[] = { "arrived", NULL };
  static const char *const travelling[]
    = { "ticketed", "checked_in", "departed", "in_transit", NULL };
  static const char *const booked[] = { "rebooked", "missed", "no_show", "denied_boarding", NULL };
  HwRecord *header = hw_case_file_case (file);
  HwRecord *movement = hw_facts_active_movement (file);

  if (hw_facts_case_closed (header))
    return HW_STAGE_CLOSED;
  if (movement != NULL && hw_facts_status_in (movement, arrived))
    return stage_at_home (file);
  if (header != NULL && hw_facts_status_in (header, follow_up))
    return HW_STAGE_REINTEGRATION;
  if (movement != NULL && hw_facts_status_in (movement, travelling))
    return HW_STAGE_TRAVEL;
  if (movement != NULL && hw_facts_status_in (movement, booked))
    return HW_STAGE_BOOKING;
  return stage_before_travel (file);
}
