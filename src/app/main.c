/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <glib/gi18n.h>

#include "app/hw-application.h"
#include "vault/hw-vault.h"

int
main (int argc, char **argv)
{
  g_autoptr (HwApplication) application = NULL;

  hw_vault_protect_process ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, HW_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = hw_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
