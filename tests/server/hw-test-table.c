/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading access.xml and the entities with GLib's own parser (hw-test-table.h).
 */
#include "tests/server/hw-test-table.h"

#include <string.h>

typedef struct
{
  char *category, *role, *right;
  char **relations, **fields, **writable;
} Cell;

struct _HwTestTable
{
  GPtrArray *cells;       /* (element-type Cell) */
  GHashTable *categories; /* "person.given_names" → category */
  char *category;         /* while reading: of the cell's parent, or of the entity */
  char *entity;
};

static void
cell_free (gpointer data)
{
  Cell *cell = data;

  g_free (cell->category);
  g_free (cell->role);
  g_free (cell->right);
  g_strfreev (cell->relations);
  g_strfreev (cell->fields);
  g_strfreev (cell->writable);
  g_free (cell);
}

static const char *
attribute (const char **names, const char **values, const char *name)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], name))
      return values[i];
  return NULL;
}

static char **
words_of (const char *text)
{
  g_autoptr (GRegex) spaces = g_regex_new ("\\s+", 0, 0, NULL);
  g_autofree char *trimmed = g_strstrip (g_strdup (text != NULL ? text : ""));

  return trimmed[0] != '\0' ? g_regex_split (spaces, trimmed, 0) : g_new0 (char *, 1);
}

static void
start_access (GMarkupParseContext *context, const char *element, const char **names, const char **values,
              gpointer data, GError **error)
{
  HwTestTable *table = data;
  Cell *cell;

  if (g_str_equal (element, "category"))
    {
      g_free (table->category);
      table->category = g_strdup (attribute (names, values, "nick"));
    }
  if (!g_str_equal (element, "cell"))
    return;
  cell = g_new0 (Cell, 1);
  cell->category = g_strdup (table->category);
  cell->role = g_strdup (attribute (names, values, "role"));
  cell->right = g_strdup (attribute (names, values, "right"));
  cell->relations = words_of (attribute (names, values, "relations"));
  cell->fields = words_of (attribute (names, values, "fields"));
  cell->writable = words_of (attribute (names, values, "writable"));
  g_ptr_array_add (table->cells, cell);
}

static void
start_entity (GMarkupParseContext *context, const char *element, const char **names, const char **values,
              gpointer data, GError **error)
{
  HwTestTable *table = data;
  const char *own = attribute (names, values, "category");

  if (g_str_equal (element, "entity"))
    {
      g_free (table->entity);
      g_free (table->category);
      table->entity = g_strdup (attribute (names, values, "name"));
      table->category = g_strdup (own);
    }
  if (g_str_equal (element, "field"))
    g_hash_table_insert (table->categories,
                         g_strconcat (table->entity, ".", attribute (names, values, "name"), NULL),
                         g_strdup (own != NULL ? own : table->category));
}

static void
read_file (HwTestTable *table, const char *folder, const char *name)
{
  const gboolean entity = g_str_has_suffix (name, ".entity.xml");
  const GMarkupParser parser = { .start_element = entity ? start_entity : start_access };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, table, NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_markup_parse_context_parse (context, text, (gssize) strlen (text), &error);
  g_assert_no_error (error);
}

HwTestTable *
hw_test_table_read (const char *folder)
{
  HwTestTable *table = g_new0 (HwTestTable, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  const char *name;

  g_assert_no_error (error);
  table->cells = g_ptr_array_new_with_free_func (cell_free);
  table->categories = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".entity.xml") || g_str_equal (name, "access.xml"))
      read_file (table, folder, name);
  g_assert_cmpuint (table->cells->len, >, 50);
  g_assert_cmpuint (g_hash_table_size (table->categories), >, 200);
  return table;
}

void
hw_test_table_free (HwTestTable *table)
{
  g_ptr_array_unref (table->cells);
  g_hash_table_unref (table->categories);
  g_free (table->category);
  g_free (table->entity);
  g_free (table);
}

const char *
hw_test_table_category (HwTestTable *table, const char *type, const char *field)
{
  g_autofree char *name = g_strconcat (type, ".", field, NULL);

  return g_hash_table_lookup (table->categories, name);
}

static gboolean
is_named (char **names, const char *type, const char *field)
{
  g_autofree char *one = g_strconcat (type, ".", field, NULL);
  g_autofree char *all = g_strconcat (type, ".*", NULL);

  return g_strv_contains ((const char *const *) names, one) || g_strv_contains ((const char *const *) names, all);
}

static gboolean
relates (const Cell *cell, const char *const *relations)
{
  for (guint i = 0; cell->relations[i] != NULL; i++)
    if (g_str_equal (cell->relations[i], "any") || g_strv_contains (relations, cell->relations[i]))
      return TRUE;
  return FALSE;
}

static gboolean
cell_reads (const Cell *cell, const char *type, const char *field)
{
  return !g_str_equal (cell->right, "minimal") || is_named (cell->fields, type, field);
}

static gboolean
cell_reads_all (const Cell *cell, const char *type, const char *field)
{
  return !g_str_equal (cell->right, "minimal");
}

static gboolean
cell_writes (const Cell *cell, const char *type, const char *field)
{
  return g_str_equal (cell->right, "write") && (cell->writable[0] == NULL || is_named (cell->writable, type, field));
}

static gboolean
any_cell (HwTestTable *table, const char *role, const char *const *relations, const char *type, const char *field,
          gboolean (*gives) (const Cell *cell, const char *type, const char *field))
{
  const char *category = hw_test_table_category (table, type, field);

  g_assert_nonnull (category);
  for (guint i = 0; i < table->cells->len; i++)
    {
      const Cell *cell = g_ptr_array_index (table->cells, i);

      if (g_str_equal (cell->category, category) && g_str_equal (cell->role, role) && relates (cell, relations)
          && gives (cell, type, field))
        return TRUE;
    }
  return FALSE;
}

gboolean
hw_test_table_reads (
  HwTestTable *table, const char *role, const char *const *relations, const char *type, const char *field)
{
  return any_cell (table, role, relations, type, field, cell_reads);
}

gboolean
hw_test_table_reads_all (
  HwTestTable *table, const char *role, const char *const *relations, const char *type, const char *field)
{
  return any_cell (table, role, relations, type, field, cell_reads_all);
}

gboolean
hw_test_table_writes (
  HwTestTable *table, const char *role, const char *const *relations, const char *type, const char *field)
{
  return any_cell (table, role, relations, type, field, cell_writes);
}
