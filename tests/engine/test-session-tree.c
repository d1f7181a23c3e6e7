/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine-fixture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "solco-iso-import-private.h"
#include "solco-job-private.h"
#include "solco-session-tree-private.h"

#define N_DAMAGED 400
#define DEPTH 12

/* The engine's side of a job, with which its parts can be called while the engine itself rests. */
typedef struct
{
  SolcoJob *job;
  SolcoChannel *channel;
  SolcoTask *task;
  SolcoDrive *drive;
  SolcoMedium *medium;
} Reading;

static void
on_channel (SolcoJob *job, SolcoEvent *event, const SolcoProgress *progress, gpointer user_data)
{
  if (event != NULL)
    solco_job_handle_event (job, event);
}

static void
reading_begin (Reading *reading, EngineFixture *fixture, gboolean must_be_readable)
{
  g_autoptr (SolcoRequest) request = solco_request_new_read_disc (fixture->target, 0);
  g_autoptr (GError) error = NULL;

  reading->job = solco_job_new (request, g_main_context_default ());
  reading->channel = solco_channel_new (g_main_context_default (), on_channel, NULL);
  reading->task = solco_task_new (request, reading->job, reading->channel);
  solco_job_set_task (reading->job, reading->task);
  reading->drive
      = solco_drive_open (reading->task, fixture->target, SOLCO_DRIVE_READ, &error);
  g_assert_no_error (error);
  reading->medium = solco_medium_read (reading->drive, &error);
  if (must_be_readable)
    g_assert_no_error (error);
}

static void
reading_end (Reading *reading)
{
  g_clear_pointer (&reading->medium, solco_medium_unref);
  solco_drive_close (reading->drive);
  solco_task_unref (reading->task);
  solco_channel_free (reading->channel);
  g_object_unref (reading->job);
}

static void
assert_same_node (const SolcoTreeNode *node, const SolcoTreeNode *expected)
{
  g_assert_cmpstr (node->name, ==, expected->name);
  g_assert_cmpstr (node->link_target, ==, expected->link_target);
  g_assert_null (node->source);
  g_assert_null (expected->source);
  g_assert_cmpuint (node->size_bytes, ==, expected->size_bytes);
  g_assert_cmpint (node->mtime_s, ==, expected->mtime_s);
  g_assert_cmpuint (node->mode, ==, expected->mode);
  g_assert_cmpuint (node->uid, ==, expected->uid);
  g_assert_cmpuint (node->gid, ==, expected->gid);
  g_assert_cmpuint (node->parent, ==, expected->parent);
  g_assert_cmpuint (node->first_child, ==, expected->first_child);
  g_assert_cmpuint (node->n_children, ==, expected->n_children);
  g_assert_cmpuint (node->disc_index, ==, expected->disc_index);
  g_assert_cmpuint (node->start_block, ==, expected->start_block);
  g_assert_cmpuint (node->session, ==, expected->session);
  g_assert_cmpuint (node->kind, ==, expected->kind);
}

/* Every session, read from its records, shows what libisofs shows. */
static void
assert_as_libisofs (EngineFixture *fixture, guint n_sessions)
{
  Reading reading;

  reading_begin (&reading, fixture, TRUE);
  g_assert_cmpuint (reading.medium->sessions->len, ==, n_sessions);
  for (guint session = 1; session <= n_sessions; session++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SolcoTree) tree
          = solco_session_tree_read_own (reading.drive, reading.medium, session, &error);
      g_autoptr (SolcoIsoImport) import = NULL;
      const SolcoTreeNode *nodes;
      const SolcoTreeNode *expected;
      guint32 n_nodes;
      guint32 n_expected;

      g_assert_no_error (error);
      g_assert_nonnull (tree);
      import = solco_iso_import_new (reading.drive, reading.medium, session, SOLCO_IMPORT_PLAIN,
                                     NULL, &error);
      g_assert_no_error (error);
      nodes = solco_tree_get_nodes (tree, &n_nodes);
      expected = solco_tree_get_nodes (import->tree, &n_expected);
      g_assert_cmpuint (n_nodes, ==, n_expected);
      for (guint32 i = 0; i < n_nodes; i++)
        assert_same_node (&nodes[i], &expected[i]);
    }
  reading_end (&reading);
}

