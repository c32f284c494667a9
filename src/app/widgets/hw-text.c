/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words for days, moments and money, in one place, so that the same day reads the same on every
 * screen. Days carry their weekday, times the place they are true in, and money its currency's own
 * number of decimals: a fine of KD 2 is "KD 2.000", and nobody has to know why.
 */
#include "app/widgets/hw-text.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "base/hw-date.h"
#include "schema/hw-currency.h"

static GDateTime *
parse_day (const char *day)
{
  gint year, month, mday;

  if (!hw_date_valid (day) || sscanf (day, "%d-%d-%d", &year, &month, &mday) != 3)
    return NULL;
  return g_date_time_new_utc (year, month, mday, 0, 0, 0);
}

static char *
format_day (const char *day, const char *format)
{
  g_autoptr (GDateTime) date = parse_day (day);
  char *text = date ? g_date_time_format (date, format) : NULL;

  return text ? text : g_strdup (day ? day : "");
}

char *
hw_text_day (const char *day, const char *today)
{
  gboolean same_year = day && today && strncmp (day, today, 4) == 0;

  /* Translators: a day with its weekday, see g_date_time_format(); "Fri 27 Nov" */
  return format_day (day, same_year ? _ ("%a %-d %b") : _ ("%a %-d %b %Y"));
}

char *
hw_text_due (const char *day, const char *today)
{
  gint days = hw_date_days_between (today, day);

  if (days == G_MININT)
    return g_strdup (day ? day : "");
  if (days == 0)
    return g_strdup (_ ("today"));
  if (days == 1)
    return g_strdup (_ ("tomorrow"));
  if (days < 0)
    return g_strdup_printf (ngettext ("overdue %d day", "overdue %d days", (gulong)-days), -days);
  if (days < 7)
    return g_strdup_printf (ngettext ("in %d day", "in %d days", (gulong)days), days);
  return hw_text_day (day, today);
}

char *
hw_text_due_short (const char *day, const char *today)
{
  g_autofree char *date = hw_text_day (day, today);
  g_autofree char *due = hw_text_due (day, today);

  return g_str_equal (date, due) ? g_steal_pointer (&date)
                                 : g_strdup_printf (_ ("%s, %s"), date, due);
}

char *
hw_text_ago (gint64 then_us, gint64 now_us)
{
  gint64 minutes = (now_us - then_us) / G_TIME_SPAN_MINUTE;
  gint64 days = minutes / (24 * 60);

  if (minutes < 1)
    return g_strdup (_ ("just now"));
  if (minutes < 60)
    return g_strdup_printf (_ ("%d min ago"), (gint)minutes);
  if (days < 1)
    return g_strdup_printf (_ ("%d h ago"), (gint)(minutes / 60));
  if (days == 1)
    return g_strdup (_ ("yesterday"));
  return g_strdup_printf (ngettext ("%d day ago", "%d days ago", (gulong)days), (gint)days);
}

char *
hw_text_zone (const char *zone)
{
  const char *slash = zone ? strrchr (zone, '/') : NULL;
  char *city = g_strdup (slash ? slash + 1 : zone ? zone : "");

  return g_strdelimit (city, "_", ' ');
}

char *
hw_text_wall_clock (const char *at, const char *zone, const char *today)
{
  g_autofree char *day = NULL;
  g_autofree char *date = NULL;
  g_autofree char *city = hw_text_zone (zone);

  if (!hw_wall_clock_valid (at))
    return g_strdup (at ? at : "");
  day = g_strndup (at, 10);
  date = hw_text_day (day, today);
  if (*city == '\0')
    return g_strdup_printf (_ ("%s, %.5s"), date, at + 11);
  /* Translators: day, time, and the city where that time is true */
  return g_strdup_printf (_ ("%s, %.5s %s"), date, at + 11, city);
}

char *
hw_text_moment (gint64 us, const char *zone, const char *today)
{
  g_autofree char *at = hw_wall_clock_of_instant (us, zone);

  return hw_text_wall_clock (at, zone, today);
}

char *
hw_text_history_date (const char *day, const char *precision)
{
  if (g_strcmp0 (precision, "year") == 0)
    return format_day (day, "%Y");
  if (g_strcmp0 (precision, "month") == 0)
    return format_day (day, _ ("%b %Y"));
  if (g_strcmp0 (precision, "estimated") == 0)
    {
      g_autofree char *year = format_day (day, "%Y");
      return g_strdup_printf (_ ("about %s"), year);
    }
  return format_day (day, _ ("%-d %b %Y"));
}

