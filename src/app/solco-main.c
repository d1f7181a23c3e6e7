/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <locale.h>

#include "config.h"
#include "solco-application.h"

int
main (int argc, char **argv)
{
  g_autoptr (SolcoApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (SOLCO_GETTEXT_PACKAGE, SOLCO_LOCALE_DIR);
  bind_textdomain_codeset (SOLCO_GETTEXT_PACKAGE, "UTF-8");
  textdomain (SOLCO_GETTEXT_PACKAGE);
  g_set_application_name ("Solco");
  gtk_window_set_default_icon_name (SOLCO_APPLICATION_ID ".Window");
  application = solco_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
