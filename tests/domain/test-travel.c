/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Time between places, and what follows when a plan does not hold.
 */
#include "fixture.h"

#include "base/hw-base.h"
#include "domain/hw-travel.h"

#define OPERATION "018f0000-0000-7000-8000-00000000000b"

typedef struct
{
  const char *from, *from_zone, *to, *to_zone, *carrier;
  const char *lands, *leaves, *next_carrier;
  HwConnectionState state;
  gint minutes, needed;
} Change;

static HwRecord *
leg_new (guint n, const char *carrier)
{
  g_autofree char *id = g_strdup_printf ("00000000-0000-4000-8000-0000000009%02u", n);
  HwRecord *leg = hw_record_new (HW_TYPE_ID_SEGMENT, id);

  put_integer (leg, HW_FIELD_SEGMENT_POSITION, n);
  if (carrier != NULL)
    put (leg, HW_FIELD_SEGMENT_CARRIER, carrier);
  return leg;
}

static void
assert_change (const Change *change)
{
  g_autoptr (GPtrArray) legs = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) found = NULL;
  HwRecord *first = leg_new (1, change->carrier);
  HwRecord *second = leg_new (2, change->next_carrier);
  HwConnection *connection;

  g_ptr_array_add (legs, first);
  g_ptr_array_add (legs, second);
  put (first, HW_FIELD_SEGMENT_TO, change->from);
  put (second, HW_FIELD_SEGMENT_FROM, change->to);
  if (change->lands != NULL)
    put_pair (first, HW_FIELD_SEGMENT_ARRIVES_AT, change->lands, change->from_zone);
  put_pair (second, HW_FIELD_SEGMENT_DEPARTS_AT, change->leaves, change->to_zone);
  found = hw_travel_connections (legs);
  g_assert_cmpuint (found->len, ==, 1);
  connection = g_ptr_array_index (found, 0);
  g_test_message ("%s → %s: %s", change->from, change->to, connection->title);
  g_assert_cmpint (connection->state, ==, change->state);
  if (change->state == HW_CONNECTION_UNKNOWN)
    {
      g_assert_null (connection->title);
      return;
    }
  g_assert_cmpint (connection->minutes, ==, change->minutes);
  g_assert_cmpint (connection->needed, ==, change->needed);
  g_assert_nonnull (connection->title);
}

#define ADDIS "Africa/Addis_Ababa"
#define CAIRO "Africa/Cairo"
#define ISTANBUL "Europe/Istanbul"

