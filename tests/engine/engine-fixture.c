/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine-fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>


void
engine_fixture_set_up (EngineFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *address = NULL;

  fixture->engine = solco_engine_new (&error);
  g_assert_no_error (error);
  fixture->folder = g_dir_make_tmp ("solco-test-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->image_path = g_build_filename (fixture->folder, "disc.iso", NULL);
  address = g_strconcat ("stdio:", fixture->image_path, NULL);
  fixture->target = solco_target_new (address, SOLCO_IMAGE_KIND_CD_700, 0);
}

void
engine_fixture_tear_down (EngineFixture *fixture, gconstpointer data)
{
  g_assert_true (solco_engine_stop (fixture->engine, SOLCO_GIVE_UP_AFTER_S));
  g_object_unref (fixture->engine);
  engine_fixture_do (fixture, "sh -c 'chmod -R u+rwx . && rm -rf ./* ./.[!.]*'");
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  solco_target_free (fixture->target);
  g_free (fixture->image_path);
  g_free (fixture->folder);
}

SolcoJob *
engine_fixture_run (EngineFixture *fixture, SolcoRequest *request)
{
  SolcoJob *job = solco_engine_submit (fixture->engine, request);

  while (!solco_job_is_finished (job))
    g_main_context_iteration (NULL, TRUE);
  solco_request_unref (request);
  return job;
}

SolcoJob *
engine_fixture_run_well (EngineFixture *fixture, SolcoRequest *request)
{
  SolcoJob *job = engine_fixture_run (fixture, request);

  g_assert_no_error (solco_job_get_error (job));
  g_assert_cmpint (solco_job_get_state (job), ==, SOLCO_JOB_SUCCEEDED);
  g_assert_nonnull (solco_job_get_result (job));
  return job;
}

void
engine_fixture_run_badly (EngineFixture *fixture, SolcoRequest *request, SolcoError code)
{
  g_autoptr (SolcoJob) job = engine_fixture_run (fixture, request);

  g_assert_error (solco_job_get_error (job), SOLCO_ERROR, (int) code);
  g_test_message ("%s", solco_job_get_error (job)->message);
}

char *
engine_fixture_path (EngineFixture *fixture, const char *path)
{
  return g_build_filename (fixture->folder, path, NULL);
}

void
engine_fixture_write (EngineFixture *fixture, const char *path, const char *content,
                      gssize length)
{
  g_autofree char *full_path = engine_fixture_path (fixture, path);
  g_autofree char *folder = g_path_get_dirname (full_path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_file_set_contents (full_path, content, length, &error);
  g_assert_no_error (error);
}

/* One child of a folder that is merged: from the disc, from the source, or both. */
typedef struct
{
  char *name;
  guint32 disc_index;
  char *source; /* NULL: only on the disc */
} Child;

static void
child_free (gpointer data)
{
  Child *child = data;

  g_free (child->name);
  g_free (child->source);
  g_free (child);
}

static int
compare_children (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(Child *const *) a)->name, (*(Child *const *) b)->name);
}

static GPtrArray *
merge_children (SolcoTree *disc_tree, guint32 disc_index, const char *source)
{
  GPtrArray *children = g_ptr_array_new_with_free_func (child_free);
  g_autoptr (GHashTable) by_name = g_hash_table_new (g_str_hash, g_str_equal);
  GDir *directory = source != NULL ? g_dir_open (source, 0, NULL) : NULL;
  const char *name;

  if (disc_index != SOLCO_TREE_NONE)
    {
      const SolcoTreeNode *nodes = solco_tree_get_nodes (disc_tree, NULL);

      for (guint32 i = 0; i < nodes[disc_index].n_children; i++)
        {
          Child *child = g_new0 (Child, 1);

          child->disc_index = nodes[disc_index].first_child + i;
          child->name = g_strdup (nodes[child->disc_index].name);
          g_hash_table_insert (by_name, child->name, child);
          g_ptr_array_add (children, child);
        }
    }
  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      Child *child = g_hash_table_lookup (by_name, name);

      if (child == NULL)
        {
          child = g_new0 (Child, 1);
          child->disc_index = SOLCO_TREE_NONE;
          child->name = g_strdup (name);
          g_ptr_array_add (children, child);
        }
      child->source = g_build_filename (source, name, NULL);
    }
  if (directory != NULL)
    g_dir_close (directory);
  g_ptr_array_sort (children, compare_children);
  return children;
}

typedef struct
{
  guint32 index;
  guint32 disc_index;
  char *source;
} Folder;

