/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libsodium goes on when the system refuses to lock what it gives: here that is asked for once more, and heard.
 */
#include "vault/hw-locked-text.h"

#include <sodium.h>
#include <string.h>

char *
hw_locked_text_new (const char *text)
{
  gsize size = text != NULL ? strlen (text) + 1 : 0;
  char *locked;

  if (text == NULL || sodium_init () < 0)
    return NULL;
  locked = sodium_malloc (size);
  if (locked != NULL && sodium_mlock (locked, size) != 0)
    g_clear_pointer (&locked, sodium_free);
  if (locked != NULL)
    memcpy (locked, text, size);
  return locked;
}

void
hw_locked_text_free (char *text)
{
  sodium_free (text);
}
