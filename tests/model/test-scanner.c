/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-fixture.h"

#include "solco-name-check.h"
#include "solco-project-private.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static guint
count_problems (SolcoAddition *addition, SolcoProblemKind kind)
{
  GPtrArray *problems = solco_addition_get_problems (addition);
  guint count = 0;

  for (guint i = 0; i < problems->len; i++)
    count += ((SolcoProblem *) g_ptr_array_index (problems, i))->kind == kind;
  return count;
}

static SolcoAddition *
scan (SolcoProject *project, SolcoScanOptions *options, const char *path)
{
  SolcoAddition *addition = solco_addition_new (project, options, SOLCO_CONFLICT_ASK);

  solco_addition_add_path (addition, path, solco_project_get_root (project), NULL);
  fixture_run (addition);
  return addition;
}

static void
make_link (const char *directory, const char *path, const char *target)
{
  g_autofree char *full = g_build_filename (directory, path, NULL);

  g_assert_cmpint (symlink (target, full), ==, 0);
}

/* What no disc can hold is told of; it must not stop the burn. */
static void
test_link_targets (void)
{
  g_autofree char *directory = fixture_make_directory ();
  g_autoptr (SolcoProject) project = solco_project_new ();
  g_autofree char *source = g_build_filename (directory, "s", NULL);
  g_autofree char *longest_name = g_strnfill (255, 'n');
  g_autofree char *too_long_name = g_strnfill (256, 'n');
  g_autofree char *longest_path = g_strdup_printf ("%s/%s/%s/%s", longest_name, longest_name,
                                                   longest_name, longest_name);
  g_autofree char *too_long_path = g_strconcat (longest_path, "/x", NULL);
  g_autoptr (SolcoScanOptions) options
      = solco_scan_options_new (FALSE, SOLCO_SYMLINKS_KEEP, FALSE, NULL);
  g_autoptr (SolcoAddition) addition = NULL;

  fixture_make (directory, "s/file", 1, 1);
  make_link (directory, "s/longest-name", longest_name);
  make_link (directory, "s/longest-path", longest_path);
  make_link (directory, "s/too-long-name", too_long_name);
  make_link (directory, "s/too-long-path", too_long_path);
  make_link (directory, "s/not-utf8", "lat\355n");
  addition = scan (project, options, source);
  g_assert_cmpuint (solco_project_get_n_symlinks (project), ==, 2);
  g_assert_cmpuint (count_problems (addition, SOLCO_PROBLEM_SYMLINK_INVALID), ==, 3);
  fixture_remove_tree (directory);
}

static void
test_hidden_and_excluded (void)
{
  static const char *const excludes[] = { "*.o", "build/*", NULL };
  g_autofree char *directory = fixture_make_directory ();
  g_autoptr (SolcoProject) project = solco_project_new ();
  g_autofree char *source = g_build_filename (directory, "s", NULL);
  g_autoptr (SolcoScanOptions) options
      = solco_scan_options_new (TRUE, SOLCO_SYMLINKS_KEEP, FALSE, excludes);
  g_autoptr (SolcoAddition) addition = NULL;

  fixture_make (directory, "s/.hidden/inside", 1, 1);
  fixture_make (directory, "s/.dot", 1, 1);
  fixture_make (directory, "s/a.o", 1, 1);
  fixture_make (directory, "s/sub/b.o", 1, 1);
  fixture_make (directory, "s/sub/b.c", 1, 1);
  fixture_make (directory, "s/build/out", 1, 1);
  addition = scan (project, options, source);
  g_assert_cmpuint (solco_project_get_totals (project)->n_files, ==, 1);
  g_assert_nonnull (fixture_find (project, "/s/sub/b.c"));
  g_assert_nonnull (fixture_find (project, "/s/build"));
  g_assert_cmpuint (count_problems (addition, SOLCO_PROBLEM_HIDDEN_SKIPPED), ==, 2);
  g_assert_cmpuint (count_problems (addition, SOLCO_PROBLEM_EXCLUDED), ==, 3);
  g_assert_cmpuint (solco_addition_get_n_files (addition), ==, 1);
  g_assert_cmpuint (solco_addition_get_n_folders (addition), ==, 3);
  fixture_remove_tree (directory);
}