static void
test_connections (void)
{
  static const Change changes[] = {
    /* one carrier, then two */
    { "ADD",
      ADDIS,
      "ADD",
      ADDIS,
      "Highland Airways",
      "2026-11-27T05:20",
      "2026-11-27T06:50",
      "highland airways",
      HW_CONNECTION_ENOUGH,
      90,
      90 },
    { "ADD",
      ADDIS,
      "ADD",
      ADDIS,
      "Highland Airways",
      "2026-11-27T05:20",
      "2026-11-27T06:49",
      "Highland Airways",
      HW_CONNECTION_SHORT,
      89,
      90 },
    { "ADD",
      ADDIS,
      "ADD",
      ADDIS,
      "Highland Airways",
      "2026-11-27T05:20",
      "2026-11-27T07:49",
      "Rift Air",
      HW_CONNECTION_SHORT,
      149,
      150 },
    { "ADD",
      ADDIS,
      "ADD",
      ADDIS,
      "Highland Airways",
      "2026-11-27T05:20",
      "2026-11-27T07:50",
      "Rift Air",
      HW_CONNECTION_ENOUGH,
      150,
      150 },
    /* a carrier that is not said may be another one */
    { "ADD",
      ADDIS,
      "ADD",
      ADDIS,
      NULL,
      "2026-11-27T05:20",
      "2026-11-27T07:49",
      NULL,
      HW_CONNECTION_SHORT,
      149,
      150 },
    /* another airport of the town, and another town */
    { "IST",
      ISTANBUL,
      "SAW",
      ISTANBUL,
      "A",
      "2026-11-27T08:00",
      "2026-11-27T12:59",
      "A",
      HW_CONNECTION_SHORT,
      299,
      300 },
    { "IST",
      ISTANBUL,
      "SAW",
      ISTANBUL,
      "A",
      "2026-11-27T08:00",
      "2026-11-27T13:00",
      "A",
      HW_CONNECTION_ENOUGH,
      300,
      300 },
    { "ADD",
      ADDIS,
      "NBO",
      "Africa/Nairobi",
      "A",
      "2026-11-27T08:00",
      "2026-11-27T18:00",
      "A",
      HW_CONNECTION_ELSEWHERE,
      600,
      300 },
    /* it has gone already; the same clocks an hour apart */
    { "ADD",
      ADDIS,
      "ADD",
      ADDIS,
      "A",
      "2026-11-27T08:40",
      "2026-11-27T08:20",
      "A",
      HW_CONNECTION_IMPOSSIBLE,
      -20,
      90 },
    { "Kigoma, TZ",
      "Africa/Dar_es_Salaam",
      "Kigoma, TZ",
      "Africa/Bujumbura",
      "A",
      "2026-11-27T08:00",
      "2026-11-27T08:00",
      "A",
      HW_CONNECTION_ENOUGH,
      60,
      60 },
    /* over midnight and the end of the year, without a night and with one */
    { "ADD",
      ADDIS,
      "ADD",
      ADDIS,
      "A",
      "2026-12-31T23:10",
      "2027-01-01T01:10",
      "A",
      HW_CONNECTION_ENOUGH,
      120,
      90 },
    { "ADD",
      ADDIS,
      "ADD",
      ADDIS,
      "A",
      "2026-12-31T22:10",
      "2027-01-01T08:40",
      "A",
      HW_CONNECTION_OVERNIGHT,
      630,
      90 },
    { "ADD",
      ADDIS,
      "ADD",
      ADDIS,
      "A",
      "2026-11-27T02:10",
      "2026-11-27T21:00",
      "A",
      HW_CONNECTION_ENOUGH,
      1130,
      90 },
    { "ADD",
      ADDIS,
      "ADD",
      ADDIS,
      "A",
      "2026-11-27T03:00",
      "2026-11-28T02:30",
      "A",
      HW_CONNECTION_OVERNIGHT,
      1410,
      90 },
    /* Cairo sets its clocks forward on 24 April 2026 at 00:00 and back on 30 October at 24:00 */
    { "CAI",
      CAIRO,
      "CAI",
      CAIRO,
      "A",
      "2026-04-23T23:30",
      "2026-04-24T02:00",
      "A",
      HW_CONNECTION_ENOUGH,
      90,
      90 },
    { "CAI",
      CAIRO,
      "CAI",
      CAIRO,
      "A",
      "2026-04-23T23:30",
      "2026-04-24T01:59",
      "A",
      HW_CONNECTION_SHORT,
      89,
      90 },
    { "CAI",
      CAIRO,
      "CAI",
      CAIRO,
      "A",
      "2026-10-29T22:30",
      "2026-10-30T00:30",
      "A",
      HW_CONNECTION_ENOUGH,
      180,
      90 },
    /* a time that nobody knows yet */
    { "ADD", ADDIS, "ADD", ADDIS, "A", NULL, "2026-11-27T08:00", "A", HW_CONNECTION_UNKNOWN, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    assert_change (&changes[i]);
}

/* Whatever zones two places have and on whatever day of ten years it is, a change of n minutes is
 * one of n minutes. */
static void
test_any_change_in_any_zone (void)
{
  static const char *const zones[]
    = { "Africa/Bujumbura", "Asia/Kuwait", "Africa/Cairo", "Asia/Beirut",     "Europe/Brussels",
        "Asia/Kolkata",     "Asia/Amman",  "UTC",          "America/New_York" };
  g_autoptr (GRand) random = g_rand_new_with_seed (20261124);

  for (guint i = 0; i < 5000; i++)
    {
      const char *zone = zones[g_rand_int_range (random, 0, G_N_ELEMENTS (zones))];
      const char *next = zones[g_rand_int_range (random, 0, G_N_ELEMENTS (zones))];
      gint minutes = g_rand_int_range (random, 1, 3000);
      gint64 lands_us
        = instant ("2020-01-01T00:00:00Z")
          + (gint64)g_rand_int_range (random, 0, 10 * 366 * 24 * 60) * G_TIME_SPAN_MINUTE;
      gint64 leaves_us = lands_us + minutes * G_TIME_SPAN_MINUTE, read_us = 0;
      g_autofree char *lands = hw_wall_clock_of_instant (lands_us, zone);
      g_autofree char *leaves = hw_wall_clock_of_instant (leaves_us, next);
      g_autoptr (GPtrArray) legs = g_ptr_array_new_with_free_func (g_object_unref);
      gint total = 0;

      /* An hour that the clocks show twice is read as its first: such a wall clock says less. */
      if (!hw_wall_clock_to_instant (lands, zone, &read_us) || read_us != lands_us
          || !hw_wall_clock_to_instant (leaves, next, &read_us) || read_us != leaves_us)
        continue;
      g_ptr_array_add (legs, leg_new (1, "A"));
      put_pair (g_ptr_array_index (legs, 0), HW_FIELD_SEGMENT_DEPARTS_AT, lands, zone);
      put_pair (g_ptr_array_index (legs, 0), HW_FIELD_SEGMENT_ARRIVES_AT, leaves, next);
      g_assert_true (hw_travel_total_minutes (legs, &total));
      g_assert_cmpint (total, ==, minutes);
    }
}

static void
test_total_and_words (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GPtrArray) legs = hw_travel_legs (
    hw_case_file_of_type (f->file, HW_TYPE_ID_SEGMENT), hw_record_id (f->movement), NULL);
  static const struct
  {
    gint minutes;
    const char *words;
  } spans[] = { { 0, "0 min" },        { 59, "59 min" },     { 60, "1 h" },
                { 200, "3 h 20 min" }, { 24 * 60, "1 day" }, { 51 * 60 + 20, "2 days 3 h" } };
  gint total = 0;

  g_assert_cmpuint (legs->len, ==, 2);
  g_assert_true (hw_travel_total_minutes (legs, &total));
  g_assert_cmpint (total, ==, 12 * 60); /* 23:30 at +3 to 10:30 at +2 */
  for (guint i = 0; i < G_N_ELEMENTS (spans); i++)
    {
      g_autofree char *words = hw_travel_duration (spans[i].minutes);

      g_assert_cmpstr (words, ==, spans[i].words);
    }
}

static void
test_hold (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 now_us = f->context.now_us, left_us = 0;

  g_assert_cmpint (hw_travel_hold (f->movement, now_us, NULL), ==, HW_HOLD_NONE);
  put (f->movement, HW_FIELD_MOVEMENT_HOLD_EXPIRES_AT, "2026-11-25T09:00:01Z");
  g_assert_cmpint (hw_travel_hold (f->movement, now_us, &left_us), ==, HW_HOLD_RUNS);
  g_assert_cmpint (left_us, ==, 24 * G_TIME_SPAN_HOUR + G_TIME_SPAN_SECOND);
  put (f->movement, HW_FIELD_MOVEMENT_HOLD_EXPIRES_AT, "2026-11-25T09:00:00Z");
  g_assert_cmpint (hw_travel_hold (f->movement, now_us, NULL), ==, HW_HOLD_ENDS_SOON);
  put (f->movement, HW_FIELD_MOVEMENT_HOLD_EXPIRES_AT, NOW);
  g_assert_cmpint (hw_travel_hold (f->movement, now_us, NULL), ==, HW_HOLD_ENDED);
  put (f->movement, HW_FIELD_MOVEMENT_STATUS, "ticketed");
  g_assert_cmpint (hw_travel_hold (f->movement, now_us, NULL), ==, HW_HOLD_NONE);
}

/* "type:status" or "type:title", joined by spaces. */
static char *
describe (GPtrArray *found)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    {
      HwOperation *operation = g_ptr_array_index (found, i);
      const HwTypeDef *def = hw_schema_type (operation->type);
      HwFieldId said = def->status_field != HW_FIELD_NONE ? def->status_field : HW_FIELD_NONE;
      HwFieldChange *change = said != HW_FIELD_NONE ? hw_operation_find (operation, said) : NULL;

      g_string_append_printf (text,
                              "%s%s%s%s",
                              i > 0 ? " " : "",
                              def->name,
                              change != NULL ? ":" : "",
                              change != NULL ? hw_value_text (change->value) : "");
    }
  return g_string_free (text, FALSE);
}

