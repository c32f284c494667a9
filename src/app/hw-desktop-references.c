/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Candidates for reference fields, from memory: the directory, the accounts the server named, and the
 * records of the case being looked at. A mission is offered for "mission", not an airline.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/hw-desktop-references.h"

#include <glib/gi18n.h>

#include "app/forms/hw-record-words.h"
#include "domain/hw-family.h"

struct _HwDesktopReferences
{
  GObject parent;

  HwDesktop  *desktop; /* (owned) */
  HwCaseFile *file;    /* (owned) (nullable) */
};

static void provider_init (HwReferenceProviderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HwDesktopReferences, hw_desktop_references, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (HW_TYPE_REFERENCE_PROVIDER, provider_init))

static char *
record_title (HwDesktopReferences *self, HwRecord *record)
{
  g_autoptr (HwFormContext) context
    = hw_form_context_new_under (hw_desktop_clock (self->desktop), hw_desktop_office_zone (self->desktop), NULL,
                                 hw_desktop_veil (self->desktop));

  return hw_record_words_title (record, context);
}

static gboolean
matches (const char *label, const char *text)
{
  g_autofree char *folded_label = NULL;
  g_autofree char *folded_text = NULL;

  if (text == NULL || *text == '\0')
    return TRUE;
  folded_label = hw_fold (label);
  folded_text = hw_fold (text);
  return strstr (folded_label, folded_text) != NULL;
}

/* Who knows a name finds its record by it, masked or not. */
static gboolean
is_called (HwRecord *record, const char *text)
{
  HwFieldId title = hw_record_def (record)->title_field;
  const char *name = title != HW_FIELD_NONE ? hw_record_get_text (record, title) : NULL;

  return name != NULL && matches (name, text);
}

/* Fields named for one kind of organisation offer that kind. */
static gboolean
right_kind (const HwFieldDef *field, HwRecord *record)
{
  if (hw_record_type (record) != HW_TYPE_ID_ORGANISATION)
    return TRUE;
  if (g_str_equal (field->name, "mission"))
    return hw_record_is (record, HW_FIELD_ORGANISATION_KIND, HW_ORGANISATION_KIND_DIPLOMATIC_MISSION);
  if (g_str_equal (field->name, "shelter"))
    return hw_record_is (record, HW_FIELD_ORGANISATION_KIND, HW_ORGANISATION_KIND_SHELTER);
  return TRUE;
}

/* Nobody goes to a relative who had a part in it, so that one is not offered. */
static gboolean
is_offered (const HwFieldDef *field, HwRecord *record)
{
  return (field->id != HW_FIELD_REUNIFICATION_MEMBER && field->id != HW_FIELD_REUNIFICATION_SURVIVOR_CHOICE)
         || !hw_family_kept_away (record);
}

static void
add_records (HwDesktopReferences *self,
             GPtrArray           *found,
             HwCaseFile          *file,
             const HwFieldDef    *field,
             HwRecord            *editing,
             const char          *text,
             guint                limit)
{
  GPtrArray *records;

  if (file == NULL)
    return;
  records = field->target != HW_TYPE_ID_NONE ? hw_case_file_of_type (file, field->target) : hw_case_file_records (file);
  for (guint i = 0; i < records->len && found->len < limit; i++)
    {
      HwRecord *record = g_ptr_array_index (records, i);
      g_autofree char *title = NULL;
      const HwTypeDef *def = hw_record_def (record);

      if (record == editing || !right_kind (field, record) || !is_offered (field, record))
        continue;
      title = record_title (self, record);
      if (matches (title, text) || is_called (record, text))
        g_ptr_array_add (found, hw_candidate_new (hw_record_id (record), title,
                                                  field->target == HW_TYPE_ID_NONE ? _ (def->label) : NULL));
    }
}

static void
add_people (HwDesktopReferences *self, GPtrArray *found, const char *text, guint limit)
{
  g_autoptr (GPtrArray) users = hw_sync_engine_users (hw_desktop_engine (self->desktop));

  for (guint i = 0; i < users->len && found->len < limit; i++)
    {
      HwKnownUser *user = g_ptr_array_index (users, i);

      if (matches (user->name, text))
        g_ptr_array_add (found, hw_candidate_new (user->id, user->name, NULL));
    }
}

static GPtrArray *
list (HwReferenceProvider *provider, const HwFieldDef *field, HwRecord *record, const char *text, guint limit)
{
  HwDesktopReferences *self = HW_DESKTOP_REFERENCES (provider);
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) hw_candidate_free);
  g_autoptr (HwCaseFile) directory = NULL;

  if (!hw_desktop_is_unlocked (self->desktop))
    return found;
  if (field->kind == HW_KIND_USER)
    {
      add_people (self, found, text, limit);
      return found;
    }
  directory = hw_store_directory (hw_desktop_store (self->desktop));
  add_records (self, found, self->file, field, record, text, limit);
  if (field->target != HW_TYPE_ID_NONE)
    add_records (self, found, directory, field, record, text, limit);
  return found;
}

static char *
label (HwReferenceProvider *provider, const HwFieldDef *field, const char *id)
{
  HwDesktopReferences *self = HW_DESKTOP_REFERENCES (provider);
  g_autoptr (HwCaseFile) directory = NULL;
  HwRecord *record = NULL;

  if (!hw_desktop_is_unlocked (self->desktop))
    return NULL;
  if (field->kind == HW_KIND_USER)
    return g_strdup (hw_desktop_user_name (self->desktop, id));
  if (self->file != NULL)
    record = hw_case_file_lookup (self->file, id);
  if (record == NULL)
    {
      directory = hw_store_directory (hw_desktop_store (self->desktop));
      record = directory != NULL ? hw_case_file_lookup (directory, id) : NULL;
    }
  return record != NULL ? record_title (self, record) : NULL;
}

static void
provider_init (HwReferenceProviderInterface *iface)
{
  iface->list = list;
  iface->label = label;
}

static void
hw_desktop_references_finalize (GObject *object)
{
  HwDesktopReferences *self = HW_DESKTOP_REFERENCES (object);

  g_clear_object (&self->desktop);
  g_clear_object (&self->file);

  G_OBJECT_CLASS (hw_desktop_references_parent_class)->finalize (object);
}

static void
hw_desktop_references_class_init (HwDesktopReferencesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hw_desktop_references_finalize;
}

static void
hw_desktop_references_init (HwDesktopReferences *self)
{
}

HwReferenceProvider *
hw_desktop_references_new (HwDesktop *desktop, HwCaseFile *file)
{
  HwDesktopReferences *self = g_object_new (HW_TYPE_DESKTOP_REFERENCES, NULL);

  self->desktop = g_object_ref (desktop);
  g_set_object (&self->file, file);
  return HW_REFERENCE_PROVIDER (self);
}

HwFormContext *
hw_desktop_form_context (HwDesktop *desktop, HwCaseFile *file)
{
  g_autoptr (HwReferenceProvider) provider = hw_desktop_references_new (desktop, file);

  return hw_form_context_new_under (
    hw_desktop_clock (desktop), hw_desktop_office_zone (desktop), provider, hw_desktop_veil (desktop));
}
