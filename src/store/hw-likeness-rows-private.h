/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The index of who is like whom, as the store's files use it. Under a connection; see hw-store-private.h.
 */
#pragma once

#include "domain/hw-likeness.h"
#include "store/hw-alike.h"
#include "store/hw-commit-private.h"

G_BEGIN_DECLS

#define HW_LIKENESS_MOST_COMPARED 40

/* Files a case under what it says now; file (nullable): it is gone. *changed: (out) (nullable) (transfer full) what
 * it says, when it was filed under something else. */
gboolean hw_likeness_put (
  HwDb *db, const char *case_id, HwCaseFile *file, HwTraits **changed, GError **error);
/* Ids of cases under any of the keys, those under most of them first. (transfer full) */
GPtrArray *
hw_likeness_candidates (HwDb *db, char **keys, const char *except, guint limit, GError **error);
GPtrArray *hw_likeness_cases_of (HwDb *db, const char *key, GError **error); /* (transfer full) */
/* (element-type HwAlike) (transfer full), the most alike first. */
GPtrArray *hw_likeness_find (HwStore *store,
                             HwDb *db,
                             const HwTraits *traits,
                             const char *except,
                             guint least,
                             GError **error);
/* At open: a file from before the index gets one. */
gboolean hw_likeness_prepare (HwStore *store, GError **error);

/* At the end of a commit: files what changed; on the server proposes what is alike to those who may read
 * both (hw-commit-likeness.c). */
gboolean hw_commit_follow_people (HwCommit *commit, GError **error);
/* Before what tells of her is judged, in a push that also said who she is: the same, for her alone. */
gboolean hw_commit_know_her_first (HwCommit *commit, HwStep *step, GError **error);
/* What a link of two cases asks beyond the rules of one: the right to both. NULL: nothing against it. */
HwVerdict *hw_commit_check_link (HwCommit *commit, HwStep *step);
/* The links that name this case get a new number: who may read it now may have to be told of them. */
gboolean hw_commit_renew_links (HwCommit *commit, const char *case_id, GError **error);

G_END_DECLS
