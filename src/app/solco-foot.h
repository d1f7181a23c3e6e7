/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "solco-controller.h"
#include "solco-layout.h"

G_BEGIN_DECLS

/**
 * SolcoFoot:
 *
 * Under the stage: capacity bar, legend, the sentence, the disc label, and in the compact layout
 * Burn….
 */
#define SOLCO_TYPE_FOOT (solco_foot_get_type ())
G_DECLARE_FINAL_TYPE (SolcoFoot, solco_foot, SOLCO, FOOT, GtkBox)

void solco_foot_set_controller (SolcoFoot *self, SolcoController *controller);
void solco_foot_set_mode (SolcoFoot *self, SolcoLayoutMode mode);

G_END_DECLS
