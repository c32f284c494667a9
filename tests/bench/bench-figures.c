/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Figures (bench-figures.h). Medians and high percentiles, never means: machines are shared.
 */
#include "tests/bench/bench-figures.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

BenchSeries *
bench_series_new (void)
{
  BenchSeries *series = g_new0 (BenchSeries, 1);

  series->values = g_array_new (FALSE, FALSE, sizeof (double));
  return series;
}

void
bench_series_free (BenchSeries *series)
{
  g_array_unref (series->values);
  g_free (series);
}

void
bench_series_add (BenchSeries *series, double value)
{
  g_array_append_val (series->values, value);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double one = *(const double *) a, other = *(const double *) b;

  return one < other ? -1 : one > other;
}

double
bench_series_at (BenchSeries *series, double share)
{
  guint last = series->values->len - 1;

  g_array_sort (series->values, compare);
  return g_array_index (series->values, double, (guint) (share * last + 0.5));
}

double
bench_now_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

void
bench_row (const char *what, const char *goal, const char *floor, const char *figure, const char *remark)
{
  printf ("%s\t%s\t%s\t%s\t%s\n", what, goal != NULL ? goal : "", floor != NULL ? floor : "", figure,
          remark != NULL ? remark : "");
  fflush (stdout);
}

void
bench_fail (const char *what, const GError *error)
{
  g_printerr ("%s: %s\n", what, error != NULL ? error->message : "failed");
  exit (EXIT_FAILURE);
}

double
bench_memory_mb (GPid pid, const char *which)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/status", (int) pid);
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents (path, &text, NULL, NULL) || (line = strstr (text, which)) == NULL)
    return 0;
  return (double) g_ascii_strtoull (line + strlen (which) + strspn (line + strlen (which), ": \t"), NULL, 10) / 1024;
}
