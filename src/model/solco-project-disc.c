/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happens to the stage when a disc comes: its tree is laid under the new items, and edits of
 * items of the disc are carried over by path. */
#include "solco-addition-private.h"
#include "solco-name-check.h"
#include "solco-project-private.h"

#include <string.h>

/* An item that gets its place once the tree of the disc lies: new ones, and moved ones. */
typedef struct
{
  char *path;
  SolcoNode *node;
  SolcoNode *origin; /* folder of the disc that a moved item comes from; NULL for new ones */
  char *from;
} Placement;

static void
placement_free (Placement *self)
{
  g_free (self->path);
  g_free (self->from);
  g_free (self);
}

static void
add_edit (GPtrArray *edits, SolcoTree *tree, const SolcoNode *node, gboolean removed)
{
  SolcoDiscEdit *edit = g_new0 (SolcoDiscEdit, 1);

  edit->from = solco_tree_dup_path (tree, node->disc_index);
  if (!removed)
    edit->to = solco_node_dup_path (node);
  g_ptr_array_add (edits, edit);
}

static void collect_edits_below (SolcoProject *self, const SolcoNode *node, gboolean removed,
                                 GPtrArray *edits);

static void
collect_edits (SolcoProject *self, const SolcoNode *node, gboolean below_removed, GPtrArray *edits)
{
  gboolean removed = below_removed;

  if (node->flags & SOLCO_NODE_REMOVED)
    removed = TRUE;
  if (solco_node_is_on_disc (node))
    {
      gboolean is_renamed = (node->flags & SOLCO_NODE_RENAMED) != 0;

      /* Where a whole folder of the disc goes, what stands where it was goes with it. */
      if (removed && (!below_removed || is_renamed || !solco_node_is_on_disc (node->parent)))
        add_edit (edits, self->disc->tree, node, TRUE);
      else if (!removed && is_renamed)
        add_edit (edits, self->disc->tree, node, FALSE);
    }
  collect_edits_below (self, node, removed, edits);
  /* What a new item covers is covered again when that is laid there; a moved item comes only where
   * nothing is in its way. */
  for (const SolcoNode *covered = node->replaced; covered != NULL; covered = covered->replaced)
    {
      if (solco_node_is_on_disc (covered)
          && (removed || (covered->flags & (SOLCO_NODE_REMOVED | SOLCO_NODE_RENAMED))
              || solco_node_is_on_disc (node)))
        add_edit (edits, self->disc->tree, covered, TRUE);
      collect_edits_below (self, covered, TRUE, edits);
    }
}

static void
collect_edits_below (SolcoProject *self, const SolcoNode *node, gboolean removed, GPtrArray *edits)
{
  if (node->kind != SOLCO_NODE_DIRECTORY)
    return;
  for (guint i = 0; i < node->folder->n_children; i++)
    collect_edits (self, node->folder->children[i], removed, edits);
}

GPtrArray *
solco_project_collect_disc_edits (SolcoProject *self)
{
  GPtrArray *edits = g_ptr_array_new_with_free_func ((GDestroyNotify) solco_disc_edit_free);

  if (self->disc->tree != NULL)
    {
      for (guint i = 0; i < self->root->folder->n_children; i++)
        collect_edits (self, self->root->folder->children[i], FALSE, edits);
    }
  else if (self->disc->waiting != NULL)
    {
      for (guint i = 0; i < self->disc->waiting->len; i++)
        {
          const SolcoDiscEdit *waiting = g_ptr_array_index (self->disc->waiting, i);
          SolcoDiscEdit *edit = g_new0 (SolcoDiscEdit, 1);

          edit->from = g_strdup (waiting->from);
          edit->to = g_strdup (waiting->to);
          g_ptr_array_add (edits, edit);
        }
    }
  return edits;
}

