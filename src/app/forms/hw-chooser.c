/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwChooser: the one control for choosing out of a list, whatever the list. The rows are made when
 * the popover opens and for what is typed, never for all of 7,900 languages. Keyboard: Space opens,
 * typing searches, Down goes to the list, Enter takes the row or the best match, Escape closes.
 */
#include "app/forms/hw-chooser.h"

#include <glib/gi18n.h>

#include "app/forms/hw-candidates.h"

#define MAX_ROWS 60

struct _HwChooser
{
  GtkWidget parent;
  HwKind kind;
  const HwFieldDef *field;
  gboolean multiple;
  gboolean clearable;
  HwFormContext *context; /* (owned) */
  HwRecord *record;       /* (owned) (nullable) */
  char *selected;         /* (owned) (nullable) */
  char *name;             /* (owned) (nullable) of the field, for those who hear it */
  char *words;            /* (owned) (nullable) what is chosen, where the button does not say it */
  GPtrArray *members;     /* (owned) (element-type utf8), NULL-terminated */

  GtkWidget *button;  /* (owned) child */
  GtkWidget *popover; /* (owned) child */
  GtkLabel *label;    /* (unowned) */
  GtkWidget *search;  /* (unowned) (nullable) */
  GtkListBox *list;   /* (unowned) */
};

enum
{
  CHOSEN,
  TOGGLED,
  CLOSED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HwChooser, hw_chooser, GTK_TYPE_WIDGET)

/* Heard, a button must say both what it is for and what is chosen. */
static void
update_name (HwChooser *self)
{
  const char *chosen = self->multiple ? self->words : gtk_label_get_text (self->label);
  /* Translators: the name of a field and what is chosen, read aloud */
  g_autofree char *spoken = chosen && *chosen ? g_strdup_printf (_ ("%s: %s"), self->name, chosen)
                                              : g_strdup (self->name);

  if (self->name)
    gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
update_label (HwChooser *self)
{
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->label), !self->multiple);
  if (self->selected)
    text = hw_candidates_label (self->kind, self->field, self->context, self->selected);
  gtk_label_set_text (self->label, text ? text : _ ("Not set"));
  gtk_label_set_width_chars (self->label,
                             (gint)MIN (g_utf8_strlen (gtk_label_get_text (self->label), -1), 20));
  if (text)
    gtk_widget_remove_css_class (GTK_WIDGET (self->label), "dim-label");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->label), "dim-label");
  update_name (self);
}

static gboolean
is_member (HwChooser *self, const char *id)
{
  return g_strv_contains ((const char *const *)self->members->pdata, id);
}

static void
toggle_member (HwChooser *self, const char *id)
{
  for (guint i = 0; i + 1 < self->members->len; i++)
    if (g_str_equal (self->members->pdata[i], id))
      {
        g_ptr_array_remove_index (self->members, i);
        return;
      }
  g_ptr_array_insert (self->members, (gint)self->members->len - 1, g_strdup (id));
}

static GtkWidget *
make_mark (HwChooser *self, const char *id)
{
  GtkWidget *mark;

  if (self->multiple)
    {
      mark = gtk_check_button_new ();
      gtk_check_button_set_active (GTK_CHECK_BUTTON (mark), is_member (self, id));
      gtk_widget_set_can_target (mark, FALSE);
      gtk_widget_set_can_focus (mark, FALSE);
      return mark;
    }
  mark = gtk_image_new_from_icon_name ("object-select-symbolic");
  gtk_widget_set_opacity (mark, g_strcmp0 (self->selected, id) == 0 ? 1 : 0);
  return mark;
}

static void
add_row (HwChooser *self, const char *id, const char *label, const char *detail)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (label);
  GtkWidget *mark = make_mark (self, id);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), title);
  if (id == NULL)
    gtk_widget_add_css_class (title, "dim-label");
  if (detail)
    {
      GtkWidget *subtitle = gtk_label_new (detail);
      gtk_label_set_xalign (GTK_LABEL (subtitle), 0);
      gtk_widget_add_css_class (subtitle, "caption");
      gtk_widget_add_css_class (subtitle, "dim-label");
      gtk_box_append (GTK_BOX (words), subtitle);
    }
  if (self->multiple)
    gtk_box_append (GTK_BOX (box), mark);
  gtk_box_append (GTK_BOX (box), words);
  if (!self->multiple)
    gtk_box_append (GTK_BOX (box), mark);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (id), g_free);
  g_object_set_data (G_OBJECT (row), "mark", mark);
  gtk_list_box_append (self->list, row);
}

static void
add_members (HwChooser *self)
{
  for (guint i = 0; i + 1 < self->members->len; i++)
    {
      g_autofree char *label
        = hw_candidates_label (self->kind, self->field, self->context, self->members->pdata[i]);
      add_row (self, self->members->pdata[i], label, NULL);
    }
}

