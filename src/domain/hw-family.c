/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A call that reaches the uncle who sold her, or the husband who answers her telephone, cannot be
 * taken back: so what could lead to one is withheld rather than warned of.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-family.h"

#include "base/hw-base.h"

gboolean
hw_family_kept_away (HwRecord *member)
{
  return hw_record_is (
           member, HW_FIELD_FAMILY_MEMBER_IMPLICATED, HW_FAMILY_MEMBER_IMPLICATED_YES)
         || hw_record_is (
           member, HW_FIELD_FAMILY_MEMBER_IMPLICATED, HW_FAMILY_MEMBER_IMPLICATED_SUSPECTED);
}

gboolean
hw_family_hides (HwRole role, HwRecord *record, HwFieldId field)
{
  return (field == HW_FIELD_FAMILY_MEMBER_PHONE || field == HW_FIELD_FAMILY_MEMBER_PLACE)
         && role != HW_ROLE_CASEWORKER && role != HW_ROLE_SUPERVISOR
         && hw_family_kept_away (record);
}

HwVisitState
hw_visit_state (HwRecord *visit, const char *today)
{
  const char *due = hw_record_get_text (visit, HW_FIELD_FOLLOW_UP_DUE_ON);
  gint64 window = hw_record_get_integer (visit, HW_FIELD_FOLLOW_UP_WINDOW_DAYS);
  gint days;

  if (hw_record_is (visit, HW_FIELD_FOLLOW_UP_STATUS, HW_FOLLOW_UP_STATUS_UNSAFE_TO_CONTACT))
    return HW_VISIT_UNSAFE;
  if (hw_record_status (visit) != NULL
      && !hw_record_is (visit, HW_FIELD_FOLLOW_UP_STATUS, HW_FOLLOW_UP_STATUS_DUE)
      && !hw_record_is (visit, HW_FIELD_FOLLOW_UP_STATUS, HW_FOLLOW_UP_STATUS_SCHEDULED))
    return HW_VISIT_OVER;
  if (due == NULL)
    return HW_VISIT_COMING;
  days = hw_date_days_between (today, due);
  if (days > window)
    return HW_VISIT_COMING;
  return days < -window ? HW_VISIT_LATE : HW_VISIT_DUE;
}

static gint64
updated_us (HwRecord *record)
{
  const char *at = hw_record_updated_at (record);
  gint64 us = 0;

  return at != NULL && hw_instant_parse (at, &us) ? us : 0;
}

static HwRecord *
last_known_visit (HwCaseFile *file)
{
  GPtrArray *visits = hw_case_file_of_type (file, HW_TYPE_ID_FOLLOW_UP);
  HwRecord *last = NULL;

  for (guint i = 0; i < visits->len; i++)
    {
      HwRecord *visit = g_ptr_array_index (visits, i);

      if ((hw_record_is (visit, HW_FIELD_FOLLOW_UP_STATUS, HW_FOLLOW_UP_STATUS_DONE)
           || hw_record_is (
             visit, HW_FIELD_FOLLOW_UP_STATUS, HW_FOLLOW_UP_STATUS_UNSAFE_TO_CONTACT))
          && (last == NULL || updated_us (visit) >= updated_us (last)))
        last = visit;
    }
  return last;
}

HwRecord *
hw_visit_unsafe (HwCaseFile *file)
{
  HwRecord *visit = last_known_visit (file);
  HwRecord *contact = hw_case_file_latest (file, HW_TYPE_ID_SAFE_CONTACT);

  if (visit == NULL
      || !hw_record_is (
        visit, HW_FIELD_FOLLOW_UP_STATUS, HW_FOLLOW_UP_STATUS_UNSAFE_TO_CONTACT))
    return NULL;
  if (contact != NULL && updated_us (contact) > updated_us (visit)
      && hw_record_is (contact, HW_FIELD_SAFE_CONTACT_SAFE, HW_SAFE_CONTACT_SAFE_YES))
    return NULL;
  return visit;
}
