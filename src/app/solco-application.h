/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** SOLCO_APPLICATION_ID: of the program, its settings and its files */
#define SOLCO_APPLICATION_ID "io.github.solco.Solco"

/**
 * SolcoApplication:
 *
 * The program: command line, one instance, the one window, and the actions that are not of the
 * window ("app.…").
 */
#define SOLCO_TYPE_APPLICATION (solco_application_get_type ())
G_DECLARE_FINAL_TYPE (SolcoApplication, solco_application, SOLCO, APPLICATION, GtkApplication)

SolcoApplication *solco_application_new (void);

G_END_DECLS
