/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-dialogs.h"

G_BEGIN_DECLS

/**
 * SolcoCopyDialog:
 *
 * Chooses files of any session, and a local folder that they are copied to. Only the sessions that
 * can be read are offered; the newest is shown first.
 */
#define SOLCO_TYPE_COPY_DIALOG (solco_copy_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SolcoCopyDialog, solco_copy_dialog, SOLCO, COPY_DIALOG, GtkWindow)

/* @session: 0 for the newest. There has to be a disc with a session that can be read. */
GtkWidget *solco_copy_dialog_new (GtkWindow *parent, SolcoController *controller, guint session);
/* Copies what is selected, or everything, to a local folder: what follows Copy To…. */
void solco_copy_dialog_copy (SolcoCopyDialog *self, const char *directory);
/* @paths: (nullable): what is copied, of session @session; NULL: it is chosen in the dialog. */
void solco_copy_dialog_present_session (GtkWindow *parent, SolcoController *controller,
                                        guint session, const char *const *paths);

G_END_DECLS
