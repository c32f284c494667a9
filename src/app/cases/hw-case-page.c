/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One case, loaded from the store and loaded again whenever one of its records changes, wherever the
 * change came from. Holds where the person is: overview, a section, a record.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/approvals/hw-approval-ask.h"
#include "app/cases/hw-case-page.h"

#include <glib/gi18n.h>

#include "app/callforms/hw-record-dialog.h"
#include "app/cases/hw-case-overview.h"
#include "app/cases/hw-group-page.h"
#include "app/cases/hw-record-page.h"
#include "app/hw-compat.h"
#include "app/people/hw-pair-notice.h"

struct _HwCasePage
{
  AdwBin parent;

  HwDesktop         *desktop; /* (owned) (nullable) */
  char              *case_id; /* (owned) (nullable) */
  HwCaseFile        *file;    /* (owned) (nullable) while loading */
  GCancellable      *loading; /* (owned) (nullable) */
  gulong             changed_handler;
  const HwCaseGroup *group;   /* (nullable) the section shown or gone through */
  GPtrArray         *trail;   /* (owned) ids of the records gone through, to the one that is shown */
  char              *wanted;  /* (owned) (nullable) id of a record to open once the case is read */

  GtkStack       *stack;
  HwCaseOverview *overview;
  HwGroupPage    *group_page;
  HwRecordPage   *record_page;
  HwPairNotice   *pair_notice;
};

G_DEFINE_FINAL_TYPE (HwCasePage, hw_case_page, ADW_TYPE_BIN)

static guint titled_signal;

static gboolean
showing (HwCasePage *self, const char *name)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), name) == 0;
}

static void
show_group (HwCasePage *self, const HwCaseGroup *group)
{
  self->group = group;
  hw_group_page_show (self->group_page, self->desktop, self->file, group);
  gtk_stack_set_visible_child_name (self->stack, "group");
  hw_group_page_focus (self->group_page);
}

static void
show_record (HwCasePage *self, const char *id)
{
  if (hw_case_file_lookup (self->file, id) == NULL)
    return;
  gtk_stack_set_visible_child_name (self->stack, "record");
  hw_record_page_show (self->record_page, self->desktop, self->file, id);
}

/* From a record to one that belongs to it, or that something in it asks for. */
static void
enter_record (HwCasePage *self, const char *id)
{
  const char *shown = showing (self, "record") ? hw_record_page_record (self->record_page) : NULL;

  if (hw_case_file_lookup (self->file, id) == NULL || g_strcmp0 (shown, id) == 0)
    return;
  if (shown != NULL)
    g_ptr_array_add (self->trail, g_strdup (shown));
  show_record (self, id);
}

/* FALSE: there is no record to go back to. */
static gboolean
leave_record (HwCasePage *self)
{
  while (self->trail->len > 0)
    {
      g_autofree char *id = g_ptr_array_steal_index (self->trail, self->trail->len - 1);

      if (hw_case_file_lookup (self->file, id) == NULL)
        continue;
      show_record (self, id);
      return TRUE;
    }
  return FALSE;
}

static void
add_record (HwCasePage *self, HwTypeId type)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  gtk_window_present (GTK_WINDOW (hw_record_dialog_new (self->desktop, self->file, type, window)));
}

/* The way from a condition to what fixes it: the record it names, or a new one of its type. */
static void
fix_cb (HwCasePage *self, HwCondition *condition)
{
  HwApprovalQuestion question;
  guint relations = hw_access_relations (self->file, NULL, hw_desktop_actor (self->desktop),
                                         hw_clock_now (hw_desktop_clock (self->desktop)));

  if (condition->record != NULL && hw_case_file_lookup (self->file, condition->record) != NULL)
    enter_record (self, condition->record);
  else if (condition->type == HW_TYPE_ID_APPROVAL && hw_approval_for_condition (self->file, condition->code, &question)
           && hw_access_may_create (hw_desktop_actor (self->desktop)->role, relations, HW_TYPE_ID_APPROVAL))
    hw_approval_ask (GTK_WIDGET (self), self->desktop, self->file, &question);
  else if (condition->type != HW_TYPE_ID_NONE
           && hw_access_may_create (hw_desktop_actor (self->desktop)->role, relations, condition->type))
    add_record (self, condition->type);
  else if (hw_case_group_of_type (condition->type) != NULL)
    show_group (self, hw_case_group_of_type (condition->type));
}

static void
open_record_cb (HwCasePage *self, const char *id)
{
  self->group = showing (self, "group") ? self->group : NULL;
  g_ptr_array_set_size (self->trail, 0);
  show_record (self, id);
}

static void
open_group_cb (HwCasePage *self, const HwCaseGroup *group)
{
  show_group (self, group);
}

static void
add_record_cb (HwCasePage *self, guint type)
{
  add_record (self, type);
}

static void
deleted_cb (HwCasePage *self)
{
  if (showing (self, "record"))
    hw_case_page_go_back (self);
}

/* ---- Loading ---- */

static void
open_wanted (HwCasePage *self)
{
  g_autofree char *wanted = g_steal_pointer (&self->wanted);

  if (wanted != NULL)
    enter_record (self, wanted);
}

