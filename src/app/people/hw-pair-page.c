/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A person decides, and may take it back. Saying that two cases are of one person moves nothing: the one
 * set aside is marked a duplicate, the one carried on gets what it lacked.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/people/hw-pair-page.h"

#include <glib/gi18n.h>

#include "app/people/hw-pair-grid.h"
#include "app/people/hw-pair-words.h"
#include "domain/hw-pair.h"

struct _HwPairPage
{
  AdwBin parent;

  HwDesktop *desktop; /* (owned) (nullable) */
  HwRecord *link;     /* (owned) (nullable) */
  HwCaseFile *one;    /* (owned) (nullable) the earlier case */
  HwCaseFile *other;  /* (owned) (nullable) the later one */

  GtkLabel *reasons_label;
  GtkLabel *against_label;
  HwPairGrid *grid;
  GtkLabel *decided_label;
  GtkWidget *choice_box;
  GtkCheckButton *keep_one;
  GtkCheckButton *keep_other;
  GtkWidget *same_button;
  GtkWidget *not_button;
  GtkWidget *undo_button;
};

G_DEFINE_FINAL_TYPE (HwPairPage, hw_pair_page, ADW_TYPE_BIN)

/* ---- Deciding ---- */

static void
commit (HwPairPage *self, GPtrArray *operations)
{
  hw_desktop_commit_async (self->desktop, operations, FALSE, NULL, NULL);
}

static void
set_state (HwPairPage *self, const char *state)
{
  g_autoptr (HwValue) value = hw_value_new_text (state);

  hw_desktop_set_field (self->desktop, self->link, HW_FIELD_CASE_LINK_STATE, value);
}

static void
not_same_cb (HwPairPage *self)
{
  set_state (self, HW_CASE_LINK_STATE_DISMISSED);
}

static void
same_cb (HwPairPage *self)
{
  gboolean first = gtk_check_button_get_active (self->keep_one);
  g_autofree char *act = hw_uuid_v7 (hw_clock_now (hw_desktop_clock (self->desktop)));
  g_autoptr (GPtrArray) operations = hw_pair_merge (
    act, self->link, first ? self->one : self->other, first ? self->other : self->one);

  commit (self, operations);
}

static void
undo_cb (HwPairPage *self)
{
  const char *kept = hw_record_get_text (self->link, HW_FIELD_CASE_LINK_KEPT);
  gboolean first = g_strcmp0 (kept, hw_case_file_id (self->one)) == 0;
  g_autofree char *act = hw_uuid_v7 (hw_clock_now (hw_desktop_clock (self->desktop)));
  g_autoptr (GPtrArray) operations = NULL;

  if (g_strcmp0 (hw_record_status (self->link), HW_CASE_LINK_STATE_MERGED) != 0)
    {
      set_state (self, HW_CASE_LINK_STATE_POSSIBLE);
      return;
    }
  operations = hw_pair_undo (
    act, self->link, first ? self->one : self->other, first ? self->other : self->one);
  commit (self, operations);
}

/* ---- Showing ---- */

static char *
decided_words (HwPairPage *self)
{
  const char *state = hw_record_status (self->link);
  const char *by = hw_desktop_user_name (self->desktop, hw_record_updated_by (self->link));
  const char *kept = hw_record_get_text (self->link, HW_FIELD_CASE_LINK_KEPT);
  g_autofree char *carried = NULL;

  if (g_strcmp0 (state, HW_CASE_LINK_STATE_DISMISSED) == 0)
    return g_strdup_printf (_ ("Decided by %s: not the same person. They will not be proposed again."), by);
  if (g_strcmp0 (state, HW_CASE_LINK_STATE_MERGED) != 0 || kept == NULL)
    return NULL;
  carried = hw_pair_words_case (hw_desktop_store (self->desktop), kept);
  return g_strdup_printf (_ ("Decided by %s: the same person. %s is carried on; the other is marked "
                             "a duplicate and can be closed when a supervisor approves."),
                          by,
                          carried);
}

static gboolean
may_write_both (HwPairPage *self, HwFieldId field)
{
  HwCaseFile *const files[] = { self->one, self->other };
  const HwActor *actor = hw_desktop_actor (self->desktop);
  gint64 now_us = hw_clock_now (hw_desktop_clock (self->desktop));

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    if (!hw_access_may_write (actor->role,
                              hw_access_relations (files[i], NULL, actor, now_us),
                              hw_schema_field (field)))
      return FALSE;
  return TRUE;
}

static void
show_decision (HwPairPage *self)
{
  g_autofree char *words = decided_words (self);
  gboolean merged = g_strcmp0 (hw_record_status (self->link), HW_CASE_LINK_STATE_MERGED) == 0;
  gboolean may_merge = may_write_both (self, HW_FIELD_CASE_CLOSURE_REASON);
  gboolean may_dismiss = may_write_both (self, HW_FIELD_CASE_LINK_STATE);
  gboolean open = words == NULL;

  if (open && !may_merge)
    words = g_strdup (_ ("Whoever may write both cases can say that they are of one person: give "
                         "both to one caseworker."));
  gtk_label_set_text (self->decided_label, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->decided_label), words != NULL);
  gtk_widget_set_visible (self->choice_box, open && may_merge);
  gtk_widget_set_visible (self->same_button, open && may_merge);
  gtk_widget_set_visible (self->not_button, open && may_dismiss);
  gtk_widget_set_visible (self->undo_button, !open && (merged ? may_merge : may_dismiss));
}

