/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Connections are judged by what the change asks of somebody who may never have flown: the same
 * carrier takes her bags through, another one wants her to fetch them and check in again, and
 * another airport means a border and a road. Times are compared as instants, so a change of zone,
 * of summer time or of the day between two legs counts as what it is.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-travel.h"

#include "base/hw-base.h"
#include "schema/hw-iso.h"
#include "schema/hw-place.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The airports of the region publish 60 to 75 minutes between international flights of one carrier;
 * carriers that do not take bags from each other ask for two hours and more. */
#define SAME_CARRIER_MINUTES 90
#define OTHER_CARRIER_MINUTES 150
#define OTHER_AIRPORT_MINUTES 300
#define BY_ROAD_MINUTES 60
/* A wait of at least this long that contains this hour is a night. */
#define NIGHT_WAIT_MINUTES 240
#define NIGHT_HOUR "T02:00"

gboolean
hw_travel_leg_moment (HwRecord *leg, HwFieldId field, gint64 *us)
{
  const char *at = hw_record_get_text (leg, field);

  return at != NULL && hw_wall_clock_to_instant (at, hw_record_get_unit (leg, field), us);
}

const char *
hw_travel_zone_of_place (const char *place)
{
  const HwAirport *airport = place != NULL ? hw_airport_by_code (place) : NULL;
  const char *comma = place != NULL ? strrchr (place, ',') : NULL;

  if (airport != NULL)
    return airport->zone;
  if (comma == NULL)
    return NULL;
  comma += 1 + strspn (comma + 1, " ");
  return strlen (comma) == 2 ? hw_country_zone (comma) : NULL;
}

gint
hw_travel_compare_legs (gconstpointer a, gconstpointer b)
{
  HwRecord *first = *(HwRecord *const *)a;
  HwRecord *second = *(HwRecord *const *)b;
  gint64 by_position = hw_record_get_integer (first, HW_FIELD_SEGMENT_POSITION)
                       - hw_record_get_integer (second, HW_FIELD_SEGMENT_POSITION);
  gint64 first_us = 0, second_us = 0;

  if (by_position != 0)
    return by_position < 0 ? -1 : 1;
  hw_travel_leg_moment (first, HW_FIELD_SEGMENT_DEPARTS_AT, &first_us);
  hw_travel_leg_moment (second, HW_FIELD_SEGMENT_DEPARTS_AT, &second_us);
  return first_us < second_us ? -1 : first_us > second_us;
}

static gboolean
is_dropped (HwRecord *leg)
{
  return hw_record_is (leg, HW_FIELD_SEGMENT_STATUS, "cancelled")
         || hw_record_is (leg, HW_FIELD_SEGMENT_STATUS, "missed");
}

GPtrArray *
hw_travel_legs (GPtrArray *segments, const char *movement, GPtrArray **dropped)
{
  GPtrArray *legs = g_ptr_array_new ();
  g_autoptr (GPtrArray) apart = g_ptr_array_new ();

  for (guint i = 0; i < segments->len; i++)
    {
      HwRecord *leg = g_ptr_array_index (segments, i);

      if (hw_record_is (leg, HW_FIELD_SEGMENT_MOVEMENT, movement))
        g_ptr_array_add (is_dropped (leg) ? apart : legs, leg);
    }
  g_ptr_array_sort (legs, hw_travel_compare_legs);
  g_ptr_array_sort (apart, hw_travel_compare_legs);
  if (dropped != NULL)
    *dropped = g_steal_pointer (&apart);
  return legs;
}

