/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Opening and locking. Keys live in one locked, guarded allocation that is overwritten when the vault locks or is
 * dropped; whoever works with them holds a read lock meanwhile, so they never vanish under a page.
 */
#define G_LOG_DOMAIN "homeward-vault"

#include "vault/hw-vault-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>

struct _HwVault
{
  GObject parent;

  char        *directory; /* (owned) */
  char        *base;      /* (owned) (nullable) the SQLite file system below; NULL: its default */
  GRWLock      lock;
  HwVaultKeys *keys; /* (owned) (nullable) locked; under lock */
  HwKeyFile    file; /* under lock */
  sqlite3_vfs *vfs;  /* (owned) (nullable) once a database was opened; under lock */
};

G_DEFINE_FINAL_TYPE (HwVault, hw_vault, G_TYPE_OBJECT)
G_DEFINE_QUARK (hw-vault-error-quark, hw_vault_error)

static void
hw_vault_finalize (GObject *object)
{
  HwVault *self = HW_VAULT (object);

  hw_vault_lock (self);
  g_clear_pointer (&self->vfs, hw_vault_vfs_free);
  g_rw_lock_clear (&self->lock);
  g_free (self->directory);
  g_free (self->base);

  G_OBJECT_CLASS (hw_vault_parent_class)->finalize (object);
}

static void
hw_vault_class_init (HwVaultClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hw_vault_finalize;
}

static void
hw_vault_init (HwVault *self)
{
  g_rw_lock_init (&self->lock);
}

/* Locked memory may be scarce: then there is no vault rather than keys in memory that can be swapped out. */
static HwVault *
vault_new (const char *directory, GError **error)
{
  g_autoptr (HwVault) self = NULL;

  if (sodium_init () >= 0)
    {
      self = g_object_new (HW_TYPE_VAULT, NULL);
      self->directory = g_strdup (directory);
      self->keys = sodium_malloc (sizeof *self->keys);
    }
  if (self == NULL || self->keys == NULL)
    {
      g_set_error_literal (error, HW_VAULT_ERROR, HW_VAULT_ERROR_FAILED,
                           _ ("There is no memory that can be kept from the disk. Nothing was changed. Close other "
                              "programs and try again."));
      return NULL;
    }
  sodium_memzero (self->keys, sizeof *self->keys);
  return g_steal_pointer (&self);
}

gboolean
hw_vault_fail_locked (GError **error)
{
  g_set_error_literal (error, HW_VAULT_ERROR, HW_VAULT_ERROR_LOCKED,
                       _ ("Homeward is locked. Nothing was changed; unlock it and try again."));
  return FALSE;
}

/* ---- Making ---- */

static gboolean
make_folder (const char *directory, GError **error)
{
  if (g_mkdir_with_parents (directory, 0700) == 0)
    {
      g_autofree char *parent = g_path_get_dirname (directory);

      hw_vault_sync_folder (parent);
      return TRUE;
    }
  return hw_vault_fail_errno (directory, error);
}

/* Wraps the data key by a passphrase of the given cost. */
static gboolean
fill_passphrase_slot (HwKeyFile   *file,
                      HwVaultKeys *keys,
                      const char  *passphrase,
                      guint64      passes,
                      guint64      memory,
                      GError     **error)
{
  HwKeySlot *slot = &file->slots[HW_SLOT_PASSPHRASE];
  guint8 key[HW_VAULT_KEY];

  memset (slot, 0, sizeof *slot);
  slot->used = TRUE;
  slot->passes = passes;
  slot->memory = memory;
  randombytes_buf (slot->salt, sizeof slot->salt);
  if (!hw_keys_of_passphrase (passphrase, slot, key, error))
    return FALSE;
  hw_keys_wrap (file, HW_SLOT_PASSPHRASE, key, keys->data);
  sodium_memzero (key, sizeof key);
  return TRUE;
}

