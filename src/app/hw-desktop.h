/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwDesktop: one account at one laptop: its profile, and, while unlocked, its store and its sync engine.
 * Everything on screen reads and writes through it. Main thread.
 */
#pragma once

#include "app/forms/hw-veil.h"
#include "store/hw-profile.h"
#include "sync/hw-sync-engine.h"

G_BEGIN_DECLS

#define HW_TYPE_DESKTOP (hw_desktop_get_type ())
G_DECLARE_FINAL_TYPE (HwDesktop, hw_desktop, HW, DESKTOP, GObject)

/* Signals:
 *   "unlocked" ()  a store is open
 *   "locking" ()   it is about to be closed: save what is typed
 *   "locked" ()    it is closed again, or was not open: forget everything shown and typed
 *   "said" (const char *text)  one sentence for the person, shown as a toast
 *   "wiped" (const char *reason)  nothing of the account is kept here any more; why, in a sentence
 */
HwDesktop     *hw_desktop_new (HwProfile *profile, HwClock *clock);
HwProfile     *hw_desktop_profile (HwDesktop *self);
HwClock       *hw_desktop_clock (HwDesktop *self);
gboolean       hw_desktop_is_unlocked (HwDesktop *self);
HwStore       *hw_desktop_store (HwDesktop *self);  /* NULL while locked */
HwVault       *hw_desktop_vault (HwDesktop *self);  /* NULL while locked */
HwSyncEngine  *hw_desktop_engine (HwDesktop *self); /* NULL while locked */
const HwActor *hw_desktop_actor (HwDesktop *self);  /* NULL before the first sign-in */
HwVeil        *hw_desktop_veil (HwDesktop *self);
void           hw_desktop_set_masks_names (HwDesktop *self, gboolean masks); /* remembered in the vault; while open */

gboolean       hw_desktop_may_take_calls (HwDesktop *self); /* this role opens cases */

/* ---- The door (hw-desktop-open.c, hw-desktop-sign-in.c) ---- */

typedef enum
{
  HW_DOOR_CLOSED,
  HW_DOOR_OPEN,
  HW_DOOR_CHOOSE,     /* the server let her in; nothing of her is kept here yet: choose a passphrase */
  HW_DOOR_PASSPHRASE, /* the server let her in; what is kept here of her has another passphrase: unlock it */
} HwDoor;

/* First run and "use another account": needs the server. Where her data is here and the password opens it, the door is open. */
void     hw_desktop_sign_in_async (HwDesktop *self, const char *server, const char *username, const char *password,
                                   const char *code, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
HwDoor   hw_desktop_sign_in_finish (HwDesktop *self, GAsyncResult *result, GError **error); /* CLOSED with an error */
/* After HW_DOOR_CHOOSE: makes her vault and opens it. */
void     hw_desktop_choose_passphrase_async (HwDesktop *self, const char *passphrase, GAsyncReadyCallback callback, gpointer data);
/* Whom the server let in, until her data is open or the sign-in is forgotten. (nullable) (transfer none) */
const char *hw_desktop_signed_in_name (HwDesktop *self);
void     hw_desktop_forget_sign_in (HwDesktop *self);
/* The chosen account of the profile, or whose the sign-in is; needs no network. HW_STORE_ERROR_ALTERED: the profile's file named
 * another server; nothing was sent, and it was put right. A wrong passphrase is HW_SYNC_ERROR_CREDENTIALS, answered more slowly each time. */
void     hw_desktop_unlock_async (HwDesktop *self, const char *passphrase, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
/* By the recovery code; the passphrase becomes the new one. A wrong code is answered as a wrong passphrase is. */
void     hw_desktop_recover_async (HwDesktop *self, const char *code, const char *passphrase, GAsyncReadyCallback callback, gpointer data);
/* Of the three before, and of unlocking what is remembered. */
gboolean hw_desktop_unlock_finish (HwDesktop *self, GAsyncResult *result, GError **error);
/* While open: proves the old passphrase first. */
void     hw_desktop_change_passphrase_async (HwDesktop *self, const char *old, const char *passphrase, GAsyncReadyCallback callback, gpointer data);
gboolean hw_desktop_change_passphrase_finish (HwDesktop *self, GAsyncResult *result, GError **error);
/* While open, when the server ended the session and the passphrase is not the password. */
void     hw_desktop_sign_in_again_async (HwDesktop *self, const char *password, GAsyncReadyCallback callback, gpointer data);
gboolean hw_desktop_sign_in_again_finish (HwDesktop *self, GAsyncResult *result, GError **error);
/* Closes the store and overwrites the keys. The signal "locked" comes before, so that what is on screen goes first. What is being
 * opened or signed in is given up: it ends with G_IO_ERROR_CANCELLED, and nothing of it stays open. */
void     hw_desktop_lock (HwDesktop *self);
/* Only the second part of it. */
void     hw_desktop_give_up_opening (HwDesktop *self);
/* Closes as leaving Homeward does: what is remembered on this computer stays so. */
void     hw_desktop_close (HwDesktop *self);
/* Locks, then destroys what this laptop keeps of the account and forgets it; then the signal "wiped", with the reason. An
 * interrupted wipe goes on at the next start. Also while locked: starting over. */
gboolean hw_desktop_wipe (HwDesktop *self, const char *reason, GError **error);

/* ---- Remembered on this computer (hw-desktop-remember.c) ---- */

/* Whether a person wished it. FALSE while locked. */
gboolean hw_desktop_is_remembered (HwDesktop *self);
/* While open: lets the keyring open it at the next start, or takes that back. */
void     hw_desktop_remember_async (HwDesktop *self, gboolean wanted, GAsyncReadyCallback callback, gpointer data);
gboolean hw_desktop_remember_finish (HwDesktop *self, GAsyncResult *result, GError **error);
/* The program has just started, and the keyring may open it. After anything was opened or locked: FALSE. */
gboolean hw_desktop_may_open_remembered (HwDesktop *self);
/* Once. The passphrase is not known then: where the session has ended, signing in is asked for. */
void     hw_desktop_unlock_remembered_async (HwDesktop *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);

/* ---- The recovery code ---- */

/* Whether a person has one and proved to have it. FALSE while locked. */
gboolean hw_desktop_has_recovery_code (HwDesktop *self);
/* A new one, shown once; the former opens nothing any more. (transfer full) for hw_vault_forget_text. */
char    *hw_desktop_renew_recovery_code (HwDesktop *self, GError **error);
gboolean hw_desktop_confirm_recovery_code (HwDesktop *self, GError **error); /* she typed it from her paper */

/* ---- Writing: the one way for every widget ---- */

HwOperation *hw_desktop_new_create (HwDesktop *self, HwTypeId type, const char *case_id); /* with a new id; (transfer full) */
HwOperation *hw_desktop_new_update (HwDesktop *self, HwRecord *record);
HwOperation *hw_desktop_new_delete (HwDesktop *self, HwRecord *record); /* as it was seen: a newer change survives it */
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
guint       hw_desktop_lock_minutes (HwDesktop *self); /* without a key or a click, by the office's setting */

G_END_DECLS