static void
fill (HwChooser *self)
{
  const char *text = self->search ? gtk_editable_get_text (GTK_EDITABLE (self->search)) : "";
  gboolean members_first = self->multiple && self->search && *text == '\0';
  g_autoptr (GPtrArray) candidates = NULL;
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)))
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  if (!self->multiple && self->clearable && *text == '\0')
    add_row (self, NULL, _ ("Not set"), NULL);
  if (members_first)
    add_members (self);
  candidates
    = hw_candidates_list (self->kind, self->field, self->context, self->record, text, MAX_ROWS);
  for (guint i = 0; i < candidates->len; i++)
    {
      HwCandidate *candidate = candidates->pdata[i];
      if (!members_first || !is_member (self, candidate->id))
        add_row (self, candidate->id, candidate->label, candidate->detail);
    }
}

void
hw_chooser_pick (HwChooser *self, const char *id)
{
  g_return_if_fail (HW_IS_CHOOSER (self));
  if (self->multiple)
    {
      toggle_member (self, id);
      g_signal_emit (self, signals[TOGGLED], 0);
      return;
    }
  hw_chooser_set_selected (self, id);
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  g_signal_emit (self, signals[CHOSEN], 0);
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, HwChooser *self)
{
  const char *id = g_object_get_data (G_OBJECT (row), "id");
  GtkWidget *mark = g_object_get_data (G_OBJECT (row), "mark");

  hw_chooser_pick (self, id);
  if (self->multiple)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (mark), is_member (self, id));
}

static void
search_activate_cb (GtkSearchEntry *entry, HwChooser *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, 0);

  if (row && *gtk_editable_get_text (GTK_EDITABLE (entry)))
    row_activated_cb (self->list, row, self);
}

static gboolean
search_key_cb (GtkEventControllerKey *controller,
               guint keyval,
               guint keycode,
               GdkModifierType state,
               HwChooser *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, 0);

  if (keyval != GDK_KEY_Down || row == NULL)
    return GDK_EVENT_PROPAGATE;
  gtk_widget_grab_focus (GTK_WIDGET (row));
  return GDK_EVENT_STOP;
}

static void
stop_search_cb (HwChooser *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static void
closed_cb (HwChooser *self)
{
  gtk_widget_unset_state_flags (self->button, GTK_STATE_FLAG_CHECKED);
  gtk_accessible_update_state (
    GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_STATE_EXPANDED, FALSE, -1);
  g_signal_emit (self, signals[CLOSED], 0);
}

void
hw_chooser_open (HwChooser *self)
{
  GtkListBoxRow *row;

  g_return_if_fail (HW_IS_CHOOSER (self));
  if (self->search)
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  fill (self);
  gtk_widget_set_state_flags (self->button, GTK_STATE_FLAG_CHECKED, FALSE);
  gtk_accessible_update_state (
    GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_STATE_EXPANDED, TRUE, -1);
  gtk_popover_popup (GTK_POPOVER (self->popover));
  row = gtk_list_box_get_row_at_index (self->list, 0);
  if (self->search)
    gtk_widget_grab_focus (self->search);
  else if (row)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
hw_chooser_measure (GtkWidget *widget,
                    GtkOrientation orientation,
                    gint for_size,
                    gint *minimum,
                    gint *natural,
                    gint *minimum_baseline,
                    gint *natural_baseline)
{
  gtk_widget_measure (HW_CHOOSER (widget)->button,
                      orientation,
                      for_size,
                      minimum,
                      natural,
                      minimum_baseline,
                      natural_baseline);
}

static void
hw_chooser_size_allocate (GtkWidget *widget, gint width, gint height, gint baseline)
{
  HwChooser *self = HW_CHOOSER (widget);

  gtk_widget_size_allocate (self->button, &(GtkAllocation){ 0, 0, width, height }, baseline);
  gtk_popover_present (GTK_POPOVER (self->popover));
}

static gboolean
hw_chooser_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (HW_CHOOSER (widget)->button);
}

static void
hw_chooser_dispose (GObject *object)
{
  HwChooser *self = HW_CHOOSER (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_object (&self->context);
  g_clear_object (&self->record);
  G_OBJECT_CLASS (hw_chooser_parent_class)->dispose (object);
}

static void
hw_chooser_finalize (GObject *object)
{
  HwChooser *self = HW_CHOOSER (object);

  g_free (self->selected);
  g_free (self->name);
  g_free (self->words);
  g_ptr_array_unref (self->members);
  G_OBJECT_CLASS (hw_chooser_parent_class)->finalize (object);
}

static void
hw_chooser_class_init (HwChooserClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->dispose = hw_chooser_dispose;
  object_class->finalize = hw_chooser_finalize;
  widget_class->measure = hw_chooser_measure;
  widget_class->size_allocate = hw_chooser_size_allocate;
  widget_class->grab_focus = hw_chooser_grab_focus;
  signals[CHOSEN] = g_signal_new (
    "chosen", HW_TYPE_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[TOGGLED] = g_signal_new (
    "toggled", HW_TYPE_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CLOSED] = g_signal_new (
    "closed", HW_TYPE_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "chooser");
}

static void
build_button (HwChooser *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (self->label, 34);
  gtk_label_set_xalign (self->label, 1);
  gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("pan-down-symbolic"));
  self->button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->button), box);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_HAS_POPUP, TRUE, -1);
  g_signal_connect_object (
    self->button, "clicked", G_CALLBACK (hw_chooser_open), self, G_CONNECT_SWAPPED);
}

