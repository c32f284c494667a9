/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The life of an edit in a HwFieldRow: typed, left, checked, asked for, settled or refused, taken
 * back; and what happens when the record changes meanwhile. Nothing typed is dropped on any of
 * these ways.
 */
#include "app/forms/hw-field-row-private.h"

#include <glib/gi18n.h>

#include "app/forms/hw-field-words.h"

HwValue *
hw_field_row_value (HwFieldRow *self)
{
  return self->record ? hw_record_get (self->record, self->field->id) : NULL;
}

static void
take_value (HwValue **place, HwValue *value)
{
  HwValue *old = *place;

  *place = value ? hw_value_ref (value) : NULL;
  g_clear_pointer (&old, hw_value_unref);
}

char *
hw_field_row_words (HwFieldRow *self, HwValue *value, const char *otherwise)
{
  char *words = hw_field_words_plain (self->field, value, self->context);

  return words ? words : g_strdup (otherwise);
}

void
hw_field_row_set_flag (HwFieldRow *self, gboolean *flag, gboolean value, const char *property)
{
  if (*flag == value)
    return;
  *flag = value;
  g_object_notify (G_OBJECT (self), property);
}

void
hw_field_row_set_error (HwFieldRow *self, const char *message)
{
  if (g_strcmp0 (hw_field_row_get_error (self), message) == 0)
    return;
  if (message)
    gtk_label_set_text (self->error, message);
  gtk_revealer_set_reveal_child (self->error_revealer, message != NULL);
  hw_field_row_set_css (self, "invalid", message != NULL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self),
                               GTK_ACCESSIBLE_STATE_INVALID,
                               message ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  hw_field_row_update_names (self);
  g_object_notify (G_OBJECT (self), "error");
}

/* A mark that says what it was is masked with it. */
void
hw_field_row_mask_changed (HwFieldRow *self)
{
  gtk_label_set_text (self->changed_words, _ ("Changed elsewhere just now."));
}

void
hw_field_row_clear_changed (HwFieldRow *self)
{
  gtk_revealer_set_reveal_child (self->changed_revealer, FALSE);
  hw_field_row_set_flag (self, &self->changed, FALSE, "changed");
}

/* With a choice while she is in the field; as a plain note where nothing was being written. */
static void
mark_changed (HwFieldRow *self, HwValue *before, gboolean choice)
{
  g_autofree char *now = hw_field_row_words (self, hw_field_row_value (self), _ ("nothing"));
  g_autofree char *was = hw_field_row_words (self, before, _ ("nothing"));
  g_autofree char *words = NULL;

  if (hw_field_row_is_masked (self))
    words = g_strdup (_ ("Changed elsewhere just now."));
  else if (choice)
    words = g_strdup_printf (
      _ ("Changed elsewhere while you were here. Now: %s. Before: %s."), now, was);
  else
    words = g_strdup_printf (_ ("Changed elsewhere just now. Before: %s."), was);
  gtk_label_set_text (self->changed_words, words);
  gtk_widget_set_visible (self->take_theirs, choice);
  gtk_widget_set_visible (self->keep_mine, choice);
  gtk_revealer_set_reveal_child (self->changed_revealer, TRUE);
  hw_field_row_set_flag (self, &self->changed, TRUE, "changed");
}

void
hw_field_row_load (HwFieldRow *self)
{
  take_value (&self->seen, hw_field_row_value (self));
  self->base = self->record ? hw_record_field_rev (self->record, self->field->id) : 0;
  hw_field_row_set_flag (self, &self->dirty, FALSE, "dirty");
  hw_field_row_fill_editor (self);
  hw_field_row_set_error (self, NULL);
  hw_field_row_update_look (self);
}

/* An editor that is hidden behind the mask holds nothing: who reads the screen aloud would find it. */
void
hw_field_row_fill_editor (HwFieldRow *self)
{
  if (!self->dirty)
    hw_field_editor_show (self->editor, hw_field_row_is_masked (self) ? NULL : self->seen);
}

/* What came is what was asked for: the commit is done. */
static void
settle (HwFieldRow *self)
{
  self->waiting = FALSE;
  take_value (&self->seen, hw_field_row_value (self));
  self->base = hw_record_field_rev (self->record, self->field->id);
  if (!self->dirty)
    hw_field_row_load (self);
}

void
hw_field_row_record_changed (HwFieldRow *self)
{
  HwValue *now = hw_field_row_value (self);
  g_autoptr (HwValue) before = NULL;

  if (self->waiting && hw_value_equal (now, self->pending))
    {
      settle (self);
      return;
    }
  if (hw_value_equal (now, self->seen))
    return;
  self->waiting = FALSE;
  if (self->dirty || self->focused)
    {
      mark_changed (self, self->seen, TRUE);
      return;
    }
  before = self->seen ? hw_value_ref (self->seen) : NULL;
  hw_field_row_load (self);
  mark_changed (self, before, FALSE);
}

