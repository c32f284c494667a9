/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A case at a glance: one question first, what blocks departure, each answer with one button that leads
 * to the fix; then the tracks; then the sections. The name is shown only when asked for, and hides again.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/cases/hw-case-overview.h"

#include <glib/gi18n.h>

#include "app/cases/hw-case-columns.h"
#include "app/cases/hw-home-rows.h"
#include "app/cases/hw-next-card.h"
#include "app/cases/hw-safe-contact-card.h"
#include "app/cases/hw-timeline-card.h"
#include "app/forms/hw-reveal-button.h"
#include "app/widgets/hw-block-row.h"
#include "app/widgets/hw-clock-label.h"
#include "app/widgets/hw-pill.h"
#include "app/widgets/hw-rows.h"
#include "app/widgets/hw-text.h"
#include "app/widgets/hw-track-strip.h"
#include "app/widgets/hw-width-bin.h"

/* More rows than this hide behind one that opens them: early in a case nearly everything is still to do. */
#define BLOCKS_SHOWN 5
/* Below this width the two columns stand under one another. */
#define TWO_COLUMNS_PX 860
#define SIDE_PX 332
/* And below this one the clocks stand under the name. */
#define HEAD_PX 640

struct _HwCaseOverview
{
  AdwBin parent;

  HwDesktop  *desktop; /* (owned) (nullable) */
  HwCaseFile *file;    /* (owned) (nullable) */
  HwSummary  *summary; /* (owned) (nullable) */
  guint       relations;  /* what who looks is to this case */
  gboolean    all_blocks; /* the person asked to see every condition */

  GtkScrolledWindow   *scroller;
  GtkBox              *head;
  GtkBox              *columns;
  GtkBox              *main_box;
  AdwClamp            *side;
  GtkLabel            *name_label;
  HwPill              *urgency_pill;
  GtkLabel            *facts_label;
  HwRevealButton      *name_button;
  GtkButton           *claim_button;
  HwClockLabel        *her_clock;
  HwClockLabel        *our_clock;
  GtkLabel            *hold_label;
  GtkLabel            *blocks_title;
  GtkListBox          *blocks;
  GtkWidget           *blocks_box;
  GtkWidget           *tracks_box;
  HwTrackStrip        *tracks;
  GtkListBox          *sections;
  HwTimelineCard      *timeline;
  HwSafeContactCard   *contact_card;
  HwNextCard          *next_card;
};

G_DEFINE_FINAL_TYPE (HwCaseOverview, hw_case_overview, ADW_TYPE_BIN)

enum
{
  SIGNAL_OPEN_RECORD,
  SIGNAL_OPEN_GROUP,
  SIGNAL_FIX,
  SIGNAL_ADD_RECORD,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static HwRecord *
case_record (HwCaseOverview *self)
{
  return hw_case_file_case (self->file);
}

static gboolean
reads (HwCaseOverview *self, HwFieldId field)
{
  return hw_access_may_read (hw_desktop_actor (self->desktop)->role, self->relations, hw_schema_field (field));
}

/* ---- Head ---- */

static char *
full_name (HwCaseOverview *self)
{
  HwRecord *survivor = hw_case_file_survivor (self->file);
  const char *given = survivor != NULL ? hw_record_get_text (survivor, HW_FIELD_PERSON_GIVEN_NAMES) : NULL;
  const char *family = survivor != NULL ? hw_record_get_text (survivor, HW_FIELD_PERSON_FAMILY_NAME) : NULL;

  if (given == NULL && family == NULL)
    return NULL;
  return g_strstrip (g_strdup_printf ("%s %s", given != NULL ? given : "", family != NULL ? family : ""));
}

static void
show_name (HwCaseOverview *self)
{
  gboolean masked = hw_veil_covers (hw_desktop_veil (self->desktop), hw_schema_field (HW_FIELD_PERSON_FAMILY_NAME));
  const char *pseudonym = hw_record_get_text (case_record (self), HW_FIELD_CASE_PSEUDONYM);
  const char *code = hw_record_get_text (case_record (self), HW_FIELD_CASE_CODE);
  const char *nameless = reads (self, HW_FIELD_CASE_PSEUDONYM) || code == NULL ? _ ("Name not yet given") : code;
  g_autofree char *name = full_name (self);
  gboolean full = name != NULL && (!masked || hw_reveal_button_is_open (self->name_button));

  gtk_label_set_text (self->name_label, full ? name : pseudonym != NULL ? pseudonym : nameless);
}

static void
name_shown_cb (HwCaseOverview *self)
{
  if (self->file != NULL)
    show_name (self);
}

/* While it is shown the case may be read anew: it stays shown. */
static void
cover_name (HwCaseOverview *self)
{
  HwRecord *survivor = hw_case_file_survivor (self->file);

  hw_reveal_button_set_veil (self->name_button, hw_desktop_veil (self->desktop));
  if (hw_reveal_button_is_open (self->name_button))
    return;
  hw_reveal_button_clear (self->name_button);
  hw_reveal_button_add (self->name_button, survivor, HW_FIELD_PERSON_GIVEN_NAMES);
  hw_reveal_button_add (self->name_button, survivor, HW_FIELD_PERSON_FAMILY_NAME);
}

static gboolean
name_key_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  HwCaseOverview *self = HW_CASE_OVERVIEW (widget);

