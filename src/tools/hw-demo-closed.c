/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Closed cases of the two years before, made from one seed, so that the numbers of Insights have
 * something under them. The same on every machine and every day, but for the day they are counted from.
 */
#define G_LOG_DOMAIN "homeward-tools"

#include "tools/hw-demo-private.h"

#define SEED 20261124
#define CASES_AT_ONCE 40
#define FIRST_AGE_DAYS 420 /* the youngest was opened that long ago */
#define AGES_DAYS 300
#define DAY_US (G_TIME_SPAN_DAY)

typedef struct
{
  const char *country, *place;
} Place;

static const Place places[]
  = { { "KW", "Hawalli" }, { "KW", "Salmiya" },  { "SA", "Riyadh" }, { "SA", "Jeddah" },  { "OM", "Muscat" },
      { "AE", "Dubai" },   { "AE", "Sharjah" },  { "QA", "Doha" },   { "BH", "Manama" },  { "LB", "Beirut" },
      { "KE", "Nairobi" }, { "KE", "Mombasa" },  { "UG", "Kampala" },{ "TZ", "Kigoma" },  { "ZM", "Lusaka" } };

static const char *const names[]
  = { "Agnès", "Bella", "Carine", "Denise", "Émelyne", "Fidès", "Gloria", "Huguette", "Inès", "Jeannette",
      "Kévine", "Lydia", "Médiatrice", "Nadège", "Olive", "Pélagie", "Rachel", "Sandrine", "Thérèse", "Vestine" };

static const char *const provinces[]
  = { "Ngozi", "Kayanza", "Muyinga", "Cibitoke", "Gitega", "Rumonge", "Ruyigi", "Bururi", "Karuzi", "Makamba" };

static const char *const reasons[]
  = { "completed", "completed", "completed", "completed", "survivor_declined", "returned_independently",
      "lost_contact", "transferred", "stayed_abroad" };

typedef struct
{
  HwDemo *demo;
  GRand *dice;
  HwChangeSet *set; /* (owned) */
  const char *office, *owner;
} Maker;

static const char *
pick (Maker *maker, const char *const *from, guint n)
{
  return from[g_rand_int_range (maker->dice, 0, (gint32) n)];
}

static HwOperation *
begin (Maker *maker, HwTypeId type, const char *case_id, const char *record, gint64 at_us)
{
  return hw_demo_operation (maker->demo, HW_ACTION_CREATE, type, record, case_id, at_us);
}

static void
set_pair (HwOperation *operation, HwFieldId field, const char *text, const char *unit)
{
  g_autoptr (HwValue) value = hw_value_new_pair (text, unit);

  hw_operation_set (operation, field, value, 0);
}

/* How a person does, in steps. */
static void
set_score (Maker *maker, HwOperation *operation, HwFieldId field)
{
  g_autoptr (HwValue) value = hw_value_new_integer (g_rand_int_range (maker->dice, 0, 4));

  hw_operation_set (operation, field, value, 0);
}

static void
add_person (Maker *maker, const char *case_id, const char *key, const char *given, const char *opened, gint64 at_us)
{
  g_autofree char *name = g_strconcat (key, "/person", NULL);
  g_autofree char *id = hw_demo_id ("closed", name);
  g_autofree char *birth = hw_date_add_days (opened, -365 * g_rand_int_range (maker->dice, 19, 45));
  HwOperation *operation = begin (maker, HW_TYPE_ID_PERSON, case_id, id, at_us);

  hw_operation_set_text (operation, HW_FIELD_PERSON_ROLE, "survivor", 0);
  hw_operation_set_text (operation, HW_FIELD_PERSON_GIVEN_NAMES, given, 0);
  hw_operation_set_text (operation, HW_FIELD_PERSON_GENDER,
                         g_rand_int_range (maker->dice, 0, 10) < 8 ? "feminine" : "masculine", 0);
  hw_operation_set_text (operation, HW_FIELD_PERSON_ORIGIN_PROVINCE,
                         pick (maker, provinces, G_N_ELEMENTS (provinces)), 0);
  set_pair (operation, HW_FIELD_PERSON_BIRTH_DATE, birth, "year");
  hw_change_set_add (maker->set, operation);
}

static void
add_journey (Maker *maker, const char *case_id, const char *key, const char *arrived, gint64 at_us)
{
  g_autofree char *name = g_strconcat (key, "/movement", NULL);
  g_autofree char *id = hw_demo_id ("closed", name);
  g_autofree char *at = g_strconcat (arrived, "T09:00:00Z", NULL);
  HwOperation *operation = begin (maker, HW_TYPE_ID_MOVEMENT, case_id, id, at_us);

  hw_operation_set_text (operation, HW_FIELD_MOVEMENT_MODE, "air", 0);
  hw_operation_set_text (operation, HW_FIELD_MOVEMENT_STATUS, "arrived", 0);
  hw_operation_set_text (operation, HW_FIELD_MOVEMENT_ARRIVED_AT, at, 0);
  hw_change_set_add (maker->set, operation);
}

