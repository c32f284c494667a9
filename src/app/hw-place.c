/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What every place of the sidebar shares: what the window shows of it, and what the window asks of it.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/hw-place.h"

#include <glib/gi18n.h>

typedef struct
{
  HwDesktop *desktop; /* (owned) (nullable) */
  char      *label;
  char      *icon_name;
  char      *title;
  char      *subtitle;
  guint      badge;
  gboolean   entered;
  gboolean   stale;   /* what is seen of it is to be made anew */
  guint      showing; /* the source that does */
  char      *fault;   /* (nullable) */
  GPtrArray *lists;   /* (nullable) (element-type GListModel) whose faults are its own */
  GtkWidget *content; /* (owned) (nullable) while the fault stands in place of it */
} HwPlacePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (HwPlace, hw_place, ADW_TYPE_BIN)

enum
{
  PROP_LABEL = 1,
  PROP_ICON_NAME,
  PROP_TITLE,
  PROP_SUBTITLE,
  PROP_ENTERED,
  PROP_BADGE,
  N_PROPERTIES
};
static GParamSpec *properties[N_PROPERTIES];

#define PRIVATE(place) ((HwPlacePrivate *) hw_place_get_instance_private (place))

static void
hw_place_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  HwPlacePrivate *priv = PRIVATE (HW_PLACE (object));

  switch (id)
    {
    case PROP_LABEL:
      g_value_set_string (value, priv->label);
      break;
    case PROP_ICON_NAME:
      g_value_set_string (value, priv->icon_name);
      break;
    case PROP_TITLE:
      g_value_set_string (value, priv->title);
      break;
    case PROP_SUBTITLE:
      g_value_set_string (value, priv->subtitle);
      break;
    case PROP_ENTERED:
      g_value_set_boolean (value, priv->entered);
      break;
    case PROP_BADGE:
      g_value_set_uint (value, priv->badge);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hw_place_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  HwPlacePrivate *priv = PRIVATE (HW_PLACE (object));

  switch (id)
    {
    case PROP_LABEL:
      g_free (priv->label);
      priv->label = g_value_dup_string (value);
      break;
    case PROP_ICON_NAME:
      g_free (priv->icon_name);
      priv->icon_name = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* ---- Faults ---- */

/* (transfer full) (nullable) */
static char *
fault_of (HwPlacePrivate *priv)
{
  char *words = g_strdup (priv->fault);

  for (guint i = 0; words == NULL && priv->lists != NULL && i < priv->lists->len; i++)
    g_object_get (priv->lists->pdata[i], "error", &words, NULL);
  return words;
}

static void
show_fault (HwPlacePrivate *priv, AdwBin *self, const char *words)
{
  GtkWidget *page = adw_status_page_new ();
  g_autofree char *markup = g_markup_escape_text (words, -1);

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "dialog-warning-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("This Cannot Be Read"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page), markup);
  if (priv->content == NULL)
    g_set_object (&priv->content, adw_bin_get_child (self));
  adw_bin_set_child (self, page);
}

static void
show_fault_or_content (HwPlace *self)
{
  HwPlacePrivate *priv = PRIVATE (self);
  g_autofree char *words = priv->entered ? NULL : fault_of (priv);
  g_autoptr (GtkWidget) content = NULL;

  if (words != NULL)
    show_fault (priv, ADW_BIN (self), words);
  else if (priv->content != NULL)
    {
      content = g_steal_pointer (&priv->content);
      adw_bin_set_child (ADW_BIN (self), content);
    }
  else
    return;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUBTITLE]);
}

void
hw_place_set_fault (HwPlace *self, const char *words)
{
  HwPlacePrivate *priv = PRIVATE (self);

  if (g_strcmp0 (priv->fault, words) == 0)
    return;
  g_free (priv->fault);
  priv->fault = g_strdup (words);
  show_fault_or_content (self);
}

void
hw_place_follow_faults (HwPlace *self, GListModel *list)
{
  HwPlacePrivate *priv = PRIVATE (self);

  if (priv->lists == NULL)
    priv->lists = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (priv->lists, g_object_ref (list));
  g_signal_connect_object (list, "notify::error", G_CALLBACK (show_fault_or_content), self, G_CONNECT_SWAPPED);
}

/* ---- The widget ---- */

static void
show_now (HwPlace *self)
{
  HwPlacePrivate *priv = PRIVATE (self);

  if (!priv->stale || priv->desktop == NULL || !hw_desktop_is_unlocked (priv->desktop))
    return;
  priv->stale = FALSE;
  if (HW_PLACE_GET_CLASS (self)->show != NULL)
    HW_PLACE_GET_CLASS (self)->show (self);
}

static gboolean
show_cb (gpointer user_data)
{
  PRIVATE (user_data)->showing = 0;
  show_now (user_data);
  return G_SOURCE_REMOVE;
}

