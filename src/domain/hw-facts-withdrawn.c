/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What she took back. All else rests on being assisted: with that consent every other goes that was
 * given before, and each is asked for anew.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-facts-private.h"

/* What a guardian took back of being assisted is not what the child took back of it: among themselves those
 * stay apart. */
gboolean
hw_facts_withdraws_all (HwRecord *consent, const HwConsentQuestion *question)
{
  return !g_str_equal (question->purpose, HW_CONSENT_PURPOSE_ASSISTANCE)
         && hw_record_is (consent, HW_FIELD_CONSENT_PURPOSE, HW_CONSENT_PURPOSE_ASSISTANCE)
         && hw_record_get (consent, HW_FIELD_CONSENT_WITHDRAWN_AT) != NULL
         && hw_facts_concerns (consent, HW_FIELD_CONSENT_PERSON, question->person);
}

/* TRUE if this sheet is about what is asked. */
static gboolean
covers (HwRecord *consent, const HwConsentQuestion *question)
{
  const char *recipient = hw_record_get_text (consent, HW_FIELD_CONSENT_RECIPIENT);

  return hw_record_is (consent, HW_FIELD_CONSENT_PURPOSE, question->purpose)
         && hw_facts_concerns (consent, HW_FIELD_CONSENT_PERSON, question->person)
         && (recipient == NULL || question->recipient == NULL
             || g_str_equal (recipient, question->recipient));
}

static gboolean
is_in_force (HwCaseFile *file, const HwConsentQuestion *question)
{
  HwConsentQuestion general = *question;
  HwRecord *consent;

  if (hw_facts_consent (file, question, NULL) != NULL)
    return TRUE;
  general.recipient = NULL;
  consent = question->recipient != NULL ? hw_facts_consent (file, &general, NULL) : NULL;
  return consent != NULL && hw_record_get (consent, HW_FIELD_CONSENT_RECIPIENT) == NULL;
}

gboolean
hw_facts_is_withdrawn (HwCaseFile *file, const HwConsentQuestion *question)
{
  GPtrArray *consents = hw_case_file_of_type (file, HW_TYPE_ID_CONSENT);
  gboolean withdrawn = FALSE;

  for (guint i = 0; i < consents->len; i++)
    {
      HwRecord *consent = g_ptr_array_index (consents, i);

      withdrawn |= hw_facts_withdraws_all (consent, question)
                   || (covers (consent, question)
                       && hw_record_get (consent, HW_FIELD_CONSENT_WITHDRAWN_AT) != NULL);
    }
  return withdrawn && !is_in_force (file, question);
}
