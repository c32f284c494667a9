/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the parts of the rules share among themselves.
 */
#pragma once

#include "domain/hw-condition.h"
#include "domain/hw-facts-private.h"
#include "domain/hw-rules.h"

G_BEGIN_DECLS

/* Copies conditions from another gate's verdict. */
void hw_verdict_take_conditions (HwVerdict *verdict, HwVerdict *from);
/* The conditions that lie in what this role reads, and no word of others; *hidden: there are others. (transfer full) */
HwVerdict *
hw_verdict_readable (HwVerdict *verdict, HwRole role, guint relations, gboolean *hidden);

/* TRUE if a cell of this category lets the role read the field. */
gboolean
hw_access_reads_category (HwRole role, guint relations, HwCategory category, HwFieldId field);

/* Like hw_gate_evaluate, for the person who makes the move: an override serves only who asked for
 * it. before (nullable): the subject as it was: an approval is not of what this step changes. user
 * (nullable): anybody. *used: (out) (nullable) (transfer none) the override that opened it. */
HwVerdict *hw_gate_evaluate_for (HwGateId gate,
                                 HwCaseFile *file,
                                 HwRecord *before,
                                 HwRecord *subject,
                                 const char *target_status,
                                 const char *user,
                                 const HwRulesContext *context,
                                 HwRecord **used);

/* The unused approval that lets this case be closed now; (nullable) (transfer none). */
HwRecord *hw_gate_closure_approval (HwCaseFile *file, HwRecord *subject, gint64 now_us);

/* FALSE if the moment the subject gives for this move lies ahead of now. */
gboolean hw_gate_event_has_come (HwRecord *subject,
                                 const char *target_status,
                                 const HwRulesContext *context,
                                 HwFieldId *field);

/* TRUE if the moment lies more than a day back: the windows were judged by it. */
gboolean hw_gate_event_is_late (HwRecord *subject,
                                const char *target_status,
                                const HwRulesContext *context);

/* One operation as it is judged: the record before and as it would be. */
typedef struct
{
  HwCaseFile *file;
  HwRecord *before; /* (nullable) */
  HwRecord *after;  /* (nullable) */
  const HwActor *actor;
  HwOperation *operation;
  guint relations;
  const HwRulesContext *context;
} HwRulesQuestion;

/* What an ordinary edit may not undo; NULL: nothing of that kind. (transfer full) */
HwVerdict *hw_rules_check_lasting (const HwRulesQuestion *question);

/* What she took back and is begun again; NULL: nothing of that kind. (transfer full) */
HwVerdict *hw_rules_check_sharing (const HwRulesQuestion *question);

/* Who is named must exist and be of a role that can hold it; NULL: so they are. (transfer full) */
HwVerdict *hw_rules_check_people (const HwRulesQuestion *question);
/* Who may ask what and who may answer; NULL: they may. (transfer full) */
HwVerdict *hw_rules_check_approval (const HwRulesQuestion *question);
/* The gate an approval names; HW_GATE_NONE: none. */
HwGateId hw_rules_gate_of (HwRecord *approval);
/* What may not be deleted; NULL: this may. (transfer full) */
HwVerdict *hw_rules_check_kept (const HwRulesQuestion *question);

/* TRUE if the move starts beyond this gate. */
gboolean hw_gate_is_behind (const HwMoveDef *move, HwGateId gate);

G_END_DECLS