static void
test_links (gconstpointer data)
{
  SolcoSymlinkPolicy policy = GPOINTER_TO_UINT (data);
  g_autofree char *directory = fixture_make_directory ();
  g_autoptr (SolcoProject) project = solco_project_new ();
  g_autofree char *source = g_build_filename (directory, "s", NULL);
  g_autoptr (SolcoScanOptions) options = solco_scan_options_new (FALSE, policy, FALSE, NULL);
  g_autoptr (SolcoAddition) addition = NULL;
  const SolcoTotals *totals = solco_project_get_totals (project);

  fixture_make (directory, "s/a/b/file", 100, 1);
  fixture_make (directory, "elsewhere/other", 200, 1);
  make_link (directory, "s/to-file", "a/b/file");
  make_link (directory, "s/to-folder", "../elsewhere");
  make_link (directory, "s/dangling", "nowhere");
  make_link (directory, "s/a/b/loop", "../..");
  make_link (directory, "s/self", "self");
  addition = scan (project, options, source);
  switch (policy)
    {
    case SOLCO_SYMLINKS_KEEP:
      g_assert_cmpuint (solco_project_get_n_symlinks (project), ==, 5);
      g_assert_cmpuint (totals->n_files, ==, 6);
      g_assert_cmpstr (solco_node_get_link_target (fixture_find (project, "/s/dangling")), ==,
                       "nowhere");
      break;
    case SOLCO_SYMLINKS_FOLLOW:
      g_assert_cmpuint (solco_project_get_n_symlinks (project), ==, 0);
      g_assert_cmpuint (totals->n_files, ==, 3);
      g_assert_cmpuint (totals->n_bytes, ==, 400);
      g_assert_nonnull (fixture_find (project, "/s/to-folder/other"));
      g_assert_cmpuint (count_problems (addition, SOLCO_PROBLEM_SYMLINK_LOOP), ==, 2);
      g_assert_cmpuint (count_problems (addition, SOLCO_PROBLEM_SOURCE_MISSING), ==, 1);
      break;
    case SOLCO_SYMLINKS_SKIP:
      g_assert_cmpuint (totals->n_files, ==, 1);
      g_assert_cmpuint (count_problems (addition, SOLCO_PROBLEM_SYMLINK_SKIPPED), ==, 5);
      break;
    }
  fixture_remove_tree (directory);
}

static void
test_names (gconstpointer data)
{
  gboolean fix = GPOINTER_TO_UINT (data);
  g_autofree char *directory = fixture_make_directory ();
  g_autoptr (SolcoProject) project = solco_project_new ();
  g_autofree char *source = g_build_filename (directory, "s", NULL);
  g_autoptr (SolcoScanOptions) options
      = solco_scan_options_new (FALSE, SOLCO_SYMLINKS_KEEP, fix, NULL);
  g_autoptr (SolcoAddition) addition = NULL;

  fixture_make (directory, "s/good", 1, 1);
  fixture_make (directory, "s/Caf\xe9/below", 2, 1);
  fixture_make (directory, "s/line\nbreak", 4, 1);
  fixture_make (directory, "s/line_break", 8, 1);
  addition = scan (project, options, source);
  g_assert_cmpuint (count_problems (addition, SOLCO_PROBLEM_NAME_INVALID), ==, 2);
  if (fix)
    {
      g_autofree char *path = NULL;
      g_autofree char *expected = g_build_filename (source, "Caf\xe9", "below", NULL);

      g_assert_cmpuint (solco_project_get_totals (project)->n_bytes, ==, 15);
      path = solco_project_dup_source_path (project, fixture_find (project, "/s/Café/below"));
      g_assert_cmpstr (path, ==, expected);
      g_assert_cmpuint (
          solco_node_get_size_bytes (fixture_find (project, "/s/line_break (2)")), ==, 4);
    }
  else
    {
      g_assert_cmpuint (solco_project_get_totals (project)->n_bytes, ==, 9);
    }
  for (guint i = 0; i < solco_addition_get_problems (addition)->len; i++)
    {
      const SolcoProblem *problem
          = g_ptr_array_index (solco_addition_get_problems (addition), i);

      g_assert_true (g_utf8_validate (problem->path, -1, NULL));
      g_assert_cmpint (solco_name_check (problem->detail), ==, SOLCO_NAME_OK);
    }
  fixture_remove_tree (directory);
}

