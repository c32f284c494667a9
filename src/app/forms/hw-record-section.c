/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwRecordSection: a list to read, not to edit: a row opens the record's own form. An empty section
 * says what belongs there, so that a new caseworker learns the work from the page.
 */
#include "app/forms/hw-record-section.h"

#include <glib/gi18n.h>

#include "app/forms/hw-record-words.h"
#include "app/widgets/hw-pill.h"
#include "app/widgets/hw-rows.h"
#include "app/widgets/hw-text.h"

struct _HwRecordSection
{
  AdwPreferencesGroup parent;
  HwTypeId type;
  HwFormContext *context; /* (owned) */
  HwCaseFile *file;       /* (owned) (nullable) the case the records are of */
  HwRole role;
  guint relations;
  GPtrArray *records; /* (owned) (element-type HwRecord) newest first */
  GPtrArray *rows;    /* (owned) (element-type GtkWidget, unowned) */
  GtkWidget *add;     /* (unowned) */
};

enum
{
  OPEN_RECORD,
  ADD_RECORD,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HwRecordSection, hw_record_section, ADW_TYPE_PREFERENCES_GROUP)

static const struct
{
  HwTypeId type;
  const char *sentence;
} empty_sentences[] = {
  { HW_TYPE_ID_SAFE_CONTACT,
    N_ ("No safe way to reach her is known yet. Ask her first when and how to call.") },
  { HW_TYPE_ID_CONTACT_LOG, N_ ("No contact is written down yet.") },
  { HW_TYPE_ID_PLACEMENT, N_ ("Where she is staying is not known yet.") },
  { HW_TYPE_ID_SCREENING, N_ ("She has not been screened yet.") },
  { HW_TYPE_ID_EXPLOITATION,
    N_ ("What was done to her is not written down. Ask only what she wishes to tell.") },
  { HW_TYPE_ID_RISK_ASSESSMENT,
    N_ ("No risk assessment yet. The embassy may not be contacted before one.") },
  { HW_TYPE_ID_CONSENT, N_ ("She has not consented to anything yet. Nothing may be shared.") },
  { HW_TYPE_ID_DISCLOSURE, N_ ("Nothing has been shared with anybody.") },
  { HW_TYPE_ID_DECISION,
    N_ ("Her decision is not recorded yet: return, stay, or a third country.") },
  { HW_TYPE_ID_EMBASSY_REQUEST, N_ ("No mission has been asked for anything yet.") },
  { HW_TYPE_ID_TRAVEL_DOCUMENT,
    N_ ("No travel document is known. Start with who holds her passport.") },
  { HW_TYPE_ID_EXIT_CLEARANCE,
    N_ ("Nothing is checked yet about leaving the country: fines, reports, permits.") },
  { HW_TYPE_ID_MOVEMENT, N_ ("No journey is planned yet.") },
  { HW_TYPE_ID_RECEPTION, N_ ("Nobody is expecting her yet. Choose who meets her, and where.") },
  { HW_TYPE_ID_FAMILY_MEMBER, N_ ("No family is written down yet.") },
  { HW_TYPE_ID_FOLLOW_UP, N_ ("Follow-ups are planned by themselves when she arrives.") },
  { HW_TYPE_ID_TASK, N_ ("No task is open.") },
};

static gboolean
may_show (const HwFieldDef *field, gpointer data)
{
  HwRecordSection *self = data;

  return self->role == HW_N_ROLES || hw_access_may_read (self->role, self->relations, field);
}

static void
show_record (AdwActionRow *row, HwRecordSection *self)
{
  HwRecord *record = g_object_get_data (G_OBJECT (row), "record");
  HwPill *pill = g_object_get_data (G_OBJECT (row), "pill");
  const HwTypeDef *type = hw_record_def (record);
  const HwFieldDef *field = type->status_field ? hw_schema_field (type->status_field) : NULL;
  HwMeaning meaning = HW_MEANING_NEUTRAL;
  g_autofree char *subtitle = NULL;
  g_autofree char *title = hw_record_words_row (record, self->context, may_show, self, &subtitle);
  g_autofree char *status = NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (row, subtitle);
  if (field && may_show (field, self))
    status = hw_record_words_now (record, self->file, self->context, &meaning);
  hw_pill_set (pill, status, meaning);
}

static void
record_changed_cb (AdwActionRow *row)
{
  GtkWidget *section = gtk_widget_get_ancestor (GTK_WIDGET (row), HW_TYPE_RECORD_SECTION);

  if (section)
    show_record (row, HW_RECORD_SECTION (section));
}

static void
activated_cb (AdwActionRow *row, HwRecordSection *self)
{
  g_signal_emit (self, signals[OPEN_RECORD], 0, g_object_get_data (G_OBJECT (row), "record"));
}

static void
add_cb (HwRecordSection *self)
{
  g_signal_emit (self, signals[ADD_RECORD], 0);
}

static GtkWidget *
make_row (HwRecordSection *self, HwRecord *record)
{
  GtkWidget *row = hw_rows_new ("", NULL);
  GtkWidget *pill = hw_pill_new (NULL, HW_MEANING_NEUTRAL);

  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), pill);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "record", g_object_ref (record), g_object_unref);
  g_object_set_data (G_OBJECT (row), "pill", pill);
  g_signal_connect_object (row, "activated", G_CALLBACK (activated_cb), self, 0);
  g_signal_connect_object (
    record, "changed", G_CALLBACK (record_changed_cb), row, G_CONNECT_SWAPPED);
  show_record (ADW_ACTION_ROW (row), self);
  return row;
}

