/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Times and the table. A figure is one line of standard output, cut by tabs: what, goal, floor, figure, remark.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  GArray *values; /* double */
} BenchSeries;
BenchSeries *bench_series_new (void);
void bench_series_free (BenchSeries *series);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchSeries, bench_series_free)
void bench_series_add (BenchSeries *series, double value);
double bench_series_at (BenchSeries *series, double share); /* 0.5: the median; 0.95 */

double bench_now_ms (void); /* CLOCK_MONOTONIC */
void bench_row (const char *what, const char *goal, const char *floor, const char *figure, const char *remark);
/* Prints the error and ends the program: a benchmark that failed has no figure. */
void bench_fail (const char *what, const GError *error) G_GNUC_NORETURN;
/* "VmRSS" or "VmHWM" of a process, in MB. */
double bench_memory_mb (GPid pid, const char *which);

G_END_DECLS