/* The case in which more was done is proposed to be carried on. */
static gboolean
is_fuller (HwCaseFile *file, HwCaseFile *than)
{
  return hw_case_file_records (file)->len > hw_case_file_records (than)->len;
}

static void
show_names (HwPairPage *self)
{
  HwStore *store = hw_desktop_store (self->desktop);
  g_autofree char *one = hw_pair_words_case (store, hw_case_file_id (self->one));
  g_autofree char *other = hw_pair_words_case (store, hw_case_file_id (self->other));

  gtk_check_button_set_label (self->keep_one, one);
  gtk_check_button_set_label (self->keep_other, other);
}

static void
propose (HwPairPage *self)
{
  gtk_check_button_set_active (is_fuller (self->other, self->one) ? self->keep_other
                                                                  : self->keep_one,
                               TRUE);
}

static void
show_reasons (HwPairPage *self)
{
  const char *const *reasons = hw_record_get_set (self->link, HW_FIELD_CASE_LINK_REASONS);
  g_autofree char *speaks_for = hw_pair_words_reasons (reasons, FALSE);
  g_autofree char *speaks_against = hw_pair_words_reasons (reasons, TRUE);
  g_autofree char *against = g_strdup_printf (_ ("But: %s"), speaks_against);

  gtk_label_set_text (self->reasons_label, speaks_for);
  gtk_widget_set_visible (GTK_WIDGET (self->reasons_label), *speaks_for != '\0');
  gtk_label_set_text (self->against_label, against);
  gtk_widget_set_visible (GTK_WIDGET (self->against_label), *speaks_against != '\0');
}

static gboolean
load (HwPairPage *self, const char *id)
{
  HwStore *store = hw_desktop_store (self->desktop);
  const char *other;

  g_clear_object (&self->link);
  g_clear_object (&self->one);
  g_clear_object (&self->other);
  self->link = hw_store_get_record (store, HW_TYPE_ID_CASE_LINK, id, NULL);
  other = self->link != NULL ? hw_record_get_text (self->link, HW_FIELD_CASE_LINK_OTHER) : NULL;
  if (other == NULL || hw_record_deleted (self->link))
    return FALSE;
  self->one = hw_store_load_case (store, other, NULL);
  self->other = hw_store_load_case (store, hw_record_case (self->link), NULL);
  return self->one != NULL && self->other != NULL && hw_case_file_case (self->one) != NULL
         && hw_case_file_case (self->other) != NULL;
}

gboolean
hw_pair_page_show (HwPairPage *self, HwDesktop *desktop, const char *link)
{
  gboolean same = self->link != NULL && g_str_equal (hw_record_id (self->link), link);

  g_set_object (&self->desktop, desktop);
  if (!hw_desktop_is_unlocked (desktop) || !load (self, link))
    return FALSE;
  show_names (self);
  /* Whoever has chosen already is not overruled by a change that arrives. */
  if (!same)
    propose (self);
  show_reasons (self);
  hw_pair_grid_show (self->grid, desktop, self->one, self->other);
  show_decision (self);
  return TRUE;
}

gboolean
hw_pair_page_concerns (HwPairPage *self, const char *case_id)
{
  return case_id != NULL && self->one != NULL && self->other != NULL
         && (g_str_equal (case_id, hw_case_file_id (self->one))
             || g_str_equal (case_id, hw_case_file_id (self->other)));
}

static void
hw_pair_page_dispose (GObject *object)
{
  HwPairPage *self = HW_PAIR_PAGE (object);

  g_clear_object (&self->desktop);
  g_clear_object (&self->link);
  g_clear_object (&self->one);
  g_clear_object (&self->other);

  G_OBJECT_CLASS (hw_pair_page_parent_class)->dispose (object);
}

static void
hw_pair_page_class_init (HwPairPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_pair_page_dispose;

  g_type_ensure (HW_TYPE_PAIR_GRID);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/homeward/ui/hw-pair-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HwPairPage, reasons_label);
  gtk_widget_class_bind_template_child (widget_class, HwPairPage, against_label);
  gtk_widget_class_bind_template_child (widget_class, HwPairPage, grid);
  gtk_widget_class_bind_template_child (widget_class, HwPairPage, decided_label);
  gtk_widget_class_bind_template_child (widget_class, HwPairPage, choice_box);
  gtk_widget_class_bind_template_child (widget_class, HwPairPage, keep_one);
  gtk_widget_class_bind_template_child (widget_class, HwPairPage, keep_other);
  gtk_widget_class_bind_template_child (widget_class, HwPairPage, same_button);
  gtk_widget_class_bind_template_child (widget_class, HwPairPage, not_button);
  gtk_widget_class_bind_template_child (widget_class, HwPairPage, undo_button);
  gtk_widget_class_bind_template_callback (widget_class, same_cb);
  gtk_widget_class_bind_template_callback (widget_class, not_same_cb);
  gtk_widget_class_bind_template_callback (widget_class, undo_cb);
}

static void
hw_pair_page_init (HwPairPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
