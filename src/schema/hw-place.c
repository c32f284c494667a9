/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Provinces and airports. Names are compared without regard to case: they are typed by people.
 */
#include "schema/hw-reference-private.h"

#include <string.h>

static gboolean
same_name (const char *a, const char *b)
{
  return a != NULL && g_ascii_strcasecmp (a, b) == 0;
}

const HwProvince *
hw_provinces_old (guint *count)
{
  if (count != NULL)
    *count = hw_province_table_count;
  return hw_province_table;
}

const char *const *
hw_provinces_new (guint *count)
{
  if (count != NULL)
    *count = hw_new_provinces_count;
  return hw_new_provinces;
}

const char *
hw_province_new_of (const char *old_name)
{
  for (guint i = 0; i < hw_province_table_count; i++)
    if (same_name (old_name, hw_province_table[i].name))
      return hw_province_table[i].now_in;
  return NULL;
}

const char *const *
hw_province_old_of (const char *new_name)
{
  for (guint i = 0; i < hw_new_provinces_count; i++)
    if (same_name (new_name, hw_new_provinces[i]))
      return hw_old_provinces_of[i];
  return NULL;
}

static gboolean
has_commune (const HwProvince *province, const char *commune)
{
  for (guint i = 0; province->communes[i] != NULL; i++)
    if (same_name (commune, province->communes[i]))
      return TRUE;
  return FALSE;
}

const HwProvince *
hw_province_of_commune (const char *commune)
{
  const HwProvince *found = NULL;

  for (guint i = 0; i < hw_province_table_count; i++)
    if (has_commune (&hw_province_table[i], commune))
      {
        if (found != NULL)
          return NULL;
        found = &hw_province_table[i];
      }
  return found;
}

const char *
hw_province_new_of_commune (const char *commune)
{
  const HwProvince *province = hw_province_of_commune (commune);

  for (guint i = 0; hw_moved_communes[i].commune != NULL; i++)
    if (same_name (commune, hw_moved_communes[i].commune))
      return hw_moved_communes[i].now_in;
  return province != NULL ? province->now_in : NULL;
}

static gboolean
is_new_province (const char *name)
{
  return hw_province_old_of (name) != NULL;
}

/* Until 2025 there was one field: a person may have the new name written in the old one's place. */
char *
hw_place_new_province (const char *old_name, const char *new_name, const char *commune)
{
  const char *found = new_name;

  if (found == NULL && commune != NULL)
    found = hw_province_new_of_commune (commune);
  if (found == NULL && old_name != NULL)
    found = hw_province_new_of (old_name);
  if (found == NULL && old_name != NULL && is_new_province (old_name))
    found = old_name;
  return g_strdup (found);
}

char *
hw_place_old_province (const char *old_name, const char *commune)
{
  const HwProvince *province = commune != NULL ? hw_province_of_commune (commune) : NULL;

  if (old_name != NULL)
    return g_strdup (old_name);
  return province != NULL ? g_strdup (province->name) : NULL;
}

static void
add_other_name (GPtrArray *names, const char *name, const char *const *given)
{
  if (name == NULL || g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
    return;
  for (guint i = 0; i < 3; i++)
    if (same_name (given[i], name))
      return;
  g_ptr_array_add (names, (gpointer) name);
}

const char **
hw_place_other_names (const char *old_name, const char *new_name, const char *commune)
{
  GPtrArray *names = g_ptr_array_new ();
  const char *given[] = { old_name != NULL ? old_name : "",
                          new_name != NULL ? new_name : "",
                          commune != NULL ? commune : "" };
  const HwProvince *province = hw_province_of_commune (commune);
  const char *since = new_name != NULL ? new_name : old_name;
  const char *const *made_of = since != NULL ? hw_province_old_of (since) : NULL;
  gboolean old_known = province != NULL || hw_province_new_of (old_name) != NULL;

  add_other_name (names, hw_province_new_of (old_name), given);
  add_other_name (names, hw_province_new_of_commune (commune), given);
  if (province != NULL)
    add_other_name (names, province->name, given);
  for (guint i = 0; !old_known && made_of != NULL && made_of[i] != NULL; i++)
    add_other_name (names, made_of[i], given);
  g_ptr_array_add (names, NULL);
  return (const char **) g_ptr_array_free (names, FALSE);
}

const HwAirport *
hw_airport_by_code (const char *code)
{
  for (guint i = 0; i < hw_airport_table_count; i++)
    if (same_name (code, hw_airport_table[i].code))
      return &hw_airport_table[i];
  return NULL;
}

const HwAirport *
hw_airports (guint *count)
{
  if (count != NULL)
    *count = hw_airport_table_count;
  return hw_airport_table;
}
