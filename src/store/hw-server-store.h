/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What only the server's store has: accounts, sessions, scope (who may see which case), the feed, the ledger, the
 * audit chain, quarantine. Blocking; any server thread.
 */
#pragma once

#include "store/hw-store.h"

G_BEGIN_DECLS

/* ---- Reading connections ---- */
HwDb *hw_store_acquire_reader (HwStore *store); /* pooled */
void  hw_store_release_reader (HwStore *store, HwDb *db);

/* ---- Accounts ---- */
typedef struct
{
  char    *id, *username, *name; /* display name */
  HwRole   role;
  char    *office, *mission; /* (nullable) record ids */
  char    *password_hash;    /* Argon2id, libsodium's string form */
  gboolean disabled;
} HwAccount;
void       hw_account_free (HwAccount *account);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HwAccount, hw_account_free)
/* Insert or update; scope follows. A changed role, office, mission or password, or disabling, ends the account's sessions. */
gboolean   hw_store_put_account (HwStore *store, const HwAccount *account, GError **error);
HwAccount *hw_store_account_by_name (HwStore *store, const char *username, GError **error); /* (nullable) */
HwAccount *hw_store_account (HwStore *store, const char *id, GError **error);
GPtrArray *hw_store_accounts (HwStore *store, GError **error);

/* ---- Sessions ---- tokens are kept as BLAKE2b hashes only; looked up on every request, so it must be quick:
 * cached in memory, and a revoked one is gone at once. */
typedef struct
{
  HwActor *actor;
  gint64   expires_us;
  gint64   idle_until_us;
  gatomicrefcount refs;
} HwSession;
char      *hw_store_create_session (HwStore *store, const HwAccount *account, const char *device_id, const char *device_name,
                                    gint64 *expires_us, GError **error); /* the token, once */
HwSession *hw_store_lookup_session (HwStore *store, const char *token); /* (transfer full) (nullable): unknown, expired, revoked */
void       hw_session_unref (HwSession *session);
gboolean   hw_store_end_session (HwStore *store, const char *token, GError **error);
gboolean   hw_store_end_sessions_of (HwStore *store, const char *user, GError **error);

/* A laptop's copy of the actor's data tells how often it was in contact. older (out): it, or a later one than it, told as much
 * before; that is audited. highest (out): where it counts on. */
gboolean   hw_store_tell_count (HwStore *store, const HwActor *actor, const char *copy, guint64 count, guint64 *highest,
                                gboolean *older, GError **error);

/* ---- Revoking ---- an account, or a laptop that was lost: its sessions end, and their tokens are remembered, so that
 * who asks with one is told to destroy what it keeps. n (out): how many sessions. */
gboolean   hw_store_revoke_account (HwStore *store, const char *user, guint *n, GError **error); /* disables it too */
gboolean   hw_store_revoke_device (HwStore *store, const char *device, guint *n, GError **error);
gboolean   hw_store_token_revoked (HwStore *store, const char *token);
typedef struct
{
  char  *id, *name, *username;
  gint64 last_used_us;
} HwStoreDevice;
void       hw_store_device_free (HwStoreDevice *device);
GPtrArray *hw_store_devices (HwStore *store, GError **error); /* (element-type HwStoreDevice) last used first */

/* ---- Scope ---- */
/* Relations of this person to a case (or, for a mission, to a request); 0: may not see that it exists. */
guint      hw_store_relations (HwStore *store, const HwActor *actor, const char *root, GError **error);
/* Access that depends on the calendar (the day before travel, a case_access that ran out): judged again for the cases it
 * can concern. The server's job at midnight of each departure zone; takes its own numbers. */
gboolean   hw_store_rejudge_scope (HwStore *store, GError **error);
/* Zones whose midnight can change access: the offices', and those that a journey still to be made departs from.
 * (element-type utf8) */
GPtrArray *hw_store_scope_zones (HwStore *store, GError **error);

/* Holds that ran out by now: their seats are asked for again, and a task says so (hw_travel_end_hold). Any thread. */
gboolean   hw_store_end_holds (HwStore *store, GError **error);
/* Documents whose last day has passed at their office: they are expired, and a task asks for another (hw_document_end). */
gboolean   hw_store_end_documents (HwStore *store, GError **error);

