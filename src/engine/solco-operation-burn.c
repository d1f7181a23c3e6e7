/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-libburn-private.h"

#include "solco-burn-setup-private.h"
#include "solco-burn-write-private.h"
#include "solco-erase-private.h"
#include "solco-error.h"
#include "solco-image-guard-private.h"
#include "solco-manifest-private.h"
#include "solco-operation-private.h"
#include "solco-second-reader-private.h"
#include "solco-session-tree-private.h"
#include "solco-verify-private.h"
#include "solco-volume-private.h"

static gboolean
get_ring (gpointer user_data, gsize *waiting_bytes, gsize *size_bytes)
{
  return solco_iso_writer_get_ring (user_data, waiting_bytes, size_bytes);
}

/* The disc as the drive tells it now, whatever happened before: also after a cancel. */
static gboolean
reread (SolcoTask *task, SolcoDrive *drive, SolcoMedium **medium, GError **error)
{
  SolcoResult *result = solco_task_get_result (task);

  solco_task_begin_phase (task, SOLCO_PHASE_REREAD, 0);
  *medium = solco_drive_reassess (drive, error) ? solco_medium_read (drive, error) : NULL;
  if (*medium == NULL)
    return FALSE;
  g_clear_pointer (&result->medium, solco_medium_unref);
  result->medium = solco_medium_ref (*medium);
  if ((*medium)->state != SOLCO_MEDIUM_NONE)
    return TRUE;
  g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NO_MEDIUM, "%s: the disc was taken out",
               (*medium)->address);
  return FALSE;
}

/* The head makes the new session the one that counts, so it is not written on libburn's word alone:
 * the session's own descriptors and its last block must be there. */
static gboolean
check_written (SolcoBurnSetup *setup, GError **error)
{
  gint64 start_block = setup->layout.start_block;
  gint64 n_blocks = solco_iso_writer_get_image_blocks (setup->writer);
  g_autoptr (SolcoVolume) volume = NULL;
  SolcoVolumeKind kind;
  guint8 block[SOLCO_BLOCK_BYTES];

  if (!solco_volume_read (setup->drive, start_block, &kind, &volume, error)
      || !solco_drive_read (setup->drive, start_block + n_blocks - 1, 1, block, error))
    return FALSE;
  if (volume != NULL && volume->size_blocks == n_blocks)
    return TRUE;
  g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_CANNOT_WRITE,
               "The session at block %" G_GINT64_FORMAT " did not arrive on the medium",
               start_block);
  return FALSE;
}

/* The write itself: data, then for emulated sessions the sync and the head. */
static gboolean
write_session (SolcoBurnSetup *setup, GError **error)
{
  const SolcoPlan *plan = setup->plan;
  g_auto (SolcoImageGuard) guard = { NULL };
  gboolean had_file = solco_drive_get_fd (setup->drive) >= 0;
  SolcoBurnWrite write = {
    .source = solco_iso_writer_get_source (setup->writer),
    .n_blocks = solco_iso_writer_get_image_blocks (setup->writer),
    .start_block = setup->layout.with_head ? setup->layout.start_block : -1,
    .close_disc = plan->close_disc,
    .simulate = plan->simulate,
    .speed_kb_per_s = plan->speed_kb_per_s,
    .last_block = solco_iso_writer_get_last_block (setup->writer),
    .get_ring = get_ring,
    .user_data = setup->writer,
  };

  if ((!plan->simulate && !solco_format_if_needed (setup->drive, setup->medium, error))
      || !solco_image_guard_arm (&guard, setup->drive, error)
      || !solco_burn_write (setup->drive, setup->medium, &write, error))
    return FALSE;
  if (plan->simulate)
    {
      /* A simulation leaves nothing behind, not even an empty file. */
      if (had_file)
        solco_image_guard_commit (&guard);
      return TRUE;
    }
  if (setup->layout.with_head)
    {
      solco_task_begin_phase (setup->task, SOLCO_PHASE_CLOSE, 0);
      if (!solco_burn_sync (setup->drive, error) || !check_written (setup, error)
          || !solco_task_check_cancelled (setup->task, error))
        return FALSE;
      /* From here on the session is what the file shows, even if the next call reports a failure. */
      solco_image_guard_commit (&guard);
      if (!solco_burn_write_head (setup->drive, solco_iso_writer_get_head (setup->writer), error))
        return FALSE;
    }
  return TRUE;
}

