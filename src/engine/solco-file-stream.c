/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-file-stream-private.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <string.h>

#include "solco-manifest-private.h"
#include "solco-read-ahead-private.h"
#include "solco-source-file-private.h"

/* Large enough that the system call and the digest's set-up do not count, small enough for the
 * cache. */
#define BUFFER_BYTES (256 * 1024)
#define MANIFEST_PIECE_BYTES (64 * 1024)

/* libisofs keeps file identities of its own below this, so ours never meet them. */
#define FILE_SYSTEM_ID 6
#define MANIFEST_FILE_SYSTEM_ID 7

struct _SolcoFileStreams
{
  SolcoTree *tree;
  const SolcoTreeNode *nodes;
  SolcoDigests *digests;
  SolcoTask *task;
  guint64 n_files;
  guint64 n_bytes;

  SolcoReadAhead *read_ahead;

  /* Of the one stream that is open: */
  guint32 index;
  guint64 position_bytes; /* read from the source, by blocks of the buffer */
  const SolcoSmallFile *small; /* NULL: it is not small */
  SolcoSourceFile source;
  SolcoSourceFolder folder;
  guint8 *buffer;
  gsize buffer_used;
  gsize buffer_position;
  EVP_MD_CTX *digest;

  /* Some lines of the manifest, which is read once from its start to its end. */
  GString *manifest;
  gsize manifest_position;
  guint32 manifest_index; /* of the next line */
  const guint8 *manifest_is_listed;
  guint64 manifest_size_bytes;
};

/* What a stream knows of itself; small, since there is one for each file. */
typedef struct
{
  SolcoFileStreams *streams;
  guint32 index;
} StreamData;

SolcoFileStreams *
solco_file_streams_new (SolcoTree *tree, SolcoDigests *digests, SolcoTask *task)
{
  SolcoFileStreams *self = g_new0 (SolcoFileStreams, 1);

  self->tree = solco_tree_ref (tree);
  self->nodes = solco_tree_get_nodes (tree, NULL);
  self->digests = digests != NULL ? solco_digests_ref (digests) : NULL;
  self->task = solco_task_ref (task);
  self->read_ahead = solco_read_ahead_new (tree, digests != NULL);
  self->source.fd = -1;
  self->folder = (SolcoSourceFolder){ NULL, -1 };
  self->buffer = g_malloc (BUFFER_BYTES);
  if (digests != NULL)
    self->digest = EVP_MD_CTX_new ();
  return self;
}

void
solco_file_streams_free (SolcoFileStreams *self)
{
  if (self == NULL)
    return;
  solco_read_ahead_free (self->read_ahead);
  solco_source_file_clear (&self->source);
  solco_source_folder_clear (&self->folder);
  if (self->manifest != NULL)
    g_string_free (self->manifest, TRUE);
  EVP_MD_CTX_free (self->digest);
  g_clear_pointer (&self->digests, solco_digests_unref);
  g_free (self->buffer);
  solco_tree_unref (self->tree);
  solco_task_unref (self->task);
  g_free (self);
}

guint64
solco_file_streams_get_n_files (SolcoFileStreams *self)
{
  return self->n_files;
}

guint64
solco_file_streams_get_n_bytes (SolcoFileStreams *self)
{
  return self->n_bytes;
}

static int
file_stream_open (IsoStream *stream)
{
  StreamData *data = stream->data;
  SolcoFileStreams *self = data->streams;
  const guint64 size_bytes = self->nodes[data->index].size_bytes;

  self->index = data->index;
  self->position_bytes = 0;
  self->buffer_used = 0;
  self->buffer_position = 0;
  self->n_files++;
  self->n_bytes += size_bytes;
  if (solco_read_ahead_is_small (self->read_ahead, self->index))
    {
      self->small = solco_read_ahead_take (self->read_ahead, self->index);
      return ISO_SUCCESS;
    }
  if (self->digest != NULL && EVP_DigestInit_ex (self->digest, EVP_sha256 (), NULL) != 1)
    return ISO_OUT_OF_MEM;
  solco_source_file_open (&self->source, self->tree, self->index, &self->folder);
  if (self->source.fd >= 0)
    (void) posix_fadvise (self->source.fd, 0, 0, POSIX_FADV_SEQUENTIAL);
  return ISO_SUCCESS;
}

