/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-drive-private.h"

#include <errno.h>
#include <fcntl.h>
#include "solco-libburn-private.h"
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "solco-device-private.h"
#include "solco-error.h"
#include "solco-libraries-private.h"
#include "solco-unmount-private.h"

/* As burn_preset_device_open() wants them: alone among all programs, which no mount allows; and among
 * those that lock, which all of libburn's can. */
#define PRESET_EXCLUSIVE 1
#define PRESET_LOCK 32

/* A drive that loads or spins up answers "not ready" for this long at the most. */
#define READY_TIMEOUT_MS 60000
#define READY_POLL_MS 100
/* libburn's thread of an operation ends a moment after the drive is idle. */
#define BUSY_TIMEOUT_MS 10000
#define BUSY_POLL_MS 2
/* What libburn reads with one command, and where all descriptors of a session stand. */
#define KEPT_BLOCKS 32

struct _SolcoDrive
{
  SolcoTask *task;
  SolcoTarget *target;
  const char *image_path; /* NULL for a drive */
  int fd;
  gboolean writable;
  struct burn_drive_info *info;
  /* The start of a session, while one is looked at; NULL otherwise. */
  guint8 *kept;
  gint64 kept_block; /* −1: nothing yet */
  /* How it was found out that the drive or the medium went away. */
  GError *loss;
};

SolcoTask *
solco_drive_get_task (SolcoDrive *self)
{
  return self->task;
}

const SolcoTarget *
solco_drive_get_target (SolcoDrive *self)
{
  return self->target;
}

gboolean
solco_drive_is_image (SolcoDrive *self)
{
  return self->image_path != NULL;
}

int
solco_drive_get_fd (SolcoDrive *self)
{
  return self->fd;
}

void
solco_drive_set_error (SolcoDrive *self, GError **error, int code, const char *what)
{
  g_auto (SolcoMessages) messages = { NULL };

  solco_libraries_take_messages (self->task, &messages);
  solco_drive_set_error_from (self, error, code, what, &messages);
}

void
solco_drive_set_error_from (SolcoDrive *self, GError **error, int code, const char *what,
                            const SolcoMessages *messages)
{
  g_autoptr (GError) local_error
      = g_error_new (SOLCO_ERROR, solco_messages_get_code (messages, code), "%s: %s%s%s",
                     self->target->address, what, messages->text != NULL ? ": " : "",
                     messages->text != NULL ? messages->text : "");

  if (messages->is_device_gone || (messages->has_no_medium && self->loss == NULL))
    {
      g_clear_error (&self->loss);
      self->loss = g_error_copy (local_error);
    }
  g_propagate_error (error, g_steal_pointer (&local_error));
}

gboolean
solco_drive_check_present (SolcoDrive *self, GError **error)
{
  if (self->loss == NULL)
    return TRUE;
  g_propagate_error (error, g_error_copy (self->loss));
  return FALSE;
}

static gboolean
is_gone (SolcoDrive *self)
{
  return g_error_matches (self->loss, SOLCO_ERROR, SOLCO_ERROR_DEVICE_GONE);
}

gboolean
solco_drive_start (SolcoDrive *self, SolcoDriveStartFunc func, gpointer user_data,
                   SolcoMessages *messages, GError **error)
{
  gint64 deadline_us = g_get_monotonic_time () + BUSY_TIMEOUT_MS * G_TIME_SPAN_MILLISECOND;

  solco_libraries_drop_messages (self->task);
  for (;;)
    {
      func (self, user_data);
      solco_libraries_take_messages (self->task, messages);
      if (!messages->is_busy)
        return TRUE;
      if (g_get_monotonic_time () > deadline_us)
        {
          g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NOT_ACCESSIBLE, "%s: %s",
                       self->target->address, messages->text);
          return FALSE;
        }
      solco_messages_clear (messages);
      g_usleep (BUSY_POLL_MS * 1000);
    }
}

/* What a write needs at least to be refused by libburn. */
typedef struct
{
  struct burn_write_opts *options;
  struct burn_disc *disc;
  struct burn_session *session;
  struct burn_track *track;
} Probe;

static void
probe_write (SolcoDrive *self, gpointer user_data)
{
  Probe *probe = user_data;

  burn_disc_write (probe->options, probe->disc);
}

