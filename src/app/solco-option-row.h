/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SolcoOptionRow:
 *
 * One row of a boxed list: a title, a line under it where there is more to say, and a control at
 * the end (or at the start: a radio button). The control gets its accessible name and description
 * from the two labels, and a click anywhere on the row is a click on it.
 *
 * Properties: "title", "subtitle" (string, nullable), "control" (GtkWidget, nullable),
 * "control-first" (boolean).
 */
#define SOLCO_TYPE_OPTION_ROW (solco_option_row_get_type ())
G_DECLARE_FINAL_TYPE (SolcoOptionRow, solco_option_row, SOLCO, OPTION_ROW, GtkWidget)

GtkWidget *solco_option_row_new (const char *title, const char *subtitle, GtkWidget *control);
/* NULL hides the line. */
void solco_option_row_set_subtitle (SolcoOptionRow *self, const char *subtitle);
/* An image before the title. */
void solco_option_row_set_icon (SolcoOptionRow *self, GtkWidget *image);
void solco_option_row_set_title (SolcoOptionRow *self, const char *title);

G_END_DECLS
