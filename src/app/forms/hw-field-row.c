/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwFieldRow: frame of a field: its parts, its look, what the person may do with it. It never sets
 * the record: it asks ("commit") and shows what the record says when the record says it. What a
 * person typed is kept until it is saved, taken back or replaced by herself: an error does not
 * empty the field, and a value that arrives from elsewhere while the cursor is in it is marked with
 * both values instead of being swapped.
 */
#include "app/forms/hw-field-row-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/forms/hw-text-editor.h"

enum
{
  PROP_FIELD_NAME = 1,
  PROP_RECORD,
  PROP_CONTEXT,
  PROP_EDITABLE,
  PROP_DIRTY,
  PROP_ERROR,
  PROP_CHANGED,
  PROP_REVEALED,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

enum
{
  COMMIT,
  HISTORY_REQUESTED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HwFieldRow, hw_field_row, ADW_TYPE_PREFERENCES_ROW)

void
hw_field_row_set_css (HwFieldRow *self, const char *css_class, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (GTK_WIDGET (self), css_class);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), css_class);
}

void
hw_field_row_update_names (HwFieldRow *self)
{
  const char *error = hw_field_row_get_error (self);
  const char *help = self->field->help ? _ (self->field->help) : NULL;

  hw_field_editor_set_names (self->editor, _ (self->field->label), error ? error : help);
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (self->field->label), -1);
}

gboolean
hw_field_row_is_masked (HwFieldRow *self)
{
  return hw_veil_covers (hw_form_context_get_veil (self->context), self->field) && !self->revealed
         && hw_field_row_value (self) != NULL && !self->dirty;
}

/* An empty line shows its help where the text will be, so that an empty form stays short. */
void
hw_field_row_set_empty (HwFieldRow *self, gboolean empty)
{
  gboolean hinted = empty && self->field->help && HW_IS_TEXT_EDITOR (self->editor);

  hw_field_row_set_css (self, "empty", empty);
  hw_field_row_set_css (self, "hinted", hinted);
  gtk_widget_set_visible (GTK_WIDGET (self->help), self->field->help && !hinted);
}

/* Either the editor or the words stand there: never a disabled control, which is hard to read and
 * cannot be copied. */
void
hw_field_row_update_look (HwFieldRow *self)
{
  gboolean masked = hw_field_row_is_masked (self);
  gboolean writing = self->editable && self->record && !masked;
  gboolean beside = hw_field_editor_is_beside (self->editor);
  gboolean covered = hw_veil_covers (hw_form_context_get_veil (self->context), self->field);
  g_autofree char *words = masked
                             ? g_strdup (HW_VEIL_MASK)
                             : hw_field_row_words (self, hw_field_row_value (self), _ ("Not set"));
  g_autofree char *show = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->editor), writing);
  gtk_widget_set_visible (self->beside, writing && beside);
  gtk_widget_set_visible (GTK_WIDGET (self->value), !writing);
  gtk_label_set_text (self->value, words);
  gtk_label_set_selectable (self->value, !masked && hw_field_row_value (self) != NULL);
  gtk_widget_set_visible (self->reveal, covered && hw_field_row_value (self) != NULL);
  gtk_button_set_icon_name (GTK_BUTTON (self->reveal),
                            masked ? "view-reveal-symbolic" : "view-conceal-symbolic");
  show = g_strdup_printf (_ ("Show for %d seconds"), HW_VEIL_SECONDS);
  gtk_widget_set_tooltip_text (self->reveal, masked ? show : _ ("Hide"));
  gtk_widget_set_visible (self->history, self->record && hw_record_rev (self->record) > 0);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), writing);
  hw_field_row_set_css (self, "captioned", !writing || !beside);
  hw_field_row_set_css (self, "unset", !writing && !masked && hw_field_row_value (self) == NULL);
  hw_field_row_set_empty (self, writing && self->seen == NULL && !self->dirty);
  /* Help beside a control gives way to what was chosen. */
  gtk_label_set_max_width_chars (self->help, writing && beside ? 30 : 64);
}

static gboolean
mask_cb (gpointer data)
{
  HwFieldRow *self = data;

  if (self->dirty || self->focused)
    return G_SOURCE_CONTINUE;
  self->mask_timeout = 0;
  hw_field_row_mask (self);
  return G_SOURCE_REMOVE;
}

