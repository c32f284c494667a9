/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GET /v1/records: records of a type, or of a case, page by page. A list is the caller's own feed
 * read from the start and sieved, so that it can never hold what a pull would not.
 */
#define G_LOG_DOMAIN "homeward-server"

#include "server/hw-problem.h"
#include "server/hw-server-private.h"

#define STANDARD_LIMIT 100
#define MAX_LIMIT 500
#define FEED_PAGE 500
#define MAX_SCANNED 20000 /* entries one request may look at before it says "more" */

typedef struct
{
  HwTypeId type;       /* HW_TYPE_ID_NONE: any */
  const char *case_id; /* (nullable) any */
  guint limit;
} Sieve;

/* NULL when the arguments make sense. */
static HwServerResponse *
read_sieve (HwServerCall *call, Sieve *sieve)
{
  const char *type = hw_server_request_argument (call->request, "type");
  const HwTypeDef *def = type != NULL ? hw_schema_type_by_name (type) : NULL;
  g_autoptr (HwProjection) projection = hw_projection_new (call->store, call->actor);

  sieve->case_id = hw_server_request_argument (call->request, "case");
  if (sieve->case_id != NULL
      && (call->actor->role == HW_ROLE_EMBASSY_LIAISON || !hw_uuid_valid (sieve->case_id)))
    return hw_problem_new (HW_PROBLEM_NOT_FOUND, NULL, NULL);
  if (type != NULL && (def == NULL || !hw_projection_sees_type (projection, def->id)))
    return hw_problem_new (HW_PROBLEM_NOT_FOUND, NULL, NULL);
  if (type == NULL && sieve->case_id == NULL)
    return hw_problem_new (HW_PROBLEM_INVALID, "Name a type or a case", "/type");
  if (!hw_server_call_limit (call, STANDARD_LIMIT, MAX_LIMIT, &sieve->limit))
    return hw_problem_new (HW_PROBLEM_INVALID, "The limit is a number from 1 to 500", "/limit");
  sieve->type = def != NULL ? def->id : HW_TYPE_ID_NONE;
  return NULL;
}

static gboolean
passes (const Sieve *sieve, HwFeedEntry *entry)
{
  if (entry->op != HW_ITEM_PUT || entry->record == NULL || hw_record_deleted (entry->record))
    return FALSE;
  if (sieve->type != HW_TYPE_ID_NONE && entry->type != sieve->type)
    return FALSE;
  return sieve->case_id == NULL || g_strcmp0 (hw_record_case (entry->record), sieve->case_id) == 0
         || g_strcmp0 (hw_record_id (entry->record), sieve->case_id) == 0;
}

/* Appends what passes; FALSE and *error when the feed could not be read. *more: the list goes on at
 * *cursor. */
static gboolean
sieve_feed (HwServerCall *call,
            const Sieve *sieve,
            HwCursor *cursor,
            GString *json,
            gboolean *more,
            GError **error)
{
  g_autoptr (HwProjection) projection = hw_projection_new (call->store, call->actor);
  guint found = 0, scanned = 0;

  *more = TRUE;
  while (*more && found < sieve->limit && scanned < MAX_SCANNED)
    {
      /* No more entries than may still be taken, so that the cursor stands behind the last one
       * told. */
      guint page = sieve->limit - found;
      g_autoptr (GPtrArray) entries = hw_store_read_feed (call->store,
                                                          call->actor,
                                                          &cursor->position,
                                                          cursor->upper,
                                                          MIN (page, FEED_PAGE),
                                                          more,
                                                          error);

      if (entries == NULL)
        return FALSE;
      for (guint i = 0; i < entries->len; i++)
        {
          g_autoptr (HwItem) item = NULL;

          if (!passes (sieve, g_ptr_array_index (entries, i)))
            continue;
          item = hw_projection_entry (projection, g_ptr_array_index (entries, i));
          if (item == NULL)
            continue;
          if (found++ > 0)
            g_string_append_c (json, ',');
          hw_item_append_json (item, json);
        }
      scanned += MAX (entries->len, 1);
    }
  return TRUE;
}

HwServerResponse *
hw_server_list_records (HwServerCall *call)
{
  const HwCursorKey *key = hw_server_core_cursor_key (call->core);
  const char *text = hw_server_request_argument (call->request, "cursor");
  HwCursor cursor = { .upper = hw_store_head (call->store) };
  g_autoptr (GError) error = NULL;
  g_autofree char *next = NULL;
  HwServerResponse *refusal;
  gboolean more = FALSE;
  Sieve sieve = { 0 };
  GString *json;

  refusal = read_sieve (call, &sieve);
  if (refusal != NULL)
    return refusal;
  if (text != NULL
      && hw_cursor_open (key, text, HW_CURSOR_RECORDS, call->store, call->actor, &cursor)
           != HW_CURSOR_GOOD)
    return hw_problem_new (HW_PROBLEM_CURSOR_GONE, NULL, NULL);
  json = g_string_sized_new (4096);
  g_string_append (json, "{\"items\":[");
  if (!sieve_feed (call, &sieve, &cursor, json, &more, &error)
      || !hw_server_call_audit (call,
                                "read",
                                sieve.case_id,
                                NULL,
                                sieve.type != HW_TYPE_ID_NONE ? hw_schema_type (sieve.type)->name
                                                              : NULL,
                                &error))
    {
      g_string_free (json, TRUE);
      return hw_problem_new_failed (error);
    }
  g_string_append_printf (json, "],\"more\":%s", more ? "true" : "false");
  if (more)
    {
      next = hw_cursor_seal (key, &cursor, HW_CURSOR_RECORDS, call->store, call->actor);
      g_string_append_printf (json, ",\"cursor\":\"%s\"", next);
    }
  g_string_append_c (json, '}');
  return hw_server_response_new_json (200, json);
}
