/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Clerks in Kuwait, Nairobi and Bujumbura write one Kirundi name in three ways. The rules are those of
 * the languages at hand: Kirundi and French as they are spelled, Arabic as it is transcribed. They make
 * more words alike than truly are; whoever uses them weighs other things too.
 */
#include "base/hw-sound.h"

#include <string.h>

#include "base/hw-fold.h"

#define LONGEST_WORD 40
#define SHORTEST_FOR_ONE_SLIP 5
#define SHORTEST_FOR_TWO_SLIPS 9
#define FEWEST_CONSONANTS 3

/* Arabic letters as hw_fold() leaves them, and what they become in Latin letters. */
static const struct
{
  gunichar letter;
  const char *latin;
} arabic[] = {
  { 0x0627, "a" }, { 0x0628, "b" }, { 0x062A, "t" }, { 0x062B, "t" }, { 0x062C, "j" },
  { 0x062D, "h" }, { 0x062E, "k" }, { 0x062F, "d" }, { 0x0630, "d" }, { 0x0631, "r" },
  { 0x0632, "s" }, { 0x0633, "s" }, { 0x0634, "s" }, { 0x0635, "s" }, { 0x0636, "d" },
  { 0x0637, "t" }, { 0x0638, "s" }, { 0x0639, "a" }, { 0x063A, "g" }, { 0x0641, "f" },
  { 0x0642, "k" }, { 0x0643, "k" }, { 0x0644, "l" }, { 0x0645, "m" }, { 0x0646, "n" },
  { 0x0647, "h" }, { 0x0648, "u" }, { 0x064A, "i" }, { 0x067E, "p" }, { 0x0686, "s" },
  { 0x06A4, "v" }, { 0x06AF, "g" }, { 0x06AD, "g" },
};

/* Longer spellings first. What is heard as one sound becomes one letter. */
static const struct
{
  const char *written;
  const char *heard;
} sounds[] = {
  { "tch", "s" }, { "sch", "s" }, { "sh", "s" },  { "ch", "s" }, { "ph", "f" }, { "ou", "u" },
  { "qu", "k" },  { "ce", "se" }, { "dj", "j" },  { "dz", "s" }, { "ts", "s" }, { "ck", "k" },
  { "oi", "ua" }, { "c", "k" },   { "q", "k" },   { "y", "i" },  { "w", "u" },  { "v", "b" },
  { "l", "r" },   { "z", "s" },   { "x", "ks" },  { "h", "" },
};

static const char *
latin_of (gunichar letter)
{
  for (guint i = 0; i < G_N_ELEMENTS (arabic); i++)
    if (arabic[i].letter == letter)
      return arabic[i].latin;
  return "";
}

/* Small Latin letters only; a word of another script than these two comes out empty. */
static char *
to_latin (const char *word)
{
  g_autofree char *folded = hw_fold (word);
  GString *latin = g_string_new (NULL);

  for (const char *p = folded; *p != '\0' && latin->len < LONGEST_WORD; p = g_utf8_next_char (p))
    {
      if (g_ascii_isalpha (*p))
        g_string_append_c (latin, *p);
      else
        g_string_append (latin, latin_of (g_utf8_get_char (p)));
    }
  return g_string_free (latin, FALSE);
}

static const char *
hear (const char **written)
{
  for (guint i = 0; i < G_N_ELEMENTS (sounds); i++)
    if (g_str_has_prefix (*written, sounds[i].written))
      {
        *written += strlen (sounds[i].written);
        return sounds[i].heard;
      }
  return NULL;
}

static void
append_once (GString *out, char letter)
{
  if (out->len == 0 || out->str[out->len - 1] != letter)
    g_string_append_c (out, letter);
}

char *
hw_sound (const char *word)
{
  g_autofree char *latin = to_latin (word != NULL ? word : "");
  GString *out = g_string_new (NULL);
  const char *at = latin;

  while (*at != '\0')
    {
      const char *heard = hear (&at);

      if (heard == NULL)
        append_once (out, *at++);
      for (; heard != NULL && *heard != '\0'; heard++)
        append_once (out, *heard);
    }
  return g_string_free (out, FALSE);
}

static gboolean
is_vowel (char letter)
{
  return strchr ("aeiou", letter) != NULL;
}

char *
hw_sound_skeleton (const char *sound)
{
  GString *out = g_string_new (sound[0] != '\0' && is_vowel (sound[0]) ? "a" : NULL);

  for (const char *p = sound; *p != '\0'; p++)
    if (!is_vowel (*p))
      append_once (out, *p);
  return g_string_free (out, FALSE);
}

/* Letters to change, add, leave out or exchange with their neighbour. Words are short. */
static guint
slips (const char *one, const char *other)
{
  guint rows[3][LONGEST_WORD * 2 + 2];
  gsize n = MIN (strlen (one), LONGEST_WORD * 2), m = MIN (strlen (other), LONGEST_WORD * 2);

  for (gsize j = 0; j <= m; j++)
    rows[0][j] = (guint)j;
  for (gsize i = 1; i <= n; i++)
    {
      guint *row = rows[i % 3], *above = rows[(i + 2) % 3], *two_above = rows[(i + 1) % 3];

      row[0] = (guint)i;
      for (gsize j = 1; j <= m; j++)
        {
          row[j] = MIN (MIN (above[j], row[j - 1]) + 1, above[j - 1] + (one[i - 1] != other[j - 1]));
          if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
            row[j] = MIN (row[j], two_above[j - 2] + 1);
        }
    }
  return rows[n % 3][m];
}

static gboolean
same_consonants (const char *one, const char *other)
{
  g_autofree char *first = hw_sound_skeleton (one);
  g_autofree char *second = hw_sound_skeleton (other);

  return strlen (first) >= FEWEST_CONSONANTS && g_str_equal (first, second);
}

guint
hw_sound_likeness (const char *one, const char *other)
{
  g_autofree char *folded_one = hw_fold (one);
  g_autofree char *folded_other = hw_fold (other);
  g_autofree char *first = hw_sound (one);
  g_autofree char *second = hw_sound (other);
  gsize shorter = MIN (strlen (first), strlen (second));
  guint wrong;

  if (*folded_one != '\0' && g_str_equal (folded_one, folded_other))
    return 100;
  if (shorter == 0)
    return 0;
  if (g_str_equal (first, second))
    return 95;
  if (same_consonants (first, second))
    return 85;
  wrong = slips (first, second);
  if (wrong == 1 && shorter >= SHORTEST_FOR_ONE_SLIP)
    return 80;
  if (wrong == 2 && shorter >= SHORTEST_FOR_TWO_SLIPS)
    return 70;
  return 0;
}
