/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The intake, the forms of a call and the dialogs over a real store in a folder of its own, filled
 * with one invented case and never connected: for looking at them, light and dark.
 *   callforms-gallery intake|offer|contact|consent|risk|request|movement|dialog|document
 * [case|liaison]
 */
#include <adwaita.h>

#include "app/callforms/hw-form-for-record.h"
#include "app/callforms/hw-record-dialog.h"
#include "app/callforms/hw-scratch.h"
#include "app/intake/hw-intake-window.h"
#include "app/requests/hw-document-dialog.h"
#include "app/widgets/hw-style.h"
#include "hw-sample-case.h"

#define PASSWORD "gallery-password"
#define SERVER "http://127.0.0.1:9"

typedef struct
{
  HwDesktop *desktop;
  const char *page;
  GMainLoop *loop;
} Gallery;

static void
refused_cb (GtkWidget *form, HwVerdict *verdict)
{
  g_print ("refused: %s\n", verdict != NULL ? hw_verdict_message (verdict) : "no");
}

static GtkWindow *
make_form_window (HwDesktop *desktop, HwCaseFile *file, const char *id)
{
  HwRecord *record = hw_case_file_lookup (file, id);
  guint relations = hw_access_relations (file, NULL, hw_desktop_actor (desktop), HW_SAMPLE_NOW_US);
  GtkWidget *form = hw_form_for_record (desktop, file, record, relations);
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *window = gtk_window_new ();

  g_signal_connect (form, "refused", G_CALLBACK (refused_cb), NULL);
  adw_clamp_set_child (ADW_CLAMP (clamp), form);
  gtk_widget_set_margin_top (clamp, 18);
  gtk_widget_set_margin_bottom (clamp, 18);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_window_set_child (GTK_WINDOW (window), scroller);
  return GTK_WINDOW (window);
}

static GtkWindow *
make_dialog (HwDesktop *desktop, HwCaseFile *file, const char *type_name)
{
  const HwTypeDef *type = hw_schema_type_by_name (type_name);

  return GTK_WINDOW (hw_record_dialog_new (desktop, file, type->id, NULL));
}

static GtkWindow *
make_page (Gallery *gallery)
{
  HwDesktop *desktop = gallery->desktop;
  g_autoptr (GError) error = NULL;
  g_autoptr (HwCaseFile) file = hw_store_load_case (hw_desktop_store (desktop), HW_SAMPLE_CASE_ID, &error);

  g_assert_no_error (error);
  if (g_str_has_prefix (gallery->page, "add:"))
    return make_dialog (desktop, file, gallery->page + strlen ("add:"));
  if (g_str_equal (gallery->page, "intake"))
    return GTK_WINDOW (hw_intake_window_new (desktop, NULL));
  if (g_str_equal (gallery->page, "document"))
    return GTK_WINDOW (
      hw_document_dialog_new (desktop, hw_case_file_lookup (file, HW_SAMPLE_DOCUMENT_ID), NULL));
  if (g_str_equal (gallery->page, "contact"))
    return make_form_window (desktop, file, HW_SAMPLE_CONTACT_ID);
  if (g_str_equal (gallery->page, "consent"))
    return make_form_window (desktop, file, HW_SAMPLE_CONSENT_ID);
  if (g_str_equal (gallery->page, "risk"))
    return make_form_window (desktop, file, HW_SAMPLE_RISK_ID);
  if (g_str_equal (gallery->page, "movement"))
    return make_form_window (desktop, file, HW_SAMPLE_MOVEMENT_ID);
  return make_form_window (desktop, file, HW_SAMPLE_REQUEST_ID);
}

static void
said_cb (HwDesktop *desktop, const char *text)
{
  g_print ("said: %s\n", text);
}

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Gallery *gallery = user_data;
  g_autoptr (GError) error = NULL;
  GtkWindow *window;

  hw_desktop_unlock_finish (gallery->desktop, result, &error);
  g_assert_no_error (error);
  if (hw_store_get_setting (hw_desktop_store (gallery->desktop), "gallery") == NULL)
    hw_sample_case_fill (gallery->desktop);
  hw_store_set_setting (hw_desktop_store (gallery->desktop), "gallery", "filled", NULL);
  g_signal_connect (gallery->desktop, "said", G_CALLBACK (said_cb), NULL);
  if (g_str_equal (gallery->page, "offer"))
    {
      window = GTK_WINDOW (gtk_window_new ());
      hw_intake_window_offer_drafts (gallery->desktop, window);
    }
  else
    {
      window = make_page (gallery);
    }
  if (!HW_IS_RECORD_DIALOG (window) && !HW_IS_DOCUMENT_DIALOG (window))
    gtk_window_set_default_size (window, 1366, 768);
  g_signal_connect_swapped (window, "destroy", G_CALLBACK (g_main_loop_quit), gallery->loop);
  gtk_window_present (window);
}

int
main (int argc, char **argv)
{
  const char *directory = g_getenv ("GALLERY_PROFILE");
  g_autofree char *temporary = directory == NULL ? g_dir_make_tmp ("callforms-XXXXXX", NULL) : NULL;
  g_autoptr (HwProfile) profile = NULL;
  g_autoptr (HwVault) vault = NULL;
  g_autoptr (HwClock) clock = hw_clock_new_fixed (HW_SAMPLE_NOW_US);
  g_autoptr (HwActor) actor
    = hw_actor_new (HW_SAMPLE_USER_ID, "Claire", HW_ROLE_CASEWORKER, HW_SAMPLE_OFFICE_ID, NULL, NULL);
  g_autoptr (GError) error = NULL;
  Gallery gallery = { NULL, argc > 1 ? argv[1] : "intake", g_main_loop_new (NULL, FALSE) };

  adw_init ();
  hw_style_load (gdk_display_get_default ());
  if (argc > 2 && g_str_equal (argv[2], "dark"))
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                        ADW_COLOR_SCHEME_FORCE_DARK);
  profile = hw_profile_open (directory != NULL ? directory : temporary, &error);
  g_assert_no_error (error);
  vault = hw_profile_make_vault (profile, SERVER, "claire", actor, PASSWORD, &error);
  g_assert_no_error (error);
  hw_vault_lock (vault);
  hw_profile_vouch (profile, SERVER, "claire", actor);
  hw_profile_keep (profile, actor, &error);
  g_assert_no_error (error);
  gallery.desktop = hw_desktop_new (profile, clock);
  hw_desktop_unlock_async (gallery.desktop, PASSWORD, NULL, unlocked_cb, &gallery);
  g_main_loop_run (gallery.loop);
  hw_desktop_lock (gallery.desktop);
  g_object_unref (gallery.desktop);
  g_main_loop_unref (gallery.loop);
  return 0;
}
