/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The elementary edits of a project, each of which can be taken back. */
#include "solco-folder-model.h"
#include "solco-journal-private.h"
#include "solco-project-private.h"
#include "solco-row-private.h"

#include <string.h>

/* Moving so many pointers takes no time that counts, in a view neither; beyond it, a view gets one
 * big change instead of many small ones. */
#define MAX_POINTER_MOVES (64 * 1024)

typedef enum
{
  OP_LINK,
  OP_UNLINK,
  OP_SET_REMOVED,
  OP_SET_NAME,
  OP_SET_REPLACED,
  OP_LINK_HOME,
  OP_SET_DISC,
  OP_SET_LABEL
} OpType;

/* One elementary edit with all that it takes to do it again or take it back. */
typedef struct
{
  guint8 type;
  guint8 created; /* link: the nodes exist because of this */
  guint8 removed; /* set removed: the new state */
  guint8 had_source_name;
  guint n_nodes;
  union
  {
    SolcoNode *node; /* n_nodes == 1 */
    SolcoNode **nodes;
  };
  union
  {
    SolcoNode *folder;
    struct
    {
      const char *old_name;
      const char *new_name;
    };
    struct
    {
      SolcoNode *old_replaced;
      SolcoNode *new_replaced;
    };
    struct
    {
      SolcoDiscState *old_disc;
      SolcoDiscState *new_disc;
    };
    struct
    {
      char *old_label;
      char *new_label;
    };
    struct
    {
      const char *directory;
      SolcoScanOptions *options;
      GHashTable *holes; /* kept while it is undone */
    };
  };
} Op;

static SolcoNode *const *
op_get_nodes (const Op *op)
{
  return op->n_nodes == 1 ? &op->node : op->nodes;
}

static void
op_clear (gpointer data)
{
  Op *op = data;

  if (op->n_nodes > 1)
    g_free (op->nodes);
  switch ((OpType) op->type)
    {
    case OP_SET_DISC:
      solco_disc_state_unref (op->old_disc);
      solco_disc_state_unref (op->new_disc);
      break;
    case OP_SET_LABEL:
      g_free (op->old_label);
      g_free (op->new_label);
      break;
    case OP_LINK_HOME:
      solco_scan_options_unref (op->options);
      g_clear_pointer (&op->holes, g_hash_table_unref);
      break;
    case OP_LINK:
    case OP_UNLINK:
    case OP_SET_REMOVED:
    case OP_SET_NAME:
    case OP_SET_REPLACED:
      break;
    }
}

SolcoStep *
solco_step_new (void)
{
  SolcoStep *self = g_new0 (SolcoStep, 1);

  self->ops = g_array_new (FALSE, FALSE, sizeof (Op));
  g_array_set_clear_func (self->ops, op_clear);
  return self;
}

void
solco_step_free (SolcoStep *self)
{
  g_array_unref (self->ops);
  g_free (self);
}

static void
record (SolcoProject *self, Op op, SolcoNode *const *nodes, guint n_nodes)
{
  g_assert (self->step != NULL);

  op.n_nodes = n_nodes;
  if (n_nodes == 1)
    op.node = nodes[0];
  else if (n_nodes > 1)
    op.nodes = g_memdup2 (nodes, n_nodes * sizeof *nodes);
  g_array_append_val (self->step->ops, op);
  self->step->state = ++self->last_state;
}

gpointer
solco_project_peek_row (SolcoProject *self, const SolcoNode *node)
{
  return g_hash_table_lookup (self->rows, node);
}

void
solco_project_touch (SolcoProject *self, const SolcoNode *node)
{
  SolcoRow *row = solco_project_peek_row (self, node);

  if (row != NULL && !g_hash_table_contains (self->touched, row))
    g_hash_table_add (self->touched, g_object_ref (row));
}

/* Rows below a folder whose own state decides theirs. */
static void
touch_below (SolcoProject *self, const SolcoNode *folder)
{
  GHashTableIter iter;
  gpointer node;

  if (folder->kind != SOLCO_NODE_DIRECTORY)
    return;
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &node, NULL))
    {
      if (solco_node_is_inside (node, folder))
        solco_project_touch (self, node);
    }
}

