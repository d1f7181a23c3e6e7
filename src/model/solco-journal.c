/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The elementary edits of a project, and the journal that can take them back. */
#include "solco-addition-private.h"
#include "solco-folder-model.h"
#include "solco-project-private.h"
#include "solco-row-private.h"

#include <string.h>

/* Moving so many pointers takes a few milliseconds; beyond it, a view gets one big change instead
 * of many small ones. */
#define MAX_POINTER_MOVES (4 * 1024 * 1024)

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

struct _SolcoStep
{
  SolcoEditKind kind;
  gpointer owner;
  guint64 serial;
  guint64 state;
  GArray *ops;
};

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

static SolcoHome *
find_own_home (SolcoNode *folder, const SolcoNode *node)
{
  return node->source_directory != NULL ? solco_folder_find_home (folder, node->source_directory)
                                        : NULL;
}

/* What arrives is no hole any more. */
static void
close_hole (SolcoNode *folder, const SolcoNode *node)
{
  SolcoHome *home = find_own_home (folder, node);

  if (home != NULL && home->holes != NULL)
    g_hash_table_remove (home->holes, solco_node_get_source_name (node));
}

/* What is in a folder under another name than its source has, as paths of the sources. */
static GHashTable *
get_renamed_sources (const SolcoNode *folder)
{
  GHashTable *sources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < folder->folder->n_children; i++)
    {
      const SolcoNode *child = folder->folder->children[i];

      if (!(child->flags & SOLCO_NODE_MARKED) && (child->flags & SOLCO_NODE_HAS_SOURCE_NAME))
        g_hash_table_add (sources, g_build_filename (child->source_directory,
                                                     solco_node_get_source_name (child), NULL));
    }
  return sources;
}

/* Whether something in the folder comes from that source. */
static gboolean
has_source (const SolcoNode *folder, GHashTable *renamed, const char *directory, const char *name)
{
  const SolcoNode *other = solco_node_lookup_child (folder, name);
  g_autofree char *source = NULL;

  if (other != NULL && !(other->flags & SOLCO_NODE_MARKED) && other->source_directory == directory
      && !(other->flags & SOLCO_NODE_HAS_SOURCE_NAME))
    return TRUE;
  if (g_hash_table_size (renamed) == 0)
    return FALSE;
  source = g_build_filename (directory, name, NULL);
  return g_hash_table_contains (renamed, source);
}

static void
open_hole (SolcoNode *folder, GHashTable *renamed, SolcoHome *home, const char *name)
{
  if (has_source (folder, renamed, home->directory, name))
    return;
  if (home->holes == NULL)
    home->holes = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_add (home->holes, (gpointer) name);
}

void
solco_folder_open_holes (SolcoNode *folder, SolcoNode *const *nodes, guint n_nodes)
{
  g_autoptr (GHashTable) renamed = NULL;

  if (folder->folder->homes == NULL)
    return;
  renamed = get_renamed_sources (folder);
  for (guint i = 0; i < n_nodes; i++)
    {
      SolcoHome *home = find_own_home (folder, nodes[i]);

      if (home != NULL)
        open_hole (folder, renamed, home, solco_node_get_source_name (nodes[i]));
    }
}

void
solco_folder_copy_holes (SolcoNode *folder, SolcoHome *home, const SolcoHome *from)
{
  g_autoptr (GHashTable) renamed = NULL;
  GHashTableIter iter;
  gpointer name;

  if (from->holes == NULL)
    return;
  renamed = get_renamed_sources (folder);
  g_hash_table_iter_init (&iter, from->holes);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    open_hole (folder, renamed, home, name);
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
        close_hole (folder, nodes[i]);
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

static void
drop_redo (SolcoProject *self)
{
  for (guint i = self->redo->len; i > 0; i--)
    {
      SolcoStep *step = g_ptr_array_index (self->redo, i - 1);

      for (guint j = 0; j < step->ops->len; j++)
        {
          Op *op = &g_array_index (step->ops, Op, j);

          if (op->type != OP_LINK || !op->created)
            continue;
          for (guint k = 0; k < op->n_nodes; k++)
            solco_project_discard (self, op_get_nodes (op)[k]);
        }
    }
  g_ptr_array_set_size (self->redo, 0);
}

guint64
solco_project_get_step_serial (SolcoProject *self)
{
  return self->step->serial;
}

gboolean
solco_project_is_attached (SolcoProject *self, const SolcoNode *node)
{
  return solco_node_is_inside (node, self->root);
}

void
solco_project_begin_edit (SolcoProject *self, SolcoEditKind kind, gpointer owner)
{
  if (self->edit_depth++ > 0)
    return;

  if (owner != NULL && self->undo->len > 0 && self->redo->len == 0)
    {
      SolcoStep *last = g_ptr_array_index (self->undo, self->undo->len - 1);

      if (last->owner == owner)
        {
          self->step = last;
          return;
        }
    }
  self->step = g_new0 (SolcoStep, 1);
  self->step->kind = kind;
  self->step->owner = owner;
  self->step->serial = ++self->last_serial;
  self->step->ops = g_array_new (FALSE, FALSE, sizeof (Op));
  g_array_set_clear_func (self->step->ops, op_clear);
}

void
solco_project_forget_owner (SolcoProject *self, gpointer owner)
{
  for (guint i = 0; i < self->undo->len; i++)
    {
      SolcoStep *step = g_ptr_array_index (self->undo, i);

      if (step->owner == owner)
        step->owner = NULL;
    }
}

static void
tell (SolcoProject *self)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer row;

  /* The set is emptied first, since a handler may edit again. */
  g_hash_table_iter_init (&iter, self->touched);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    {
      g_ptr_array_add (rows, row);
      g_hash_table_iter_steal (&iter);
    }
  for (guint i = 0; i < rows->len; i++)
    solco_row_notify (g_ptr_array_index (rows, i));
  solco_project_announce (self);
}