/* Whether an item is the very one that was there before, with all that is in it. */
static gboolean
is_same_item (const SolcoTreeNode *nodes_a, guint32 a, const SolcoTreeNode *nodes_b, guint32 b)
{
  const SolcoTreeNode *row_a = &nodes_a[a];
  const SolcoTreeNode *row_b = &nodes_b[b];

  if (row_a->kind != row_b->kind || row_a->mtime_s != row_b->mtime_s)
    return FALSE;
  if (row_a->kind != SOLCO_NODE_DIRECTORY)
    return row_a->size_bytes == row_b->size_bytes && row_a->start_block == row_b->start_block;
  if (row_a->n_children != row_b->n_children)
    return FALSE;
  for (guint32 i = 0; i < row_a->n_children; i++)
    {
      guint32 child_a = row_a->first_child + i;
      guint32 child_b = row_b->first_child + i;

      if (strcmp (nodes_a[child_a].name, nodes_b[child_b].name) != 0
          || !is_same_item (nodes_a, child_a, nodes_b, child_b))
        return FALSE;
    }
  return TRUE;
}

/* Drops the edits that the disc shows as done. */
static void
drop_done_edits (GPtrArray *edits, SolcoTree *before, SolcoTree *after)
{
  const SolcoTreeNode *nodes_before = solco_tree_get_nodes (before, NULL);
  const SolcoTreeNode *nodes_after = solco_tree_get_nodes (after, NULL);

  for (guint i = edits->len; i > 0; i--)
    {
      const SolcoDiscEdit *edit = g_ptr_array_index (edits, i - 1);
      guint32 old = solco_tree_lookup (before, edit->from);
      guint32 now = solco_tree_lookup (after, edit->from);

      if (now == SOLCO_TREE_NONE || old == SOLCO_TREE_NONE
          || !is_same_item (nodes_before, old, nodes_after, now)
          || (edit->to != NULL && solco_tree_lookup (after, edit->to) != SOLCO_TREE_NONE))
        g_ptr_array_remove_index (edits, i - 1);
    }
}

/* Takes everything of the disc out of a new folder that is in no folder itself. */
static void
strip (SolcoProject *self, SolcoNode *node)
{
  g_autoptr (GPtrArray) leaving = g_ptr_array_new ();
  g_autoptr (GPtrArray) covering = g_ptr_array_new ();

  if (node->kind != SOLCO_NODE_DIRECTORY)
    return;
  for (guint i = 0; i < node->folder->n_children; i++)
    {
      SolcoNode *child = node->folder->children[i];

      if (solco_node_is_on_disc (child) || (child->flags & SOLCO_NODE_REMOVED))
        g_ptr_array_add (leaving, child);
      else if (child->replaced != NULL)
        g_ptr_array_add (covering, child);
      if (!solco_node_is_on_disc (child))
        strip (self, child);
    }
  solco_project_unlink (self, (SolcoNode *const *) leaving->pdata, leaving->len);
  for (guint i = 0; i < covering->len; i++)
    {
      SolcoNode *child = g_ptr_array_index (covering, i);

      solco_project_unlink (self, &child, 1);
      solco_project_set_replaced (self, child, NULL);
      solco_project_link (self, node, &child, 1, FALSE);
    }
}

/* New items at the top of what is new, with their paths. */
static void
collect_new (const SolcoNode *folder, GPtrArray *placements)
{
  for (guint i = 0; i < folder->folder->n_children; i++)
    {
      SolcoNode *child = folder->folder->children[i];

      if (child->flags & SOLCO_NODE_REMOVED)
        continue;
      if (!solco_node_is_on_disc (child))
        {
          Placement *placement = g_new0 (Placement, 1);

          placement->node = child;
          placement->path = solco_node_dup_path (child);
          g_ptr_array_add (placements, placement);
        }
      else if (child->kind == SOLCO_NODE_DIRECTORY)
        {
          collect_new (child, placements);
        }
    }
}

/* Takes the new items out of the tree, free of everything that belongs to the old disc. */
static void
take_new_out (SolcoProject *self, GPtrArray *placements)
{
  g_autoptr (GPtrArray) run = g_ptr_array_new ();

  /* Siblings stand together, since they were collected folder by folder; but folders of the disc
   * between them interrupt a run. */
  for (guint i = 0; i < placements->len; i++)
    {
      const Placement *placement = g_ptr_array_index (placements, i);
      const Placement *next = i + 1 < placements->len ? g_ptr_array_index (placements, i + 1) : NULL;

      g_ptr_array_add (run, placement->node);
      if (next != NULL && next->node->parent == placement->node->parent)
        continue;
      solco_project_unlink (self, (SolcoNode *const *) run->pdata, run->len);
      g_ptr_array_set_size (run, 0);
    }
  for (guint i = 0; i < placements->len; i++)
    {
      SolcoNode *node = ((Placement *) g_ptr_array_index (placements, i))->node;

      if (node->replaced != NULL)
        solco_project_set_replaced (self, node, NULL);
      strip (self, node);
    }
}

