/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwProfile: the folder a desktop keeps on this laptop, and the account that was last used in it.
 *
 *   DIR/profile.ini                the server, the account, a verifier of its password; nothing of any case
 *   DIR/accounts/USER-ID/homeward.db   what that account holds
 *
 * Accounts are strictly apart: each has its own database and queue. Small blocking file work; main thread.
 */
#pragma once

#include "domain/hw-operation.h"

G_BEGIN_DECLS

#define HW_TYPE_PROFILE (hw_profile_get_type ())
G_DECLARE_FINAL_TYPE (HwProfile, hw_profile, HW, PROFILE, GObject)

/* Makes the folder (0700) where it is missing. HW_STORE_ERROR_OPEN when it cannot be used. */
HwProfile     *hw_profile_open (const char *directory, GError **error);
const char    *hw_profile_device_id (HwProfile *profile); /* made once, stays */
gboolean       hw_profile_has_account (HwProfile *profile);
const char    *hw_profile_server (HwProfile *profile);   /* (nullable) */
const char    *hw_profile_username (HwProfile *profile); /* (nullable) */
const HwActor *hw_profile_actor (HwProfile *profile);    /* (nullable) */

/* After a sign-in: remembers the account and a slow hash (Argon2id) of its password, so that it opens offline.
 * Blocks for the hash, about 0.1 s. */
gboolean       hw_profile_remember (HwProfile *profile, const char *server, const char *username, const char *password,
                                    const HwActor *actor, GError **error);
/* TRUE when it is the remembered account's password. Blocks likewise. */
gboolean       hw_profile_check_password (HwProfile *profile, const char *password);
/* Forgets who is signed in; what the accounts hold stays. */
gboolean       hw_profile_forget (HwProfile *profile, GError **error);
char          *hw_profile_database (HwProfile *profile); /* (transfer full) path for the remembered account; makes its folder */

G_END_DECLS
