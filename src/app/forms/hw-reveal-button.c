/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It opens when the readings are noted, and closes after HW_VEIL_SECONDS, with the veil, or when it is taken off the
 * screen.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/forms/hw-reveal-button.h"

#include <glib/gi18n.h>

#include "app/forms/hw-field-words.h"

struct _HwRevealButton
{
  GtkButton parent;

  HwVeil *veil;         /* (owned) (nullable) */
  GSignalGroup *watch;  /* (owned) of the veil */
  GPtrArray *readings;  /* (owned) what it uncovers */
  const char *show_words, *hide_words; /* (nullable) */
  gboolean open;
  guint lifting; /* counts what it uncovers: an answer that is about something else is nothing */
  guint timeout;
};

G_DEFINE_FINAL_TYPE (HwRevealButton, hw_reveal_button, GTK_TYPE_BUTTON)

static guint changed_signal;

static void
update_look (HwRevealButton *self)
{
  g_autofree char *show = g_strdup_printf (_ ("Show for %d seconds"), HW_VEIL_SECONDS);
  const char *words = self->open ? self->hide_words : self->show_words;
  const char *tip = self->open ? _ ("Hide") : show;

  if (words != NULL)
    gtk_button_set_label (GTK_BUTTON (self), words);
  else
    gtk_button_set_icon_name (GTK_BUTTON (self),
                              self->open ? "view-conceal-symbolic" : "view-reveal-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), tip);
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words != NULL ? words : tip, -1);
  gtk_widget_set_visible (GTK_WIDGET (self), self->readings->len > 0);
}

static void
set_open (HwRevealButton *self, gboolean open)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  if (self->open == open)
    return;
  self->open = open;
  update_look (self);
  g_signal_emit (self, changed_signal, 0);
}

static void
close_it (HwRevealButton *self)
{
  self->lifting++;
  set_open (self, FALSE);
}

static gboolean
timeout_cb (gpointer data)
{
  HwRevealButton *self = data;

  self->timeout = 0;
  close_it (self);
  return G_SOURCE_REMOVE;
}

typedef struct
{
  HwRevealButton *self; /* (owned) */
  guint lifting;
} Lift;

static void
lifted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Lift *lift = user_data;
  g_autoptr (HwRevealButton) self = lift->self;
  g_autoptr (GError) error = NULL;
  gboolean lifted = hw_veil_lift_finish (HW_VEIL (source), result, &error);

  if (error != NULL)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self), error->message);
  if (!lifted || self->lifting != lift->lifting || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  set_open (self, TRUE);
  self->timeout = g_timeout_add_seconds (HW_VEIL_SECONDS, timeout_cb, self);
}

static GPtrArray *
copy_readings (HwRevealButton *self)
{
  GPtrArray *copy = hw_readings_new ();

  for (guint i = 0; i < self->readings->len; i++)
    {
      HwReading *reading = g_ptr_array_index (self->readings, i);
      HwReading *one = g_new0 (HwReading, 1);

      one->record = g_strdup (reading->record);
      one->field = g_strdup (reading->field);
      g_ptr_array_add (copy, one);
    }
  return copy;
}

static void
hw_reveal_button_clicked (GtkButton *button)
{
  HwRevealButton *self = HW_REVEAL_BUTTON (button);
  Lift *lift;

  if (self->open || self->veil == NULL)
    {
      close_it (self);
      return;
    }
  lift = g_new0 (Lift, 1);
  lift->self = g_object_ref (self);
  lift->lifting = ++self->lifting;
  hw_veil_lift_async (self->veil, copy_readings (self), lifted_cb, lift);
}

/* What is not on screen is not being read. */
static void
hw_reveal_button_unmap (GtkWidget *widget)
{
  close_it (HW_REVEAL_BUTTON (widget));
  GTK_WIDGET_CLASS (hw_reveal_button_parent_class)->unmap (widget);
}

static void
hw_reveal_button_dispose (GObject *object)
{
  HwRevealButton *self = HW_REVEAL_BUTTON (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_object (&self->watch);
  g_clear_object (&self->veil);

  G_OBJECT_CLASS (hw_reveal_button_parent_class)->dispose (object);
}

static void
hw_reveal_button_finalize (GObject *object)
{
  g_ptr_array_unref (HW_REVEAL_BUTTON (object)->readings);

  G_OBJECT_CLASS (hw_reveal_button_parent_class)->finalize (object);
}

static void
hw_reveal_button_class_init (HwRevealButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hw_reveal_button_dispose;
  G_OBJECT_CLASS (klass)->finalize = hw_reveal_button_finalize;
  GTK_WIDGET_CLASS (klass)->unmap = hw_reveal_button_unmap;
  GTK_BUTTON_CLASS (klass)->clicked = hw_reveal_button_clicked;
  changed_signal = g_signal_new (
    "changed", HW_TYPE_REVEAL_BUTTON, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hw_reveal_button_init (HwRevealButton *self)
{
  self->readings = hw_readings_new ();
  self->watch = g_signal_group_new (HW_TYPE_VEIL);
  g_signal_group_connect_swapped (self->watch, "closed", G_CALLBACK (close_it), self);
  gtk_widget_add_css_class (GTK_WIDGET (self), "flat");
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  update_look (self);
}

void
hw_reveal_button_set_veil (HwRevealButton *self, HwVeil *veil)
{
  if (self->veil == veil)
    return;
  hw_reveal_button_clear (self);
  g_set_object (&self->veil, veil);
  g_signal_group_set_target (self->watch, veil);
}

GtkWidget *
hw_reveal_button_new (HwVeil *veil)
{
  HwRevealButton *self = g_object_new (HW_TYPE_REVEAL_BUTTON, NULL);

  hw_reveal_button_set_veil (self, veil);
  return GTK_WIDGET (self);
}

void
hw_reveal_button_set_words (HwRevealButton *self, const char *show, const char *hide)
{
  self->show_words = show;
  self->hide_words = hide;
  update_look (self);
}

void
hw_reveal_button_clear (HwRevealButton *self)
{
  close_it (self);
  g_ptr_array_set_size (self->readings, 0);
  update_look (self);
}

void
hw_reveal_button_add_value (HwRevealButton *self, const char *record, HwFieldId field, HwValue *value)
{
  if (value == NULL || self->veil == NULL || !hw_veil_covers (self->veil, hw_schema_field (field)))
    return;
  hw_readings_add (self->readings, record, field);
  update_look (self);
}

void
hw_reveal_button_add (HwRevealButton *self, HwRecord *record, HwFieldId field)
{
  if (record != NULL)
    hw_reveal_button_add_value (self, hw_record_id (record), field, hw_record_get (record, field));
}

gboolean
hw_reveal_button_is_open (HwRevealButton *self)
{
  return self->open;
}

char *
hw_reveal_button_words (HwRevealButton *self, const HwFieldDef *field, HwValue *value, HwFormContext *context)
{
  return self->open ? hw_field_words_plain (field, value, context) : hw_field_words (field, value, context);
}
