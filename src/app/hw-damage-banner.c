/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Over whatever is shown, whoever read it: nobody can tell by looking at a place what is missing there.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/hw-damage-banner.h"

#include <glib/gi18n.h>

static void
tell_cb (HwStore *store, HwBanner *banner)
{
  hw_banner_show (banner,
                  _ ("Part of what this laptop keeps is damaged: what you see may not be all. Nothing was changed, and what "
                     "was sent is safe with the server. Let it sync what it can, then erase what this laptop keeps and sign "
                     "in anew to fetch everything again."),
                  _ ("Privacy of This Laptop"));
}

static void
action_cb (GtkWidget *banner)
{
  gtk_widget_activate_action (banner, "win.preferences", NULL);
}

void
hw_damage_banner_follow (HwBanner *banner, HwStore *store)
{
  hw_banner_show (banner, NULL, NULL);
  g_signal_handlers_disconnect_by_func (banner, action_cb, NULL);
  g_signal_connect (banner, "action", G_CALLBACK (action_cb), NULL);
  g_signal_connect_object (store, "damaged", G_CALLBACK (tell_cb), banner, 0);
  if (hw_store_is_damaged (store))
    tell_cb (store, banner);
}