HwLegState
hw_travel_leg_state (HwRecord *leg, HwRecord *journey, gint64 now_us)
{
  static const char *const under_way[]
    = { HW_MOVEMENT_STATUS_DEPARTED, HW_MOVEMENT_STATUS_IN_TRANSIT, NULL };
  const char *status = journey != NULL ? hw_record_status (journey) : NULL;
  gboolean arrived = g_strcmp0 (status, HW_MOVEMENT_STATUS_ARRIVED) == 0;
  gint64 from_us, to_us;

  if (status == NULL || is_dropped (leg)
      || hw_record_is (leg, HW_FIELD_SEGMENT_STATUS, HW_SEGMENT_STATUS_FLOWN)
      || (!arrived && !g_strv_contains (under_way, status)))
    return HW_LEG_AS_WRITTEN;
  if (arrived
      || (hw_travel_leg_moment (leg, HW_FIELD_SEGMENT_ARRIVES_AT, &to_us) && to_us <= now_us))
    return HW_LEG_TRAVELLED;
  return hw_travel_leg_moment (leg, HW_FIELD_SEGMENT_DEPARTS_AT, &from_us) && from_us <= now_us
           ? HW_LEG_ON_THE_WAY
           : HW_LEG_AS_WRITTEN;
}

char *
hw_travel_duration (gint64 minutes)
{
  gint64 days = minutes / (24 * 60);
  gint64 hours = minutes / 60 % 24;
  gint64 rest = minutes % 60;

  if (days > 0)
    {
      g_autofree char *whole = g_strdup_printf (ngettext ("%d day", "%d days", days), (int)days);

      return hours > 0 ? g_strdup_printf (_ ("%s %d h"), whole, (int)hours)
                       : g_steal_pointer (&whole);
    }
  if (hours > 0 && rest > 0)
    return g_strdup_printf (_ ("%d h %d min"), (int)hours, (int)rest);
  return hours > 0 ? g_strdup_printf (_ ("%d h"), (int)hours)
                   : g_strdup_printf (_ ("%d min"), (int)rest);
}

gboolean
hw_travel_total_minutes (GPtrArray *legs, gint *minutes)
{
  gint64 from_us, to_us;

  if (legs->len == 0
      || !hw_travel_leg_moment (g_ptr_array_index (legs, 0), HW_FIELD_SEGMENT_DEPARTS_AT, &from_us)
      || !hw_travel_leg_moment (
        g_ptr_array_index (legs, legs->len - 1), HW_FIELD_SEGMENT_ARRIVES_AT, &to_us)
      || to_us <= from_us)
    return FALSE;
  *minutes = (gint)((to_us - from_us) / G_TIME_SPAN_MINUTE);
  return TRUE;
}

/* Connections */

static gboolean
same_text (HwRecord *a, HwFieldId one, HwRecord *b, HwFieldId other)
{
  const char *first = hw_record_get_text (a, one);
  const char *second = hw_record_get_text (b, other);
  g_autofree char *first_key = first != NULL ? hw_fold (first) : NULL;
  g_autofree char *second_key = second != NULL ? hw_fold (second) : NULL;

  return first_key != NULL && g_strcmp0 (first_key, second_key) == 0;
}

static const HwAirport *
airport_of (HwRecord *leg, HwFieldId field)
{
  const char *place = hw_record_get_text (leg, field);

  return place != NULL ? hw_airport_by_code (place) : NULL;
}

static const char *
place_of (HwRecord *leg, HwFieldId field)
{
  const HwAirport *airport = airport_of (leg, field);

  return airport != NULL ? airport->city : hw_record_get_text (leg, field);
}

static gint
needed_minutes (const HwConnection *connection, const HwAirport *lands, const HwAirport *leaves)
{
  if (leaves == NULL)
    return BY_ROAD_MINUTES;
  if (lands == NULL)
    return OTHER_CARRIER_MINUTES;
  if (lands != leaves)
    return OTHER_AIRPORT_MINUTES;
  return connection->same_carrier ? SAME_CARRIER_MINUTES : OTHER_CARRIER_MINUTES;
}

