/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-verify-private.h"

#include <openssl/evp.h>
#include <string.h>

#include "solco-error.h"
#include "solco-volume-private.h"

#define CHUNK_BLOCKS 256
#define TAG_MAGIC "libisofs_"
#define TAG_SESSION 1
#define TAG_SUPERBLOCK 2
#define TAG_TREE 3

/* One run of blocks that files lie in. */
typedef struct
{
  guint32 index;
  gint64 block;
  guint64 size_bytes;
} FileRun;

typedef struct
{
  const SolcoVerify *verify;
  SolcoVerifyTags *tags;
  SolcoVerifyFileFunc func;
  gpointer user_data;
  gint64 start_block;

  /* All blocks of the session so far. libisofs's function is Solco's own, which digests in a thread
   * beside the reading and the digests of the files. */
  void *stream_md5;
  gboolean stream_is_good;
  gboolean reached_tree;

  GArray *runs; /* FileRun, in order */
  guint next_run;
  EVP_MD_CTX *file_digest;
  gboolean is_in_file;
  gboolean is_md5;
  guint64 file_done_bytes;
  gint64 file_bad_block;
} Pass;

static int
compare_runs (gconstpointer a, gconstpointer b)
{
  const FileRun *x = a;
  const FileRun *y = b;

  if (x->block != y->block)
    return x->block < y->block ? -1 : 1;
  return x->index < y->index ? -1 : x->index > y->index ? 1 : 0;
}

static gint64
get_run_end (const FileRun *run)
{
  return run->block
         + (gint64) ((run->size_bytes + SOLCO_BLOCK_BYTES - 1) / SOLCO_BLOCK_BYTES);
}

/* Only files of 4 GiB and more have several extents, which lie behind each other on everything that
 * libisofs and mkisofs write. */
static gboolean
lies_in_one_run (Pass *pass, const FileRun *run)
{
  g_autoptr (GArray) extents = NULL;
  gint64 next_block = run->block;

  if (run->size_bytes <= G_MAXUINT32)
    return TRUE;
  extents = solco_iso_import_dup_extents (pass->verify->import, run->index, NULL);
  if (extents == NULL)
    return FALSE;
  for (guint i = 0; i < extents->len; i++)
    {
      const SolcoExtent *extent = &g_array_index (extents, SolcoExtent, i);

      if (extent->block != next_block)
        return FALSE;
      next_block += (gint64) ((extent->size_bytes + SOLCO_BLOCK_BYTES - 1) / SOLCO_BLOCK_BYTES);
    }
  return TRUE;
}

/* The files of the session, in the order of their blocks. Those that do not lie in one run of the
 * session, or overlap with another, stay in @wanted for the caller. */
static void
collect_runs (Pass *pass, guint8 *wanted, gint64 end_block)
{
  const SolcoTreeNode *nodes = solco_tree_get_nodes (pass->verify->import->tree, NULL);
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (FileRun));
  const FileRun *last = NULL;

  for (guint32 i = 0; i < pass->verify->import->n_nodes; i++)
    {
      FileRun run = { .index = i, .block = nodes[i].start_block,
                      .size_bytes = nodes[i].size_bytes };

      if (wanted[i] && run.block >= pass->start_block && get_run_end (&run) <= end_block
          && lies_in_one_run (pass, &run))
        g_array_append_val (all, run);
    }
  g_array_sort (all, compare_runs);
  for (guint i = 0; i < all->len; i++)
    {
      const FileRun *run = &g_array_index (all, FileRun, i);

      if (last != NULL && run->block < get_run_end (last)
          && (run->block != last->block || run->size_bytes != last->size_bytes))
        continue;
      last = run;
      wanted[run->index] = FALSE;
      g_array_append_vals (pass->runs, run, 1);
    }
}

