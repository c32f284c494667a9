/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One question to one gate, and the gates that answer it.
 */
#pragma once

#include "domain/hw-rules-private.h"

G_BEGIN_DECLS

typedef struct
{
  HwVerdict *verdict;
  HwCaseFile *file;
  HwRecord *before; /* (nullable) the subject before this step */
  HwRecord *subject;
  const char *target;
  gint64 now_us;
  gint64 at_us;          /* when the move happened, by the subject's own word; else now */
  char *day;             /* (owned) the day of at_us at the office */
  GPtrArray *travellers; /* (owned) see hw_facts_travellers */
  HwJourney *journey;    /* (owned) of a movement; empty otherwise */
} HwGateQuestion;

/* Adds a condition whose type and category are those of the field that would meet it.
 * record (nullable): the one to open. detail (nullable). */
void hw_gate_unmet (HwGateQuestion *question,
                    const char *code,
                    HwFieldId field,
                    HwRecord *record,
                    const char *title,
                    const char *detail);

/* Where it says more than the field that would meet it: of which category what it says is. An approval is read by who books
 * the seat; that it is about asylum is not. */
void hw_gate_unmet_about (HwGateQuestion *question,
                          HwCategory category,
                          const char *code,
                          HwFieldId field,
                          const char *title,
                          const char *detail);

/* TRUE if the step itself writes another value: nobody has agreed to that one yet. */
gboolean hw_gate_changes (HwGateQuestion *question, HwFieldId field);

void hw_gate_embassy (HwGateQuestion *question);
void hw_gate_child (HwGateQuestion *question);
void hw_gate_ticket (HwGateQuestion *question);
void hw_gate_departure (HwGateQuestion *question);
void hw_gate_reunification (HwGateQuestion *question);
void hw_gate_closure (HwGateQuestion *question);

/* Shared by the embassy and the ticket gate; NULL after adding its condition. */
HwRecord *hw_gate_safe_assessment (HwGateQuestion *question);

/* "Divine" or, with no name, NULL for the survivor and a neutral word for others. */
char *hw_gate_whose (HwGateQuestion *question, HwRecord *person);

/* Says why a consent that exists does not count. (transfer full) */
char *hw_gate_lapsed_detail (HwRecord *lapsed, const char *otherwise);

G_END_DECLS
