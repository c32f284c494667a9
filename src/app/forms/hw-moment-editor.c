/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwMomentEditor: a day and a time. An instant is typed and shown in the office's zone, and stored
 * as what it is everywhere; a local time is stored as the clock on the wall there, with its zone,
 * because a departure at 01:15 stays at 01:15 whatever happens to the zone's offset. Until a zone is
 * chosen it is the one of the airport or town that the record names beside it.
 */
#include "app/forms/hw-moment-editor.h"

#include <glib/gi18n.h>

#include "app/forms/hw-chooser.h"
#include "app/widgets/hw-text.h"
#include "base/hw-date.h"
#include "domain/hw-travel.h"

struct _HwMomentEditor
{
  HwTextEditor parent;
  HwChooser *zone;     /* (owned) child; (nullable): the office's */
  gboolean zone_given; /* by a person or by the value */
};

G_DEFINE_FINAL_TYPE (HwMomentEditor, hw_moment_editor, HW_TYPE_TEXT_EDITOR)

static HwFormContext *
context_of (HwMomentEditor *self)
{
  return hw_field_editor_get_context (HW_FIELD_EDITOR (self));
}

static const char *
zone_of (HwMomentEditor *self)
{
  const char *zone = self->zone ? hw_chooser_get_selected (self->zone) : NULL;

  return zone ? zone : hw_form_context_get_zone (context_of (self));
}

/* The wall clock a value stands for. (transfer full) (nullable) */
static char *
wall_clock_of (HwMomentEditor *self, HwValue *value)
{
  gint64 us;

  if (self->zone)
    return g_strdup (hw_value_text (value));
  if (!hw_instant_parse (hw_value_text (value), &us))
    return NULL;
  return hw_wall_clock_of_instant (us, zone_of (self));
}

static char *
hw_moment_editor_format (HwTextEditor *editor, HwValue *value, gboolean typing)
{
  HwMomentEditor *self = HW_MOMENT_EDITOR (editor);
  g_autofree char *at = wall_clock_of (self, value);
  g_autofree char *today = hw_form_context_today (context_of (self));

  if (at == NULL || !hw_wall_clock_valid (at))
    return g_strdup (hw_value_text (value));
  if (typing)
    return g_strdup_printf ("%.2s/%.2s/%.4s %.5s", at + 8, at + 5, at, at + 11);
  return hw_text_wall_clock (at, self->zone ? NULL : zone_of (self), today);
}

/* A bare time means today: "Now" is said more often than any date. */
static char *
parse_wall_clock (HwMomentEditor *self, const char *text)
{
  g_autofree char *today = hw_form_context_today (context_of (self));
  g_autofree char *time = hw_time_parse_typed (text);
  char *at = hw_wall_clock_parse_typed (text, today);

  if (at && hw_wall_clock_valid (at))
    return at;
  g_free (at);
  return time ? g_strdup_printf ("%sT%s", today, time) : NULL;
}

static gboolean
hw_moment_editor_parse (HwTextEditor *editor, const char *text, HwValue **value, char **problem)
{
  HwMomentEditor *self = HW_MOMENT_EDITOR (editor);
  g_autofree char *at = parse_wall_clock (self, text);
  gint64 us;

  if (at && self->zone)
    *value = hw_value_new_pair (at, zone_of (self));
  else if (at && hw_wall_clock_to_instant (at, zone_of (self), &us))
    {
      g_autofree char *instant = hw_instant_format (us);
      *value = hw_value_new_text (instant);
    }
  else
    {
      *problem
        = g_strdup (_ ("A day and a time are needed: 27/11 14:30 or tomorrow 9:00 can be read."));
      return FALSE;
    }
  return TRUE;
}

static gboolean
hw_moment_editor_read (HwFieldEditor *editor, HwValue **value, char **problem)
{
  HwMomentEditor *self = HW_MOMENT_EDITOR (editor);
  HwValue *shown = hw_text_editor_get_shown (HW_TEXT_EDITOR (editor));

  if (self->zone && shown && !hw_text_editor_is_touched (HW_TEXT_EDITOR (editor)))
    {
      *value = hw_value_new_pair (hw_value_text (shown), zone_of (self));
      return TRUE;
    }
  return HW_FIELD_EDITOR_CLASS (hw_moment_editor_parent_class)->read (editor, value, problem);
}

/* Which field says where a local time is. */
static const struct
{
  HwFieldId time, place;
} places[] = {
  { HW_FIELD_SEGMENT_DEPARTS_AT, HW_FIELD_SEGMENT_FROM },
  { HW_FIELD_SEGMENT_ARRIVES_AT, HW_FIELD_SEGMENT_TO },
};

