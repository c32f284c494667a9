/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * She takes a consent back, or does not want to return (domain.md section 4, end): one action, no
 * reason, and what rested on it stops. What other people hold already cannot be taken back by a rule;
 * there somebody is asked today.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-effects-private.h"

#include "base/hw-base.h"

#include <glib/gi18n-lib.h>

typedef enum
{
  ENDS_REQUESTS = 1 << 0,  /* those of the mission that the consent names; all where it names none */
  ENDS_HOLDS = 1 << 1,     /* seats nobody has paid for */
  ENDS_TICKETS = 1 << 2,   /* and those that were bought */
  ENDS_REFERRALS = 1 << 3, /* to the organisation that it names; to all where it names none */
  ENDS_SEARCHES = 1 << 4,
} Ends;

/* Agreeing to be assisted is what all the others rest on. */
static const struct
{
  const char *purpose;
  Ends ends;
} withdrawals[] = {
  { HW_CONSENT_PURPOSE_ASSISTANCE,
    ENDS_REQUESTS | ENDS_HOLDS | ENDS_TICKETS | ENDS_REFERRALS | ENDS_SEARCHES },
  { HW_CONSENT_PURPOSE_EMBASSY_CONTACT, ENDS_REQUESTS | ENDS_HOLDS },
  { HW_CONSENT_PURPOSE_TRAVEL_BOOKING, ENDS_HOLDS | ENDS_TICKETS },
  { HW_CONSENT_PURPOSE_REINTEGRATION_REFERRAL, ENDS_REFERRALS },
  { HW_CONSENT_PURPOSE_FAMILY_CONTACT, ENDS_SEARCHES },
};

/* ---- Missions ---- */

/* The mission reads one line that gives no reason, and only if it ever saw the request. */
static void
tell_mission (HwEffects *effects, HwRecord *request, guint n)
{
  HwOperation *operation;
  g_autofree char *now = hw_instant_format (effects->context->now_us);

  if (!hw_facts_request_shared (request))
    return;
  operation = hw_effect_create_once (effects, HW_TYPE_ID_EMBASSY_MESSAGE, "withdrawn", n);
  if (operation == NULL)
    return;
  hw_operation_set_text (operation, HW_FIELD_EMBASSY_MESSAGE_REQUEST, hw_record_id (request), 0);
  hw_operation_set_text (operation, HW_FIELD_EMBASSY_MESSAGE_FROM, "caseworker", 0);
  hw_operation_set_text (operation,
                         HW_FIELD_EMBASSY_MESSAGE_TEXT,
                         N_ ("This request has been withdrawn by the office."),
                         0);
  hw_operation_set_text (operation, HW_FIELD_EMBASSY_MESSAGE_AT, now, 0);
}

void
hw_effects_withdraw_requests (HwEffects *effects, const char *mission, const char *const *spared)
{
  GPtrArray *requests = hw_case_file_of_type (effects->file, HW_TYPE_ID_EMBASSY_REQUEST);

  for (guint i = 0; i < requests->len; i++)
    {
      HwRecord *request = g_ptr_array_index (requests, i);

      if (!hw_facts_request_open (request) || hw_record_status (request) == NULL
          || (mission != NULL
              && !hw_record_is (request, HW_FIELD_EMBASSY_REQUEST_MISSION, mission))
          || (spared != NULL && hw_facts_status_in (request, spared)))
        continue;
      tell_mission (effects, request, i);
      hw_effect_set_text (effects, request, HW_FIELD_EMBASSY_REQUEST_STATUS, "withdrawn");
    }
}

/* ---- Travel ---- */

static gboolean
is_bought (HwRecord *movement)
{
  static const char *const bought[] = { "ticketed", "checked_in", "rebooked", NULL };

  return hw_facts_status_in (movement, bought);
}

void
hw_effects_release_holds (HwEffects *effects)
{
  static const char *const held[] = { "requested", "held", "confirmed", NULL };
  GPtrArray *movements = hw_case_file_of_type (effects->file, HW_TYPE_ID_MOVEMENT);

  for (guint i = 0; i < movements->len; i++)
    if (hw_facts_status_in (g_ptr_array_index (movements, i), held))
      hw_effect_set_text (
        effects, g_ptr_array_index (movements, i), HW_FIELD_MOVEMENT_STATUS, "cancelled");
}

