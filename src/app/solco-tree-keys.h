/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @focus: the row that has the focus, or a widget in it. Returns whether it was a folder that was
 * opened or closed by it. */
typedef gboolean (*SolcoTreeKeyFunc) (GtkWidget *focus, gboolean opens, gpointer data);

/* Arrow keys that open and close the folder that has the focus in a list view or column view, as in
 * every tree; mirrored where text runs from right to left. Also plus and minus. */
void solco_tree_keys_add (GtkWidget *view, SolcoTreeKeyFunc func, gpointer data);

G_END_DECLS
