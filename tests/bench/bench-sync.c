/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * bench-sync SERVER LITERAL N [PART]: the real server as a process over loopback, N cases in it, per-role projection,
 * audit and durable commits on; and real desktops: first pull, one change, live push, a thousand offline
 * edits, fifty pollers, memory.
 */
#include "tests/bench/bench-figures.h"
#include "tests/bench/bench-load.h"
#include "tests/bench/bench-office.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "sync/hw-sync-codec.h"

#define FIRST_PULLS 3
#define CHANGES 60
#define OFFLINE_EDITS 1000
#define POLLERS 50
#define POLL_SECONDS 3.0
#define PAGE_LIMIT 2000

typedef struct
{
  BenchOffice *office;
  HwTransport *transport; /* (owned) of whoever writes */
  GPtrArray *case_ids;    /* (owned) */
  guint n_cases;
  double durable_ms;      /* of one bare durable write */
  const char *literal_program;
} Bench;

static HwActor *
supervisor (void)
{
  return hw_actor_new (BENCH_SUPERVISOR, "Supervisor", HW_ROLE_SUPERVISOR, BENCH_OFFICE, NULL, NULL);
}

static HwDb *
open_bare (Bench *bench, const char *name)
{
  g_autofree char *path = g_build_filename (bench->office->folder, name, NULL);
  g_autoptr (GError) error = NULL;
  HwDb *db = hw_db_open (path, HW_DB_CREATE, &error);

  if (db == NULL
      || !hw_db_exec (db,
                      "CREATE TABLE IF NOT EXISTS plain (id TEXT PRIMARY KEY, type TEXT, owner TEXT, rev INTEGER,"
                      " body TEXT) STRICT",
                      &error))
    bench_fail (path, error);
  return db;
}

static void
put_bare (HwDb *db, const char *id, const char *type, const char *owner, gint64 rev, const char *body)
{
  HwStatement *statement = hw_db_prepare (db, "INSERT INTO plain VALUES ($1, $2, $3, $4, $5)"
                                              " ON CONFLICT (id) DO UPDATE SET rev = $4, body = $5");
  g_autoptr (GError) error = NULL;

  hw_statement_bind_text (statement, 1, id);
  hw_statement_bind_text (statement, 2, type);
  hw_statement_bind_text (statement, 3, owner);
  hw_statement_bind_integer (statement, 4, rev);
  hw_statement_bind_text (statement, 5, body);
  if (!hw_statement_run (statement, &error))
    bench_fail ("bare write", error);
}

static void
commit_bare (HwDb *db)
{
  g_autoptr (GError) error = NULL;

  if (!hw_db_commit (db, &error))
    bench_fail ("bare commit", error);
}

static double
measure_durable_write (Bench *bench)
{
  g_autoptr (BenchSeries) series = bench_series_new ();
  g_autoptr (HwDb) db = open_bare (bench, "durable.db");

  for (guint i = 0; i < CHANGES; i++)
    {
      double began = bench_now_ms ();

      hw_db_begin (db, NULL);
      put_bare (db, "one", "case", BENCH_USER, i, "Farwaniya");
      commit_bare (db);
      bench_series_add (series, bench_now_ms () - began);
    }
  return bench_series_at (series, 0.5);
}

/* ---- First pull ---- */

/* All pages as the server gives them; *bytes: their size. */
static GPtrArray *
fetch_pages (Bench *bench, gsize *bytes)
{
  GPtrArray *pages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autofree char *cursor = g_strdup ("");
  gboolean more = TRUE;

  *bytes = 0;
  while (more)
    {
      g_autofree char *path = g_strdup_printf ("/v1/changes?limit=%u&cursor=%s", PAGE_LIMIT, cursor);
      g_autoptr (HwTransportReply) reply = bench_send (bench->transport, bench->office->worker_token, "GET", path, NULL);
      const char *text = g_bytes_get_data (reply->body, NULL);

      if (reply->status != 200 || !g_str_has_prefix (text, "{\"cursor\":\""))
        bench_fail ("a page", NULL);
      g_free (cursor);
      text += strlen ("{\"cursor\":\"");
      cursor = g_strndup (text, strcspn (text, "\""));
      more = g_str_has_prefix (text + strlen (cursor), "\",\"more\":true");
      *bytes += g_bytes_get_size (reply->body);
      g_ptr_array_add (pages, g_bytes_ref (reply->body));
    }
  return pages;
}

