/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * bench-store DIR N: the desktop's store with N cases in the profile DIR (made where it is missing): a
 * search per key, the saving of a field and the reading of a case with 200 records, each beside what
 * SQLite alone takes for it on the same disk.
 */
#include "store/hw-case-list.h"
#include "tests/bench/bench-figures.h"
#include "store/hw-outbox.h"
#include "tests/bench/bench-profile.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <stdlib.h>

#define SEARCHES 60
#define MAX_KEYS 6
#define SAVES 200
#define OPENINGS 50
#define BIG_CASE_RECORDS 200
#define SHOWN_ROWS 20

typedef struct
{
  HwStore *store;     /* (owned) */
  HwActor *actor;     /* (owned) */
  BenchData *data;    /* (owned) */
  HwVault *vault;     /* (owned) */
  char *database;     /* (owned) */
  HwDb *bare;         /* (owned) the same file, read by nobody's rules */
  guint n_cases;
} Bench;

/* ---- Search ---- */

static void
answer (HwCaseList *list)
{
  while (hw_case_list_busy (list))
    g_main_context_iteration (NULL, TRUE);
}

static void
fill_rows (HwCaseList *list)
{
  guint n = MIN (g_list_model_get_n_items (G_LIST_MODEL (list)), SHOWN_ROWS);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (HwCaseRow) row = g_list_model_get_item (G_LIST_MODEL (list), i);

      while (!hw_case_row_is_loaded (row))
        g_main_context_iteration (NULL, TRUE);
    }
}

static double
search_bare (Bench *bench, const char *typed)
{
  g_autofree char *words = hw_fold_query (typed);
  double began = bench_now_ms ();
  HwStatement *statement
    = hw_db_prepare (bench->bare, "SELECT rowid FROM search WHERE search MATCH $1 LIMIT 600");

  hw_statement_bind_text (statement, 1, words);
  while (hw_statement_step (statement, NULL))
    continue;
  hw_statement_reset (statement);
  return bench_now_ms () - began;
}

static void
type_word (Bench *bench, HwCaseList *list, const char *word, BenchSeries **series)
{
  guint keys = MIN ((guint) g_utf8_strlen (word, -1), MAX_KEYS);

  for (guint i = 1; i <= keys; i++)
    {
      g_autofree char *typed = g_utf8_substring (word, 0, i);
      HwCaseFilter filter = { .search = typed };
      double began = bench_now_ms ();

      hw_case_list_set_filter (list, &filter);
      answer (list);
      bench_series_add (series[0], bench_now_ms () - began);
      fill_rows (list);
      bench_series_add (series[1], bench_now_ms () - began);
      bench_series_add (series[2], search_bare (bench, typed));
    }
}

static void
measure_search (Bench *bench)
{
  g_autoptr (HwCaseList) list = hw_case_list_new (bench->store);
  g_autoptr (BenchSeries) answered = bench_series_new ();
  g_autoptr (BenchSeries) filled = bench_series_new ();
  g_autoptr (BenchSeries) bare = bench_series_new ();
  BenchSeries *series[] = { answered, filled, bare };
  g_autofree char *what = NULL, *floor = NULL, *figure = NULL, *remark = NULL;

  answer (list);
  for (guint i = 0; i < SEARCHES; i++)
    type_word (bench, list, bench_data_word (bench->data), series);
  what = g_strdup_printf ("search per key, %u cases, p50 / p95, ms", bench->n_cases);
  floor = g_strdup_printf ("%.2f / %.2f (bare FTS5)", bench_series_at (bare, 0.5), bench_series_at (bare, 0.95));
  figure = g_strdup_printf ("%.2f / %.2f", bench_series_at (answered, 0.5), bench_series_at (answered, 0.95));
  remark = g_strdup_printf ("%u rows filled: %.2f / %.2f", SHOWN_ROWS, bench_series_at (filled, 0.5),
                            bench_series_at (filled, 0.95));
  bench_row (what, "p95 ≤ 16, ≤ 1.3 × floor", floor, figure, remark);
}

/* ---- Saving a field ---- */

static char *
any_case (Bench *bench)
{
  HwStatement *statement
    = hw_db_prepare (bench->bare, "SELECT case_id FROM case_summary WHERE closed = 0 ORDER BY random() LIMIT 1");
  char *id;

  if (!hw_statement_step (statement, NULL))
    bench_fail ("no case", NULL);
  id = g_strdup (hw_statement_text (statement, 0));
  hw_statement_reset (statement);
  return id;
}

