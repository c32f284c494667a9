/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwBlockRow: one unmet condition as a row. It keeps ids, never the condition itself, because the
 * summary it was made from is replaced at the next commit while the row is still on screen.
 */
#include "app/widgets/hw-block-row.h"

#include <glib/gi18n.h>

#include "app/widgets/hw-text.h"

struct _HwBlockRow
{
  AdwPreferencesRow parent;
  GtkLabel *title;   /* (unowned) template child */
  GtkLabel *detail;  /* (unowned) template child */
  GtkButton *button; /* (unowned) template child */
  HwTypeId fix_type;
  HwFieldId fix_field;
  char *fix_record; /* (owned) (nullable) */
};

enum
{
  FIX,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HwBlockRow, hw_block_row, ADW_TYPE_PREFERENCES_ROW)

static void
clicked_cb (HwBlockRow *self)
{
  g_signal_emit (self, signals[FIX], 0);
}

static void
hw_block_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HW_TYPE_BLOCK_ROW);
  G_OBJECT_CLASS (hw_block_row_parent_class)->dispose (object);
}

static void
hw_block_row_finalize (GObject *object)
{
  g_free (HW_BLOCK_ROW (object)->fix_record);
  G_OBJECT_CLASS (hw_block_row_parent_class)->finalize (object);
}

static void
hw_block_row_class_init (HwBlockRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = hw_block_row_dispose;
  G_OBJECT_CLASS (class)->finalize = hw_block_row_finalize;
  signals[FIX] = g_signal_new (
    "fix", HW_TYPE_BLOCK_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/homeward/ui/hw-block-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HwBlockRow, title);
  gtk_widget_class_bind_template_child (widget_class, HwBlockRow, detail);
  gtk_widget_class_bind_template_child (widget_class, HwBlockRow, button);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
}

static void
hw_block_row_init (HwBlockRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
hw_block_row_new (const char *title, const char *detail, const char *button)
{
  HwBlockRow *self = g_object_new (HW_TYPE_BLOCK_ROW, NULL);

  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->detail, detail ? detail : "");
  gtk_widget_set_visible (GTK_WIDGET (self->detail), detail && *detail);
  gtk_button_set_label (self->button, button ? button : "");
  gtk_widget_set_visible (GTK_WIDGET (self->button), button != NULL);
  /* Heard alone, "Open" says nothing: the button's description is what the row is about. */
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, title, -1);
  return GTK_WIDGET (self);
}

GtkWidget *
hw_block_row_new_for_condition (const HwCondition *condition)
{
  g_autofree char *button = NULL;
  HwBlockRow *self;

  /* Two cases are compared, not linked by hand: the page of the case leads there. */
  if (condition->type != HW_TYPE_ID_NONE && condition->type != HW_TYPE_ID_CASE_LINK)
    {
      g_autofree char *phrase = hw_text_kind (hw_schema_type (condition->type)->label);
      /* Translators: %s is a kind of record, "Open Travel Document" */
      button = condition->record ? g_strdup_printf (_ ("Open %s"), phrase)
                                 : hw_text_add_kind (hw_schema_type (condition->type)->label);
    }
  self = HW_BLOCK_ROW (hw_block_row_new (condition->title, condition->detail, button));
  self->fix_type = condition->type;
  self->fix_field = condition->field;
  self->fix_record = g_strdup (condition->record);
  return GTK_WIDGET (self);
}

void
hw_block_row_set_suggested (HwBlockRow *self, gboolean suggested)
{
  g_return_if_fail (HW_IS_BLOCK_ROW (self));
  if (suggested)
    gtk_widget_add_css_class (GTK_WIDGET (self->button), "suggested-action");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->button), "suggested-action");
}

void
hw_block_row_set_way (HwBlockRow *self, gboolean way)
{
  g_return_if_fail (HW_IS_BLOCK_ROW (self));
  gtk_widget_set_visible (GTK_WIDGET (self->button), way && gtk_button_get_label (self->button)[0] != '\0');
}

HwTypeId
hw_block_row_get_fix_type (HwBlockRow *self)
{
  return self->fix_type;
}

HwFieldId
hw_block_row_get_fix_field (HwBlockRow *self)
{
  return self->fix_field;
}

const char *
hw_block_row_get_fix_record (HwBlockRow *self)
{
  return self->fix_record;
}
