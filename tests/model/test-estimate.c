/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The estimate against the size that libisofs computes. */
#include "iso-size.h"
#include "model-fixture.h"

#include <string.h>
#include <unistd.h>
#include <fcntl.h>

/* What the manifest of the tree is going to hold: digest, two spaces, path, line feed. */
static guint64
get_manifest_bytes (SolcoTree *tree)
{
  guint32 n_nodes;
  const SolcoTreeNode *rows = solco_tree_get_nodes (tree, &n_nodes);
  guint64 bytes = 0;

  for (guint32 i = 1; i < n_nodes; i++)
    {
      g_autofree char *path = NULL;

      if (rows[i].kind != SOLCO_NODE_FILE)
        continue;
      path = solco_tree_dup_path (tree, i);
      bytes += 64 + 2 + strlen (path + 1) + 1;
    }
  return bytes;
}

/* The estimate has to be within 0.5 % + 64 blocks above the exact size, never below it. */
static void
check (SolcoProject *project, const char *what)
{
  g_autoptr (SolcoTree) tree = solco_project_freeze_tree (project);
  const SolcoProjectOptions *options = solco_project_get_options (project);
  guint64 manifest = options->manifest ? get_manifest_bytes (tree) : 0;
  gint64 start_us = g_get_monotonic_time ();
  gint64 estimate = solco_project_get_estimated_blocks (project);
  gint64 first_us = g_get_monotonic_time () - start_us;
  gint64 exact = iso_size_get_blocks (tree, manifest, options->file_md5);

  start_us = g_get_monotonic_time ();
  g_assert_cmpint (solco_project_get_estimated_blocks (project), ==, estimate);
  g_test_message ("%s: %" G_GUINT64_FORMAT " files, exact %" G_GINT64_FORMAT
                  " blocks, estimate %+" G_GINT64_FORMAT " (%.3f %%), first %.2f ms, again %.3f ms",
                  what, solco_project_get_totals (project)->n_files, exact, estimate - exact,
                  100.0 * (double) (estimate - exact) / (double) exact, (double) first_us / 1000.0,
                  (double) (g_get_monotonic_time () - start_us) / 1000.0);
  g_assert_cmpint (estimate, >=, exact);
  g_assert_cmpint (estimate, <=, exact + exact / 200 + 64);
}

static void
set_options (SolcoProject *project, gboolean manifest, gboolean file_md5)
{
  SolcoProjectOptions options = *solco_project_get_options (project);

  options.manifest = manifest;
  options.file_md5 = file_md5;
  solco_project_set_options (project, &options);
}

static void
check_all_options (SolcoProject *project, const char *what)
{
  check (project, what);
  set_options (project, FALSE, FALSE);
  check (project, what);
  set_options (project, TRUE, TRUE);
  check (project, what);
}

static void
test_small (void)
{
  g_autofree char *directory = fixture_make_directory ();
  g_autoptr (SolcoProject) project = solco_project_new ();
  g_autofree char *source = g_build_filename (directory, "s", NULL);
  g_autofree char *link = g_build_filename (source, "link", NULL);
  g_autofree char *hard = g_build_filename (source, "hard", NULL);
  g_autofree char *one = g_build_filename (source, "one", NULL);
  g_autoptr (GString) target = g_string_new (NULL);

  g_assert_cmpint (solco_project_get_estimated_blocks (project), ==, 0);
  fixture_make (directory, "s/one", 100000, 1);
  fixture_make (directory, "s/empty", 0, 1);
  fixture_make (directory, "s/a/b/c/d/e/f/g/h/i/j/k/deep", 5000, 1);
  for (guint i = 0; i < 40; i++)
    g_string_append_printf (target, "component-%u/", i);
  g_assert_cmpint (symlink (target->str, link), ==, 0);
  g_assert_cmpint (linkat (AT_FDCWD, one, AT_FDCWD, hard, 0), ==, 0);
  fixture_add (project, source, solco_project_get_root (project), SOLCO_CONFLICT_ASK);
  check_all_options (project, "small");
  fixture_remove_tree (directory);
}

/* Names that are cut, that do not fit into a record, and that are no ASCII. */
static void
test_long_names (void)
{
  g_autofree char *directory = fixture_make_directory ();
  g_autoptr (SolcoProject) project = solco_project_new ();
  g_autofree char *source = g_build_filename (directory, "s", NULL);

  for (guint i = 0; i < 2000; i++)
    {
      guint length = i % 230;
      g_autofree char *filler = g_strnfill (length, 'x');
      g_autofree char *path
          = g_strdup_printf ("s/folder %u/%s%s %04u.data", i % 7, filler,
                             length > 200 || i % 3 > 0 ? "" : "größenäöü漢字", i);

      fixture_make (directory, path, i, 1);
    }
  fixture_add (project, source, solco_project_get_root (project), SOLCO_CONFLICT_ASK);
  check_all_options (project, "long names");
  fixture_remove_tree (directory);
}

