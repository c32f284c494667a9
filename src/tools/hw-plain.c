/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A laptop names itself when it signs in, and a name may hold anything: what an administrator reads must not be able to
 * clear the screen, hide a line or turn another's around.
 */
#define G_LOG_DOMAIN "homeward-tools"

#include "tools/hw-plain.h"

#include <string.h>

static gboolean
is_plain (gunichar c)
{
  switch (g_unichar_type (c))
    {
      case G_UNICODE_CONTROL:
      case G_UNICODE_FORMAT:
      case G_UNICODE_UNASSIGNED:
      case G_UNICODE_PRIVATE_USE:
      case G_UNICODE_SURROGATE:
      case G_UNICODE_LINE_SEPARATOR:
      case G_UNICODE_PARAGRAPH_SEPARATOR:
        return FALSE;
      default:
        return TRUE;
    }
}

static void
append_char (GString *out, gunichar c)
{
  if (c == '\\')
    g_string_append (out, "\\\\");
  else if (is_plain (c))
    g_string_append_unichar (out, c);
  else
    g_string_append_printf (out, c < 0x100 ? "\\x%02x" : "\\u%04x", c);
}

char *
hw_plain (const char *text)
{
  const char *end = text != NULL ? text + strlen (text) : NULL;
  GString *out = g_string_new (NULL);

  while (text < end)
    {
      gunichar c = g_utf8_get_char_validated (text, end - text);

      if (c == (gunichar) -1 || c == (gunichar) -2)
        {
          g_string_append_printf (out, "\\x%02x", (guint) (guchar) *text);
          text++;
          continue;
        }
      append_char (out, c);
      text = g_utf8_next_char (text);
    }
  return g_string_free (out, FALSE);
}
