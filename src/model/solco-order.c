/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-order.h"

#include "solco-project-private.h"
#include "solco-search-private.h"

#include <string.h>

#define MAX_KEY_BLOCK_BYTES (64 * 1024)
/* What the key of a usual name takes. */
#define KEY_BYTES 48

/* What decides where a node stands. */
typedef struct
{
  SolcoNode *node; /* not looked into by the other thread */
  const char *name;
  const char *key; /* NULL: not made yet */
  gint64 value;
  gboolean is_folder;
  gboolean is_shown;
} Item;

typedef struct
{
  SolcoOrder order;
  char *needle; /* NULL: all are shown */
  GArray *items;
  GStringChunk *keys; /* those that were made; NULL: none */
} Sorting;

static void
sorting_free (Sorting *self)
{
  g_free (self->needle);
  g_array_unref (self->items);
  g_clear_pointer (&self->keys, g_string_chunk_free);
  g_free (self);
}

static gint64
get_value (const SolcoOrder *order, const SolcoNode *node)
{
  static const gint64 ranks[] = { [SOLCO_ORIGIN_NEW] = 0,
                                  [SOLCO_ORIGIN_REPLACES] = 1,
                                  [SOLCO_ORIGIN_REMOVED] = 2,
                                  [SOLCO_ORIGIN_ON_DISC] = 3 };

  switch (order->by)
    {
    case SOLCO_ORDER_SIZE:
      return (gint64) MIN (solco_node_get_size_bytes (node), (guint64) G_MAXINT64);
    case SOLCO_ORDER_MTIME:
      return node->mtime_s;
    case SOLCO_ORDER_ORIGIN:
      return ranks[solco_node_get_origin (node)] << 32 | solco_node_get_session (node);
    case SOLCO_ORDER_NAME:
    default:
      return 0;
    }
}

static int
compare_items (gconstpointer a_item, gconstpointer b_item, gpointer data)
{
  const SolcoOrder *order = data;
  const Item *a = a_item;
  const Item *b = b_item;
  int result;

  if (a->is_folder != b->is_folder)
    return b->is_folder - a->is_folder;
  if (a->value != b->value)
    result = a->value < b->value ? -1 : 1;
  else
    {
      result = strcmp (a->key, b->key);
      if (result == 0)
        result = strcmp (a->name, b->name);
      /* Where the name only breaks a tie, it does so from A to Z. */
      if (order->by != SOLCO_ORDER_NAME)
        return result;
    }
  return order->is_descending ? -result : result;
}

/**
 * solco_order_compare:
 * @project: a project
 * @order: an order
 * @a: a node of it
 * @b: another one of the same folder
 *
 * Main thread.
 *
 * Returns: negative, 0 or positive
 */
int
solco_order_compare (SolcoProject *project, const SolcoOrder *order, const SolcoNode *a,
                     const SolcoNode *b)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (project) && order != NULL && a != NULL && b != NULL, 0);

  const Item items[] = {
    { NULL, a->name, solco_project_get_collation_key (project, a), get_value (order, a),
      solco_node_is_folder (a), TRUE },
    { NULL, b->name, solco_project_get_collation_key (project, b), get_value (order, b),
      solco_node_is_folder (b), TRUE },
  };

  return compare_items (&items[0], &items[1], (gpointer) order);
}

/* Copies what the sorting needs out of the nodes. */
static Sorting *
sorting_new (const SolcoOrder *order, SolcoNode *folder, SolcoSearch *search)
{
  Sorting *self = g_new0 (Sorting, 1);
  const guint n_children = folder->folder->n_children;

  self->order = *order;
  self->items = g_array_sized_new (FALSE, FALSE, sizeof (Item), n_children);
  /* With the name of a folder above, everything in it was found. */
  if (search != NULL && !solco_search_path_matches (search, folder))
    self->needle = g_strdup (solco_search_get_needle (search));
  for (guint i = 0; i < n_children; i++)
    {
      SolcoNode *node = folder->folder->children[i];
      Item item = { .node = node,
                    .name = node->name,
                    .key = node->collation_key,
                    .value = get_value (order, node),
                    .is_folder = solco_node_is_folder (node),
                    .is_shown = self->needle == NULL || solco_search_is_above (search, node) };

      g_array_append_val (self->items, item);
    }
  return self;
}

