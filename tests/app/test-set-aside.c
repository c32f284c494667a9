/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Set Aside, never connected: what a card says, who may decide what, and that the place says plainly where what it
 * would show is kept.
 */
#include <adwaita.h>
#include <string.h>

#include "app/setaside/hw-set-aside-card.h"
#include "app/setaside/hw-set-aside-place.h"
#include "hw-sample-case.h"
#include "hw-test-desktop.h"

#define CASE "018f2222-0000-7000-8000-000000000001"
#define PERSON "018f2222-0000-7000-8000-000000000002"
#define ENTRY "018f2222-0000-7000-8000-0000000000aa"
#define COLLEAGUE "018f2222-0000-7000-8000-0000000000bb"

typedef struct
{
  char *directory;
  HwDesktop *desktop;
  GtkWidget *window;
} Fixture;

static void
add_record (Fixture *fixture, HwTypeId type, const char *id, HwFieldId field, const char *text)
{
  g_autoptr (HwChangeSet) set
    = hw_change_set_new (HW_ORIGIN_SYSTEM, hw_desktop_actor (fixture->desktop));
  g_autofree char *operation_id = hw_uuid_v4 ();
  HwOperation *operation = hw_operation_new (operation_id, HW_ACTION_CREATE, type, id, CASE);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;

  operation->at = hw_instant_format (HW_SAMPLE_NOW_US);
  hw_operation_set_text (operation, field, text, 0);
  hw_change_set_add (set, operation);
  results = hw_store_commit (hw_desktop_store (fixture->desktop), set, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->desktop = hw_test_desktop_new (HW_ROLE_SUPERVISOR, NULL, &fixture->directory);
  fixture->window = gtk_window_new ();
  add_record (fixture, HW_TYPE_ID_CASE, CASE, HW_FIELD_CASE_PSEUDONYM, "Aline & N.");
  add_record (fixture, HW_TYPE_ID_PERSON, PERSON, HW_FIELD_PERSON_GENDER, "feminine");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  hw_test_desktop_free (fixture->desktop, fixture->directory);
}

/* ---- Looking ---- */

static void
gather (GtkWidget *widget, GString *words)
{
  if (!gtk_widget_get_visible (widget))
    return;
  if (GTK_IS_LABEL (widget))
    g_string_append_printf (words, "%s\n", gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gather (child, words);
}

static char *
words_of (GtkWidget *widget)
{
  GString *words = g_string_new (NULL);

  gather (widget, words);
  return g_string_free (words, FALSE);
}

/* (nullable) by what is written on it, its mnemonic left out */
static GtkWidget *
button_of (GtkWidget *widget, const char *label)
{
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = button_of (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
entry_row_of (GtkWidget *widget)
{
  if (ADW_IS_ENTRY_ROW (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = entry_row_of (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* ---- A card ---- */

static HwSetAsidePage *
page_of (const char *by, const char *why, const char *operations, gboolean withheld)
{
  g_autofree char *text = g_strdup_printf (
    "{\"items\":[{\"id\":\"" ENTRY "\",\"case\":\"" CASE "\",\"by\":\"%s\",\"at\":\"2026-11-24T08:00:00Z\","
    "\"why\":\"%s\",\"operations\":[%s],\"withheld\":%s}],\"more\":false}",
    by, why, operations, withheld ? "true" : "false");
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  HwSetAsidePage *page = hw_set_aside_page_decode (body, &error);

  g_assert_no_error (error);
  return page;
}

static GtkWidget *
show_card (Fixture *fixture, HwSetAsidePage *page)
{
  GtkWidget *card = hw_set_aside_card_new (fixture->desktop, g_ptr_array_index (page->entries, 0));

  gtk_window_set_child (GTK_WINDOW (fixture->window), card);
  return card;
}

#define CHANGED "{\"id\":\"" ENTRY "\",\"type\":\"person\",\"record\":\"" PERSON "\",\"action\":\"update\"," \
                "\"set\":{\"gender\":\"masculine\"}}"

static void
test_says_what_and_what_is_now (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwSetAsidePage) page = page_of (COLLEAGUE, "reassigned", CHANGED, TRUE);
  GtkWidget *card = show_card (fixture, page);
  g_autofree char *words = words_of (card);

  g_assert_nonnull (strstr (words, "Aline & N."));
  g_assert_nonnull (strstr (words, "Written by a colleague, set aside "));
  g_assert_nonnull (strstr (words, "The case has gone to another caseworker since."));
  g_assert_nonnull (strstr (words, "Man\n"));
  g_assert_nonnull (strstr (words, " · now: Woman"));
  g_assert_nonnull (strstr (words, "There is more that you may not read"));
}

static void
test_discarding_waits_for_a_reason (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwSetAsidePage) page = page_of (COLLEAGUE, "reassigned", CHANGED, FALSE);
  GtkWidget *card = show_card (fixture, page);
  GtkWidget *discard = button_of (card, "_Discard…");

  g_assert_true (gtk_widget_get_sensitive (button_of (card, "_Let In")));
  g_assert_false (gtk_widget_get_sensitive (discard));
  gtk_editable_set_text (GTK_EDITABLE (entry_row_of (card)), "  ");
  g_assert_false (gtk_widget_get_sensitive (discard));
  gtk_editable_set_text (GTK_EDITABLE (entry_row_of (card)), "Written before");
  g_assert_true (gtk_widget_get_sensitive (discard));
}

static void
test_who_may_decide_what (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwSetAsidePage) changed = page_of (COLLEAGUE, "role-changed", CHANGED, FALSE);
  g_autoptr (HwSetAsidePage) own = page_of (HW_SAMPLE_USER_ID, "access-ended", "", TRUE);
  GtkWidget *card = show_card (fixture, changed);
  g_autofree char *words = NULL;

  g_assert_null (button_of (card, "_Let In"));
  g_assert_nonnull (button_of (card, "_Discard…"));
  card = show_card (fixture, own);
  words = words_of (card);
  g_assert_null (button_of (card, "_Let In"));
  g_assert_null (button_of (card, "_Discard…"));
  g_assert_nonnull (strstr (words, "another supervisor decides"));
  g_assert_nonnull (strstr (words, "A change that you may not read"));
}

static void
test_a_refusal_is_told_on_the_card (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwSetAsidePage) page = page_of (COLLEAGUE, "reassigned", CHANGED, FALSE);
  GtkWidget *card = show_card (fixture, page);
  g_autofree char *words = NULL;

  hw_set_aside_card_tell (HW_SET_ASIDE_CARD (card), "Not let in", "First <b>");
  hw_set_aside_card_tell (HW_SET_ASIDE_CARD (card), "Not let in", "Second & last");
  words = words_of (card);
  g_assert_null (strstr (words, "First"));
  g_assert_nonnull (strstr (words, "Second & last"));
}

/* ---- The place ---- */

static void
test_place_without_the_office (Fixture *fixture, gconstpointer data)
{
  HwPlace *place = g_object_new (HW_TYPE_SET_ASIDE_PLACE, NULL);
  g_autoptr (HwSetAsidePage) page = page_of (COLLEAGUE, "reassigned", CHANGED, FALSE);
  g_autofree char *said = NULL, *shown = NULL;

  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (place));
  hw_place_attach (place, fixture->desktop);
  g_assert_cmpuint (hw_place_badge (place), ==, 0);
  gtk_window_present (GTK_WINDOW (fixture->window));
  while (said == NULL || strstr (said, "This cannot be shown") == NULL)
    {
      g_main_context_iteration (NULL, TRUE);
      g_free (said);
      said = words_of (GTK_WIDGET (place));
    }
  g_assert_nonnull (strstr (said, "Sign in again"));
  hw_set_aside_place_add (HW_SET_ASIDE_PLACE (place), page);
  shown = words_of (GTK_WIDGET (place));
  g_assert_nonnull (strstr (shown, "Man\n"));
}

#define TEST(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  TEST ("/set-aside/says-what-and-what-is-now", test_says_what_and_what_is_now);
  TEST ("/set-aside/discarding-waits-for-a-reason", test_discarding_waits_for_a_reason);
  TEST ("/set-aside/who-may-decide-what", test_who_may_decide_what);
  TEST ("/set-aside/a-refusal-is-told-on-the-card", test_a_refusal_is_told_on_the_card);
  TEST ("/set-aside/place-without-the-office", test_place_without_the_office);
  return g_test_run ();
}
