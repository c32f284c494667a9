/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwActor: who acts, as plain data that may cross threads.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-operation.h"

G_DEFINE_BOXED_TYPE (HwActor, hw_actor, hw_actor_copy, hw_actor_free)

HwActor *
hw_actor_new (const char *user,
              const char *name,
              HwRole role,
              const char *office,
              const char *mission,
              const char *device)
{
  HwActor *actor = g_new0 (HwActor, 1);

  actor->user = g_strdup (user);
  actor->name = g_strdup (name);
  actor->role = role;
  actor->office = g_strdup (office);
  actor->mission = g_strdup (mission);
  actor->device = g_strdup (device);
  return actor;
}

HwActor *
hw_actor_copy (const HwActor *actor)
{
  return hw_actor_new (
    actor->user, actor->name, actor->role, actor->office, actor->mission, actor->device);
}

void
hw_actor_free (HwActor *actor)
{
  if (actor == NULL)
    return;
  g_free (actor->user);
  g_free (actor->name);
  g_free (actor->office);
  g_free (actor->mission);
  g_free (actor->device);
  g_free (actor);
}

const char *
hw_actor_system_for (const HwActor *actor)
{
  g_autofree char *author = g_strconcat ("system:", actor->user, NULL);

  return g_intern_string (author);
}
