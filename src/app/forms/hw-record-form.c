/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwRecordForm: arrangement of a record. What is needed stands first and stories last; a section in
 * which nothing is set yet is folded, so that a form is as long as what is known. What a person may
 * not read is absent, not greyed; what she may not write is text.
 */
#include "app/forms/hw-record-form.h"

#include <glib/gi18n.h>

#include "app/forms/hw-record-words.h"
#include "app/widgets/hw-pill.h"
#include "app/widgets/hw-rows.h"
#include "app/widgets/hw-text.h"
#include "domain/hw-rules.h"

struct _HwRecordForm
{
  GtkBox parent;
  HwFormContext *context; /* (owned) */
  HwRecord *record;       /* (owned) (nullable) */
  HwCaseFile *file;       /* (owned) (nullable) */
  GSignalGroup *watch;    /* (owned) */
  HwRole role;
  guint relations;
  gboolean show_header;
  gboolean has_header; /* there is something to say in it */
  GArray *hidden;  /* (owned) of HwFieldId */
  GPtrArray *rows; /* (owned) (element-type HwFieldRow, unowned) */

  GtkWidget *header; /* (unowned) template children */
  GtkLabel *title;
  HwPill *pill;
  GtkMenuButton *move;
  GtkBox *groups;
};

enum
{
  COMMIT,
  MOVE,
  HISTORY_REQUESTED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HwRecordForm, hw_record_form, GTK_TYPE_BOX)

static void
commit_cb (HwFieldRow *row, HwValue *value, guint64 base, HwRecordForm *self)
{
  g_signal_emit (self, signals[COMMIT], 0, (guint)hw_field_row_get_field (row)->id, value, base);
}

static void
history_cb (HwFieldRow *row, HwRecordForm *self)
{
  g_signal_emit (self, signals[HISTORY_REQUESTED], 0, (guint)hw_field_row_get_field (row)->id);
}

static void
move_cb (GtkWidget *widget, const char *action, GVariant *target)
{
  HwRecordForm *self = HW_RECORD_FORM (widget);

  hw_record_form_leave (self);
  g_signal_emit (self, signals[MOVE], 0, g_variant_get_string (target, NULL));
}

static gboolean
is_hidden (HwRecordForm *self, HwFieldId field)
{
  for (guint i = 0; i < self->hidden->len; i++)
    if (g_array_index (self->hidden, HwFieldId, i) == field)
      return TRUE;
  return FALSE;
}

/* The status stands in the header, once. */
static gboolean
has_row (HwRecordForm *self, const HwFieldDef *field)
{
  return self->role != HW_N_ROLES && field->id != hw_record_def (self->record)->status_field
         && !is_hidden (self, field->id) && hw_access_may_read (self->role, self->relations, field);
}

static gboolean
is_writable (HwRecordForm *self, const HwFieldDef *field)
{
  gboolean stored = hw_record_rev (self->record) > 0;

  if ((field->flags & HW_FIELD_SERVER_SET) || field->merge == HW_MERGE_MOVE)
    return FALSE;
  if (stored && (hw_record_def (self->record)->flags & (HW_TYPE_APPEND_ONLY | HW_TYPE_SERVER_ONLY)))
    return FALSE;
  if (stored && field->merge == HW_MERGE_APPEND && hw_record_get (self->record, field->id))
    return FALSE;
  return hw_access_may_write (self->role, self->relations, field);
}

/* 0: needed to make one at all; 2: a story; 1: the rest, as the schema orders them. */
static gint
rank (const HwFieldDef *field)
{
  if (field->kind == HW_KIND_LONG_TEXT)
    return 2;
  return field->flags & HW_FIELD_REQUIRED ? 0 : 1;
}

