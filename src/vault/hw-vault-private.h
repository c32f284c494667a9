/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of the vault share with each other and with their tests.
 */
#pragma once

#include <sodium.h>
#include <sqlite3.h>

#include "vault/hw-vault.h"

G_BEGIN_DECLS

#define HW_VAULT_PAGE 4096
#define HW_VAULT_NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define HW_VAULT_TAG crypto_aead_xchacha20poly1305_ietf_ABYTES
#define HW_VAULT_RESERVED (HW_VAULT_NONCE + HW_VAULT_TAG)
#define HW_VAULT_NAME_TAG 16
#define HW_VAULT_FRAME_HEADER 24
#define HW_VAULT_KEY 32
#define HW_VAULT_ID 16
#define HW_VAULT_ROUNDS 4

G_STATIC_ASSERT (HW_VAULT_RESERVED == 40);

/* In locked memory only. */
typedef struct
{
  guint8 data[HW_VAULT_KEY];        /* the one that is wrapped; all others come from it */
  guint8 pages[HW_VAULT_KEY];
  guint8 attachments[HW_VAULT_KEY];
  guint8 sealed[HW_VAULT_KEY];
  guint8 key_file[HW_VAULT_KEY];
  guint8 headers[HW_VAULT_ROUNDS][crypto_shorthash_KEYBYTES];
  guint8 checks[crypto_shorthash_KEYBYTES];
} HwVaultKeys;

/* ---- The key file (hw-key-file.c) ---- */

typedef enum
{
  HW_SLOT_PASSPHRASE,
  HW_SLOT_RECOVERY,
  HW_SLOT_SECRET,
  HW_N_SLOTS,
} HwSlotKind;

#define HW_SLOT_SALT crypto_pwhash_SALTBYTES
#define HW_KEY_FILE_BYTES 424
#define HW_ARGON_MEMORY_MIN (G_GUINT64_CONSTANT (64) << 20)
/* What is measured stays below both; a forged file must not keep the door busy for an hour. */
#define HW_ARGON_MEMORY_MAX (G_GUINT64_CONSTANT (256) << 20)
#define HW_ARGON_PASSES_MAX 64

typedef struct
{
  gboolean used;
  guint64  passes, memory; /* Argon2id; memory in bytes; both 0 where the secret is random itself */
  guint8   salt[HW_SLOT_SALT];
  guint8   nonce[HW_VAULT_NONCE];
  guint8   wrapped[HW_VAULT_KEY + HW_VAULT_TAG];
} HwKeySlot;

typedef struct
{
  guint8    id[HW_VAULT_ID];
  guint64   counter;
  HwKeySlot slots[HW_N_SLOTS];
} HwKeyFile;

char    *hw_key_file_path (const char *directory);
gboolean hw_key_file_read (const char *directory, HwKeyFile *file, guint8 *mac, GError **error); /* mac: HW_VAULT_KEY bytes, yet unproved */
gboolean hw_key_file_write (const char *directory, const HwKeyFile *file, const HwVaultKeys *keys, GError **error);
gboolean hw_key_file_proves (const HwKeyFile *file, const HwVaultKeys *keys, const guint8 *mac);
/* What a slot's wrapping is bound to. */
#define HW_SLOT_BINDING (HW_VAULT_ID + 4 + 8 + 8 + HW_SLOT_SALT)
void     hw_key_slot_binding (const HwKeyFile *file, HwSlotKind kind, guint8 binding[HW_SLOT_BINDING]);
/* Writes a file of 0600 whole: written, fsync, renamed, folder fsync. */
gboolean hw_vault_write_file (const char *path, const guint8 *data, gsize size, GError **error);
void     hw_vault_sync_folder (const char *directory);
gboolean hw_vault_fail_errno (const char *path, GError **error); /* FALSE, *error from errno */

/* ---- Keys (hw-vault-keys.c) ---- */

