/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ticket gate: money is spent and a name given to a carrier only when the journey can be made. A
 * seat may be held before any of this, because some missions want the reservation first.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-gates-private.h"

#include "base/hw-base.h"
#include "domain/hw-document-check.h"
#include "domain/hw-exit-list.h"
#include "schema/hw-iso.h"

#include <glib/gi18n-lib.h>

#define DECISION_DAYS 7
#define RISK_DAYS 30

static const char *
arrival_day (HwGateQuestion *question)
{
  return question->journey->arrives_day != NULL ? question->journey->arrives_day : question->day;
}

/* A certificate is read at the counter, so its age counts on the day she leaves. */
static const char *
departure_day (HwGateQuestion *question)
{
  const char *day = question->journey->departs_day;

  return day != NULL && hw_date_days_between (question->day, day) > 0 ? day : question->day;
}

/* Whether by air or by road: papers are judged by the day she leaves, the day she arrives and every
 * country between, so these must be known. */
static void
check_itinerary (HwGateQuestion *question)
{
  const char *detail = NULL;

  if (question->journey->arrives_day == NULL)
    detail = _ ("Papers must be valid on the day she arrives, so that day must be known");
  else if (question->journey->departs_day == NULL)
    detail = _ ("The certificate must be valid on the day she leaves, so that day must be known");
  else if (!hw_journey_is_known (question->journey))
    detail = _ ("Each place is an airport, or ends in its country (“Kigoma, TZ”), so that every country on the "
                "way is known");
  if (detail != NULL)
    hw_gate_unmet (question,
                   HW_CODE_ITINERARY_MISSING,
                   HW_FIELD_SEGMENT_ARRIVES_AT,
                   NULL,
                   _ ("The legs of the journey are not written down"),
                   detail);
}

static gboolean
is_travel_document (HwRecord *document)
{
  return hw_record_get (document, HW_FIELD_TRAVEL_DOCUMENT_KIND) != NULL
         && !hw_record_is (document, HW_FIELD_TRAVEL_DOCUMENT_KIND, "birth_certificate");
}

static gboolean
is_refused_somewhere (HwGateQuestion *question, HwRecord *document, char **countries)
{
  for (guint i = 0; countries[i] != NULL; i++)
    if (hw_document_is_refused_by (document, question->file, countries[i], question->day))
      return TRUE;
  return FALSE;
}

static gboolean
has_good_lines (HwGateQuestion *question, HwRecord *document)
{
  g_autofree char *objection = hw_document_lines_objection (document, question->day);

  return objection == NULL;
}

static void
check_transit_known (HwGateQuestion *question, char **countries)
{
  for (guint i = 0; countries[i] != NULL; i++)
    {
      HwRecord *rule = hw_country_rule_for (question->file, countries[i], question->day);
      g_autofree char *detail = NULL;

      if (rule != NULL && hw_record_get (rule, HW_FIELD_COUNTRY_RULE_ACCEPTED_DOCUMENTS) != NULL)
        continue;
      detail = g_strdup_printf (_ ("The directory does not say which papers %s accepts"),
                                hw_country_name (countries[i]));
      hw_gate_unmet (question,
                     HW_CODE_TRANSIT_UNKNOWN,
                     HW_FIELD_COUNTRY_RULE_ACCEPTED_DOCUMENTS,
                     rule,
                     _ ("The rules of a transit country are not known"),
                     detail);
    }
}

static void
explain_validity (HwGateQuestion *question, HwRecord *best)
{
  const char *expires = hw_record_get_text (best, HW_FIELD_TRAVEL_DOCUMENT_EXPIRES_ON);
  g_autofree char *detail = NULL;

  if (hw_document_is_valid_on (best, arrival_day (question)))
    return;
  detail = expires != NULL ? g_strdup_printf (_ ("It is valid until %s; she arrives on %s"),
                                              expires,
                                              arrival_day (question))
                           : g_strdup (_ ("Until when it is valid is not written down"));
  hw_gate_unmet (question,
                 HW_CODE_DOCUMENT_EXPIRED,
                 HW_FIELD_TRAVEL_DOCUMENT_EXPIRES_ON,
                 best,
                 _ ("The travel document does not reach the day she arrives"),
                 detail);
}

