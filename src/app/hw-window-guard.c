/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The guard goes by the toolkit's own list of windows, so that none has to remember to be locked: a window that nobody
 * thought of would stay open over a locked desktop and show what it shows. An answer that comes after the lock would ask
 * over the door, and what it asks about is behind it: such a window goes before it is drawn.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/hw-window-guard.h"

#include "app/hw-compat.h"
#include "app/door/hw-drag-guard.h"

#define OF_THE_DOOR "hw-of-the-door"

struct _HwWindowGuard
{
  GObject parent;

  HwDesktop *desktop;     /* (owned) (nullable) after dispose */
  GtkWindow *main_window; /* (unowned) (nullable) */
};

G_DEFINE_FINAL_TYPE (HwWindowGuard, hw_window_guard, G_TYPE_OBJECT)

static gboolean
lock_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  HwDesktop *desktop = data;

  if (!hw_desktop_is_unlocked (desktop))
    return FALSE;
  hw_desktop_lock (desktop);
  return TRUE;
}

/* Before the window's own keys: the toolkit's choosers mean something else by it. */
static void
listen (HwWindowGuard *self, GtkWidget *window)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (
      gtk_keyval_trigger_new (GDK_KEY_l, GDK_CONTROL_MASK),
      gtk_callback_action_new (lock_cb, g_object_ref (self->desktop), g_object_unref)));
  gtk_widget_add_controller (window, keys);
}

/* The toolkit's dialogs belong to objects that still count on them: those are told to close, as if by hand. */
static void
take_away (GtkWindow *window)
{
  if (GTK_IS_DIALOG (window))
    gtk_window_close (window);
  else
    gtk_window_destroy (window);
}

static gboolean
take_away_cb (gpointer window)
{
  take_away (window);
  return G_SOURCE_REMOVE;
}

/* Who presents a window is in the midst of it: it is hidden at once, and goes when they are done. */
static void
shown_cb (HwWindowGuard *self, GtkWindow *window)
{
  if (hw_desktop_is_unlocked (self->desktop) || window == self->main_window
      || g_object_get_data (G_OBJECT (window), OF_THE_DOOR) != NULL)
    return;
  gtk_widget_set_visible (GTK_WIDGET (window), FALSE);
  g_idle_add_full (G_PRIORITY_HIGH, take_away_cb, g_object_ref (window), g_object_unref);
}

static void
windows_changed_cb (HwWindowGuard *self, guint position, guint removed, guint added, GListModel *windows)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      listen (self, window);
      hw_drag_guard_watch (window, self->desktop);
      g_signal_connect_object (window, "show", G_CALLBACK (shown_cb), self, G_CONNECT_SWAPPED);
    }
}

static void
locked_cb (HwWindowGuard *self)
{
  GListModel *windows = gtk_window_get_toplevels ();
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    g_ptr_array_add (all, g_list_model_get_item (windows, i));
  /* The newest first: each stands over an older one. */
  for (guint i = all->len; i > 0; i--)
    {
      hw_compat_abandon_chooser (all->pdata[i - 1]);
      if (all->pdata[i - 1] != self->main_window)
        take_away (all->pdata[i - 1]);
    }
}

static void
hw_window_guard_dispose (GObject *object)
{
  g_clear_object (&HW_WINDOW_GUARD (object)->desktop);

  G_OBJECT_CLASS (hw_window_guard_parent_class)->dispose (object);
}

static void
hw_window_guard_class_init (HwWindowGuardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hw_window_guard_dispose;
}

static void
hw_window_guard_init (HwWindowGuard *self)
{
}

void
hw_window_guard_admit (GtkWindow *window)
{
  g_object_set_data (G_OBJECT (window), OF_THE_DOOR, GINT_TO_POINTER (TRUE));
}

HwWindowGuard *
hw_window_guard_new (HwDesktop *desktop, GtkWindow *main_window)
{
  HwWindowGuard *self = g_object_new (HW_TYPE_WINDOW_GUARD, NULL);
  GListModel *windows = gtk_window_get_toplevels ();

  self->desktop = g_object_ref (desktop);
  self->main_window = main_window;
  windows_changed_cb (self, 0, 0, g_list_model_get_n_items (windows), windows);
  g_signal_connect_object (
    windows, "items-changed", G_CALLBACK (windows_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desktop, "locked", G_CALLBACK (locked_cb), self, G_CONNECT_SWAPPED);
  return self;
}
