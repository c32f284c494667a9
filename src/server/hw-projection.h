/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwProjection: THE one place where what the store holds is cut to what this person may know.
 * Nothing of a case leaves the server except through it. Made for one request; one thread.
 */
#pragma once

#include "domain/hw-item.h"
#include "domain/hw-verdict.h"
#include "store/hw-server-store.h"

G_BEGIN_DECLS

#define HW_PROJECTION_THE_OFFICE "the office"

typedef struct _HwProjection HwProjection;

HwProjection *hw_projection_new (HwStore *store, const HwActor *actor); /* both outlive it */
void hw_projection_free (HwProjection *projection);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HwProjection, hw_projection_free)

/* What this person is to the record, its authorship and the directory included; 0: it does not
 * exist for them. */
guint hw_projection_relations (HwProjection *projection, HwRecord *record, GError **error);
/* The same where the relations to the case or request (0 for the directory) are known already. */
guint
hw_projection_relations_within (HwProjection *projection, HwRecord *record, guint root_relations);

gboolean hw_projection_sees_type (HwProjection *projection, HwTypeId type);
gboolean hw_projection_reads_record (HwProjection *projection, HwRecord *record, guint relations);
gboolean hw_projection_reads_field (HwProjection *projection,
                                    HwRecord *record,
                                    guint relations,
                                    HwFieldId field);
/* The record as this person may know it, as an item to send; NULL: not at all. (transfer full) */
HwItem *hw_projection_put (HwProjection *projection, HwRecord *record, guint relations);
/* Any entry of the feed; NULL: not for them. (transfer full) */
HwItem *hw_projection_entry (HwProjection *projection, HwFeedEntry *entry);
/* What somebody asked to be written, without what this person may not read of it; NULL: none of it. case_id (nullable),
 * by: what is known of a record that is not there yet. *whole is made FALSE when anything was left out. (transfer full) */
HwOperation *hw_projection_operation (HwProjection *projection,
                                      HwOperation *operation,
                                      const char *case_id,
                                      const char *by,
                                      gboolean *whole);
HwStore *hw_projection_store (HwProjection *projection); /* (transfer none) */
/* The first revision whose history is theirs: a mission reads none from before it had the record. */
guint64 hw_projection_history_since (HwProjection *projection, HwRecord *record);
/* FALSE when the entry is not for them: then nothing was appended. */
gboolean hw_projection_append_history (
  HwProjection *projection, HwRecord *record, guint relations, HwHistoryEntry *entry, GString *out);
/* A refusal or a gate's answer. (transfer full) */
HwVerdict *hw_projection_verdict (HwProjection *projection, HwVerdict *verdict, guint relations);
gboolean hw_projection_reads_verdicts (HwProjection *projection, guint relations);
/* The disclosure ledger of a case as a whole. */
gboolean hw_projection_reads_ledger (HwProjection *projection, guint relations);
/* Names of accounts. */
gboolean hw_projection_sees_account (HwProjection *projection, const HwAccount *account);

G_END_DECLS
