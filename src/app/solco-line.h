/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SolcoLine:
 *
 * One line of text in a cell, cut off with an ellipsis. A list keeps some hundred rows ready, of
 * which a few are seen: unlike a label or an inscription, this one lays its text out when it is
 * drawn, and asks for no more than the height of its font before.
 */
#define SOLCO_TYPE_LINE (solco_line_get_type ())
G_DECLARE_FINAL_TYPE (SolcoLine, solco_line, SOLCO, LINE, GtkWidget)

/* @xalign: 0 the start, 1 the end. @is_tabular: figures of equal width. */
GtkWidget *solco_line_new (float xalign, gboolean is_tabular);
/* As wide as its text, which is measured once. */
GtkWidget *solco_line_new_whole (void);
void solco_line_set_text (SolcoLine *self, const char *text);
const char *solco_line_get_text (SolcoLine *self);
void solco_line_set_struck (SolcoLine *self, gboolean is_struck);

G_END_DECLS
