/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a new database begins with: the country rules of data/reference, as ordinary directory
 * records that the office checks and changes.
 */
#pragma once

#include "store/hw-server-store.h"

G_BEGIN_DECLS

#define HW_SEED_SETTING "seeded-country-rules"

/* Once for each database: what the office changed or deleted since is never put back. folder
 * (nullable): where country-rules.json is; NULL is the source tree, then where it is installed. */
gboolean hw_seed_country_rules (HwStore *store, const char *folder, GError **error);

G_END_DECLS