char *
hw_text_amount (gint64 minor, const char *currency)
{
  gint exponent = hw_currency_exponent (currency);
  guint64 magnitude = minor < 0 ? (guint64)0 - (guint64)minor : (guint64)minor;
  guint64 unit = 1;

  for (gint i = 0; i < exponent; i++)
    unit *= 10;
  if (exponent <= 0)
    return g_strdup_printf ("%s%" G_GUINT64_FORMAT, minor < 0 ? "-" : "", magnitude);
  return g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%0*" G_GUINT64_FORMAT,
                          minor < 0 ? "-" : "",
                          magnitude / unit,
                          exponent,
                          magnitude % unit);
}

static char *
group_thousands (const char *amount)
{
  gsize whole = strcspn (amount, ".");
  GString *out = g_string_new (NULL);

  for (gsize i = 0; i < whole; i++)
    {
      g_string_append_c (out, amount[i]);
      if (i + 1 < whole && (whole - i - 1) % 3 == 0 && amount[i] != '-')
        g_string_append (out, "\u202f");
    }
  g_string_append (out, amount + whole);
  return g_string_free (out, FALSE);
}

char *
hw_text_money (gint64 minor, const char *currency)
{
  g_autofree char *amount = hw_text_amount (minor, currency);
  g_autofree char *grouped = group_thousands (amount);
  /* Kuwait's dinar is written so on every receipt there. */
  const char *sign = g_strcmp0 (currency, "KWD") == 0 ? "KD" : currency;

  return g_strdup_printf ("%s\u00a0%s", sign ? sign : "", grouped);
}

static gboolean
append_digit (gint64 *minor, gint digit)
{
  if (*minor > (G_MAXINT64 - 9) / 10)
    return FALSE;
  *minor = *minor * 10 + digit;
  return TRUE;
}

gboolean
hw_text_parse_amount (const char *text, const char *currency, gint64 *minor)
{
  gint exponent = hw_currency_exponent (currency);
  gint decimals = -1;
  guint digits = 0;
  gint64 sum = 0;

  for (const char *p = text; *p; p = g_utf8_next_char (p))
    {
      if (g_ascii_isdigit (*p))
        {
          if ((decimals >= 0 && ++decimals > exponent) || !append_digit (&sum, *p - '0'))
            return FALSE;
          digits++;
        }
      else if ((*p == '.' || *p == ',') && decimals < 0 && digits > 0)
        decimals = 0;
      else if (!g_unichar_isspace (g_utf8_get_char (p)))
        return FALSE;
    }
  for (gint i = MAX (decimals, 0); i < exponent; i++)
    if (!append_digit (&sum, 0))
      return FALSE;
  *minor = sum;
  return digits > 0;
}

static gboolean
is_small_word (const char *word)
{
  static const char *const small[] = { "a",  "an", "and", "as", "at", "by", "for", "from", "in",
                                       "of", "on", "or",  "the", "to", "with", NULL };

  return g_strv_contains (small, word);
}

char *
hw_text_title (const char *msgid)
{
  const char *translated = _ (msgid);
  g_auto (GStrv) words = NULL;

  if (translated != msgid)
    return g_strdup (translated);
  words = g_strsplit (msgid, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if ((i == 0 || !is_small_word (words[i])) && g_ascii_islower (words[i][0]))
      words[i][0] = g_ascii_toupper (words[i][0]);
  return g_strjoinv (" ", words);
}

char *
hw_text_kind (const char *msgid)
{
  const char *name = _ (msgid);
  g_autofree char *lower = NULL;

  if (name == msgid)
    return hw_text_title (msgid);
  lower = g_utf8_strdown (name, 1);
  return g_strconcat (lower, g_utf8_next_char (name), NULL);
}

char *
hw_text_add_kind (const char *msgid)
{
  g_autofree char *kind = hw_text_kind (msgid);

  /* Translators: %s is a kind of record, "Add Travel Document" */
  return g_strdup_printf (_ ("Add %s"), kind);
}

void
hw_text_add (GString *words, const char *fact)
{
  if (fact == NULL || *fact == '\0')
    return;
  if (words->len > 0)
    g_string_append (words, " · ");
  g_string_append (words, fact);
}
