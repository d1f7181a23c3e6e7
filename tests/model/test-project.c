/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-fixture.h"
#include "solco-error.h"

#include <string.h>
#include <unistd.h>

static void
assert_totals (SolcoProject *project, const char *path, guint64 n_files, guint64 n_new,
               guint64 n_replaced, guint64 n_removed)
{
  const SolcoTotals *totals = solco_node_get_totals (fixture_find (project, path));

  g_assert_cmpuint (totals->n_files, ==, n_files);
  g_assert_cmpuint (totals->n_new_files, ==, n_new);
  g_assert_cmpuint (totals->n_replaced, ==, n_replaced);
  g_assert_cmpuint (totals->n_removed_files, ==, n_removed);
}

static const char *const disc_paths[] = {
  "docs/",     "docs/a.txt:100", "docs/b.txt:200", "docs/old/",    "docs/old/x:10",
  "photos/",   "photos/1.jpg:5000", "photos/2.jpg:6000", "readme:50", NULL,
};

static void
import (SolcoProject *project, const char *const *paths, const char *media_id)
{
  g_autoptr (SolcoTree) tree = fixture_make_tree (paths);
  g_autoptr (SolcoDiscIdentity) identity = fixture_make_identity (media_id, 1);
  const SolcoDiscImport disc = { tree, identity, "TEST" };
  g_autoptr (GPtrArray) problems
      = solco_project_import_disc (project, &disc, SOLCO_CONFLICT_REPLACE);

  g_assert_cmpuint (problems->len, ==, 0);
}

static void
test_add (void)
{
  g_autofree char *directory = fixture_make_directory ();
  g_autoptr (SolcoProject) project = solco_project_new ();
  g_autofree char *source = g_build_filename (directory, "stuff", NULL);
  g_autofree char *empty = fixture_dump (project);
  g_autofree char *added = NULL;

  fixture_make (directory, "stuff/a", 10, 500);
  fixture_make (directory, "stuff/sub/b", 3000, 600);
  fixture_make (directory, "stuff/sub/deep/c", 0, 700);
  fixture_make (directory, "stuff/void/", 0, 0);
  fixture_add (project, source, solco_project_get_root (project), SOLCO_CONFLICT_ASK);
  assert_totals (project, "/", 3, 3, 0, 0);
  g_assert_cmpuint (solco_project_get_totals (project)->n_folders, ==, 4);
  g_assert_cmpuint (solco_project_get_totals (project)->n_bytes, ==, 3010);
  g_assert_cmpint (solco_node_get_mtime_s (fixture_find (project, "/stuff/sub/b")), ==, 600);
  g_assert_cmpint (solco_project_get_undo_kind (project), ==, SOLCO_EDIT_ADD);
  g_assert_true (solco_project_is_dirty (project));

  g_autofree char *path
      = solco_project_dup_source_path (project, fixture_find (project, "/stuff/sub/deep/c"));
  g_autofree char *expected = g_build_filename (source, "sub/deep/c", NULL);

  g_assert_cmpstr (path, ==, expected);

  added = fixture_dump (project);
  g_assert_true (solco_project_undo (project));

  g_autofree char *undone = fixture_dump (project);

  g_assert_cmpstr (undone, ==, empty);
  g_assert_false (solco_project_is_dirty (project));
  g_assert_true (solco_project_redo (project));

  g_autofree char *redone = fixture_dump (project);

  g_assert_cmpstr (redone, ==, added);
  fixture_remove_tree (directory);
}