/* ---- Feed ---- */
typedef struct
{
  guint64 seq; /* the feed is read up to and including this place … */
  char    record[37]; /* … and, within it, this record; empty: all of it */
} HwFeedPosition;
typedef struct
{
  HwItemOp  op;        /* PUT (or DELETE), PURGE, CONFLICT */
  HwTypeId  type;
  char     *id;
  char     *root;      /* case or request; (nullable) directory */
  guint     relations; /* of the reader to it, now */
  HwRecord *record;    /* PUT: unprojected (nullable) */
  HwConflict *conflict;
} HwFeedEntry;
void       hw_feed_entry_free (HwFeedEntry *entry); /* also frees record and conflict */
/* Entries after `position` up to `upper`, in order, at most limit; moves *position. What the reader may read no field of is
 * left out, and comes as a DELETE where an earlier relation showed it; so a PUT always has something to show.
 * HwFeedEntry.relations include AUTHOR where the reader wrote the record, and ANY in the directory. */
GPtrArray *hw_store_read_feed (HwStore *store, const HwActor *actor, HwFeedPosition *position, guint64 upper, guint limit,
                               gboolean *more, GError **error);
/* Reads anew what another program (homeward-admin) committed to this database: accounts, directory, access. Every commit does it
 * by itself; who only listens needs it from time to time. Any thread; takes the writer's lock. */
gboolean   hw_store_notice_others (HwStore *store, GError **error);
guint64    hw_store_head (HwStore *store); /* last committed seq; any thread, no lock */
/* Last seq at which anything this person may see changed: cheap, for 304 and hints. */
guint64    hw_store_head_for (HwStore *store, const HwActor *actor);
const char *hw_store_epoch (HwStore *store);
/* Called after each durable commit, on the committing thread: wakes event streams. */
void       hw_store_set_commit_notify (HwStore *store, void (*notify) (guint64 seq, gpointer data), gpointer data);

/* ---- Audit ---- hash chain over (n, at, user, device, action, case, record, detail); detail holds ids and codes only */
gboolean   hw_store_audit (HwStore *store, const HwActor *actor, const char *action, const char *case_id, const char *record,
                           const char *detail, GError **error);
/* One "refuse" for each of the details (element-type utf8), all or none: what could not even be read. */
gboolean   hw_store_audit_unread (HwStore *store, const HwActor *actor, GPtrArray *details, GError **error);
gboolean   hw_store_audit_verify (HwStore *store, gint64 *broken_at, GError **error);

typedef struct
{
  gint64 n;
  char  *at, *user, *device, *action, *case_id, *record, *detail; /* (nullable) but at */
} HwAuditEntry;
void       hw_audit_entry_free (HwAuditEntry *entry);
typedef struct
{
  const char *case_id;   /* (nullable) only what concerns this case, pages that told of it included */
  const char *user;      /* who asks … */
  guint       relations; /* … and by which relations to a case an entry is theirs to read; 0: all */
  gboolean    security;  /* only accounts, devices and sign-in */
  const char *by;        /* (nullable) only what this account did */
  gboolean    newest;    /* the newest first, otherwise the oldest */
  gint64      after;     /* only entries of a higher number … */
  gint64      before;    /* … and of a lower one than this; 0: to the end */
  guint       limit;
} HwAuditQuestion;
GPtrArray *hw_store_audit_read (HwStore *store, const HwAuditQuestion *question, GError **error); /* (element-type HwAuditEntry) */
char      *hw_store_audit_head (HwStore *store, gint64 *n, GError **error); /* hash of the last link; "" before the first */

/* ---- Quarantine ---- what somebody sent for a case they no longer have, kept whole until a supervisor of its office
 * decides. What was sent as one is one entry. */
