/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a mission wants before it issues, by its own profile in the directory, held against what a
 * request carries. Pure functions; any thread.
 */
#pragma once

#include "domain/hw-case-file.h"

G_BEGIN_DECLS

typedef enum
{
  HW_MISSION_HAVE,    /* the request carries it */
  HW_MISSION_LACK,    /* it has a place on the request, and that is empty */
  HW_MISSION_UNKNOWN, /* nothing on the request can answer it: a person must see to it */
} HwMissionState;

typedef struct
{
  char *requirement; /* (owned) the mission's own words */
  HwMissionState state;
  char *words;       /* (owned) where it is or what is missing, translated */
  HwFieldId field;   /* of the request, where it would be put; HW_FIELD_NONE for UNKNOWN */
} HwMissionEntry;

/* file: knows the directory and the case's attachments. Empty where no mission is chosen, or it
 * asks for nothing. (element-type HwMissionEntry) (transfer full) */
GPtrArray *hw_mission_list_new (HwCaseFile *file, HwRecord *request);

G_END_DECLS
