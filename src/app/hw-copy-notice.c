/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The engine says it once; the store remembers it.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/hw-copy-notice.h"

#include <glib/gi18n.h>

#include "app/hw-compat.h"

struct _HwCopyNotice
{
  AdwBin parent;

  HwDesktop *desktop; /* (owned) (nullable) */
  HwBanner  *banner;
};

G_DEFINE_FINAL_TYPE (HwCopyNotice, hw_copy_notice, ADW_TYPE_BIN)

static void
show (HwCopyNotice *self)
{
  HwStore *store = self->desktop != NULL ? hw_desktop_store (self->desktop) : NULL;
  const char *words = NULL;

  if (store != NULL && hw_store_was_older (store))
    words = _ ("An older copy of what this laptop keeps was put back. What the office has is fetched anew; what was written here "
               "since that copy and not yet sent is gone. If nobody put it back on purpose, tell your administrator.");
  hw_banner_show (self->banner, words, words != NULL ? _ ("Understood") : NULL);
}

static void
understood_cb (HwCopyNotice *self)
{
  g_autoptr (GError) error = NULL;

  if (self->desktop == NULL || hw_desktop_store (self->desktop) == NULL)
    return;
  if (!hw_store_forget_was_older (hw_desktop_store (self->desktop), &error))
    hw_desktop_say (self->desktop, error->message);
  show (self);
}

static void
hw_copy_notice_dispose (GObject *object)
{
  g_clear_object (&HW_COPY_NOTICE (object)->desktop);

  G_OBJECT_CLASS (hw_copy_notice_parent_class)->dispose (object);
}

static void
hw_copy_notice_class_init (HwCopyNoticeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hw_copy_notice_dispose;
}

static void
hw_copy_notice_init (HwCopyNotice *self)
{
  self->banner = HW_BANNER (hw_banner_new ());
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->banner));
  g_signal_connect_object (self->banner, "action", G_CALLBACK (understood_cb), self, G_CONNECT_SWAPPED);
}

void
hw_copy_notice_set_desktop (HwCopyNotice *self, HwDesktop *desktop)
{
  HwSyncEngine *engine = desktop != NULL ? hw_desktop_engine (desktop) : NULL;

  g_set_object (&self->desktop, desktop);
  if (engine != NULL)
    g_signal_connect_object (engine, "older-copy", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
}
