/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-burn-setup-private.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "solco-checksum-private.h"
#include "solco-disc-master.h"
#include "solco-erase-private.h"
#include "solco-error.h"
#include "solco-manifest-private.h"
#include "solco-session-chain-private.h"

void
solco_burn_setup_forget_writer (SolcoBurnSetup *self)
{
  g_clear_pointer (&self->writer, solco_iso_writer_free);
  g_clear_pointer (&self->import, solco_iso_import_free);
}

void
solco_burn_setup_free (SolcoBurnSetup *self)
{
  if (self == NULL)
    return;
  solco_burn_setup_forget_writer (self);
  g_clear_pointer (&self->old_digests, solco_digests_unref);
  g_clear_pointer (&self->medium, solco_medium_unref);
  g_clear_pointer (&self->drive, solco_drive_close);
  g_free (self->old_head);
  g_free (self);
}

/* Whether the session would show just what the disc shows already. */
static gboolean
changes_anything (SolcoBurnSetup *self)
{
  guint32 n_nodes;
  guint32 n_old_nodes;
  const SolcoTreeNode *nodes = solco_tree_get_nodes (self->plan->tree, &n_nodes);
  const SolcoTreeNode *old_nodes;

  if (self->plan->disc == NULL)
    return n_nodes > 1;
  old_nodes = solco_tree_get_nodes (self->plan->disc_tree, &n_old_nodes);
  if (n_nodes != n_old_nodes
      || g_strcmp0 (self->plan->volume_label, self->medium->volume_label) != 0)
    return TRUE;
  for (guint32 i = 1; i < n_nodes; i++)
    {
      guint32 old = nodes[i].disc_index;

      if (old == SOLCO_TREE_NONE || strcmp (nodes[i].name, old_nodes[old].name) != 0
          || nodes[nodes[i].parent].disc_index != old_nodes[old].parent)
        return TRUE;
    }
  /* Finishing the disc takes a session too. */
  return self->plan->close_disc;
}

static gboolean
check_disc (SolcoBurnSetup *self, GError **error)
{
  SolcoMedium *medium = self->medium;
  SolcoDamage damage = medium->damage;
  gboolean is_good;

  self->mend_first = damage == SOLCO_DAMAGE_HEAD && self->plan->mend;
  if (self->mend_first)
    medium->damage = SOLCO_DAMAGE_NONE;
  is_good = solco_disc_master_check_target (medium, self->plan->disc, self->plan->erase, error);
  medium->damage = damage;
  if (!is_good)
    return FALSE;
  self->erase_first = self->plan->disc == NULL && medium->state != SOLCO_MEDIUM_BLANK;
  if (self->erase_first && !solco_erase_check_agreed (medium, self->plan->erase_disc, error))
    return FALSE;
  if (!changes_anything (self))
    {
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NOTHING_STAGED,
                   "The session would not change anything");
      return FALSE;
    }
  if (self->plan->verify != SOLCO_VERIFY_NONE && !self->plan->session_md5
      && !self->plan->manifest)
    {
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NOT_POSSIBLE,
                   "A session without checksums cannot be verified");
      return FALSE;
    }
  if (self->plan->simulate && self->erase_first)
    {
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NOT_POSSIBLE,
                   "A simulation would have to erase the disc first");
      return FALSE;
    }
  if (self->plan->simulate && !medium->can_simulate)
    {
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NOT_POSSIBLE,
                   "The drive cannot simulate on this kind of disc");
      return FALSE;
    }
  return TRUE;
}

static gboolean
on_old_checksum (guint32 index, const guint8 *digest, const GError *reason, gpointer user_data)
{
  SolcoBurnSetup *self = user_data;

  if (digest != NULL)
    solco_digests_set (self->old_digests, index, digest);
  else
    {
      g_autofree char *path = solco_tree_dup_path (self->import->tree, index);

      solco_task_problem (self->task, SOLCO_PROBLEM_CHECKSUM_MISSING, path, reason->message, 0);
    }
  return TRUE;
}

/* The digests of all older files that stay: from the manifest of the newest session, and of what that
 * does not cover by reading the files once. */