static void
apply_all (Fixture *f, GPtrArray *found)
{
  for (guint i = 0; i < found->len; i++)
    {
      HwOperation *operation = g_ptr_array_index (found, i);
      HwRecord *held = hw_case_file_lookup (f->file, operation->record);
      g_autoptr (HwRecord) record
        = held != NULL ? g_object_ref (held) : hw_record_new (operation->type, operation->record);

      hw_operation_apply (operation, record);
      hw_record_stamp (record, NOW, "system:worker");
      hw_case_file_add (f->file, record);
    }
}

static void
test_hold_ends_once (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GPtrArray) running = NULL;
  g_autoptr (GPtrArray) ended = NULL;
  g_autoptr (GPtrArray) same = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autofree char *text = NULL;

  put (f->movement, HW_FIELD_MOVEMENT_HOLD_EXPIRES_AT, "2026-11-24T09:00:01Z");
  running = hw_travel_end_hold (f->file, f->movement, f->context.now_us);
  g_assert_cmpuint (running->len, ==, 0);
  put (f->movement, HW_FIELD_MOVEMENT_HOLD_EXPIRES_AT, NOW);
  ended = hw_travel_end_hold (f->file, f->movement, f->context.now_us);
  same = hw_travel_end_hold (f->file, f->movement, f->context.now_us + G_TIME_SPAN_HOUR);
  text = describe (ended);
  g_assert_cmpstr (text, ==, "movement:requested task");
  for (guint i = 0; i < ended->len; i++)
    g_assert_cmpstr (((HwOperation *)ended->pdata[i])->id, ==, ((HwOperation *)same->pdata[i])->id);
  apply_all (f, ended);
  again = hw_travel_end_hold (f->file, f->movement, f->context.now_us);
  g_assert_cmpuint (again->len, ==, 0);
  g_assert_cmpint (hw_travel_hold (f->movement, f->context.now_us, NULL), ==, HW_HOLD_ENDED);
}

