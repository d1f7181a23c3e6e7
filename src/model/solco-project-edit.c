/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the user does to single items: make, rename, move, clear. */
#include "solco-error.h"
#include "solco-name-check.h"
#include "solco-project-private.h"

#include <string.h>

static gboolean
check_name (const char *name, GError **error)
{
  static const char *const reasons[] = {
    [SOLCO_NAME_EMPTY] = "is empty",
    [SOLCO_NAME_DOTS] = "stands for a folder of its own",
    [SOLCO_NAME_SLASH] = "holds a slash",
    [SOLCO_NAME_CONTROL] = "holds a control character",
    [SOLCO_NAME_NOT_UTF8] = "is no valid UTF-8",
    [SOLCO_NAME_TOO_LONG] = "is longer than 255 bytes",
  };
  SolcoNameFault fault = solco_name_check (name);

  if (fault == SOLCO_NAME_OK)
    return TRUE;

  g_autofree char *shown = solco_name_display (name);
  g_autofree char *proposal = solco_name_propose (name);

  g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_BAD_NAME,
               "The name \"%s\" %s; nothing was changed. \"%s\" would be possible.", shown,
               reasons[fault], proposal);
  return FALSE;
}

static gboolean
set_exists_error (GError **error, const SolcoNode *existing)
{
  g_autofree char *path = solco_node_dup_path (existing);

  g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NAME_EXISTS,
               "\"%s\" exists already; nothing was changed.", path);
  return FALSE;
}

/* Errors for what can not be edited or edited into. */
static gboolean
check_live (SolcoProject *self, const SolcoNode *node, GError **error)
{
  if (solco_node_is_live (node, self->root))
    return TRUE;
  g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_ILLEGAL_EDIT,
               "\"%s\" is removed; it has to be restored first. Nothing was changed.",
               node->name);
  return FALSE;
}

/**
 * solco_project_get_free_name:
 * @self: a project
 * @parent: a folder
 * @base: a valid name
 * @is_folder: whether it is for a folder, whose name has no extension
 *
 * Main thread.
 *
 * Returns: (transfer full): @base if nothing in @parent has that name, or @base with the first
 *   number that is free
 */
char *
solco_project_get_free_name (SolcoProject *self, SolcoNode *parent, const char *base,
                             gboolean is_folder)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (self) && parent != NULL && base != NULL, NULL);

  if (solco_node_lookup_child (parent, base) == NULL)
    return g_strdup (base);
  for (guint number = 2;; number++)
    {
      g_autofree char *name = solco_name_with_number (base, is_folder, number);

      if (solco_node_lookup_child (parent, name) == NULL)
        return g_steal_pointer (&name);
    }
}

/**
 * solco_project_new_folder:
 * @self: a project
 * @parent: a folder that is not removed
 * @name: its name
 * @error: return location: BAD_NAME, NAME_EXISTS, ILLEGAL_EDIT
 *
 * One undoable step. Main thread.
 *
 * Returns: (transfer none) (nullable): the new folder
 */
SolcoNode *
solco_project_new_folder (SolcoProject *self, SolcoNode *parent, const char *name, GError **error)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (self) && name != NULL, NULL);
  g_return_val_if_fail (parent != NULL && solco_node_is_folder (parent), NULL);

  SolcoNode *existing;
  SolcoNode *folder;

  if (!check_live (self, parent, error) || !check_name (name, error))
    return NULL;
  existing = solco_node_lookup_child (parent, name);
  if (existing != NULL && !(existing->flags & SOLCO_NODE_REMOVED))
    {
      set_exists_error (error, existing);
      return NULL;
    }
  solco_project_begin_edit (self, SOLCO_EDIT_NEW_FOLDER, NULL);
  if (existing != NULL && solco_node_is_folder (existing))
    {
      solco_project_revive (self, existing);
      folder = existing;
    }
  else
    {
      folder = solco_project_make_folder (self, name);
      solco_project_place (self, parent, folder, TRUE, SOLCO_CONFLICT_REPLACE, NULL);
    }
  solco_project_end_edit (self);
  return folder;
}

