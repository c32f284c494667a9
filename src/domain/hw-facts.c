/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Questions about people, consents, decisions and approvals. Where a record lacks the value that a
 * rule needs, the answer is no: what nobody has written down protects nobody.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-facts-private.h"

#include "base/hw-base.h"
#include "domain/hw-rules.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define ADULT_YEARS 18

const char *
hw_facts_zone (HwCaseFile *file)
{
  HwRecord *office = hw_case_file_office (file);

  return office != NULL ? hw_record_get_text (office, HW_FIELD_OFFICE_ZONE) : NULL;
}

gint
hw_facts_office_days (HwCaseFile *file, HwFieldId field, gint fallback)
{
  HwRecord *office = hw_case_file_office (file);

  if (office == NULL || hw_record_get (office, field) == NULL)
    return fallback;
  return (gint)CLAMP (hw_record_get_integer (office, field), 0, 3650);
}

HwRecord *
hw_facts_latest_risk (HwCaseFile *file)
{
  GPtrArray *records = hw_case_file_of_type (file, HW_TYPE_ID_RISK_ASSESSMENT);
  HwRecord *latest = NULL;

  /* An undated one is the newest thing somebody began: it must not hide behind an older date. */
  for (guint i = 0; i < records->len; i++)
    {
      HwRecord *record = g_ptr_array_index (records, i);
      const char *day = hw_record_get_text (record, HW_FIELD_RISK_ASSESSMENT_ASSESSED_ON);
      const char *best
        = latest != NULL ? hw_record_get_text (latest, HW_FIELD_RISK_ASSESSMENT_ASSESSED_ON) : NULL;

      if (latest == NULL || day == NULL || best == NULL || strcmp (day, best) >= 0)
        latest = record;
    }
  return latest;
}

gboolean
hw_facts_undisputed (HwCaseFile *file,
                     HwRecord *record,
                     HwFieldId field,
                     const char *const *good)
{
  g_autoptr (GPtrArray) offered = hw_case_file_offered (file, field, hw_record_id (record));

  for (guint i = 0; i < offered->len; i++)
    {
      const char *text = hw_value_text (g_ptr_array_index (offered, i));

      if (text == NULL || !g_strv_contains (good, text))
        return FALSE;
    }
  return TRUE;
}

gboolean
hw_facts_risk_is_safe (HwCaseFile *file, HwRecord *assessment)
{
  static const char *const safe[] = { "safe", "safe_with_plan", NULL };
  const char *conclusion = hw_record_get_text (assessment, HW_FIELD_RISK_ASSESSMENT_CONCLUSION);

  return conclusion != NULL && g_strv_contains (safe, conclusion)
         && hw_facts_undisputed (file, assessment, HW_FIELD_RISK_ASSESSMENT_CONCLUSION, safe);
}

gboolean
hw_facts_is_survivor (HwRecord *person)
{
  return person == NULL || hw_record_is (person, HW_FIELD_PERSON_ROLE, "survivor");
}

GPtrArray *
hw_facts_travellers (HwCaseFile *file)
{
  GPtrArray *persons = hw_case_file_of_type (file, HW_TYPE_ID_PERSON);
  GPtrArray *travellers = g_ptr_array_new ();
  HwRecord *survivor = hw_case_file_survivor (file);

  g_ptr_array_add (travellers, survivor);
  for (guint i = 0; i < persons->len; i++)
    if (g_ptr_array_index (persons, i) != survivor)
      g_ptr_array_add (travellers, g_ptr_array_index (persons, i));
  return travellers;
}

gboolean
hw_facts_concerns (HwRecord *record, HwFieldId person_field, HwRecord *person)
{
  const char *named = hw_record_get_text (record, person_field);

  if (named == NULL)
    return hw_facts_is_survivor (person);
  return person != NULL && g_str_equal (named, hw_record_id (person));
}

HwRecord *
hw_facts_age_answer (HwCaseFile *file)
{
  GPtrArray *screenings = hw_case_file_of_type (file, HW_TYPE_ID_SCREENING);

  for (guint i = screenings->len; i > 0; i--)
    if (hw_record_get (g_ptr_array_index (screenings, i - 1), HW_FIELD_SCREENING_IS_MINOR) != NULL)
      return g_ptr_array_index (screenings, i - 1);
  return NULL;
}

const char *
hw_facts_is_minor (HwCaseFile *file)
{
  HwRecord *screening = hw_facts_age_answer (file);

  return screening != NULL ? hw_record_get_text (screening, HW_FIELD_SCREENING_IS_MINOR) : NULL;
}

