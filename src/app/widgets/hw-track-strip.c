/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwTrackStrip: where the nine tracks of a case stand, at a glance. The cells are buttons, sized by
 * their words, because a long name in an equal share would touch the card's edge. Each says its
 * state by symbol and word; the colour of a block only repeats them.
 */
#include "app/widgets/hw-track-strip.h"

#include <glib/gi18n.h>

#include "app/widgets/hw-wrap-layout.h"

typedef struct
{
  GtkWidget *button;
  GtkImage *image;
  GtkLabel *words;
} Cell;

struct _HwTrackStrip
{
  GtkWidget parent;
  GtkWidget *box; /* (owned) child */
  Cell cells[HW_N_TRACKS];
};

enum
{
  TRACK_ACTIVATED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HwTrackStrip, hw_track_strip, GTK_TYPE_WIDGET)

static const char *const state_icons[] = {
  [HW_TRACK_NOT_YET] = "list-add-symbolic",
  [HW_TRACK_WAITING] = "content-loading-symbolic",
  [HW_TRACK_BLOCKED] = "dialog-error-symbolic",
  [HW_TRACK_DONE] = "object-select-symbolic",
};

static const char *
state_words (HwTrackState state)
{
  switch (state)
    {
      case HW_TRACK_WAITING:
        return _ ("under way");
      case HW_TRACK_BLOCKED:
        return _ ("blocked");
      case HW_TRACK_DONE:
        return _ ("done");
      case HW_TRACK_NOT_YET:
      default:
        return _ ("not yet");
    }
}

static void
clicked_cb (GtkButton *button, HwTrackStrip *self)
{
  for (guint i = 0; i < HW_N_TRACKS; i++)
    if (self->cells[i].button == GTK_WIDGET (button))
      g_signal_emit (self, signals[TRACK_ACTIVATED], 0, i);
}

static void
hw_track_strip_dispose (GObject *object)
{
  g_clear_pointer (&HW_TRACK_STRIP (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (hw_track_strip_parent_class)->dispose (object);
}

static void
hw_track_strip_class_init (HwTrackStripClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = hw_track_strip_dispose;
  signals[TRACK_ACTIVATED] = g_signal_new ("track-activated",
                                           HW_TYPE_TRACK_STRIP,
                                           G_SIGNAL_RUN_LAST,
                                           0,
                                           NULL,
                                           NULL,
                                           NULL,
                                           G_TYPE_NONE,
                                           1,
                                           G_TYPE_UINT);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "trackstrip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
add_cell (HwTrackStrip *self, HwTrack track)
{
  Cell *cell = &self->cells[track];
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *name = gtk_label_new (hw_track_label (track));

  gtk_widget_add_css_class (name, "caption-heading");
  cell->image = GTK_IMAGE (gtk_image_new ());
  cell->words = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (cell->words), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (cell->words), "words");
  gtk_box_append (GTK_BOX (column), name);
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (cell->image));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (cell->words));
  cell->button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (cell->button), column);
  gtk_widget_add_css_class (cell->button, "flat");
  gtk_widget_set_hexpand (cell->button, TRUE);
  g_signal_connect_object (cell->button, "clicked", G_CALLBACK (clicked_cb), self, 0);
  gtk_box_append (GTK_BOX (self->box), cell->button);
}

static void
hw_track_strip_init (HwTrackStrip *self)
{
  GtkLayoutManager *layout = GTK_LAYOUT_MANAGER (hw_wrap_layout_new (0));

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  hw_wrap_layout_set_even (HW_WRAP_LAYOUT (layout), TRUE);
  gtk_widget_set_layout_manager (self->box, layout);
  gtk_widget_add_css_class (self->box, "card");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  for (guint i = 0; i < HW_N_TRACKS; i++)
    add_cell (self, i);
}

static void
show_track (Cell *cell, HwTrack track, const HwTrackView *view)
{
  g_autofree char *spoken = g_strdup_printf ("%s: %s, %s",
                                             hw_track_label (track),
                                             state_words (view->state),
                                             view->words ? view->words : "");

  gtk_image_set_from_icon_name (cell->image, state_icons[view->state]);
  gtk_label_set_text (cell->words, view->words ? view->words : state_words (view->state));
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (cell->button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  if (view->state == HW_TRACK_BLOCKED)
    gtk_widget_add_css_class (GTK_WIDGET (cell->image), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (cell->image), "error");
}

void
hw_track_strip_set_tracks (HwTrackStrip *self, const HwTrackView *tracks)
{
  g_return_if_fail (HW_IS_TRACK_STRIP (self));
  for (guint i = 0; i < HW_N_TRACKS; i++)
    show_track (&self->cells[i], i, &tracks[i]);
}

void
hw_track_strip_set_summary (HwTrackStrip *self, const HwSummary *summary)
{
  hw_track_strip_set_tracks (self, summary->tracks);
}

void
hw_track_strip_set_told (HwTrackStrip *self, HwTrack track, gboolean told)
{
  g_return_if_fail (HW_IS_TRACK_STRIP (self) && track < HW_N_TRACKS);
  gtk_widget_set_visible (self->cells[track].button, told);
}

GtkWidget *
hw_track_strip_new (void)
{
  return g_object_new (HW_TYPE_TRACK_STRIP, NULL);
}
