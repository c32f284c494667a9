/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whoever had a part in it stands apart from the others, under words that cannot be overlooked, and a
 * reunion says what its gate still wants before anybody tries to approve it.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/cases/hw-family-section.h"

#include <glib/gi18n.h>

#include "app/cases/hw-reading-rows.h"
#include "app/widgets/hw-block-row.h"
#include "app/widgets/hw-text.h"
#include "domain/hw-family.h"

struct _HwFamilySection
{
  AdwBin parent;

  HwDesktop *desktop; /* (owned) (nullable) */
  HwCaseFile *file;   /* (owned) (nullable) */
  guint relations;
  GtkBox *box; /* (unowned) child */
};

G_DEFINE_FINAL_TYPE (HwFamilySection, hw_family_section, ADW_TYPE_BIN)

enum
{
  OPEN_RECORD,
  ADD_RECORD,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
activated_cb (GtkWidget *row, HwFamilySection *self)
{
  g_signal_emit (
    self, signals[OPEN_RECORD], 0, (const char *)g_object_get_data (G_OBJECT (row), "record-id"));
}

static void
add_cb (GtkWidget *button, HwFamilySection *self)
{
  g_signal_emit (self, signals[ADD_RECORD], 0, (guint)hw_reading_add_type (button));
}

static void
add_row (HwFamilySection *self, GtkWidget *group, GtkWidget *row)
{
  if (g_object_get_data (G_OBJECT (row), "record-id") != NULL)
    g_signal_connect_object (row, "activated", G_CALLBACK (activated_cb), self, 0);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static gboolean
may_create (HwFamilySection *self, HwTypeId type)
{
  return hw_access_may_create (hw_desktop_actor (self->desktop)->role, self->relations, type);
}

/* A group under the plural of its type, with the button that adds one. */
static GtkWidget *
add_group (HwFamilySection *self, HwTypeId type, const char *description)
{
  g_autofree char *title = hw_text_title (hw_schema_type (type)->plural);
  GtkWidget *group = hw_reading_group (title, description);
  GtkWidget *button;

  gtk_box_append (self->box, group);
  if (!may_create (self, type))
    return group;
  button = hw_reading_add_button (type);
  g_signal_connect_object (button, "clicked", G_CALLBACK (add_cb), self, 0);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), button);
  return group;
}

/* ---- Relatives ---- */

/* "Béatrice Ndayikeza (Aunt)"; (nullable) when the record is not there. */
static char *
name_and_relation (HwFamilySection *self, HwRecord *record, HwFieldId field)
{
  HwRecord *member = hw_case_file_lookup (self->file, hw_record_get_text (record, field));
  const char *relation
    = member != NULL ? hw_reading_choice (member, HW_FIELD_FAMILY_MEMBER_RELATION) : NULL;
  g_autofree char *name = member != NULL ? hw_reading_relative_name (member, hw_desktop_veil (self->desktop)) : NULL;

  if (name == NULL || relation == NULL || g_str_has_prefix (name, relation))
    return g_steal_pointer (&name);
  /* Translators: a name and how she is related to them */
  return g_strdup_printf (_ ("%s (%s)"), name, relation);
}

static const char *
contact_words (HwRecord *member, HwMeaning *meaning)
{
  *meaning = HW_MEANING_NEUTRAL;
  if (hw_record_is (member, HW_FIELD_FAMILY_MEMBER_SURVIVOR_WANTS_CONTACT, "yes"))
    {
      *meaning = HW_MEANING_GOOD;
      return _ ("She wants contact");
    }
  if (hw_record_is (member, HW_FIELD_FAMILY_MEMBER_SURVIVOR_WANTS_CONTACT, "later"))
    return _ ("Later, she says");
  *meaning = HW_MEANING_WARNING;
  return hw_record_is (member, HW_FIELD_FAMILY_MEMBER_SURVIVOR_WANTS_CONTACT, "no")
           ? _ ("She wants no contact")
           : _ ("Ask her first");
}

