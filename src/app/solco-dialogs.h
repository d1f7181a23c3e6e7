/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "solco-controller.h"
#include "solco-message.h"

G_BEGIN_DECLS

/* The pages and windows that the main window opens. Each is modal over @parent unless it says
 * otherwise, acts through the controller alone, and closes itself. */

/* Pages of the main window: they follow "job" of the controller by themselves. */
GtkWidget *solco_progress_page_new (SolcoController *controller);
GtkWidget *solco_result_page_new (SolcoController *controller);

/* Burn and erase: a question, then solco_controller_burn() or solco_controller_erase(). */
void solco_burn_dialog_present (GtkWindow *parent, SolcoController *controller);
void solco_burn_image_dialog_present (GtkWindow *parent, SolcoController *controller);
void solco_erase_dialog_present (GtkWindow *parent, SolcoController *controller);
void solco_wrong_disc_dialog_present (GtkWindow *parent, SolcoController *controller);
/* Stop…: says what it does to this medium, then solco_controller_cancel_job(). */
void solco_stop_dialog_present (GtkWindow *parent, SolcoController *controller);
/* Not modal. */
void solco_disc_window_present (GtkWindow *parent, SolcoController *controller);
/* @paths: (nullable): what is selected; NULL for everything. */
void solco_copy_dialog_present (GtkWindow *parent, SolcoController *controller,
                                const char *const *paths);
void solco_preferences_present (GtkWindow *parent, SolcoController *controller);
/* Those of the stage. */
void solco_conflict_dialog_present (GtkWindow *parent, SolcoController *controller,
                                    SolcoAddition *addition);
void solco_problem_window_present (GtkWindow *parent, SolcoController *controller);
void solco_shortcuts_window_present (GtkWindow *parent);

G_END_DECLS