gboolean
solco_drive_join (SolcoDrive *self)
{
  struct burn_drive *burn_drive = self->info[0].drive;
  Probe probe = {
    .options = burn_write_opts_new (burn_drive),
    .disc = burn_disc_create (),
    .session = burn_session_create (),
    .track = burn_track_create (),
  };
  g_auto (SolcoMessages) messages = { NULL };
  gboolean has_ended;

  g_assert (probe.options != NULL && probe.disc != NULL && probe.session != NULL
            && probe.track != NULL);
  burn_disc_add_session (probe.disc, probe.session, BURN_POS_END);
  burn_track_define_data (probe.track, 0, 0, 1, BURN_MODE1);
  burn_session_add_track (probe.session, probe.track, BURN_POS_END);
  /* No medium takes a start address and further sessions, so that libburn never begins with it. But
   * before it looks at that, it looks whether a thread is at work. */
  burn_write_opts_set_start_byte (probe.options, 0);
  burn_write_opts_set_multi (probe.options, 1);
  burn_write_opts_set_simulate (probe.options, 1);
  solco_task_begin_command (self->task);
  has_ended = solco_drive_start (self, probe_write, &probe, &messages, NULL);
  solco_task_end_command (self->task);
  burn_track_free (probe.track);
  burn_session_free (probe.session);
  burn_disc_free (probe.disc);
  burn_write_opts_free (probe.options);
  return has_ended;
}

/* Opens and locks the image file, if there is one. */
static gboolean
open_image (SolcoDrive *self, GError **error)
{
  struct stat status;
  struct flock lock = { .l_type = self->writable ? F_WRLCK : F_RDLCK, .l_whence = SEEK_SET };

  /* Not O_CREAT: a file is only made when something will be written to it. O_NONBLOCK: opening a
   * pipe must not wait for its other end. */
  self->fd = open (self->image_path,
                   (self->writable ? O_RDWR : O_RDONLY) | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (self->fd < 0 && errno == ENOENT)
    {
      g_autofree char *folder = g_path_get_dirname (self->image_path);

      if (g_file_test (folder, G_FILE_TEST_IS_DIR))
        return TRUE;
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NOT_ACCESSIBLE,
                   "There is no folder “%s” for the image file", folder);
      return FALSE;
    }
  if (self->fd < 0)
    {
      int saved_errno = errno;

      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NOT_ACCESSIBLE, "Cannot open “%s”: %s",
                   self->image_path,
                   saved_errno == EISDIR ? "it is a folder" : g_strerror (saved_errno));
      return FALSE;
    }
  if (fstat (self->fd, &status) != 0)
    {
      int saved_errno = errno;

      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NOT_ACCESSIBLE, "Cannot look at “%s”: %s",
                   self->image_path, g_strerror (saved_errno));
      return FALSE;
    }
  /* A hard disk would do for libburn, and everything on it would be lost. */
  if (!S_ISREG (status.st_mode))
    {
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NOT_AN_IMAGE,
                   "“%s” is not a regular file, so it cannot be an image file", self->image_path);
      return FALSE;
    }
  if (fcntl (self->fd, F_OFD_SETLK, &lock) != 0 && (errno == EAGAIN || errno == EACCES))
    {
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NOT_ACCESSIBLE,
                   "“%s” is in use by another program", self->image_path);
      return FALSE;
    }
  return TRUE;
}

static gboolean
wait_until_ready (SolcoDrive *self, GError **error)
{
  gint64 deadline_us = g_get_monotonic_time () + READY_TIMEOUT_MS * G_TIME_SPAN_MILLISECOND;

  while (burn_disc_get_status (self->info[0].drive) == BURN_DISC_UNREADY)
    {
      if (!solco_task_check_cancelled (self->task, error))
        return FALSE;
      if (g_get_monotonic_time () > deadline_us)
        {
          solco_drive_set_error (self, error, SOLCO_ERROR_DISC_UNREADABLE,
                                 "The drive does not get ready");
          return FALSE;
        }
      g_usleep (READY_POLL_MS * 1000);
    }
  return TRUE;
}

