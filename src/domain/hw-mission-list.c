/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Missions write what they want in their own words, in English or French. Words that name a field
 * of the request are looked for there; anything else may be among the papers attached, by name.
 * What is not found is never called present.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-mission-list.h"

#include "base/hw-base.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SHORTEST_TELLING 4

/* A word that begins with the stem asks for the field. */
static const struct
{
  const char *stem; /* folded */
  HwFieldId fields[3];
} wanted[] = {
  { "photo", { HW_FIELD_EMBASSY_REQUEST_PHOTO } },
  { "reserv", { HW_FIELD_EMBASSY_REQUEST_RESERVATION_REFERENCE } },
  { "parent", { HW_FIELD_EMBASSY_REQUEST_FATHER_NAME, HW_FIELD_EMBASSY_REQUEST_MOTHER_NAME } },
  { "father", { HW_FIELD_EMBASSY_REQUEST_FATHER_NAME } },
  { "mother", { HW_FIELD_EMBASSY_REQUEST_MOTHER_NAME } },
  { "pere", { HW_FIELD_EMBASSY_REQUEST_FATHER_NAME } },
  { "mere", { HW_FIELD_EMBASSY_REQUEST_MOTHER_NAME } },
  { "commune", { HW_FIELD_EMBASSY_REQUEST_BIRTH_PLACE } },
  { "birthplace", { HW_FIELD_EMBASSY_REQUEST_BIRTH_PLACE } },
};

/* Words that stand in many requirements and tell none from another. */
static const char *const common[]
  = { "copy", "copies", "copie", "certificate", "certified", "original", "with", "from", "names",
      "office", "letter", "lettre", "report", "other", "both", "their", "document", "paper", NULL };

static void
entry_free (gpointer data)
{
  HwMissionEntry *entry = data;

  g_free (entry->requirement);
  g_free (entry->words);
  g_free (entry);
}

static void
answer (HwMissionEntry *entry, HwMissionState state, HwFieldId field, const char *words)
{
  entry->state = state;
  entry->field = field;
  g_free (entry->words);
  entry->words = g_strdup (words);
}

/* Every field that a word of it asks for must be filled; the first that is not is named. */
static gboolean
ask_fields (HwMissionEntry *entry, char **words, HwRecord *request)
{
  HwFieldId empty = HW_FIELD_NONE, found = HW_FIELD_NONE;

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    for (guint j = 0; words[j] != NULL; j++)
      for (guint k = 0; g_str_has_prefix (words[j], wanted[i].stem) && k < 3
                        && wanted[i].fields[k] != HW_FIELD_NONE;
           k++)
        {
          found = wanted[i].fields[k];
          if (empty == HW_FIELD_NONE && hw_record_get (request, found) == NULL)
            empty = found;
        }
  if (found == HW_FIELD_NONE)
    return FALSE;
  if (empty != HW_FIELD_NONE)
    {
      g_autofree char *missing
        = g_strdup_printf (_ ("Not on the request: %s"), _ (hw_schema_field (empty)->label));

      answer (entry, HW_MISSION_LACK, empty, missing);
      return TRUE;
    }
  answer (entry, HW_MISSION_HAVE, found, _ ("On the request"));
  return TRUE;
}

static gboolean
is_telling (const char *word)
{
  return strlen (word) >= SHORTEST_TELLING && !g_strv_contains (common, word);
}

/* An attached paper whose name has a telling word of the requirement. (nullable) */
static const char *
find_paper (HwCaseFile *file, HwRecord *request, char **words)
{
  const char *const *papers = hw_record_get_set (request, HW_FIELD_EMBASSY_REQUEST_EVIDENCE);

  for (guint i = 0; papers[i] != NULL; i++)
    {
      HwRecord *paper = hw_case_file_lookup (file, papers[i]);
      const char *name = paper != NULL ? hw_record_get_text (paper, HW_FIELD_ATTACHMENT_NAME) : NULL;
      g_autofree char *folded = name != NULL ? hw_fold (name) : NULL;

      for (guint j = 0; folded != NULL && words[j] != NULL; j++)
        if (is_telling (words[j]) && strstr (folded, words[j]) != NULL)
          return name;
    }
  return NULL;
}

static HwMissionEntry *
make_entry (HwCaseFile *file, HwRecord *request, const char *requirement)
{
  HwMissionEntry *entry = g_new0 (HwMissionEntry, 1);
  g_autofree char *folded = hw_fold (requirement);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  const char *paper = find_paper (file, request, words);

  entry->requirement = g_strdup (requirement);
  if (paper != NULL)
    {
      g_autofree char *attached = g_strdup_printf (_ ("Attached: %s"), paper);

      answer (entry, HW_MISSION_HAVE, HW_FIELD_EMBASSY_REQUEST_EVIDENCE, attached);
    }
  else if (!ask_fields (entry, words, request))
    answer (entry,
            HW_MISSION_UNKNOWN,
            HW_FIELD_NONE,
            _ ("Not among the papers attached: see to it yourself"));
  return entry;
}

GPtrArray *
hw_mission_list_new (HwCaseFile *file, HwRecord *request)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func (entry_free);
  const char *mission = hw_record_get_text (request, HW_FIELD_EMBASSY_REQUEST_MISSION);
  HwRecord *profile = mission != NULL ? hw_case_file_lookup (file, mission) : NULL;
  const char *const *requirements;

  if (profile == NULL || hw_record_type (profile) != HW_TYPE_ID_ORGANISATION)
    return entries;
  requirements = hw_record_get_set (profile, HW_FIELD_ORGANISATION_REQUIREMENTS);
  for (guint i = 0; requirements[i] != NULL; i++)
    g_ptr_array_add (entries, make_entry (file, request, requirements[i]));
  return entries;
}