static GPtrArray *
fields_of_section (HwRecordForm *self, const char *nick)
{
  const HwTypeDef *type = hw_record_def (self->record);
  GPtrArray *fields = g_ptr_array_new ();

  for (gint wanted = 0; wanted <= 2; wanted++)
    for (guint i = 0; i < type->n_fields; i++)
      if (rank (&type->fields[i]) == wanted && g_strcmp0 (type->fields[i].section, nick) == 0
          && has_row (self, &type->fields[i]))
        g_ptr_array_add (fields, (gpointer)&type->fields[i]);
  return fields;
}

static gboolean
is_quiet (HwRecordForm *self, GPtrArray *fields)
{
  for (guint i = 0; i < fields->len; i++)
    {
      const HwFieldDef *field = fields->pdata[i];
      if ((field->flags & HW_FIELD_REQUIRED) || hw_record_get (self->record, field->id))
        return FALSE;
    }
  return TRUE;
}

static GtkWidget *
make_row (HwRecordForm *self, const HwFieldDef *field)
{
  GtkWidget *row = hw_field_row_new (field);

  hw_field_row_set_context (HW_FIELD_ROW (row), self->context);
  hw_field_row_set_editable (HW_FIELD_ROW (row), is_writable (self, field));
  hw_field_row_set_record (HW_FIELD_ROW (row), self->record);
  g_signal_connect_object (row, "commit", G_CALLBACK (commit_cb), self, 0);
  g_signal_connect_object (row, "history-requested", G_CALLBACK (history_cb), self, 0);
  g_ptr_array_add (self->rows, row);
  return row;
}

static GtkWidget *
make_folded (HwRecordForm *self, const char *title, GPtrArray *fields)
{
  GtkWidget *expander = adw_expander_row_new ();
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < fields->len; i++)
    {
      const HwFieldDef *field = fields->pdata[i];
      g_string_append_printf (names, "%s%s", i > 0 ? _ (", ") : "", _ (field->label));
      adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), make_row (self, field));
    }
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (expander), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (expander), names->str);
  g_string_free (names, TRUE);
  return expander;
}

static AdwPreferencesGroup *
add_group (HwRecordForm *self, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  if (title)
    hw_rows_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_box_append (self->groups, group);
  return ADW_PREFERENCES_GROUP (group);
}

/* The page's own title, once more right under it. */
static gboolean
is_said (HwRecordForm *self, const HwSectionDef *section, gboolean first)
{
  return first && g_str_equal (section->label, hw_record_def (self->record)->label);
}

static void
add_section (HwRecordForm *self, const HwSectionDef *section, gboolean first, GPtrArray *folded)
{
  g_autoptr (GPtrArray) fields = fields_of_section (self, section->nick);
  g_autofree char *title = NULL;
  AdwPreferencesGroup *group;

  if (fields->len == 0)
    return;
  if (!first && is_quiet (self, fields))
    {
      g_ptr_array_add (folded, make_folded (self, _ (section->label), fields));
      return;
    }
  title = hw_text_title (section->label);
  group = add_group (self, is_said (self, section, first) ? NULL : title);
  for (guint i = 0; i < fields->len; i++)
    adw_preferences_group_add (group, make_row (self, fields->pdata[i]));
}

static void
update_header (HwRecordForm *self)
{
  const HwTypeDef *type = hw_record_def (self->record);
  HwMeaning meaning;
  g_autofree char *status = hw_record_words_now (self->record, self->file, self->context, &meaning);
  g_autofree char *title = hw_record_words_title (self->record, self->context);
  g_autoptr (GPtrArray) moves = hw_record_form_list_moves (self);
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) steps = g_menu_new ();
  g_autoptr (GMenu) happened = g_menu_new ();
  const HwFieldDef *field = type->status_field ? hw_schema_field (type->status_field) : NULL;

  gtk_label_set_text (self->title, title);
  /* The page names its kind already. */
  gtk_widget_set_visible (GTK_WIDGET (self->title), g_strcmp0 (title, _ (type->label)) != 0);
  hw_pill_set (self->pill, status, meaning);
  for (guint i = 0; i < moves->len; i++)
    {
      const HwMoveDef *move = moves->pdata[i];
      const HwChoice *choice = hw_field_choice (field, move->to);
      g_autoptr (GMenuItem) item = g_menu_item_new (choice ? _ (choice->label) : move->to, NULL);
      g_menu_item_set_action_and_target (item, "form.move", "s", move->to);
      g_menu_append_item (move->observation ? happened : steps, item);
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (steps));
  g_menu_append_section (menu, _ ("What happened"), G_MENU_MODEL (happened));
  gtk_menu_button_set_menu_model (self->move, moves->len > 0 ? G_MENU_MODEL (menu) : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->move), moves->len > 0);
  self->has_header = gtk_widget_get_visible (GTK_WIDGET (self->title)) || *status != '\0' || moves->len > 0;
  gtk_widget_set_visible (self->header, self->show_header && self->has_header);
}

