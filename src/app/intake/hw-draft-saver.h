/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwDraftSaver: decides when a draft goes to disk, and knows what is there: 400 ms after the last
 * change, and at least once a second while changes go on.
 */
#pragma once

#include "store/hw-store.h"

G_BEGIN_DECLS

#define HW_TYPE_DRAFT_SAVER (hw_draft_saver_get_type ())
G_DECLARE_FINAL_TYPE (HwDraftSaver, hw_draft_saver, HW, DRAFT_SAVER, GObject)

typedef char *(*HwDraftFunc) (gpointer data); /* the draft as JSON, now; (transfer full) */

/* Signal "state-changed" (). func is called on the main thread, never after hw_draft_saver_end().
 */
HwDraftSaver *hw_draft_saver_new (HwStore *store, const char *key, HwDraftFunc func, gpointer data);
void hw_draft_saver_change (HwDraftSaver *self); /* something was typed */
void hw_draft_saver_end (HwDraftSaver *self); /* saves what is not saved; from now on nothing is */
void hw_draft_saver_discard (HwDraftSaver *self); /* ends, and deletes the draft */

gboolean hw_draft_saver_is_touched (HwDraftSaver *self); /* anything typed since it was made */
/* What is on disk, in words: "Saved on this computer 2 s ago". (transfer full) */
char *hw_draft_saver_words (HwDraftSaver *self);
gboolean hw_draft_saver_failed (HwDraftSaver *self);

G_END_DECLS