/* What was bought cannot be taken back by a rule: somebody must call the carrier. */
void
hw_effects_give_tickets_back (HwEffects *effects)
{
  GPtrArray *movements = hw_case_file_of_type (effects->file, HW_TYPE_ID_MOVEMENT);

  for (guint i = 0; i < movements->len; i++)
    if (is_bought (g_ptr_array_index (movements, i)))
      hw_effect_add_task (effects,
                          "ticket",
                          i,
                          N_ ("She does not travel: give the ticket back"),
                          hw_effect_owner (effects),
                          g_ptr_array_index (movements, i),
                          0);
}

static gboolean
still_travels (HwCaseFile *file)
{
  static const char *const on_the_way[] = { "departed", "in_transit", NULL };
  GPtrArray *movements = hw_case_file_of_type (file, HW_TYPE_ID_MOVEMENT);

  for (guint i = 0; i < movements->len; i++)
    if (is_bought (g_ptr_array_index (movements, i))
        || hw_facts_status_in (g_ptr_array_index (movements, i), on_the_way))
      return TRUE;
  return FALSE;
}

/* ---- Tasks ---- */

static gboolean
is_about_travel (HwEffects *effects, HwRecord *about)
{
  switch (hw_record_type (about))
    {
      case HW_TYPE_ID_MOVEMENT:
      case HW_TYPE_ID_SEGMENT:
      case HW_TYPE_ID_TICKET:
        return TRUE;
      default:
        return FALSE;
    }
}

static gboolean
is_about_a_search (HwEffects *effects, HwRecord *about)
{
  return hw_record_type (about) == HW_TYPE_ID_TRACING_REQUEST
         || hw_record_type (about) == HW_TYPE_ID_TRACING_ACTION;
}

/* A task that a rule made (a review, a ticket to give back) is not a plan. */
static gboolean
is_own_task (HwEffects *effects, HwRecord *task)
{
  const char *author = hw_record_created_by (task);

  if (author != NULL && g_str_has_prefix (author, "system:"))
    return TRUE;
  for (guint i = 0; i < hw_case_file_of_type (effects->file, HW_TYPE_ID_MOVEMENT)->len; i++)
    {
      g_autofree char *id = hw_effect_id (effects, "ticket", i);

      if (g_str_equal (id, hw_record_id (task)))
        return TRUE;
    }
  return FALSE;
}

static void
cancel_tasks (HwEffects *effects, gboolean (*is_about) (HwEffects *effects, HwRecord *about))
{
  GPtrArray *tasks = hw_case_file_of_type (effects->file, HW_TYPE_ID_TASK);

  for (guint i = 0; i < tasks->len; i++)
    {
      HwRecord *task = g_ptr_array_index (tasks, i);
      HwRecord *about
        = hw_case_file_lookup (effects->file, hw_record_get_text (task, HW_FIELD_TASK_ABOUT));

      if (about != NULL && is_about (effects, about) && !is_own_task (effects, task))
        hw_effect_finish_task (effects, task);
    }
}

/* ---- Referrals and searches ---- */

/* The organisation has no account here: what it was told somebody must take back by telling it. */
static void
revoke_referrals (HwEffects *effects, const char *organisation)
{
  static const char *const live[] = { "sent", "acknowledged", "accepted", NULL };
  GPtrArray *referrals = hw_case_file_of_type (effects->file, HW_TYPE_ID_REFERRAL);

  for (guint i = 0; i < referrals->len; i++)
    {
      HwRecord *referral = g_ptr_array_index (referrals, i);

      if (!hw_facts_status_in (referral, live)
          || !hw_record_is (referral, HW_FIELD_REFERRAL_DIRECTION, HW_REFERRAL_DIRECTION_OUT)
          || (organisation != NULL
              && !hw_record_is (referral, HW_FIELD_REFERRAL_ORGANISATION, organisation)))
        continue;
      hw_effect_set_text (effects, referral, HW_FIELD_REFERRAL_STATUS, "revoked");
      hw_effect_add_task (effects,
                          "referral",
                          i,
                          N_ ("A referral is revoked: tell the organisation"),
                          hw_effect_owner (effects),
                          referral,
                          0);
    }
}

static gboolean
has_steps (HwCaseFile *file, HwRecord *search)
{
  GPtrArray *steps = hw_case_file_of_type (file, HW_TYPE_ID_TRACING_ACTION);

  for (guint i = 0; i < steps->len; i++)
    if (hw_record_is (g_ptr_array_index (steps, i),
                      HW_FIELD_TRACING_ACTION_TRACING_REQUEST,
                      hw_record_id (search)))
      return TRUE;
  return FALSE;
}

