/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Asking for an approval without having to know what it must be about: the condition that is not
 * met, or the gate that is shut, says so.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-approval.h"

#include "domain/hw-condition.h"
#include "domain/hw-facts-private.h"

gboolean
hw_approval_for_condition (HwCaseFile *file, const char *code, HwApprovalQuestion *question)
{
  *question = (HwApprovalQuestion){ 0 };
  if (g_str_equal (code, HW_CODE_OFFICIAL_INVOLVED))
    {
      question->kind = "risk";
      question->subject = hw_facts_latest_risk (file);
    }
  else if (g_str_equal (code, HW_CODE_ASYLUM_REVIEW_MISSING))
    {
      question->kind = "asylum_review";
      question->subject = hw_facts_latest_risk (file);
    }
  else if (g_str_equal (code, HW_CODE_AGE_REVIEW_MISSING))
    {
      question->kind = "age_review";
      question->subject = hw_case_file_case (file);
    }
  else if (g_str_equal (code, HW_CODE_CLOSURE_APPROVAL_MISSING))
    {
      question->kind = "closure";
      question->subject = hw_case_file_case (file);
    }
  else if (g_str_equal (code, HW_CODE_CHILD_APPROVAL_MISSING))
    {
      question->kind = "risk";
      question->subject = hw_case_file_latest (file, HW_TYPE_ID_REUNIFICATION);
    }
  return question->kind != NULL && question->subject != NULL;
}

gboolean
hw_approval_for_override (HwRecord *subject, HwGateId gate, HwApprovalQuestion *question)
{
  *question = (HwApprovalQuestion){ .kind = "override", .subject = subject, .gate = gate };
  if (!hw_gate_can_be_overridden (gate))
    return FALSE;
  if (hw_record_type (subject) == HW_TYPE_ID_MOVEMENT && gate == HW_GATE_TICKET)
    /* By road nothing is ticketed: the ticket gate is asked at the check-in. */
    question->target = hw_record_is (subject, HW_FIELD_MOVEMENT_MODE, "road") ? "checked_in" : "ticketed";
  else if (hw_record_type (subject) == HW_TYPE_ID_MOVEMENT && gate == HW_GATE_DEPARTURE)
    question->target = "checked_in";
  else if (hw_record_type (subject) == HW_TYPE_ID_CASE && gate == HW_GATE_CLOSURE)
    question->target = "closed";
  return question->target != NULL;
}

void
hw_approval_fill (HwOperation *operation, const HwApprovalQuestion *question, const char *asked_by, const char *reason)
{
  hw_operation_set_text (operation, HW_FIELD_APPROVAL_KIND, question->kind, 0);
  hw_operation_set_text (operation, HW_FIELD_APPROVAL_SUBJECT, hw_record_id (question->subject), 0);
  hw_operation_set_text (operation, HW_FIELD_APPROVAL_ASKED_BY, asked_by, 0);
  hw_operation_set_text (operation, HW_FIELD_APPROVAL_REASON, reason, 0);
  if (question->gate == HW_GATE_NONE)
    return;
  hw_operation_set_text (operation, HW_FIELD_APPROVAL_GATE, hw_gate_nick (question->gate)->nick, 0);
  hw_operation_set_text (operation, HW_FIELD_APPROVAL_TARGET_STATUS, question->target, 0);
  hw_operation_set_text (operation, HW_FIELD_APPROVAL_BASIS, "vital_interest", 0);
}
