/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwVerdict: what the rules answered. Immutable once handed out; safe to pass between threads.
 */
#pragma once

#include "schema/hw-value.h"

G_BEGIN_DECLS

typedef enum
{
  HW_OUTCOME_ACCEPTED,
  HW_OUTCOME_REFUSED,
  HW_OUTCOME_PROVISIONAL, /* a scoped desktop lacks the data: the server will say; do not buy, do not send yet */
} HwOutcome;

typedef enum
{
  HW_REASON_NONE,
  HW_REASON_GATE,             /* see gate and conditions */
  HW_REASON_MOVE_NOT_ALLOWED, /* the status table */
  HW_REASON_ROLE,             /* this role may not write this field or type: 403 */
  HW_REASON_NOT_FOUND,        /* no access and non-existence look the same */
  HW_REASON_INVALID,          /* value, required field, reference: 422 */
  HW_REASON_IMMUTABLE,        /* append-only, server-set, never deleted */
  HW_REASON_PARENT_UNKNOWN,
  HW_REASON_REQUEST_CLOSED,
  HW_REASON_SELF_APPROVAL,
} HwReason;
/* "move-not-allowed": a stable word for records and tests; never NULL. */
const char *hw_reason_nick (HwReason reason);

/* One unmet condition: the record and field that would meet it, and a sentence a person understands. */
typedef struct
{
  const char *code;     /* stable, "consent-missing"; (static) */
  HwCategory  category; /* who may not read it is told only that a safety condition is open */
  HwTypeId    type;     /* where it is fixed */
  HwFieldId   field;
  char       *record;   /* (owned) (nullable) existing record to open; NULL: make one of type */
  char       *title;    /* (owned) translated, "Her decision must be confirmed again" */
  char       *detail;   /* (owned) (nullable) translated, "Last confirmed 9 days ago; seven are allowed before ticketing" */
} HwCondition;

typedef struct _HwVerdict HwVerdict;
#define HW_TYPE_VERDICT (hw_verdict_get_type ())
GType      hw_verdict_get_type (void);
HwVerdict *hw_verdict_new_accepted (void);
HwVerdict *hw_verdict_new_refused (HwReason reason, HwFieldId field, const char *message); /* message is translated, names no value */
HwVerdict *hw_verdict_new_gate (HwGateId gate); /* add conditions to it; open while it has none */
void       hw_verdict_add_condition (HwVerdict *verdict, const char *code, HwCategory category, HwTypeId type, HwFieldId field,
                                     const char *record, const char *title, const char *detail);
/* A copy of the condition; record (nullable): what it is about here. */
void       hw_verdict_take_condition (HwVerdict *verdict, const HwCondition *condition, const char *record);
void       hw_verdict_set_provisional (HwVerdict *verdict);
HwVerdict *hw_verdict_ref (HwVerdict *verdict);
void       hw_verdict_unref (HwVerdict *verdict);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HwVerdict, hw_verdict_unref)

HwOutcome        hw_verdict_outcome (HwVerdict *verdict);
gboolean         hw_verdict_open (HwVerdict *verdict); /* accepted */
HwReason         hw_verdict_reason (HwVerdict *verdict);
HwGateId         hw_verdict_gate (HwVerdict *verdict); /* the first that is closed */
/* All that stand in the way, a bit 1 << gate each. For the audit: projecting keeps them, and nobody is told them. */
guint            hw_verdict_gates (HwVerdict *verdict);
/* Before it is handed out: a refusal with a reason of its own that is about this gate too. */
void             hw_verdict_name_gate (HwVerdict *verdict, HwGateId gate);
HwFieldId        hw_verdict_field (HwVerdict *verdict);
const char      *hw_verdict_message (HwVerdict *verdict); /* one sentence; for a gate: its first condition */
GPtrArray       *hw_verdict_conditions (HwVerdict *verdict); /* (element-type HwCondition) (transfer none) */
gboolean         hw_verdict_has (HwVerdict *verdict, const char *code);
/* What this role may be told: conditions it may not read become one "safety condition" (code "safety-condition"); a mission
 * gets only move-not-allowed or request-closed. (transfer full) */
HwVerdict       *hw_verdict_project (HwVerdict *verdict, HwRole role, guint relations);

G_END_DECLS
