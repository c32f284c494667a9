/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * bench-vault DIRECTORY ROWS [PROFILE CASES]: the same work on a plain SQLite file and on one in a vault, taken in turn: rows
 * with full text written in transactions of 1,000, points read, all read, words searched for. Then what unlocking a
 * profile with so many cases costs, made where it is missing: the key's derivation, and the rest.
 */
#include "store/hw-db.h"
#include "tests/bench/bench-figures.h"
#include "store/hw-kept.h"
#include "tests/bench/bench-profile.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <stdlib.h>

#define BATCH 1000
#define POINTS 20000
#define SEARCHES 300
#define WORDS_A_ROW 25
#define UNLOCKS 11
#define PASSPHRASE "bench passphrase"

typedef struct
{
  const char *name;
  HwVault *vault; /* (owned) (nullable) plain */
  char *path;     /* (owned) */
  HwDb *db;       /* (owned) */
  double insert_ms, scan_ms;
  BenchSeries *points, *searches; /* (owned) */
} Side;

static void
exec (HwDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;

  if (!hw_db_exec (db, sql, &error))
    bench_fail (sql, error);
}

static void
open_side (Side *side)
{
  g_autoptr (GError) error = NULL;

  side->db = side->vault != NULL ? hw_db_open_in_vault (side->vault, side->path, HW_DB_CREATE, &error)
                                 : hw_db_open (side->path, HW_DB_CREATE, &error);
  if (side->db == NULL)
    bench_fail (side->path, error);
}

static char *
words_of (GRand *random)
{
  static const char *const words[] = { "arrived", "mother", "border", "camp", "medical", "shelter", "school", "uncle",
                                       "tracing", "request", "photo", "interview", "guardian", "consent", "travel",
                                       "document", "family", "visit", "Niyonzima", "Ndayishimiye", "Hakizimana" };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < WORDS_A_ROW; i++)
    g_string_append_printf (text, "%s ", words[g_rand_int_range (random, 0, G_N_ELEMENTS (words))]);
  return g_string_free (text, FALSE);
}

static void
insert_row (Side *side, guint i, const char *words)
{
  HwStatement *row = hw_db_prepare (side->db, "INSERT INTO c (id, code, notes) VALUES ($1, $2, $3)");
  HwStatement *text = hw_db_prepare (side->db, "INSERT INTO f (rowid, notes) VALUES ($1, $2)");
  g_autofree char *code = g_strdup_printf ("HW-BI-%06u", i);
  g_autoptr (GError) error = NULL;

  hw_statement_bind_integer (row, 1, i);
  hw_statement_bind_text (row, 2, code);
  hw_statement_bind_text (row, 3, words);
  hw_statement_bind_integer (text, 1, i);
  hw_statement_bind_text (text, 2, words);
  if (!hw_statement_run (row, &error) || !hw_statement_run (text, &error))
    bench_fail ("insert", error);
}

static void
insert (Side *side, guint n)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (4711);
  double began;

  exec (side->db, "CREATE TABLE c (id INTEGER PRIMARY KEY, code TEXT, notes TEXT) STRICT; CREATE UNIQUE INDEX cc ON c (code);"
                  "CREATE VIRTUAL TABLE f USING fts5 (notes, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')");
  began = bench_now_ms ();
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *words = words_of (random);

      if (i % BATCH == 0)
        exec (side->db, "BEGIN");
      insert_row (side, i, words);
      if (i % BATCH == BATCH - 1 || i == n - 1)
        exec (side->db, "COMMIT");
    }
  exec (side->db, "PRAGMA wal_checkpoint(TRUNCATE)");
  side->insert_ms = bench_now_ms () - began;
}

static void
scan (Side *side)
{
  HwStatement *statement;
  double began;

  hw_db_close (side->db);
  open_side (side);
  began = bench_now_ms ();
  statement = hw_db_prepare (side->db, "SELECT sum(length(notes)) FROM c");
  if (!hw_statement_step (statement, NULL))
    bench_fail ("scan", NULL);
  side->scan_ms = bench_now_ms () - began;
  hw_statement_reset (statement);
}

static void
read_points (Side *side, guint n)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (815);

  for (guint i = 0; i < POINTS; i++)
    {
      HwStatement *statement = hw_db_prepare (side->db, "SELECT notes FROM c WHERE id = $1");
      double began = bench_now_ms ();

      hw_statement_bind_integer (statement, 1, g_rand_int_range (random, 0, (gint32) n));
      if (!hw_statement_step (statement, NULL))
        bench_fail ("point", NULL);
      hw_statement_text (statement, 0);
      hw_statement_reset (statement);
      bench_series_add (side->points, (bench_now_ms () - began) * 1000);
    }
}

static void
search (Side *side)
{
  static const char *const asked[] = { "niy*", "gua*", "camp sch*", "haki* tracing", "mother uncle ph*" };

  for (guint i = 0; i < SEARCHES; i++)
    {
      HwStatement *statement = hw_db_prepare (side->db, "SELECT rowid FROM f WHERE f MATCH $1 LIMIT 50");
      double began = bench_now_ms ();

      hw_statement_bind_text (statement, 1, asked[i % G_N_ELEMENTS (asked)]);
      while (hw_statement_step (statement, NULL))
        ;
      bench_series_add (side->searches, (bench_now_ms () - began) * 1000);
    }
}