static GPtrArray *
follow (Fixture *f, HwRecord *before, HwRecord *after, const char *expected)
{
  g_autoptr (HwOperation) operation = hw_operation_new (
    OPERATION, HW_ACTION_UPDATE, hw_record_type (after), hw_record_id (after), CASE);
  g_autoptr (GPtrArray) again = NULL;
  GPtrArray *found = hw_consequences (f->file, before, after, operation, &f->context);
  g_autofree char *text = describe (found);
  g_autofree char *repeated = NULL;

  g_assert_cmpstr (text, ==, expected);
  hw_case_file_add (f->file, after);
  apply_all (f, found);
  again = hw_consequences (f->file, after, after, operation, &f->context);
  repeated = describe (again);
  g_assert_cmpstr (repeated, ==, "");
  return found;
}

/* She is at Addis Ababa, and her second flight is gone. */
static void
test_missed_connection (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwRecord) leg = g_object_ref (f->second_leg);
  g_autoptr (HwRecord) missed = hw_record_copy (leg);
  g_autoptr (HwRecord) travelling = hw_record_copy (f->movement);
  g_autoptr (HwRecord) movement = NULL;

  put (f->movement, HW_FIELD_MOVEMENT_STATUS, "in_transit");
  put (f->first_leg, HW_FIELD_SEGMENT_STATUS, "flown");
  put (travelling, HW_FIELD_MOVEMENT_STATUS, "in_transit");
  put (missed, HW_FIELD_SEGMENT_STATUS, "missed");
  g_ptr_array_unref (follow (f, leg, missed, "movement:missed reception task"));
  g_assert_cmpstr (hw_record_status (f->movement), ==, "missed");
  g_assert_cmpstr (hw_record_status (f->first_leg), ==, "flown");
  g_assert_null (hw_record_get (f->reception, HW_FIELD_RECEPTION_ACKNOWLEDGED_AT));
  g_assert_null (hw_record_get (f->reception, HW_FIELD_RECEPTION_CONFIRMED_AT));
  g_assert_nonnull (hw_case_file_lookup (f->file, hw_record_id (missed)));
  movement = g_object_ref (f->movement);
  g_ptr_array_unref (follow (f, travelling, movement, "task"));
}

