/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the server core's files share: one call in progress, and the functions that answer it.
 */
#pragma once

#include "server/hw-auth.h"
#include "server/hw-cursor.h"
#include "server/hw-projection.h"
#include "server/hw-rate.h"
#include "server/hw-server-core.h"

G_BEGIN_DECLS

typedef struct
{
  HwServerCore *core;             /* (unowned) */
  HwStore *store;                 /* (unowned) */
  const HwServerRequest *request; /* (unowned) */
  HwSession *session;             /* (owned) NULL on the few routes that need none */
  const HwActor *actor;           /* (unowned) of the session */
  const char *token;              /* (unowned) */
  char *id;                       /* (owned) (nullable) the {id} of the path, a valid one */
  gboolean judged;                /* what was to be written came before the rules, which keep their own audit */
} HwServerCall;

typedef HwServerResponse *(*HwServerHandler) (HwServerCall *call);

/* How often one person may ask for a number. */
HwRate *hw_server_core_lookup_rate (HwServerCore *core);
HwAuth *hw_server_core_auth (HwServerCore *core);
const HwCursorKey *hw_server_core_cursor_key (HwServerCore *core);
/* Schema and OpenAPI texts as this role may see them, made once. (transfer full) */
GBytes *hw_server_core_contract (HwServerCore *core, HwRole role, gboolean openapi);

HwServerResponse *hw_router_route (HwServerCall *call);

HwServerResponse *hw_server_get_health (HwServerCall *call);
HwServerResponse *hw_server_get_openapi (HwServerCall *call);
HwServerResponse *hw_server_get_schema (HwServerCall *call);
HwServerResponse *hw_server_get_user_names (HwServerCall *call);
HwServerResponse *hw_server_post_session (HwServerCall *call);
HwServerResponse *hw_server_get_session (HwServerCall *call);
HwServerResponse *hw_server_delete_session (HwServerCall *call);
HwServerResponse *hw_server_post_copy (HwServerCall *call);
HwServerResponse *hw_server_get_changes (HwServerCall *call);
HwServerResponse *hw_server_post_operations (HwServerCall *call);
HwServerResponse *hw_server_get_events (HwServerCall *call);
HwServerResponse *hw_server_get_cases (HwServerCall *call);
HwServerResponse *hw_server_get_case (HwServerCall *call);
HwServerResponse *hw_server_get_gates (HwServerCall *call);
HwServerResponse *hw_server_get_disclosures (HwServerCall *call);
HwServerResponse *hw_server_get_statistics (HwServerCall *call);
HwServerResponse *hw_server_get_audit (HwServerCall *call);
HwServerResponse *hw_server_get_audit_head (HwServerCall *call);
HwServerResponse *hw_server_get_quarantine (HwServerCall *call);
HwServerResponse *hw_server_post_quarantine (HwServerCall *call);
HwServerResponse *hw_server_list_records (HwServerCall *call);
HwServerResponse *hw_server_post_record (HwServerCall *call);
HwServerResponse *hw_server_get_record (HwServerCall *call);
HwServerResponse *hw_server_patch_record (HwServerCall *call);
HwServerResponse *hw_server_delete_record (HwServerCall *call);
HwServerResponse *hw_server_get_history (HwServerCall *call);
HwServerResponse *hw_server_post_lookup (HwServerCall *call);
HwServerResponse *hw_server_post_readings (HwServerCall *call);
HwServerResponse *hw_server_post_lookup_append (HwServerCall *call);
HwServerResponse *hw_server_post_resolution (HwServerCall *call);
HwServerResponse *hw_server_options_uploads (HwServerCall *call);
HwServerResponse *hw_server_post_upload (HwServerCall *call);
HwServerResponse *hw_server_head_upload (HwServerCall *call);
HwServerResponse *hw_server_patch_upload (HwServerCall *call);
HwServerResponse *hw_server_get_content (HwServerCall *call);

/* The record and what the caller is to it; NULL and a response when it is not there for them. */
HwRecord *hw_server_find_visible (HwServerCall *call,
                                  HwProjection *projection,
                                  const char *id,
                                  guint *relations,
                                  HwServerResponse **refusal);

/* The page size asked for, within 1 … maximum; FALSE when it is no number. */
gboolean hw_server_call_limit (HwServerCall *call, guint standard, guint maximum, guint *limit);
/* The body as JSON after the guard; NULL and a response to give instead. (transfer full) */
JsonNode *hw_server_call_body (HwServerCall *call, HwServerResponse **refusal);
/* One line in the audit chain; FALSE when it could not be written: then nothing may be told. */
gboolean hw_server_call_audit (HwServerCall *call,
                               const char *action,
                               const char *case_id,
                               const char *record,
                               const char *detail,
                               GError **error);

G_END_DECLS