/* One sentence for each country on the way that does not take it. */
static void
explain_transit (HwGateQuestion *question, HwRecord *best, char **countries)
{
  const HwFieldDef *field = hw_schema_field (HW_FIELD_TRAVEL_DOCUMENT_KIND);
  const HwChoice *kind
    = hw_field_choice (field, hw_record_get_text (best, HW_FIELD_TRAVEL_DOCUMENT_KIND));

  for (guint i = 0; countries[i] != NULL; i++)
    {
      g_autofree char *where = NULL;

      if (!hw_document_is_refused_by (best, question->file, countries[i], question->day))
        continue;
      /* Translators: "Ethiopia does not accept this kind of document (Emergency passport)" */
      where = g_strdup_printf (_ ("%s does not accept this kind of document (%s)"),
                               hw_country_name (countries[i]),
                               kind != NULL ? _ (kind->label) : "");
      hw_gate_unmet (question,
                     HW_CODE_DOCUMENT_NOT_ACCEPTED,
                     HW_FIELD_TRAVEL_DOCUMENT_KIND,
                     best,
                     _ ("The travel document is not accepted on the way"),
                     where);
    }
}

static void
explain_document (HwGateQuestion *question, HwRecord *best, char **countries)
{
  g_autofree char *objection = NULL;

  if (best == NULL)
    {
      hw_gate_unmet (question,
                     HW_CODE_DOCUMENT_MISSING,
                     HW_FIELD_TRAVEL_DOCUMENT_KIND,
                     NULL,
                     _ ("There is no travel document"),
                     _ ("Each traveller needs one that has been verified"));
      return;
    }
  if (!hw_document_is_verified (best))
    hw_gate_unmet (question,
                   HW_CODE_DOCUMENT_UNVERIFIED,
                   HW_FIELD_TRAVEL_DOCUMENT_STATUS,
                   best,
                   _ ("The travel document must be verified"),
                   _ ("Somebody must have held it in hand and compared it with her details"));
  objection = hw_document_is_verified (best) ? hw_document_lines_objection (best, question->day) : NULL;
  if (objection != NULL)
    hw_gate_unmet (question,
                   HW_CODE_DOCUMENT_LINES,
                   HW_FIELD_TRAVEL_DOCUMENT_MRZ,
                   best,
                   _ ("The machine-readable lines are not verified"),
                   objection);
  explain_validity (question, best);
  explain_transit (question, best, countries);
}

static gboolean
is_counted (GPtrArray *counted, HwRecord *document)
{
  static const HwFieldId same[]
    = { HW_FIELD_TRAVEL_DOCUMENT_NUMBER, HW_FIELD_TRAVEL_DOCUMENT_ISSUER };
  const char *number = hw_record_get_text (document, HW_FIELD_TRAVEL_DOCUMENT_NUMBER);
  gboolean found = FALSE;

  for (guint i = 0; number != NULL && !found && i < counted->len; i++)
    {
      found = TRUE;
      for (guint n = 0; n < G_N_ELEMENTS (same); n++)
        found &= hw_value_equal (hw_record_get (g_ptr_array_index (counted, i), same[n]),
                                 hw_record_get (document, same[n]));
    }
  return found;
}

/* A document carries no person, because its mission must not learn who else travels; so as many
 * good ones are needed as there are travellers. One that was written down twice is one. */
static void
check_documents (HwGateQuestion *question)
{
  GPtrArray *documents = hw_case_file_of_type (question->file, HW_TYPE_ID_TRAVEL_DOCUMENT);
  g_auto (GStrv) countries = hw_journey_transit_countries (question->journey);
  g_autoptr (GPtrArray) good = g_ptr_array_new ();
  HwRecord *best = NULL;

  check_transit_known (question, countries);
  for (guint i = 0; i < documents->len; i++)
    {
      HwRecord *document = g_ptr_array_index (documents, i);

      if (!is_travel_document (document) || hw_document_is_over (document))
        continue;
      if (hw_document_is_verified (document) && hw_document_is_valid_on (document, arrival_day (question))
          && has_good_lines (question, document)
          && !is_refused_somewhere (question, document, countries))
        {
          if (!is_counted (good, document))
            g_ptr_array_add (good, document);
        }
      else if (best == NULL || hw_document_is_verified (document) || !hw_document_is_verified (best))
        best = document;
    }
  if (good->len < question->travellers->len)
    explain_document (question, best, countries);
}

static void
check_exit (HwGateQuestion *question)
{
  GPtrArray *items = hw_case_file_of_type (question->file, HW_TYPE_ID_EXIT_CLEARANCE);

  if (items->len == 0)
    hw_gate_unmet (question,
                   HW_CODE_EXIT_UNCHECKED,
                   HW_FIELD_EXIT_CLEARANCE_STATUS,
                   NULL,
                   _ ("Nobody has checked whether she may leave the country"),
                   _ ("Write down fines, reports and permits, even where none is needed"));
  for (guint i = 0; i < items->len; i++)
    {
      HwRecord *item = g_ptr_array_index (items, i);
      const HwFieldDef *field = hw_schema_field (HW_FIELD_EXIT_CLEARANCE_ITEM);
      const char *nick = hw_record_get_text (item, HW_FIELD_EXIT_CLEARANCE_ITEM);
      const HwChoice *choice = nick != NULL ? hw_field_choice (field, nick) : NULL;

      if (!hw_exit_is_settled (item))
        hw_gate_unmet (question,
                       HW_CODE_EXIT_OPEN,
                       HW_FIELD_EXIT_CLEARANCE_STATUS,
                       item,
                       _ ("An exit formality is still open"),
                       choice != NULL ? _ (choice->label) : NULL);
    }
}

