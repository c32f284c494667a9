/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwHttpExchange: one request as it arrives over a connection, and how a response is put on the
 * wire.
 */
#pragma once

#include "server/hw-problem.h"

#include <microhttpd.h>

G_BEGIN_DECLS

typedef struct
{
  struct MHD_Connection *connection; /* (unowned) */
  HwServerRequest request;           /* strings live in the connection's memory */
  GByteArray *body;                  /* (owned) (nullable) */
  gboolean too_large;
  gsize dropped;
  gint64 started_us;
  char *peer;                 /* (owned) (nullable) */
  HwServerResponse *response; /* (owned) (nullable) */
} HwHttpExchange;

HwHttpExchange *
hw_http_exchange_new (struct MHD_Connection *connection, const char *url, const char *method);
void hw_http_exchange_free (HwHttpExchange *exchange);
/* Headers and arguments; FALSE: refuse with *problem and close. */
gboolean hw_http_exchange_check (HwHttpExchange *exchange, const char *version, HwProblem *problem);
/* A piece of the body; FALSE: close the connection at once. */
gboolean hw_http_exchange_take (HwHttpExchange *exchange, const char *bytes, gsize size);
void hw_http_exchange_finish (HwHttpExchange *exchange);

enum MHD_Result
hw_http_send (struct MHD_Connection *connection, HwServerResponse *response, gboolean close);
/* Takes raw; adds the response's headers. */
enum MHD_Result hw_http_send_raw (struct MHD_Connection *connection,
                                  struct MHD_Response *raw,
                                  HwServerResponse *response,
                                  gboolean close);

G_END_DECLS