  if (!gtk_widget_get_visible (GTK_WIDGET (self->name_button)))
    return FALSE;
  g_signal_emit_by_name (self->name_button, "clicked");
  return TRUE;
}

static HwMeaning
urgency_meaning (const char *urgency)
{
  if (g_str_equal (urgency, HW_CASE_URGENCY_EMERGENCY))
    return HW_MEANING_BAD;
  return g_str_equal (urgency, HW_CASE_URGENCY_HIGH) ? HW_MEANING_WARNING : HW_MEANING_NEUTRAL;
}

static void
show_urgency (HwCaseOverview *self)
{
  const char *urgency = hw_record_get_text (case_record (self), HW_FIELD_CASE_URGENCY);
  const HwChoice *choice = urgency != NULL ? hw_field_choice (hw_schema_field (HW_FIELD_CASE_URGENCY), urgency) : NULL;
  g_autofree char *words = choice != NULL ? g_strdup_printf (_ ("Urgency: %s"), _ (choice->label)) : NULL;

  hw_pill_set (self->urgency_pill, words, urgency != NULL ? urgency_meaning (urgency) : HW_MEANING_NEUTRAL);
}

static char *
opened_words (HwRecord *record, const char *today)
{
  const char *opened = hw_record_get_text (record, HW_FIELD_CASE_OPENED_ON);
  int days = opened != NULL ? hw_date_days_between (opened, today) : 0;

  if (opened == NULL)
    return g_strdup (_ ("not yet opened"));
  if (days <= 0)
    return g_strdup (_ ("opened today"));
  return g_strdup_printf (g_dngettext (NULL, "opened %d day ago", "opened %d days ago", days), days);
}

static void
show_facts (HwCaseOverview *self)
{
  HwRecord *record = case_record (self);
  const char *owner = hw_record_get_text (record, HW_FIELD_CASE_OWNER);
  const char *code = hw_record_get_text (record, HW_FIELD_CASE_CODE);
  const HwActor *actor = hw_desktop_actor (self->desktop);
  g_autofree char *today = hw_desktop_today (self->desktop);
  g_autofree char *opened = reads (self, HW_FIELD_CASE_OPENED_ON) ? opened_words (record, today) : NULL;
  /* Where no name may be told, the code stands above already. */
  GString *facts = g_string_new (reads (self, HW_FIELD_CASE_PSEUDONYM) ? code : NULL);

  hw_text_add (facts, opened);
  if (reads (self, HW_FIELD_CASE_OWNER))
    hw_text_add (facts, owner == NULL                     ? _ ("nobody’s yet")
                        : g_str_equal (owner, actor->user) ? _ ("yours")
                                                           : hw_desktop_user_name (self->desktop, owner));
  gtk_label_set_text (self->facts_label, facts->str);
  g_string_free (facts, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->claim_button), owner == NULL && actor->role == HW_ROLE_CASEWORKER);
}

