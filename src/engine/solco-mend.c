/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-libburn-private.h"
#include <openssl/evp.h>
#include <string.h>

#include "solco-burn-write-private.h"
#include "solco-erase-private.h"
#include "solco-error.h"
#include "solco-session-chain-private.h"
#include "solco-verify-private.h"

#define DESCRIPTOR_PRIMARY 1
#define DESCRIPTOR_SUPPLEMENTARY 2
/* ECMA-119 8.4.8: blocks of the volume, least and then most significant byte first. */
#define OFFSET_SPACE_SIZE 80

static void
write_both_endian (guint8 *at, guint32 value)
{
  for (guint i = 0; i < 4; i++)
    {
      at[i] = (guint8) (value >> (8 * i));
      at[7 - i] = at[i];
    }
}

/* The session that is to become visible must be whole. */
static gboolean
check_newest_session (SolcoDrive *drive, const SolcoMedium *medium, GError **error)
{
  const SolcoSession *last = solco_medium_get_last_session (medium);
  g_autoptr (SolcoIsoImport) import
      = solco_iso_import_new (drive, medium, last->number, SOLCO_IMPORT_PLAIN, NULL, error);

  if (import == NULL)
    return FALSE;

  SolcoVerify verify = {
    .drive = drive,
    .import = import,
    .sessions = last,
    .n_sessions = 1,
    .manifest = SOLCO_TREE_NONE,
  };
  return solco_verify_run (&verify, SOLCO_VERIFY_FULL, error);
}

/* The head is a copy of the newest session's own descriptors, which count their blocks from block 0
 * of the medium: all other addresses in them are absolute already. */
static gboolean
mend_head (SolcoDrive *drive, const SolcoMedium *medium, GError **error)
{
  const SolcoSession *last = solco_medium_get_last_session (medium);
  g_autofree guint8 *head = g_malloc0 (SOLCO_HEAD_BYTES);
  guint32 end_block = (guint32) (last->start_block + last->size_blocks);

  if (!check_newest_session (drive, medium, error)
      || !solco_drive_read (drive, last->start_block, SOLCO_CHAIN_FIRST_BLOCK, head, error))
    return FALSE;
  for (guint i = SOLCO_CHAIN_FIRST_BLOCK / 2; i < SOLCO_CHAIN_FIRST_BLOCK; i++)
    {
      guint8 *block = head + (gsize) i * SOLCO_BLOCK_BYTES;
      gboolean is_descriptor = memcmp (block + 1, "CD001", 5) == 0;

      if (is_descriptor
          && (block[0] == DESCRIPTOR_PRIMARY || block[0] == DESCRIPTOR_SUPPLEMENTARY))
        write_both_endian (block + OFFSET_SPACE_SIZE, end_block);
      else if (!is_descriptor)
        /* The session's own checksum tag, or its first tables: they hold only where they stand. */
        memset (block, 0, SOLCO_BLOCK_BYTES);
    }
  solco_task_begin_phase (solco_drive_get_task (drive), SOLCO_PHASE_CLOSE, 0);
  return solco_burn_write_head (drive, head, error);
}

static gboolean
mend_last_track (SolcoDrive *drive, const SolcoMedium *medium, GError **error)
{
  struct burn_drive *burn_drive = solco_drive_get_burn_drive (drive, error);
  SolcoTask *task = solco_drive_get_task (drive);
  struct burn_write_opts *options;
  int ret;

  if (burn_drive == NULL)
    return FALSE;
  options = burn_write_opts_new (burn_drive);
  if (options == NULL)
    {
      solco_drive_set_error (drive, error, SOLCO_ERROR_INTERNAL, "No write options");
      return FALSE;
    }
  burn_write_opts_set_multi (options, 1);
  (void) burn_write_opts_set_write_type (options, BURN_WRITE_TAO, BURN_BLOCK_MODE1);
  solco_task_begin_command (task);
  /* 1: also where the drive itself sees no damage. */
  ret = burn_disc_close_damaged (options, 1);
  solco_task_end_command (task);
  burn_write_opts_free (options);
  if (ret <= 0)
    {
      solco_drive_set_error (drive, error, SOLCO_ERROR_CLOSING_FAILED,
                             "The damaged track cannot be closed");
      return FALSE;
    }
  return TRUE;
}

gboolean
solco_mend (SolcoDrive *drive, const SolcoMedium *medium, GError **error)
{
  SolcoTask *task = solco_drive_get_task (drive);

  switch (medium->damage)
    {
    case SOLCO_DAMAGE_HEAD:
      return mend_head (drive, medium, error);
    case SOLCO_DAMAGE_LAST_TRACK:
      solco_task_begin_phase (task, SOLCO_PHASE_CLOSE, 0);
      return mend_last_track (drive, medium, error) && solco_drive_reassess (drive, error);
    case SOLCO_DAMAGE_TRUNCATED:
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NOT_POSSIBLE,
                   "What an image file has lost at its end cannot be brought back");
      return FALSE;
    case SOLCO_DAMAGE_NONE:
    default:
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NOT_POSSIBLE, "Nothing is damaged");
      return FALSE;
    }
}
