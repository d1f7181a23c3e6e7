/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-burn-write-private.h"

#include <errno.h>
#include <fcntl.h>
#include "solco-libburn-private.h"
#include <string.h>
#include <unistd.h>

#include "solco-error.h"
#include "solco-libraries-private.h"
#include "solco-session-chain-private.h"

/* The user is told each time that this has passed, but the end does not wait for it. */
#define REPORT_MS 50
#define POLL_MS 5
/* Readers of CDs read ahead past the end of a TAO track, and report errors without this. */
#define CD_PADDING_BLOCKS 150

/* libburn.h, burn_write_opts_set_stdio_fsync(): only at the end. By default both it and the disk of an
 * image file wait for each other every 16 MiB; SolcoWriteback does without. */
#define SYNC_AT_END 1

/* libburn's objects of one write, freed in the order that it needs. */
typedef struct
{
  struct burn_write_opts *options;
  struct burn_disc *disc;
  struct burn_session *session;
  struct burn_track *track;
  struct burn_source *source;
  SolcoWriteback *writeback;
} BurnObjects;

static void
burn_objects_clear (BurnObjects *objects)
{
  if (objects->track != NULL)
    burn_track_free (objects->track);
  if (objects->session != NULL)
    burn_session_free (objects->session);
  if (objects->disc != NULL)
    burn_disc_free (objects->disc);
  if (objects->options != NULL)
    burn_write_opts_free (objects->options);
  if (objects->source != NULL)
    burn_source_free (objects->source);
  (void) solco_writeback_free (objects->writeback);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BurnObjects, burn_objects_clear)

static gboolean
is_cd (const SolcoMedium *medium)
{
  return !medium->is_image_file && solco_profile_get_family (medium->profile) == SOLCO_FAMILY_CD;
}

/* One disc with one session with one track, fed by the source. */
static gboolean
make_disc (BurnObjects *objects, SolcoDrive *drive, const SolcoMedium *medium,
           const SolcoBurnWrite *write, GError **error)
{
  if (solco_drive_get_fd (drive) >= 0 && !write->simulate)
    objects->writeback = solco_writeback_new (solco_drive_get_fd (drive),
                                              MAX (write->start_block, 0) * SOLCO_BLOCK_BYTES);
  objects->source = solco_burst_source_new (write->source, write->get_ring, write->user_data,
                                            write->last_block, objects->writeback);
  objects->disc = burn_disc_create ();
  objects->session = burn_session_create ();
  objects->track = burn_track_create ();
  if (objects->disc == NULL || objects->session == NULL || objects->track == NULL
      || burn_disc_add_session (objects->disc, objects->session, BURN_POS_END) == 0)
    {
      solco_drive_set_error (drive, error, SOLCO_ERROR_INTERNAL, "The track cannot be set up");
      return FALSE;
    }
  burn_track_define_data (objects->track, 0,
                          is_cd (medium) ? CD_PADDING_BLOCKS * SOLCO_BLOCK_BYTES : 0, 1,
                          BURN_MODE1);
  if (burn_session_add_track (objects->session, objects->track, BURN_POS_END) == 0
      || burn_track_set_source (objects->track, objects->source) != BURN_SOURCE_OK)
    {
      solco_drive_set_error (drive, error, SOLCO_ERROR_INTERNAL, "The track cannot be set up");
      return FALSE;
    }
  return TRUE;
}

