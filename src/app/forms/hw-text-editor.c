/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwTextEditor: one line. It keeps what was typed to the letter: nothing is corrected under the
 * cursor, and a line nobody touched reads back as the very value it showed.
 */
#include "app/forms/hw-text-editor.h"

#include <glib/gi18n.h>

#include "base/hw-base.h"

typedef struct
{
  GtkEntry *entry; /* (owned) child */
  GtkText *text;   /* (unowned) what the entry types into */
  HwValue *shown; /* (owned) (nullable) */
  gboolean touched;
  gulong changed_handler;
} HwTextEditorPrivate;

G_DEFINE_TYPE_WITH_PRIVATE (HwTextEditor, hw_text_editor, HW_TYPE_FIELD_EDITOR)

static HwTextEditorPrivate *
priv_of (HwTextEditor *self)
{
  return hw_text_editor_get_instance_private (self);
}

static void
put_text (HwTextEditor *self, gboolean typing)
{
  HwTextEditorPrivate *priv = priv_of (self);
  g_autofree char *text = NULL;

  if (priv->shown)
    text = HW_TEXT_EDITOR_GET_CLASS (self)->format (self, priv->shown, typing);
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (priv->text)), text ? text : "") == 0)
    return;
  g_signal_handler_block (priv->text, priv->changed_handler);
  gtk_editable_set_text (GTK_EDITABLE (priv->text), text ? text : "");
  g_signal_handler_unblock (priv->text, priv->changed_handler);
}

static void
changed_cb (HwTextEditor *self)
{
  priv_of (self)->touched = TRUE;
  hw_field_editor_edited (HW_FIELD_EDITOR (self));
}

static void
activate_cb (HwTextEditor *self)
{
  hw_field_editor_done (HW_FIELD_EDITOR (self));
}

static void
enter_cb (HwTextEditor *self)
{
  if (!priv_of (self)->touched)
    put_text (self, TRUE);
}

static void
leave_cb (HwTextEditor *self)
{
  if (!priv_of (self)->touched)
    put_text (self, FALSE);
}

static char *
hw_text_editor_format (HwTextEditor *self, HwValue *value, gboolean typing)
{
  switch (hw_field_editor_get_field (HW_FIELD_EDITOR (self))->kind)
    {
      case HW_KIND_INTEGER:
        return g_strdup_printf ("%" G_GINT64_FORMAT, hw_value_integer (value));
      case HW_KIND_PHONE:
        return hw_phone_display (hw_value_text (value));
      default:
        return g_strdup (hw_value_text (value));
    }
}

static gboolean
parse_integer (const char *text, HwValue **value, char **problem)
{
  gint64 number;

  if (!g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &number, NULL))
    {
      *problem = g_strdup (_ ("A whole number is needed here."));
      return FALSE;
    }
  *value = hw_value_new_integer (number);
  return TRUE;
}

static gboolean
take_text (char *text, HwValue **value, char **problem, const char *otherwise)
{
  if (text == NULL)
    {
      *problem = g_strdup (otherwise);
      return FALSE;
    }
  *value = hw_value_new_text (text);
  g_free (text);
  return TRUE;
}

static gboolean
hw_text_editor_parse (HwTextEditor *self, const char *text, HwValue **value, char **problem)
{
  switch (hw_field_editor_get_field (HW_FIELD_EDITOR (self))->kind)
    {
      case HW_KIND_INTEGER:
        return parse_integer (text, value, problem);
      case HW_KIND_PHONE:
        return take_text (
          hw_phone_normalise (text),
          value,
          problem,
          _ ("This is not a full phone number: begin with + and the country’s code, as in +965."));
      case HW_KIND_TIME_OF_DAY:
        return take_text (hw_time_parse_typed (text),
                          value,
                          problem,
                          _ ("This is not a time of day: 23:00, 2pm or 1430 can be read."));
      default:
        return take_text (g_strdup (text), value, problem, NULL);
    }
}

static GtkInputPurpose
purpose_of (HwKind kind)
{
  switch (kind)
    {
      case HW_KIND_INTEGER:
        return GTK_INPUT_PURPOSE_NUMBER;
      case HW_KIND_PHONE:
        return GTK_INPUT_PURPOSE_PHONE;
      default:
        return GTK_INPUT_PURPOSE_FREE_FORM;
    }
}

