/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows are bound by their names; what a person may not read is taken away, what she may not write
 * is text. A record with a status carries its moves at the top, once it is stored.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/callforms/hw-call-form.h"

#include "app/callforms/hw-scratch.h"
#include "app/callforms/hw-told-dialog.h"
#include "app/hw-desktop-references.h"

typedef struct
{
  HwDesktop *desktop;     /* (owned) */
  HwCaseFile *file;       /* (owned) (nullable) */
  HwRecord *record;       /* (owned) */
  HwFormContext *context; /* (owned) */
  HwMoveBar *moves;       /* (unowned) (nullable) */
  GArray *own; /* (owned) of HwFieldId: set by the form itself, not yet seen in the record */
  guint relations;
} HwCallFormPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (HwCallForm, hw_call_form, GTK_TYPE_BOX)

enum
{
  COMMIT,
  MOVE,
  HISTORY_REQUESTED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static HwCallFormPrivate *
priv_of (HwCallForm *self)
{
  return hw_call_form_get_instance_private (self);
}

static void
commit_cb (HwFieldRow *row, HwValue *value, guint64 base, HwCallForm *self)
{
  g_signal_emit (self, signals[COMMIT], 0, (guint)hw_field_row_get_field (row)->id, value, base);
}

static void
history_cb (HwFieldRow *row, HwCallForm *self)
{
  g_signal_emit (self, signals[HISTORY_REQUESTED], 0, (guint)hw_field_row_get_field (row)->id);
}

static void
move_cb (HwCallForm *self, const char *status)
{
  hw_field_rows_leave (GTK_WIDGET (self));
  g_signal_emit (self, signals[MOVE], 0, status);
}

static void
told_cb (HwCallForm *self, const char *status)
{
  HwCallFormPrivate *priv = priv_of (self);
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  hw_field_rows_leave (GTK_WIDGET (self));
  gtk_window_present (
    GTK_WINDOW (hw_told_dialog_new (priv->desktop, priv->record, status, window)));
}

static void
prepare_rows (HwCallForm *self, GtkWidget *root)
{
  HwCallFormPrivate *priv = priv_of (self);

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      const HwFieldDef *field;

      if (!HW_IS_FIELD_ROW (child))
        {
          prepare_rows (self, child);
          continue;
        }
      field = hw_field_row_get_field (HW_FIELD_ROW (child));
      gtk_widget_set_visible (
        child, hw_access_may_read (hw_call_form_role (self), priv->relations, field));
      hw_field_row_set_editable (HW_FIELD_ROW (child), hw_call_form_may_write (self, field->id));
      g_signal_connect_object (child, "commit", G_CALLBACK (commit_cb), self, 0);
      g_signal_connect_object (child, "history-requested", G_CALLBACK (history_cb), self, 0);
    }
}

/* What the form itself set did not change "elsewhere". */
static void
accept_own (HwCallForm *self)
{
  GArray *own = priv_of (self)->own;

  for (guint i = own->len; i > 0; i--)
    {
      HwFieldRow *row
        = hw_scratch_find_row (GTK_WIDGET (self), g_array_index (own, HwFieldId, i - 1));

      if (row != NULL && hw_field_row_is_changed (row) && !hw_field_row_is_dirty (row))
        {
          hw_field_row_take_theirs (row);
          g_array_remove_index_fast (own, i - 1);
        }
    }
}

static void
update (HwCallForm *self)
{
  HwCallFormPrivate *priv = priv_of (self);
  HwCallFormClass *klass = HW_CALL_FORM_GET_CLASS (self);

  accept_own (self);
  if (priv->moves != NULL)
    {
      HwFieldId status = hw_record_def (priv->record)->status_field;
      gboolean may_move
        = hw_access_may_write (hw_call_form_role (self), priv->relations, hw_schema_field (status));

      hw_move_bar_show (
        priv->moves, priv->record, hw_call_form_role (self), may_move, klass->move_label);
    }
  if (klass->update != NULL)
    klass->update (self);
}