static void
add_visit (Maker *maker, const char *case_id, const char *key, const char *due, gint64 at_us)
{
  g_autofree char *name = g_strconcat (key, "/visit", NULL);
  g_autofree char *id = hw_demo_id ("closed", name);
  HwOperation *operation = begin (maker, HW_TYPE_ID_FOLLOW_UP, case_id, id, at_us);

  hw_operation_set_text (operation, HW_FIELD_FOLLOW_UP_DUE_ON, due, 0);
  hw_operation_set_text (operation, HW_FIELD_FOLLOW_UP_STATUS, "done", 0);
  set_score (maker, operation, HW_FIELD_FOLLOW_UP_ECONOMIC);
  set_score (maker, operation, HW_FIELD_FOLLOW_UP_SOCIAL);
  hw_change_set_add (maker->set, operation);
}

static void
add_header (Maker *maker, const char *case_id, const char *code, const char *pseudonym, const char *opened,
            const char *closed, const char *reason, gint64 at_us)
{
  const Place *place = &places[g_rand_int_range (maker->dice, 0, G_N_ELEMENTS (places))];
  HwOperation *operation = begin (maker, HW_TYPE_ID_CASE, case_id, case_id, at_us);

  hw_operation_set_text (operation, HW_FIELD_CASE_CODE, code, 0);
  hw_operation_set_text (operation, HW_FIELD_CASE_PSEUDONYM, pseudonym, 0);
  hw_operation_set_text (operation, HW_FIELD_CASE_STATUS, "closed", 0);
  hw_operation_set_text (operation, HW_FIELD_CASE_URGENCY, "low", 0);
  hw_operation_set_text (operation, HW_FIELD_CASE_OWNER, maker->owner, 0);
  hw_operation_set_text (operation, HW_FIELD_CASE_OFFICE, maker->office, 0);
  hw_operation_set_text (operation, HW_FIELD_CASE_OPENED_ON, opened, 0);
  hw_operation_set_text (operation, HW_FIELD_CASE_SOURCE, "helpline", 0);
  hw_operation_set_text (operation, HW_FIELD_CASE_LOCATION_COUNTRY, place->country, 0);
  hw_operation_set_text (operation, HW_FIELD_CASE_LOCATION_PLACE, place->place, 0);
  hw_operation_set_text (operation, HW_FIELD_CASE_NATIONALITY, "BI", 0);
  hw_operation_set_text (operation, HW_FIELD_CASE_CLOSURE_REASON, reason, 0);
  hw_operation_set_text (operation, HW_FIELD_CASE_CLOSED_ON, closed, 0);
  hw_change_set_add (maker->set, operation);
}

static void
add_case (Maker *maker, guint n)
{
  gint age = FIRST_AGE_DAYS + g_rand_int_range (maker->dice, 0, AGES_DAYS);
  g_autofree char *key = g_strdup_printf ("%u", n);
  g_autofree char *case_id = hw_demo_id ("closed", key);
  g_autofree char *opened = hw_date_add_days (maker->demo->today, -age);
  g_autofree char *arrived = hw_date_add_days (opened, g_rand_int_range (maker->dice, 20, 90));
  g_autofree char *visited = hw_date_add_months (arrived, 6);
  g_autofree char *closed = hw_date_add_days (visited, g_rand_int_range (maker->dice, 1, 40));
  const char *given = pick (maker, names, G_N_ELEMENTS (names));
  const char *reason = pick (maker, reasons, G_N_ELEMENTS (reasons));
  g_autofree char *pseudonym = g_strdup_printf ("%s %c.", given, 'A' + g_rand_int_range (maker->dice, 0, 26));
  /* Numbered apart from the ten stories, which keep the first numbers of the year. */
  g_autofree char *code = g_strdup_printf ("HW-BI-%.2s-%04u", opened + 2, n + 101);
  gint64 at_us = hw_clock_now (hw_store_clock (maker->demo->store)) - (gint64) age * DAY_US;

  add_header (maker, case_id, code, pseudonym, opened, closed, reason, at_us);
  add_person (maker, case_id, key, given, opened, at_us);
  if (!g_str_equal (reason, "completed"))
    return;
  add_journey (maker, case_id, key, arrived, at_us);
  add_visit (maker, case_id, key, visited, at_us);
}

gboolean
hw_demo_load_closed (HwDemo *demo, guint count, GError **error)
{
  g_autoptr (GRand) dice = g_rand_new_with_seed (SEED);
  g_autofree char *office = hw_demo_id ("directory", "office-bujumbura");
  g_autofree char *owner = hw_demo_id ("user", "caseworker");
  g_autoptr (HwActor) actor = hw_demo_actor ("caseworker");
  Maker maker = { .demo = demo, .dice = dice, .office = office, .owner = owner };

  demo->scope = "closed";
  demo->n = 0;
  for (guint n = 0; n < count; n += CASES_AT_ONCE)
    {
      gboolean done;

      maker.set = hw_change_set_new (HW_ORIGIN_SYSTEM, actor);
      for (guint i = n; i < MIN (count, n + CASES_AT_ONCE); i++)
        add_case (&maker, i);
      done = hw_demo_commit (demo, maker.set, error);
      g_clear_object (&maker.set);
      if (!done)
        return FALSE;
    }
  return TRUE;
}