void
hw_field_row_open (HwFieldRow *self)
{
  g_return_if_fail (HW_IS_FIELD_ROW (self));
  if (!hw_veil_covers (hw_form_context_get_veil (self->context), self->field))
    return;
  g_clear_handle_id (&self->mask_timeout, g_source_remove);
  if (!self->own)
    self->mask_timeout = g_timeout_add_seconds (HW_VEIL_SECONDS, mask_cb, self);
  hw_field_row_set_flag (self, &self->revealed, TRUE, "revealed");
  if (!self->waiting)
    hw_field_row_fill_editor (self);
  hw_field_row_update_look (self);
}

typedef struct
{
  HwFieldRow *row;  /* (owned) */
  HwRecord *record; /* (owned) */
} Lift;

static void
lifted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Lift *lift = user_data;
  g_autoptr (HwFieldRow) self = lift->row;
  g_autoptr (HwRecord) record = lift->record;
  g_autoptr (GError) error = NULL;
  gboolean lifted = hw_veil_lift_finish (HW_VEIL (source), result, &error);

  if (self->record != record)
    return;
  if (lifted)
    hw_field_row_open (self);
  else if (error != NULL)
    hw_field_row_set_error (self, error->message);
}

void
hw_field_row_reveal (HwFieldRow *self)
{
  GPtrArray *readings;
  Lift *lift;

  g_return_if_fail (HW_IS_FIELD_ROW (self));
  if (self->record == NULL)
    return;
  readings = hw_readings_new ();
  hw_readings_add (readings, hw_record_id (self->record), self->field->id);
  lift = g_new0 (Lift, 1);
  lift->row = g_object_ref (self);
  lift->record = g_object_ref (self->record);
  hw_veil_lift_async (hw_form_context_get_veil (self->context), readings, lifted_cb, lift);
}

void
hw_field_row_set_own (HwFieldRow *self, gboolean own)
{
  g_return_if_fail (HW_IS_FIELD_ROW (self));
  self->own = own;
}

void
hw_field_row_mask (HwFieldRow *self)
{
  g_return_if_fail (HW_IS_FIELD_ROW (self));
  g_clear_handle_id (&self->mask_timeout, g_source_remove);
  hw_field_row_set_flag (self, &self->revealed, FALSE, "revealed");
  if (self->changed && hw_field_row_is_masked (self))
    hw_field_row_mask_changed (self);
  hw_field_row_fill_editor (self);
  hw_field_row_update_look (self);
}

static void
reveal_cb (HwFieldRow *self)
{
  if (hw_field_row_is_masked (self))
    {
      hw_field_row_reveal (self);
      return;
    }
  hw_field_row_leave (self);
  hw_field_row_mask (self);
}

static void
history_cb (HwFieldRow *self)
{
  g_signal_emit (self, signals[HISTORY_REQUESTED], 0);
}

static void
focus_enter_cb (HwFieldRow *self)
{
  self->focused = TRUE;
  hw_field_row_set_css (self, "focused", TRUE);
}

static void
focus_leave_cb (HwFieldRow *self)
{
  self->focused = FALSE;
  hw_field_row_set_css (self, "focused", FALSE);
  if (self->dirty)
    hw_field_row_leave (self);
  else if (self->changed && self->record && !hw_value_equal (self->seen, hw_field_row_value (self)))
    hw_field_row_take_theirs (self);
  else
    hw_field_row_clear_changed (self);
}

static void
pressed_cb (GtkGestureClick *gesture, gint presses, double x, double y, HwFieldRow *self)
{
  GtkWidget *target = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  /* A click on the words of a row is meant for its control; a click on a control is its own. */
  for (; target && target != GTK_WIDGET (self); target = gtk_widget_get_parent (target))
    if (gtk_widget_get_focusable (target) || GTK_IS_BUTTON (target))
      return;
  if (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (self)))
    hw_field_editor_begin (self->editor);
}

/* Keys pressed in a popover of the row are the popover's. */
static gboolean
is_in_popover (HwFieldRow *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  return focus && gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER)
         && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
}

static gboolean
undo_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  HwFieldRow *self = HW_FIELD_ROW (widget);

  /* While something is being typed, Ctrl+Z is the text's own. */
  return !self->dirty && !is_in_popover (self) && hw_field_row_undo (self);
}

static gboolean
history_key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  history_cb (HW_FIELD_ROW (widget));
  return TRUE;
}

static gboolean
reveal_key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  HwFieldRow *self = HW_FIELD_ROW (widget);

  if (!gtk_widget_get_visible (self->reveal))
    return FALSE;
  reveal_cb (self);
  return TRUE;
}

