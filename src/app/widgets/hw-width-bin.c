/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What stands in for breakpoints. The signal comes from an idle: whoever listens may hide columns or turn
 * boxes, and that must not happen while sizes are being handed out. A narrow child is never refused: the
 * least width asked for is the child's own at its narrowest.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/widgets/hw-width-bin.h"

struct _HwWidthBin
{
  GtkWidget parent;

  GtkWidget *child; /* (owned) (nullable) */
  int        width;     /* px, as last told */
  int        narrowest; /* px; 0: what the child asks for */
  guint      telling;
};

G_DEFINE_FINAL_TYPE (HwWidthBin, hw_width_bin, GTK_TYPE_WIDGET)

enum
{
  PROP_CHILD = 1,
  PROP_NARROWEST,
  N_PROPERTIES
};
static GParamSpec *properties[N_PROPERTIES];
static guint width_changed_signal;

static gboolean
tell_cb (gpointer user_data)
{
  HwWidthBin *self = user_data;

  self->telling = 0;
  g_signal_emit (self, width_changed_signal, 0, self->width);
  return G_SOURCE_REMOVE;
}

static int
child_minimum (HwWidthBin *self)
{
  int minimum = 0;

  gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return minimum;
}

static void
hw_width_bin_measure (GtkWidget     *widget,
                      GtkOrientation orientation,
                      int            for_size,
                      int           *minimum,
                      int           *natural,
                      int           *minimum_baseline,
                      int           *natural_baseline)
{
  HwWidthBin *self = HW_WIDTH_BIN (widget);

  if (self->child == NULL)
    return;
  /* A height is asked of the child for no width it has not agreed to. */
  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0)
    for_size = MAX (for_size, child_minimum (self));
  gtk_widget_measure (self->child, orientation, for_size, minimum, natural, minimum_baseline, natural_baseline);
  if (orientation == GTK_ORIENTATION_HORIZONTAL && self->narrowest > 0)
    *minimum = MIN (*minimum, self->narrowest);
}

static void
hw_width_bin_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  HwWidthBin *self = HW_WIDTH_BIN (widget);

  /* Made narrower than it agreed to, the child keeps its width for the one frame until it has heard of it. */
  if (self->child != NULL)
    gtk_widget_allocate (self->child, MAX (width, child_minimum (self)), height, baseline, NULL);
  if (self->width == width)
    return;
  self->width = width;
  if (self->telling == 0)
    self->telling = g_idle_add_full (G_PRIORITY_HIGH_IDLE, tell_cb, self, NULL);
}

static void
hw_width_bin_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  HwWidthBin *self = HW_WIDTH_BIN (object);

  if (id == PROP_CHILD)
    g_value_set_object (value, self->child);
  else
    g_value_set_int (value, self->narrowest);
}

static void
hw_width_bin_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  HwWidthBin *self = HW_WIDTH_BIN (object);

  if (id == PROP_CHILD)
    hw_width_bin_set_child (self, g_value_get_object (value));
  else
    self->narrowest = g_value_get_int (value);
}

static void
hw_width_bin_dispose (GObject *object)
{
  HwWidthBin *self = HW_WIDTH_BIN (object);

  g_clear_handle_id (&self->telling, g_source_remove);
  g_clear_pointer (&self->child, gtk_widget_unparent);

  G_OBJECT_CLASS (hw_width_bin_parent_class)->dispose (object);
}

static void
hw_width_bin_class_init (HwWidthBinClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hw_width_bin_get_property;
  object_class->set_property = hw_width_bin_set_property;
  object_class->dispose = hw_width_bin_dispose;
  widget_class->measure = hw_width_bin_measure;
  widget_class->size_allocate = hw_width_bin_size_allocate;

  properties[PROP_CHILD]
      = g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_NARROWEST]
      = g_param_spec_int ("narrowest", NULL, NULL, 0, G_MAXINT, 0, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  width_changed_signal = g_signal_new ("width-changed", HW_TYPE_WIDTH_BIN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
hw_width_bin_init (HwWidthBin *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

void
hw_width_bin_set_child (HwWidthBin *self, GtkWidget *child)
{
  if (self->child == child)
    return;
  g_clear_pointer (&self->child, gtk_widget_unparent);
  self->child = child;
  if (child != NULL)
    gtk_widget_set_parent (child, GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHILD]);
}
