/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Only what is still ours is taken back: a clipboard that another program has filled is not touched.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/door/hw-clipboard-guard.h"

#define N_CLIPBOARDS 2

typedef struct
{
  GdkClipboard *clipboard; /* (owned) (nullable) */
  guint         timeout;
} Watched;

struct _HwClipboardGuard
{
  GObject parent;

  Watched watched[N_CLIPBOARDS];
  guint   after_ms;
};

G_DEFINE_FINAL_TYPE (HwClipboardGuard, hw_clipboard_guard, G_TYPE_OBJECT)

static void
take_back (Watched *watched)
{
  g_clear_handle_id (&watched->timeout, g_source_remove);
  if (gdk_clipboard_is_local (watched->clipboard) && gdk_clipboard_get_content (watched->clipboard) != NULL)
    gdk_clipboard_set_content (watched->clipboard, NULL);
}

static gboolean
timeout_cb (gpointer user_data)
{
  Watched *watched = user_data;

  watched->timeout = 0;
  take_back (watched);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (HwClipboardGuard *self, GdkClipboard *clipboard)
{
  for (guint i = 0; i < N_CLIPBOARDS; i++)
    {
      Watched *watched = &self->watched[i];

      if (watched->clipboard != clipboard)
        continue;
      g_clear_handle_id (&watched->timeout, g_source_remove);
      if (gdk_clipboard_is_local (clipboard))
        watched->timeout = g_timeout_add (self->after_ms, timeout_cb, watched);
    }
}

static void
locked_cb (HwClipboardGuard *self)
{
  for (guint i = 0; i < N_CLIPBOARDS; i++)
    take_back (&self->watched[i]);
}

static void
hw_clipboard_guard_dispose (GObject *object)
{
  HwClipboardGuard *self = HW_CLIPBOARD_GUARD (object);

  for (guint i = 0; i < N_CLIPBOARDS; i++)
    {
      g_clear_handle_id (&self->watched[i].timeout, g_source_remove);
      g_clear_object (&self->watched[i].clipboard);
    }

  G_OBJECT_CLASS (hw_clipboard_guard_parent_class)->dispose (object);
}

static void
hw_clipboard_guard_class_init (HwClipboardGuardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hw_clipboard_guard_dispose;
}

static void
hw_clipboard_guard_init (HwClipboardGuard *self)
{
}

HwClipboardGuard *
hw_clipboard_guard_new (HwDesktop *desktop, GdkDisplay *display, guint after_ms)
{
  HwClipboardGuard *self = g_object_new (HW_TYPE_CLIPBOARD_GUARD, NULL);

  self->after_ms = after_ms;
  self->watched[0].clipboard = g_object_ref (gdk_display_get_clipboard (display));
  self->watched[1].clipboard = g_object_ref (gdk_display_get_primary_clipboard (display));
  for (guint i = 0; i < N_CLIPBOARDS; i++)
    g_signal_connect_object (self->watched[i].clipboard, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desktop, "locked", G_CALLBACK (locked_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  return self;
}
