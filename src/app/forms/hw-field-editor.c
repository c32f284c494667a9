/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwFieldEditor: base of the editors. What the program shows is never taken for something a person
 * typed: "edited" is silent while show runs.
 */
#include "app/forms/hw-field-editor.h"

#include "app/forms/hw-choice-editor.h"
#include "app/forms/hw-date-editor.h"
#include "app/forms/hw-long-text-editor.h"
#include "app/forms/hw-moment-editor.h"
#include "app/forms/hw-money-editor.h"
#include "app/forms/hw-set-editor.h"
#include "app/forms/hw-switch-editor.h"
#include "app/forms/hw-tags-editor.h"
#include "app/forms/hw-text-editor.h"

typedef struct
{
  const HwFieldDef *field;
  HwFormContext *context; /* (owned) */
  HwRecord *record;       /* (owned) (nullable) */
  gboolean showing;
} HwFieldEditorPrivate;

enum
{
  EDITED,
  DONE,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (HwFieldEditor, hw_field_editor, GTK_TYPE_WIDGET)

static HwFieldEditorPrivate *
priv_of (HwFieldEditor *self)
{
  return hw_field_editor_get_instance_private (self);
}

static void
hw_field_editor_dispose (GObject *object)
{
  HwFieldEditorPrivate *priv = priv_of (HW_FIELD_EDITOR (object));
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);
  g_clear_object (&priv->context);
  g_clear_object (&priv->record);
  G_OBJECT_CLASS (hw_field_editor_parent_class)->dispose (object);
}

static void
hw_field_editor_begin_default (HwFieldEditor *self)
{
  gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

static void
hw_field_editor_context_changed_default (HwFieldEditor *self)
{
}

static void
hw_field_editor_class_init (HwFieldEditorClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = hw_field_editor_dispose;
  class->begin = hw_field_editor_begin_default;
  class->context_changed = hw_field_editor_context_changed_default;
  signals[EDITED] = g_signal_new (
    "edited", HW_TYPE_FIELD_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DONE] = g_signal_new (
    "done", HW_TYPE_FIELD_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "editor");
}

static void
hw_field_editor_init (HwFieldEditor *self)
{
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                              6);
}

static GType
type_for_kind (HwKind kind)
{
  switch (kind)
    {
      case HW_KIND_LONG_TEXT:
        return HW_TYPE_LONG_TEXT_EDITOR;
      case HW_KIND_BOOLEAN:
        return HW_TYPE_SWITCH_EDITOR;
      case HW_KIND_CHOICE:
      case HW_KIND_REFERENCE:
      case HW_KIND_USER:
      case HW_KIND_COUNTRY:
      case HW_KIND_LANGUAGE:
      case HW_KIND_CURRENCY:
      case HW_KIND_ZONE:
        return HW_TYPE_CHOICE_EDITOR;
      case HW_KIND_CHOICE_SET:
      case HW_KIND_REFERENCE_SET:
      case HW_KIND_COUNTRY_SET:
      case HW_KIND_LANGUAGE_SET:
        return HW_TYPE_SET_EDITOR;
      case HW_KIND_TEXT_SET:
        return HW_TYPE_TAGS_EDITOR;
      case HW_KIND_DATE:
      case HW_KIND_HISTORY_DATE:
        return HW_TYPE_DATE_EDITOR;
      case HW_KIND_TIMESTAMP:
      case HW_KIND_LOCAL_TIME:
        return HW_TYPE_MOMENT_EDITOR;
      case HW_KIND_MONEY:
        return HW_TYPE_MONEY_EDITOR;
      case HW_KIND_TEXT:
      case HW_KIND_INTEGER:
      case HW_KIND_TIME_OF_DAY:
      case HW_KIND_PHONE:
      default:
        return HW_TYPE_TEXT_EDITOR;
    }
}

HwFieldEditor *
hw_field_editor_new (const HwFieldDef *field, HwFormContext *context)
{
  HwFieldEditor *self = g_object_new (type_for_kind (field->kind), NULL);

  priv_of (self)->field = field;
  priv_of (self)->context = g_object_ref (context);
  HW_FIELD_EDITOR_GET_CLASS (self)->build (self, field);
  HW_FIELD_EDITOR_GET_CLASS (self)->context_changed (self);
  gtk_widget_set_hexpand (GTK_WIDGET (self), !hw_field_editor_is_beside (self));
  return self;
}

gboolean
hw_field_editor_is_beside (HwFieldEditor *self)
{
  return HW_FIELD_EDITOR_GET_CLASS (self)->beside;
}

const HwFieldDef *
hw_field_editor_get_field (HwFieldEditor *self)
{
  return priv_of (self)->field;
}

HwFormContext *
hw_field_editor_get_context (HwFieldEditor *self)
{
  return priv_of (self)->context;
}

HwRecord *
hw_field_editor_get_record (HwFieldEditor *self)
{
  return priv_of (self)->record;
}

void
hw_field_editor_set_context (HwFieldEditor *self, HwFormContext *context, HwRecord *record)
{
  g_set_object (&priv_of (self)->context, context);
  g_set_object (&priv_of (self)->record, record);
  HW_FIELD_EDITOR_GET_CLASS (self)->context_changed (self);
}

void
hw_field_editor_show (HwFieldEditor *self, HwValue *value)
{
  priv_of (self)->showing = TRUE;
  HW_FIELD_EDITOR_GET_CLASS (self)->show (self, value);
  priv_of (self)->showing = FALSE;
}

gboolean
hw_field_editor_read (HwFieldEditor *self, HwValue **value, char **problem)
{
  *value = NULL;
  *problem = NULL;
  return HW_FIELD_EDITOR_GET_CLASS (self)->read (self, value, problem);
}

void
hw_field_editor_set_names (HwFieldEditor *self, const char *label, const char *description)
{
  HW_FIELD_EDITOR_GET_CLASS (self)->set_names (self, label, description);
}

void
hw_field_editor_begin (HwFieldEditor *self)
{
  HW_FIELD_EDITOR_GET_CLASS (self)->begin (self);
}

void
hw_field_editor_edited (HwFieldEditor *self)
{
  if (!priv_of (self)->showing)
    g_signal_emit (self, signals[EDITED], 0);
}

void
hw_field_editor_done (HwFieldEditor *self)
{
  if (!priv_of (self)->showing)
    g_signal_emit (self, signals[DONE], 0);
}