static void
claim_cb (HwCaseOverview *self)
{
  g_autoptr (HwValue) me = hw_value_new_text (hw_desktop_actor (self->desktop)->user);

  hw_desktop_set_field (self->desktop, case_record (self), HW_FIELD_CASE_OWNER, me);
}

static void
show_clocks (HwCaseOverview *self)
{
  g_autofree char *place = self->summary->zone != NULL ? hw_text_zone (self->summary->zone) : NULL;
  g_autofree char *hers = place != NULL ? g_strdup_printf (_ ("%s, hers"), place) : NULL;
  g_autofree char *our_city = hw_text_zone (hw_desktop_office_zone (self->desktop));
  g_autofree char *ours = g_strdup_printf (_ ("%s, ours"), our_city);

  hw_clock_label_set_clock (self->her_clock, hw_desktop_clock (self->desktop));
  hw_clock_label_set_clock (self->our_clock, hw_desktop_clock (self->desktop));
  hw_clock_label_set_zone (self->her_clock, self->summary->zone, hers);
  hw_clock_label_set_zone (self->our_clock, hw_desktop_office_zone (self->desktop), ours);
}

/* ---- What blocks ---- */

static void show_blocks (HwCaseOverview *self);

static void
fix_cb (HwBlockRow *row, HwCaseOverview *self)
{
  g_signal_emit (self, signals[SIGNAL_FIX], 0, g_object_get_data (G_OBJECT (row), "condition"));
}

static gboolean
is_home (HwCaseOverview *self)
{
  return self->summary->stage >= HW_STAGE_RECEPTION && self->summary->stage < HW_STAGE_CLOSED;
}

static gboolean
is_under_way (HwCaseOverview *self)
{
  HwRecord *movement = hw_case_file_latest (self->file, HW_TYPE_ID_MOVEMENT);

  return movement != NULL
         && (hw_record_is (movement, HW_FIELD_MOVEMENT_STATUS, HW_MOVEMENT_STATUS_DEPARTED)
             || hw_record_is (movement, HW_FIELD_MOVEMENT_STATUS, HW_MOVEMENT_STATUS_IN_TRANSIT));
}

static GtkWidget *
make_ready_row (HwCaseOverview *self)
{
  GtkWidget *row;
  const char *title = _ ("Nothing blocks");
  const char *words = _ ("Every condition for departure that can be met now is met.");

  if (self->summary->stage == HW_STAGE_CLOSED)
    {
      title = _ ("The case is closed");
      words = _ ("What is open is seen again at the review.");
    }
  else if (is_under_way (self))
    {
      title = _ ("She is on her way");
      words = _ ("What comes next is her arrival.");
    }
  row = hw_rows_new (title, words);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("object-select-symbolic"));
  return row;
}

/* She is home: nothing can block her departure any more. */
static void
show_home (HwCaseOverview *self)
{
  g_autoptr (GPtrArray) rows = hw_home_rows_new (self->desktop, self->file);

  for (guint i = 0; i < rows->len; i++)
    gtk_list_box_append (self->blocks, g_ptr_array_index (rows, i));
}

static void
block_activated_cb (HwCaseOverview *self, GtkListBoxRow *row)
{
  const char *record = g_object_get_data (G_OBJECT (row), "record-id");

  if (record != NULL)
    g_signal_emit (self, signals[SIGNAL_OPEN_RECORD], 0, record);
}

/* What blocks is for who reads the way to departure; what comes next, for who is told of her life at home. */
static gboolean
tells_next (HwCaseOverview *self)
{
  if (is_home (self))
    return reads (self, HW_FIELD_FOLLOW_UP_STATUS);
  return hw_case_columns_tell_way (hw_desktop_actor (self->desktop)->role);
}