static gboolean
make_options (BurnObjects *objects, struct burn_drive *burn_drive, SolcoDrive *drive,
              const SolcoMedium *medium, const SolcoBurnWrite *write, GError **error)
{
  char reasons[BURN_REASONS_LEN] = "";
  struct burn_write_opts *options = burn_write_opts_new (burn_drive);

  objects->options = options;
  if (options == NULL)
    {
      solco_drive_set_error (drive, error, SOLCO_ERROR_INTERNAL, "No write options");
      return FALSE;
    }
  /* The default would be to finish the disc. Emulated sessions know no such thing, and libburn
   * refuses it there. */
  burn_write_opts_set_multi (options, !medium->is_overwritable && !write->close_disc
                                          && medium->can_append_after_burn);
  burn_write_opts_set_simulate (options, write->simulate);
  (void) burn_write_opts_set_underrun_proof (options, 1);
  burn_write_opts_set_stdio_fsync (options, SYNC_AT_END);
  if (write->start_block >= 0)
    burn_write_opts_set_start_byte (options, (off_t) write->start_block * SOLCO_BLOCK_BYTES);
  if (is_cd (medium))
    {
      /* Track at once, as in IMAPI; libburn would choose session at once for a blank CD. */
      if (burn_write_opts_set_write_type (options, BURN_WRITE_TAO, BURN_BLOCK_MODE1) == 0)
        {
          solco_drive_set_error (drive, error, SOLCO_ERROR_NOT_POSSIBLE,
                                 "The drive cannot write track at once");
          return FALSE;
        }
    }
  else if (burn_write_opts_auto_write_type (options, objects->disc, reasons, 0)
           == BURN_WRITE_NONE)
    {
      solco_drive_set_error (drive, error, SOLCO_ERROR_NOT_POSSIBLE, reasons);
      return FALSE;
    }
  if (burn_precheck_write (options, objects->disc, reasons, 0) <= 0)
    {
      solco_drive_set_error (drive, error, SOLCO_ERROR_NOT_POSSIBLE, reasons);
      return FALSE;
    }
  return TRUE;
}

/* The phases that nothing can stop. */
static gboolean
is_closing (enum burn_drive_status status)
{
  return status == BURN_DRIVE_CLOSING_TRACK || status == BURN_DRIVE_CLOSING_SESSION
         || status == BURN_DRIVE_WRITING_LEADOUT;
}

static void
report_buffers (SolcoTask *task, const SolcoBurnWrite *write, const struct burn_progress *progress)
{
  double drive_fill = -1;
  double ring_fill = -1;
  gsize waiting_bytes = 0;
  gsize ring_bytes = 0;

  if (progress->buffer_capacity > 0 && progress->buffer_available <= progress->buffer_capacity)
    drive_fill = 1.0 - (double) progress->buffer_available / progress->buffer_capacity;
  if (write->get_ring != NULL)
    (void) write->get_ring (write->user_data, &waiting_bytes, &ring_bytes);
  if (ring_bytes > 0)
    ring_fill = (double) waiting_bytes / (double) ring_bytes;
  solco_task_set_buffers (task, drive_fill, ring_fill);
}

/* How a write ended. */
typedef struct
{
  /* All data went out, and the drive began to close. */
  gboolean was_closing;
  /* libburn was told to stop. It may still say that it wrote well: what it wrote is cut off. */
  gboolean was_cancelled;
  gboolean wrote_well;
} WriteEnd;

static void
wait_for_report (struct burn_drive *burn_drive)
{
  for (guint ms = 0;
       ms < REPORT_MS && burn_drive_get_status (burn_drive, NULL) != BURN_DRIVE_IDLE; ms += POLL_MS)
    g_usleep (POLL_MS * 1000);
}

