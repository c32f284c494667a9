/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The weighing. Each thing that two cases share adds, each thing that sets them apart takes away, and
 * what one of them leaves open does neither. Names alone never suffice, and neither does a number: a
 * shelter's telephone is everybody's there.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-likeness-private.h"

#include <stdlib.h>
#include <string.h>

#include "base/hw-base.h"
#include "schema/hw-place.h"

#define MOST_WORDS 12
#define ALIKE 70 /* of hw_sound_likeness: one word for the other */
#define NEAR_YEARS 2
#define FAR_YEARS 6

typedef struct
{
  int weight;
  GPtrArray *reasons; /* (element-type utf8) static nicks */
} Weighing;

static void
weigh (Weighing *weighing, int weight, const char *reason)
{
  weighing->weight += weight;
  g_ptr_array_add (weighing->reasons, (gpointer)reason);
}

/* ---- Names ---- */

typedef struct
{
  const char *word;
  enum
  {
    GIVEN,
    FAMILY,
    ALIAS
  } kind;
} Word;

static guint
gather (const HwTraits *traits, Word *words, gboolean aliases)
{
  GPtrArray *const lists[] = { traits->given, traits->family, traits->aliases };
  guint count = 0;

  for (guint kind = GIVEN; kind <= (aliases ? ALIAS : FAMILY); kind++)
    for (guint i = 0; i < lists[kind]->len && count < MOST_WORDS; i++)
      words[count++] = (Word){ ((HwNameWord *)g_ptr_array_index (lists[kind], i))->word, kind };
  return count;
}

typedef struct
{
  guint matched;  /* words of the shorter name that the other has too */
  guint expected; /* words of the shorter name */
  guint worst;    /* the least alike of them, of 100 */
  guint exchanged;
  gboolean by_alias;
} NameMatch;

/* Each word takes the best of those not yet taken. */
static void
match_word (const Word *word, const Word *others, guint n, gboolean *taken, NameMatch *match)
{
  guint best = 0, at = 0;

  for (guint i = 0; i < n; i++)
    {
      guint alike = taken[i] ? 0 : hw_sound_likeness (word->word, others[i].word);

      if (alike > best)
        {
          best = alike;
          at = i;
        }
    }
  if (best < ALIKE)
    return;
  taken[at] = TRUE;
  match->matched++;
  match->worst = MIN (match->worst, best);
  match->by_alias |= word->kind == ALIAS || others[at].kind == ALIAS;
  if (word->kind != ALIAS && others[at].kind != ALIAS && word->kind != others[at].kind)
    match->exchanged++;
}

static NameMatch
match_names (const HwTraits *one, const HwTraits *other, gboolean aliases)
{
  Word first[MOST_WORDS], second[MOST_WORDS];
  gboolean taken[MOST_WORDS] = { FALSE };
  guint n = gather (one, first, FALSE), m = gather (other, second, aliases);
  NameMatch match = { .expected = n, .worst = 100 };

  for (guint i = 0; i < n; i++)
    match_word (&first[i], second, m, taken, &match);
  return match;
}

static guint
count_words (const HwTraits *traits)
{
  return traits->given->len + traits->family->len;
}

/* The shorter name is looked for in the longer one; each is also looked for in the other's aliases. */
static NameMatch
best_match (const HwTraits *one, const HwTraits *other)
{
  const HwTraits *shorter = count_words (one) <= count_words (other) ? one : other;
  const HwTraits *longer = shorter == one ? other : one;
  NameMatch best = match_names (shorter, longer, FALSE);
  const NameMatch tries[]
    = { match_names (shorter, longer, TRUE), match_names (longer, shorter, TRUE) };

  for (guint i = 0; i < G_N_ELEMENTS (tries); i++)
    if (tries[i].matched > best.matched
        || (tries[i].matched == best.matched && tries[i].expected < best.expected))
      best = tries[i];
  return best;
}

