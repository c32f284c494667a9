/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwRecordDraft: a record that somebody is writing in a dialog, as JSON in the store: what the scratch holds and what is
 * typed but cannot be read yet. It survives the lock, the program and the power cut, and is offered again.
 */
#pragma once

#include "app/callforms/hw-scratch.h"

G_BEGIN_DECLS

#define HW_RECORD_DRAFT_PREFIX "record:"
/* Of a document that is about to be issued: a record that is there. */
#define HW_ISSUE_DRAFT_PREFIX "issue:"

typedef struct
{
  char       *key;    /* "record:ID" */
  HwRecord   *record; /* with its id and its case (nullable: the directory) */
  GHashTable *typed;  /* field name → what stands in the line */
} HwRecordDraft;

char          *hw_record_draft_key (HwRecord *scratch);
char          *hw_record_draft_to_json (HwRecord *scratch, GtkWidget *root); /* half-typed lines under root included */
HwRecordDraft *hw_record_draft_from_json (const char *key, const char *json); /* (nullable): damaged */
void           hw_record_draft_free (HwRecordDraft *draft);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HwRecordDraft, hw_record_draft_free)

/* Puts it into a form over a scratch of the same type, which takes the draft's values. */
void           hw_record_draft_show (HwRecordDraft *draft, HwRecord *scratch, GtkWidget *root);
/* Calls back for each letter typed under root and each line that was left. */
void           hw_record_draft_watch (GtkWidget *root, GCallback changed, gpointer object);

G_END_DECLS