/* A button that leads to what this person may not make would only disappoint. */
static gboolean
may_fix (HwCaseOverview *self, HwCondition *condition)
{
  return (condition->record != NULL && hw_case_file_lookup (self->file, condition->record) != NULL)
         || condition->type == HW_TYPE_ID_APPROVAL
         || (condition->type != HW_TYPE_ID_NONE
             && hw_access_may_create (hw_desktop_actor (self->desktop)->role, self->relations, condition->type));
}

static void
show_all_cb (HwCaseOverview *self)
{
  self->all_blocks = TRUE;
  show_blocks (self);
}

static GtkWidget *
make_more_row (HwCaseOverview *self, guint hidden)
{
  g_autofree char *label = g_strdup_printf (g_dngettext (NULL, "Show %u More Condition", "Show %u More Conditions", hidden), hidden);
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (show_all_cb), self);
  return button;
}

static void
show_blocks (HwCaseOverview *self)
{
  GPtrArray *blocking = self->summary->blocking;
  guint shown = self->all_blocks || blocking->len <= BLOCKS_SHOWN + 1 ? blocking->len : BLOCKS_SHOWN;

  hw_rows_clear_list (self->blocks);
  gtk_widget_set_visible (self->blocks_box, tells_next (self));
  gtk_label_set_text (self->blocks_title,
                      is_home (self) ? _ ("What Comes Next") : _ ("What Blocks Departure"));
  for (guint i = 0; i < shown; i++)
    {
      HwCondition *condition = g_ptr_array_index (blocking, i);
      GtkWidget *row = hw_block_row_new_for_condition (condition);

      /* The summary owns the conditions and lives as long as these rows. */
      g_object_set_data (G_OBJECT (row), "condition", condition);
      hw_block_row_set_suggested (HW_BLOCK_ROW (row), i == 0);
      hw_block_row_set_way (HW_BLOCK_ROW (row), may_fix (self, condition));
      g_signal_connect (row, "fix", G_CALLBACK (fix_cb), self);
      gtk_list_box_append (self->blocks, row);
    }
  if (blocking->len == 0 && is_home (self))
    show_home (self);
  else if (blocking->len == 0)
    gtk_list_box_append (self->blocks, make_ready_row (self));
  else if (shown < blocking->len)
    gtk_list_box_append (self->blocks, make_more_row (self, blocking->len - shown));
}

static void
show_hold (HwCaseOverview *self)
{
  HwRecord *movement = hw_case_file_latest (self->file, HW_TYPE_ID_MOVEMENT);
  const char *expires = movement != NULL ? hw_record_get_text (movement, HW_FIELD_MOVEMENT_HOLD_EXPIRES_AT) : NULL;
  gboolean held = movement != NULL && hw_record_is (movement, HW_FIELD_MOVEMENT_STATUS, HW_MOVEMENT_STATUS_HELD);
  g_autofree char *today = hw_desktop_today (self->desktop);
  g_autofree char *words = NULL;
  g_autofree char *when = NULL;
  gint64 us;

  if (held && expires != NULL && hw_instant_parse (expires, &us))
    {
      when = hw_text_moment (us, hw_desktop_office_zone (self->desktop), today);
      words = g_strdup_printf (_ ("Seats are held; the hold ends %s"), when);
    }
  gtk_label_set_text (self->hold_label, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hold_label), words != NULL);
}

/* ---- Tracks ---- */

static void
show_tracks (HwCaseOverview *self)
{
  HwRole role = hw_desktop_actor (self->desktop)->role;
  gboolean any = FALSE;

  hw_track_strip_set_summary (self->tracks, self->summary);
  for (guint i = 0; i < HW_N_TRACKS; i++)
    {
      gboolean told = hw_case_track_told (i, role, self->relations);

      hw_track_strip_set_told (self->tracks, i, told);
      any |= told;
    }
  gtk_widget_set_visible (self->tracks_box, any);
}

/* ---- Sections ---- */

