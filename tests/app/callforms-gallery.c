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

/* Tuesday 24 November 2026, 20:12 UTC: 23:12 in Kuwait. */
#define NOW_US (G_GINT64_CONSTANT (1795551120) * G_USEC_PER_SEC)
#define PASSWORD "gallery-password"

#define ID(n) "0193a000-0000-7000-8000-0000000000" n
#define CASE_ID ID ("01")
#define OFFICE_ID ID ("02")
#define MISSION_ID ID ("03")
#define REQUEST_ID "0193a000-0000-4000-8000-000000000004"
#define DOCUMENT_ID "0193a000-0000-4000-8000-000000000005"
#define CONSENT_ID ID ("06")
#define RISK_ID ID ("07")
#define CONTACT_ID ID ("08")
#define MOVEMENT_ID ID ("09")
#define USER_ID ID ("0a")

typedef struct
{
  HwDesktop *desktop;
  const char *page;
  GMainLoop *loop;
} Gallery;

typedef struct
{
  HwFieldId field;
  const char *text; /* a local time as "at|zone", a set as "+a+b", a number as "#3" */
} Fact;

static HwValue *
make_value (HwFieldId field, const char *text)
{
  g_auto (GStrv) parts = NULL;

  if (hw_kind_is_set (hw_schema_field (field)->kind))
    {
      parts = g_strsplit (text + 1, "+", -1);
      return hw_value_new_set ((const char *const *)parts);
    }
  if (hw_schema_field (field)->kind == HW_KIND_BOOLEAN)
    return hw_value_new_boolean (g_str_equal (text, "#1"));
  if (*text == '#')
    return hw_value_new_integer (g_ascii_strtoll (text + 1, NULL, 10));
  parts = g_strsplit (text, "|", 2);
  return parts[1] != NULL ? hw_value_new_pair (parts[0], parts[1]) : hw_value_new_text (text);
}

static void
add (HwChangeSet *set, HwTypeId type, const char *id, const char *case_id, const Fact *facts)
{
  g_autofree char *operation_id = hw_uuid_v7 (NOW_US);
  HwOperation *operation = hw_operation_new (operation_id, HW_ACTION_CREATE, type, id, case_id);

  operation->at = hw_instant_format (NOW_US);
  for (guint i = 0; facts[i].field != HW_FIELD_NONE; i++)
    {
      g_autoptr (HwValue) value = make_value (facts[i].field, facts[i].text);

      hw_operation_set (operation, facts[i].field, value, 0);
    }
  hw_change_set_add (set, operation);
}

#define ADD(type, id, ...)                                                                         \
  add (set, type, id, CASE_ID, (const Fact[]){ __VA_ARGS__, { HW_FIELD_NONE, NULL } })
#define ADD_DIRECTORY(type, id, ...)                                                               \
  add (set, type, id, NULL, (const Fact[]){ __VA_ARGS__, { HW_FIELD_NONE, NULL } })

static void
fill_people (HwChangeSet *set)
{
  ADD_DIRECTORY (HW_TYPE_ID_OFFICE,
                 OFFICE_ID,
                 { HW_FIELD_OFFICE_NAME, "Bujumbura" },
                 { HW_FIELD_OFFICE_ZONE, "Africa/Bujumbura" });
  ADD_DIRECTORY (HW_TYPE_ID_ORGANISATION,
                 MISSION_ID,
                 { HW_FIELD_ORGANISATION_NAME, "Embassy of Burundi, Kuwait" },
                 { HW_FIELD_ORGANISATION_KIND, "diplomatic_mission" });
  ADD (HW_TYPE_ID_CASE,
       CASE_ID,
       { HW_FIELD_CASE_CODE, "HW-BI-26-0001" },
       { HW_FIELD_CASE_PSEUDONYM, "Aline N." },
       { HW_FIELD_CASE_STATUS, "active" },
       { HW_FIELD_CASE_OFFICE, OFFICE_ID },
       { HW_FIELD_CASE_OWNER, USER_ID },
       { HW_FIELD_CASE_LOCATION_COUNTRY, "KW" },
       { HW_FIELD_CASE_LOCATION_PLACE, "Hawalli" },
       { HW_FIELD_CASE_NATIONALITY, "BI" },
       { HW_FIELD_CASE_MISSION, MISSION_ID });
  ADD (HW_TYPE_ID_PERSON,
       ID ("10"),
       { HW_FIELD_PERSON_ROLE, "survivor" },
       { HW_FIELD_PERSON_GIVEN_NAMES, "Aline" },
       { HW_FIELD_PERSON_FAMILY_NAME, "Niyonkuru" },
       { HW_FIELD_PERSON_BIRTH_DATE, "2000-05-14|day" },
       { HW_FIELD_PERSON_FATHER_NAME, "Ndayisenga" });
  ADD (HW_TYPE_ID_SAFE_CONTACT,
       CONTACT_ID,
       { HW_FIELD_SAFE_CONTACT_CHANNEL, "phone" },
       { HW_FIELD_SAFE_CONTACT_VALUE, "+96550000001" },
       { HW_FIELD_SAFE_CONTACT_SAFE, "yes" },
       { HW_FIELD_SAFE_CONTACT_WINDOW_FROM, "23:00" },
       { HW_FIELD_SAFE_CONTACT_WINDOW_TO, "23:30" },
       { HW_FIELD_SAFE_CONTACT_WINDOW_ZONE, "Asia/Kuwait" },
       { HW_FIELD_SAFE_CONTACT_CODE_WORD, "isoko" });
}

