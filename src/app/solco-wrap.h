/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SolcoWrap:
 *
 * Children in a row, or where they do not fit, in fewer columns, down to one. Unlike a flow box it
 * takes any child as it is, and nothing in it can be selected.
 *
 * Properties, read-write:
 * - "max-columns" (int): more are not made; as many as there are children by default.
 * - "column-spacing", "row-spacing" (int, pixels)
 * - "homogeneous" (boolean): columns of equal width, which share all the room there is.
 */
#define SOLCO_TYPE_WRAP (solco_wrap_get_type ())
G_DECLARE_FINAL_TYPE (SolcoWrap, solco_wrap, SOLCO, WRAP, GtkWidget)

void solco_wrap_append (SolcoWrap *self, GtkWidget *child);
void solco_wrap_set_max_columns (SolcoWrap *self, int max_columns);

G_END_DECLS
