/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Dates and times as people type them during a call. The day comes before the month. A date without
 * a year is this year's, unless that is more than six months gone: then it is next year's. What
 * could be read in two ways, or is no date at all, is answered with NULL, never with a guess.
 */
#include "base/hw-date.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_YEAR 1900
#define LAST_YEAR 2199
#define LONGEST_TEXT_BYTES 64

static const char *const month_names[] = {
  "january", "february", "march",     "april",   "may",      "june",
  "july",    "august",   "september", "october", "november", "december",
};

static const char *const weekday_names[] = {
  "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
};

/* Lower case, digits of any script in ASCII, single spaces, nothing around. NULL when it is far too
 * long. */
static char *
tidy (const char *text)
{
  g_autoptr (GString) out = g_string_new (NULL);

  if (!text || strlen (text) > LONGEST_TEXT_BYTES || !g_utf8_validate (text, -1, NULL))
    return NULL;
  for (const char *p = text; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isdigit (c))
        g_string_append_c (out, (char)('0' + g_unichar_digit_value (c)));
      else if (!g_unichar_isspace (c))
        g_string_append_unichar (out, g_unichar_tolower (c));
      else if (out->len > 0 && out->str[out->len - 1] != ' ')
        g_string_append_c (out, ' ');
    }
  g_strchomp (out->str);
  return g_strdup (out->str);
}

/* A number of one to most_digits digits, nothing else in the text. */
static gboolean
parse_number (const char *text, gsize most_digits, gint *value)
{
  gsize length = strlen (text);

  if (length == 0 || length > most_digits || strspn (text, "0123456789") != length)
    return FALSE;
  *value = atoi (text);
  return TRUE;
}

/* Three letters of a name are enough, and all that are there must fit. */
static gint
index_of_name (const char *const *names, guint count, const char *text)
{
  if (strlen (text) < 3)
    return -1;
  for (guint i = 0; i < count; i++)
    {
      if (g_str_has_prefix (names[i], text))
        return (gint)i;
    }
  return -1;
}

static char *
make_day (gint year, gint month, gint day)
{
  g_autofree char *text = NULL;

  if (year < FIRST_YEAR || year > LAST_YEAR)
    return NULL;
  text = g_strdup_printf ("%04d-%02d-%02d", year, month, day);
  return hw_date_valid (text) ? g_steal_pointer (&text) : NULL;
}

static char *
day_without_year (gint month, gint day, const char *today)
{
  gint year = atoi (today);
  g_autofree char *this_year = make_day (year, month, day);
  g_autofree char *half_a_year_ago = hw_date_add_months (today, -6);

  if (this_year && half_a_year_ago && strcmp (this_year, half_a_year_ago) >= 0)
    return g_steal_pointer (&this_year);
  return make_day (year + 1, month, day);
}

/* "27" is a year within the twenty years ahead, or in the eighty before. */
static gboolean
parse_year (const char *text, const char *today, gint *year)
{
  if (!parse_number (text, 4, year) || (strlen (text) != 2 && strlen (text) != 4))
    return FALSE;
  if (strlen (text) == 2)
    {
      *year += atoi (today) / 100 * 100;
      if (*year > atoi (today) + 20)
        *year -= 100;
    }
  return TRUE;
}

static gboolean
parse_month (const char *text, gint *month)
{
  gint name = index_of_name (month_names, G_N_ELEMENTS (month_names), text);

  if (name >= 0)
    *month = name + 1;
  return name >= 0 || parse_number (text, 2, month);
}

static char *
day_of_parts (const char *day_text,
              const char *month_text,
              const char *year_text, /* (nullable) */
              const char *today)
{
  gint day, month, year;

  if (!parse_number (day_text, 2, &day) || !parse_month (month_text, &month))
    return NULL;
  if (!year_text || year_text[0] == '\0')
    return day_without_year (month, day, today);
  return parse_year (year_text, today, &year) ? make_day (year, month, day) : NULL;
}

/* "12/3", "12.3.", "12-3-2027": one kind of mark between the parts. */
static char *
parse_numeric (const char *text, const char *today)
{
  gsize first = strspn (text, "0123456789");
  char mark[2] = { text[first], '\0' };
  g_auto (GStrv) parts = NULL;
  guint count;

  if (first == 0 || mark[0] == '\0' || !strchr ("/.-", mark[0]))
    return NULL;
  parts = g_strsplit (text, mark, 4);
  count = g_strv_length (parts);
  if (count != 2 && count != 3)
    return NULL;
  if (count == 3 && parts[2][0] == '\0' && mark[0] != '.')
    return NULL;
  return day_of_parts (parts[0], parts[1], count == 3 ? parts[2] : NULL, today);
}

/* "12 mar", "12 march 2027", "mar 12": a named month cannot be mistaken for the day. */
static char *
parse_named_month (char **words, guint count, const char *today)
{
  const char *year = count == 3 ? words[2] : NULL;

  if (count != 2 && count != 3)
    return NULL;
  if (g_ascii_isalpha (words[1][0]))
    return day_of_parts (words[0], words[1], year, today);
  if (g_ascii_isalpha (words[0][0]))
    {
      g_strdelimit (words[1], ",", ' ');
      return day_of_parts (g_strchomp (words[1]), words[0], year, today);
    }
  return NULL;
}

static char *
parse_weekday (const char *text, const char *today)
{
  gint wanted = index_of_name (weekday_names, G_N_ELEMENTS (weekday_names), text);
  gint now;

  if (wanted < 0)
    return NULL;
  now = hw_date_days_between ("2024-01-01", today) % 7; /* that day was a Monday */
  if (now < 0)
    now += 7;
  return hw_date_add_days (today, (wanted - now + 6) % 7 + 1);
}

