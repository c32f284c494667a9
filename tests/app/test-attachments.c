/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Attaching on the desktop, never connected: a file of the computer becomes a row, opens as a picture and stands in no
 * file of the vault in plain; what cannot be taken is said, and leaves nothing.
 */
#include <adwaita.h>
#include <string.h>

#include "app/attachments/hw-attach.h"
#include "app/attachments/hw-attachment-row.h"
#include "app/attachments/hw-attachment-section.h"
#include "app/attachments/hw-attachment-viewer.h"
#include "app/attachments/hw-picture.h"
#include "app/cases/hw-group-page.h"
#include "app/widgets/hw-style.h"
#include "domain/hw-content.h"
#include "hw-sample-case.h"
#include "hw-test-desktop.h"
#include "store/hw-kept.h"
#include "support/hw-test-folder.h"
#include "support/hw-test-picture.h"

#define CANARY "zqcanaryqz"
#define PATIENCE_US (20 * G_USEC_PER_SEC)

typedef struct
{
  char *directory;
  char *outside; /* a folder of the computer */
  HwDesktop *desktop;
  HwCaseFile *file;
  GtkWidget *window;
  GtkWidget *page; /* (unowned) of the window */
} Fixture;

static void
load_file (Fixture *fixture)
{
  g_clear_object (&fixture->file);
  fixture->file = hw_store_load_case (hw_desktop_store (fixture->desktop), HW_SAMPLE_CASE_ID, NULL);
  g_assert_nonnull (fixture->file);
}

static void
show (Fixture *fixture)
{
  load_file (fixture);
  hw_group_page_show (HW_GROUP_PAGE (fixture->page),
                      fixture->desktop,
                      fixture->file,
                      hw_case_group_of_type (HW_TYPE_ID_ATTACHMENT));
}

static void
sit_down (Fixture *fixture, HwRole role)
{
  fixture->desktop = hw_test_desktop_new (role, HW_SAMPLE_MISSION_ID, &fixture->directory);
  hw_sample_case_fill (fixture->desktop);
  fixture->outside = g_dir_make_tmp ("homeward-outside-XXXXXX", NULL);
  fixture->window = gtk_window_new ();
  fixture->page = hw_group_page_new ();
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->page);
  gtk_window_present (GTK_WINDOW (fixture->window));
  show (fixture);
}

static void
get_up (Fixture *fixture)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_clear_object (&fixture->file);
  hw_test_desktop_free (g_steal_pointer (&fixture->desktop), g_steal_pointer (&fixture->directory));
  hw_test_folder_remove (fixture->outside);
  g_free (fixture->outside);
}

/* ---- Files of the computer ---- */

static GFile *
put_file (Fixture *fixture, const char *name, GBytes *bytes)
{
  g_autofree char *path = g_build_filename (fixture->outside, name, NULL);

  g_assert_true (g_file_set_contents (
    path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL));
  return g_file_new_for_path (path);
}

/* One that can be drawn, with a word beside the drawing. */
static GBytes *
real_picture (void)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 60, 40);
  char *bytes;
  gsize size;

  gdk_pixbuf_fill (pixbuf, 0x3584e4ff);
  g_assert_true (gdk_pixbuf_save_to_buffer (
    pixbuf, &bytes, &size, "png", NULL, "tEXt::Comment", CANARY, NULL));
  return g_bytes_new_take (bytes, size);
}

/* ---- Looking ---- */

static GtkWidget *
find (GtkWidget *root, GType type)
{
  if (root == NULL || !gtk_widget_get_visible (root))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
holds_words (GtkWidget *root, const char *words)
{
  if (GTK_IS_LABEL (root) && gtk_widget_get_mapped (root)
      && strstr (gtk_label_get_text (GTK_LABEL (root)), words) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (holds_words (child, words))
      return TRUE;
  return FALSE;
}

static GtkWidget *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_visible (window))
        return window;
    }
  return NULL;
}

static guint
n_attached (Fixture *fixture)
{
  load_file (fixture);
  return hw_case_file_of_type (fixture->file, HW_TYPE_ID_ATTACHMENT)->len;
}