static void
sorting_run (Sorting *self)
{
  guint n_shown = 0;

  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = &g_array_index (self->items, Item, i);

      if (!item->is_shown && !solco_search_needle_matches (self->needle, item->name))
        continue;
      if (item->key == NULL)
        {
          g_autofree char *key = g_utf8_collate_key_for_filename (item->name, -1);

          if (self->keys == NULL)
            self->keys = g_string_chunk_new (MIN (MAX_KEY_BLOCK_BYTES,
                                                  self->items->len * KEY_BYTES));
          item->key = g_string_chunk_insert (self->keys, key);
        }
      g_array_index (self->items, Item, n_shown++) = *item;
    }
  g_array_set_size (self->items, n_shown);
  g_array_sort_with_data (self->items, compare_items, &self->order);
}

/* The nodes keep the keys, and the project what these stand in. */
static GPtrArray *
sorting_end (Sorting *self, SolcoProject *project)
{
  GPtrArray *nodes = g_ptr_array_sized_new (self->items->len);

  for (guint i = 0; i < self->items->len; i++)
    {
      const Item *item = &g_array_index (self->items, Item, i);

      item->node->collation_key = item->key;
      g_ptr_array_add (nodes, item->node);
    }
  if (self->keys != NULL)
    solco_node_store_take_strings (project->store, g_steal_pointer (&self->keys));
  return nodes;
}

/**
 * solco_order_sort:
 * @project: a project
 * @order: the order
 * @folder: a folder of it
 * @search: (nullable): takes only what it matches
 *
 * Main thread; for folders with some hundred items.
 *
 * Returns: (transfer container) (element-type SolcoNode): the children in their order
 */
GPtrArray *
solco_order_sort (SolcoProject *project, const SolcoOrder *order, SolcoNode *folder,
                  SolcoSearch *search)
{
  g_return_val_if_fail (SOLCO_IS_PROJECT (project) && order != NULL, NULL);
  g_return_val_if_fail (folder != NULL && solco_node_is_folder (folder), NULL);

  Sorting *sorting = sorting_new (order, folder, search);
  GPtrArray *nodes;

  sorting_run (sorting);
  nodes = sorting_end (sorting, project);
  sorting_free (sorting);
  return nodes;
}

static void
run_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  sorting_run (data);
  g_task_return_boolean (task, TRUE);
}

static void
on_sorted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SolcoProject *project = g_task_get_source_object (task);

  /* After a cancellation the nodes may be gone. */
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_pointer (task, sorting_end (g_task_get_task_data (G_TASK (result)), project),
                           (GDestroyNotify) g_ptr_array_unref);
}

/**
 * solco_order_sort_async:
 * @project: a project
 * @order: the order
 * @folder: a folder of it
 * @search: (nullable): takes only what it matches
 * @cancellable: has to be cancelled as soon as anything leaves the folder or is renamed in it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Sorts what the folder holds now. Main thread.
 */
void
solco_order_sort_async (SolcoProject *project, const SolcoOrder *order, SolcoNode *folder,
                        SolcoSearch *search, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (SOLCO_IS_PROJECT (project) && order != NULL);
  g_return_if_fail (folder != NULL && solco_node_is_folder (folder));

  /* This task keeps the project, and with it the names. The other one, which may end on its
   * thread, must not: a project may only go on the main thread. */
  GTask *task = g_task_new (project, cancellable, callback, user_data);
  g_autoptr (GTask) inner = g_task_new (NULL, NULL, on_sorted, task);

  g_task_set_source_tag (task, solco_order_sort_async);
  g_task_set_task_data (inner, sorting_new (order, folder, search),
                        (GDestroyNotify) sorting_free);
  g_task_run_in_thread (inner, run_thread);
}

/**
 * solco_order_sort_finish:
 * @project: a project
 * @result: what the callback got
 * @error: return location: %G_IO_ERROR_CANCELLED
 *
 * Main thread.
 *
 * Returns: (transfer container) (element-type SolcoNode) (nullable): the children that the folder
 *   had at the beginning, in their order
 */
GPtrArray *
solco_order_sort_finish (SolcoProject *project, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, project), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
