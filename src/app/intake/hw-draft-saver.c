/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * "Saved" is said only of what the store has answered for; a change made since is "saving". Times
 * are monotonic: a clock that is set back must not make a draft look fresher.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/intake/hw-draft-saver.h"

#include <glib/gi18n.h>

#define QUIET_MS 400
#define LONGEST_MS 1000

struct _HwDraftSaver
{
  GObject parent;

  HwStore *store; /* (owned) */
  char *key;
  HwDraftFunc func; /* (nullable) once ended */
  gpointer data;

  guint timeout;
  guint changes;       /* counted as they are made */
  guint changes_sent;  /* of these, handed to the store */
  guint changes_saved; /* of these, on disk */
  gint64 first_unsent_us;
  gint64 saved_us; /* 0: never */
  char *problem;   /* (owned) (nullable) why the last save failed */
};

G_DEFINE_FINAL_TYPE (HwDraftSaver, hw_draft_saver, G_TYPE_OBJECT)

static guint state_changed_signal;

typedef struct
{
  HwDraftSaver *self; /* (owned) */
  guint changes;
} Save;

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Save *save = user_data;
  g_autoptr (HwDraftSaver) self = save->self;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->problem, g_free);
  if (hw_store_save_draft_finish (HW_STORE (source), result, &error))
    {
      self->changes_saved = MAX (self->changes_saved, save->changes);
      self->saved_us = g_get_monotonic_time ();
    }
  else
    {
      self->problem = g_strdup (error->message);
    }
  g_signal_emit (self, state_changed_signal, 0);
}

static void
save_now (HwDraftSaver *self)
{
  g_autofree char *json = self->func (self->data);
  Save *save = g_new0 (Save, 1);

  g_clear_handle_id (&self->timeout, g_source_remove);
  self->changes_sent = self->changes;
  save->self = g_object_ref (self);
  save->changes = self->changes;
  hw_store_save_draft_async (self->store, self->key, json, saved_cb, save);
}

static gboolean
timeout_cb (gpointer user_data)
{
  HwDraftSaver *self = user_data;

  self->timeout = 0;
  save_now (self);
  return G_SOURCE_REMOVE;
}

void
hw_draft_saver_change (HwDraftSaver *self)
{
  gint64 now_us = g_get_monotonic_time ();
  gint64 left_ms;

  if (self->func == NULL)
    return;
  if (self->changes == self->changes_sent)
    self->first_unsent_us = now_us;
  self->changes++;
  left_ms = LONGEST_MS - (now_us - self->first_unsent_us) / 1000;
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->timeout = g_timeout_add ((guint)CLAMP (left_ms, 0, QUIET_MS), timeout_cb, self);
  g_signal_emit (self, state_changed_signal, 0);
}

void
hw_draft_saver_end (HwDraftSaver *self)
{
  if (self->func != NULL && self->changes != self->changes_sent)
    save_now (self);
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->func = NULL;
}

void
hw_draft_saver_discard (HwDraftSaver *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->func = NULL;
  hw_store_save_draft_async (self->store, self->key, NULL, NULL, NULL);
}

gboolean
hw_draft_saver_is_touched (HwDraftSaver *self)
{
  return self->changes > 0;
}

gboolean
hw_draft_saver_failed (HwDraftSaver *self)
{
  return self->problem != NULL;
}

char *
hw_draft_saver_words (HwDraftSaver *self)
{
  gint64 ago_s = (g_get_monotonic_time () - self->saved_us) / G_USEC_PER_SEC;

  if (self->problem != NULL)
    return g_strdup_printf (
      _ ("Not saved on this computer: %s What you typed stays in this window."), self->problem);
  if (self->changes == 0)
    return g_strdup (_ ("Whatever you write here is kept on this computer at once."));
  if (self->changes_saved != self->changes)
    return g_strdup (_ ("Saving on this computer…"));
  if (ago_s < 1)
    return g_strdup (_ ("Saved on this computer just now"));
  if (ago_s < 60)
    return g_strdup_printf (_ ("Saved on this computer %d s ago"), (int)ago_s);
  return g_strdup_printf (_ ("Saved on this computer %d min ago"), (int)(ago_s / 60));
}

static void
hw_draft_saver_finalize (GObject *object)
{
  HwDraftSaver *self = HW_DRAFT_SAVER (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_object (&self->store);
  g_free (self->key);
  g_free (self->problem);

  G_OBJECT_CLASS (hw_draft_saver_parent_class)->finalize (object);
}

static void
hw_draft_saver_class_init (HwDraftSaverClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hw_draft_saver_finalize;
  state_changed_signal = g_signal_new (
    "state-changed", HW_TYPE_DRAFT_SAVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hw_draft_saver_init (HwDraftSaver *self)
{
}

HwDraftSaver *
hw_draft_saver_new (HwStore *store, const char *key, HwDraftFunc func, gpointer data)
{
  HwDraftSaver *self = g_object_new (HW_TYPE_DRAFT_SAVER, NULL);

  self->store = g_object_ref (store);
  self->key = g_strdup (key);
  self->func = func;
  self->data = data;
  return self;
}
