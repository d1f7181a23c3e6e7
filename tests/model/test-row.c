/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-fixture.h"
#include "solco-row.h"

#include <string.h>

static const char *const paths[] = { "b/", "b/x:100", "a10:1", "a9:300", "z/", "z2:200", NULL };

static void
on_notify (SolcoRow *row, GParamSpec *pspec, GString *names)
{
  g_string_append_printf (names, "%s ", pspec->name);
}

static void
test_notify (void)
{
  g_autoptr (SolcoProject) project = fixture_make_disc_project (paths);
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
  g_test_add_func ("/row/notify", test_notify);
  g_test_add_func ("/row/gone", test_gone);
  return g_test_run ();
}
