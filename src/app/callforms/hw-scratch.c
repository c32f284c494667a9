/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A scratch record keeps its id from the first keystroke to the commit, so that committing it
 * twice, after a crash for example, cannot make two of it.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/callforms/hw-scratch.h"

#include <glib/gi18n.h>

#include "app/hw-compat.h"

typedef gboolean (*RowFunc) (HwFieldRow *row, gpointer data); /* TRUE: stop here */

static HwFieldRow *
each_row (GtkWidget *root, RowFunc func, gpointer data)
{
  if (HW_IS_FIELD_ROW (root))
    return func (HW_FIELD_ROW (root), data) ? HW_FIELD_ROW (root) : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      HwFieldRow *row = each_row (child, func, data);

      if (row != NULL)
        return row;
    }
  return NULL;
}

HwRecord *
hw_scratch_new (HwDesktop *desktop, HwTypeId type, const char *case_id)
{
  g_autoptr (HwOperation) operation = hw_desktop_new_create (desktop, type, case_id);
  HwRecord *record = hw_record_new (type, operation->record);

  hw_record_set_case (record, operation->case_id);
  return record;
}

static void
commit_cb (HwFieldRow *row, HwValue *value, guint64 base, HwRecord *scratch)
{
  hw_record_set (scratch, hw_field_row_get_field (row)->id, value);
}

static gboolean
connect_row (HwFieldRow *row, gpointer data)
{
  if (hw_field_row_get_field (row)->type != hw_record_type (data))
    return FALSE;
  hw_field_row_set_own (row, TRUE);
  g_signal_connect_object (row, "commit", G_CALLBACK (commit_cb), data, 0);
  return FALSE;
}

void
hw_scratch_bind (GtkWidget *root, HwRecord *scratch, HwFormContext *context)
{
  hw_field_rows_bind (root, scratch, context);
  each_row (root, connect_row, scratch);
}

static gboolean
is_row_of (HwFieldRow *row, gpointer data)
{
  return hw_field_row_get_field (row)->id == GPOINTER_TO_UINT (data);
}

static gboolean
own_row (HwFieldRow *row, gpointer data)
{
  hw_field_row_set_own (row, TRUE);
  return FALSE;
}

void
hw_scratch_own (GtkWidget *root)
{
  each_row (root, own_row, NULL);
}

HwFieldRow *
hw_scratch_find_row (GtkWidget *root, HwFieldId field)
{
  return each_row (root, is_row_of, GUINT_TO_POINTER (field));
}

void
hw_scratch_propose (GtkWidget *root, HwRecord *scratch, HwFieldId field, HwValue *value)
{
  HwFieldRow *row = hw_scratch_find_row (root, field);

  if (row != NULL)
    hw_field_row_set_record (row, NULL);
  hw_record_set (scratch, field, value);
  if (row != NULL)
    hw_field_row_set_record (row, scratch);
}

static gboolean
is_faulty (HwFieldRow *row, gpointer data)
{
  const HwFieldDef *field = hw_field_row_get_field (row);
  HwRecord *record = hw_field_row_get_record (row);

  if (record == NULL)
    return FALSE;
  hw_field_row_leave (row);
  /* A record in which nothing stands at all is not meant to be made. */
  if ((field->flags & HW_FIELD_REQUIRED) != 0 && !hw_scratch_is_empty (record)
      && hw_record_get (record, field->id) == NULL && hw_field_row_get_error (row) == NULL)
    {
      g_autofree char *message
        = g_strdup_printf (_ ("“%s” is needed; everything else is kept."), _ (field->label));

      hw_field_row_refuse (row, message);
    }
  return hw_field_row_get_error (row) != NULL;
}

HwFieldRow *
hw_scratch_first_fault (GtkWidget *root)
{
  return each_row (root, is_faulty, NULL);
}

gboolean
hw_scratch_refuse (GtkWidget *root, HwVerdict *verdict)
{
  HwFieldRow *row = NULL;

  if (hw_verdict_field (verdict) != HW_FIELD_NONE)
    row = hw_scratch_find_row (root, hw_verdict_field (verdict));
  if (row == NULL)
    return FALSE;
  hw_field_row_refuse (row, hw_verdict_message (verdict));
  hw_scratch_focus (row);
  return TRUE;
}

void
hw_scratch_focus (HwFieldRow *row)
{
  GtkWidget *expander = gtk_widget_get_ancestor (GTK_WIDGET (row), ADW_TYPE_EXPANDER_ROW);

  if (expander != NULL)
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (expander), TRUE);
  gtk_widget_child_focus (GTK_WIDGET (row), GTK_DIR_TAB_FORWARD);
}

static gboolean
is_dirty (HwFieldRow *row, gpointer data)
{
  return hw_field_row_is_dirty (row);
}

gboolean
hw_scratch_is_typing (GtkWidget *root)
{
  return each_row (root, is_dirty, NULL) != NULL;
}

gboolean
hw_scratch_is_empty (HwRecord *scratch)
{
  const HwTypeDef *def = hw_record_def (scratch);

  for (guint i = 0; i < def->n_fields; i++)
    if (hw_record_get (scratch, def->fields[i].id) != NULL)
      return FALSE;
  return TRUE;
}

static gboolean
differs (HwRecord *scratch, HwRecord *given)
{
  const HwTypeDef *def = hw_record_def (scratch);

  for (guint i = 0; i < def->n_fields; i++)
    if (!hw_value_equal (hw_record_get (scratch, def->fields[i].id),
                         hw_record_get (given, def->fields[i].id)))
      return TRUE;
  return FALSE;
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWindow) window = data;

  if (hw_compat_confirm_finish (result, NULL))
    gtk_window_destroy (window);
}

gboolean
hw_scratch_ask_to_leave (
  GtkWindow *window, GtkWidget *root, HwRecord *scratch, HwRecord *given, const char *question)
{
  if (!differs (scratch, given) && !hw_scratch_is_typing (root))
    return FALSE;
  hw_compat_confirm_async (GTK_WIDGET (window),
                           question,
                           _ ("What you typed here will be gone."),
                           _ ("_Leave"),
                           TRUE,
                           NULL,
                           answered_cb,
                           g_object_ref (window));
  return TRUE;
}

static void
take_text (char **place, const char *text)
{
  g_free (*place);
  *place = g_strdup (text);
}

HwOperation *
hw_scratch_create_operation (HwDesktop *desktop, HwRecord *scratch)
{
  HwOperation *operation
    = hw_desktop_new_create (desktop, hw_record_type (scratch), hw_record_case (scratch));
  const HwTypeDef *def = hw_record_def (scratch);

  take_text (&operation->record, hw_record_id (scratch));
  take_text (&operation->case_id, hw_record_case (scratch));
  for (guint i = 0; i < def->n_fields; i++)
    {
      HwValue *value = hw_record_get (scratch, def->fields[i].id);

      if (value != NULL)
        hw_operation_set (operation, def->fields[i].id, value, 0);
    }
  return operation;
}

HwOperation *
hw_scratch_update_operation (HwDesktop *desktop, HwRecord *record, HwRecord *scratch)
{
  HwOperation *operation = hw_desktop_new_update (desktop, record);
  const HwTypeDef *def = hw_record_def (record);

  for (guint i = 0; i < def->n_fields; i++)
    {
      HwFieldId field = def->fields[i].id;

      if (!hw_value_equal (hw_record_get (record, field), hw_record_get (scratch, field)))
        hw_operation_set (
          operation, field, hw_record_get (scratch, field), hw_record_field_rev (record, field));
    }
  return operation;
}
