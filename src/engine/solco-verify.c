/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-verify-private.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "solco-checksum-private.h"
#include "solco-error.h"

/* A quick verification reads this much of the files at the most, and always the first and the
 * last of them. */
#define SAMPLE_BYTES (64 * 1024 * 1024)
#define SAMPLE_FILES 64
#define READ_BYTES (1024 * 1024)

typedef struct
{
  const SolcoVerify *verify;
  SolcoTask *task;
  SolcoResult *result;
  guint64 n_different;
  guint64 n_unreadable;
  guint64 n_unchecked;
  SolcoTree *originals;
  const guint32 *original_of;
} Run;

static void
report (Run *run, SolcoProblemKind kind, guint32 index, const char *detail)
{
  g_autofree char *path = solco_tree_dup_path (run->verify->import->tree, index);

  solco_task_problem (run->task, kind, path, detail, 0);
}

/* One file was read: compare it with what is known of it. */
static void
on_file (guint32 index, const guint8 *digest, gboolean is_md5, gint64 bad_block,
         gpointer user_data)
{
  Run *run = user_data;
  const SolcoTreeNode *node = &solco_tree_get_nodes (run->verify->import->tree, NULL)[index];
  const guint8 *expected
      = run->verify->digests != NULL ? solco_digests_get (run->verify->digests, index) : NULL;
  guint8 md5[16];

  if (digest == NULL)
    {
      g_autofree char *detail = g_strdup_printf ("block %" G_GINT64_FORMAT, bad_block);

      run->n_unreadable++;
      report (run, SOLCO_PROBLEM_BLOCK_UNREADABLE, index, detail);
      return;
    }
  run->result->n_files++;
  run->result->n_bytes += node->size_bytes;
  if (is_md5 && solco_iso_import_get_md5 (run->verify->import, index, md5))
    {
      if (memcmp (md5, digest, sizeof md5) == 0)
        return;
    }
  else if (expected == NULL)
    {
      if (index != run->verify->manifest)
        run->n_unchecked++;
      return;
    }
  else if (memcmp (expected, digest, SOLCO_SHA256_BYTES) == 0)
    return;
  run->n_different++;
  report (run, SOLCO_PROBLEM_MISMATCH, index, NULL);
}

static gboolean
on_leftover (guint32 index, const guint8 *digest, const GError *reason, gpointer user_data)
{
  Run *run = user_data;

  if (reason == NULL)
    {
      on_file (index, digest, FALSE, -1, run);
      return TRUE;
    }
  run->n_unreadable++;
  report (run, SOLCO_PROBLEM_BLOCK_UNREADABLE, index, reason->message);
  return TRUE;
}

static gboolean
is_in_session (const SolcoVerify *verify, const SolcoTreeNode *node)
{
  if (node->kind != SOLCO_NODE_FILE || node->size_bytes == 0)
    return FALSE;
  for (guint i = 0; i < verify->n_sessions; i++)
    if (node->start_block >= verify->sessions[i].start_block
        && node->start_block < verify->sessions[i].start_block + verify->sessions[i].size_blocks)
      return TRUE;
  return FALSE;
}

static guint8 *
make_wanted (const SolcoVerify *verify)
{
  const SolcoTreeNode *nodes = solco_tree_get_nodes (verify->import->tree, NULL);
  guint8 *wanted = g_new0 (guint8, verify->import->n_nodes);

  for (guint32 i = 0; i < verify->import->n_nodes; i++)
    wanted[i] = is_in_session (verify, &nodes[i]);
  return wanted;
}

/* First and last by address, and between them about evenly spread ones, as long as the budget
 * lasts. */
static guint8 *
make_sample (const SolcoVerify *verify)
{
  const SolcoTreeNode *nodes = solco_tree_get_nodes (verify->import->tree, NULL);
  guint8 *wanted = g_new0 (guint8, verify->import->n_nodes);
  guint32 first = SOLCO_TREE_NONE;
  guint32 last = SOLCO_TREE_NONE;
  guint32 n_files = 0;
  guint64 budget_bytes = SAMPLE_BYTES;
  guint32 step;
  guint32 count = 0;

  for (guint32 i = 0; i < verify->import->n_nodes; i++)
    if (is_in_session (verify, &nodes[i]))
      {
        n_files++;
        if (first == SOLCO_TREE_NONE || nodes[i].start_block < nodes[first].start_block)
          first = i;
        if (last == SOLCO_TREE_NONE || nodes[i].start_block > nodes[last].start_block)
          last = i;
      }
  if (n_files == 0)
    return wanted;
  wanted[first] = TRUE;
  wanted[last] = TRUE;
  step = MAX (1, n_files / SAMPLE_FILES);
  for (guint32 i = 0; i < verify->import->n_nodes; i++)
    if (is_in_session (verify, &nodes[i]) && count++ % step == 0
        && nodes[i].size_bytes <= budget_bytes)
      {
        wanted[i] = TRUE;
        budget_bytes -= nodes[i].size_bytes;
      }
  return wanted;
}