static SolcoTreeNode
describe (const Child *child, SolcoTree *disc_tree, const char *folder, SolcoTreeSource *content,
          char **link_target)
{
  SolcoTreeNode node = { .disc_index = SOLCO_TREE_NONE };
  struct stat status;

  *link_target = NULL;
  if (child->source == NULL)
    {
      node = solco_tree_get_nodes (disc_tree, NULL)[child->disc_index];
      node.disc_index = child->disc_index;
      return node;
    }
  g_assert_cmpint (lstat (child->source, &status), ==, 0);
  node.name = child->name;
  node.kind = S_ISDIR (status.st_mode)   ? SOLCO_NODE_DIRECTORY
              : S_ISLNK (status.st_mode) ? SOLCO_NODE_SYMLINK
                                         : SOLCO_NODE_FILE;
  node.mode = status.st_mode & 07777;
  node.uid = status.st_uid;
  node.gid = status.st_gid;
  node.mtime_s = status.st_mtime;
  if (node.kind == SOLCO_NODE_DIRECTORY)
    node.disc_index = child->disc_index;
  else if (node.kind == SOLCO_NODE_SYMLINK)
    node.link_target = *link_target = g_file_read_link (child->source, NULL);
  else
    {
      node.size_bytes = (guint64) status.st_size;
      *content = (SolcoTreeSource){ folder, child->name, status.st_dev, status.st_ino };
      node.source = content;
    }
  return node;
}

/* What the model does for the programs, in the simplest way that is enough for tests. */
static SolcoTree *
merge (SolcoTree *disc_tree, const char *source)
{
  SolcoTreeNode root = { .mode = 0755, .disc_index = disc_tree != NULL ? 0 : SOLCO_TREE_NONE,
                         .mtime_s = 1000000000 };
  SolcoTreeBuilder *builder = solco_tree_builder_new (&root);
  GQueue queue = G_QUEUE_INIT;
  Folder *folder = g_new0 (Folder, 1);

  folder->disc_index = root.disc_index;
  folder->source = g_strdup (source);
  g_queue_push_tail (&queue, folder);
  while ((folder = g_queue_pop_head (&queue)) != NULL)
    {
      g_autoptr (GPtrArray) children
          = merge_children (disc_tree, folder->disc_index, folder->source);

      for (guint i = 0; i < children->len; i++)
        {
          Child *child = g_ptr_array_index (children, i);
          g_autofree char *link_target = NULL;
          SolcoTreeSource content;
          SolcoTreeNode node
              = describe (child, disc_tree, folder->source, &content, &link_target);
          guint32 index = solco_tree_builder_add (builder, folder->index, &node);

          if (node.kind == SOLCO_NODE_DIRECTORY)
            {
              Folder *next = g_new0 (Folder, 1);

              next->index = index;
              next->disc_index = child->disc_index;
              next->source = g_strdup (child->source);
              g_queue_push_tail (&queue, next);
            }
        }
      g_free (folder->source);
      g_free (folder);
    }
  return solco_tree_builder_finish (builder);
}

SolcoPlan *
engine_fixture_plan (EngineFixture *fixture, const char *source_folder, const char *label)
{
  g_autoptr (SolcoJob) job
      = engine_fixture_run_well (fixture, solco_request_new_read_disc (fixture->target, 0));
  const SolcoResult *result = solco_job_get_result (job);
  g_autofree char *source = engine_fixture_path (fixture, source_folder);
  g_autoptr (SolcoTree) tree = merge (result->tree, source);
  SolcoPlan *plan = solco_plan_new (fixture->target, tree, label);

  if (result->tree != NULL)
    {
      plan->disc_tree = solco_tree_ref (result->tree);
      plan->disc = solco_disc_identity_copy (result->medium->identity);
    }
  plan->verify = SOLCO_VERIFY_FULL;
  return plan;
}

SolcoPlan *
engine_fixture_plan_new (EngineFixture *fixture, const char *source_folder, const char *label)
{
  g_autofree char *source = engine_fixture_path (fixture, source_folder);
  g_autoptr (SolcoTree) tree = merge (NULL, source);
  SolcoPlan *plan = solco_plan_new (fixture->target, tree, label);

  plan->verify = SOLCO_VERIFY_FULL;
  return plan;
}

SolcoJob *
engine_fixture_burn (EngineFixture *fixture, const char *source_folder, const char *label)
{
  g_autoptr (SolcoPlan) plan = engine_fixture_plan (fixture, source_folder, label);

  return engine_fixture_run_well (fixture, solco_request_new_burn (plan));
}

char *
engine_fixture_spawn (EngineFixture *fixture, const char *command_line)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) arguments = NULL;
  g_autofree char *errors = NULL;
  char *output = NULL;
  int status;

  g_assert_true (g_shell_parse_argv (command_line, NULL, &arguments, &error));
  g_spawn_sync (fixture->folder, arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output,
                &errors, &status, &error);
  g_assert_no_error (error);
  if (!g_spawn_check_wait_status (status, &error))
    g_error ("%s: %s\n%s%s", command_line, error->message, output, errors);
  return output;
}

void
engine_fixture_do (EngineFixture *fixture, const char *command_line)
{
  g_free (engine_fixture_spawn (fixture, command_line));
}

char *
engine_fixture_checksum_image (EngineFixture *fixture)
{
  return engine_fixture_spawn (fixture, "sha256sum disc.iso");
}