/**
 * solco_project_ensure_folder:
 * @self: a project
 * @path: a path on the disc
 * @error: return location: BAD_NAME, NAME_EXISTS if a file is in the way
 *
 * One undoable step, if anything is missing. Main thread.
 *
 * Returns: (transfer none) (nullable): the folder
 */
SolcoNode *
solco_project_ensure_folder (SolcoProject *self, const char *path, GError **error)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (self) && path != NULL, NULL);

  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  SolcoNode *folder = self->root;

  /* All is checked before anything is made. */
  for (gsize i = 0; parts[i] != NULL; i++)
    {
      if (*parts[i] == '\0')
        continue;
      if (!check_name (parts[i], error))
        return NULL;
      if (folder == NULL)
        continue;

      SolcoNode *next = solco_node_lookup_child (folder, parts[i]);

      if (next != NULL && !solco_node_is_folder (next))
        {
          if (solco_node_is_live (next, self->root))
            {
              set_exists_error (error, next);
              return NULL;
            }
          next = NULL;
        }
      folder = next;
    }

  solco_project_begin_edit (self, SOLCO_EDIT_NEW_FOLDER, NULL);
  folder = self->root;
  for (gsize i = 0; parts[i] != NULL && folder != NULL; i++)
    {
      if (*parts[i] == '\0')
        continue;

      SolcoNode *next = solco_node_lookup_child (folder, parts[i]);

      if (next == NULL || !solco_node_is_live (next, self->root))
        next = solco_project_new_folder (self, folder, parts[i], error);
      folder = next;
    }
  solco_project_end_edit (self);
  return folder;
}

/* Takes @node out and lays it into @folder under @name. */
static void
put_at (SolcoProject *self, SolcoNode *node, SolcoNode *folder, const char *name)
{
  if (node->parent == folder && node->replaced == NULL
      && solco_node_lookup_child (folder, name) == NULL)
    {
      solco_project_set_name (self, node, name);
      return;
    }
  solco_project_take_out (self, &node, 1);
  if (strcmp (node->name, name) != 0)
    solco_project_set_name (self, node, name);
  solco_project_place (self, folder, node, FALSE, SOLCO_CONFLICT_REPLACE, NULL);
}

static gboolean
move_to (SolcoProject *self, SolcoEditKind kind, SolcoNode *node, SolcoNode *folder,
         const char *name, GError **error)
{
  SolcoNode *existing;

  if (node == self->root || solco_node_is_inside (folder, node))
    {
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_ILLEGAL_EDIT,
                   "\"%s\" can not be moved or renamed that way; nothing was changed.",
                   node->name);
      return FALSE;
    }
  if (!check_live (self, node, error) || !check_live (self, folder, error)
      || !check_name (name, error))
    return FALSE;
  if (node->parent == folder && strcmp (node->name, name) == 0)
    return TRUE;
  existing = solco_node_lookup_child (folder, name);
  if (existing != NULL && !(existing->flags & SOLCO_NODE_REMOVED))
    return set_exists_error (error, existing);

  solco_project_begin_edit (self, kind, NULL);
  put_at (self, node, folder, name);
  solco_project_end_edit (self);
  return TRUE;
}

/**
 * solco_project_rename:
 * @self: a project
 * @node: an item of it that is not removed
 * @name: its new name
 * @error: return location: BAD_NAME, NAME_EXISTS, ILLEGAL_EDIT
 *
 * One undoable step. Main thread; a folder takes the same time whatever is in it.
 *
 * Returns: whether it has the name now
 */
gboolean
solco_project_rename (SolcoProject *self, SolcoNode *node, const char *name, GError **error)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (self) && node != NULL && name != NULL, FALSE);

  return move_to (self, SOLCO_EDIT_RENAME, node, node->parent != NULL ? node->parent : node, name,
                  error);
}

/**
 * solco_project_move_to:
 * @self: a project
 * @node: an item of it that is not removed
 * @folder: a folder that is not removed
 * @name: its new name
 * @error: return location: BAD_NAME, NAME_EXISTS, ILLEGAL_EDIT
 *
 * One undoable step. Main thread.
 *
 * Returns: whether it stands there now
 */