static void
show_sections (HwCaseOverview *self)
{
  HwRole role = hw_desktop_actor (self->desktop)->role;
  guint n;
  const HwCaseGroup *groups = hw_case_groups (&n);

  hw_rows_clear_list (self->sections);
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *row;
      g_autofree char *words = NULL;

      if (!hw_case_group_visible (&groups[i], self->file, role, self->relations))
        continue;
      words = hw_case_group_words (&groups[i], self->file);
      row = hw_rows_new (_ (hw_case_group_label (&groups[i], self->file, role, self->relations)), words);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (groups[i].icon_name));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_object_set_data (G_OBJECT (row), "group", (gpointer) &groups[i]);
      gtk_list_box_append (self->sections, row);
    }
}

static void
section_activated_cb (HwCaseOverview *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[SIGNAL_OPEN_GROUP], 0, g_object_get_data (G_OBJECT (row), "group"));
}

static void
track_activated_cb (HwCaseOverview *self, guint track)
{
  g_signal_emit (self, signals[SIGNAL_OPEN_GROUP], 0, hw_case_group_of_track (track));
}

static void
open_record_cb (HwCaseOverview *self, const char *id)
{
  g_signal_emit (self, signals[SIGNAL_OPEN_RECORD], 0, id);
}

static void
add_record_cb (HwCaseOverview *self, guint type)
{
  g_signal_emit (self, signals[SIGNAL_ADD_RECORD], 0, type);
}

/* ---- The widget ---- */

/* Under one another, how to reach her comes before what changed last. */
static void
place_timeline (HwCaseOverview *self, gboolean wide)
{
  GtkBox *wanted = wide ? self->main_box : self->columns;
  GtkWidget *timeline = GTK_WIDGET (self->timeline);

  if (gtk_widget_get_parent (timeline) == GTK_WIDGET (wanted))
    return;
  g_object_ref (timeline);
  gtk_box_remove (GTK_BOX (gtk_widget_get_parent (timeline)), timeline);
  gtk_box_append (wanted, timeline);
  g_object_unref (timeline);
}

static void
width_changed_cb (HwCaseOverview *self, int width)
{
  gboolean wide = width >= TWO_COLUMNS_PX;

  place_timeline (self, wide);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->columns),
                                  wide ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->head),
                                  width >= HEAD_PX ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_size_request (GTK_WIDGET (self->side), wide ? 305 : -1, -1);
  /* However long a line is there, the case keeps the room. */
  adw_clamp_set_maximum_size (self->side, wide ? SIDE_PX : width);
  adw_clamp_set_tightening_threshold (self->side, wide ? SIDE_PX : width);
}

static void
hw_case_overview_dispose (GObject *object)
{
  HwCaseOverview *self = HW_CASE_OVERVIEW (object);

  g_clear_pointer (&self->summary, hw_summary_free);
  g_clear_object (&self->file);
  g_clear_object (&self->desktop);

  G_OBJECT_CLASS (hw_case_overview_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, HwCaseOverview, scroller);
  gtk_widget_class_bind_template_child (widget_class, HwCaseOverview, head);
  gtk_widget_class_bind_template_child (widget_class, HwCaseOverview, columns);
  gtk_widget_class_bind_template_child (widget_class, HwCaseOverview, main_box);
  gtk_widget_class_bind_template_child (widget_class, HwCaseOverview, side);
  gtk_widget_class_bind_template_child (widget_class, HwCaseOverview, name_label);
  gtk_widget_class_bind_template_child (widget_class, HwCaseOverview, urgency_pill);
  gtk_widget_class_bind_template_child (widget_class, HwCaseOverview, facts_label);
  gtk_widget_class_bind_template_child (widget_class, HwCaseOverview, name_button);
  gtk_widget_class_bind_template_child (widget_class, HwCaseOverview, claim_button);
  gtk_widget_class_bind_template_child (widget_class, HwCaseOverview, her_clock);
  gtk_widget_class_bind_template_child (widget_class, HwCaseOverview, our_clock);
  gtk_widget_class_bind_template_child (widget_class, HwCaseOverview, hold_label);
  gtk_widget_class_bind_template_child (widget_class, HwCaseOverview, blocks_title);
  gtk_widget_class_bind_template_child (widget_class, HwCaseOverview, blocks);
  gtk_widget_class_bind_template_child (widget_class, HwCaseOverview, blocks_box);
  gtk_widget_class_bind_template_child (widget_class, HwCaseOverview, tracks_box);
  gtk_widget_class_bind_template_child (widget_class, HwCaseOverview, tracks);
  gtk_widget_class_bind_template_child (widget_class, HwCaseOverview, sections);
  gtk_widget_class_bind_template_child (widget_class, HwCaseOverview, timeline);
  gtk_widget_class_bind_template_child (widget_class, HwCaseOverview, contact_card);
  gtk_widget_class_bind_template_child (widget_class, HwCaseOverview, next_card);
  gtk_widget_class_bind_template_callback (widget_class, name_shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, claim_cb);
  gtk_widget_class_bind_template_callback (widget_class, section_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, track_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_record_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_record_cb);
  gtk_widget_class_bind_template_callback (widget_class, block_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, width_changed_cb);
}