static void
set_time (EngineFixture *fixture, const char *path, gint64 time_s)
{
  g_autofree char *full_path = engine_fixture_path (fixture, path);
  const struct timespec times[2] = { { .tv_sec = time_s }, { .tv_sec = time_s } };

  g_assert_cmpint (utimensat (AT_FDCWD, full_path, times, AT_SYMLINK_NOFOLLOW), ==, 0);
}

static void
make_symlink (EngineFixture *fixture, const char *target, const char *path)
{
  g_autofree char *full_path = engine_fixture_path (fixture, path);

  g_assert_cmpint (symlink (target, full_path), ==, 0);
}

/* Everything that a name, a link, a time or a folder can be. */
static void
make_rich_tree (EngineFixture *fixture)
{
  static const char *const names[] = { "B", "a", "Ab", "aB", "z.tar.gz", ".hidden", "no dot.",
                                       "Größe", "日本語", "semi;colon", "line\nfeed", "back\\slash" };
  static const gint64 times[] = { 0, 1, 951782400, 951868799, 1709164800, 4102444799,
                                  G_MAXINT32, (gint64) G_MAXINT32 + 1, 3221225472 };
  g_autoptr (GString) deep = g_string_new ("tree");
  g_autoptr (GString) long_target = g_string_new ("..");
  g_autofree char *long_name = g_strnfill (255, 'n');
  g_autofree char *long_path = g_build_filename ("tree", long_name, NULL);
  g_autofree char *short_path = NULL;
  g_autofree char *full_long_path = NULL;
  g_autofree char *one_component = g_strnfill (255, 'c');
  g_autofree char *path = NULL;
  g_autofree char *twin = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = g_build_filename ("tree", "names", names[i], NULL);

      engine_fixture_write (fixture, name, names[i], -1);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autofree char *name = g_strdup_printf ("tree/times/%02" G_GSIZE_FORMAT, i);

      engine_fixture_write (fixture, name, name, -1);
      set_time (fixture, name, times[i]);
    }
  /* Not at once, since the file would have a longer name while it is written. */
  engine_fixture_write (fixture, "tree/long", "long", -1);
  short_path = engine_fixture_path (fixture, "tree/long");
  full_long_path = engine_fixture_path (fixture, long_path);
  g_assert_cmpint (g_rename (short_path, full_long_path), ==, 0);
  for (guint i = 0; i < DEPTH; i++)
    {
      g_string_append_printf (deep, "/depth %u", i);
      g_string_append_printf (long_target, "/part %u with some length/.", i * i * i);
    }
  g_string_append (deep, "/end");
  engine_fixture_write (fixture, deep->str, "deep", -1);
  engine_fixture_write (fixture, "tree/empty", "", 0);
  engine_fixture_do (fixture, "mkdir -p 'tree/empty folder' tree/links");
  make_symlink (fixture, "../names/a", "tree/links/relative");
  make_symlink (fixture, "/usr/share/doc", "tree/links/absolute");
  make_symlink (fixture, "/", "tree/links/root");
  make_symlink (fixture, ".", "tree/links/current");
  make_symlink (fixture, "./../.", "tree/links/dots");
  make_symlink (fixture, long_target->str, "tree/links/long");
  make_symlink (fixture, one_component, "tree/links/one component");
  engine_fixture_do (fixture, "chmod 6711 tree/names/a");
  engine_fixture_do (fixture, "chmod 1700 'tree/empty folder'");
  path = engine_fixture_path (fixture, "tree/names/B");
  twin = engine_fixture_path (fixture, "tree/twin");
  g_assert_cmpint (link (path, twin), ==, 0);
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *name = g_strdup_printf ("tree/many/%08x", i * 2654435761u);

      engine_fixture_write (fixture, name, name, -1);
    }
}