static void
show_file (HwCasePage *self)
{
  HwRecord *record = hw_case_file_case (self->file);
  const char *code = record != NULL ? hw_record_get_text (record, HW_FIELD_CASE_CODE) : NULL;

  if (record == NULL)
    return;
  g_signal_emit (self, titled_signal, 0, code != NULL ? code : _ ("New case"));
  hw_case_overview_show (self->overview, self->desktop, self->file);
  if (showing (self, "group"))
    hw_group_page_show (self->group_page, self->desktop, self->file, self->group);
  else if (showing (self, "record"))
    hw_record_page_show (self->record_page, self->desktop, self->file, hw_record_page_record (self->record_page));
  else
    gtk_stack_set_visible_child_name (self->stack, "overview");
  open_wanted (self);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HwCasePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HwCaseFile) file = hw_store_load_case_finish (HW_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->case_id == NULL)
    return;
  g_clear_object (&self->loading);
  if (error != NULL)
    {
      hw_desktop_say (self->desktop, error->message);
      return;
    }
  if (file == NULL || g_strcmp0 (hw_case_file_id (file), self->case_id) != 0)
    {
      gtk_stack_set_visible_child_name (self->stack, "gone");
      return;
    }
  g_set_object (&self->file, file);
  hw_pair_notice_show (self->pair_notice, self->desktop, file);
  show_file (self);
}

static void
load (HwCasePage *self)
{
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  hw_store_load_case_async (hw_desktop_store (self->desktop), self->case_id, self->loading, loaded_cb,
                            g_object_ref (self));
}

static void
changed_cb (HwCasePage *self, GPtrArray *changes)
{
  for (guint i = 0; i < changes->len; i++)
    {
      HwStoreChange *change = g_ptr_array_index (changes, i);

      if (g_strcmp0 (change->case_id, self->case_id) == 0 || hw_schema_type (change->type)->root == HW_ROOT_NONE)
        {
          load (self);
          return;
        }
    }
}

static void
forget (HwCasePage *self)
{
  if (self->changed_handler != 0 && self->desktop != NULL && hw_desktop_store (self->desktop) != NULL)
    g_signal_handler_disconnect (hw_desktop_store (self->desktop), self->changed_handler);
  self->changed_handler = 0;
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_pointer (&self->case_id, g_free);
  g_clear_object (&self->file);
  g_clear_pointer (&self->wanted, g_free);
  g_ptr_array_set_size (self->trail, 0);
  self->group = NULL;
}

static void
hw_case_page_dispose (GObject *object)
{
  HwCasePage *self = HW_CASE_PAGE (object);

  forget (self);
  g_clear_object (&self->desktop);

  G_OBJECT_CLASS (hw_case_page_parent_class)->dispose (object);
}

static void
hw_case_page_finalize (GObject *object)
{
  g_ptr_array_unref (HW_CASE_PAGE (object)->trail);

  G_OBJECT_CLASS (hw_case_page_parent_class)->finalize (object);
}

static void
hw_case_page_class_init (HwCasePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_case_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = hw_case_page_finalize;
  titled_signal = g_signal_new ("titled", HW_TYPE_CASE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_STRING);

  g_type_ensure (HW_TYPE_CASE_OVERVIEW);
  g_type_ensure (HW_TYPE_PAIR_NOTICE);
  g_type_ensure (HW_TYPE_GROUP_PAGE);
  g_type_ensure (HW_TYPE_RECORD_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/homeward/ui/hw-case-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HwCasePage, stack);
  gtk_widget_class_bind_template_child (widget_class, HwCasePage, overview);
  gtk_widget_class_bind_template_child (widget_class, HwCasePage, group_page);
  gtk_widget_class_bind_template_child (widget_class, HwCasePage, record_page);
  gtk_widget_class_bind_template_child (widget_class, HwCasePage, pair_notice);
  gtk_widget_class_bind_template_callback (widget_class, fix_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_record_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_group_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_record_cb);
  gtk_widget_class_bind_template_callback (widget_class, deleted_cb);
}

static void
hw_case_page_init (HwCasePage *self)
{
  self->trail = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  hw_compat_tell_hidden_pages (self->stack);
}

void
hw_case_page_show (HwCasePage *self, HwDesktop *desktop, const char *case_id)
{
  forget (self);
  g_set_object (&self->desktop, desktop);
  self->case_id = g_strdup (case_id);
  hw_record_page_clear (self->record_page);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  self->changed_handler
      = g_signal_connect_object (hw_desktop_store (desktop), "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  load (self);
}

void
hw_case_page_open_record (HwCasePage *self, const char *id)
{
  g_free (self->wanted);
  self->wanted = g_strdup (id);
  if (self->file != NULL)
    open_wanted (self);
}

const char *
hw_case_page_case (HwCasePage *self)
{
  return self->case_id;
}

void
hw_case_page_clear (HwCasePage *self)
{
  forget (self);
  hw_record_page_clear (self->record_page);
  if (self->desktop != NULL)
    {
      hw_case_overview_show (self->overview, self->desktop, NULL);
      hw_pair_notice_show (self->pair_notice, self->desktop, NULL);
    }
  gtk_stack_set_visible_child_name (self->stack, "loading");
}

gboolean
hw_case_page_go_back (HwCasePage *self)
{
  if (self->file == NULL)
    return FALSE;
  if (showing (self, "record"))
    {
      if (leave_record (self))
        return TRUE;
      hw_record_page_clear (self->record_page);
      if (self->group != NULL)
        show_group (self, self->group);
      else
        gtk_stack_set_visible_child_name (self->stack, "overview");
      return TRUE;
    }
  if (showing (self, "group"))
    {
      self->group = NULL;
      gtk_stack_set_visible_child_name (self->stack, "overview");
      return TRUE;
    }
  return FALSE;
}