static void
weigh_names (Weighing *weighing, const HwTraits *one, const HwTraits *other)
{
  NameMatch match = best_match (one, other);

  if (match.matched == 0)
    return;
  if (match.matched == 1)
    {
      /* One word of one known name is less than one of several that differ. */
      weigh (weighing, match.expected == 1 ? 20 : 12, "one_name");
    }
  else if (match.matched < match.expected)
    {
      weigh (weighing, 28, "names_alike");
    }
  else
    {
      weigh (weighing,
             match.worst == 100 ? 45 : match.worst >= 85 ? 42 : 36,
             match.worst == 100 ? "same_names" : "names_alike");
    }
  if (match.by_alias)
    weigh (weighing, 0, "known_as");
  if (match.exchanged >= 2)
    weigh (weighing, 0, "names_swapped");
}

/* ---- Birth ---- */

/* "1999-04-03" and "1999-03-04". */
static gboolean
day_and_month_exchanged (const char *one, const char *other)
{
  return strlen (one) == 10 && strlen (other) == 10 && strncmp (one, other, 5) == 0
         && strncmp (one + 5, other + 8, 2) == 0 && strncmp (one + 8, other + 5, 2) == 0;
}

/* What two dates of one kind say; "" when nothing. */
static const char *
compare_dates (const char *one, const char *other, gboolean exact)
{
  int years = abs (atoi (one) - atoi (other));
  int days = abs (hw_date_days_between (one, other));

  if (exact && days == 0)
    return "same_birth_date";
  if (exact && days == 1)
    return "birth_date_near";
  if (exact && day_and_month_exchanged (one, other))
    return "birth_date_exchanged";
  if (!exact && years <= NEAR_YEARS)
    return "birth_year_near";
  if (years >= (exact ? NEAR_YEARS : FAR_YEARS))
    return "other_birth_date";
  return NULL;
}

static int
weight_of_dates (const char *reason)
{
  static const struct
  {
    const char *reason;
    int weight;
  } weights[] = { { "same_birth_date", 30 },
                  { "birth_date_near", 24 },
                  { "birth_date_exchanged", 24 },
                  { "birth_year_near", 14 },
                  { "other_birth_date", -25 } };

  for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
    if (g_strcmp0 (reason, weights[i].reason) == 0)
      return weights[i].weight;
  return 0;
}

/* What she says may be what the other file's papers say: the best of what fits counts. */
static void
weigh_birth (Weighing *weighing, const HwTraits *one, const HwTraits *other)
{
  const char *best = NULL;
  const char *const firsts[] = { one->birth_date, one->papers_birth_date };
  const char *const seconds[] = { other->birth_date, other->papers_birth_date };
  const gboolean first_exact[] = { one->birth_is_exact, TRUE };
  const gboolean second_exact[] = { other->birth_is_exact, TRUE };

  for (guint i = 0; i < 2; i++)
    for (guint n = 0; n < 2; n++)
      {
        const char *reason
          = firsts[i] != NULL && seconds[n] != NULL
              ? compare_dates (firsts[i], seconds[n], first_exact[i] && second_exact[n])
              : NULL;

        if (reason != NULL && (best == NULL || weight_of_dates (reason) > weight_of_dates (best)))
          best = reason;
      }
  if (best != NULL)
    weigh (weighing, weight_of_dates (best), best);
}

/* ---- The rest ---- */

static gboolean
shares_phone (const HwTraits *one, const HwTraits *other)
{
  for (guint i = 0; i < one->phones->len; i++)
    if (g_ptr_array_find_with_equal_func (
          other->phones, g_ptr_array_index (one->phones, i), g_str_equal, NULL))
      return TRUE;
  return FALSE;
}

