/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The disclosure ledger of a case as a plain statement: who was told what, when, on which consent, and whether that
 * consent was taken back since. For the screen and for paper alike.
 */
#pragma once

#include "app/forms/hw-form-context.h"
#include "domain/hw-case-file.h"

G_BEGIN_DECLS

typedef struct
{
  char *heading; /* the kind of record: "Person" */
  char *fields;  /* "Given names, Date of birth" */
} HwDisclosedPart;

typedef struct
{
  char      *who;
  char      *when;
  char      *how;
  GPtrArray *parts;     /* (element-type HwDisclosedPart) */
  char      *consent;   /* a sentence; never NULL */
  char      *withdrawn; /* (nullable) a sentence */
} HwDisclosureEntry;

/* Oldest first. (transfer full) (element-type HwDisclosureEntry) */
GPtrArray *hw_disclosure_statement (HwCaseFile *file, HwFormContext *context);
gboolean   hw_disclosure_statement_equal (GPtrArray *one, GPtrArray *other); /* in every word */

G_END_DECLS
