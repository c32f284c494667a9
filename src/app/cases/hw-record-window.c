/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The record is shown by the page of the case, which is given its file anew whenever the case changes.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/cases/hw-record-window.h"

#include <glib/gi18n.h>

#include "app/callforms/hw-record-dialog.h"
#include "app/cases/hw-record-page.h"
#include "app/widgets/hw-text.h"

#define WIDTH_PX 660
#define HEIGHT_PX 620

struct _HwRecordWindow
{
  AdwWindow parent;

  HwDesktop    *desktop; /* (owned) (nullable) after dispose */
  HwCaseFile   *file;    /* (owned) (nullable) until read */
  char         *case_id; /* (owned) */
  char         *id;      /* (owned) the record's */
  GCancellable *loading; /* (owned) (nullable) */
  HwRecordPage *page;    /* (unowned) child */
  AdwWindowTitle *title; /* (unowned) child */
};

G_DEFINE_FINAL_TYPE (HwRecordWindow, hw_record_window, ADW_TYPE_WINDOW)

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HwRecordWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HwCaseFile) file = hw_store_load_case_finish (HW_STORE (source), result, &error);

  if (self->desktop == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL)
    hw_desktop_say (self->desktop, error->message);
  else if (file == NULL || hw_case_file_lookup (file, self->id) == NULL)
    gtk_window_destroy (GTK_WINDOW (self));
  else
    {
      g_set_object (&self->file, file);
      hw_record_page_show (self->page, self->desktop, file, self->id);
    }
}

static void
load (HwRecordWindow *self)
{
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  hw_store_load_case_async (hw_desktop_store (self->desktop), self->case_id, self->loading, loaded_cb,
                            g_object_ref (self));
}

static void
changed_cb (HwRecordWindow *self, GPtrArray *changes)
{
  for (guint i = 0; i < changes->len; i++)
    {
      HwStoreChange *change = g_ptr_array_index (changes, i);

      if (g_strcmp0 (change->case_id, self->case_id) == 0)
        {
          load (self);
          return;
        }
    }
}

static void
open_over (HwRecordWindow *self, const char *id)
{
  GtkWidget *window = hw_record_window_new (self->desktop, id, GTK_WINDOW (self));

  if (window != NULL)
    gtk_window_present (GTK_WINDOW (window));
}

/* What its form asks of the main window this one answers: the main window is out of reach beneath it. */
static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  open_over (HW_RECORD_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

/* From here too a refusal leads on, each over the one before. */
static void
fix_cb (HwRecordWindow *self, HwCondition *condition)
{
  const HwActor *actor = hw_desktop_actor (self->desktop);
  guint relations
      = hw_access_relations (self->file, NULL, actor, hw_clock_now (hw_desktop_clock (self->desktop)));

  if (condition->record != NULL && !g_str_equal (condition->record, self->id))
    open_over (self, condition->record);
  else if (condition->record == NULL && condition->type != HW_TYPE_ID_NONE
           && hw_access_may_create (actor->role, relations, condition->type))
    gtk_window_present (GTK_WINDOW (hw_record_dialog_new (self->desktop, self->file, condition->type, GTK_WINDOW (self))));
}

static void
hw_record_window_dispose (GObject *object)
{
  HwRecordWindow *self = HW_RECORD_WINDOW (object);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_object (&self->file);
  g_clear_object (&self->desktop);

  G_OBJECT_CLASS (hw_record_window_parent_class)->dispose (object);
}

static void
hw_record_window_finalize (GObject *object)
{
  HwRecordWindow *self = HW_RECORD_WINDOW (object);

  g_free (self->case_id);
  g_free (self->id);

  G_OBJECT_CLASS (hw_record_window_parent_class)->finalize (object);
}

static void
hw_record_window_class_init (HwRecordWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hw_record_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = hw_record_window_finalize;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "win.open", "s", open_action);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
hw_record_window_init (HwRecordWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bar = adw_header_bar_new ();

  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (self), WIDTH_PX, HEIGHT_PX);
  self->page = HW_RECORD_PAGE (hw_record_page_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->page), TRUE);
  g_signal_connect_object (self->page, "fix", G_CALLBACK (fix_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->page, "deleted", G_CALLBACK (gtk_window_destroy), self, G_CONNECT_SWAPPED);
  /* What kind of record it is stands in the window alone, not where the desktop lists windows. */
  gtk_window_set_title (GTK_WINDOW (self), _ ("Record"));
  self->title = ADW_WINDOW_TITLE (adw_window_title_new ("", ""));
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (bar), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->page));
  adw_window_set_content (ADW_WINDOW (self), box);
}

GtkWidget *
hw_record_window_new (HwDesktop *desktop, const char *id, GtkWindow *parent)
{
  HwStore *store = hw_desktop_store (desktop);
  g_autoptr (HwRecord) record = hw_store_find_record (store, id, NULL);
  gboolean is_case = record != NULL && hw_record_type (record) == HW_TYPE_ID_CASE;
  g_autofree char *title = NULL;
  HwRecordWindow *self;

  if (record == NULL || (!is_case && hw_record_case (record) == NULL))
    return NULL;
  self = g_object_new (HW_TYPE_RECORD_WINDOW, "transient-for", parent, NULL);
  self->desktop = g_object_ref (desktop);
  self->id = g_strdup (id);
  self->case_id = g_strdup (is_case ? id : hw_record_case (record));
  title = hw_text_title (hw_record_def (record)->label);
  adw_window_title_set_title (self->title, title);
  g_signal_connect_object (store, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  load (self);
  return GTK_WIDGET (self);
}