static void
wait_for_attached (Fixture *fixture, guint n)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_US;

  while (n_attached (fixture) != n && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (n_attached (fixture), ==, n);
}

static GtkWidget *
wait_for_dialog (void)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_US;

  while (find_dialog () == NULL && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_nonnull (find_dialog ());
  return find_dialog ();
}

static void
close_dialog (void)
{
  gtk_window_close (GTK_WINDOW (find_dialog ()));
  while (find_dialog () != NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* As a press on one of its buttons does: the answer, then the question goes. */
static void
answer (const char *response)
{
  GtkWidget *dialog = wait_for_dialog ();

  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  if (find_dialog () == dialog)
    gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
visit (const char *path, gboolean (*wanted) (const char *path), guint *n)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  if (folder == NULL)
    {
      *n += wanted (path);
      return;
    }
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      visit (child, wanted, n);
    }
}

static gboolean
holds_canary (const char *path)
{
  g_autofree char *text = NULL;
  gsize size;

  return strstr (path, CANARY) != NULL
         || (g_file_get_contents (path, &text, &size, NULL)
             && memmem (text, size, CANARY, strlen (CANARY)) != NULL);
}

static gboolean
is_attachment (const char *path)
{
  return strstr (path, "/attachments/") != NULL;
}

static guint
count_files (Fixture *fixture, gboolean (*wanted) (const char *path))
{
  guint n = 0;

  visit (fixture->directory, wanted, &n);
  return n;
}

/* ---- The tests ---- */

static void
attach_scan (Fixture *fixture)
{
  g_autoptr (GBytes) picture = real_picture ();
  g_autoptr (GFile) source = put_file (fixture, CANARY " passport.png", picture);

  hw_attach_file (fixture->page,
                  fixture->desktop,
                  fixture->file,
                  hw_case_file_lookup (fixture->file, HW_SAMPLE_DOCUMENT_ID),
                  source);
  wait_for_attached (fixture, 1);
}

static HwRecord *
attached (Fixture *fixture)
{
  return g_ptr_array_index (hw_case_file_of_type (fixture->file, HW_TYPE_ID_ATTACHMENT), 0);
}

static void
assert_described (Fixture *fixture)
{
  HwRecord *record = attached (fixture);

  g_assert_cmpstr (hw_record_get_text (record, HW_FIELD_ATTACHMENT_NAME), ==, CANARY " passport.png");
  g_assert_cmpstr (hw_record_get_text (record, HW_FIELD_ATTACHMENT_MEDIA_TYPE), ==, HW_CONTENT_PNG);
  g_assert_cmpstr (hw_record_get_text (record, HW_FIELD_ATTACHMENT_CATEGORY), ==, "custody");
  g_assert_cmpstr (hw_record_get_text (record, HW_FIELD_ATTACHMENT_ABOUT), ==, HW_SAMPLE_DOCUMENT_ID);
  g_assert_cmpint (hw_store_kept (hw_desktop_store (fixture->desktop), hw_record_id (record), NULL),
                   ==,
                   HW_KEPT_WAITING);
}

static void
assert_picture_is_shown (Fixture *fixture)
{
  GtkWidget *viewer = hw_attachment_viewer_new (
    fixture->desktop, attached (fixture), GTK_WINDOW (fixture->window));
  gint64 end = g_get_monotonic_time () + PATIENCE_US;
  GtkWidget *picture = NULL;

  g_object_add_weak_pointer (G_OBJECT (viewer), (gpointer *) &viewer);
  gtk_window_present (GTK_WINDOW (viewer));
  g_assert_null (strstr (gtk_window_get_title (GTK_WINDOW (viewer)), CANARY));
  while (picture == NULL && g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      picture = find (viewer, GTK_TYPE_PICTURE);
      if (picture != NULL && gtk_picture_get_paintable (GTK_PICTURE (picture)) == NULL)
        picture = NULL;
    }
  g_assert_nonnull (picture);
  g_assert_cmpint (
    gdk_paintable_get_intrinsic_width (gtk_picture_get_paintable (GTK_PICTURE (picture))), ==, 60);
  hw_desktop_lock (fixture->desktop);
  while (viewer != NULL)
    g_main_context_iteration (NULL, TRUE);
  hw_test_desktop_unlock (fixture->desktop);
}

/* Why it went is written down with its going. */
static void
assert_reason_is_kept (Fixture *fixture, const char *id)
{
  g_autoptr (GPtrArray) history
    = hw_store_history (hw_desktop_store (fixture->desktop), HW_TYPE_ID_ATTACHMENT, id, NULL);
  gboolean found = FALSE;

  for (guint i = 0; i < history->len; i++)
    {
      HwHistoryEntry *entry = g_ptr_array_index (history, i);

      found = found
              || (entry->field == HW_FIELD_ATTACHMENT_REMOVAL_REASON && entry->value != NULL
                  && g_str_equal (hw_value_text (entry->value), "Of another person"));
    }
  g_assert_true (found);
}

static void
remove_it (Fixture *fixture)
{
  GtkWidget *row = find (fixture->page, HW_TYPE_ATTACHMENT_ROW);
  g_autofree char *id = g_strdup (hw_record_id (attached (fixture)));
  GtkWidget *dialog, *view;

  g_assert_nonnull (row);
  gtk_widget_activate_action (row, "file.remove", NULL);
  dialog = wait_for_dialog ();
  view = find (dialog, GTK_TYPE_TEXT_VIEW);
  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "remove"));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "  ", -1);
  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "remove"));
  gtk_text_buffer_set_text (
    gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), " Of another person\n", -1);
  g_assert_true (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "remove"));
  answer ("remove");
  wait_for_attached (fixture, 0);
  assert_reason_is_kept (fixture, id);
}