/* Whether the wait holds a 02:00 of the place's own clock. */
static gboolean
holds_a_night (HwRecord *before, gint64 lands_us, gint64 leaves_us)
{
  const char *zone = hw_record_get_unit (before, HW_FIELD_SEGMENT_ARRIVES_AT);
  g_autofree char *day = hw_date_of_instant (lands_us, zone);

  if (leaves_us - lands_us < NIGHT_WAIT_MINUTES * G_TIME_SPAN_MINUTE)
    return FALSE;
  for (gint ahead = 0; ahead < 2; ahead++)
    {
      g_autofree char *next = hw_date_add_days (day, ahead);
      g_autofree char *at = g_strconcat (next, NIGHT_HOUR, NULL);
      gint64 night_us;

      if (hw_wall_clock_to_instant (at, zone, &night_us) && night_us >= lands_us)
        return night_us < leaves_us;
    }
  return FALSE;
}

static void
explain (HwConnection *connection, const HwAirport *lands, const HwAirport *leaves)
{
  g_autofree char *time = hw_travel_duration (connection->minutes);
  g_autofree char *needs = hw_travel_duration (connection->needed);
  const char *place = place_of (connection->before, HW_FIELD_SEGMENT_TO);

  switch (connection->state)
    {
      case HW_CONNECTION_IMPOSSIBLE:
        connection->title = g_strdup (_ ("The next leg leaves before this one arrives"));
        connection->detail = g_strdup (_ ("Check the days and the times of both legs."));
        break;
      case HW_CONNECTION_ELSEWHERE:
        connection->title = g_strdup_printf (_ ("She arrives at %s and leaves from %s"),
                                             place,
                                             place_of (connection->after, HW_FIELD_SEGMENT_FROM));
        connection->detail = g_strdup (_ ("A leg between the two is missing."));
        break;
      case HW_CONNECTION_SHORT:
        connection->title = g_strdup_printf (_ ("Only %s to change at %s"), time, place);
        if (leaves != NULL && lands != NULL && leaves != lands)
          connection->detail
            = g_strdup_printf (_ ("From %s to %s, through the border and by road: %s are needed."),
                               lands->name,
                               leaves->name,
                               needs);
        else if (leaves != NULL && !connection->same_carrier)
          connection->detail = g_strdup_printf (
            _ ("With another carrier she fetches her bags and checks in again: %s are needed."),
            needs);
        else
          connection->detail = g_strdup_printf (
            _ ("%s are needed. Ask the carrier for a later flight, or arrange help in transit."),
            needs);
        break;
      case HW_CONNECTION_OVERNIGHT:
        connection->title = g_strdup_printf (_ ("A night at %s, %s"), place, time);
        connection->detail = g_strdup (_ ("She needs a bed, leave to enter if it is outside the "
                                          "airport, and somebody who meets her."));
        break;
      case HW_CONNECTION_ENOUGH:
        connection->title = g_strdup_printf (_ ("%s to change at %s"), time, place);
        break;
      case HW_CONNECTION_UNKNOWN:
        break;
    }
}

static HwConnection *
connection_new (HwRecord *before, HwRecord *after)
{
  HwConnection *connection = g_new0 (HwConnection, 1);
  const HwAirport *lands = airport_of (before, HW_FIELD_SEGMENT_TO);
  const HwAirport *leaves = airport_of (after, HW_FIELD_SEGMENT_FROM);
  gint64 lands_us, leaves_us;

  connection->before = g_object_ref (before);
  connection->after = g_object_ref (after);
  connection->same_carrier
    = same_text (before, HW_FIELD_SEGMENT_CARRIER, after, HW_FIELD_SEGMENT_CARRIER);
  connection->same_place = same_text (before, HW_FIELD_SEGMENT_TO, after, HW_FIELD_SEGMENT_FROM);
  if (hw_record_get (before, HW_FIELD_SEGMENT_TO) == NULL
      || hw_record_get (after, HW_FIELD_SEGMENT_FROM) == NULL
      || !hw_travel_leg_moment (before, HW_FIELD_SEGMENT_ARRIVES_AT, &lands_us)
      || !hw_travel_leg_moment (after, HW_FIELD_SEGMENT_DEPARTS_AT, &leaves_us))
    return connection;
  connection->minutes = (gint)((leaves_us - lands_us) / G_TIME_SPAN_MINUTE);
  connection->needed = needed_minutes (connection, lands, leaves);
  if (leaves_us < lands_us)
    connection->state = HW_CONNECTION_IMPOSSIBLE;
  else if (!connection->same_place
           && g_strcmp0 (place_of (before, HW_FIELD_SEGMENT_TO),
                         place_of (after, HW_FIELD_SEGMENT_FROM))
                != 0)
    connection->state = HW_CONNECTION_ELSEWHERE;
  else if (connection->minutes < connection->needed)
    connection->state = HW_CONNECTION_SHORT;
  else
    connection->state = holds_a_night (before, lands_us, leaves_us) ? HW_CONNECTION_OVERNIGHT
                                                                    : HW_CONNECTION_ENOUGH;
  explain (connection, lands, leaves);
  return connection;
}

