/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tables generated from iso-codes, tzdata and data/reference.
 */
#pragma once

#include "schema/hw-iso.h"
#include "schema/hw-place.h"

G_BEGIN_DECLS

typedef struct
{
  const char *commune;
  const char *now_in;
} HwMovedCommune;

extern const HwIsoName hw_iso_countries[]; /* by code */
extern const guint hw_iso_countries_count;
extern const HwIsoName hw_iso_languages[]; /* by code */
extern const guint hw_iso_languages_count;
extern const HwAirport hw_airport_table[]; /* by code */
extern const guint hw_airport_table_count;
extern const HwProvince hw_province_table[];
extern const guint hw_province_table_count;
extern const char *const hw_new_provinces[];           /* ends with NULL */
extern const char *const *const hw_old_provinces_of[]; /* beside hw_new_provinces */
extern const guint hw_new_provinces_count;
extern const HwMovedCommune hw_moved_communes[]; /* ends with NULL */

G_END_DECLS
