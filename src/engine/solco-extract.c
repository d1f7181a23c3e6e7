/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-extract-private.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "solco-error.h"

/* While its content is made, a folder has to be writable. */
#define TEMPORARY_DIRECTORY_MODE 0700

typedef struct
{
  const SolcoExtract *extract;
  SolcoTask *task;
  SolcoTree *tree;
  const SolcoTreeNode *nodes;
  guint32 n_nodes;
  guint8 *is_selected;
} Run;

static void
report (Run *run, SolcoProblemKind kind, guint32 index, const char *detail)
{
  g_autofree char *path = solco_tree_dup_path (run->tree, index);

  solco_task_problem (run->task, kind, path, detail, run->nodes[index].size_bytes);
}

/* A disc can hold any name; only one that stays inside its folder is made. */
static gboolean
is_safe_name (const char *name)
{
  return *name != '\0' && strcmp (name, ".") != 0 && strcmp (name, "..") != 0
         && strchr (name, '/') == NULL;
}

/* Selects what was named, with everything in it and the folders above. */
static gboolean
select_nodes (Run *run, GError **error)
{
  run->is_selected = g_new0 (guint8, run->n_nodes);
  if (run->extract->paths == NULL)
    memset (run->is_selected, TRUE, run->n_nodes);
  for (gsize p = 0; run->extract->paths != NULL && run->extract->paths[p] != NULL; p++)
    {
      guint32 index = solco_tree_lookup (run->tree, run->extract->paths[p]);

      if (index == SOLCO_TREE_NONE)
        {
          g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NOT_FOUND,
                       "There is no “%s” in this session", run->extract->paths[p]);
          return FALSE;
        }
      run->is_selected[index] = TRUE;
    }
  /* Breadth first: a folder always comes before what is in it. */
  for (guint32 i = 1; i < run->n_nodes; i++)
    run->is_selected[i] = run->is_selected[i] || run->is_selected[run->nodes[i].parent];
  for (guint32 i = run->n_nodes - 1; i > 0; i--)
    if (run->is_selected[i])
      run->is_selected[run->nodes[i].parent] = TRUE;
  for (guint32 i = 1; i < run->n_nodes; i++)
    if (run->is_selected[i] && !is_safe_name (run->nodes[i].name))
      {
        report (run, SOLCO_PROBLEM_NAME_INVALID, i, NULL);
        run->is_selected[i] = FALSE;
      }
  /* And nothing below a folder that is not made. */
  for (guint32 i = 1; i < run->n_nodes; i++)
    run->is_selected[i] = run->is_selected[i] && run->is_selected[run->nodes[i].parent];
  return TRUE;
}

static char *
dup_local_path (Run *run, guint32 index)
{
  g_autofree char *path = solco_tree_dup_path (run->tree, index);

  return index == 0 ? g_strdup (run->extract->directory)
                    : g_build_filename (run->extract->directory, path, NULL);
}

static gboolean
make_directories (Run *run, GError **error)
{
  if (g_mkdir_with_parents (run->extract->directory, 0777) != 0)
    {
      int saved_errno = errno;

      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_DESTINATION,
                   "The folder “%s” cannot be made: %s", run->extract->directory,
                   g_strerror (saved_errno));
      return FALSE;
    }
  for (guint32 i = 1; i < run->n_nodes; i++)
    {
      g_autofree char *path = NULL;
      struct stat status;
      int saved_errno;

      if (!run->is_selected[i] || run->nodes[i].kind != SOLCO_NODE_DIRECTORY)
        continue;
      path = dup_local_path (run, i);
      if (mkdir (path, TEMPORARY_DIRECTORY_MODE) == 0)
        continue;
      saved_errno = errno;
      /* A link in its place would lead the files somewhere else. */
      if (saved_errno == EEXIST && lstat (path, &status) == 0 && S_ISDIR (status.st_mode))
        continue;
      g_set_error (error, SOLCO_ERROR,
                   saved_errno == EEXIST ? SOLCO_ERROR_NAME_EXISTS : SOLCO_ERROR_DESTINATION,
                   "The folder “%s” cannot be made: %s", path, g_strerror (saved_errno));
      return FALSE;
    }
  return TRUE;
}

static int
compare_blocks (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const SolcoTreeNode *nodes = user_data;
  const SolcoTreeNode *x = &nodes[*(const guint32 *) a];
  const SolcoTreeNode *y = &nodes[*(const guint32 *) b];

  return x->start_block < y->start_block ? -1 : x->start_block > y->start_block ? 1 : 0;
}

static GArray *
list_nodes (Run *run, SolcoNodeKind kind)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 i = 1; i < run->n_nodes; i++)
    if (run->is_selected[i] && run->nodes[i].kind == kind)
      g_array_append_val (list, i);
  g_array_sort_with_data (list, compare_blocks, (gpointer) run->nodes);
  return list;
}

