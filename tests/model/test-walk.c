/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random edits. Every announcement of the list models is replayed into a mirror; every step is
 * taken back and done again, and has to bring back the exact state; what is saved and loaded is
 * the same. */
#include "model-fixture.h"
#include "solco-project-private.h"
#include "solco-row.h"

#include <string.h>

/* `test-walk -m thorough` runs the long ones. */
#define N_SEEDS 24
#define N_THOROUGH_SEEDS 400
#define N_STEPS 120

/* What a view has seen of one folder. */
typedef struct
{
  GListModel *model;
  gulong handler;
  GPtrArray *rows;
} Mirror;

typedef struct
{
  GRand *random;
  SolcoProject *project;
  char *directory;
  GPtrArray *mirrors;
  GPtrArray *states; /* dumps, by the number of steps that can be undone */
  SolcoTree *discs[2];
  SolcoDiscIdentity *identities[2];
  int disc; /* that is in, -1 for none or one of its own */
} Walk;

static void mirror_folder (Walk *walk, SolcoRow *row);

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, gpointer user_data)
{
  Walk *walk = user_data;
  Mirror *mirror = NULL;

  for (guint i = 0; i < walk->mirrors->len && mirror == NULL; i++)
    {
      mirror = g_ptr_array_index (walk->mirrors, i);
      if (mirror->model != model)
        mirror = NULL;
    }
  g_assert_nonnull (mirror);
  g_assert_cmpuint (position + removed, <=, mirror->rows->len);
  if (removed > 0)
    g_ptr_array_remove_range (mirror->rows, position, removed);
  for (guint i = 0; i < added; i++)
    {
      SolcoRow *row = g_list_model_get_item (model, position + i);

      g_assert_nonnull (row);
      g_ptr_array_insert (mirror->rows, (gint) (position + i), row);
      mirror_folder (walk, row);
    }
  g_assert_cmpuint (mirror->rows->len, ==, g_list_model_get_n_items (model));
}

/* As a tree view does it with a folder that is open. */
static void
mirror_model (Walk *walk, GListModel *model)
{
  Mirror *mirror = g_new0 (Mirror, 1);

  mirror->model = model;
  mirror->rows = g_ptr_array_new_with_free_func (g_object_unref);
  mirror->handler
      = g_signal_connect (model, "items-changed", G_CALLBACK (on_items_changed), walk);
  g_ptr_array_add (walk->mirrors, mirror);
  on_items_changed (model, 0, 0, g_list_model_get_n_items (model), walk);
}

static void
mirror_folder (Walk *walk, SolcoRow *row)
{
  GListModel *model = solco_row_get_children (row);

  if (model == NULL)
    return;
  for (guint i = 0; i < walk->mirrors->len; i++)
    {
      if (((Mirror *) g_ptr_array_index (walk->mirrors, i))->model == model)
        {
          g_object_unref (model);
          return;
        }
    }
  mirror_model (walk, model);
}

static void
mirror_free (gpointer data)
{
  Mirror *mirror = data;

  g_signal_handler_disconnect (mirror->model, mirror->handler);
  g_object_unref (mirror->model);
  g_ptr_array_unref (mirror->rows);
  g_free (mirror);
}

static void
check_mirrors (Walk *walk)
{
  for (guint i = 0; i < walk->mirrors->len; i++)
    {
      Mirror *mirror = g_ptr_array_index (walk->mirrors, i);

      g_assert_cmpuint (g_list_model_get_n_items (mirror->model), ==, mirror->rows->len);
      for (guint j = 0; j < mirror->rows->len; j++)
        {
          g_autoptr (SolcoRow) row = g_list_model_get_item (mirror->model, j);

          g_assert_true (row == g_ptr_array_index (mirror->rows, j));
          g_assert_nonnull (solco_row_get_node (row));
        }
    }
}

static void
collect_nodes (SolcoNode *node, gboolean folders_only, GPtrArray *nodes)
{
  for (guint i = 0; i < solco_node_get_n_children (node); i++)
    {
      SolcoNode *child = solco_node_get_child (node, i);

      if (!folders_only || solco_node_is_folder (child))
        g_ptr_array_add (nodes, child);
      collect_nodes (child, folders_only, nodes);
    }
}