static void
test_special_and_unreadable (void)
{
  g_autofree char *directory = fixture_make_directory ();
  g_autoptr (SolcoProject) project = solco_project_new ();
  g_autofree char *source = g_build_filename (directory, "s", NULL);
  g_autofree char *fifo = g_build_filename (source, "fifo", NULL);
  g_autofree char *secret = g_build_filename (source, "secret", NULL);
  g_autofree char *closed = g_build_filename (source, "closed", NULL);
  g_autofree char *gone = g_build_filename (directory, "gone", NULL);
  g_autoptr (SolcoScanOptions) options = fixture_options ();
  g_autoptr (SolcoAddition) addition
      = solco_addition_new (project, options, SOLCO_CONFLICT_ASK);
  gboolean is_root;

  fixture_make (directory, "s/secret", 10, 1);
  fixture_make (directory, "s/closed/inside", 20, 1);
  fixture_make (directory, "s/open", 40, 1);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  g_assert_cmpint (chmod (secret, 0), ==, 0);
  g_assert_cmpint (chmod (closed, 0), ==, 0);
  /* Nothing is closed to root. */
  is_root = access (secret, R_OK) == 0;
  solco_addition_add_path (addition, source, solco_project_get_root (project), NULL);
  solco_addition_add_path (addition, gone, solco_project_get_root (project), NULL);
  fixture_run (addition);
  g_assert_cmpuint (count_problems (addition, SOLCO_PROBLEM_SPECIAL_SKIPPED), ==, 1);
  g_assert_cmpuint (count_problems (addition, SOLCO_PROBLEM_SOURCE_MISSING), ==, 1);
  g_assert_cmpuint (count_problems (addition, SOLCO_PROBLEM_SOURCE_REFUSED), ==,
                    is_root ? 0 : 1);
  g_assert_cmpuint (count_problems (addition, SOLCO_PROBLEM_FOLDER_UNREADABLE), ==,
                    is_root ? 0 : 1);
  g_assert_cmpuint (solco_project_get_totals (project)->n_bytes, ==, is_root ? 70 : 40);
  g_assert_nonnull (fixture_find (project, "/s/closed"));
  g_assert_cmpint (chmod (closed, 0700), ==, 0);
  fixture_remove_tree (directory);
}

typedef struct
{
  gint64 last_us;
  gint64 worst_us;
  gint64 first_us;
  SolcoProject *project;
} Heartbeat;

/* Runs all the time: the longest pause is the longest stall. */
static gboolean
on_beat (gpointer user_data)
{
  Heartbeat *self = user_data;
  gint64 now = g_get_monotonic_time ();

  self->worst_us = MAX (self->worst_us, now - self->last_us);
  if (self->first_us == 0 && solco_project_get_totals (self->project)->n_files > 0)
    self->first_us = now;
  self->last_us = now;
  return G_SOURCE_CONTINUE;
}

static void
report (const char *what, const Heartbeat *heartbeat, gint64 start_us)
{
  g_test_message ("%s: all in %.0f ms, the first after %.1f ms, longest stall %.1f ms", what,
                  (double) (g_get_monotonic_time () - start_us) / 1000.0,
                  (double) (heartbeat->first_us - start_us) / 1000.0,
                  (double) heartbeat->worst_us / 1000.0);
  /* A sanity limit only: the machine may be busy. */
  g_assert_cmpint (heartbeat->worst_us, <, G_USEC_PER_SEC);
}

