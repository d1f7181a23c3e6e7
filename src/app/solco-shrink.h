/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SolcoShrink:
 *
 * A bin that is as high as its child wants to be, and where there is less room, scrolls it. A scrolled
 * window alone does not know how high its child is at the width that it gets.
 *
 * Property "child" (GtkWidget, read-write).
 */
#define SOLCO_TYPE_SHRINK (solco_shrink_get_type ())
G_DECLARE_FINAL_TYPE (SolcoShrink, solco_shrink, SOLCO, SHRINK, GtkWidget)

G_END_DECLS
