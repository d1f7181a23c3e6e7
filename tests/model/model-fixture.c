/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-fixture.h"

#include "solco-project-file.h"
#include "solco-project-private.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

char *
fixture_make_directory (void)
{
  g_autoptr (GError) error = NULL;
  char *path = g_dir_make_tmp ("solco-model-XXXXXX", &error);

  g_assert_no_error (error);
  return path;
}

static int
remove_one (const char *path, const struct stat *status, int flag, struct FTW *walk)
{
  g_assert_cmpint (remove (path), ==, 0);
  return 0;
}

void
fixture_remove_tree (const char *path)
{
  g_assert_cmpint (nftw (path, remove_one, 64, FTW_DEPTH | FTW_PHYS), ==, 0);
}

void
fixture_make (const char *directory, const char *path, guint64 size, gint64 mtime_s)
{
  g_autofree char *full = g_build_filename (directory, path, NULL);
  g_autofree char *above = g_path_get_dirname (full);
  const struct timespec times[2] = { { .tv_sec = mtime_s }, { .tv_sec = mtime_s } };
  int fd;

  if (g_str_has_suffix (path, "/"))
    {
      g_assert_cmpint (g_mkdir_with_parents (full, 0755), ==, 0);
      return;
    }
  g_assert_cmpint (g_mkdir_with_parents (above, 0755), ==, 0);
  fd = open (full, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (ftruncate (fd, (off_t) size), ==, 0);
  g_assert_cmpint (futimens (fd, times), ==, 0);
  close (fd);
}

SolcoScanOptions *
fixture_options (void)
{
  return solco_scan_options_new (FALSE, SOLCO_SYMLINKS_KEEP, FALSE, NULL);
}

static void
on_finished (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean *finished = user_data;

  g_assert_true (solco_addition_run_finish (SOLCO_ADDITION (source), result, &error));
  g_assert_no_error (error);
  *finished = TRUE;
}

void
fixture_run (SolcoAddition *addition)
{
  gboolean finished = FALSE;

  solco_addition_run_async (addition, NULL, on_finished, &finished);
  while (!finished)
    g_main_context_iteration (NULL, TRUE);
}

void
fixture_add (SolcoProject *project, const char *path, SolcoNode *folder,
             SolcoConflictPolicy policy)
{
  g_autoptr (SolcoScanOptions) options = fixture_options ();
  g_autoptr (SolcoAddition) addition = solco_addition_new (project, options, policy);

  solco_addition_add_path (addition, path, folder, NULL);
  fixture_run (addition);
}

typedef struct
{
  char *path;
  gboolean is_folder;
  guint64 size;
} Item;

static void
item_free (gpointer data)
{
  Item *item = data;

  g_free (item->path);
  g_free (item);
}

static guint
get_depth (const char *path)
{
  guint depth = 0;

  for (; *path != '\0'; path++)
    depth += *path == '/';
  return depth;
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const Item *item_a = *(const Item *const *) a;
  const Item *item_b = *(const Item *const *) b;
  guint depth_a = get_depth (item_a->path);
  guint depth_b = get_depth (item_b->path);
  g_auto (GStrv) parts_a = NULL;
  g_auto (GStrv) parts_b = NULL;

  if (depth_a != depth_b)
    return depth_a < depth_b ? -1 : 1;
  parts_a = g_strsplit (item_a->path, "/", -1);
  parts_b = g_strsplit (item_b->path, "/", -1);
  for (guint i = 0; i <= depth_a; i++)
    {
      int order = strcmp (parts_a[i], parts_b[i]);

      if (order != 0)
        return order;
    }
  return 0;
}

SolcoTree *
fixture_make_tree (const char *const *paths)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (item_free);
  g_autoptr (GHashTable) indexes = g_hash_table_new (g_str_hash, g_str_equal);
  SolcoTreeNode row = { .mode = 0755, .mtime_s = 1000, .disc_index = SOLCO_TREE_NONE };
  SolcoTreeBuilder *builder = solco_tree_builder_new (&row);

  for (guint i = 0; paths[i] != NULL; i++)
    {
      Item *item = g_new0 (Item, 1);
      const char *colon = strrchr (paths[i], ':');

      item->is_folder = g_str_has_suffix (paths[i], "/");
      item->path = item->is_folder ? g_strndup (paths[i], strlen (paths[i]) - 1)
                                   : g_strndup (paths[i], (gsize) (colon - paths[i]));
      if (!item->is_folder)
        item->size = g_ascii_strtoull (colon + 1, NULL, 10);
      g_ptr_array_add (items, item);
    }
  g_ptr_array_sort (items, compare_items);
  for (guint i = 0; i < items->len; i++)
    {
      const Item *item = g_ptr_array_index (items, i);
      g_autofree char *above = g_path_get_dirname (item->path);
      guint32 parent = GPOINTER_TO_UINT (g_hash_table_lookup (indexes, above));
      guint32 index;

      row.name = strrchr (item->path, '/') != NULL ? strrchr (item->path, '/') + 1 : item->path;
      row.kind = item->is_folder ? SOLCO_NODE_DIRECTORY : SOLCO_NODE_FILE;
      row.mode = item->is_folder ? 0755 : 0644;
      row.size_bytes = item->size;
      row.session = 1;
      row.start_block = item->is_folder ? 0 : 100 + i;
      index = solco_tree_builder_add (builder, parent, &row);
      g_assert_cmpuint (index, !=, SOLCO_TREE_NONE);
      g_hash_table_insert (indexes, item->path, GUINT_TO_POINTER (index));
    }
  return solco_tree_builder_finish (builder);
}

