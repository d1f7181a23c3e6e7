/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SolcoIcon:
 *
 * A symbolic icon of 16 pixels in a cell. Like #SolcoLine it does nothing until it is drawn; an
 * image measures the font beside it for its baseline. For a screen reader it is not there.
 */
#define SOLCO_TYPE_ICON (solco_icon_get_type ())
G_DECLARE_FINAL_TYPE (SolcoIcon, solco_icon, SOLCO, ICON, GtkWidget)

GtkWidget *solco_icon_new (void);
/* @name: a static string. */
void solco_icon_set_name (SolcoIcon *self, const char *name);

G_END_DECLS
