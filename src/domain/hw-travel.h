/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a journey is made of, counted in real minutes whatever the clocks at each place show:
 * connections, how long it takes, the hold, the escort it needs, and what its receiving office has
 * said. Pure functions; advice, never a gate: what must not happen is refused by the gates.
 */
#pragma once

#include "domain/hw-rules.h"

G_BEGIN_DECLS

/* A hold that ends within this time is said to end soon. */
#define HW_TRAVEL_HOLD_SOON_US (24 * G_TIME_SPAN_HOUR)

typedef enum
{
  HW_CONNECTION_UNKNOWN, /* a time or a place is missing */
  HW_CONNECTION_ENOUGH,
  HW_CONNECTION_OVERNIGHT,  /* long enough, with a night in it */
  HW_CONNECTION_SHORT,      /* less than such a change needs */
  HW_CONNECTION_ELSEWHERE,  /* the next leg leaves from another town */
  HW_CONNECTION_IMPOSSIBLE, /* it leaves before this one arrives */
} HwConnectionState;

typedef struct
{
  HwRecord *before, *after; /* (owned) legs */
  HwConnectionState state;
  gint minutes; /* to change; meaningless when UNKNOWN */
  gint needed;  /* minutes such a change needs; 0 when it cannot be said */
  gboolean same_carrier;
  gboolean same_place; /* the same airport, or the same words for a place by road */
  char *title;         /* (owned) (nullable) translated: "Only 40 min to change at Addis Ababa" */
  char *detail;        /* (owned) (nullable) translated: what such a change needs, what to do */
} HwConnection;

/* legs: (element-type HwRecord) in the order travelled. (transfer full) (element-type
 * HwConnection): one for each pair of legs that follow each other. */
GPtrArray *hw_travel_connections (GPtrArray *legs);
gboolean hw_connection_warns (const HwConnection *connection);

/* By position, then by the moment of leaving; for g_ptr_array_sort. */
gint hw_travel_compare_legs (gconstpointer a, gconstpointer b);
/* The legs of a movement in the order travelled: those that are still to be travelled or were, and,
 * apart, those that were missed or cancelled. dropped (nullable) (out). (transfer container) */
GPtrArray *hw_travel_legs (GPtrArray *segments, const char *movement, GPtrArray **dropped);

/* FALSE where the moment or its zone is missing. */
gboolean hw_travel_leg_moment (HwRecord *leg, HwFieldId field, gint64 *us);
/* How far she has come on a leg, where nobody wrote it down leg by leg: the journey says that she left or arrived, and
 * the clock the rest. */
typedef enum
{
  HW_LEG_AS_WRITTEN, /* its own status says it */
  HW_LEG_ON_THE_WAY,
  HW_LEG_TRAVELLED,
} HwLegState;
/* journey: (nullable) */
HwLegState hw_travel_leg_state (HwRecord *leg, HwRecord *journey, gint64 now_us);

/* The zone of an airport's code, or of a place by road that ends in its country ("Kigoma, TZ").
 * (nullable) */
const char *hw_travel_zone_of_place (const char *place);
/* From the first departure to the last arrival, in real minutes; FALSE where either is missing, or
 * the last lies before the first. */
gboolean hw_travel_total_minutes (GPtrArray *legs, gint *minutes);
/* "45 min", "3 h 20 min", "2 days 4 h"; translated, (transfer full). */
char *hw_travel_duration (gint64 minutes);

typedef enum
{
  HW_HOLD_NONE, /* nothing is held, or without an end */
  HW_HOLD_RUNS,
  HW_HOLD_ENDS_SOON, /* within 24 hours */
  HW_HOLD_ENDED,
} HwHoldState;
/* left_us (out) (nullable): to the end, negative after it. */
HwHoldState hw_travel_hold (HwRecord *movement, gint64 now_us, gint64 *left_us);

/* What follows once a hold has run out: the seats are asked for again, and somebody is told. Empty
 * while it runs. (transfer full) (element-type HwOperation) */
GPtrArray *hw_travel_end_hold (HwCaseFile *file, HwRecord *movement, gint64 now_us);

/* How far the receiving office has come. */
typedef enum
{
  HW_HANDSHAKE_NONE,         /* nobody is named */
  HW_HANDSHAKE_ASKED,        /* not yet acknowledged */
  HW_HANDSHAKE_ACKNOWLEDGED, /* it knows; contact or alternate are missing */
  HW_HANDSHAKE_NAMED,        /* contact and alternate are there; not yet confirmed */
  HW_HANDSHAKE_CONFIRMED,
} HwHandshake;
HwHandshake hw_travel_handshake (HwRecord *reception);  /* reception (nullable) */
const char *hw_handshake_label (HwHandshake handshake); /* translated */

/* The escort this case's travellers ask for on the day: "chaperone" for a child, "medical" where a
 * fitness says so, else NULL. */
const char *hw_travel_escort_needed (HwCaseFile *file, const char *day);

/* Something a careful officer would see to; the first are the most urgent. */
typedef struct
{
  gboolean urgent;
  HwFieldId field; /* where it is mended; HW_FIELD_NONE: nowhere on the journey itself */
  char *title;     /* (owned) translated */
  char *detail;    /* (owned) (nullable) translated */
} HwTravelNotice;
/* file: what the reader holds of the case. escorts: of this journey's group, escorts booked in
 * other cases. (transfer full) (element-type HwTravelNotice) */
GPtrArray *hw_travel_notices (HwCaseFile *file,
                              HwRecord *movement,
                              guint escorts,
                              const HwRulesContext *context);

G_END_DECLS
