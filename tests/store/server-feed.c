/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The feed misses nothing and repeats nothing, whatever the size of a page and whoever writes meanwhile.
 */
#include "server-fixture.h"

#define COMMITTERS 3
#define RECORDS_EACH 60

/* A history with everything in it: cases entering, leaving, narrowing, records changed and deleted. */
static void
make_history (Fixture *fixture, const char *owner)
{
  const char *first = fixture_case (fixture, owner), *second = fixture_case (fixture, owner);
  const char *note = NULL;

  for (guint i = 0; i < 4; i++)
    {
      note = fixture_create (fixture, HW_TYPE_ID_NOTE, first, HW_FIELD_NOTE_TEXT, "One", HW_FIELD_NONE);
      fixture_create (fixture, HW_TYPE_ID_PLACEMENT, second, HW_FIELD_PLACEMENT_PLACE, "House", HW_FIELD_NONE);
    }
  fixture_delete (fixture, HW_TYPE_ID_NOTE, note, first);
  fixture_create (fixture, HW_TYPE_ID_CLINICAL_NOTE, first, HW_FIELD_CLINICAL_NOTE_TEXT, "Never shown", HW_FIELD_NONE);
  fixture_update (fixture, HW_TYPE_ID_CASE, second, second, HW_FIELD_CASE_OWNER,
                  "018f0000-0000-7000-8000-00000000cafe", HW_FIELD_NONE);
  fixture_update (fixture, HW_TYPE_ID_CASE, first, first, HW_FIELD_CASE_LOCATION_PLACE, "Hawalli", HW_FIELD_NONE);
}

static void
check_every_limit (Fixture *fixture, HwActor *reader)
{
  HwFeedPosition start = { 0 };
  g_autofree char *whole = fixture_read_ids (fixture, reader, &start, 1000);

  g_assert_cmpstr (whole, !=, "");
  for (guint limit = 1; limit <= 20; limit++)
    {
      HwFeedPosition position = { 0 };
      g_autofree char *paged = fixture_read_ids (fixture, reader, &position, limit);

      g_assert_cmpstr (paged, ==, whole);
    }
}

static void
test_every_page_size_gives_the_same (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) caseworker = fixture_actor (fixture, HW_ROLE_CASEWORKER);
  g_autoptr (HwActor) supervisor = NULL;

  make_history (fixture, caseworker->user);
  check_every_limit (fixture, caseworker);
  /* An account made afterwards sees everything under one number. */
  supervisor = fixture_actor (fixture, HW_ROLE_SUPERVISOR);
  check_every_limit (fixture, supervisor);
}

static void
test_every_page_size_gives_a_mission_the_same (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) liaison = fixture_actor (fixture, HW_ROLE_EMBASSY_LIAISON);

  for (guint i = 0; i < 4; i++)
    {
      const char *case_id = fixture_case (fixture, NULL);
      const char *request
        = fixture_create (fixture, HW_TYPE_ID_EMBASSY_REQUEST, case_id, HW_FIELD_EMBASSY_REQUEST_MISSION,
                          i == 3 ? fixture->other_mission : fixture->mission, HW_FIELD_EMBASSY_REQUEST_STATUS, "sent",
                          HW_FIELD_NONE);

      for (guint n = 0; n < 3; n++)
        fixture_create (fixture, HW_TYPE_ID_EMBASSY_MESSAGE, case_id, HW_FIELD_EMBASSY_MESSAGE_REQUEST, request,
                        HW_FIELD_EMBASSY_MESSAGE_TEXT, "Text", HW_FIELD_NONE);
    }
  check_every_limit (fixture, liaison);
}

static void
test_unreadable_types_stay_out (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) caseworker = fixture_actor (fixture, HW_ROLE_CASEWORKER);
  HwFeedPosition position = { 0 };
  g_autofree char *seen = NULL;

  make_history (fixture, caseworker->user);
  seen = fixture_read (fixture, caseworker, &position, 100);
  g_assert_null (strstr (seen, "clinical_note"));
  g_assert_nonnull (strstr (seen, "delete:note"));
  g_assert_nonnull (strstr (seen, "purge"));
}

/* A run is pinned: what changes while it is read comes in the next run, and is not missed. */
static void
test_change_in_mid_page_comes_in_the_next_run (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) reader = fixture_actor (fixture, HW_ROLE_CASEWORKER);
  const char *case_id = fixture_case (fixture, reader->user);
  const char *person = fixture_create (fixture, HW_TYPE_ID_PERSON, case_id, HW_FIELD_PERSON_GIVEN_NAMES, "Aline", HW_FIELD_NONE);
  HwFeedPosition position = { 0 };
  guint64 upper = hw_store_head (fixture->store);
  gboolean more = TRUE;
  g_autoptr (GPtrArray) page = hw_store_read_feed (fixture->store, reader, &position, upper, 2, &more, NULL);
  g_autofree char *next = NULL;

  g_assert_cmpuint (page->len, ==, 2);
  fixture_update (fixture, HW_TYPE_ID_PERSON, person, case_id, HW_FIELD_PERSON_FAMILY_NAME, "N.", HW_FIELD_NONE);
  while (more)
    {
      g_autoptr (GPtrArray) rest = hw_store_read_feed (fixture->store, reader, &position, upper, 2, &more, NULL);

      for (guint i = 0; i < rest->len; i++)
        g_assert_cmpint (((HwFeedEntry *) g_ptr_array_index (rest, i))->type, !=, HW_TYPE_ID_PERSON);
    }
  next = fixture_read (fixture, reader, &position, 10);
  g_assert_cmpstr (next, ==, "put:person");
}

