/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/hw-case-list.h"
#include "store/hw-commit-private.h"

G_BEGIN_DECLS

/* ---- Rows (hw-case-row.c) ---- */
HwCaseRow *hw_case_row_new (gint64 n);                            /* not loaded */
HwCaseRow *hw_case_row_new_unreadable (gint64 n);                 /* loaded, and says so; its id is "" */
HwCaseRow *hw_case_row_read (HwDb *db, gint64 n, GError **error); /* (nullable) loaded */
gint64 hw_case_row_number (HwCaseRow *row);
void
hw_case_row_take (HwCaseRow *row, HwCaseRow *loaded); /* fills an unloaded one; emits "loaded" */

/* ---- The query (hw-case-query.c) ---- what the worker does for a list */
typedef struct
{
  HwCaseFilter *filter; /* (owned) input */
  GPtrArray *changed;   /* (owned) input: ids of cases that changed since the last run */
  gboolean with_totals; /* input: a filter alone does not change them */
  GArray *ids;          /* (owned) result: gint64, in order */
  GPtrArray *rows;      /* (owned) result: HwCaseRow of the changed cases, loaded */
  GPtrArray *countries; /* (owned) result */
  guint total;          /* result */
  guint generation;
} HwCaseQuery;
HwCaseQuery *hw_case_query_new (const HwCaseFilter *filter);
void hw_case_query_free (HwCaseQuery *query);
gboolean hw_case_query_run (HwCaseQuery *query, HwStore *store, GError **error);

G_END_DECLS
