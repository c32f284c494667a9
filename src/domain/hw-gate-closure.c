/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Closure gate: a case ends for a stated reason, with nothing left to do, with a day to look at it
 * again, and with the agreement of somebody other than its owner.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-gates-private.h"

#include <glib/gi18n-lib.h>

/* An approval closes one time: after a reopening it is asked for again. */
HwRecord *
hw_gate_closure_approval (HwCaseFile *file, HwRecord *subject, gint64 now_us)
{
  GPtrArray *approvals = hw_case_file_of_type (file, HW_TYPE_ID_APPROVAL);

  for (guint i = 0; i < approvals->len; i++)
    {
      HwRecord *approval = g_ptr_array_index (approvals, i);
      const char *decided = hw_record_get_text (approval, HW_FIELD_APPROVAL_DECIDED_BY);

      if (hw_record_is (approval, HW_FIELD_APPROVAL_KIND, "closure")
          && hw_record_is (approval, HW_FIELD_APPROVAL_SUBJECT, hw_record_id (subject))
          && hw_record_get (approval, HW_FIELD_APPROVAL_USED_BY) == NULL
          && hw_facts_approval_holds (approval, now_us)
          && !hw_record_is (subject, HW_FIELD_CASE_OWNER, decided))
        return approval;
    }
  return NULL;
}

static void
check_tasks (HwGateQuestion *question)
{
  GPtrArray *tasks = hw_case_file_of_type (question->file, HW_TYPE_ID_TASK);

  for (guint i = 0; i < tasks->len; i++)
    {
      HwRecord *task = g_ptr_array_index (tasks, i);

      if (!hw_facts_happened (task, HW_FIELD_TASK_DONE_AT, question->now_us))
        hw_gate_unmet (question,
                       HW_CODE_TASK_OPEN,
                       HW_FIELD_TASK_DONE_AT,
                       task,
                       _ ("A task is still open"),
                       NULL);
    }
}

void
hw_gate_closure (HwGateQuestion *question)
{
  if (hw_record_get (question->subject, HW_FIELD_CASE_CLOSURE_REASON) == NULL)
    hw_gate_unmet (question,
                   HW_CODE_CLOSURE_REASON_MISSING,
                   HW_FIELD_CASE_CLOSURE_REASON,
                   question->subject,
                   _ ("Say why the case is closed"),
                   NULL);
  /* Agreed was a closing for this reason. */
  if (hw_gate_changes (question, HW_FIELD_CASE_CLOSURE_REASON)
      || hw_gate_closure_approval (question->file, question->subject, question->now_us) == NULL)
    hw_gate_unmet (question,
                   HW_CODE_CLOSURE_APPROVAL_MISSING,
                   HW_FIELD_APPROVAL_VERDICT,
                   NULL,
                   _ ("Somebody else must agree to close this case"),
                   _ ("The owner of a case does not approve its closing"));
  check_tasks (question);
  if (hw_record_get (question->subject, HW_FIELD_CASE_REVIEW_ON) == NULL)
    hw_gate_unmet (question,
                   HW_CODE_REVIEW_DATE_MISSING,
                   HW_FIELD_CASE_REVIEW_ON,
                   question->subject,
                   _ ("Choose a day to look at this case again"),
                   NULL);
}
