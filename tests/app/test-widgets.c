/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The small widgets: each is made, shown, changed and goes away; warnings are fatal.
 */
#include <adwaita.h>

#include "app/hw-compat.h"
#include "app/widgets/hw-block-row.h"
#include "app/widgets/hw-clock-label.h"
#include "app/widgets/hw-empty-state.h"
#include "app/widgets/hw-pill.h"
#include "app/widgets/hw-rows.h"
#include "app/widgets/hw-style.h"
#include "app/widgets/hw-text.h"
#include "app/widgets/hw-track-strip.h"
#include "app/widgets/hw-wrap-layout.h"

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
spin (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Shows a widget in a window for as long as the test looks, then lets it go. */
static GtkWidget *
present (GtkWidget *widget)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_child (GTK_WINDOW (window), widget);
  gtk_window_present (GTK_WINDOW (window));
  spin ();
  return window;
}

static void
dismiss (GtkWidget *window, GtkWidget *widget)
{
  g_object_add_weak_pointer (G_OBJECT (widget), (gpointer *)&widget);
  gtk_window_destroy (GTK_WINDOW (window));
  spin ();
  g_assert_null (widget);
}

static GtkWidget *
find_button (GtkWidget *root)
{
  if (GTK_IS_BUTTON (root))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child);
      if (found)
        return found;
    }
  return NULL;
}

static void
test_pill (void)
{
  GtkWidget *pill = hw_pill_new (NULL, HW_MEANING_NEUTRAL);
  GtkWidget *window = present (pill);
  guint notified = 0;

  g_signal_connect_swapped (pill, "notify::text", G_CALLBACK (count_cb), &notified);
  g_assert_false (gtk_widget_get_visible (pill));
  hw_pill_set (HW_PILL (pill), "Refused", HW_MEANING_BAD);
  g_assert_true (gtk_widget_get_visible (pill));
  g_assert_true (gtk_widget_has_css_class (pill, "error"));
  g_assert_cmpuint (notified, ==, 1);
  hw_pill_set (HW_PILL (pill), "Refused", HW_MEANING_GOOD);
  g_assert_cmpuint (notified, ==, 1);
  g_assert_false (gtk_widget_has_css_class (pill, "error"));
  g_assert_true (gtk_widget_has_css_class (pill, "success"));
  hw_pill_set (HW_PILL (pill), "", HW_MEANING_NEUTRAL);
  g_assert_false (gtk_widget_get_visible (pill));
  dismiss (window, pill);
}

static void
test_meaning (void)
{
  const HwFieldDef *status = hw_schema_field (HW_FIELD_TRAVEL_DOCUMENT_STATUS);

  g_assert_cmpint (hw_meaning_of_choice (status, "verified"), ==, HW_MEANING_GOOD);
  g_assert_cmpint (hw_meaning_of_choice (status, "lost"), ==, HW_MEANING_BAD);
  g_assert_cmpint (hw_meaning_of_choice (status, "applied"), ==, HW_MEANING_NEUTRAL);
  g_assert_cmpint (hw_meaning_of_choice (hw_schema_field (HW_FIELD_CASE_URGENCY), "medium"),
                   ==,
                   HW_MEANING_NEUTRAL);
  g_assert_cmpint (
    hw_meaning_of_choice (hw_schema_field (HW_FIELD_CASE_URGENCY), "high"), ==, HW_MEANING_WARNING);
  g_assert_cmpint (hw_meaning_of_choice (status, NULL), ==, HW_MEANING_NEUTRAL);
}

static void
test_clock_label (void)
{
  g_autoptr (HwClock) clock = hw_clock_new_fixed (G_GINT64_CONSTANT (1795551120) * G_USEC_PER_SEC);
  GtkWidget *label = hw_clock_label_new (clock, "Asia/Kuwait", NULL);
  GtkWidget *window = present (label);

  g_assert_cmpstr (hw_clock_label_get_text (HW_CLOCK_LABEL (label)), ==, "23:12");
  hw_clock_advance (clock, G_TIME_SPAN_MINUTE);
  hw_clock_label_update (HW_CLOCK_LABEL (label));
  g_assert_cmpstr (hw_clock_label_get_text (HW_CLOCK_LABEL (label)), ==, "23:13");
  hw_clock_label_set_zone (HW_CLOCK_LABEL (label), NULL, NULL);
  g_assert_false (gtk_widget_get_visible (label));
  dismiss (window, label);
}