gboolean
solco_project_move_to (SolcoProject *self, SolcoNode *node, SolcoNode *folder, const char *name,
                       GError **error)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (self) && node != NULL && name != NULL, FALSE);
  g_return_val_if_fail (folder != NULL && solco_node_is_folder (folder), FALSE);

  return move_to (self, SOLCO_EDIT_MOVE, node, folder, name, error);
}

/* The first item that would meet another one in @folder; NULL if all is free. */
static SolcoNode *
find_conflict (SolcoNode *folder, SolcoNode *const *nodes, guint n_nodes)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < n_nodes; i++)
    {
      SolcoNode *existing = solco_node_lookup_child (folder, nodes[i]->name);
      SolcoNode *other = g_hash_table_lookup (names, nodes[i]->name);

      if (nodes[i]->flags & SOLCO_NODE_REMOVED)
        continue;
      if (solco_node_conflicts (nodes[i], existing))
        return existing;
      if (other != NULL)
        return other;
      g_hash_table_insert (names, (gpointer) nodes[i]->name, nodes[i]);
      if (existing != NULL && !(existing->flags & SOLCO_NODE_REMOVED)
          && existing->kind == SOLCO_NODE_DIRECTORY)
        {
          SolcoNode *below
              = find_conflict (existing, nodes[i]->folder->children, nodes[i]->folder->n_children);

          if (below != NULL)
            return below;
        }
    }
  return NULL;
}

static void move_into (SolcoProject *self, SolcoNode *folder, SolcoNode *const *nodes,
                       guint n_nodes, SolcoConflictPolicy policy);

/* A folder meets a folder: its live children move over one by one; it goes when it is empty. */
static void
move_content (SolcoProject *self, SolcoNode *into, SolcoNode *folder, SolcoConflictPolicy policy)
{
  g_autoptr (GPtrArray) children = g_ptr_array_new ();

  for (guint i = 0; i < folder->folder->n_children; i++)
    {
      if (!(folder->folder->children[i]->flags & SOLCO_NODE_REMOVED))
        g_ptr_array_add (children, folder->folder->children[i]);
    }
  move_into (self, into, (SolcoNode *const *) children->pdata, children->len, policy);

  const SolcoTotals *left = &folder->folder->sums.totals;

  if (left->n_files + left->n_folders == 0)
    solco_project_remove_run (self, folder->parent, &folder, 1);
}

/* Moves live nodes, those of one folder standing together, into a live folder. */
static void
move_into (SolcoProject *self, SolcoNode *folder, SolcoNode *const *nodes, guint n_nodes,
           SolcoConflictPolicy policy)
{
  g_autoptr (GPtrArray) free_ones = g_ptr_array_new ();
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < n_nodes; i++)
    {
      if (solco_node_lookup_child (folder, nodes[i]->name) == NULL
          && g_hash_table_add (names, (gpointer) nodes[i]->name))
        g_ptr_array_add (free_ones, nodes[i]);
    }
  solco_project_take_out (self, (SolcoNode *const *) free_ones->pdata, free_ones->len);
  solco_project_link (self, folder, (SolcoNode *const *) free_ones->pdata, free_ones->len, FALSE);

  for (guint i = 0; i < n_nodes; i++)
    {
      SolcoNode *node = nodes[i];
      SolcoNode *existing;

      if (node->parent == folder)
        continue;
      existing = solco_node_lookup_child (folder, node->name);
      if (existing != NULL && existing->kind == SOLCO_NODE_DIRECTORY
          && node->kind == SOLCO_NODE_DIRECTORY)
        {
          solco_project_revive (self, existing);
          move_content (self, existing, node, policy);
        }
      else if (policy != SOLCO_CONFLICT_KEEP || !solco_node_conflicts (node, existing))
        {
          solco_project_take_out (self, &node, 1);
          solco_project_place (self, folder, node, FALSE, policy, NULL);
        }
    }
}

