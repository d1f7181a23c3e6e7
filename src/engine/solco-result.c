/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-result.h"

/**
 * solco_result_new:
 *
 * Any thread.
 *
 * Returns: (transfer full): an empty result
 */
SolcoResult *
solco_result_new (void)
{
  SolcoResult *self = g_new0 (SolcoResult, 1);

  self->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) solco_problem_free);
  return self;
}

/**
 * solco_result_free:
 * @self: (transfer full) (nullable): a result
 *
 * Any thread.
 */
void
solco_result_free (SolcoResult *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->medium, solco_medium_unref);
  g_clear_pointer (&self->tree, solco_tree_unref);
  g_ptr_array_unref (self->problems);
  g_free (self);
}

/**
 * solco_result_has_serious_problems:
 * @self: a result
 *
 * Any thread.
 *
 * Returns: whether the work is only "completed with problems"
 */
gboolean
solco_result_has_serious_problems (const SolcoResult *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < self->problems->len; i++)
    {
      const SolcoProblem *problem = g_ptr_array_index (self->problems, i);

      if (solco_problem_kind_is_serious (problem->kind))
        return TRUE;
    }
  return FALSE;
}
