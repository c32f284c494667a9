/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwDateEditor: days are typed as people say them ("12/3", "tomorrow", "in 3 days") or taken from a
 * calendar. A day long past may be known to the month or the year only: "3/2009", "2009" and "about
 * 1998" set the precision by themselves, because a made-up 1 January is worse than an honest year.
 */
#include "app/forms/hw-date-editor.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "app/widgets/hw-text.h"
#include "base/hw-date.h"

struct _HwDateEditor
{
  HwTextEditor parent;
  GtkDropDown *precision; /* (owned) child; (nullable) */
  GtkWidget *popover;     /* (owned) child */
  GtkCalendar *calendar;  /* (unowned) */
  gboolean filling;       /* the program moves calendar or precision, not a person */
};

G_DEFINE_FINAL_TYPE (HwDateEditor, hw_date_editor, HW_TYPE_TEXT_EDITOR)

static const char *const precisions[] = { "day", "month", "year", "estimated" };

static char *
today_of (HwDateEditor *self)
{
  return hw_form_context_today (hw_field_editor_get_context (HW_FIELD_EDITOR (self)));
}

static const char *
get_precision (HwDateEditor *self)
{
  guint i = self->precision ? gtk_drop_down_get_selected (self->precision) : 0;

  return precisions[i < G_N_ELEMENTS (precisions) ? i : 0];
}

static void
put_precision (HwDateEditor *self, const char *precision)
{
  if (self->precision == NULL)
    return;
  self->filling = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (precisions); i++)
    if (g_strcmp0 (precisions[i], precision) == 0)
      gtk_drop_down_set_selected (self->precision, i);
  self->filling = FALSE;
}

static char *
typing_form (const char *day, const char *precision)
{
  if (g_str_equal (precision, "year"))
    return g_strndup (day, 4);
  if (g_str_equal (precision, "estimated"))
    return g_strdup_printf (_ ("about %.4s"), day);
  if (g_str_equal (precision, "month"))
    return g_strdup_printf ("%.2s/%.4s", day + 5, day);
  return g_strdup_printf ("%.2s/%.2s/%.4s", day + 8, day + 5, day);
}

static char *
hw_date_editor_format (HwTextEditor *editor, HwValue *value, gboolean typing)
{
  HwDateEditor *self = HW_DATE_EDITOR (editor);
  g_autofree char *today = NULL;
  const char *day = hw_value_text (value);

  if (!hw_date_valid (day))
    return g_strdup (day);
  if (typing)
    return typing_form (day, self->precision ? hw_value_unit (value) : "day");
  if (self->precision)
    return hw_text_history_date (day, hw_value_unit (value));
  today = today_of (self);
  return hw_text_day (day, today);
}

/* "2009", "3/2009", "about 1998": a day of that year or month, and how much of it is known. */
static char *
parse_partial (const char *text, const char **precision)
{
  gint month = 1, year = 0, used = 0;
  gboolean about = FALSE;
  gsize length;

  for (const char *p = text; *p && !g_ascii_isdigit (*p); p++, text++)
    about = TRUE;
  length = strlen (text);
  if (sscanf (text, "%4d%n", &year, &used) == 1 && used == 4 && length == 4)
    *precision = about ? "estimated" : "year";
  else if (!about && sscanf (text, "%2d/%4d%n", &month, &year, &used) == 2 && (gsize)used == length)
    *precision = "month";
  else
    return NULL;
  if (year < 1880 || month < 1 || month > 12)
    return NULL;
  return g_strdup_printf ("%04d-%02d-01", year, month);
}

static gboolean
hw_date_editor_parse (HwTextEditor *editor, const char *text, HwValue **value, char **problem)
{
  HwDateEditor *self = HW_DATE_EDITOR (editor);
  g_autofree char *today = today_of (self);
  const char *precision = get_precision (self);
  g_autofree char *day = self->precision ? parse_partial (text, &precision) : NULL;

  if (day == NULL)
    day = hw_date_parse_typed (text, today);
  if (day == NULL)
    {
      *problem = g_strdup (
        self->precision
          ? _ ("This is not a day: 27/11/1998, 11/1998, 1998 or about 1998 can be read.")
          : _ ("This is not a day: 12/3, tomorrow or in 3 days can be read."));
      return FALSE;
    }
  *value = self->precision ? hw_value_new_pair (day, precision) : hw_value_new_text (day);
  return TRUE;
}

