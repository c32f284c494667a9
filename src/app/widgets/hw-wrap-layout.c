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
  gboolean even;
};

G_DEFINE_FINAL_TYPE (HwWrapLayout, hw_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

typedef struct
{
  GtkWidget *child; /* (unowned) */
  gint width;
} Item;

/* What a line has to spare goes to the children that want to grow. Returns the line's height. */
static gint
set_line (HwWrapLayout *self, GtkWidget *widget, GArray *line, gint width, gint y, gboolean place)
{
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  gint x = 0, line_height = 0, spare = width - ((gint)line->len - 1) * self->spacing, growing = 0;

  for (guint i = 0; i < line->len; i++)
    {
      Item *item = &g_array_index (line, Item, i);

      spare -= item->width;
      growing += gtk_widget_compute_expand (item->child, GTK_ORIENTATION_HORIZONTAL) ? 1 : 0;
    }
  for (guint i = 0; i < line->len; i++)
    {
      Item *item = &g_array_index (line, Item, i);
      gint height;

      if (spare > 0 && gtk_widget_compute_expand (item->child, GTK_ORIENTATION_HORIZONTAL))
        item->width += spare / growing;
      gtk_widget_measure (item->child, GTK_ORIENTATION_VERTICAL, item->width, NULL, &height, NULL, NULL);
      if (place)
        gtk_widget_size_allocate (
          item->child,
          &(GtkAllocation){ mirrored ? width - x - item->width : x, y, item->width, height },
          -1);
      x += item->width + self->spacing;
      line_height = MAX (line_height, height);
    }
  return line_height;
}

/* As many to a line as make the fewest lines alike, so that the last does not hold a single one. */
static guint
even_share (HwWrapLayout *self, GtkWidget *widget, gint width)
{
  guint children = 0, lines = 1;
  gint x = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      gint minimum, natural, wide;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
      wide = MAX (minimum, MIN (natural, width));
      if (x > 0 && x + wide > width)
        {
          lines++;
          x = 0;
        }
      x += wide + self->spacing;
      children++;
    }
  return MAX (1, (children + lines - 1) / lines);
}

/* Sets the children in lines of width; places them when asked to. Returns the height used. */
static gint
set_lines (HwWrapLayout *self, GtkWidget *widget, gint width, gboolean place)
{
  g_autoptr (GArray) line = g_array_new (FALSE, FALSE, sizeof (Item));
  guint most = self->even ? even_share (self, widget, width) : G_MAXUINT;
  gint x = 0, y = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    {
      gint minimum, natural;
      Item item = { .child = child };

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
      item.width = MAX (minimum, MIN (natural, width));
      if (line->len > 0 && (x + item.width > width || line->len >= most))
        {
          y += set_line (self, widget, line, width, y, place) + self->spacing;
          g_array_set_size (line, 0);
          x = 0;
        }
      x += item.width + self->spacing;
      g_array_append_val (line, item);
    }
  return y + set_line (self, widget, line, width, y, place);
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

void
hw_wrap_layout_set_even (HwWrapLayout *self, gboolean even)
{
  g_return_if_fail (HW_IS_WRAP_LAYOUT (self));
  self->even = even;
}
