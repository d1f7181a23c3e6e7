/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-erase-private.h"

#include <errno.h>
#include "solco-libburn-private.h"
#include <string.h>
#include <unistd.h>

#include "solco-burn-write-private.h"
#include "solco-error.h"
#include "solco-libraries-private.h"
#include "solco-session-chain-private.h"

#define POLL_MS 100
#define ZERO_BYTES (1024 * 1024)
/* burn_disc_format(): after formatting write this much, so that a DVD-RW leaves its intermediate
 * state; 128 MiB is what cdrskin's documentation gives as accepted by all drives. */
#define DVD_RW_FORMAT_BYTES ((off_t) 128 * 1024 * 1024)
#define FORMAT_FLAG_WRITE_ZEROS 1
#define FORMAT_FLAG_DEFAULT_SIZE (3 << 1)
#define FORMAT_FLAG_ENFORCE (1 << 4)

gboolean
solco_erase_check_agreed (const SolcoMedium *medium, const SolcoDiscIdentity *agreed,
                          GError **error)
{
  if (agreed == NULL
      || (medium->identity != NULL && solco_disc_identity_equal (agreed, medium->identity)))
    return TRUE;
  g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_WRONG_DISC,
               "Another disc is in than the one whose erasing was agreed to");
  return FALSE;
}

/* Overwrites the file's data, so that it is not only unlinked from its file system. */
static gboolean
overwrite_image (SolcoDrive *drive, GError **error)
{
  SolcoTask *task = solco_drive_get_task (drive);
  gint64 size_bytes = solco_drive_get_file_size_bytes (drive);
  g_autofree guint8 *zeros = g_malloc0 (ZERO_BYTES);
  gint64 position = 0;

  solco_task_begin_phase (task, SOLCO_PHASE_ERASE, (guint64) size_bytes);
  while (position < size_bytes)
    {
      gssize n = pwrite (solco_drive_get_fd (drive), zeros,
                         (gsize) MIN (ZERO_BYTES, size_bytes - position), position);

      if (n < 0 && errno != EINTR)
        {
          int saved_errno = errno;

          g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_CANNOT_WRITE,
                       "The image file cannot be overwritten: %s", g_strerror (saved_errno));
          return FALSE;
        }
      position += MAX (0, n);
      solco_task_set_done_bytes (task, (guint64) position);
    }
  return solco_burn_sync (drive, error);
}

static gboolean
erase_image (SolcoDrive *drive, SolcoEraseMode mode, GError **error)
{
  if (solco_drive_get_fd (drive) < 0)
    return TRUE;
  if (mode == SOLCO_ERASE_FULL && !overwrite_image (drive, error))
    return FALSE;
  if (ftruncate (solco_drive_get_fd (drive), 0) != 0 || fsync (solco_drive_get_fd (drive)) != 0)
    {
      int saved_errno = errno;

      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_CANNOT_WRITE,
                   "The image file cannot be emptied: %s", g_strerror (saved_errno));
      return FALSE;
    }
  return TRUE;
}

/* Follows an operation that belongs to the drive until it is idle. */
static gboolean
wait_until_idle (SolcoDrive *drive, struct burn_drive *burn_drive, const SolcoMessages *at_start,
                 GError **error)
{
  SolcoTask *task = solco_drive_get_task (drive);
  g_auto (SolcoMessages) messages = { NULL };
  struct burn_progress progress;
  int last_sector = -1;

  solco_task_begin_command (task);
  while (burn_drive_get_status (burn_drive, &progress) != BURN_DRIVE_IDLE)
    {
      if (progress.sector != last_sector && progress.sectors > 0)
        {
          last_sector = progress.sector;
          solco_task_begin_command (task);
          solco_task_set_fraction (task,
                                   CLAMP ((double) progress.sector / progress.sectors, 0, 1));
        }
      g_usleep (POLL_MS * 1000);
    }
  solco_task_end_command (task);
  if (burn_drive_wrote_well (burn_drive) == 1)
    return TRUE;
  /* A drive that goes at once may have said so before the start returned. */
  solco_libraries_take_messages (task, &messages);
  solco_messages_add (&messages, at_start);
  solco_drive_set_error_from (drive, error, SOLCO_ERROR_CANNOT_WRITE, "The disc cannot be erased",
                              &messages);
  (void) solco_drive_join (drive);
  return FALSE;
}

