/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-dialogs.h"

G_BEGIN_DECLS

/**
 * SolcoBurnDialog:
 *
 * Says what will be written and asks how: keep the disc open, verify, eject, simulate, speed. Burn
 * keeps the answers in the project and starts solco_controller_burn(). Where sessions have to be
 * erased first, it names them, and the button says so.
 */
#define SOLCO_TYPE_BURN_DIALOG (solco_burn_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SolcoBurnDialog, solco_burn_dialog, SOLCO, BURN_DIALOG, GtkWindow)

GtkWidget *solco_burn_dialog_new (GtkWindow *parent, SolcoController *controller);

G_END_DECLS
