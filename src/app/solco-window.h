/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "solco-application.h"
#include "solco-controller.h"

G_BEGIN_DECLS

/**
 * SolcoWindow:
 *
 * The main window: header bar, and a stack of the pages "stage", "progress" and "result", which
 * follows the job of the controller. Its actions ("win.…") stand in one table in
 * solco-window-actions.c.
 */
#define SOLCO_TYPE_WINDOW (solco_window_get_type ())
G_DECLARE_FINAL_TYPE (SolcoWindow, solco_window, SOLCO, WINDOW, GtkApplicationWindow)

SolcoWindow *solco_window_new (SolcoApplication *application, SolcoController *controller);
SolcoController *solco_window_get_controller (SolcoWindow *self);

G_END_DECLS
