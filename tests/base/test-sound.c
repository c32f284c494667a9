/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One name, however it was spelled.
 */
#include "base/hw-sound.h"

static void
test_variants (void)
{
  static const struct
  {
    const char *one, *other;
    guint least;
  } pairs[] = {
    { "Ndayishimiye", "Ndayishimiye", 100 }, { "NDAYISHIMIYE", "ndayishimiye", 100 },
    { "Ndayishimiye", "Ndaishimie", 95 },    { "Ndayishimiye", "Ndayishimiyé", 100 },
    { "Niyonzima", "Nionzima", 95 },         { "Irakoze", "Ilakoze", 95 },
    { "Consolate", "Konsolate", 95 },        { "Emmanuel", "Emanuel", 95 },
    { "Hakizimana", "Akizimana", 95 },       { "Nduwayo", "Nduvayo", 80 },
    { "Vyizigiro", "Byizigiro", 95 },        { "Citegetse", "Kitegetse", 95 },
    { "Mouhamed", "Muhamed", 95 },           { "Ndayishimiye", "ندايشيميي", 85 },
    { "Emmanuel", "إيمانويل", 85 },          { "Irakoze", "إراكوزي", 85 },
    { "Niyonzima", "نيونزيما", 85 },         { "Bigirimana", "Bigirimama", 80 },
    { "Ndayikengurukiye", "Ndayikengurutye", 70 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      guint alike = hw_sound_likeness (pairs[i].one, pairs[i].other);

      if (alike < pairs[i].least)
        g_error ("%s and %s: %u, not %u", pairs[i].one, pairs[i].other, alike, pairs[i].least);
      g_assert_cmpuint (hw_sound_likeness (pairs[i].other, pairs[i].one), ==, alike);
    }
}

static void
test_others (void)
{
  static const char *const pairs[][2]
    = { { "Aline", "Chantal" },      { "Ndayishimiye", "Ndayizeye" }, { "Niyonzima", "Niyonkuru" },
        { "Irakoze", "Iradukunda" }, { "Divine", "Odette" },          { "", "Aline" },
        { "123", "Aline" },          { "Ida", "Eda" } };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (hw_sound_likeness (pairs[i][0], pairs[i][1]) != 0)
      g_error ("%s is taken for %s", pairs[i][0], pairs[i][1]);
}

static void
test_any_text (void)
{
  static const char *const texts[] = { "", "\xff\xfe", "🙂", "漢字", "ًٌٍ", "'", "a" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *sound = hw_sound (texts[i]);
      g_autofree char *skeleton = hw_sound_skeleton (sound);

      g_assert_true (g_str_is_ascii (sound));
      g_assert_true (g_str_is_ascii (skeleton));
    }
  g_assert_cmpuint (hw_sound_likeness (texts[3], texts[3]), ==, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sound/one-name-in-many-spellings", test_variants);
  g_test_add_func ("/sound/other-names-stay-other-names", test_others);
  g_test_add_func ("/sound/any-text-has-a-sound-or-none", test_any_text);
  return g_test_run ();
}
