/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The lines of ICAO Doc 9303. What is typed from a worn page, pasted from a letter or sent by a
 * scanner is accepted in any of those shapes; nothing is guessed: an O is never taken for a zero,
 * because a check digit exists to say so.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-mrz.h"

#include "base/hw-base.h"
#include "schema/hw-iso.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_BYTES 400
#define FILLER '<'

/* Where things stand, counted from the first character of all lines together. */
typedef struct
{
  HwMrzFormat format;
  guint n_lines, width;
  guint names, names_length;
  guint number;      /* nine characters, then its digit */
  guint nationality; /* three */
  guint birth;       /* six, then its digit */
  guint expiry;      /* six, then its digit */
  guint optional, optional_length; /* where a longer number goes on; TD3: personal number */
  gint personal_digit;             /* −1: none */
  guint composite_digit;
  guint composite[4][2]; /* start and length of each stretch; length 0 ends */
} Layout;

static const Layout layouts[] = {
  { HW_MRZ_TD1, 3, 30, 60, 30, 5, 45, 30, 38, 15, 15, -1, 59,
    { { 5, 25 }, { 30, 7 }, { 38, 7 }, { 48, 11 } } },
  { HW_MRZ_TD2, 2, 36, 5, 31, 36, 46, 49, 57, 64, 7, -1, 71, { { 36, 10 }, { 49, 7 }, { 57, 14 } } },
  { HW_MRZ_TD3, 2, 44, 5, 39, 44, 54, 57, 65, 72, 14, 86, 87, { { 44, 10 }, { 57, 7 }, { 65, 22 } } },
};

static gboolean
is_mrz_character (char c)
{
  return g_ascii_isupper (c) || g_ascii_isdigit (c) || c == FILLER;
}

int
hw_mrz_check_digit (const char *characters, gsize length)
{
  static const int weights[] = { 7, 3, 1 };
  int sum = 0;

  for (gsize i = 0; i < length; i++)
    {
      char c = characters[i];

      if (!is_mrz_character (c))
        return -1;
      if (c != FILLER)
        sum += weights[i % 3] * (g_ascii_isdigit (c) ? c - '0' : c - 'A' + 10);
    }
  return sum % 10;
}

static gboolean
is_digit_of (char digit, const char *characters, gsize length)
{
  return g_ascii_isdigit (digit) && digit - '0' == hw_mrz_check_digit (characters, length);
}

/* ---- From what was typed to lines ---- */

static gboolean
refuse (GError **error, char *message)
{
  g_set_error_literal (error, HW_SCHEMA_ERROR, HW_SCHEMA_ERROR_FORMAT, message);
  g_free (message);
  return FALSE;
}

/* One element a line, blanks gone, letters large. */
static GPtrArray *
split_lines (const char *text)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) parts = g_strsplit_set (text, "\r\n", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      GString *line = g_string_new (NULL);

      for (const char *c = parts[i]; *c != '\0'; c++)
        if (*c != ' ' && *c != '\t')
          g_string_append_c (line, g_ascii_toupper (*c));
      if (line->len > 0)
        g_ptr_array_add (lines, g_string_free (line, FALSE));
      else
        g_string_free (line, TRUE);
    }
  return lines;
}

static gboolean
check_characters (GPtrArray *lines, GError **error)
{
  for (guint i = 0; i < lines->len; i++)
    for (const char *c = lines->pdata[i]; *c != '\0'; c++)
      if (!is_mrz_character (*c))
        return refuse (error,
                       g_strdup_printf (_ ("Line %u has something that these lines never have. They "
                                           "are made of A to Z, 0 to 9 and <."),
                                        i + 1));
  return TRUE;
}

/* The layout whose lines these are; all in one stretch is accepted too. */
static const Layout *
find_layout (GPtrArray *lines, const char *all)
{
  for (guint i = 0; i < G_N_ELEMENTS (layouts); i++)
    {
      gboolean fits = strlen (all) == (gsize)layouts[i].n_lines * layouts[i].width;

      for (guint j = 0; fits && lines->len > 1 && j < lines->len; j++)
        fits = strlen (lines->pdata[j]) == layouts[i].width;
      if (fits)
        return &layouts[i];
    }
  return NULL;
}