static gboolean
escape_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  HwFieldRow *self = HW_FIELD_ROW (widget);

  if (!self->dirty || is_in_popover (self))
    return FALSE;
  hw_field_row_take_theirs (self);
  return TRUE;
}

static void
set_field (HwFieldRow *self, const HwFieldDef *field)
{
  self->field = field;
  self->editor = hw_field_editor_new (field, self->context);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ (field->label));
  gtk_label_set_text (self->title, _ (field->label));
  gtk_label_set_text (self->help, field->help ? _ (field->help) : "");
  gtk_box_append (GTK_BOX (hw_field_editor_is_beside (self->editor) ? self->beside : self->below),
                  GTK_WIDGET (self->editor));
  if (HW_FIELD_EDITOR_GET_CLASS (self->editor)->beside)
    gtk_widget_add_css_class (GTK_WIDGET (self), "beside");
  g_signal_connect_object (
    self->editor, "edited", G_CALLBACK (hw_field_row_edited), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
    self->editor, "done", G_CALLBACK (hw_field_row_leave), self, G_CONNECT_SWAPPED);
  g_signal_group_connect_swapped (
    self->watch, "changed", G_CALLBACK (hw_field_row_record_changed), self);
  g_signal_group_connect_swapped (self->veil_watch, "closed", G_CALLBACK (hw_field_row_mask), self);
  g_signal_group_connect_swapped (
    self->veil_watch, "notify::masks-names", G_CALLBACK (hw_field_row_mask), self);
  g_signal_group_set_target (self->veil_watch, hw_form_context_get_veil (self->context));
  hw_field_row_update_names (self);
  hw_field_row_update_look (self);
}

static void
set_field_name (HwFieldRow *self, const char *name)
{
  g_auto (GStrv) parts = name ? g_strsplit (name, ".", 2) : NULL;
  const HwTypeDef *type = parts && parts[0] ? hw_schema_type_by_name (parts[0]) : NULL;
  const HwFieldDef *field = type && parts[1] ? hw_schema_field_by_name (type->id, parts[1]) : NULL;

  if (field)
    set_field (self, field);
  else if (name)
    g_critical ("There is no field “%s” in the schema", name);
}

void
hw_field_row_set_record (HwFieldRow *self, HwRecord *record)
{
  g_return_if_fail (HW_IS_FIELD_ROW (self));
  g_return_if_fail (record == NULL || hw_record_type (record) == self->field->type);
  if (self->record == record)
    return;
  hw_field_row_leave (self);
  g_set_object (&self->record, record);
  g_signal_group_set_target (self->watch, record);
  hw_field_editor_set_context (self->editor, self->context, record);
  self->waiting = FALSE;
  self->undoable = FALSE;
  self->revealed = FALSE;
  g_clear_handle_id (&self->mask_timeout, g_source_remove);
  hw_field_row_clear_changed (self);
  hw_field_row_load (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECORD]);
}

void
hw_field_row_set_context (HwFieldRow *self, HwFormContext *context)
{
  g_return_if_fail (HW_IS_FIELD_ROW (self));
  if (context == NULL || !g_set_object (&self->context, context))
    return;
  g_signal_group_set_target (self->veil_watch, hw_form_context_get_veil (context));
  hw_field_editor_set_context (self->editor, context, self->record);
  if (!self->dirty)
    hw_field_row_load (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONTEXT]);
}

void
hw_field_row_set_editable (HwFieldRow *self, gboolean editable)
{
  g_return_if_fail (HW_IS_FIELD_ROW (self));
  if (self->editable == editable)
    return;
  self->editable = editable;
  hw_field_row_update_look (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EDITABLE]);
}

