/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Warned once, asked where, then written with nobody's rights but the person's own.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/attachments/hw-save-copy.h"

#include <glib/gi18n.h>

#include "app/attachments/hw-attachment-words.h"
#include "app/door/hw-leaving.h"
#include "app/hw-compat.h"
#include "sync/hw-sync-content.h"

typedef struct
{
  GtkWidget *parent;    /* (owned) */
  HwDesktop *desktop;   /* (owned) */
  HwRecord *attachment; /* (owned) */
  GFile *target;        /* (owned) (nullable) until chosen */
} Saving;

static void
saving_free (Saving *self)
{
  g_clear_object (&self->parent);
  g_clear_object (&self->desktop);
  g_clear_object (&self->attachment);
  g_clear_object (&self->target);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

static void
tell (Saving *self, const char *why)
{
  g_autofree char *words = g_strdup_printf (_ ("%s Nothing was written."), why);

  hw_compat_tell (self->parent, _ ("Not Saved"), words);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Saving) self = user_data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    hw_desktop_say (self->desktop, _ ("A copy was saved, in plain. Delete it when it is no longer needed."));
  else
    tell (self, error->message);
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Saving) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes
    = hw_sync_engine_content_finish (HW_SYNC_ENGINE (source), result, &error);
  GFile *target = self->target;

  if (bytes == NULL)
    tell (self, error->message);
  else
    g_file_replace_contents_bytes_async (target,
                                         bytes,
                                         NULL,
                                         FALSE,
                                         G_FILE_CREATE_PRIVATE,
                                         NULL,
                                         written_cb,
                                         g_steal_pointer (&self));
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Saving) self = user_data;
  HwSyncEngine *engine = hw_desktop_engine (self->desktop);
  const char *id = hw_record_id (self->attachment);

  self->target = hw_compat_file_finish (result, NULL);
  if (self->target != NULL && engine != NULL)
    hw_sync_engine_content_async (engine, id, NULL, fetched_cb, g_steal_pointer (&self));
}

static void
warned_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Saving) self = user_data;
  GtkWidget *parent = self->parent;
  g_autofree char *name = NULL;

  if (!hw_leaving_ask_finish (self->desktop, result))
    return;
  name = hw_attachment_file_name (self->desktop, self->attachment);
  hw_compat_save_file_async (
    parent, _ ("Save a Copy"), name, NULL, chosen_cb, g_steal_pointer (&self));
}

void
hw_save_copy (GtkWidget *parent, HwDesktop *desktop, HwRecord *attachment)
{
  Saving *self = g_new0 (Saving, 1);

  self->parent = g_object_ref (parent);
  self->desktop = g_object_ref (desktop);
  self->attachment = g_object_ref (attachment);
  hw_leaving_ask_async (
    parent, desktop, HW_LEAVING_COPY, _ ("Save an Unprotected Copy?"), _ ("_Save a Copy…"), warned_cb, self);
}
