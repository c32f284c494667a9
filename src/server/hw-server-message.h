/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One request and one response, without sockets: what the HTTP front, the simulator and the tests
 * hand to the server core and get back from it.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define HW_SERVER_MAX_ARGUMENTS 8
#define HW_SERVER_MAX_BODY (1024 * 1024)

typedef struct
{
  const char *name;
  const char *value;
} HwServerArgument;

/* All strings belong to the caller and live until the response is there. Absent headers are NULL.
 */
typedef struct
{
  const char *method;
  const char *path; /* unescaped, without the query */
  HwServerArgument arguments[HW_SERVER_MAX_ARGUMENTS];
  guint n_arguments;
  const char *authorization;
  const char *content_type;
  const char *idempotency_key;
  const char *if_match;
  const char *if_none_match;
  const char *schema; /* Homeward-Schema */
  const char *range;
  const char *tus; /* Tus-Resumable */
  const char *upload_length;
  const char *upload_metadata;
  const char *upload_offset;
  const char *upload_checksum;
  const char *body;   /* (nullable) */
  gsize body_size;
  const char *peer; /* numeric address of who asks; (nullable) */
} HwServerRequest;

const char *
hw_server_request_argument (const HwServerRequest *request, const char *name); /* (nullable) */

typedef struct
{
  guint status;
  const char *content_type; /* (static) (nullable) */
  char *etag;               /* (owned) (nullable) with its quotes */
  char *allow;              /* (owned) (nullable) */
  char *location;           /* (owned) (nullable) */
  GPtrArray *headers;       /* (owned) (nullable) names and values in turn */
  guint retry_after;        /* seconds; 0: not said */
  GBytes *body;             /* (owned) (nullable) */
  gboolean stream;          /* an event stream follows; kept open for `token` */
  char *token;              /* (owned) (nullable) */
} HwServerResponse;

HwServerResponse *hw_server_response_new (guint status);
/* Takes the text. */
HwServerResponse *hw_server_response_new_json (guint status, GString *json);
void hw_server_response_add_header (HwServerResponse *response, const char *name, const char *value);
void hw_server_response_free (HwServerResponse *response);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HwServerResponse, hw_server_response_free)

G_END_DECLS