void
solco_project_end_edit (SolcoProject *self)
{
  g_assert (self->edit_depth > 0);

  if (--self->edit_depth > 0)
    return;

  SolcoStep *step = g_steal_pointer (&self->step);
  gboolean is_known
      = self->undo->len > 0 && g_ptr_array_index (self->undo, self->undo->len - 1) == step;

  if (step->ops->len == 0 && !is_known)
    {
      solco_step_free (step);
    }
  else if (!is_known)
    {
      drop_redo (self);
      g_ptr_array_add (self->undo, step);
    }
  tell (self);
}

static gboolean
travel (SolcoProject *self, GPtrArray *from, GPtrArray *to, gboolean forward)
{
  g_return_val_if_fail (self->edit_depth == 0, FALSE);

  if (from->len == 0)
    return FALSE;

  SolcoStep *step = g_ptr_array_steal_index (from, from->len - 1);

  g_object_ref (self);
  for (guint i = 0; i < step->ops->len; i++)
    {
      guint index = forward ? i : step->ops->len - 1 - i;

      apply_op (self, &g_array_index (step->ops, Op, index), forward);
    }
  /* Whoever made it can not go on with it any more. */
  step->owner = NULL;
  g_ptr_array_add (to, step);
  tell (self);
  g_object_unref (self);
  return TRUE;
}

/**
 * solco_project_undo:
 * @self: a project
 *
 * Takes back the last step. Additions that run are cancelled first: what has arrived so far is the
 * step that is taken back. Main thread; not within a group.
 *
 * Returns: whether there was one
 */
gboolean
solco_project_undo (SolcoProject *self)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (self), FALSE);

  solco_project_cancel_additions (self);
  return travel (self, self->undo, self->redo, FALSE);
}

/**
 * solco_project_redo:
 * @self: a project
 *
 * Does again what was undone last. Main thread; not within a group.
 *
 * Returns: whether there was something
 */
gboolean
solco_project_redo (SolcoProject *self)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (self), FALSE);

  solco_project_cancel_additions (self);
  return travel (self, self->redo, self->undo, TRUE);
}

/**
 * solco_project_get_undo_kind:
 * @self: a project
 *
 * Main thread.
 *
 * Returns: what solco_project_undo() would take back, %SOLCO_EDIT_NONE for nothing
 */
SolcoEditKind
solco_project_get_undo_kind (SolcoProject *self)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (self), SOLCO_EDIT_NONE);

  if (self->undo->len == 0)
    return SOLCO_EDIT_NONE;
  return ((SolcoStep *) g_ptr_array_index (self->undo, self->undo->len - 1))->kind;
}

/**
 * solco_project_get_redo_kind:
 * @self: a project
 *
 * Main thread.
 *
 * Returns: what solco_project_redo() would do again, %SOLCO_EDIT_NONE for nothing
 */
SolcoEditKind
solco_project_get_redo_kind (SolcoProject *self)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (self), SOLCO_EDIT_NONE);

  if (self->redo->len == 0)
    return SOLCO_EDIT_NONE;
  return ((SolcoStep *) g_ptr_array_index (self->redo, self->redo->len - 1))->kind;
}

guint64
solco_project_get_state (SolcoProject *self)
{
  if (self->undo->len == 0)
    return self->base_state;
  return ((SolcoStep *) g_ptr_array_index (self->undo, self->undo->len - 1))->state;
}

static void
mark_tree (SolcoNode *node)
{
  for (; node != NULL; node = node->replaced)
    {
      node->flags |= SOLCO_NODE_MARKED;
      if (node->kind == SOLCO_NODE_DIRECTORY)
        {
          for (guint i = 0; i < node->folder->n_children; i++)
            mark_tree (node->folder->children[i]);
        }
    }
}

static void
collect_unmarked (gpointer data, gpointer user_data)
{
  SolcoNode *node = data;

  if (node->flags & SOLCO_NODE_MARKED)
    node->flags &= (guint8) ~SOLCO_NODE_MARKED;
  else
    g_ptr_array_add (user_data, node);
}

void
solco_project_forget_history (SolcoProject *self)
{
  g_autoptr (GPtrArray) garbage = g_ptr_array_new ();

  g_return_if_fail (self->edit_depth == 0);

  /* Also those that have ended and still hold items that wait for a decision. */
  solco_project_cancel_additions (self);
  for (guint i = 0; i < self->holders->len; i++)
    solco_addition_drop_conflicts (g_ptr_array_index (self->holders, i));
  g_ptr_array_set_size (self->redo, 0);
  g_ptr_array_set_size (self->undo, 0);
  self->base_state = ++self->last_state;

  mark_tree (self->root);
  solco_node_store_foreach (self->store, collect_unmarked, garbage);
  for (guint i = 0; i < garbage->len; i++)
    {
      SolcoNode *node = g_ptr_array_index (garbage, i);

      if (node->kind == SOLCO_NODE_DIRECTORY && node->folder->model != NULL)
        solco_folder_model_detach (node->folder->model);
      /* Every node is in the list itself. */
      if (node->kind == SOLCO_NODE_DIRECTORY)
        node->folder->n_children = 0;
    }
  for (guint i = 0; i < garbage->len; i++)
    solco_project_discard (self, g_ptr_array_index (garbage, i));
}