static void
track_cb (HwTrackStrip *strip, guint track, guint *seen)
{
  *seen = track;
}

static void
test_track_strip (void)
{
  HwTrackView tracks[HW_N_TRACKS] = { { HW_TRACK_BLOCKED, (char *)"Not safe" } };
  GtkWidget *strip = hw_track_strip_new ();
  GtkWidget *window = present (strip);
  guint seen = G_MAXUINT;

  hw_track_strip_set_tracks (HW_TRACK_STRIP (strip), tracks);
  g_signal_connect (strip, "track-activated", G_CALLBACK (track_cb), &seen);
  g_signal_emit_by_name (find_button (strip), "clicked");
  g_assert_cmpuint (seen, ==, HW_TRACK_SAFETY);
  dismiss (window, strip);
}

static void
test_block_row (void)
{
  HwCondition condition = { .code = "document-missing",
                            .type = HW_TYPE_ID_TRAVEL_DOCUMENT,
                            .field = HW_FIELD_TRAVEL_DOCUMENT_STATUS,
                            .record = NULL,
                            .title = (char *)"No verified travel document" };
  GtkWidget *row = hw_block_row_new_for_condition (&condition);
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *window;
  guint fixes = 0;

  gtk_list_box_append (GTK_LIST_BOX (list), row);
  window = present (list);
  g_signal_connect_swapped (row, "fix", G_CALLBACK (count_cb), &fixes);
  hw_block_row_set_suggested (HW_BLOCK_ROW (row), TRUE);
  g_assert_cmpstr (
    gtk_button_get_label (GTK_BUTTON (find_button (row))), ==, "Add Travel Document");
  g_signal_emit_by_name (find_button (row), "clicked");
  g_assert_cmpuint (fixes, ==, 1);
  g_assert_cmpint (
    hw_block_row_get_fix_field (HW_BLOCK_ROW (row)), ==, HW_FIELD_TRAVEL_DOCUMENT_STATUS);
  dismiss (window, row);
}

static void
test_empty_state (void)
{
  GtkWidget *state
    = hw_empty_state_new ("x-office-calendar-symbolic", "Nothing is due", NULL, "Open the cases");
  GtkWidget *window = present (state);
  guint actions = 0;

  g_signal_connect_swapped (state, "action", G_CALLBACK (count_cb), &actions);
  g_signal_emit_by_name (find_button (state), "clicked");
  g_assert_cmpuint (actions, ==, 1);
  hw_empty_state_set (HW_EMPTY_STATE (state), NULL, "Nothing", "At all", NULL);
  g_assert_false (gtk_widget_get_visible (find_button (state)));
  dismiss (window, state);
}

static void
test_banner (void)
{
  GtkWidget *banner = hw_banner_new ();
  GtkWidget *window = present (banner);

  hw_banner_show (HW_BANNER (banner), "Waiting for the office", "Why");
  g_assert_true (hw_banner_get_shown (HW_BANNER (banner)));
  hw_banner_show (HW_BANNER (banner), NULL, NULL);
  g_assert_false (hw_banner_get_shown (HW_BANNER (banner)));
  dismiss (window, banner);
}

static void
confirm_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(gint *)data = hw_compat_confirm_finish (result, NULL);
}

static GtkWidget *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item; item = item->next)
    if (ADW_IS_MESSAGE_DIALOG (item->data))
      return item->data;
  return NULL;
}

static void
ask (const char *response, gint expected)
{
  GtkWidget *label = gtk_label_new ("x");
  GtkWidget *window = present (label);
  gint answer = -1;

  hw_compat_confirm_async (
    label, "Withdraw?", "The mission is told.", "_Withdraw", TRUE, NULL, confirm_cb, &answer);
  spin ();
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (find_dialog ()), response);
  gtk_window_destroy (GTK_WINDOW (find_dialog ()));
  while (answer < 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (answer, ==, expected);
  dismiss (window, label);
}

static void
test_confirm (void)
{
  ask ("confirm", TRUE);
  ask ("cancel", FALSE);
}

