/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-search.h"

G_BEGIN_DECLS

/** SolcoOrderBy: what the items of a folder are sorted by; ties are broken by name */
typedef enum
{
  SOLCO_ORDER_NAME,
  SOLCO_ORDER_SIZE,
  SOLCO_ORDER_MTIME,
  /* What is to be done before what stays: new, replaces, removed, on the disc by session. */
  SOLCO_ORDER_ORIGIN
} SolcoOrderBy;

/**
 * SolcoOrder:
 * @by: the first key
 * @is_descending: the other way round; folders come first in both
 */
typedef struct
{
  SolcoOrderBy by;
  gboolean is_descending;
} SolcoOrder;

/* Negative, 0 or positive, as strcmp(). */
int solco_order_compare (SolcoProject *project, const SolcoOrder *order, const SolcoNode *a,
                         const SolcoNode *b);
/* The children of a folder in their order; with @search (nullable) only those that it matches.
 * (element-type SolcoNode), g_ptr_array_unref(). Takes 3 µs a name. */
GPtrArray *solco_order_sort (SolcoProject *project, const SolcoOrder *order, SolcoNode *folder,
                             SolcoSearch *search);
/* The same on another thread. Nodes may come while it runs, but none may leave the folder or get
 * another name: then it has to be cancelled. */
void solco_order_sort_async (SolcoProject *project, const SolcoOrder *order, SolcoNode *folder,
                             SolcoSearch *search, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
/* NULL when cancelled (%G_IO_ERROR_CANCELLED). */
GPtrArray *solco_order_sort_finish (SolcoProject *project, GAsyncResult *result, GError **error);

G_END_DECLS
