/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "engine/solco-tree.h"

G_BEGIN_DECLS

/**
 * SolcoTreeItem:
 *
 * One node of a #SolcoTree for a list view, made when a view asks for it. Main thread.
 */
#define SOLCO_TYPE_TREE_ITEM (solco_tree_item_get_type ())
G_DECLARE_FINAL_TYPE (SolcoTreeItem, solco_tree_item, SOLCO, TREE_ITEM, GObject)

SolcoTree *solco_tree_item_get_tree (SolcoTreeItem *self);
guint32 solco_tree_item_get_index (SolcoTreeItem *self);
const SolcoTreeNode *solco_tree_item_get_node (SolcoTreeItem *self);

/* The children of a folder as a list of #SolcoTreeItem, folders first; NULL for what is no folder.
 * g_object_unref(). */
GListModel *solco_tree_item_list_children (SolcoTree *tree, guint32 folder);

G_END_DECLS