SolcoDiscIdentity *
fixture_make_identity (const char *media_id, guint n_sessions)
{
  const SolcoDiscIdentity identity = { .profile = SOLCO_PROFILE_CD_R,
                                       .n_sessions = n_sessions,
                                       .last_session_start_block = 1000 * n_sessions,
                                       .next_writable_block = 20000 * n_sessions,
                                       .media_id = (char *) media_id,
                                       .volume_label = (char *) "TEST",
                                       .created = (char *) "3030",
                                       .fingerprint = (char *) "abcd" };

  return solco_disc_identity_copy (&identity);
}

SolcoTree *
fixture_burn (SolcoProject *project, guint session)
{
  static guint32 next_block = 100000; /* nothing is written where something else was */
  g_autoptr (SolcoTree) frozen = solco_project_freeze_tree (project);
  guint32 n_nodes;
  const SolcoTreeNode *nodes = solco_tree_get_nodes (frozen, &n_nodes);
  SolcoTreeNode row = nodes[0];
  SolcoTreeBuilder *builder = solco_tree_builder_new (&row);

  for (guint32 i = 1; i < n_nodes; i++)
    {
      row = nodes[i];
      if (row.disc_index == SOLCO_TREE_NONE)
        {
          row.session = (guint16) session;
          row.start_block = next_block++;
        }
      row.disc_index = SOLCO_TREE_NONE;
      row.source = NULL;
      g_assert_cmpuint (solco_tree_builder_add (builder, row.parent, &row), ==, i);
    }
  return solco_tree_builder_finish (builder);
}

SolcoProject *
fixture_make_disc_project (const char *const *paths)
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

SolcoNode *
fixture_find (SolcoProject *project, const char *path)
{
  SolcoNode *node = solco_project_lookup (project, path);

  if (node == NULL)
    g_error ("\"%s\" is not in the project", path);
  return node;
}

static int
compare_nodes (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(const SolcoNode *const *) a)->name, (*(const SolcoNode *const *) b)->name);
}

static void
dump_line (SolcoProject *project, const SolcoNode *node, const char *path, gboolean full,
           GString *text)
{
  /* What was removed elsewhere than where the disc has it is removed there after a load, and may
   * be covered there: new or replacing is no difference for what will be on the disc. */
  const char *origins = full ? "dnrx" : "dnnx";
  g_autofree char *source = solco_project_dup_source_path (project, node);

  /* A folder that was made where the disc's one is removed is merged into that by a load. */
  if (!full && solco_node_is_folder (node))
    {
      g_string_append_printf (text, "%s/", path);
      return;
    }
  g_string_append_printf (text, "%s %c%u%s k%u %" G_GUINT64_FORMAT " %" G_GINT64_FORMAT " %s",
                          path, origins[solco_node_get_origin (node)],
                          full || solco_node_get_origin (node) == SOLCO_ORIGIN_ON_DISC
                              ? solco_node_get_session (node)
                              : 0,
                          full && solco_node_is_renamed (node) ? "m" : "",
                          solco_node_get_kind (node),
                          node->size_bytes, solco_node_get_mtime_s (node),
                          source != NULL ? source : "-");
  if (full)
    g_string_append_printf (text, " %x", node->flags & (guint) ~SOLCO_NODE_HAS_SOURCE_NAME);
  g_string_append (text, node->disc_index == SOLCO_TREE_NONE ? "" : " D");
}

