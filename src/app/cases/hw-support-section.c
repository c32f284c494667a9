/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A visit is marked when its days have come and when they have passed; one that was unsafe says before
 * anything else that nobody calls.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/cases/hw-support-section.h"

#include <glib/gi18n.h>

#include "app/cases/hw-reading-rows.h"
#include "app/forms/hw-record-words.h"
#include "app/widgets/hw-text.h"
#include "base/hw-base.h"
#include "domain/hw-family.h"

struct _HwSupportSection
{
  AdwBin parent;

  HwDesktop *desktop; /* (owned) (nullable) */
  HwCaseFile *file;   /* (owned) (nullable) */
  guint relations;
  GtkBox *box; /* (unowned) child */
};

G_DEFINE_FINAL_TYPE (HwSupportSection, hw_support_section, ADW_TYPE_BIN)

enum
{
  OPEN_RECORD,
  ADD_RECORD,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
activated_cb (GtkWidget *row, HwSupportSection *self)
{
  g_signal_emit (
    self, signals[OPEN_RECORD], 0, (const char *)g_object_get_data (G_OBJECT (row), "record-id"));
}

static void
add_cb (GtkWidget *button, HwSupportSection *self)
{
  g_signal_emit (self, signals[ADD_RECORD], 0, (guint)hw_reading_add_type (button));
}

static void
add_row (HwSupportSection *self, GtkWidget *group, GtkWidget *row)
{
  if (g_object_get_data (G_OBJECT (row), "record-id") != NULL)
    g_signal_connect_object (row, "activated", G_CALLBACK (activated_cb), self, 0);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static GtkWidget *
add_group (HwSupportSection *self, HwTypeId type)
{
  HwRole role = hw_desktop_actor (self->desktop)->role;
  g_autofree char *title = hw_text_title (hw_schema_type (type)->plural);
  GtkWidget *group = hw_reading_group (title, NULL);
  GtkWidget *button;

  gtk_box_append (self->box, group);
  if (!hw_access_may_create (role, self->relations, type))
    return group;
  button = hw_reading_add_button (type);
  g_signal_connect_object (button, "clicked", G_CALLBACK (add_cb), self, 0);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), button);
  return group;
}

/* ---- Visits ---- */

static void
append_score (GString *words, HwRecord *visit, HwFieldId field, const char *name)
{
  g_autofree char *told = NULL;

  if (hw_record_get (visit, field) == NULL)
    return;
  /* Translators: what was found at a visit and how it is, from 0 to 3: "Livelihood 2 of 3" */
  told = g_strdup_printf (_ ("%s %d of 3"), name, (int)hw_record_get_integer (visit, field));
  hw_reading_append (words, told);
}

static char *
visit_words (HwRecord *visit, HwVisitState state)
{
  GString *words = g_string_new (NULL);
  const char *summary = hw_record_get_text (visit, HW_FIELD_FOLLOW_UP_SUMMARY);
  gint64 window = hw_record_get_integer (visit, HW_FIELD_FOLLOW_UP_WINDOW_DAYS);

  if (state == HW_VISIT_UNSAFE)
    hw_reading_append (words, _ ("Nobody calls. Reach her another way"));
  else
    hw_reading_append (words, hw_reading_choice (visit, HW_FIELD_FOLLOW_UP_CHANNEL));
  if (window > 0 && (state == HW_VISIT_COMING || state == HW_VISIT_DUE || state == HW_VISIT_LATE))
    {
      g_autofree char *days = g_strdup_printf (
        ngettext ("%d day either way", "%d days either way", (gulong)window), (int)window);

      hw_reading_append (words, days);
    }
  append_score (words, visit, HW_FIELD_FOLLOW_UP_ECONOMIC, _ ("Livelihood"));
  append_score (words, visit, HW_FIELD_FOLLOW_UP_SOCIAL, _ ("Social life"));
  append_score (words, visit, HW_FIELD_FOLLOW_UP_PSYCHOSOCIAL, _ ("Wellbeing"));
  if (hw_record_get_boolean (visit, HW_FIELD_FOLLOW_UP_RETRAFFICKING_SIGNS))
    hw_reading_append (words, _ ("Signs that it may happen again"));
  if (summary != NULL)
    g_string_append_printf (words, "%s%s", words->len > 0 ? "\n" : "", summary);
  return g_string_free (words, FALSE);
}

