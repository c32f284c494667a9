/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The write path from inside: one HwCommit per transaction, under the writer's lock.
 */
#pragma once

#include "store/hw-store-private.h"

G_BEGIN_DECLS

typedef struct
{
  HwStore *store; /* (unowned) */
  HwDb *db;       /* (unowned) the writer */
  HwOrigin origin;
  const HwActor *actor; /* (unowned) (nullable) */
  const HwActor *let_in_by; /* (unowned) (nullable) a supervisor, who lets in what the actor once sent */
  const char *reason;   /* (unowned) (nullable) of that decision */
  const char *unit;     /* (unowned) (nullable) the first operation of what is being answered together */
  char *now;            /* (owned) */
  HwRulesContext rules;
  GPtrArray *changes;     /* (owned) HwStoreChange */
  GHashTable *touched;    /* (owned) roots whose summary and search text must follow */
  GHashTable *people;     /* (owned) roots of which something changed that persons are compared by */
  GHashTable *access;     /* (owned) roots whose access rows must follow */
  GHashTable *unit_roots; /* (owned) case files that the present savepoint changed */
  GHashTable *first_met;  /* (owned) root → HwCaseFile made of this page alone; NULL: read it */
  guint consequences;     /* so far, within the present operation */
  gboolean outbox_moved;
  gboolean nothing_pending; /* looked up once: nothing of the overlay is left, and nothing is added */
  gboolean looked_for_pending;
  guint judged_relations; /* the last ones asked about, and the answer */
  gboolean judged_visible;
  GPtrArray *files_to_remove; /* (owned) (nullable) of the vault, once this is durable */
  gboolean clean_index; /* a purge is complete: nothing of it may stay in the index */
} HwCommit;

/* One operation on its way. */
typedef struct
{
  HwOperation *operation; /* (unowned) */
  char *root;             /* (owned) (nullable) key of the case file */
  HwCaseFile *file;       /* (owned) (nullable) */
  HwRecord *before;       /* (owned) (nullable) */
  HwRecord *after;        /* (owned) (nullable) */
  HwTypeId stored_type;   /* NONE: the record is new */
  guint relations;
  gboolean merged;
  gboolean changed;     /* something is to be written */
  GPtrArray *conflicts; /* (owned) HwConflict to be opened */
  gboolean breach;
} HwStep;

/* ---- The transaction (hw-commit.c) ---- */
gboolean hw_commit_begin (
  HwCommit *commit, HwStore *store, HwOrigin origin, const HwActor *actor, GError **error);
gboolean hw_commit_finish (HwCommit *commit,
                           GError **error); /* summaries, access, COMMIT, signals; clears */
void hw_commit_abort (HwCommit *commit);    /* ROLLBACK; clears */
HwCaseFile *hw_commit_case_file (HwCommit *commit,
                                 const char *root,
                                 GError **error); /* (transfer full) (nullable) cached */
void hw_commit_remember_case (HwCommit *commit, const char *root, HwCaseFile *file);
void hw_commit_forget_case (HwCommit *commit, const char *root);
/* The case file of a case this computer holds nothing of yet, begun with this transaction: what comes
 * is added to it, so that it need not be read back. (transfer none) (nullable): it held something. */
HwCaseFile *hw_commit_first_met (HwCommit *commit, const char *root);
/* The server's state of a record, just written. created: it was not here before. */
void hw_commit_follow (HwCommit *commit, HwRecord *record, const char *root, gboolean created);
void hw_commit_touch (HwCommit *commit, HwRecord *record, const char *root, gboolean created);

/* ---- Steps shared by both modes (hw-commit-step.c) ---- */
void hw_step_clear (HwStep *step);
HwVerdict *hw_step_check_shape (HwOperation *operation); /* NULL: well-formed */
/* Finds record and case file and makes `after`. *verdict (nullable): refused. */
gboolean hw_step_locate (HwCommit *commit, HwStep *step, HwVerdict **verdict, GError **error);
HwVerdict *hw_step_parent_unknown (void);
/* One person deleted what another changed: whether it goes or stays. */
HwVerdict *hw_step_check_settling (HwCommit *commit, HwStep *step, HwOperation *edit);
void hw_step_stamp (HwCommit *commit, HwStep *step, const char *by);
/* Row, history, case file. Bumps revisions unless `provisional`. */
gboolean hw_step_write (HwCommit *commit, HwStep *step, gboolean provisional, GError **error);
GPtrArray *hw_step_consequences (HwCommit *commit, HwStep *step);
gboolean hw_commit_system_operation (HwCommit *commit,
                                     const char *by,
                                     const char *at,
                                     HwStep *step,
                                     HwVerdict **verdict,
                                     GError **error);