/* One that nobody has begun is closed; where somebody may be on the road, they are called. */
static void
stop_searches (HwEffects *effects)
{
  static const char *const going_on[]
    = { "open", "in_progress", "possible_match", "located", "verified", "contact_agreed", NULL };
  GPtrArray *searches = hw_case_file_of_type (effects->file, HW_TYPE_ID_TRACING_REQUEST);

  for (guint i = 0; i < searches->len; i++)
    {
      HwRecord *search = g_ptr_array_index (searches, i);

      if (!hw_facts_status_in (search, going_on))
        continue;
      if (g_str_equal (hw_record_status (search), "open") && !has_steps (effects->file, search))
        hw_effect_set_text (effects, search, HW_FIELD_TRACING_REQUEST_STATUS, "closed");
      else
        hw_effect_add_task (effects,
                            "search",
                            i,
                            N_ ("Her family is not to be contacted: stop this search, call who is "
                                "searching"),
                            hw_effect_owner (effects),
                            search,
                            0);
    }
  cancel_tasks (effects, is_about_a_search);
}

/* ---- What follows ---- */

/* A consent given again after the withdrawal, known here before it, stands. */
static gboolean
is_granted_again (HwEffects *effects, HwRecord *consent)
{
  HwRecord *person
    = hw_case_file_lookup (effects->file, hw_record_get_text (consent, HW_FIELD_CONSENT_PERSON));
  g_autofree char *today = hw_date_of_instant (effects->context->now_us, effects->zone);
  HwConsentQuestion asked
    = { .purpose = hw_record_get_text (consent, HW_FIELD_CONSENT_PURPOSE),
        .recipient = hw_record_get_text (consent, HW_FIELD_CONSENT_RECIPIENT),
        .person = person != NULL ? person : hw_case_file_survivor (effects->file),
        .at_us = effects->context->now_us,
        .day = today };

  return hw_facts_consent (effects->file, &asked, NULL) != NULL;
}

static Ends
ends_of (HwRecord *consent)
{
  for (guint i = 0; i < G_N_ELEMENTS (withdrawals); i++)
    if (hw_record_is (consent, HW_FIELD_CONSENT_PURPOSE, withdrawals[i].purpose))
      return withdrawals[i].ends;
  return 0;
}

/* Without the mission she may travel all the same, on a ticket that she has. */
static void
stop (HwEffects *effects, Ends ends, const char *recipient)
{
  if ((ends & ENDS_REQUESTS) != 0)
    hw_effects_withdraw_requests (effects, recipient, NULL);
  if ((ends & ENDS_HOLDS) != 0)
    hw_effects_release_holds (effects);
  if ((ends & ENDS_TICKETS) != 0)
    hw_effects_give_tickets_back (effects);
  if ((ends & ENDS_TICKETS) != 0
      || ((ends & ENDS_HOLDS) != 0 && !still_travels (effects->file)))
    cancel_tasks (effects, is_about_travel);
  if ((ends & ENDS_REFERRALS) != 0)
    revoke_referrals (effects, recipient);
  if ((ends & ENDS_SEARCHES) != 0)
    stop_searches (effects);
}

void
hw_effects_of_consent (HwEffects *effects)
{
  HwRecord *consent = effects->after;
  gboolean whole
    = hw_record_is (consent, HW_FIELD_CONSENT_PURPOSE, HW_CONSENT_PURPOSE_ASSISTANCE);

  if (hw_record_get (consent, HW_FIELD_CONSENT_WITHDRAWN_AT) == NULL
      || (effects->before != NULL
          && hw_record_get (effects->before, HW_FIELD_CONSENT_WITHDRAWN_AT) != NULL)
      || is_granted_again (effects, consent))
    return;
  stop (effects,
        ends_of (consent),
        whole ? NULL : hw_record_get_text (consent, HW_FIELD_CONSENT_RECIPIENT));
}

/* "Undecided" stops the booking; only a choice to stay or to go elsewhere ends the requests. */
void
hw_effects_of_decision (HwEffects *effects)
{
  HwRecord *decision = effects->after;
  const char *choice = hw_record_get_text (decision, HW_FIELD_DECISION_CHOICE);
  HwRecord *person
    = hw_case_file_lookup (effects->file, hw_record_get_text (decision, HW_FIELD_DECISION_PERSON));
  Ends ends = ENDS_HOLDS | ENDS_TICKETS;

  if (choice == NULL || g_str_equal (choice, HW_DECISION_CHOICE_RETURN))
    return;
  if (person == NULL)
    person = hw_case_file_survivor (effects->file);
  if (hw_facts_decision (effects->file, person, 0) != decision)
    return;
  if (hw_facts_is_survivor (person) && !g_str_equal (choice, HW_DECISION_CHOICE_UNDECIDED))
    ends |= ENDS_REQUESTS;
  stop (effects, ends, NULL);
}
