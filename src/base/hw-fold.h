/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Text as it is indexed and as it is asked: case, diacritics, Arabic vowel signs, tatweel and alef/yeh/teh
 * marbuta forms folded, apostrophes dropped, other punctuation a space. (transfer full); idempotent. */
char *hw_fold (const char *text);
/* The folded words of a query as an FTS5 prefix expression, quoted: "alin* niyo*"; NULL when nothing is left. */
char *hw_fold_query (const char *text);

G_END_DECLS
