/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words about attachments, and the one table of what may hang on a case by itself.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/attachments/hw-attachment-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/widgets/hw-text.h"
#include "domain/hw-content.h"

static const HwAttachmentKind kinds[] = {
  { N_ ("A passport, identity card or other document of hers"), HW_CATEGORY_CUSTODY },
  { N_ ("A consent or statement she signed"), HW_CATEGORY_CONSENT },
  { N_ ("A photo of her"), HW_CATEGORY_IDENTITY },
  { N_ ("Proof of what was done to her"), HW_CATEGORY_PROTECTION },
  { N_ ("A medical paper"), HW_CATEGORY_CLINICAL },
  { N_ ("A paper about leaving the country"), HW_CATEGORY_EXIT_CLEARANCE },
  { N_ ("A ticket or booking"), HW_CATEGORY_MOVEMENT },
  { N_ ("Something else"), HW_CATEGORY_NOTE },
};

const HwAttachmentKind *
hw_attachment_kinds (guint *count)
{
  *count = G_N_ELEMENTS (kinds);
  return kinds;
}

gboolean
hw_attachment_may_be (HwCategory category, HwRole role, guint relations)
{
  const HwAccessCell *cell = hw_schema_access (category, role);

  for (; cell != NULL && cell->right != HW_RIGHT_NONE; cell++)
    if (cell->right != HW_RIGHT_MINIMAL && (cell->relations & relations) != 0)
      return TRUE;
  return FALSE;
}

/* A travel document has two: what a mission sees of it, and what it never sees. A scan shows both. */
HwCategory
hw_attachment_category_of (HwTypeId type)
{
  const HwTypeDef *def = hw_schema_type (type);

  if (type == HW_TYPE_ID_TRAVEL_DOCUMENT)
    return HW_CATEGORY_CUSTODY;
  return def->n_fields > 0 ? def->fields[0].category : HW_CATEGORY_NOTE;
}

/* The request of a file that was shared with it, where it is here. (transfer full) (nullable) */
static HwRecord *
request_of (HwDesktop *desktop, HwRecord *attachment)
{
  const char *id = hw_record_get_text (attachment, HW_FIELD_ATTACHMENT_SHARED_WITH_REQUEST);
  HwStore *store = hw_desktop_store (desktop);

  return id != NULL && store != NULL
           ? hw_store_get_record (store, HW_TYPE_ID_EMBASSY_REQUEST, id, NULL)
           : NULL;
}

/* Counted as the server counts it. */
static guint
number_on (HwDesktop *desktop, HwRecord *attachment, HwRecord *request)
{
  g_autoptr (GPtrArray) files
    = hw_store_list (hw_desktop_store (desktop),
                     HW_TYPE_ID_ATTACHMENT,
                     HW_FIELD_ATTACHMENT_SHARED_WITH_REQUEST,
                     hw_record_id (request),
                     0,
                     NULL);
  guint number = 1;

  for (guint i = 0; files != NULL && i < files->len; i++)
    number += strcmp (hw_record_id (g_ptr_array_index (files, i)), hw_record_id (attachment)) < 0;
  return number;
}

static const char *
type_words (const char *media_type)
{
  if (g_strcmp0 (media_type, HW_CONTENT_JPEG) == 0)
    return _ ("Picture (JPEG)");
  if (g_strcmp0 (media_type, HW_CONTENT_PNG) == 0)
    return _ ("Picture (PNG)");
  return g_strcmp0 (media_type, HW_CONTENT_PDF) == 0 ? _ ("PDF document") : _ ("File");
}

static gboolean
is_covered (HwDesktop *desktop, HwRecord *attachment)
{
  return hw_record_get (attachment, HW_FIELD_ATTACHMENT_NAME) != NULL
         && hw_veil_covers (hw_desktop_veil (desktop), hw_schema_field (HW_FIELD_ATTACHMENT_NAME));
}