/* Carries a change of sums from @folder up to the root. */
static void
propagate (SolcoProject *self, SolcoNode *folder, SolcoSums *added, SolcoSums *taken)
{
  for (SolcoNode *node = folder; node != NULL; node = node->parent)
    {
      solco_sums_add (&node->folder->sums, added);
      solco_sums_subtract (&node->folder->sums, taken);
      solco_project_touch (self, node);
      if (node->flags & SOLCO_NODE_REMOVED)
        {
          solco_sums_make_removed (added);
          solco_sums_make_removed (taken);
        }
    }
}

/* Counts or forgets the contents of the new files in a live subtree. */
static void
account (SolcoProject *self, const SolcoNode *node, gboolean add)
{
  if (node->flags & SOLCO_NODE_REMOVED)
    return;
  if (node->kind == SOLCO_NODE_FILE && !solco_node_is_on_disc (node))
    {
      if (add)
        solco_extents_add (self->extents, node);
      else
        solco_extents_remove (self->extents, node);
    }
  else if (node->kind == SOLCO_NODE_DIRECTORY && node->folder->sums.totals.n_new_files > 0)
    {
      for (guint i = 0; i < node->folder->n_children; i++)
        account (self, node->folder->children[i], add);
    }
}

static void
sum_contributions (SolcoNode *const *nodes, guint n_nodes, SolcoSums *sums)
{
  memset (sums, 0, sizeof *sums);
  for (guint i = 0; i < n_nodes; i++)
    {
      SolcoSums one;

      solco_node_get_contribution (nodes[i], &one);
      solco_sums_add (sums, &one);
    }
}

/* Whether an item of the disc stands where the disc has it. */
static void
update_renamed (SolcoProject *self, SolcoNode *node)
{
  if (!solco_node_is_on_disc (node) || self->disc->tree == NULL || node->parent == NULL)
    return;

  const SolcoTreeNode *original
      = &solco_tree_get_nodes (self->disc->tree, NULL)[node->disc_index];

  if (node->parent->disc_index != original->parent || strcmp (node->name, original->name) != 0)
    node->flags |= SOLCO_NODE_RENAMED;
  else
    node->flags &= (guint8) ~SOLCO_NODE_RENAMED;
}

static void
do_link (SolcoProject *self, SolcoNode *folder, SolcoNode *const *nodes, guint n_nodes)
{
  guint position = folder->folder->n_children;
  gboolean live = solco_node_is_live (folder, self->root);
  SolcoSums added;
  SolcoSums taken = { 0 };

  solco_folder_append (folder, nodes, n_nodes);
  for (guint i = 0; i < n_nodes; i++)
    {
      update_renamed (self, nodes[i]);
      if (folder->folder->homes != NULL)
        solco_folder_close_hole (folder, nodes[i]);
      if (live)
        account (self, nodes[i], TRUE);
    }
  sum_contributions (nodes, n_nodes, &added);
  propagate (self, folder, &added, &taken);
  solco_project_estimate_invalidate (folder);
  self->is_changed = TRUE;
  self->generation++;
  if (folder->folder->model != NULL)
    g_list_model_items_changed (folder->folder->model, position, 0, n_nodes);
}

static void
splice_out_marked (SolcoNode *folder_node)
{
  SolcoFolder *folder = folder_node->folder;
  guint n_kept = 0;

  for (guint i = 0; i < folder->n_children; i++)
    {
      if (!(folder->children[i]->flags & SOLCO_NODE_MARKED))
        folder->children[n_kept++] = folder->children[i];
      else
        folder->children[i]->flags &= (guint8) ~SOLCO_NODE_MARKED;
    }
  /* What is behind is scratch now; splicing it out also frees an array that became empty. */
  solco_folder_splice_out (folder_node, n_kept, folder->n_children - n_kept);
}

/* Takes the marked children out of the array, and tells the view in as small changes as is
 * affordable: run by run from the end, or all between the first and the last at once. */
