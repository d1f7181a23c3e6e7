/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-dialogs.h"

/**
 * solco_shortcuts_window_present:
 * @parent: the main window
 *
 * All keys of the program. Not modal.
 */
void
solco_shortcuts_window_present (GtkWindow *parent)
{
  g_autoptr (GtkBuilder) builder
      = gtk_builder_new_from_resource ("/io/github/solco/Solco/shortcuts.ui");
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));

  gtk_window_set_transient_for (window, parent);
  gtk_window_present (window);
}
