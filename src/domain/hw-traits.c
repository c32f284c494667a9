/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What one case says of its survivor, read once, and the keys it is filed under. A key is made of how a
 * name sounds, so that the index finds what a clerk in another country wrote.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-likeness-private.h"

#include <stdlib.h>
#include <string.h>

#include "base/hw-base.h"

#define MOST_WORDS 12
#define FEWEST_CONSONANTS 2

static void
name_word_free (gpointer data)
{
  HwNameWord *word = data;

  g_free (word->word);
  g_free (word->skeleton);
  g_free (word);
}

static void
take_words (GPtrArray *words, const char *text)
{
  g_autofree char *folded = hw_fold (text != NULL ? text : "");
  g_auto (GStrv) parts = g_strsplit (folded, " ", -1);

  for (guint i = 0; parts[i] != NULL && words->len < MOST_WORDS; i++)
    {
      g_autofree char *sound = hw_sound (parts[i]);
      HwNameWord *word;

      /* "N." of a working name says nothing. */
      if (g_utf8_strlen (parts[i], -1) < 2 || *sound == '\0')
        continue;
      word = g_new0 (HwNameWord, 1);
      word->word = g_strdup (parts[i]);
      word->skeleton = hw_sound_skeleton (sound);
      g_ptr_array_add (words, word);
    }
}

static void
take_person (HwTraits *traits, HwRecord *person)
{
  const char *const *aliases = hw_record_get_set (person, HW_FIELD_PERSON_ALIASES);
  const char *id_number = hw_record_get_text (person, HW_FIELD_PERSON_ID_NUMBER);

  take_words (traits->given, hw_record_get_text (person, HW_FIELD_PERSON_GIVEN_NAMES));
  take_words (traits->family, hw_record_get_text (person, HW_FIELD_PERSON_FAMILY_NAME));
  for (guint i = 0; aliases != NULL && aliases[i] != NULL; i++)
    take_words (traits->aliases, aliases[i]);
  traits->birth_date = g_strdup (hw_record_get_text (person, HW_FIELD_PERSON_BIRTH_DATE));
  traits->birth_is_exact
    = g_strcmp0 (hw_record_get_unit (person, HW_FIELD_PERSON_BIRTH_DATE), "day") == 0;
  traits->papers_birth_date
    = g_strdup (hw_record_get_text (person, HW_FIELD_PERSON_PAPERS_BIRTH_DATE));
  traits->father = g_strdup (hw_record_get_text (person, HW_FIELD_PERSON_FATHER_NAME));
  traits->mother = g_strdup (hw_record_get_text (person, HW_FIELD_PERSON_MOTHER_NAME));
  traits->gender = g_strdup (hw_record_get_text (person, HW_FIELD_PERSON_GENDER));
  traits->province = g_strdup (hw_record_get_text (person, HW_FIELD_PERSON_ORIGIN_PROVINCE));
  traits->new_province
    = g_strdup (hw_record_get_text (person, HW_FIELD_PERSON_ORIGIN_NEW_PROVINCE));
  traits->commune = g_strdup (hw_record_get_text (person, HW_FIELD_PERSON_ORIGIN_COMMUNE));
  if (id_number != NULL)
    {
      g_autofree char *folded = hw_fold (id_number);
      g_auto (GStrv) parts = g_strsplit (folded, " ", -1);

      traits->id_number = g_strjoinv ("", parts);
    }
}

static void
take_contact (HwTraits *traits, HwRecord *contact)
{
  const char *value = hw_record_get_text (contact, HW_FIELD_SAFE_CONTACT_VALUE);
  char *phone = value != NULL ? hw_phone_normalise (value) : NULL;

  if (phone != NULL && g_ptr_array_find_with_equal_func (traits->phones, phone, g_str_equal, NULL))
    g_clear_pointer (&phone, g_free);
  if (phone != NULL)
    g_ptr_array_add (traits->phones, phone);
}

static HwTraits *
traits_new (void)
{
  HwTraits *traits = g_new0 (HwTraits, 1);

  traits->given = g_ptr_array_new_with_free_func (name_word_free);
  traits->family = g_ptr_array_new_with_free_func (name_word_free);
  traits->aliases = g_ptr_array_new_with_free_func (name_word_free);
  traits->phones = g_ptr_array_new_with_free_func (g_free);
  return traits;
}

void
hw_traits_free (HwTraits *traits)
{
  if (traits == NULL)
    return;
  g_ptr_array_unref (traits->given);
  g_ptr_array_unref (traits->family);
  g_ptr_array_unref (traits->aliases);
  g_ptr_array_unref (traits->phones);
  g_free (traits->birth_date);
  g_free (traits->papers_birth_date);
  g_free (traits->father);
  g_free (traits->mother);
  g_free (traits->id_number);
  g_free (traits->gender);
  g_free (traits->province);
  g_free (traits->new_province);
  g_free (traits->commune);
  g_free (traits);
}

static HwTraits *
unless_empty (HwTraits *traits)
{
  if (traits->given->len + traits->family->len + traits->aliases->len + traits->phones->len > 0
      || traits->id_number != NULL)
    return traits;
  hw_traits_free (traits);
  return NULL;
}

HwTraits *
hw_traits_of_case (HwCaseFile *file)
{
  HwTraits *traits = traits_new ();
  HwRecord *person = hw_case_file_survivor (file);
  GPtrArray *contacts = hw_case_file_of_type (file, HW_TYPE_ID_SAFE_CONTACT);

  if (person != NULL)
    take_person (traits, person);
  for (guint i = 0; i < contacts->len; i++)
    take_contact (traits, g_ptr_array_index (contacts, i));
  return unless_empty (traits);
}

