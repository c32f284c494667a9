/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A real HTTP server on a free port of this process, which answers as it is told: a list of replies per
 * path, the last one for ever. Beside it a raw one, for answers no HTTP library would give.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  guint       status;
  const char *body;        /* (nullable) */
  const char *retry_after; /* (nullable) */
  const char *etag;        /* (nullable) */
  const char *location;    /* (nullable) */
  const char *type;        /* (nullable): application/json */
  gsize       padding;     /* spaces after the body */
  gboolean    never;       /* takes the request and says nothing */
} FakeReply;

typedef struct _FakeServer FakeServer;
FakeServer *fake_server_new (void);
void        fake_server_free (FakeServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeServer, fake_server_free)
const char *fake_server_url (FakeServer *server);
void        fake_server_add (FakeServer *server, const char *path, FakeReply reply);
/* "POST /v1/operations, GET /v1/changes, …": what was asked since the last call. (transfer full) */
char       *fake_server_log (FakeServer *server);
/* A header of the last request. (nullable) */
const char *fake_server_header (FakeServer *server, const char *name);

/* Sends these bytes to whoever connects, and closes. (transfer full); *url is its address. */
GSocketService *fake_raw_server_new (const char *bytes, char **url);

/* Runs the main loop until the condition holds; fails the test when that takes absurdly long. */
#define fake_wait_until(condition)                                                                 \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 give_up_at = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;                             \
    while (!(condition))                                                                           \
      {                                                                                            \
        g_assert_cmpint (g_get_monotonic_time (), <, give_up_at);                                  \
        fake_iterate ();                                                                           \
      }                                                                                            \
  }                                                                                                \
  G_STMT_END
void fake_iterate (void);

G_END_DECLS
