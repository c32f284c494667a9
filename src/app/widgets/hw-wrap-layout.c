/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwWrapLayout: GtkFlowBox sets its children in columns, and chips of different length then stand
 * in a table nobody asked for. This one breaks lines like text, from the right in right-to-left
 * writing.
 */
#include "app/widgets/hw-wrap-layout.h"

struct _HwWrapLayout
{
  GtkLayoutManager parent;
  gint spacing;
};

G_DEFINE_FINAL_TYPE (HwWrapLayout, hw_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

/* Sets the children in lines of width; places them when asked to. Returns the height used. */
static gint
set_lines (HwWrapLayout *self, GtkWidget *widget, gint width, gboolean place)
{
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  gint x = 0, y = 0, line_height = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    {
      gint minimum, natural, height, child_width;
      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
      child_width = MAX (minimum, MIN (natural, width));
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, child_width, NULL, &height, NULL, NULL);
      if (x > 0 && x + child_width > width)
        {
          x = 0;
          y += line_height + self->spacing;
          line_height = 0;
        }
      if (place)
        gtk_widget_size_allocate (
          child,
          &(GtkAllocation){ mirrored ? width - x - child_width : x, y, child_width, height },
          -1);
      x += child_width + self->spacing;
      line_height = MAX (line_height, height);
    }
  return y + line_height;
}

static void
measure_widths (HwWrapLayout *self, GtkWidget *widget, gint *minimum, gint *natural)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    {
      gint child_minimum, child_natural;
      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (
        child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural, NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural += child_natural + (*natural > 0 ? self->spacing : 0);
    }
}

static void
hw_wrap_layout_measure (GtkLayoutManager *manager,
                        GtkWidget *widget,
                        GtkOrientation orientation,
                        gint for_size,
                        gint *minimum,
                        gint *natural,
                        gint *minimum_baseline,
                        gint *natural_baseline)
{
  HwWrapLayout *self = HW_WRAP_LAYOUT (manager);
  gint narrow = 0, wide = 0;

  measure_widths (self, widget, &narrow, &wide);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = narrow;
      *natural = wide;
      return;
    }
  *minimum = *natural
    = set_lines (self, widget, for_size < 0 ? wide : MAX (for_size, narrow), FALSE);
}

static void
hw_wrap_layout_allocate (
  GtkLayoutManager *manager, GtkWidget *widget, gint width, gint height, gint baseline)
{
  set_lines (HW_WRAP_LAYOUT (manager), widget, width, TRUE);
}

static GtkSizeRequestMode
hw_wrap_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
hw_wrap_layout_class_init (HwWrapLayoutClass *class)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (class);

  manager_class->measure = hw_wrap_layout_measure;
  manager_class->allocate = hw_wrap_layout_allocate;
  manager_class->get_request_mode = hw_wrap_layout_get_request_mode;
}

static void
hw_wrap_layout_init (HwWrapLayout *self)
{
}

GtkLayoutManager *
hw_wrap_layout_new (gint spacing)
{
  HwWrapLayout *self = g_object_new (HW_TYPE_WRAP_LAYOUT, NULL);

  self->spacing = spacing;
  return GTK_LAYOUT_MANAGER (self);
}
