/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A desktop's profile whose account holds so many invented cases.
 */
#pragma once

#include "store/hw-profile.h"
#include "tests/bench/bench-data.h"

G_BEGIN_DECLS

#define BENCH_PASSWORD "bench password"
/* Made and filled where it is not there yet. */
HwProfile *bench_profile_open (const char *directory, guint n_cases, GError **error);

G_END_DECLS
