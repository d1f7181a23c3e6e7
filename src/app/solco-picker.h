/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "solco-controller.h"

G_BEGIN_DECLS

/**
 * SolcoPicker:
 *
 * The title of the window: the disc, and under it what it is. Its popover lists the recorders of
 * the machine as they come and go, and the image file. While a job runs it is a plain title.
 */
#define SOLCO_TYPE_PICKER (solco_picker_get_type ())
G_DECLARE_FINAL_TYPE (SolcoPicker, solco_picker, SOLCO, PICKER, GtkWidget)

void solco_picker_set_controller (SolcoPicker *self, SolcoController *controller);
void solco_picker_set_narrow (SolcoPicker *self, gboolean is_narrow);
void solco_picker_popup (SolcoPicker *self);

G_END_DECLS
