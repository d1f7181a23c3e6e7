/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-dialogs.h"

G_BEGIN_DECLS

/**
 * SolcoEraseDialog:
 *
 * Names what will be lost, and offers the ways in which this disc can be erased. It has the focus on
 * Cancel. Where the disc is exchanged meanwhile, it closes.
 */
#define SOLCO_TYPE_ERASE_DIALOG (solco_erase_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SolcoEraseDialog, solco_erase_dialog, SOLCO, ERASE_DIALOG, GtkWindow)

/* There has to be a disc in the recorder. */
GtkWidget *solco_erase_dialog_new (GtkWindow *parent, SolcoController *controller);

G_END_DECLS
