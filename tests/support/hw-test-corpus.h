/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A parser over its corpus in fuzz/corpus: every file as it stands, and mutations of each.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* bytes: a zero stands after the last of length. */
typedef void (*HwTestVisit) (const char *name, const char *bytes, gsize length, gconstpointer data);
/* As libFuzzer calls it: bytes is a buffer of exactly its size. */
typedef int (*HwTestInput) (const guint8 *bytes, gsize length);

/* Every file of fuzz/corpus/kind/folder, which holds ten or more. */
void hw_test_corpus_visit (const char *kind, const char *folder, HwTestVisit visit, gconstpointer data);
/* Two hundred mutations of every good and bad file. favourites: the bytes that parser cares about. */
void hw_test_corpus_mutate (const char *kind, const char *favourites, HwTestInput input);

G_END_DECLS
