/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One operation whose consequences are being found, shared by the files that find them.
 */
#pragma once

#include "domain/hw-rules-private.h"

G_BEGIN_DECLS

typedef struct
{
  HwCaseFile *file;
  HwRecord *before; /* (nullable) */
  HwRecord *after;
  HwOperation *cause;
  const HwRulesContext *context;
  const char *zone; /* (nullable) of the office */
  GPtrArray *found; /* (element-type HwOperation) */
} HwEffects;

/* Adds an operation on a record, at most one for each; (transfer none). */
HwOperation *
hw_effect_on (HwEffects *effects, HwAction action, HwTypeId type, const char *record);
/* Sets one field of a record, unless it says so already. */
void
hw_effect_set_text (HwEffects *effects, HwRecord *record, HwFieldId field, const char *text);

/* What an answer told by phone leaves on its request. */
void hw_effects_of_phone (HwEffects *effects);
/* What closing or opening a case again leaves on the case itself. */
void hw_effects_of_closing (HwEffects *effects, const char *today);
void hw_effects_of_reopening (HwEffects *effects);
/* The settings that two supervisors agreed on. */
void hw_effects_of_office_change (HwEffects *effects);

G_END_DECLS
