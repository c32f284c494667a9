/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An approval is of what stood there when it was given. When that changes, the approval ends by
 * itself: another relative, another reason for closing, is asked about anew.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-effects-private.h"

#include "base/hw-base.h"

typedef struct
{
  HwTypeId type;
  const char *kind;
  HwFieldId agreed[4]; /* ends with HW_FIELD_NONE */
} Agreement;

static const Agreement agreements[] = {
  { HW_TYPE_ID_CASE, "closure", { HW_FIELD_CASE_CLOSURE_REASON } },
  { HW_TYPE_ID_REUNIFICATION,
    "risk",
    { HW_FIELD_REUNIFICATION_MEMBER,
      HW_FIELD_REUNIFICATION_SURVIVOR_CHOICE,
      HW_FIELD_REUNIFICATION_ASSESSMENT } },
};

static gboolean
has_changed (HwEffects *effects, const HwFieldId *fields)
{
  for (guint i = 0; fields[i] != HW_FIELD_NONE; i++)
    if (!hw_value_equal (hw_record_get (effects->before, fields[i]),
                         hw_record_get (effects->after, fields[i])))
      return TRUE;
  return FALSE;
}

static void
end_approvals (HwEffects *effects, const char *kind)
{
  GPtrArray *approvals = hw_case_file_of_type (effects->file, HW_TYPE_ID_APPROVAL);
  g_autofree char *now = hw_instant_format (effects->context->now_us);

  for (guint i = 0; i < approvals->len; i++)
    {
      HwRecord *approval = g_ptr_array_index (approvals, i);

      if (hw_record_is (approval, HW_FIELD_APPROVAL_KIND, kind)
          && hw_record_is (approval, HW_FIELD_APPROVAL_SUBJECT, hw_record_id (effects->after))
          && hw_record_get (approval, HW_FIELD_APPROVAL_USED_BY) == NULL
          && hw_facts_approval_holds (approval, effects->context->now_us))
        hw_effect_set_text (effects, approval, HW_FIELD_APPROVAL_EXPIRES_AT, now);
    }
}

void
hw_effects_of_what_was_agreed (HwEffects *effects)
{
  for (guint i = 0; effects->before != NULL && i < G_N_ELEMENTS (agreements); i++)
    if (hw_record_type (effects->after) == agreements[i].type
        && has_changed (effects, agreements[i].agreed))
      end_approvals (effects, agreements[i].kind);
}
