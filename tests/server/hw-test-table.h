/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of need to know, read from the schema's own files by the test itself: nothing here goes through the
 * generator, the tables made from it, or the rules of access.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _HwTestTable HwTestTable;

HwTestTable *hw_test_table_read (const char *folder);
void hw_test_table_free (HwTestTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HwTestTable, hw_test_table_free)
/* "identity" for ("person", "given_names"); (nullable): there is no such field. */
const char *hw_test_table_category (HwTestTable *table, const char *type, const char *field);
/* relations: nicks such as "owner". */
gboolean hw_test_table_reads (
  HwTestTable *table, const char *role, const char *const *relations, const char *type, const char *field);
/* Whether by a cell that gives the whole category, and not a few of its fields. */
gboolean hw_test_table_reads_all (
  HwTestTable *table, const char *role, const char *const *relations, const char *type, const char *field);
gboolean hw_test_table_writes (
  HwTestTable *table, const char *role, const char *const *relations, const char *type, const char *field);

G_END_DECLS