static void
test_rich (EngineFixture *fixture, gconstpointer data)
{
  make_rich_tree (fixture);
  g_object_unref (engine_fixture_burn (fixture, "tree", "RICH"));
  assert_as_libisofs (fixture, 1);
  engine_fixture_write (fixture, "more/names/new", "new", -1);
  engine_fixture_write (fixture, "more/names/a", "replaced", -1);
  g_object_unref (engine_fixture_burn (fixture, "more", "RICH"));
  engine_fixture_write (fixture, "last/at the end", "end", -1);
  g_object_unref (engine_fixture_burn (fixture, "last", "RICH"));
  assert_as_libisofs (fixture, 3);
}

static void
burn_without_manifest (EngineFixture *fixture, const char *source_folder)
{
  g_autoptr (SolcoPlan) plan = engine_fixture_plan (fixture, source_folder, "EXPECTED");

  plan->manifest = FALSE;
  g_object_unref (engine_fixture_run_well (fixture, solco_request_new_burn (plan)));
}

/* What is built on has to be the very tree that was planned with: one with another content of the
 * same length, one with a file less and one with a file more are others. */
static void
test_expected (EngineFixture *fixture, gconstpointer data)
{
  SolcoTree *trees[3];
  Reading reading;

  engine_fixture_write (fixture, "one/a", "first", -1);
  engine_fixture_write (fixture, "one/b", "b", -1);
  burn_without_manifest (fixture, "one");
  engine_fixture_write (fixture, "two/a", "other", -1);
  burn_without_manifest (fixture, "two");
  engine_fixture_write (fixture, "three/c", "c", -1);
  burn_without_manifest (fixture, "three");
  reading_begin (&reading, fixture, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (trees); i++)
    {
      g_autoptr (GError) error = NULL;

      trees[i] = solco_session_tree_read_own (reading.drive, reading.medium, i + 1, &error);
      g_assert_no_error (error);
    }
  for (guint i = 0; i < G_N_ELEMENTS (trees); i++)
    for (guint k = 0; k < G_N_ELEMENTS (trees); k++)
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (SolcoIsoImport) import
            = solco_iso_import_new (reading.drive, reading.medium, i + 1, SOLCO_IMPORT_CHECK_MD5,
                                    trees[k], &error);

        if (i == k)
          {
            g_assert_no_error (error);
            g_assert_true (import->tree == trees[k]);
          }
        else
          {
            g_assert_null (import);
            g_assert_error (error, SOLCO_ERROR, SOLCO_ERROR_WRONG_DISC);
          }
      }
  for (guint i = 0; i < G_N_ELEMENTS (trees); i++)
    solco_tree_unref (trees[i]);
  reading_end (&reading);
}

/* With a checksum for each file the records have one more field. */
static void
test_file_md5 (EngineFixture *fixture, gconstpointer data)
{
  g_autoptr (SolcoPlan) plan = NULL;

  make_rich_tree (fixture);
  plan = engine_fixture_plan_new (fixture, "tree", "MD5");
  plan->file_md5 = TRUE;
  g_object_unref (engine_fixture_run_well (fixture, solco_request_new_burn (plan)));
  assert_as_libisofs (fixture, 1);
}

/* A file of 4 GiB and more has a record for each of its extents. Here two small ones that lie behind each
 * other become one, so that nobody has to write as much. */
