/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-stage-list.h"

/* Folders with more items are sorted on another thread: so many take 2 ms. */
#define MAX_SORTED_AT_ONCE 512
/* Where all open folders are sorted anew, so many are in one turn of the main loop: with a hundred
 * items in each they take some milliseconds. */
#define MAX_FOLDERS_AT_ONCE 32

/* An open folder, the root included. */
typedef struct
{
  SolcoStageList *list; /* not owned */
  SolcoNode *folder;
  GListModel *children;
  GCancellable *sorting; /* NULL: it is not being sorted */
  guint n_sorted;        /* children that take part in that */
} Branch;

struct _SolcoStageList
{
  GObject parent_instance;

  SolcoProject *project;
  SolcoSearch *search;
  SolcoOrder order;
  gboolean is_filtered;
  SolcoStageRows *rows;
  const GArray *entries; /* all of these rows; not owned */
  GHashTable *branches;  /* SolcoNode → Branch */
  GPtrArray *unsorted;   /* of SolcoNode: folders that are to be sorted soon; only looked up */
  guint sort_id;
};

static guint expanded_signal;

static void solco_stage_list_list_init (GListModelInterface *iface);
static void solco_stage_list_selection_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SolcoStageList, solco_stage_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      solco_stage_list_list_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                      solco_stage_list_selection_init))

static void sort_branch (Branch *branch);

static const SolcoStageRow *
get_entry (SolcoStageList *self, guint index)
{
  return &g_array_index (self->entries, SolcoStageRow, index);
}

static void
cancel_sorting (Branch *branch)
{
  if (branch->sorting == NULL)
    return;
  g_cancellable_cancel (branch->sorting);
  g_clear_object (&branch->sorting);
}

static void
branch_free (Branch *branch)
{
  cancel_sorting (branch);
  g_signal_handlers_disconnect_by_data (branch->children, branch);
  g_object_unref (branch->children);
  g_free (branch);
}

/* The rows below the folder at @index, which may be -1 for the root: [index + 1, end). */
static guint
find_end (SolcoStageList *self, gint64 index)
{
  guint end = (guint) (index + 1);

  if (index < 0)
    return self->entries->len;
  while (end < self->entries->len
         && get_entry (self, end)->depth > get_entry (self, (guint) index)->depth)
    end++;
  return end;
}

static gboolean
find_index (SolcoStageList *self, const SolcoNode *node, guint *index)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      if (get_entry (self, i)->node == node)
        {
          *index = i;
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
find_branch (SolcoStageList *self, const Branch *branch, gint64 *index)
{
  guint found;

  *index = -1;
  if (solco_node_get_parent (branch->folder) == NULL
      && branch->folder == solco_project_get_root (self->project))
    return TRUE;
  if (!find_index (self, branch->folder, &found))
    return FALSE;
  *index = found;
  return TRUE;
}

/* Whether the row at @index is more than the item alone. */
static gboolean
is_special (SolcoStageList *self, guint index)
{
  const SolcoStageRow *entry = get_entry (self, index);

  /* Below an open folder there may be nothing. */
  return entry->is_selected
         || (index + 1 < self->entries->len && get_entry (self, index + 1)->depth > entry->depth)
         || (solco_node_is_folder (entry->node)
             && solco_stage_list_is_expanded (self, entry->node));
}

/* Closes the branches of all rows in [start, end). */
static void
forget_branches (SolcoStageList *self, guint start, guint end)
{
  if (g_hash_table_size (self->branches) == 1)
    return;
  for (guint i = start; i < end; i++)
    g_hash_table_remove (self->branches, get_entry (self, i)->node);
}

/* Shows exactly @nodes below the branch, in this order. Those that are shown already keep what is
 * open below them, and whether they are selected. */
static void
set_rows (Branch *branch, const GPtrArray *nodes)
{
  SolcoStageList *self = branch->list;
  g_autoptr (GHashTable) special = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) rows = g_array_sized_new (FALSE, FALSE, sizeof (SolcoStageRow), nodes->len);
  gint64 index;
  guint start;
  guint end;
  SolcoStageRow plain = { 0 };

  if (!find_branch (self, branch, &index))
    return;
  start = (guint) (index + 1);
  end = find_end (self, index);
  plain.depth = index < 0 ? 0 : get_entry (self, (guint) index)->depth + 1;
  for (guint i = start; i < end; i++)
    if (get_entry (self, i)->depth == plain.depth && is_special (self, i))
      g_hash_table_insert (special, get_entry (self, i)->node, GUINT_TO_POINTER (i));
  for (guint i = 0; i < nodes->len; i++)
    {
      gpointer found;
      guint from;

      plain.node = g_ptr_array_index (nodes, i);
      if (g_hash_table_size (special) == 0
          || !g_hash_table_steal_extended (special, plain.node, NULL, &found))
        {
          g_array_append_val (rows, plain);
          continue;
        }
      from = GPOINTER_TO_UINT (found);
      g_array_append_vals (rows, get_entry (self, from), find_end (self, from) - from);
    }
  if (g_hash_table_size (special) > 0)
    {
      GHashTableIter iter;
      gpointer found;

      g_hash_table_iter_init (&iter, special);
      while (g_hash_table_iter_next (&iter, NULL, &found))
        forget_branches (self, GPOINTER_TO_UINT (found),
                         find_end (self, GPOINTER_TO_UINT (found)));
    }
  solco_stage_rows_splice (self->rows, start, end, rows);
}

