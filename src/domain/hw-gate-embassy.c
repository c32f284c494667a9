/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Embassy gate: nothing of her is given to a mission, and no seat is held in her name, unless she
 * agreed to this mission, her risks were judged, and she does not seek protection from that state.
 * Someone who once sought asylum stays protected after the field is changed back: a person who
 * wrote neither the assessment nor the request must have looked at the latest assessment.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-gates-private.h"

#include "base/hw-base.h"

#include <glib/gi18n-lib.h>

/* The missions that a step tells of her: a request's own; for a journey each one that has a request
 * of hers in work, because whoever is asked for papers learns of the seat. With none in work it is
 * the mission that answers for her. (transfer container) */
static GPtrArray *
missions_of (HwGateQuestion *question)
{
  static const char *const over[]
    = { "closed", "withdrawn", "refused", "nationality_not_confirmed", NULL };
  GPtrArray *requests = hw_case_file_of_type (question->file, HW_TYPE_ID_EMBASSY_REQUEST);
  GPtrArray *missions = g_ptr_array_new ();
  HwRecord *header = hw_case_file_case (question->file);
  gboolean single = hw_record_type (question->subject) == HW_TYPE_ID_EMBASSY_REQUEST;
  const char *mission;

  for (guint i = 0; i < requests->len; i++)
    {
      HwRecord *request = g_ptr_array_index (requests, i);

      mission = hw_record_get_text (request, HW_FIELD_EMBASSY_REQUEST_MISSION);
      if (!single && mission != NULL && !hw_facts_status_in (request, over)
          && !g_ptr_array_find_with_equal_func (missions, mission, g_str_equal, NULL))
        g_ptr_array_add (missions, (gpointer)mission);
    }
  mission = single ? hw_record_get_text (question->subject, HW_FIELD_EMBASSY_REQUEST_MISSION)
            : header != NULL ? hw_record_get_text (header, HW_FIELD_CASE_MISSION)
                             : NULL;
  if (missions->len == 0 && mission != NULL)
    g_ptr_array_add (missions, (gpointer)mission);
  return missions;
}

static void
check_consent_for (HwGateQuestion *question, const char *mission)
{
  HwConsentQuestion asked = { .purpose = "embassy_contact",
                              .recipient = mission,
                              .person = g_ptr_array_index (question->travellers, 0),
                              .at_us = question->at_us,
                              .day = question->day };
  g_autofree char *detail = NULL;
  HwRecord *lapsed;

  if (hw_facts_consent (question->file, &asked, &lapsed) != NULL)
    return;
  detail = hw_gate_lapsed_detail (lapsed, _ ("No consent names this mission"));
  hw_gate_unmet (question,
                 HW_CODE_CONSENT_MISSING,
                 HW_FIELD_CONSENT_GRANTED_AT,
                 NULL,
                 _ ("She has not agreed to contact with this mission"),
                 detail);
}

static void
check_consent (HwGateQuestion *question)
{
  g_autoptr (GPtrArray) missions = missions_of (question);
  gboolean request = hw_record_type (question->subject) == HW_TYPE_ID_EMBASSY_REQUEST;

  if (missions->len == 0)
    hw_gate_unmet (question,
                   HW_CODE_MISSION_MISSING,
                   request ? HW_FIELD_EMBASSY_REQUEST_MISSION : HW_FIELD_CASE_MISSION,
                   request ? question->subject : hw_case_file_case (question->file),
                   _ ("The mission is not chosen yet"),
                   _ ("Her consent must name the mission it is for"));
  for (guint i = 0; i < missions->len; i++)
    check_consent_for (question, g_ptr_array_index (missions, i));
}

