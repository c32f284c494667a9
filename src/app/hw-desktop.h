/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwDesktop: one account at one laptop: its profile, and, while unlocked, its store and its sync engine.
 * Everything on screen reads and writes through it. Main thread.
 */
#pragma once

#include "store/hw-profile.h"
#include "sync/hw-sync-engine.h"

G_BEGIN_DECLS

#define HW_TYPE_DESKTOP (hw_desktop_get_type ())
G_DECLARE_FINAL_TYPE (HwDesktop, hw_desktop, HW, DESKTOP, GObject)

/* Signals:
 *   "unlocked" ()  a store is open
 *   "locked" ()    it is closed again: forget everything shown
 *   "said" (const char *text)  one sentence for the person, shown as a toast
 */
HwDesktop     *hw_desktop_new (HwProfile *profile, HwClock *clock);
HwProfile     *hw_desktop_profile (HwDesktop *self);
HwClock       *hw_desktop_clock (HwDesktop *self);
gboolean       hw_desktop_is_unlocked (HwDesktop *self);
HwStore       *hw_desktop_store (HwDesktop *self);  /* NULL while locked */
HwVault       *hw_desktop_vault (HwDesktop *self);  /* NULL while locked */
HwSyncEngine  *hw_desktop_engine (HwDesktop *self); /* NULL while locked */
const HwActor *hw_desktop_actor (HwDesktop *self);  /* NULL before the first sign-in */

gboolean       hw_desktop_may_take_calls (HwDesktop *self); /* this role opens cases */

/* First run and "use another account": needs the server. The password becomes the passphrase of the account's vault here. */
void     hw_desktop_sign_in_async (HwDesktop *self, const char *server, const char *username, const char *password,
                                   const char *code, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean hw_desktop_sign_in_finish (HwDesktop *self, GAsyncResult *result, GError **error);
/* Later runs: needs no network. A wrong password is HW_SYNC_ERROR_CREDENTIALS, answered more slowly each time. */
void     hw_desktop_unlock_async (HwDesktop *self, const char *password, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean hw_desktop_unlock_finish (HwDesktop *self, GAsyncResult *result, GError **error);
/* Closes the store and overwrites the keys. The signal "locked" comes before, so that what is on screen goes first. */
void     hw_desktop_lock (HwDesktop *self);
/* Locks, then destroys what this laptop keeps of the open account and forgets it. An interrupted wipe goes on at the next start. */
gboolean hw_desktop_wipe (HwDesktop *self, GError **error);

/* ---- Writing: the one way for every widget ---- */

HwOperation *hw_desktop_new_create (HwDesktop *self, HwTypeId type, const char *case_id); /* with a new id; (transfer full) */
HwOperation *hw_desktop_new_update (HwDesktop *self, HwRecord *record);
HwOperation *hw_desktop_new_resolve (HwDesktop *self, HwTypeId type, const char *conflict, const char *case_id);
/* Commits one operation, or several as one group. Refusals and failures are said to the person (signal "said")
 * unless the caller handles them; the callback gets the results either way. */
void         hw_desktop_commit_async (HwDesktop *self, GPtrArray *operations, gboolean quiet, GAsyncReadyCallback callback, gpointer data);
GPtrArray   *hw_desktop_commit_finish (HwDesktop *self, GAsyncResult *result, GError **error); /* (element-type HwResult) */
/* One field of one record, said when refused; nothing to wait for. */
void         hw_desktop_set_field (HwDesktop *self, HwRecord *record, HwFieldId field, HwValue *value);
/* The first refusal among results, or NULL. (transfer none) */
HwVerdict   *hw_desktop_first_refusal (GPtrArray *results);
void         hw_desktop_say (HwDesktop *self, const char *text);

/* ---- Words ---- (transfer none), never NULL */
const char *hw_desktop_user_name (HwDesktop *self, const char *user_id);
char       *hw_desktop_record_name (HwDesktop *self, const char *record_id); /* organisation or office; (transfer full) (nullable) */
char       *hw_desktop_today (HwDesktop *self);       /* the day at the office */
const char *hw_desktop_office_zone (HwDesktop *self); /* IANA zone of the account's office */

G_END_DECLS
