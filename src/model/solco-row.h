/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "solco-project.h"

G_BEGIN_DECLS

/**
 * SolcoRow:
 *
 * The face of one node for a view: made when a model is asked for it, one per node at a time, gone
 * when nobody holds it. Main thread only.
 *
 * Properties, read-only, with "notify" when they change: "name" (string), "kind" (uint,
 * #SolcoNodeKind), "size-bytes" (uint64), "mtime-s" (int64), "origin" (uint, #SolcoNodeOrigin),
 * "session" (uint), "n-new" (uint64: new files below a folder), "n-removed" (uint64: likewise),
 * "restorable" (boolean).
 *
 * A renamed item is announced by notify and by items-changed (position, 1, 1) of its folder's
 * model, so that sorters and filters look at it again; the object stays the same.
 */
#define SOLCO_TYPE_ROW (solco_row_get_type ())
G_DECLARE_FINAL_TYPE (SolcoRow, solco_row, SOLCO, ROW, GObject)

/* The row of a node: the one that the models give too; g_object_unref(). */
SolcoRow *solco_row_get (SolcoProject *project, SolcoNode *node);
/* Whether somebody holds it. */
gboolean solco_row_exists (SolcoProject *project, const SolcoNode *node);
SolcoProject *solco_row_get_project (SolcoRow *self);
/* NULL once the node does not exist any more. */
SolcoNode *solco_row_get_node (SolcoRow *self);
/* NULL unless it is a folder: for the create-func of a GtkTreeListModel; g_object_unref(). */
GListModel *solco_row_get_children (SolcoRow *self);

G_END_DECLS