static char *
move_by (const char *today, gint count, const char *unit)
{
  if (g_str_equal (unit, "day") || g_str_equal (unit, "days"))
    return hw_date_add_days (today, count);
  if (g_str_equal (unit, "week") || g_str_equal (unit, "weeks"))
    return hw_date_add_days (today, count * 7);
  if (g_str_equal (unit, "month") || g_str_equal (unit, "months"))
    return hw_date_add_months (today, count);
  if (g_str_equal (unit, "year") || g_str_equal (unit, "years"))
    return hw_date_add_months (today, count * 12);
  return NULL;
}

/* "in 3 days", "in a week", "2 weeks ago" */
static char *
parse_relative (char **words, guint count, const char *today)
{
  gboolean ahead = count == 3 && g_str_equal (words[0], "in");
  gboolean back = count == 3 && g_str_equal (words[2], "ago");
  const char *number;
  gint value = 1;

  if (ahead == back)
    return NULL;
  number = words[ahead ? 1 : 0];
  if (!g_str_equal (number, "a") && !g_str_equal (number, "one")
      && !parse_number (number, 4, &value))
    return NULL;
  return move_by (today, ahead ? value : -value, words[ahead ? 2 : 1]);
}

static char *
parse_tidy_day (const char *text, const char *today)
{
  g_auto (GStrv) words = g_strsplit (text, " ", 5);
  guint count = g_strv_length (words);
  char *day = NULL;

  if (hw_date_valid (text))
    return g_strdup (text);
  if (g_str_equal (text, "today"))
    return g_strdup (today);
  if (g_str_equal (text, "tomorrow"))
    return hw_date_add_days (today, 1);
  if (g_str_equal (text, "yesterday"))
    return hw_date_add_days (today, -1);
  day = count == 1 ? parse_weekday (text, today) : parse_relative (words, count, today);
  if (!day && count == 1)
    day = parse_numeric (text, today);
  if (!day)
    day = parse_named_month (words, count, today);
  return day;
}

char *
hw_date_parse_typed (const char *text, const char *today)
{
  g_autofree char *tidied = tidy (text);

  if (!tidied || tidied[0] == '\0' || !hw_date_valid (today))
    return NULL;
  return parse_tidy_day (tidied, today);
}

/* Cuts "am" or "pm" off the end; 0 for neither, otherwise 'a' or 'p'. */
static char
cut_half (char *text)
{
  gsize length = strlen (text);
  char half;

  if (length < 3 || text[length - 1] != 'm' || !strchr ("ap", text[length - 2]))
    return 0;
  half = text[length - 2];
  text[length - 2] = '\0';
  g_strchomp (text);
  return half;
}

/* "14:30", "14h30", "14h", "14.30", "1430", "930", "9" */
static gboolean
split_time (const char *text, gint *hour, gint *minute)
{
  gsize digits = strspn (text, "0123456789");
  g_autofree char *first = g_strndup (text, digits);
  const char *rest = text + digits;

  *minute = 0;
  if (*rest == '\0' && digits >= 3 && digits <= 4)
    {
      *hour = atoi (text) / 100;
      *minute = atoi (text) % 100;
      return TRUE;
    }
  if (!parse_number (first, 2, hour))
    return FALSE;
  if (*rest == '\0' || g_str_equal (rest, "h"))
    return TRUE;
  return strchr (":h.", *rest) && strlen (rest) == 3 && parse_number (rest + 1, 2, minute);
}

char *
hw_time_parse_typed (const char *text)
{
  g_autofree char *tidied = tidy (text);
  gint hour, minute;
  char half;

  if (!tidied)
    return NULL;
  if (g_str_equal (tidied, "noon"))
    return g_strdup ("12:00");
  if (g_str_equal (tidied, "midnight"))
    return g_strdup ("00:00");
  half = cut_half (tidied);
  if (!split_time (tidied, &hour, &minute) || minute > 59 || hour > 23)
    return NULL;
  if (half && (hour < 1 || hour > 12))
    return NULL;
  if (half)
    hour = hour % 12 + (half == 'p' ? 12 : 0);
  return g_strdup_printf ("%02d:%02d", hour, minute);
}

/* The day is all before one of the spaces, the time all behind it. Spaces are tried from the right,
 * so that "12 mar 2027 9" keeps its year; a text that is a day as a whole has no time in it. */
static char *
split_day_and_time (char *text, const char *today)
{
  g_autofree char *whole = parse_tidy_day (text, today);

  if (whole)
    return NULL;
  for (char *space = strrchr (text, ' '); space; space = g_strrstr_len (text, space - text, " "))
    {
      g_autofree char *day_text = g_strndup (text, (gsize)(space - text));
      g_autofree char *day = NULL;
      g_autofree char *time = NULL;

      if (g_str_has_suffix (day_text, " at"))
        day_text[strlen (day_text) - 3] = '\0';
      day = parse_tidy_day (day_text, today);
      time = hw_time_parse_typed (space + 1);
      if (day && time)
        return g_strconcat (day, "T", time, NULL);
    }
  return NULL;
}

char *
hw_wall_clock_parse_typed (const char *text, const char *today)
{
  g_autofree char *tidied = tidy (text);

  if (!tidied || tidied[0] == '\0' || !hw_date_valid (today))
    return NULL;
  if (strlen (tidied) == 16 && tidied[10] == 't')
    tidied[10] = ' ';
  return split_day_and_time (tidied, today);
}