/* Makes the nodes of a tree; the children of its root are still in no folder. */
static SolcoNode **
make_disc_nodes (SolcoProject *self, SolcoTree *tree)
{
  guint32 n_nodes;
  const SolcoTreeNode *rows = solco_tree_get_nodes (tree, &n_nodes);
  SolcoNode **nodes = g_new0 (SolcoNode *, n_nodes);

  for (guint32 i = 1; i < n_nodes; i++)
    {
      SolcoAttributes attributes
          = { .mode = rows[i].mode, .uid = rows[i].uid, .gid = rows[i].gid };

      nodes[i] = solco_node_store_new_node (self->store, rows[i].kind);
      nodes[i]->name = rows[i].name;
      nodes[i]->attributes = solco_node_store_intern_attributes (self->store, &attributes);
      nodes[i]->size_bytes = rows[i].size_bytes;
      nodes[i]->mtime_s = rows[i].mtime_s;
      nodes[i]->disc_index = i;
      nodes[i]->session = rows[i].session;
      if (rows[i].kind == SOLCO_NODE_SYMLINK)
        nodes[i]->link_target = rows[i].link_target != NULL ? rows[i].link_target : "";
    }
  /* Children come behind their folders, so from the end on each folder is complete. */
  for (guint32 i = n_nodes; i > 1; i--)
    {
      const SolcoTreeNode *row = &rows[i - 1];

      if (row->kind != SOLCO_NODE_DIRECTORY || row->n_children == 0)
        continue;
      solco_folder_append (nodes[i - 1], nodes + row->first_child, row->n_children);
      for (guint32 j = 0; j < row->n_children; j++)
        {
          SolcoSums sums;

          solco_node_get_contribution (nodes[row->first_child + j], &sums);
          solco_sums_add (&nodes[i - 1]->folder->sums, &sums);
        }
    }
  return nodes;
}

static SolcoDiscState *
make_state (SolcoProject *self, const SolcoDiscImport *disc)
{
  SolcoDiscState *state = solco_disc_state_new ();

  if (disc == NULL)
    {
      state->root_attributes = solco_project_get_folder_attributes (self);
      state->root_mtime_s = g_get_real_time () / G_USEC_PER_SEC;
      return state;
    }

  const SolcoTreeNode *root = solco_tree_get_nodes (disc->tree, NULL);
  SolcoAttributes attributes = { .mode = root->mode, .uid = root->uid, .gid = root->gid };

  state->tree = solco_tree_ref (disc->tree);
  state->identity = solco_disc_identity_copy (disc->identity);
  state->label = g_strdup (disc->label);
  state->root_attributes = solco_node_store_intern_attributes (self->store, &attributes);
  state->root_mtime_s = root->mtime_s;
  return state;
}

static void
report (GPtrArray *problems, SolcoProblemKind kind, const SolcoDiscEdit *edit)
{
  g_ptr_array_add (problems, solco_problem_new (kind, edit->from, edit->to, 0));
}

/* Removes items, and takes out those that are to be moved. */
static void
begin_edits (SolcoProject *self, GPtrArray *edits, GPtrArray *placements, GPtrArray *problems)
{
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();

  /* All are found before any of them moves. */
  for (guint i = 0; i < edits->len; i++)
    {
      const SolcoDiscEdit *edit = g_ptr_array_index (edits, i);
      SolcoNode *node = solco_project_lookup (self, edit->from);

      if (node == self->root)
        node = NULL;
      if (node == NULL)
        report (problems, SOLCO_PROBLEM_NOT_ON_DISC, edit);
      g_ptr_array_add (nodes, node);
    }
  for (guint i = 0; i < edits->len; i++)
    {
      const SolcoDiscEdit *edit = g_ptr_array_index (edits, i);
      SolcoNode *node = g_ptr_array_index (nodes, i);

      if (node == NULL || (edit->to == NULL && (node->flags & SOLCO_NODE_REMOVED)))
        continue;
      if (edit->to == NULL)
        {
          solco_project_set_removed (self, &node, 1, TRUE);
        }
      else if (node->parent != NULL)
        {
          Placement *placement = g_new0 (Placement, 1);

          placement->node = node;
          placement->origin = node->parent;
          placement->path = g_strdup (edit->to);
          placement->from = g_strdup (edit->from);
          g_ptr_array_add (placements, placement);
          solco_project_unlink (self, &node, 1);
        }
    }
}

