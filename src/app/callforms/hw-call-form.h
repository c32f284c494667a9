/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwCallForm: what the five forms of a call have in common. A form shows one record, stored or
 * scratch (revision 0), in rows that its template names. It sets nothing itself.
 *
 * Signals, as those of HwRecordForm:
 *   "commit" (guint field, HwValue *value, guint64 base)
 *   "move" (const char *status)
 *   "history-requested" (guint field)
 */
#pragma once

#include "app/callforms/hw-move-bar.h"
#include "app/forms/hw-field-row.h"
#include "app/hw-desktop.h"

G_BEGIN_DECLS

#define HW_TYPE_CALL_FORM (hw_call_form_get_type ())
G_DECLARE_DERIVABLE_TYPE (HwCallForm, hw_call_form, HW, CALL_FORM, GtkBox)

struct _HwCallFormClass
{
  GtkBoxClass parent_class;
  HwMoveLabelFunc move_label;        /* (nullable) */
  void (*set_up) (HwCallForm *form); /* once, the record is known; (nullable) */
  void (*update) (HwCallForm *form); /* the record changed; (nullable) */
  /* A commit of a field that has no row was refused: shows again what is stored, and the reason. FALSE: not
   * a field of this form's own; (nullable) */
  gboolean (*refused) (HwCallForm *form, HwFieldId field, const char *message);
};

/* Once, after g_object_new. file (nullable). */
GtkWidget *hw_call_form_begin (
  HwCallForm *form, HwDesktop *desktop, HwCaseFile *file, HwRecord *record, guint relations);

HwDesktop *hw_call_form_desktop (HwCallForm *form);
HwCaseFile *hw_call_form_file (HwCallForm *form); /* (nullable) */
HwRecord *hw_call_form_record (HwCallForm *form);
HwFormContext *hw_call_form_context (HwCallForm *form);
HwRole hw_call_form_role (HwCallForm *form);
guint hw_call_form_relations (HwCallForm *form);
gboolean hw_call_form_is_stored (HwCallForm *form);
gboolean hw_call_form_may_write (HwCallForm *form, HwFieldId field);
void hw_call_form_commit (HwCallForm *form, HwFieldId field, HwValue *value); /* value (nullable) */
gboolean hw_call_form_refuse (HwCallForm *form, HwFieldId field, const char *message); /* FALSE: nothing here shows it */
/* What came of the last move. */
void hw_call_form_move_refused (HwCallForm *form, gboolean refused);

G_END_DECLS
