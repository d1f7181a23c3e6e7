/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How items are laid into folders, taken out of them, removed and brought back. */
#include "solco-project-private.h"

#include "solco-name-check.h"

#include <string.h>

SolcoNode *
solco_project_make_folder (SolcoProject *self, const char *name)
{
  SolcoNode *node = solco_node_store_new_node (self->store, SOLCO_NODE_DIRECTORY);

  node->name = solco_node_store_add_string (self->store, name);
  node->attributes = solco_project_get_folder_attributes (self);
  node->mtime_s = g_get_real_time () / G_USEC_PER_SEC;
  return node;
}

gboolean
solco_node_conflicts (const SolcoNode *node, const SolcoNode *existing)
{
  return existing != NULL && !(existing->flags & SOLCO_NODE_REMOVED)
         && !(node->kind == SOLCO_NODE_DIRECTORY && existing->kind == SOLCO_NODE_DIRECTORY);
}

/* Whether it stays in view as removed: something of the disc is in it. */
static gboolean
is_kept_as_removed (const SolcoNode *node)
{
  if (solco_node_is_on_disc (node))
    return TRUE;
  if (node->kind != SOLCO_NODE_DIRECTORY)
    return FALSE;

  const SolcoSums *sums = &node->folder->sums;

  return sums->n_disc_files + sums->n_disc_folders + sums->n_covered_files
             + sums->n_covered_folders + sums->totals.n_removed_files
             + sums->totals.n_removed_folders
         > 0;
}

/* Puts @node in the place of @existing: an item of the disc is covered by it, a new one leaves. */
static void
cover (SolcoProject *self, SolcoNode *folder, SolcoNode *node, SolcoNode *existing,
       gboolean created)
{
  /* What @node itself covered where it was has been put back when it was taken out. */
  g_assert (node->replaced == NULL);

  /* A new folder leaves only when nothing of the disc has been moved into it. */
  if (!solco_node_is_on_disc (existing) && !(existing->flags & SOLCO_NODE_REMOVED)
      && is_kept_as_removed (existing))
    solco_project_set_removed (self, &existing, 1, TRUE);
  solco_project_unlink (self, &existing, 1);
  if (solco_node_is_on_disc (existing) || (existing->flags & SOLCO_NODE_REMOVED))
    {
      solco_project_set_replaced (self, node, existing);
    }
  else if (existing->replaced != NULL)
    {
      SolcoNode *covered = existing->replaced;

      solco_project_set_replaced (self, existing, NULL);
      solco_project_set_replaced (self, node, covered);
    }
  solco_project_link (self, folder, &node, 1, created);
}

/* The places from which the content of @folder came are those of @into now. */
static void
merge_homes (SolcoProject *self, SolcoNode *into, SolcoNode *folder)
{
  for (SolcoHome *home = folder->folder->homes; home != NULL; home = home->next)
    {
      /* The same source twice: what is missing is missing from both. */
      if (solco_folder_find_home (into, home->directory) == NULL)
        solco_folder_copy_holes (into,
                                 solco_project_link_home (self, into, home->directory,
                                                          home->options),
                                 home);
    }
}

/* Lays all children of @folder, which is in no folder, into @into. */
static void
merge (SolcoProject *self, SolcoNode *into, SolcoNode *folder, gboolean created,
       SolcoConflictPolicy policy, GPtrArray *problems)
{
  g_autoptr (GPtrArray) free_ones = g_ptr_array_new ();
  g_autoptr (GPtrArray) others = g_ptr_array_new ();
  guint n_children = folder->folder->n_children;
  g_autofree SolcoNode **children
      = g_memdup2 (folder->folder->children, n_children * sizeof *children);

  /* What is kept out is a hole in its new home as well, so homes go after the children have left
   * and before they arrive. */
  solco_project_unlink (self, children, n_children);
  merge_homes (self, into, folder);
  for (guint i = 0; i < n_children; i++)
    {
      gboolean is_free = solco_node_lookup_child (into, children[i]->name) == NULL;

      g_ptr_array_add (is_free ? free_ones : others, children[i]);
    }
  solco_project_link (self, into, (SolcoNode *const *) free_ones->pdata, free_ones->len, created);
  for (guint i = 0; i < others->len; i++)
    solco_project_place (self, into, g_ptr_array_index (others, i), created, policy, problems);
}