static void
fill_papers (HwChangeSet *set)
{
  ADD (HW_TYPE_ID_CONSENT,
       CONSENT_ID,
       { HW_FIELD_CONSENT_PURPOSE, "embassy_contact" },
       { HW_FIELD_CONSENT_RECIPIENT, MISSION_ID },
       { HW_FIELD_CONSENT_FORM, "explicit_oral" },
       { HW_FIELD_CONSENT_LANGUAGE, "run" },
       { HW_FIELD_CONSENT_INFORMED, "+purpose+use_of_data+how_to_withdraw" },
       { HW_FIELD_CONSENT_GRANTED_AT, "2026-11-08T18:20:00Z" });
  ADD (HW_TYPE_ID_RISK_ASSESSMENT,
       RISK_ID,
       { HW_FIELD_RISK_ASSESSMENT_TRAFFICKER_KNOWS_HOME, "suspected" },
       { HW_FIELD_RISK_ASSESSMENT_DEBT, "yes" },
       { HW_FIELD_RISK_ASSESSMENT_OFFICIAL_INVOLVED, "no" },
       { HW_FIELD_RISK_ASSESSMENT_ASYLUM, "none" },
       { HW_FIELD_RISK_ASSESSMENT_CONCLUSION, "safe_with_plan" },
       { HW_FIELD_RISK_ASSESSMENT_ASSESSED_ON, "2026-11-10" });
  ADD (HW_TYPE_ID_RISK_FACTOR,
       ID ("11"),
       { HW_FIELD_RISK_FACTOR_ASSESSMENT, RISK_ID },
       { HW_FIELD_RISK_FACTOR_FACTOR, "The recruiter lives two hills away" },
       { HW_FIELD_RISK_FACTOR_POLARITY, "risk" },
       { HW_FIELD_RISK_FACTOR_SCORE, "#2" });
  ADD (HW_TYPE_ID_EMBASSY_REQUEST,
       REQUEST_ID,
       { HW_FIELD_EMBASSY_REQUEST_MISSION, MISSION_ID },
       { HW_FIELD_EMBASSY_REQUEST_REFERENCE, "LP-7Q4K2" },
       { HW_FIELD_EMBASSY_REQUEST_KIND, "document" },
       { HW_FIELD_EMBASSY_REQUEST_STATUS, "draft" },
       { HW_FIELD_EMBASSY_REQUEST_GIVEN_NAMES, "Aline" },
       { HW_FIELD_EMBASSY_REQUEST_FAMILY_NAME, "Niyonkuru" },
       { HW_FIELD_EMBASSY_REQUEST_NATIONALITY, "BI" });
  ADD (HW_TYPE_ID_TRAVEL_DOCUMENT,
       DOCUMENT_ID,
       { HW_FIELD_TRAVEL_DOCUMENT_KIND, "laissez_passer" },
       { HW_FIELD_TRAVEL_DOCUMENT_STATUS, "in_production" },
       { HW_FIELD_TRAVEL_DOCUMENT_REQUEST, REQUEST_ID });
}

