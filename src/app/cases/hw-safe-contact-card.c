/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A call at the wrong minute can cost her the phone, or more. The card says, each minute anew, whether
 * calling is safe now, and what to do when somebody else answers.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/cases/hw-safe-contact-card.h"

#include <glib/gi18n.h>

#include "app/cases/hw-case-groups.h"
#include "app/forms/hw-field-row.h"
#include "app/hw-desktop-references.h"
#include "app/widgets/hw-rows.h"
#include "app/widgets/hw-text.h"
#include "domain/hw-family.h"

#define REFRESH_S 20
#define MINUTES_A_DAY (24 * 60)

struct _HwSafeContactCard
{
  AdwBin parent;

  HwDesktop *desktop; /* (owned) (nullable) */
  HwRecord  *contact; /* (owned) (nullable) */
  gboolean   unsafe;  /* a visit found that nobody may call */
  guint      refresh;

  AdwPreferencesGroup *group;   /* (unowned) child */
  AdwActionRow        *now_row; /* (unowned) */
};

G_DEFINE_FINAL_TYPE (HwSafeContactCard, hw_safe_contact_card, ADW_TYPE_BIN)

static int
minute_of_day (const char *time_of_day)
{
  return (int) (g_ascii_strtoull (time_of_day, NULL, 10) * 60 + g_ascii_strtoull (time_of_day + 3, NULL, 10));
}

gboolean
hw_safe_contact_callable (HwRecord *contact, gint64 now_us, gint *minutes_left)
{
  const char *from = hw_record_get_text (contact, HW_FIELD_SAFE_CONTACT_WINDOW_FROM);
  const char *to = hw_record_get_text (contact, HW_FIELD_SAFE_CONTACT_WINDOW_TO);
  const char *zone = hw_record_get_text (contact, HW_FIELD_SAFE_CONTACT_WINDOW_ZONE);
  g_autofree char *wall = NULL;
  int now, start, length, since;

  *minutes_left = -1;
  if (!hw_record_is (contact, HW_FIELD_SAFE_CONTACT_SAFE, HW_SAFE_CONTACT_SAFE_YES))
    return FALSE;
  if (from == NULL || to == NULL || zone == NULL)
    return FALSE;
  wall = hw_wall_clock_of_instant (now_us, zone);
  now = minute_of_day (wall + strlen ("2026-11-24T"));
  start = minute_of_day (from);
  /* A window may cross midnight: 23:00 to 01:00. */
  length = (minute_of_day (to) - start + MINUTES_A_DAY) % MINUTES_A_DAY;
  since = (now - start + MINUTES_A_DAY) % MINUTES_A_DAY;
  *minutes_left = since < length ? length - since : MINUTES_A_DAY - since;
  return since < length;
}

static char *
minutes_words (int minutes)
{
  if (minutes < 60)
    return g_strdup_printf (g_dngettext (NULL, "%d minute", "%d minutes", minutes), minutes);
  return g_strdup_printf (g_dngettext (NULL, "%d hour", "%d hours", minutes / 60), minutes / 60);
}

static void
show_now (HwSafeContactCard *self)
{
  const char *zone = hw_record_get_text (self->contact, HW_FIELD_SAFE_CONTACT_WINDOW_ZONE);
  g_autofree char *place = zone != NULL ? hw_text_zone (zone) : NULL;
  g_autofree char *left = NULL;
  g_autofree char *detail = NULL;
  int minutes;
  gboolean callable
      = hw_safe_contact_callable (self->contact, hw_clock_now (hw_desktop_clock (self->desktop)), &minutes);

  if (minutes >= 0)
    left = minutes_words (minutes);
  if (self->unsafe)
    {
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->now_row), _ ("Do not call"));
      detail = g_strdup (_ ("The last visit found it unsafe to contact her. Reach her another way."));
    }
  else if (hw_record_is (self->contact, HW_FIELD_SAFE_CONTACT_SAFE, HW_SAFE_CONTACT_SAFE_NO))
    {
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->now_row), _ ("Do not call"));
      detail = g_strdup (_ ("This way of reaching her is not safe."));
    }
  else if (callable)
    {
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->now_row), _ ("Safe to call now"));
      detail = g_strdup_printf (_ ("Until %s %s, %s left"), hw_record_get_text (self->contact, HW_FIELD_SAFE_CONTACT_WINDOW_TO), place, left);
    }
  else if (minutes >= 0)
    {
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->now_row), _ ("Do not call now"));
      detail = g_strdup_printf (_ ("From %s %s, in %s"), hw_record_get_text (self->contact, HW_FIELD_SAFE_CONTACT_WINDOW_FROM), place, left);
    }
  else
    {
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->now_row), _ ("Not known when calling is safe"));
      detail = g_strdup (_ ("Wait for her to call, or ask when she does."));
    }
  adw_action_row_set_subtitle (self->now_row, detail);
}

