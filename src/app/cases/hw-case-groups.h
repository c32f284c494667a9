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
/* Whether a person who is `relations` to this case is told anything of a type, or of any type of a group: of the rest
 * the page is silent, since "nothing yet" would be a statement about what is hidden. */
gboolean           hw_case_group_tells_type (HwTypeId type, HwCaseFile *file, HwRole role, guint relations);
gboolean           hw_case_group_visible (const HwCaseGroup *group, HwCaseFile *file, HwRole role, guint relations);
/* Its name, as a msgid: who is told of one of its types only would read there of another that is not theirs. */
const char        *hw_case_group_label (const HwCaseGroup *group, HwCaseFile *file, HwRole role, guint relations);
/* Whether where a track stands follows from what this person reads. */
gboolean           hw_case_track_told (HwTrack track, HwRole role, guint relations);

G_END_DECLS