/* The end of the JSON object that begins at text. */
static const char *
object_end (const char *text)
{
  guint depth = 0;
  gboolean quoted = FALSE;

  for (const char *at = text;; at++)
    {
      if (quoted && *at == '\\')
        at++;
      else if (*at == '"')
        quoted = !quoted;
      else if (!quoted && *at == '{')
        depth++;
      else if (!quoted && *at == '}' && --depth == 0)
        return at + 1;
    }
}

/* Parses a page and keeps each item's text in one table: nothing less keeps what was sent. */
static void
take_page_bare (HwDb *db, GBytes *page)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  const char *text = strstr (g_bytes_get_data (page, NULL), "\"items\":[") + strlen ("\"items\":[");
  JsonArray *items;

  json_parser_load_from_data (parser, g_bytes_get_data (page, NULL), (gssize) g_bytes_get_size (page), NULL);
  items = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "items");
  hw_db_begin (db, NULL);
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonObject *item = json_array_get_object_element (items, i);
      const char *end = object_end (text);
      g_autofree char *body = g_strndup (text, (gsize) (end - text));

      put_bare (db, json_object_get_string_member (item, "id"), json_object_get_string_member (item, "type"),
                BENCH_USER, 1, body);
      text = end + 1;
    }
  commit_bare (db);
}

static double
parse_and_keep (Bench *bench, GPtrArray *pages)
{
  g_autoptr (HwDb) db = open_bare (bench, "pages.db");
  double began = bench_now_ms ();

  for (guint i = 0; i < pages->len; i++)
    take_page_bare (db, g_ptr_array_index (pages, i));
  return bench_now_ms () - began;
}

static double
pull_once (Bench *bench, guint n)
{
  g_autofree char *name = g_strdup_printf ("first-%u", n);
  BenchDesk *desk = bench_desk_new (bench->office, name, bench->office->worker_token, bench_actor (), TRUE);
  double began = bench_now_ms ();

  hw_sync_engine_start (desk->engine);
  bench_desk_sync (desk);
  began = bench_now_ms () - began;
  bench_desk_free (desk);
  return began;
}

static void
measure_first_pull (Bench *bench)
{
  g_autoptr (BenchSeries) series = bench_series_new ();
  g_autoptr (GPtrArray) pages = NULL;
  g_autofree char *what = NULL, *floor = NULL, *figure = NULL, *remark = NULL;
  double served;
  gsize bytes;

  served = bench_now_ms ();
  pages = fetch_pages (bench, &bytes);
  served = bench_now_ms () - served;
  for (guint i = 0; i < FIRST_PULLS; i++)
    bench_series_add (series, pull_once (bench, i));
  what = g_strdup_printf ("first pull of %u cases, s", bench->n_cases);
  floor = g_strdup_printf ("%.2f (parse + SQLite)", parse_and_keep (bench, pages) / 1000);
  figure = g_strdup_printf ("%.2f", bench_series_at (series, 0.5) / 1000);
  remark = g_strdup_printf ("%.1f MB of JSON in %u pages; fetched alone, nothing kept: %.2f", (double) bytes / 1e6,
                            pages->len, served / 1000);
  bench_row (what, "≤ 0.45", floor, figure, remark);
}

/* ---- One change ---- */