/* The rows directly below the branch that are still in its folder. */
static GPtrArray *
get_rows (Branch *branch)
{
  SolcoStageList *self = branch->list;
  GPtrArray *nodes = g_ptr_array_new ();
  gint64 index;
  guint end;
  guint depth;

  if (!find_branch (self, branch, &index))
    return nodes;
  end = find_end (self, index);
  depth = index < 0 ? 0 : get_entry (self, (guint) index)->depth + 1U;
  for (guint i = (guint) (index + 1); i < end; i++)
    {
      const SolcoStageRow *entry = get_entry (self, i);

      if (entry->depth == depth && solco_node_get_parent (entry->node) == branch->folder)
        g_ptr_array_add (nodes, entry->node);
    }
  return nodes;
}

static int
compare_nodes (gconstpointer a, gconstpointer b, gpointer data)
{
  SolcoStageList *self = data;

  return solco_order_compare (self->project, &self->order, *(SolcoNode *const *) a,
                              *(SolcoNode *const *) b);
}

/* Lays @added among @nodes, both sorted. */
static GPtrArray *
merge (SolcoStageList *self, const GPtrArray *nodes, const GPtrArray *added)
{
  GPtrArray *merged = g_ptr_array_sized_new (nodes->len + added->len);
  guint next = 0;

  for (guint i = 0; i < added->len; i++)
    {
      guint low = next;
      guint high = nodes->len;

      while (low < high)
        {
          const guint middle = low + (high - low) / 2;

          if (compare_nodes (&nodes->pdata[middle], &added->pdata[i], self) <= 0)
            low = middle + 1;
          else
            high = middle;
        }
      for (; next < low; next++)
        g_ptr_array_add (merged, nodes->pdata[next]);
      g_ptr_array_add (merged, added->pdata[i]);
    }
  for (; next < nodes->len; next++)
    g_ptr_array_add (merged, nodes->pdata[next]);
  return merged;
}

/* The children at [first, first + n) that are to be shown, sorted. Those in @known are not. */
static GPtrArray *
take_children (Branch *branch, guint first, guint n, GHashTable *known)
{
  SolcoStageList *self = branch->list;
  GPtrArray *nodes = g_ptr_array_new ();

  for (guint i = first; i < first + n; i++)
    {
      SolcoNode *node = solco_node_get_child (branch->folder, i);

      if ((known == NULL || !g_hash_table_contains (known, node))
          && (!self->is_filtered || solco_search_matches (self->search, node)))
        g_ptr_array_add (nodes, node);
    }
  g_ptr_array_sort_with_data (nodes, compare_nodes, self);
  return nodes;
}

static void
insert_children (Branch *branch, guint first, guint n)
{
  g_autoptr (GPtrArray) nodes = NULL;
  g_autoptr (GPtrArray) added = NULL;
  g_autoptr (GPtrArray) merged = NULL;

  if (n > 2 * MAX_SORTED_AT_ONCE)
    {
      sort_branch (branch);
      return;
    }
  nodes = get_rows (branch);
  added = take_children (branch, first, n, NULL);
  merged = merge (branch->list, nodes, added);
  set_rows (branch, merged);
}

