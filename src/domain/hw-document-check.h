/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whether a travel document carries her home: its lines, its last day, and each country on the way.
 * The ticket gate and the document's own page ask the same functions. Pure; any thread.
 */
#pragma once

#include "domain/hw-country-rule.h"

G_BEGIN_DECLS

gboolean hw_document_is_verified (HwRecord *document); /* verified or handed over */
gboolean hw_document_is_over (HwRecord *document);     /* used, lost, expired … */
gboolean hw_document_is_valid_on (HwRecord *document, const char *day);
/* TRUE only where the directory says which papers the country accepts, and this is not one. */
gboolean hw_document_is_refused_by (
  HwRecord *document, HwCaseFile *file, const char *country, const char *day);
/* NULL: there are no lines to check, or they come out, agree, and somebody checked them. Otherwise
 * one sentence. (transfer full) */
char *hw_document_lines_objection (HwRecord *document, const char *day);

/* What follows when its last day has passed (now_us, at the office): it is expired, and another one is asked for.
 * Looking again gives the same ids, and nothing once it was written. (transfer full) (element-type HwOperation) */
GPtrArray *hw_document_end (HwCaseFile *file, HwRecord *document, gint64 now_us);

typedef enum
{
  HW_DOCUMENT_GOOD,
  HW_DOCUMENT_BAD,
  HW_DOCUMENT_UNKNOWN,
} HwDocumentState;

typedef struct
{
  HwDocumentState state;
  char *title; /* (owned) "On arrival", "Ethiopia" */
  char *words; /* (owned) a sentence */
} HwDocumentCheck;

/* For the journey this case is about now: arrival first, then each transit country in the order of
 * the way. Empty when there is no journey yet. (element-type HwDocumentCheck) (transfer full) */
GPtrArray *hw_document_checks (HwCaseFile *file, HwRecord *document, const char *day);

G_END_DECLS
