/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwCaseList: the case list as a live GListModel of HwCaseRow over a query: ids first, rows in pages of 64,
 * exact items-changed on commit. Main thread; the SQL runs on the store's worker.
 *
 * Both lists have a property "error" (string, nullable, notified): why what is shown is not what there is, in words for a
 * person; it goes when the list was read again. Of rows that could not be read it stays, since they stay blank.
 */
#pragma once

#include "store/hw-store.h"

G_BEGIN_DECLS

#define HW_TYPE_CASE_ROW (hw_case_row_get_type ())
G_DECLARE_FINAL_TYPE (HwCaseRow, hw_case_row, HW, CASE_ROW, GObject)

/* Immutable. A row not yet read from disk answers NULL everywhere and emits "loaded" once it is there. */
gboolean    hw_case_row_is_loaded (HwCaseRow *row);
const char *hw_case_row_id (HwCaseRow *row);            /* "": it could not be read, and cannot be opened */
const char *hw_case_row_code (HwCaseRow *row);
const char *hw_case_row_pseudonym (HwCaseRow *row);
const char *hw_case_row_urgency (HwCaseRow *row);
HwStage     hw_case_row_stage (HwCaseRow *row);
const char *hw_case_row_country (HwCaseRow *row);
const char *hw_case_row_place (HwCaseRow *row);
const char *hw_case_row_zone (HwCaseRow *row);
const char *hw_case_row_next_due (HwCaseRow *row);      /* ISO date */
const char *hw_case_row_next_due_what (HwCaseRow *row);
const char *hw_case_row_blocked_by (HwCaseRow *row);    /* NULL: nothing blocks */
const char *hw_case_row_owner (HwCaseRow *row);         /* user id */
const char *hw_case_row_updated_at (HwCaseRow *row);

typedef enum
{
  HW_CASE_SORT_CODE,
  HW_CASE_SORT_PSEUDONYM,
  HW_CASE_SORT_STAGE,
  HW_CASE_SORT_COUNTRY,
  HW_CASE_SORT_NEXT_DUE,
  HW_CASE_SORT_BLOCKED,
  HW_CASE_SORT_OWNER,
  HW_CASE_SORT_UPDATED,
} HwCaseSort;

typedef struct
{
  char      *search;   /* (nullable) as typed */
  guint      stages;   /* bit per HwStage; 0: all */
  char      *country;  /* (nullable) */
  char      *mission;  /* (nullable) organisation id */
  char      *owner;    /* (nullable) user id; "": those that nobody carries */
  char      *urgency;  /* (nullable) */
  gboolean   blocked;  /* only those that something blocks */
  char      *due_by;   /* (nullable) ISO date */
  gboolean   closed;   /* closed ones too */
  HwCaseSort sort;
  gboolean   descending;
} HwCaseFilter;
HwCaseFilter *hw_case_filter_copy (const HwCaseFilter *filter);
void          hw_case_filter_free (HwCaseFilter *filter);

#define HW_TYPE_CASE_LIST (hw_case_list_get_type ())
G_DECLARE_FINAL_TYPE (HwCaseList, hw_case_list, HW, CASE_LIST, GObject)
HwCaseList *hw_case_list_new (HwStore *store);
void        hw_case_list_set_filter (HwCaseList *list, const HwCaseFilter *filter); /* copied; runs on the worker; the last one wins */
guint       hw_case_list_total (HwCaseList *list);  /* open cases altogether, whatever the filter */
gboolean    hw_case_list_busy (HwCaseList *list);   /* property "busy", notified */
GPtrArray  *hw_case_list_countries (HwCaseList *list); /* (element-type utf8) countries that occur, for the chip; property "total" notifies */

/* HwRecordList: live GListModel of HwRecord of one type, newest first, optionally where a field equals a text. */
#define HW_TYPE_RECORD_LIST (hw_record_list_get_type ())
G_DECLARE_FINAL_TYPE (HwRecordList, hw_record_list, HW, RECORD_LIST, GObject)
HwRecordList *hw_record_list_new (HwStore *store, HwTypeId type, HwFieldId where, const char *equals);

G_END_DECLS