static gboolean
refresh_cb (gpointer user_data)
{
  show_now (user_data);
  return G_SOURCE_CONTINUE;
}

static AdwActionRow *
add_row (HwSafeContactCard *self, const char *title, const char *subtitle)
{
  GtkWidget *row = hw_rows_new (title, subtitle);

  adw_preferences_group_add (self->group, row);
  return ADW_ACTION_ROW (row);
}

/* What it says of her is shown when asked for: a card lies open as long as the case does. */
static void
add_text_row (HwSafeContactCard *self, const char *title, HwFieldId field)
{
  HwValue *value = hw_record_get (self->contact, field);
  g_autoptr (HwFormContext) context = hw_desktop_form_context (self->desktop, NULL);

  if (value == NULL)
    return;
  if (hw_veil_covers (hw_desktop_veil (self->desktop), hw_schema_field (field)))
    adw_preferences_group_add (self->group, hw_field_row_new_reading (self->contact, field, value, context));
  else
    add_row (self, title, hw_value_text (value));
}

static void
fill (HwSafeContactCard *self)
{
  self->now_row = add_row (self, "", NULL);
  adw_action_row_add_prefix (self->now_row, gtk_image_new_from_icon_name (self->unsafe ? "dialog-warning-symbolic" : "call-start-symbolic"));
  show_now (self);
  add_text_row (self, _ ("Code word"), HW_FIELD_SAFE_CONTACT_CODE_WORD);
  add_text_row (self, _ ("If somebody else answers"), HW_FIELD_SAFE_CONTACT_WHO_MAY_ANSWER);
  add_text_row (self, _ ("Who may be listening or reading"), HW_FIELD_SAFE_CONTACT_MONITORED_BY);
  if (!hw_record_get_boolean (self->contact, HW_FIELD_SAFE_CONTACT_MAY_LEAVE_MESSAGE))
    add_row (self, _ ("Leave no message"), _ ("She has not said that it is safe."));
  self->refresh = g_timeout_add_seconds (REFRESH_S, refresh_cb, self);
}

static void
hw_safe_contact_card_dispose (GObject *object)
{
  HwSafeContactCard *self = HW_SAFE_CONTACT_CARD (object);

  g_clear_handle_id (&self->refresh, g_source_remove);
  g_clear_object (&self->contact);
  g_clear_object (&self->desktop);

  G_OBJECT_CLASS (hw_safe_contact_card_parent_class)->dispose (object);
}

static void
hw_safe_contact_card_class_init (HwSafeContactCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hw_safe_contact_card_dispose;
}

static void
hw_safe_contact_card_init (HwSafeContactCard *self)
{
}

GtkWidget *
hw_safe_contact_card_new (void)
{
  return g_object_new (HW_TYPE_SAFE_CONTACT_CARD, NULL);
}

static guint
relations_to (HwDesktop *desktop, HwCaseFile *file)
{
  return hw_access_relations (file, NULL, hw_desktop_actor (desktop), hw_clock_now (hw_desktop_clock (desktop)));
}

void
hw_safe_contact_card_show (HwSafeContactCard *self, HwDesktop *desktop, HwCaseFile *file)
{
  g_clear_handle_id (&self->refresh, g_source_remove);
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_set_object (&self->desktop, desktop);
  g_clear_object (&self->contact);
  if (file == NULL || !hw_case_group_tells_type (HW_TYPE_ID_SAFE_CONTACT, file, hw_desktop_actor (desktop)->role, relations_to (desktop, file)))
    return;

  self->contact = hw_case_file_latest (file, HW_TYPE_ID_SAFE_CONTACT);
  if (self->contact != NULL)
    g_object_ref (self->contact);
  self->unsafe = hw_visit_unsafe (file) != NULL;
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->group, _ ("Safe Contact"));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->group));
  if (self->contact != NULL)
    fill (self);
  else if (self->unsafe)
    add_row (self, _ ("Do not call"), _ ("The last visit found it unsafe to contact her. Reach her another way."));
  else
    add_row (self, _ ("No safe contact yet"), _ ("Ask her how and when she can be reached."));
}