static void
test_import_and_edit (void)
{
  g_autoptr (SolcoProject) project = solco_project_new ();
  g_autoptr (GError) error = NULL;
  SolcoNode *node;

  import (project, disc_paths, "one");
  g_assert_cmpint (solco_project_get_undo_kind (project), ==, SOLCO_EDIT_NONE);
  g_assert_false (solco_project_is_dirty (project));
  g_assert_cmpuint (solco_project_get_n_changes (project), ==, 0);
  assert_totals (project, "/", 6, 0, 0, 0);
  g_assert_cmpstr (solco_project_get_label (project), ==, "TEST");

  /* Removing a folder of the disc hides it with all below, and restoring brings back. */
  node = fixture_find (project, "/docs");
  g_assert_true (solco_project_remove (project, &node, 1));
  assert_totals (project, "/", 3, 0, 0, 3);
  g_assert_cmpuint (solco_project_get_totals (project)->n_removed_folders, ==, 2);
  g_assert_cmpint (solco_node_get_origin (fixture_find (project, "/docs/old/x")), ==,
                   SOLCO_ORIGIN_REMOVED);
  g_assert_false (solco_project_remove (project, &node, 1));

  /* One file of a removed folder comes back; the others stay removed. */
  node = fixture_find (project, "/docs/old/x");
  g_assert_true (solco_project_restore (project, &node, 1));
  assert_totals (project, "/", 4, 0, 0, 2);
  g_assert_cmpint (solco_node_get_origin (fixture_find (project, "/docs/a.txt")), ==,
                   SOLCO_ORIGIN_REMOVED);
  g_assert_true (solco_project_undo (project));
  g_assert_true (solco_project_undo (project));
  assert_totals (project, "/", 6, 0, 0, 0);

  /* Names. */
  node = fixture_find (project, "/readme");
  g_assert_false (solco_project_rename (project, node, "docs", &error));
  g_assert_error (error, SOLCO_ERROR, SOLCO_ERROR_NAME_EXISTS);
  g_clear_error (&error);
  g_assert_false (solco_project_rename (project, node, "a/b", &error));
  g_assert_error (error, SOLCO_ERROR, SOLCO_ERROR_BAD_NAME);
  g_clear_error (&error);
  g_assert_true (solco_project_rename (project, node, "README.TXT", &error));
  g_assert_true (solco_node_is_renamed (node));
  g_assert_cmpuint (solco_project_get_n_changes (project), ==, 1);
  g_assert_true (solco_project_rename (project, node, "readme", &error));
  g_assert_cmpuint (solco_project_get_n_changes (project), ==, 0);

  /* Moves. */
  node = fixture_find (project, "/docs");
  g_assert_false (solco_project_move (project, &node, 1, fixture_find (project, "/docs/old"),
                                      SOLCO_CONFLICT_ASK, &error));
  g_assert_error (error, SOLCO_ERROR, SOLCO_ERROR_ILLEGAL_EDIT);
  g_clear_error (&error);
  g_assert_true (solco_project_move (project, &node, 1, fixture_find (project, "/photos"),
                                     SOLCO_CONFLICT_ASK, &error));
  g_assert_no_error (error);
  g_assert_true (fixture_find (project, "/photos/docs/old/x") != NULL);
  g_assert_cmpuint (solco_project_get_n_changes (project), ==, 1);
  assert_totals (project, "/photos", 5, 0, 0, 0);
}

