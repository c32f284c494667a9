/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * POST /v1/readings: what a person at a desktop, perhaps without a network then, had shown that stood masked. It is
 * entered in the audit chain under the record's case, and nothing is answered: neither whether there is such a record nor
 * whose it is. A field of a later version is entered as it was named.
 */
#define G_LOG_DOMAIN "homeward-server"

#include "base/hw-base.h"
#include "server/hw-problem.h"
#include "server/hw-server-private.h"
#include "store/hw-readings.h"

#include <string.h>

#define MAX_READINGS 500
#define MAX_FIELD 100

/* "person.given_names": a name of the schema's, whatever its version, and nothing that could be a value. */
static gboolean
is_field_name (const char *text)
{
  const char *dot = strchr (text, '.');

  return dot != NULL && dot != text && dot[1] != '\0' && strlen (text) <= MAX_FIELD
         && strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789_") == (gsize)(dot - text)
         && strspn (dot + 1, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen (dot + 1);
}

static const char *
text_member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

static HwReading *
read_one (JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *id = object != NULL ? text_member (object, "id") : NULL;
  const char *record = object != NULL ? text_member (object, "record") : NULL;
  const char *field = object != NULL ? text_member (object, "field") : NULL;
  const char *at = object != NULL ? text_member (object, "at") : NULL;
  HwReading *reading;
  gint64 us;

  if (id == NULL || record == NULL || field == NULL || at == NULL || !hw_uuid_valid (id)
      || !hw_uuid_valid (record) || !is_field_name (field) || !hw_instant_parse (at, &us))
    return NULL;
  reading = g_new0 (HwReading, 1);
  reading->id = g_strdup (id);
  reading->record = g_strdup (record);
  reading->field = g_strdup (field);
  reading->at = hw_instant_format (us);
  return reading;
}

static GPtrArray *
read_all (JsonNode *body, HwServerResponse **refusal)
{
  JsonNode *node = json_object_get_member (json_node_get_object (body), "readings");
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = array != NULL ? json_array_get_length (array) : 0;
  g_autoptr (GPtrArray) readings = hw_readings_new ();

  if (n == 0 || n > MAX_READINGS)
    {
      *refusal = hw_problem_new (HW_PROBLEM_INVALID, "From 1 to 500 readings are expected", "/readings");
      return NULL;
    }
  for (guint i = 0; i < n; i++)
    {
      HwReading *reading = read_one (json_array_get_element (array, i));
      g_autofree char *pointer = g_strdup_printf ("/readings/%u", i);

      if (reading == NULL)
        {
          *refusal = hw_problem_new (
            HW_PROBLEM_INVALID, "A reading has an id, a record, a field and a moment", pointer);
          return NULL;
        }
      g_ptr_array_add (readings, reading);
    }
  return g_steal_pointer (&readings);
}

HwServerResponse *
hw_server_post_readings (HwServerCall *call)
{
  HwServerResponse *refusal = NULL;
  g_autoptr (JsonNode) body = hw_server_call_body (call, &refusal);
  g_autoptr (GPtrArray) readings = body != NULL ? read_all (body, &refusal) : NULL;
  g_autoptr (GError) error = NULL;

  if (readings == NULL)
    return refusal;
  if (!hw_store_enter_readings (call->store, call->actor, readings, &error))
    return hw_problem_new_failed (error);
  return hw_server_response_new (204);
}
