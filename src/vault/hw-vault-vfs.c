/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One SQLite file system per open vault, by a name of its own: what is opened through it is encrypted with this
 * vault's keys and no other's. All but the opening of files is left to the file system below.
 */
#define G_LOG_DOMAIN "homeward-vault"

#include "vault/hw-vault-private.h"

typedef struct
{
  sqlite3_vfs  vfs;
  HwVault     *vault; /* (unowned) owns this */
  sqlite3_vfs *base;  /* (unowned) SQLite's */
} VaultVfs;

static sqlite3_vfs *
base_of (sqlite3_vfs *vfs)
{
  return ((VaultVfs *) vfs)->base;
}

static int
open_file (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
  return hw_vault_file_open (((VaultVfs *) vfs)->vault, base_of (vfs), name, file, flags, out_flags);
}

static int
delete_file (sqlite3_vfs *vfs, const char *name, int sync)
{
  return base_of (vfs)->xDelete (base_of (vfs), name, sync);
}

static int
access_file (sqlite3_vfs *vfs, const char *name, int flags, int *result)
{
  return base_of (vfs)->xAccess (base_of (vfs), name, flags, result);
}

static int
full_path (sqlite3_vfs *vfs, const char *name, int size, char *out)
{
  return base_of (vfs)->xFullPathname (base_of (vfs), name, size, out);
}

static int
randomness (sqlite3_vfs *vfs, int size, char *out)
{
  randombytes_buf (out, (size_t) size);
  return size;
}

static int
sleep_for (sqlite3_vfs *vfs, int microseconds)
{
  return base_of (vfs)->xSleep (base_of (vfs), microseconds);
}

static int
current_time (sqlite3_vfs *vfs, double *now)
{
  return base_of (vfs)->xCurrentTime (base_of (vfs), now);
}

static int
current_time_64 (sqlite3_vfs *vfs, sqlite3_int64 *now)
{
  return base_of (vfs)->xCurrentTimeInt64 (base_of (vfs), now);
}

static int
last_error (sqlite3_vfs *vfs, int size, char *out)
{
  return base_of (vfs)->xGetLastError (base_of (vfs), size, out);
}

/* No extension is loaded through a vault. */
sqlite3_vfs *
hw_vault_vfs_new (HwVault *vault, const char *base)
{
  VaultVfs *self = g_new0 (VaultVfs, 1);
  guint8 random[8];
  char hex[2 * sizeof random + 1];

  sqlite3_initialize ();
  randombytes_buf (random, sizeof random);
  sodium_bin2hex (hex, sizeof hex, random, sizeof random);
  self->vault = vault;
  self->base = sqlite3_vfs_find (base);
  g_assert (self->base != NULL);
  self->vfs.iVersion = self->base->iVersion >= 2 && self->base->xCurrentTimeInt64 != NULL ? 2 : 1;
  self->vfs.szOsFile = hw_vault_file_size (self->base);
  self->vfs.mxPathname = self->base->mxPathname;
  self->vfs.zName = g_strdup_printf ("vault-%s", hex);
  self->vfs.xOpen = open_file;
  self->vfs.xDelete = delete_file;
  self->vfs.xAccess = access_file;
  self->vfs.xFullPathname = full_path;
  self->vfs.xRandomness = randomness;
  self->vfs.xSleep = sleep_for;
  self->vfs.xCurrentTime = current_time;
  self->vfs.xGetLastError = last_error;
  self->vfs.xCurrentTimeInt64 = current_time_64;
  sqlite3_vfs_register (&self->vfs, 0);
  return &self->vfs;
}

void
hw_vault_vfs_unregister (sqlite3_vfs *vfs)
{
  sqlite3_vfs_unregister (vfs);
}

void
hw_vault_vfs_free (sqlite3_vfs *vfs)
{
  sqlite3_vfs_unregister (vfs);
  g_free ((char *) vfs->zName);
  g_free (vfs);
}
