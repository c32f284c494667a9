/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Runs the simulator over many seeds.
 *
 *   simulator                 the ordinary sixty, as a test
 *   simulator --seeds N       N seeds from --first (1)
 *   simulator --seed S        this one, telling every step
 */
#include <stdio.h>

#include "sim.h"

#define ORDINARY_SEEDS 60
#define STEPS 60
#define DECISIONS 16
#define HEALING_ROUNDS 10
#define QUIET_ROUNDS 4

static const char *const fault_names[] = { "delivers", "drops", "cuts", "doubles", "truncates", "is busy" };

static SimDesk *
any_desk (SimWorld *world)
{
  return g_ptr_array_index (world->desks, sim_below (world, (gint) world->desks->len));
}

/* A quarter of all requests meet a fault; a desktop that is not drawn is delayed. */
static void
network_step (SimWorld *world, SimDesk *desk)
{
  SimFault fault
    = sim_below (world, 4) == 0 ? (SimFault) sim_below (world, SIM_N_FAULTS) : SIM_DELIVER;

  if (!sim_transport_waits (desk->transport))
    return;
  sim_note (world, "desk %u: the network %s", desk->number, fault_names[fault]);
  sim_transport_deliver (desk->transport, fault, world->random);
}

static void
stream_step (SimWorld *world, SimDesk *desk)
{
  if (sim_transport_listens (desk->transport))
    g_signal_emit_by_name (desk->transport,
                           sim_below (world, 4) == 0 ? "stream-closed" : "hint");
}

static void
step (SimWorld *world)
{
  SimDesk *desk = any_desk (world);

  switch (sim_below (world, 10))
    {
    case 0:
    case 1:
    case 2:
      sim_edit (world, desk);
      break;
    case 3:
      sim_advance (world, 1 + sim_below (world, 90));
      break;
    case 4:
      stream_step (world, desk);
      break;
    case 5:
      if (sim_below (world, 4) == 0)
        sim_restart (world, desk);
      if (world->seed % 2 == 0 && sim_below (world, 3) == 0)
        sim_reassign (world);
      break;
    default:
      network_step (world, desk);
      break;
    }
  sim_settle (world);
}

/* Everything arrives, and time passes, until nobody asks any more. */
static void
heal (SimWorld *world, guint rounds)
{
  for (guint round = 0; round < rounds; round++)
    {
      gboolean asked = TRUE;

      for (guint times = 0; asked && times < 200; times++)
        {
          asked = FALSE;
          for (guint i = 0; i < world->desks->len; i++)
            {
              SimDesk *desk = g_ptr_array_index (world->desks, i);

              if (!sim_transport_waits (desk->transport))
                continue;
              asked = TRUE;
              sim_transport_deliver (desk->transport, SIM_DELIVER, world->random);
              sim_settle (world);
            }
        }
      sim_advance (world, 70);
    }
}

/* What happened in some worlds: what never happens proves nothing. */
typedef struct
{
  guint ahead, overtaken, restarts, crashes, deletions, settled;
} Seen;

static void
add_to (Seen *seen, const SimWorld *world)
{
  seen->ahead += world->ahead;
  seen->overtaken += world->overtaken;
  seen->restarts += world->restarts;
  seen->crashes += world->crashes;
  seen->deletions += world->deletions;
  seen->settled += world->settled;
}

/* Once they have heard what two have written, people decide, each without knowing what another decides just then. */
static void
decide (SimWorld *world)
{
  for (guint i = 0; i < DECISIONS; i++)
    {
      sim_decide (world, any_desk (world));
      if (sim_below (world, 2) == 0)
        network_step (world, any_desk (world));
      sim_settle (world);
    }
}

/* NULL: well. (transfer full) */
static char *
run (guint32 seed, gboolean aloud, Seen *seen)
{
  SimWorld *world = sim_world_new (seed);
  char *fault;

  /* Half of the worlds begin with desktops that already hold something. */
  if (seed % 4 < 2)
    heal (world, 1);
  for (guint i = 0; i < STEPS; i++)
    step (world);
  heal (world, HEALING_ROUNDS / 2);
  decide (world);
  heal (world, HEALING_ROUNDS / 2);
  /* What somebody typed in the last moment has to reach the others too. */
  world->quiet = TRUE;
  heal (world, QUIET_ROUNDS);
  fault = sim_check (world);
  add_to (seen, world);
  if (aloud || fault != NULL)
    fprintf (stderr, "%s", world->trace->str);
  sim_world_free (world);
  return fault;
}

static void
run_all (guint32 first, guint n, Seen *seen)
{
  for (guint32 seed = first; seed < first + n; seed++)
    {
      g_autofree char *fault = run (seed, FALSE, seen);

      if (fault != NULL)
        g_error ("seed %u: %s\nReplay with: simulator --seed %u", seed, fault, seed);
    }
}

static void
test_ordinary (void)
{
  Seen seen = { 0 };

  run_all (1, ORDINARY_SEEDS, &seen);
  g_test_message ("%u pages fetched ahead, %u of them overtaken, %u restarts, %u power cuts, %u deletions, %u conflicts"
                  " settled",
                  seen.ahead, seen.overtaken, seen.restarts, seen.crashes, seen.deletions, seen.settled);
  g_assert_cmpuint (seen.ahead, >, ORDINARY_SEEDS);
  g_assert_cmpuint (seen.overtaken, >, 0);
  g_assert_cmpuint (seen.restarts, >, 5);
  g_assert_cmpuint (seen.crashes, >, 5);
  g_assert_cmpuint (seen.deletions, >, ORDINARY_SEEDS / 4);
  g_assert_cmpuint (seen.settled, >, 5);
}

int
main (int argc, char **argv)
{
  Seen seen = { 0 };
  gint seeds = 0, first = 1, one = 0;
  const GOptionEntry entries[]
    = { { "seeds", 0, 0, G_OPTION_ARG_INT, &seeds, "How many seeds", "N" },
        { "first", 0, 0, G_OPTION_ARG_INT, &first, "The first of them", "SEED" },
        { "seed", 0, 0, G_OPTION_ARG_INT, &one, "One seed, step by step", "SEED" },
        G_OPTION_ENTRY_NULL };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_ignore_unknown_options (context, TRUE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return 2;
    }
  if (one != 0)
    {
      g_autofree char *fault = run ((guint32) one, TRUE, &seen);

      fprintf (stderr, "seed %d: %s\n", one, fault != NULL ? fault : "well");
      return fault != NULL;
    }
  if (seeds != 0)
    {
      run_all ((guint32) first, (guint) seeds, &seen);
      return 0;
    }
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/simulator/heals-whatever-happens", test_ordinary);
  return g_test_run ();
}