static void
hw_field_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  HwFieldRow *self = HW_FIELD_ROW (object);

  switch (id)
    {
      case PROP_FIELD_NAME:
        if (self->field)
          g_value_take_string (
            value,
            g_strconcat (hw_schema_type (self->field->type)->name, ".", self->field->name, NULL));
        break;
      case PROP_RECORD:
        g_value_set_object (value, self->record);
        break;
      case PROP_CONTEXT:
        g_value_set_object (value, self->context);
        break;
      case PROP_EDITABLE:
        g_value_set_boolean (value, self->editable);
        break;
      case PROP_DIRTY:
        g_value_set_boolean (value, self->dirty);
        break;
      case PROP_ERROR:
        g_value_set_string (value, hw_field_row_get_error (self));
        break;
      case PROP_CHANGED:
        g_value_set_boolean (value, self->changed);
        break;
      case PROP_REVEALED:
        g_value_set_boolean (value, self->revealed);
        break;
      default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hw_field_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  HwFieldRow *self = HW_FIELD_ROW (object);

  switch (id)
    {
      case PROP_FIELD_NAME:
        set_field_name (self, g_value_get_string (value));
        break;
      case PROP_RECORD:
        hw_field_row_set_record (self, g_value_get_object (value));
        break;
      case PROP_CONTEXT:
        hw_field_row_set_context (self, g_value_get_object (value));
        break;
      case PROP_EDITABLE:
        hw_field_row_set_editable (self, g_value_get_boolean (value));
        break;
      default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* A page that closes or turns is left like a field: what was typed is saved. */
static void
hw_field_row_unmap (GtkWidget *widget)
{
  hw_field_row_leave (HW_FIELD_ROW (widget));
  GTK_WIDGET_CLASS (hw_field_row_parent_class)->unmap (widget);
}

static void
hw_field_row_dispose (GObject *object)
{
  HwFieldRow *self = HW_FIELD_ROW (object);

  g_clear_handle_id (&self->mask_timeout, g_source_remove);
  g_clear_object (&self->watch);
  g_clear_object (&self->veil_watch);
  g_clear_object (&self->record);
  g_clear_object (&self->context);
  gtk_widget_dispose_template (GTK_WIDGET (self), HW_TYPE_FIELD_ROW);
  G_OBJECT_CLASS (hw_field_row_parent_class)->dispose (object);
}

static void
hw_field_row_finalize (GObject *object)
{
  HwFieldRow *self = HW_FIELD_ROW (object);

  g_clear_pointer (&self->pending, hw_value_unref);
  g_clear_pointer (&self->previous, hw_value_unref);
  g_clear_pointer (&self->seen, hw_value_unref);
  G_OBJECT_CLASS (hw_field_row_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *class)
{
  const GParamFlags written = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags told = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  properties[PROP_FIELD_NAME]
    = g_param_spec_string ("field-name", NULL, NULL, NULL, written | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_RECORD] = g_param_spec_object ("record", NULL, NULL, HW_TYPE_RECORD, written);
  properties[PROP_CONTEXT]
    = g_param_spec_object ("context", NULL, NULL, HW_TYPE_FORM_CONTEXT, written);
  properties[PROP_EDITABLE] = g_param_spec_boolean ("editable", NULL, NULL, TRUE, written);
  properties[PROP_DIRTY] = g_param_spec_boolean ("dirty", NULL, NULL, FALSE, told);
  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, told);
  properties[PROP_CHANGED] = g_param_spec_boolean ("changed", NULL, NULL, FALSE, told);
  properties[PROP_REVEALED] = g_param_spec_boolean ("revealed", NULL, NULL, FALSE, told);
  g_object_class_install_properties (class, N_PROPS, properties);
}

static void
bind_template (GtkWidgetClass *class)
{
  gtk_widget_class_set_template_from_resource (class, "/org/homeward/ui/hw-field-row.ui");
  gtk_widget_class_bind_template_child (class, HwFieldRow, below);
  gtk_widget_class_bind_template_child (class, HwFieldRow, beside);
  gtk_widget_class_bind_template_child (class, HwFieldRow, title);
  gtk_widget_class_bind_template_child (class, HwFieldRow, value);
  gtk_widget_class_bind_template_child (class, HwFieldRow, help);
  gtk_widget_class_bind_template_child (class, HwFieldRow, history);
  gtk_widget_class_bind_template_child (class, HwFieldRow, reveal);
  gtk_widget_class_bind_template_child (class, HwFieldRow, error_revealer);
  gtk_widget_class_bind_template_child (class, HwFieldRow, error);
  gtk_widget_class_bind_template_child (class, HwFieldRow, changed_revealer);
  gtk_widget_class_bind_template_child (class, HwFieldRow, changed_words);
  gtk_widget_class_bind_template_child (class, HwFieldRow, take_theirs);
  gtk_widget_class_bind_template_child (class, HwFieldRow, keep_mine);
  gtk_widget_class_bind_template_callback (class, focus_enter_cb);
  gtk_widget_class_bind_template_callback (class, focus_leave_cb);
  gtk_widget_class_bind_template_callback (class, pressed_cb);
  gtk_widget_class_bind_template_callback (class, history_cb);
  gtk_widget_class_bind_template_callback (class, reveal_cb);
  gtk_widget_class_bind_template_callback (class, hw_field_row_take_theirs);
  gtk_widget_class_bind_template_callback (class, hw_field_row_keep_mine);
}

static void
hw_field_row_class_init (HwFieldRowClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = hw_field_row_dispose;
  object_class->finalize = hw_field_row_finalize;
  object_class->get_property = hw_field_row_get_property;
  object_class->set_property = hw_field_row_set_property;
  GTK_WIDGET_CLASS (class)->unmap = hw_field_row_unmap;
  install_properties (object_class);
  signals[COMMIT] = g_signal_new ("commit",
                                  HW_TYPE_FIELD_ROW,
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  2,
                                  HW_TYPE_VALUE,
                                  G_TYPE_UINT64);
  signals[HISTORY_REQUESTED] = g_signal_new (
    "history-requested", HW_TYPE_FIELD_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  bind_template (GTK_WIDGET_CLASS (class));
}

static void
add_shortcut (GtkShortcutController *controller, const char *trigger, GtkShortcutFunc func)
{
  gtk_shortcut_controller_add_shortcut (
    controller,
    gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger),
                      gtk_callback_action_new (func, NULL, NULL)));
}

static void
hw_field_row_init (HwFieldRow *self)
{
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();

  self->editable = TRUE;
  self->context = hw_form_context_new (NULL, NULL, NULL);
  self->watch = g_signal_group_new (HW_TYPE_RECORD);
  self->veil_watch = g_signal_group_new (HW_TYPE_VEIL);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (shortcuts, GTK_PHASE_CAPTURE);
  add_shortcut (GTK_SHORTCUT_CONTROLLER (shortcuts), "<Control>z", undo_cb);
  add_shortcut (GTK_SHORTCUT_CONTROLLER (shortcuts), "<Control>h", history_key_cb);
  add_shortcut (GTK_SHORTCUT_CONTROLLER (shortcuts), "<Control>e", reveal_key_cb);
  add_shortcut (GTK_SHORTCUT_CONTROLLER (shortcuts), "Escape", escape_cb);
  gtk_widget_add_controller (GTK_WIDGET (self), shortcuts);
}

GtkWidget *
hw_field_row_new (const HwFieldDef *field)
{
  g_autofree char *name = g_strconcat (hw_schema_type (field->type)->name, ".", field->name, NULL);

  return g_object_new (HW_TYPE_FIELD_ROW, "field-name", name, NULL);
}

/* A record of its own without a history: nothing leads away from here. */
GtkWidget *
hw_field_row_new_reading (HwRecord *subject, HwFieldId field, HwValue *value, HwFormContext *context)
{
  g_autoptr (HwRecord) shown = hw_record_new (hw_record_type (subject), hw_record_id (subject));
  GtkWidget *row = hw_field_row_new (hw_schema_field (field));

  hw_record_set (shown, field, value);
  hw_field_row_set_context (HW_FIELD_ROW (row), context);
  hw_field_row_set_editable (HW_FIELD_ROW (row), FALSE);
  hw_field_row_set_record (HW_FIELD_ROW (row), shown);
  return row;
}

const HwFieldDef *
hw_field_row_get_field (HwFieldRow *self)
{
  return self->field;
}

HwFieldEditor *
hw_field_row_get_editor (HwFieldRow *self)
{
  return self->editor;
}

HwRecord *
hw_field_row_get_record (HwFieldRow *self)
{
  return self->record;
}

gboolean
hw_field_row_get_editable (HwFieldRow *self)
{
  return self->editable;
}

gboolean
hw_field_row_is_dirty (HwFieldRow *self)
{
  return self->dirty;
}

gboolean
hw_field_row_is_changed (HwFieldRow *self)
{
  return self->changed;
}

const char *
hw_field_row_get_error (HwFieldRow *self)
{
  return gtk_revealer_get_reveal_child (self->error_revealer) ? gtk_label_get_text (self->error)
                                                              : NULL;
}

void
hw_field_rows_bind (GtkWidget *root, HwRecord *record, HwFormContext *context)
{
  if (HW_IS_FIELD_ROW (root))
    {
      HwFieldRow *row = HW_FIELD_ROW (root);
      hw_field_row_set_context (row, context);
      if (record == NULL || hw_record_type (record) == row->field->type)
        hw_field_row_set_record (row, record);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child))
    hw_field_rows_bind (child, record, context);
}

void
hw_field_rows_leave (GtkWidget *root)
{
  if (HW_IS_FIELD_ROW (root))
    {
      hw_field_row_leave (HW_FIELD_ROW (root));
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child))
    hw_field_rows_leave (child);
}
