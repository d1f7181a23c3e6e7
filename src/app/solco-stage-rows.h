/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/solco-row.h"

G_BEGIN_DECLS

/**
 * SolcoStageRows:
 *
 * The rows of a #SolcoStageList, and how a view gets to know of them. All rows are there at once,
 * but a list view of GTK 4.8 makes the widgets of some 200 rows for whatever it is told, and that
 * takes longer than three frames. So
 *
 * - a list that grows from few rows to many shows some of them first and more in the next frames,
 *   until it has more than the view makes widgets for. Then all are shown at once;
 * - where many rows of a long list are replaced, the new ones come before the old ones go: a view
 *   uses the widgets of rows again that it has lost sight of, but not of those that were removed.
 *
 * An index counts all rows, a position those that are shown. Main thread only.
 */
typedef struct _SolcoStageRows SolcoStageRows;

typedef struct
{
  SolcoNode *node;
  guint16 depth; /* 0 for what is in the root */
  gboolean is_selected;
} SolcoStageRow;

/* Asked before many rows are replaced: the row that the view scrolls by, and from now on does not
 * leave its place in it for. NULL if there is none, or if other rows are not to lose their
 * widgets; then GTK has all the work. */
typedef const SolcoNode *(*SolcoStageRowsHold) (gpointer data);

SolcoStageRows *solco_stage_rows_new (GListModel *model, SolcoProject *project);
void solco_stage_rows_free (SolcoStageRows *self);
void solco_stage_rows_set_hold (SolcoStageRows *self, SolcoStageRowsHold hold, gpointer data);

/* Of SolcoStageRow, by index; the same array always, changed by nobody else. */
const GArray *solco_stage_rows_get_all (SolcoStageRows *self);
void solco_stage_rows_splice (SolcoStageRows *self, guint start, guint end, const GArray *rows);
/* More rows will be shown soon. */
gboolean solco_stage_rows_is_growing (SolcoStageRows *self);

guint solco_stage_rows_get_n_shown (SolcoStageRows *self);
/* FALSE behind the end. */
gboolean solco_stage_rows_get_index (SolcoStageRows *self, guint position, guint *index);
/* FALSE: it is not shown yet. */
gboolean solco_stage_rows_get_position (SolcoStageRows *self, guint index, guint *position);

/* For GtkSelectionModel, by position. */
GtkBitset *solco_stage_rows_get_selection (SolcoStageRows *self, guint position, guint n_rows);
void solco_stage_rows_set_selection (SolcoStageRows *self, GtkBitset *selected,
                                     GtkBitset *mask);
/* All of them, shown or not. */
GPtrArray *solco_stage_rows_get_selected (SolcoStageRows *self);
guint solco_stage_rows_get_n_selected (SolcoStageRows *self);

G_END_DECLS
