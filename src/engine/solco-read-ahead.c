/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-read-ahead-private.h"

#include <openssl/evp.h>

#include "solco-write-order-private.h"

#define SMALL_BYTES (64 * 1024)

/* More do not help: they would wait for the thread that makes the blocks. */
#define MAX_THREADS 2
/* What a thread reads at a time: handing it over costs next to nothing then, and all batches together
 * stay in the processor's cache. */
#define BATCH_FILES 32
#define BATCH_BYTES (256 * 1024)
/* One that is taken from, and one more than the threads are at. */
#define N_BATCHES (MAX_THREADS + 2)

/* Where the order is guessed wrong this often, and more often than right, reading ahead does harm. */
#define MAX_MISSES 64

typedef struct
{
  guint n_files;
  guint n_seeks; /* when it was begun */
  gboolean is_read;
  guint32 indices[BATCH_FILES];
  SolcoSmallFile files[BATCH_FILES];
  guint8 data[BATCH_BYTES];
} Batch;

/* What one thread needs to read files. */
typedef struct
{
  SolcoSourceFolder folder;
  EVP_MD_CTX *digest; /* NULL: none are wanted */
} Reader;

struct _SolcoReadAhead
{
  SolcoTree *tree;
  const SolcoTreeNode *nodes;
  gboolean with_digests;
  GThread *threads[MAX_THREADS];
  guint n_threads;

  GMutex lock;
  GCond changed;
  /* Under the lock: */
  SolcoWriteOrder *order;
  GQueue spare;   /* of Batch */
  GQueue ordered; /* of Batch: those that are read, and those that are being read */
  guint n_seeks;
  gboolean is_at_end;
  gboolean is_ending;

  /* Of who takes: */
  Batch *batch;
  guint position; /* of the next file in it */
  guint n_hits;
  guint n_misses;
  Reader own_reader;
  SolcoSmallFile own_file; /* that was not read ahead */
  guint8 own_data[SMALL_BYTES];
};

/* @data: room for the file. */
static void
read_file (SolcoReadAhead *self, guint32 index, Reader *reader, SolcoSmallFile *file, guint8 *data)
{
  unsigned int length;

  file->n_bytes = (gsize) self->nodes[index].size_bytes;
  file->data = data;
  solco_source_file_open (&file->source, self->tree, index, &reader->folder);
  solco_source_file_read (&file->source, 0, data, file->n_bytes);
  solco_source_file_close (&file->source, TRUE);
  file->has_digest = reader->digest != NULL
                     && EVP_DigestInit_ex (reader->digest, EVP_sha256 (), NULL) == 1
                     && EVP_DigestUpdate (reader->digest, data, file->n_bytes) == 1
                     && EVP_DigestFinal_ex (reader->digest, file->digest, &length) == 1;
}

static void
reader_init (Reader *reader, gboolean with_digests)
{
  reader->folder = (SolcoSourceFolder){ NULL, -1 };
  reader->digest = with_digests ? EVP_MD_CTX_new () : NULL;
}

static void
reader_clear (Reader *reader)
{
  solco_source_folder_clear (&reader->folder);
  EVP_MD_CTX_free (reader->digest);
}

/* Only what is_read. */
static void
batch_free (gpointer data)
{
  Batch *batch = data;

  for (guint i = 0; i < batch->n_files; i++)
    solco_source_file_clear (&batch->files[i].source);
  g_free (batch);
}

static void
make_spare (SolcoReadAhead *self, Batch *batch)
{
  for (guint i = 0; i < batch->n_files; i++)
    solco_source_file_clear (&batch->files[i].source);
  batch->n_files = 0;
  g_queue_push_tail (&self->spare, batch);
}

/* Which files the batch will hold. Returns: whether there are more. */
static gboolean
choose_files (SolcoReadAhead *self, Batch *batch)
{
  gsize n_bytes = 0;

  batch->n_files = 0;
  batch->n_seeks = self->n_seeks;
  batch->is_read = FALSE;
  while (batch->n_files < BATCH_FILES && n_bytes + SMALL_BYTES <= BATCH_BYTES)
    {
      guint32 index = solco_write_order_next (self->order);

      if (index == SOLCO_TREE_NONE)
        return FALSE;
      if (self->nodes[index].disc_index != SOLCO_TREE_NONE || self->nodes[index].size_bytes == 0
          || !solco_read_ahead_is_small (self, index))
        continue;
      batch->indices[batch->n_files++] = index;
      n_bytes += (gsize) self->nodes[index].size_bytes;
    }
  return TRUE;
}

static void
read_batch (SolcoReadAhead *self, Batch *batch, Reader *reader)
{
  guint8 *data = batch->data;

  for (guint i = 0; i < batch->n_files; i++)
    {
      read_file (self, batch->indices[i], reader, &batch->files[i], data);
      data += batch->files[i].n_bytes;
    }
}

static gpointer
read_thread (gpointer user_data)
{
  SolcoReadAhead *self = user_data;
  Reader reader;

  reader_init (&reader, self->with_digests);
  g_mutex_lock (&self->lock);
  while (!self->is_ending)
    {
      Batch *batch;

      if (self->is_at_end || self->spare.length == 0)
        {
          g_cond_wait (&self->changed, &self->lock);
          continue;
        }
      batch = g_queue_pop_head (&self->spare);
      self->is_at_end = !choose_files (self, batch);
      g_queue_push_tail (&self->ordered, batch);
      g_mutex_unlock (&self->lock);
      read_batch (self, batch, &reader);
      g_mutex_lock (&self->lock);
      batch->is_read = TRUE;
      /* A seek has left it to its thread. */
      if (batch->n_seeks != self->n_seeks)
        make_spare (self, batch);
      g_cond_broadcast (&self->changed);
    }
  g_mutex_unlock (&self->lock);
  reader_clear (&reader);
  return NULL;
}