static GtkWidget *
make_visit (HwRecord *visit, const char *today)
{
  HwVisitState state = hw_visit_state (visit, today);
  const char *due = hw_record_get_text (visit, HW_FIELD_FOLLOW_UP_DUE_ON);
  g_autofree char *words = visit_words (visit, state);
  g_autofree char *title = NULL;
  HwMeaning meaning;
  g_autofree char *pill = hw_record_words_visit (visit, today, &meaning);
  GtkWidget *row;

  if (due == NULL)
    title = g_strdup (_ ("No day set"));
  else if (state == HW_VISIT_OVER || state == HW_VISIT_UNSAFE)
    title = hw_text_day (due, today);
  else
    title = hw_text_due_short (due, today);
  row = hw_reading_row (title, words, pill, meaning, visit);
  if (state == HW_VISIT_UNSAFE || state == HW_VISIT_LATE)
    hw_reading_row_set_icon (row, "dialog-warning-symbolic", "error");
  return row;
}

static int
compare_days (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (hw_record_get_text (*(HwRecord *const *)a, HW_FIELD_FOLLOW_UP_DUE_ON),
                    hw_record_get_text (*(HwRecord *const *)b, HW_FIELD_FOLLOW_UP_DUE_ON));
}

static void
show_visits (HwSupportSection *self, const char *today)
{
  GPtrArray *all = hw_case_file_of_type (self->file, HW_TYPE_ID_FOLLOW_UP);
  g_autoptr (GPtrArray) visits = g_ptr_array_new ();
  GtkWidget *group = add_group (self, HW_TYPE_ID_FOLLOW_UP);

  for (guint i = 0; i < all->len; i++)
    g_ptr_array_add (visits, g_ptr_array_index (all, i));
  g_ptr_array_sort (visits, compare_days);
  for (guint i = 0; i < visits->len; i++)
    add_row (self, group, make_visit (g_ptr_array_index (visits, i), today));
  if (visits->len == 0)
    add_row (self, group, hw_reading_nothing (_ ("Follow-ups are planned by themselves when she arrives.")));
}

/* ---- Plans ---- */

static const char *
plan_pill (HwRecord *plan, const char *today, HwMeaning *meaning)
{
  const char *planned = hw_record_get_text (plan, HW_FIELD_SUPPORT_PLAN_PLANNED_END);

  *meaning = HW_MEANING_NEUTRAL;
  if (hw_record_get (plan, HW_FIELD_SUPPORT_PLAN_ACTUAL_END) != NULL)
    return _ ("Ended");
  if (planned == NULL || hw_date_days_between (planned, today) <= 0)
    return _ ("Running");
  *meaning = HW_MEANING_WARNING;
  return _ ("Past its end");
}

static GtkWidget *
make_plan (HwRecord *plan, const char *today)
{
  const char *kind = hw_reading_choice (plan, HW_FIELD_SUPPORT_PLAN_KIND);
  const char *ended = hw_record_get_text (plan, HW_FIELD_SUPPORT_PLAN_ACTUAL_END);
  const char *until = ended != NULL ? ended : hw_record_get_text (plan, HW_FIELD_SUPPORT_PLAN_PLANNED_END);
  const char *objectives = hw_record_get_text (plan, HW_FIELD_SUPPORT_PLAN_OBJECTIVES);
  HwValue *budget = hw_record_get (plan, HW_FIELD_SUPPORT_PLAN_BUDGET);
  GString *words = g_string_new (NULL);
  HwMeaning meaning;
  const char *pill = plan_pill (plan, today, &meaning);
  GtkWidget *row;

  if (until != NULL)
    {
      g_autofree char *day = hw_text_day (until, today);
      g_autofree char *told = g_strdup_printf (_ ("Until %s"), day);

      hw_reading_append (words, told);
    }
  if (budget != NULL)
    {
      g_autofree char *money = hw_text_money (hw_value_integer (budget), hw_value_unit (budget));

      hw_reading_append (words, money);
    }
  if (objectives != NULL)
    g_string_append_printf (words, "%s%s", words->len > 0 ? "\n" : "", objectives);
  row = hw_reading_row (kind != NULL ? kind : _ ("Support plan"), words->str, pill, meaning, plan);
  g_string_free (words, TRUE);
  return row;
}

