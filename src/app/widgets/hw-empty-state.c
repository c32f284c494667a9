/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwEmptyState: a place with nothing in it says why it is empty and offers the first action.
 * Smaller than a status page, so that it also fits inside a group on a small laptop.
 */
#include "app/widgets/hw-empty-state.h"

struct _HwEmptyState
{
  GtkWidget parent;
  GtkImage *image;       /* (unowned) */
  GtkLabel *title;       /* (unowned) */
  GtkLabel *description; /* (unowned) */
  GtkButton *button;     /* (unowned) */
};

enum
{
  ACTION,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HwEmptyState, hw_empty_state, GTK_TYPE_WIDGET)

static void
clicked_cb (HwEmptyState *self)
{
  g_signal_emit (self, signals[ACTION], 0);
}

static void
hw_empty_state_dispose (GObject *object)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (object));

  gtk_widget_dispose_template (GTK_WIDGET (object), HW_TYPE_EMPTY_STATE);
  g_clear_pointer (&child, gtk_widget_unparent);
  G_OBJECT_CLASS (hw_empty_state_parent_class)->dispose (object);
}

static void
hw_empty_state_class_init (HwEmptyStateClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = hw_empty_state_dispose;
  signals[ACTION] = g_signal_new (
    "action", HW_TYPE_EMPTY_STATE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/homeward/ui/hw-empty-state.ui");
  gtk_widget_class_bind_template_child (widget_class, HwEmptyState, image);
  gtk_widget_class_bind_template_child (widget_class, HwEmptyState, title);
  gtk_widget_class_bind_template_child (widget_class, HwEmptyState, description);
  gtk_widget_class_bind_template_child (widget_class, HwEmptyState, button);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
}

static void
hw_empty_state_init (HwEmptyState *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
hw_empty_state_set (HwEmptyState *self,
                    const char *icon_name,
                    const char *title,
                    const char *description,
                    const char *button)
{
  g_return_if_fail (HW_IS_EMPTY_STATE (self));
  gtk_image_set_from_icon_name (self->image, icon_name);
  gtk_widget_set_visible (GTK_WIDGET (self->image), icon_name != NULL);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->description, description ? description : "");
  gtk_widget_set_visible (GTK_WIDGET (self->description), description != NULL);
  gtk_button_set_label (self->button, button ? button : "");
  gtk_widget_set_visible (GTK_WIDGET (self->button), button != NULL);
}

GtkWidget *
hw_empty_state_new (const char *icon_name,
                    const char *title,
                    const char *description,
                    const char *button)
{
  HwEmptyState *self = g_object_new (HW_TYPE_EMPTY_STATE, NULL);

  hw_empty_state_set (self, icon_name, title, description, button);
  return GTK_WIDGET (self);
}
