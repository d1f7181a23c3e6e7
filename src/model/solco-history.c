/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps of a project: what belongs to one, undo and redo. */
#include "solco-addition-private.h"
#include "solco-folder-model.h"
#include "solco-journal-private.h"
#include "solco-row-private.h"

static void
drop_redo (SolcoProject *self)
{
  for (guint i = self->redo->len; i > 0; i--)
    solco_step_discard_created (g_ptr_array_index (self->redo, i - 1), self);
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
  self->step = solco_step_new ();
  self->step->kind = kind;
  self->step->owner = owner;
  self->step->serial = ++self->last_serial;
}

void
solco_project_note_items (SolcoProject *self, guint n_items)
{
  self->step->n_items += n_items;
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
  solco_step_apply (step, self, forward);
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

static guint
get_n_items (const GPtrArray *steps)
{
  if (steps->len == 0)
    return 0;
  /* What is not counted is about one thing. */
  return MAX (1, ((SolcoStep *) g_ptr_array_index (steps, steps->len - 1))->n_items);
}

/**
 * solco_project_get_undo_n_items:
 * @self: a project
 *
 * Main thread.
 *
 * Returns: how many items were added, removed, moved or restored by what solco_project_undo()
 *   would take back, each folder counted as one; 0 for nothing to undo
 */
guint
solco_project_get_undo_n_items (SolcoProject *self)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (self), 0);

  return get_n_items (self->undo);
}

/**
 * solco_project_get_redo_n_items:
 * @self: a project
 *
 * Main thread.
 *
 * Returns: the same of what solco_project_redo() would do again
 */
guint
solco_project_get_redo_n_items (SolcoProject *self)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (self), 0);

  return get_n_items (self->redo);
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