static HwOperation *
contact_operation (Bench *bench)
{
  const char *case_id = g_ptr_array_index (bench->case_ids, g_random_int_range (0, (gint32) bench->case_ids->len));
  g_autoptr (HwRecord) record = bench_data_contact (bench->office->data, case_id);

  return bench_operation (bench->office->data, record);
}

static void
write_on_server (Bench *bench)
{
  g_autoptr (HwOperation) operation = contact_operation (bench);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (HwTransportReply) reply = NULL;

  g_ptr_array_add (texts, hw_sync_operation_encode (operation));
  body = hw_sync_operations_encode (texts);
  reply = bench_send (bench->transport, bench->office->worker_token, "POST", "/v1/operations", body);
  if (reply->status != 200
      || strstr (g_bytes_get_data (reply->body, NULL), "\"applied\"") == NULL)
    {
      g_printerr ("%u %.300s\n", reply->status, (const char *) g_bytes_get_data (reply->body, NULL));
      bench_fail ("an operation was not applied", NULL);
    }
}

static void
wait_for_change (BenchDesk *desk, guint changes)
{
  while (desk->changes == changes)
    g_main_context_iteration (NULL, TRUE);
}

static void
measure_one_change (Bench *bench)
{
  g_autoptr (BenchSeries) series = bench_series_new ();
  BenchDesk *desk = bench_desk_new (bench->office, "deaf", bench->office->other_token, supervisor (), FALSE);
  g_autofree char *floor = NULL, *figure = NULL;

  hw_sync_engine_start (desk->engine);
  bench_desk_sync (desk);
  for (guint i = 0; i < CHANGES; i++)
    {
      guint changes;
      double began;

      write_on_server (bench);
      bench_desk_sync (desk);
      changes = desk->changes;
      began = bench_now_ms ();
      hw_sync_engine_sync_now (desk->engine);
      wait_for_change (desk, changes);
      bench_series_add (series, bench_now_ms () - began);
      bench_desk_sync (desk);
    }
  floor = g_strdup_printf ("%.2f (durable write)", bench->durable_ms);
  figure = g_strdup_printf ("%.2f / %.2f", bench_series_at (series, 0.5), bench_series_at (series, 0.95));
  bench_row ("pull of one fresh change, p50 / p95, ms", "≤ 1.0", floor, figure,
             "asked → fetched, audited and kept on both sides → told to the window");
  bench_desk_free (desk);
}

static void
measure_live_push (Bench *bench)
{
  g_autoptr (BenchSeries) series = bench_series_new ();
  g_autoptr (BenchSeries) from_hint = bench_series_new ();
  BenchDesk *desk = bench_desk_new (bench->office, "live", bench->office->other_token, supervisor (), TRUE);
  g_autofree char *floor = NULL, *figure = NULL, *remark = NULL;

  hw_sync_engine_start (desk->engine);
  bench_desk_sync (desk);
  /* The stream is open once a first change arrives by itself. */
  write_on_server (bench);
  wait_for_change (desk, desk->changes);
  for (guint i = 0; i < CHANGES; i++)
    {
      guint changes = desk->changes;
      double began = bench_now_ms ();

      write_on_server (bench);
      wait_for_change (desk, changes);
      bench_series_add (series, bench_now_ms () - began);
      bench_series_add (from_hint, bench_now_ms () - desk->hinted_at);
      bench_desk_sync (desk);
    }
  floor = g_strdup_printf ("%.2f (three durable writes)", 3 * bench->durable_ms);
  figure = g_strdup_printf ("%.2f / %.2f", bench_series_at (series, 0.5), bench_series_at (series, 0.95));
  remark = g_strdup_printf ("posted → applied on the other desktop; of it hint → applied %.2f",
                            bench_series_at (from_hint, 0.5));
  bench_row ("live push to another desktop, p50 / p95, ms", "≤ 3", floor, figure, remark);
  bench_desk_free (desk);
}

/* ---- Offline edits ---- */

