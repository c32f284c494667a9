/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rules, as pure functions: the same code judges on the desktop and on the server.
 */
#pragma once

#include "domain/hw-case-file.h"
#include "domain/hw-operation.h"
#include "domain/hw-verdict.h"

G_BEGIN_DECLS

typedef struct
{
  gint64   now_us;    /* real time, microseconds since 1970 UTC */
  gboolean on_server; /* FALSE: verdicts that would open on an incomplete case file are provisional */
  /* Accounts, as the server knows them; NULL on a desktop, which leaves these questions to the server.
   * Both are asked on the committing thread. */
  gboolean (*find_user) (const char *user, HwRole *role, gpointer people); /* TRUE: may sign in */
  gboolean (*mission_signs_in) (const char *mission, gpointer people);
  gpointer people; /* (unowned) */
} HwRulesContext;

/* TRUE for the gates that an emergency override can open; never for the embassy and the child. */
gboolean hw_gate_can_be_overridden (HwGateId gate);

/* Gate of domain.md section 4 for a subject (the request, movement, reunification or case moved to
 * target_status). (transfer full) */
HwVerdict *hw_gate_evaluate (HwGateId gate, HwCaseFile *file, HwRecord *subject, const char *target_status,
                             const HwRulesContext *context);

/* Judges one operation against the case file as it was before (file) — the record is merged first:
 * `after` is the record as it would be. Checks: role and field rights, required fields, server-set
 * and append-only, references, the status table, gates. `relations` of the actor to the case.
 * *breach: (out) (nullable) set for an observation accepted past a closed gate. (transfer full) */
HwVerdict *hw_rules_check (HwCaseFile *file, HwRecord *before, HwRecord *after, HwOperation *operation, const HwActor *actor,
                           guint relations, const HwRulesContext *context, HwVerdict **breach);

/* Moves this role may make from here now, gates not yet asked: (transfer container) of const HwMoveDef. */
GPtrArray *hw_workflow_moves (HwRecord *record, HwRole role);
/* Those of somebody else that this role writes down when she heard of them, where whoever makes them has no account. */
GPtrArray *hw_workflow_told (HwRecord *record, HwRole role);

/* domain.md section 5. `relations` from hw_access_relations or the server's scope. */
/* What "author" means of a record: they made it, it is the task they were given, or it is the review of another's step and they
 * are a supervisor. */
gboolean hw_access_is_own (HwRecord *record, const HwActor *actor);
/* Nobody reviews their own step; actor: who would say that the review is done. */
gboolean hw_access_is_self_review (HwRecord *task, const HwActor *actor);
/* An ended referral gives no relation to the case (HW_RELATION_REFERRED is never among hw_access_relations): who made it keeps
 * its last status, and the code of the case, as the feed told them when it ended. */
gboolean hw_access_is_ended_referral (HwRecord *record, const char *user);
gboolean hw_access_has_ended_referral (HwCaseFile *file, const char *user);
guint    hw_access_relations (HwCaseFile *file, HwRecord *record, const HwActor *actor, gint64 now_us); /* record (nullable): the case */
gboolean hw_access_may_read (HwRole role, guint relations, const HwFieldDef *field);
gboolean hw_access_may_write (HwRole role, guint relations, const HwFieldDef *field);
gboolean hw_access_may_see_type (HwRole role, HwTypeId type); /* ever, under some relation */
gboolean hw_access_may_create (HwRole role, guint relations, HwTypeId type);

/* Merge one field (sync.md, Push). device_wrote_last: the current value came from this same device's queue. */
typedef enum
{
  HW_MERGED_UNCHANGED, /* equal already */
  HW_MERGED_APPLIED,
  HW_MERGED_MERGED,    /* sets joined, or `last` over a newer value */
  HW_MERGED_CONFLICT,  /* current stays, offered becomes an open conflict */
  HW_MERGED_REFUSED,   /* append-only field already set */
} HwMerged;
HwMerged hw_merge_field (const HwFieldDef *field, HwValue *current, guint64 current_rev, gboolean device_wrote_last,
                         const HwFieldChange *change, HwValue **result);

/* Consequences (domain.md section 4, end): what follows from an accepted operation. Ids are UUIDv5 of (operation id, rule, n).
 * (transfer full) (element-type HwOperation), with origin SYSTEM; never pushed. */
GPtrArray *hw_consequences (HwCaseFile *file, HwRecord *before, HwRecord *after, HwOperation *operation, const HwRulesContext *context);

G_END_DECLS
