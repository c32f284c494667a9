/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A thousand cores that each try three passphrases a second try 2^36.4 of them in a year, and find one after half of its
 * possibilities on average.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/door/hw-passphrase-strength.h"

#include <glib/gi18n.h>
#include <zxcvbn.h>

#define FAIR_BITS 36 /* about a year */
#define GOOD_BITS 46 /* centuries */
#define STRONG_BITS 60
/* zxcvbn's work grows with the square of the length; what is longer is strong by what comes before. */
#define JUDGED_BYTES 100

HwStrength
hw_passphrase_strength (const char *passphrase, const char *const *known)
{
  g_autofree char *judged = g_strndup (passphrase, JUDGED_BYTES);
  double bits;

  if (*passphrase == '\0')
    return HW_STRENGTH_NONE;
  if (g_utf8_strlen (passphrase, -1) < HW_PASSPHRASE_CHARACTERS)
    return HW_STRENGTH_SHORT;
  bits = ZxcvbnMatch (judged, (const char **) known, NULL);
  memset (judged, 0, strlen (judged));
  if (bits < FAIR_BITS)
    return HW_STRENGTH_WEAK;
  if (bits < GOOD_BITS)
    return HW_STRENGTH_FAIR;
  return bits < STRONG_BITS ? HW_STRENGTH_GOOD : HW_STRENGTH_STRONG;
}

gboolean
hw_strength_is_enough (HwStrength strength)
{
  return strength >= HW_STRENGTH_FAIR;
}

const char *
hw_strength_words (HwStrength strength)
{
  switch (strength)
    {
    case HW_STRENGTH_SHORT:
      return _ ("Too short: 12 letters or more. Four or five words that do not belong together are easy to keep in mind.");
    case HW_STRENGTH_WEAK:
      return _ ("Too weak: with many computers it is found within days. Add a word that nobody would expect.");
    case HW_STRENGTH_FAIR:
      return _ ("Fair: holds about a year against many computers. One more word makes it centuries.");
    case HW_STRENGTH_GOOD:
      return _ ("Good: holds for centuries.");
    case HW_STRENGTH_STRONG:
      return _ ("Strong: nobody finds it by trying.");
    case HW_STRENGTH_NONE:
    default:
      return _ ("Four or five words that do not belong together are strong and easy to keep in mind.");
    }
}