/* Fills the buffer with the next piece of a large file. */
static void
fill_buffer (SolcoFileStreams *self)
{
  const SolcoTreeNode *node = &self->nodes[self->index];
  gsize wanted = (gsize) MIN (BUFFER_BYTES, node->size_bytes - self->position_bytes);

  solco_source_file_read (&self->source, self->position_bytes, self->buffer, wanted);
  self->buffer_used = wanted;
  self->buffer_position = 0;
  self->position_bytes += wanted;
  if (self->digest != NULL)
    (void) EVP_DigestUpdate (self->digest, self->buffer, wanted);
}

static int
read_small (SolcoFileStreams *self, void *buffer, size_t count)
{
  gsize part = MIN (count, self->small->n_bytes - (gsize) self->position_bytes);

  memcpy (buffer, self->small->data + self->position_bytes, part);
  self->position_bytes += part;
  return (int) part;
}

static int
file_stream_read (IsoStream *stream, void *buffer, size_t count)
{
  StreamData *data = stream->data;
  SolcoFileStreams *self = data->streams;
  const SolcoTreeNode *node = &self->nodes[data->index];
  size_t done = 0;

  if (self->small != NULL)
    return read_small (self, buffer, count);
  while (done < count)
    {
      size_t part;

      if (self->buffer_position == self->buffer_used)
        {
          if (self->position_bytes == node->size_bytes)
            break;
          fill_buffer (self);
        }
      part = MIN (count - done, self->buffer_used - self->buffer_position);
      memcpy ((guint8 *) buffer + done, self->buffer + self->buffer_position, part);
      self->buffer_position += part;
      done += part;
    }
  return (int) done;
}

static void
store_digest (SolcoFileStreams *self)
{
  guint8 digest[EVP_MAX_MD_SIZE];
  unsigned int length = 0;

  if (EVP_DigestFinal_ex (self->digest, digest, &length) == 1 && length == SOLCO_SHA256_BYTES)
    solco_digests_set (self->digests, self->index, digest);
}

static int
file_stream_close (IsoStream *stream)
{
  StreamData *data = stream->data;
  SolcoFileStreams *self = data->streams;
  gboolean is_complete = self->position_bytes == self->nodes[data->index].size_bytes;

  if (self->small != NULL)
    {
      if (self->small->has_digest)
        solco_digests_set (self->digests, self->index, self->small->digest);
      solco_source_file_report (&self->small->source, self->task);
      self->small = NULL;
      return ISO_SUCCESS;
    }
  if (self->digest != NULL && is_complete)
    store_digest (self);
  solco_source_file_close (&self->source, is_complete);
  solco_source_file_report (&self->source, self->task);
  solco_source_file_clear (&self->source);
  return ISO_SUCCESS;
}

static off_t
file_stream_get_size (IsoStream *stream)
{
  StreamData *data = stream->data;

  return (off_t) data->streams->nodes[data->index].size_bytes;
}

static int
file_stream_is_repeatable (IsoStream *stream)
{
  return 1;
}

/* Files with the same identity are written once: hard links share their extent. */
static void
file_stream_get_id (IsoStream *stream, unsigned int *fs_id, dev_t *dev_id, ino_t *ino_id)
{
  StreamData *data = stream->data;
  const SolcoTreeSource *source = data->streams->nodes[data->index].source;

  *fs_id = FILE_SYSTEM_ID;
  *dev_id = source != NULL ? (dev_t) source->device : 0;
  *ino_id = source != NULL ? (ino_t) source->inode : 0;
}

static void
stream_free (IsoStream *stream)
{
  g_free (stream->data);
}