static void
build_search (HwChooser *self, GtkBox *box)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->search = gtk_search_entry_new ();
  gtk_search_entry_set_search_delay (GTK_SEARCH_ENTRY (self->search), 0);
  g_object_set (self->search, "placeholder-text", _ ("Type to find"), NULL);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (search_key_cb), self, 0);
  gtk_widget_add_controller (self->search, keys);
  g_signal_connect_object (
    self->search, "search-changed", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "activate", G_CALLBACK (search_activate_cb), self, 0);
  g_signal_connect_object (
    self->search, "stop-search", G_CALLBACK (stop_search_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (box, self->search);
}

static void
build_popover (HwChooser *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *nothing = gtk_label_new (_ ("Nothing found"));

  if (hw_candidates_many (self->kind, self->field))
    build_search (self, GTK_BOX (box));
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (nothing, "dim-label");
  gtk_widget_add_css_class (nothing, "nothing");
  gtk_list_box_set_placeholder (self->list, nothing);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self, 0);
  gtk_scrolled_window_set_policy (
    GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 320);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->list));
  gtk_widget_set_size_request (scrolled, 220, -1);
  gtk_box_append (GTK_BOX (box), scrolled);
  self->popover = gtk_popover_new ();
  gtk_widget_add_css_class (self->popover, "hw-chooser");
  gtk_popover_set_child (GTK_POPOVER (self->popover), box);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
  g_signal_connect_object (
    self->popover, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
}

static void
hw_chooser_init (HwChooser *self)
{
  self->members = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->members, NULL);
  self->context = hw_form_context_new (NULL, NULL, NULL);
}

GtkWidget *
hw_chooser_new (HwKind kind, const HwFieldDef *field, gboolean multiple)
{
  HwChooser *self = g_object_new (HW_TYPE_CHOOSER, NULL);

  self->kind = kind;
  self->field = field;
  self->multiple = multiple;
  build_button (self);
  build_popover (self);
  update_label (self);
  return GTK_WIDGET (self);
}

void
hw_chooser_set_context (HwChooser *self, HwFormContext *context, HwRecord *record)
{
  g_return_if_fail (HW_IS_CHOOSER (self));
  g_set_object (&self->context, context);
  g_set_object (&self->record, record);
  update_label (self);
}

void
hw_chooser_set_clearable (HwChooser *self, gboolean clearable)
{
  self->clearable = clearable;
}

void
hw_chooser_set_names (HwChooser *self, const char *label, const char *description)
{
  g_free (self->name);
  self->name = g_strdup (label);
  update_name (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description ? description : "",
                                  -1);
  if (self->search)
    gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

void
hw_chooser_set_words (HwChooser *self, const char *words)
{
  g_free (self->words);
  self->words = g_strdup (words);
  update_name (self);
}

void
hw_chooser_set_selected (HwChooser *self, const char *id)
{
  g_return_if_fail (HW_IS_CHOOSER (self));
  if (g_strcmp0 (self->selected, id) != 0)
    {
      g_free (self->selected);
      self->selected = g_strdup (id);
    }
  update_label (self);
}

const char *
hw_chooser_get_selected (HwChooser *self)
{
  g_return_val_if_fail (HW_IS_CHOOSER (self), NULL);
  return self->selected;
}

void
hw_chooser_set_members (HwChooser *self, const char *const *members)
{
  g_return_if_fail (HW_IS_CHOOSER (self));
  g_ptr_array_set_size (self->members, 0);
  for (guint i = 0; members && members[i]; i++)
    g_ptr_array_add (self->members, g_strdup (members[i]));
  g_ptr_array_add (self->members, NULL);
}

const char *const *
hw_chooser_get_members (HwChooser *self)
{
  g_return_val_if_fail (HW_IS_CHOOSER (self), NULL);
  return (const char *const *)self->members->pdata;
}
