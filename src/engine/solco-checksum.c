/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-checksum-private.h"

#include <openssl/evp.h>

#include "solco-error.h"

/* One read; libburn splits it into commands that the drive takes. */
#define READ_BLOCKS 256

static int
compare_blocks (gconstpointer a, gconstpointer b)
{
  const SolcoChecksumFile *x = a;
  const SolcoChecksumFile *y = b;

  return x->block < y->block ? -1 : x->block > y->block ? 1 : 0;
}

static gboolean
is_wanted (const SolcoTreeNode *node, guint8 wanted)
{
  return wanted && node->kind == SOLCO_NODE_FILE && node->size_bytes > 0;
}

guint64
solco_checksum_get_total_bytes (SolcoIsoImport *import, const guint8 *wanted)
{
  const SolcoTreeNode *nodes = solco_tree_get_nodes (import->tree, NULL);
  guint64 total_bytes = 0;

  for (guint32 i = 0; i < import->n_nodes; i++)
    if (is_wanted (&nodes[i], wanted[i]))
      total_bytes += nodes[i].size_bytes;
  return total_bytes;
}

static GArray *
sort_files (SolcoIsoImport *import, const guint8 *wanted)
{
  const SolcoTreeNode *nodes = solco_tree_get_nodes (import->tree, NULL);
  GArray *files = g_array_new (FALSE, FALSE, sizeof (SolcoChecksumFile));

  for (guint32 i = 0; i < import->n_nodes; i++)
    if (is_wanted (&nodes[i], wanted[i]))
      {
        SolcoChecksumFile file = { .index = i, .block = nodes[i].start_block };

        g_array_append_val (files, file);
      }
  g_array_sort (files, compare_blocks);
  return files;
}

/* Reads one file. A block that cannot be read sets @error; so does a cancel. */
static gboolean
read_file (SolcoIsoImport *import, SolcoDrive *drive, guint32 index, EVP_MD_CTX *context,
           guint8 *buffer, GError **error)
{
  SolcoTask *task = solco_drive_get_task (drive);
  g_autoptr (GArray) extents = solco_iso_import_dup_extents (import, index, error);

  if (extents == NULL)
    return FALSE;
  for (guint i = 0; i < extents->len; i++)
    {
      SolcoExtent *extent = &g_array_index (extents, SolcoExtent, i);

      while (extent->size_bytes > 0)
        {
          gsize bytes = MIN (extent->size_bytes, READ_BLOCKS * SOLCO_BLOCK_BYTES);
          guint n_blocks = (guint) ((bytes + SOLCO_BLOCK_BYTES - 1) / SOLCO_BLOCK_BYTES);

          if (!solco_task_check_cancelled (task, error)
              || !solco_drive_read (drive, extent->block, n_blocks, buffer, error))
            return FALSE;
          (void) EVP_DigestUpdate (context, buffer, bytes);
          solco_task_add_done_bytes (task, bytes);
          extent->block += n_blocks;
          extent->size_bytes -= bytes;
        }
    }
  return TRUE;
}

gboolean
solco_checksum_files (SolcoIsoImport *import, SolcoDrive *drive, const guint8 *wanted,
                      SolcoChecksumFunc func, gpointer user_data, GError **error)
{
  SolcoTask *task = solco_drive_get_task (drive);
  g_autoptr (GArray) files = sort_files (import, wanted);
  g_autofree guint8 *buffer = g_malloc (READ_BLOCKS * SOLCO_BLOCK_BYTES);
  EVP_MD_CTX *context = EVP_MD_CTX_new ();
  gboolean result = TRUE;

  for (guint i = 0; i < files->len && result; i++)
    {
      guint32 index = g_array_index (files, SolcoChecksumFile, i).index;
      g_autoptr (GError) reason = NULL;
      guint8 digest[EVP_MAX_MD_SIZE];
      unsigned int length = 0;

      if (EVP_DigestInit_ex (context, EVP_sha256 (), NULL) != 1)
        {
          g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_INTERNAL, "SHA-256 is not available");
          result = FALSE;
        }
      else if (read_file (import, drive, index, context, buffer, &reason))
        {
          (void) EVP_DigestFinal_ex (context, digest, &length);
          result = func (index, digest, NULL, user_data);
        }
      else if (solco_task_is_cancelled (task) || !solco_drive_check_present (drive, NULL))
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          result = FALSE;
        }
      else
        result = func (index, NULL, reason, user_data);
    }
  EVP_MD_CTX_free (context);
  return result;
}
