/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwVault: the keys of one account's data on this laptop, and what they open. A vault is a folder:
 *
 *   DIR/vault.key       the data key, wrapped by the passphrase, by the recovery code, by a keyring's secret
 *   DIR/NAME            databases, opened through the vault's own SQLite file system (hw_vault_file_system)
 *   DIR/NAME.sealed     small texts beside them
 *   DIR/attachments/ID  files, under opaque names
 *
 * While it is open it owns its keys in locked memory; hw_vault_lock overwrites them, and whatever is still
 * open behind it fails from then on. The format is specified in ARCHITECTURE.md, "The vault".
 *
 * Any thread. What derives a key from a passphrase blocks for about 0.3 s.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

struct sqlite3;

#define HW_VAULT_ERROR (hw_vault_error_quark ())
GQuark hw_vault_error_quark (void);
typedef enum
{
  HW_VAULT_ERROR_PASSPHRASE,  /* not the passphrase, recovery code or secret of this vault */
  HW_VAULT_ERROR_DAMAGED,     /* changed by something else than Homeward, or cut short */
  HW_VAULT_ERROR_MISSING,     /* there is no vault, or no such thing in it */
  HW_VAULT_ERROR_EXISTS,      /* there is one already */
  HW_VAULT_ERROR_NEWER,       /* made by a newer Homeward */
  HW_VAULT_ERROR_ROLLED_BACK, /* part of it is older than the rest */
  HW_VAULT_ERROR_LOCKED,      /* its keys are gone */
  HW_VAULT_ERROR_FAILED,      /* disk or memory */
} HwVaultError;

#define HW_VAULT_SECRET_BYTES 32

#define HW_TYPE_VAULT (hw_vault_get_type ())
G_DECLARE_FINAL_TYPE (HwVault, hw_vault, HW, VAULT, GObject)

gboolean    hw_vault_exists (const char *directory);
/* Makes the folder (0700) and a new data key. HW_VAULT_ERROR_EXISTS when there is one. */
HwVault    *hw_vault_create (const char *directory, const char *passphrase, GError **error);
HwVault    *hw_vault_open (const char *directory, const char *passphrase, GError **error);
HwVault    *hw_vault_open_with_recovery_code (const char *directory, const char *code, GError **error);
HwVault    *hw_vault_open_with_secret (const char *directory, const guint8 *secret, GError **error);
/* Overwrites the keys. Close what was opened with them first; what is still open fails from now on. Idempotent. */
void        hw_vault_lock (HwVault *vault);
gboolean    hw_vault_is_locked (HwVault *vault);
const char *hw_vault_directory (HwVault *vault);

/* Each writes the key file anew, whole; data is not encrypted again. */
gboolean    hw_vault_change_passphrase (HwVault *vault, const char *passphrase, GError **error);
/* 128 bits in seven groups of four, to be printed; the former code opens nothing any more. (transfer full),
 * give it to hw_vault_forget_text. */
char       *hw_vault_renew_recovery_code (HwVault *vault, GError **error);
/* A third way in for a keyring: HW_VAULT_SECRET_BYTES, or NULL to take it away. The passphrase always stays. */
gboolean    hw_vault_set_secret (HwVault *vault, const guint8 *secret, GError **error);
/* Whether there is a third way in, as the key file says; it is not proved. Needs nothing to be open. */
gboolean    hw_vault_has_secret (const char *directory);
void        hw_vault_draw_secret (guint8 *secret); /* HW_VAULT_SECRET_BYTES of chance */
/* How often the vault was used, for telling an old copy of a part of it from the newest. */
guint64     hw_vault_counter (HwVault *vault);
gboolean    hw_vault_set_counter (HwVault *vault, guint64 counter, GError **error);

/* Databases: give the name to sqlite3_open_v2, then prepare each schema (main, attached) before it is used. */
const char *hw_vault_file_system (HwVault *vault);
/* FALSE when the connection could not be prepared: do not use it. */
gboolean    hw_vault_prepare_connection (HwVault *vault, struct sqlite3 *connection, const char *schema);

/* Small texts, written whole. name: letters, digits, dashes. */
gboolean    hw_vault_seal (HwVault *vault, const char *name, GBytes *plain, GError **error);
GBytes     *hw_vault_unseal (HwVault *vault, const char *name, GError **error);

/* Attachments. Nothing decrypted touches the disk. (transfer full) the new opaque id, once it is durable. */
char       *hw_vault_add_attachment (HwVault *vault, GInputStream *plain, GCancellable *cancellable, GError **error);
/* All of it or nothing. */
GBytes     *hw_vault_read_attachment (HwVault *vault, const char *id, GError **error);
/* Checked chunks go to the stream as they come: on an error what was written is not whole. */
gboolean    hw_vault_copy_attachment (HwVault *vault, const char *id, GOutputStream *plain, GCancellable *cancellable, GError **error);
/* The ids of all there are. (element-type utf8) */
GPtrArray  *hw_vault_attachments (HwVault *vault, GError **error);
gboolean    hw_vault_remove_attachment (HwVault *vault, const char *id, GError **error);

/* Destroys a closed vault: the key file first, then the rest. Whatever stops it, hw_vault_finish_wipe goes on. */
gboolean    hw_vault_wipe (const char *directory, GError **error);
/* At start, for each folder that may hold a vault: goes on with a wipe that was interrupted. TRUE: none, or done. */
gboolean    hw_vault_finish_wipe (const char *directory, GError **error);

/* No core dumps and no reading of this process's memory by others of the same user. Once, early in main. */
void        hw_vault_protect_process (void);
/* Overwrites and frees a text that was secret. NULL is allowed. */
void        hw_vault_forget_text (char *text);

G_END_DECLS
