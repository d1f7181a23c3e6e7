/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SolcoColumn:
 *
 * A bin whose child is as wide as there is room, but never wider than "width" (int, pixels), and
 * stands in the middle of what is left. For pages that are read.
 */
#define SOLCO_TYPE_COLUMN (solco_column_get_type ())
G_DECLARE_FINAL_TYPE (SolcoColumn, solco_column, SOLCO, COLUMN, GtkWidget)

G_END_DECLS