/* Several of the children in [first, first + n_new) may have been there before. */
static void
exchange_children (Branch *branch, guint first, guint n_new)
{
  SolcoStageList *self = branch->list;
  g_autoptr (GPtrArray) nodes = get_rows (branch);
  g_autoptr (GHashTable) known = NULL;
  g_autoptr (GPtrArray) added = NULL;
  g_autoptr (GPtrArray) merged = NULL;

  if (n_new == 0 || nodes->len == solco_node_get_n_children (branch->folder))
    {
      /* Things only left; but one that has another name stands elsewhere now. */
      if (n_new == 1)
        {
          SolcoNode *renamed = solco_node_get_child (branch->folder, first);

          g_ptr_array_remove (nodes, renamed);
          added = take_children (branch, first, 1, NULL);
          merged = merge (self, nodes, added);
        }
      set_rows (branch, merged != NULL ? merged : nodes);
      return;
    }
  known = g_hash_table_new (NULL, NULL);
  if (n_new > 1)
    for (guint i = 0; i < nodes->len; i++)
      g_hash_table_add (known, nodes->pdata[i]);
  else
    g_ptr_array_remove (nodes, solco_node_get_child (branch->folder, first));
  added = take_children (branch, first, n_new, known);
  merged = merge (self, nodes, added);
  set_rows (branch, merged);
}

static void
on_children_changed (GListModel *children, guint position, guint removed, guint added,
                     Branch *branch)
{
  SolcoStageList *self = branch->list;
  const gboolean was_sorting = branch->sorting != NULL;

  if (removed > 0)
    {
      cancel_sorting (branch);
      exchange_children (branch, position, MIN (added, g_list_model_get_n_items (children)));
      if (was_sorting)
        sort_branch (branch);
    }
  else if (!was_sorting)
    insert_children (branch, position, added);
  g_signal_emit (self, expanded_signal, 0);
}

static void
on_sorted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GCancellable) sorting = user_data;
  g_autoptr (GPtrArray) nodes = NULL;
  Branch *branch = g_object_get_data (G_OBJECT (sorting), "branch");
  guint n_children;
  guint n_sorted;

  /* The branch may be gone; whoever cancels it cares for what comes then. */
  if (g_cancellable_is_cancelled (sorting))
    return;
  nodes = solco_order_sort_finish (SOLCO_PROJECT (source), result, NULL);
  g_return_if_fail (nodes != NULL);
  g_clear_object (&branch->sorting);
  n_sorted = branch->n_sorted;
  n_children = solco_node_get_n_children (branch->folder);
  set_rows (branch, nodes);
  /* What came meanwhile stands at the end. */
  if (n_children > n_sorted)
    insert_children (branch, n_sorted, n_children - n_sorted);
}

static void
sort_branch (Branch *branch)
{
  SolcoStageList *self = branch->list;
  SolcoSearch *search = self->is_filtered ? self->search : NULL;
  g_autoptr (GPtrArray) nodes = NULL;

  cancel_sorting (branch);
  branch->n_sorted = solco_node_get_n_children (branch->folder);
  if (branch->n_sorted <= MAX_SORTED_AT_ONCE)
    {
      nodes = solco_order_sort (self->project, &self->order, branch->folder, search);
      set_rows (branch, nodes);
      return;
    }
  branch->sorting = g_cancellable_new ();
  g_object_set_data (G_OBJECT (branch->sorting), "branch", branch);
  solco_order_sort_async (self->project, &self->order, branch->folder, search, branch->sorting,
                          on_sorted, g_object_ref (branch->sorting));
}

static void
open_branch (SolcoStageList *self, SolcoNode *folder)
{
  Branch *branch = g_new0 (Branch, 1);

  branch->list = self;
  branch->folder = folder;
  branch->children = solco_project_get_children (self->project, folder);
  g_signal_connect (branch->children, "items-changed", G_CALLBACK (on_children_changed), branch);
  g_hash_table_insert (self->branches, folder, branch);
  sort_branch (branch);
}

/* Sorts some of the folders that wait for it. Returns whether there are more. */
static gboolean
sort_some (gpointer data)
{
  SolcoStageList *self = data;

  for (guint i = 0; i < MAX_FOLDERS_AT_ONCE && self->unsorted->len > 0; i++)
    {
      gpointer folder
          = g_ptr_array_steal_index_fast (self->unsorted, self->unsorted->len - 1);
      /* With a folder above it, or at all, it may not be there any more. */
      Branch *branch = g_hash_table_lookup (self->branches, folder);

      if (branch != NULL)
        sort_branch (branch);
    }
  if (self->unsorted->len > 0)
    return G_SOURCE_CONTINUE;
  self->sort_id = 0;
  g_signal_emit (self, expanded_signal, 0);
  return G_SOURCE_REMOVE;
}

static void
sort_all (SolcoStageList *self)
{
  GHashTableIter iter;
  gpointer folder;

  g_clear_handle_id (&self->sort_id, g_source_remove);
  g_ptr_array_set_size (self->unsorted, 0);
  g_hash_table_iter_init (&iter, self->branches);
  while (g_hash_table_iter_next (&iter, &folder, NULL))
    g_ptr_array_add (self->unsorted, folder);
  if (sort_some (self))
    self->sort_id = g_idle_add (sort_some, self);
}