/* Every word of the shorter name has its like in the longer. */
static gboolean
same_name (const char *one, const char *other)
{
  g_autofree char *folded_one = hw_fold (one);
  g_autofree char *folded_other = hw_fold (other);
  g_auto (GStrv) first = g_strsplit (folded_one, " ", -1);
  g_auto (GStrv) second = g_strsplit (folded_other, " ", -1);
  char **shorter = g_strv_length (first) <= g_strv_length (second) ? first : second;
  char **longer = shorter == first ? second : first;

  for (guint i = 0; shorter[i] != NULL; i++)
    {
      gboolean found = FALSE;

      for (guint n = 0; longer[n] != NULL && !found; n++)
        found = hw_sound_likeness (shorter[i], longer[n]) >= ALIKE;
      if (!found)
        return FALSE;
    }
  return shorter[0] != NULL;
}

static void
weigh_parents (Weighing *weighing, const HwTraits *one, const HwTraits *other)
{
  gboolean fathers = one->father != NULL && other->father != NULL;
  gboolean mothers = one->mother != NULL && other->mother != NULL;
  gboolean father = fathers && same_name (one->father, other->father);
  gboolean mother = mothers && same_name (one->mother, other->mother);

  if (father)
    weigh (weighing, 12, "same_father");
  if (mother)
    weigh (weighing, 14, "same_mother");
  if ((fathers || mothers) && !father && !mother)
    weigh (weighing, -12, "other_parents");
}

static gboolean
same_place (const char *one, const char *other)
{
  g_autofree char *first = hw_fold (one);
  g_autofree char *second = hw_fold (other);

  return *first != '\0' && g_str_equal (first, second);
}

/* One file may have the province of before 2025 and the other the one since. */
static void
weigh_origin (Weighing *weighing, const HwTraits *one, const HwTraits *other)
{
  g_autofree char *first = hw_place_new_province (one->province, one->new_province, one->commune);
  g_autofree char *second
    = hw_place_new_province (other->province, other->new_province, other->commune);

  if (one->commune != NULL && other->commune != NULL && same_place (one->commune, other->commune))
    weigh (weighing, 9, "same_commune");
  else if (one->province != NULL && other->province != NULL
           && same_place (one->province, other->province))
    weigh (weighing, 5, "same_province");
  else if (first != NULL && second != NULL && same_place (first, second))
    weigh (weighing, 3, "same_province");
  else if (first != NULL && second != NULL)
    weigh (weighing, -8, "other_province");
}

static gboolean
genders_differ (const HwTraits *one, const HwTraits *other)
{
  return (g_strcmp0 (one->gender, "feminine") == 0 && g_strcmp0 (other->gender, "masculine") == 0)
         || (g_strcmp0 (one->gender, "masculine") == 0
             && g_strcmp0 (other->gender, "feminine") == 0);
}

static void
weigh_numbers (Weighing *weighing, const HwTraits *one, const HwTraits *other)
{
  if (shares_phone (one, other))
    weigh (weighing, 42, "same_phone");
  if (one->id_number == NULL || other->id_number == NULL)
    return;
  if (g_str_equal (one->id_number, other->id_number))
    weigh (weighing, 60, "same_id_number");
  else
    weigh (weighing, -25, "other_id_number");
}

guint
hw_likeness (const HwTraits *one, const HwTraits *other, const char ***reasons)
{
  Weighing weighing = { .reasons = g_ptr_array_new () };

  weigh_names (&weighing, one, other);
  weigh_birth (&weighing, one, other);
  weigh_numbers (&weighing, one, other);
  weigh_parents (&weighing, one, other);
  weigh_origin (&weighing, one, other);
  if (genders_differ (one, other))
    weigh (&weighing, -30, "other_gender");
  g_ptr_array_add (weighing.reasons, NULL);
  if (reasons != NULL)
    *reasons = (const char **)g_ptr_array_free (weighing.reasons, FALSE);
  else
    g_ptr_array_unref (weighing.reasons);
  return (guint)CLAMP (weighing.weight, 0, 100);
}