/* What the new tree shows must be what the plan says. */
static gboolean
check_tree (SolcoBurnSetup *setup, SolcoIsoImport *import, GError **error)
{
  guint32 n_planned;
  const SolcoTreeNode *planned = solco_tree_get_nodes (setup->plan->tree, &n_planned);
  const SolcoTreeNode *found = solco_tree_get_nodes (import->tree, NULL);
  guint64 n_missing = 0;

  for (guint32 i = 1; i < n_planned; i++)
    {
      g_autofree char *path = NULL;
      guint32 index;

      if (planned[i].disc_index != SOLCO_TREE_NONE && planned[i].disc_index == setup->old_manifest)
        continue;
      path = solco_tree_dup_path (setup->plan->tree, i);
      index = solco_tree_lookup (import->tree, path);
      if (index != SOLCO_TREE_NONE && found[index].kind == planned[i].kind
          && (planned[i].kind != SOLCO_NODE_FILE
              || found[index].size_bytes == planned[i].size_bytes))
        continue;
      n_missing++;
      solco_task_problem (setup->task, SOLCO_PROBLEM_MISMATCH, path, "not in the new tree", 0);
    }
  if (n_missing > 0)
    g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_VERIFY_FAILED,
                 "%" G_GUINT64_FORMAT " files are not in the tree of the new session", n_missing);
  return n_missing == 0;
}

/* The new session, which must be the last one of the disc. */
static const SolcoSession *
find_new_session (SolcoBurnSetup *setup, SolcoMedium *medium, GError **error)
{
  const SolcoSession *last = solco_medium_get_last_session (medium);

  /* A grown plain image shows one file system only, from block 0 on. */
  if (last != NULL
      && (medium->is_plain_image || last->start_block == setup->layout.start_block))
    return last;
  g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_VERIFY_FAILED,
               "The disc shows no session at block %" G_GINT64_FORMAT, setup->layout.start_block);
  return NULL;
}

/* The new session's tree as the disc has it; @import only where it will be verified. The session is
 * on the disc, whatever the user wants by now. */
static gboolean
read_new_tree (SolcoBurnSetup *setup, SolcoMedium *medium, SolcoIsoImport **import, GError **error)
{
  SolcoResult *result = solco_task_get_result (setup->task);
  const SolcoSession *session = find_new_session (setup, medium, error);
  SolcoTree *tree = NULL;

  if (session == NULL)
    return FALSE;
  solco_task_set_can_cancel (setup->task, FALSE);
  if (setup->plan->verify == SOLCO_VERIFY_NONE)
    tree = solco_session_tree_read (setup->drive, medium, session->number, error);
  else
    {
      *import = solco_iso_import_new (setup->drive, medium, session->number,
                                      setup->plan->file_md5 ? SOLCO_IMPORT_LOAD_MD5
                                                            : SOLCO_IMPORT_PLAIN,
                                      NULL, error);
      if (*import != NULL)
        tree = solco_tree_ref ((*import)->tree);
    }
  solco_task_set_can_cancel (setup->task, TRUE);
  if (tree == NULL)
    return FALSE;
  g_clear_pointer (&result->tree, solco_tree_unref);
  result->tree = tree;
  result->session = session->number;
  return TRUE;
}

/* Reads the new session back. */
static gboolean
verify_session (SolcoBurnSetup *setup, SolcoIsoImport *import, GError **error)
{
  g_autoptr (SolcoDigests) digests = NULL;
  guint32 manifest;

  if (!check_tree (setup, import, error)
      || !solco_manifest_find (import, setup->drive, setup->layout.start_block, &manifest,
                               &digests, error))
    return FALSE;

  /* Just what was written now: older sessions were not touched. */
  SolcoSession written = {
    .number = solco_task_get_result (setup->task)->session,
    .start_block = setup->layout.start_block,
    .size_blocks = setup->image_blocks,
  };
  SolcoVerify verify = {
    .drive = setup->drive,
    .import = import,
    .sessions = &written,
    .n_sessions = 1,
    .digests = digests,
    .manifest = manifest,
  };
  return solco_verify_run (&verify, setup->plan->verify, error);
}

