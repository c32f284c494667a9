/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Days, moments and money as a person reads them. All answers are (transfer full), translated, and
 * never NULL: text that is no date comes back as it was given.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *hw_text_day (const char *day, const char *today);      /* "Fri 27 Nov"; with the year when it is not today's; today (nullable) */
char *hw_text_due (const char *day, const char *today);      /* "today", "in 3 days", "Mon 7 Dec", "overdue 4 days" */
char *hw_text_due_short (const char *day, const char *today);/* the day and how far: "Fri 27 Nov, in 3 days" */
char *hw_text_ago (gint64 then_us, gint64 now_us);           /* "just now", "2 min ago", "3 h ago", "yesterday", "5 days ago" */
char *hw_text_wall_clock (const char *at, const char *zone, const char *today); /* "Fri 27 Nov, 01:15 Kuwait" */
char *hw_text_moment (gint64 us, const char *zone, const char *today);
char *hw_text_zone (const char *zone);                       /* "Asia/Kuwait" → "Kuwait" */
char *hw_text_history_date (const char *day, const char *precision); /* "27 Nov 1998", "Nov 1998", "1998", "about 1998" */
char *hw_text_money (gint64 minor, const char *currency);    /* "KD 280.000" */
char *hw_text_amount (gint64 minor, const char *currency);   /* "280.000": as it is typed */
/* FALSE when text is no amount, or has more decimals than the currency. */
gboolean hw_text_parse_amount (const char *text, const char *currency, gint64 *minor);
/* A name in sentence case as the title of a window: "Call or contact" → "Call or Contact". What is translated stays
 * as its translator wrote it. msgid: not translated. */
char *hw_text_title (const char *msgid);
/* The name of a kind of record in a phrase on a button: in capitals as a title is; as its translator wrote it, in the
 * middle of a phrase. (transfer full) */
char *hw_text_kind (const char *msgid);
char *hw_text_add_kind (const char *msgid); /* "Add Travel Document"; (transfer full) */

/* What a row says of a thing, one beside the other: "3 days · KD 6.000". fact (nullable): nothing is added. */
void  hw_text_add (GString *words, const char *fact);

G_END_DECLS