static gboolean
complete_old_digests (SolcoBurnSetup *self, gboolean read_files, GError **error)
{
  const SolcoSession *shown = solco_medium_get_shown_session (self->medium);
  g_autofree guint8 *wanted = NULL;
  g_autoptr (GError) manifest_error = NULL;
  guint32 n_nodes;
  const SolcoTreeNode *nodes;
  guint64 total_bytes;

  if (!solco_manifest_find (self->import, self->drive, shown->start_block, &self->old_manifest,
                            &self->old_digests, &manifest_error))
    {
      if (solco_task_is_cancelled (self->task))
        {
          g_propagate_error (error, g_steal_pointer (&manifest_error));
          return FALSE;
        }
      solco_task_log (self->task, "The older manifest cannot be read: %s",
                      manifest_error->message);
    }
  if (!self->plan->manifest)
    return TRUE;
  if (self->old_digests == NULL)
    self->old_digests = solco_digests_new (self->import->tree);
  wanted = g_new0 (guint8, self->import->n_nodes);
  nodes = solco_tree_get_nodes (self->plan->tree, &n_nodes);
  for (guint32 i = 0; i < n_nodes; i++)
    {
      guint32 old = nodes[i].disc_index;

      if (old == SOLCO_TREE_NONE || nodes[i].kind != SOLCO_NODE_FILE || old == self->old_manifest
          || solco_digests_get (self->old_digests, old) != NULL)
        continue;
      if (read_files)
        wanted[old] = TRUE;
      else
        {
          /* To measure, the length of the line is enough. */
          static const guint8 placeholder[SOLCO_SHA256_BYTES] = { 0 };

          solco_digests_set (self->old_digests, old, placeholder);
        }
    }
  total_bytes = solco_checksum_get_total_bytes (self->import, wanted);
  if (total_bytes == 0)
    return TRUE;
  solco_task_begin_phase (self->task, SOLCO_PHASE_CHECKSUM, total_bytes);
  return solco_checksum_files (self->import, self->drive, wanted, on_old_checksum, self, error);
}

/* Where the session goes, and what it has to be made with. */
static gboolean
lay_out (SolcoBurnSetup *self, GError **error)
{
  const SolcoMedium *medium = self->medium;

  self->layout.with_head = medium->is_overwritable;
  self->layout.image_kind = medium->image_kind;
  self->layout.image_size_bytes = medium->image_size_bytes;
  self->layout.start_block = medium->next_writable_block;
  if (self->erase_first || self->plan->disc == NULL)
    self->layout.start_block = medium->is_overwritable ? SOLCO_CHAIN_FIRST_BLOCK : 0;
  if (self->layout.start_block < 0)
    {
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_DISC_CLOSED,
                   "The disc has no next writable address");
      return FALSE;
    }
  /* What stands before the descriptors, a boot loader perhaps, stays. */
  if (self->layout.with_head && self->plan->disc != NULL && !self->mend_first)
    {
      self->old_head = g_malloc (SOLCO_HEAD_BYTES);
      if (!solco_drive_read (self->drive, 0, SOLCO_HEAD_BYTES / SOLCO_BLOCK_BYTES, self->old_head,
                             error))
        return FALSE;
      self->layout.old_head = self->old_head;
    }
  return TRUE;
}

/* What the user should know before, and will find in the result. */
static void
report_remarks (SolcoBurnSetup *self)
{
  if (self->medium->is_plain_image && self->plan->disc != NULL)
    solco_task_problem (self->task, SOLCO_PROBLEM_FIRST_STATE_LOST, NULL, NULL, 0);
}

static void
compute_capacity (SolcoBurnSetup *self)
{
  SolcoCapacityInput input;

  solco_capacity_input_from_medium (&input, self->medium);
  if (self->erase_first)
    {
      input.n_sessions = 0;
      input.next_writable_block = self->layout.start_block;
      input.free_blocks = self->medium->capacity_blocks - self->layout.start_block;
    }
  input.image_blocks = self->image_blocks;
  input.close_disc = input.close_disc || self->plan->close_disc;
  solco_capacity_compute (&input, &self->capacity);
}

