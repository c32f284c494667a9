/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which record types stand together on the case page. Every type rooted in a case is in exactly one group
 * (a test sees to it), so that a type added to the schema is not lost from the screen.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/cases/hw-case-groups.h"

#include <glib/gi18n.h>

static const HwCaseGroup groups[] = {
  { N_ ("Case and person"), "avatar-default-symbolic", HW_N_TRACKS,
    { HW_TYPE_ID_CASE, HW_TYPE_ID_PERSON, HW_TYPE_ID_PLACEMENT, HW_TYPE_ID_CASE_LINK } },
  { N_ ("Contact"), "call-start-symbolic", HW_N_TRACKS, { HW_TYPE_ID_SAFE_CONTACT, HW_TYPE_ID_CONTACT_LOG } },
  { N_ ("What happened"), "view-paged-symbolic", HW_N_TRACKS,
    { HW_TYPE_ID_SCREENING, HW_TYPE_ID_EXPLOITATION, HW_TYPE_ID_TRAFFICKING_EVENT, HW_TYPE_ID_PERPETRATOR } },
  { N_ ("Safety and decision"), "security-high-symbolic", HW_TRACK_SAFETY,
    { HW_TYPE_ID_RISK_ASSESSMENT, HW_TYPE_ID_RISK_FACTOR, HW_TYPE_ID_DECISION, HW_TYPE_ID_GUARDIANSHIP,
      HW_TYPE_ID_BEST_INTERESTS } },
  { N_ ("Consents and disclosures"), "emblem-ok-symbolic", HW_TRACK_CONSENT,
    { HW_TYPE_ID_CONSENT, HW_TYPE_ID_DISCLOSURE } },
  { N_ ("Embassy"), "mail-send-receive-symbolic", HW_TRACK_EMBASSY,
    { HW_TYPE_ID_EMBASSY_REQUEST, HW_TYPE_ID_EMBASSY_MESSAGE } },
  { N_ ("Travel documents"), "text-x-generic-symbolic", HW_TRACK_DOCUMENTS, { HW_TYPE_ID_TRAVEL_DOCUMENT } },
  { N_ ("Exit clearance"), "changes-allow-symbolic", HW_TRACK_EXIT, { HW_TYPE_ID_EXIT_CLEARANCE } },
  { N_ ("Travel and fitness"), "airplane-mode-symbolic", HW_TRACK_TRAVEL,
    { HW_TYPE_ID_MOVEMENT, HW_TYPE_ID_SEGMENT, HW_TYPE_ID_TICKET, HW_TYPE_ID_FITNESS, HW_TYPE_ID_CLINICAL_NOTE } },
  { N_ ("Reception"), "go-home-symbolic", HW_TRACK_RECEPTION, { HW_TYPE_ID_RECEPTION } },
  { N_ ("Family"), "system-users-symbolic", HW_TRACK_FAMILY,
    { HW_TYPE_ID_FAMILY_MEMBER, HW_TYPE_ID_TRACING_REQUEST, HW_TYPE_ID_TRACING_ACTION, HW_TYPE_ID_REUNIFICATION } },
  { N_ ("Support and follow-up"), "alarm-symbolic", HW_TRACK_REINTEGRATION,
    { HW_TYPE_ID_SUPPORT_PLAN, HW_TYPE_ID_FOLLOW_UP, HW_TYPE_ID_REFERRAL } },
  { N_ ("Tasks, notes and papers"), "view-list-symbolic", HW_N_TRACKS,
    { HW_TYPE_ID_TASK, HW_TYPE_ID_NOTE, HW_TYPE_ID_ATTACHMENT } },
  { N_ ("Approvals and access"), "channel-secure-symbolic", HW_N_TRACKS,
    { HW_TYPE_ID_APPROVAL, HW_TYPE_ID_CASE_ACCESS } },
};

const HwCaseGroup *
hw_case_groups (guint *count)
{
  *count = G_N_ELEMENTS (groups);
  return groups;
}