/* A block that is a tag says what all before it must be. */
static void
check_tag (Pass *pass, gint64 block, const guint8 *data)
{
  int tag_type = 0;
  uint32_t position;
  uint32_t range_start;
  uint32_t range_size;
  uint32_t next_tag;
  char expected[16];
  char actual[16];
  void *copy = NULL;

  if (memcmp (data, TAG_MAGIC, strlen (TAG_MAGIC)) != 0)
    return;
  if (iso_util_decode_md5_tag ((char *) data, &tag_type, &position, &range_start, &range_size,
                               &next_tag, expected, 0)
          != 1
      || position != block || range_start != pass->start_block
      || (tag_type != TAG_SESSION && tag_type != TAG_SUPERBLOCK && tag_type != TAG_TREE))
    return;
  if (iso_md5_clone (pass->stream_md5, &copy) != 1 || iso_md5_end (&copy, actual) != 1
      || !pass->stream_is_good || !iso_md5_match (actual, expected))
    {
      pass->tags->n_bad_tags++;
      solco_task_log (solco_drive_get_task (pass->verify->drive),
                      "Checksum tag of type %d at block %" G_GINT64_FORMAT " does not match",
                      tag_type, block);
    }
  else if (tag_type == TAG_SESSION)
    pass->tags->has_session_tag = TRUE;
  else if (tag_type == TAG_TREE)
    pass->tags->has_tree_tag = TRUE;
  if (tag_type == TAG_TREE)
    pass->reached_tree = TRUE;
}

static void
update_stream (Pass *pass, const guint8 *data, guint from, guint to)
{
  if (iso_md5_compute (pass->stream_md5, (char *) data + (gsize) from * SOLCO_BLOCK_BYTES,
                       (int) ((to - from) * SOLCO_BLOCK_BYTES))
      != 1)
    pass->stream_is_good = FALSE;
}

static void
feed_tags (Pass *pass, gint64 block, const guint8 *data, guint n_blocks)
{
  guint from = 0;

  for (guint i = 0; i < n_blocks; i++)
    if (data[(gsize) i * SOLCO_BLOCK_BYTES] == (guint8) TAG_MAGIC[0])
      {
        update_stream (pass, data, from, i);
        from = i;
        check_tag (pass, block + i, data + (gsize) i * SOLCO_BLOCK_BYTES);
      }
  update_stream (pass, data, from, n_blocks);
}

static void
begin_file (Pass *pass, const FileRun *run)
{
  guint8 md5[16];

  pass->is_in_file = TRUE;
  pass->file_done_bytes = 0;
  pass->file_bad_block = -1;
  pass->is_md5 = (pass->verify->digests == NULL
                  || solco_digests_get (pass->verify->digests, run->index) == NULL)
                 && solco_iso_import_get_md5 (pass->verify->import, run->index, md5);
  (void) EVP_DigestInit_ex (pass->file_digest, pass->is_md5 ? EVP_md5 () : EVP_sha256 (), NULL);
}

/* The run ended; all files that share it are told. */
static void
end_file (Pass *pass)
{
  FileRun first = g_array_index (pass->runs, FileRun, pass->next_run);
  guint8 digest[EVP_MAX_MD_SIZE];
  unsigned int length = 0;

  (void) EVP_DigestFinal_ex (pass->file_digest, digest, &length);
  pass->is_in_file = FALSE;
  while (pass->next_run < pass->runs->len)
    {
      const FileRun *run = &g_array_index (pass->runs, FileRun, pass->next_run);

      if (run->block != first.block || run->size_bytes != first.size_bytes)
        break;
      pass->func (run->index, pass->file_bad_block < 0 ? digest : NULL, pass->is_md5,
                  pass->file_bad_block, pass->user_data);
      pass->next_run++;
    }
}

/* @data NULL: the block cannot be read. */
static void
feed_files (Pass *pass, gint64 block, const guint8 *data, guint n_blocks)
{
  gint64 end_block = block + n_blocks;

  while (pass->next_run < pass->runs->len)
    {
      const FileRun *run = &g_array_index (pass->runs, FileRun, pass->next_run);
      gint64 position = run->block + (gint64) (pass->file_done_bytes / SOLCO_BLOCK_BYTES);
      guint64 bytes;

      if (!pass->is_in_file)
        {
          if (run->block >= end_block)
            return;
          begin_file (pass, run);
          position = run->block;
        }
      bytes = MIN (run->size_bytes - pass->file_done_bytes,
                   (guint64) (end_block - position) * SOLCO_BLOCK_BYTES);
      if (data != NULL)
        (void) EVP_DigestUpdate (pass->file_digest,
                                 data + (gsize) (position - block) * SOLCO_BLOCK_BYTES, bytes);
      else if (pass->file_bad_block < 0)
        pass->file_bad_block = position;
      pass->file_done_bytes += bytes;
      if (pass->file_done_bytes < run->size_bytes)
        return;
      end_file (pass);
      pass->file_done_bytes = 0;
    }
}