/* ---- Modes ---- each judges and applies one operation; FALSE is for disk and program faults only
 */
gboolean hw_commit_server_operation (HwCommit *commit,
                                     HwOperation *operation,
                                     HwResult *result,
                                     GError **error);
gboolean hw_commit_server_note (HwCommit *commit,
                                HwOperation *operation,
                                HwResult *result,
                                GError **error); /* ledger */
gboolean hw_commit_server_known (
  HwCommit *commit, HwOperation *operation, HwResult *result, gboolean *known, GError **error);
gboolean hw_commit_server_written (HwCommit *commit,
                                   HwStep *step,
                                   GError **error); /* feed, audit, access */
/* Who answers for what is written: the actor, or the supervisor who lets it in. (nullable) */
const HwActor *hw_commit_answerable (HwCommit *commit);
/* The request that a mission's access to the record hangs on. (transfer none) (nullable) */
const char *hw_commit_request_of (HwRecord *record);
/* What the actor is to the step's record; for what is let in, also what they were when they lost it. */
guint hw_commit_relations (HwCommit *commit, HwStep *step, HwRecord *record);
gboolean
hw_commit_server_consequences (HwCommit *commit, HwStep *step, GError **error); /* what follows */
/* server: the actor had the root of the step's record once; FALSE too when that cannot be read. */
gboolean hw_commit_knew_root (HwCommit *commit, HwStep *step);
gboolean hw_commit_name_on_server (HwCommit *commit,
                                   HwRecord *record,
                                   GError **error); /* case code, request reference */
gboolean hw_commit_desktop_operation (HwCommit *commit,
                                      HwOperation *operation,
                                      HwResult *result,
                                      GError **error);
gboolean
hw_commit_sees_root (HwCommit *commit,
                     guint relations); /* server: the actor has the case or request at all */
gboolean hw_commit_resolve (HwCommit *commit,
                            HwOperation *operation,
                            HwResult *result,
                            GError **error); /* server */
gboolean hw_commit_conflicts (HwCommit *commit,
                              HwStep *step,
                              HwResult *result,
                              GError **error); /* opens the step's */
/* ---- Server: what was kept aside (hw-quarantine.c) ---- */
#define HW_QUARANTINE_WAITING "waiting"
#define HW_QUARANTINE_APPLIED "applied"
#define HW_QUARANTINE_DISCARDED "discarded"

gboolean hw_quarantine_keep (HwCommit *commit, HwOperation *operation, GError **error);
/* What this person sent about this record, or about a case, was kept aside; so is what follows it. */
gboolean hw_quarantine_holds (HwCommit *commit, HwOperation *operation);
/* TRUE: nobody has decided about it yet. */
gboolean hw_quarantine_waits (HwCommit *commit, const char *operation);
gboolean hw_quarantine_release (HwCommit *commit, HwOperation *operation, const char *state, GError **error);
/* What is said when none of them is left. (transfer full) */
HwVerdict *hw_quarantine_no_right (void);
/* The relations by which the actor had the step's case or request under their present role. */
guint hw_quarantine_held_relations (HwCommit *commit, HwStep *step);

char *hw_commit_provisional_code (const char *case_id);
char *hw_operation_digest (HwOperation *operation);

/* Their summaries follow as well (hw-kin-rows.c). */
gboolean hw_kin_touch (HwCommit *commit, GError **error);

/* ---- Verdicts in the ledger (hw-verdict-text.c) ---- */
char *hw_verdict_to_text (HwVerdict *verdict);
/* "ticket,departure", "role", "invalid,embassy": why, for the audit; never a sentence. (transfer full) */
char *hw_verdict_to_code (HwVerdict *verdict);
HwVerdict *hw_verdict_from_text (const char *text); /* (nullable) */

/* ---- The past (hw-history-rows.c) ---- */
gboolean hw_history_note (HwCommit *commit, HwStep *step, gboolean provisional, GError **error);
GPtrArray *
hw_history_read (HwStore *store, HwDb *db, HwTypeId type, const char *record, GError **error);
gboolean hw_history_keep_old (HwDb *db,
                              HwRecord *old,
                              HwRecord *new_state,
                              GError **error); /* what gates ask about */
