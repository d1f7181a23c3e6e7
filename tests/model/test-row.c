/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-fixture.h"
#include "solco-row.h"

#include <string.h>

static const char *const paths[] = { "b/", "b/x:100", "a10:1", "a9:300", "z/", "z2:200", NULL };

static SolcoProject *
make_project (void)
{
  g_autoptr (SolcoTree) tree = fixture_make_tree (paths);
  g_autoptr (SolcoDiscIdentity) identity = fixture_make_identity ("x", 1);
  const SolcoDiscImport disc = { tree, identity, NULL };
  SolcoProject *project = solco_project_new ();
  g_autoptr (GPtrArray) problems
      = solco_project_import_disc (project, &disc, SOLCO_CONFLICT_REPLACE);

  g_assert_cmpuint (problems->len, ==, 0);
  return project;
}

static int
compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
  int (*order) (SolcoRow *, SolcoRow *) = user_data;

  return order (*(SolcoRow *const *) a, *(SolcoRow *const *) b);
}

static void
assert_order (SolcoProject *project, int (*order) (SolcoRow *, SolcoRow *), const char *expected)
{
  g_autoptr (GListModel) model
      = solco_project_get_children (project, solco_project_get_root (project));
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    g_ptr_array_add (rows, g_list_model_get_item (model, i));
  g_ptr_array_sort_with_data (rows, compare, order);
  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *name = NULL;

      g_object_get (g_ptr_array_index (rows, i), "name", &name, NULL);
      g_string_append_printf (names, "%s ", name);
    }
  g_assert_cmpstr (names->str, ==, expected);
}

static void
test_order (void)
{
  g_autoptr (SolcoProject) project = make_project ();
  g_autoptr (GError) error = NULL;
  SolcoNode *node;

  assert_order (project, solco_row_compare_name, "b z a9 a10 z2 ");
  assert_order (project, solco_row_compare_size, "z b a10 z2 a9 ");
  assert_order (project, solco_row_compare_mtime, "b z a9 a10 z2 ");
  node = fixture_find (project, "/a9");
  g_assert_true (solco_project_remove (project, &node, 1));
  g_assert_nonnull (solco_project_new_folder (project, solco_project_get_root (project), "new",
                                              &error));
  assert_order (project, solco_row_compare_origin, "new b z a9 a10 z2 ");
  assert_order (project, solco_row_compare_mtime, "b z new a9 a10 z2 ");
}

static void
on_notify (SolcoRow *row, GParamSpec *pspec, GString *names)
{
  g_string_append_printf (names, "%s ", pspec->name);
}

static void
test_notify (void)
{
  g_autoptr (SolcoProject) project = make_project ();
  g_autoptr (SolcoRow) folder = solco_row_get (project, fixture_find (project, "/b"));
  g_autoptr (SolcoRow) file = solco_row_get (project, fixture_find (project, "/b/x"));
  g_autoptr (SolcoRow) same = solco_row_get (project, fixture_find (project, "/b"));
  g_autoptr (GString) of_folder = g_string_new (NULL);
  g_autoptr (GString) of_file = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  SolcoNode *node = fixture_find (project, "/b");
  guint64 removed;
  guint origin;

  g_assert_true (same == folder);
  g_signal_connect (folder, "notify", G_CALLBACK (on_notify), of_folder);
  g_signal_connect (file, "notify", G_CALLBACK (on_notify), of_file);

  /* With a folder, all that is in it is removed. */
  g_assert_true (solco_project_remove (project, &node, 1));
  g_assert_nonnull (strstr (of_folder->str, "origin"));
  g_assert_nonnull (strstr (of_file->str, "origin"));
  g_object_get (file, "origin", &origin, NULL);
  g_assert_cmpuint (origin, ==, SOLCO_ORIGIN_REMOVED);
  g_assert_true (solco_project_undo (project));

  /* With a file, the sums above it change. */
  g_string_truncate (of_folder, 0);
  node = fixture_find (project, "/b/x");
  g_assert_true (solco_project_remove (project, &node, 1));
  g_assert_nonnull (strstr (of_folder->str, "size-bytes"));
  g_assert_nonnull (strstr (of_folder->str, "n-removed"));
  g_object_get (folder, "n-removed", &removed, NULL);
  g_assert_cmpuint (removed, ==, 1);

  g_string_truncate (of_folder, 0);
  g_assert_true (solco_project_rename (project, fixture_find (project, "/b"), "c", &error));
  g_assert_nonnull (strstr (of_folder->str, "name"));
}

/* A row outlives its node, and shows nothing then. */
static void
test_gone (void)
{
  g_autoptr (SolcoProject) project = solco_project_new ();
  g_autoptr (GError) error = NULL;
  SolcoNode *root = solco_project_get_root (project);
  SolcoNode *node = solco_project_new_folder (project, root, "short", &error);
  g_autoptr (SolcoRow) row = solco_row_get (project, node);
  g_autoptr (GListModel) children = solco_row_get_children (row);
  g_autofree char *name = NULL;

  g_assert_nonnull (solco_project_new_folder (project, node, "below", &error));
  g_assert_cmpuint (g_list_model_get_n_items (children), ==, 1);
  g_assert_true (solco_project_undo (project));
  g_assert_true (solco_project_undo (project));
  g_assert_nonnull (solco_row_get_node (row));
  /* Nothing can bring it back now. */
  g_assert_nonnull (solco_project_new_folder (project, root, "other", &error));
  g_assert_null (solco_row_get_node (row));
  g_assert_null (solco_row_get_children (row));
  g_assert_cmpuint (g_list_model_get_n_items (children), ==, 0);
  g_object_get (row, "name", &name, NULL);
  g_assert_cmpstr (name, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/row/order", test_order);
  g_test_add_func ("/row/notify", test_notify);
  g_test_add_func ("/row/gone", test_gone);
  return g_test_run ();
}
