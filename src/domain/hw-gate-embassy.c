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

static HwRecord *
request_in_work (HwCaseFile *file)
{
  static const char *const over[]
    = { "closed", "withdrawn", "refused", "nationality_not_confirmed", NULL };
  GPtrArray *requests = hw_case_file_of_type (file, HW_TYPE_ID_EMBASSY_REQUEST);

  for (guint i = requests->len; i > 0; i--)
    if (!hw_facts_status_in (g_ptr_array_index (requests, i - 1), over))
      return g_ptr_array_index (requests, i - 1);
  return NULL;
}

/* The mission a request names; for a journey, the one the case works with. */
static const char *
mission_of (HwGateQuestion *question)
{
  HwRecord *request, *record;

  if (hw_record_type (question->subject) == HW_TYPE_ID_EMBASSY_REQUEST)
    return hw_record_get_text (question->subject, HW_FIELD_EMBASSY_REQUEST_MISSION);
  request = request_in_work (question->file);
  if (request != NULL && hw_record_get (request, HW_FIELD_EMBASSY_REQUEST_MISSION) != NULL)
    return hw_record_get_text (request, HW_FIELD_EMBASSY_REQUEST_MISSION);
  record = hw_case_file_case (question->file);
  return record != NULL ? hw_record_get_text (record, HW_FIELD_CASE_MISSION) : NULL;
}

static void
check_consent (HwGateQuestion *question)
{
  const char *mission = mission_of (question);
  gboolean request = hw_record_type (question->subject) == HW_TYPE_ID_EMBASSY_REQUEST;
  HwConsentQuestion asked = { .purpose = "embassy_contact",
                              .recipient = mission,
                              .person = g_ptr_array_index (question->travellers, 0),
                              .at_us = question->at_us,
                              .day = question->day };
  g_autofree char *detail = NULL;
  HwRecord *lapsed;

  if (mission == NULL)
    {
      hw_gate_unmet (question,
                     HW_CODE_MISSION_MISSING,
                     request ? HW_FIELD_EMBASSY_REQUEST_MISSION : HW_FIELD_CASE_MISSION,
                     request ? question->subject : hw_case_file_case (question->file),
                     _ ("The mission is not chosen yet"),
                     _ ("Her consent must name the mission it is for"));
      return;
    }
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

static gboolean
ever_sought_asylum (HwCaseFile *file)
{
  g_autoptr (GPtrArray) past = hw_case_file_past (file, HW_FIELD_RISK_ASSESSMENT_ASYLUM);

  for (guint i = 0; i < past->len; i++)
    if (g_strcmp0 (hw_value_text (g_ptr_array_index (past, i)), "none") != 0)
      return TRUE;
  return FALSE;
}

/* A review looked at what was known then: whatever is written about her risks afterwards ends it. */
static gboolean
is_newer_than_all (HwCaseFile *file, HwRecord *approval)
{
  GPtrArray *assessments = hw_case_file_of_type (file, HW_TYPE_ID_RISK_ASSESSMENT);

  for (guint i = 0; i < assessments->len; i++)
    if (!hw_facts_approval_is_newer (approval, g_ptr_array_index (assessments, i)))
      return FALSE;
  return TRUE;
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
          && !hw_case_file_wrote (question->file, hw_record_id (assessment), decided)
          && is_newer_than_all (question->file, approval))
        return TRUE;
    }
  return FALSE;
}

static void
check_asylum (HwGateQuestion *question, HwRecord *assessment)
{
  if (!hw_record_is (assessment, HW_FIELD_RISK_ASSESSMENT_ASYLUM, "none"))
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
    hw_gate_unmet (question,
                   HW_CODE_ASYLUM_REVIEW_MISSING,
                   HW_FIELD_APPROVAL_VERDICT,
                   NULL,
                   _ ("A second person must review the asylum question"),
                   _ ("It was answered otherwise before; somebody who wrote neither the "
                      "assessment nor the request must approve the latest assessment"));
}

static gboolean
risk_is_approved (HwGateQuestion *question, HwRecord *assessment)
{
  HwRecord *approval
    = hw_facts_approval (question->file, "risk", hw_record_id (assessment), question->now_us);

  return approval != NULL && hw_facts_approval_is_newer (approval, assessment);
}

static void
check_officials (HwGateQuestion *question, HwRecord *assessment)
{
  const char *involved
    = hw_record_get_text (assessment, HW_FIELD_RISK_ASSESSMENT_OFFICIAL_INVOLVED);

  if (g_strcmp0 (involved, "no") == 0)
    return;
  if (g_strcmp0 (involved, "yes") != 0 && g_strcmp0 (involved, "suspected") != 0)
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
    hw_gate_unmet (question,
                   HW_CODE_OFFICIAL_INVOLVED,
                   HW_FIELD_APPROVAL_VERDICT,
                   NULL,
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
  assessment = hw_gate_safe_assessment (question);
  if (assessment == NULL)
    return;
  check_day (question, assessment);
  check_asylum (question, assessment);
  check_officials (question, assessment);
}