/* libburn and libisofs are done; the code that looks now had no part in the writing. */
static gboolean
check_by_second_reader (SolcoDrive *drive, const SolcoPlan *plan, GError **error)
{
  SolcoResult *result = solco_task_get_result (solco_drive_get_task (drive));

  if (plan->verify == SOLCO_VERIFY_NONE || plan->simulate)
    return TRUE;
  if (!solco_second_reader_check (drive, result->medium, result->tree, error))
    {
      result->is_verified = FALSE;
      return FALSE;
    }
  return TRUE;
}

static gboolean
eject_if_wanted (SolcoDrive *drive, gboolean eject, GError **error)
{
  if (!eject || solco_drive_is_image (drive))
    return TRUE;
  solco_task_begin_phase (solco_drive_get_task (drive), SOLCO_PHASE_EJECT, 0);
  return solco_drive_eject (drive, error);
}

/* What has to go first: the sessions that the user gave up, or a head that has to be mended. */
static gboolean
prepare_disc (SolcoTask *task, SolcoBurnSetup **setup, GError **error)
{
  const SolcoPlan *plan = (*setup)->plan;

  if (!(*setup)->erase_first && !(*setup)->mend_first)
    return TRUE;
  g_clear_pointer (&(*setup)->writer, solco_iso_writer_free);
  /* A DVD-RW that was only blanked fast can take one session; formatted it takes many. */
  if ((*setup)->erase_first
          ? !solco_erase ((*setup)->drive, (*setup)->medium,
                          (*setup)->medium->profile == SOLCO_PROFILE_DVD_RW_SEQUENTIAL
                              ? SOLCO_ERASE_FORMAT
                              : SOLCO_ERASE_FAST,
                          error)
          : !solco_mend ((*setup)->drive, (*setup)->medium, error))
    return FALSE;
  g_clear_pointer (setup, solco_burn_setup_free);
  g_clear_pointer (&solco_task_get_result (task)->medium, solco_medium_unref);
  *setup = solco_burn_setup_new (task, plan, SOLCO_DRIVE_WRITE, error);
  return *setup != NULL;
}

gboolean
solco_operation_burn (SolcoTask *task, GError **error)
{
  const SolcoPlan *plan = solco_task_get_request (task)->plan;
  SolcoResult *result = solco_task_get_result (task);
  g_autoptr (SolcoBurnSetup) setup = solco_burn_setup_new (task, plan, SOLCO_DRIVE_WRITE, error);
  g_autoptr (SolcoMedium) medium = NULL;
  g_autoptr (SolcoIsoImport) import = NULL;
  g_autoptr (GError) write_error = NULL;

  if (setup == NULL || !prepare_disc (task, &setup, error))
    return FALSE;
  result->is_simulated = plan->simulate;
  (void) write_session (setup, &write_error);
  result->n_files = solco_iso_writer_get_n_files (setup->writer);
  result->n_bytes = solco_iso_writer_get_n_bytes (setup->writer);
  if (write_error != NULL)
    {
      g_autoptr (GError) ignored = NULL;

      /* The user is told what the disc is now; what went wrong first is the error. */
      if (!reread (task, setup->drive, &medium, &ignored))
        solco_task_log (task, "The disc cannot be read again: %s", ignored->message);
      g_propagate_error (error, g_steal_pointer (&write_error));
      return FALSE;
    }
  /* What made the session takes more memory than all that follows. */
  solco_burn_setup_forget_writer (setup);
  if (!plan->simulate)
    result->written_blocks = setup->capacity.need_blocks;
  if (!reread (task, setup->drive, &medium, error))
    return FALSE;
  if (plan->simulate)
    return eject_if_wanted (setup->drive, plan->eject, error);

  if (!read_new_tree (setup, medium, &import, error))
    return FALSE;
  if (plan->verify != SOLCO_VERIFY_NONE)
    {
      /* The verification counts what it reads. */
      result->n_files = 0;
      result->n_bytes = 0;
      if (!verify_session (setup, import, error))
        return FALSE;
    }
  if (!check_by_second_reader (setup->drive, plan, error))
    return FALSE;
  return eject_if_wanted (setup->drive, plan->eject, error);
}