/* One blanking or formatting. */
typedef struct
{
  struct burn_drive *burn_drive;
  gboolean is_format;
  gboolean fast;
  off_t size_bytes;
  int flag;
} DriveErase;

static void
start_erase (SolcoDrive *drive, gpointer user_data)
{
  const DriveErase *erase = user_data;

  if (erase->is_format)
    burn_disc_format (erase->burn_drive, erase->size_bytes, erase->flag);
  else
    burn_disc_erase (erase->burn_drive, erase->fast);
}

static gboolean
run_erase (SolcoDrive *drive, const DriveErase *erase, GError **error)
{
  g_auto (SolcoMessages) at_start = { NULL };

  return solco_drive_start (drive, start_erase, (gpointer) erase, &at_start, error)
         && wait_until_idle (drive, erase->burn_drive, &at_start, error);
}

/* Head first: were the power to go in between, the sessions could still be found by their chain. */
static gboolean
erase_emulated_sessions (SolcoDrive *drive, struct burn_drive *burn_drive, GError **error)
{
  g_autofree guint8 *zeros = g_malloc0 (SOLCO_HEAD_BYTES);

  for (gint64 block = 0; block <= SOLCO_CHAIN_FIRST_BLOCK; block += SOLCO_CHAIN_FIRST_BLOCK)
    if (burn_random_access_write (burn_drive, block * SOLCO_BLOCK_BYTES, (char *) zeros,
                                  SOLCO_HEAD_BYTES, 1)
        <= 0)
      {
        solco_drive_set_error (drive, error, SOLCO_ERROR_CANNOT_WRITE,
                               "The disc cannot be erased");
        return FALSE;
      }
  return TRUE;
}

static int
zero_source_read (struct burn_source *source, unsigned char *buffer, int size)
{
  off_t *left = source->data;
  int n = (int) MIN (*left, size);

  memset (buffer, 0, (size_t) n);
  *left -= n;
  return n;
}

static off_t
zero_source_get_size (struct burn_source *source)
{
  return *(off_t *) source->data;
}

static void
zero_source_free_data (struct burn_source *source)
{
  g_free (source->data);
}

static int
zero_source_cancel (struct burn_source *source)
{
  return 1;
}

/* There is no command for it on these media, so zeros are written as if they were data. */
static gboolean
overwrite_disc (SolcoDrive *drive, const SolcoMedium *medium, GError **error)
{
  struct burn_source *source = calloc (1, sizeof (struct burn_source));
  off_t *left = g_new (off_t, 1);
  SolcoBurnWrite write = { .source = source, .n_blocks = medium->capacity_blocks };
  gboolean result;

  g_assert (source != NULL);
  *left = (off_t) medium->capacity_blocks * SOLCO_BLOCK_BYTES;
  source->refcount = 1;
  source->version = 1;
  source->read_xt = zero_source_read;
  source->get_size = zero_source_get_size;
  source->free_data = zero_source_free_data;
  source->cancel = zero_source_cancel;
  source->data = left;
  result = solco_burn_write (drive, medium, &write, error) && solco_burn_sync (drive, error);
  burn_source_free (source);
  return result;
}

static gboolean
format (SolcoDrive *drive, struct burn_drive *burn_drive, const SolcoMedium *medium,
        GError **error)
{
  DriveErase erase = {
    .burn_drive = burn_drive,
    .is_format = TRUE,
    .flag = FORMAT_FLAG_DEFAULT_SIZE | FORMAT_FLAG_ENFORCE,
  };

  if (medium->profile == SOLCO_PROFILE_DVD_RW_SEQUENTIAL)
    {
      erase.size_bytes = DVD_RW_FORMAT_BYTES;
      erase.flag = FORMAT_FLAG_WRITE_ZEROS;
    }
  return run_erase (drive, &erase, error);
}