static void
test_head_for_moves_only_for_who_may_see (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) caseworker = fixture_actor (fixture, HW_ROLE_CASEWORKER);
  g_autoptr (HwActor) medical = fixture_actor (fixture, HW_ROLE_MEDICAL);
  const char *case_id = fixture_case (fixture, caseworker->user);
  guint64 caseworker_head = hw_store_head_for (fixture->store, caseworker);
  guint64 medical_head = hw_store_head_for (fixture->store, medical);

  fixture_create (fixture, HW_TYPE_ID_CLINICAL_NOTE, case_id, HW_FIELD_CLINICAL_NOTE_TEXT, "Strict", HW_FIELD_NONE);
  g_assert_cmpuint (hw_store_head_for (fixture->store, caseworker), ==, caseworker_head);
  fixture_create (fixture, HW_TYPE_ID_PERSON, case_id, HW_FIELD_PERSON_GIVEN_NAMES, "Aline", HW_FIELD_NONE);
  g_assert_cmpuint (hw_store_head_for (fixture->store, caseworker), ==, hw_store_head (fixture->store));
  g_assert_cmpuint (hw_store_head_for (fixture->store, medical), ==, medical_head);
  fixture_create (fixture, HW_TYPE_ID_ORGANISATION, NULL, HW_FIELD_ORGANISATION_NAME, "Shelter", HW_FIELD_NONE);
  g_assert_cmpuint (hw_store_head_for (fixture->store, medical), ==, hw_store_head (fixture->store));
}

static void
count_commit (guint64 seq, gpointer data)
{
  guint64 *last = data;

  g_assert_cmpuint (seq, >, *last);
  *last = seq;
}

static void
test_numbers_survive_reopening (Fixture *fixture, gconstpointer data)
{
  guint64 head, told = 0;
  g_autofree char *epoch = g_strdup (hw_store_epoch (fixture->store));

  hw_store_set_commit_notify (fixture->store, count_commit, &told);
  fixture_case (fixture, NULL);
  head = hw_store_head (fixture->store);
  g_assert_cmpuint (told, ==, head);
  fixture_reopen (fixture);
  /* A reader may hold the old head as its place: no number up to it is given again. */
  g_assert_cmpuint (hw_store_head (fixture->store), >=, head);
  head = hw_store_head (fixture->store);
  g_assert_cmpstr (hw_store_epoch (fixture->store), ==, epoch);
  fixture_case (fixture, NULL);
  g_assert_cmpuint (hw_store_head (fixture->store), >, head);
}

/* ---- Writers and a reader at once ---- */

typedef struct
{
  Fixture *fixture;
  const char *case_id;
} Committer;

static gpointer
commit_many (gpointer data)
{
  Committer *committer = data;

  for (guint i = 0; i < RECORDS_EACH; i++)
    fixture_create (committer->fixture, HW_TYPE_ID_PLACEMENT, committer->case_id, HW_FIELD_PLACEMENT_PLACE, "House",
                    HW_FIELD_NONE);
  return NULL;
}

static void
read_run (Fixture *fixture, HwActor *reader, HwFeedPosition *position, GHashTable *seen)
{
  guint64 upper = hw_store_head (fixture->store);
  gboolean more = TRUE;

  while (more)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) page
        = hw_store_read_feed (fixture->store, reader, position, upper, 7, &more, &error);

      g_assert_no_error (error);
      for (guint i = 0; i < page->len; i++)
        {
          const HwFeedEntry *entry = g_ptr_array_index (page, i);

          if (entry->type != HW_TYPE_ID_PLACEMENT)
            continue;
          g_assert_false (g_hash_table_contains (seen, entry->id));
          g_hash_table_add (seen, g_strdup (entry->id));
        }
    }
}

static void
test_concurrent_writers_hide_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) reader = fixture_actor (fixture, HW_ROLE_CASEWORKER);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  HwFeedPosition position = { 0 };
  Committer committers[COMMITTERS];
  GThread *threads[COMMITTERS];

  for (guint i = 0; i < COMMITTERS; i++)
    {
      committers[i] = (Committer) { fixture, fixture_case (fixture, reader->user) };
      threads[i] = g_thread_new ("committer", commit_many, &committers[i]);
    }
  while (g_hash_table_size (seen) < COMMITTERS * RECORDS_EACH / 2)
    read_run (fixture, reader, &position, seen);
  for (guint i = 0; i < COMMITTERS; i++)
    g_thread_join (threads[i]);
  read_run (fixture, reader, &position, seen);
  g_assert_cmpuint (g_hash_table_size (seen), ==, COMMITTERS * RECORDS_EACH);
}

#define TEST(path, function) g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST ("/feed/every-page-size-gives-the-same", test_every_page_size_gives_the_same);
  TEST ("/feed/every-page-size-gives-a-mission-the-same", test_every_page_size_gives_a_mission_the_same);
  TEST ("/feed/unreadable-types-stay-out", test_unreadable_types_stay_out);
  TEST ("/feed/change-in-mid-page-comes-in-the-next-run", test_change_in_mid_page_comes_in_the_next_run);
  TEST ("/feed/head-moves-only-for-who-may-see", test_head_for_moves_only_for_who_may_see);
  TEST ("/feed/numbers-survive-reopening", test_numbers_survive_reopening);
  TEST ("/feed/concurrent-writers-hide-nothing", test_concurrent_writers_hide_nothing);
  return g_test_run ();
}
