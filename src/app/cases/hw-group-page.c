/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One section of a case file. Its record types follow each other; the sections are kept while the case
 * changes, so that nothing jumps under the pointer.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/cases/hw-group-page.h"

#include <glib/gi18n.h>

#include "app/attachments/hw-attachment-section.h"
#include "app/cases/hw-exit-section.h"
#include "app/disclosure/hw-disclosure-section.h"
#include "app/cases/hw-family-section.h"
#include "app/cases/hw-support-section.h"
#include "app/forms/hw-record-section.h"
#include "app/hw-desktop-references.h"
#include "app/tasks/hw-task-section.h"
#include "app/widgets/hw-page-title.h"
#include "app/widgets/hw-text.h"

struct _HwGroupPage
{
  AdwBin parent;

  char              *case_id; /* (owned) (nullable) of what is shown */
  const HwCaseGroup *group;   /* (nullable) */

  GtkScrolledWindow *scroller;
  HwPageTitle       *title;
  GtkBox            *box;
};

G_DEFINE_FINAL_TYPE (HwGroupPage, hw_group_page, ADW_TYPE_BIN)

enum
{
  SIGNAL_OPEN_RECORD,
  SIGNAL_ADD_RECORD,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
open_record_cb (HwRecordSection *section, HwRecord *record, HwGroupPage *self)
{
  g_signal_emit (self, signals[SIGNAL_OPEN_RECORD], 0, hw_record_id (record));
}

static void
add_record_cb (HwRecordSection *section, HwGroupPage *self)
{
  g_signal_emit (self, signals[SIGNAL_ADD_RECORD], 0, hw_record_section_get_record_type (section));
}

static void
open_exit_cb (HwExitSection *section, HwRecord *record, HwGroupPage *self)
{
  g_signal_emit (self, signals[SIGNAL_OPEN_RECORD], 0, hw_record_id (record));
}

static void
add_exit_cb (HwExitSection *section, HwGroupPage *self)
{
  g_signal_emit (self, signals[SIGNAL_ADD_RECORD], 0, (guint) HW_TYPE_ID_EXIT_CLEARANCE);
}

static GtkWidget *
make_exit_section (HwGroupPage *self, HwDesktop *desktop)
{
  GtkWidget *section = hw_exit_section_new (desktop);

  g_signal_connect (section, "open-record", G_CALLBACK (open_exit_cb), self);
  g_signal_connect (section, "add-record", G_CALLBACK (add_exit_cb), self);
  return section;
}

static void
open_id_cb (GtkWidget *section, const char *id, HwGroupPage *self)
{
  g_signal_emit (self, signals[SIGNAL_OPEN_RECORD], 0, id);
}

static void
add_type_cb (GtkWidget *section, guint type, HwGroupPage *self)
{
  g_signal_emit (self, signals[SIGNAL_ADD_RECORD], 0, type);
}

/* The sections that show several types together, arranged for reading; (nullable) under any other type. */
static GtkWidget *
make_reading_section (HwGroupPage *self, HwDesktop *desktop, HwTypeId type)
{
  GtkWidget *section = NULL;

  if (type == HW_TYPE_ID_FAMILY_MEMBER)
    section = hw_family_section_new (desktop);
  else if (type == HW_TYPE_ID_SUPPORT_PLAN)
    section = hw_support_section_new (desktop);
  else if (type == HW_TYPE_ID_TASK)
    section = hw_task_section_new (desktop);
  else if (type == HW_TYPE_ID_ATTACHMENT)
    section = hw_attachment_section_new (desktop);
  if (section == NULL)
    return NULL;
  g_signal_connect (section, "open-record", G_CALLBACK (open_id_cb), self);
  if (type != HW_TYPE_ID_ATTACHMENT)
    g_signal_connect (section, "add-record", G_CALLBACK (add_type_cb), self);
  return section;
}

/* What one of those shows has no section of its own; a referral that has ended is told without the plans beside it. */
static gboolean
is_read_elsewhere (HwTypeId type, HwCaseFile *file, HwRole role, guint relations)
{
  static const HwTypeId types[] = { HW_TYPE_ID_TRACING_REQUEST, HW_TYPE_ID_TRACING_ACTION, HW_TYPE_ID_REUNIFICATION,
                                    HW_TYPE_ID_FOLLOW_UP, HW_TYPE_ID_REFERRAL };

  if (type == HW_TYPE_ID_REFERRAL && !hw_case_group_tells_type (HW_TYPE_ID_SUPPORT_PLAN, file, role, relations))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (types[i] == type)
      return TRUE;
  return FALSE;
}

static void
build (HwGroupPage *self, HwDesktop *desktop, HwCaseFile *file, guint relations)
{
  HwRole role = hw_desktop_actor (desktop)->role;
  g_autoptr (HwFormContext) context = hw_desktop_form_context (desktop, file);
  g_autofree char *title = NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
  for (guint i = 0; self->group->types[i] != HW_TYPE_ID_NONE; i++)
    {
      GtkWidget *section;

      /* Pairs of cases are decided side by side, in a place of their own. */
      if (!hw_case_group_tells_type (self->group->types[i], file, role, relations)
          || self->group->types[i] == HW_TYPE_ID_CASE_LINK)
        continue;
      if (self->group->types[i] == HW_TYPE_ID_EXIT_CLEARANCE)
        {
          gtk_box_append (self->box, make_exit_section (self, desktop));
          continue;
        }
      if (self->group->types[i] == HW_TYPE_ID_DISCLOSURE && hw_disclosure_section_is_for (role))
        {
          gtk_box_append (self->box, hw_disclosure_section_new (desktop));
          continue;
        }
      section = make_reading_section (self, desktop, self->group->types[i]);
      if (section != NULL)
        gtk_box_append (self->box, section);
      if (section != NULL || is_read_elsewhere (self->group->types[i], file, role, relations))
        continue;
      section = hw_record_section_new (self->group->types[i], context);
      g_signal_connect (section, "open-record", G_CALLBACK (open_record_cb), self);
      g_signal_connect (section, "add-record", G_CALLBACK (add_record_cb), self);
      gtk_box_append (self->box, section);
    }
  title = hw_text_title (hw_case_group_label (self->group, file, role, relations));
  hw_page_title_set_text (self->title, title);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

static void
hw_group_page_finalize (GObject *object)
{
  g_free (HW_GROUP_PAGE (object)->case_id);

  G_OBJECT_CLASS (hw_group_page_parent_class)->finalize (object);
}

static void
hw_group_page_class_init (HwGroupPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hw_group_page_finalize;
  signals[SIGNAL_OPEN_RECORD] = g_signal_new ("open-record", HW_TYPE_GROUP_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                              NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_ADD_RECORD] = g_signal_new ("add-record", HW_TYPE_GROUP_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                             G_TYPE_NONE, 1, G_TYPE_UINT);

  g_type_ensure (HW_TYPE_PAGE_TITLE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/homeward/ui/hw-group-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HwGroupPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, HwGroupPage, title);
  gtk_widget_class_bind_template_child (widget_class, HwGroupPage, box);
}

static void
hw_group_page_init (HwGroupPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
hw_group_page_new (void)
{
  return g_object_new (HW_TYPE_GROUP_PAGE, NULL);
}

/* Each kind of section is shown the case in its own way. */
static void
show_section (GtkWidget *section, HwRole role, HwCaseFile *file, guint relations)
{
  if (HW_IS_EXIT_SECTION (section))
    hw_exit_section_show (HW_EXIT_SECTION (section), file, relations);
  else if (HW_IS_DISCLOSURE_SECTION (section))
    hw_disclosure_section_show (HW_DISCLOSURE_SECTION (section), file, relations);
  else if (HW_IS_FAMILY_SECTION (section))
    hw_family_section_show (HW_FAMILY_SECTION (section), file, relations);
  else if (HW_IS_SUPPORT_SECTION (section))
    hw_support_section_show (HW_SUPPORT_SECTION (section), file, relations);
  else if (HW_IS_TASK_SECTION (section))
    hw_task_section_show (HW_TASK_SECTION (section), file, relations);
  else if (HW_IS_ATTACHMENT_SECTION (section))
    hw_attachment_section_show (HW_ATTACHMENT_SECTION (section), file, NULL, relations);
  else
    {
      hw_record_section_set_rights (HW_RECORD_SECTION (section), role, relations);
      hw_record_section_set_file (HW_RECORD_SECTION (section), file);
    }
}

void
hw_group_page_show (HwGroupPage *self, HwDesktop *desktop, HwCaseFile *file, const HwCaseGroup *group)
{
  const HwActor *actor = hw_desktop_actor (desktop);
  guint relations = hw_access_relations (file, NULL, actor, hw_clock_now (hw_desktop_clock (desktop)));

  if (self->group != group || g_strcmp0 (self->case_id, hw_case_file_id (file)) != 0)
    {
      self->group = group;
      g_free (self->case_id);
      self->case_id = g_strdup (hw_case_file_id (file));
      build (self, desktop, file, relations);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->box)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    show_section (child, actor->role, file, relations);
}

void
hw_group_page_focus (HwGroupPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->title));
}