/* Behind the veil: "Mother ••••". */
static gboolean
is_named_by_relation (HwFamilySection *self, HwRecord *member)
{
  const char *relation = hw_reading_choice (member, HW_FIELD_FAMILY_MEMBER_RELATION);
  g_autofree char *name = hw_reading_relative_name (member, hw_desktop_veil (self->desktop));

  return relation != NULL && g_str_has_prefix (name, relation);
}

static GtkWidget *
make_member (HwFamilySection *self, HwRecord *member)
{
  HwVeil *veil = hw_desktop_veil (self->desktop);
  g_autofree char *name = hw_reading_relative_name (member, veil);
  GString *words = g_string_new (NULL);
  HwMeaning meaning;
  const char *contact = contact_words (member, &meaning);
  GtkWidget *row;

  if (!is_named_by_relation (self, member))
    hw_reading_append (words, hw_reading_choice (member, HW_FIELD_FAMILY_MEMBER_RELATION));
  hw_reading_append_field (words, member, HW_FIELD_FAMILY_MEMBER_PLACE, veil);
  hw_reading_append (words,
                     hw_record_get_boolean (member, HW_FIELD_FAMILY_MEMBER_KINSHIP_VERIFIED)
                       ? _ ("kinship verified")
                       : _ ("kinship not verified"));
  if (hw_record_get (member, HW_FIELD_FAMILY_MEMBER_IMPLICATED) == NULL)
    hw_reading_append (words, _ ("not asked yet whether they had a part in it"));
  row = hw_reading_row (name, words->str, contact, meaning, member);
  g_string_free (words, TRUE);
  return row;
}

static GtkWidget *
make_kept_away (HwFamilySection *self, HwRecord *member)
{
  g_autofree char *name = hw_reading_relative_name (member, hw_desktop_veil (self->desktop));
  gboolean sure
    = hw_record_is (member, HW_FIELD_FAMILY_MEMBER_IMPLICATED, HW_FAMILY_MEMBER_IMPLICATED_YES);
  GtkWidget *row = hw_reading_row (name,
                                   is_named_by_relation (self, member)
                                     ? NULL
                                     : hw_reading_choice (member, HW_FIELD_FAMILY_MEMBER_RELATION),
                                   sure ? _ ("Had a part in it") : _ ("Suspected"),
                                   sure ? HW_MEANING_BAD : HW_MEANING_WARNING,
                                   member);

  hw_reading_row_set_icon (row, "dialog-warning-symbolic", sure ? "error" : "warning");
  return row;
}

static void
show_members (HwFamilySection *self)
{
  GPtrArray *members = hw_case_file_of_type (self->file, HW_TYPE_ID_FAMILY_MEMBER);
  GtkWidget *group = add_group (self, HW_TYPE_ID_FAMILY_MEMBER, NULL);
  GtkWidget *away = NULL;
  guint shown = 0;

  for (guint i = 0; i < members->len; i++)
    if (!hw_family_kept_away (g_ptr_array_index (members, i)))
      {
        add_row (self, group, make_member (self, g_ptr_array_index (members, i)));
        shown++;
      }
  if (shown == 0)
    add_row (self, group, hw_reading_nothing (_ ("No family is written down yet.")));
  for (guint i = 0; i < members->len; i++)
    {
      if (!hw_family_kept_away (g_ptr_array_index (members, i)))
        continue;
      if (away == NULL)
        {
          away = hw_reading_group (_ ("Never Contact"),
                                   _ ("Nothing about her goes to them: no call, no visit, no word through others."));
          gtk_box_append (self->box, away);
        }
      add_row (self, away, make_kept_away (self, g_ptr_array_index (members, i)));
    }
}

/* ---- Searches ---- */

static int
compare_steps (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (hw_record_get_text (*(HwRecord *const *)a, HW_FIELD_TRACING_ACTION_AT),
                    hw_record_get_text (*(HwRecord *const *)b, HW_FIELD_TRACING_ACTION_AT));
}