static void
test_extents (EngineFixture *fixture, gconstpointer data)
{
  static const char first_name[] = "PARTA.;1";
  /* From the name to the flags of its record, ECMA-119 9.1. */
  const gsize flags_before_name = 8;
  g_autofree char *part = g_strnfill (2 * SOLCO_BLOCK_BYTES, 'x');
  g_autofree char *content = NULL;
  gsize length;
  char *name;
  g_autoptr (SolcoJob) job = NULL;
  SolcoTree *tree;
  const SolcoTreeNode *node;

  engine_fixture_write (fixture, "tree/parta", part, -1);
  part[0] = 'y';
  engine_fixture_write (fixture, "tree/partb", part, -1);
  g_object_unref (engine_fixture_burn (fixture, "tree", "EXTENTS"));
  g_assert_true (g_file_get_contents (fixture->image_path, &content, &length, NULL));
  name = memmem (content, length, first_name, strlen (first_name));
  g_assert_nonnull (name);
  name[strlen ("PART")] = 'B';
  *(name - flags_before_name) |= (char) 0x80;
  g_assert_true (g_file_set_contents (fixture->image_path, content, (gssize) length, NULL));
  assert_as_libisofs (fixture, 1);

  job = engine_fixture_run_well (fixture, solco_request_new_read_disc (fixture->target, 0));
  tree = solco_job_get_result (job)->tree;
  g_assert_cmpuint (solco_tree_lookup (tree, "parta"), ==, SOLCO_TREE_NONE);
  node = &solco_tree_get_nodes (tree, NULL)[solco_tree_lookup (tree, "partb")];
  g_assert_cmpuint (node->size_bytes, ==, 4 * SOLCO_BLOCK_BYTES);
  g_assert_cmpuint (node->start_block, >, 0);
  g_assert_cmpuint (node->session, ==, 1);
}

/* Whatever others made is left to libisofs. */
static void
test_foreign (EngineFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SolcoTree) tree = NULL;
  Reading reading;

  engine_fixture_write (fixture, "tree/file", "content", -1);
  engine_fixture_do (fixture, "xorriso -as mkisofs -quiet -J -R -o disc.iso tree");
  /* The engine's thread starts the libraries. */
  g_object_unref (
      engine_fixture_run_well (fixture, solco_request_new_read_disc (fixture->target, 0)));
  reading_begin (&reading, fixture, TRUE);
  g_assert_null (solco_session_tree_read_own (reading.drive, reading.medium, 1, &error));
  g_assert_no_error (error);
  tree = solco_session_tree_read (reading.drive, reading.medium, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (solco_tree_lookup (tree, "file"), ==, 1);
  reading_end (&reading);
}

/* A disc may be damaged in any way: there is a tree or there is none, and nothing else happens. */
static void
test_damaged (EngineFixture *fixture, gconstpointer data)
{
  g_autofree char *content = NULL;
  gsize length;
  gsize tree_end;
  guint n_trees = 0;
  guint n_refused = 0;

  make_rich_tree (fixture);
  g_object_unref (engine_fixture_burn (fixture, "tree", "DAMAGED"));
  g_assert_true (g_file_get_contents (fixture->image_path, &content, &length, NULL));
  /* The tree comes first, in the blocks behind the descriptors. */
  tree_end = 96 * SOLCO_BLOCK_BYTES;
  g_assert_cmpuint (length, >, tree_end);
  for (guint i = 0; i < N_DAMAGED; i++)
    {
      g_autofree char *damaged = g_memdup2 (content, length);
      gint n_bytes = g_test_rand_int_range (1, 40);
      g_autoptr (SolcoTree) tree = NULL;
      Reading reading;

      for (gint k = 0; k < n_bytes; k++)
        damaged[g_test_rand_int_range (48 * SOLCO_BLOCK_BYTES, (gint32) tree_end)]
            = (char) g_test_rand_int ();
      g_assert_true (g_file_set_contents (fixture->image_path, damaged, (gssize) length, NULL));
      reading_begin (&reading, fixture, FALSE);
      if (reading.medium != NULL && reading.medium->sessions->len > 0)
        tree = solco_session_tree_read_own (reading.drive, reading.medium,
                                            reading.medium->sessions->len, NULL);
      if (tree != NULL)
        n_trees++;
      else
        n_refused++;
      reading_end (&reading);
    }
  g_assert_cmpuint (n_trees, >, 0);
  g_assert_cmpuint (n_refused, >, 0);
}

#define ADD(path, func) \
  g_test_add (path, EngineFixture, NULL, engine_fixture_set_up, func, engine_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/session-tree/rich", test_rich);
  ADD ("/session-tree/expected", test_expected);
  ADD ("/session-tree/file-md5", test_file_md5);
  ADD ("/session-tree/extents", test_extents);
  ADD ("/session-tree/foreign", test_foreign);
  ADD ("/session-tree/damaged", test_damaged);
  return g_test_run ();
}
