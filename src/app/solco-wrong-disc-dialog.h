/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-dialogs.h"

G_BEGIN_DECLS

/**
 * SolcoWrongDiscDialog:
 *
 * Shows the disc that the session was planned for beside the one that is in, and offers to wait for
 * the first, or to plan the same changes for the second. It closes when the right disc is in.
 */
#define SOLCO_TYPE_WRONG_DISC_DIALOG (solco_wrong_disc_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SolcoWrongDiscDialog, solco_wrong_disc_dialog, SOLCO, WRONG_DISC_DIALOG,
                      GtkWindow)

/* There has to be an expected disc. */
GtkWidget *solco_wrong_disc_dialog_new (GtkWindow *parent, SolcoController *controller);

G_END_DECLS
