/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Text to tree (hw-json-tree.h). The guard goes first; should guard and reader ever disagree, nothing is
 * given.
 */
#define G_LOG_DOMAIN "homeward-schema"

#include "schema/hw-json-tree.h"

#include "base/hw-json-guard.h"
#include "schema/hw-json-reader.h"

JsonNode *
hw_json_tree_parse (const char *bytes, gsize length, gsize max_bytes, const char **why)
{
  HwJsonReader reader;
  JsonNode *node;

  *why = "it is no strict JSON";
  if (bytes == NULL || !hw_json_guard (bytes, length, max_bytes, HW_JSON_MAX_DEPTH, why))
    return NULL;
  hw_json_reader_init (&reader, bytes, length);
  node = hw_json_reader_node (&reader);
  if (node != NULL && hw_json_reader_peek (&reader) != '\0')
    g_clear_pointer (&node, json_node_unref);
  hw_json_reader_clear (&reader);
  return node;
}