static void
feed (Pass *pass, gint64 block, const guint8 *data, guint n_blocks)
{
  if (data != NULL)
    feed_tags (pass, block, data, n_blocks);
  else
    pass->stream_is_good = FALSE;
  feed_files (pass, block, data, n_blocks);
}

/* A piece that cannot be read is read block by block, so that only what is bad counts as bad. */
static gboolean
feed_piece_by_piece (Pass *pass, gint64 block, guint8 *buffer, guint n_blocks, GError **error)
{
  SolcoTask *task = solco_drive_get_task (pass->verify->drive);

  for (guint i = 0; i < n_blocks; i++)
    {
      g_autoptr (GError) reason = NULL;

      if (!solco_task_check_cancelled (task, error))
        return FALSE;
      if (solco_drive_read (pass->verify->drive, block + i, 1, buffer, &reason))
        feed (pass, block + i, buffer, 1);
      else if (!solco_drive_check_present (pass->verify->drive, error))
        return FALSE;
      else
        {
          if (pass->tags->n_unreadable_blocks++ == 0)
            solco_task_log (task, "%s", reason->message);
          feed (pass, block + i, NULL, 1);
        }
      solco_task_add_done_bytes (task, SOLCO_BLOCK_BYTES);
    }
  return TRUE;
}

static gboolean
run_pass (Pass *pass, gint64 end_block, gboolean stop_at_tree, GError **error)
{
  SolcoTask *task = solco_drive_get_task (pass->verify->drive);
  g_autofree guint8 *buffer = g_malloc (CHUNK_BLOCKS * SOLCO_BLOCK_BYTES);
  gint64 block = pass->start_block;

  while (block < end_block && !(stop_at_tree && pass->reached_tree))
    {
      guint n_blocks = (guint) MIN (CHUNK_BLOCKS, end_block - block);

      if (!solco_task_check_cancelled (task, error))
        return FALSE;
      if (solco_drive_read (pass->verify->drive, block, n_blocks, buffer, NULL))
        {
          feed (pass, block, buffer, n_blocks);
          solco_task_add_done_bytes (task, (guint64) n_blocks * SOLCO_BLOCK_BYTES);
        }
      else if (!feed_piece_by_piece (pass, block, buffer, n_blocks, error))
        return FALSE;
      block += n_blocks;
    }
  return TRUE;
}

/* Where the session's file system ends: behind it there is only padding. */
static gint64
get_end_block (const SolcoVerify *verify, const SolcoSession *session)
{
  g_autoptr (SolcoVolume) volume = NULL;
  SolcoVolumeKind kind;

  if (solco_volume_read (verify->drive, session->start_block, &kind, &volume, NULL)
      && volume != NULL && volume->size_blocks > 0)
    return session->start_block + MIN (volume->size_blocks, session->size_blocks);
  return session->start_block + session->size_blocks;
}

gboolean
solco_verify_pass_run (const SolcoVerify *verify, const SolcoSession *session,
                       guint8 *wanted, gboolean stop_at_tree, SolcoVerifyTags *tags,
                       SolcoVerifyFileFunc func, gpointer user_data, GError **error)
{
  gint64 end_block = get_end_block (verify, session);
  Pass pass = {
    .verify = verify,
    .tags = tags,
    .func = func,
    .user_data = user_data,
    .start_block = session->start_block,
    .stream_is_good = TRUE,
    .runs = g_array_new (FALSE, FALSE, sizeof (FileRun)),
    .file_digest = EVP_MD_CTX_new (),
  };
  char unused[16];
  gboolean result;

  *tags = (SolcoVerifyTags){ 0 };
  result = iso_md5_start (&pass.stream_md5) == 1;
  if (!result)
    g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_INTERNAL, "MD5 is not available");
  collect_runs (&pass, wanted, end_block);
  result = result && run_pass (&pass, end_block, stop_at_tree, error);
  if (pass.stream_md5 != NULL)
    (void) iso_md5_end (&pass.stream_md5, unused);
  EVP_MD_CTX_free (pass.file_digest);
  g_array_unref (pass.runs);
  return result;
}