static guint
roll (Walk *walk, guint n)
{
  return (guint) g_rand_int_range (walk->random, 0, (gint32) n);
}

static SolcoNode *
pick_folder (Walk *walk)
{
  g_autoptr (GPtrArray) folders = g_ptr_array_new ();
  SolcoNode *root = solco_project_get_root (walk->project);

  g_ptr_array_add (folders, root);
  collect_nodes (root, TRUE, folders);
  return g_ptr_array_index (folders, roll (walk, folders->len));
}

static GPtrArray *
pick_nodes (Walk *walk)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  GPtrArray *nodes = g_ptr_array_new ();
  guint n_wanted = 1 + roll (walk, 5);

  collect_nodes (solco_project_get_root (walk->project), FALSE, all);
  for (guint i = 0; i < n_wanted && all->len > 0; i++)
    g_ptr_array_add (nodes, g_ptr_array_index (all, roll (walk, all->len)));
  return nodes;
}

static char *
pick_name (Walk *walk)
{
  static const char *const names[] = { "a", "b", "c", "docs", "photos", "x.txt", "y.txt", "1.jpg" };

  return g_strdup (names[roll (walk, G_N_ELEMENTS (names))]);
}

static void
add_something (Walk *walk)
{
  static const char *const sources[] = { "one/docs", "one/photos", "two/docs", "two/x.txt", "two" };
  g_autoptr (SolcoScanOptions) options = fixture_options ();
  g_autoptr (SolcoAddition) addition
      = solco_addition_new (walk->project, options, (SolcoConflictPolicy) roll (walk, 4));
  guint n_paths = 1 + roll (walk, 2);

  for (guint i = 0; i < n_paths; i++)
    {
      g_autofree char *path = g_build_filename (
          walk->directory, sources[roll (walk, G_N_ELEMENTS (sources))], NULL);

      if (roll (walk, 4) == 0 && g_file_test (path, G_FILE_TEST_IS_DIR))
        solco_addition_add_contents (addition, path, pick_folder (walk));
      else
        solco_addition_add_path (addition, path, pick_folder (walk), NULL);
    }
  fixture_run (addition);
  while (solco_addition_get_n_conflicts (addition) > 0)
    solco_addition_resolve (addition, roll (walk, solco_addition_get_n_conflicts (addition)),
                            (SolcoConflictPolicy) (1 + roll (walk, 3)), roll (walk, 3) == 0);
}

static void
change_disc (Walk *walk)
{
  guint which = roll (walk, 2);
  const SolcoDiscImport disc = { walk->discs[which], walk->identities[which], "DISC" };
  g_autoptr (GPtrArray) problems = NULL;

  if (roll (walk, 2) == 0)
    problems = solco_project_import_disc (walk->project, &disc,
                                          (SolcoConflictPolicy) roll (walk, 4));
  else
    problems = solco_project_replan (walk->project, &disc);
}

static void
burn (Walk *walk)
{
  g_autoptr (SolcoTree) tree = fixture_burn (walk->project, 2);
  g_autoptr (SolcoDiscIdentity) identity = fixture_make_identity ("burned", 2);
  const SolcoDiscImport disc = { tree, identity, "BURNED" };
  g_autoptr (GPtrArray) problems = solco_project_update_disc (walk->project, &disc);

  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_cmpuint (solco_project_get_n_changes (walk->project), ==, 0);
}

static void
edit (Walk *walk)
{
  g_autoptr (GPtrArray) nodes = pick_nodes (walk);
  SolcoNode *const *array = (SolcoNode *const *) nodes->pdata;
  g_autofree char *name = pick_name (walk);
  SolcoNode *folder = pick_folder (walk);

  switch (roll (walk, 24))
    {
    case 0:
    case 1:
      solco_project_new_folder (walk->project, folder, name, NULL);
      break;
    case 2:
    case 3:
    case 4:
      if (nodes->len > 0)
        solco_project_rename (walk->project, array[0], name, NULL);
      break;
    case 5:
    case 6:
    case 7:
    case 8:
      solco_project_move (walk->project, array, nodes->len, folder,
                          (SolcoConflictPolicy) roll (walk, 4), NULL);
      break;
    case 9:
    case 10:
    case 11:
      solco_project_remove (walk->project, array, nodes->len);
      break;
    case 12:
    case 13:
    case 14:
      solco_project_restore (walk->project, array, nodes->len);
      break;
    case 15:
      if (nodes->len > 0)
        solco_project_move_to (walk->project, array[0], folder, name, NULL);
      break;
    case 16:
      solco_project_set_label (walk->project, name);
      break;
    case 17:
      if (roll (walk, 3) == 0)
        solco_project_clear_content (walk->project);
      break;
    case 18:
    case 19:
      change_disc (walk);
      break;
    case 20:
      if (roll (walk, 4) == 0)
        burn (walk);
      break;
    default:
      add_something (walk);
    }
}

