/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The load: so many connections, each asking again as soon as it was answered, on one thread over epoll.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  double per_second;
  guint64 answers;
  guint64 others; /* answers with another status than the expected one */
} BenchLoad;

/* request: the whole text, sent again and again to 127.0.0.1. Blocks for so many seconds. */
gboolean bench_load_run (guint16 port, const char *request, guint status, guint connections, double seconds,
                         BenchLoad *load, GError **error);

G_END_DECLS