char *
hw_attachment_name_plain (HwDesktop *desktop, HwRecord *attachment)
{
  const char *name = hw_record_get_text (attachment, HW_FIELD_ATTACHMENT_NAME);
  g_autoptr (HwRecord) request = NULL;
  const char *reference;

  if (name != NULL)
    return g_strdup (name);
  request = request_of (desktop, attachment);
  reference
    = request != NULL ? hw_record_get_text (request, HW_FIELD_EMBASSY_REQUEST_REFERENCE) : NULL;
  if (reference == NULL)
    return g_strdup (_ ("File without a name"));
  return g_strdup_printf ("%s-%u", reference, number_on (desktop, attachment, request));
}

char *
hw_attachment_name (HwDesktop *desktop, HwRecord *attachment)
{
  const char *media_type = hw_record_get_text (attachment, HW_FIELD_ATTACHMENT_MEDIA_TYPE);

  if (is_covered (desktop, attachment))
    return g_strconcat (
      hw_content_is_picture (media_type) ? _ ("Picture") : _ ("Document"), " " HW_VEIL_MASK, NULL);
  return hw_attachment_name_plain (desktop, attachment);
}

/* A file's name lasts on the disk and in lists of recent files: behind the veil it is made of the record's id. */
char *
hw_attachment_file_name (HwDesktop *desktop, HwRecord *attachment)
{
  const char *id = hw_record_id (attachment);
  g_autofree char *name = is_covered (desktop, attachment)
                            ? g_strdup_printf ("homeward-%s", id + MAX (strlen (id), 6) - 6)
                            : hw_attachment_name_plain (desktop, attachment);
  const char *suffix
    = hw_content_suffix (hw_record_get_text (attachment, HW_FIELD_ATTACHMENT_MEDIA_TYPE));

  g_strdelimit (name, "/\\", '-');
  if (g_str_has_suffix (name, suffix)
      || (g_str_equal (suffix, ".jpg") && g_str_has_suffix (name, ".jpeg")))
    return g_steal_pointer (&name);
  return g_strconcat (name, suffix, NULL);
}

char *
hw_attachment_facts (HwDesktop *desktop, HwRecord *attachment)
{
  HwValue *size = hw_record_get (attachment, HW_FIELD_ATTACHMENT_SIZE);
  g_autofree char *bytes = size != NULL ? g_format_size ((guint64) hw_value_integer (size)) : NULL;
  const char *media_type = hw_record_get_text (attachment, HW_FIELD_ATTACHMENT_MEDIA_TYPE);
  g_autoptr (GString) facts = g_string_new (type_words (media_type));
  gint64 us;

  if (bytes != NULL)
    g_string_append_printf (facts, " · %s", bytes);
  if (hw_desktop_actor (desktop)->role != HW_ROLE_EMBASSY_LIAISON
      && hw_record_created_at (attachment) != NULL
      && hw_instant_parse (hw_record_created_at (attachment), &us))
    {
      g_autofree char *ago = hw_text_ago (us, hw_clock_now (hw_desktop_clock (desktop)));

      g_string_append_printf (facts,
                              _ (" · attached by %s, %s"),
                              hw_desktop_user_name (desktop, hw_record_created_by (attachment)),
                              ago);
    }
  return g_string_free (g_steal_pointer (&facts), FALSE);
}

const char *
hw_attachment_state_words (HwKeptState state)
{
  switch (state)
    {
      case HW_KEPT_WAITING:
      case HW_KEPT_HANDING:
        return _ ("Here, waiting to be sent");
      case HW_KEPT_REFUSED:
        return _ ("Not taken by the office");
      case HW_KEPT_SENT:
        return _ ("Sent, kept here");
      case HW_KEPT_FETCHED:
        return _ ("Kept here");
      case HW_KEPT_LOST:
      case HW_KEPT_NOT:
      default:
        return _ ("At the office");
    }
}
