/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Invented cases from a seed: the same seed gives the same cases, byte for byte, on every machine.
 */
#pragma once

#include "store/hw-server-store.h"

G_BEGIN_DECLS

#define BENCH_SEED 20261124
#define BENCH_USER "018f0000-0000-7000-8000-000000000001"
#define BENCH_SUPERVISOR "018f0000-0000-7000-8000-000000000002"
#define BENCH_OFFICE "018f0000-0000-7000-8000-0000000000f1"
#define BENCH_NOW G_GINT64_CONSTANT (1795525200000000) /* 2026-11-24T13:00:00Z */

typedef struct _BenchData BenchData;
BenchData *bench_data_new (guint32 seed);
void bench_data_free (BenchData *data);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchData, bench_data_free)

HwActor *bench_actor (void);  /* (transfer full) the caseworker who owns every case */
HwActor *bench_system (void); /* (transfer full) */

/* Office and missions; give them before any case. (element-type HwRecord) */
GPtrArray *bench_data_directory (BenchData *data);
/* The next case, about 2 KB as JSON: the case's own record first. (element-type HwRecord) */
GPtrArray *bench_data_next_case (BenchData *data);
/* One more entry of the case's log of calls. (transfer full) */
HwRecord *bench_data_contact (BenchData *data, const char *case_id);
const char *bench_data_word (BenchData *data); /* a name, of those that cases have */
char *bench_data_id (BenchData *data);         /* (transfer full) */

/* The same record as the server would send it, and as an operation that makes it. (transfer full) */
HwItem *bench_item (HwRecord *record);
HwOperation *bench_operation (BenchData *data, HwRecord *record);

/* A desktop's store with so many cases, as pages from a server would have filled it. */
gboolean bench_fill_desktop (HwStore *store, BenchData *data, guint n_cases, GError **error);
/* A server's store, through the one write path, with the caseworker who owns them all and a supervisor. */
gboolean bench_fill_server (HwStore *store, BenchData *data, guint n_cases, GError **error);

G_END_DECLS
