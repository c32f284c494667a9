/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A refusal says which condition, and takes you there. Stays until the person tries again or closes it.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/hw-refusal-box.h"

#include <glib/gi18n.h>

#include "app/widgets/hw-block-row.h"
#include "app/widgets/hw-rows.h"

struct _HwRefusalBox
{
  AdwBin parent;

  HwVerdict           *verdict; /* (owned) (nullable) */
  AdwPreferencesGroup *group;   /* (unowned) child, (nullable) */
};

G_DEFINE_FINAL_TYPE (HwRefusalBox, hw_refusal_box, ADW_TYPE_BIN)

static guint fix_signal;
static guint ask_signal;

static void
fix_cb (HwBlockRow *row, HwRefusalBox *self)
{
  HwCondition *condition = g_object_get_data (G_OBJECT (row), "condition");

  if (condition != NULL)
    g_signal_emit (self, fix_signal, 0, condition);
}

static void
add_condition (HwRefusalBox *self, HwCondition *condition, gboolean first)
{
  GtkWidget *row = hw_block_row_new_for_condition (condition);

  /* The verdict owns the condition, and this box the verdict: both outlive the row. */
  g_object_set_data (G_OBJECT (row), "condition", condition);
  hw_block_row_set_suggested (HW_BLOCK_ROW (row), first);
  g_signal_connect (row, "fix", G_CALLBACK (fix_cb), self);
  adw_preferences_group_add (self->group, row);
}

static void
close_cb (HwRefusalBox *self)
{
  hw_refusal_box_show (self, NULL, NULL);
}

static GtkWidget *
make_close_button (HwRefusalBox *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("Close"));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (close_cb), self);
  return button;
}

static void
hw_refusal_box_dispose (GObject *object)
{
  HwRefusalBox *self = HW_REFUSAL_BOX (object);

  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_pointer (&self->verdict, hw_verdict_unref);

  G_OBJECT_CLASS (hw_refusal_box_parent_class)->dispose (object);
}

static void
hw_refusal_box_class_init (HwRefusalBoxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hw_refusal_box_dispose;
  fix_signal = g_signal_new ("fix", HW_TYPE_REFUSAL_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                             G_TYPE_POINTER);
  ask_signal
    = g_signal_new ("ask", HW_TYPE_REFUSAL_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ask_cb (HwRefusalBox *self)
{
  g_signal_emit (self, ask_signal, 0);
}

static void
hw_refusal_box_init (HwRefusalBox *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
hw_refusal_box_new (void)
{
  return g_object_new (HW_TYPE_REFUSAL_BOX, NULL);
}

void
hw_refusal_box_show (HwRefusalBox *self, const char *heading, HwVerdict *verdict)
{
  GPtrArray *conditions;

  adw_bin_set_child (ADW_BIN (self), NULL);
  self->group = NULL;
  g_clear_pointer (&self->verdict, hw_verdict_unref);
  gtk_widget_set_visible (GTK_WIDGET (self), verdict != NULL);
  if (verdict == NULL)
    return;

  self->verdict = hw_verdict_ref (verdict);
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  hw_rows_set_title (self->group, heading);
  adw_preferences_group_set_header_suffix (self->group, make_close_button (self));
  conditions = hw_verdict_conditions (verdict);
  for (guint i = 0; i < conditions->len; i++)
    add_condition (self, g_ptr_array_index (conditions, i), i == 0);
  if (conditions->len == 0)
    adw_preferences_group_add (self->group, hw_block_row_new (hw_verdict_message (verdict), NULL, NULL));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->group));
}

void
hw_refusal_box_offer (HwRefusalBox *self, const char *title, const char *subtitle, const char *button)
{
  GtkWidget *row, *widget;

  if (self->group == NULL)
    return;
  row = hw_rows_new (title, subtitle);
  widget = gtk_button_new_with_mnemonic (button);
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (widget, "clicked", G_CALLBACK (ask_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), widget);
  adw_preferences_group_add (self->group, row);
}
