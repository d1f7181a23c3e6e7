/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SolcoLayoutMode: how much room there is
 * @SOLCO_LAYOUT_WIDE: from 720 px on, with text of the usual size
 * @SOLCO_LAYOUT_NARROW: one column, two lines a row
 * @SOLCO_LAYOUT_COMPACT: below 480 px: the header loses what the foot and the menu keep
 */
typedef enum
{
  SOLCO_LAYOUT_WIDE,
  SOLCO_LAYOUT_NARROW,
  SOLCO_LAYOUT_COMPACT
} SolcoLayoutMode;

/**
 * SolcoLayout:
 *
 * A bin around the window's content that chooses the layout by the width it gets. A window never
 * shrinks under the minimum of what it shows, so the bin reports the least that the compact
 * layout needs. Property "mode" (int, #SolcoLayoutMode), with "notify".
 */
#define SOLCO_TYPE_LAYOUT (solco_layout_get_type ())
G_DECLARE_FINAL_TYPE (SolcoLayout, solco_layout, SOLCO, LAYOUT, GtkWidget)

void solco_layout_set_child (SolcoLayout *self, GtkWidget *child);
SolcoLayoutMode solco_layout_get_mode (SolcoLayout *self);
/* @px, made larger as the user has text made larger: what holds text has to grow with it. */
int solco_layout_scale_px (GtkWidget *widget, int px);

G_END_DECLS