static GType
solco_stage_list_get_item_type (GListModel *model)
{
  return SOLCO_TYPE_ROW;
}

static guint
solco_stage_list_get_n_items (GListModel *model)
{
  return solco_stage_rows_get_n_shown (SOLCO_STAGE_LIST (model)->rows);
}

static gpointer
solco_stage_list_get_item (GListModel *model, guint position)
{
  SolcoStageList *self = SOLCO_STAGE_LIST (model);
  SolcoNode *node = solco_stage_list_get_node (self, position);

  return node != NULL ? solco_row_get (self->project, node) : NULL;
}

static void
solco_stage_list_list_init (GListModelInterface *iface)
{
  iface->get_item_type = solco_stage_list_get_item_type;
  iface->get_n_items = solco_stage_list_get_n_items;
  iface->get_item = solco_stage_list_get_item;
}

static gboolean
solco_stage_list_is_selected (GtkSelectionModel *model, guint position)
{
  SolcoStageList *self = SOLCO_STAGE_LIST (model);
  guint index;

  return solco_stage_rows_get_index (self->rows, position, &index)
         && get_entry (self, index)->is_selected;
}

static GtkBitset *
solco_stage_list_get_selection_in_range (GtkSelectionModel *model, guint position, guint n_items)
{
  return solco_stage_rows_get_selection (SOLCO_STAGE_LIST (model)->rows, position, n_items);
}

static gboolean
solco_stage_list_set_selection (GtkSelectionModel *model, GtkBitset *selected, GtkBitset *mask)
{
  solco_stage_rows_set_selection (SOLCO_STAGE_LIST (model)->rows, selected, mask);
  return TRUE;
}

static void
solco_stage_list_selection_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = solco_stage_list_is_selected;
  iface->get_selection_in_range = solco_stage_list_get_selection_in_range;
  iface->set_selection = solco_stage_list_set_selection;
}

static void
solco_stage_list_finalize (GObject *object)
{
  SolcoStageList *self = SOLCO_STAGE_LIST (object);

  g_clear_handle_id (&self->sort_id, g_source_remove);
  g_ptr_array_unref (self->unsorted);
  g_hash_table_unref (self->branches);
  g_clear_pointer (&self->rows, solco_stage_rows_free);
  g_object_unref (self->search);
  g_object_unref (self->project);
  G_OBJECT_CLASS (solco_stage_list_parent_class)->finalize (object);
}

static void
solco_stage_list_class_init (SolcoStageListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = solco_stage_list_finalize;
  expanded_signal = g_signal_new ("expanded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
solco_stage_list_init (SolcoStageList *self)
{
  self->branches = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) branch_free);
  self->unsorted = g_ptr_array_new ();
}

/**
 * solco_stage_list_new:
 * @project: a project
 * @search: a search in it
 * @order: how it is sorted
 *
 * Returns: (transfer full): what is in the root, with all folders closed
 */
SolcoStageList *
solco_stage_list_new (SolcoProject *project, SolcoSearch *search, const SolcoOrder *order)
{
  SolcoStageList *self = g_object_new (SOLCO_TYPE_STAGE_LIST, NULL);

  g_return_val_if_fail (SOLCO_IS_PROJECT (project) && SOLCO_IS_SEARCH (search), self);

  self->project = g_object_ref (project);
  self->search = g_object_ref (search);
  self->order = *order;
  self->rows = solco_stage_rows_new (G_LIST_MODEL (self), project);
  self->entries = solco_stage_rows_get_all (self->rows);
  open_branch (self, solco_project_get_root (project));
  return self;
}

/**
 * solco_stage_list_set_order:
 * @self: a list
 * @order: how it is sorted from now on
 *
 * Large folders follow when they are sorted.
 */
void
solco_stage_list_set_order (SolcoStageList *self, const SolcoOrder *order)
{
  g_return_if_fail (SOLCO_IS_STAGE_LIST (self) && order != NULL);

  if (self->order.by == order->by && self->order.is_descending == order->is_descending)
    return;
  self->order = *order;
  sort_all (self);
}

/**
 * solco_stage_list_set_filtered:
 * @self: a list
 * @is_filtered: whether only what the search matches is shown
 *
 * Looks again, also where @is_filtered is what it was.
 */
void
solco_stage_list_set_filtered (SolcoStageList *self, gboolean is_filtered)
{
  g_return_if_fail (SOLCO_IS_STAGE_LIST (self));

  if (!is_filtered && !self->is_filtered)
    return;
  self->is_filtered = is_filtered;
  sort_all (self);
}

