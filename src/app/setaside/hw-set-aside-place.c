/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was set aside is the office's and is not kept on laptops: it is asked for when this place is looked at, and where
 * there is no network the place says so. How many wait is asked for now and then, so that none is forgotten; reading
 * them is a line of the audit, counting is not.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/setaside/hw-set-aside-place.h"

#include <glib/gi18n.h>

#include "app/hw-compat.h"
#include "app/setaside/hw-set-aside-card.h"

#define COUNT_AGAIN_US (10 * G_TIME_SPAN_MINUTE)

struct _HwSetAsidePlace
{
  HwPlace parent;

  GCancellable *loading;  /* (owned) (nullable) */
  GCancellable *counting; /* (owned) (nullable) */
  gint64 counted_us;      /* monotonic; 0: never */
  char *cursor;           /* (owned) (nullable) where the next page begins */
  guint shown;

  GtkStack *stack;
  GtkBox *cards;
  GtkButton *more_button;
  AdwStatusPage *message;
};

G_DEFINE_FINAL_TYPE (HwSetAsidePlace, hw_set_aside_place, HW_TYPE_PLACE)

static HwDesktop *
desktop_of (HwSetAsidePlace *self)
{
  return hw_place_desktop (HW_PLACE (self));
}

/* ---- What is shown ---- */

static void
say (HwSetAsidePlace *self, const char *icon, const char *title, const char *words)
{
  g_autofree char *escaped = g_markup_escape_text (words, -1);

  adw_status_page_set_icon_name (self->message, icon);
  adw_status_page_set_title (self->message, title);
  adw_status_page_set_description (self->message, escaped);
  gtk_stack_set_visible_child_name (self->stack, "message");
}

/* known: FALSE where the office was not heard. */
static void
tell_count (HwSetAsidePlace *self, guint n, gboolean known)
{
  g_autofree char *subtitle = NULL;

  if (known)
    subtitle = n > 0 ? g_strdup_printf (g_dngettext (NULL, "%u to decide", "%u to decide", n), n)
                     : g_strdup (_ ("nothing to decide"));
  hw_place_set_title (HW_PLACE (self), _ ("Set Aside"), subtitle);
  hw_place_set_badge (HW_PLACE (self), n);
}

static void
clear (HwSetAsidePlace *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->cards))) != NULL)
    gtk_box_remove (self->cards, child);
  self->shown = 0;
  g_clear_pointer (&self->cursor, g_free);
}

static void
show_state (HwSetAsidePlace *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->more_button), self->cursor != NULL);
  if (self->shown > 0 || self->cursor != NULL)
    gtk_stack_set_visible_child_name (self->stack, "cards");
  else
    say (self, "object-select-symbolic", _ ("Nothing is set aside"),
         _ ("When somebody sends a change for a case they no longer have, nothing of it is lost: it waits here, and you "
            "let it in or discard it."));
}

static void
open_cb (HwSetAsidePlace *self, const char *case_id)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "s", case_id);
}

static void count (HwSetAsidePlace *self);

static void
decided_cb (HwSetAsidePlace *self, const char *words, GtkWidget *card)
{
  hw_desktop_say (desktop_of (self), words);
  gtk_box_remove (self->cards, card);
  self->shown--;
  show_state (self);
  count (self);
}

void
hw_set_aside_place_add (HwSetAsidePlace *self, HwSetAsidePage *page)
{
  for (guint i = 0; i < page->entries->len; i++)
    {
      GtkWidget *card = hw_set_aside_card_new (desktop_of (self), g_ptr_array_index (page->entries, i));

      g_signal_connect_object (card, "open", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (card, "decided", G_CALLBACK (decided_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (self->cards, card);
    }
  self->shown += page->entries->len;
  g_free (self->cursor);
  self->cursor = g_strdup (page->cursor);
  show_state (self);
}

static void
show_failure (HwSetAsidePlace *self, GError *error)
{
  tell_count (self, 0, FALSE);
  if (g_error_matches (error, HW_SYNC_ERROR, HW_SYNC_ERROR_UNREACHABLE))
    say (self, "network-offline-symbolic", _ ("Not connected to the office"),
         _ ("What was set aside is kept at the office alone and never on this laptop. It can be decided while you are "
            "connected."));
  else
    say (self, "dialog-warning-symbolic", _ ("This cannot be shown"), error->message);
}

/* ---- Asking ---- */

static void
stop (GCancellable **asking)
{
  g_cancellable_cancel (*asking);
  g_clear_object (asking);
}

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HwSetAsidePlace) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HwSetAsidePage) page = hw_sync_engine_set_aside_finish (HW_SYNC_ENGINE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->counting == NULL
      || !hw_desktop_is_unlocked (desktop_of (self)))
    return;
  g_clear_object (&self->counting);
  if (page != NULL)
    tell_count (self, page->waiting, TRUE);
}