static void
test_many (void)
{
  g_autofree char *directory = fixture_make_directory ();
  g_autofree char *source = g_build_filename (directory, "many", NULL);
  g_autoptr (SolcoScanOptions) options = fixture_options ();

  for (guint i = 0; i < 100000; i++)
    {
      g_autofree char *path = g_strdup_printf ("many/%06u.dat", (i * 7919) % 100000);

      fixture_make (directory, path, i % 5000, 1);
    }
  /* One folder of 100 000 files, with a view on it, then 20 000 of them one by one. */
  for (guint single = 0; single < 2; single++)
    {
      g_autoptr (SolcoProject) project = solco_project_new ();
      g_autoptr (SolcoAddition) addition
          = solco_addition_new (project, options, SOLCO_CONFLICT_ASK);
      gint64 start_us = g_get_monotonic_time ();
      Heartbeat heartbeat = { .last_us = start_us, .project = project };
      guint beat = g_timeout_add (2, on_beat, &heartbeat);
      guint n_expected = single ? 20000 : 100000;

      if (single)
        {
          for (guint i = 0; i < n_expected; i++)
            {
              g_autofree char *path = g_strdup_printf ("%s/%06u.dat", source, i);

              solco_addition_add_path (addition, path, solco_project_get_root (project), NULL);
            }
        }
      else
        {
          solco_addition_add_path (addition, source, solco_project_get_root (project), NULL);
        }
      fixture_run (addition);
      report (single ? "20 000 single files" : "a folder of 100 000", &heartbeat, start_us);
      g_source_remove (beat);
      g_assert_cmpuint (solco_project_get_totals (project)->n_files, ==, n_expected);
      g_assert_cmpuint (solco_addition_get_problems (addition)->len, ==, 0);
    }
  fixture_remove_tree (directory);
}

static void
on_cancelled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (solco_addition_run_finish (SOLCO_ADDITION (source), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  *(gboolean *) user_data = TRUE;
}

/* What arrived stays and is one step; undo stops what still runs. */
static void
test_cancel (gconstpointer data)
{
  gboolean by_undo = GPOINTER_TO_UINT (data);
  g_autofree char *directory = fixture_make_directory ();
  g_autofree char *source = g_build_filename (directory, "s", NULL);
  g_autoptr (SolcoProject) project = solco_project_new ();
  g_autoptr (SolcoScanOptions) options = fixture_options ();
  g_autoptr (SolcoAddition) addition
      = solco_addition_new (project, options, SOLCO_CONFLICT_ASK);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *empty = fixture_dump (project);
  g_autofree char *after = NULL;
  gboolean finished = FALSE;

  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *path = g_strdup_printf ("s/%u/%u", i / 500, i);

      fixture_make (directory, path, 1, 1);
    }
  solco_addition_add_path (addition, source, solco_project_get_root (project), NULL);
  solco_addition_run_async (addition, cancellable, on_cancelled, &finished);
  g_assert_true (solco_project_is_adding (project));
  while (solco_project_get_totals (project)->n_files == 0)
    g_main_context_iteration (NULL, TRUE);
  if (by_undo)
    g_assert_true (solco_project_undo (project));
  else
    g_cancellable_cancel (cancellable);
  while (!finished)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (solco_project_is_adding (project));
  if (!by_undo)
    {
      g_assert_cmpuint (solco_project_get_totals (project)->n_files, >, 0);
      g_assert_cmpuint (solco_project_get_totals (project)->n_files, <, 20000);
      g_assert_true (solco_project_undo (project));
    }
  after = fixture_dump (project);
  g_assert_cmpstr (after, ==, empty);
  fixture_remove_tree (directory);
}

static void
on_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  (*(guint *) user_data)++;
}