static gboolean
hw_date_editor_read (HwFieldEditor *editor, HwValue **value, char **problem)
{
  HwDateEditor *self = HW_DATE_EDITOR (editor);
  HwValue *shown = hw_text_editor_get_shown (HW_TEXT_EDITOR (editor));

  if (self->precision && shown && !hw_text_editor_is_touched (HW_TEXT_EDITOR (editor)))
    {
      *value = hw_value_new_pair (hw_value_text (shown), get_precision (self));
      return TRUE;
    }
  return HW_FIELD_EDITOR_CLASS (hw_date_editor_parent_class)->read (editor, value, problem);
}

static void
hw_date_editor_show (HwFieldEditor *editor, HwValue *value)
{
  put_precision (HW_DATE_EDITOR (editor), value ? hw_value_unit (value) : "day");
  HW_FIELD_EDITOR_CLASS (hw_date_editor_parent_class)->show (editor, value);
}

static void
precision_cb (HwDateEditor *self)
{
  if (self->filling)
    return;
  hw_field_editor_edited (HW_FIELD_EDITOR (self));
  hw_field_editor_done (HW_FIELD_EDITOR (self));
}

static void
day_selected_cb (HwDateEditor *self)
{
  g_autoptr (GDateTime) day = NULL;
  g_autofree char *text = NULL;

  if (self->filling)
    return;
  day = gtk_calendar_get_date (self->calendar);
  text = g_date_time_format (day, "%d/%m/%Y");
  put_precision (self, "day");
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  hw_text_editor_type (HW_TEXT_EDITOR (self), text);
  hw_field_editor_done (HW_FIELD_EDITOR (self));
}

static void
open_calendar_cb (HwDateEditor *self)
{
  HwValue *shown = hw_text_editor_get_shown (HW_TEXT_EDITOR (self));
  g_autofree char *day = shown ? g_strdup (hw_value_text (shown)) : today_of (self);
  g_autofree char *noon = g_strconcat (day, "T12:00:00Z", NULL);
  g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (noon, NULL);

  if (date)
    {
      self->filling = TRUE;
      gtk_calendar_select_day (self->calendar, date);
      self->filling = FALSE;
    }
  gtk_popover_popup (GTK_POPOVER (self->popover));
  gtk_widget_grab_focus (GTK_WIDGET (self->calendar));
}

static void
build_precision (HwDateEditor *self)
{
  const char *const labels[] = { _ ("Exact day"), _ ("Month"), _ ("Year"), _ ("Estimated"), NULL };

  self->precision = GTK_DROP_DOWN (gtk_drop_down_new_from_strings (labels));
  gtk_widget_add_css_class (GTK_WIDGET (self->precision), "flat");
  gtk_widget_set_valign (GTK_WIDGET (self->precision), GTK_ALIGN_CENTER);
  g_signal_connect_object (
    self->precision, "notify::selected", G_CALLBACK (precision_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (GTK_WIDGET (self->precision), GTK_WIDGET (self));
  /* The drop-down's own accessible is a frame; what takes the focus is the button in it. */
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (self->precision))),
    GTK_ACCESSIBLE_PROPERTY_LABEL,
    _ ("How exactly the day is known"),
    -1);
}

static void
hw_date_editor_build (HwFieldEditor *editor, const HwFieldDef *field)
{
  HwDateEditor *self = HW_DATE_EDITOR (editor);
  GtkWidget *button;

  HW_FIELD_EDITOR_CLASS (hw_date_editor_parent_class)->build (editor, field);
  if (field->kind == HW_KIND_HISTORY_DATE)
    build_precision (self);
  button = hw_text_editor_add_button (
    HW_TEXT_EDITOR (self), "x-office-calendar-symbolic", _ ("Calendar"));
  self->calendar = GTK_CALENDAR (gtk_calendar_new ());
  self->popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->popover), GTK_WIDGET (self->calendar));
  gtk_widget_set_parent (self->popover, button);
  g_signal_connect_object (
    self->calendar, "day-selected", G_CALLBACK (day_selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
    button, "clicked", G_CALLBACK (open_calendar_cb), self, G_CONNECT_SWAPPED);
}

static void
hw_date_editor_dispose (GObject *object)
{
  g_clear_pointer (&HW_DATE_EDITOR (object)->popover, gtk_widget_unparent);
  G_OBJECT_CLASS (hw_date_editor_parent_class)->dispose (object);
}

static void
hw_date_editor_class_init (HwDateEditorClass *class)
{
  HwFieldEditorClass *editor_class = HW_FIELD_EDITOR_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = hw_date_editor_dispose;
  editor_class->build = hw_date_editor_build;
  editor_class->show = hw_date_editor_show;
  editor_class->read = hw_date_editor_read;
  HW_TEXT_EDITOR_CLASS (class)->format = hw_date_editor_format;
  HW_TEXT_EDITOR_CLASS (class)->parse = hw_date_editor_parse;
}

static void
hw_date_editor_init (HwDateEditor *self)
{
}