static const char *
icon_of_step (HwRecord *step)
{
  if (hw_record_is (step, HW_FIELD_TRACING_ACTION_ACTION, HW_TRACING_ACTION_ACTION_CALL))
    return "call-start-symbolic";
  if (hw_record_is (step, HW_FIELD_TRACING_ACTION_ACTION, HW_TRACING_ACTION_ACTION_HOME_VISIT))
    return "go-home-symbolic";
  return "system-users-symbolic";
}

static GtkWidget *
make_step (HwFamilySection *self, HwRecord *step, const char *today)
{
  const char *at = hw_record_get_text (step, HW_FIELD_TRACING_ACTION_AT);
  const char *action = hw_reading_choice (step, HW_FIELD_TRACING_ACTION_ACTION);
  const char *by = hw_record_get_text (step, HW_FIELD_TRACING_ACTION_BY);
  const char *result = hw_record_get_text (step, HW_FIELD_TRACING_ACTION_RESULT);
  GString *title = g_string_new (NULL);
  GString *words = g_string_new (NULL);
  GtkWidget *row;
  gint64 us;

  hw_reading_append (title, action != NULL ? action : _ ("A step"));
  hw_reading_append (title, by);
  if (at != NULL && hw_instant_parse (at, &us))
    {
      g_autofree char *when = hw_text_moment (us, hw_desktop_office_zone (self->desktop), today);

      g_string_append (words, when);
    }
  /* A story names people as it likes: it is on the record's own page. */
  if (result != NULL && !hw_veil_masks_names (hw_desktop_veil (self->desktop)))
    g_string_append_printf (words, "%s%s", words->len > 0 ? "\n" : "", result);
  row = hw_reading_row (title->str, words->str, NULL, HW_MEANING_NEUTRAL, step);
  hw_reading_row_set_icon (row, icon_of_step (step), "dim-label");
  g_string_free (title, TRUE);
  g_string_free (words, TRUE);
  return row;
}

static GtkWidget *
make_search (HwFamilySection *self, HwRecord *search)
{
  g_autofree char *sought = name_and_relation (self, search, HW_FIELD_TRACING_REQUEST_SOUGHT);
  g_autofree char *title
    = sought != NULL ? g_strdup_printf (_ ("Looking for %s"), sought) : g_strdup (_ ("A search for nobody named yet"));
  HwValue *news = hw_record_get (search, HW_FIELD_TRACING_REQUEST_LAST_NEWS);
  GString *words = g_string_new (NULL);
  const char *status = hw_record_status (search);
  GtkWidget *row;

  if (news != NULL)
    {
      g_autofree char *day = hw_text_history_date (hw_value_text (news), hw_value_unit (news));
      g_autofree char *told = g_strdup_printf (_ ("Last news %s"), day);

      hw_reading_append (words, told);
    }
  hw_reading_append_field (
    words, search, HW_FIELD_TRACING_REQUEST_LAST_KNOWN_PLACE, hw_desktop_veil (self->desktop));
  row = hw_reading_row (title,
                        words->str,
                        hw_reading_choice (search, HW_FIELD_TRACING_REQUEST_STATUS),
                        hw_meaning_of_choice (hw_schema_field (HW_FIELD_TRACING_REQUEST_STATUS), status),
                        search);
  g_string_free (words, TRUE);
  return row;
}

static void
show_search (HwFamilySection *self, GtkWidget *group, HwRecord *search, const char *today)
{
  GPtrArray *all = hw_case_file_of_type (self->file, HW_TYPE_ID_TRACING_ACTION);
  g_autoptr (GPtrArray) steps = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++)
    if (hw_record_is (g_ptr_array_index (all, i),
                      HW_FIELD_TRACING_ACTION_TRACING_REQUEST,
                      hw_record_id (search)))
      g_ptr_array_add (steps, g_ptr_array_index (all, i));
  g_ptr_array_sort (steps, compare_steps);
  add_row (self, group, make_search (self, search));
  for (guint i = 0; i < steps->len; i++)
    add_row (self, group, make_step (self, g_ptr_array_index (steps, i), today));
  if (steps->len == 0)
    add_row (self, group, hw_reading_nothing (_ ("No step has been taken yet.")));
}

