/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Times are shown as the clocks at each airport show them; the time to change is counted in real
 * minutes, since the two clocks may differ.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/callforms/hw-leg-rows.h"

#include <glib/gi18n.h>

#include "app/widgets/hw-pill.h"
#include "app/widgets/hw-text.h"
#include "base/hw-date.h"
#include "schema/hw-place.h"

/* The airports of the region ask for 60 to 75 minutes between international flights; someone who
 * has never flown needs more. */
#define SHORT_CHANGE_MINUTES 90

static gboolean
moment (HwRecord *leg, HwFieldId field, gint64 *us)
{
  const char *at = hw_record_get_text (leg, field);

  return at != NULL && hw_wall_clock_to_instant (at, hw_record_get_unit (leg, field), us);
}

static gint
compare_legs (gconstpointer a, gconstpointer b)
{
  HwRecord *first = *(HwRecord **)a;
  HwRecord *second = *(HwRecord **)b;
  gint64 by_position = hw_record_get_integer (first, HW_FIELD_SEGMENT_POSITION)
                       - hw_record_get_integer (second, HW_FIELD_SEGMENT_POSITION);
  gint64 first_us = 0, second_us = 0;

  if (by_position != 0)
    return by_position < 0 ? -1 : 1;
  moment (first, HW_FIELD_SEGMENT_DEPARTS_AT, &first_us);
  moment (second, HW_FIELD_SEGMENT_DEPARTS_AT, &second_us);
  return first_us < second_us ? -1 : first_us > second_us;
}

gboolean
hw_leg_rows_minutes_between (HwRecord *before, HwRecord *after, gint64 *minutes)
{
  gint64 lands_us, leaves_us;

  if (!moment (before, HW_FIELD_SEGMENT_ARRIVES_AT, &lands_us)
      || !moment (after, HW_FIELD_SEGMENT_DEPARTS_AT, &leaves_us))
    return FALSE;
  *minutes = (leaves_us - lands_us) / (60 * G_USEC_PER_SEC);
  return TRUE;
}

/* "KWI Kuwait City", or the place as it was written. */
static char *
place_words (HwRecord *leg, HwFieldId field)
{
  const char *place = hw_record_get_text (leg, field);
  const HwAirport *airport = place != NULL ? hw_airport_by_code (place) : NULL;

  if (place == NULL)
    return g_strdup (_ ("not set"));
  return airport != NULL ? g_strdup_printf ("%s %s", airport->code, airport->city)
                         : g_strdup (place);
}

static char *
time_words (HwRecord *leg, HwFieldId field, const char *today)
{
  const char *at = hw_record_get_text (leg, field);

  return at != NULL ? hw_text_wall_clock (at, hw_record_get_unit (leg, field), today)
                    : g_strdup (_ ("time not set"));
}

static char *
carrier_words (HwRecord *leg)
{
  const char *carrier = hw_record_get_text (leg, HW_FIELD_SEGMENT_CARRIER);
  const char *number = hw_record_get_text (leg, HW_FIELD_SEGMENT_NUMBER);

  if (carrier != NULL && number != NULL)
    return g_strdup_printf ("%s %s", carrier, number);
  return g_strdup (number != NULL ? number : carrier != NULL ? carrier : _ ("Leg"));
}

static GtkWidget *
make_leg_row (HwRecord *leg, const char *today)
{
  const HwFieldDef *status = hw_schema_field (HW_FIELD_SEGMENT_STATUS);
  const HwChoice *choice = hw_field_choice (status, hw_record_status (leg));
  g_autofree char *from = place_words (leg, HW_FIELD_SEGMENT_FROM);
  g_autofree char *to = place_words (leg, HW_FIELD_SEGMENT_TO);
  g_autofree char *departs = time_words (leg, HW_FIELD_SEGMENT_DEPARTS_AT, today);
  g_autofree char *arrives = time_words (leg, HW_FIELD_SEGMENT_ARRIVES_AT, today);
  g_autofree char *carrier = carrier_words (leg);
  /* Translators: a place of departure and one of arrival */
  g_autofree char *title = g_strdup_printf (_ ("%s → %s"), from, to);
  g_autofree char *subtitle
    = g_strdup_printf (_ ("%s · leaves %s · lands %s"), carrier, departs, arrives);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (choice != NULL)
    adw_action_row_add_suffix (
      ADW_ACTION_ROW (row),
      hw_pill_new (_ (choice->label), hw_meaning_of_choice (status, choice->nick)));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "record", g_object_ref (leg), g_object_unref);
  return row;
}

static char *
change_words (HwRecord *before, HwRecord *after)
{
  const char *lands = hw_record_get_text (before, HW_FIELD_SEGMENT_TO);
  const char *leaves = hw_record_get_text (after, HW_FIELD_SEGMENT_FROM);
  gint64 minutes;

  if (lands != NULL && leaves != NULL && g_ascii_strcasecmp (lands, leaves) != 0)
    return g_strdup_printf (_ ("She lands at %s and leaves from %s"), lands, leaves);
  if (!hw_leg_rows_minutes_between (before, after, &minutes))
    return NULL;
  if (minutes < 0)
    return g_strdup (_ ("The next leg leaves before this one lands"));
  if (minutes < SHORT_CHANGE_MINUTES)
    return g_strdup_printf (_ ("Only %d minutes to change"), (int)minutes);
  return NULL;
}

static GtkWidget *
make_warning_row (const char *words)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *image = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

  gtk_widget_add_css_class (image, "warning");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), words);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               _ ("Ask the carrier, or arrange help in transit."));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
  return row;
}

GPtrArray *
hw_leg_rows_make (GPtrArray *legs, const char *today)
{
  GPtrArray *rows = g_ptr_array_new ();

  g_ptr_array_sort (legs, compare_legs);
  for (guint i = 0; i < legs->len; i++)
    {
      g_autofree char *words = i > 0 ? change_words (legs->pdata[i - 1], legs->pdata[i]) : NULL;

      if (words != NULL)
        g_ptr_array_add (rows, make_warning_row (words));
      g_ptr_array_add (rows, make_leg_row (legs->pdata[i], today));
    }
  return rows;
}
