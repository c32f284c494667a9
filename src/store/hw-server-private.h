/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of the server's part of the store share.
 */
#pragma once

#include "store/hw-store-private.h"

G_BEGIN_DECLS

struct _HwServerPart
{
  char      *epoch;  /* (owned) set at open, never changed */
  guint64    head;   /* last committed seq; atomic */
  guint64    opened; /* head when the store was opened */

  void     (*notify) (guint64 seq, gpointer data); /* (nullable) under writer_lock */
  gpointer   notify_data;

  /* Under writer_lock. */
  guint64     numbers;       /* those up to here are set aside */
  gint64      data_version;  /* SQLite's, of what is in memory: another one when another program wrote */
  gboolean    loading;       /* an invented past (hw-loading.h) */
  GPtrArray  *accounts;      /* (owned) HwAccount, all of them */
  GHashTable *touched_roots; /* (owned) case or request id → HwTouched: written by the commit that runs */
  GHashTable *touched_users; /* (owned) user ids whose access changed in the commit that runs */

  GMutex      heads_lock;
  GHashTable *heads; /* (owned) user id → guint64*: last seq that touched what they may see */

  GMutex      sessions_lock;
  GHashTable *sessions; /* (owned) hash of a token → HwCachedSession */
};

/* ---- hw-scope.c ---- */
/* In visible.former: the root was shown under another role, so anything may have been shown. */
#define HW_SCOPE_EVERYTHING 0x3fffffffu
/* Relations that let this role read anything of a case (or, for a mission, of a request); others become 0. */
guint    hw_scope_effective (HwRole role, guint relations);
gboolean hw_scope_readable (HwRole role, guint relations, HwTypeId type);
/* Judges every case again for one account, which is new or changed. everything: whatever was shown before may have to go. */
gboolean hw_scope_update_account (HwStore *store, const HwAccount *account, gboolean everything, GError **error);

/* ---- hw-account.c ---- */
gboolean hw_account_load_all (HwStore *store, GError **error);
/* Lets the rules ask who has an account; the writer's lock is held while they do. */
void hw_account_answer_rules (HwStore *store, HwRulesContext *context);

/* ---- hw-session.c ---- */
typedef struct _HwCachedSession HwCachedSession;
void     hw_cached_session_free (HwCachedSession *session);
const HwSession *hw_cached_session_get (const HwCachedSession *session); /* under sessions_lock */
char    *hw_session_hash (const char *token); /* as the database knows it */

/* ---- hw-feed.c ---- */
void     hw_feed_touch_user (HwStore *store, const char *user);
/* Everybody's head after another program wrote: of the office all, a mission's only by what is its own. */
void     hw_feed_raise_all (HwStore *store);
/* Whether the commit that runs wrote a referral of this person to this case. */
gboolean hw_feed_touched_referral (HwStore *store, const char *case_id, const char *user);
void     hw_feed_settle_touched (HwStore *store); /* after a commit */
void     hw_feed_forget_touched (HwStore *store);
void     hw_touched_free (gpointer touched);

/* ---- hw-quarantine.c ---- */
/* At open: what an earlier version's tables lack. */
gboolean hw_quarantine_prepare (HwStore *store, GError **error);
/* Whoever has another role now is not judged by what they were to a case under the old one. */
gboolean hw_quarantine_forget_rights (HwStore *store, const char *user, GError **error);

/* ---- hw-server-store.c ---- */
/* A transaction of the server's own, outside hw_store_commit; joins the one that runs. */
typedef gboolean (*HwServerWork) (HwStore *store, gpointer data, GError **error);
gboolean hw_server_transaction (HwStore *store, HwServerWork work, gpointer data, GError **error);

/* ---- hw-server-others.c ---- */
gboolean hw_server_read_version (HwStore *store, gint64 *version, GError **error);

G_END_DECLS