/* TRUE if anybody says that she is a child and nobody has decided otherwise: an edit that lost a
 * merge is an open question, on whichever screening it stands. */
static gboolean
offered_as_child (HwCaseFile *file, HwRecord *person, const char *day)
{
  GPtrArray *screenings = hw_case_file_of_type (file, HW_TYPE_ID_SCREENING);
  static const char *const adult[] = { "no", "unknown", NULL };
  g_autoptr (GPtrArray) births = NULL;

  for (guint i = 0; person == hw_case_file_survivor (file) && i < screenings->len; i++)
    if (!hw_facts_undisputed (
          file, g_ptr_array_index (screenings, i), HW_FIELD_SCREENING_IS_MINOR, adult))
      return TRUE;
  if (person == NULL)
    return FALSE;
  births = hw_case_file_offered (file, HW_FIELD_PERSON_BIRTH_DATE, hw_record_id (person));
  for (guint i = 0; i < births->len; i++)
    {
      g_autoptr (HwRecord) other = hw_record_copy (person);

      hw_record_set (other, HW_FIELD_PERSON_BIRTH_DATE, g_ptr_array_index (births, i));
      if (hw_facts_born_child (other, day))
        return TRUE;
    }
  return FALSE;
}

/* The latest day the birth can have been, so that an imprecise date never makes anybody older. */
static char *
latest_birth_day (const char *date, const char *precision)
{
  if (g_strcmp0 (precision, "month") == 0 && strlen (date) == 10)
    {
      g_autofree char *first = g_strdup_printf ("%.8s01", date);
      g_autofree char *next = hw_date_add_months (first, 1);

      return next != NULL ? hw_date_add_days (next, -1) : NULL;
    }
  if (g_strcmp0 (precision, "day") == 0)
    return g_strdup (date);
  return g_strdup_printf ("%.4s-12-31", date);
}

/* Completed years at the least, -1 when unknown. */
static gint
least_age (HwRecord *person, const char *day, gboolean *credible)
{
  const char *date, *precision;
  g_autofree char *birth = NULL;

  *credible = FALSE;
  if (person == NULL)
    return -1;
  date = hw_record_get_text (person, HW_FIELD_PERSON_BIRTH_DATE);
  precision = hw_record_get_unit (person, HW_FIELD_PERSON_BIRTH_DATE);
  if (date == NULL)
    return -1;
  *credible = precision != NULL && !g_str_equal (precision, "estimated");
  birth = latest_birth_day (date, precision);
  return birth != NULL ? hw_date_years_between (birth, day) : -1;
}

gboolean
hw_facts_born_child (HwRecord *person, const char *day)
{
  gboolean credible;
  gint age = least_age (person, day, &credible);

  return age >= 0 && age < ADULT_YEARS;
}

gboolean
hw_facts_is_child (HwCaseFile *file, HwRecord *person, const char *day)
{
  /* The answer is hers alone: somebody else marked as a survivor does not grow up by it. */
  const char *said = person == hw_case_file_survivor (file) ? hw_facts_is_minor (file) : NULL;
  gboolean credible;
  gint age = least_age (person, day, &credible);

  if (g_strcmp0 (said, "yes") == 0 || offered_as_child (file, person, day))
    return TRUE;
  if (age >= 0 && age < ADULT_YEARS)
    return TRUE;
  if (g_strcmp0 (said, "no") == 0)
    return FALSE;
  return !(credible && age >= ADULT_YEARS);
}

gboolean
hw_facts_instant (HwRecord *record, HwFieldId field, gint64 *us)
{
  const char *text = hw_record_get_text (record, field);

  return text != NULL && hw_instant_parse (text, us);
}

gboolean
hw_facts_happened (HwRecord *record, HwFieldId field, gint64 now_us)
{
  gint64 us;

  return hw_facts_instant (record, field, &us) && us <= now_us + HW_FACTS_CLOCK_SLACK_US;
}

static gboolean
answers (HwRecord *consent, const HwConsentQuestion *question)
{
  return hw_record_is (consent, HW_FIELD_CONSENT_PURPOSE, question->purpose)
         && (question->recipient == NULL
             || hw_record_is (consent, HW_FIELD_CONSENT_RECIPIENT, question->recipient))
         && (question->form == NULL
             || hw_record_is (consent, HW_FIELD_CONSENT_FORM, question->form))
         && hw_facts_concerns (consent, HW_FIELD_CONSENT_PERSON, question->person);
}