static void
rebuild (HwRecordForm *self)
{
  g_autoptr (GPtrArray) folded = g_ptr_array_new ();
  const HwTypeDef *type;
  GtkWidget *child;

  g_ptr_array_set_size (self->rows, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->groups))))
    gtk_box_remove (self->groups, child);
  gtk_widget_set_visible (self->header, FALSE);
  if (self->record == NULL)
    return;
  type = hw_record_def (self->record);
  for (guint i = 0; i < type->n_sections; i++)
    add_section (self, &type->sections[i], self->rows->len == 0, folded);
  if (folded->len > 0)
    {
      AdwPreferencesGroup *group = add_group (self, NULL);
      for (guint i = 0; i < folded->len; i++)
        adw_preferences_group_add (group, folded->pdata[i]);
    }
  update_header (self);
}

static void
hw_record_form_dispose (GObject *object)
{
  HwRecordForm *self = HW_RECORD_FORM (object);

  g_clear_object (&self->watch);
  g_clear_object (&self->record);
  g_clear_object (&self->file);
  g_clear_object (&self->context);
  gtk_widget_dispose_template (GTK_WIDGET (self), HW_TYPE_RECORD_FORM);
  G_OBJECT_CLASS (hw_record_form_parent_class)->dispose (object);
}

static void
hw_record_form_finalize (GObject *object)
{
  HwRecordForm *self = HW_RECORD_FORM (object);

  g_array_unref (self->hidden);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (hw_record_form_parent_class)->finalize (object);
}