static char *
empty_sentence (HwTypeId type)
{
  const char *plural = _ (hw_schema_type (type)->plural);
  g_autofree char *lower = g_utf8_strdown (plural, 1);

  for (guint i = 0; i < G_N_ELEMENTS (empty_sentences); i++)
    if (empty_sentences[i].type == type)
      return g_strdup (_ (empty_sentences[i].sentence));
  /* Translators: the two parts are a plural, "support plans", with its first letter made small */
  return g_strdup_printf (_ ("No %s%s yet."), lower, g_utf8_next_char (plural));
}

static GtkWidget *
make_empty (HwRecordSection *self)
{
  g_autofree char *sentence = empty_sentence (self->type);

  return hw_rows_new_nothing (sentence);
}

static void
rebuild (HwRecordSection *self)
{
  hw_rows_clear_group (ADW_PREFERENCES_GROUP (self), self->rows);
  for (guint i = 0; i < self->records->len; i++)
    g_ptr_array_add (self->rows, make_row (self, self->records->pdata[i]));
  if (self->records->len == 0)
    g_ptr_array_add (self->rows, make_empty (self));
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->rows->pdata[i]);
  /* A case is opened by a call, never from within another case. */
  gtk_widget_set_visible (self->add, self->type != HW_TYPE_ID_CASE && self->role != HW_N_ROLES
                            && hw_access_may_create (self->role, self->relations, self->type));
}

static void
hw_record_section_finalize (GObject *object)
{
  HwRecordSection *self = HW_RECORD_SECTION (object);

  g_clear_object (&self->context);
  g_clear_object (&self->file);
  g_ptr_array_unref (self->records);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (hw_record_section_parent_class)->finalize (object);
}

static void
hw_record_section_class_init (HwRecordSectionClass *class)
{
  G_OBJECT_CLASS (class)->finalize = hw_record_section_finalize;
  signals[OPEN_RECORD] = g_signal_new ("open-record",
                                       HW_TYPE_RECORD_SECTION,
                                       G_SIGNAL_RUN_LAST,
                                       0,
                                       NULL,
                                       NULL,
                                       NULL,
                                       G_TYPE_NONE,
                                       1,
                                       HW_TYPE_RECORD);
  signals[ADD_RECORD] = g_signal_new (
    "add-record", HW_TYPE_RECORD_SECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hw_record_section_init (HwRecordSection *self)
{
  self->role = HW_N_ROLES;
  self->records = g_ptr_array_new_with_free_func (g_object_unref);
  self->rows = g_ptr_array_new ();
}

GtkWidget *
hw_record_section_new (HwTypeId type, HwFormContext *context)
{
  HwRecordSection *self = g_object_new (HW_TYPE_RECORD_SECTION, NULL);
  const HwTypeDef *def = hw_schema_type (type);
  g_autofree char *name = hw_text_add_kind (def->label);
  g_autofree char *title = NULL;

  self->type = type;
  self->context = context ? g_object_ref (context) : hw_form_context_new (NULL, NULL, NULL);
  self->add = gtk_button_new_from_icon_name ("list-add-symbolic");
  gtk_widget_add_css_class (self->add, "flat");
  gtk_widget_set_tooltip_text (self->add, name);
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (self->add), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (self->add, "clicked", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  title = hw_text_title (def->plural);
  hw_rows_set_title (ADW_PREFERENCES_GROUP (self), title);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), self->add);
  rebuild (self);
  return GTK_WIDGET (self);
}

void
hw_record_section_set_rights (HwRecordSection *self, HwRole role, guint relations)
{
  g_return_if_fail (HW_IS_RECORD_SECTION (self));
  if (self->role == role && self->relations == relations)
    return;
  self->role = role;
  self->relations = relations;
  rebuild (self);
}

/* What is named by its day, as a visit is, stands in the order of the days: the next one first. */
static gboolean
is_dated (HwTypeId type)
{
  HwFieldId title = hw_schema_type (type)->title_field;

  return title != HW_FIELD_NONE && hw_schema_field (title)->kind == HW_KIND_DATE;
}

static gint
compare_days (gconstpointer a, gconstpointer b)
{
  HwRecord *first = *(HwRecord *const *)a;
  HwRecord *second = *(HwRecord *const *)b;
  HwFieldId title = hw_record_def (first)->title_field;

  return g_strcmp0 (hw_record_get_text (first, title), hw_record_get_text (second, title));
}

void
hw_record_section_set_records (HwRecordSection *self, GPtrArray *records)
{
  g_return_if_fail (HW_IS_RECORD_SECTION (self));
  g_ptr_array_set_size (self->records, 0);
  for (guint i = records ? records->len : 0; i > 0; i--)
    g_ptr_array_add (self->records, g_object_ref (records->pdata[i - 1]));
  if (is_dated (self->type))
    g_ptr_array_sort (self->records, compare_days);
  rebuild (self);
}

void
hw_record_section_set_file (HwRecordSection *self, HwCaseFile *file)
{
  g_return_if_fail (HW_IS_RECORD_SECTION (self));
  g_set_object (&self->file, file);
  hw_record_section_set_records (self, file ? hw_case_file_of_type (file, self->type) : NULL);
}

HwTypeId
hw_record_section_get_record_type (HwRecordSection *self)
{
  return self->type;
}

guint
hw_record_section_get_n_records (HwRecordSection *self)
{
  return self->records->len;
}