gboolean
solco_project_place (SolcoProject *self, SolcoNode *folder, SolcoNode *node, gboolean created,
                     SolcoConflictPolicy policy, GPtrArray *problems)
{
  g_assert (node->parent == NULL && policy != SOLCO_CONFLICT_ASK);

  SolcoNode *existing = solco_node_lookup_child (folder, node->name);

  if (existing == NULL)
    {
      solco_project_link (self, folder, &node, 1, created);
      return TRUE;
    }
  /* A folder with anything of the disc takes the place of a removed one as it is: so every item of
   * the disc stays where it can be found. */
  if (node->kind == SOLCO_NODE_DIRECTORY && existing->kind == SOLCO_NODE_DIRECTORY
      && !(is_kept_as_removed (node) && (existing->flags & SOLCO_NODE_REMOVED)))
    {
      solco_project_revive (self, existing);
      merge (self, existing, node, created, policy, problems);
      /* It is not there any more as what its source calls it. */
      solco_folder_open_holes (folder, &node, 1);
      return TRUE;
    }
  if (!solco_node_conflicts (node, existing) || policy == SOLCO_CONFLICT_REPLACE)
    {
      cover (self, folder, node, existing, created);
      return TRUE;
    }
  if (policy == SOLCO_CONFLICT_KEEP)
    {
      if (problems != NULL)
        {
          g_autofree char *path = solco_node_dup_path (existing);

          g_ptr_array_add (problems,
                           solco_problem_new (SOLCO_PROBLEM_NAME_CLASH, path, NULL, 0));
        }
      return FALSE;
    }

  g_autofree char *name = solco_project_get_free_name (self, folder, node->name,
                                                       node->kind == SOLCO_NODE_DIRECTORY);

  solco_project_set_name (self, node, name);
  solco_project_link (self, folder, &node, 1, created);
  return TRUE;
}

static int
compare_parents (gconstpointer a, gconstpointer b)
{
  const SolcoNode *node_a = *(const SolcoNode *const *) a;
  const SolcoNode *node_b = *(const SolcoNode *const *) b;

  return (node_a->parent > node_b->parent) - (node_a->parent < node_b->parent);
}

/* The end of the run of nodes from @start on that are in one folder; the array is sorted. */
static guint
get_run_end (SolcoNode *const *nodes, guint n_nodes, guint start)
{
  guint end = start + 1;

  while (end < n_nodes && nodes[end]->parent == nodes[start]->parent)
    end++;
  return end;
}

/* Gives the place of nodes that were just unlinked from @folder back to what they covered. */
static void
uncover (SolcoProject *self, SolcoNode *folder, SolcoNode *const *nodes, guint n_nodes,
         GPtrArray *uncovered)
{
  guint first = uncovered->len;

  for (guint i = 0; i < n_nodes; i++)
    {
      if (nodes[i]->replaced == NULL)
        continue;
      g_ptr_array_add (uncovered, nodes[i]->replaced);
      solco_project_set_replaced (self, nodes[i], NULL);
    }
  if (uncovered->len > first)
    solco_project_link (self, folder, (SolcoNode *const *) uncovered->pdata + first,
                        uncovered->len - first, FALSE);
}

void
solco_project_take_out (SolcoProject *self, SolcoNode *const *nodes, guint n_nodes)
{
  g_autoptr (GPtrArray) array = g_ptr_array_sized_new (n_nodes);
  g_autoptr (GPtrArray) uncovered = g_ptr_array_new ();
  SolcoNode *const *sorted;

  for (guint i = 0; i < n_nodes; i++)
    g_ptr_array_add (array, nodes[i]);
  g_ptr_array_sort (array, compare_parents);
  sorted = (SolcoNode *const *) array->pdata;
  for (guint i = 0, end; i < n_nodes; i = end)
    {
      SolcoNode *folder = sorted[i]->parent;

      end = get_run_end (sorted, n_nodes, i);
      solco_project_unlink (self, sorted + i, end - i);
      uncover (self, folder, sorted + i, end - i, uncovered);
    }
}