static void
remove_marked (SolcoNode *folder_node)
{
  SolcoFolder *folder = folder_node->folder;
  guint first = G_MAXUINT;
  guint last = 0;
  guint n_runs = 0;
  guint n_marked = 0;

  for (guint i = 0; i < folder->n_children; i++)
    {
      if (!(folder->children[i]->flags & SOLCO_NODE_MARKED))
        continue;
      if (n_marked++ == 0)
        first = i;
      if (n_marked == 1 || i != last + 1)
        n_runs++;
      last = i;
    }
  if (folder->model == NULL || (guint64) n_runs * (folder->n_children - first) > MAX_POINTER_MOVES)
    {
      GListModel *model = folder->model;

      splice_out_marked (folder_node);
      if (model != NULL)
        g_list_model_items_changed (model, first, last + 1 - first, last + 1 - first - n_marked);
      return;
    }
  for (guint end = last + 1; end > first;)
    {
      guint start = end - 1;

      if (!(folder->children[start]->flags & SOLCO_NODE_MARKED))
        {
          end--;
          continue;
        }
      while (start > first && (folder->children[start - 1]->flags & SOLCO_NODE_MARKED))
        start--;
      for (guint i = start; i < end; i++)
        folder->children[i]->flags &= (guint8) ~SOLCO_NODE_MARKED;
      solco_folder_splice_out (folder_node, start, end - start);
      g_list_model_items_changed (folder->model, start, end - start, 0);
      end = start;
    }
}

static void
do_unlink (SolcoProject *self, SolcoNode *folder, SolcoNode *const *nodes, guint n_nodes)
{
  gboolean live = solco_node_is_live (folder, self->root);
  SolcoSums added = { 0 };
  SolcoSums taken;

  sum_contributions (nodes, n_nodes, &taken);
  for (guint i = 0; i < n_nodes; i++)
    {
      if (live)
        account (self, nodes[i], FALSE);
      solco_folder_forget_name (folder, nodes[i]);
      solco_project_touch (self, nodes[i]);
      nodes[i]->parent = NULL;
      nodes[i]->flags |= SOLCO_NODE_MARKED;
    }
  propagate (self, folder, &added, &taken);
  solco_folder_open_holes (folder, nodes, n_nodes);
  solco_project_estimate_invalidate (folder);
  self->is_changed = TRUE;
  self->generation++;
  remove_marked (folder);
}

static void
do_set_removed (SolcoProject *self, SolcoNode *const *nodes, guint n_nodes, gboolean removed)
{
  SolcoNode *folder = nodes[0]->parent;
  gboolean live = folder != NULL && solco_node_is_live (folder, self->root);
  SolcoSums added;
  SolcoSums taken;

  sum_contributions (nodes, n_nodes, &taken);
  for (guint i = 0; i < n_nodes; i++)
    {
      if (removed)
        {
          if (live)
            account (self, nodes[i], FALSE);
          nodes[i]->flags |= SOLCO_NODE_REMOVED;
        }
      else
        {
          nodes[i]->flags &= (guint8) ~SOLCO_NODE_REMOVED;
          if (live)
            account (self, nodes[i], TRUE);
        }
      solco_project_touch (self, nodes[i]);
      touch_below (self, nodes[i]);
    }
  sum_contributions (nodes, n_nodes, &added);
  propagate (self, folder, &added, &taken);
  if (folder != NULL)
    solco_project_estimate_invalidate (folder);
  self->is_changed = TRUE;
  self->generation++;
}

static void
do_set_name (SolcoProject *self, SolcoNode *node, const char *name, gboolean has_source_name)
{
  SolcoNode *folder = node->parent;
  SolcoSums added = { 0 };
  SolcoSums taken = { 0 };

  if (folder != NULL)
    {
      solco_node_get_contribution (node, &taken);
      solco_folder_forget_name (folder, node);
    }
  node->name = name;
  if (has_source_name)
    node->flags |= SOLCO_NODE_HAS_SOURCE_NAME;
  else
    node->flags &= (guint8) ~SOLCO_NODE_HAS_SOURCE_NAME;
  node->collation_key = NULL;
  self->is_changed = TRUE;
  self->generation++;
  solco_project_touch (self, node);
  if (folder == NULL)
    return;

  solco_folder_learn_name (folder, node);
  update_renamed (self, node);
  solco_node_get_contribution (node, &added);
  propagate (self, folder, &added, &taken);
  solco_project_estimate_invalidate (folder);
  if (folder->folder->model == NULL)
    return;
  for (guint i = 0; i < folder->folder->n_children; i++)
    {
      if (folder->folder->children[i] == node)
        {
          g_list_model_items_changed (folder->folder->model, i, 1, 1);
          break;
        }
    }
}

