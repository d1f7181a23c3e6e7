/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-tree-item.h"

struct _SolcoTreeItem
{
  GObject parent_instance;

  SolcoTree *tree;
  guint32 index;
};

G_DEFINE_FINAL_TYPE (SolcoTreeItem, solco_tree_item, G_TYPE_OBJECT)

static void
solco_tree_item_finalize (GObject *object)
{
  SolcoTreeItem *self = SOLCO_TREE_ITEM (object);

  solco_tree_unref (self->tree);
  G_OBJECT_CLASS (solco_tree_item_parent_class)->finalize (object);
}

static void
solco_tree_item_class_init (SolcoTreeItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = solco_tree_item_finalize;
}

static void
solco_tree_item_init (SolcoTreeItem *self)
{
}

/**
 * solco_tree_item_get_tree:
 * @self: an item
 *
 * Returns: (transfer none): the tree that it is of
 */
SolcoTree *
solco_tree_item_get_tree (SolcoTreeItem *self)
{
  g_return_val_if_fail (SOLCO_IS_TREE_ITEM (self), NULL);

  return self->tree;
}

/**
 * solco_tree_item_get_index:
 * @self: an item
 *
 * Returns: the index of its node
 */
guint32
solco_tree_item_get_index (SolcoTreeItem *self)
{
  g_return_val_if_fail (SOLCO_IS_TREE_ITEM (self), SOLCO_TREE_NONE);

  return self->index;
}

/**
 * solco_tree_item_get_node:
 * @self: an item
 *
 * Returns: (transfer none): its node
 */
const SolcoTreeNode *
solco_tree_item_get_node (SolcoTreeItem *self)
{
  g_return_val_if_fail (SOLCO_IS_TREE_ITEM (self), NULL);

  return &solco_tree_get_nodes (self->tree, NULL)[self->index];
}

/* The children of a folder. */

#define SOLCO_TYPE_TREE_LIST (solco_tree_list_get_type ())
G_DECLARE_FINAL_TYPE (SolcoTreeList, solco_tree_list, SOLCO, TREE_LIST, GObject)

struct _SolcoTreeList
{
  GObject parent_instance;

  SolcoTree *tree;
  /* Folders first, each kind in the order of the tree. */
  guint32 *order;
  guint32 n_items;
};

static GType
solco_tree_list_get_item_type (GListModel *model)
{
  return SOLCO_TYPE_TREE_ITEM;
}

static guint
solco_tree_list_get_n_items (GListModel *model)
{
  return SOLCO_TREE_LIST (model)->n_items;
}

static gpointer
solco_tree_list_get_item (GListModel *model, guint position)
{
  SolcoTreeList *self = SOLCO_TREE_LIST (model);
  SolcoTreeItem *item;

  if (position >= self->n_items)
    return NULL;
  item = g_object_new (SOLCO_TYPE_TREE_ITEM, NULL);
  item->tree = solco_tree_ref (self->tree);
  item->index = self->order[position];
  return item;
}

static void
solco_tree_list_init_model (GListModelInterface *iface)
{
  iface->get_item_type = solco_tree_list_get_item_type;
  iface->get_n_items = solco_tree_list_get_n_items;
  iface->get_item = solco_tree_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SolcoTreeList, solco_tree_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      solco_tree_list_init_model))

static void
solco_tree_list_finalize (GObject *object)
{
  SolcoTreeList *self = SOLCO_TREE_LIST (object);

  solco_tree_unref (self->tree);
  g_free (self->order);
  G_OBJECT_CLASS (solco_tree_list_parent_class)->finalize (object);
}

static void
solco_tree_list_class_init (SolcoTreeListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = solco_tree_list_finalize;
}

static void
solco_tree_list_init (SolcoTreeList *self)
{
}

/**
 * solco_tree_item_list_children:
 * @tree: a tree
 * @folder: index of a node
 *
 * Main thread.
 *
 * Returns: (transfer full) (nullable): the children of @folder, folders first; %NULL if it is none
 */
GListModel *
solco_tree_item_list_children (SolcoTree *tree, guint32 folder)
{
  g_return_val_if_fail (tree != NULL, NULL);

  const SolcoTreeNode *nodes = solco_tree_get_nodes (tree, NULL);
  const SolcoTreeNode *node = &nodes[folder];
  const guint32 end = node->first_child + node->n_children;
  SolcoTreeList *self;
  guint32 n = 0;

  if (node->kind != SOLCO_NODE_DIRECTORY)
    return NULL;
  self = g_object_new (SOLCO_TYPE_TREE_LIST, NULL);
  self->tree = solco_tree_ref (tree);
  self->n_items = node->n_children;
  self->order = g_new (guint32, MAX (1, node->n_children));
  for (guint32 i = node->first_child; i < end; i++)
    if (nodes[i].kind == SOLCO_NODE_DIRECTORY)
      self->order[n++] = i;
  for (guint32 i = node->first_child; i < end; i++)
    if (nodes[i].kind != SOLCO_NODE_DIRECTORY)
      self->order[n++] = i;
  return G_LIST_MODEL (self);
}