/* An adult consents herself; for a child her guardian may. How it was given must be written. */
static gboolean
is_given_by_her (HwCaseFile *file, HwRecord *consent, const HwConsentQuestion *question)
{
  static const char *const own[] = { "explicit_written", "explicit_oral", NULL };
  const char *form = hw_record_get_text (consent, HW_FIELD_CONSENT_FORM);

  if (question->form != NULL)
    return TRUE; /* asked for by name */
  return form != NULL
         && (g_strv_contains (own, form)
             || hw_facts_is_child (file, question->person, question->day));
}

static gboolean
in_force (HwCaseFile *file,
          HwRecord *consent,
          const HwConsentQuestion *question,
          gint64 last_withdrawal)
{
  static const char *const none[] = { NULL };
  const char *expires = hw_record_get_text (consent, HW_FIELD_CONSENT_EXPIRES_ON);
  gint64 granted;

  if (!hw_facts_instant (consent, HW_FIELD_CONSENT_GRANTED_AT, &granted)
      || granted > question->at_us + HW_FACTS_CLOCK_SLACK_US || granted <= last_withdrawal
      || !is_given_by_her (file, consent, question))
    return FALSE;
  if (hw_record_get (consent, HW_FIELD_CONSENT_WITHDRAWN_AT) != NULL
      || !hw_facts_undisputed (file, consent, HW_FIELD_CONSENT_WITHDRAWN_AT, none))
    return FALSE;
  return expires == NULL || hw_date_days_between (question->day, expires) >= 0;
}

/* She withdraws the thing, not the sheet of paper: what was granted before a withdrawal of the same
 * is over, on whichever record the withdrawal stands. */
static gint64
last_withdrawal (HwCaseFile *file, const HwConsentQuestion *question)
{
  GPtrArray *consents = hw_case_file_of_type (file, HW_TYPE_ID_CONSENT);
  gint64 last = G_MININT64;

  for (guint i = 0; i < consents->len; i++)
    {
      HwRecord *consent = g_ptr_array_index (consents, i);
      gint64 us;

      if ((answers (consent, question) || hw_facts_withdraws_all (consent, question))
          && hw_facts_instant (consent, HW_FIELD_CONSENT_WITHDRAWN_AT, &us))
        last = MAX (last, us);
    }
  return last;
}

HwRecord *
hw_facts_consent (HwCaseFile *file, const HwConsentQuestion *question, HwRecord **lapsed)
{
  GPtrArray *consents = hw_case_file_of_type (file, HW_TYPE_ID_CONSENT);
  gint64 withdrawn = last_withdrawal (file, question);

  if (lapsed != NULL)
    *lapsed = NULL;
  for (guint i = consents->len; i > 0; i--)
    {
      HwRecord *consent = g_ptr_array_index (consents, i - 1);

      if (!answers (consent, question))
        continue;
      if (in_force (file, consent, question, withdrawn))
        return consent;
      if (lapsed != NULL && *lapsed == NULL)
        *lapsed = consent;
    }
  return NULL;
}

static gint64
decision_order (HwRecord *decision)
{
  const char *created = hw_record_created_at (decision);
  gint64 us;

  if (hw_facts_instant (decision, HW_FIELD_DECISION_CONFIRMED_AT, &us))
    return us;
  return created != NULL && hw_instant_parse (created, &us) ? us : G_MAXINT64;
}

HwRecord *
hw_facts_decision (HwCaseFile *file, HwRecord *person, gint64 at_us)
{
  GPtrArray *decisions = hw_case_file_of_type (file, HW_TYPE_ID_DECISION);
  HwRecord *newest = NULL;

  for (guint i = 0; i < decisions->len; i++)
    {
      HwRecord *decision = g_ptr_array_index (decisions, i);

      if (!hw_facts_concerns (decision, HW_FIELD_DECISION_PERSON, person))
        continue;
      if (at_us != 0 && !hw_facts_happened (decision, HW_FIELD_DECISION_CONFIRMED_AT, at_us))
        continue;
      if (newest == NULL || decision_order (decision) >= decision_order (newest))
        newest = decision;
    }
  return newest;
}

gboolean
hw_facts_approval_holds (HwRecord *approval, gint64 now_us)
{
  const char *decided = hw_record_get_text (approval, HW_FIELD_APPROVAL_DECIDED_BY);
  const char *expires = hw_record_get_text (approval, HW_FIELD_APPROVAL_EXPIRES_AT);
  gint64 us;

  if (!hw_record_is (approval, HW_FIELD_APPROVAL_VERDICT, "approved") || decided == NULL
      || hw_record_is (approval, HW_FIELD_APPROVAL_ASKED_BY, decided)
      || g_strcmp0 (hw_record_created_by (approval), decided) == 0)
    return FALSE;
  return expires == NULL || (hw_instant_parse (expires, &us) && us > now_us);
}

