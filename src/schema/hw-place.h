/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Provinces of Burundi, the 18 until 2025 and the 5 since, and the airports of the region.
 * The map of provinces is by majority: some communes moved, so both names are stored with a person.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *name;            /* of the province that was until 2025 */
  const char *iso;             /* ISO 3166-2, "BI-NG" */
  const char *now_in;          /* the province most of it is in since 2025 */
  const char *const *communes; /* as they were until 2025; ends with NULL */
} HwProvince;

typedef struct
{
  const char *code; /* IATA */
  const char *city;
  const char *name;
  const char *country; /* ISO 3166-1 alpha-2 */
  const char *zone;    /* IANA */
} HwAirport;

const HwProvince *hw_provinces_old (guint *count);
const char *const *hw_provinces_new (guint *count);    /* five names, ends with NULL */
const char *hw_province_new_of (const char *old_name); /* (nullable) */
const char *const *
hw_province_old_of (const char *new_name); /* names, ends with NULL; (nullable) */
/* The old province of a commune; NULL when there is none of that name, or two. */
const HwProvince *hw_province_of_commune (const char *commune); /* (nullable) */
/* Where the commune lies since 2025: a few went elsewhere than most of their province. */
const char *hw_province_new_of_commune (const char *commune); /* (nullable) */

/* The province since 2025 that a person is from, by what is written of it: the new name itself, the
 * commune, the old name. Any may be NULL. (transfer full) (nullable) */
char *
hw_place_new_province (const char *old_name, const char *new_name, const char *commune);
/* The old province, where it follows: from the old name itself or the commune. (transfer full)
 * (nullable) */
char *hw_place_old_province (const char *old_name, const char *commune);
/* Every other name under which somebody may look for a place: the new province of an old one or of a
 * commune, the old province of a commune, and, of a new province without more, all that it was made of.
 * Names that are among those given are left out. (transfer container) ends with NULL */
const char **
hw_place_other_names (const char *old_name, const char *new_name, const char *commune);

const HwAirport *hw_airport_by_code (const char *code); /* (nullable) */
const HwAirport *hw_airports (guint *count);            /* sorted by code */

G_END_DECLS
