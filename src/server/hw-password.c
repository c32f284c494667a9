/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Length is what makes a password strong; besides it only the plainly guessable are refused: the
 * well known ones, one sign again and again, running rows, and the account's own name.
 */
#define G_LOG_DOMAIN "homeward-server"

#include "server/hw-password.h"

#include <sodium.h>
#include <string.h>

/* What is left of the well-known lists at twelve characters and more, digits and signs stripped at
 * the ends. */
static const char *const common[] = {
  "password",
  "passwordpassword",
  "motdepasse",
  "motdepassemotdepasse",
  "qwerty",
  "qwertyuiop",
  "azerty",
  "azertyuiop",
  "letmein",
  "welcome",
  "bienvenue",
  "administrator",
  "changeme",
  "iloveyou",
  "jetaime",
  "homeward",
  "burundi",
  "bujumbura",
  "abcdefghijkl",
  "qwertyuiopasdfghjkl",
  "correcthorsebatterystaple",
  "trustno",
  "superman",
  "football",
};

static gboolean
is_run (const char *password)
{
  gsize length = strlen (password);
  gboolean same = TRUE, up = TRUE, down = TRUE;

  for (gsize i = 1; i < length; i++)
    {
      int step = (int) (guchar) password[i] - (int) (guchar) password[i - 1];

      same = same && step == 0;
      up = up && (step == 1 || step == -9);
      down = down && (step == -1 || step == 9);
    }
  return same || up || down;
}

static gboolean
is_common (const char *password)
{
  g_autofree char *folded = g_utf8_strdown (password, -1);
  char *core = folded;
  gsize length;

  while (*core != '\0' && !g_ascii_isalpha (*core))
    core++;
  for (length = strlen (core); length > 0 && !g_ascii_isalpha (core[length - 1]); length--)
    core[length - 1] = '\0';
  for (guint i = 0; i < G_N_ELEMENTS (common); i++)
    if (g_str_equal (core, common[i]))
      return TRUE;
  return *core == '\0' && is_run (password);
}

const char *
hw_password_complaint (const char *password, const char *username)
{
  g_autofree char *folded = NULL, *name = NULL;

  if (password == NULL || !g_utf8_validate (password, -1, NULL))
    return "The password cannot be read as text.";
  if (g_utf8_strlen (password, -1) < HW_PASSWORD_MIN_CHARACTERS)
    return "The password is too short: use at least 12 characters, for example four words.";
  if (strlen (password) > HW_PASSWORD_MAX_BYTES)
    return "The password is too long: use at most 1,024 characters.";
  folded = g_utf8_strdown (password, -1);
  name = g_utf8_strdown (username != NULL ? username : "", -1);
  if (strlen (name) >= 4 && strstr (folded, name) != NULL)
    return "The password contains the account's name: choose another.";
  if (is_run (password) || is_common (password))
    return "The password is one that is tried first: choose another, for example four words.";
  return NULL;
}

char *
hw_password_hash (const char *password)
{
  char hash[crypto_pwhash_STRBYTES];

  if (crypto_pwhash_str (hash,
                         password,
                         strlen (password),
                         crypto_pwhash_OPSLIMIT_INTERACTIVE,
                         crypto_pwhash_MEMLIMIT_INTERACTIVE)
      != 0)
    return NULL;
  return g_strdup (hash);
}

gboolean
hw_password_verify (const char *hash, const char *password)
{
  return crypto_pwhash_str_verify (hash, password, strlen (password)) == 0;
}