void
solco_project_remove_run (SolcoProject *self, SolcoNode *folder, SolcoNode *const *nodes,
                          guint n_nodes)
{
  g_autoptr (GPtrArray) leaving = g_ptr_array_new ();
  g_autoptr (GPtrArray) marked = g_ptr_array_new ();
  g_autoptr (GPtrArray) uncovered = g_ptr_array_new ();

  for (guint i = 0; i < n_nodes; i++)
    g_ptr_array_add (is_kept_as_removed (nodes[i]) ? marked : leaving, nodes[i]);
  solco_project_unlink (self, (SolcoNode *const *) leaving->pdata, leaving->len);
  uncover (self, folder, (SolcoNode *const *) leaving->pdata, leaving->len, uncovered);
  for (guint i = 0; i < uncovered->len; i++)
    {
      SolcoNode *node = g_ptr_array_index (uncovered, i);

      if (!(node->flags & SOLCO_NODE_REMOVED))
        g_ptr_array_add (marked, node);
    }
  solco_project_set_removed (self, (SolcoNode *const *) marked->pdata, marked->len, TRUE);
}

void
solco_project_revive (SolcoProject *self, SolcoNode *folder)
{
  g_autoptr (GPtrArray) chain = g_ptr_array_new ();
  guint n_chain = 0;

  /* From the folder up to the highest one that is removed. */
  for (SolcoNode *node = folder; node != NULL; node = node->parent)
    {
      g_ptr_array_add (chain, node);
      if (node->flags & SOLCO_NODE_REMOVED)
        n_chain = chain->len;
    }
  for (guint i = n_chain; i > 0; i--)
    {
      SolcoNode *node = g_ptr_array_index (chain, i - 1);
      const SolcoNode *next = i > 1 ? g_ptr_array_index (chain, i - 2) : NULL;
      g_autoptr (GPtrArray) others = g_ptr_array_new ();

      if (node->flags & SOLCO_NODE_REMOVED)
        solco_project_set_removed (self, &node, 1, FALSE);
      for (guint j = 0; j < node->folder->n_children; j++)
        {
          SolcoNode *child = node->folder->children[j];

          if (child != next && !(child->flags & (SOLCO_NODE_REMOVED | SOLCO_NODE_KEPT)))
            g_ptr_array_add (others, child);
        }
      if (others->len > 0)
        solco_project_remove_run (self, node, (SolcoNode *const *) others->pdata,
                                  others->len);
    }
}

static gboolean
is_below_marked (const SolcoNode *node)
{
  const SolcoNode *above = node->parent;

  while (above != NULL && !(above->flags & SOLCO_NODE_MARKED))
    above = above->parent;
  return above != NULL;
}

GPtrArray *
solco_project_get_outermost (SolcoProject *self, SolcoNode *const *nodes, gsize n_nodes)
{
  GPtrArray *outermost = g_ptr_array_new ();
  guint n_distinct = 0;

  for (gsize i = 0; i < n_nodes; i++)
    nodes[i]->flags |= SOLCO_NODE_MARKED;
  for (gsize i = 0; i < n_nodes; i++)
    {
      if (nodes[i] != self->root && solco_project_is_attached (self, nodes[i])
          && !is_below_marked (nodes[i]))
        g_ptr_array_add (outermost, nodes[i]);
    }
  for (guint i = 0; i < outermost->len; i++)
    {
      SolcoNode *node = g_ptr_array_index (outermost, i);

      if (!(node->flags & SOLCO_NODE_MARKED))
        continue; /* named twice */
      node->flags &= (guint8) ~SOLCO_NODE_MARKED;
      outermost->pdata[n_distinct++] = node;
    }
  g_ptr_array_set_size (outermost, (gint) n_distinct);
  for (gsize i = 0; i < n_nodes; i++)
    nodes[i]->flags &= (guint8) ~SOLCO_NODE_MARKED;
  g_ptr_array_sort (outermost, compare_parents);
  return outermost;
}

SolcoNode *
solco_project_require_folder (SolcoProject *self, const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  SolcoNode *folder = self->root;

  for (gsize i = 0; parts[i] != NULL; i++)
    {
      SolcoNode *next;

      if (*parts[i] == '\0')
        continue;
      next = solco_node_lookup_child (folder, parts[i]);
      if (next == NULL || next->kind != SOLCO_NODE_DIRECTORY)
        {
          next = solco_project_make_folder (self, parts[i]);
          solco_project_place (self, folder, next, TRUE, SOLCO_CONFLICT_REPLACE, NULL);
        }
      solco_project_revive (self, next);
      folder = next;
    }
  return folder;
}

