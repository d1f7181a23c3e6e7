/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much memory and time a large stage takes. The figures are printed; what is asserted are
 * generous limits that hold on a busy machine too. */
#include "model-fixture.h"
#include "solco-project-data.h"

#include <malloc.h>
#include <string.h>

#define N_FOLDERS 100
#define FILES_PER_FOLDER 10000
#define BYTES_PER_FILE_MAX 300

/* As a scanner and an addition would do it, without a million files on the disk. */
static void
add_files (SolcoProject *project, SolcoNode *folder, const char *directory, guint n_files,
           guint64 first_inode)
{
  const char *source = solco_node_store_intern (project->store, directory);
  SolcoAttributes attributes = { .device = 1, .mode = 0644 };
  const SolcoAttributes *shared = solco_node_store_intern_attributes (project->store, &attributes);

  for (guint start = 0; start < n_files; start += 1000)
    {
      SolcoNode *nodes[1000];
      guint n = MIN (1000, n_files - start);

      for (guint i = 0; i < n; i++)
        {
          g_autofree char *name = g_strdup_printf ("holiday-photo-%07u.jpeg", start + i);

          nodes[i] = solco_node_store_new_node (project->store, SOLCO_NODE_FILE);
          nodes[i]->name = solco_node_store_add_names (project->store, name, NULL);
          nodes[i]->attributes = shared;
          nodes[i]->source_directory = source;
          nodes[i]->size_bytes = 3000;
          nodes[i]->inode = first_inode + start + i;
        }
      solco_project_begin_edit (project, SOLCO_EDIT_ADD, project);
      solco_project_link (project, folder, nodes, n, TRUE);
      solco_project_end_edit (project);
    }
}

static void
time_it (const char *what, gint64 start_us, double limit_ms)
{
  double ms = (double) (g_get_monotonic_time () - start_us) / 1000.0;

  g_test_message ("%s: %.2f ms", what, ms);
  g_assert_cmpfloat (ms, <, limit_ms);
}

static void
test_million (void)
{
  g_autoptr (SolcoProject) project = solco_project_new ();
  g_autoptr (GError) error = NULL;
  gsize before = mallinfo2 ().uordblks + mallinfo2 ().hblkhd;
  gint64 start_us = g_get_monotonic_time ();
  gsize bytes;

  for (guint i = 0; i < N_FOLDERS; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);
      g_autofree char *source = g_strdup_printf ("/home/someone/Pictures/%u", i);
      SolcoNode *folder = solco_project_new_folder (
          project, solco_project_get_root (project), name, &error);

      add_files (project, folder, source, FILES_PER_FOLDER, (guint64) i * FILES_PER_FOLDER);
    }
  time_it ("add 1 000 000 files", start_us, 60000);
  bytes = mallinfo2 ().uordblks + mallinfo2 ().hblkhd - before;
  g_test_message ("memory: %.1f MiB, %.0f bytes a file", (double) bytes / 1048576.0,
                  (double) bytes / (N_FOLDERS * FILES_PER_FOLDER));
  g_assert_cmpuint (bytes, <, (gsize) BYTES_PER_FILE_MAX * N_FOLDERS * FILES_PER_FOLDER);
  start_us = g_get_monotonic_time ();
  g_assert_cmpint (solco_project_get_estimated_blocks (project), >, 2000000);
  time_it ("first estimate of 1 000 000", start_us, 10000);
}

static void
test_folder_of_100000 (void)
{
  g_autoptr (SolcoProject) project = solco_project_new ();
  g_autoptr (SolcoTree) tree = NULL;
  g_autoptr (GError) error = NULL;
  SolcoNode *root = solco_project_get_root (project);
  SolcoNode *folder = solco_project_new_folder (project, root, "big", &error);
  SolcoNode *other = solco_project_new_folder (project, root, "other", &error);
  g_autoptr (GListModel) model = solco_project_get_children (project, folder);
  g_autoptr (GPtrArray) half = g_ptr_array_new ();
  gint64 start_us;

  start_us = g_get_monotonic_time ();
  add_files (project, folder, "/home/someone/big", 100000, 1);
  time_it ("add 100 000 files to one folder", start_us, 10000);
  solco_project_get_estimated_blocks (project);

  start_us = g_get_monotonic_time ();
  g_assert_true (solco_project_rename (project, folder, "bigger", &error));
  time_it ("rename a folder of 100 000", start_us, 500);
  start_us = g_get_monotonic_time ();
  g_assert_true (
      solco_project_move (project, &folder, 1, other, SOLCO_CONFLICT_ASK, &error));
  time_it ("move it", start_us, 500);
  start_us = g_get_monotonic_time ();
  g_assert_true (solco_project_remove (project, &folder, 1));
  time_it ("remove it", start_us, 500);
  start_us = g_get_monotonic_time ();
  g_assert_true (solco_project_undo (project));
  time_it ("undo that", start_us, 500);
  start_us = g_get_monotonic_time ();
  tree = solco_project_freeze_tree (project);
  time_it ("freeze 100 000", start_us, 2000);
  start_us = g_get_monotonic_time ();
  solco_project_get_estimated_blocks (project);
  time_it ("estimate after it", start_us, 1000);

  start_us = g_get_monotonic_time ();
  solco_project_data_free (solco_project_data_collect (project));
  time_it ("copy 100 000 single files for saving", start_us, 2000);

  /* Every second one of a folder that is looked at. */
  for (guint i = 0; i < 100000; i += 2)
    g_ptr_array_add (half, solco_node_get_child (folder, i));
  start_us = g_get_monotonic_time ();
  g_assert_true (
      solco_project_remove (project, (SolcoNode *const *) half->pdata, half->len));
  time_it ("remove 50 000 single files of it", start_us, 2000);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 50000);
  start_us = g_get_monotonic_time ();
  g_assert_true (solco_project_undo (project));
  time_it ("undo that", start_us, 2000);

  /* The same as a disc that comes. */
  {
    g_autoptr (SolcoTree) burned = fixture_burn (project, 1);
    g_autoptr (SolcoDiscIdentity) identity = fixture_make_identity ("x", 1);
    const SolcoDiscImport disc = { burned, identity, NULL };
    g_autoptr (GPtrArray) problems = NULL;

    start_us = g_get_monotonic_time ();
    problems = solco_project_update_disc (project, &disc);
    time_it ("take over a disc of 100 000 files", start_us, 5000);
    g_assert_cmpuint (solco_project_get_n_changes (project), ==, 0);
    folder = fixture_find (project, "/other/bigger");
    start_us = g_get_monotonic_time ();
    g_assert_true (solco_project_remove (project, &folder, 1));
    time_it ("remove a folder of 100 000 on the disc", start_us, 500);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figures/million", test_million);
  g_test_add_func ("/figures/folder-of-100000", test_folder_of_100000);
  return g_test_run ();
}