static double
save_field (Bench *bench, const char *case_id, const char *text)
{
  g_autoptr (HwRecord) record = hw_store_get_record (bench->store, HW_TYPE_ID_CASE, case_id, NULL);
  g_autoptr (HwChangeSet) changes = hw_change_set_new (HW_ORIGIN_LOCAL, bench->actor);
  g_autofree char *id = bench_data_id (bench->data);
  HwOperation *operation = hw_operation_new (id, HW_ACTION_UPDATE, HW_TYPE_ID_CASE, case_id, case_id);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;
  double began;

  operation->at = g_strdup ("2026-11-24T15:00:00+02:00");
  hw_operation_set_text (operation, HW_FIELD_CASE_LOCATION_PLACE, text,
                         hw_record_field_rev (record, HW_FIELD_CASE_LOCATION_PLACE));
  hw_change_set_add (changes, operation);
  began = bench_now_ms ();
  results = hw_store_commit (bench->store, changes, &error);
  began = bench_now_ms () - began;
  if (results == NULL || ((HwResult *) g_ptr_array_index (results, 0))->status == HW_RESULT_REFUSED)
    bench_fail ("a field was not saved", error);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  return began;
}

static HwDb *
open_bare_copy (Bench *bench, char **path)
{
  g_autoptr (GError) error = NULL;
  HwDb *db;

  *path = g_strconcat (bench->database, ".bare", NULL);
  db = hw_db_open_in_vault (bench->vault, *path, HW_DB_CREATE, &error);
  if (db == NULL
      || !hw_db_exec (db,
                      "CREATE TABLE plain (id INTEGER PRIMARY KEY, place TEXT) STRICT;"
                      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)"
                      " INSERT INTO plain SELECT i, 'Farwaniya' FROM n",
                      &error))
    bench_fail ("bare file", error);
  return db;
}

static double
save_bare (HwDb *db, guint n, const char *text)
{
  double began = bench_now_ms ();
  HwStatement *statement = hw_db_prepare (db, "UPDATE plain SET place = $2 WHERE id = $1");
  g_autoptr (GError) error = NULL;

  hw_statement_bind_integer (statement, 1, n * 37 % 10000 + 1);
  hw_statement_bind_text (statement, 2, text);
  if (!hw_db_begin (db, &error) || !hw_statement_run (statement, &error) || !hw_db_commit (db, &error))
    bench_fail ("bare update", error);
  return bench_now_ms () - began;
}

static void
remove_bare_copy (HwDb *db, const char *path)
{
  static const char *const ends[] = { "", "-wal", "-shm" };

  hw_db_close (db);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *file = g_strconcat (path, ends[i], NULL);

      g_unlink (file);
    }
}

static void
measure_saving (Bench *bench)
{
  g_autoptr (BenchSeries) saved = bench_series_new ();
  g_autoptr (BenchSeries) bare = bench_series_new ();
  g_autofree char *path = NULL, *what = NULL, *floor = NULL, *figure = NULL;
  HwDb *db = open_bare_copy (bench, &path);

  for (guint i = 0; i < SAVES; i++)
    {
      g_autofree char *case_id = any_case (bench);
      g_autofree char *text = g_strdup_printf ("House %u", i);

      bench_series_add (saved, save_field (bench, case_id, text));
      bench_series_add (bare, save_bare (db, i, text));
    }
  remove_bare_copy (db, path);
  what = g_strdup_printf ("save a field, %u cases, p50 / p95, ms", bench->n_cases);
  floor = g_strdup_printf ("%.2f / %.2f (bare durable UPDATE)", bench_series_at (bare, 0.5), bench_series_at (bare, 0.95));
  figure = g_strdup_printf ("%.2f / %.2f", bench_series_at (saved, 0.5), bench_series_at (saved, 0.95));
  bench_row (what, "≤ 16.7 + floor", floor, figure, "hw_store_commit: judged, history, search text, outbox, fsync");
}

/* ---- Opening a case ---- */