static void
hw_record_form_class_init (HwRecordFormClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = hw_record_form_dispose;
  G_OBJECT_CLASS (class)->finalize = hw_record_form_finalize;
  signals[COMMIT] = g_signal_new ("commit",
                                  HW_TYPE_RECORD_FORM,
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
                                HW_TYPE_RECORD_FORM,
                                G_SIGNAL_RUN_LAST,
                                0,
                                NULL,
                                NULL,
                                NULL,
                                G_TYPE_NONE,
                                1,
                                G_TYPE_STRING);
  signals[HISTORY_REQUESTED] = g_signal_new ("history-requested",
                                             HW_TYPE_RECORD_FORM,
                                             G_SIGNAL_RUN_LAST,
                                             0,
                                             NULL,
                                             NULL,
                                             NULL,
                                             G_TYPE_NONE,
                                             1,
                                             G_TYPE_UINT);
  g_type_ensure (HW_TYPE_PILL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/homeward/ui/hw-record-form.ui");
  gtk_widget_class_bind_template_child (widget_class, HwRecordForm, header);
  gtk_widget_class_bind_template_child (widget_class, HwRecordForm, title);
  gtk_widget_class_bind_template_child (widget_class, HwRecordForm, pill);
  gtk_widget_class_bind_template_child (widget_class, HwRecordForm, move);
  gtk_widget_class_bind_template_child (widget_class, HwRecordForm, groups);
  gtk_widget_class_install_action (widget_class, "form.move", "s", move_cb);
}

static void
hw_record_form_init (HwRecordForm *self)
{
  self->role = HW_N_ROLES;
  self->show_header = TRUE;
  self->hidden = g_array_new (FALSE, FALSE, sizeof (HwFieldId));
  self->rows = g_ptr_array_new ();
  self->context = hw_form_context_new (NULL, NULL, NULL);
  self->watch = g_signal_group_new (HW_TYPE_RECORD);
  g_signal_group_connect_swapped (self->watch, "changed", G_CALLBACK (update_header), self);
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
hw_record_form_new (HwFormContext *context)
{
  HwRecordForm *self = g_object_new (HW_TYPE_RECORD_FORM, NULL);

  hw_record_form_set_context (self, context);
  return GTK_WIDGET (self);
}

void
hw_record_form_set_rights (HwRecordForm *self, HwRole role, guint relations)
{
  g_return_if_fail (HW_IS_RECORD_FORM (self));
  if (self->role == role && self->relations == relations)
    return;
  hw_record_form_leave (self);
  self->role = role;
  self->relations = relations;
  rebuild (self);
}

void
hw_record_form_set_context (HwRecordForm *self, HwFormContext *context)
{
  g_return_if_fail (HW_IS_RECORD_FORM (self));
  if (context && g_set_object (&self->context, context))
    rebuild (self);
}

void
hw_record_form_set_record (HwRecordForm *self, HwRecord *record)
{
  g_return_if_fail (HW_IS_RECORD_FORM (self));
  if (self->record == record)
    return;
  hw_record_form_leave (self);
  g_set_object (&self->record, record);
  g_signal_group_set_target (self->watch, record);
  rebuild (self);
}

void
hw_record_form_set_file (HwRecordForm *self, HwCaseFile *file)
{
  g_return_if_fail (HW_IS_RECORD_FORM (self));
  if (g_set_object (&self->file, file) && self->record != NULL)
    update_header (self);
}

HwRecord *
hw_record_form_get_record (HwRecordForm *self)
{
  return self->record;
}

void
hw_record_form_set_show_header (HwRecordForm *self, gboolean show)
{
  self->show_header = show;
  gtk_widget_set_visible (self->header, show && self->record && self->has_header);
}

void
hw_record_form_set_hidden (HwRecordForm *self, const HwFieldId *fields)
{
  g_array_set_size (self->hidden, 0);
  for (guint i = 0; fields && fields[i] != HW_FIELD_NONE; i++)
    g_array_append_val (self->hidden, fields[i]);
  rebuild (self);
}

HwFieldRow *
hw_record_form_get_row (HwRecordForm *self, HwFieldId field)
{
  g_return_val_if_fail (HW_IS_RECORD_FORM (self), NULL);
  for (guint i = 0; i < self->rows->len; i++)
    if (hw_field_row_get_field (self->rows->pdata[i])->id == field)
      return self->rows->pdata[i];
  return NULL;
}

guint
hw_record_form_get_n_rows (HwRecordForm *self)
{
  return self->rows->len;
}

void
hw_record_form_focus (HwRecordForm *self, HwFieldId field)
{
  HwFieldRow *row = hw_record_form_get_row (self, field);
  GtkWidget *expander
    = row ? gtk_widget_get_ancestor (GTK_WIDGET (row), ADW_TYPE_EXPANDER_ROW) : NULL;

  if (expander)
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (expander), TRUE);
  if (row)
    gtk_widget_child_focus (GTK_WIDGET (row), GTK_DIR_TAB_FORWARD);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->move));
}

void
hw_record_form_leave (HwRecordForm *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    hw_field_row_leave (self->rows->pdata[i]);
}

GPtrArray *
hw_record_form_list_moves (HwRecordForm *self)
{
  const HwTypeDef *type = self->record ? hw_record_def (self->record) : NULL;

  if (type == NULL || type->status_field == HW_FIELD_NONE || self->role == HW_N_ROLES
      || !hw_access_may_read (self->role, self->relations, hw_schema_field (type->status_field))
      || !hw_access_may_write (self->role, self->relations, hw_schema_field (type->status_field)))
    return g_ptr_array_new ();
  return hw_workflow_moves (self->record, self->role);
}
