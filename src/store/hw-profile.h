/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwProfile: the folder a desktop keeps on this laptop, and the account that was last used in it.
 *
 *   DIR/profile.ini          the server and the user name that were used last, nothing of any case
 *   DIR/accounts/NAME/       a vault (hw-vault.h): what one account of one server holds, and whose it is
 *
 * Accounts are strictly apart: each has its own vault, and in it its own database and queue. Small blocking file
 * work; main thread, unless it says otherwise.
 */
#pragma once

#include "domain/hw-operation.h"
#include "vault/hw-vault.h"

G_BEGIN_DECLS

#define HW_TYPE_PROFILE (hw_profile_get_type ())
G_DECLARE_FINAL_TYPE (HwProfile, hw_profile, HW, PROFILE, GObject)

/* Makes the folder (0700) where it is missing, and goes on with a wipe that was interrupted. HW_STORE_ERROR_OPEN when it
 * cannot be used, or holds data that an earlier version did not encrypt. */
HwProfile     *hw_profile_open (const char *directory, GError **error);
const char    *hw_profile_device_id (HwProfile *profile); /* made once, stays */
gboolean       hw_profile_has_account (HwProfile *profile); /* one is remembered, and its vault is there */
const char    *hw_profile_server (HwProfile *profile);   /* (nullable) */
const char    *hw_profile_username (HwProfile *profile); /* (nullable) */
const HwActor *hw_profile_actor (HwProfile *profile);    /* (nullable) until its vault was opened or made */

/* The remembered account's vault. Any thread, while the account is not changed. Blocks for the derivation of the key, about
 * 0.3 s. actor (out): whose it is. HW_VAULT_ERROR_PASSPHRASE when it is not its passphrase. */
HwVault       *hw_profile_open_vault (HwProfile *profile, const char *passphrase, HwActor **actor, GError **error);
/* The same by the recovery code. */
HwVault       *hw_profile_recover_vault (HwProfile *profile, const char *code, HwActor **actor, GError **error);
/* The same by a keyring's secret. */
HwVault       *hw_profile_open_vault_with_secret (HwProfile *profile, const guint8 *secret, HwActor **actor, GError **error);
/* This profile keeps data of this user of this server. */
gboolean       hw_profile_keeps (HwProfile *profile, const char *server, const char *user);
/* The folder of the remembered account's vault. (nullable) (transfer none) */
const char    *hw_profile_vault_directory (HwProfile *profile);
/* Destroys what is kept of the remembered account, whose vault must be closed, and forgets it; the others stay. Interrupted, it
 * goes on at the next start. */
gboolean       hw_profile_erase (HwProfile *profile, GError **error);
/* After a sign-in: opens the vault of this account of this server, or makes it with this passphrase, and keeps in it whose it
 * is. Any thread; blocks likewise. */
HwVault       *hw_profile_make_vault (HwProfile *profile, const char *server, const HwActor *actor, const char *passphrase,
                                      GError **error);
/* Remembers it as the account that is used here. Its vault must be there. */
gboolean       hw_profile_remember (HwProfile *profile, const char *server, const char *username, const HwActor *actor,
                                    GError **error);
/* What its vault said. */
void           hw_profile_set_actor (HwProfile *profile, const HwActor *actor);
/* Forgets who is signed in; what the accounts hold stays. */
gboolean       hw_profile_forget (HwProfile *profile, GError **error);
char          *hw_profile_database (HwVault *vault); /* (transfer full) path of the database in a vault */

G_END_DECLS
