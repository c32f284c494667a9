/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwFormContext: shared by every row of a page; immutable, so that rows may keep it.
 */
#include "app/forms/hw-form-context.h"

#include "base/hw-date.h"

struct _HwFormContext
{
  GObject parent;
  HwClock *clock;                /* (owned) */
  char *zone;                    /* (owned) */
  HwReferenceProvider *provider; /* (owned) (nullable) */
  HwVeil *veil;                  /* (owned) */
};

G_DEFINE_FINAL_TYPE (HwFormContext, hw_form_context, G_TYPE_OBJECT)

static void
hw_form_context_finalize (GObject *object)
{
  HwFormContext *self = HW_FORM_CONTEXT (object);

  g_object_unref (self->clock);
  g_free (self->zone);
  g_clear_object (&self->provider);
  g_object_unref (self->veil);
  G_OBJECT_CLASS (hw_form_context_parent_class)->finalize (object);
}

static void
hw_form_context_class_init (HwFormContextClass *class)
{
  G_OBJECT_CLASS (class)->finalize = hw_form_context_finalize;
}

static void
hw_form_context_init (HwFormContext *self)
{
}

HwFormContext *
hw_form_context_new (HwClock *clock, const char *zone, HwReferenceProvider *provider)
{
  g_autoptr (HwVeil) veil = hw_veil_new ();

  return hw_form_context_new_under (clock, zone, provider, veil);
}

HwFormContext *
hw_form_context_new_under (HwClock *clock, const char *zone, HwReferenceProvider *provider, HwVeil *veil)
{
  HwFormContext *self = g_object_new (HW_TYPE_FORM_CONTEXT, NULL);

  self->clock = clock ? g_object_ref (clock) : hw_clock_new_system ();
  self->zone = g_strdup (zone ? zone : "UTC");
  g_set_object (&self->provider, provider);
  self->veil = g_object_ref (veil);
  return self;
}

HwVeil *
hw_form_context_get_veil (HwFormContext *self)
{
  return self->veil;
}

HwClock *
hw_form_context_get_clock (HwFormContext *self)
{
  return self->clock;
}

gint64
hw_form_context_now (HwFormContext *self)
{
  return hw_clock_now (self->clock);
}

char *
hw_form_context_today (HwFormContext *self)
{
  return hw_date_of_instant (hw_clock_now (self->clock), self->zone);
}

const char *
hw_form_context_get_zone (HwFormContext *self)
{
  return self->zone;
}

HwReferenceProvider *
hw_form_context_get_provider (HwFormContext *self)
{
  return self->provider;
}
