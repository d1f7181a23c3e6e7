/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-problem-list.h"

struct _SolcoProblemItem
{
  GObject parent_instance;

  SolcoProblem *problem;
};

G_DEFINE_FINAL_TYPE (SolcoProblemItem, solco_problem_item, G_TYPE_OBJECT)

static void
solco_problem_item_finalize (GObject *object)
{
  solco_problem_free (SOLCO_PROBLEM_ITEM (object)->problem);
  G_OBJECT_CLASS (solco_problem_item_parent_class)->finalize (object);
}

static void
solco_problem_item_class_init (SolcoProblemItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = solco_problem_item_finalize;
}

static void
solco_problem_item_init (SolcoProblemItem *self)
{
}

/**
 * solco_problem_item_get_problem:
 * @self: an item
 *
 * Returns: (transfer none): the problem
 */
const SolcoProblem *
solco_problem_item_get_problem (SolcoProblemItem *self)
{
  g_return_val_if_fail (SOLCO_IS_PROBLEM_ITEM (self), NULL);

  return self->problem;
}

struct _SolcoProblemList
{
  GObject parent_instance;

  GPtrArray *problems;
  gboolean has_serious;
};

static GType
get_item_type (GListModel *model)
{
  return SOLCO_TYPE_PROBLEM_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return SOLCO_PROBLEM_LIST (model)->problems->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  SolcoProblemList *self = SOLCO_PROBLEM_LIST (model);
  SolcoProblemItem *item;

  if (position >= self->problems->len)
    return NULL;
  item = g_object_new (SOLCO_TYPE_PROBLEM_ITEM, NULL);
  item->problem = solco_problem_copy (g_ptr_array_index (self->problems, position));
  return item;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SolcoProblemList, solco_problem_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
solco_problem_list_finalize (GObject *object)
{
  g_ptr_array_unref (SOLCO_PROBLEM_LIST (object)->problems);
  G_OBJECT_CLASS (solco_problem_list_parent_class)->finalize (object);
}

static void
solco_problem_list_class_init (SolcoProblemListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = solco_problem_list_finalize;
}

static void
solco_problem_list_init (SolcoProblemList *self)
{
  self->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) solco_problem_free);
}

/**
 * solco_problem_list_new:
 *
 * Main thread.
 *
 * Returns: (transfer full): an empty list
 */
SolcoProblemList *
solco_problem_list_new (void)
{
  return g_object_new (SOLCO_TYPE_PROBLEM_LIST, NULL);
}

/**
 * solco_problem_list_append:
 * @self: a list
 * @problems: (nullable) (element-type SolcoProblem): what was found
 * @first: how many of them to pass over
 *
 * Copies them to the end of the list, in one change of the model. Main thread.
 */
void
solco_problem_list_append (SolcoProblemList *self, const GPtrArray *problems, guint first)
{
  const guint before = self->problems->len;

  g_return_if_fail (SOLCO_IS_PROBLEM_LIST (self));

  for (guint i = first; problems != NULL && i < problems->len; i++)
    {
      const SolcoProblem *problem = g_ptr_array_index (problems, i);

      self->has_serious |= solco_problem_kind_is_serious (problem->kind);
      g_ptr_array_add (self->problems, solco_problem_copy (problem));
    }
  if (self->problems->len > before)
    g_list_model_items_changed (G_LIST_MODEL (self), before, 0, self->problems->len - before);
}

/**
 * solco_problem_list_clear:
 * @self: a list
 *
 * Empties it. Main thread.
 */
void
solco_problem_list_clear (SolcoProblemList *self)
{
  const guint before = self->problems->len;

  g_return_if_fail (SOLCO_IS_PROBLEM_LIST (self));

  self->has_serious = FALSE;
  g_ptr_array_set_size (self->problems, 0);
  if (before > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, before, 0);
}

/**
 * solco_problem_list_has_serious:
 * @self: a list
 *
 * Returns: whether something that the user asked for is not staged, or not as it is
 */
gboolean
solco_problem_list_has_serious (SolcoProblemList *self)
{
  g_return_val_if_fail (SOLCO_IS_PROBLEM_LIST (self), FALSE);

  return self->has_serious;
}