static void
remember (Walk *walk)
{
  guint n_steps = walk->project->undo->len;

  if (walk->states->len > n_steps)
    g_ptr_array_set_size (walk->states, (gint) n_steps);
  g_assert_cmpuint (walk->states->len, ==, n_steps);
  g_ptr_array_add (walk->states, fixture_dump (walk->project));
}

static void
assert_state (Walk *walk)
{
  g_autofree char *now = fixture_dump (walk->project);

  g_assert_cmpstr (now, ==, g_ptr_array_index (walk->states, walk->project->undo->len));
}

/* Every item of the disc is on it still, removed, or covered by another one: none gets lost. */
static void
check_disc_items (Walk *walk)
{
  const SolcoSums *sums = &solco_project_get_root (walk->project)->folder->sums;
  SolcoTree *tree = solco_project_get_disc_tree (walk->project);
  guint32 n_nodes = 1;

  if (tree != NULL)
    solco_tree_get_nodes (tree, &n_nodes);
  g_assert_cmpuint (sums->n_disc_files + sums->n_disc_folders + sums->n_covered_files
                        + sums->n_covered_folders + sums->totals.n_removed_files
                        + sums->totals.n_removed_folders,
                    ==, n_nodes - 1);
}

static void
check_figures (Walk *walk)
{
  g_autoptr (SolcoTree) tree = solco_project_freeze_tree (walk->project);
  const SolcoTotals *totals = solco_project_get_totals (walk->project);
  SolcoProjectOptions options = *solco_project_get_options (walk->project);
  gint64 estimate = solco_project_get_estimated_blocks (walk->project);
  guint32 n_nodes;

  solco_tree_get_nodes (tree, &n_nodes);
  g_assert_cmpuint (n_nodes, ==, totals->n_files + totals->n_folders + 1);
  check_disc_items (walk);
  /* The same from nothing: another option makes all folders be computed anew. */
  options.file_md5 = TRUE;
  solco_project_set_options (walk->project, &options);
  solco_project_get_estimated_blocks (walk->project);
  options.file_md5 = FALSE;
  solco_project_set_options (walk->project, &options);
  g_assert_cmpint (solco_project_get_estimated_blocks (walk->project), ==, estimate);
}

static void
assert_no_problems (GPtrArray *problems, const char *wanted)
{
  for (guint i = 0; i < problems->len; i++)
    {
      const SolcoProblem *problem = g_ptr_array_index (problems, i);

      g_error ("%s: %s, %s, of\n%s", solco_problem_kind_get_name (problem->kind), problem->path,
               problem->detail, wanted);
    }
}

/* Loads what it saved, gives it the disc that it expects, and compares. */
static void
check_saved (Walk *walk)
{
  g_autofree char *path = g_build_filename (walk->directory, "saved.solco", NULL);
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GPtrArray) more = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SolcoProject) loaded = NULL;
  g_autofree char *wanted = fixture_dump_items (walk->project);
  g_autofree char *got = NULL;

  fixture_save (walk->project, path);
  loaded = fixture_load (path, &problems, &error);
  g_assert_no_error (error);
  assert_no_problems (problems, wanted);
  g_assert_false (solco_project_is_dirty (loaded));
  if (solco_project_is_waiting_for_disc (loaded))
    {
      const SolcoDiscImport disc = { solco_project_get_disc_tree (walk->project),
                                     solco_project_get_disc (walk->project),
                                     walk->project->disc->label };

      more = solco_project_import_disc (loaded, &disc, SOLCO_CONFLICT_REPLACE);
      assert_no_problems (more, wanted);
      g_assert_false (solco_project_is_dirty (loaded));
    }
  got = fixture_dump_items (loaded);
  g_assert_cmpstr (got, ==, wanted);
}

