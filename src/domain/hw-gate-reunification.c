/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reunification gate: she goes to the person she chose, who is who they say, had no part in what
 * was done to her, and whose home was seen.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-gates-private.h"

#include <glib/gi18n-lib.h>

static HwRecord *
member_of (HwGateQuestion *question)
{
  HwRecord *member = hw_case_file_lookup (
    question->file, hw_record_get_text (question->subject, HW_FIELD_REUNIFICATION_MEMBER));

  return member != NULL && hw_record_type (member) == HW_TYPE_ID_FAMILY_MEMBER ? member : NULL;
}

static void
check_member (HwGateQuestion *question, HwRecord *member)
{
  static const char *const no[] = { "no", NULL };

  if (!hw_record_get_boolean (member, HW_FIELD_FAMILY_MEMBER_KINSHIP_VERIFIED))
    hw_gate_unmet (question,
                   HW_CODE_KINSHIP_UNVERIFIED,
                   HW_FIELD_FAMILY_MEMBER_KINSHIP_VERIFIED,
                   member,
                   _ ("That they are family has not been verified"),
                   NULL);
  if (!hw_record_is (member, HW_FIELD_FAMILY_MEMBER_IMPLICATED, "no")
      || !hw_facts_undisputed (question->file, member, HW_FIELD_FAMILY_MEMBER_IMPLICATED, no))
    hw_gate_unmet (question,
                   HW_CODE_MEMBER_IMPLICATED,
                   HW_FIELD_FAMILY_MEMBER_IMPLICATED,
                   member,
                   _ ("This relative may have had a part in it"),
                   hw_record_get (member, HW_FIELD_FAMILY_MEMBER_IMPLICATED) == NULL
                     ? _ ("The question has not been answered yet")
                     : _ ("She cannot be brought to somebody who is implicated or suspected"));
  if (!hw_record_is (member, HW_FIELD_FAMILY_MEMBER_SURVIVOR_WANTS_CONTACT, "yes"))
    hw_gate_unmet (question,
                   HW_CODE_CONTACT_UNWANTED,
                   HW_FIELD_FAMILY_MEMBER_SURVIVOR_WANTS_CONTACT,
                   member,
                   _ ("She has not said that she wants contact with this relative"),
                   NULL);
  if (!hw_record_is (
        question->subject, HW_FIELD_REUNIFICATION_SURVIVOR_CHOICE, hw_record_id (member)))
    hw_gate_unmet (question,
                   HW_CODE_NOT_CHOSEN,
                   HW_FIELD_REUNIFICATION_SURVIVOR_CHOICE,
                   question->subject,
                   _ ("This is not the relative she chose"),
                   _ ("Write down whom she chose; it must be the same person"));
}

static gboolean
any_child (HwGateQuestion *question)
{
  for (guint i = 0; i < question->travellers->len; i++)
    if (hw_facts_is_child (
          question->file, g_ptr_array_index (question->travellers, i), question->day))
      return TRUE;
  return FALSE;
}

/* Of this relative, this choice, this finding: whoever agreed has not agreed to another. What changed
 * before this step has ended the approval by itself (hw-consequences-approval.c). */
static gboolean
is_agreed (HwGateQuestion *question)
{
  return !hw_gate_changes (question, HW_FIELD_REUNIFICATION_MEMBER)
         && !hw_gate_changes (question, HW_FIELD_REUNIFICATION_SURVIVOR_CHOICE)
         && !hw_gate_changes (question, HW_FIELD_REUNIFICATION_ASSESSMENT)
         && hw_facts_approval (
              question->file, "risk", hw_record_id (question->subject), question->now_us)
              != NULL;
}

void
hw_gate_reunification (HwGateQuestion *question)
{
  HwRecord *member = member_of (question);

  if (member == NULL)
    hw_gate_unmet (question,
                   HW_CODE_MEMBER_MISSING,
                   HW_FIELD_REUNIFICATION_MEMBER,
                   question->subject,
                   _ ("The relative is not named"),
                   NULL);
  else
    check_member (question, member);
  if (!hw_record_is (question->subject, HW_FIELD_REUNIFICATION_ASSESSMENT, "suitable")
      && !hw_record_is (
        question->subject, HW_FIELD_REUNIFICATION_ASSESSMENT, "suitable_with_support"))
    hw_gate_unmet (question,
                   HW_CODE_HOME_NOT_SUITABLE,
                   HW_FIELD_REUNIFICATION_ASSESSMENT,
                   question->subject,
                   _ ("The home has not been found suitable"),
                   NULL);
  if (any_child (question) && !is_agreed (question))
    hw_gate_unmet_about (question,
                         HW_CATEGORY_FAMILY,
                         HW_CODE_CHILD_APPROVAL_MISSING,
                         HW_FIELD_APPROVAL_VERDICT,
                         _ ("A child’s reunion needs a supervisor’s approval"),
                         _ ("Ask for an approval of the risk of this reunion"));
}
