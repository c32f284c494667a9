/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwMoneyEditor: amounts are whole minor units and never a float. How many decimals may be typed is
 * the currency's: three for a Kuwaiti dinar, none for a Burundian franc.
 */
#include "app/forms/hw-money-editor.h"

#include <glib/gi18n.h>

#include "app/forms/hw-chooser.h"
#include "app/widgets/hw-text.h"
#include "schema/hw-currency.h"

struct _HwMoneyEditor
{
  HwTextEditor parent;
  HwChooser *currency; /* (owned) child */
};

G_DEFINE_FINAL_TYPE (HwMoneyEditor, hw_money_editor, HW_TYPE_TEXT_EDITOR)

static char *
hw_money_editor_format (HwTextEditor *editor, HwValue *value, gboolean typing)
{
  return hw_text_amount (hw_value_integer (value), hw_value_unit (value));
}

static gboolean
hw_money_editor_parse (HwTextEditor *editor, const char *text, HwValue **value, char **problem)
{
  const char *currency = hw_chooser_get_selected (HW_MONEY_EDITOR (editor)->currency);
  gint decimals = MAX (hw_currency_exponent (currency), 0);
  gint64 minor;

  if (hw_text_parse_amount (text, currency, &minor))
    {
      *value = hw_value_new_money (minor, currency);
      return TRUE;
    }
  if (decimals == 0)
    *problem = g_strdup_printf (_ ("An amount in %s is a whole number."), currency);
  else
    *problem = g_strdup_printf (ngettext ("An amount in %s has at most %d decimal.",
                                          "An amount in %s has at most %d decimals.",
                                          (gulong)decimals),
                                currency,
                                decimals);
  return FALSE;
}

static gboolean
hw_money_editor_read (HwFieldEditor *editor, HwValue **value, char **problem)
{
  HwTextEditor *line = HW_TEXT_EDITOR (editor);
  HwValue *shown = hw_text_editor_get_shown (line);

  /* Another currency under an untouched amount is another amount: read what stands there. */
  if (shown && !hw_text_editor_is_touched (line)
      && g_strcmp0 (hw_value_unit (shown),
                    hw_chooser_get_selected (HW_MONEY_EDITOR (editor)->currency))
           != 0)
    return hw_money_editor_parse (
      line, gtk_editable_get_text (GTK_EDITABLE (hw_text_editor_get_text (line))), value, problem);
  return HW_FIELD_EDITOR_CLASS (hw_money_editor_parent_class)->read (editor, value, problem);
}

static void
hw_money_editor_show (HwFieldEditor *editor, HwValue *value)
{
  HwMoneyEditor *self = HW_MONEY_EDITOR (editor);

  if (value)
    hw_chooser_set_selected (self->currency, hw_value_unit (value));
  else if (hw_chooser_get_selected (self->currency) == NULL)
    hw_chooser_set_selected (self->currency, "USD");
  HW_FIELD_EDITOR_CLASS (hw_money_editor_parent_class)->show (editor, value);
}

static void
currency_cb (HwMoneyEditor *self)
{
  GtkText *text = hw_text_editor_get_text (HW_TEXT_EDITOR (self));

  if (*gtk_editable_get_text (GTK_EDITABLE (text)) == '\0')
    {
      gtk_widget_grab_focus (GTK_WIDGET (text));
      return;
    }
  hw_field_editor_edited (HW_FIELD_EDITOR (self));
  hw_field_editor_done (HW_FIELD_EDITOR (self));
}

static void
hw_money_editor_context_changed (HwFieldEditor *editor)
{
  hw_chooser_set_context (HW_MONEY_EDITOR (editor)->currency,
                          hw_field_editor_get_context (editor),
                          hw_field_editor_get_record (editor));
}

static void
hw_money_editor_build (HwFieldEditor *editor, const HwFieldDef *field)
{
  HwMoneyEditor *self = HW_MONEY_EDITOR (editor);

  HW_FIELD_EDITOR_CLASS (hw_money_editor_parent_class)->build (editor, field);
  self->currency = HW_CHOOSER (hw_chooser_new (HW_KIND_CURRENCY, field, FALSE));
  g_signal_connect_object (
    self->currency, "chosen", G_CALLBACK (currency_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (GTK_WIDGET (self->currency), GTK_WIDGET (self));
}

static void
hw_money_editor_set_names (HwFieldEditor *editor, const char *label, const char *description)
{
  g_autofree char *name = g_strdup_printf (_ ("%s: currency"), label);

  HW_FIELD_EDITOR_CLASS (hw_money_editor_parent_class)->set_names (editor, label, description);
  hw_chooser_set_names (HW_MONEY_EDITOR (editor)->currency, name, NULL);
}

static void
hw_money_editor_class_init (HwMoneyEditorClass *class)
{
  HwFieldEditorClass *editor_class = HW_FIELD_EDITOR_CLASS (class);

  editor_class->build = hw_money_editor_build;
  editor_class->context_changed = hw_money_editor_context_changed;
  editor_class->show = hw_money_editor_show;
  editor_class->read = hw_money_editor_read;
  editor_class->set_names = hw_money_editor_set_names;
  HW_TEXT_EDITOR_CLASS (class)->format = hw_money_editor_format;
  HW_TEXT_EDITOR_CLASS (class)->parse = hw_money_editor_parse;
}

static void
hw_money_editor_init (HwMoneyEditor *self)
{
}