static void
do_set_disc (SolcoProject *self, SolcoDiscState *state)
{
  SolcoDiscState *old = self->disc;

  self->disc = solco_disc_state_ref (state);
  solco_disc_state_unref (old);
  self->root->disc_index = state->tree != NULL ? 0 : SOLCO_TREE_NONE;
  self->root->attributes = state->root_attributes;
  self->root->mtime_s = state->root_mtime_s;
  self->is_reset = TRUE;
  self->is_changed = TRUE;
  self->generation++;
}

static void
do_set_label (SolcoProject *self, const char *label)
{
  g_free (self->label);
  self->label = g_strdup (label);
  self->is_changed = TRUE;
}

void
solco_project_link (SolcoProject *self, SolcoNode *folder, SolcoNode *const *nodes, guint n_nodes,
                    gboolean created)
{
  if (n_nodes == 0)
    return;
  do_link (self, folder, nodes, n_nodes);
  record (self, (Op){ .type = OP_LINK, .created = created, .folder = folder }, nodes, n_nodes);
}

void
solco_project_link_unrecorded (SolcoProject *self, SolcoNode *folder, SolcoNode *const *nodes,
                               guint n_nodes)
{
  if (n_nodes > 0)
    do_link (self, folder, nodes, n_nodes);
  if (self->step->ops->len > 0)
    self->step->state = ++self->last_state;
}

void
solco_project_unlink (SolcoProject *self, SolcoNode *const *nodes, guint n_nodes)
{
  if (n_nodes == 0)
    return;

  SolcoNode *folder = nodes[0]->parent;

  do_unlink (self, folder, nodes, n_nodes);
  record (self, (Op){ .type = OP_UNLINK, .folder = folder }, nodes, n_nodes);
}

void
solco_project_set_removed (SolcoProject *self, SolcoNode *const *nodes, guint n_nodes,
                           gboolean removed)
{
  if (n_nodes == 0)
    return;
  do_set_removed (self, nodes, n_nodes, removed);
  record (self, (Op){ .type = OP_SET_REMOVED, .removed = removed }, nodes, n_nodes);
}

void
solco_project_set_name (SolcoProject *self, SolcoNode *node, const char *name)
{
  Op op = { .type = OP_SET_NAME, .old_name = node->name };
  const char *source_name = NULL;

  if (node->flags & SOLCO_NODE_HAS_SOURCE_NAME)
    op.had_source_name = 1;
  if (node->source_directory != NULL)
    source_name = solco_node_get_source_name (node);
  op.new_name = solco_node_store_add_names (self->store, name, source_name);
  do_set_name (self, node, op.new_name, source_name != NULL);
  record (self, op, &node, 1);
}

void
solco_project_set_replaced (SolcoProject *self, SolcoNode *node, SolcoNode *replaced)
{
  Op op = { .type = OP_SET_REPLACED, .old_replaced = node->replaced, .new_replaced = replaced };

  g_assert (node->parent == NULL);
  node->replaced = replaced;
  record (self, op, &node, 1);
}

SolcoHome *
solco_project_link_home (SolcoProject *self, SolcoNode *folder, const char *directory,
                         SolcoScanOptions *options)
{
  Op op = { .type = OP_LINK_HOME,
            .directory = directory,
            .options = solco_scan_options_ref (options) };

  SolcoHome *home = solco_folder_add_home (folder, directory, options);

  record (self, op, &folder, 1);
  return home;
}

void
solco_project_set_disc (SolcoProject *self, SolcoDiscState *state)
{
  Op op = { .type = OP_SET_DISC,
            .old_disc = solco_disc_state_ref (self->disc),
            .new_disc = solco_disc_state_ref (state) };

  do_set_disc (self, state);
  record (self, op, NULL, 0);
}

void
solco_project_put_label (SolcoProject *self, const char *label)
{
  Op op = { .type = OP_SET_LABEL,
            .old_label = g_strdup (self->label),
            .new_label = g_strdup (label) };

  do_set_label (self, label);
  record (self, op, NULL, 0);
}

