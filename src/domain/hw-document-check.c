/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A document that is valid today may not be on the day she lands, and one that her own country
 * issued may not be good enough for the airport where she changes planes.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-document-check.h"

#include "base/hw-base.h"
#include "domain/hw-facts-private.h"
#include "domain/hw-mrz.h"
#include "schema/hw-iso.h"

#include <glib/gi18n-lib.h>

gboolean
hw_document_is_verified (HwRecord *document)
{
  static const char *const verified[] = { HW_TRAVEL_DOCUMENT_STATUS_VERIFIED,
                                          HW_TRAVEL_DOCUMENT_STATUS_HANDED_OVER, NULL };

  return hw_facts_status_in (document, verified);
}

gboolean
hw_document_is_over (HwRecord *document)
{
  static const char *const over[]
    = { HW_TRAVEL_DOCUMENT_STATUS_USED,      HW_TRAVEL_DOCUMENT_STATUS_RETURNED,
        HW_TRAVEL_DOCUMENT_STATUS_LOST,      HW_TRAVEL_DOCUMENT_STATUS_EXPIRED,
        HW_TRAVEL_DOCUMENT_STATUS_CANCELLED, HW_TRAVEL_DOCUMENT_STATUS_REFUSED, NULL };

  return hw_facts_status_in (document, over);
}

gboolean
hw_document_is_valid_on (HwRecord *document, const char *day)
{
  const char *expires = hw_record_get_text (document, HW_FIELD_TRAVEL_DOCUMENT_EXPIRES_ON);

  return expires != NULL && hw_date_days_between (day, expires) >= 0;
}

static HwValue *
accepted_by (HwCaseFile *file, const char *country, const char *day)
{
  HwRecord *rule = hw_country_rule_for (file, country, day);

  return rule != NULL ? hw_record_get (rule, HW_FIELD_COUNTRY_RULE_ACCEPTED_DOCUMENTS) : NULL;
}

gboolean
hw_document_is_refused_by (
  HwRecord *document, HwCaseFile *file, const char *country, const char *day)
{
  HwValue *accepted = accepted_by (file, country, day);

  return accepted != NULL
         && !hw_value_set_contains (
           accepted, hw_record_get_text (document, HW_FIELD_TRAVEL_DOCUMENT_KIND));
}

/* Lines that were never checked, or that do not come out, may be a misread number or a false
 * document: either way not one to buy a ticket on. */
char *
hw_document_lines_objection (HwRecord *document, const char *day)
{
  char *objection = hw_mrz_objection (document, day);

  if (objection != NULL)
    return objection;
  if (hw_record_get_boolean (document, HW_FIELD_TRAVEL_DOCUMENT_MRZ_VERIFIED)
      || (hw_record_get (document, HW_FIELD_TRAVEL_DOCUMENT_MRZ) == NULL
          && hw_record_get (document, HW_FIELD_TRAVEL_DOCUMENT_MRZ_VERIFIED) == NULL))
    return NULL;
  return g_strdup (_ ("Compare them with the document in hand, and say that they were checked"));
}

/* ---- For the page of a document ---- */

static void
check_free (gpointer data)
{
  HwDocumentCheck *check = data;

  g_free (check->title);
  g_free (check->words);
  g_free (check);
}

static void
add_check (GPtrArray *checks, HwDocumentState state, const char *title, char *words)
{
  HwDocumentCheck *check = g_new0 (HwDocumentCheck, 1);

  check->state = state;
  check->title = g_strdup (title);
  check->words = words;
  g_ptr_array_add (checks, check);
}

static void
check_arrival (GPtrArray *checks, HwRecord *document, const char *arrives)
{
  const char *expires = hw_record_get_text (document, HW_FIELD_TRAVEL_DOCUMENT_EXPIRES_ON);
  gint left = arrives != NULL && expires != NULL ? hw_date_days_between (arrives, expires) : 0;

  if (arrives == NULL)
    add_check (checks, HW_DOCUMENT_UNKNOWN, _ ("On arrival"),
               g_strdup (_ ("The day she arrives is not written down yet")));
  else if (expires == NULL)
    add_check (checks, HW_DOCUMENT_BAD, _ ("On arrival"),
               g_strdup (_ ("Until when it is valid is not written down")));
  else if (left < 0)
    add_check (checks, HW_DOCUMENT_BAD, _ ("On arrival"),
               g_strdup_printf (ngettext ("It ends %d day before she arrives",
                                          "It ends %d days before she arrives", -left),
                                -left));
  else
    add_check (checks, HW_DOCUMENT_GOOD, _ ("On arrival"),
               g_strdup_printf (ngettext ("Still valid for %d day after she arrives",
                                          "Still valid for %d days after she arrives", left),
                                left));
}

/* The rule in the office's own words, where it has any, says more than yes or no. */
static char *
with_rule (HwCaseFile *file, const char *country, const char *day, const char *words)
{
  HwRecord *rule = hw_country_rule_for (file, country, day);
  const char *said
    = rule != NULL ? hw_record_get_text (rule, HW_FIELD_COUNTRY_RULE_TRANSIT_RULE) : NULL;

  return said != NULL ? g_strdup_printf ("%s. %s", words, said) : g_strdup (words);
}

static void
check_country (
  GPtrArray *checks, HwCaseFile *file, HwRecord *document, const char *country, const char *day)
{
  HwValue *accepted = accepted_by (file, country, day);
  const char *name = hw_country_name (country);

  if (accepted == NULL)
    add_check (checks, HW_DOCUMENT_UNKNOWN, name,
               g_strdup (_ ("The directory does not say which papers it accepts")));
  else if (hw_document_is_refused_by (document, file, country, day))
    add_check (checks, HW_DOCUMENT_BAD, name,
               with_rule (file, country, day, _ ("Does not accept this kind of document in transit")));
  else
    add_check (checks, HW_DOCUMENT_GOOD, name,
               with_rule (file, country, day, _ ("Accepts this kind of document in transit")));
}

GPtrArray *
hw_document_checks (HwCaseFile *file, HwRecord *document, const char *day)
{
  GPtrArray *checks = g_ptr_array_new_with_free_func (check_free);
  HwRecord *movement = hw_facts_active_movement (file);
  g_autoptr (HwJourney) journey = NULL;
  g_auto (GStrv) countries = NULL;

  if (movement == NULL)
    return checks;
  journey = hw_journey_new (file, movement);
  countries = hw_journey_transit_countries (journey);
  check_arrival (checks, document, journey->arrives_day);
  for (guint i = 0; countries[i] != NULL; i++)
    check_country (checks, file, document, countries[i], day);
  return checks;
}
