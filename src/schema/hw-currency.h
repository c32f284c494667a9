/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How many digits of a currency's minor unit: KWD 3, KES 2, BIF 0; -1 for a code that is none.
 * Own table over ISO 4217: the iso-codes package does not say. */
int hw_currency_exponent (const char *currency);

G_END_DECLS
