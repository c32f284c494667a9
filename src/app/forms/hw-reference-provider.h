/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "domain/hw-record.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;
  char *label;
  char *detail; /* (nullable) a second line that tells two of one name apart */
} HwCandidate;

HwCandidate *hw_candidate_new (const char *id, const char *label, const char *detail);
void         hw_candidate_free (HwCandidate *candidate);

/* Who a reference field may point to. Answers come from memory: both calls are made while a popover is open. */
#define HW_TYPE_REFERENCE_PROVIDER (hw_reference_provider_get_type ())
G_DECLARE_INTERFACE (HwReferenceProvider, hw_reference_provider, HW, REFERENCE_PROVIDER, GObject)

struct _HwReferenceProviderInterface
{
  GTypeInterface parent;
  /* Candidates for the field (its target type; HW_KIND_USER: people) whose label holds text, best first.
   * record (nullable): the one being edited. (transfer full) (element-type HwCandidate) */
  GPtrArray *(*list) (HwReferenceProvider *provider, const HwFieldDef *field, HwRecord *record, const char *text, guint limit);
  /* (transfer full) (nullable): not known here. */
  char *(*label) (HwReferenceProvider *provider, const HwFieldDef *field, const char *id);
};

GPtrArray *hw_reference_provider_list (HwReferenceProvider *provider, const HwFieldDef *field, HwRecord *record,
                                       const char *text, guint limit);
char      *hw_reference_provider_label (HwReferenceProvider *provider, const HwFieldDef *field, const char *id);

G_END_DECLS