static void
apply_op (SolcoProject *self, Op *op, gboolean forward)
{
  SolcoNode *const *nodes = op_get_nodes (op);
  SolcoHome *home;

  switch ((OpType) op->type)
    {
    case OP_LINK:
    case OP_UNLINK:
      if ((op->type == OP_LINK) == forward)
        do_link (self, op->folder, nodes, op->n_nodes);
      else
        do_unlink (self, op->folder, nodes, op->n_nodes);
      break;
    case OP_SET_REMOVED:
      do_set_removed (self, nodes, op->n_nodes, op->removed == forward);
      break;
    case OP_SET_NAME:
      if (forward)
        do_set_name (self, op->node, op->new_name, op->node->source_directory != NULL);
      else
        do_set_name (self, op->node, op->old_name, op->had_source_name);
      break;
    case OP_SET_REPLACED:
      op->node->replaced = forward ? op->new_replaced : op->old_replaced;
      break;
    case OP_LINK_HOME:
      if (forward)
        {
          home = solco_folder_add_home (op->node, op->directory, op->options);
          home->holes = g_steal_pointer (&op->holes);
          break;
        }
      home = solco_folder_find_home (op->node, op->directory);
      op->holes = g_steal_pointer (&home->holes);
      solco_folder_remove_home (op->node, home);
      break;
    case OP_SET_DISC:
      do_set_disc (self, forward ? op->new_disc : op->old_disc);
      break;
    case OP_SET_LABEL:
      do_set_label (self, forward ? op->new_label : op->old_label);
      break;
    }
}

void
solco_project_discard (SolcoProject *self, SolcoNode *node)
{
  SolcoRow *row = solco_project_peek_row (self, node);

  if (node->kind == SOLCO_NODE_DIRECTORY)
    {
      if (node->folder->model != NULL)
        solco_folder_model_detach (node->folder->model);
      for (guint i = 0; i < node->folder->n_children; i++)
        solco_project_discard (self, node->folder->children[i]);
    }
  if (row != NULL)
    {
      g_hash_table_remove (self->rows, node);
      solco_row_detach (row);
    }
  self->n_discards++;
  solco_node_store_free_node (self->store, node);
}

/* Whether both do the same to one folder, so that they can be done at once: a view is told once. */
static gboolean
can_join (const Op *a, const Op *b)
{
  return a->type == b->type && (a->type == OP_LINK || a->type == OP_UNLINK)
         && a->folder == b->folder;
}

/* Applies ops [first, first + n), which can be joined. */
static void
apply_joined (SolcoProject *self, GArray *ops, guint first, guint n, gboolean forward)
{
  const Op *op = &g_array_index (ops, Op, first);
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();

  for (guint i = first; i < first + n; i++)
    {
      const Op *one = &g_array_index (ops, Op, i);

      for (guint k = 0; k < one->n_nodes; k++)
        g_ptr_array_add (nodes, op_get_nodes (one)[k]);
    }
  if ((op->type == OP_LINK) == forward)
    do_link (self, op->folder, (SolcoNode *const *) nodes->pdata, nodes->len);
  else
    do_unlink (self, op->folder, (SolcoNode *const *) nodes->pdata, nodes->len);
}

void
solco_step_apply (SolcoStep *self, SolcoProject *project, gboolean forward)
{
  const guint n_ops = self->ops->len;

  for (guint done = 0, n; done < n_ops; done += n)
    {
      guint index = forward ? done : n_ops - 1 - done;
      Op *op = &g_array_index (self->ops, Op, index);

      for (n = 1; done + n < n_ops; n++)
        if (!can_join (op, &g_array_index (self->ops, Op, forward ? index + n : index - n)))
          break;
      if (n == 1)
        apply_op (project, op, forward);
      else
        apply_joined (project, self->ops, forward ? index : index + 1 - n, n, forward);
    }
}

void
solco_step_discard_created (SolcoStep *self, SolcoProject *project)
{
  for (guint i = 0; i < self->ops->len; i++)
    {
      const Op *op = &g_array_index (self->ops, Op, i);

      if (op->type != OP_LINK || !op->created)
        continue;
      for (guint k = 0; k < op->n_nodes; k++)
        solco_project_discard (project, op_get_nodes (op)[k]);
    }
}