static HwRecord *
latest_fitness (HwCaseFile *file, HwRecord *person)
{
  GPtrArray *records = hw_case_file_of_type (file, HW_TYPE_ID_FITNESS);
  HwRecord *latest = NULL;

  for (guint i = 0; i < records->len; i++)
    {
      HwRecord *record = g_ptr_array_index (records, i);

      if (!hw_facts_concerns (record, HW_FIELD_FITNESS_PERSON, person))
        continue;
      if (latest == NULL || hw_record_get (record, HW_FIELD_FITNESS_CERTIFIED_ON) == NULL
          || hw_record_get (latest, HW_FIELD_FITNESS_CERTIFIED_ON) == NULL
          || g_strcmp0 (hw_record_get_text (record, HW_FIELD_FITNESS_CERTIFIED_ON),
                        hw_record_get_text (latest, HW_FIELD_FITNESS_CERTIFIED_ON))
               >= 0)
        latest = record;
    }
  return latest;
}

static void
check_fitness_age (HwGateQuestion *question, HwRecord *fitness)
{
  const char *leaves = departure_day (question);
  const char *certified = hw_record_get_text (fitness, HW_FIELD_FITNESS_CERTIFIED_ON);
  const char *until = hw_record_get_text (fitness, HW_FIELD_FITNESS_VALID_UNTIL);
  gboolean limited = hw_record_get (fitness, HW_FIELD_FITNESS_MAX_AGE_DAYS) != NULL;
  gint allowed = (gint)hw_record_get_integer (fitness, HW_FIELD_FITNESS_MAX_AGE_DAYS);
  gint age = certified != NULL ? hw_date_days_between (certified, leaves) : G_MININT;
  g_autofree char *detail = NULL;

  if (certified == NULL || hw_date_days_between (certified, question->day) < -1)
    detail = g_strdup (_ ("The day of the certificate is not written down or has not come"));
  else if (!limited && until == NULL)
    detail = g_strdup (_ ("It does not say how long it is valid"));
  else if (limited && age > allowed)
    {
      g_autofree char *number = hw_facts_number (allowed);

      detail = g_strdup_printf (ngettext ("Certified %d day before she leaves; %s allowed",
                                          "Certified %d days before she leaves; %s are allowed",
                                          age),
                                age,
                                number);
    }
  else if (until != NULL && hw_date_days_between (leaves, until) < 0)
    detail = g_strdup_printf (_ ("It is valid until %s; she leaves on %s"), until, leaves);
  if (detail != NULL)
    hw_gate_unmet (question,
                   HW_CODE_FITNESS_OLD,
                   HW_FIELD_FITNESS_CERTIFIED_ON,
                   fitness,
                   _ ("The fitness certificate must be renewed"),
                   detail);
}

static void
check_fitness (HwGateQuestion *question, HwRecord *person, const char *whose)
{
  HwRecord *fitness = latest_fitness (question->file, person);
  gboolean with_escort;

  if (fitness == NULL)
    {
      hw_gate_unmet (question,
                     HW_CODE_FITNESS_MISSING,
                     HW_FIELD_FITNESS_OUTCOME,
                     NULL,
                     _ ("A fitness certificate is missing"),
                     whose);
      return;
    }
  with_escort = hw_record_is (fitness, HW_FIELD_FITNESS_OUTCOME, "fit_with_escort");
  if (!with_escort && !hw_record_is (fitness, HW_FIELD_FITNESS_OUTCOME, "fit"))
    {
      hw_gate_unmet (question,
                     HW_CODE_FITNESS_UNFIT,
                     HW_FIELD_FITNESS_OUTCOME,
                     fitness,
                     _ ("She is not certified fit to travel"),
                     whose);
      return;
    }
  if (with_escort
      && (hw_record_get (question->subject, HW_FIELD_MOVEMENT_ESCORT) == NULL
          || hw_record_is (question->subject, HW_FIELD_MOVEMENT_ESCORT, "none")))
    hw_gate_unmet (question,
                   HW_CODE_FITNESS_ESCORT,
                   HW_FIELD_MOVEMENT_ESCORT,
                   question->subject,
                   _ ("She is fit to travel only with an escort"),
                   _ ("Choose who escorts her"));
  check_fitness_age (question, fitness);
}