static gboolean
is_said_in (HwCaseFile *file)
{
  g_autoptr (GPtrArray) past = hw_case_file_past (file, HW_FIELD_RISK_ASSESSMENT_ASYLUM);

  for (guint i = 0; i < past->len; i++)
    if (g_strcmp0 (hw_value_text (g_ptr_array_index (past, i)), "none") != 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_said_in_any (GPtrArray *files)
{
  for (guint i = 0; i < files->len; i++)
    if (is_said_in (g_ptr_array_index (files, i)))
      return TRUE;
  return FALSE;
}

/* What she said follows her into every case that is hers. */
static gboolean
ever_sought_asylum (HwCaseFile *file)
{
  return is_said_in (file) || is_said_in_any (hw_case_file_kin (file, TRUE));
}

/* She may be somebody who sought asylum in another case. Nothing of that case is told here, not even that it said
 * so: which two cases they are, is read by who may read both. */
static void
check_duplicates (HwGateQuestion *question)
{
  if (is_said_in_any (hw_case_file_kin (question->file, FALSE)))
    hw_gate_unmet (question,
                   HW_CODE_DUPLICATE_UNDECIDED,
                   HW_FIELD_CASE_LINK_STATE,
                   NULL,
                   _ ("Somebody must first decide whether this is a person already known"),
                   _ ("People shows whom to compare; where you see nobody there, ask your supervisor"));
}

/* A review looked at what was known then: whatever is written about her risks afterwards ends it. */
static gboolean
is_newer_than_all (HwCaseFile *file, HwRecord *approval)
{
  GPtrArray *merged = hw_case_file_kin (file, TRUE);
  GPtrArray *assessments = hw_case_file_of_type (file, HW_TYPE_ID_RISK_ASSESSMENT);

  for (guint i = 0; i < assessments->len; i++)
    if (!hw_facts_approval_is_newer (approval, g_ptr_array_index (assessments, i)))
      return FALSE;
  for (guint i = 0; i < merged->len; i++)
    if (!is_newer_than_all (g_ptr_array_index (merged, i), approval))
      return FALSE;
  return TRUE;
}

/* A seat is held for the sake of the requests: who wrote one of them reviews neither. */
static gboolean
wrote_request (HwCaseFile *file, const char *user)
{
  GPtrArray *requests = hw_case_file_of_type (file, HW_TYPE_ID_EMBASSY_REQUEST);

  for (guint i = 0; i < requests->len; i++)
    if (g_strcmp0 (hw_record_created_by (g_ptr_array_index (requests, i)), user) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
reviewed_by_another (HwGateQuestion *question, HwRecord *assessment)
{
  GPtrArray *approvals = hw_case_file_of_type (question->file, HW_TYPE_ID_APPROVAL);

  for (guint i = 0; i < approvals->len; i++)
    {
      HwRecord *approval = g_ptr_array_index (approvals, i);
      const char *decided = hw_record_get_text (approval, HW_FIELD_APPROVAL_DECIDED_BY);

      if (hw_record_is (approval, HW_FIELD_APPROVAL_KIND, "asylum_review")
          && hw_record_is (approval, HW_FIELD_APPROVAL_SUBJECT, hw_record_id (assessment))
          && hw_facts_approval_holds (approval, question->now_us)
          && g_strcmp0 (decided, hw_record_created_by (assessment)) != 0
          && g_strcmp0 (decided, hw_record_updated_by (assessment)) != 0
          && g_strcmp0 (decided, hw_record_created_by (question->subject)) != 0
          && !wrote_request (question->file, decided)
          && !hw_case_file_wrote (question->file, hw_record_id (assessment), decided)
          && is_newer_than_all (question->file, approval))
        return TRUE;
    }
  return FALSE;
}

static void
check_asylum (HwGateQuestion *question, HwRecord *assessment)
{
  static const char *const none[] = { "none", NULL };

  if (!hw_record_is (assessment, HW_FIELD_RISK_ASSESSMENT_ASYLUM, "none")
      || !hw_facts_undisputed (
        question->file, assessment, HW_FIELD_RISK_ASSESSMENT_ASYLUM, none))
    {
      hw_gate_unmet (question,
                     HW_CODE_ASYLUM_OPEN,
                     HW_FIELD_RISK_ASSESSMENT_ASYLUM,
                     assessment,
                     _ ("The mission must not be contacted"),
                     hw_record_get (assessment, HW_FIELD_RISK_ASSESSMENT_ASYLUM) == NULL
                       ? _ ("Whether she seeks asylum has not been asked yet")
                       : _ ("She seeks or has asylum, or nobody knows; this cannot be overridden"));
      return;
    }
  if (ever_sought_asylum (question->file) && !reviewed_by_another (question, assessment))
    hw_gate_unmet_about (question,
                         HW_CATEGORY_RISK,
                         HW_CODE_ASYLUM_REVIEW_MISSING,
                         HW_FIELD_APPROVAL_VERDICT,
                         _ ("A second person must review the asylum question"),
                         _ ("It was answered otherwise before; somebody who wrote neither the "
                            "assessment nor the request must approve the latest assessment"));
}

static gboolean
risk_is_approved (HwGateQuestion *question, HwRecord *assessment)
{
  HwRecord *approval
    = hw_facts_approval (question->file, "risk", hw_record_id (assessment), question->now_us);
  const char *decided;

  if (approval == NULL || !hw_facts_approval_is_newer (approval, assessment))
    return FALSE;
  /* Nobody approves the risk they judged themselves. */
  decided = hw_record_get_text (approval, HW_FIELD_APPROVAL_DECIDED_BY);
  return g_strcmp0 (decided, hw_record_created_by (assessment)) != 0
         && !hw_case_file_wrote (question->file, hw_record_id (assessment), decided);
}

static void
check_officials (HwGateQuestion *question, HwRecord *assessment)
{
  static const char *const no[] = { "no", NULL };
  static const char *const named[] = { "yes", "suspected", NULL };
  const char *involved
    = hw_record_get_text (assessment, HW_FIELD_RISK_ASSESSMENT_OFFICIAL_INVOLVED);
  gboolean undisputed = hw_facts_undisputed (
    question->file, assessment, HW_FIELD_RISK_ASSESSMENT_OFFICIAL_INVOLVED, no);

  if (g_strcmp0 (involved, "no") == 0 && undisputed)
    return;
  if (involved == NULL || (undisputed && !g_strv_contains (named, involved)))
    {
      hw_gate_unmet (question,
                     HW_CODE_OFFICIAL_NOT_REVIEWED,
                     HW_FIELD_RISK_ASSESSMENT_OFFICIAL_INVOLVED,
                     assessment,
                     _ ("Whether an official is involved has not been reviewed"),
                     _ ("The risk assessment leaves this question open"));
      return;
    }
  if (!risk_is_approved (question, assessment))
    hw_gate_unmet_about (question,
                         HW_CATEGORY_RISK,
                         HW_CODE_OFFICIAL_INVOLVED,
                         HW_FIELD_APPROVAL_VERDICT,
                         _ ("An official may be involved: a supervisor must agree first"),
                         _ ("Ask for an approval of the risk in the latest assessment"));
}

/* One dated ahead would stay the latest and hide whatever is found out until then. */
static void
check_day (HwGateQuestion *question, HwRecord *assessment)
{
  const char *day = hw_record_get_text (assessment, HW_FIELD_RISK_ASSESSMENT_ASSESSED_ON);

  if (day != NULL && hw_date_days_between (question->day, day) > 1)
    hw_gate_unmet (question,
                   HW_CODE_RISK_OLD,
                   HW_FIELD_RISK_ASSESSMENT_ASSESSED_ON,
                   assessment,
                   _ ("Her risks must be assessed again"),
                   _ ("The day of the assessment has not come"));
}

void
hw_gate_embassy (HwGateQuestion *question)
{
  HwRecord *assessment;

  check_consent (question);
  check_duplicates (question);
  assessment = hw_gate_safe_assessment (question);
  if (assessment == NULL)
    return;
  check_day (question, assessment);
  check_asylum (question, assessment);
  check_officials (question, assessment);
}
