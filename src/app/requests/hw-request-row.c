/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "homeward-app"

#include "app/requests/hw-request-row.h"

#include <glib/gi18n.h>

#include "app/widgets/hw-pill.h"
#include "app/widgets/hw-text.h"
#include "base/hw-base.h"

struct _HwRequestRow
{
  GtkListBoxRow parent;

  HwRecord *request; /* (owned) */
};

G_DEFINE_FINAL_TYPE (HwRequestRow, hw_request_row, GTK_TYPE_LIST_BOX_ROW)

static char *
name_of (HwRecord *request)
{
  const char *given = hw_record_get_text (request, HW_FIELD_EMBASSY_REQUEST_GIVEN_NAMES);
  const char *family = hw_record_get_text (request, HW_FIELD_EMBASSY_REQUEST_FAMILY_NAME);

  return g_strstrip (g_strdup_printf ("%s %s", given != NULL ? given : "", family != NULL ? family : ""));
}

static gboolean
is_veiled (HwDesktop *desktop)
{
  return hw_veil_covers (hw_desktop_veil (desktop), hw_schema_field (HW_FIELD_EMBASSY_REQUEST_FAMILY_NAME));
}

static char *
reference_words (HwRecord *request)
{
  const char *reference = hw_record_get_text (request, HW_FIELD_EMBASSY_REQUEST_REFERENCE);

  return g_strdup (reference != NULL ? reference : _ ("Not yet sent"));
}

/* Whom it is about; behind the veil it is known by its reference. */
static char *
title_words (HwDesktop *desktop, HwRecord *request)
{
  g_autofree char *name = name_of (request);

  if (is_veiled (desktop))
    return reference_words (request);
  return *name != '\0' ? g_steal_pointer (&name) : g_strdup (_ ("Name not yet given"));
}

/* Its reference; behind the veil, where that is the title, what is asked for. */
static char *
kind_words (HwDesktop *desktop, HwRecord *request)
{
  const HwFieldDef *kind = hw_schema_field (HW_FIELD_EMBASSY_REQUEST_KIND);
  const HwChoice *choice = hw_field_choice (kind, hw_record_get_text (request, kind->id));

  if (!is_veiled (desktop))
    return reference_words (request);
  return g_strdup (choice != NULL ? _ (choice->label) : _ ("Request"));
}

gboolean
hw_request_row_awaits_answer (HwRecord *request)
{
  static const char *const awaiting[]
      = { HW_EMBASSY_REQUEST_STATUS_SENT,        HW_EMBASSY_REQUEST_STATUS_ACKNOWLEDGED,
          HW_EMBASSY_REQUEST_STATUS_INFO_REQUESTED, HW_EMBASSY_REQUEST_STATUS_APPOINTMENT_SET,
          HW_EMBASSY_REQUEST_STATUS_INTERVIEWED, HW_EMBASSY_REQUEST_STATUS_NATIONALITY_CHECKING,
          HW_EMBASSY_REQUEST_STATUS_NATIONALITY_CONFIRMED, HW_EMBASSY_REQUEST_STATUS_ESCALATED, NULL };
  const char *status = hw_record_status (request);

  return status != NULL && g_strv_contains (awaiting, status);
}

char *
hw_request_row_answer_words (const char *due_on, const char *today)
{
  g_autofree char *due = hw_text_due (due_on, today);

  /* Translators: "answer overdue 4 days" and "answer due in 3 days" */
  return g_strdup_printf (hw_date_days_between (today, due_on) < 0 ? _ ("answer %s") : _ ("answer due %s"), due);
}

static char *
facts_words (HwDesktop *desktop, HwRecord *request)
{
  const char *due_on = hw_record_get_text (request, HW_FIELD_EMBASSY_REQUEST_DUE_ON);
  g_autofree char *today = hw_desktop_today (desktop);
  g_autofree char *due = due_on != NULL ? hw_request_row_answer_words (due_on, today) : NULL;
  g_autofree char *kind = kind_words (desktop, request);

  if (due == NULL || !hw_request_row_awaits_answer (request))
    return g_steal_pointer (&kind);
  return g_strdup_printf ("%s · %s", kind, due);
}

char *
hw_request_row_search_words (HwRecord *request)
{
  const char *reference = hw_record_get_text (request, HW_FIELD_EMBASSY_REQUEST_REFERENCE);
  g_autofree char *person = name_of (request);
  g_autofree char *all = g_strdup_printf ("%s %s", person, reference != NULL ? reference : "");

  return hw_fold (all);
}

static void
hw_request_row_dispose (GObject *object)
{
  g_clear_object (&HW_REQUEST_ROW (object)->request);

  G_OBJECT_CLASS (hw_request_row_parent_class)->dispose (object);
}

static void
hw_request_row_class_init (HwRequestRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hw_request_row_dispose;
}

static void
hw_request_row_init (HwRequestRow *self)
{
}

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

GtkWidget *
hw_request_row_new (HwDesktop *desktop, HwRecord *request)
{
  HwRequestRow *self = g_object_new (HW_TYPE_REQUEST_ROW, NULL);
  const HwFieldDef *status = hw_schema_field (HW_FIELD_EMBASSY_REQUEST_STATUS);
  const HwChoice *choice = hw_field_choice (status, hw_record_status (request));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  g_autofree char *person = title_words (desktop, request);
  g_autofree char *facts = facts_words (desktop, request);
  g_autofree char *name = g_strdup_printf ("%s, %s", person, facts);

  self->request = g_object_ref (request);
  gtk_box_append (GTK_BOX (words), make_label (person, "heading"));
  gtk_box_append (GTK_BOX (words), make_label (facts, "caption"));
  gtk_box_append (GTK_BOX (box), words);
  if (choice != NULL)
    {
      GtkWidget *pill = hw_pill_new (_ (choice->label), hw_meaning_of_choice (status, choice->nick));

      gtk_widget_set_valign (pill, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (box), pill);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return GTK_WIDGET (self);
}

HwRecord *
hw_request_row_get_request (HwRequestRow *self)
{
  return self->request;
}