static void
test_wrap (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gint narrow, wide, low, high;

  g_object_ref_sink (box);
  gtk_widget_set_layout_manager (box, hw_wrap_layout_new (6));
  for (guint i = 0; i < 4; i++)
    {
      GtkWidget *child = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
      gtk_widget_set_size_request (child, 50, 20);
      gtk_widget_set_parent (child, box);
    }
  gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, &narrow, &wide, NULL, NULL);
  g_assert_cmpint (narrow, ==, 50);
  g_assert_cmpint (wide, ==, 4 * 50 + 3 * 6);
  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, wide, &high, NULL, NULL, NULL);
  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, 110, &low, NULL, NULL, NULL);
  g_assert_cmpint (high, ==, 20);
  g_assert_cmpint (low, ==, 46);
  g_object_unref (box);
}

static void
test_wrap_grows (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *growing = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *fixed = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  g_object_ref_sink (box);
  gtk_widget_set_layout_manager (box, hw_wrap_layout_new (6));
  gtk_widget_set_size_request (growing, 50, 20);
  gtk_widget_set_size_request (fixed, 50, 20);
  gtk_widget_set_hexpand (growing, TRUE);
  gtk_box_append (GTK_BOX (box), growing);
  gtk_box_append (GTK_BOX (box), fixed);
  gtk_widget_allocate (box, 200, 20, -1, NULL);
  g_assert_cmpint (gtk_widget_get_width (growing), ==, 144);
  g_assert_cmpint (gtk_widget_get_width (fixed), ==, 50);
  gtk_widget_allocate (box, 100, 46, -1, NULL);
  g_assert_cmpint (gtk_widget_get_width (growing), ==, 100);
  g_assert_cmpint (gtk_widget_get_width (fixed), ==, 50);
  g_object_unref (box);
}

static gboolean
shows (GtkWidget *root, const char *words)
{
  if (GTK_IS_LABEL (root) && g_str_equal (gtk_label_get_text (GTK_LABEL (root)), words))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (shows (child, words))
      return TRUE;
  return FALSE;
}

/* Words with signs of markup in them are shown, and nothing of them goes to the log. */
static void
test_rows_show_words (void)
{
  GtkWidget *overlay = adw_toast_overlay_new ();
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *window = present (overlay);

  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), group);
  hw_rows_set_title (ADW_PREFERENCES_GROUP (group), "Rani & <Sons>");
  hw_rows_set_description (ADW_PREFERENCES_GROUP (group), "Fees < 10 & more");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), hw_rows_new ("M & N", "1 < 2"));
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), hw_rows_toast ("“A & B” <was> refused"));
  spin ();
  g_assert_true (shows (overlay, "Rani & <Sons>"));
  g_assert_true (shows (overlay, "Fees < 10 & more"));
  g_assert_true (shows (overlay, "M & N"));
  g_assert_true (shows (overlay, "1 < 2"));
  g_assert_true (shows (overlay, "“A & B” <was> refused"));
  hw_rows_set_description (ADW_PREFERENCES_GROUP (group), NULL);
  g_assert_false (shows (overlay, "Fees < 10 & more"));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  hw_style_load (gdk_display_get_default ());
  g_test_add_func ("/app/pill/always-carries-its-word", test_pill);
  g_test_add_func ("/app/pill/meaning-of-a-status", test_meaning);
  g_test_add_func ("/app/clock-label/shows-the-time-there", test_clock_label);
  g_test_add_func ("/app/track-strip/a-cell-opens-its-track", test_track_strip);
  g_test_add_func ("/app/block-row/leads-to-what-fixes-it", test_block_row);
  g_test_add_func ("/app/empty-state/offers-the-first-action", test_empty_state);
  g_test_add_func ("/app/compat/banner", test_banner);
  g_test_add_func ("/app/compat/confirm-means-no-unless-yes", test_confirm);
  g_test_add_func ("/app/wrap-layout/breaks-lines", test_wrap);
  g_test_add_func ("/app/wrap-layout/what-grows-fills-its-line", test_wrap_grows);
  g_test_add_func ("/app/rows/show-words-as-they-are", test_rows_show_words);
  return g_test_run ();
}