static void
commit (HwFieldRow *self, HwValue *value, guint64 base)
{
  g_autoptr (HwValue) kept = value ? hw_value_ref (value) : NULL;

  take_value (&self->previous, hw_field_row_value (self));
  self->undoable = TRUE;
  take_value (&self->pending, kept);
  self->waiting = TRUE;
  hw_field_row_set_flag (self, &self->dirty, FALSE, "dirty");
  /* What she has just written she may read over. */
  if ((self->field->flags & HW_FIELD_SENSITIVE) == 0)
    hw_field_row_open (self);
  g_signal_emit_by_name (self, "commit", kept, base);
}

static gboolean
check (HwFieldRow *self, HwValue *value, gboolean readable, const char *problem)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *missing = NULL;

  if (!readable)
    {
      hw_field_row_set_error (self, problem);
      return FALSE;
    }
  if (value == NULL && (self->field->flags & HW_FIELD_REQUIRED))
    {
      missing = g_strdup_printf (_ ("“%s” is needed; what was saved before is kept."),
                                 _ (self->field->label));
      hw_field_row_set_error (self, missing);
      return FALSE;
    }
  if (value && !hw_value_check (self->field, value, &error))
    {
      hw_field_row_set_error (self, error->message);
      return FALSE;
    }
  hw_field_row_set_error (self, NULL);
  return TRUE;
}

void
hw_field_row_leave (HwFieldRow *self)
{
  g_autoptr (HwValue) value = NULL;
  g_autofree char *problem = NULL;
  gboolean readable;

  g_return_if_fail (HW_IS_FIELD_ROW (self));
  if (!self->dirty || self->record == NULL || !self->editable)
    return;
  readable = hw_field_editor_read (self->editor, &value, &problem);
  if (!check (self, value, readable, problem))
    return;
  if (hw_value_equal (value, hw_field_row_value (self)))
    {
      hw_field_row_clear_changed (self);
      hw_field_row_load (self);
      return;
    }
  /* The value that came meanwhile is not overwritten unseen: with the old base it becomes a
   * conflict. */
  hw_field_row_clear_changed (self);
  hw_field_editor_show (self->editor, value);
  commit (self, value, self->base);
}

void
hw_field_row_keep_mine (HwFieldRow *self)
{
  g_return_if_fail (HW_IS_FIELD_ROW (self));
  if (!self->changed || hw_field_row_is_masked (self))
    return;
  take_value (&self->seen, hw_field_row_value (self));
  self->base = hw_record_field_rev (self->record, self->field->id);
  hw_field_row_clear_changed (self);
  hw_field_row_set_flag (self, &self->dirty, TRUE, "dirty");
  hw_field_row_leave (self);
}

void
hw_field_row_take_theirs (HwFieldRow *self)
{
  g_return_if_fail (HW_IS_FIELD_ROW (self));
  hw_field_row_clear_changed (self);
  hw_field_row_load (self);
}

gboolean
hw_field_row_undo (HwFieldRow *self)
{
  g_autoptr (HwValue) value = NULL;

  g_return_val_if_fail (HW_IS_FIELD_ROW (self), FALSE);
  if (!self->undoable || !self->editable || self->record == NULL)
    return FALSE;
  value = self->previous ? hw_value_ref (self->previous) : NULL;
  hw_field_row_set_error (self, NULL);
  hw_field_editor_show (self->editor, value);
  commit (self, value, hw_record_field_rev (self->record, self->field->id));
  return TRUE;
}

void
hw_field_row_refuse (HwFieldRow *self, const char *message)
{
  g_return_if_fail (HW_IS_FIELD_ROW (self));
  if (self->waiting)
    hw_field_editor_show (self->editor, self->pending);
  self->waiting = FALSE;
  self->undoable = FALSE;
  hw_field_row_set_flag (self, &self->dirty, TRUE, "dirty");
  hw_field_row_set_error (self, message);
}

void
hw_field_row_edited (HwFieldRow *self)
{
  g_autoptr (HwValue) value = NULL;
  g_autofree char *problem = NULL;

  hw_field_row_set_flag (self, &self->dirty, TRUE, "dirty");
  hw_field_row_set_empty (self, FALSE);
  /* An error goes away as soon as it is put right, and comes only when the field is left. */
  if (hw_field_row_get_error (self) && hw_field_editor_read (self->editor, &value, &problem))
    hw_field_row_set_error (self, NULL);
}