/* Before its children are mapped: the first frame has all of it. */
static void
hw_place_map (GtkWidget *widget)
{
  show_now (HW_PLACE (widget));
  GTK_WIDGET_CLASS (hw_place_parent_class)->map (widget);
}

static void
hw_place_dispose (GObject *object)
{
  HwPlacePrivate *priv = PRIVATE (HW_PLACE (object));

  g_clear_handle_id (&priv->showing, g_source_remove);
  g_clear_object (&priv->desktop);
  g_clear_object (&priv->content);
  g_clear_pointer (&priv->lists, g_ptr_array_unref);
  G_OBJECT_CLASS (hw_place_parent_class)->dispose (object);
}

static void
hw_place_finalize (GObject *object)
{
  HwPlacePrivate *priv = PRIVATE (HW_PLACE (object));

  g_free (priv->fault);
  g_free (priv->label);
  g_free (priv->icon_name);
  g_free (priv->title);
  g_free (priv->subtitle);
  G_OBJECT_CLASS (hw_place_parent_class)->finalize (object);
}

static void
hw_place_class_init (HwPlaceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = hw_place_get_property;
  object_class->set_property = hw_place_set_property;
  object_class->dispose = hw_place_dispose;
  object_class->finalize = hw_place_finalize;
  GTK_WIDGET_CLASS (klass)->map = hw_place_map;

  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ICON_NAME]
      = g_param_spec_string ("icon-name", NULL, NULL, NULL,
                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_TITLE]
      = g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SUBTITLE]
      = g_param_spec_string ("subtitle", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ENTERED]
      = g_param_spec_boolean ("entered", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_BADGE]
      = g_param_spec_uint ("badge", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
hw_place_init (HwPlace *self)
{
}

HwDesktop *
hw_place_desktop (HwPlace *self)
{
  return PRIVATE (self)->desktop;
}

void
hw_place_attach (HwPlace *self, HwDesktop *desktop)
{
  g_set_object (&PRIVATE (self)->desktop, desktop);
  if (HW_PLACE_GET_CLASS (self)->attach != NULL)
    HW_PLACE_GET_CLASS (self)->attach (self);
}

const char *
hw_place_label (HwPlace *self)
{
  return PRIVATE (self)->label;
}

const char *
hw_place_icon_name (HwPlace *self)
{
  return PRIVATE (self)->icon_name;
}

const char *
hw_place_title (HwPlace *self)
{
  return PRIVATE (self)->title != NULL ? PRIVATE (self)->title : PRIVATE (self)->label;
}

const char *
hw_place_subtitle (HwPlace *self)
{
  /* "Nothing to decide" is not known then. */
  return PRIVATE (self)->content == NULL ? PRIVATE (self)->subtitle : NULL;
}

gboolean
hw_place_entered (HwPlace *self)
{
  return PRIVATE (self)->entered;
}

guint
hw_place_badge (HwPlace *self)
{
  return PRIVATE (self)->badge;
}

static void
replace_text (HwPlace *self, char **held, const char *text, guint property)
{
  if (g_strcmp0 (*held, text) == 0)
    return;
  g_free (*held);
  *held = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

void
hw_place_set_title (HwPlace *self, const char *title, const char *subtitle)
{
  replace_text (self, &PRIVATE (self)->title, title, PROP_TITLE);
  replace_text (self, &PRIVATE (self)->subtitle, subtitle, PROP_SUBTITLE);
}

void
hw_place_set_entered (HwPlace *self, gboolean entered)
{
  if (PRIVATE (self)->entered == entered)
    return;
  PRIVATE (self)->entered = entered;
  show_fault_or_content (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENTERED]);
}

void
hw_place_set_badge (HwPlace *self, guint badge)
{
  if (PRIVATE (self)->badge == badge)
    return;
  PRIVATE (self)->badge = badge;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BADGE]);
}

void
hw_place_go_back (HwPlace *self)
{
  if (HW_PLACE_GET_CLASS (self)->go_back != NULL)
    HW_PLACE_GET_CLASS (self)->go_back (self);
}

void
hw_place_find (HwPlace *self)
{
  if (HW_PLACE_GET_CLASS (self)->find != NULL)
    HW_PLACE_GET_CLASS (self)->find (self);
}

gboolean
hw_place_open (HwPlace *self, const char *record)
{
  return HW_PLACE_GET_CLASS (self)->open != NULL && HW_PLACE_GET_CLASS (self)->open (self, record);
}

void
hw_place_changed (HwPlace *self)
{
  HwPlacePrivate *priv = PRIVATE (self);

  priv->stale = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && priv->showing == 0)
    priv->showing = g_idle_add (show_cb, self);
}