static void
test_left_behind_keeps_the_old_itinerary (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwRecord) before = hw_record_copy (f->movement);
  g_autoptr (HwRecord) after = hw_record_copy (f->movement);
  g_autoptr (GPtrArray) dropped = NULL;
  g_autoptr (GPtrArray) legs = NULL;

  put (before, HW_FIELD_MOVEMENT_STATUS, "checked_in");
  put (after, HW_FIELD_MOVEMENT_STATUS, "denied_boarding");
  hw_case_file_add (f->file, before);
  g_ptr_array_unref (follow (f, before, after, "segment:missed segment:missed task"));
  legs = hw_travel_legs (
    hw_case_file_of_type (f->file, HW_TYPE_ID_SEGMENT), hw_record_id (after), &dropped);
  g_assert_cmpuint (legs->len, ==, 0);
  g_assert_cmpuint (dropped->len, ==, 2);
}

/* Who said that she stays did as she said: nobody is asked to book her again, and what she had stays in the file. */
static void
test_who_stays_is_not_rebooked (void)
{
  static const char *const left[] = { "missed", "no_show", "denied_boarding" };
  static const struct
  {
    const char *choice, *booking;
    gboolean asked;
  } rows[] = {
    { "return", NULL, TRUE },      { NULL, NULL, TRUE },      { "stay", NULL, FALSE },
    { "third_country", NULL, FALSE }, { "undecided", NULL, FALSE },
    { "return", "travel_booking", FALSE }, { "return", "assistance", FALSE },
    { "return", "reception_share", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows) * G_N_ELEMENTS (left); i++)
    {
      g_autoptr (Fixture) f = fixture_new ();
      g_autoptr (HwRecord) before = hw_record_copy (f->movement);
      g_autoptr (HwRecord) after = hw_record_copy (f->movement);
      const guint row = i / G_N_ELEMENTS (left);
      HwRecord *withdrawn = fixture_add (f, HW_TYPE_ID_CONSENT);

      if (rows[row].choice != NULL)
        put (f->departure_decision, HW_FIELD_DECISION_CHOICE, rows[row].choice);
      else
        clear (f->departure_decision, HW_FIELD_DECISION_CHOICE);
      if (rows[row].booking != NULL)
        {
          put (withdrawn, HW_FIELD_CONSENT_PURPOSE, rows[row].booking);
          put (withdrawn, HW_FIELD_CONSENT_WITHDRAWN_AT, NOW);
        }
      put (before, HW_FIELD_MOVEMENT_STATUS, "ticketed");
      put (after, HW_FIELD_MOVEMENT_STATUS, left[i % G_N_ELEMENTS (left)]);
      hw_case_file_add (f->file, before);
      g_ptr_array_unref (follow (f,
                                 before,
                                 after,
                                 rows[row].asked ? "segment:missed segment:missed task"
                                                 : "segment:missed segment:missed"));
    }
}

