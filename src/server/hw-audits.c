/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GET /v1/audit and /v1/audit/head: who read and wrote what, when. An auditor sees the whole chain, a supervisor
 * that of the office's cases, a caseworker that of her own, an administrator what concerns accounts and sign-in.
 * Entries hold ids and codes; nobody learns of a second case from an entry about the first.
 */
#define G_LOG_DOMAIN "homeward-server"

#include "base/hw-base.h"
#include "server/hw-problem.h"
#include "server/hw-server-private.h"

#define STANDARD_LIMIT 100
#define MAX_LIMIT 500

/* By which relations this role reads the chain; 0: not at all. */
static guint
relations_for (const HwActor *actor)
{
  const HwAccessCell *cell = hw_schema_access (HW_CATEGORY_AUDIT, actor->role);
  guint relations = 0;

  for (; cell != NULL && cell->right != HW_RIGHT_NONE; cell++)
    relations |= cell->relations;
  return relations;
}

static void
append_optional (GString *json, const char *name, const char *text)
{
  g_string_append_c (json, ',');
  if (text != NULL)
    hw_problem_append_member (json, name, text);
  else
    g_string_append_printf (json, "\"%s\":null", name);
}

/* whole: an auditor's view. Otherwise a page that told of several cases is told as having told of this one. */
static void
append_entry (GString *json, const HwAuditEntry *entry, const char *case_id, gboolean whole)
{
  if (json->str[json->len - 1] == '}')
    g_string_append_c (json, ',');
  g_string_append_printf (json, "{\"n\":%" G_GINT64_FORMAT ",", entry->n);
  hw_problem_append_member (json, "at", entry->at);
  append_optional (json, "user", entry->user);
  append_optional (json, "device", whole ? entry->device : NULL);
  append_optional (json, "action", entry->action);
  append_optional (json, "case", entry->case_id != NULL || whole ? entry->case_id : case_id);
  append_optional (json, "record", entry->record);
  append_optional (json, "detail", whole || entry->case_id != NULL ? entry->detail : NULL);
  g_string_append_c (json, '}');
}

static HwServerResponse *
give_entries (HwServerCall *call, const HwAuditQuestion *question)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = hw_store_audit_read (call->store, question, &error);
  gboolean whole = question->relations == 0;
  const HwAuditEntry *last = NULL;
  GString *json;

  if (entries == NULL
      || !hw_server_call_audit (call, "read-audit", question->case_id, NULL, NULL, &error))
    return hw_problem_new_failed (error);
  json = g_string_new ("{\"items\":[");
  for (guint i = 0; i < entries->len; i++)
    {
      last = g_ptr_array_index (entries, i);
      append_entry (json, last, question->case_id, whole);
    }
  g_string_append_printf (json, "],\"more\":%s", entries->len == question->limit ? "true" : "false");
  if (last != NULL)
    g_string_append_printf (
      json, ",\"%s\":%" G_GINT64_FORMAT, question->newest ? "before" : "after", last->n);
  g_string_append_c (json, '}');
  return hw_server_response_new_json (200, json);
}

/* Oldest first after an entry, as a chain is followed; or newest first before one, as it is looked back on. NULL: well
 * asked. */
static HwServerResponse *
take_range (HwServerCall *call, HwAuditQuestion *question)
{
  const char *after = hw_server_request_argument (call->request, "after");
  const char *before = hw_server_request_argument (call->request, "before");
  const char *order = hw_server_request_argument (call->request, "order");

  if (after != NULL && !g_ascii_string_to_signed (after, 10, 0, G_MAXINT64, &question->after, NULL))
    return hw_problem_new (HW_PROBLEM_INVALID, "after is the number of an entry", "/after");
  if (before != NULL && !g_ascii_string_to_signed (before, 10, 1, G_MAXINT64, &question->before, NULL))
    return hw_problem_new (HW_PROBLEM_INVALID, "before is the number of an entry", "/before");
  if (order != NULL && !g_str_equal (order, "oldest") && !g_str_equal (order, "newest"))
    return hw_problem_new (HW_PROBLEM_INVALID, "order is oldest or newest", "/order");
  question->newest = g_strcmp0 (order, "newest") == 0;
  return NULL;
}

HwServerResponse *
hw_server_get_audit (HwServerCall *call)
{
  guint allowed = relations_for (call->actor);
  g_autoptr (GError) error = NULL;
  HwAuditQuestion question = { .case_id = hw_server_request_argument (call->request, "case"),
                               .user = call->actor->user,
                               .by = hw_server_request_argument (call->request, "user") };
  HwServerResponse *wrong;

  if (allowed == 0)
    return hw_problem_new (HW_PROBLEM_FORBIDDEN, NULL, NULL);
  wrong = take_range (call, &question);
  if (wrong != NULL)
    return wrong;
  if (!hw_server_call_limit (call, STANDARD_LIMIT, MAX_LIMIT, &question.limit))
    return hw_problem_new (HW_PROBLEM_INVALID, "The limit is a number from 1 to 500", "/limit");
  question.security = call->actor->role == HW_ROLE_ADMINISTRATOR;
  /* What is asked for is entered in the chain: an identifier, never a text. */
  if (question.case_id != NULL && (question.security || !hw_uuid_valid (question.case_id)))
    return hw_problem_new (HW_PROBLEM_NOT_FOUND, NULL, NULL);
  if ((allowed & HW_RELATION_ANY) == 0)
    question.relations = allowed;
  if (question.relations != 0 && question.case_id != NULL
      && (hw_store_relations (call->store, call->actor, question.case_id, &error) & allowed) == 0)
    return error != NULL ? hw_problem_new_failed (error)
                         : hw_problem_new (HW_PROBLEM_NOT_FOUND, NULL, NULL);
  return give_entries (call, &question);
}

HwServerResponse *
hw_server_get_audit_head (HwServerCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = NULL;
  gint64 n = 0;
  GString *json;

  if ((relations_for (call->actor) & HW_RELATION_ANY) == 0)
    return hw_problem_new (HW_PROBLEM_FORBIDDEN, NULL, NULL);
  hash = hw_store_audit_head (call->store, &n, &error);
  if (hash == NULL)
    return hw_problem_new_failed (error);
  json = g_string_new (NULL);
  g_string_append_printf (json, "{\"n\":%" G_GINT64_FORMAT ",", n);
  hw_problem_append_member (json, "hash", hash);
  g_string_append_c (json, '}');
  return hw_server_response_new_json (200, json);
}