/* The sessions whose blocks count. */
static guint64
get_total_bytes (const SolcoVerify *verify)
{
  guint64 blocks = 0;

  for (guint i = 0; i < verify->n_sessions; i++)
    blocks += (guint64) verify->sessions[i].size_blocks;
  return blocks * SOLCO_BLOCK_BYTES;
}

static gboolean
check_session (Run *run, const SolcoSession *session, guint8 *wanted, gboolean quick,
               gboolean *is_covered, GError **error)
{
  g_autofree guint8 *none = quick ? g_new0 (guint8, run->verify->import->n_nodes) : NULL;
  SolcoVerifyTags tags;

  if (!solco_verify_pass_run (run->verify, session, quick ? none : wanted, quick, &tags, on_file,
                              run, error))
    return FALSE;
  run->n_different += tags.n_bad_tags;
  if (tags.n_unreadable_blocks > 0)
    {
      g_autofree char *detail
          = g_strdup_printf ("%" G_GUINT64_FORMAT " blocks of session %u",
                             tags.n_unreadable_blocks, session->number);

      run->n_unreadable++;
      solco_task_problem (run->task, SOLCO_PROBLEM_BLOCK_UNREADABLE, "/", detail,
                          tags.n_unreadable_blocks * SOLCO_BLOCK_BYTES);
    }
  else if (tags.n_bad_tags > 0)
    {
      g_autofree char *detail = g_strdup_printf ("session %u", session->number);

      solco_task_problem (run->task, SOLCO_PROBLEM_MISMATCH, "/", detail, 0);
    }
  *is_covered = quick ? tags.has_tree_tag : tags.has_session_tag;
  return TRUE;
}

static gboolean
finish (Run *run, gboolean is_covered, GError **error)
{
  if (run->n_different > 0 || run->n_unreadable > 0)
    {
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_VERIFY_FAILED,
                   "%" G_GUINT64_FORMAT " differences, %" G_GUINT64_FORMAT " unreadable places",
                   run->n_different, run->n_unreadable);
      return FALSE;
    }
  run->result->is_verified = is_covered || run->n_unchecked == 0;
  if (!run->result->is_verified)
    solco_task_log (run->task, "%" G_GUINT64_FORMAT " files are readable, but have no checksum",
                    run->n_unchecked);
  return TRUE;
}

gboolean
solco_verify_run (const SolcoVerify *verify, SolcoVerifyMode mode, GError **error)
{
  gboolean quick = mode == SOLCO_VERIFY_QUICK;
  Run run = { .verify = verify,
              .task = solco_drive_get_task (verify->drive),
              .result = solco_task_get_result (solco_drive_get_task (verify->drive)) };
  g_autofree guint8 *wanted = quick ? make_sample (verify) : make_wanted (verify);
  /* The tree is in the newest of them. */
  guint first = quick ? verify->n_sessions - 1 : 0;
  gboolean is_covered = TRUE;

  solco_task_begin_phase (run.task, SOLCO_PHASE_VERIFY,
                          quick ? solco_checksum_get_total_bytes (verify->import, wanted)
                                : get_total_bytes (verify));
  for (guint i = first; i < verify->n_sessions; i++)
    {
      gboolean session_is_covered = FALSE;

      if (!check_session (&run, &verify->sessions[i], wanted, quick, &session_is_covered, error))
        return FALSE;
      is_covered = is_covered && session_is_covered;
    }
  if (!solco_checksum_files (verify->import, verify->drive, wanted, on_leftover, &run, error))
    return FALSE;
  return finish (&run, is_covered, error);
}