/* The first acknowledgement is of the first time. A time changed before a ticket tells nobody. */
static void
test_new_time_asks_reception_again (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwRecord) before = g_object_ref (f->second_leg);
  g_autoptr (HwRecord) after = hw_record_copy (before);
  g_autoptr (HwRecord) earlier = hw_record_copy (f->first_leg);

  put_pair (after, HW_FIELD_SEGMENT_ARRIVES_AT, "2026-11-26T10:30", "Africa/Bujumbura");
  g_ptr_array_unref (follow (f, before, after, ""));
  hw_case_file_add (f->file, before);
  put (f->movement, HW_FIELD_MOVEMENT_STATUS, "ticketed");
  put_pair (earlier, HW_FIELD_SEGMENT_ARRIVES_AT, "2026-11-25T03:50", "Africa/Addis_Ababa");
  g_ptr_array_unref (follow (f, f->first_leg, earlier, ""));
  g_ptr_array_unref (follow (f, before, after, "reception task"));
  g_assert_cmpint (hw_travel_handshake (f->reception), ==, HW_HANDSHAKE_ASKED);
}

static void
test_handshake (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  g_assert_cmpint (hw_travel_handshake (NULL), ==, HW_HANDSHAKE_NONE);
  g_assert_cmpint (hw_travel_handshake (f->reception), ==, HW_HANDSHAKE_CONFIRMED);
  clear (f->reception, HW_FIELD_RECEPTION_CONFIRMED_AT);
  g_assert_cmpint (hw_travel_handshake (f->reception), ==, HW_HANDSHAKE_ACKNOWLEDGED);
  put (f->reception, HW_FIELD_RECEPTION_CONTACT, "Jeanine");
  put (f->reception, HW_FIELD_RECEPTION_ALTERNATE, "Night desk");
  g_assert_cmpint (hw_travel_handshake (f->reception), ==, HW_HANDSHAKE_NAMED);
  put (f->reception, HW_FIELD_RECEPTION_CONFIRMED_AT, NOW);
  clear (f->reception, HW_FIELD_RECEPTION_ACKNOWLEDGED_AT);
  g_assert_cmpint (hw_travel_handshake (f->reception), ==, HW_HANDSHAKE_ASKED);
}

static void
assert_notices (Fixture *f, guint escorts, const char *expected)
{
  g_autoptr (GPtrArray) found = hw_travel_notices (f->file, f->movement, escorts, &f->context);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    g_string_append_printf (text,
                            "%s%s",
                            i > 0 ? " " : "",
                            hw_schema_field (((HwTravelNotice *)found->pdata[i])->field)->name);
  g_assert_cmpstr (text->str, ==, expected);
  g_string_free (text, TRUE);
}

static void
test_notices (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  assert_notices (f, 0, "transit_assistance");
  put_integer (f->movement, HW_FIELD_MOVEMENT_TRANSIT_ASSISTANCE, 1);
  assert_notices (f, 0, "");
  put (f->movement, HW_FIELD_MOVEMENT_HOLD_EXPIRES_AT, "2026-11-24T20:00:00Z");
  assert_notices (f, 0, "hold_expires_at");
  put (f->movement, HW_FIELD_MOVEMENT_STATUS, "ticketed");
  assert_notices (f, 0, "advance_notice_sent_at");
  clear (f->movement, HW_FIELD_MOVEMENT_EMERGENCY_NUMBER_GIVEN);
  put (f->movement, HW_FIELD_MOVEMENT_ADVANCE_NOTICE_SENT_AT, NOW);
  assert_notices (f, 0, "emergency_number_given");
  put (f->movement, HW_FIELD_MOVEMENT_STATUS, "arrived");
  assert_notices (f, 0, "");
}