static void
add_moves (HwCallForm *self)
{
  HwCallFormPrivate *priv = priv_of (self);

  if (!hw_call_form_is_stored (self) || hw_record_def (priv->record)->status_field == HW_FIELD_NONE)
    return;
  priv->moves = HW_MOVE_BAR (hw_move_bar_new ());
  g_signal_connect_object (priv->moves, "move", G_CALLBACK (move_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->moves, "told", G_CALLBACK (told_cb), self, G_CONNECT_SWAPPED);
  gtk_box_prepend (GTK_BOX (self), GTK_WIDGET (priv->moves));
}

GtkWidget *
hw_call_form_begin (
  HwCallForm *self, HwDesktop *desktop, HwCaseFile *file, HwRecord *record, guint relations)
{
  HwCallFormPrivate *priv = priv_of (self);

  g_return_val_if_fail (priv->record == NULL, NULL);
  priv->desktop = g_object_ref (desktop);
  g_set_object (&priv->file, file);
  priv->record = g_object_ref (record);
  priv->context = hw_desktop_form_context (desktop, file);
  priv->relations = relations;
  hw_field_rows_bind (GTK_WIDGET (self), record, priv->context);
  prepare_rows (self, GTK_WIDGET (self));
  add_moves (self);
  if (HW_CALL_FORM_GET_CLASS (self)->set_up != NULL)
    HW_CALL_FORM_GET_CLASS (self)->set_up (self);
  g_signal_connect_object (record, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

HwDesktop *
hw_call_form_desktop (HwCallForm *self)
{
  return priv_of (self)->desktop;
}

HwCaseFile *
hw_call_form_file (HwCallForm *self)
{
  return priv_of (self)->file;
}

HwRecord *
hw_call_form_record (HwCallForm *self)
{
  return priv_of (self)->record;
}

HwFormContext *
hw_call_form_context (HwCallForm *self)
{
  return priv_of (self)->context;
}

HwRole
hw_call_form_role (HwCallForm *self)
{
  return hw_desktop_actor (priv_of (self)->desktop)->role;
}

guint
hw_call_form_relations (HwCallForm *self)
{
  return priv_of (self)->relations;
}

gboolean
hw_call_form_is_stored (HwCallForm *self)
{
  return hw_record_rev (priv_of (self)->record) > 0;
}

gboolean
hw_call_form_may_write (HwCallForm *self, HwFieldId id)
{
  const HwFieldDef *field = hw_schema_field (id);

  return (field->flags & HW_FIELD_SERVER_SET) == 0 && field->merge != HW_MERGE_MOVE
         && hw_access_may_write (hw_call_form_role (self), priv_of (self)->relations, field);
}

void
hw_call_form_commit (HwCallForm *self, HwFieldId field, HwValue *value)
{
  g_array_append_val (priv_of (self)->own, field);
  g_signal_emit (self,
                 signals[COMMIT],
                 0,
                 (guint)field,
                 value,
                 hw_record_field_rev (priv_of (self)->record, field));
}

gboolean
hw_call_form_refuse (HwCallForm *self, HwFieldId field, const char *message)
{
  HwCallFormClass *klass = HW_CALL_FORM_GET_CLASS (self);

  return klass->refused != NULL && klass->refused (self, field, message);
}

void
hw_call_form_move_refused (HwCallForm *self, gboolean refused)
{
  HwCallFormPrivate *priv = priv_of (self);

  if (priv->moves != NULL)
    hw_move_bar_set_refused (priv->moves, refused ? hw_record_status (priv->record) : NULL);
}

static void
hw_call_form_dispose (GObject *object)
{
  HwCallFormPrivate *priv = priv_of (HW_CALL_FORM (object));

  g_clear_object (&priv->record);
  g_clear_object (&priv->context);
  g_clear_object (&priv->file);
  g_clear_object (&priv->desktop);

  G_OBJECT_CLASS (hw_call_form_parent_class)->dispose (object);
}

static void
hw_call_form_finalize (GObject *object)
{
  g_array_unref (priv_of (HW_CALL_FORM (object))->own);

  G_OBJECT_CLASS (hw_call_form_parent_class)->finalize (object);
}

static void
hw_call_form_class_init (HwCallFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hw_call_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = hw_call_form_finalize;
  g_type_ensure (HW_TYPE_FIELD_ROW);
  signals[COMMIT] = g_signal_new ("commit",
                                  HW_TYPE_CALL_FORM,
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  3,
                                  G_TYPE_UINT,
                                  HW_TYPE_VALUE,
                                  G_TYPE_UINT64);
  signals[MOVE] = g_signal_new ("move",
                                HW_TYPE_CALL_FORM,
                                G_SIGNAL_RUN_LAST,
                                0,
                                NULL,
                                NULL,
                                NULL,
                                G_TYPE_NONE,
                                1,
                                G_TYPE_STRING);
  signals[HISTORY_REQUESTED] = g_signal_new ("history-requested",
                                             HW_TYPE_CALL_FORM,
                                             G_SIGNAL_RUN_LAST,
                                             0,
                                             NULL,
                                             NULL,
                                             NULL,
                                             G_TYPE_NONE,
                                             1,
                                             G_TYPE_UINT);
}

static void
hw_call_form_init (HwCallForm *self)
{
  priv_of (self)->own = g_array_new (FALSE, FALSE, sizeof (HwFieldId));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 18);
}
