/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The profile (bench-profile.h). Its server is a port nobody listens on, so that the desktop is offline.
 */
#include "tests/bench/bench-profile.h"

static gboolean
fill (HwVault *vault, const char *database, guint n_cases, GError **error)
{
  g_autoptr (BenchData) data = bench_data_new (BENCH_SEED);
  g_autoptr (HwClock) clock = hw_clock_new_fixed (BENCH_NOW);
  g_autoptr (HwActor) actor = bench_actor ();
  HwStore *store = hw_store_open_in_vault (vault, database, clock, error);
  gboolean filled;

  if (store == NULL)
    return FALSE;
  hw_store_set_actor (store, actor);
  filled = bench_fill_desktop (store, data, n_cases, error);
  hw_store_close (store);
  g_object_unref (store);
  return filled;
}

HwProfile *
bench_profile_open (const char *directory, guint n_cases, HwVault **vault, GError **error)
{
  g_autoptr (HwProfile) profile = hw_profile_open (directory, error);
  g_autoptr (HwActor) actor = bench_actor ();
  g_autoptr (HwVault) opened = NULL;
  g_autofree char *database = NULL;

  if (profile == NULL)
    return NULL;
  opened = hw_profile_make_vault (profile, BENCH_SERVER, "caseworker", actor, BENCH_PASSWORD, error);
  hw_profile_vouch (profile, BENCH_SERVER, "caseworker", actor);
  if (opened == NULL || !hw_profile_keep (profile, actor, error))
    return NULL;
  database = hw_profile_database (opened);
  if (!g_file_test (database, G_FILE_TEST_EXISTS) && !fill (opened, database, n_cases, error))
    return NULL;
  *vault = g_steal_pointer (&opened);
  return g_steal_pointer (&profile);
}
