/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-dialogs.h"

G_BEGIN_DECLS

/**
 * SolcoDiscWindow:
 *
 * All that is known of the disc: its sessions, newest first, each with a way to copy files out of
 * it; its tracks; and its properties. Follows the disc that is in. Everything can be copied as text.
 */
#define SOLCO_TYPE_DISC_WINDOW (solco_disc_window_get_type ())
G_DECLARE_FINAL_TYPE (SolcoDiscWindow, solco_disc_window, SOLCO, DISC_WINDOW, GtkWindow)

GtkWidget *solco_disc_window_new (GtkWindow *parent, SolcoController *controller);
/* What it shows, as text; never NULL. */
const char *solco_disc_window_get_text (SolcoDiscWindow *self);

G_END_DECLS