static void
dump_homes (const SolcoNode *node, GString *text)
{
  for (const SolcoHome *home = node->folder->homes; home != NULL; home = home->next)
    {
      g_string_append_printf (text, " <%s", home->directory);
      if (home->holes != NULL)
        {
          g_autoptr (GList) holes = g_hash_table_get_keys (home->holes);

          holes = g_list_sort (holes, (GCompareFunc) strcmp);
          for (GList *l = holes; l != NULL; l = l->next)
            g_string_append_printf (text, " -%s", (const char *) l->data);
        }
      g_string_append_c (text, '>');
    }
}

static void
dump (SolcoProject *project, const SolcoNode *node, const char *path, gboolean homes,
      GString *text)
{
  g_autoptr (GPtrArray) children = g_ptr_array_new ();
  SolcoSums sums = { 0 };

  for (guint i = 0; i < solco_node_get_n_children (node); i++)
    g_ptr_array_add (children, solco_node_get_child (node, i));
  g_ptr_array_sort (children, compare_nodes);
  if (homes)
    dump_homes (node, text);
  g_string_append_c (text, '\n');
  for (guint i = 0; i < children->len; i++)
    {
      SolcoNode *child = g_ptr_array_index (children, i);
      g_autofree char *child_path = g_strconcat (path, "/", child->name, NULL);
      SolcoSums one;

      solco_node_get_contribution (child, &one);
      solco_sums_add (&sums, &one);
      if (!homes && (child->flags & SOLCO_NODE_REMOVED))
        continue;
      g_assert_true (solco_node_get_parent (child) == node);
      g_assert_true (solco_node_lookup_child (node, child->name) == child);
      dump_line (project, child, child_path, homes, text);
      for (const SolcoNode *covered = homes ? child->replaced : NULL; covered != NULL;
           covered = covered->replaced)
        g_string_append_printf (text, " (over %s %u %x)", covered->name, covered->disc_index,
                                covered->flags);
      if (solco_node_is_folder (child))
        dump (project, child, child_path, homes, text);
      else
        g_string_append_c (text, '\n');
    }
  if (solco_node_is_folder (node))
    g_assert_cmpmem (&sums, sizeof sums, &node->folder->sums, sizeof sums);
}

/* Blocks of all live new contents, each once. */
static void
count_extents (SolcoNode *node, GHashTable *seen, gint64 *blocks)
{
  if (node->flags & SOLCO_NODE_REMOVED)
    return;
  if (node->kind == SOLCO_NODE_FILE && node->disc_index == SOLCO_TREE_NONE
      && g_hash_table_add (seen,
                           g_strdup_printf ("%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT
                                            " %" G_GUINT64_FORMAT,
                                            node->attributes->device, node->inode,
                                            node->size_bytes)))
    *blocks += (gint64) ((node->size_bytes + 2047) / 2048);
  for (guint i = 0; i < solco_node_get_n_children (node); i++)
    count_extents (solco_node_get_child (node, i), seen, blocks);
}

static char *
dump_project (SolcoProject *project, gboolean homes)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gint64 blocks = 0;

  g_string_append_printf (text, "label %s, disc %s\n",
                          solco_project_is_label_edited (project)
                              ? solco_project_get_label (project)
                              : "-",
                          solco_project_get_disc (project) != NULL
                              ? solco_project_get_disc (project)->media_id
                              : "-");
  dump (project, solco_project_get_root (project), "", homes, text);
  count_extents (solco_project_get_root (project), seen, &blocks);
  g_assert_cmpint (blocks, ==, solco_extents_get_blocks (project->extents));
  return g_string_free (text, FALSE);
}

char *
fixture_dump (SolcoProject *project)
{
  return dump_project (project, TRUE);
}

char *
fixture_dump_items (SolcoProject *project)
{
  return dump_project (project, FALSE);
}

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

void
fixture_save (SolcoProject *project, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  solco_project_file_save_async (project, file, NULL, on_result, &result);
  g_assert_true (solco_project_file_save_finish (wait_for (&result), &error));
  g_assert_no_error (error);
}

SolcoProject *
fixture_load (const char *path, GPtrArray **problems, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;

  solco_project_file_load_async (file, NULL, on_result, &result);
  return solco_project_file_load_finish (wait_for (&result), problems, error);
}
