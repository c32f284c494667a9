/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A seeded database, the server as a real process over it, and a client that speaks plain HTTP/1.1
 * over a socket, so that a test can also say what no library would.
 */
#pragma once

#include "store/hw-server-store.h"

G_BEGIN_DECLS

#define HW_TEST_PASSWORD "a long enough phrase"
#define HW_TEST_OFFICE "018f0000-0000-7000-8000-0000000000f1"
#define HW_TEST_MISSION "018f0000-0000-7000-8000-0000000000a1"
#define HW_TEST_OTHER_MISSION "018f0000-0000-7000-8000-0000000000a2"
#define HW_TEST_NOW_US (G_GINT64_CONSTANT (1795500000) * G_USEC_PER_SEC)

typedef struct
{
  char *directory;      /* (owned) */
  char *database;       /* (owned) */
  GSubprocess *process; /* (owned) (nullable) */
  guint16 port;
} HwTestServer;

/* The database with an office, two missions and one account per role, named after it. */
HwTestServer *hw_test_server_new (void);
HwStore *hw_test_server_open_store (HwTestServer *server);
/* executable (nullable): the server itself. */
void hw_test_server_start (HwTestServer *server, const char *executable);
void hw_test_server_stop (HwTestServer *server); /* SIGTERM, and asserts a clean end */
void hw_test_server_free (HwTestServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HwTestServer, hw_test_server_free)
const char *hw_test_server_executable (void);

char *hw_test_user (HwRole role); /* the account's id; (transfer full) */
HwActor *hw_test_actor (HwRole role);
/* Commits through the write path as the system, asserting that all was applied. */
void hw_test_commit (HwStore *store, HwOperation *first, ...) G_GNUC_NULL_TERMINATED;

typedef struct
{
  guint status;
  char *head; /* (owned) status line and headers */
  char *body; /* (owned) size bytes, and a NUL behind them */
  gsize size;
} HwTestReply;
void hw_test_reply_free (HwTestReply *reply);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HwTestReply, hw_test_reply_free)

GSocketConnection *hw_test_connect (HwTestServer *server);
void hw_test_write (GSocketConnection *connection, const char *bytes);
/* Sends the bytes and reads to the end of the connection. */
HwTestReply *hw_test_raw (HwTestServer *server, const char *bytes);
/* headers (nullable): "If-Match: \"1\"\r\n…". body (nullable) is sent as JSON. */
HwTestReply *hw_test_call (HwTestServer *server,
                           const char *method,
                           const char *path,
                           const char *token,
                           const char *headers,
                           const char *body);
/* body: (nullable) any bytes, of the type that headers say. */
HwTestReply *hw_test_call_bytes (HwTestServer *server,
                                 const char *method,
                                 const char *path,
                                 const char *token,
                                 const char *headers,
                                 GBytes *body);
char *hw_test_header (HwTestReply *reply, const char *name); /* (nullable) (transfer full) */
JsonObject *hw_test_json (HwTestReply *reply);               /* (transfer full) */
/* Signs in as the account named after the role. (transfer full) the token */
char *hw_test_sign_in (HwTestServer *server, HwRole role);
/* Pulls everything from nothing, limit items a page; all bodies one after another. */
char *hw_test_pull (HwTestServer *server, const char *token, guint limit, char **cursor);

G_END_DECLS
