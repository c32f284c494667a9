/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwReferenceProvider: what stands between a form and the records around it, so that forms never
 * ask a store and tests can answer from a list.
 */
#include "app/forms/hw-reference-provider.h"

G_DEFINE_INTERFACE (HwReferenceProvider, hw_reference_provider, G_TYPE_OBJECT)

static void
hw_reference_provider_default_init (HwReferenceProviderInterface *iface)
{
}

HwCandidate *
hw_candidate_new (const char *id, const char *label, const char *detail)
{
  HwCandidate *candidate = g_new0 (HwCandidate, 1);

  candidate->id = g_strdup (id);
  candidate->label = g_strdup (label);
  candidate->detail = g_strdup (detail);
  return candidate;
}

void
hw_candidate_free (HwCandidate *candidate)
{
  g_free (candidate->id);
  g_free (candidate->label);
  g_free (candidate->detail);
  g_free (candidate);
}

GPtrArray *
hw_reference_provider_list (HwReferenceProvider *self,
                            const HwFieldDef *field,
                            HwRecord *record,
                            const char *text,
                            guint limit)
{
  g_return_val_if_fail (HW_IS_REFERENCE_PROVIDER (self), NULL);
  return HW_REFERENCE_PROVIDER_GET_IFACE (self)->list (self, field, record, text, limit);
}

char *
hw_reference_provider_label (HwReferenceProvider *self, const HwFieldDef *field, const char *id)
{
  g_return_val_if_fail (HW_IS_REFERENCE_PROVIDER (self), NULL);
  return HW_REFERENCE_PROVIDER_GET_IFACE (self)->label (self, field, id);
}