static gboolean
is_written (const SolcoNode *node, const SolcoNode *on_disc)
{
  if (node->kind != on_disc->kind || !solco_node_is_on_disc (on_disc)
      || (on_disc->flags & SOLCO_NODE_REMOVED))
    return FALSE;
  if (node->kind == SOLCO_NODE_SYMLINK)
    return strcmp (node->link_target, on_disc->link_target) == 0;
  return node->size_bytes == on_disc->size_bytes && node->mtime_s == on_disc->mtime_s;
}

/* Takes out of a new item what the disc holds now. Returns whether nothing of it is left. */
static gboolean
prune (SolcoProject *self, SolcoNode *node, const SolcoNode *on_disc)
{
  g_autoptr (GPtrArray) written = g_ptr_array_new ();

  if (node->kind != SOLCO_NODE_DIRECTORY)
    return is_written (node, on_disc);
  if (on_disc->kind != SOLCO_NODE_DIRECTORY || (on_disc->flags & SOLCO_NODE_REMOVED))
    return FALSE;
  for (guint i = 0; i < node->folder->n_children; i++)
    {
      SolcoNode *child = node->folder->children[i];
      const SolcoNode *other = solco_node_lookup_child (on_disc, child->name);

      if (other != NULL && prune (self, child, other))
        g_ptr_array_add (written, child);
    }
  solco_project_unlink (self, (SolcoNode *const *) written->pdata, written->len);
  return node->folder->n_children == 0;
}

/* A moved item gets its place. One whose new name is taken goes back to where the disc has it. */
static void
place_moved (SolcoProject *self, Placement *placement, const char *directory, const char *name,
             SolcoNode *existing, GPtrArray *problems)
{
  SolcoNode *node = placement->node;
  SolcoNode *folder;
  gboolean is_live = existing != NULL && !(existing->flags & SOLCO_NODE_REMOVED);
  /* It stands in for this one in a project that was loaded without its disc. */
  gboolean is_stand_in = is_live && node->kind == SOLCO_NODE_DIRECTORY
                         && existing->kind == SOLCO_NODE_DIRECTORY
                         && !solco_node_is_on_disc (existing);

  if (is_live && !is_stand_in)
    {
      SolcoDiscEdit edit = { .from = placement->from, .to = placement->path };

      solco_project_link (self, placement->origin, &node, 1, FALSE);
      report (problems, SOLCO_PROBLEM_NAME_CLASH, &edit);
      return;
    }
  if (is_stand_in)
    solco_project_take_out (self, &existing, 1);
  folder = solco_project_require_folder (self, directory);
  if (strcmp (node->name, name) != 0)
    solco_project_set_name (self, node, name);
  solco_project_place (self, folder, node, FALSE, SOLCO_CONFLICT_REPLACE, problems);
  if (is_stand_in)
    solco_project_place (self, folder, existing, FALSE, SOLCO_CONFLICT_REPLACE, problems);
}

/* A folder's path is the beginning of all paths below it, so it comes before them. */
static int
compare_placements (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(const Placement *const *) a)->path, (*(const Placement *const *) b)->path);
}

static void
place_one (SolcoProject *self, Placement *placement, SolcoConflictPolicy policy,
           gboolean is_burned, GPtrArray *problems)
{
  g_autofree char *directory = g_path_get_dirname (placement->path);
  g_autofree char *name = g_path_get_basename (placement->path);
  SolcoNode *existing = solco_project_lookup (self, placement->path);

  if (placement->origin != NULL)
    place_moved (self, placement, directory, name, existing, problems);
  else if (!is_burned || existing == NULL || !prune (self, placement->node, existing))
    solco_project_place (self, solco_project_require_folder (self, directory), placement->node,
                         FALSE, policy, problems);
}

