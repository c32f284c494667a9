/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One cause whose consequences are being found, shared by the files that find them.
 */
#pragma once

#include "domain/hw-rules-private.h"

G_BEGIN_DECLS

#define REVIEW_DAYS 3 /* 72 hours */

typedef struct
{
  HwCaseFile *file; /* as it is after the change */
  HwRecord *before; /* (nullable) */
  HwRecord *after;
  const char *seed; /* the operation's id, or one made of what ended by itself: all ids come from it */
  const HwRulesContext *context;
  const char *zone; /* (nullable) of the office */
  GPtrArray *found; /* (element-type HwOperation) */
} HwEffects;

/* The record that the n-th use of a rule makes. (transfer full) */
char *hw_effect_id (HwEffects *effects, const char *rule, guint n);
/* The operation on a record, one for each; (transfer none). */
HwOperation *
hw_effect_on (HwEffects *effects, HwAction action, HwTypeId type, const char *record);
/* (transfer none) (nullable): the record is there already. */
HwOperation *
hw_effect_create_once (HwEffects *effects, HwTypeId type, const char *rule, guint n);
/* Sets one field of a record, unless it says so already; text (nullable): empties it. */
void
hw_effect_set_text (HwEffects *effects, HwRecord *record, HwFieldId field, const char *text);
/* A task of the office, once; assignee (nullable). (transfer none) (nullable): it is there already. */
HwOperation *hw_effect_add_task (HwEffects *effects,
                         const char *rule,
                         guint n,
                         const char *title,
                         const char *assignee,
                         HwRecord *about,
                         gint in_days);
/* A task to look again at the step that was made just now, within 72 hours, by somebody else than who made it: where
 * the assignee made it, it waits for any supervisor of the office. */
void hw_effect_add_review (HwEffects *effects,
                           const char *rule,
                           guint n,
                           const char *title,
                           const char *assignee);
void hw_effect_finish_task (HwEffects *effects, HwRecord *task); /* unless it is done */
const char *hw_effect_owner (HwEffects *effects);               /* of the case; (nullable) */
/* TRUE if the change brought the record to this status, or to one of these. */
gboolean hw_effect_reached (HwEffects *effects, const char *status);
gboolean hw_effect_reached_any (HwEffects *effects, const char *const *statuses);

/* FALSE once she said that she stays, goes elsewhere or does not know. */
gboolean hw_effect_still_returns (HwEffects *effects);

/* A consent taken back, a decision, an assessment of her risks, an arrival. */
void hw_effects_of_consent (HwEffects *effects);
void hw_effects_of_decision (HwEffects *effects);
void hw_effects_of_assessment (HwEffects *effects);
void hw_effects_of_arrival (HwEffects *effects);
/* Open requests of a mission become withdrawn, each with its neutral line. mission (nullable): of all;
 * spared (nullable): statuses that end otherwise. */
void hw_effects_withdraw_requests (HwEffects *effects,
                                   const char *mission,
                                   const char *const *spared);
void hw_effects_release_holds (HwEffects *effects);
void hw_effects_give_tickets_back (HwEffects *effects); /* a task for each */
/* What an answer told by phone leaves on its request. */
void hw_effects_of_phone (HwEffects *effects);
/* What closing or opening a case again leaves on the case itself. */
void hw_effects_of_closing (HwEffects *effects, const char *today);
void hw_effects_of_reopening (HwEffects *effects);
/* The settings that two supervisors agreed on. */
void hw_effects_of_office_change (HwEffects *effects);
/* A document that is lost, no longer valid, or there again. */
void hw_effects_of_document (HwEffects *effects);
/* A journey or a leg. */
void hw_effects_of_travel (HwEffects *effects);
/* Approvals of what has changed since. */
void hw_effects_of_what_was_agreed (HwEffects *effects);
/* The entries of the disclosure ledger. */
void hw_effects_of_sharing (HwEffects *effects);

G_END_DECLS