static void
scan_and_grab (SolcoDrive *self, gpointer user_data)
{
  int *ret = user_data;

  burn_preset_device_open (self->writable ? PRESET_EXCLUSIVE | PRESET_LOCK : PRESET_LOCK, 0, 0);
  /* load 0: the tray moves only when the user asks for it. */
  *ret = burn_drive_scan_and_grab (&self->info, self->target->address, 0);
}

static gboolean
grab (SolcoDrive *self, GError **error)
{
  g_auto (SolcoMessages) messages = { NULL };
  gboolean is_started;
  struct stat status;
  int ret = 0;

  if (self->image_path == NULL
      && !solco_device_prepare (self->task, self->target->address, self->writable, error))
    return FALSE;
  solco_task_begin_command (self->task);
  is_started = solco_drive_start (self, scan_and_grab, &ret, &messages, error);
  solco_task_end_command (self->task);
  if (is_started && ret == 1)
    return wait_until_ready (self, error);
  self->info = NULL;
  /* It was there before; libburn does not tell what became of it. */
  if (self->image_path == NULL && stat (self->target->address, &status) != 0)
    messages.is_device_gone = TRUE;
  if (is_started)
    solco_drive_set_error_from (self, error, SOLCO_ERROR_NOT_ACCESSIBLE,
                                "the recorder cannot be opened", &messages);
  return FALSE;
}

SolcoDrive *
solco_drive_open (SolcoTask *task, const SolcoTarget *target, SolcoDriveAccess access,
                  GError **error)
{
  g_autoptr (SolcoDrive) self = g_new0 (SolcoDrive, 1);

  self->task = solco_task_ref (task);
  self->target = solco_target_copy (target);
  self->image_path = solco_target_get_image_path (self->target);
  self->fd = -1;
  self->writable = access == SOLCO_DRIVE_WRITE;
  if (self->image_path != NULL)
    {
      if (!open_image (self, error))
        return NULL;
    }
  else if (*target->address == '\0')
    {
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NO_RECORDER, "No recorder is selected");
      return NULL;
    }
  else if (!grab (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

static gboolean
is_mounted_beside (SolcoDrive *self)
{
  g_autoptr (GPtrArray) paths = NULL;

  if (self->writable || self->image_path != NULL)
    return FALSE;
  paths = solco_unmount_list_paths (self->target->address);
  return paths->len > 0;
}

void
solco_drive_release_burn_drive (SolcoDrive *self)
{
  if (self->info == NULL)
    return;
  solco_task_begin_command (self->task);
  /* A drive that went away was closed by libburn itself. The tray of a disc that is mounted stays
   * locked, as it was. */
  if (!is_gone (self) && is_mounted_beside (self))
    (void) burn_drive_leave_locked (self->info[0].drive, 0);
  else if (!is_gone (self))
    burn_drive_release (self->info[0].drive, 0);
  burn_drive_info_free (self->info);
  solco_task_end_command (self->task);
  self->info = NULL;
}

gboolean
solco_drive_eject (SolcoDrive *self, GError **error)
{
  if (self->info == NULL && !grab (self, error))
    return FALSE;
  solco_task_begin_command (self->task);
  burn_drive_release (self->info[0].drive, 1);
  burn_drive_info_free (self->info);
  solco_task_end_command (self->task);
  self->info = NULL;
  return TRUE;
}

void
solco_drive_close (SolcoDrive *self)
{
  if (self == NULL)
    return;
  solco_drive_release_burn_drive (self);
  solco_drive_stop_keeping (self);
  if (self->fd >= 0)
    close (self->fd);
  g_clear_error (&self->loss);
  solco_target_free (self->target);
  solco_task_unref (self->task);
  g_free (self);
}

gint64
solco_drive_get_file_size_bytes (SolcoDrive *self)
{
  struct stat status;

  if (self->fd < 0 || fstat (self->fd, &status) != 0)
    return 0;
  return status.st_size;
}

gboolean
solco_drive_create_file (SolcoDrive *self, gboolean *created, GError **error)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

  *created = FALSE;
  if (self->fd >= 0)
    return TRUE;
  self->fd = open (self->image_path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (self->fd < 0)
    {
      int saved_errno = errno;

      g_set_error (error, SOLCO_ERROR,
                   saved_errno == ENOSPC || saved_errno == EDQUOT ? SOLCO_ERROR_NO_SPACE
                                                                  : SOLCO_ERROR_NOT_ACCESSIBLE,
                   "Cannot create “%s”: %s", self->image_path, g_strerror (saved_errno));
      return FALSE;
    }
  *created = TRUE;
  if (fcntl (self->fd, F_OFD_SETLK, &lock) != 0 && (errno == EAGAIN || errno == EACCES))
    {
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NOT_ACCESSIBLE,
                   "“%s” is in use by another program", self->image_path);
      return FALSE;
    }
  return TRUE;
}

struct burn_drive *
solco_drive_get_burn_drive (SolcoDrive *self, GError **error)
{
  if (self->info == NULL && !grab (self, error))
    return NULL;
  return self->info[0].drive;
}

gboolean
solco_drive_reassess (SolcoDrive *self, GError **error)
{
  if (self->image_path != NULL)
    return TRUE;

  if (is_gone (self))
    return solco_drive_check_present (self, error);
  g_clear_error (&self->loss);
  solco_task_begin_command (self->task);
  int ret = burn_drive_re_assess (self->info[0].drive, 0);
  solco_task_end_command (self->task);
  if (ret <= 0)
    {
      solco_drive_set_error (self, error, SOLCO_ERROR_DEVICE_GONE,
                             "The recorder does not say what is in it");
      return FALSE;
    }
  return wait_until_ready (self, error);
}

static gboolean
read_image (SolcoDrive *self, gint64 block, guint n_blocks, guint8 *buffer, GError **error)
{
  gsize wanted = (gsize) n_blocks * SOLCO_BLOCK_BYTES;
  gsize done = 0;

  while (done < wanted)
    {
      gssize n = pread (self->fd, buffer + done, wanted - done,
                        block * SOLCO_BLOCK_BYTES + (gint64) done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          int saved_errno = errno;

          g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_READ_FAILED,
                       "Cannot read block %" G_GINT64_FORMAT " of “%s”: %s",
                       block + (gint64) (done / SOLCO_BLOCK_BYTES), self->image_path,
                       n == 0 ? "the file ends before it" : g_strerror (saved_errno));
          return FALSE;
        }
      done += n;
    }
  return TRUE;
}

