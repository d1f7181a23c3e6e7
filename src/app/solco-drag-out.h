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
 * folder of their own in the user's cache, and the controller "is-copying" until they are. They have
 * the names that they have on the disc. Main thread only; nothing blocks.
 *
 * No program tells when it is done with the files that it was named: it reads them when it likes, and
 * a large folder on a slow network takes hours. So they outlive the program, and those of the day
 * before go when Solco starts, or copies again.
 */
#define SOLCO_TYPE_DRAG_OUT (solco_drag_out_get_type ())
G_DECLARE_FINAL_TYPE (SolcoDragOut, solco_drag_out, SOLCO, DRAG_OUT, GdkContentProvider)

/* @session: the files of the disc are of this one; 0 for the newest. */
SolcoDragOut *solco_drag_out_new (SolcoController *controller, guint session);
void solco_drag_out_add_local (SolcoDragOut *self, const char *path);
void solco_drag_out_add_disc (SolcoDragOut *self, const char *disc_path);
gboolean solco_drag_out_is_empty (SolcoDragOut *self);

/* Deletes what was copied out more than a day before @now_s, by this program or another one. It
 * blocks. Any thread. */
void solco_drag_out_clean_up (gint64 now_s);

G_END_DECLS