static void
count (HwSetAsidePlace *self)
{
  stop (&self->counting);
  self->counted_us = g_get_monotonic_time ();
  self->counting = g_cancellable_new ();
  hw_sync_engine_count_set_aside_async (
    hw_desktop_engine (desktop_of (self)), self->counting, counted_cb, g_object_ref (self));
}

/* The desktop was in touch with the office just now. */
static void
synced_cb (HwSetAsidePlace *self)
{
  if (hw_desktop_is_unlocked (desktop_of (self))
      && (self->counted_us == 0 || g_get_monotonic_time () - self->counted_us > COUNT_AGAIN_US))
    count (self);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HwSetAsidePlace) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HwSetAsidePage) page = hw_sync_engine_set_aside_finish (HW_SYNC_ENGINE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->loading == NULL
      || !hw_desktop_is_unlocked (desktop_of (self)))
    return;
  g_clear_object (&self->loading);
  gtk_widget_set_sensitive (GTK_WIDGET (self->more_button), TRUE);
  if (page == NULL)
    {
      show_failure (self, error);
      return;
    }
  hw_set_aside_place_add (self, page);
  count (self);
}

static void
load (HwSetAsidePlace *self, const char *cursor)
{
  stop (&self->loading);
  self->loading = g_cancellable_new ();
  hw_sync_engine_set_aside_async (
    hw_desktop_engine (desktop_of (self)), cursor, self->loading, loaded_cb, g_object_ref (self));
}

static void
reload_cb (HwSetAsidePlace *self)
{
  if (desktop_of (self) == NULL || !hw_desktop_is_unlocked (desktop_of (self)))
    return;
  clear (self);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  load (self, NULL);
}

static void
more_cb (HwSetAsidePlace *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->more_button), FALSE);
  load (self, self->cursor);
}

/* ---- The place ---- */

static void
hw_set_aside_place_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (hw_set_aside_place_parent_class)->map (widget);
  reload_cb (HW_SET_ASIDE_PLACE (widget));
}

static void
hw_set_aside_place_unmap (GtkWidget *widget)
{
  stop (&HW_SET_ASIDE_PLACE (widget)->loading);
  GTK_WIDGET_CLASS (hw_set_aside_place_parent_class)->unmap (widget);
}

static void
hw_set_aside_place_attach (HwPlace *place)
{
  HwSetAsidePlace *self = HW_SET_ASIDE_PLACE (place);

  tell_count (self, 0, FALSE);
  g_signal_connect_object (hw_desktop_engine (hw_place_desktop (place)), "notify::last-synced",
                           G_CALLBACK (synced_cb), self, G_CONNECT_SWAPPED);
}

static void
hw_set_aside_place_dispose (GObject *object)
{
  HwSetAsidePlace *self = HW_SET_ASIDE_PLACE (object);

  stop (&self->loading);
  stop (&self->counting);
  g_clear_pointer (&self->cursor, g_free);

  G_OBJECT_CLASS (hw_set_aside_place_parent_class)->dispose (object);
}

static void
hw_set_aside_place_class_init (HwSetAsidePlaceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_set_aside_place_dispose;
  widget_class->map = hw_set_aside_place_map;
  widget_class->unmap = hw_set_aside_place_unmap;
  HW_PLACE_CLASS (klass)->attach = hw_set_aside_place_attach;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/homeward/ui/hw-set-aside-place.ui");
  gtk_widget_class_bind_template_child (widget_class, HwSetAsidePlace, stack);
  gtk_widget_class_bind_template_child (widget_class, HwSetAsidePlace, cards);
  gtk_widget_class_bind_template_child (widget_class, HwSetAsidePlace, more_button);
  gtk_widget_class_bind_template_child (widget_class, HwSetAsidePlace, message);
  gtk_widget_class_bind_template_callback (widget_class, more_cb);
  gtk_widget_class_bind_template_callback (widget_class, reload_cb);
}

static void
hw_set_aside_place_init (HwSetAsidePlace *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hw_compat_tell_hidden_pages (self->stack);
}