SolcoReadAhead *
solco_read_ahead_new (SolcoTree *tree, gboolean with_digests)
{
  SolcoReadAhead *self = g_new0 (SolcoReadAhead, 1);

  self->tree = solco_tree_ref (tree);
  self->nodes = solco_tree_get_nodes (tree, NULL);
  self->with_digests = with_digests;
  reader_init (&self->own_reader, with_digests);
  self->own_file.source.fd = -1;
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  g_queue_init (&self->spare);
  g_queue_init (&self->ordered);
  return self;
}

static void
end_threads (SolcoReadAhead *self)
{
  g_mutex_lock (&self->lock);
  self->is_ending = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  while (self->n_threads > 0)
    g_thread_join (self->threads[--self->n_threads]);
  g_clear_pointer (&self->batch, batch_free);
  g_queue_clear_full (&self->ordered, batch_free);
  g_queue_clear_full (&self->spare, batch_free);
  g_clear_pointer (&self->order, solco_write_order_free);
}

void
solco_read_ahead_free (SolcoReadAhead *self)
{
  if (self == NULL)
    return;
  end_threads (self);
  solco_source_file_clear (&self->own_file.source);
  reader_clear (&self->own_reader);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  solco_tree_unref (self->tree);
  g_free (self);
}

gboolean
solco_read_ahead_is_small (SolcoReadAhead *self, guint32 index)
{
  return self->nodes[index].size_bytes <= SMALL_BYTES;
}

/* The file in the batch, behind the last one. What lies between nobody wants any more: libisofs reads a
 * file with several names once. */
static const SolcoSmallFile *
find_in_batch (SolcoReadAhead *self, guint32 index)
{
  if (self->batch == NULL)
    return NULL;
  for (guint i = self->position; i < self->batch->n_files; i++)
    if (self->batch->files[i].source.index == index)
      {
        self->position = i + 1;
        return &self->batch->files[i];
      }
  return NULL;
}

/* The next batch, where the last one was used up; none behind the last file. */
static void
next_batch (SolcoReadAhead *self)
{
  g_mutex_lock (&self->lock);
  if (self->batch != NULL)
    {
      make_spare (self, g_steal_pointer (&self->batch));
      g_cond_broadcast (&self->changed);
    }
  while (self->ordered.length > 0 ? !((Batch *) g_queue_peek_head (&self->ordered))->is_read
                                  : !self->is_at_end)
    g_cond_wait (&self->changed, &self->lock);
  self->batch = g_queue_pop_head (&self->ordered);
  self->position = 0;
  g_mutex_unlock (&self->lock);
}

/* Goes on behind @index; all that was read is for nothing. */
static void
seek (SolcoReadAhead *self, guint32 index)
{
  Batch *batch;

  g_mutex_lock (&self->lock);
  if (self->batch != NULL)
    make_spare (self, g_steal_pointer (&self->batch));
  while ((batch = g_queue_pop_head (&self->ordered)) != NULL)
    if (batch->is_read)
      make_spare (self, batch);
  solco_write_order_seek (self->order, index);
  self->n_seeks++;
  self->is_at_end = FALSE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

/* Begins behind @index. Where there are no threads to be had, all files are read when they are taken. */
static void
start_threads (SolcoReadAhead *self, guint32 index)
{
  /* One processor is for those who make and write the blocks. */
  const guint n_threads = CLAMP (g_get_num_processors () - 1, 1, MAX_THREADS);

  self->order = solco_write_order_new (self->tree);
  solco_write_order_seek (self->order, index);
  for (guint i = 0; i < N_BATCHES; i++)
    {
      Batch *batch = g_new (Batch, 1);

      batch->n_files = 0;
      g_queue_push_tail (&self->spare, batch);
    }
  while (self->n_threads < n_threads)
    {
      GThread *thread = g_thread_try_new ("solco-read-ahead", read_thread, self, NULL);

      if (thread == NULL)
        break;
      self->threads[self->n_threads++] = thread;
    }
}

static const SolcoSmallFile *
find_read (SolcoReadAhead *self, guint32 index)
{
  const SolcoSmallFile *file = find_in_batch (self, index);

  if (file == NULL && (self->batch == NULL || self->position == self->batch->n_files))
    {
      next_batch (self);
      file = find_in_batch (self, index);
    }
  if (file != NULL)
    {
      self->n_hits++;
      return file;
    }
  self->n_misses++;
  if (self->n_misses > MAX_MISSES && self->n_misses > self->n_hits)
    end_threads (self);
  else
    seek (self, index);
  return NULL;
}

const SolcoSmallFile *
solco_read_ahead_take (SolcoReadAhead *self, guint32 index)
{
  const SolcoSmallFile *file = NULL;

  /* Nothing is to be read of an empty one. */
  if (self->nodes[index].size_bytes > 0)
    {
      if (self->n_threads > 0)
        file = find_read (self, index);
      else if (self->n_misses++ == 0)
        start_threads (self, index);
    }
  if (file != NULL)
    return file;
  solco_source_file_clear (&self->own_file.source);
  read_file (self, index, &self->own_reader, &self->own_file, self->own_data);
  return &self->own_file;
}