void
solco_drive_keep_starts (SolcoDrive *self)
{
  if (self->image_path != NULL || self->kept != NULL)
    return;
  self->kept = g_malloc (KEPT_BLOCKS * SOLCO_BLOCK_BYTES);
  self->kept_block = -1;
}

void
solco_drive_stop_keeping (SolcoDrive *self)
{
  g_clear_pointer (&self->kept, g_free);
}

gboolean
solco_drive_read (SolcoDrive *self, gint64 block, guint n_blocks, guint8 *buffer, GError **error)
{
  off_t data_count = 0;

  g_return_val_if_fail (block >= 0, FALSE);
  if (self->image_path != NULL)
    return read_image (self, block, n_blocks, buffer, error);
  if (!solco_drive_check_present (self, error))
    return FALSE;
  if (self->kept != NULL && self->kept_block >= 0 && block >= self->kept_block
      && block + n_blocks <= self->kept_block + KEPT_BLOCKS)
    {
      memcpy (buffer, self->kept + (block - self->kept_block) * SOLCO_BLOCK_BYTES,
              (gsize) n_blocks * SOLCO_BLOCK_BYTES);
      return TRUE;
    }

  solco_task_begin_command (self->task);
  int ret = burn_read_data (self->info[0].drive, (off_t) block * SOLCO_BLOCK_BYTES,
                            (char *) buffer, (off_t) n_blocks * SOLCO_BLOCK_BYTES, &data_count,
                            0);
  solco_task_end_command (self->task);
  if (ret > 0 && data_count == (off_t) n_blocks * SOLCO_BLOCK_BYTES)
    {
      if (self->kept != NULL && n_blocks == KEPT_BLOCKS)
        {
          memcpy (self->kept, buffer, KEPT_BLOCKS * SOLCO_BLOCK_BYTES);
          self->kept_block = block;
        }
      return TRUE;
    }

  g_autofree char *what
      = g_strdup_printf ("Cannot read block %" G_GINT64_FORMAT,
                         block + (gint64) (data_count / SOLCO_BLOCK_BYTES));
  solco_drive_set_error (self, error, SOLCO_ERROR_READ_FAILED, what);
  return FALSE;
}