const HwCaseGroup *
hw_case_group_of_type (HwTypeId type)
{
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    for (guint j = 0; groups[i].types[j] != HW_TYPE_ID_NONE; j++)
      if (groups[i].types[j] == type)
        return &groups[i];
  return NULL;
}

const HwCaseGroup *
hw_case_group_of_track (HwTrack track)
{
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    if (groups[i].track == track)
      return &groups[i];
  g_assert_not_reached ();
}

static void
append_count (GString *words, const HwTypeDef *def, guint n)
{
  g_autofree char *label = g_utf8_strdown (n == 1 ? _ (def->label) : _ (def->plural), -1);

  if (words->len > 0)
    g_string_append (words, ", ");
  g_string_append_printf (words, "%u %s", n, label);
}

char *
hw_case_group_words (const HwCaseGroup *group, HwCaseFile *file)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; group->types[i] != HW_TYPE_ID_NONE; i++)
    {
      guint n = hw_case_file_of_type (file, group->types[i])->len;

      if (n > 0 && group->types[i] != HW_TYPE_ID_CASE && group->types[i] != HW_TYPE_ID_CASE_LINK)
        append_count (words, hw_schema_type (group->types[i]), n);
    }
  if (words->len == 0)
    g_string_append (words, _ ("Nothing yet"));
  return g_string_free (words, FALSE);
}

gboolean
hw_case_group_tells_type (HwTypeId type, HwCaseFile *file, HwRole role, guint relations)
{
  const HwTypeDef *def = hw_schema_type (type);

  if (!hw_access_may_see_type (role, type))
    return FALSE;
  for (guint i = 0; i < def->n_fields; i++)
    if (hw_access_may_read (role, relations, &def->fields[i]))
      return TRUE;
  return hw_case_file_of_type (file, type)->len > 0;
}

gboolean
hw_case_group_visible (const HwCaseGroup *group, HwCaseFile *file, HwRole role, guint relations)
{
  for (guint i = 0; group->types[i] != HW_TYPE_ID_NONE; i++)
    if (group->types[i] != HW_TYPE_ID_CASE_LINK
        && hw_case_group_tells_type (group->types[i], file, role, relations))
      return TRUE;
  return FALSE;
}

const char *
hw_case_group_label (const HwCaseGroup *group, HwCaseFile *file, HwRole role, guint relations)
{
  HwTypeId only = HW_TYPE_ID_NONE;
  guint told = 0, types = 0;

  for (guint i = 0; group->types[i] != HW_TYPE_ID_NONE; i++)
    {
      types++;
      if (!hw_case_group_tells_type (group->types[i], file, role, relations))
        continue;
      told++;
      only = group->types[i];
    }
  return types > 1 && told == 1 ? hw_schema_type (only)->plural : group->label;
}

gboolean
hw_case_track_told (HwTrack track, HwRole role, guint relations)
{
  static const HwFieldId decisive[HW_N_TRACKS] = {
    [HW_TRACK_SAFETY] = HW_FIELD_RISK_ASSESSMENT_CONCLUSION,
    [HW_TRACK_CONSENT] = HW_FIELD_CONSENT_PURPOSE,
    [HW_TRACK_EMBASSY] = HW_FIELD_EMBASSY_REQUEST_STATUS,
    [HW_TRACK_DOCUMENTS] = HW_FIELD_TRAVEL_DOCUMENT_STATUS,
    [HW_TRACK_EXIT] = HW_FIELD_EXIT_CLEARANCE_STATUS,
    [HW_TRACK_TRAVEL] = HW_FIELD_MOVEMENT_STATUS,
    [HW_TRACK_RECEPTION] = HW_FIELD_RECEPTION_CONFIRMED_AT,
    [HW_TRACK_FAMILY] = HW_FIELD_REUNIFICATION_STATUS,
    [HW_TRACK_REINTEGRATION] = HW_FIELD_FOLLOW_UP_STATUS,
  };

  return hw_access_may_read (role, relations, hw_schema_field (decisive[track]));
}
