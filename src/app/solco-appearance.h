/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SolcoAppearance:
 *
 * Follows the desktop: dark or light as the settings portal says, which GTK 4.8 does not do by
 */
#define SOLCO_TYPE_APPEARANCE (solco_appearance_get_type ())
G_DECLARE_FINAL_TYPE (SolcoAppearance, solco_appearance, SOLCO, APPEARANCE, GObject)

SolcoAppearance *solco_appearance_new (GdkDisplay *display);
/* Sets the style classes "dark" and "hc" of a window as its theme is, now and from then on. */
void solco_appearance_watch (SolcoAppearance *self, GtkWidget *window);

G_END_DECLS