static void
tell (const char *what, double plain, double sealed, const char *format)
{
  char before[32], after[32], ratio[32];

  g_ascii_formatd (before, sizeof before, format, plain);
  g_ascii_formatd (after, sizeof after, format, sealed);
  g_snprintf (ratio, sizeof ratio, "%.2f ×", sealed / plain);
  bench_row (what, "beat SQLCipher", before, after, ratio);
}

static void
tell_series (const char *what, BenchSeries *plain, BenchSeries *sealed)
{
  g_autofree char *p50 = g_strdup_printf ("%s, p50, µs", what), *p95 = g_strdup_printf ("%s, p95, µs", what);

  tell (p50, bench_series_at (plain, 0.5), bench_series_at (sealed, 0.5), "%.1f");
  tell (p95, bench_series_at (plain, 0.95), bench_series_at (sealed, 0.95), "%.1f");
}

/* All that unlocking does before the window is filled; *derived: when the key was there. */
static double
unlock (HwProfile *profile, HwClock *clock, double *derived)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HwActor) actor = NULL;
  double began = bench_now_ms (), done;
  g_autoptr (HwVault) vault = hw_profile_open_vault (profile, BENCH_PASSWORD, &actor, &error);
  g_autoptr (HwStore) store = NULL;
  g_autofree char *path = vault != NULL ? hw_profile_database (vault) : NULL;

  *derived = bench_now_ms () - began;
  if (vault != NULL)
    store = hw_store_open_in_vault (vault, path, clock, &error);
  if (store != NULL)
    hw_store_set_actor (store, actor);
  if (store == NULL || !hw_store_prove_newest (store, &error) || !hw_store_sweep_contents (store, &error))
    bench_fail ("unlocking", error);
  done = bench_now_ms () - began;
  hw_store_close (store);
  return done;
}

/* The derivation is slow by design, and is the floor. */
static void
tell_unlocking (const char *directory, guint n)
{
  g_autoptr (HwVault) vault = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (HwProfile) profile = bench_profile_open (directory, n, &vault, &error);
  g_autoptr (HwClock) clock = hw_clock_new_system ();
  g_autoptr (BenchSeries) derivations = bench_series_new (), rests = bench_series_new ();
  g_autofree char *what = g_strdup_printf ("unlock with %u cases, p50, ms", n);
  g_autofree char *floor = NULL, *figure = NULL, *remark = NULL;

  if (profile == NULL)
    bench_fail (directory, error);
  hw_vault_lock (vault);
  for (guint i = 0; i < UNLOCKS; i++)
    {
      double derived, whole = unlock (profile, clock, &derived);

      bench_series_add (derivations, derived);
      bench_series_add (rests, whole - derived);
    }
  floor = g_strdup_printf ("%.0f (deriving the key)", bench_series_at (derivations, 0.5));
  figure = g_strdup_printf ("%.0f", bench_series_at (derivations, 0.5) + bench_series_at (rests, 0.5));
  remark = g_strdup_printf ("the rest %.0f, p95 %.0f", bench_series_at (rests, 0.5), bench_series_at (rests, 0.95));
  bench_row (what, "≤ floor + 100", floor, figure, remark);
}

int
main (int argc, char **argv)
{
  Side plain = { .name = "plain" }, sealed = { .name = "vault" };
  g_autoptr (GError) error = NULL;
  g_autofree char *what = NULL;
  guint n;

  setlocale (LC_ALL, "");
  if (argc != 3 && argc != 5)
    {
      g_printerr ("Usage: %s DIRECTORY ROWS [PROFILE CASES]\n", argv[0]);
      return EXIT_FAILURE;
    }
  n = (guint) g_ascii_strtoull (argv[2], NULL, 10);
  sealed.vault = hw_vault_create (argv[1], PASSPHRASE, &error);
  if (sealed.vault == NULL)
    bench_fail (argv[1], error);
  plain.path = g_build_filename (argv[1], "plain.db", NULL);
  sealed.path = g_build_filename (argv[1], "sealed.db", NULL);
  for (guint i = 0; i < 2; i++)
    {
      Side *side = i == 0 ? &plain : &sealed;

      side->points = bench_series_new ();
      side->searches = bench_series_new ();
      open_side (side);
      insert (side, n);
    }
  for (guint i = 0; i < 2; i++)
    {
      Side *side = i == 0 ? &plain : &sealed;

      scan (side);
      read_points (side, n);
      search (side);
      hw_db_close (side->db);
    }
  what = g_strdup_printf ("insert %u rows with full text, ms", n);
  tell (what, plain.insert_ms, sealed.insert_ms, "%.0f");
  tell ("full scan, ms", plain.scan_ms, sealed.scan_ms, "%.1f");
  tell_series ("point read", plain.points, sealed.points);
  tell_series ("search of a prefix", plain.searches, sealed.searches);
  if (argc == 5)
    tell_unlocking (argv[3], (guint) g_ascii_strtoull (argv[4], NULL, 10));
  return EXIT_SUCCESS;
}
