/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frozen copies of a project: the tree of the next session, and the plan. */
#include "solco-project-private.h"

#include <string.h>

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(const SolcoNode *const *) a)->name, (*(const SolcoNode *const *) b)->name);
}

/* The children that the session will show, in order. Scanned folders are in order already. */
static GPtrArray *
get_sorted_children (const SolcoNode *node)
{
  GPtrArray *children = g_ptr_array_sized_new (node->folder->n_children);
  gboolean is_sorted = TRUE;

  for (guint i = 0; i < node->folder->n_children; i++)
    {
      SolcoNode *child = node->folder->children[i];

      if (child->flags & SOLCO_NODE_REMOVED)
        continue;
      if (is_sorted && children->len > 0)
        {
          const SolcoNode *last = g_ptr_array_index (children, children->len - 1);

          is_sorted = strcmp (last->name, child->name) < 0;
        }
      g_ptr_array_add (children, child);
    }
  if (!is_sorted)
    g_ptr_array_sort (children, compare_names);
  return children;
}

static void
fill (SolcoProject *self, const SolcoNode *node, SolcoTreeNode *row)
{
  memset (row, 0, sizeof *row);
  row->name = node->name;
  row->kind = node->kind;
  row->size_bytes = node->size_bytes;
  row->mtime_s = node->mtime_s;
  row->mode = node->attributes->mode;
  row->uid = node->attributes->uid;
  row->gid = node->attributes->gid;
  row->disc_index = node->disc_index;
  if (node->kind == SOLCO_NODE_SYMLINK)
    row->link_target = node->link_target;
  if (solco_node_is_on_disc (node))
    {
      const SolcoTreeNode *original
          = &solco_tree_get_nodes (self->disc->tree, NULL)[node->disc_index];

      row->start_block = original->start_block;
      row->session = original->session;
      row->device = original->device;
      row->inode = original->inode;
    }
  else
    {
      row->device = node->attributes->device;
      row->inode = node->inode;
      row->source_directory = node->source_directory;
      if (node->source_directory != NULL)
        row->source_name = solco_node_get_source_name (node);
    }
}

/**
 * solco_project_freeze_tree:
 * @self: a project
 *
 * The whole tree of the next session: items of the disc with their index there, new ones with
 * their source, removed ones left out. Main thread; some tens of milliseconds for 100 000 items.
 *
 * Returns: (transfer full): a tree that no later edit reaches
 */
SolcoTree *
solco_project_freeze_tree (SolcoProject *self)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (self), NULL);

  /* Folders in breadth-first order, with their indexes in the tree. */
  g_autoptr (GPtrArray) folders = g_ptr_array_new ();
  g_autoptr (GArray) indexes = g_array_new (FALSE, FALSE, sizeof (guint32));
  SolcoTreeNode row;
  SolcoTreeBuilder *builder;
  guint32 index = 0;

  fill (self, self->root, &row);
  builder = solco_tree_builder_new (&row);
  g_ptr_array_add (folders, self->root);
  g_array_append_val (indexes, index);
  for (guint i = 0; i < folders->len; i++)
    {
      g_autoptr (GPtrArray) children = get_sorted_children (g_ptr_array_index (folders, i));

      for (guint j = 0; j < children->len; j++)
        {
          SolcoNode *child = g_ptr_array_index (children, j);

          fill (self, child, &row);
          index = solco_tree_builder_add (builder, g_array_index (indexes, guint32, i), &row);
          if (child->kind == SOLCO_NODE_DIRECTORY)
            {
              g_ptr_array_add (folders, child);
              g_array_append_val (indexes, index);
            }
        }
    }
  return solco_tree_builder_finish (builder);
}

/**
 * solco_project_freeze:
 * @self: a project
 * @target: where it is to be burned
 *
 * Main thread.
 *
 * Returns: (transfer full): the plan of the next session, with the options of the project; the
 *   fields that are no options of a project (erase, mend) are off
 */
SolcoPlan *
solco_project_freeze (SolcoProject *self, const SolcoTarget *target)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (self) && target != NULL, NULL);

  g_autoptr (SolcoTree) tree = solco_project_freeze_tree (self);
  SolcoPlan *plan = solco_plan_new (target, tree, solco_project_get_label (self));

  if (self->disc->identity != NULL)
    plan->disc = solco_disc_identity_copy (self->disc->identity);
  if (self->disc->tree != NULL)
    plan->disc_tree = solco_tree_ref (self->disc->tree);
  plan->close_disc = self->options.close_disc;
  plan->simulate = self->options.simulate;
  plan->manifest = self->options.manifest;
  plan->file_md5 = self->options.file_md5;
  plan->verify = self->options.verify;
  plan->eject = self->options.eject;
  plan->speed_kb_per_s = self->options.speed_kb_per_s;
  return plan;
}
