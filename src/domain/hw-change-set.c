/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A change set is what goes through the one write path together: who, from where, which operations.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-operation.h"

struct _HwChangeSet
{
  GObject parent_instance;

  HwOrigin origin;
  HwActor *actor;        /* (owned) (nullable) */
  HwActor *let_in_by;    /* (owned) (nullable) */
  char *reason;          /* (owned) (nullable) */
  GPtrArray *operations; /* (owned) */
};

G_DEFINE_FINAL_TYPE (HwChangeSet, hw_change_set, G_TYPE_OBJECT)

static void
hw_change_set_finalize (GObject *object)
{
  HwChangeSet *self = HW_CHANGE_SET (object);

  g_clear_pointer (&self->actor, hw_actor_free);
  g_clear_pointer (&self->let_in_by, hw_actor_free);
  g_free (self->reason);
  g_clear_pointer (&self->operations, g_ptr_array_unref);
  G_OBJECT_CLASS (hw_change_set_parent_class)->finalize (object);
}

static void
hw_change_set_class_init (HwChangeSetClass *class)
{
  G_OBJECT_CLASS (class)->finalize = hw_change_set_finalize;
}

static void
hw_change_set_init (HwChangeSet *self)
{
  self->operations = g_ptr_array_new_with_free_func ((GDestroyNotify)hw_operation_unref);
}

HwChangeSet *
hw_change_set_new (HwOrigin origin, const HwActor *actor)
{
  HwChangeSet *self = g_object_new (HW_TYPE_CHANGE_SET, NULL);

  self->origin = origin;
  self->actor = actor != NULL ? hw_actor_copy (actor) : NULL;
  return self;
}

HwOrigin
hw_change_set_origin (HwChangeSet *set)
{
  return set->origin;
}

const HwActor *
hw_change_set_actor (HwChangeSet *set)
{
  return set->actor;
}

void
hw_change_set_let_in (HwChangeSet *set, const HwActor *supervisor, const char *reason)
{
  g_return_if_fail (set->let_in_by == NULL);

  set->let_in_by = hw_actor_copy (supervisor);
  set->reason = g_strdup (reason);
}

const HwActor *
hw_change_set_let_in_by (HwChangeSet *set)
{
  return set->let_in_by;
}

const char *
hw_change_set_reason (HwChangeSet *set)
{
  return set->reason;
}

void
hw_change_set_add (HwChangeSet *set, HwOperation *operation)
{
  g_ptr_array_add (set->operations, operation);
}

GPtrArray *
hw_change_set_operations (HwChangeSet *set)
{
  return set->operations;
}