static void
place_all (SolcoProject *self, GPtrArray *placements, SolcoConflictPolicy policy,
           gboolean is_burned, GPtrArray *problems)
{
  g_autoptr (GPtrArray) others = g_ptr_array_new ();

  /* First what moves within the disc's own folders, so that new items find these in place; then
   * new folders and what moves into them. */
  g_ptr_array_sort (placements, compare_placements);
  for (guint i = 0; i < placements->len; i++)
    {
      Placement *placement = g_ptr_array_index (placements, i);
      g_autofree char *directory = g_path_get_dirname (placement->path);
      SolcoNode *folder
          = placement->origin != NULL ? solco_project_lookup (self, directory) : NULL;

      if (folder != NULL && solco_node_is_folder (folder)
          && solco_node_is_live (folder, self->root))
        place_one (self, placement, policy, is_burned, problems);
      else
        g_ptr_array_add (others, placement);
    }
  for (guint i = 0; i < others->len; i++)
    place_one (self, g_ptr_array_index (others, i), policy, is_burned, problems);
}

/* The children of the disc's root, in the order of the tree. */
static void
link_disc (SolcoProject *self, SolcoTree *tree)
{
  const SolcoTreeNode *top = solco_tree_get_nodes (tree, NULL);
  g_autofree SolcoNode **nodes = make_disc_nodes (self, tree);

  solco_project_link (self, self->root, nodes + top->first_child, top->n_children, TRUE);
}

/* Exchanges the disc under the new items; @disc NULL: by none. */
static GPtrArray *
rebase (SolcoProject *self, SolcoEditKind kind, const SolcoDiscImport *disc, GPtrArray *edits,
        SolcoConflictPolicy policy, gboolean is_burned)
{
  GPtrArray *problems = g_ptr_array_new_with_free_func ((GDestroyNotify) solco_problem_free);
  g_autoptr (SolcoDiscState) state = make_state (self, disc);
  g_autoptr (GPtrArray) placements
      = g_ptr_array_new_with_free_func ((GDestroyNotify) placement_free);
  SolcoFolder *root = self->root->folder;

  for (guint i = 0; i < self->additions->len; i++)
    solco_addition_begin_merge (g_ptr_array_index (self->additions, i));
  collect_new (self->root, placements);
  solco_project_begin_edit (self, kind, NULL);
  take_new_out (self, placements);
  if (root->n_children > 0)
    {
      g_autofree SolcoNode **old
          = g_memdup2 (root->children, root->n_children * sizeof *root->children);

      solco_project_unlink (self, old, root->n_children);
    }
  solco_project_set_disc (self, state);
  if (disc != NULL)
    link_disc (self, disc->tree);
  if (edits != NULL)
    begin_edits (self, edits, placements, problems);
  place_all (self, placements, policy, is_burned, problems);
  solco_project_end_edit (self);
  for (guint i = 0; i < self->additions->len; i++)
    solco_addition_end_merge (g_ptr_array_index (self->additions, i));
  return problems;
}

/**
 * solco_project_import_disc:
 * @self: a project
 * @disc: the tree that was read, and what the disc is known by
 * @policy: what to do where a new item and one of the disc have the same name; ASK is REPLACE
 *
 * Lays the new items over the tree of a disc. Items of a disc that was there before, and edits on
 * them, leave. A loaded project that waits for this very disc gets its edits applied. One undoable
 * step; none, and nothing to undo, if nothing was staged. Main thread.
 *
 * Returns: (transfer full) (element-type SolcoProblem): what could not be kept or applied
 */
GPtrArray *
solco_project_import_disc (SolcoProject *self, const SolcoDiscImport *disc,
                           SolcoConflictPolicy policy)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (self), NULL);
  g_return_val_if_fail (disc != NULL && disc->tree != NULL && disc->identity != NULL, NULL);

  g_autoptr (SolcoDiscState) before = solco_disc_state_ref (self->disc);
  gboolean was_empty = self->root->folder->n_children == 0 && before->identity == NULL
                       && self->undo->len == 0 && self->redo->len == 0
                       && self->additions->len == 0;
  gboolean was_saved = !solco_project_is_dirty (self);
  gboolean is_expected = solco_project_is_waiting_for_disc (self)
                         && solco_disc_identity_equal (before->identity, disc->identity);
  GPtrArray *problems;

  if (policy == SOLCO_CONFLICT_ASK)
    policy = SOLCO_CONFLICT_REPLACE;
  problems = rebase (self, SOLCO_EDIT_IMPORT_DISC, disc, is_expected ? before->waiting : NULL,
                     policy, FALSE);
  if (was_empty || is_expected)
    {
      /* The ground of all that follows, and not the user's doing. */
      solco_project_forget_history (self);
      if (was_saved)
        solco_project_mark_saved (self);
      solco_project_announce (self);
    }
  return problems;
}

