/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A desktop's profile whose account holds so many invented cases.
 */
#pragma once

#include "store/hw-profile.h"
#include "tests/bench/bench-data.h"

G_BEGIN_DECLS

#define BENCH_PASSWORD "bench password"
#define BENCH_SERVER "http://127.0.0.1:9"
/* Made and filled where it is not there yet. vault (out): its open vault. */
HwProfile *bench_profile_open (const char *directory, guint n_cases, HwVault **vault, GError **error);

G_END_DECLS
