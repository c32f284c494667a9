/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one style sheet. A program named otherwise than the application (tests, the gallery) gets it
 * too.
 */
#include "app/widgets/hw-style.h"

void
hw_style_load (GdkDisplay *display)
{
  g_autoptr (GtkCssProvider) provider = NULL;

  if (g_object_get_data (G_OBJECT (display), "hw-style"))
    return;
  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, "/org/homeward/ui/style.css");
  gtk_style_context_add_provider_for_display (
    display, GTK_STYLE_PROVIDER (provider), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_object_set_data (G_OBJECT (display), "hw-style", GINT_TO_POINTER (TRUE));
}
