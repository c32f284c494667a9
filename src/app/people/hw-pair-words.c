/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reasons are said as the schema says them, so that screen and contract never differ.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/people/hw-pair-words.h"

#include <glib/gi18n.h>

char *
hw_pair_words_case (HwStore *store, const char *case_id)
{
  g_autoptr (HwRecord) record = hw_store_get_record (store, HW_TYPE_ID_CASE, case_id, NULL);
  const char *pseudonym
    = record != NULL ? hw_record_get_text (record, HW_FIELD_CASE_PSEUDONYM) : NULL;
  const char *code = record != NULL ? hw_record_get_text (record, HW_FIELD_CASE_CODE) : NULL;

  return g_strdup_printf ("%s, %s",
                          pseudonym != NULL ? pseudonym : _ ("No name yet"),
                          code != NULL ? code : _ ("no code yet"));
}

/* The nicks of what sets two cases apart all begin so. */
static gboolean
speaks_against (const char *reason)
{
  return g_str_has_prefix (reason, "other_");
}

char *
hw_pair_words_reasons (const char *const *reasons, gboolean against)
{
  const HwFieldDef *field = hw_schema_field (HW_FIELD_CASE_LINK_REASONS);
  GString *words = g_string_new (NULL);

  for (guint i = 0; reasons != NULL && reasons[i] != NULL; i++)
    {
      const HwChoice *choice = hw_field_choice (field, reasons[i]);

      if (choice == NULL || speaks_against (reasons[i]) != against)
        continue;
      g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", _ (choice->label));
    }
  return g_string_free (words, FALSE);
}
