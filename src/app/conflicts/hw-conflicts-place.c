/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Conflicts: edits that met, and changes the office refused. Nothing here was dropped; each waits for a
 * person. The badge counts them, so that none is forgotten.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/conflicts/hw-conflicts-place.h"

#include <glib/gi18n.h>

#include "app/conflicts/hw-conflict-card.h"
#include "app/conflicts/hw-lost-file-card.h"
#include "app/conflicts/hw-refusal-card.h"
#include "app/hw-compat.h"
#include "store/hw-kept.h"

struct _HwConflictsPlace
{
  HwPlace parent;

  GtkStack *stack;
  GtkBox   *box;
};

G_DEFINE_FINAL_TYPE (HwConflictsPlace, hw_conflicts_place, HW_TYPE_PLACE)

static void
clear_box (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

static void
refresh (HwConflictsPlace *self)
{
  HwDesktop *desktop = hw_place_desktop (HW_PLACE (self));
  g_autoptr (GPtrArray) conflicts = NULL;
  g_autoptr (GPtrArray) refusals = NULL;
  g_autoptr (GPtrArray) lost = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *subtitle = NULL;
  guint n = 0;

  if (!hw_desktop_is_unlocked (desktop))
    return;
  conflicts = hw_store_conflicts (hw_desktop_store (desktop), TRUE, &error);
  refusals = hw_outbox_refusals (hw_desktop_store (desktop), error == NULL ? &error : NULL);
  lost = hw_store_lost_contents (hw_desktop_store (desktop), error == NULL ? &error : NULL);
  hw_place_set_fault (HW_PLACE (self), error != NULL ? error->message : NULL);
  clear_box (self->box);
  for (guint i = 0; conflicts != NULL && i < conflicts->len; i++, n++)
    gtk_box_append (self->box, hw_conflict_card_new (desktop, g_ptr_array_index (conflicts, i)));
  for (guint i = 0; refusals != NULL && i < refusals->len; i++, n++)
    gtk_box_append (self->box, hw_refusal_card_new (desktop, g_ptr_array_index (refusals, i)));
  for (guint i = 0; lost != NULL && i < lost->len; i++, n++)
    gtk_box_append (self->box, hw_lost_file_card_new (desktop, g_ptr_array_index (lost, i)));

  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "cards" : "empty");
  subtitle = n > 0 ? g_strdup_printf (g_dngettext (NULL, "%u to decide", "%u to decide", n), n) : g_strdup (_ ("nothing to decide"));
  hw_place_set_title (HW_PLACE (self), _ ("Conflicts"), subtitle);
  hw_place_set_badge (HW_PLACE (self), n);
}

static void
hw_conflicts_place_attach (HwPlace *place)
{
  HwStore *store = hw_desktop_store (hw_place_desktop (place));

  g_signal_connect_object (store, "changed", G_CALLBACK (refresh), place, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "outbox-changed", G_CALLBACK (refresh), place, G_CONNECT_SWAPPED);
  refresh (HW_CONFLICTS_PLACE (place));
}

static void
hw_conflicts_place_class_init (HwConflictsPlaceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  HW_PLACE_CLASS (klass)->attach = hw_conflicts_place_attach;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/homeward/ui/hw-conflicts-place.ui");
  gtk_widget_class_bind_template_child (widget_class, HwConflictsPlace, stack);
  gtk_widget_class_bind_template_child (widget_class, HwConflictsPlace, box);
}

static void
hw_conflicts_place_init (HwConflictsPlace *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hw_compat_tell_hidden_pages (self->stack);
}