static void
check_risk (HwGateQuestion *question)
{
  gint allowed = hw_facts_office_days (question->file, HW_FIELD_OFFICE_RISK_DAYS, RISK_DAYS);
  HwRecord *assessment = hw_gate_safe_assessment (question);
  g_autofree char *detail = NULL;
  const char *day;
  gint age;

  if (assessment == NULL)
    return;
  day = hw_record_get_text (assessment, HW_FIELD_RISK_ASSESSMENT_ASSESSED_ON);
  age = day != NULL ? hw_date_days_between (day, question->day) : G_MININT;
  /* Written after midnight in a zone ahead of the office, it carries tomorrow's date. */
  if (age >= -1 && age <= allowed)
    return;
  if (age > allowed)
    detail = g_strdup_printf (
      _ ("Last assessed %d days ago; %d are allowed before ticketing"), age, allowed);
  else
    detail = g_strdup (_ ("The day of the assessment is not written down or has not come"));
  hw_gate_unmet (question,
                 HW_CODE_RISK_OLD,
                 HW_FIELD_RISK_ASSESSMENT_ASSESSED_ON,
                 assessment,
                 _ ("Her risks must be assessed again"),
                 detail);
}

static gint
decision_age (HwGateQuestion *question, HwRecord *decision)
{
  g_autofree char *day = NULL;
  gint64 us;

  hw_facts_instant (decision, HW_FIELD_DECISION_CONFIRMED_AT, &us);
  day = hw_date_of_instant (us, hw_facts_zone (question->file));
  return hw_date_days_between (day, question->day);
}

static void
check_decision (HwGateQuestion *question, HwRecord *person, const char *whose)
{
  gint allowed
    = hw_facts_office_days (question->file, HW_FIELD_OFFICE_DECISION_DAYS, DECISION_DAYS);
  HwRecord *newest = hw_facts_decision (question->file, person, 0);
  HwRecord *then = hw_facts_decision (question->file, person, question->at_us);
  g_autofree char *detail = NULL, *number = hw_facts_number (allowed);
  gint age;

  if (newest != NULL
      && (!hw_record_is (newest, HW_FIELD_DECISION_CHOICE, "return")
          || (then != NULL && !hw_record_is (then, HW_FIELD_DECISION_CHOICE, "return"))))
    {
      hw_gate_unmet (question,
                     HW_CODE_DECISION_NOT_RETURN,
                     HW_FIELD_DECISION_CHOICE,
                     newest,
                     _ ("She has not chosen to return"),
                     whose);
      return;
    }
  if (then == NULL)
    {
      hw_gate_unmet (question,
                     HW_CODE_DECISION_MISSING,
                     HW_FIELD_DECISION_CHOICE,
                     NULL,
                     _ ("She has not confirmed her decision"),
                     newest != NULL ? _ ("It is begun, but not confirmed at this moment") : whose);
      return;
    }
  age = decision_age (question, then);
  if (age <= allowed)
    return;
  detail = g_strdup_printf (ngettext ("Last confirmed %d day ago; %s are allowed before ticketing",
                                      "Last confirmed %d days ago; %s are allowed before ticketing",
                                      age),
                            age,
                            number);
  hw_gate_unmet (question,
                 HW_CODE_DECISION_OLD,
                 HW_FIELD_DECISION_CONFIRMED_AT,
                 NULL,
                 _ ("Her decision must be confirmed again"),
                 detail);
}

static void
check_travel_consent (HwGateQuestion *question, HwRecord *person, const char *whose)
{
  HwConsentQuestion asked = {
    .purpose = "travel_booking", .person = person, .at_us = question->at_us, .day = question->day
  };
  g_autofree char *detail = NULL;
  HwRecord *lapsed;

  if (hw_facts_consent (question->file, &asked, &lapsed) != NULL)
    return;
  detail = hw_gate_lapsed_detail (lapsed, whose);
  hw_gate_unmet (question,
                 HW_CODE_TRAVEL_CONSENT_MISSING,
                 HW_FIELD_CONSENT_GRANTED_AT,
                 NULL,
                 _ ("She has not agreed to the booking"),
                 detail);
}

void
hw_gate_ticket (HwGateQuestion *question)
{
  check_itinerary (question);
  check_documents (question);
  check_exit (question);
  check_risk (question);
  for (guint i = 0; i < question->travellers->len; i++)
    {
      HwRecord *person = g_ptr_array_index (question->travellers, i);
      g_autofree char *whose = hw_gate_whose (question, person);

      check_fitness (question, person, whose);
      check_decision (question, person, whose);
      check_travel_consent (question, person, whose);
    }
}