/* The passphrase's cost that takes about 0.3 s here; never below HW_ARGON_MEMORY_MIN. */
void     hw_keys_calibrate (guint64 *passes, guint64 *memory);
void     hw_keys_derive (HwVaultKeys *keys); /* all the others from keys->data */
gboolean hw_keys_of_passphrase (const char *passphrase, const HwKeySlot *slot, guint8 key[HW_VAULT_KEY], GError **error);
void     hw_keys_of_secret (const guint8 *secret, gsize size, const HwKeySlot *slot, guint8 key[HW_VAULT_KEY]);
/* Fills nonce and wrapped of a slot whose other fields are set. */
void     hw_keys_wrap (HwKeyFile *file, HwSlotKind kind, const guint8 key[HW_VAULT_KEY], const guint8 data[HW_VAULT_KEY]);
gboolean hw_keys_unwrap (const HwKeyFile *file, HwSlotKind kind, const guint8 key[HW_VAULT_KEY], guint8 data[HW_VAULT_KEY]);

#define HW_RECOVERY_BYTES 16
char    *hw_recovery_code_format (const guint8 secret[HW_RECOVERY_BYTES]); /* (transfer full) */
gboolean hw_recovery_code_parse (const char *code, guint8 secret[HW_RECOVERY_BYTES]);

/* ---- Pages (hw-vault-page.c) ---- pure: keys and bytes in, bytes out */

typedef enum
{
  HW_PAGE_DATABASE = 'D',
  HW_PAGE_LOG = 'W',
  HW_PAGE_JOURNAL = 'J',
} HwPageKind;

typedef struct
{
  HwPageKind    kind;
  const guint8 *name_tag; /* (unowned) HW_VAULT_NAME_TAG bytes: which file */
  guint32       page;     /* DATABASE, LOG */
  gint64        offset;   /* LOG, JOURNAL: where in its file */
} HwPagePlace;

void     hw_page_name_tag (const char *base_name, guint8 tag[HW_VAULT_NAME_TAG]);
void     hw_page_seal (const HwVaultKeys *keys, const HwPagePlace *place, const guint8 *plain, guint8 *stored);
gboolean hw_page_open (const HwVaultKeys *keys, const HwPagePlace *place, const guint8 *stored, guint8 *plain); /* may be the same */
/* A frame header in place: page number, size and checksum pass, the salts stay as they are. */
void     hw_frame_header_seal (const HwVaultKeys *keys, gint64 offset, guint8 header[HW_VAULT_FRAME_HEADER]);
void     hw_frame_header_open (const HwVaultKeys *keys, gint64 offset, guint8 header[HW_VAULT_FRAME_HEADER]);
void     hw_journal_check_mask (const HwVaultKeys *keys, const guint8 *stored_page, gint64 offset, guint8 mask[4]);

/* ---- The vault itself (hw-vault.c) ---- */

/* As hw_vault_create, with a given cost (at least the least allowed) and above another file system. */
HwVault           *hw_vault_create_with_cost (const char *directory, const char *passphrase, guint64 passes, guint64 memory, GError **error);
/* Keys for the length of a piece of work; NULL when it is locked. Pair with release, also after NULL. */
const HwVaultKeys *hw_vault_hold_keys (HwVault *vault);
void               hw_vault_release_keys (HwVault *vault);
gboolean           hw_vault_fail_locked (GError **error); /* FALSE */

/* ---- The file system (hw-vault-vfs.c, hw-vault-file.c) ---- */

/* Registered until hw_vault_vfs_free, which comes after the last file was closed. base: NULL: SQLite's own. */
sqlite3_vfs *hw_vault_vfs_new (HwVault *vault, const char *base);
void         hw_vault_vfs_unregister (sqlite3_vfs *vfs);
void         hw_vault_vfs_free (sqlite3_vfs *vfs);
int          hw_vault_file_size (sqlite3_vfs *base);
int          hw_vault_file_open (HwVault *vault, sqlite3_vfs *base, const char *name, sqlite3_file *file, int flags, int *out_flags);
/* For tests that stand between the vault and the disk: before the first database is opened. */
void         hw_vault_stand_on (HwVault *vault, const char *base);

G_END_DECLS