/**
 * solco_project_move:
 * @self: a project
 * @nodes: (array length=n_nodes): items of it that are not removed
 * @n_nodes: how many
 * @folder: where to; not removed
 * @policy: what to do where a name is taken; KEEP leaves such items where they are
 * @error: return location: NAME_EXISTS (with ASK), ILLEGAL_EDIT
 *
 * One undoable step. Items that are in @folder already stay. Main thread; a folder takes the same
 * time whatever is in it, unless it is merged.
 *
 * Returns: whether it was done
 */
gboolean
solco_project_move (SolcoProject *self, SolcoNode *const *nodes, gsize n_nodes, SolcoNode *folder,
                    SolcoConflictPolicy policy, GError **error)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (self) && (nodes != NULL || n_nodes == 0), FALSE);
  g_return_val_if_fail (folder != NULL && solco_node_is_folder (folder), FALSE);

  g_autoptr (GPtrArray) moved = solco_project_get_outermost (self, nodes, n_nodes);

  for (gsize i = 0; i < n_nodes; i++)
    {
      if (nodes[i] == self->root || solco_node_is_inside (folder, nodes[i]))
        {
          g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_ILLEGAL_EDIT,
                       "\"%s\" can not be moved into itself; nothing was changed.",
                       nodes[i]->name);
          return FALSE;
        }
      if (!check_live (self, nodes[i], error))
        return FALSE;
    }
  if (!check_live (self, folder, error))
    return FALSE;
  for (guint i = moved->len; i > 0; i--)
    {
      if (((SolcoNode *) g_ptr_array_index (moved, i - 1))->parent == folder)
        g_ptr_array_remove_index (moved, i - 1);
    }
  if (policy == SOLCO_CONFLICT_ASK)
    {
      SolcoNode *conflict
          = find_conflict (folder, (SolcoNode *const *) moved->pdata, moved->len);

      if (conflict != NULL)
        return set_exists_error (error, conflict);
      policy = SOLCO_CONFLICT_REPLACE;
    }
  if (moved->len == 0)
    return TRUE;

  solco_project_begin_edit (self, SOLCO_EDIT_MOVE, NULL);
  solco_project_note_items (self, moved->len);
  move_into (self, folder, (SolcoNode *const *) moved->pdata, moved->len, policy);
  solco_project_end_edit (self);
  return TRUE;
}

/**
 * solco_project_clear_content:
 * @self: a project
 *
 * Empties the stage, the imported tree included, and leaves multi-session mode: from then on a
 * blank disc is expected. Additions that run are cancelled. One undoable step, if there was
 * anything. Main thread.
 */
void
solco_project_clear_content (SolcoProject *self)
{
  g_return_if_fail (SOLCO_IS_PROJECT (self));

  SolcoFolder *root = self->root->folder;
  g_autoptr (SolcoDiscState) nothing = solco_disc_state_new ();

  solco_project_cancel_additions (self);
  if (root->n_children == 0 && self->disc->identity == NULL && self->disc->tree == NULL)
    return;

  g_autofree SolcoNode **children
      = g_memdup2 (root->children, root->n_children * sizeof *root->children);

  nothing->root_attributes = solco_project_get_folder_attributes (self);
  nothing->root_mtime_s = g_get_real_time () / G_USEC_PER_SEC;
  solco_project_begin_edit (self, SOLCO_EDIT_CLEAR, NULL);
  solco_project_unlink (self, children, root->n_children);
  solco_project_set_disc (self, nothing);
  solco_project_end_edit (self);
}

/**
 * solco_project_begin_group:
 * @self: a project
 * @kind: what the whole does
 *
 * All edits until solco_project_end_group() are one undoable step. Main thread; within one turn of
 * the main loop.
 */
void
solco_project_begin_group (SolcoProject *self, SolcoEditKind kind)
{
  g_return_if_fail (SOLCO_IS_PROJECT (self));

  solco_project_begin_edit (self, kind, NULL);
}

/**
 * solco_project_end_group:
 * @self: a project
 *
 * See solco_project_begin_group(). Main thread.
 */
void
solco_project_end_group (SolcoProject *self)
{
  g_return_if_fail (SOLCO_IS_PROJECT (self) && self->edit_depth > 0);

  solco_project_end_edit (self);
}
