/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Arrow keys that open and close the folder that has the focus in a list view or column view, as in
 * every tree; mirrored where text runs from right to left. Also plus and minus. */
void solco_tree_keys_add (GtkWidget *view);

G_END_DECLS
