/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One name is written in many ways: Niyonzíma, NIYONZIMA, نِيُونزِيمَا. Text is folded here before it
 * is indexed and again before it is asked, so both sides agree; FTS5 itself does not fold Arabic.
 * What comes out is letters and digits in words with one space between them, and folds to itself.
 */
#include "base/hw-fold.h"

#include <string.h>

#include "base/hw-date.h"

#define MOST_WORDS 64
#define TATWEEL 0x0640
#define FEWEST_PHONE_DIGITS 7

/* What decomposition leaves apart although a reader takes it for one letter. */
static gunichar
fold_letter (gunichar c)
{
  switch (c)
    {
      case 0x0671: /* alef wasla */
        return 0x0627;
      case 0x0649: /* alef maksura */
      case 0x06CC: /* Farsi yeh, on many keyboards in the Gulf */
        return 0x064A;
      case 0x06A9: /* keheh */
        return 0x0643;
      case 0x0629: /* teh marbuta */
        return 0x0647;
      default:
        return c;
    }
}

static gboolean
is_apostrophe (gunichar c)
{
  switch (c)
    {
      case '\'':
      case '`':
      case 0x02B9: /* modifier letters: prime, turned comma, apostrophe, the two half rings */
      case 0x02BB:
      case 0x02BC:
      case 0x02BE:
      case 0x02BF:
      case 0x2018:
      case 0x2019:
      case 0x201B:
      case 0x2032:
        return TRUE;
      default:
        return FALSE;
    }
}

static gboolean
vanishes (gunichar c)
{
  return g_unichar_ismark (c) || c == TATWEEL || is_apostrophe (c)
         || g_unichar_type (c) == G_UNICODE_FORMAT;
}

/* Lower case once more at the end: case folding turns the small letters of Cherokee into capitals.
 */
static void
append_folded (GString *out, gunichar c)
{
  if (vanishes (c))
    return;
  if (g_unichar_isdigit (c))
    g_string_append_c (out, (char)('0' + g_unichar_digit_value (c)));
  else if (g_unichar_isalnum (c))
    g_string_append_unichar (out, fold_letter (g_unichar_tolower (c)));
  else if (out->len > 0 && out->str[out->len - 1] != ' ')
    g_string_append_c (out, ' ');
}

/* Decomposed, case-folded, and decomposed again: some case folds are themselves composed. */
static char *
decompose (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *apart = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL);
  g_autofree char *lower = g_utf8_casefold (apart, -1);

  return g_utf8_normalize (lower, -1, G_NORMALIZE_ALL);
}

static char *
fold_ascii (const char *text)
{
  GString *out = g_string_sized_new (strlen (text) + 1);

  for (const char *p = text; *p; p++)
    {
      if (g_ascii_isalnum (*p))
        g_string_append_c (out, g_ascii_tolower (*p));
      else if (*p != '\'' && *p != '`' && out->len > 0 && out->str[out->len - 1] != ' ')
        g_string_append_c (out, ' ');
    }
  if (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  return g_string_free (out, FALSE);
}

char *
hw_fold (const char *text)
{
  g_autofree char *apart = NULL;
  GString *out;

  if (!text)
    return g_strdup ("");
  if (g_str_is_ascii (text))
    return fold_ascii (text);
  apart = decompose (text);
  out = g_string_sized_new (strlen (apart) + 1);
  for (const char *p = apart; *p; p = g_utf8_next_char (p))
    append_folded (out, g_utf8_get_char (p));
  if (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  return g_string_free (out, FALSE);
}

/* Digits and what people put between them; gives the digits (transfer full), NULL for anything
 * else. */
static char *
phone_digits (const char *word)
{
  GString *digits = g_string_new (NULL);

  for (const char *p = word; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isdigit (c))
        g_string_append_c (digits, (char)('0' + g_unichar_digit_value (c)));
      else if (g_unichar_type (c) != G_UNICODE_FORMAT && !(c < 0x80 && strchr ("+-.()/", (char)c)))
        {
          g_string_free (digits, TRUE);
          return NULL;
        }
    }
  return g_string_free (digits, FALSE);
}

static gboolean
starts_international (const char *word)
{
  return word[0] == '+' || g_str_has_prefix (word, "00");
}

/* Numbers are stored as "+965…", folded to "965…": the 00 that some dial is not part of it. */
static const char *
without_trunk (const char *digits)
{
  gboolean dialled = g_str_has_prefix (digits, "00") && strlen (digits) > FEWEST_PHONE_DIGITS;

  return dialled ? digits + 2 : digits;
}

/* A number that starts with + or 00 may have been pasted with spaces: the words after it that are
 * digits belong to it. Moves *index past what it took. NULL: no phone number starts here. */
static char *
take_phone (char **words, guint *index)
{
  g_autofree char *digits = phone_digits (words[*index]);
  gboolean international = starts_international (words[*index]);
  g_autoptr (GString) joined = NULL;
  guint next = *index + 1;

  if (!digits || digits[0] == '\0')
    return NULL;
  joined = g_string_new (digits);
  for (; international && words[next] && words[next][0] != '+'; next++)
    {
      g_autofree char *more = phone_digits (words[next]);

      if (!more)
        break;
      g_string_append (joined, more);
    }
  if (!international && (joined->len < FEWEST_PHONE_DIGITS || hw_date_valid (words[*index])))
    return NULL;
  *index = next - 1;
  return g_strdup (without_trunk (joined->str));
}

static void
append_word (GString *out, guint *count, const char *word)
{
  if (word[0] == '\0' || *count >= MOST_WORDS)
    return;
  g_string_append_printf (out, "%s\"%s\"*", *count > 0 ? " " : "", word);
  (*count)++;
}

static void
append_words (GString *out, guint *count, const char *text)
{
  g_autofree char *folded = hw_fold (text);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);

  for (guint i = 0; words[i]; i++)
    append_word (out, count, words[i]);
}

static char **
split_at_white_space (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  const char *start = valid;

  for (const char *p = valid;; p = g_utf8_next_char (p))
    {
      if (*p != '\0' && !g_unichar_isspace (g_utf8_get_char (p)))
        continue;
      if (p > start)
        g_ptr_array_add (words, g_strndup (start, (gsize)(p - start)));
      if (*p == '\0' || words->len >= MOST_WORDS)
        break;
      start = g_utf8_next_char (p);
    }
  g_ptr_array_add (words, NULL);
  return (char **)g_ptr_array_steal (words, NULL);
}

char *
hw_fold_query (const char *text)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  guint count = 0;

  if (!text)
    return NULL;
  words = split_at_white_space (text);
  for (guint i = 0; words[i]; i++)
    {
      const char *word = words[i];
      g_autofree char *phone = take_phone (words, &i);

      if (phone)
        append_word (out, &count, phone);
      else
        append_words (out, &count, word);
    }
  return count > 0 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}