static void
hw_text_editor_build (HwFieldEditor *editor, const HwFieldDef *field)
{
  HwTextEditorPrivate *priv = priv_of (HW_TEXT_EDITOR (editor));

  gtk_text_set_input_purpose (priv->text, purpose_of (field->kind));
  gtk_text_set_placeholder_text (priv->text, field->help ? _ (field->help) : NULL);
}

static void
hw_text_editor_show (HwFieldEditor *editor, HwValue *value)
{
  HwTextEditor *self = HW_TEXT_EDITOR (editor);
  HwTextEditorPrivate *priv = priv_of (self);

  g_clear_pointer (&priv->shown, hw_value_unref);
  priv->shown = value ? hw_value_ref (value) : NULL;
  priv->touched = FALSE;
  put_text (self, gtk_widget_has_focus (GTK_WIDGET (priv->text)));
}

static gboolean
hw_text_editor_read (HwFieldEditor *editor, HwValue **value, char **problem)
{
  HwTextEditor *self = HW_TEXT_EDITOR (editor);
  HwTextEditorPrivate *priv = priv_of (self);
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (priv->text))));

  if (!priv->touched)
    {
      *value = priv->shown ? hw_value_ref (priv->shown) : NULL;
      return TRUE;
    }
  return *text == '\0' || HW_TEXT_EDITOR_GET_CLASS (self)->parse (self, text, value, problem);
}

static void
hw_text_editor_set_names (HwFieldEditor *editor, const char *label, const char *description)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv_of (HW_TEXT_EDITOR (editor))->entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description ? description : "",
                                  -1);
}

static void
hw_text_editor_begin (HwFieldEditor *editor)
{
  gtk_widget_grab_focus (GTK_WIDGET (priv_of (HW_TEXT_EDITOR (editor))->text));
}

static void
hw_text_editor_finalize (GObject *object)
{
  g_clear_pointer (&priv_of (HW_TEXT_EDITOR (object))->shown, hw_value_unref);
  G_OBJECT_CLASS (hw_text_editor_parent_class)->finalize (object);
}

static void
hw_text_editor_class_init (HwTextEditorClass *class)
{
  HwFieldEditorClass *editor_class = HW_FIELD_EDITOR_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = hw_text_editor_finalize;
  editor_class->build = hw_text_editor_build;
  editor_class->show = hw_text_editor_show;
  editor_class->read = hw_text_editor_read;
  editor_class->set_names = hw_text_editor_set_names;
  editor_class->begin = hw_text_editor_begin;
  class->format = hw_text_editor_format;
  class->parse = hw_text_editor_parse;
}

static void
hw_text_editor_init (HwTextEditor *self)
{
  HwTextEditorPrivate *priv = priv_of (self);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  /* GTK 4.8 reads out the content of an entry, never that of a bare GtkText: whoever listens instead
   * of looking would hear the name of the field and not what stands in it. */
  priv->entry = GTK_ENTRY (gtk_entry_new ());
  priv->text = GTK_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (priv->entry)));
  gtk_widget_set_hexpand (GTK_WIDGET (priv->entry), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (priv->entry), "plain");
  gtk_text_set_enable_emoji_completion (priv->text, FALSE);
  priv->changed_handler
    = g_signal_connect_swapped (priv->text, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_object (
    priv->text, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "enter", G_CALLBACK (enter_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (priv->text), focus);
  gtk_widget_set_parent (GTK_WIDGET (priv->entry), GTK_WIDGET (self));
}

GtkText *
hw_text_editor_get_text (HwTextEditor *self)
{
  return priv_of (self)->text;
}

HwValue *
hw_text_editor_get_shown (HwTextEditor *self)
{
  return priv_of (self)->shown;
}

gboolean
hw_text_editor_is_touched (HwTextEditor *self)
{
  return priv_of (self)->touched;
}

void
hw_text_editor_type (HwTextEditor *self, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (priv_of (self)->text), text);
}

GtkWidget *
hw_text_editor_add_button (HwTextEditor *self, const char *icon_name, const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_parent (button, GTK_WIDGET (self));
  return button;
}