HwTraits *
hw_traits_of_records (HwRecord *person, HwRecord *contact)
{
  HwTraits *traits = traits_new ();

  if (person != NULL)
    take_person (traits, person);
  if (contact != NULL)
    take_contact (traits, contact);
  return unless_empty (traits);
}

/* ---- Keys ---- */

static GPtrArray *
all_words (const HwTraits *traits)
{
  GPtrArray *words = g_ptr_array_new ();
  GPtrArray *const lists[] = { traits->given, traits->family, traits->aliases };

  for (guint list = 0; list < G_N_ELEMENTS (lists); list++)
    for (guint i = 0; i < lists[list]->len; i++)
      g_ptr_array_add (words, g_ptr_array_index (lists[list], i));
  return words;
}

static void
add_key (GPtrArray *keys, char *key)
{
  if (key == NULL || g_ptr_array_find_with_equal_func (keys, key, g_str_equal, NULL))
    g_free (key);
  else
    g_ptr_array_add (keys, key);
}

/* In one order, so that exchanged names make one key. */
static void
add_pairs (GPtrArray *keys, GPtrArray *words)
{
  for (guint i = 0; i < words->len; i++)
    for (guint n = i + 1; n < words->len; n++)
      {
        const HwNameWord *one = g_ptr_array_index (words, i);
        const HwNameWord *other = g_ptr_array_index (words, n);
        int order = strcmp (one->skeleton, other->skeleton);

        if (order != 0)
          add_key (keys,
                   g_strdup_printf ("n:%s %s",
                                    order < 0 ? one->skeleton : other->skeleton,
                                    order < 0 ? other->skeleton : one->skeleton));
      }
}

static void
add_years (GPtrArray *keys, GPtrArray *words, const char *birth_date, guint beside)
{
  int year = birth_date != NULL ? atoi (birth_date) : 0;

  if (year == 0)
    return;
  for (guint i = 0; i < words->len; i++)
    for (int near = year - (int)beside; near <= year + (int)beside; near++)
      add_key (
        keys,
        g_strdup_printf ("y:%s %d", ((HwNameWord *)g_ptr_array_index (words, i))->skeleton, near));
}

static char *
skeleton_of_name (const char *name)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (name_word_free);
  g_autoptr (GString) out = g_string_new (NULL);

  take_words (words, name);
  for (guint i = 0; i < words->len; i++)
    g_string_append (out, ((HwNameWord *)g_ptr_array_index (words, i))->skeleton);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
add_others (GPtrArray *keys, const HwTraits *traits)
{
  for (guint i = 0; i < traits->phones->len; i++)
    add_key (keys, hw_likeness_phone_key (g_ptr_array_index (traits->phones, i)));
  if (traits->id_number != NULL && *traits->id_number != '\0')
    add_key (keys, g_strconcat ("i:", traits->id_number, NULL));
  if (traits->father != NULL && traits->mother != NULL)
    {
      g_autofree char *father = skeleton_of_name (traits->father);
      g_autofree char *mother = skeleton_of_name (traits->mother);

      add_key (keys, g_strdup_printf ("m:%s %s", father, mother));
    }
}

static void
add_single_names (GPtrArray *keys, GPtrArray *words)
{
  for (guint i = 0; i < words->len; i++)
    {
      const HwNameWord *word = g_ptr_array_index (words, i);

      if (strlen (word->skeleton) >= FEWEST_CONSONANTS)
        add_key (keys, g_strconcat ("w:", word->skeleton, NULL));
    }
}

static char **
end_keys (GPtrArray *keys)
{
  g_ptr_array_add (keys, NULL);
  return (char **)g_ptr_array_free (keys, FALSE);
}

char **
hw_likeness_keys (const HwTraits *traits)
{
  GPtrArray *keys = g_ptr_array_new ();
  g_autoptr (GPtrArray) words = all_words (traits);

  add_others (keys, traits);
  add_pairs (keys, words);
  add_years (keys, words, traits->birth_date, 0);
  add_years (keys, words, traits->papers_birth_date, 0);
  add_single_names (keys, words);
  return end_keys (keys);
}

char **
hw_likeness_search_keys (const HwTraits *traits)
{
  GPtrArray *keys = g_ptr_array_new ();
  g_autoptr (GPtrArray) words = all_words (traits);

  add_others (keys, traits);
  add_pairs (keys, words);
  add_years (keys, words, traits->birth_date, traits->birth_is_exact ? 1 : 2);
  add_years (keys, words, traits->papers_birth_date, 1);
  if (words->len > 0 && traits->birth_date == NULL)
    add_single_names (keys, words);
  return end_keys (keys);
}

char *
hw_likeness_phone_key (const char *phone)
{
  g_autofree char *normal = phone != NULL ? hw_phone_normalise (phone) : NULL;

  return normal != NULL ? g_strconcat ("p:", normal, NULL) : NULL;
}

/* ---- The link of a pair ---- */

const char *
hw_case_link_root (const char *one_case, const char *other_case)
{
  return strcmp (one_case, other_case) > 0 ? one_case : other_case;
}

const char *
hw_case_link_other (const char *one_case, const char *other_case)
{
  return strcmp (one_case, other_case) > 0 ? other_case : one_case;
}

char *
hw_case_link_id (const char *one_case, const char *other_case)
{
  g_autofree char *name
    = g_strconcat ("same-person:", hw_case_link_other (one_case, other_case), NULL);

  return hw_uuid_v5 (hw_case_link_root (one_case, other_case), name);
}