static void
edit_offline (Bench *bench, BenchDesk *desk)
{
  g_autoptr (HwChangeSet) changes = hw_change_set_new (HW_ORIGIN_LOCAL, desk->actor);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < OFFLINE_EDITS; i++)
    hw_change_set_add (changes, contact_operation (bench));
  results = hw_store_commit (desk->store, changes, &error);
  if (results == NULL || ((HwResult *) g_ptr_array_index (results, 0))->status != HW_RESULT_APPLIED)
    bench_fail ("offline edits", error);
}

static double
keep_edits_bare (Bench *bench)
{
  g_autoptr (HwDb) db = open_bare (bench, "edits.db");
  double began = bench_now_ms ();

  for (guint i = 0; i < OFFLINE_EDITS; i++)
    {
      g_autofree char *id = g_strdup_printf ("edit-%u", i);

      if (i % 500 == 0)
        hw_db_begin (db, NULL);
      put_bare (db, id, "contact_log", BENCH_USER, 1, "She will call again on the agreed evening.");
      if (i % 500 == 499)
        commit_bare (db);
    }
  return bench_now_ms () - began;
}

static void
measure_offline_edits (Bench *bench)
{
  BenchDesk *desk = bench_desk_new (bench->office, "offline", bench->office->worker_token, bench_actor (), FALSE);
  g_autofree char *floor = NULL, *figure = NULL;
  double began;

  hw_sync_engine_start (desk->engine);
  bench_desk_sync (desk);
  hw_sync_engine_stop (desk->engine);
  edit_offline (bench, desk);
  began = bench_now_ms ();
  hw_sync_engine_start (desk->engine);
  while (hw_outbox_counts (desk->store).waiting > 0)
    g_main_context_iteration (NULL, TRUE);
  began = bench_now_ms () - began;
  floor = g_strdup_printf ("%.3f (two durable writes of 500 rows)", keep_edits_bare (bench) / 1000);
  figure = g_strdup_printf ("%.3f", began / 1000);
  bench_row ("1,000 offline edits acknowledged, s", "≤ 0.10", floor, figure,
             "judged, ledger, history, audit, feed on the server; settled on the desktop");
  if (hw_outbox_counts (desk->store).refused > 0)
    bench_fail ("offline edits were refused", NULL);
  bench_desk_free (desk);
}

/* ---- Pollers ---- */

static double
poll_for (guint16 port, const char *path, const char *token, const char *etag, guint status)
{
  g_autofree char *tag = etag != NULL ? g_strdup_printf ("If-None-Match: %s\r\n", etag) : g_strdup ("");
  g_autofree char *request = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\n%s\r\n",
                                              path, token, tag);
  g_autoptr (GError) error = NULL;
  BenchLoad load;

  if (!bench_load_run (port, request, status, POLLERS, POLL_SECONDS, &load, &error))
    bench_fail ("load", error);
  if (load.others > 0)
    g_printerr ("%" G_GUINT64_FORMAT " answers to %s were not %u\n", load.others, path, status);
  return load.per_second;
}

static double
poll_literal (const char *program)
{
  const char *const arguments[] = { program, NULL };
  guint16 port;
  g_autoptr (GSubprocess) literal = bench_spawn_listener (arguments, &port);
  double per_second = poll_for (port, "/", "none", NULL, 200);

  g_output_stream_close (g_subprocess_get_stdin_pipe (literal), NULL, NULL);
  g_subprocess_wait (literal, NULL, NULL);
  return per_second;
}

