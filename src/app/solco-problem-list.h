/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "engine/solco-problem.h"

G_BEGIN_DECLS

/**
 * SolcoProblemItem:
 *
 * One problem, for a list view. Made when somebody looks at it.
 */
#define SOLCO_TYPE_PROBLEM_ITEM (solco_problem_item_get_type ())
G_DECLARE_FINAL_TYPE (SolcoProblemItem, solco_problem_item, SOLCO, PROBLEM_ITEM, GObject)

const SolcoProblem *solco_problem_item_get_problem (SolcoProblemItem *self);

/**
 * SolcoProblemList:
 *
 * A #GListModel of #SolcoProblemItem. Main thread only.
 */
#define SOLCO_TYPE_PROBLEM_LIST (solco_problem_list_get_type ())
G_DECLARE_FINAL_TYPE (SolcoProblemList, solco_problem_list, SOLCO, PROBLEM_LIST, GObject)

SolcoProblemList *solco_problem_list_new (void);
/* Copies the problems from position @first of @problems on. */
void solco_problem_list_append (SolcoProblemList *self, const GPtrArray *problems, guint first);
void solco_problem_list_clear (SolcoProblemList *self);
/* Whether something that the user asked for is not staged. */
gboolean solco_problem_list_has_serious (SolcoProblemList *self);

G_END_DECLS