/* The format that was most likely meant is the one whose width is nearest to the first line. */
static void
explain_lengths (GPtrArray *lines, GError **error)
{
  guint length = lines->len > 0 ? strlen (lines->pdata[0]) : 0;
  const Layout *meant = lines->len > 2 ? &layouts[0] : length < 40 ? &layouts[1] : &layouts[2];

  if (lines->len == 1 && length <= 33)
    meant = &layouts[0];
  for (guint i = 0; i < lines->len; i++)
    if (strlen (lines->pdata[i]) != meant->width)
      {
        refuse (error,
                g_strdup_printf (_ ("Line %u has %u characters; %u are printed. Count the < at its end."),
                                 i + 1,
                                 (guint)strlen (lines->pdata[i]),
                                 meant->width));
        return;
      }
  refuse (error,
          g_strdup_printf (ngettext ("There is %u line; %u are printed",
                                     "There are %u lines; %u are printed", lines->len),
                           lines->len,
                           meant->n_lines));
}

/* ---- From lines to facts ---- */

static char *
without_fillers (const char *start, gsize length)
{
  GString *words = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    if (start[i] != FILLER)
      g_string_append_c (words, start[i]);
    else if (words->len > 0 && words->str[words->len - 1] != ' ')
      g_string_append_c (words, ' ');
  return g_strchomp (g_string_free (words, FALSE));
}

/* Two fillers part the family name from the given names; what has none is a family name alone. */
static void
read_names (HwMrz *mrz, const char *names, gsize length)
{
  const char *parting = g_strstr_len (names, (gssize)length, "<<");
  gsize family = parting != NULL ? (gsize)(parting - names) : length;

  mrz->family_name = without_fillers (names, family);
  mrz->given_names
    = parting != NULL ? without_fillers (parting, length - family) : g_strdup ("");
  g_strchug (mrz->given_names);
}

/* "740812" as a day, in the latest century that does not put it after the limit. */
static char *
read_day (const char *six, const char *limit)
{
  gint century;

  for (guint i = 0; i < 6; i++)
    if (!g_ascii_isdigit (six[i]))
      return NULL;
  century = (limit[0] - '0') * 10 + (limit[1] - '0');
  for (gint back = 0; back < 2; back++)
    {
      g_autofree char *day = g_strdup_printf ("%02d%.2s-%.2s-%.2s", century - back, six, six + 2, six + 4);

      if (hw_date_valid (day) && hw_date_days_between (day, limit) >= 0)
        return g_steal_pointer (&day);
    }
  return NULL;
}

/* A number of more than nine characters has a filler where its digit would stand, and goes on in
 * the optional data up to the next filler; the last character there is the digit (parts 5 and 6). */
static void
read_number (HwMrz *mrz, const Layout *layout, const char *all)
{
  const char *number = all + layout->number;
  const char *more = all + layout->optional;
  g_autofree char *whole = NULL;
  gsize length = 0;

  while (layout->personal_digit < 0 && number[9] == FILLER && length < layout->optional_length
         && more[length] != FILLER)
    length++;
  if (length < 2)
    {
      mrz->number = without_fillers (number, 9);
      mrz->right[HW_MRZ_DIGIT_NUMBER] = is_digit_of (number[9], number, 9) && *mrz->number != '\0';
      return;
    }
  whole = g_strdup_printf ("%.9s%.*s", number, (int)length - 1, more);
  mrz->right[HW_MRZ_DIGIT_NUMBER] = is_digit_of (more[length - 1], whole, strlen (whole));
  mrz->number = without_fillers (whole, strlen (whole));
}

static void
read_composite (HwMrz *mrz, const Layout *layout, const char *all)
{
  g_autoptr (GString) stretch = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (layout->composite) && layout->composite[i][1] > 0; i++)
    g_string_append_len (stretch, all + layout->composite[i][0], layout->composite[i][1]);
  mrz->right[HW_MRZ_DIGIT_COMPOSITE]
    = is_digit_of (all[layout->composite_digit], stretch->str, stretch->len);
}

