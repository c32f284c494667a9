/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GET /v1/statistics. Who works with cases gets the counts of those they may see, by the fields of them they may
 * read. Who does not gets what may be released: no cell below eleven, and none that the others give away.
 */
#define G_LOG_DOMAIN "homeward-server"

#include "domain/hw-rules.h"
#include "server/hw-problem.h"
#include "server/hw-server-private.h"

#define SMALLEST_CELL 11

/* Values of a list only: nothing anybody typed is in a statistic. */
static const HwFieldId counted[] = { HW_FIELD_CASE_STATUS,   HW_FIELD_CASE_URGENCY,     HW_FIELD_CASE_SOURCE,
                                     HW_FIELD_CASE_LOCATION_COUNTRY, HW_FIELD_CASE_NATIONALITY,
                                     HW_FIELD_CASE_CLOSURE_REASON };

static guint
total_of (GPtrArray *counts)
{
  guint total = 0;

  for (guint i = 0; i < counts->len; i++)
    total += ((HwCaseCount *) g_ptr_array_index (counts, i))->count;
  return total;
}

/* counts come largest first. What is left out must itself be a crowd, or the total tells it: then the smallest
 * cell that could be told is left out too. Answers what was left out. */
static guint
suppress (GPtrArray *counts)
{
  guint hidden = 0;

  while (counts->len > 0)
    {
      const HwCaseCount *last = g_ptr_array_index (counts, counts->len - 1);

      if (last->count >= SMALLEST_CELL && (hidden == 0 || hidden >= SMALLEST_CELL))
        break;
      hidden += last->count;
      g_ptr_array_set_size (counts, (gint) counts->len - 1);
    }
  return hidden;
}

static void
append_table (GString *json, const HwFieldDef *field, GPtrArray *counts, gboolean release)
{
  guint hidden = release ? suppress (counts) : 0;

  if (json->str[json->len - 1] == '}')
    g_string_append_c (json, ',');
  g_string_append_c (json, '{');
  hw_problem_append_member (json, "field", field->name);
  g_string_append (json, ",\"cells\":[");
  for (guint i = 0; i < counts->len; i++)
    {
      const HwCaseCount *count = g_ptr_array_index (counts, i);

      g_string_append (json, i > 0 ? ",{" : "{");
      if (count->value[0] != '\0')
        hw_problem_append_member (json, "value", count->value);
      else
        g_string_append (json, "\"value\":null");
      g_string_append_printf (json, ",\"count\":%u}", count->count);
    }
  g_string_append_printf (json, "],\"left_out\":%s}", hidden > 0 ? "true" : "false");
}

static gboolean
append_tables (HwServerCall *call, gboolean release, GString *json, GError **error)
{
  guint total = 0;

  g_string_append (json, "\"tables\":[");
  for (guint i = 0; i < G_N_ELEMENTS (counted); i++)
    {
      const HwFieldDef *field = hw_schema_field (counted[i]);
      g_autoptr (GPtrArray) counts = NULL;

      if (!release && !hw_access_may_read (call->actor->role, G_MAXUINT, field))
        continue;
      counts = hw_store_count_cases (call->store, counted[i], release ? NULL : call->actor->user, error);
      if (counts == NULL)
        return FALSE;
      total = total_of (counts);
      append_table (json, field, counts, release);
    }
  g_string_append_c (json, ']');
  if (!release || total >= SMALLEST_CELL)
    g_string_append_printf (json, ",\"total\":%u", total);
  return TRUE;
}

HwServerResponse *
hw_server_get_statistics (HwServerCall *call)
{
  const HwAccessCell *cell = hw_schema_access (HW_CATEGORY_STATISTICS, call->actor->role);
  gboolean release = call->actor->role == HW_ROLE_ANALYST || call->actor->role == HW_ROLE_AUDITOR;
  g_autoptr (GError) error = NULL;
  GString *json;

  if (cell == NULL || cell->right == HW_RIGHT_NONE)
    return hw_problem_new (HW_PROBLEM_FORBIDDEN, NULL, NULL);
  if (!hw_server_call_audit (call, "read-statistics", NULL, NULL, NULL, &error))
    return hw_problem_new_failed (error);
  json = g_string_new ("{");
  hw_problem_append_member (json, "scope", release ? "release" : "own");
  g_string_append_c (json, ',');
  if (release)
    g_string_append_printf (json, "\"smallest_cell\":%d,", SMALLEST_CELL);
  if (!append_tables (call, release, json, &error))
    {
      g_string_free (json, TRUE);
      return hw_problem_new_failed (error);
    }
  g_string_append_c (json, '}');
  return hw_server_response_new_json (200, json);
}