static int
stream_update_size (IsoStream *stream)
{
  /* The plan is frozen: what became of the source since then shows when it is read. */
  return 1;
}

static IsoStream *
stream_get_input_stream (IsoStream *stream, int flag)
{
  return NULL;
}

static IsoStreamIface file_stream_class = {
  .version = 2,
  .type = "user",
  .open = file_stream_open,
  .close = file_stream_close,
  .get_size = file_stream_get_size,
  .read = file_stream_read,
  .is_repeatable = file_stream_is_repeatable,
  .get_id = file_stream_get_id,
  .free = stream_free,
  .update_size = stream_update_size,
  .get_input_stream = stream_get_input_stream,
};

static int
manifest_stream_open (IsoStream *stream)
{
  StreamData *data = stream->data;
  SolcoFileStreams *self = data->streams;

  solco_digests_share_hard_links (self->digests);
  self->manifest = g_string_sized_new (2 * MANIFEST_PIECE_BYTES);
  self->manifest_position = 0;
  self->manifest_index = 0;
  return ISO_SUCCESS;
}

static int
manifest_stream_close (IsoStream *stream)
{
  StreamData *data = stream->data;

  g_string_free (data->streams->manifest, TRUE);
  data->streams->manifest = NULL;
  return ISO_SUCCESS;
}

static off_t
manifest_stream_get_size (IsoStream *stream)
{
  StreamData *data = stream->data;

  return (off_t) data->streams->manifest_size_bytes;
}

static int
manifest_stream_read (IsoStream *stream, void *buffer, size_t count)
{
  StreamData *data = stream->data;
  SolcoFileStreams *self = data->streams;
  size_t done = 0;

  while (done < count)
    {
      size_t part;

      if (self->manifest_position == self->manifest->len)
        {
          g_string_truncate (self->manifest, 0);
          self->manifest_position = 0;
          self->manifest_index = solco_manifest_append_lines (
              self->manifest, self->digests, self->manifest_is_listed, self->manifest_index,
              MANIFEST_PIECE_BYTES);
          if (self->manifest->len == 0)
            break;
        }
      part = MIN (count - done, self->manifest->len - self->manifest_position);
      memcpy ((guint8 *) buffer + done, self->manifest->str + self->manifest_position, part);
      self->manifest_position += part;
      done += part;
    }
  return (int) done;
}

static void
manifest_stream_get_id (IsoStream *stream, unsigned int *fs_id, dev_t *dev_id, ino_t *ino_id)
{
  *fs_id = MANIFEST_FILE_SYSTEM_ID;
  *dev_id = 1;
  *ino_id = 1;
}

static IsoStreamIface manifest_stream_class = {
  .version = 2,
  .type = "user",
  .open = manifest_stream_open,
  .close = manifest_stream_close,
  .get_size = manifest_stream_get_size,
  .read = manifest_stream_read,
  .is_repeatable = file_stream_is_repeatable,
  .get_id = manifest_stream_get_id,
  .free = stream_free,
  .update_size = stream_update_size,
  .get_input_stream = stream_get_input_stream,
};

static IsoStream *
make_stream (SolcoFileStreams *self, IsoStreamIface *iface, guint32 index)
{
  /* libisofs disposes of streams with free(). */
  IsoStream *stream = calloc (1, sizeof (IsoStream));
  StreamData *data;

  if (stream == NULL)
    return NULL;
  data = g_new (StreamData, 1);
  data->streams = self;
  data->index = index;
  stream->class = iface;
  stream->refcount = 1;
  stream->data = data;
  return stream;
}

IsoStream *
solco_file_streams_make (SolcoFileStreams *self, guint32 index)
{
  return make_stream (self, &file_stream_class, index);
}

IsoStream *
solco_file_streams_make_manifest (SolcoFileStreams *self, const guint8 *is_listed)
{
  self->manifest_is_listed = is_listed;
  self->manifest_size_bytes = solco_manifest_get_size_bytes (self->tree, is_listed);
  return make_stream (self, &manifest_stream_class, SOLCO_TREE_NONE);
}
