/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwKeyring: one secret per vault in the keyring of the computer's session (the Secret Service, through libsecret). It is
 * found by the name of the vault's folder, which tells nothing of the account.
 *
 * Any thread but the main one: each blocks until the keyring answers, which may ask a person for its own password.
 */
#pragma once

#include <gio/gio.h>

#include "vault/hw-vault.h"

G_BEGIN_DECLS

/* secret: HW_VAULT_SECRET_BYTES. The former one of this vault is replaced. */
gboolean hw_keyring_store (const char *vault, const guint8 *secret, GCancellable *cancellable, GError **error);
/* G_IO_ERROR_NOT_FOUND when the keyring has none for this vault. */
gboolean hw_keyring_look_up (const char *vault, guint8 *secret, GCancellable *cancellable, GError **error);
/* TRUE also when there was none. */
gboolean hw_keyring_clear (const char *vault, GCancellable *cancellable, GError **error);
/* From the main thread: clears when it can, and nobody waits for it. */
void     hw_keyring_clear_later (const char *vault);

G_END_DECLS