/* SHA-256 of a local file; FALSE sets errno. */
static gboolean
digest_source (const char *path, guint8 *digest)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  g_autofree guint8 *buffer = g_malloc (READ_BYTES);
  EVP_MD_CTX *context;
  unsigned int length = 0;
  gssize n;
  int saved_errno = 0;

  if (fd < 0)
    return FALSE;
  context = EVP_MD_CTX_new ();
  (void) EVP_DigestInit_ex (context, EVP_sha256 (), NULL);
  while ((n = read (fd, buffer, READ_BYTES)) != 0)
    {
      if (n > 0)
        (void) EVP_DigestUpdate (context, buffer, n);
      else if (errno != EINTR)
        {
          saved_errno = errno;
          break;
        }
    }
  (void) EVP_DigestFinal_ex (context, digest, &length);
  EVP_MD_CTX_free (context);
  close (fd);
  errno = saved_errno;
  return saved_errno == 0;
}

static gboolean
on_disc_copy (guint32 index, const guint8 *digest, const GError *reason, gpointer user_data)
{
  Run *run = user_data;
  g_autofree char *source
      = solco_tree_dup_source_path (run->originals, run->original_of[index]);
  guint8 original[EVP_MAX_MD_SIZE];

  if (reason != NULL)
    {
      run->n_unreadable++;
      report (run, SOLCO_PROBLEM_BLOCK_UNREADABLE, index, reason->message);
    }
  else if (!digest_source (source, original))
    {
      run->n_different++;
      report (run, SOLCO_PROBLEM_ORIGINAL_MISSING, index, g_strerror (errno));
    }
  else if (memcmp (original, digest, SOLCO_SHA256_BYTES) != 0)
    {
      run->n_different++;
      report (run, SOLCO_PROBLEM_ORIGINAL_DIFFERS, index, NULL);
    }
  else
    {
      run->result->n_files++;
      run->result->n_bytes
          += solco_tree_get_nodes (run->verify->import->tree, NULL)[index].size_bytes;
    }
  return TRUE;
}

/* Pairs one original with the disc; decides what can be decided without reading. */
static void
pair_original (Run *run, guint32 original, guint32 *original_of, guint8 *wanted)
{
  const SolcoTreeNode *node = &solco_tree_get_nodes (run->originals, NULL)[original];
  const SolcoTreeNode *disc_nodes = solco_tree_get_nodes (run->verify->import->tree, NULL);
  g_autofree char *path = solco_tree_dup_path (run->originals, original);
  g_autofree char *source = solco_tree_dup_source_path (run->originals, original);
  guint32 index = solco_tree_lookup (run->verify->import->tree, path);
  struct stat status;

  if (index == SOLCO_TREE_NONE || disc_nodes[index].kind != SOLCO_NODE_FILE)
    {
      run->n_different++;
      solco_task_problem (run->task, SOLCO_PROBLEM_NOT_ON_DISC, path, NULL, node->size_bytes);
    }
  else if (stat (source, &status) != 0)
    {
      run->n_different++;
      report (run, SOLCO_PROBLEM_ORIGINAL_MISSING, index, g_strerror (errno));
    }
  else if ((guint64) status.st_size != disc_nodes[index].size_bytes)
    {
      run->n_different++;
      report (run, SOLCO_PROBLEM_ORIGINAL_DIFFERS, index, NULL);
    }
  else if (status.st_size == 0)
    run->result->n_files++;
  else
    {
      original_of[index] = original;
      wanted[index] = TRUE;
    }
}

gboolean
solco_verify_originals (const SolcoVerify *verify, SolcoTree *originals, GError **error)
{
  Run run = { .verify = verify,
              .task = solco_drive_get_task (verify->drive),
              .result = solco_task_get_result (solco_drive_get_task (verify->drive)),
              .originals = originals };
  g_autofree guint32 *original_of = g_new0 (guint32, verify->import->n_nodes);
  g_autofree guint8 *wanted = g_new0 (guint8, verify->import->n_nodes);
  guint32 n_originals;
  const SolcoTreeNode *nodes = solco_tree_get_nodes (originals, &n_originals);

  run.original_of = original_of;
  for (guint32 i = 1; i < n_originals; i++)
    if (nodes[i].kind == SOLCO_NODE_FILE && nodes[i].source != NULL)
      pair_original (&run, i, original_of, wanted);
  solco_task_begin_phase (run.task, SOLCO_PHASE_VERIFY,
                          solco_checksum_get_total_bytes (verify->import, wanted));
  if (!solco_checksum_files (verify->import, verify->drive, wanted, on_disc_copy, &run, error))
    return FALSE;
  return finish (&run, TRUE, error);
}
