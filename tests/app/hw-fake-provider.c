/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwFakeProvider: what the records around a form would answer.
 */
#include "hw-fake-provider.h"

#include <string.h>

#include "base/hw-fold.h"

struct _HwFakeProvider
{
  GObject parent;
};

static const struct
{
  const char *id, *label, *detail;
} people[] = {
  { HW_FAKE_MISSION, "Embassy of Burundi, Kuwait", "Answers for Kuwait and Bahrain" },
  { HW_FAKE_SHELTER, "Salmiya Shelter", "Kuwait" },
  { HW_FAKE_PERSON, "Béatrice K.", "Caseworker, Bujumbura" },
  { "0193a000-0000-7000-8000-000000000004", "Claver M.", "Focal point, Ngozi" },
};

static GPtrArray *
list (HwReferenceProvider *provider,
      const HwFieldDef *field,
      HwRecord *record,
      const char *text,
      guint limit)
{
  GPtrArray *result = g_ptr_array_new_with_free_func ((GDestroyNotify)hw_candidate_free);
  g_autofree char *needle = hw_fold (text);

  for (guint i = 0; i < G_N_ELEMENTS (people) && result->len < limit; i++)
    {
      g_autofree char *label = hw_fold (people[i].label);
      if (strstr (label, needle))
        g_ptr_array_add (result,
                         hw_candidate_new (people[i].id, people[i].label, people[i].detail));
    }
  return result;
}

static char *
label (HwReferenceProvider *provider, const HwFieldDef *field, const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    if (g_str_equal (people[i].id, id))
      return g_strdup (people[i].label);
  return NULL;
}

static void
provider_init (HwReferenceProviderInterface *iface)
{
  iface->list = list;
  iface->label = label;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (HwFakeProvider,
                               hw_fake_provider,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (HW_TYPE_REFERENCE_PROVIDER, provider_init))

static void
hw_fake_provider_class_init (HwFakeProviderClass *class)
{
}

static void
hw_fake_provider_init (HwFakeProvider *self)
{
}

HwReferenceProvider *
hw_fake_provider_new (void)
{
  return g_object_new (HW_TYPE_FAKE_PROVIDER, NULL);
}