static char *
big_case (Bench *bench)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) hw_item_free);
  g_autoptr (GPtrArray) records = bench_data_next_case (bench->data);
  g_autoptr (GError) error = NULL;
  char *case_id = g_strdup (hw_record_id (g_ptr_array_index (records, 0)));

  while (records->len < BIG_CASE_RECORDS)
    g_ptr_array_add (records, bench_data_contact (bench->data, case_id));
  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (items, bench_item (g_ptr_array_index (records, i)));
  if (!hw_store_apply_page (bench->store, items, "bench", TRUE, &error))
    bench_fail ("a large case", error);
  return case_id;
}

static double
open_bare (Bench *bench, const char *case_id)
{
  double began = bench_now_ms ();

  for (guint type = HW_TYPE_ID_NONE + 1; type < HW_N_TYPE_IDS; type++)
    {
      const HwTypeDef *def = hw_schema_type ((HwTypeId) type);
      g_autofree char *sql = g_strdup_printf ("SELECT * FROM r_%s WHERE %s = $1", def->name,
                                              def->id == HW_TYPE_ID_CASE ? "id" : "case_id");
      HwStatement *statement = hw_db_prepare (bench->bare, sql);

      hw_statement_bind_text (statement, 1, case_id);
      while (def->root != HW_ROOT_NONE && hw_statement_step (statement, NULL))
        for (guint column = 0; column < def->n_fields + 9; column++)
          hw_statement_text (statement, column);
      hw_statement_reset (statement);
    }
  return bench_now_ms () - began;
}

static void
measure_opening (Bench *bench)
{
  g_autoptr (BenchSeries) opened = bench_series_new ();
  g_autoptr (BenchSeries) bare = bench_series_new ();
  g_autofree char *case_id = big_case (bench);
  g_autofree char *what = NULL, *floor = NULL, *figure = NULL;

  for (guint i = 0; i < OPENINGS; i++)
    {
      double began = bench_now_ms ();
      g_autoptr (GError) error = NULL;
      HwCaseFile *file = hw_store_load_case (bench->store, case_id, &error);

      if (file == NULL)
        bench_fail ("a case was not read", error);
      bench_series_add (opened, bench_now_ms () - began);
      g_object_unref (file);
      bench_series_add (bare, open_bare (bench, case_id));
    }
  what = g_strdup_printf ("read a case with %u records, %u cases, p50 / p95, ms", BIG_CASE_RECORDS, bench->n_cases);
  floor = g_strdup_printf ("%.2f / %.2f (the same rows)", bench_series_at (bare, 0.5), bench_series_at (bare, 0.95));
  figure = g_strdup_printf ("%.2f / %.2f", bench_series_at (opened, 0.5), bench_series_at (opened, 0.95));
  bench_row (what, "≤ 50", floor, figure, "hw_store_load_case");
}

static void
open_bench (Bench *bench, const char *directory)
{
  g_autoptr (HwProfile) profile = NULL;
  g_autoptr (HwClock) clock = hw_clock_new_fixed (BENCH_NOW);
  g_autoptr (GError) error = NULL;

  profile = bench_profile_open (directory, bench->n_cases, &bench->vault, &error);
  if (profile == NULL)
    bench_fail (directory, error);
  bench->database = hw_profile_database (bench->vault);
  bench->store = hw_store_open_in_vault (bench->vault, bench->database, clock, &error);
  if (bench->store == NULL)
    bench_fail (bench->database, error);
  bench->actor = bench_actor ();
  hw_store_set_actor (bench->store, bench->actor);
  bench->bare = hw_db_open_in_vault (bench->vault, bench->database, HW_DB_READ_ONLY, &error);
  if (bench->bare == NULL)
    bench_fail (bench->database, error);
  /* Another seed than the one the file was filled from: its ids are new. */
  bench->data = bench_data_new (BENCH_SEED + (guint32) g_get_monotonic_time ());
}

int
main (int argc, char **argv)
{
  Bench bench = { 0 };

  setlocale (LC_ALL, "");
  if (argc != 3)
    {
      g_printerr ("Usage: %s DIRECTORY CASES\n", argv[0]);
      return EXIT_FAILURE;
    }
  bench.n_cases = (guint) g_ascii_strtoull (argv[2], NULL, 10);
  open_bench (&bench, argv[1]);
  measure_search (&bench);
  measure_saving (&bench);
  measure_opening (&bench);
  hw_db_close (bench.bare);
  hw_store_close (bench.store);
  g_object_unref (bench.store);
  g_object_unref (bench.vault);
  hw_actor_free (bench.actor);
  bench_data_free (bench.data);
  g_free (bench.database);
  return EXIT_SUCCESS;
}
