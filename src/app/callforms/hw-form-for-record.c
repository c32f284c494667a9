/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "homeward-app"

#include "app/callforms/hw-form-for-record.h"

#include "app/callforms/hw-consent-form.h"
#include "app/callforms/hw-contact-form.h"
#include "app/callforms/hw-document-form.h"
#include "app/callforms/hw-movement-form.h"
#include "app/callforms/hw-request-form.h"
#include "app/callforms/hw-risk-form.h"
#include "app/forms/hw-record-form.h"
#include "app/hw-desktop-references.h"

/* What only an embassy has would be empty on the page of any other organisation. A mission may not
 * read of what kind it is: its own page has them all. */
static const HwFieldId of_missions[]
  = { HW_FIELD_ORGANISATION_COVERS, HW_FIELD_ORGANISATION_REQUIREMENTS, HW_FIELD_ORGANISATION_FEE,
      HW_FIELD_ORGANISATION_USUAL_DAYS, HW_FIELD_NONE };

static GtkWidget *
generic_form (HwDesktop *desktop, HwCaseFile *file, HwRecord *record, guint relations)
{
  g_autoptr (HwFormContext) context = hw_desktop_form_context (desktop, file);
  GtkWidget *form = hw_record_form_new (context);

  hw_record_form_set_rights (HW_RECORD_FORM (form), hw_desktop_actor (desktop)->role, relations);
  if (hw_record_type (record) == HW_TYPE_ID_ORGANISATION
      && hw_record_get (record, HW_FIELD_ORGANISATION_KIND) != NULL
      && !hw_record_is (
        record, HW_FIELD_ORGANISATION_KIND, HW_ORGANISATION_KIND_DIPLOMATIC_MISSION))
    hw_record_form_set_hidden (HW_RECORD_FORM (form), of_missions);
  hw_record_form_set_show_header (HW_RECORD_FORM (form), hw_record_rev (record) > 0);
  hw_record_form_set_file (HW_RECORD_FORM (form), file);
  hw_record_form_set_record (HW_RECORD_FORM (form), record);
  return form;
}

GtkWidget *
hw_form_for_scratch (HwDesktop *desktop, HwCaseFile *file, HwRecord *record, guint relations)
{
  switch (hw_record_type (record))
    {
      case HW_TYPE_ID_SAFE_CONTACT:
        return hw_contact_form_new (desktop, file, record, relations);
      case HW_TYPE_ID_CONSENT:
        return hw_consent_form_new (desktop, file, record, relations);
      case HW_TYPE_ID_RISK_ASSESSMENT:
        return hw_risk_form_new (desktop, file, record, relations);
      case HW_TYPE_ID_EMBASSY_REQUEST:
        return hw_request_form_new (desktop, file, record, relations);
      case HW_TYPE_ID_TRAVEL_DOCUMENT:
        return hw_document_form_new (desktop, file, record, relations);
      case HW_TYPE_ID_MOVEMENT:
        return hw_movement_form_new (desktop, file, record, relations);
      default:
        return generic_form (desktop, file, record, relations);
    }
}

GtkWidget *
hw_form_for_record (HwDesktop *desktop, HwCaseFile *file, HwRecord *record, guint relations)
{
  return hw_wired_form_new (
    desktop, record, hw_form_for_scratch (desktop, file, record, relations));
}
