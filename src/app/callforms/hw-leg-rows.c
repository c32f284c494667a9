/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Times are shown as the clocks at each airport show them, with the office's own beneath, so that
 * nobody counts zones at night. What a change needs is the domain's answer.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/callforms/hw-leg-rows.h"

#include <glib/gi18n.h>

#include "app/forms/hw-record-words.h"
#include "app/widgets/hw-pill.h"
#include "app/widgets/hw-text.h"
#include "base/hw-base.h"
#include "schema/hw-place.h"

/* "KWI Kuwait", or the place as it was written. */
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

/* The same moment on the office's clock; NULL where it is the same clock, or there is none. */
static char *
ours_words (HwRecord *leg, HwFieldId field, const char *ours, const char *today)
{
  gint64 us;

  if (g_strcmp0 (hw_record_get_unit (leg, field), ours) == 0
      || !hw_travel_leg_moment (leg, field, &us))
    return NULL;
  return hw_text_moment (us, ours, today);
}

static char *
carrier_words (HwRecord *leg)
{
  const char *carrier = hw_record_get_text (leg, HW_FIELD_SEGMENT_CARRIER);
  const char *number = hw_record_get_text (leg, HW_FIELD_SEGMENT_NUMBER);
  g_autofree char *way = NULL;
  g_autofree char *span = NULL;
  gint64 from_us, to_us;

  if (carrier != NULL && number != NULL)
    way = g_strdup_printf ("%s %s", carrier, number);
  else
    way = g_strdup (number != NULL ? number : carrier != NULL ? carrier : _ ("Leg"));
  if (!hw_travel_leg_moment (leg, HW_FIELD_SEGMENT_DEPARTS_AT, &from_us)
      || !hw_travel_leg_moment (leg, HW_FIELD_SEGMENT_ARRIVES_AT, &to_us) || to_us < from_us)
    return g_steal_pointer (&way);
  span = hw_travel_duration ((to_us - from_us) / G_TIME_SPAN_MINUTE);
  return g_strdup_printf ("%s · %s", way, span);
}

static GtkWidget *
add_label (GtkWidget *box, const char *text, const char *first_class, const char *second_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  if (first_class != NULL)
    gtk_widget_add_css_class (label, first_class);
  if (second_class != NULL)
    gtk_widget_add_css_class (label, second_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static GtkWidget *
make_end (HwRecord *leg, HwFieldId place, HwFieldId time, const char *ours, const char *today)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *where = place_words (leg, place);
  g_autofree char *when = time_words (leg, time, today);
  g_autofree char *here = ours_words (leg, time, ours, today);

  add_label (box, where, "heading", NULL);
  add_label (box, when, "tabular", NULL);
  if (here != NULL)
    gtk_widget_add_css_class (add_label (box, here, "caption", "dim-label"), "tabular");
  return box;
}

static GtkWidget *
make_ends (HwRecord *leg, const char *ours, const char *today)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  gtk_box_append (GTK_BOX (box),
                  make_end (leg, HW_FIELD_SEGMENT_FROM, HW_FIELD_SEGMENT_DEPARTS_AT, ours, today));
  gtk_box_append (GTK_BOX (box),
                  make_end (leg, HW_FIELD_SEGMENT_TO, HW_FIELD_SEGMENT_ARRIVES_AT, ours, today));
  return box;
}

static GtkWidget *
make_head (HwRecord *leg, HwRecord *journey, gint64 now_us)
{
  HwMeaning meaning;
  g_autofree char *status = hw_record_words_leg (leg, journey, now_us, &meaning);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  g_autofree char *carrier = carrier_words (leg);

  gtk_widget_set_hexpand (add_label (head, carrier, "caption", "dim-label"), TRUE);
  gtk_box_append (GTK_BOX (head), hw_pill_new (status, meaning));
  gtk_box_append (GTK_BOX (head), gtk_image_new_from_icon_name ("go-next-symbolic"));
  return head;
}

static GtkWidget *
make_leg_row (HwRecord *leg, HwRecord *journey, gint64 now_us, const char *ours, const char *today)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *from = place_words (leg, HW_FIELD_SEGMENT_FROM);
  g_autofree char *to = place_words (leg, HW_FIELD_SEGMENT_TO);
  /* Translators: a place of departure and one of arrival */
  g_autofree char *title = g_strdup_printf (_ ("%s → %s"), from, to);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_widget_add_css_class (row, "hw-leg");
  gtk_box_append (GTK_BOX (box), make_head (leg, journey, now_us));
  gtk_box_append (GTK_BOX (box), make_ends (leg, ours, today));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "record", g_object_ref (leg), g_object_unref);
  return row;
}

static GtkWidget *
make_change_row (const HwConnection *connection)
{
  gboolean warns = hw_connection_warns (connection);
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *image = gtk_image_new_from_icon_name (connection->state == HW_CONNECTION_OVERNIGHT
                                                     ? "weather-clear-night-symbolic"
                                                   : warns ? "dialog-warning-symbolic"
                                                           : "document-open-recent-symbolic");

  gtk_widget_add_css_class (row, "hw-change");
  gtk_widget_add_css_class (image, warns ? "warning" : "dim-label");
  gtk_widget_set_valign (image, GTK_ALIGN_START);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), connection->title);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_box_append (GTK_BOX (line), image);
  gtk_box_append (GTK_BOX (line), words);
  add_label (words, connection->title, warns ? NULL : "caption", warns ? NULL : "dim-label");
  if (connection->detail != NULL)
    add_label (words, connection->detail, "caption", "dim-label");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  return row;
}

GPtrArray *
hw_leg_rows_make (
  GPtrArray *legs, HwRecord *journey, gint64 now_us, const char *ours, const char *today)
{
  GPtrArray *rows = g_ptr_array_new ();
  g_autoptr (GPtrArray) connections = hw_travel_connections (legs);

  for (guint i = 0; i < legs->len; i++)
    {
      const HwConnection *connection = i > 0 ? connections->pdata[i - 1] : NULL;

      if (connection != NULL && connection->title != NULL)
        g_ptr_array_add (rows, make_change_row (connection));
      g_ptr_array_add (rows, make_leg_row (legs->pdata[i], journey, now_us, ours, today));
    }
  return rows;
}

GtkWidget *
hw_leg_rows_make_dropped (HwRecord *leg, const char *ours, const char *today)
{
  GtkWidget *row = make_leg_row (leg, NULL, 0, ours, today);

  gtk_widget_add_css_class (row, "dim-label");
  return row;
}

char *
hw_leg_rows_total (GPtrArray *legs)
{
  g_autofree char *count = NULL;
  g_autofree char *span = NULL;
  gint minutes;

  if (legs->len == 0)
    return NULL;
  count = g_strdup_printf (ngettext ("%u leg", "%u legs", legs->len), legs->len);
  if (!hw_travel_total_minutes (legs, &minutes))
    return g_steal_pointer (&count);
  span = hw_travel_duration (minutes);
  return g_strdup_printf (_ ("%s, %s in all"), count, span);
}
