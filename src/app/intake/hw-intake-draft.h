/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwIntakeDraft: one call as it is being written down: the scratch records it will become, and what
 * is typed but cannot be read yet. As JSON it survives the window, the program and the power cut.
 */
#pragma once

#include "app/callforms/hw-scratch.h"
#include "app/forms/hw-text-editor.h"

G_BEGIN_DECLS

#define HW_INTAKE_DRAFT_PREFIX "intake:"

typedef enum
{
  HW_INTAKE_CASE, /* first: the others belong to it */
  HW_INTAKE_PERSON,
  HW_INTAKE_CONTACT,
  HW_INTAKE_PLACEMENT,
  HW_INTAKE_CALL,
  HW_INTAKE_NOTE,
  HW_INTAKE_N_RECORDS,
} HwIntakeRecord;

typedef struct
{
  char *key;        /* "intake:UUID" */
  gint64 opened_us; /* when the call began */
  HwRecord *records[HW_INTAKE_N_RECORDS];
  GHashTable *typed; /* "person.birth_date" → what stands in the line */
} HwIntakeDraft;

HwIntakeDraft *hw_intake_draft_new (HwDesktop *desktop);
HwIntakeDraft *
hw_intake_draft_from_json (const char *key, const char *json); /* (nullable): damaged */
void hw_intake_draft_free (HwIntakeDraft *draft);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HwIntakeDraft, hw_intake_draft_free)

void hw_intake_draft_bind (HwIntakeDraft *draft,
                           GtkWidget *root,
                           HwFormContext *context); /* shows `typed` too */
/* As it stands on the screen, half-typed lines included. root (nullable): the records alone. */
char *hw_intake_draft_to_json (HwIntakeDraft *draft, GtkWidget *root);

/* "Aline N.", else "Caller 23:12": safe to say aloud. */
char *hw_intake_draft_pseudonym (const char *given_names,
                                 const char *family_name,
                                 gint64 opened_us,
                                 const char *zone);
/* What the call becomes: one group. Records in which nothing was written are left out. */
GPtrArray *hw_intake_draft_operations (HwIntakeDraft *draft, HwDesktop *desktop);

G_END_DECLS