/* Steps are added beside the searches they belong to. */
static void
add_step_button (HwFamilySection *self, GtkWidget *group)
{
  GtkWidget *button = hw_reading_add_button (HW_TYPE_ID_TRACING_ACTION);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *search = adw_preferences_group_get_header_suffix (ADW_PREFERENCES_GROUP (group));

  gtk_button_set_label (GTK_BUTTON (button), _ ("Add a Step"));
  g_signal_connect_object (button, "clicked", G_CALLBACK (add_cb), self, 0);
  if (search != NULL)
    g_object_ref (search);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), NULL);
  gtk_box_append (GTK_BOX (box), button);
  if (search != NULL)
    {
      gtk_box_append (GTK_BOX (box), search);
      g_object_unref (search);
    }
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), box);
}

static void
show_searches (HwFamilySection *self)
{
  GPtrArray *searches = hw_case_file_of_type (self->file, HW_TYPE_ID_TRACING_REQUEST);
  GtkWidget *group = add_group (self, HW_TYPE_ID_TRACING_REQUEST, NULL);
  g_autofree char *today = hw_desktop_today (self->desktop);

  if (searches->len > 0 && may_create (self, HW_TYPE_ID_TRACING_ACTION))
    add_step_button (self, group);
  for (guint i = 0; i < searches->len; i++)
    show_search (self, group, g_ptr_array_index (searches, i), today);
  if (searches->len == 0)
    add_row (self, group, hw_reading_nothing (_ ("Nobody is being searched for.")));
}

/* ---- Reunions ---- */

static void
fix_cb (HwBlockRow *row, HwFamilySection *self)
{
  const char *record = hw_block_row_get_fix_record (row);
  HwTypeId type = hw_block_row_get_fix_type (row);

  if (record != NULL && hw_case_file_lookup (self->file, record) != NULL)
    g_signal_emit (self, signals[OPEN_RECORD], 0, record);
  else if (type != HW_TYPE_ID_NONE && may_create (self, type))
    g_signal_emit (self, signals[ADD_RECORD], 0, (guint)type);
}

/* (nullable) the next status that a gate stands before. */
static const char *
next_gated (HwRecord *reunion)
{
  if (hw_record_is (reunion, HW_FIELD_REUNIFICATION_STATUS, HW_REUNIFICATION_STATUS_APPROVED))
    return HW_REUNIFICATION_STATUS_DONE;
  if (hw_record_status (reunion) == NULL
      || hw_record_is (reunion, HW_FIELD_REUNIFICATION_STATUS, HW_REUNIFICATION_STATUS_PLANNED)
      || hw_record_is (reunion, HW_FIELD_REUNIFICATION_STATUS, HW_REUNIFICATION_STATUS_ASSESSED))
    return HW_REUNIFICATION_STATUS_APPROVED;
  return NULL;
}

static void
show_wanted (HwFamilySection *self, GtkWidget *group, HwRecord *reunion)
{
  static const HwGateId gates[] = { HW_GATE_REUNIFICATION, HW_GATE_CHILD };
  const HwRulesContext context = { .now_us = hw_clock_now (hw_desktop_clock (self->desktop)) };
  const char *target = next_gated (reunion);
  gboolean done = g_strcmp0 (target, HW_REUNIFICATION_STATUS_DONE) == 0;
  GtkWidget *row;
  guint wanted = 0;

  if (target == NULL)
    return;
  for (guint i = 0; i < (done ? G_N_ELEMENTS (gates) : 1); i++)
    {
      g_autoptr (HwVerdict) verdict
        = hw_gate_evaluate (gates[i], self->file, reunion, target, &context);
      GPtrArray *conditions = hw_verdict_conditions (verdict);

      for (guint n = 0; n < conditions->len; n++, wanted++)
        {
          row = hw_block_row_new_for_condition (g_ptr_array_index (conditions, n));
          g_signal_connect_object (row, "fix", G_CALLBACK (fix_cb), self, 0);
          add_row (self, group, row);
        }
    }
  if (wanted > 0)
    return;
  row = hw_reading_row (done ? _ ("Nothing stands in its way") : _ ("It can be approved"),
                        NULL, NULL, HW_MEANING_NEUTRAL, NULL);
  hw_reading_row_set_icon (row, "emblem-ok-symbolic", "success");
  add_row (self, group, row);
}

