/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The bar offers what the status table allows this role now; whether a gate is open is asked when
 * the move is made, so that a refusal can name its conditions instead of a button being mute. A move that
 * was just refused is not suggested any more, until something has changed.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/callforms/hw-move-bar.h"

#include <glib/gi18n.h>

#include "app/widgets/hw-pill.h"

struct _HwMoveBar
{
  GtkBox parent;

  HwPill *pill; /* (unowned) children */
  GtkMenuButton *more;
  GtkButton *next;
  char *next_status; /* (owned) (nullable) */
  gboolean bare;     /* no status */
  char *refused;     /* (owned) (nullable) the status from which the move was refused */
};

G_DEFINE_FINAL_TYPE (HwMoveBar, hw_move_bar, GTK_TYPE_BOX)

enum
{
  MOVE,
  TOLD,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static guint
choice_position (const HwFieldDef *field, const char *nick)
{
  for (guint i = 0; i < field->n_choices; i++)
    if (g_strcmp0 (field->choices[i].nick, nick) == 0)
      return i;
  return G_MAXUINT;
}

/* Refused, withdrawn, escalated, a question back: always to be had, never to be suggested. */
static gboolean
is_way_out (const HwFieldDef *field, const char *status)
{
  static const char *const ways_out[] = { "escalated", "rebooked", "info_requested", NULL };

  return hw_meaning_of_choice (field, status) == HW_MEANING_BAD || g_strv_contains (ways_out, status);
}

/* The schema lists statuses in the order of the work, and the ways out of it after them: the
 * nearest one forward. */
static const HwMoveDef *
usual_move (GPtrArray *moves, const HwFieldDef *field, const char *status)
{
  guint here = choice_position (field, status);
  const HwMoveDef *usual = NULL;

  for (guint i = 0; i < moves->len; i++)
    {
      const HwMoveDef *move = g_ptr_array_index (moves, i);
      guint there = choice_position (field, move->to);

      if (!move->observation && there > here && !is_way_out (field, move->to)
          && (usual == NULL || there < choice_position (field, usual->to)))
        usual = move;
    }
  return usual;
}

static const char *
move_words (const HwFieldDef *field, const char *status, HwMoveLabelFunc label)
{
  const HwChoice *choice = hw_field_choice (field, status);

  if (label != NULL)
    return label (status);
  return choice != NULL ? _ (choice->label) : status;
}

static void
append_item (GMenu *menu, const char *words, const char *action, const char *status)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (words, NULL);

  g_menu_item_set_action_and_target (item, action, "s", status);
  g_menu_append_item (menu, item);
}

/* What a mission said by phone stands under the name of what it says: the status, not an order to it. */
static GMenuModel *
make_menu (GPtrArray *moves,
           GPtrArray *told,
           const HwMoveDef *usual,
           const HwFieldDef *field,
           HwMoveLabelFunc label)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) steps = g_menu_new ();
  g_autoptr (GMenu) happened = g_menu_new ();
  g_autoptr (GMenu) heard = g_menu_new ();

  for (guint i = 0; i < moves->len; i++)
    {
      const HwMoveDef *move = g_ptr_array_index (moves, i);

      if (move != usual)
        append_item (move->observation ? happened : steps, move_words (field, move->to, label),
                     "movebar.move", move->to);
    }
  for (guint i = 0; i < told->len; i++)
    {
      const HwMoveDef *move = g_ptr_array_index (told, i);
      g_autofree char *words = g_strdup_printf (_ ("%s…"), move_words (field, move->to, NULL));

      append_item (heard, words, "movebar.told", move->to);
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (steps));
  g_menu_append_section (menu, _ ("What happened"), G_MENU_MODEL (happened));
  g_menu_append_section (menu, _ ("The mission told us by phone"), G_MENU_MODEL (heard));
  return G_MENU_MODEL (menu);
}

static void
show_suggestion (HwMoveBar *self)
{
  if (self->refused == NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->next), "suggested-action");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->next), "suggested-action");
}