HwRecord *
hw_facts_approval (HwCaseFile *file, const char *kind, const char *subject, gint64 now_us)
{
  GPtrArray *approvals = hw_case_file_of_type (file, HW_TYPE_ID_APPROVAL);

  for (guint i = approvals->len; i > 0; i--)
    {
      HwRecord *approval = g_ptr_array_index (approvals, i - 1);

      if (hw_record_is (approval, HW_FIELD_APPROVAL_KIND, kind)
          && hw_record_is (approval, HW_FIELD_APPROVAL_SUBJECT, subject)
          && hw_facts_approval_holds (approval, now_us))
        return approval;
    }
  return NULL;
}

/* Judged by the server's own stamps. A record of which nothing is known opens nothing. */
gboolean
hw_facts_approval_is_newer (HwRecord *approval, HwRecord *subject)
{
  const char *given = hw_record_updated_at (approval);
  const char *written = hw_record_updated_at (subject);
  gint64 given_us, written_us;

  return given != NULL && written != NULL && hw_instant_parse (given, &given_us)
         && hw_instant_parse (written, &written_us) && given_us >= written_us;
}

const HwFieldId hw_facts_told_fields[] = {
  HW_FIELD_EMBASSY_REQUEST_GIVEN_NAMES,
  HW_FIELD_EMBASSY_REQUEST_FAMILY_NAME,
  HW_FIELD_EMBASSY_REQUEST_BIRTH_DATE,
  HW_FIELD_EMBASSY_REQUEST_BIRTH_PLACE,
  HW_FIELD_EMBASSY_REQUEST_NATIONALITY,
  HW_FIELD_EMBASSY_REQUEST_FATHER_NAME,
  HW_FIELD_EMBASSY_REQUEST_MOTHER_NAME,
  HW_FIELD_EMBASSY_REQUEST_PHOTO,
  HW_FIELD_EMBASSY_REQUEST_EVIDENCE,
  HW_FIELD_EMBASSY_REQUEST_PLANNED_TRAVEL_ON,
  HW_FIELD_EMBASSY_REQUEST_RESERVATION_REFERENCE,
  HW_FIELD_NONE,
};

gboolean
hw_facts_mission_is_told (const HwFieldDef *field)
{
  return field->id != hw_schema_type (field->type)->status_field
         && hw_access_may_read (HW_ROLE_EMBASSY_LIAISON, HW_RELATION_MISSION, field);
}

gboolean
hw_facts_status_in (HwRecord *record, const char *const *statuses)
{
  const char *status = hw_record_status (record);

  return status != NULL && g_strv_contains (statuses, status);
}

gboolean
hw_facts_case_closed (HwRecord *header)
{
  static const char *const closed[] = { "closed", "closed_referred", NULL };

  return header != NULL && hw_facts_status_in (header, closed);
}

gboolean
hw_facts_request_shared (HwRecord *request)
{
  static const char *const never_sent[] = { "draft", "ready_to_send", NULL };
  static const char *const perhaps_sent[] = { "withdrawn", "closed", NULL };

  if (hw_record_get (request, HW_FIELD_EMBASSY_REQUEST_SENT_ON) != NULL)
    return TRUE;
  return hw_record_status (request) != NULL && !hw_facts_status_in (request, never_sent)
         && !hw_facts_status_in (request, perhaps_sent);
}

gboolean
hw_facts_request_open (HwRecord *request)
{
  static const char *const over[] = { "closed", "withdrawn", NULL };

  return !hw_facts_status_in (request, over);
}

HwRecord *
hw_facts_active_movement (HwCaseFile *file)
{
  static const char *const over[] = { "cancelled", NULL };
  GPtrArray *movements = hw_case_file_of_type (file, HW_TYPE_ID_MOVEMENT);

  for (guint i = movements->len; i > 0; i--)
    if (!hw_facts_status_in (g_ptr_array_index (movements, i - 1), over))
      return g_ptr_array_index (movements, i - 1);
  return NULL;
}

char *
hw_facts_number (gint number)
{
  static const char *const words[]
    = { N_ ("none"), N_ ("one"),   N_ ("two"),   N_ ("three"), N_ ("four"), N_ ("five"),
        N_ ("six"),  N_ ("seven"), N_ ("eight"), N_ ("nine"),  N_ ("ten") };

  if (number >= 0 && number < (gint)G_N_ELEMENTS (words))
    return g_strdup (_ (words[number]));
  return g_strdup_printf ("%d", number);
}
