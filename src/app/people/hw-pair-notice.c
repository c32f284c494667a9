/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One line, for the pair that matters most: what is still to decide before what was decided; what was
 * dismissed says nothing any more.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/people/hw-pair-notice.h"

#include <glib/gi18n.h>

#include "app/hw-compat.h"
#include "app/people/hw-pair-words.h"

#define MOST_LINKS 20

struct _HwPairNotice
{
  AdwBin parent;

  char *link; /* (owned) (nullable) */
  HwBanner *banner;
};

G_DEFINE_FINAL_TYPE (HwPairNotice, hw_pair_notice, ADW_TYPE_BIN)

static int
weight_of (HwRecord *link)
{
  const char *state = hw_record_status (link);

  if (hw_record_deleted (link))
    return 0;
  if (g_strcmp0 (state, HW_CASE_LINK_STATE_POSSIBLE) == 0)
    return 2;
  return g_strcmp0 (state, HW_CASE_LINK_STATE_MERGED) == 0 ? 1 : 0;
}

static HwRecord *
heavier (HwRecord *one, GPtrArray *links)
{
  for (guint i = 0; links != NULL && i < links->len; i++)
    {
      HwRecord *link = g_ptr_array_index (links, i);

      if (weight_of (link) > (one != NULL ? weight_of (one) : 0))
        one = link;
    }
  return one;
}

static char *
words_of (HwStore *store, HwRecord *link, const char *case_id)
{
  const char *root = hw_record_case (link);
  const char *other = g_strcmp0 (root, case_id) == 0
                        ? hw_record_get_text (link, HW_FIELD_CASE_LINK_OTHER)
                        : root;
  g_autofree char *name = hw_pair_words_case (store, other);

  if (weight_of (link) == 2)
    return g_strdup_printf (_ ("Possibly the same person as %s"), name);
  if (hw_record_is (link, HW_FIELD_CASE_LINK_KEPT, case_id))
    return g_strdup_printf (_ ("Also written down as %s"), name);
  return g_strdup_printf (_ ("A duplicate: she is carried on as %s"), name);
}

void
hw_pair_notice_show (HwPairNotice *self, HwDesktop *desktop, HwCaseFile *file)
{
  HwStore *store = hw_desktop_store (desktop);
  const char *case_id = file != NULL ? hw_case_file_id (file) : NULL;
  g_autoptr (GPtrArray) others = NULL;
  g_autofree char *words = NULL;
  HwRecord *link = NULL;

  g_clear_pointer (&self->link, g_free);
  if (file != NULL && store != NULL
      && hw_access_may_see_type (hw_desktop_actor (desktop)->role, HW_TYPE_ID_CASE_LINK))
    {
      others = hw_store_list (
        store, HW_TYPE_ID_CASE_LINK, HW_FIELD_CASE_LINK_OTHER, case_id, MOST_LINKS, NULL);
      link = heavier (NULL, hw_case_file_of_type (file, HW_TYPE_ID_CASE_LINK));
      link = heavier (link, others);
    }
  if (link != NULL)
    {
      self->link = g_strdup (hw_record_id (link));
      words = words_of (store, link, case_id);
    }
  hw_banner_show (self->banner, words, words != NULL ? _ ("Compare") : NULL);
}

static void
compare_cb (HwPairNotice *self)
{
  if (self->link != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.compare", "s", self->link);
}

static void
hw_pair_notice_finalize (GObject *object)
{
  g_free (HW_PAIR_NOTICE (object)->link);

  G_OBJECT_CLASS (hw_pair_notice_parent_class)->finalize (object);
}

static void
hw_pair_notice_class_init (HwPairNoticeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hw_pair_notice_finalize;
}

static void
hw_pair_notice_init (HwPairNotice *self)
{
  self->banner = HW_BANNER (hw_banner_new ());
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->banner));
  g_signal_connect_object (
    self->banner, "action", G_CALLBACK (compare_cb), self, G_CONNECT_SWAPPED);
}