/**
 * solco_stage_list_set_hold:
 * @self: a list
 * @hold: (nullable): tells before a large change which row stays where it is in a view
 * @data: for @hold
 */
void
solco_stage_list_set_hold (SolcoStageList *self, SolcoStageRowsHold hold, gpointer data)
{
  g_return_if_fail (SOLCO_IS_STAGE_LIST (self));

  solco_stage_rows_set_hold (self->rows, hold, data);
}

/**
 * solco_stage_list_is_sorting:
 * @self: a list
 *
 * Returns: whether a folder is being sorted or is going to be, or rows are not shown yet
 */
gboolean
solco_stage_list_is_sorting (SolcoStageList *self)
{
  GHashTableIter iter;
  gpointer branch;

  g_return_val_if_fail (SOLCO_IS_STAGE_LIST (self), FALSE);

  if (self->sort_id != 0)
    return TRUE;
  g_hash_table_iter_init (&iter, self->branches);
  while (g_hash_table_iter_next (&iter, NULL, &branch))
    if (((Branch *) branch)->sorting != NULL)
      return TRUE;
  return solco_stage_rows_is_growing (self->rows);
}

/**
 * solco_stage_list_get_node:
 * @self: a list
 * @position: of a row
 *
 * Returns: (transfer none) (nullable): what it shows; %NULL behind the end
 */
SolcoNode *
solco_stage_list_get_node (SolcoStageList *self, guint position)
{
  guint index;

  g_return_val_if_fail (SOLCO_IS_STAGE_LIST (self), NULL);

  if (!solco_stage_rows_get_index (self->rows, position, &index))
    return NULL;
  return get_entry (self, index)->node;
}

/**
 * solco_stage_list_find:
 * @self: a list
 * @node: an item of the stage
 * @position: (out): where it is shown
 *
 * Returns: whether it is shown
 */
gboolean
solco_stage_list_find (SolcoStageList *self, const SolcoNode *node, guint *position)
{
  guint index;

  g_return_val_if_fail (SOLCO_IS_STAGE_LIST (self) && position != NULL, FALSE);

  return find_index (self, node, &index)
         && solco_stage_rows_get_position (self->rows, index, position);
}

/**
 * solco_stage_list_is_expanded:
 * @self: a list
 * @node: an item of the stage
 *
 * Returns: whether it is an open folder
 */
gboolean
solco_stage_list_is_expanded (SolcoStageList *self, const SolcoNode *node)
{
  g_return_val_if_fail (SOLCO_IS_STAGE_LIST (self), FALSE);

  return g_hash_table_contains (self->branches, node);
}

/**
 * solco_stage_list_set_expanded:
 * @self: a list
 * @position: of a row
 * @expanded: whether the folder is to be open
 *
 * Returns: whether it is a folder that was not so before
 */
gboolean
solco_stage_list_set_expanded (SolcoStageList *self, guint position, gboolean expanded)
{
  g_autoptr (GArray) nothing = g_array_new (FALSE, FALSE, sizeof (SolcoStageRow));
  SolcoNode *node;
  guint index;
  guint end;

  g_return_val_if_fail (SOLCO_IS_STAGE_LIST (self), FALSE);

  if (!solco_stage_rows_get_index (self->rows, position, &index))
    return FALSE;
  node = get_entry (self, index)->node;
  if (!solco_node_is_folder (node) || solco_stage_list_is_expanded (self, node) == expanded)
    return FALSE;
  if (expanded)
    {
      open_branch (self, node);
    }
  else
    {
      end = find_end (self, index);
      forget_branches (self, index, end);
      solco_stage_rows_splice (self->rows, index + 1, end, nothing);
    }
  g_signal_emit (self, expanded_signal, 0);
  return TRUE;
}

/**
 * solco_stage_list_get_selected:
 * @self: a list
 *
 * Returns: (transfer container) (element-type SolcoNode): what is selected, from top to bottom
 */
GPtrArray *
solco_stage_list_get_selected (SolcoStageList *self)
{
  g_return_val_if_fail (SOLCO_IS_STAGE_LIST (self), g_ptr_array_new ());

  return solco_stage_rows_get_selected (self->rows);
}

/**
 * solco_stage_list_get_n_selected:
 * @self: a list
 *
 * Returns: how many rows are selected
 */
guint
solco_stage_list_get_n_selected (SolcoStageList *self)
{
  g_return_val_if_fail (SOLCO_IS_STAGE_LIST (self), 0);

  return solco_stage_rows_get_n_selected (self->rows);
}