/**
 * solco_project_update_disc:
 * @self: a project
 * @disc: the tree as it is on the disc now
 *
 * The disc of the stage was burned, or read again. New items that are on it now (same path, kind,
 * size and time) are items of the disc from now on; edits that it shows are done; everything else
 * stays staged. The history is cleared: what was burned can not be undone. Main thread.
 *
 * Returns: (transfer full) (element-type SolcoProblem): what could not be kept
 */
GPtrArray *
solco_project_update_disc (SolcoProject *self, const SolcoDiscImport *disc)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (self), NULL);
  g_return_val_if_fail (disc != NULL && disc->tree != NULL && disc->identity != NULL, NULL);

  g_autoptr (GPtrArray) edits = solco_project_collect_disc_edits (self);
  GPtrArray *problems;

  if (self->disc->tree != NULL)
    drop_done_edits (edits, self->disc->tree, disc->tree);
  problems = rebase (self, SOLCO_EDIT_IMPORT_DISC, disc, edits, SOLCO_CONFLICT_REPLACE, TRUE);
  if (self->label != NULL && disc->label != NULL)
    {
      g_autofree char *iso = solco_label_get_iso (self->label);
      g_autofree char *joliet = solco_label_get_joliet (self->label);

      /* It is on the disc, as far as the disc can hold it. */
      if (strcmp (disc->label, self->label) == 0 || strcmp (disc->label, iso) == 0
          || strcmp (disc->label, joliet) == 0)
        g_clear_pointer (&self->label, g_free);
    }
  solco_project_forget_history (self);
  if (solco_project_get_n_changes (self) == 0 && !solco_project_is_label_edited (self))
    solco_project_mark_saved (self);
  solco_project_announce (self);
  return problems;
}

/**
 * solco_project_replan:
 * @self: a project
 * @disc: another disc than the one that was planned for
 *
 * Carries all changes over to another disc, by path: new items are laid over its tree, items that
 * were removed, renamed or moved are so there too, where they exist. One undoable step. Main
 * thread.
 *
 * Returns: (transfer full) (element-type SolcoProblem): what could not be applied: NOT_ON_DISC for
 *   edits of items that it does not have (with the new path, if it was a move), NAME_CLASH for
 *   moves to a name that is taken there
 */
GPtrArray *
solco_project_replan (SolcoProject *self, const SolcoDiscImport *disc)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (self), NULL);
  g_return_val_if_fail (disc != NULL && disc->tree != NULL && disc->identity != NULL, NULL);

  g_autoptr (GPtrArray) edits = solco_project_collect_disc_edits (self);

  return rebase (self, SOLCO_EDIT_REPLAN, disc, edits, SOLCO_CONFLICT_REPLACE, FALSE);
}

/**
 * solco_project_drop_disc:
 * @self: a project
 *
 * The stage is for no disc in particular any more: the items of the disc and the edits on them
 * leave, new items stay. One undoable step; if nothing new is staged there is nothing to undo,
 * since the disc was not the user's doing. Does nothing without a disc. Main thread.
 */
void
solco_project_drop_disc (SolcoProject *self)
{
  g_return_if_fail (SOLCO_IS_PROJECT (self));

  if (self->disc->identity == NULL)
    return;

  gboolean is_untouched = solco_project_get_n_changes (self) == 0 && self->additions->len == 0;
  gboolean was_saved = !solco_project_is_dirty (self);

  /* Without a disc nothing can clash. */
  g_ptr_array_unref (
      rebase (self, SOLCO_EDIT_IMPORT_DISC, NULL, NULL, SOLCO_CONFLICT_REPLACE, FALSE));
  if (is_untouched)
    {
      solco_project_forget_history (self);
      if (was_saved)
        solco_project_mark_saved (self);
      solco_project_announce (self);
    }
}