gboolean hw_history_drop_pending (HwDb *db, const char *operation, GError **error);
gboolean
hw_history_device_wrote (HwDb *db, HwRecord *record, const HwFieldDef *field, const HwActor *actor);
HwValue *hw_history_value_at (HwDb *db,
                              HwRecord *record,
                              const HwFieldDef *field,
                              guint64 rev); /* (nullable) */

/* ---- Conflicts (hw-conflict-rows.c) ---- */
HwConflict *
hw_conflict_new (HwCommit *commit, HwOperation *operation, HwRecord *record, HwFieldId field);
gboolean hw_conflict_write (HwDb *db, const HwConflict *conflict, GError **error);
gboolean hw_conflict_settle (HwDb *db, const char *id, GError **error);
GPtrArray *hw_conflict_read_all (HwStore *store, HwDb *db, gboolean open_only, GError **error);

/* ---- Desktop: the local view (hw-overlay.c) ---- */
/* States of a row of the outbox. Those of the overlay are laid over the server's state. */
#define HW_OUTBOX_WAITING "waiting"         /* to be sent; overlay */
#define HW_OUTBOX_CONSEQUENCE "consequence" /* follows from one that waits; never sent; overlay */
#define HW_OUTBOX_ANSWERED "answered"       /* accepted, the new state not yet here; overlay */
#define HW_OUTBOX_ACKNOWLEDGED                                                                     \
  "acknowledged" /* kept 30 days: a server restored from a backup gets it again */
#define HW_OUTBOX_REFUSED "refused"
#define HW_OUTBOX_QUARANTINED "quarantined"
#define HW_OUTBOX_OVERLAY "('waiting', 'consequence', 'answered')"

/* Remembers the server's state (NULL: none) before the first local change of a record. */
gboolean hw_overlay_keep_base (
  HwCommit *commit, const char *record, const char *root, HwRecord *base, GError **error);
gboolean hw_overlay_queue (HwCommit *commit,
                           HwOperation *operation,
                           const char *root,
                           const char *state,
                           const char *parent,
                           GError **error);
/* Lays what is pending over the server's state again. */
gboolean hw_overlay_rebuild (HwCommit *commit, const char *record, GError **error);
/* Puts the server's state of one record beneath what is pending; base NULL: the server has none. */
gboolean hw_overlay_set_base (HwCommit *commit, const char *record, HwRecord *base, GError **error);
/* Nothing is pending for any record at all. */
gboolean hw_overlay_is_empty (HwCommit *commit);
gboolean hw_overlay_purge (HwCommit *commit, const char *root, GError **error);
/* What the server used to tell of a record and no longer does goes from history, conflicts and queue; base NULL: all. */
gboolean hw_overlay_forget_withheld (HwCommit *commit, HwRecord *old, HwRecord *base, GError **error);
gboolean hw_overlay_is_withheld (HwRecord *old, HwRecord *base, HwFieldId field);
gboolean hw_overlay_forget (HwCommit *commit, GError **error); /* all of the server's state */
HwOperation *hw_operation_from_text (const char *json, GError **error);
char *hw_operation_to_text (HwOperation *operation);

/* ---- Desktop: contents of attachments (hw-kept.c) ---- */
/* Those whose record is gone: their rows now, their files after the commit. */
gboolean hw_kept_let_go (HwCommit *commit, GError **error);
/* The record is being taken away: a content that was never sent is held until the office has it. */
gboolean hw_kept_hand_over (HwCommit *commit, const char *record, GError **error);
void hw_kept_remove_files (HwStore *store, GPtrArray *files);

/* Desktop: outbox rows (hw-outbox-rows.c) */
void hw_outbox_recount (HwStore *store);

/* ---- Desktop: summaries and search (hw-summary-rows.c, hw-search.c) ---- */
gboolean hw_summary_refresh (HwCommit *commit, GError **error); /* of all cases it touched */
gboolean hw_search_put (HwDb *db, gint64 n, HwCaseFile *file, GError **error);
gboolean hw_search_remove (HwDb *db, gint64 n, GError **error);
gboolean
hw_search_clean (HwDb *db, GError **error); /* after a purge: nothing of it stays in the index */
char *hw_search_expression (const char *typed); /* (nullable) */

G_END_DECLS
