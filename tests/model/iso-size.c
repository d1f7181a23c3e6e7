/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "iso-size.h"

#include <stdint.h>

#include <libburn/libburn.h>
#include <libisofs/libisofs.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A stream that has a size and an identity, and is never read. */
typedef struct
{
  guint64 size;
  guint64 device;
  guint64 inode;
} Content;

static int
content_open (IsoStream *stream)
{
  return ISO_SUCCESS;
}

static int
content_close (IsoStream *stream)
{
  return ISO_SUCCESS;
}

static off_t
content_get_size (IsoStream *stream)
{
  return (off_t) ((Content *) stream->data)->size;
}

/* The writer's thread may have begun before it is cancelled. */
static int
content_read (IsoStream *stream, void *buffer, size_t count)
{
  memset (buffer, 0, count);
  return (int) count;
}

static int
content_is_repeatable (IsoStream *stream)
{
  return 1;
}

static void
content_get_id (IsoStream *stream, unsigned int *fs_id, dev_t *device, ino_t *inode)
{
  const Content *content = stream->data;

  *fs_id = 77;
  *device = (dev_t) content->device;
  *inode = (ino_t) content->inode;
}

static void
content_free (IsoStream *stream)
{
  free (stream->data);
}

static int
content_update_size (IsoStream *stream)
{
  return ISO_SUCCESS;
}

static IsoStream *
content_get_input_stream (IsoStream *stream, int flag)
{
  return NULL;
}

static IsoStreamIface content_class = { .version = 2,
                                        .type = "user",
                                        .open = content_open,
                                        .close = content_close,
                                        .get_size = content_get_size,
                                        .read = content_read,
                                        .is_repeatable = content_is_repeatable,
                                        .get_id = content_get_id,
                                        .free = content_free,
                                        .update_size = content_update_size,
                                        .get_input_stream = content_get_input_stream };

static IsoNode *
add_file (IsoImage *image, IsoDir *parent, const char *name, guint64 size, guint64 device,
          guint64 inode)
{
  IsoStream *stream = calloc (1, sizeof *stream);
  Content *content = calloc (1, sizeof *content);
  IsoFile *file = NULL;

  content->size = size;
  content->device = device;
  content->inode = inode;
  stream->class = &content_class;
  stream->refcount = 1;
  stream->data = content;
  g_assert_cmpint (iso_image_add_new_file (image, parent, name, stream, &file), >=, 0);
  return (IsoNode *) file;
}

static IsoNode *
add_node (IsoImage *image, IsoDir *parent, const SolcoTreeNode *row)
{
  static guint64 unique = G_GUINT64_CONSTANT (1) << 40;
  IsoDir *directory = NULL;
  IsoSymlink *link = NULL;
  guint64 size = row->disc_index == SOLCO_TREE_NONE ? row->size_bytes : 0;

  switch ((SolcoNodeKind) row->kind)
    {
    case SOLCO_NODE_DIRECTORY:
      g_assert_cmpint (iso_image_add_new_dir (image, parent, row->name, &directory), >=, 0);
      return (IsoNode *) directory;
    case SOLCO_NODE_SYMLINK:
      g_assert_cmpint (
          iso_image_add_new_symlink (image, parent, row->name, row->link_target, &link), >=, 0);
      return (IsoNode *) link;
    case SOLCO_NODE_FILE:
    case SOLCO_NODE_SPECIAL:
      break;
    }
  return add_file (image, parent, row->name, size,
                   row->source != NULL ? row->source->device : 0,
                   size == 0 || row->source == NULL ? unique++ : row->source->inode);
}

static void
build (IsoImage *image, SolcoTree *tree)
{
  guint32 n_nodes;
  const SolcoTreeNode *rows = solco_tree_get_nodes (tree, &n_nodes);
  g_autofree IsoNode **nodes = g_new0 (IsoNode *, n_nodes);

  nodes[0] = (IsoNode *) iso_image_get_root (image);
  for (guint32 f = 0; f < n_nodes; f++)
    {
      /* In descending order, so that libisofs inserts each at the head of its list. */
      for (guint32 c = rows[f].n_children; c > 0; c--)
        {
          guint32 i = rows[f].first_child + c - 1;

          nodes[i] = add_node (image, (IsoDir *) nodes[f], &rows[i]);
          iso_node_set_permissions (nodes[i], rows[i].mode);
          iso_node_set_mtime (nodes[i], (time_t) rows[i].mtime_s);
        }
    }
}

gint64
iso_size_get_blocks (SolcoTree *tree, guint64 extra_file_bytes, gboolean file_md5)
{
  IsoImage *image = NULL;
  IsoWriteOpts *options = NULL;
  struct burn_source *source = NULL;
  char never[] = "NEVER";
  gint64 blocks;

  g_assert_cmpint (iso_init (), >=, 0);
  g_assert_cmpint (iso_set_local_charset ((char *) "UTF-8", 0), ==, 1);
  iso_set_msgs_severities (never, never, (char *) "solco-test: ");
  g_assert_cmpint (iso_image_new ("TEST", &image), >=, 0);
  build (image, tree);
  if (extra_file_bytes > 0)
    add_file (image, iso_image_get_root (image), "SHA256SUMS", extra_file_bytes, 0, 1);

  g_assert_cmpint (iso_write_opts_new (&options, 0), >=, 0);
  g_assert_cmpint (iso_write_opts_set_iso_level (options, 3), >=, 0);
  g_assert_cmpint (iso_write_opts_set_rockridge (options, 1), >=, 0);
  g_assert_cmpint (iso_write_opts_set_joliet (options, 1), >=, 0);
  g_assert_cmpint (iso_write_opts_set_joliet_long_names (options, 1), >=, 0);
  g_assert_cmpint (iso_write_opts_set_aaip (options, 1), >=, 0);
  g_assert_cmpint (iso_write_opts_set_hardlinks (options, 1), >=, 0);
  g_assert_cmpint (iso_write_opts_set_allow_deep_paths (options, 1), >=, 0);
  g_assert_cmpint (iso_write_opts_set_allow_longer_paths (options, 1), >=, 0);
  g_assert_cmpint (iso_write_opts_set_dir_rec_mtime (options, 7), >=, 0);
  g_assert_cmpint (iso_write_opts_set_record_md5 (options, 1, file_md5 ? 1 : 0), >=, 0);
  g_assert_cmpint (iso_write_opts_set_sort_files (options, 1), >=, 0);
  g_assert_cmpint (iso_write_opts_set_output_charset (options, (char *) "UTF-8"), >=, 0);
  g_assert_cmpint (iso_image_create_burn_source (image, options, &source), >=, 0);
  blocks = source->get_size (source) / 2048;
  source->cancel (source);
  source->free_data (source);
  free (source);
  iso_write_opts_free (options);
  iso_image_unref (image);
  iso_finish ();
  return blocks;
}