/**
 * solco_project_remove:
 * @self: a project
 * @nodes: (array length=n_nodes): items of it
 * @n_nodes: how many
 *
 * New items leave, items of the disc are marked as removed. One undoable step. Main thread; a
 * folder takes the same time whatever is in it, but for its new files, whose sizes are
 * subtracted.
 *
 * Returns: whether there was anything to remove
 */
gboolean
solco_project_remove (SolcoProject *self, SolcoNode *const *nodes, gsize n_nodes)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (self) && (nodes != NULL || n_nodes == 0), FALSE);

  g_autoptr (GPtrArray) outermost = solco_project_get_outermost (self, nodes, n_nodes);
  SolcoNode **live = (SolcoNode **) outermost->pdata;
  guint n_live = 0;

  for (guint i = 0; i < outermost->len; i++)
    {
      if (solco_node_is_live (live[i], self->root))
        live[n_live++] = live[i];
    }
  if (n_live == 0)
    return FALSE;

  solco_project_begin_edit (self, SOLCO_EDIT_REMOVE, NULL);
  solco_project_note_items (self, n_live);
  for (guint i = 0, end; i < n_live; i = end)
    {
      SolcoNode *folder = live[i]->parent;

      end = get_run_end (live, n_live, i);
      solco_project_remove_run (self, folder, live + i, end - i);
    }
  solco_project_end_edit (self);
  return TRUE;
}

/* A replaced item takes its place again; the new one leaves. */
static void
restore_replaced (SolcoProject *self, SolcoNode *node)
{
  SolcoNode *covered = node->replaced;
  SolcoNode *folder = node->parent;
  gboolean is_kept = is_kept_as_removed (node);

  if (is_kept)
    solco_project_set_removed (self, &node, 1, TRUE);
  solco_project_take_out (self, &node, 1);
  if (is_kept)
    {
      /* Something of the disc was moved into it: it changes places with what it covered. */
      solco_project_unlink (self, &covered, 1);
      solco_project_set_replaced (self, node, covered->replaced);
      solco_project_set_replaced (self, covered, node);
      solco_project_link (self, folder, &covered, 1, FALSE);
    }
  if (covered->flags & SOLCO_NODE_REMOVED)
    solco_project_set_removed (self, &covered, 1, FALSE);
}

/**
 * solco_project_restore:
 * @self: a project
 * @nodes: (array length=n_nodes): items of it
 * @n_nodes: how many
 *
 * Removed items come back, with the folders above them; a replaced item takes its place again. One
 * undoable step. Main thread.
 *
 * Returns: whether there was anything to restore
 */
gboolean
solco_project_restore (SolcoProject *self, SolcoNode *const *nodes, gsize n_nodes)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (self) && (nodes != NULL || n_nodes == 0), FALSE);

  g_autoptr (GPtrArray) outermost = solco_project_get_outermost (self, nodes, n_nodes);
  g_autoptr (GPtrArray) in_place = g_ptr_array_new ();
  gboolean is_any = FALSE;

  solco_project_begin_edit (self, SOLCO_EDIT_RESTORE, NULL);
  for (guint i = 0; i < outermost->len; i++)
    ((SolcoNode *) g_ptr_array_index (outermost, i))->flags |= SOLCO_NODE_KEPT;
  for (guint i = 0; i < outermost->len; i++)
    {
      SolcoNode *node = g_ptr_array_index (outermost, i);

      if (!solco_node_is_restorable (node))
        continue;
      is_any = TRUE;
      solco_project_note_items (self, 1);
      if (solco_node_is_live (node, self->root))
        {
          restore_replaced (self, node);
          continue;
        }
      solco_project_revive (self, node->parent);
      if (node->flags & SOLCO_NODE_REMOVED)
        g_ptr_array_add (in_place, node);
    }
  for (guint i = 0, end; i < in_place->len; i = end)
    {
      SolcoNode *const *marked = (SolcoNode *const *) in_place->pdata;

      end = get_run_end (marked, in_place->len, i);
      solco_project_set_removed (self, marked + i, end - i, FALSE);
    }
  for (guint i = 0; i < outermost->len; i++)
    ((SolcoNode *) g_ptr_array_index (outermost, i))->flags &= (guint8) ~SOLCO_NODE_KEPT;
  solco_project_end_edit (self);
  return is_any;
}