static void
measure_polling (Bench *bench)
{
  g_autofree char *cursor = NULL, *path = NULL, *fresh_path = NULL, *floor = NULL, *figure = NULL;
  g_autoptr (HwTransportReply) last = NULL;
  BenchDesk *desk = bench_desk_new (bench->office, "poller", bench->office->worker_token, bench_actor (), FALSE);
  double literal = poll_literal (bench->literal_program), new_page, not_modified, fresh;
  g_autofree char *fresh_figure = NULL, *not_modified_figure = NULL;

  hw_sync_engine_start (desk->engine);
  bench_desk_sync (desk);
  cursor = hw_store_cursor (desk->store);
  bench_desk_free (desk);
  path = g_strconcat ("/v1/changes?cursor=", cursor, NULL);
  last = bench_send (bench->transport, bench->office->worker_token, "GET", path, NULL);
  new_page = poll_for (bench->office->port, path, bench->office->worker_token, NULL, 200);
  not_modified = poll_for (bench->office->port, path, bench->office->worker_token, last->etag, 304);
  fresh_path = g_strconcat (path, "&limit=1", NULL);
  write_on_server (bench);
  fresh = poll_for (bench->office->port, fresh_path, bench->office->worker_token, NULL, 200);

  floor = g_strdup_printf ("%.0f (libmicrohttpd, a literal)", literal);
  figure = g_strdup_printf ("%.0f", new_page);
  not_modified_figure = g_strdup_printf ("%.0f", not_modified);
  fresh_figure = g_strdup_printf ("%.0f", fresh);
  bench_row ("50 clients polling /v1/changes, requests/s", "≥ 8000", floor, figure, "nothing new, an empty page");
  bench_row ("the same, nothing new (304), requests/s", "≥ 60000", floor, not_modified_figure, NULL);
  bench_row ("the same, one change to read, requests/s", NULL, floor, fresh_figure,
             "each reply projected and audited, the audit durable before it leaves");
}

static void
report_memory (Bench *bench)
{
  GPid pid = bench_office_pid (bench->office);
  g_autofree char *figure
    = g_strdup_printf ("%.0f / %.0f", bench_memory_mb (pid, "VmRSS"), bench_memory_mb (pid, "VmHWM"));

  bench_row ("server memory after all this, now / at most, MB", "≤ 40", NULL, figure, NULL);
}

static GPtrArray *
case_ids (guint n)
{
  g_autoptr (BenchData) data = bench_data_new (BENCH_SEED);
  g_autoptr (GPtrArray) directory = bench_data_directory (data);
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  /* The same seed makes the same ids; what lies between them is made as well. */
  for (guint i = 0; i < directory->len; i++)
    hw_operation_unref (bench_operation (data, g_ptr_array_index (directory, i)));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GPtrArray) records = bench_data_next_case (data);

      g_ptr_array_add (ids, g_strdup (hw_record_id (g_ptr_array_index (records, 0))));
    }
  return ids;
}

/* One part alone is for looking into it with a profiler. */
static void
measure (Bench *bench, const char *part)
{
  static const struct
  {
    const char *name;
    void (*run) (Bench *bench);
  } parts[] = { { "pull", measure_first_pull },   { "change", measure_one_change },
                { "live", measure_live_push },    { "edits", measure_offline_edits },
                { "polling", measure_polling },   { "memory", report_memory } };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (part == NULL || g_str_equal (part, parts[i].name))
      parts[i].run (bench);
}

int
main (int argc, char **argv)
{
  Bench bench = { 0 };
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  if (argc != 4 && argc != 5)
    {
      g_printerr ("Usage: %s SERVER LITERAL CASES [PART]\n", argv[0]);
      return EXIT_FAILURE;
    }
  bench.n_cases = (guint) g_ascii_strtoull (argv[3], NULL, 10);
  bench.office = bench_office_new (argv[1], bench.n_cases);
  bench.case_ids = case_ids (MIN (bench.n_cases, 250));
  bench.transport = hw_soup_transport_new (bench.office->url, &error);
  bench.durable_ms = measure_durable_write (&bench);
  bench.literal_program = argv[2];
  measure (&bench, argv[4]);
  g_object_unref (bench.transport);
  g_ptr_array_unref (bench.case_ids);
  bench_office_free (bench.office);
  return EXIT_SUCCESS;
}
