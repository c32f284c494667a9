/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What she took back is not begun again without her: a referral goes out, and a family is searched for, only if
 * she has not withdrawn that, or has agreed to it anew. What was done is written down all the same.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-rules-private.h"

#include "base/hw-base.h"

#include <glib/gi18n-lib.h>

static gboolean
is_going_out (HwRecord *referral)
{
  static const char *const live[] = { "sent", "acknowledged", "accepted", NULL };

  return referral != NULL && hw_facts_status_in (referral, live)
         && !hw_record_is (referral, HW_FIELD_REFERRAL_DIRECTION, HW_REFERRAL_DIRECTION_IN);
}

/* To nobody in particular it goes as soon as somebody is named. */
static gboolean
begins_referral (const HwRulesQuestion *question)
{
  return is_going_out (question->after)
         && (!is_going_out (question->before)
             || !hw_value_equal (
               hw_record_get (question->before, HW_FIELD_REFERRAL_ORGANISATION),
               hw_record_get (question->after, HW_FIELD_REFERRAL_ORGANISATION)));
}

static gboolean
is_searching (HwRecord *search)
{
  static const char *const over[]
    = { "contact_declined", "not_found", "deceased", "closed", NULL };

  return search != NULL && hw_record_status (search) != NULL && !hw_facts_status_in (search, over);
}

static HwVerdict *
ask (const HwRulesQuestion *question, const char *purpose, const char *recipient, const char *message)
{
  g_autofree char *today
    = hw_date_of_instant (question->context->now_us, hw_facts_zone (question->file));
  const HwConsentQuestion asked = { .purpose = purpose,
                                    .recipient = recipient,
                                    .person = hw_case_file_survivor (question->file),
                                    .at_us = question->context->now_us,
                                    .day = today };

  return hw_facts_is_withdrawn (question->file, &asked)
           ? hw_verdict_new_refused (HW_REASON_INVALID, HW_FIELD_CONSENT_GRANTED_AT, message)
           : NULL;
}

HwVerdict *
hw_rules_check_sharing (const HwRulesQuestion *question)
{
  HwRecord *after = question->after;

  if (hw_record_type (after) == HW_TYPE_ID_REFERRAL && begins_referral (question))
    return ask (question,
                HW_CONSENT_PURPOSE_REINTEGRATION_REFERRAL,
                hw_record_get_text (after, HW_FIELD_REFERRAL_ORGANISATION),
                _ ("She withdrew her consent to this. Ask her again, and write down what she "
                   "says, before anybody is told of her."));
  if (hw_record_type (after) == HW_TYPE_ID_TRACING_REQUEST && is_searching (after)
      && !is_searching (question->before))
    return ask (question,
                HW_CONSENT_PURPOSE_FAMILY_CONTACT,
                NULL,
                _ ("She withdrew her consent to contact with her family. Ask her again, and write "
                   "down what she says, before anybody looks for them."));
  return NULL;
}
