/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A label takes no focus in GTK 4.8 unless its text can be selected, and then every key moves a cursor in it:
 * so the heading is a widget of its own around one, which takes the focus and does nothing with it.
 */
#include "app/widgets/hw-page-title.h"

struct _HwPageTitle
{
  GtkWidget parent;

  GtkLabel *label; /* (owned) child, until dispose */
};

G_DEFINE_FINAL_TYPE (HwPageTitle, hw_page_title, GTK_TYPE_WIDGET)

static void
hw_page_title_dispose (GObject *object)
{
  HwPageTitle *self = HW_PAGE_TITLE (object);

  g_clear_pointer ((GtkWidget **)&self->label, gtk_widget_unparent);
  G_OBJECT_CLASS (hw_page_title_parent_class)->dispose (object);
}

static void
hw_page_title_class_init (HwPageTitleClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = hw_page_title_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "pagetitle");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_HEADING);
}

static void
hw_page_title_init (HwPageTitle *self)
{
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->label, 0);
  gtk_label_set_wrap (self->label, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "title-2");
  gtk_widget_set_parent (GTK_WIDGET (self->label), GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

void
hw_page_title_set_text (HwPageTitle *self, const char *text)
{
  g_return_if_fail (HW_IS_PAGE_TITLE (self));

  gtk_label_set_text (self->label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

const char *
hw_page_title_get_text (HwPageTitle *self)
{
  g_return_val_if_fail (HW_IS_PAGE_TITLE (self), NULL);

  return gtk_label_get_text (self->label);
}
