/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A vault in a folder of its own, at the least cost that a vault accepts, and what its tests do to files.
 */
#pragma once

#include "vault/hw-vault-private.h"

G_BEGIN_DECLS

#define PASSPHRASE "seven quiet rivers at dawn"

typedef struct
{
  char    *directory; /* (owned) the vault */
  HwVault *vault;     /* (owned) (nullable) */
} VaultFixture;

void     vault_fixture_set_up (VaultFixture *fixture, gconstpointer data);
void     vault_fixture_tear_down (VaultFixture *fixture, gconstpointer data);
char    *vault_fixture_path (VaultFixture *fixture, const char *name);
HwVault *vault_fixture_reopen (VaultFixture *fixture); /* locks, opens again; (transfer none) */

/* Databases. vault NULL: plain. Aborts on a failure to open. */
sqlite3 *open_database (HwVault *vault, const char *path);
void     run (sqlite3 *database, const char *sql);          /* aborts on failure */
int      try_run (sqlite3 *database, const char *sql);      /* SQLite's code */
char    *ask (sqlite3 *database, const char *sql);          /* first column of the first row, or NULL on an error or none */

/* Files. */
GBytes  *file_bytes (const char *path);
void     file_put (const char *path, const guint8 *data, gsize size);
gboolean tree_holds (const char *directory, const char *needle, char **where); /* in any file's bytes or name */
gboolean bytes_hold (GBytes *bytes, const char *needle);

/* A longer run where HW_VAULT_TEST_LONG is set. */
guint    rounds (guint ordinary, guint many);

G_END_DECLS