static const char *
usual_zone (HwMomentEditor *self)
{
  HwRecord *record = hw_field_editor_get_record (HW_FIELD_EDITOR (self));
  const HwFieldDef *field = hw_field_editor_get_field (HW_FIELD_EDITOR (self));
  const char *zone = NULL;

  for (guint i = 0; record != NULL && i < G_N_ELEMENTS (places); i++)
    if (places[i].time == field->id && hw_record_type (record) == field->type)
      zone = hw_travel_zone_of_place (hw_record_get_text (record, places[i].place));
  return zone != NULL ? zone : hw_form_context_get_zone (context_of (self));
}

static void
place_changed_cb (HwMomentEditor *self)
{
  if (self->zone != NULL && !self->zone_given)
    hw_chooser_set_selected (self->zone, usual_zone (self));
}

static void
hw_moment_editor_show (HwFieldEditor *editor, HwValue *value)
{
  HwMomentEditor *self = HW_MOMENT_EDITOR (editor);

  self->zone_given = value != NULL;
  if (self->zone)
    hw_chooser_set_selected (self->zone, value ? hw_value_unit (value) : usual_zone (self));
  HW_FIELD_EDITOR_CLASS (hw_moment_editor_parent_class)->show (editor, value);
}

static void
hw_moment_editor_context_changed (HwFieldEditor *editor)
{
  HwMomentEditor *self = HW_MOMENT_EDITOR (editor);
  HwRecord *record = hw_field_editor_get_record (editor);

  if (self->zone == NULL)
    return;
  hw_chooser_set_context (self->zone, context_of (self), record);
  if (record != NULL)
    {
      g_signal_handlers_disconnect_by_func (record, place_changed_cb, self);
      g_signal_connect_object (
        record, "changed", G_CALLBACK (place_changed_cb), self, G_CONNECT_SWAPPED);
    }
}

static void
now_cb (HwMomentEditor *self)
{
  g_autofree char *at
    = hw_wall_clock_of_instant (hw_form_context_now (context_of (self)), zone_of (self));
  g_autofree char *text = g_strdup_printf ("%.2s/%.2s/%.4s %.5s", at + 8, at + 5, at, at + 11);

  hw_text_editor_type (HW_TEXT_EDITOR (self), text);
  hw_field_editor_done (HW_FIELD_EDITOR (self));
}

static void
zone_cb (HwMomentEditor *self)
{
  GtkText *text = hw_text_editor_get_text (HW_TEXT_EDITOR (self));

  self->zone_given = TRUE;
  /* A zone alone is no time: it waits for the time to be typed, instead of falling back to the office's. */
  if (*gtk_editable_get_text (GTK_EDITABLE (text)) == '\0')
    {
      gtk_widget_grab_focus (GTK_WIDGET (text));
      return;
    }
  hw_field_editor_edited (HW_FIELD_EDITOR (self));
  hw_field_editor_done (HW_FIELD_EDITOR (self));
}

static void
hw_moment_editor_build (HwFieldEditor *editor, const HwFieldDef *field)
{
  HwMomentEditor *self = HW_MOMENT_EDITOR (editor);

  HW_FIELD_EDITOR_CLASS (hw_moment_editor_parent_class)->build (editor, field);
  if (field->kind == HW_KIND_LOCAL_TIME)
    {
      self->zone = HW_CHOOSER (hw_chooser_new (HW_KIND_ZONE, field, FALSE));
      g_signal_connect_object (self->zone, "chosen", G_CALLBACK (zone_cb), self, G_CONNECT_SWAPPED);
      gtk_widget_set_parent (GTK_WIDGET (self->zone), GTK_WIDGET (self));
    }
  else
    {
      GtkWidget *button = gtk_button_new_with_label (_ ("Now"));
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      g_signal_connect_object (button, "clicked", G_CALLBACK (now_cb), self, G_CONNECT_SWAPPED);
      gtk_widget_set_parent (button, GTK_WIDGET (self));
    }
}

static void
hw_moment_editor_set_names (HwFieldEditor *editor, const char *label, const char *description)
{
  HwMomentEditor *self = HW_MOMENT_EDITOR (editor);

  HW_FIELD_EDITOR_CLASS (hw_moment_editor_parent_class)->set_names (editor, label, description);
  if (self->zone)
    {
      g_autofree char *name = g_strdup_printf (_ ("%s: time zone"), label);
      hw_chooser_set_names (self->zone, name, NULL);
    }
}

static void
hw_moment_editor_class_init (HwMomentEditorClass *class)
{
  HwFieldEditorClass *editor_class = HW_FIELD_EDITOR_CLASS (class);

  editor_class->build = hw_moment_editor_build;
  editor_class->show = hw_moment_editor_show;
  editor_class->read = hw_moment_editor_read;
  editor_class->set_names = hw_moment_editor_set_names;
  editor_class->context_changed = hw_moment_editor_context_changed;
  HW_TEXT_EDITOR_CLASS (class)->format = hw_moment_editor_format;
  HW_TEXT_EDITOR_CLASS (class)->parse = hw_moment_editor_parse;
}

static void
hw_moment_editor_init (HwMomentEditor *self)
{
}
