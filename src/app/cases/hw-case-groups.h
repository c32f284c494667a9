/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The sections of a case page, in the order of desktop.md, each a few record types that are read together.
 */
#pragma once

#include "domain/hw-summary.h"

G_BEGIN_DECLS

#define HW_GROUP_MAX_TYPES 5

typedef struct
{
  const char *label; /* msgid */
  const char *icon_name;
  HwTrack     track; /* the track that leads here; HW_N_TRACKS: none */
  HwTypeId    types[HW_GROUP_MAX_TYPES + 1]; /* ends with HW_TYPE_ID_NONE */
} HwCaseGroup;

const HwCaseGroup *hw_case_groups (guint *count);
const HwCaseGroup *hw_case_group_of_type (HwTypeId type);  /* (nullable) */
const HwCaseGroup *hw_case_group_of_track (HwTrack track); /* never NULL */
/* What the group holds in this case, in a few words: "2 consents, 1 disclosure". (transfer full) */
char              *hw_case_group_words (const HwCaseGroup *group, HwCaseFile *file);
gboolean           hw_case_group_visible (const HwCaseGroup *group, HwRole role);

G_END_DECLS