/* Follows the write until the drive is idle. */
static void
wait_for_end (SolcoDrive *drive, struct burn_drive *burn_drive, const SolcoBurnWrite *write,
              gint64 n_blocks, WriteEnd *end)
{
  SolcoTask *task = solco_drive_get_task (drive);
  int last_sector = -1;
  struct burn_progress progress;
  enum burn_drive_status status;

  *end = (WriteEnd){ FALSE };
  solco_task_begin_phase (task, SOLCO_PHASE_WRITE,
                          (guint64) n_blocks * SOLCO_BLOCK_BYTES);
  solco_task_begin_command (task);
  while ((status = burn_drive_get_status (burn_drive, &progress)) != BURN_DRIVE_IDLE)
    {
      if (is_closing (status) && !end->was_closing)
        {
          end->was_closing = TRUE;
          solco_task_set_can_cancel (task, FALSE);
          solco_task_begin_phase (task, SOLCO_PHASE_CLOSE, 0);
        }
      else if (status == BURN_DRIVE_WRITING && progress.sector != last_sector)
        {
          last_sector = progress.sector;
          /* The drive lives: its silence counts from here. */
          solco_task_begin_command (task);
          report_buffers (task, write, &progress);
          solco_task_set_done_bytes (task, (guint64) CLAMP (progress.sector, 0, n_blocks)
                                               * SOLCO_BLOCK_BYTES);
        }
      if (!end->was_cancelled && !end->was_closing && solco_task_is_cancelled (task))
        {
          burn_drive_cancel (burn_drive);
          end->was_cancelled = TRUE;
        }
      wait_for_report (burn_drive);
    }
  end->wrote_well = burn_drive_wrote_well (burn_drive) == 1;
  solco_task_end_command (task);
  solco_task_set_can_cancel (task, TRUE);
}

static gboolean
is_out_of_space (int os_errno)
{
  return os_errno == ENOSPC || os_errno == EDQUOT || os_errno == EFBIG;
}

/* IDLE does not mean success. @at_start: what libburn said when it was to begin. */
static gboolean
check_result (SolcoDrive *drive, const WriteEnd *end, const SolcoMessages *at_start, GError **error)
{
  SolcoTask *task = solco_drive_get_task (drive);
  g_auto (SolcoMessages) messages = { NULL };
  SolcoError code = SOLCO_ERROR_CANNOT_WRITE;

  solco_libraries_take_messages (task, &messages);
  solco_messages_add (&messages, at_start);
  if (end->was_cancelled)
    return solco_task_check_cancelled (task, error);
  if (end->wrote_well)
    return TRUE;
  if (solco_drive_is_image (drive) && is_out_of_space (messages.os_errno))
    code = SOLCO_ERROR_NO_SPACE;
  /* After an error libburn closes what it wrote so far, and may fail at that, too. */
  else if (!messages.has_write_error && (messages.has_close_error || end->was_closing))
    code = SOLCO_ERROR_CLOSING_FAILED;
  solco_drive_set_error_from (drive, error, code, "writing failed", &messages);
  return FALSE;
}

static gboolean
set_image_error (SolcoDrive *drive, const char *what, GError **error)
{
  int saved_errno = errno;

  g_set_error (error, SOLCO_ERROR,
               is_out_of_space (saved_errno) ? SOLCO_ERROR_NO_SPACE : SOLCO_ERROR_CANNOT_WRITE,
               "%s: %s: %s", solco_drive_get_target (drive)->address, what,
               g_strerror (saved_errno));
  return FALSE;
}

static void
start_write (SolcoDrive *drive, gpointer user_data)
{
  BurnObjects *objects = user_data;

  burn_disc_write (objects->options, objects->disc);
}

gboolean
solco_burn_write (SolcoDrive *drive, const SolcoMedium *medium, const SolcoBurnWrite *write,
                  GError **error)
{
  struct burn_drive *burn_drive = solco_drive_get_burn_drive (drive, error);
  g_auto (BurnObjects) objects = { NULL };
  g_auto (SolcoMessages) at_start = { NULL };
  WriteEnd end;
  gboolean is_good;

  if (burn_drive == NULL || !make_disc (&objects, drive, medium, write, error)
      || !make_options (&objects, burn_drive, drive, medium, write, error))
    return FALSE;
  if (!solco_drive_is_image (drive))
    /* 0 stands for the fastest, for reading too. */
    burn_drive_set_speed (burn_drive, 0, (int) write->speed_kb_per_s);
  if (!solco_drive_start (drive, start_write, &objects, &at_start, error))
    return FALSE;
  wait_for_end (drive, burn_drive, write,
                write->n_blocks + (is_cd (medium) ? CD_PADDING_BLOCKS : 0), &end);
  is_good = check_result (drive, &end, &at_start, error);
  /* The thread would still look at them. */
  if (!end.wrote_well && !solco_drive_join (drive))
    {
      objects = (BurnObjects){ NULL };
      return is_good;
    }
  errno = solco_writeback_free (g_steal_pointer (&objects.writeback));
  if (is_good && errno != 0)
    is_good = set_image_error (drive, "the data cannot be brought to the disk", error);
  return is_good;
}