/* Edits between the batches, a disc that comes meanwhile, and a second drop that has to wait. */
static void
test_meanwhile (void)
{
  static const char *const paths[] = { "s/", "s/0/", "s/0/disc:1", "other:2", NULL };
  g_autofree char *directory = fixture_make_directory ();
  g_autofree char *source = g_build_filename (directory, "s", NULL);
  g_autofree char *second = g_build_filename (directory, "t", NULL);
  g_autoptr (SolcoProject) project = solco_project_new ();
  g_autoptr (SolcoScanOptions) options = fixture_options ();
  g_autoptr (SolcoAddition) addition
      = solco_addition_new (project, options, SOLCO_CONFLICT_ASK);
  g_autoptr (SolcoAddition) waiting
      = solco_addition_new (project, options, SOLCO_CONFLICT_ASK);
  g_autoptr (SolcoTree) tree = fixture_make_tree (paths);
  g_autoptr (SolcoDiscIdentity) identity = fixture_make_identity ("one", 1);
  const SolcoDiscImport disc = { tree, identity, NULL };
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *empty = fixture_dump (project);
  g_autofree char *after = NULL;
  guint n_ended = 0;
  SolcoNode *node;

  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *path = g_strdup_printf ("s/%u/%05u", i / 5000, i);

      fixture_make (directory, path, 1, 1);
    }
  fixture_make (directory, "t", 5, 1);
  solco_addition_add_path (addition, source, solco_project_get_root (project), NULL);
  solco_addition_add_path (waiting, second, solco_project_get_root (project), NULL);
  solco_addition_run_async (addition, NULL, on_ended, &n_ended);
  solco_addition_run_async (waiting, NULL, on_ended, &n_ended);
  while (solco_project_get_totals (project)->n_files == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (solco_project_new_folder (project, solco_project_get_root (project), "mine",
                                              &error));
  problems = solco_project_import_disc (project, &disc, SOLCO_CONFLICT_REPLACE);
  node = fixture_find (project, "/s/3");
  g_assert_true (solco_project_rename (project, node, "drei", &error));
  while (n_ended < 2)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (solco_project_get_totals (project)->n_new_files, ==, 20001);
  g_assert_cmpuint (solco_project_get_totals (project)->n_files, ==, 20003);
  g_assert_cmpuint (solco_node_get_totals (fixture_find (project, "/s/0"))->n_files, ==, 5001);
  g_assert_cmpuint (solco_node_get_totals (fixture_find (project, "/s/drei"))->n_files, ==, 5000);
  g_free (fixture_dump (project));
  while (solco_project_undo (project))
    g_free (fixture_dump (project));
  after = fixture_dump (project);
  g_assert_cmpstr (after, ==, empty);
  fixture_remove_tree (directory);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scanner/link-targets", test_link_targets);
  g_test_add_func ("/scanner/hidden-and-excluded", test_hidden_and_excluded);
  g_test_add_data_func ("/scanner/links-keep", GUINT_TO_POINTER (SOLCO_SYMLINKS_KEEP), test_links);
  g_test_add_data_func ("/scanner/links-follow", GUINT_TO_POINTER (SOLCO_SYMLINKS_FOLLOW),
                        test_links);
  g_test_add_data_func ("/scanner/links-skip", GUINT_TO_POINTER (SOLCO_SYMLINKS_SKIP), test_links);
  g_test_add_data_func ("/scanner/names-report", GUINT_TO_POINTER (FALSE), test_names);
  g_test_add_data_func ("/scanner/names-fix", GUINT_TO_POINTER (TRUE), test_names);
  g_test_add_func ("/scanner/special-and-unreadable", test_special_and_unreadable);
  g_test_add_func ("/scanner/many", test_many);
  g_test_add_data_func ("/scanner/cancel", GUINT_TO_POINTER (FALSE), test_cancel);
  g_test_add_data_func ("/scanner/cancel-by-undo", GUINT_TO_POINTER (TRUE), test_cancel);
  g_test_add_func ("/scanner/meanwhile", test_meanwhile);
  return g_test_run ();
}