HwVault *
hw_vault_create_with_cost (
  const char *directory, const char *passphrase, guint64 passes, guint64 memory, GError **error)
{
  g_autoptr (HwVault) self = NULL;

  g_return_val_if_fail (directory != NULL && passphrase != NULL, NULL);
  g_return_val_if_fail (passes >= 1 && memory >= HW_ARGON_MEMORY_MIN, NULL);

  if (hw_vault_exists (directory))
    {
      g_set_error_literal (error, HW_VAULT_ERROR, HW_VAULT_ERROR_EXISTS,
                           _ ("This laptop already keeps data of this account. Nothing was changed."));
      return NULL;
    }
  self = vault_new (directory, error);
  if (self == NULL || !make_folder (directory, error))
    return NULL;
  randombytes_buf (self->file.id, sizeof self->file.id);
  randombytes_buf (self->keys->data, sizeof self->keys->data);
  hw_keys_derive (self->keys);
  if (!fill_passphrase_slot (&self->file, self->keys, passphrase, passes, memory, error)
      || !hw_key_file_write (directory, &self->file, self->keys, error))
    return NULL;
  return g_steal_pointer (&self);
}

HwVault *
hw_vault_create (const char *directory, const char *passphrase, GError **error)
{
  guint64 passes, memory;

  if (sodium_init () >= 0)
    hw_keys_calibrate (&passes, &memory);
  else
    passes = 3, memory = HW_ARGON_MEMORY_MIN;
  return hw_vault_create_with_cost (directory, passphrase, passes, memory, error);
}

/* ---- Opening ---- */

