/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * vault-reader PROFILE: with the passphrase on standard input, writes the database of the profile's account to standard
 * output as a plain SQLite image. For tests that look at what a desktop holds; it opens what the passphrase opens.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/hw-profile.h"

static void
give_up (const char *what)
{
  fprintf (stderr, "vault-reader: %s\n", what);
  exit (EXIT_FAILURE);
}

static void
write_image (HwVault *vault)
{
  g_autofree char *path = hw_profile_database (vault);
  sqlite3 *database = NULL;
  sqlite3_int64 size = 0;
  unsigned char *image;

  if (sqlite3_open_v2 (path, &database, SQLITE_OPEN_READWRITE, hw_vault_file_system (vault)) != SQLITE_OK
      || !hw_vault_prepare_connection (vault, database, "main"))
    give_up (sqlite3_errmsg (database));
  image = sqlite3_serialize (database, "main", &size, 0);
  if (image == NULL || fwrite (image, 1, (size_t) size, stdout) != (size_t) size)
    give_up (sqlite3_errmsg (database));
  sqlite3_free (image);
  sqlite3_close (database);
}

int
main (int argc, char **argv)
{
  char passphrase[256] = "";
  g_autoptr (GError) error = NULL;
  g_autoptr (HwProfile) profile = argc == 2 ? hw_profile_open (argv[1], &error) : NULL;
  g_autoptr (HwActor) actor = NULL;
  g_autoptr (HwVault) vault = NULL;

  if (profile == NULL || !hw_profile_has_account (profile))
    give_up (error != NULL ? error->message : "usage: vault-reader PROFILE");
  if (fgets (passphrase, sizeof passphrase, stdin) == NULL)
    give_up ("no passphrase");
  passphrase[strcspn (passphrase, "\n")] = '\0';
  vault = hw_profile_open_vault (profile, passphrase, &actor, &error);
  if (vault == NULL)
    give_up (error->message);
  write_image (vault);
  return EXIT_SUCCESS;
}
