/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It works as what it seems to be, and knows nothing of the program behind it.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/door/hw-dull-page.h"

#include <glib/gi18n.h>

struct _HwDullPage
{
  AdwBin parent;
};

G_DEFINE_FINAL_TYPE (HwDullPage, hw_dull_page, ADW_TYPE_BIN)

static void
hw_dull_page_class_init (HwDullPageClass *klass)
{
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass), "/org/homeward/ui/hw-dull-page.ui");
}

static void
hw_dull_page_init (HwDullPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

const char *
hw_dull_page_title (void)
{
  return _ ("Calendar");
}
