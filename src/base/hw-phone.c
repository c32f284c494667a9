/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Phone numbers as E.164, so that one number has one spelling. A number without its country cannot
 * be completed by guessing (the caller may stand anywhere), so it is refused instead.
 */
#include "base/hw-phone.h"

#include <string.h>

#define FEWEST_DIGITS 8
#define MOST_DIGITS 15

/* Country codes of one and two digits; every other code has three. */
static const char *const short_codes[] = {
  "1",  "7",  "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45",
  "46", "47", "48", "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63",
  "64", "65", "66", "81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98",
};

static gboolean
is_separator (gunichar c)
{
  /* Numbers pasted from a chat carry invisible direction marks and non-breaking hyphens. */
  return g_unichar_isspace (c) || g_unichar_type (c) == G_UNICODE_FORMAT
         || g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION
         || (c < 0x80 && strchr (".()/", (char)c));
}

/* Plus signs and digits only, in ASCII; NULL when anything else stands in the text. */
static char *
bare_number (const char *text)
{
  g_autoptr (GString) bare = g_string_new (NULL);

  for (const char *p = text; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      /* "+44 (0)20…": the bracketed zero is dialled inside the country only. */
      if (g_str_has_prefix (p, "(0)") && bare->len > 0)
        p += 2;
      else if (g_unichar_isdigit (c))
        g_string_append_c (bare, (char)('0' + g_unichar_digit_value (c)));
      else if (c == '+' || c == 0xFF0B)
        g_string_append_c (bare, '+');
      else if (!is_separator (c))
        return NULL;
    }
  return g_string_free (g_steal_pointer (&bare), FALSE);
}

char *
hw_phone_normalise (const char *text)
{
  g_autofree char *bare = NULL;
  g_autofree char *number = NULL;

  if (!text || !g_utf8_validate (text, -1, NULL))
    return NULL;
  bare = bare_number (text);
  if (!bare)
    return NULL;
  if (bare[0] == '+')
    number = g_strdup (bare);
  else if (g_str_has_prefix (bare, "00"))
    number = g_strconcat ("+", bare + 2, NULL);
  return number && hw_phone_valid (number) ? g_steal_pointer (&number) : NULL;
}

/* Valid is what is stored: the plain E.164 form, nothing between the digits. */
gboolean
hw_phone_valid (const char *text)
{
  gsize digits;

  if (!text || text[0] != '+' || text[1] == '0')
    return FALSE;
  digits = strspn (text + 1, "0123456789");
  return text[1 + digits] == '\0' && digits >= FEWEST_DIGITS && digits <= MOST_DIGITS;
}

static gsize
country_code_length (const char *digits)
{
  for (guint i = 0; i < G_N_ELEMENTS (short_codes); i++)
    {
      if (g_str_has_prefix (digits, short_codes[i]))
        return strlen (short_codes[i]);
    }
  return 3;
}

/* Fours when they fit exactly, otherwise threes, and never a last digit alone. */
static gsize
next_group (gsize left)
{
  if (left == 8 || left == 4)
    return 4;
  return MIN (left, left == 2 ? 2 : 3);
}

char *
hw_phone_display (const char *e164)
{
  g_autoptr (GString) shown = NULL;
  const char *rest;

  if (!hw_phone_valid (e164))
    return g_strdup (e164 ? e164 : "");
  rest = e164 + 1 + country_code_length (e164 + 1);
  shown = g_string_new_len (e164, rest - e164);
  while (*rest)
    {
      gsize group = next_group (strlen (rest));

      g_string_append_c (shown, ' ');
      g_string_append_len (shown, rest, (gssize)group);
      rest += group;
    }
  return g_string_free (g_steal_pointer (&shown), FALSE);
}