/* One file; what concerns it alone is a problem, and the others still come. */
static gboolean
copy_file (Run *run, guint32 index, GError **error)
{
  SolcoResult *result = solco_task_get_result (run->task);
  g_autofree char *path = dup_local_path (run, index);
  g_autoptr (GError) local_error = NULL;
  guint8 digest[EVP_MAX_MD_SIZE];
  const guint8 *expected
      = run->extract->digests != NULL ? solco_digests_get (run->extract->digests, index) : NULL;

  if (solco_extract_file (run->extract, index, path, digest, &local_error))
    {
      result->n_files++;
      result->n_bytes += run->nodes[index].size_bytes;
      if (expected != NULL && memcmp (expected, digest, SOLCO_SHA256_BYTES) != 0)
        report (run, SOLCO_PROBLEM_MISMATCH, index, NULL);
      return TRUE;
    }
  if (g_error_matches (local_error, SOLCO_ERROR, SOLCO_ERROR_READ_FAILED))
    report (run, SOLCO_PROBLEM_BLOCK_UNREADABLE, index, local_error->message);
  else if (g_error_matches (local_error, SOLCO_ERROR, SOLCO_ERROR_NAME_EXISTS))
    report (run, SOLCO_PROBLEM_NAME_CLASH, index, path);
  else
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return TRUE;
}

static gboolean
copy_files (Run *run, GError **error)
{
  g_autoptr (GArray) files = list_nodes (run, SOLCO_NODE_FILE);
  guint64 total_bytes = 0;

  for (guint i = 0; i < files->len; i++)
    total_bytes += run->nodes[g_array_index (files, guint32, i)].size_bytes;
  solco_task_begin_phase (run->task, SOLCO_PHASE_EXTRACT, total_bytes);
  for (guint i = 0; i < files->len; i++)
    if (!solco_task_check_cancelled (run->task, error)
        || !copy_file (run, g_array_index (files, guint32, i), error))
      return FALSE;
  return TRUE;
}

/* After all files, so that no file is ever written through a link of the disc. */
static void
make_links (Run *run)
{
  g_autoptr (GArray) links = list_nodes (run, SOLCO_NODE_SYMLINK);
  g_autoptr (GArray) specials = list_nodes (run, SOLCO_NODE_SPECIAL);

  for (guint i = 0; i < links->len; i++)
    {
      guint32 index = g_array_index (links, guint32, i);
      const SolcoTreeNode *node = &run->nodes[index];
      g_autofree char *path = dup_local_path (run, index);
      struct timespec times[2] = { { .tv_sec = node->mtime_s }, { .tv_sec = node->mtime_s } };

      if (run->extract->overwrite)
        (void) unlink (path);
      if (symlink (node->link_target, path) != 0)
        report (run, errno == EEXIST ? SOLCO_PROBLEM_NAME_CLASH : SOLCO_PROBLEM_ATTRIBUTE_LOST,
                index, g_strerror (errno));
      else if (utimensat (AT_FDCWD, path, times, AT_SYMLINK_NOFOLLOW) != 0)
        report (run, SOLCO_PROBLEM_ATTRIBUTE_LOST, index, g_strerror (errno));
    }
  for (guint i = 0; i < specials->len; i++)
    report (run, SOLCO_PROBLEM_SPECIAL_SKIPPED, g_array_index (specials, guint32, i), NULL);
}

/* Also after a failure, so that no folder keeps the mode that it was made with. Innermost first,
 * since making something in a folder changes its time. */
static void
finish_directories (Run *run)
{
  gboolean is_root = geteuid () == 0;

  for (guint32 i = run->n_nodes - 1; i > 0; i--)
    {
      const SolcoTreeNode *node = &run->nodes[i];
      struct timespec times[2] = { { .tv_sec = node->mtime_s }, { .tv_sec = node->mtime_s } };
      g_autofree char *path = NULL;
      gboolean is_good;

      if (!run->is_selected[i] || node->kind != SOLCO_NODE_DIRECTORY)
        continue;
      path = dup_local_path (run, i);
      is_good = !is_root || lchown (path, node->uid, node->gid) == 0;
      is_good = chmod (path, node->mode & (is_root ? 07777 : 0777)) == 0 && is_good;
      is_good = utimensat (AT_FDCWD, path, times, AT_SYMLINK_NOFOLLOW) == 0 && is_good;
      if (!is_good)
        report (run, SOLCO_PROBLEM_ATTRIBUTE_LOST, i, NULL);
    }
}

gboolean
solco_extract_run (const SolcoExtract *extract, GError **error)
{
  Run run = {
    .extract = extract,
    .task = solco_drive_get_task (extract->drive),
    .tree = extract->import->tree,
  };
  gboolean result;

  run.nodes = solco_tree_get_nodes (run.tree, &run.n_nodes);
  result = select_nodes (&run, error) && make_directories (&run, error)
           && copy_files (&run, error);
  if (result)
    make_links (&run);
  if (run.is_selected != NULL)
    finish_directories (&run);
  g_free (run.is_selected);
  return result;
}
