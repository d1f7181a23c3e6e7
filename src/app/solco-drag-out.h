/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "solco-controller.h"

G_BEGIN_DECLS

/**
 * SolcoDragOut:
 *
 * What a drag carries to other programs: files as text/uri-list. Local files are named by their
 * path. Files of the disc are copied out of it when the other program asks for the list, into a
 * folder of their own in the user's cache, which goes when the program ends. They have the names
 * that they have on the disc. Main thread only; nothing blocks.
 */
#define SOLCO_TYPE_DRAG_OUT (solco_drag_out_get_type ())
G_DECLARE_FINAL_TYPE (SolcoDragOut, solco_drag_out, SOLCO, DRAG_OUT, GdkContentProvider)

/* @session: the files of the disc are of this one; 0 for the newest. */
SolcoDragOut *solco_drag_out_new (SolcoController *controller, guint session);
void solco_drag_out_add_local (SolcoDragOut *self, const char *path);
void solco_drag_out_add_disc (SolcoDragOut *self, const char *disc_path);
gboolean solco_drag_out_is_empty (SolcoDragOut *self);

/* Deletes what was copied out, of this run of the program and of others that did not end well. */
void solco_drag_out_clean_up (void);

G_END_DECLS
