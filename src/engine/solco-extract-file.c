/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-extract-private.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "solco-error.h"

#define READ_BLOCKS 256

static gboolean
set_file_error (GError **error, const char *path, const char *what)
{
  int saved_errno = errno;
  g_autofree char *shown = g_filename_display_name (path);
  SolcoError code = SOLCO_ERROR_DESTINATION;

  if (saved_errno == ENOSPC || saved_errno == EDQUOT || saved_errno == EFBIG)
    code = SOLCO_ERROR_NO_SPACE;
  else if (saved_errno == EEXIST)
    code = SOLCO_ERROR_NAME_EXISTS;
  g_set_error (error, SOLCO_ERROR, code, "%s “%s”: %s", what, shown, g_strerror (saved_errno));
  return FALSE;
}

static gboolean
write_all (int fd, const guint8 *data, gsize size)
{
  while (size > 0)
    {
      gssize n = write (fd, data, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      data += n;
      size -= n;
    }
  return TRUE;
}

static gboolean
copy_content (const SolcoExtract *extract, guint32 index, int fd, const char *path,
              guint8 *digest, GError **error)
{
  SolcoTask *task = solco_drive_get_task (extract->drive);
  g_autoptr (GArray) extents = solco_iso_import_dup_extents (extract->import, index, error);
  g_autofree guint8 *buffer = g_malloc (READ_BLOCKS * SOLCO_BLOCK_BYTES);
  EVP_MD_CTX *context;
  unsigned int length = 0;
  gboolean result = extents != NULL;

  if (!result)
    return FALSE;
  context = EVP_MD_CTX_new ();
  (void) EVP_DigestInit_ex (context, EVP_sha256 (), NULL);
  for (guint i = 0; result && i < extents->len; i++)
    {
      SolcoExtent *extent = &g_array_index (extents, SolcoExtent, i);

      while (result && extent->size_bytes > 0)
        {
          gsize bytes = MIN (extent->size_bytes, READ_BLOCKS * SOLCO_BLOCK_BYTES);
          guint n_blocks = (guint) ((bytes + SOLCO_BLOCK_BYTES - 1) / SOLCO_BLOCK_BYTES);

          result = solco_task_check_cancelled (task, error)
                   && solco_drive_read (extract->drive, extent->block, n_blocks, buffer, error)
                   && (write_all (fd, buffer, bytes)
                       || set_file_error (error, path, "Cannot write"));
          (void) EVP_DigestUpdate (context, buffer, bytes);
          solco_task_add_done_bytes (task, bytes);
          extent->block += n_blocks;
          extent->size_bytes -= bytes;
        }
    }
  (void) EVP_DigestFinal_ex (context, digest, &length);
  EVP_MD_CTX_free (context);
  return result;
}

/* Owner only where we may: that is what cp and tar do too. */
static void
set_attributes (const SolcoExtract *extract, guint32 index, int fd)
{
  const SolcoTreeNode *node = &solco_tree_get_nodes (extract->import->tree, NULL)[index];
  struct timespec times[2] = { { .tv_sec = node->mtime_s }, { .tv_sec = node->mtime_s } };
  gboolean is_root = geteuid () == 0;
  int saved_errno = 0;

  if (is_root && fchown (fd, node->uid, node->gid) != 0)
    saved_errno = errno;
  /* Bits that lend somebody's rights make sense only together with the owner. */
  if (fchmod (fd, node->mode & (is_root ? 07777 : 0777)) != 0)
    saved_errno = errno;
  if (futimens (fd, times) != 0)
    saved_errno = errno;
  if (saved_errno != 0)
    {
      g_autofree char *path = solco_tree_dup_path (extract->import->tree, index);

      solco_task_problem (solco_drive_get_task (extract->drive), SOLCO_PROBLEM_ATTRIBUTE_LOST,
                          path, g_strerror (saved_errno), 0);
    }
}

/* Gives the finished file its name. */
static gboolean
move_into_place (const char *temporary, const char *path, gboolean overwrite, GError **error)
{
  if (overwrite)
    return rename (temporary, path) == 0 || set_file_error (error, path, "Cannot make");
  if (renameat2 (AT_FDCWD, temporary, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
    return TRUE;
  /* Not every file system can do that in one step. */
  if (errno == EINVAL && link (temporary, path) == 0)
    {
      (void) unlink (temporary);
      return TRUE;
    }
  return set_file_error (error, path, "Cannot make");
}

gboolean
solco_extract_file (const SolcoExtract *extract, guint32 index, const char *path,
                    guint8 *digest, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *temporary = g_strdup_printf ("%s/.solco-extract-%d", folder, (int) getpid ());
  int fd = open (temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  gboolean result;

  if (fd < 0)
    return set_file_error (error, path, "Cannot make");
  result = copy_content (extract, index, fd, path, digest, error);
  if (result)
    set_attributes (extract, index, fd);
  if (close (fd) != 0 && result)
    result = set_file_error (error, path, "Cannot write");
  result = result && move_into_place (temporary, path, extract->overwrite, error);
  if (!result)
    (void) unlink (temporary);
  return result;
}
