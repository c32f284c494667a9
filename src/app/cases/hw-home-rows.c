/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each kind of thing is told by what is next in it, so that the list stays as short as an answer.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/cases/hw-home-rows.h"

#include <glib/gi18n.h>

#include "app/cases/hw-reading-rows.h"
#include "app/forms/hw-record-words.h"
#include "app/widgets/hw-text.h"
#include "domain/hw-family.h"

static void
add_unsafe (GPtrArray *rows, HwCaseFile *file)
{
  HwRecord *unsafe = hw_visit_unsafe (file);
  GtkWidget *row;

  if (unsafe == NULL)
    return;
  row = hw_reading_row (_ ("Nobody calls her"),
                        _ ("The last visit found it unsafe. Reach her another way."), NULL,
                        HW_MEANING_BAD, unsafe);
  hw_reading_row_set_icon (row, "dialog-warning-symbolic", "error");
  g_ptr_array_add (rows, row);
}

static gboolean
is_ahead (HwVisitState state)
{
  return state == HW_VISIT_COMING || state == HW_VISIT_DUE || state == HW_VISIT_LATE;
}

static void
add_visit (GPtrArray *rows, HwCaseFile *file, const char *today)
{
  GPtrArray *visits = hw_case_file_of_type (file, HW_TYPE_ID_FOLLOW_UP);
  HwRecord *next = NULL;
  g_autofree char *when = NULL;
  g_autofree char *pill = NULL;
  HwMeaning meaning;

  for (guint i = 0; i < visits->len; i++)
    {
      HwRecord *visit = g_ptr_array_index (visits, i);

      if (is_ahead (hw_visit_state (visit, today))
          && hw_record_get (visit, HW_FIELD_FOLLOW_UP_DUE_ON) != NULL
          && (next == NULL
              || g_strcmp0 (hw_record_get_text (visit, HW_FIELD_FOLLOW_UP_DUE_ON),
                            hw_record_get_text (next, HW_FIELD_FOLLOW_UP_DUE_ON)) < 0))
        next = visit;
    }
  if (next == NULL)
    return;
  pill = hw_record_words_visit (next, today, &meaning);
  when = hw_text_due_short (hw_record_get_text (next, HW_FIELD_FOLLOW_UP_DUE_ON), today);
  g_ptr_array_add (rows, hw_reading_row (_ ("The next visit"), when, pill, meaning, next));
}

/* Those whose status is not among the last ones of their kind. */
static void
add_open (GPtrArray *rows,
          HwDesktop *desktop,
          HwCaseFile *file,
          HwTypeId type,
          HwFieldId named,
          const char *const *over)
{
  GPtrArray *records = hw_case_file_of_type (file, type);
  const HwFieldDef *status = hw_schema_field (hw_schema_type (type)->status_field);

  for (guint i = records->len; i > 0; i--)
    {
      HwRecord *record = g_ptr_array_index (records, i - 1);
      const char *id = hw_record_get_text (record, named);
      HwRecord *member = hw_case_file_lookup (file, id);
      gboolean relative = member != NULL && hw_record_type (member) == HW_TYPE_ID_FAMILY_MEMBER;
      g_autofree char *name = relative     ? hw_reading_relative_name (member, hw_desktop_veil (desktop))
                              : id != NULL ? hw_desktop_record_name (desktop, id)
                                           : NULL;

      if (hw_record_status (record) != NULL && g_strv_contains (over, hw_record_status (record)))
        continue;
      g_ptr_array_add (rows, hw_reading_row (_ (hw_schema_type (type)->label), name,
                                             hw_reading_choice (record, status->id),
                                             hw_meaning_of_choice (status, hw_record_status (record)),
                                             record));
    }
}

static void
add_nothing (GPtrArray *rows)
{
  GtkWidget *row
    = hw_reading_row (_ ("Nothing is open"), _ ("No visit, reunion, search or referral waits."), NULL,
                      HW_MEANING_NEUTRAL, NULL);

  hw_reading_row_set_icon (row, "object-select-symbolic", NULL);
  g_ptr_array_add (rows, row);
}

GPtrArray *
hw_home_rows_new (HwDesktop *desktop, HwCaseFile *file)
{
  static const char *const reunions_over[]
    = { HW_REUNIFICATION_STATUS_DONE, HW_REUNIFICATION_STATUS_DECLINED, HW_REUNIFICATION_STATUS_BROKEN_DOWN, NULL };
  static const char *const searches_over[]
    = { HW_TRACING_REQUEST_STATUS_VERIFIED,  HW_TRACING_REQUEST_STATUS_CONTACT_AGREED,
        HW_TRACING_REQUEST_STATUS_CONTACT_DECLINED, HW_TRACING_REQUEST_STATUS_NOT_FOUND,
        HW_TRACING_REQUEST_STATUS_DECEASED,  HW_TRACING_REQUEST_STATUS_CLOSED, NULL };
  static const char *const referrals_over[]
    = { HW_REFERRAL_STATUS_REJECTED, HW_REFERRAL_STATUS_DONE, HW_REFERRAL_STATUS_REVOKED, NULL };
  GPtrArray *rows = g_ptr_array_new ();
  g_autofree char *today = hw_desktop_today (desktop);

  add_unsafe (rows, file);
  add_visit (rows, file, today);
  add_open (rows, desktop, file, HW_TYPE_ID_REUNIFICATION, HW_FIELD_REUNIFICATION_MEMBER, reunions_over);
  add_open (rows, desktop, file, HW_TYPE_ID_TRACING_REQUEST, HW_FIELD_TRACING_REQUEST_SOUGHT, searches_over);
  add_open (rows, desktop, file, HW_TYPE_ID_REFERRAL, HW_FIELD_REFERRAL_ORGANISATION, referrals_over);
  if (rows->len == 0)
    add_nothing (rows);
  return rows;
}