static guint
new_signal (const char *name, GType type)
{
  return g_signal_new (name, HW_TYPE_CASE_OVERVIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, type);
}

static void
hw_case_overview_class_init (HwCaseOverviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_case_overview_dispose;

  signals[SIGNAL_OPEN_RECORD] = new_signal ("open-record", G_TYPE_STRING);
  signals[SIGNAL_OPEN_GROUP] = new_signal ("open-group", G_TYPE_POINTER);
  signals[SIGNAL_FIX] = new_signal ("fix", G_TYPE_POINTER);
  signals[SIGNAL_ADD_RECORD] = new_signal ("add-record", G_TYPE_UINT);

  g_type_ensure (HW_TYPE_PILL);
  g_type_ensure (HW_TYPE_REVEAL_BUTTON);
  g_type_ensure (HW_TYPE_CLOCK_LABEL);
  g_type_ensure (HW_TYPE_TRACK_STRIP);
  g_type_ensure (HW_TYPE_TIMELINE_CARD);
  g_type_ensure (HW_TYPE_SAFE_CONTACT_CARD);
  g_type_ensure (HW_TYPE_NEXT_CARD);
  g_type_ensure (HW_TYPE_WIDTH_BIN);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/homeward/ui/hw-case-overview.ui");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_e, GDK_CONTROL_MASK, name_key_cb, NULL);
  bind_children (widget_class);
}

static void
hw_case_overview_init (HwCaseOverview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hw_reveal_button_set_words (self->name_button, _ ("Show Name"), _ ("Hide Name"));
}

void
hw_case_overview_show (HwCaseOverview *self, HwDesktop *desktop, HwCaseFile *file)
{
  gboolean same = self->file != NULL && file != NULL && g_str_equal (hw_case_file_id (self->file), hw_case_file_id (file));

  g_set_object (&self->desktop, desktop);
  if (!same)
    {
      self->all_blocks = FALSE;
      hw_reveal_button_clear (self->name_button);
      gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
    }
  hw_rows_clear_list (self->blocks);
  g_clear_pointer (&self->summary, hw_summary_free);
  g_set_object (&self->file, file);
  hw_safe_contact_card_show (self->contact_card, desktop, file);
  hw_next_card_show (self->next_card, desktop, file);
  hw_timeline_card_show (self->timeline, desktop, file);
  if (file == NULL)
    return;

  self->summary = hw_summary_new_for (file,
                                      hw_desktop_actor (desktop),
                                      &(HwRulesContext){ .now_us = hw_clock_now (hw_desktop_clock (desktop)) });
  self->relations = hw_access_relations (file, NULL, hw_desktop_actor (desktop), hw_clock_now (hw_desktop_clock (desktop)));
  cover_name (self);
  show_name (self);
  show_urgency (self);
  show_facts (self);
  show_clocks (self);
  show_hold (self);
  show_blocks (self);
  show_tracks (self);
  show_sections (self);
}