static void
test_round (void)
{
  Fixture fixture = { 0 };

  sit_down (&fixture, HW_ROLE_CASEWORKER);
  g_assert_true (holds_words (fixture.page, "Nothing is attached"));
  attach_scan (&fixture);
  assert_described (&fixture);
  g_assert_cmpuint (count_files (&fixture, holds_canary), ==, 0);
  g_assert_cmpuint (count_files (&fixture, is_attachment), ==, 1);
  show (&fixture);
  g_assert_true (holds_words (fixture.page, "Picture " HW_VEIL_MASK));
  g_assert_false (holds_words (fixture.page, CANARY " passport.png"));
  g_assert_true (holds_words (fixture.page, "waiting to be sent"));
  assert_picture_is_shown (&fixture);
  g_assert_cmpuint (count_files (&fixture, holds_canary), ==, 0);
  show (&fixture);
  remove_it (&fixture);
  show (&fixture);
  g_assert_true (holds_words (fixture.page, "Nothing is attached"));
  get_up (&fixture);
}

static void
test_refused (void)
{
  g_autoptr (GBytes) page = g_bytes_new_static ("<html><script/></html>", 22);
  g_autoptr (GBytes) whole = hw_test_png (100000, 100000, "drawn", "hidden");
  g_autofree char *long_text = g_strnfill (HW_CONTENT_MAX_BYTES, 'x');
  g_autoptr (GBytes) large = g_bytes_new_static (long_text, HW_CONTENT_MAX_BYTES);
  g_autoptr (GBytes) larger = hw_test_png (2, 2, long_text, "hidden");
  const struct
  {
    GBytes *bytes;
    const char *words;
  } rows[] = { { page, "Only pictures" }, { whole, "64 million" }, { large, "Only pictures" }, { larger, "20 MB" } };
  g_autoptr (GFile) nowhere = NULL;
  Fixture fixture = { 0 };

  sit_down (&fixture, HW_ROLE_CASEWORKER);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GFile) source = put_file (&fixture, "passport.jpg", rows[i].bytes);

      hw_attach_file (fixture.page, fixture.desktop, fixture.file, NULL, source);
      g_assert_nonnull (strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (wait_for_dialog ())), rows[i].words));
      close_dialog ();
    }
  nowhere = g_file_new_for_path ("/nowhere/at/all.jpg");
  hw_attach_file (fixture.page, fixture.desktop, fixture.file, NULL, nowhere);
  g_assert_nonnull (strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (wait_for_dialog ())), "could not be read"));
  close_dialog ();
  g_assert_cmpuint (n_attached (&fixture), ==, 0);
  g_assert_cmpuint (count_files (&fixture, is_attachment), ==, 0);
  get_up (&fixture);
}