static void
show_plans (HwSupportSection *self, const char *today)
{
  GPtrArray *plans = hw_case_file_of_type (self->file, HW_TYPE_ID_SUPPORT_PLAN);
  GtkWidget *group = add_group (self, HW_TYPE_ID_SUPPORT_PLAN);

  for (guint i = plans->len; i > 0; i--)
    add_row (self, group, make_plan (g_ptr_array_index (plans, i - 1), today));
  if (plans->len == 0)
    add_row (self, group, hw_reading_nothing (_ ("No support is planned yet. Ask her what she wants to do first.")));
}

/* ---- Referrals ---- */

/* To who made it, its organisation may not be told; that it was theirs, always. */
static char *
referral_name (HwSupportSection *self, HwRecord *referral)
{
  const char *organisation = hw_record_get_text (referral, HW_FIELD_REFERRAL_ORGANISATION);

  if (organisation != NULL)
    return hw_desktop_record_name (self->desktop, organisation);
  if (hw_access_is_own (referral, hw_desktop_actor (self->desktop)))
    return g_strdup (_ ("Your referral"));
  return g_strdup (_ ("No organisation named"));
}

static GtkWidget *
make_referral (HwSupportSection *self, HwRecord *referral, const char *today)
{
  const char *on = hw_record_get_text (referral, HW_FIELD_REFERRAL_ON);
  g_autofree char *name = referral_name (self, referral);
  GString *words = g_string_new (NULL);
  GtkWidget *row;

  hw_reading_append (words, hw_reading_choice (referral, HW_FIELD_REFERRAL_DIRECTION));
  if (on != NULL)
    {
      g_autofree char *day = hw_text_day (on, today);

      hw_reading_append (words, day);
    }
  hw_reading_append (words, hw_reading_choice (referral, HW_FIELD_REFERRAL_REASON));
  row = hw_reading_row (name,
                        words->str,
                        hw_reading_choice (referral, HW_FIELD_REFERRAL_STATUS),
                        hw_meaning_of_choice (
                          hw_schema_field (HW_FIELD_REFERRAL_STATUS), hw_record_status (referral)),
                        referral);
  g_string_free (words, TRUE);
  return row;
}

static void
show_referrals (HwSupportSection *self, const char *today)
{
  GPtrArray *referrals = hw_case_file_of_type (self->file, HW_TYPE_ID_REFERRAL);
  GtkWidget *group = add_group (self, HW_TYPE_ID_REFERRAL);

  for (guint i = referrals->len; i > 0; i--)
    add_row (self, group, make_referral (self, g_ptr_array_index (referrals, i - 1), today));
  if (referrals->len == 0)
    add_row (self, group, hw_reading_nothing (_ ("She has been referred to nobody yet.")));
}

/* ---- The widget ---- */

static void
hw_support_section_dispose (GObject *object)
{
  HwSupportSection *self = HW_SUPPORT_SECTION (object);

  g_clear_object (&self->desktop);
  g_clear_object (&self->file);

  G_OBJECT_CLASS (hw_support_section_parent_class)->dispose (object);
}

static void
hw_support_section_class_init (HwSupportSectionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hw_support_section_dispose;
  signals[OPEN_RECORD]
    = g_signal_new ("open-record", HW_TYPE_SUPPORT_SECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[ADD_RECORD]
    = g_signal_new ("add-record", HW_TYPE_SUPPORT_SECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
hw_support_section_init (HwSupportSection *self)
{
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 18));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

GtkWidget *
hw_support_section_new (HwDesktop *desktop)
{
  HwSupportSection *self = g_object_new (HW_TYPE_SUPPORT_SECTION, NULL);

  self->desktop = g_object_ref (desktop);
  return GTK_WIDGET (self);
}

void
hw_support_section_show (HwSupportSection *self, HwCaseFile *file, guint relations)
{
  g_autofree char *today = hw_desktop_today (self->desktop);
  GtkWidget *child;

  g_return_if_fail (HW_IS_SUPPORT_SECTION (self));

  g_set_object (&self->file, file);
  self->relations = relations;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
  show_visits (self, today);
  show_plans (self, today);
  show_referrals (self, today);
}
