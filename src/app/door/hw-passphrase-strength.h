/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How long a passphrase would hold against somebody who has the laptop and many computers. The estimate is zxcvbn's
 * (words, names, dates, patterns of the keyboard); the time is that of Argon2id at 0.3 s a guess. Pure.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  HW_STRENGTH_NONE,  /* nothing typed */
  HW_STRENGTH_SHORT, /* under HW_PASSPHRASE_CHARACTERS */
  HW_STRENGTH_WEAK,  /* hours to weeks: refused */
  HW_STRENGTH_FAIR,
  HW_STRENGTH_GOOD,
  HW_STRENGTH_STRONG,
} HwStrength;

#define HW_PASSPHRASE_CHARACTERS 12 /* as for a password of the server */

/* known: (nullable) (array zero-terminated=1) words that somebody who has the laptop would try first, such as the user name. */
HwStrength  hw_passphrase_strength (const char *passphrase, const char *const *known);
gboolean    hw_strength_is_enough (HwStrength strength);
const char *hw_strength_words (HwStrength strength); /* (static), translated */

G_END_DECLS
