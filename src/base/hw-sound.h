/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How a name sounds, whoever wrote it down: Ndayishimiye, Ndaishimie and ندايشيمييه are one name. Any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One word, spelled as it is heard: Latin letters, no doubles, one letter for those that are confused
 * (c k q, r l, y i, b v, s z sh). Never NULL; "" for a word without letters. (transfer full) */
char *hw_sound (const char *word);
/* The consonants of a sound, with an "a" before them where it begins with a vowel: Arabic writes few
 * vowels, so this is what the two scripts share. (transfer full) */
char *hw_sound_skeleton (const char *sound);
/* How alike two words are, in hundredths: 100 the same letters, 95 the same sound, 85 the same
 * consonants (three or more), less for a slip of the pen in a long word, 0 otherwise. */
guint hw_sound_likeness (const char *one, const char *other);

G_END_DECLS
