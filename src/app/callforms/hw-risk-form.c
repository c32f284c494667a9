/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The two answers that can make her own embassy a danger stand apart, with what they decide.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/callforms/hw-risk-form.h"

#include "app/callforms/hw-child-list.h"

struct _HwRiskForm
{
  HwCallForm parent;

  AdwBin *factors_bin;
};

G_DEFINE_FINAL_TYPE (HwRiskForm, hw_risk_form, HW_TYPE_CALL_FORM)

static void
set_up (HwCallForm *form)
{
  HwRiskForm *self = HW_RISK_FORM (form);

  gtk_widget_set_visible (GTK_WIDGET (self->factors_bin), hw_call_form_is_stored (form));
  if (hw_call_form_is_stored (form))
    adw_bin_set_child (self->factors_bin,
                       hw_child_list_new (hw_call_form_desktop (form),
                                          hw_call_form_file (form),
                                          hw_call_form_record (form),
                                          HW_FIELD_RISK_FACTOR_ASSESSMENT,
                                          hw_call_form_relations (form)));
}

static void
hw_risk_form_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HW_TYPE_RISK_FORM);

  G_OBJECT_CLASS (hw_risk_form_parent_class)->dispose (object);
}

static void
hw_risk_form_class_init (HwRiskFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_risk_form_dispose;
  HW_CALL_FORM_CLASS (klass)->set_up = set_up;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/homeward/ui/hw-risk-form.ui");
  gtk_widget_class_bind_template_child (widget_class, HwRiskForm, factors_bin);
}

static void
hw_risk_form_init (HwRiskForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
hw_risk_form_new (HwDesktop *desktop, HwCaseFile *file, HwRecord *record, guint relations)
{
  return hw_call_form_begin (
    g_object_new (HW_TYPE_RISK_FORM, NULL), desktop, file, record, relations);
}
