/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwTravelFacts: one journey as a line of a list of departures or arrivals, for a reader of one
 * role. Plain data, safe between threads.
 */
#pragma once

#include "domain/hw-travel.h"

G_BEGIN_DECLS

typedef struct
{
  char *movement, *case_id;          /* (owned) ids */
  char *reception;                   /* (owned) (nullable) id */
  char *name;                        /* (owned) pseudonym, else code, else "New case" */
  char *code;                        /* (owned) (nullable) */
  char *status;                      /* (owned) (nullable) nick */
  char *group;                       /* (owned) (nullable) */
  char *route;                       /* (owned) "KWI → ADD → BJM"; empty without a leg */
  char *numbers;                     /* (owned) "HW621, HW818"; may be empty */
  gint64 departs_us, arrives_us;     /* 0: not known */
  char *departs_zone, *arrives_zone; /* (owned) (nullable) */
  HwHoldState hold;
  gint64 hold_ends_us;
  guint warnings; /* connections that warn */
  GPtrArray
    *blocked; /* (owned) (element-type utf8) what blocks departure, of what the reader may read */
  HwHandshake handshake;
  gboolean handshake_known;          /* the reader may read how far the receiving office has come */
  char *contact, *alternate, *place; /* (owned) (nullable) of the reception */
} HwTravelFacts;

HwTravelFacts *hw_travel_facts_new (HwCaseFile *file,
                                    HwRecord *movement,
                                    HwRole role,
                                    guint relations,
                                    const HwRulesContext *context);
void hw_travel_facts_free (HwTravelFacts *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HwTravelFacts, hw_travel_facts_free)

/* Journeys that somebody still has to see to: neither cancelled nor arrived, and of an open case.
 */
gboolean hw_travel_is_ahead (HwCaseFile *file, HwRecord *movement);

G_END_DECLS
