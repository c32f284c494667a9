/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Countries (ISO 3166-1 alpha-2) and languages (ISO 639-3) as the iso-codes package names them,
 * and the main time zone of a country. Constant tables; any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *code;
  const char *name; /* English; translate with dgettext: "iso_3166-1", "iso_639-3" */
  const char *zone; /* countries: main IANA zone, (nullable); languages: NULL */
  const char *alpha3; /* countries: ISO 3166-1 alpha-3, as on passports; languages: NULL */
} HwIsoName;

const char *hw_country_name (const char *code);  /* (nullable): no such country */
const char *hw_country_zone (const char *code);  /* (nullable) "Asia/Kuwait" */
const char *hw_country_of_alpha3 (const char *alpha3); /* (nullable) "BDI" is "BI" */
const char *hw_language_name (const char *code); /* (nullable): no such language */
const HwIsoName *hw_countries (guint *count);    /* sorted by code */
const HwIsoName *hw_languages (guint *count);    /* sorted by code; about 7,900 */

G_END_DECLS
