/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwProfile: the folder a desktop keeps on this laptop, and the accounts in it, of which one is chosen.
 *
 *   DIR/profile.ini          of each account the server and the user name, and which was used last; nothing of any case
 *   DIR/accounts/NAME/       a vault (hw-vault.h): what one account of one server holds, whose it is, and which server's
 *
 * Accounts are strictly apart: each has its own vault, and in it its own database and queue. profile.ini lies open and is
 * believed only as far as the vault, once it is open, says the same. Small blocking file work; main thread, unless it
 * says otherwise.
 */
#pragma once

#include "domain/hw-operation.h"
#include "vault/hw-vault.h"

G_BEGIN_DECLS

#define HW_TYPE_PROFILE (hw_profile_get_type ())
G_DECLARE_FINAL_TYPE (HwProfile, hw_profile, HW, PROFILE, GObject)

/* What profile.ini says of one account. */
typedef struct
{
  char    *vault;    /* name of its folder */
  char    *server;
  char    *username;
  HwActor *vouched;  /* (nullable) whom this server let in just now */
} HwProfileAccount;

/* Makes the folder (0700) where it is missing, and goes on with wipes that were interrupted. HW_STORE_ERROR_OPEN when it
 * cannot be used. An account that cannot be opened any more keeps nobody else out: see hw_profile_trouble. */
HwProfile     *hw_profile_open (const char *directory, GError **error);
const char    *hw_profile_device_id (HwProfile *profile); /* made once, stays */
/* In words: an account's folder that could not be wiped to its end, or holds what an earlier version did not encrypt or whose
 * key is gone. (nullable) (transfer none) */
const char    *hw_profile_trouble (HwProfile *profile);

/* Whose vaults are here. (transfer full) (element-type HwProfileAccount), a free function set. */
GPtrArray     *hw_profile_accounts (HwProfile *profile);
/* One of these, by the name of its folder, in memory. NULL: the one that was used last. */
void           hw_profile_choose (HwProfile *profile, const char *vault);
gboolean       hw_profile_has_account (HwProfile *profile); /* one is chosen, and its vault is there */
const char    *hw_profile_server (HwProfile *profile);   /* (nullable) of the chosen one, as all that follow */
const char    *hw_profile_username (HwProfile *profile); /* (nullable) */
const char    *hw_profile_vault (HwProfile *profile);    /* (nullable) name of its folder */
char          *hw_profile_vault_directory (HwProfile *profile); /* (nullable) (transfer full) any thread */
const HwActor *hw_profile_actor (HwProfile *profile);    /* (nullable) until its vault was opened or made */

/* The chosen account's vault. Any thread. Blocks for the derivation of the key, about 0.3 s. actor (out): whose it is.
 * HW_VAULT_ERROR_PASSPHRASE when it is not its passphrase. HW_STORE_ERROR_ALTERED when it is the vault of another server or
 * user than profile.ini says: nothing may be sent anywhere then, and hw_profile_put_back mends the file. */
HwVault       *hw_profile_open_vault (HwProfile *profile, const char *passphrase, HwActor **actor, GError **error);
/* The same by the recovery code. */
HwVault       *hw_profile_recover_vault (HwProfile *profile, const char *code, HwActor **actor, GError **error);
/* The same by a keyring's secret. */
HwVault       *hw_profile_open_vault_with_secret (HwProfile *profile, const guint8 *secret, HwActor **actor, GError **error);
/* After HW_STORE_ERROR_ALTERED: what the vault said of its server and user stands in profile.ini again. FALSE where the vault
 * did not say, or it could not be written; in memory it is right then too. */
gboolean       hw_profile_put_back (HwProfile *profile, GError **error);

/* This profile keeps data of this user of this server. */
gboolean       hw_profile_keeps (HwProfile *profile, const char *server, const char *user);
/* FALSE: in the folder of this account lies what no vault opens. */
gboolean       hw_profile_check (HwProfile *profile, const char *server, const char *user, GError **error);
/* After a sign-in: this account is chosen, in memory; when its vault opens, it takes over this server, user name and actor. */
void           hw_profile_vouch (HwProfile *profile, const char *server, const char *username, const HwActor *actor);
/* After a sign-in: opens the vault of this account of this server, or makes it with this passphrase, and keeps in it whose it
 * is. Any thread; blocks likewise. */
HwVault       *hw_profile_make_vault (HwProfile *profile, const char *server, const char *username, const HwActor *actor,
                                      const char *passphrase, GError **error);
/* Remembers the chosen account, whose vault is open and said this actor, as the one that was used last. */
gboolean       hw_profile_keep (HwProfile *profile, const HwActor *actor, GError **error);
/* Destroys what is kept of the chosen account, whose vault must be closed, and forgets it; the others stay, and one of them is
 * chosen. Interrupted, it goes on at the next start. */
gboolean       hw_profile_erase (HwProfile *profile, GError **error);
char          *hw_profile_database (HwVault *vault); /* (transfer full) path of the database in a vault */

G_END_DECLS