/* Of which ISO 9660 keeps nothing but underscores and a number. */
static void
test_same_names (void)
{
  g_autofree char *directory = fixture_make_directory ();
  g_autoptr (SolcoProject) project = solco_project_new ();
  g_autofree char *source = g_build_filename (directory, "s", NULL);

  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *path = NULL;
      char digits[3][7];

      for (guint d = 0; d < 3; d++)
        digits[d][g_unichar_to_utf8 (0x4e00 + (i / (d == 0 ? 1 : d == 1 ? 25 : 625)) % 25,
                                     digits[d])] = '\0';
      path = g_strdup_printf ("s/写真%u/%s%s%s.jpg", i % 3, digits[2], digits[1], digits[0]);
      fixture_make (directory, path, 10, 1);
    }
  fixture_add (project, source, solco_project_get_root (project), SOLCO_CONFLICT_ASK);
  check_all_options (project, "same names in ISO 9660");
  fixture_remove_tree (directory);
}

static void
test_tiny_files (void)
{
  g_autofree char *directory = fixture_make_directory ();
  g_autoptr (SolcoProject) project = solco_project_new ();
  g_autofree char *source = g_build_filename (directory, "tiny", NULL);

  for (guint i = 0; i < 50000; i++)
    {
      g_autofree char *path = g_strdup_printf ("tiny/note-%05u.txt", i);

      fixture_make (directory, path, 1 + i % 300, 1);
    }
  fixture_add (project, source, solco_project_get_root (project), SOLCO_CONFLICT_ASK);
  check_all_options (project, "50 000 tiny files");

  /* The same folder once more costs folders, but no content. */
  {
    g_autoptr (SolcoScanOptions) options = fixture_options ();
    g_autoptr (SolcoAddition) addition
        = solco_addition_new (project, options, SOLCO_CONFLICT_ASK);

    solco_addition_add_path (addition, source, solco_project_get_root (project), "again");
    fixture_run (addition);
  }
  check (project, "twice 50 000 tiny files");
  fixture_remove_tree (directory);
}

static void
test_system_folder (gconstpointer data)
{
  const char *path = data;
  g_autoptr (SolcoProject) project = solco_project_new ();
  SolcoNode *node;

  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_test_skip ("there is no such folder");
      return;
    }
  fixture_add (project, path, solco_project_get_root (project), SOLCO_CONFLICT_ASK);
  check (project, path);

  /* As on a disc, with some of it removed. */
  {
    g_autoptr (SolcoTree) tree = fixture_burn (project, 1);
    g_autoptr (SolcoDiscIdentity) identity = fixture_make_identity ("x", 1);
    const SolcoDiscImport disc = { tree, identity, NULL };
    g_autoptr (GPtrArray) problems = solco_project_update_disc (project, &disc);
    SolcoNode *top = solco_node_get_child (solco_project_get_root (project), 0);

    g_assert_cmpuint (problems->len, ==, 0);
    g_assert_cmpuint (solco_project_get_n_changes (project), ==, 0);
    check (project, "the same, on the disc");
    node = solco_node_get_child (top, solco_node_get_n_children (top) / 2);
    g_assert_true (solco_project_remove (project, &node, 1));
    check (project, "one item of it removed");
  }
}

/* Edits recompute what they touch: the result is the same as from nothing. */
static void
test_incremental (void)
{
  g_autofree char *directory = fixture_make_directory ();
  g_autoptr (SolcoProject) project = solco_project_new ();
  g_autofree char *source = g_build_filename (directory, "s", NULL);
  g_autofree char *long_name = g_strnfill (200, 'n');
  g_autoptr (GError) error = NULL;
  SolcoNode *node;

  for (guint i = 0; i < 400; i++)
    {
      g_autofree char *path = g_strdup_printf ("s/%u/%u/file %u", i % 5, i % 11, i);

      fixture_make (directory, path, i * 100, 1);
    }
  fixture_add (project, source, solco_project_get_root (project), SOLCO_CONFLICT_ASK);
  check (project, "before");
  node = fixture_find (project, "/s/3/4");
  g_assert_true (solco_project_remove (project, &node, 1));
  check (project, "removed");
  node = fixture_find (project, "/s/2");
  g_assert_true (solco_project_move (project, &node, 1, fixture_find (project, "/s/1"),
                                     SOLCO_CONFLICT_ASK, &error));
  check (project, "moved");
  /* Too long a path for Joliet, for all that is below. */
  node = fixture_find (project, "/s/1/2");
  g_assert_true (solco_project_rename (project, node, long_name, &error));
  check (project, "renamed");
  g_assert_true (solco_project_undo (project));
  check (project, "undone");
  fixture_remove_tree (directory);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/estimate/small", test_small);
  g_test_add_func ("/estimate/long-names", test_long_names);
  g_test_add_func ("/estimate/same-names", test_same_names);
  g_test_add_func ("/estimate/tiny-files", test_tiny_files);
  g_test_add_func ("/estimate/incremental", test_incremental);
  g_test_add_data_func ("/estimate/usr-include", "/usr/include", test_system_folder);
  g_test_add_data_func ("/estimate/usr-share", "/usr/share", test_system_folder);
  return g_test_run ();
}
