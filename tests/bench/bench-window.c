/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * bench-window empty | cases DIR: the time from exec to the first painted frame of an empty libadwaita
 * window, or to the first frame of the real main window that was painted with its case list filled.
 *
 * HW_BENCH_STARTED holds the monotonic time, in ms, at which the program was started. The window, the
 * desktop and the store are the real ones; only what the passphrase's derivation takes is left out, by counting from
 * the start that much later (the program is linked with --wrap=hw_keys_of_passphrase).
 */
#include "app/cases/hw-cases-place.h"
#include "app/hw-window.h"
#include "app/widgets/hw-style.h"
#include "store/hw-case-list.h"
#include "tests/bench/bench-figures.h"
#include "tests/bench/bench-profile.h"
#include "vault/hw-vault-private.h"

#include <stdlib.h>
#include <unistd.h>

#define LOOKED_AT_ROWS 12

typedef struct
{
  const char *profile;  /* (nullable) empty window */
  HwDesktop *desktop;   /* (owned) (nullable) */
  GtkWindow *window;    /* (unowned) the application's */
  gboolean filled;      /* the frame that is being painted shows the rows */
  double activated, unlocked, painted; /* ms; painted: the first frame, whatever it shows */
} Start;

typedef gboolean DeriveFunc (const char *passphrase, const HwKeySlot *slot, guint8 *key, GError **error);
DeriveFunc __wrap_hw_keys_of_passphrase, __real_hw_keys_of_passphrase;

/* The bench's own measure of it: what stands in HW_BENCH_STARTED is moved on by it. */
gboolean
__wrap_hw_keys_of_passphrase (const char *passphrase, const HwKeySlot *slot, guint8 *key, GError **error)
{
  double began = bench_now_ms ();
  gboolean derived = __real_hw_keys_of_passphrase (passphrase, slot, key, error);
  const char *text = g_getenv ("HW_BENCH_STARTED");
  g_autofree char *later
    = g_strdup_printf ("%.3f", (text != NULL ? g_ascii_strtod (text, NULL) : 0) + bench_now_ms () - began);

  g_setenv ("HW_BENCH_STARTED", later, TRUE);
  return derived;
}

static GtkWidget *
find_widget (GtkWidget *widget, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
list_is_filled (Start *start)
{
  GtkWidget *place = find_widget (GTK_WIDGET (start->window), HW_TYPE_CASES_PLACE);
  GtkWidget *view = place != NULL ? find_widget (place, GTK_TYPE_COLUMN_VIEW) : NULL;
  GListModel *rows = view != NULL ? G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (view))) : NULL;

  if (rows == NULL || !gtk_widget_get_mapped (view) || g_list_model_get_n_items (rows) < LOOKED_AT_ROWS)
    return FALSE;
  for (guint i = 0; i < LOOKED_AT_ROWS; i++)
    {
      g_autoptr (HwCaseRow) row = g_list_model_get_item (rows, i);

      if (!hw_case_row_is_loaded (row))
        return FALSE;
    }
  return TRUE;
}

static void
before_paint_cb (GdkFrameClock *clock, Start *start)
{
  start->filled = start->profile == NULL || list_is_filled (start);
}

static void
after_paint_cb (GdkFrameClock *clock, Start *start)
{
  const char *text = g_getenv ("HW_BENCH_STARTED");
  double started = text != NULL ? g_ascii_strtod (text, NULL) : 0;
  double now = bench_now_ms ();

  if (start->painted == 0)
    start->painted = now;
  if (!start->filled)
    return;
  g_print ("%.1f\t%.1f\t%.0f\t%.0f\t%.0f\n", now - started, bench_memory_mb (getpid (), "VmRSS"),
           start->activated - started, start->unlocked - started, start->painted - started);
  _exit (EXIT_SUCCESS);
}

static void
present (Start *start)
{
  GdkFrameClock *clock;

  gtk_widget_realize (GTK_WIDGET (start->window));
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (start->window));
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), start);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), start);
  gtk_window_present (start->window);
}

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  Start *start = data;

  if (!hw_desktop_unlock_finish (HW_DESKTOP (source), result, &error))
    bench_fail ("unlock", error);
  start->unlocked = bench_now_ms ();
  present (start);
}

static void
activate_cases (GtkApplication *application, Start *start)
{
  g_autoptr (HwClock) clock = hw_clock_new_system ();
  g_autoptr (GError) error = NULL;
  g_autoptr (HwProfile) profile = hw_profile_open (start->profile, &error);

  if (profile == NULL)
    bench_fail (start->profile, error);
  start->activated = bench_now_ms ();
  start->desktop = hw_desktop_new (profile, clock);
  hw_desktop_unlock_async (start->desktop, BENCH_PASSWORD, NULL, unlocked_cb, start);
  hw_style_load (gdk_display_get_default ());
  start->window = GTK_WINDOW (hw_window_new (application, start->desktop));
}

static void
activate_empty (GtkApplication *application, Start *start)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  start->activated = start->unlocked = bench_now_ms ();
  start->window = GTK_WINDOW (adw_application_window_new (application));
  gtk_window_set_default_size (start->window, 1180, 720);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (start->window), box);
  present (start);
}

int
main (int argc, char **argv)
{
  Start start = { .profile = argc > 2 ? argv[2] : NULL };
  g_autoptr (AdwApplication) application
    = adw_application_new ("org.homeward.Bench", G_APPLICATION_NON_UNIQUE);

  g_signal_connect (application, "activate", G_CALLBACK (start.profile != NULL ? activate_cases : activate_empty), &start);
  return g_application_run (G_APPLICATION (application), 1, argv);
}
