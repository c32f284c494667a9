/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The core holds what all calls share: the store, sign-in, the key of the cursors and the contracts
 * as each role may see them. It keeps nothing about anybody between two requests; that is the
 * store's.
 */
#define G_LOG_DOMAIN "homeward-server"

#include "server/hw-server-private.h"

#include "schema/hw-json-tree.h"
#include "server/hw-problem.h"

#include <string.h>

/* A night at the helpline has fewer; a list of numbers that somebody tries has more. */
#define LOOKUPS 30
#define LOOKUPS_WITHIN_S 600

struct _HwServerCore
{
  GObject parent_instance;

  HwStore *store; /* (owned) */
  HwClock *clock; /* (owned) */
  HwAuth *auth;   /* (owned) */
  HwRate *lookup_rate; /* (owned) */
  HwCursorKey key;
  GMutex mutex;
  GBytes *contracts[HW_N_ROLES][2]; /* (owned) under mutex */
};

G_DEFINE_FINAL_TYPE (HwServerCore, hw_server_core, G_TYPE_OBJECT)

static void
hw_server_core_finalize (GObject *object)
{
  HwServerCore *self = HW_SERVER_CORE (object);

  for (guint role = 0; role < HW_N_ROLES; role++)
    for (guint i = 0; i < 2; i++)
      g_clear_pointer (&self->contracts[role][i], g_bytes_unref);
  g_clear_pointer (&self->auth, hw_auth_free);
  g_clear_pointer (&self->lookup_rate, hw_rate_free);
  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (hw_server_core_parent_class)->finalize (object);
}

static void
hw_server_core_class_init (HwServerCoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hw_server_core_finalize;
}

static void
hw_server_core_init (HwServerCore *self)
{
  g_mutex_init (&self->mutex);
}

HwServerCore *
hw_server_core_new (HwStore *store, HwClock *clock, GError **error)
{
  g_autoptr (HwServerCore) self = g_object_new (HW_TYPE_SERVER_CORE, NULL);

  self->store = g_object_ref (store);
  self->clock = g_object_ref (clock);
  if (!hw_cursor_key_load (&self->key, store, error))
    return NULL;
  self->auth = hw_auth_new (store, clock);
  self->lookup_rate = hw_rate_new (LOOKUPS, LOOKUPS_WITHIN_S);
  return g_steal_pointer (&self);
}

HwStore *
hw_server_core_store (HwServerCore *core)
{
  return core->store;
}

HwClock *
hw_server_core_clock (HwServerCore *core)
{
  return core->clock;
}

HwAuth *
hw_server_core_auth (HwServerCore *core)
{
  return core->auth;
}

HwRate *
hw_server_core_lookup_rate (HwServerCore *core)
{
  return core->lookup_rate;
}

const HwCursorKey *
hw_server_core_cursor_key (HwServerCore *core)
{
  return &core->key;
}

GBytes *
hw_server_core_contract (HwServerCore *core, HwRole role, gboolean openapi)
{
  GBytes **place = &core->contracts[role][openapi ? 1 : 0];
  GBytes *contract;

  g_mutex_lock (&core->mutex);
  if (*place == NULL)
    {
      char *text = openapi ? hw_openapi_to_json (role) : hw_schema_to_json (role);

      *place = g_bytes_new_take (text, strlen (text));
    }
  contract = g_bytes_ref (*place);
  g_mutex_unlock (&core->mutex);
  return contract;
}

HwServerResponse *
hw_server_core_handle (HwServerCore *core, const HwServerRequest *request)
{
  HwServerCall call = { .core = core, .store = core->store, .request = request };
  HwServerResponse *response = hw_router_route (&call);

  if (call.session != NULL)
    hw_session_unref (call.session);
  g_free (call.id);
  return response;
}

gboolean
hw_server_call_limit (HwServerCall *call, guint standard, guint maximum, guint *limit)
{
  const char *text = hw_server_request_argument (call->request, "limit");
  guint64 number;

  *limit = standard;
  if (text == NULL)
    return TRUE;
  if (!g_ascii_string_to_unsigned (text, 10, 1, maximum, &number, NULL))
    return FALSE;
  *limit = (guint) number;
  return TRUE;
}

static gboolean
is_json (const char *content_type)
{
  static const char *const types[] = { "application/json", "application/merge-patch+json" };
  gsize length = content_type != NULL ? strcspn (content_type, "; \t") : 0;

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (length == strlen (types[i]) && g_ascii_strncasecmp (content_type, types[i], length) == 0)
      return TRUE;
  return FALSE;
}

JsonNode *
hw_server_call_body (HwServerCall *call, HwServerResponse **refusal)
{
  const HwServerRequest *request = call->request;
  g_autoptr (JsonNode) node = NULL;
  const char *why = NULL;

  *refusal = NULL;
  if (!is_json (request->content_type))
    *refusal = hw_problem_new (HW_PROBLEM_MEDIA_TYPE, NULL, NULL);
  else if (request->body_size > HW_SERVER_MAX_BODY)
    *refusal = hw_problem_new (HW_PROBLEM_TOO_LARGE, NULL, NULL);
  if (*refusal != NULL)
    return NULL;
  node = hw_json_tree_parse (request->body, request->body_size, HW_SERVER_MAX_BODY, &why);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return g_steal_pointer (&node);
  *refusal = hw_problem_new (
    HW_PROBLEM_MALFORMED, node != NULL ? "A JSON object is expected" : why, NULL);
  return NULL;
}

gboolean
hw_server_call_audit (HwServerCall *call,
                      const char *action,
                      const char *case_id,
                      const char *record,
                      const char *detail,
                      GError **error)
{
  return hw_store_audit (call->store, call->actor, action, case_id, record, detail, error);
}
