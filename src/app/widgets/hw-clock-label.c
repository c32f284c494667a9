/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwClockLabel: the time where she is. It wakes once, at the turn of the next minute of its
 * HwClock, and only while it is on screen: a hidden page keeps no timers.
 */
#include "app/widgets/hw-clock-label.h"

#include <glib/gi18n.h>

#include "app/widgets/hw-text.h"
#include "base/hw-date.h"

struct _HwClockLabel
{
  GtkWidget parent;
  HwClock *clock;    /* (owned) (nullable) */
  char *zone;        /* (owned) (nullable) */
  GtkLabel *time;    /* (owned) child */
  GtkLabel *caption; /* (owned) child */
  guint timeout;
};

G_DEFINE_FINAL_TYPE (HwClockLabel, hw_clock_label, GTK_TYPE_WIDGET)

static gboolean
minute_cb (gpointer data)
{
  HwClockLabel *self = data;

  self->timeout = 0;
  hw_clock_label_update (self);
  return G_SOURCE_REMOVE;
}

static void
arm (HwClockLabel *self)
{
  gint64 now;

  g_clear_handle_id (&self->timeout, g_source_remove);
  if (self->clock == NULL || self->zone == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  now = hw_clock_now (self->clock);
  self->timeout = g_timeout_add (
    (guint)((G_TIME_SPAN_MINUTE - now % G_TIME_SPAN_MINUTE) / 1000 + 20), minute_cb, self);
}

void
hw_clock_label_update (HwClockLabel *self)
{
  g_autofree char *at = NULL;
  g_autofree char *words = NULL;

  g_return_if_fail (HW_IS_CLOCK_LABEL (self));
  if (self->clock && self->zone)
    at = hw_wall_clock_of_instant (hw_clock_now (self->clock), self->zone);
  gtk_widget_set_visible (GTK_WIDGET (self), at != NULL);
  if (at == NULL)
    return;
  gtk_label_set_text (self->time, at + 11);
  /* Translators: read aloud: a place and the time there */
  words = g_strdup_printf (_ ("%s: %s"), gtk_label_get_text (self->caption), at + 11);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  arm (self);
}

static void
hw_clock_label_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (hw_clock_label_parent_class)->map (widget);
  hw_clock_label_update (HW_CLOCK_LABEL (widget));
}

static void
hw_clock_label_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&HW_CLOCK_LABEL (widget)->timeout, g_source_remove);
  GTK_WIDGET_CLASS (hw_clock_label_parent_class)->unmap (widget);
}

static void
hw_clock_label_dispose (GObject *object)
{
  HwClockLabel *self = HW_CLOCK_LABEL (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->zone, g_free);
  g_clear_pointer ((GtkWidget **)&self->time, gtk_widget_unparent);
  g_clear_pointer ((GtkWidget **)&self->caption, gtk_widget_unparent);
  G_OBJECT_CLASS (hw_clock_label_parent_class)->dispose (object);
}

static void
hw_clock_label_class_init (HwClockLabelClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = hw_clock_label_dispose;
  widget_class->map = hw_clock_label_map;
  widget_class->unmap = hw_clock_label_unmap;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "clocklabel");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkLabel *
add_label (HwClockLabel *self, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  return GTK_LABEL (label);
}

static void
hw_clock_label_init (HwClockLabel *self)
{
  gtk_orientable_set_orientation (
    GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
  self->time = add_label (self, "time");
  self->caption = add_label (self, "caption");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
hw_clock_label_set_clock (HwClockLabel *self, HwClock *clock)
{
  g_return_if_fail (HW_IS_CLOCK_LABEL (self));

  if (g_set_object (&self->clock, clock))
    hw_clock_label_update (self);
}

void
hw_clock_label_set_zone (HwClockLabel *self, const char *zone, const char *caption)
{
  g_autofree char *city = hw_text_zone (zone);

  g_return_if_fail (HW_IS_CLOCK_LABEL (self));
  g_free (self->zone);
  self->zone = g_strdup (zone);
  gtk_label_set_text (self->caption, caption ? caption : city);
  hw_clock_label_update (self);
}

const char *
hw_clock_label_get_text (HwClockLabel *self)
{
  g_return_val_if_fail (HW_IS_CLOCK_LABEL (self), NULL);
  return gtk_label_get_text (self->time);
}

GtkWidget *
hw_clock_label_new (HwClock *clock, const char *zone, const char *caption)
{
  HwClockLabel *self = g_object_new (HW_TYPE_CLOCK_LABEL, NULL);

  self->clock = g_object_ref (clock);
  hw_clock_label_set_zone (self, zone, caption);
  return GTK_WIDGET (self);
}
