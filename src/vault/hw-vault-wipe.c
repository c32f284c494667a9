/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Wiping. The key file is renamed first, which is one step and marks the wipe; then its bytes are overwritten, and
 * from that moment nothing in the folder can be read by anybody. The rest is removed after it, the marker last: as
 * long as it is there, the next start goes on.
 */
#define G_LOG_DOMAIN "homeward-vault"

#include "vault/hw-vault-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define MARKER "vault.wiping"

static gboolean
overwrite (const char *path, GError **error)
{
  guint8 noise[HW_KEY_FILE_BYTES];
  int fd = open (path, O_WRONLY | O_CLOEXEC);
  gboolean done;

  if (fd < 0)
    return hw_vault_fail_errno (path, error);
  randombytes_buf (noise, sizeof noise);
  done = pwrite (fd, noise, sizeof noise, 0) == (gssize) sizeof noise && fsync (fd) == 0;
  if (!done)
    hw_vault_fail_errno (path, error);
  close (fd);
  return done;
}

/* What is not a folder is unlinked, never followed. */
static gboolean
remove_all (const char *path, const char *except, GError **error)
{
  g_autoptr (GDir) folder = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;
  gboolean done = TRUE;

  while (done && folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_strcmp0 (name, except) != 0)
        done = remove_all (child, NULL, error);
    }
  if (!done || except != NULL)
    return done;
  return g_remove (path) == 0 || errno == ENOENT || hw_vault_fail_errno (path, error);
}

static gboolean
go_on (const char *directory, const char *marker, GError **error)
{
  if (!overwrite (marker, error) || !remove_all (directory, MARKER, error))
    return FALSE;
  hw_vault_sync_folder (directory);
  if (g_unlink (marker) != 0)
    return hw_vault_fail_errno (marker, error);
  hw_vault_sync_folder (directory);
  return g_rmdir (directory) == 0 || hw_vault_fail_errno (directory, error);
}

gboolean
hw_vault_wipe (const char *directory, GError **error)
{
  g_autofree char *key_file = hw_key_file_path (directory);
  g_autofree char *marker = g_build_filename (directory, MARKER, NULL);

  if (!g_file_test (marker, G_FILE_TEST_EXISTS) && g_rename (key_file, marker) != 0)
    return errno == ENOENT ? remove_all (directory, NULL, error) : hw_vault_fail_errno (key_file, error);
  hw_vault_sync_folder (directory);
  return go_on (directory, marker, error);
}

gboolean
hw_vault_finish_wipe (const char *directory, GError **error)
{
  g_autofree char *marker = g_build_filename (directory, MARKER, NULL);

  return !g_file_test (marker, G_FILE_TEST_EXISTS) || go_on (directory, marker, error);
}
