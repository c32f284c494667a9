/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Her risks are judged anew while a mission has a request of hers, or seats stand in her name. The
 * gates close by themselves, but what was told is told: somebody must look at it on the same day. What
 * the task says of it is read by everybody who reads tasks, so it says nothing of why.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-effects-private.h"

#include <glib/gi18n-lib.h>

#define TASK_LOOK                                                                                  \
  N_ ("Her risks are judged otherwise now: decide today about what a mission has of her and about "   \
      "her seats")

static gboolean
seeks_protection (HwRecord *assessment)
{
  return assessment != NULL && hw_record_get (assessment, HW_FIELD_RISK_ASSESSMENT_ASYLUM) != NULL
         && !hw_record_is (
           assessment, HW_FIELD_RISK_ASSESSMENT_ASYLUM, HW_RISK_ASSESSMENT_ASYLUM_NONE);
}

static gboolean
is_unsafe (HwRecord *assessment)
{
  return assessment != NULL
         && hw_record_is (assessment,
                          HW_FIELD_RISK_ASSESSMENT_CONCLUSION,
                          HW_RISK_ASSESSMENT_CONCLUSION_NOT_SAFE);
}

static gboolean
is_with_a_mission (HwCaseFile *file)
{
  GPtrArray *requests = hw_case_file_of_type (file, HW_TYPE_ID_EMBASSY_REQUEST);

  for (guint i = 0; i < requests->len; i++)
    if (hw_facts_request_shared (g_ptr_array_index (requests, i))
        && hw_facts_request_open (g_ptr_array_index (requests, i)))
      return TRUE;
  return FALSE;
}

static gboolean
has_seats (HwCaseFile *file)
{
  static const char *const standing[]
    = { "held", "confirmed", "ticketed", "checked_in", "rebooked", NULL };
  GPtrArray *movements = hw_case_file_of_type (file, HW_TYPE_ID_MOVEMENT);

  for (guint i = 0; i < movements->len; i++)
    if (hw_facts_status_in (g_ptr_array_index (movements, i), standing))
      return TRUE;
  return FALSE;
}

void
hw_effects_of_assessment (HwEffects *effects)
{
  gboolean worse = (seeks_protection (effects->after) && !seeks_protection (effects->before))
                   || (is_unsafe (effects->after) && !is_unsafe (effects->before));

  if (worse && (is_with_a_mission (effects->file) || has_seats (effects->file)))
    hw_effect_add_task (
      effects, "risk", 0, TASK_LOOK, hw_effect_owner (effects), effects->after, 0);
}