static void
test_escorts (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *child;

  put_integer (f->movement, HW_FIELD_MOVEMENT_TRANSIT_ASSISTANCE, 1);
  g_assert_null (hw_travel_escort_needed (f->file, TODAY));
  child = fixture_dependant (f);
  put_pair (child, HW_FIELD_PERSON_BIRTH_DATE, "2020-02-02", "day");
  g_assert_cmpstr (hw_travel_escort_needed (f->file, TODAY), ==, "chaperone");
  assert_notices (f, 0, "escort");
  put (f->movement, HW_FIELD_MOVEMENT_ESCORT, "chaperone");
  assert_notices (f, 0, "escort_booked");
  assert_notices (f, 1, "");
  put (f->fitness, HW_FIELD_FITNESS_OUTCOME, "fit_with_escort");
  g_assert_cmpstr (hw_travel_escort_needed (f->file, TODAY), ==, "medical");
  assert_notices (f, 1, "escort");
  put (f->movement, HW_FIELD_MOVEMENT_ESCORT, "medical");
  put_integer (f->movement, HW_FIELD_MOVEMENT_ESCORT_BOOKED, 1);
  assert_notices (f, 0, "");
}

/* The group is a word on each journey, never a bond between them. */
static void
test_one_of_a_group_cancels (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwRecord) after = hw_record_copy (f->decision);
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (HwOperation) operation = hw_operation_new (
    OPERATION, HW_ACTION_UPDATE, HW_TYPE_ID_DECISION, hw_record_id (after), CASE);

  put (f->movement, HW_FIELD_MOVEMENT_GROUP, "NBO-BJM five");
  put (after, HW_FIELD_DECISION_CHOICE, "stay");
  put (after, HW_FIELD_DECISION_CONFIRMED_AT, NOW);
  found = hw_consequences (f->file, f->decision, after, operation, &f->context);
  g_assert_cmpuint (found->len, >, 0);
  for (guint i = 0; i < found->len; i++)
    {
      HwOperation *follows = g_ptr_array_index (found, i);

      g_assert_cmpstr (follows->case_id, ==, CASE);
      if (follows->type == HW_TYPE_ID_MOVEMENT)
        g_assert_cmpstr (follows->record, ==, hw_record_id (f->movement));
    }
}

static void
test_zone_of_a_place (void)
{
  g_assert_cmpstr (hw_travel_zone_of_place ("KWI"), ==, "Asia/Kuwait");
  g_assert_cmpstr (hw_travel_zone_of_place ("add"), ==, "Africa/Addis_Ababa");
  g_assert_cmpstr (hw_travel_zone_of_place ("Kigoma, TZ"), ==, "Africa/Dar_es_Salaam");
  g_assert_null (hw_travel_zone_of_place ("Kigoma"));
  g_assert_null (hw_travel_zone_of_place (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/travel/connection/each-kind-of-change", test_connections);
  g_test_add_func ("/travel/connection/real-minutes-in-any-zone", test_any_change_in_any_zone);
  g_test_add_func ("/travel/zone-of-a-place", test_zone_of_a_place);
  g_test_add_func ("/travel/total-and-words", test_total_and_words);
  g_test_add_func ("/travel/hold/counts-down", test_hold);
  g_test_add_func ("/travel/hold/ends-once", test_hold_ends_once);
  g_test_add_func ("/travel/missed/connection", test_missed_connection);
  g_test_add_func ("/travel/who-stays-is-not-rebooked", test_who_stays_is_not_rebooked);
  g_test_add_func ("/travel/missed/keeps-the-old-itinerary",
                   test_left_behind_keeps_the_old_itinerary);
  g_test_add_func ("/travel/reception/a-new-time-is-asked-again",
                   test_new_time_asks_reception_again);
  g_test_add_func ("/travel/reception/handshake", test_handshake);
  g_test_add_func ("/travel/notices", test_notices);
  g_test_add_func ("/travel/escorts", test_escorts);
  g_test_add_func ("/travel/group/one-cancels-the-others-stay", test_one_of_a_group_cancels);
  return g_test_run ();
}