static void
test_replace (void)
{
  g_autofree char *directory = fixture_make_directory ();
  g_autoptr (SolcoProject) project = solco_project_new ();
  g_autofree char *docs = g_build_filename (directory, "docs", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  SolcoNode *node;

  fixture_make (directory, "docs/a.txt", 111, 500);
  fixture_make (directory, "docs/new.txt", 222, 500);
  import (project, disc_paths, "one");
  before = fixture_dump (project);
  fixture_add (project, docs, solco_project_get_root (project), SOLCO_CONFLICT_REPLACE);
  node = fixture_find (project, "/docs/a.txt");
  g_assert_cmpint (solco_node_get_origin (node), ==, SOLCO_ORIGIN_REPLACES);
  g_assert_cmpuint (solco_node_get_session (node), ==, 1);
  assert_totals (project, "/docs", 4, 2, 1, 0);

  /* Restore: the disc's one comes back. Remove: it is marked as removed. */
  g_assert_true (solco_project_restore (project, &node, 1));
  g_assert_cmpint (solco_node_get_origin (fixture_find (project, "/docs/a.txt")), ==,
                   SOLCO_ORIGIN_ON_DISC);
  assert_totals (project, "/docs", 4, 1, 0, 0);
  g_assert_true (solco_project_undo (project));
  node = fixture_find (project, "/docs/a.txt");
  g_assert_true (solco_project_remove (project, &node, 1));
  g_assert_cmpint (solco_node_get_origin (fixture_find (project, "/docs/a.txt")), ==,
                   SOLCO_ORIGIN_REMOVED);
  assert_totals (project, "/docs", 3, 1, 0, 1);
  g_assert_true (solco_project_undo (project));
  g_assert_true (solco_project_undo (project));
  after = fixture_dump (project);
  g_assert_cmpstr (after, ==, before);

  /* Keep, and a number. */
  fixture_add (project, docs, solco_project_get_root (project), SOLCO_CONFLICT_KEEP);
  assert_totals (project, "/docs", 4, 1, 0, 0);
  g_assert_true (solco_project_undo (project));
  fixture_add (project, docs, solco_project_get_root (project), SOLCO_CONFLICT_RENAME);
  g_assert_true (fixture_find (project, "/docs/a (2).txt") != NULL);
  assert_totals (project, "/docs", 5, 2, 0, 0);
  fixture_remove_tree (directory);
}

static void
test_ask (void)
{
  g_autofree char *directory = fixture_make_directory ();
  g_autoptr (SolcoProject) project = solco_project_new ();
  g_autofree char *docs = g_build_filename (directory, "docs", NULL);
  g_autofree char *photos = g_build_filename (directory, "photos", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (SolcoScanOptions) options = fixture_options ();
  g_autoptr (SolcoAddition) addition
      = solco_addition_new (project, options, SOLCO_CONFLICT_ASK);
  const SolcoConflict *conflict;

  /* A folder where the disc has a file, a file where it has a folder, and two files. */
  fixture_make (directory, "docs/a.txt/below", 1, 500);
  fixture_make (directory, "docs/old", 2, 500);
  fixture_make (directory, "docs/fresh", 3, 500);
  fixture_make (directory, "photos/1.jpg", 4, 500);
  import (project, disc_paths, "one");
  before = fixture_dump (project);
  solco_addition_add_path (addition, docs, solco_project_get_root (project), NULL);
  solco_addition_add_path (addition, photos, solco_project_get_root (project), NULL);
  fixture_run (addition);
  g_assert_cmpuint (solco_addition_get_n_conflicts (addition), ==, 3);
  assert_totals (project, "/", 7, 1, 0, 0);
  conflict = solco_addition_get_conflict (addition, 2);
  g_assert_cmpstr (conflict->path, ==, "/photos/1.jpg");
  g_assert_cmpuint (conflict->size_bytes, ==, 4);
  g_assert_cmpuint (solco_node_get_size_bytes (conflict->existing), ==, 5000);

  solco_addition_resolve (addition, 2, SOLCO_CONFLICT_KEEP, FALSE);
  g_assert_cmpuint (solco_addition_get_n_conflicts (addition), ==, 2);
  solco_addition_resolve (addition, 0, SOLCO_CONFLICT_REPLACE, TRUE);
  g_assert_cmpuint (solco_addition_get_n_conflicts (addition), ==, 0);
  g_assert_true (fixture_find (project, "/docs/a.txt/below") != NULL);
  g_assert_cmpint (solco_node_get_origin (fixture_find (project, "/docs/old")), ==,
                   SOLCO_ORIGIN_REPLACES);
  assert_totals (project, "/docs", 4, 3, 2, 0);

  g_assert_true (solco_project_undo (project));
  after = fixture_dump (project);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpint (solco_project_get_undo_kind (project), ==, SOLCO_EDIT_NONE);
  fixture_remove_tree (directory);
}

static void
test_freeze (void)
{
  g_autofree char *directory = fixture_make_directory ();
  g_autoptr (SolcoProject) project = solco_project_new ();
  g_autofree char *source = g_build_filename (directory, "zeta", NULL);
  g_autoptr (SolcoTree) tree = NULL;
  g_autoptr (SolcoTarget) target = solco_target_new ("stdio:/x.iso", SOLCO_IMAGE_KIND_CD_700, 0);
  g_autoptr (SolcoPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  SolcoNode *node;
  const SolcoTreeNode *rows;
  guint32 index;

  fixture_make (directory, "zeta/new", 77, 900);
  import (project, disc_paths, "one");
  fixture_add (project, source, solco_project_get_root (project), SOLCO_CONFLICT_ASK);
  node = fixture_find (project, "/docs/a.txt");
  g_assert_true (solco_project_remove (project, &node, 1));
  node = fixture_find (project, "/photos");
  g_assert_true (solco_project_rename (project, node, "pictures", &error));
  node = fixture_find (project, "/zeta/new");
  g_assert_true (solco_project_rename (project, node, "newer", &error));

  plan = solco_project_freeze (project, target);
  tree = solco_tree_ref (plan->tree);
  rows = solco_tree_get_nodes (tree, NULL);
  g_assert_cmpuint (solco_tree_lookup (tree, "/docs/a.txt"), ==, SOLCO_TREE_NONE);
  index = solco_tree_lookup (tree, "/pictures/1.jpg");
  g_assert_cmpuint (index, !=, SOLCO_TREE_NONE);
  g_assert_cmpuint (rows[index].disc_index, ==,
                    solco_tree_lookup (solco_project_get_disc_tree (project), "/photos/1.jpg"));
  g_assert_null (rows[index].source);
  g_assert_cmpuint (rows[index].session, ==, 1);
  index = solco_tree_lookup (tree, "/zeta/newer");
  g_assert_cmpuint (index, !=, SOLCO_TREE_NONE);
  g_assert_cmpuint (rows[index].disc_index, ==, SOLCO_TREE_NONE);
  g_assert_cmpstr (rows[index].source->directory, ==, source);
  g_assert_cmpstr (rows[index].source->name, ==, "new");
  g_assert_cmpint (rows[index].mtime_s, ==, 900);
  g_assert_cmpuint (rows[index].mode, ==, 0644);
  g_assert_cmpstr (plan->volume_label, ==, "TEST");
  g_assert_true (plan->manifest);
  g_assert_true (solco_disc_identity_equal (plan->disc, solco_project_get_disc (project)));

  /* What is edited later does not reach it. */
  solco_project_clear_content (project);
  g_assert_cmpuint (solco_tree_lookup (tree, "/zeta/newer"), !=, SOLCO_TREE_NONE);
  g_assert_null (solco_project_get_disc (project));
  g_assert_true (solco_project_undo (project));
  g_assert_nonnull (solco_project_get_disc (project));
  g_assert_nonnull (fixture_find (project, "/zeta/newer"));
  fixture_remove_tree (directory);
}

static void
on_frozen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* Beside other work, the copy is the same; an edit ends it. */
static void
test_freeze_async (void)
{
  g_autoptr (SolcoProject) project = solco_project_new ();
  g_autoptr (SolcoTarget) target = solco_target_new ("stdio:/x.iso", SOLCO_IMAGE_KIND_CD_700, 0);
  g_autoptr (SolcoPlan) at_once = NULL;
  g_autoptr (SolcoPlan) plan = NULL;
  g_autoptr (SolcoPlan) none = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;
  SolcoProjectOptions options = *solco_project_get_options (project);
  guint32 n_nodes;
  guint32 n_at_once;

  import (project, disc_paths, "one");
  at_once = solco_project_freeze (project, target);
  options.speed_kb_per_s = 1411;
  options.close_disc = TRUE;
  solco_project_freeze_async (project, target, &options, NULL, on_frozen, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  plan = solco_project_freeze_finish (project, result, &error);
  g_assert_no_error (error);
  solco_tree_get_nodes (plan->tree, &n_nodes);
  solco_tree_get_nodes (at_once->tree, &n_at_once);
  g_assert_cmpuint (n_nodes, ==, n_at_once);
  for (guint32 i = 0; i < n_nodes; i++)
    {
      g_autofree char *path = solco_tree_dup_path (plan->tree, i);
      g_autofree char *expected = solco_tree_dup_path (at_once->tree, i);

      g_assert_cmpstr (path, ==, expected);
    }
  g_assert_cmpstr (plan->target->address, ==, target->address);
  g_assert_true (plan->close_disc);
  g_assert_cmpuint (plan->speed_kb_per_s, ==, 1411);
  g_assert_false (solco_project_get_options (project)->close_disc);

  solco_project_freeze_async (project, target, NULL, NULL, on_frozen, &second);
  g_assert_true (solco_project_rename (project, fixture_find (project, "/photos"), "p", &error));
  while (second == NULL)
    g_main_context_iteration (NULL, TRUE);
  none = solco_project_freeze_finish (project, second, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (none);
}

static void
test_staged_first (void)
{
  static const char *const second_paths[] = { "docs/", "docs/a.txt:1", "other:2", NULL };
  g_autofree char *directory = fixture_make_directory ();
  g_autoptr (SolcoProject) project = solco_project_new ();
  g_autofree char *docs = g_build_filename (directory, "docs", NULL);
  g_autofree char *staged = NULL;
  g_autofree char *undone = NULL;
  g_autofree char *on_first = NULL;
  g_autofree char *back_on_first = NULL;

  fixture_make (directory, "docs/a.txt", 111, 500);
  fixture_make (directory, "docs/mine/m", 222, 500);
  fixture_add (project, docs, solco_project_get_root (project), SOLCO_CONFLICT_ASK);
  staged = fixture_dump (project);

  import (project, disc_paths, "one");
  g_assert_cmpint (solco_node_get_origin (fixture_find (project, "/docs/a.txt")), ==,
                   SOLCO_ORIGIN_REPLACES);
  g_assert_cmpint (solco_node_get_origin (fixture_find (project, "/docs/mine/m")), ==,
                   SOLCO_ORIGIN_NEW);
  assert_totals (project, "/", 7, 2, 1, 0);
  on_first = fixture_dump (project);

  /* The other disc: what was on the first one leaves, the new items stay. */
  import (project, second_paths, "two");
  assert_totals (project, "/", 3, 2, 1, 0);
  g_assert_null (solco_project_lookup (project, "/photos"));
  g_assert_nonnull (fixture_find (project, "/other"));
  g_assert_true (solco_project_undo (project));
  back_on_first = fixture_dump (project);
  g_assert_cmpstr (back_on_first, ==, on_first);
  g_assert_true (solco_project_undo (project));
  undone = fixture_dump (project);
  g_assert_cmpstr (undone, ==, staged);
  g_assert_true (solco_project_redo (project));
  g_assert_true (solco_project_redo (project));
  assert_totals (project, "/", 3, 2, 1, 0);
  fixture_remove_tree (directory);
}

static void
test_replan (void)
{
  static const char *const second_paths[]
      = { "docs/", "docs/a.txt:1", "docs/b.txt:9", "readme:2", "LIESMICH:3", NULL };
  g_autofree char *directory = fixture_make_directory ();
  g_autoptr (SolcoProject) project = solco_project_new ();
  g_autofree char *source = g_build_filename (directory, "in", NULL);
  g_autoptr (SolcoTree) tree = fixture_make_tree (second_paths);
  g_autoptr (SolcoDiscIdentity) identity = fixture_make_identity ("two", 1);
  const SolcoDiscImport disc = { tree, identity, "OTHER" };
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *undone = NULL;
  SolcoNode *node;

  fixture_make (directory, "in/n", 5, 500);
  import (project, disc_paths, "one");
  /* New, removed (there and not there), moved into a new folder, renamed to a taken name. */
  g_assert_nonnull (solco_project_new_folder (project, solco_project_get_root (project), "box",
                                              &error));
  fixture_add (project, source, fixture_find (project, "/photos"), SOLCO_CONFLICT_ASK);
  node = fixture_find (project, "/docs/a.txt");
  g_assert_true (solco_project_remove (project, &node, 1));
  node = fixture_find (project, "/photos/1.jpg");
  g_assert_true (solco_project_remove (project, &node, 1));
  node = fixture_find (project, "/docs/b.txt");
  g_assert_true (solco_project_move (project, &node, 1, fixture_find (project, "/box"),
                                     SOLCO_CONFLICT_ASK, &error));
  node = fixture_find (project, "/readme");
  g_assert_true (solco_project_rename (project, node, "LIESMICH", &error));
  before = fixture_dump (project);

  problems = solco_project_replan (project, &disc);
  g_assert_cmpint (solco_node_get_origin (fixture_find (project, "/docs/a.txt")), ==,
                   SOLCO_ORIGIN_REMOVED);
  g_assert_nonnull (fixture_find (project, "/photos/in/n"));
  g_assert_true (solco_node_is_renamed (fixture_find (project, "/box/b.txt")));
  g_assert_cmpint (solco_node_get_origin (fixture_find (project, "/readme")), ==,
                   SOLCO_ORIGIN_ON_DISC);
  g_assert_cmpuint (problems->len, ==, 2);
  for (guint i = 0; i < problems->len; i++)
    {
      const SolcoProblem *problem = g_ptr_array_index (problems, i);

      if (problem->kind == SOLCO_PROBLEM_NOT_ON_DISC)
        g_assert_cmpstr (problem->path, ==, "/photos/1.jpg");
      else
        {
          g_assert_cmpint (problem->kind, ==, SOLCO_PROBLEM_NAME_CLASH);
          g_assert_cmpstr (problem->path, ==, "/readme");
          g_assert_cmpstr (problem->detail, ==, "/LIESMICH");
        }
    }
  g_assert_cmpint (solco_project_get_undo_kind (project), ==, SOLCO_EDIT_REPLAN);
  g_assert_true (solco_project_undo (project));
  undone = fixture_dump (project);
  g_assert_cmpstr (undone, ==, before);
  fixture_remove_tree (directory);
}

/* After a burn the disc says what is on it; what it does not have stays staged. */
static void
test_update (void)
{
  g_autofree char *directory = fixture_make_directory ();
  g_autoptr (SolcoProject) project = solco_project_new ();
  g_autofree char *source = g_build_filename (directory, "docs/a.txt", NULL);
  g_autofree char *mine = g_build_filename (directory, "docs/mine", NULL);
  g_autoptr (GError) error = NULL;
  SolcoNode *node;

  fixture_make (directory, "docs/a.txt", 111, 500);
  fixture_make (directory, "docs/mine/m", 222, 500);
  import (project, disc_paths, "one");
  fixture_add (project, source, fixture_find (project, "/docs"), SOLCO_CONFLICT_REPLACE);
  fixture_add (project, mine, fixture_find (project, "/docs"), SOLCO_CONFLICT_REPLACE);
  node = fixture_find (project, "/photos/1.jpg");
  g_assert_true (solco_project_remove (project, &node, 1));
  node = fixture_find (project, "/readme");
  g_assert_true (solco_project_rename (project, node, "read.me", &error));
  solco_project_set_label (project, "New Label");

  /* A rehearsal: the disc is as it was. */
  {
    g_autoptr (SolcoTree) tree = fixture_make_tree (disc_paths);
    g_autoptr (SolcoDiscIdentity) identity = fixture_make_identity ("one", 1);
    const SolcoDiscImport disc = { tree, identity, "TEST" };
    g_autofree char *before = fixture_dump (project);
    g_autofree char *after = NULL;
    g_autoptr (GPtrArray) problems = solco_project_update_disc (project, &disc);

    g_assert_cmpuint (problems->len, ==, 0);
    after = fixture_dump (project);
    g_assert_cmpstr (after, ==, before);
    g_assert_true (solco_project_is_dirty (project));
  }
  /* A burn from which one file is missing, say because the drive failed late. */
  {
    g_autoptr (SolcoTree) tree = fixture_burn (project, 2);
    g_autoptr (SolcoDiscIdentity) identity = fixture_make_identity ("one", 2);
    const SolcoDiscImport disc = { tree, identity, "NEW_LABEL" };
    g_autoptr (GPtrArray) problems = NULL;

    fixture_make (directory, "late", 9, 500);
    {
      g_autofree char *late = g_build_filename (directory, "late", NULL);

      fixture_add (project, late, fixture_find (project, "/docs"), SOLCO_CONFLICT_ASK);
    }
    problems = solco_project_update_disc (project, &disc);
    g_assert_cmpuint (problems->len, ==, 0);
    assert_totals (project, "/", 7, 1, 0, 0);
    g_assert_cmpuint (solco_project_get_n_changes (project), ==, 1);
    g_assert_cmpint (solco_node_get_origin (fixture_find (project, "/docs/a.txt")), ==,
                     SOLCO_ORIGIN_ON_DISC);
    g_assert_cmpuint (solco_node_get_session (fixture_find (project, "/docs/a.txt")), ==, 2);
    g_assert_cmpint (solco_node_get_origin (fixture_find (project, "/docs/late")), ==,
                     SOLCO_ORIGIN_NEW);
    g_assert_null (solco_project_lookup (project, "/photos/1.jpg"));
    g_assert_nonnull (fixture_find (project, "/read.me"));
    g_assert_false (solco_project_is_label_edited (project));
    g_assert_cmpint (solco_project_get_undo_kind (project), ==, SOLCO_EDIT_NONE);
  }
  fixture_remove_tree (directory);
}

static void
test_folders_and_groups (void)
{
  g_autoptr (SolcoProject) project = solco_project_new ();
  g_autoptr (GError) error = NULL;
  SolcoNode *root = solco_project_get_root (project);
  g_autofree char *name = NULL;
  SolcoNode *node;

  import (project, disc_paths, "one");
  g_assert_true (solco_project_ensure_folder (project, "/docs/old", &error)
                 == fixture_find (project, "/docs/old"));
  g_assert_cmpint (solco_project_get_undo_kind (project), ==, SOLCO_EDIT_NONE);
  g_assert_nonnull (solco_project_ensure_folder (project, "a//b/c/", &error));
  g_assert_cmpuint (solco_project_get_totals (project)->n_new_folders, ==, 3);
  g_assert_cmpuint (solco_node_get_mode (fixture_find (project, "/a/b")), ==, 0755);
  g_assert_null (solco_project_ensure_folder (project, "/x/readme/../y", &error));
  g_assert_error (error, SOLCO_ERROR, SOLCO_ERROR_BAD_NAME);
  g_clear_error (&error);
  g_assert_null (solco_project_ensure_folder (project, "/readme/y", &error));
  g_assert_error (error, SOLCO_ERROR, SOLCO_ERROR_NAME_EXISTS);
  g_clear_error (&error);
  g_assert_null (solco_project_lookup (project, "/x"));
  g_assert_true (solco_project_undo (project));
  g_assert_null (solco_project_lookup (project, "/a"));

  name = solco_project_get_free_name (project, root, "docs", TRUE);
  g_assert_cmpstr (name, ==, "docs (2)");

  /* What was removed is ensured by bringing it back, empty. */
  node = fixture_find (project, "/docs");
  g_assert_true (solco_project_remove (project, &node, 1));
  g_assert_nonnull (solco_project_ensure_folder (project, "/docs", &error));
  g_assert_cmpint (solco_node_get_origin (node), ==, SOLCO_ORIGIN_ON_DISC);
  assert_totals (project, "/docs", 0, 0, 0, 3);

  solco_project_begin_group (project, SOLCO_EDIT_MOVE);
  g_assert_nonnull (solco_project_new_folder (project, root, "g", &error));
  node = fixture_find (project, "/readme");
  g_assert_true (solco_project_move_to (project, node, fixture_find (project, "/g"), "r", &error));
  solco_project_set_label (project, "Grouped");
  solco_project_end_group (project);
  g_assert_cmpint (solco_project_get_undo_kind (project), ==, SOLCO_EDIT_MOVE);
  g_assert_true (solco_project_undo (project));
  g_assert_nonnull (fixture_find (project, "/readme"));
  g_assert_cmpstr (solco_project_get_label (project), ==, "TEST");
  g_assert_cmpint (solco_project_get_redo_kind (project), ==, SOLCO_EDIT_MOVE);
}

static void
test_move_onto (void)
{
  static const char *const paths[]
      = { "a/", "a/d/", "a/d/x:1", "a/d/y:2", "a/f:3", "b/", "b/d/", "b/d/x:4", "b/f:5", NULL };
  g_autoptr (SolcoProject) project = solco_project_new ();
  g_autoptr (GError) error = NULL;
  SolcoNode *nodes[2];
  SolcoNode *target;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  import (project, paths, "one");
  before = fixture_dump (project);
  nodes[0] = fixture_find (project, "/a/d");
  nodes[1] = fixture_find (project, "/a/f");
  target = fixture_find (project, "/b");
  /* Asked, nothing moves. */
  g_assert_false (solco_project_move (project, nodes, 2, target, SOLCO_CONFLICT_ASK, &error));
  g_assert_error (error, SOLCO_ERROR, SOLCO_ERROR_NAME_EXISTS);
  g_clear_error (&error);
  after = fixture_dump (project);
  g_assert_cmpstr (after, ==, before);

  /* Kept, only what is free moves; folders are merged. */
  g_assert_true (solco_project_move (project, nodes, 2, target, SOLCO_CONFLICT_KEEP, &error));
  g_assert_nonnull (fixture_find (project, "/b/d/y"));
  g_assert_cmpuint (solco_node_get_size_bytes (fixture_find (project, "/b/d/x")), ==, 4);
  g_assert_cmpuint (solco_node_get_size_bytes (fixture_find (project, "/a/d/x")), ==, 1);
  g_assert_nonnull (fixture_find (project, "/a/f"));
  g_assert_true (solco_project_undo (project));

  g_assert_true (solco_project_move (project, nodes, 2, target, SOLCO_CONFLICT_REPLACE, &error));
  g_assert_cmpuint (solco_node_get_size_bytes (fixture_find (project, "/b/d/x")), ==, 1);
  g_assert_cmpuint (solco_node_get_size_bytes (fixture_find (project, "/b/f")), ==, 3);
  g_assert_cmpint (solco_node_get_origin (fixture_find (project, "/a/d")), ==,
                   SOLCO_ORIGIN_REMOVED);
  g_assert_true (solco_project_undo (project));

  g_assert_true (solco_project_move (project, nodes, 2, target, SOLCO_CONFLICT_RENAME, &error));
  g_assert_nonnull (fixture_find (project, "/b/d/x (2)"));
  g_assert_nonnull (fixture_find (project, "/b/f (2)"));
  g_assert_true (solco_project_undo (project));
  g_free (after);
  after = fixture_dump (project);
  g_assert_cmpstr (after, ==, before);
}

static guint
count_kind (GPtrArray *problems, SolcoProblemKind kind, const char *path, const char *detail)
{
  guint count = 0;

  for (guint i = 0; i < problems->len; i++)
    {
      const SolcoProblem *problem = g_ptr_array_index (problems, i);

      count += problem->kind == kind && (path == NULL || g_strcmp0 (problem->path, path) == 0)
               && (path == NULL || g_strcmp0 (problem->detail, detail) == 0);
    }
  return count;
}

static void
test_check_names (void)
{
  g_autofree char *directory = fixture_make_directory ();
  g_autofree char *source = g_build_filename (directory, "s", NULL);
  g_autofree char *link = g_build_filename (source, "link", NULL);
  g_autofree char *long_name = g_strnfill (120, 'n');
  g_autofree char *kept = g_strnfill (103, 'n');
  g_autofree char *path = g_strconcat ("s/", long_name, NULL);
  g_autofree char *deep = g_strconcat ("s/deep/", kept, "/", kept, NULL);
  g_autofree char *full = g_strconcat ("/s/", long_name, NULL);
  g_autofree char *full_deep = g_strconcat ("/s/deep/", kept, "/", kept, NULL);
  g_autoptr (SolcoProject) project = solco_project_new ();
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GPtrArray) few = NULL;

  fixture_make (directory, path, 1, 1);
  fixture_make (directory, deep, 1, 1);
  fixture_make (directory, "s/what?", 1, 1);
  fixture_make (directory, "s/fine.txt", 1, 1);
  g_assert_cmpint (symlink ("fine.txt", link), ==, 0);
  fixture_add (project, source, solco_project_get_root (project), SOLCO_CONFLICT_ASK);
  solco_project_set_label (project, "A label that is longer than 32 characters");
  problems = solco_project_check_names (project, 0);
  g_assert_cmpuint (count_kind (problems, SOLCO_PROBLEM_LABEL_SHORTENED, NULL, NULL), ==, 2);
  g_assert_cmpuint (count_kind (problems, SOLCO_PROBLEM_SYMLINKS_NOT_IN_JOLIET, NULL, NULL), ==,
                    1);
  g_assert_cmpuint (count_kind (problems, SOLCO_PROBLEM_NAME_SHORTENED, full, kept), ==, 1);
  g_assert_cmpuint (count_kind (problems, SOLCO_PROBLEM_NAME_SHORTENED, full_deep, NULL), ==, 1);
  g_assert_cmpuint (count_kind (problems, SOLCO_PROBLEM_NAME_SHORTENED, "/s/what?", "what_"), ==,
                    1);
  g_assert_cmpuint (problems->len, ==, 6);
  few = solco_project_check_names (project, 4);
  g_assert_cmpuint (few->len, ==, 4);

  /* What is on the disc already is not the user's business any more. */
  {
    g_autoptr (SolcoTree) tree = fixture_burn (project, 1);
    g_autoptr (SolcoDiscIdentity) identity = fixture_make_identity ("x", 1);
    const SolcoDiscImport disc = { tree, identity, "A_LABEL_THAT_IS_LONGER_THAN_32_C" };
    g_autoptr (GPtrArray) none = solco_project_update_disc (project, &disc);
    g_autoptr (GPtrArray) after = solco_project_check_names (project, 0);

    g_assert_cmpuint (none->len, ==, 0);
    g_assert_cmpuint (count_kind (after, SOLCO_PROBLEM_NAME_SHORTENED, NULL, NULL), ==, 0);
  }
  fixture_remove_tree (directory);
}

/* A blank disc takes the place of the one that was planned for. */
static void
test_drop_disc (void)
{
  static const char *const paths[] = { "Old/", "Old/one:10", "two:20", NULL };
  g_autoptr (SolcoProject) project = solco_project_new ();
  g_autoptr (SolcoTree) tree = fixture_make_tree (paths);
  SolcoDiscIdentity *identity = fixture_make_identity ("CD", 1);
  const SolcoDiscImport disc = { tree, identity, "Photos" };
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  SolcoNode *two;

  g_ptr_array_unref (solco_project_import_disc (project, &disc, SOLCO_CONFLICT_REPLACE));
  g_assert_nonnull (
      solco_project_new_folder (project, fixture_find (project, "/Old"), "New", &error));
  g_assert_no_error (error);
  two = fixture_find (project, "/two");
  g_assert_true (solco_project_remove (project, &two, 1));
  before = fixture_dump (project);
  solco_project_drop_disc (project);
  /* What is new stays where it was; what was on the disc, and the edits on it, leave. */
  g_assert_null (solco_project_get_disc (project));
  g_assert_nonnull (solco_project_lookup (project, "/Old/New"));
  g_assert_null (solco_project_lookup (project, "/Old/one"));
  g_assert_null (solco_project_lookup (project, "/two"));
  g_assert_true (solco_project_undo (project));
  after = fixture_dump (project);
  g_assert_cmpstr (after, ==, before);
  solco_disc_identity_free (identity);
}

/* Nothing was planned for it: that it goes is nothing to be undone. */
static void
test_drop_untouched_disc (void)
{
  static const char *const paths[] = { "two:20", NULL };
  g_autoptr (SolcoProject) project = solco_project_new ();
  g_autoptr (SolcoTree) tree = fixture_make_tree (paths);
  SolcoDiscIdentity *identity = fixture_make_identity ("CD", 1);
  const SolcoDiscImport disc = { tree, identity, "Photos" };

  g_ptr_array_unref (solco_project_import_disc (project, &disc, SOLCO_CONFLICT_REPLACE));
  solco_project_drop_disc (project);
  g_assert_null (solco_project_get_disc (project));
  g_assert_null (solco_project_lookup (project, "/two"));
  g_assert_false (solco_project_undo (project));
  g_assert_false (solco_project_is_dirty (project));
  solco_disc_identity_free (identity);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/project/add", test_add);
  g_test_add_func ("/project/import-and-edit", test_import_and_edit);
  g_test_add_func ("/project/replace", test_replace);
  g_test_add_func ("/project/ask", test_ask);
  g_test_add_func ("/project/freeze", test_freeze);
  g_test_add_func ("/project/freeze-async", test_freeze_async);
  g_test_add_func ("/project/staged-first", test_staged_first);
  g_test_add_func ("/project/replan", test_replan);
  g_test_add_func ("/project/update", test_update);
  g_test_add_func ("/project/folders-and-groups", test_folders_and_groups);
  g_test_add_func ("/project/move-onto", test_move_onto);
  g_test_add_func ("/project/check-names", test_check_names);
  g_test_add_func ("/project/drop-disc", test_drop_disc);
  g_test_add_func ("/project/drop-untouched-disc", test_drop_untouched_disc);
  return g_test_run ();
}
