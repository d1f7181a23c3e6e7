/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "solco-controller.h"

G_BEGIN_DECLS

/* Called with the image file that was chosen. */
typedef void (*SolcoImageFunc) (GtkWindow *parent, GFile *file, gpointer user_data);

/* Asks for an image file: an existing one, or a new one with the medium that it stands for, which
 * is kept in the settings ("image-kind"). Modal over @parent. */
void solco_image_dialog_present (GtkWindow *parent, SolcoController *controller,
                                 SolcoImageFunc chosen, gpointer user_data);

G_END_DECLS
