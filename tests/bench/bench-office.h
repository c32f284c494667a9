/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A real server process with so many cases, and desktops that speak to it.
 */
#pragma once

#include "sync/hw-sync-engine.h"
#include "tests/bench/bench-data.h"

G_BEGIN_DECLS

typedef struct
{
  char *folder;        /* (owned) */
  char *worker_token;  /* (owned) the caseworker's */
  char *other_token;   /* (owned) the supervisor's */
  GSubprocess *process;/* (owned) */
  char *url;           /* (owned) */
  guint16 port;
  BenchData *data;     /* (owned) */
} BenchOffice;
/* server: the program. Ends the benchmark with a message where anything fails. */
BenchOffice *bench_office_new (const char *server, guint n_cases);
void bench_office_free (BenchOffice *office);
GPid bench_office_pid (BenchOffice *office);
/* Starts a program that prints "Listening on http://…:PORT" and answers the port. */
GSubprocess *bench_spawn_listener (const char *const *arguments, guint16 *port);
/* Blocks, running the main loop. (transfer full) */
HwTransportReply *bench_send (HwTransport *transport, const char *token, const char *method, const char *path,
                              GBytes *body);

typedef struct
{
  HwStore *store;         /* (owned) */
  HwTransport *transport; /* (owned) */
  HwSyncEngine *engine;   /* (owned) */
  HwActor *actor;         /* (owned) */
  char *path;             /* (owned) */
  guint changes;          /* times that the store told of changes */
  double hinted_at;       /* when the last hint came, ms */
} BenchDesk;
/* An empty desktop, not started. listening: FALSE leaves the event stream closed. */
BenchDesk *bench_desk_new (BenchOffice *office, const char *name, const char *token, HwActor *actor, gboolean listening);
void bench_desk_free (BenchDesk *desk);
void bench_desk_sync (BenchDesk *desk); /* until all is sent and fetched */

G_END_DECLS