void
hw_move_bar_show (
  HwMoveBar *self, HwRecord *record, HwRole role, gboolean may_move, HwMoveLabelFunc label)
{
  const HwFieldDef *field = hw_schema_field (hw_record_def (record)->status_field);
  const char *status = hw_record_status (record);
  const HwChoice *choice = hw_field_choice (field, status);
  g_autoptr (GPtrArray) moves = may_move ? hw_workflow_moves (record, role) : g_ptr_array_new ();
  g_autoptr (GPtrArray) told = may_move ? hw_workflow_told (record, role) : g_ptr_array_new ();
  const HwMoveDef *usual = usual_move (moves, field, status);
  g_autoptr (GMenuModel) menu = make_menu (moves, told, usual, field, label);

  hw_pill_set (self->pill,
               choice != NULL && !self->bare ? _ (choice->label) : NULL,
               hw_meaning_of_choice (field, status));
  g_free (self->next_status);
  self->next_status = g_strdup (usual != NULL ? usual->to : NULL);
  gtk_button_set_label (self->next, usual != NULL ? move_words (field, usual->to, label) : "");
  gtk_widget_set_visible (GTK_WIDGET (self->next), usual != NULL);
  gtk_menu_button_set_menu_model (self->more, menu);
  gtk_widget_set_visible (GTK_WIDGET (self->more),
                          moves->len + told->len > (usual != NULL ? 1 : 0));
  if (g_strcmp0 (self->refused, status) != 0)
    g_clear_pointer (&self->refused, g_free);
  show_suggestion (self);
}

void
hw_move_bar_set_refused (HwMoveBar *self, const char *status)
{
  g_return_if_fail (HW_IS_MOVE_BAR (self));

  g_free (self->refused);
  self->refused = g_strdup (status);
  show_suggestion (self);
}

gboolean
hw_move_bar_has_moves (HwMoveBar *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->more))
         || gtk_widget_get_visible (GTK_WIDGET (self->next));
}

void
hw_move_bar_hide_status (HwMoveBar *self)
{
  g_return_if_fail (HW_IS_MOVE_BAR (self));

  self->bare = TRUE;
}

static void
next_cb (HwMoveBar *self)
{
  if (self->next_status != NULL)
    g_signal_emit (self, signals[MOVE], 0, self->next_status);
}

static void
move_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[MOVE], 0, g_variant_get_string (parameter, NULL));
}

static void
told_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[TOLD], 0, g_variant_get_string (parameter, NULL));
}

static guint
new_signal (const char *name)
{
  return g_signal_new (name, HW_TYPE_MOVE_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                       G_TYPE_STRING);
}

static void
hw_move_bar_finalize (GObject *object)
{
  g_free (HW_MOVE_BAR (object)->next_status);
  g_free (HW_MOVE_BAR (object)->refused);

  G_OBJECT_CLASS (hw_move_bar_parent_class)->finalize (object);
}

static void
hw_move_bar_class_init (HwMoveBarClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hw_move_bar_finalize;
  signals[MOVE] = new_signal ("move");
  signals[TOLD] = new_signal ("told");
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "movebar.move", "s", move_action);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "movebar.told", "s", told_action);
}

static void
hw_move_bar_init (HwMoveBar *self)
{
  self->pill = HW_PILL (hw_pill_new (NULL, HW_MEANING_NEUTRAL));
  self->more = GTK_MENU_BUTTON (gtk_menu_button_new ());
  self->next = GTK_BUTTON (gtk_button_new ());
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_widget_set_valign (GTK_WIDGET (self->pill), GTK_ALIGN_CENTER);
  gtk_menu_button_set_label (self->more, _ ("_Move to…"));
  gtk_menu_button_set_use_underline (self->more, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->more), TRUE);
  gtk_widget_set_halign (GTK_WIDGET (self->more), GTK_ALIGN_END);
  gtk_widget_set_halign (GTK_WIDGET (self->next), GTK_ALIGN_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->next), "suggested-action");
  g_signal_connect_object (self->next, "clicked", G_CALLBACK (next_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->pill));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->more));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->next));
}

GtkWidget *
hw_move_bar_new (void)
{
  return g_object_new (HW_TYPE_MOVE_BAR, NULL);
}

const char *
hw_move_label_find (const HwMoveLabel *labels, guint n, const char *status)
{
  for (guint i = 0; i < n; i++)
    if (g_str_equal (labels[i].status, status))
      return _ (labels[i].label);
  return status;
}