typedef enum
{
  HW_QUARANTINE_REASSIGNED,    /* the case went to another caseworker */
  HW_QUARANTINE_ACCESS_ENDED,  /* a share, a task, a journey is over */
  HW_QUARANTINE_ROLE_CHANGED,  /* the author has another role now, and none by which this could be let in */
  HW_QUARANTINE_ACCOUNT_ENDED, /* the author may not sign in any more */
} HwQuarantineReason;
typedef struct
{
  gint64     n;  /* the place in the list */
  char      *id; /* of the first operation */
  char      *case_id, *by, *at;
  char      *device; /* (nullable) */
  char      *state;  /* waiting, applied, discarded */
  GPtrArray *operations; /* (element-type HwOperation) in order, unprojected */
  HwQuarantineReason why;
} HwQuarantined;
void       hw_quarantined_free (HwQuarantined *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HwQuarantined, hw_quarantined_free)
/* Those that wait, of this supervisor's office, after place `after`. (element-type HwQuarantined) */
GPtrArray *hw_store_quarantine (HwStore *store, const HwActor *supervisor, gint64 after, guint limit, GError **error);
gboolean   hw_store_count_quarantine (HwStore *store, const HwActor *supervisor, guint *waiting, GError **error);
/* Decided ones too. NULL without error: not there for this supervisor. */
HwQuarantined *hw_store_quarantined (HwStore *store, const HwActor *supervisor, const char *id, GError **error);
/* Through the one write path as its author's, by the role they have now and what they were to the case under it: all of
 * it, or none and it waits on. One that somebody decided meanwhile is answered with DUPLICATE. (element-type HwResult) */
GPtrArray *hw_store_let_in (HwStore *store, const HwActor *supervisor, const HwQuarantined *entry, const char *reason,
                            GError **error);
gboolean   hw_store_discard_quarantined (HwStore *store, const HwActor *supervisor, const HwQuarantined *entry,
                                         const char *reason, GError **error);

/* ---- What is attached ---- in parts, as it arrives. Complete ones are never changed. */
typedef struct
{
  char    *id, *attachment, *sha256, *media_type; /* as the record said when it was begun */
  guint64  size, received;
  gboolean complete;
} HwUpload;
void       hw_upload_free (HwUpload *upload);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HwUpload, hw_upload_free)
#define HW_UPLOADS_AT_ONCE 20
/* The one this person began for the attachment as it is now, or a new one; the complete one, whoever sent it. NULL without
 * error: they have begun HW_UPLOADS_AT_ONCE others and must finish those. */
HwUpload  *hw_store_begin_upload (HwStore *store, const HwActor *actor, HwRecord *attachment, GError **error);
HwUpload  *hw_store_upload (HwStore *store, const HwActor *actor, const char *id, GError **error); /* (nullable) of this person */
/* Durable when it returns; what is offered for another place than upload->received changes nothing and is FALSE in *taken. */
gboolean   hw_store_continue_upload (HwStore *store, HwUpload *upload, guint64 offset, GBytes *bytes, gboolean *taken,
                                     GError **error);
/* All that was received: judge it, then complete or drop it. */
GBytes    *hw_store_upload_bytes (HwStore *store, const HwUpload *upload, GError **error);
gboolean   hw_store_complete_upload (HwStore *store, const HwActor *actor, const HwUpload *upload, HwRecord *attachment,
                                     GError **error);
gboolean   hw_store_drop_upload (HwStore *store, const HwUpload *upload, GError **error);
/* The attachment that this person made, or that waits aside for a supervisor as theirs, whatever they may see of it now: what
 * its content is to be handed over to. NULL without error: there is none. */
HwRecord  *hw_store_attachment_of_author (HwStore *store, const HwActor *actor, const char *id, GError **error);
/* The complete content of the attachment as the record describes it now. NULL without error: it has not arrived. */
HwUpload  *hw_store_content (HwStore *store, HwRecord *attachment, GError **error);
/* Uploads nobody went on with for a week, contents a month after their record was deleted, and those that were handed
 * over to what a supervisor discarded. */
gboolean   hw_store_drop_old_contents (HwStore *store, GError **error);

/* ---- Counts ---- */
typedef struct
{
  char  value[64]; /* "": not set */
  guint count;
} HwCaseCount;
/* Cases by a field of the case, largest first: of those this person may see; user NULL: all, less those whose person
 * does not wish to be counted. (element-type HwCaseCount) */
GPtrArray *hw_store_count_cases (HwStore *store, HwFieldId field, const char *user, GError **error);

/* ---- The case as a resource ---- */
GPtrArray *hw_store_visible_cases (HwStore *store, const HwActor *actor, const char *after, guint limit, GError **error); /* (element-type utf8) ids */

G_END_DECLS
