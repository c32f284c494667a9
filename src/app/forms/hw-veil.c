/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A reading that cannot be noted is not allowed: the mask stays.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/forms/hw-veil.h"

#include <glib/gi18n.h>

struct _HwVeil
{
  GObject parent;

  HwStore *store; /* (owned) (nullable) */
  gboolean closed;
  gboolean masks_names;
};

G_DEFINE_FINAL_TYPE (HwVeil, hw_veil, G_TYPE_OBJECT)

enum
{
  PROP_MASKS_NAMES = 1,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

enum
{
  CLOSED,
  NOTED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

gboolean
hw_veil_covers (HwVeil *self, const HwFieldDef *field)
{
  if ((field->flags & HW_FIELD_SENSITIVE) != 0)
    return TRUE;
  return (field->flags & HW_FIELD_PERSONAL) != 0 && self->masks_names;
}

gboolean
hw_veil_masks_names (HwVeil *self)
{
  return self->masks_names;
}

void
hw_veil_set_masks_names (HwVeil *self, gboolean masks)
{
  if (self->masks_names == masks)
    return;
  self->masks_names = masks;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MASKS_NAMES]);
}

void
hw_veil_open (HwVeil *self, HwStore *store)
{
  g_set_object (&self->store, store);
  self->closed = FALSE;
}

void
hw_veil_close (HwVeil *self)
{
  g_clear_object (&self->store);
  self->closed = TRUE;
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
noted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  HwVeil *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!hw_store_note_readings_finish (HW_STORE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  g_signal_emit (self, signals[NOTED], 0);
  /* Locked while it was being noted: it was asked for, and is not shown. */
  g_task_return_boolean (task, !self->closed);
}

void
hw_veil_lift_async (HwVeil *self, GPtrArray *readings, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);

  g_task_set_source_tag (task, hw_veil_lift_async);
  if (self->store != NULL)
    {
      hw_store_note_readings_async (self->store, readings, noted_cb, g_steal_pointer (&task));
      return;
    }
  g_ptr_array_unref (readings);
  if (self->closed)
    g_task_return_new_error (task, HW_STORE_ERROR, HW_STORE_ERROR_OPEN, "%s", _ ("Homeward is locked."));
  else
    g_task_return_boolean (task, TRUE);
}

gboolean
hw_veil_lift_finish (HwVeil *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
hw_veil_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_MASKS_NAMES)
    g_value_set_boolean (value, HW_VEIL (object)->masks_names);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
hw_veil_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_MASKS_NAMES)
    hw_veil_set_masks_names (HW_VEIL (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
hw_veil_dispose (GObject *object)
{
  g_clear_object (&HW_VEIL (object)->store);

  G_OBJECT_CLASS (hw_veil_parent_class)->dispose (object);
}

static void
hw_veil_class_init (HwVeilClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hw_veil_dispose;
  object_class->get_property = hw_veil_get_property;
  object_class->set_property = hw_veil_set_property;
  properties[PROP_MASKS_NAMES] = g_param_spec_boolean (
    "masks-names", NULL, NULL, TRUE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[CLOSED]
    = g_signal_new ("closed", HW_TYPE_VEIL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[NOTED]
    = g_signal_new ("noted", HW_TYPE_VEIL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hw_veil_init (HwVeil *self)
{
  self->masks_names = TRUE;
}

HwVeil *
hw_veil_new (void)
{
  return g_object_new (HW_TYPE_VEIL, NULL);
}