/* An empty personal number may have 0 or a filler for its digit (part 4). */
static void
read_personal (HwMrz *mrz, const Layout *layout, const char *all)
{
  const char *personal = all + layout->optional;
  char digit;

  mrz->personal = without_fillers (personal, layout->optional_length);
  mrz->right[HW_MRZ_DIGIT_PERSONAL] = TRUE;
  if (layout->personal_digit < 0)
    return;
  digit = all[layout->personal_digit];
  mrz->right[HW_MRZ_DIGIT_PERSONAL] = is_digit_of (digit, personal, layout->optional_length)
                                      || (digit == FILLER && *mrz->personal == '\0');
}

static HwMrz *
read_layout (const Layout *layout, const char *all, const char *today)
{
  g_autofree char *furthest = hw_date_add_months (today, 50 * 12);
  HwMrz *mrz = g_new0 (HwMrz, 1);
  GString *lines = g_string_new (NULL);

  for (guint i = 0; i < layout->n_lines; i++)
    g_string_append_printf (
      lines, "%s%.*s", i > 0 ? "\n" : "", (int)layout->width, all + (gsize)i * layout->width);
  mrz->format = layout->format;
  mrz->lines = g_string_free (lines, FALSE);
  mrz->code = without_fillers (all, 2);
  mrz->issuer = without_fillers (all + 2, 3);
  mrz->nationality = without_fillers (all + layout->nationality, 3);
  read_names (mrz, all + layout->names, layout->names_length);
  read_number (mrz, layout, all);
  read_personal (mrz, layout, all);
  mrz->birth_date = read_day (all + layout->birth, today);
  mrz->right[HW_MRZ_DIGIT_BIRTH] = is_digit_of (all[layout->birth + 6], all + layout->birth, 6);
  mrz->expires_on = read_day (all + layout->expiry, furthest);
  mrz->right[HW_MRZ_DIGIT_EXPIRY] = is_digit_of (all[layout->expiry + 6], all + layout->expiry, 6)
                                    && mrz->expires_on != NULL;
  read_composite (mrz, layout, all);
  return mrz;
}

HwMrz *
hw_mrz_parse (const char *text, const char *today, GError **error)
{
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GString) all = g_string_new (NULL);
  const Layout *layout;

  g_return_val_if_fail (hw_date_valid (today), NULL);
  if (text == NULL || strlen (text) > MOST_BYTES)
    {
      refuse (error, g_strdup (_ ("This is longer than the lines of any document")));
      return NULL;
    }
  lines = split_lines (text);
  if (!check_characters (lines, error))
    return NULL;
  for (guint i = 0; i < lines->len; i++)
    g_string_append (all, lines->pdata[i]);
  layout = find_layout (lines, all->str);
  if (layout == NULL)
    {
      explain_lengths (lines, error);
      return NULL;
    }
  if (all->str[0] == 'V')
    {
      refuse (error, g_strdup (_ ("These are the lines of a visa, not of a travel document")));
      return NULL;
    }
  return read_layout (layout, all->str, today);
}

void
hw_mrz_free (HwMrz *mrz)
{
  g_free (mrz->lines);
  g_free (mrz->code);
  g_free (mrz->issuer);
  g_free (mrz->nationality);
  g_free (mrz->family_name);
  g_free (mrz->given_names);
  g_free (mrz->number);
  g_free (mrz->birth_date);
  g_free (mrz->expires_on);
  g_free (mrz->personal);
  g_free (mrz);
}

gboolean
hw_mrz_is_right (const HwMrz *mrz)
{
  for (guint i = 0; i < HW_MRZ_N_DIGITS; i++)
    if (!mrz->right[i])
      return FALSE;
  return TRUE;
}

const char *
hw_mrz_country (const char *code)
{
  const char *alpha2 = hw_country_of_alpha3 (code);

  return alpha2 != NULL ? hw_country_name (alpha2) : code;
}
