/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which approval would open what: from an unmet condition, or from a closed gate, to the question a
 * supervisor is asked.
 */
#pragma once

#include "domain/hw-rules.h"

G_BEGIN_DECLS

typedef struct
{
  const char *kind;    /* "closure"; (static) */
  HwRecord *subject;   /* (transfer none) of the case file */
  HwGateId gate;       /* NONE unless an override */
  const char *target;  /* override: the status it would open; (static) */
} HwApprovalQuestion;

/* FALSE when no approval meets this condition. code: of an HwCondition. */
gboolean hw_approval_for_condition (HwCaseFile *file, const char *code, HwApprovalQuestion *question);
/* FALSE when this gate can never be overridden for this record. */
gboolean hw_approval_for_override (HwRecord *subject, HwGateId gate, HwApprovalQuestion *question);

/* Adds what is asked to a new approval, in the name of who asks. */
void hw_approval_fill (HwOperation *operation, const HwApprovalQuestion *question, const char *asked_by, const char *reason);

G_END_DECLS
