/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/solco-order.h"
#include "solco-stage-rows.h"

G_BEGIN_DECLS

/**
 * SolcoStageList:
 *
 * The rows of the stage as a view shows them: the tree with its open folders as one flat list of
 * #SolcoRow, sorted, searched, and with what is selected in it. A list of its own, since a chain of
 * tree, sort and selection models makes objects for every row: here a row is an object only while
 * somebody looks at it, and a large folder is sorted on another thread. Main thread only.
 *
 * Implements GListModel and GtkSelectionModel.
 *
 * Signal "expanded" (): a folder was opened or closed, or rows changed their depth;
 * solco_stage_list_is_expanded() answers otherwise.
 */
#define SOLCO_TYPE_STAGE_LIST (solco_stage_list_get_type ())
G_DECLARE_FINAL_TYPE (SolcoStageList, solco_stage_list, SOLCO, STAGE_LIST, GObject)

/* @search: what solco_stage_list_set_filtered() looks for. */
SolcoStageList *solco_stage_list_new (SolcoProject *project, SolcoSearch *search,
                                      const SolcoOrder *order);
void solco_stage_list_set_order (SolcoStageList *self, const SolcoOrder *order);
/* Shows only what the search matches, as it answers now; called again when that changes. */
void solco_stage_list_set_filtered (SolcoStageList *self, gboolean is_filtered);
/* A large folder is being sorted, or more rows will be shown soon. */
gboolean solco_stage_list_is_sorting (SolcoStageList *self);
/* For the one view that shows the list. */
void solco_stage_list_set_hold (SolcoStageList *self, SolcoStageRowsHold hold, gpointer data);

/* NULL behind the end. */
SolcoNode *solco_stage_list_get_node (SolcoStageList *self, guint position);
/* FALSE also while it is not shown yet. */
gboolean solco_stage_list_find (SolcoStageList *self, const SolcoNode *node, guint *position);
gboolean solco_stage_list_is_expanded (SolcoStageList *self, const SolcoNode *node);
/* FALSE: it is no folder, or not in the list. */
gboolean solco_stage_list_set_expanded (SolcoStageList *self, guint position, gboolean expanded);

/* From top to bottom; (element-type SolcoNode), g_ptr_array_unref(). */
GPtrArray *solco_stage_list_get_selected (SolcoStageList *self);
guint solco_stage_list_get_n_selected (SolcoStageList *self);

G_END_DECLS
