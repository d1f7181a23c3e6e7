/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-order.h"

#include "model-fixture.h"

static const char *const paths[] = { "b/", "b/x:100", "a10:1", "a9:300", "z/", "z2:200", NULL };

static char *
join_names (const GPtrArray *nodes)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < nodes->len; i++)
    g_string_append_printf (names, "%s ", solco_node_get_name (g_ptr_array_index (nodes, i)));
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
on_sorted (GObject *source, GAsyncResult *result, gpointer data)
{
  GPtrArray **nodes = data;
  g_autoptr (GError) error = NULL;

  *nodes = solco_order_sort_finish (SOLCO_PROJECT (source), result, &error);
  g_assert_no_error (error);
}

/* At once, on the other thread, and pair by pair: always the same. */
static void
assert_order (SolcoProject *project, SolcoOrderBy by, gboolean is_descending, SolcoSearch *search,
              const char *expected)
{
  const SolcoOrder order = { by, is_descending };
  SolcoNode *root = solco_project_get_root (project);
  g_autoptr (GPtrArray) at_once = solco_order_sort (project, &order, root, search);
  g_autoptr (GPtrArray) later = NULL;
  g_autofree char *names = join_names (at_once);
  g_autofree char *later_names = NULL;

  g_assert_cmpstr (names, ==, expected);
  solco_order_sort_async (project, &order, root, search, NULL, on_sorted, &later);
  while (later == NULL)
    g_main_context_iteration (NULL, TRUE);
  later_names = join_names (later);
  g_assert_cmpstr (later_names, ==, expected);
  for (guint i = 0; i + 1 < at_once->len; i++)
    g_assert_cmpint (solco_order_compare (project, &order, g_ptr_array_index (at_once, i),
                                          g_ptr_array_index (at_once, i + 1)),
                     <, 0);
}

static void
test_order (void)
{
  g_autoptr (SolcoProject) project = fixture_make_disc_project (paths);
  g_autoptr (GError) error = NULL;
  SolcoNode *node;

  assert_order (project, SOLCO_ORDER_NAME, FALSE, NULL, "b z a9 a10 z2 ");
  assert_order (project, SOLCO_ORDER_SIZE, FALSE, NULL, "z b a10 z2 a9 ");
  assert_order (project, SOLCO_ORDER_MTIME, FALSE, NULL, "b z a9 a10 z2 ");
  /* Folders come first in both directions, and ties stay from A to Z. */
  assert_order (project, SOLCO_ORDER_NAME, TRUE, NULL, "z b z2 a10 a9 ");
  assert_order (project, SOLCO_ORDER_SIZE, TRUE, NULL, "b z a9 z2 a10 ");
  assert_order (project, SOLCO_ORDER_ORIGIN, TRUE, NULL, "b z a9 a10 z2 ");

  node = fixture_find (project, "/a9");
  g_assert_true (solco_project_remove (project, &node, 1));
  g_assert_nonnull (solco_project_new_folder (project, solco_project_get_root (project), "new",
                                              &error));
  g_assert_no_error (error);
  assert_order (project, SOLCO_ORDER_ORIGIN, FALSE, NULL, "new b z a9 a10 z2 ");
  assert_order (project, SOLCO_ORDER_MTIME, FALSE, NULL, "b z new a9 a10 z2 ");
}

/* The key goes with the name. */
static void
test_renamed (void)
{
  g_autoptr (SolcoProject) project = fixture_make_disc_project (paths);
  g_autoptr (GError) error = NULL;

  assert_order (project, SOLCO_ORDER_NAME, FALSE, NULL, "b z a9 a10 z2 ");
  g_assert_true (solco_project_rename (project, fixture_find (project, "/a9"), "zz", &error));
  assert_order (project, SOLCO_ORDER_NAME, FALSE, NULL, "b z a10 z2 zz ");
}

static void
test_search (void)
{
  g_autoptr (SolcoProject) project = fixture_make_disc_project (paths);
  g_autoptr (SolcoSearch) search = solco_search_new (project);
  const SolcoOrder order = { SOLCO_ORDER_NAME, FALSE };
  g_autoptr (GPtrArray) below = NULL;

  solco_search_set_text (search, "X");
  while (solco_search_is_searching (search))
    g_main_context_iteration (NULL, TRUE);
  assert_order (project, SOLCO_ORDER_NAME, FALSE, search, "b ");
  /* In a folder whose own name was found, everything is. */
  solco_search_set_text (search, "b");
  while (solco_search_is_searching (search))
    g_main_context_iteration (NULL, TRUE);
  below = solco_order_sort (project, &order, fixture_find (project, "/b"), search);
  g_assert_cmpuint (below->len, ==, 1);
}

static void
on_cancelled (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (solco_order_sort_finish (SOLCO_PROJECT (source), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  *(gboolean *) data = TRUE;
}

/* A node that leaves meanwhile is never looked at again. */
static void
test_cancel (void)
{
  g_autoptr (SolcoProject) project = fixture_make_disc_project (paths);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const SolcoOrder order = { SOLCO_ORDER_NAME, FALSE };
  gboolean is_done = FALSE;

  solco_order_sort_async (project, &order, solco_project_get_root (project), NULL, cancellable,
                          on_cancelled, &is_done);
  g_cancellable_cancel (cancellable);
  solco_project_clear_content (project);
  while (!is_done)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/order/order", test_order);
  g_test_add_func ("/order/renamed", test_renamed);
  g_test_add_func ("/order/search", test_search);
  g_test_add_func ("/order/cancel", test_cancel);
  return g_test_run ();
}