gboolean
solco_burn_check_free_space (SolcoDrive *drive, gint64 end_block, GError **error)
{
  const char *path = solco_target_get_image_path (solco_drive_get_target (drive));
  g_autofree char *folder = NULL;
  struct statvfs status;
  gint64 available_bytes;
  gint64 missing_bytes;

  if (path == NULL)
    return TRUE;
  folder = g_path_get_dirname (path);
  if (statvfs (folder, &status) != 0)
    {
      int saved_errno = errno;

      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NOT_ACCESSIBLE,
                   "Cannot tell the free space of “%s”: %s", folder, g_strerror (saved_errno));
      return FALSE;
    }
  available_bytes = (gint64) ((guint64) status.f_bavail * status.f_frsize);
  missing_bytes = end_block * SOLCO_BLOCK_BYTES - solco_drive_get_file_size_bytes (drive)
                  - available_bytes;
  if (missing_bytes > 0)
    {
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NO_SPACE,
                   "The file system of “%s” lacks %" G_GINT64_FORMAT " bytes", path,
                   missing_bytes);
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_fits (SolcoBurnSetup *self, GError **error)
{
  if (!self->capacity.fits)
    {
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_DISC_FULL,
                   "The session needs %" G_GINT64_FORMAT " blocks, and %" G_GINT64_FORMAT
                   " are free: %" G_GINT64_FORMAT " too many",
                   self->capacity.need_blocks, self->capacity.free_blocks,
                   -self->capacity.remaining_now_blocks);
      return FALSE;
    }
  return solco_burn_check_free_space (
      self->drive, self->layout.start_block + self->capacity.need_blocks, error);
}

SolcoBurnSetup *
solco_burn_setup_new (SolcoTask *task, const SolcoPlan *plan, SolcoDriveAccess access,
                      GError **error)
{
  g_autoptr (SolcoBurnSetup) self = g_new0 (SolcoBurnSetup, 1);
  SolcoResult *result = solco_task_get_result (task);
  gboolean is_burn = access == SOLCO_DRIVE_WRITE;

  self->task = task;
  self->plan = plan;
  self->old_manifest = SOLCO_TREE_NONE;
  solco_task_begin_phase (task, SOLCO_PHASE_OPEN, 0);
  self->drive = solco_drive_open (task, plan->target, access, error);
  if (self->drive == NULL)
    return NULL;

  solco_task_begin_phase (task, SOLCO_PHASE_READ_DISC, 0);
  self->medium = solco_medium_read (self->drive, error);
  if (self->medium == NULL)
    return NULL;
  result->medium = solco_medium_ref (self->medium);
  if (!check_disc (self, error))
    return NULL;
  if (plan->disc != NULL && solco_medium_get_shown_session (self->medium) != NULL)
    {
      /* The plan's references into the disc's tree hold only for the very same tree. */
      self->import = solco_iso_import_new (self->drive, self->medium,
                                           solco_medium_get_shown_session (self->medium)->number,
                                           SOLCO_IMPORT_CHECK_MD5, plan->disc_tree, error);
      if (self->import == NULL
          || !complete_old_digests (self, is_burn && !plan->simulate, error))
        return NULL;
    }

  solco_task_begin_phase (task, SOLCO_PHASE_PREPARE, 0);
  if (!lay_out (self, error))
    return NULL;
  self->writer = solco_iso_writer_new (plan, self->import, g_steal_pointer (&self->old_digests),
                                       self->old_manifest, &self->layout, task, error);
  if (self->writer == NULL)
    return NULL;
  self->image_blocks = solco_iso_writer_get_image_blocks (self->writer);
  compute_capacity (self);
  report_remarks (self);
  solco_task_measured (task, &self->capacity, self->image_blocks);
  if (is_burn && !check_fits (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

gboolean
solco_operation_measure (SolcoTask *task, GError **error)
{
  const SolcoPlan *plan = solco_task_get_request (task)->plan;
  g_autoptr (SolcoBurnSetup) setup = solco_burn_setup_new (task, plan, SOLCO_DRIVE_READ, error);

  return setup != NULL;
}