/* Attached to the case as a whole, somebody has to say who may see it. */
static void
test_kind_is_asked (void)
{
  g_autoptr (GBytes) picture = real_picture ();
  g_autoptr (GFile) source = NULL;
  GtkWidget *check;
  Fixture fixture = { 0 };

  sit_down (&fixture, HW_ROLE_CASEWORKER);
  source = put_file (&fixture, "photo.png", picture);
  hw_attach_file (fixture.page, fixture.desktop, fixture.file, NULL, source);
  g_assert_false (
    adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (wait_for_dialog ()), "attach"));
  close_dialog ();
  g_assert_cmpuint (n_attached (&fixture), ==, 0);

  hw_attach_file (fixture.page, fixture.desktop, fixture.file, NULL, source);
  check = find (wait_for_dialog (), GTK_TYPE_CHECK_BUTTON);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  g_assert_true (
    adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (find_dialog ()), "attach"));
  answer ("attach");
  wait_for_attached (&fixture, 1);
  g_assert_cmpstr (
    hw_record_get_text (attached (&fixture), HW_FIELD_ATTACHMENT_CATEGORY), ==, "custody");
  get_up (&fixture);
}

static GtkWidget *
find_button (GtkWidget *root, const char *label)
{
  if (!gtk_widget_get_visible (root))
    return NULL;
  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), label) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Who reads them only has no way to add one. */
static void
test_reader_adds_nothing (gconstpointer data)
{
  Fixture fixture = { 0 };
  HwRole role = (HwRole) GPOINTER_TO_UINT (data);

  sit_down (&fixture, role);
  if (role == HW_ROLE_CASEWORKER)
    g_assert_nonnull (find_button (fixture.page, "_Attach a File…"));
  else
    g_assert_null (find_button (fixture.page, "_Attach a File…"));
  get_up (&fixture);
}

typedef struct
{
  GdkTexture *texture;
  GError *error;
  gboolean done;
} Decoded;

static void
decoded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Decoded *decoded = data;

  decoded->texture = hw_picture_decode_finish (result, &decoded->error);
  decoded->done = TRUE;
}

/* Structure alone makes no picture: what cannot be drawn is said, and nothing crashes. */
static void
test_undrawable (void)
{
  g_autoptr (GBytes) bytes = hw_test_png (640, 480, "nothing to draw", "hidden");
  g_autoptr (GBytes) jpeg = hw_test_jpeg (640, 480, 6, "nothing to draw", "hidden");
  GBytes *const all[] = { bytes, jpeg };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      Decoded decoded = { 0 };

      hw_picture_decode_async (all[i], NULL, decoded_cb, &decoded);
      while (!decoded.done)
        g_main_context_iteration (NULL, TRUE);
      g_assert_null (decoded.texture);
      g_assert_error (decoded.error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      g_clear_error (&decoded.error);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  hw_style_load (gdk_display_get_default ());
  g_test_add_func ("/attachments/attached-shown-removed", test_round);
  g_test_add_func ("/attachments/what-cannot-be-taken-is-said", test_refused);
  g_test_add_func ("/attachments/what-it-shows-is-asked", test_kind_is_asked);
  g_test_add_data_func ("/attachments/the-caseworker-adds", GUINT_TO_POINTER (HW_ROLE_CASEWORKER), test_reader_adds_nothing);
  g_test_add_data_func ("/attachments/the-supervisor-reads", GUINT_TO_POINTER (HW_ROLE_SUPERVISOR), test_reader_adds_nothing);
  g_test_add_func ("/attachments/what-cannot-be-drawn-is-said", test_undrawable);
  return g_test_run ();
}
