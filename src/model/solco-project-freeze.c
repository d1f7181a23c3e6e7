/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frozen copies of a project: the tree of the next session, and the plan. */
#include "solco-project-private.h"

#include <string.h>

/* One slice of a copy that is made beside other work; a frame has 16 ms. */
#define SLICE_US 4000
/* The clock is looked at once for so many items. */
#define ITEMS_PER_LOOK 1024

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

/* @source: room for the row's */
static void
fill (SolcoProject *self, const SolcoNode *node, SolcoTreeNode *row, SolcoTreeSource *source)
{
  memset (row, 0, sizeof *row);
  row->name = node->name;
  row->kind = node->kind;
  row->size_bytes = node->size_bytes;
  row->mtime_s = node->mtime_s;
  row->mode = node->attributes->mode & 07777;
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
    }
  else if (node->source_directory != NULL)
    {
      *source = (SolcoTreeSource){ node->source_directory, solco_node_get_source_name (node),
                                   node->attributes->device, node->inode };
      row->source = source;
    }
}

/* A copy that is being made. */
typedef struct
{
  SolcoProject *project;
  SolcoTreeBuilder *builder;
  /* Folders in breadth-first order, with their indexes in the tree. */
  GPtrArray *folders;
  GArray *indexes;
  guint n_done; /* folders */
  GPtrArray *children; /* of the one that comes next */
  guint n_children_done;
  guint64 generation;
  SolcoTarget *target;
  SolcoProjectOptions options;
} Freeze;

static Freeze *
freeze_new (SolcoProject *project)
{
  Freeze *self = g_new0 (Freeze, 1);
  const guint32 index = 0;
  SolcoTreeNode row;
  SolcoTreeSource source;

  self->project = project;
  self->folders = g_ptr_array_new ();
  self->indexes = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->generation = project->generation;
  fill (project, project->root, &row, &source);
  self->builder = solco_tree_builder_new (&row);
  g_ptr_array_add (self->folders, project->root);
  g_array_append_val (self->indexes, index);
  return self;
}

static SolcoTree *
freeze_end (Freeze *self)
{
  return solco_tree_builder_finish (g_steal_pointer (&self->builder));
}

static void
freeze_free (Freeze *self)
{
  g_clear_pointer (&self->builder, solco_tree_builder_free);
  g_ptr_array_unref (self->folders);
  g_array_unref (self->indexes);
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_clear_pointer (&self->target, solco_target_free);
  g_free (self);
}

/* Copies some items. FALSE: all are copied. */
static gboolean
freeze_some (Freeze *self)
{
  guint32 parent;
  guint end;

  if (self->n_done == self->folders->len)
    return FALSE;
  if (self->children == NULL)
    {
      self->children = get_sorted_children (g_ptr_array_index (self->folders, self->n_done));
      self->n_children_done = 0;
    }
  parent = g_array_index (self->indexes, guint32, self->n_done);
  end = MIN (self->n_children_done + ITEMS_PER_LOOK, self->children->len);
  for (; self->n_children_done < end; self->n_children_done++)
    {
      SolcoNode *child = g_ptr_array_index (self->children, self->n_children_done);
      SolcoTreeNode row;
      SolcoTreeSource source;
      guint32 index;

      fill (self->project, child, &row, &source);
      index = solco_tree_builder_add (self->builder, parent, &row);
      if (child->kind == SOLCO_NODE_DIRECTORY)
        {
          g_ptr_array_add (self->folders, child);
          g_array_append_val (self->indexes, index);
        }
    }
  if (end == self->children->len)
    {
      g_clear_pointer (&self->children, g_ptr_array_unref);
      self->n_done++;
    }
  return TRUE;
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

  Freeze *freeze = freeze_new (self);
  SolcoTree *tree;

  while (freeze_some (freeze))
    continue;
  tree = freeze_end (freeze);
  freeze_free (freeze);
  return tree;
}

static SolcoPlan *
make_plan (SolcoProject *self, const SolcoTarget *target, const SolcoProjectOptions *options,
           SolcoTree *tree)
{
  SolcoPlan *plan = solco_plan_new (target, tree, solco_project_get_label (self));

  if (self->disc->identity != NULL)
    plan->disc = solco_disc_identity_copy (self->disc->identity);
  if (self->disc->tree != NULL)
    plan->disc_tree = solco_tree_ref (self->disc->tree);
  plan->close_disc = options->close_disc;
  plan->simulate = options->simulate;
  plan->manifest = options->manifest;
  plan->file_md5 = options->file_md5;
  plan->verify = options->verify;
  plan->eject = options->eject;
  plan->speed_kb_per_s = options->speed_kb_per_s;
  return plan;
}

/**
 * solco_project_freeze:
 * @self: a project
 * @target: where it is to be burned
 *
 * Main thread; takes as long as solco_project_freeze_tree().
 *
 * Returns: (transfer full): the plan of the next session, with the options of the project; the
 *   fields that are no options of a project (erase, mend) are off
 */
SolcoPlan *
solco_project_freeze (SolcoProject *self, const SolcoTarget *target)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (self) && target != NULL, NULL);

  g_autoptr (SolcoTree) tree = solco_project_freeze_tree (self);

  return make_plan (self, target, &self->options, tree);
}

static gboolean
on_slice (gpointer data)
{
  GTask *task = data;
  Freeze *freeze = g_task_get_task_data (task);
  const gint64 end_us = g_get_monotonic_time () + SLICE_US;
  g_autoptr (SolcoTree) tree = NULL;

  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;
  if (freeze->generation != freeze->project->generation)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                               "The stage was edited while it was copied.");
      return G_SOURCE_REMOVE;
    }
  while (g_get_monotonic_time () < end_us)
    {
      if (freeze_some (freeze))
        continue;
      tree = freeze_end (freeze);
      g_task_return_pointer (
          task, make_plan (freeze->project, freeze->target, &freeze->options, tree),
          (GDestroyNotify) solco_plan_unref);
      return G_SOURCE_REMOVE;
    }
  return G_SOURCE_CONTINUE;
}

/**
 * solco_project_freeze_async:
 * @self: a project
 * @target: where it is to be burned
 * @options: (nullable): those of the plan, %NULL for those of the project as they are now
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * As solco_project_freeze(), in slices of a few milliseconds. Main thread.
 */
void
solco_project_freeze_async (SolcoProject *self, const SolcoTarget *target,
                            const SolcoProjectOptions *options, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (SOLCO_IS_PROJECT (self) && target != NULL);

  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Freeze *freeze = freeze_new (self);

  freeze->target = solco_target_copy (target);
  freeze->options = options != NULL ? *options : self->options;
  g_task_set_source_tag (task, solco_project_freeze_async);
  g_task_set_task_data (task, freeze, (GDestroyNotify) freeze_free);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_slice, task, g_object_unref);
}

/**
 * solco_project_freeze_finish:
 * @self: a project
 * @result: what the callback got
 * @error: return location: %G_IO_ERROR_CANCELLED, also where the stage was edited meanwhile
 *
 * Main thread.
 *
 * Returns: (transfer full) (nullable): the plan of the next session
 */
SolcoPlan *
solco_project_freeze_finish (SolcoProject *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