static void
show_reunion (HwFamilySection *self, GtkWidget *group, HwRecord *reunion, const char *today)
{
  g_autofree char *member = name_and_relation (self, reunion, HW_FIELD_REUNIFICATION_MEMBER);
  g_autofree char *chosen = name_and_relation (self, reunion, HW_FIELD_REUNIFICATION_SURVIVOR_CHOICE);
  g_autofree char *title
    = member != NULL ? g_strdup_printf (_ ("With %s"), member) : g_strdup (_ ("With nobody named yet"));
  const char *day = hw_record_get_text (reunion, HW_FIELD_REUNIFICATION_DATE);
  const char *home = hw_reading_choice (reunion, HW_FIELD_REUNIFICATION_ASSESSMENT);
  const char *status = hw_record_status (reunion);
  g_autofree char *when = day != NULL ? hw_text_day (day, today) : NULL;

  add_row (self,
           group,
           hw_reading_row (title,
                           when,
                           hw_reading_choice (reunion, HW_FIELD_REUNIFICATION_STATUS),
                           hw_meaning_of_choice (
                             hw_schema_field (HW_FIELD_REUNIFICATION_STATUS), status),
                           reunion));
  if (home != NULL)
    add_row (self, group, hw_reading_row (home, _ ("How the home was found"), NULL, HW_MEANING_NEUTRAL, reunion));
  if (chosen != NULL)
    add_row (self, group, hw_reading_row (chosen, _ ("Whom she chose"), NULL, HW_MEANING_NEUTRAL, NULL));
  show_wanted (self, group, reunion);
}

static void
show_reunions (HwFamilySection *self)
{
  GPtrArray *reunions = hw_case_file_of_type (self->file, HW_TYPE_ID_REUNIFICATION);
  GtkWidget *group = add_group (self, HW_TYPE_ID_REUNIFICATION, NULL);
  g_autofree char *today = hw_desktop_today (self->desktop);

  for (guint i = reunions->len; i > 0; i--)
    show_reunion (self, group, g_ptr_array_index (reunions, i - 1), today);
  if (reunions->len == 0)
    add_row (self,
             group,
             hw_reading_nothing (_ ("No reunion is planned. She says with whom, and when.")));
}

/* ---- The widget ---- */

static void
hw_family_section_dispose (GObject *object)
{
  HwFamilySection *self = HW_FAMILY_SECTION (object);

  g_clear_object (&self->desktop);
  g_clear_object (&self->file);

  G_OBJECT_CLASS (hw_family_section_parent_class)->dispose (object);
}

static void
hw_family_section_class_init (HwFamilySectionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hw_family_section_dispose;
  signals[OPEN_RECORD]
    = g_signal_new ("open-record", HW_TYPE_FAMILY_SECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[ADD_RECORD]
    = g_signal_new ("add-record", HW_TYPE_FAMILY_SECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
hw_family_section_init (HwFamilySection *self)
{
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 18));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

GtkWidget *
hw_family_section_new (HwDesktop *desktop)
{
  HwFamilySection *self = g_object_new (HW_TYPE_FAMILY_SECTION, NULL);

  self->desktop = g_object_ref (desktop);
  return GTK_WIDGET (self);
}

void
hw_family_section_show (HwFamilySection *self, HwCaseFile *file, guint relations)
{
  GtkWidget *child;

  g_return_if_fail (HW_IS_FAMILY_SECTION (self));

  g_set_object (&self->file, file);
  self->relations = relations;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
  show_members (self);
  show_searches (self);
  show_reunions (self);
}