gboolean
solco_burn_sync (SolcoDrive *drive, GError **error)
{
  SolcoTask *task = solco_drive_get_task (drive);
  struct burn_drive *burn_drive;
  gboolean result = TRUE;

  solco_task_begin_command (task);
  if (solco_drive_is_image (drive))
    {
      if (fdatasync (solco_drive_get_fd (drive)) != 0)
        result = set_image_error (drive, "the data cannot be brought to the disk", error);
    }
  else
    {
      burn_drive = solco_drive_get_burn_drive (drive, error);
      result = burn_drive != NULL;
      if (result && burn_random_access_write (burn_drive, 0, NULL, 0, 1) <= 0)
        {
          solco_drive_set_error (drive, error, SOLCO_ERROR_CANNOT_WRITE,
                                 "The drive does not empty its buffer");
          result = FALSE;
        }
    }
  solco_task_end_command (task);
  return result;
}

static gboolean
write_bytes (SolcoDrive *drive, gint64 position_bytes, const guint8 *data, gsize size_bytes,
             GError **error)
{
  struct burn_drive *burn_drive;

  if (solco_drive_is_image (drive))
    {
      while (size_bytes > 0)
        {
          gssize n = pwrite (solco_drive_get_fd (drive), data, size_bytes, position_bytes);

          if (n < 0 && errno == EINTR)
            continue;
          if (n < 0)
            return set_image_error (drive, "the head cannot be written", error);
          data += n;
          size_bytes -= n;
          position_bytes += n;
        }
      return TRUE;
    }
  burn_drive = solco_drive_get_burn_drive (drive, error);
  if (burn_drive == NULL)
    return FALSE;
  if (burn_random_access_write (burn_drive, position_bytes, (char *) data, (off_t) size_bytes, 1)
      <= 0)
    {
      solco_drive_set_error (drive, error, SOLCO_ERROR_CANNOT_WRITE, "The head cannot be written");
      return FALSE;
    }
  return TRUE;
}

/* A new file is only safe when its name is. */
static gboolean
sync_folder (SolcoDrive *drive, GError **error)
{
  const char *path = solco_target_get_image_path (solco_drive_get_target (drive));
  g_autofree char *folder = NULL;
  int fd;
  gboolean result;

  if (path == NULL)
    return TRUE;
  folder = g_path_get_dirname (path);
  fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  /* Some file systems cannot sync folders; a folder that cannot be read cannot be synced. */
  if (fd < 0)
    return TRUE;
  result = fsync (fd) == 0 || errno == EINVAL
           || set_image_error (drive, "the folder cannot be brought to the disk", error);
  close (fd);
  return result;
}

gboolean
solco_burn_write_head (SolcoDrive *drive, const guint8 *head, GError **error)
{
  SolcoTask *task = solco_drive_get_task (drive);
  gboolean result;

  solco_task_set_can_cancel (task, FALSE);
  solco_task_begin_command (task);
  result = write_bytes (drive, 0, head, SOLCO_HEAD_HALF_BYTES, error)
           && write_bytes (drive, SOLCO_HEAD_HALF_BYTES, head + SOLCO_HEAD_HALF_BYTES,
                           SOLCO_HEAD_HALF_BYTES, error)
           && (!solco_drive_is_image (drive)
               || fsync (solco_drive_get_fd (drive)) == 0
               || set_image_error (drive, "the head cannot be brought to the disk", error))
           && sync_folder (drive, error);
  solco_task_end_command (task);
  solco_task_set_can_cancel (task, TRUE);
  return result;
}