static void
connection_free (gpointer data)
{
  HwConnection *connection = data;

  g_object_unref (connection->before);
  g_object_unref (connection->after);
  g_free (connection->title);
  g_free (connection->detail);
  g_free (connection);
}

GPtrArray *
hw_travel_connections (GPtrArray *legs)
{
  GPtrArray *connections = g_ptr_array_new_with_free_func (connection_free);

  for (guint i = 1; i < legs->len; i++)
    g_ptr_array_add (connections,
                     connection_new (g_ptr_array_index (legs, i - 1), g_ptr_array_index (legs, i)));
  return connections;
}

gboolean
hw_connection_warns (const HwConnection *connection)
{
  return connection->state > HW_CONNECTION_ENOUGH;
}

/* The hold and the receiving office */

HwHoldState
hw_travel_hold (HwRecord *movement, gint64 now_us, gint64 *left_us)
{
  const char *ends = hw_record_get_text (movement, HW_FIELD_MOVEMENT_HOLD_EXPIRES_AT);
  gboolean held = hw_record_is (movement, HW_FIELD_MOVEMENT_STATUS, "held")
                  || hw_record_is (movement, HW_FIELD_MOVEMENT_STATUS, "confirmed");
  gint64 ends_us;

  if (ends == NULL || !hw_instant_parse (ends, &ends_us)
      || (!held && !hw_record_is (movement, HW_FIELD_MOVEMENT_STATUS, "requested")))
    return HW_HOLD_NONE;
  if (left_us != NULL)
    *left_us = ends_us - now_us;
  if (ends_us <= now_us)
    return HW_HOLD_ENDED;
  if (!held)
    return HW_HOLD_NONE;
  return ends_us - now_us <= HW_TRAVEL_HOLD_SOON_US ? HW_HOLD_ENDS_SOON : HW_HOLD_RUNS;
}

HwHandshake
hw_travel_handshake (HwRecord *reception)
{
  if (reception == NULL)
    return HW_HANDSHAKE_NONE;
  if (hw_record_get (reception, HW_FIELD_RECEPTION_ACKNOWLEDGED_AT) == NULL)
    return HW_HANDSHAKE_ASKED;
  if (hw_record_get (reception, HW_FIELD_RECEPTION_CONFIRMED_AT) != NULL)
    return HW_HANDSHAKE_CONFIRMED;
  if (hw_record_get (reception, HW_FIELD_RECEPTION_CONTACT) == NULL
      || hw_record_get (reception, HW_FIELD_RECEPTION_ALTERNATE) == NULL)
    return HW_HANDSHAKE_ACKNOWLEDGED;
  return HW_HANDSHAKE_NAMED;
}

const char *
hw_handshake_label (HwHandshake handshake)
{
  switch (handshake)
    {
      case HW_HANDSHAKE_ASKED:
        return _ ("Not acknowledged");
      case HW_HANDSHAKE_ACKNOWLEDGED:
        return _ ("Acknowledged");
      case HW_HANDSHAKE_NAMED:
        return _ ("Contacts named");
      case HW_HANDSHAKE_CONFIRMED:
        return _ ("Confirmed");
      case HW_HANDSHAKE_NONE:
      default:
        return _ ("Nobody named");
    }
}
