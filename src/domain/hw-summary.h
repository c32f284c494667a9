/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwSummary: stage, tracks and what blocks departure, derived from a case file (domain.md section 2).
 * One row of the case list is made from it; the case page shows it whole. Plain data, safe between threads.
 */
#pragma once

#include "domain/hw-rules.h"

G_BEGIN_DECLS

typedef enum
{
  HW_STAGE_INTAKE,
  HW_STAGE_SCREENING,
  HW_STAGE_SAFETY_AND_DECISION,
  HW_STAGE_EMBASSY,
  HW_STAGE_DOCUMENTS_AND_EXIT,
  HW_STAGE_BOOKING,
  HW_STAGE_TRAVEL,
  HW_STAGE_RECEPTION,
  HW_STAGE_FAMILY,
  HW_STAGE_REINTEGRATION,
  HW_STAGE_CLOSED,
  HW_N_STAGES,
} HwStage;

typedef enum
{
  HW_TRACK_SAFETY,
  HW_TRACK_CONSENT,
  HW_TRACK_EMBASSY,
  HW_TRACK_DOCUMENTS,
  HW_TRACK_EXIT,
  HW_TRACK_TRAVEL,
  HW_TRACK_RECEPTION,
  HW_TRACK_FAMILY,
  HW_TRACK_REINTEGRATION,
  HW_N_TRACKS,
} HwTrack;

typedef enum
{
  HW_TRACK_NOT_YET,
  HW_TRACK_WAITING, /* something runs, nothing is asked of us */
  HW_TRACK_BLOCKED,
  HW_TRACK_DONE,
} HwTrackState;

typedef struct
{
  HwTrackState state;
  char        *words; /* (owned) translated, one or two words: "In production", "1 to pay" */
} HwTrackView;

typedef struct
{
  HwStage     stage;
  HwTrackView tracks[HW_N_TRACKS];
  GPtrArray  *blocking;     /* (owned) (element-type HwCondition, borrowed from verdict) what blocks departure, most urgent first */
  HwVerdict  *verdict;      /* (owned) all gates on the way to departure, together */
  char       *blocked_by;   /* (owned) (nullable) short words for the list: "Passport, fine" or "3 conditions" */
  char       *next_due;     /* (owned) (nullable) ISO date of the nearest thing due */
  char       *next_due_what;/* (owned) (nullable) translated */
  char       *location_country; /* (owned) (nullable) where she is now, from placement, else the case */
  char       *location_place;   /* (owned) (nullable) */
  char       *zone;             /* (owned) (nullable) IANA zone of that place */
} HwSummary;

HwSummary  *hw_summary_new (HwCaseFile *file, const HwRulesContext *context); /* for who reads the whole case */
/* What blocks departure as far as this person reads it. Of what she does not read nothing is told or counted: as long as
 * a departure is ahead, one line sends her to the caseworker. actor (nullable): who reads it whole. */
HwSummary  *hw_summary_new_for (HwCaseFile *file, const HwActor *actor, const HwRulesContext *context);
void        hw_summary_free (HwSummary *summary);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HwSummary, hw_summary_free)
const char *hw_stage_nick (HwStage stage);
const char *hw_stage_label (HwStage stage); /* translated */
const char *hw_track_label (HwTrack track); /* translated */

G_END_DECLS