gboolean
hw_vault_exists (const char *directory)
{
  g_autofree char *path = hw_key_file_path (directory);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* The slot's key opens the data key, and the data key proves the file. */
static gboolean
unwrap (HwVault *self, HwSlotKind kind, const guint8 key[HW_VAULT_KEY], const guint8 *mac, const char *wrong, GError **error)
{
  if (!hw_keys_unwrap (&self->file, kind, key, self->keys->data))
    {
      g_set_error_literal (error, HW_VAULT_ERROR, HW_VAULT_ERROR_PASSPHRASE, wrong);
      return FALSE;
    }
  hw_keys_derive (self->keys);
  if (hw_key_file_proves (&self->file, self->keys, mac))
    return TRUE;
  g_set_error_literal (error, HW_VAULT_ERROR, HW_VAULT_ERROR_DAMAGED,
                       _ ("The key file was changed by something else than Homeward, so nothing was opened. Put back "
                          "a copy of it, or remove the data and sign in anew."));
  return FALSE;
}

HwVault *
hw_vault_open (const char *directory, const char *passphrase, GError **error)
{
  g_autoptr (HwVault) self = NULL;
  guint8 mac[HW_VAULT_KEY], key[HW_VAULT_KEY];
  gboolean opened;

  g_return_val_if_fail (directory != NULL && passphrase != NULL, NULL);

  self = vault_new (directory, error);
  if (self == NULL || !hw_key_file_read (directory, &self->file, mac, error)
      || !hw_keys_of_passphrase (passphrase, &self->file.slots[HW_SLOT_PASSPHRASE], key, error))
    return NULL;
  opened = unwrap (self, HW_SLOT_PASSPHRASE, key, mac,
                   _ ("That is not the passphrase of this laptop’s data. Nothing was changed; try again."), error);
  sodium_memzero (key, sizeof key);
  return opened ? g_steal_pointer (&self) : NULL;
}

/* By something random: the recovery code's bits or the keyring's secret. */
static HwVault *
open_with_random (
  const char *directory, HwSlotKind kind, const guint8 *secret, gsize size, const char *wrong, GError **error)
{
  g_autoptr (HwVault) self = vault_new (directory, error);
  guint8 mac[HW_VAULT_KEY], key[HW_VAULT_KEY];
  gboolean opened;

  if (self == NULL || !hw_key_file_read (directory, &self->file, mac, error))
    return NULL;
  if (!self->file.slots[kind].used)
    {
      g_set_error_literal (error, HW_VAULT_ERROR, HW_VAULT_ERROR_PASSPHRASE, wrong);
      return NULL;
    }
  hw_keys_of_secret (secret, size, &self->file.slots[kind], key);
  opened = unwrap (self, kind, key, mac, wrong, error);
  sodium_memzero (key, sizeof key);
  return opened ? g_steal_pointer (&self) : NULL;
}

HwVault *
hw_vault_open_with_recovery_code (const char *directory, const char *code, GError **error)
{
  guint8 secret[HW_RECOVERY_BYTES];
  HwVault *vault;

  g_return_val_if_fail (directory != NULL && code != NULL, NULL);

  if (!hw_recovery_code_parse (code, secret))
    {
      g_set_error_literal (error, HW_VAULT_ERROR, HW_VAULT_ERROR_PASSPHRASE,
                           _ ("That is not a recovery code: it has seven groups of four letters and digits. Nothing "
                              "was changed; compare it with the paper and try again."));
      return NULL;
    }
  vault = open_with_random (directory, HW_SLOT_RECOVERY, secret, sizeof secret,
                            _ ("That is not the recovery code of this laptop’s data. Nothing was changed; look for a "
                               "later one."),
                            error);
  sodium_memzero (secret, sizeof secret);
  return vault;
}

HwVault *
hw_vault_open_with_secret (const char *directory, const guint8 *secret, GError **error)
{
  g_return_val_if_fail (directory != NULL && secret != NULL, NULL);

  return open_with_random (directory, HW_SLOT_SECRET, secret, HW_VAULT_SECRET_BYTES,
                           _ ("The keyring does not open this laptop’s data. Nothing was changed; use the passphrase."),
                           error);
}

void
hw_vault_lock (HwVault *self)
{
  g_rw_lock_writer_lock (&self->lock);
  if (self->vfs != NULL)
    hw_vault_vfs_unregister (self->vfs);
  g_clear_pointer (&self->keys, sodium_free);
  g_rw_lock_writer_unlock (&self->lock);
}

gboolean
hw_vault_is_locked (HwVault *self)
{
  gboolean locked = hw_vault_hold_keys (self) == NULL;

  hw_vault_release_keys (self);
  return locked;
}

const char *
hw_vault_directory (HwVault *self)
{
  return self->directory;
}

const HwVaultKeys *
hw_vault_hold_keys (HwVault *self)
{
  g_rw_lock_reader_lock (&self->lock);
  return self->keys;
}

void
hw_vault_release_keys (HwVault *self)
{
  g_rw_lock_reader_unlock (&self->lock);
}

/* ---- Changing the key file ---- */

/* Makes it so on disk, then in memory: a failed writing changes neither. Under the writer's lock. */
static gboolean
replace_file (HwVault *self, const HwKeyFile *file, GError **error)
{
  if (!hw_key_file_write (self->directory, file, self->keys, error))
    return FALSE;
  self->file = *file;
  return TRUE;
}

gboolean
hw_vault_change_passphrase (HwVault *self, const char *passphrase, GError **error)
{
  HwKeyFile file;
  guint64 passes, memory;
  gboolean changed;

  g_return_val_if_fail (passphrase != NULL, FALSE);

  hw_keys_calibrate (&passes, &memory);
  g_rw_lock_writer_lock (&self->lock);
  file = self->file;
  if (self->keys == NULL)
    changed = hw_vault_fail_locked (error);
  else
    changed = fill_passphrase_slot (&file, self->keys, passphrase, passes, memory, error)
              && replace_file (self, &file, error);
  g_rw_lock_writer_unlock (&self->lock);
  return changed;
}

static gboolean
set_random_slot (HwVault *self, HwSlotKind kind, const guint8 *secret, gsize size, GError **error)
{
  HwKeyFile file;
  HwKeySlot *slot = &file.slots[kind];
  guint8 key[HW_VAULT_KEY];
  gboolean changed;

  g_rw_lock_writer_lock (&self->lock);
  file = self->file;
  memset (slot, 0, sizeof *slot);
  if (secret != NULL && self->keys != NULL)
    {
      slot->used = TRUE;
      randombytes_buf (slot->salt, sizeof slot->salt);
      hw_keys_of_secret (secret, size, slot, key);
      hw_keys_wrap (&file, kind, key, self->keys->data);
      sodium_memzero (key, sizeof key);
    }
  changed = self->keys != NULL ? replace_file (self, &file, error) : hw_vault_fail_locked (error);
  g_rw_lock_writer_unlock (&self->lock);
  return changed;
}

char *
hw_vault_renew_recovery_code (HwVault *self, GError **error)
{
  guint8 secret[HW_RECOVERY_BYTES];
  char *code = NULL;

  randombytes_buf (secret, sizeof secret);
  if (set_random_slot (self, HW_SLOT_RECOVERY, secret, sizeof secret, error))
    code = hw_recovery_code_format (secret);
  sodium_memzero (secret, sizeof secret);
  return code;
}

gboolean
hw_vault_set_secret (HwVault *self, const guint8 *secret, GError **error)
{
  return set_random_slot (self, HW_SLOT_SECRET, secret, HW_VAULT_SECRET_BYTES, error);
}

gboolean
hw_vault_has_secret (const char *directory)
{
  guint8 mac[HW_VAULT_KEY];
  HwKeyFile file;

  return sodium_init () >= 0 && hw_key_file_read (directory, &file, mac, NULL) && file.slots[HW_SLOT_SECRET].used;
}

void
hw_vault_draw_secret (guint8 *secret)
{
  randombytes_buf (secret, HW_VAULT_SECRET_BYTES);
}

guint64
hw_vault_counter (HwVault *self)
{
  guint64 counter;

  g_rw_lock_reader_lock (&self->lock);
  counter = self->file.counter;
  g_rw_lock_reader_unlock (&self->lock);
  return counter;
}

gboolean
hw_vault_set_counter (HwVault *self, guint64 counter, GError **error)
{
  HwKeyFile file;
  gboolean changed;

  g_rw_lock_writer_lock (&self->lock);
  file = self->file;
  file.counter = counter;
  changed = self->keys != NULL ? replace_file (self, &file, error) : hw_vault_fail_locked (error);
  g_rw_lock_writer_unlock (&self->lock);
  return changed;
}

/* ---- Databases ---- */

void
hw_vault_stand_on (HwVault *self, const char *base)
{
  g_return_if_fail (self->vfs == NULL);

  g_free (self->base);
  self->base = g_strdup (base);
}

const char *
hw_vault_file_system (HwVault *self)
{
  const char *name;

  g_rw_lock_writer_lock (&self->lock);
  if (self->vfs == NULL)
    self->vfs = hw_vault_vfs_new (self, self->base);
  name = self->vfs->zName;
  g_rw_lock_writer_unlock (&self->lock);
  return name;
}

/* The reserved bytes are set before the first page is made; the file system refuses a page 1 without them. A
 * cache that spills inside a transaction can lose a committed one after a crash (SQLite 3.40, 3.46). */
gboolean
hw_vault_prepare_connection (HwVault *self, sqlite3 *connection, const char *schema)
{
  int reserved = HW_VAULT_RESERVED;

  return sqlite3_file_control (connection, schema, SQLITE_FCNTL_RESERVE_BYTES, &reserved) == SQLITE_OK
         && sqlite3_exec (connection, "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0; PRAGMA cache_spill=OFF", NULL, NULL,
                          NULL)
              == SQLITE_OK;
}

/* ---- The process ---- */

void
hw_vault_protect_process (void)
{
  const struct rlimit none = { 0, 0 };

  setrlimit (RLIMIT_CORE, &none);
  prctl (PR_SET_DUMPABLE, 0, 0, 0, 0);
}

void
hw_vault_forget_text (char *text)
{
  if (text == NULL)
    return;
  sodium_memzero (text, strlen (text));
  g_free (text);
}