gboolean
solco_format_if_needed (SolcoDrive *drive, const SolcoMedium *medium, GError **error)
{
  SolcoTask *task = solco_drive_get_task (drive);
  struct burn_drive *burn_drive;
  int status = BURN_FORMAT_IS_UNKNOWN;
  off_t size = 0;
  unsigned bl_sas = 0;
  int n_formats = 0;
  DriveErase erase = { .is_format = TRUE, .flag = FORMAT_FLAG_DEFAULT_SIZE };
  gboolean result;

  if (medium->profile != SOLCO_PROFILE_BD_RE && medium->profile != SOLCO_PROFILE_DVD_RAM)
    return TRUE;
  burn_drive = solco_drive_get_burn_drive (drive, error);
  if (burn_drive == NULL)
    return FALSE;
  if (burn_disc_get_formats (burn_drive, &status, &size, &bl_sas, &n_formats) <= 0
      || status != BURN_FORMAT_IS_UNFORMATTED)
    return TRUE;
  solco_task_begin_phase (task, SOLCO_PHASE_ERASE, 0);
  solco_task_set_can_cancel (task, FALSE);
  erase.burn_drive = burn_drive;
  result = run_erase (drive, &erase, error) && solco_drive_reassess (drive, error);
  solco_task_set_can_cancel (task, TRUE);
  return result;
}

static gboolean
erase_disc (SolcoDrive *drive, const SolcoMedium *medium, SolcoEraseMode mode, GError **error)
{
  struct burn_drive *burn_drive = solco_drive_get_burn_drive (drive, error);
  DriveErase erase = { .burn_drive = burn_drive, .fast = mode == SOLCO_ERASE_FAST };

  if (burn_drive == NULL)
    return FALSE;
  if (mode == SOLCO_ERASE_FORMAT)
    {
      /* Formatting keeps what it can of the data on a disc that was formatted before. */
      if (medium->can_format)
        return (!medium->is_overwritable || medium->state == SOLCO_MEDIUM_BLANK
                || erase_emulated_sessions (drive, burn_drive, error))
               && format (drive, burn_drive, medium, error);
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NOT_POSSIBLE, "A %s cannot be formatted",
                   medium->profile_name);
      return FALSE;
    }
  if (medium->is_overwritable && mode == SOLCO_ERASE_FAST)
    return erase_emulated_sessions (drive, burn_drive, error);
  if (medium->is_overwritable && medium->profile != SOLCO_PROFILE_DVD_RW_OVERWRITE)
    return overwrite_disc (drive, medium, error);
  return run_erase (drive, &erase, error);
}

gboolean
solco_erase (SolcoDrive *drive, const SolcoMedium *medium, SolcoEraseMode mode, GError **error)
{
  SolcoTask *task = solco_drive_get_task (drive);
  gboolean result;

  if (medium->state == SOLCO_MEDIUM_NONE)
    {
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NO_MEDIUM, "There is no disc to erase");
      return FALSE;
    }
  if (medium->state == SOLCO_MEDIUM_BLANK && mode == SOLCO_ERASE_FAST)
    return TRUE;
  if (!medium->is_erasable && medium->state != SOLCO_MEDIUM_BLANK)
    {
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_WRONG_MEDIUM_TYPE,
                   medium->is_image_file ? "The file is no disc image" : "The disc is not rewritable");
      return FALSE;
    }
  solco_task_begin_phase (task, SOLCO_PHASE_ERASE, 0);
  solco_task_set_can_cancel (task, FALSE);
  if (!solco_drive_is_image (drive))
    result = erase_disc (drive, medium, mode, error);
  else if (mode == SOLCO_ERASE_FORMAT)
    {
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NOT_POSSIBLE, "An image file has no format");
      result = FALSE;
    }
  else
    result = erase_image (drive, mode, error);
  solco_task_set_can_cancel (task, TRUE);
  return result && solco_drive_reassess (drive, error);
}