static void
fill_journey (HwChangeSet *set)
{
  ADD (HW_TYPE_ID_MOVEMENT,
       MOVEMENT_ID,
       { HW_FIELD_MOVEMENT_MODE, "air" },
       { HW_FIELD_MOVEMENT_STATUS, "held" },
       { HW_FIELD_MOVEMENT_RECORD_LOCATOR, "X7KQ2P" },
       { HW_FIELD_MOVEMENT_HOLD_EXPIRES_AT, "2026-11-25T16:00:00Z" },
       { HW_FIELD_MOVEMENT_ESCORT, "none" },
       { HW_FIELD_MOVEMENT_BAGGAGE_PIECES, "#2" });
  ADD (HW_TYPE_ID_SEGMENT,
       ID ("12"),
       { HW_FIELD_SEGMENT_MOVEMENT, MOVEMENT_ID },
       { HW_FIELD_SEGMENT_POSITION, "#1" },
       { HW_FIELD_SEGMENT_NUMBER, "ET 621" },
       { HW_FIELD_SEGMENT_FROM, "KWI" },
       { HW_FIELD_SEGMENT_TO, "ADD" },
       { HW_FIELD_SEGMENT_STATUS, "confirmed" },
       { HW_FIELD_SEGMENT_DEPARTS_AT, "2026-11-27T01:15|Asia/Kuwait" },
       { HW_FIELD_SEGMENT_ARRIVES_AT, "2026-11-27T05:40|Africa/Addis_Ababa" });
  ADD (HW_TYPE_ID_SEGMENT,
       ID ("13"),
       { HW_FIELD_SEGMENT_MOVEMENT, MOVEMENT_ID },
       { HW_FIELD_SEGMENT_POSITION, "#2" },
       { HW_FIELD_SEGMENT_NUMBER, "ET 817" },
       { HW_FIELD_SEGMENT_FROM, "ADD" },
       { HW_FIELD_SEGMENT_TO, "BJM" },
       { HW_FIELD_SEGMENT_STATUS, "planned" },
       { HW_FIELD_SEGMENT_DEPARTS_AT, "2026-11-27T06:30|Africa/Addis_Ababa" },
       { HW_FIELD_SEGMENT_ARRIVES_AT, "2026-11-27T08:10|Africa/Bujumbura" });
}

static void
fill (HwDesktop *desktop)
{
  g_autoptr (HwChangeSet) set = hw_change_set_new (HW_ORIGIN_SYSTEM, hw_desktop_actor (desktop));
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;

  fill_people (set);
  fill_papers (set);
  fill_journey (set);
  results = hw_store_commit (hw_desktop_store (desktop), set, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < results->len; i++)
    {
      HwResult *result = g_ptr_array_index (results, i);

      if (result->status == HW_RESULT_REFUSED)
        g_printerr ("%u: %s\n", i, hw_verdict_message (result->verdict));
    }
}

static void
refused_cb (GtkWidget *form, HwVerdict *verdict)
{
  g_print ("refused: %s\n", verdict != NULL ? hw_verdict_message (verdict) : "no");
}

static GtkWindow *
make_form_window (HwDesktop *desktop, HwCaseFile *file, const char *id)
{
  HwRecord *record = hw_case_file_lookup (file, id);
  guint relations = hw_access_relations (file, NULL, hw_desktop_actor (desktop), NOW_US);
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
  g_autoptr (HwCaseFile) file = hw_store_load_case (hw_desktop_store (desktop), CASE_ID, &error);

  g_assert_no_error (error);
  if (g_str_has_prefix (gallery->page, "add:"))
    return make_dialog (desktop, file, gallery->page + strlen ("add:"));
  if (g_str_equal (gallery->page, "intake"))
    return GTK_WINDOW (hw_intake_window_new (desktop, NULL));
  if (g_str_equal (gallery->page, "document"))
    return GTK_WINDOW (
      hw_document_dialog_new (desktop, hw_case_file_lookup (file, DOCUMENT_ID), NULL));
  if (g_str_equal (gallery->page, "contact"))
    return make_form_window (desktop, file, CONTACT_ID);
  if (g_str_equal (gallery->page, "consent"))
    return make_form_window (desktop, file, CONSENT_ID);
  if (g_str_equal (gallery->page, "risk"))
    return make_form_window (desktop, file, RISK_ID);
  if (g_str_equal (gallery->page, "movement"))
    return make_form_window (desktop, file, MOVEMENT_ID);
  return make_form_window (desktop, file, REQUEST_ID);
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
    fill (gallery->desktop);
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
  g_autoptr (HwClock) clock = hw_clock_new_fixed (NOW_US);
  g_autoptr (HwActor) actor
    = hw_actor_new (USER_ID, "Claire", HW_ROLE_CASEWORKER, OFFICE_ID, NULL, NULL);
  g_autoptr (GError) error = NULL;
  Gallery gallery = { NULL, argc > 1 ? argv[1] : "intake", g_main_loop_new (NULL, FALSE) };

  adw_init ();
  hw_style_load (gdk_display_get_default ());
  if (argc > 2 && g_str_equal (argv[2], "dark"))
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                        ADW_COLOR_SCHEME_FORCE_DARK);
  profile = hw_profile_open (directory != NULL ? directory : temporary, &error);
  g_assert_no_error (error);
  hw_profile_remember (profile, "http://127.0.0.1:9", "claire", PASSWORD, actor, &error);
  g_assert_no_error (error);
  gallery.desktop = hw_desktop_new (profile, clock);
  hw_desktop_unlock_async (gallery.desktop, PASSWORD, NULL, unlocked_cb, &gallery);
  g_main_loop_run (gallery.loop);
  hw_desktop_lock (gallery.desktop);
  g_object_unref (gallery.desktop);
  g_main_loop_unref (gallery.loop);
  return 0;
}