static void
make_sources (Walk *walk)
{
  static const char *const files[] = {
    "one/docs/a",     "one/docs/b",       "one/docs/sub/x.txt", "one/docs/sub/c/d", "one/photos/1.jpg",
    "one/photos/a/b", "two/docs/a/a",     "two/docs/b",         "two/docs/x.txt",   "two/docs/sub/y.txt",
    "two/x.txt",      "two/photos/1.jpg", "two/c/",
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    fixture_make (walk->directory, files[i], 1000 * i, 10000 + i);
}

static void
test_walk (gconstpointer data)
{
  static const char *const first[] = { "docs/",        "docs/a:10",  "docs/x.txt:20", "docs/sub/",
                                       "docs/sub/c:9", "photos/",    "photos/1.jpg:5", "b:7",
                                       "y.txt:8",      NULL };
  static const char *const second[]
      = { "docs/", "docs/a/", "docs/a/a:1", "c/", "c/b:2", "photos:3", "x.txt:4", NULL };
  Walk walk = { .random = g_rand_new_with_seed (GPOINTER_TO_UINT (data)),
                .project = solco_project_new (),
                .directory = fixture_make_directory () };
  g_autoptr (SolcoRow) root = NULL;
  guint n_steps;

  make_sources (&walk);
  walk.discs[0] = fixture_make_tree (first);
  walk.discs[1] = fixture_make_tree (second);
  walk.identities[0] = fixture_make_identity ("first", 1);
  walk.identities[1] = fixture_make_identity ("second", 1);
  walk.mirrors = g_ptr_array_new_with_free_func (mirror_free);
  walk.states = g_ptr_array_new_with_free_func (g_free);
  root = solco_row_get (walk.project, solco_project_get_root (walk.project));
  mirror_folder (&walk, root);
  remember (&walk);

  for (guint step = 0; step < N_STEPS; step++)
    {
      guint n_before = walk.project->undo->len;

      if (roll (&walk, 5) == 0)
        {
          if (roll (&walk, 3) > 0 ? solco_project_undo (walk.project)
                                  : solco_project_redo (walk.project))
            assert_state (&walk);
        }
      else
        {
          gboolean had_redo = walk.project->redo->len > 0;

          edit (&walk);
          /* Either nothing happened, or there is one more step and nothing to do again. */
          if (walk.project->undo->len == n_before + 1)
            {
              g_assert_cmpuint (walk.project->redo->len, ==, 0);
              remember (&walk);
            }
          else if (walk.project->undo->len == n_before
                   && (walk.project->redo->len > 0) == had_redo && (n_before > 0 || had_redo))
            assert_state (&walk);
          else
            {
              g_assert_cmpuint (walk.project->undo->len, ==, 0);
              g_ptr_array_set_size (walk.states, 0);
              remember (&walk);
            }
        }
      check_mirrors (&walk);
      check_figures (&walk);
      if (roll (&walk, 6) == 0)
        check_saved (&walk);
    }

  n_steps = walk.project->undo->len;
  while (solco_project_undo (walk.project))
    assert_state (&walk);
  for (guint i = 0; i < n_steps; i++)
    {
      g_assert_true (solco_project_redo (walk.project));
      assert_state (&walk);
    }
  check_mirrors (&walk);

  g_ptr_array_unref (walk.mirrors);
  g_ptr_array_unref (walk.states);
  for (guint i = 0; i < 2; i++)
    {
      solco_tree_unref (walk.discs[i]);
      solco_disc_identity_free (walk.identities[i]);
    }
  g_rand_free (walk.random);
  g_clear_object (&root);
  g_assert_finalize_object (walk.project);
  fixture_remove_tree (walk.directory);
  g_free (walk.directory);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint seed = 1; seed <= (g_test_thorough () ? N_THOROUGH_SEEDS : N_SEEDS); seed++)
    {
      g_autofree char *path = g_strdup_printf ("/walk/%u", seed);

      g_test_add_data_func (path, GUINT_TO_POINTER (seed), test_walk);
    }
  return g_test_run ();
}
