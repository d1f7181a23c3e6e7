/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include "solco-libburn-private.h"
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "solco-burn-setup-private.h"
#include "solco-burn-write-private.h"
#include "solco-disc-master.h"
#include "solco-erase-private.h"
#include "solco-error.h"
#include "solco-image-guard-private.h"
#include "solco-operation-private.h"
#include "solco-volume-private.h"

#define COMPARE_BLOCKS 256
/* As with opening an image: padding that a careful copy may lack. */
#define TOLERATED_MISSING_BLOCKS 150

/* libburn's view of the image file. */
typedef struct
{
  int fd;
  gint64 position_bytes;
  gint64 size_bytes;
  int saved_errno;
} FileSource;

static int
file_source_read (struct burn_source *source, unsigned char *buffer, int size)
{
  FileSource *self = source->data;
  int done = 0;

  while (done < size && self->position_bytes < self->size_bytes)
    {
      gsize wanted = (gsize) MIN (size - done, self->size_bytes - self->position_bytes);
      gssize n = pread (self->fd, buffer + done, wanted, self->position_bytes);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          self->saved_errno = n < 0 ? errno : EIO;
          return -1;
        }
      done += n;
      self->position_bytes += n;
    }
  return done;
}

static off_t
file_source_get_size (struct burn_source *source)
{
  return ((FileSource *) source->data)->size_bytes;
}

static void
file_source_free_data (struct burn_source *source)
{
  /* Belongs to the operation. */
}

static int
file_source_cancel (struct burn_source *source)
{
  return 1;
}

static gint64
count_blocks (gint64 bytes)
{
  return (bytes + SOLCO_BLOCK_BYTES - 1) / SOLCO_BLOCK_BYTES;
}

/* Something that is worth a disc: ISO 9660 or UDF, and all of it. */
static gboolean
check_image (SolcoDrive *image, GError **error)
{
  const char *path = solco_target_get_image_path (solco_drive_get_target (image));
  gint64 n_blocks = count_blocks (solco_drive_get_file_size_bytes (image));
  g_autoptr (SolcoVolume) volume = NULL;
  SolcoVolumeKind kind;

  if (solco_drive_get_fd (image) < 0)
    {
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_SOURCE, "There is no file “%s”", path);
      return FALSE;
    }
  if (!solco_volume_read (image, 0, &kind, &volume, NULL) || kind == SOLCO_VOLUME_NOTHING)
    {
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NOT_AN_IMAGE,
                   "“%s” holds neither ISO 9660 nor UDF", path);
      return FALSE;
    }
  if (volume != NULL && volume->size_blocks > n_blocks + TOLERATED_MISSING_BLOCKS)
    {
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NOT_AN_IMAGE,
                   "“%s” is truncated: it has %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT
                   " blocks",
                   path, n_blocks, volume->size_blocks);
      return FALSE;
    }
  return TRUE;
}

static gboolean
is_same_file (int a, int b)
{
  struct stat x;
  struct stat y;

  return a >= 0 && b >= 0 && fstat (a, &x) == 0 && fstat (b, &y) == 0 && x.st_dev == y.st_dev
         && x.st_ino == y.st_ino;
}

static gboolean
read_target (SolcoTask *task, SolcoDrive *drive, GError **error)
{
  SolcoResult *result = solco_task_get_result (task);
  SolcoMedium *medium = solco_medium_read (drive, error);

  if (medium == NULL)
    return FALSE;
  g_clear_pointer (&result->medium, solco_medium_unref);
  result->medium = medium;
  return TRUE;
}

/* The target is blank, or becomes so, and the image fits on it. */
static gboolean
prepare_target (SolcoTask *task, SolcoDrive *drive, gint64 n_blocks, GError **error)
{
  const SolcoRequest *request = solco_task_get_request (task);
  SolcoResult *result = solco_task_get_result (task);
  SolcoCapacityInput input;
  SolcoCapacity capacity;

  if (!read_target (task, drive, error)
      || !solco_disc_master_check_target (result->medium, NULL, request->erase, error))
    return FALSE;
  if (request->simulate && !result->medium->can_simulate)
    {
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NOT_POSSIBLE,
                   "The drive cannot simulate on this kind of disc");
      return FALSE;
    }
  solco_capacity_input_from_medium (&input, result->medium);
  input.n_sessions = 0;
  input.next_writable_block = 0;
  input.free_blocks = result->medium->capacity_blocks;
  input.image_blocks = n_blocks;
  input.close_disc = input.close_disc || request->close_disc;
  solco_capacity_compute (&input, &capacity);
  solco_task_measured (task, &capacity, n_blocks);
  if (!capacity.fits)
    {
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_DISC_FULL,
                   "The image needs %" G_GINT64_FORMAT " blocks, and %" G_GINT64_FORMAT
                   " are free: %" G_GINT64_FORMAT " too many",
                   capacity.need_blocks, capacity.free_blocks, -capacity.remaining_now_blocks);
      return FALSE;
    }
  if (result->medium->state != SOLCO_MEDIUM_BLANK)
    {
      if (request->simulate)
        {
          g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NOT_POSSIBLE,
                       "A simulation would have to erase the disc first");
          return FALSE;
        }
      if (!solco_erase_check_agreed (result->medium, request->expected, error)
          || !solco_erase (drive, result->medium, SOLCO_ERASE_FAST, error)
          || !read_target (task, drive, error))
        return FALSE;
    }
  return solco_burn_check_free_space (drive, n_blocks, error);
}

static gboolean
write_image (SolcoTask *task, SolcoDrive *drive, SolcoDrive *image, GError **error)
{
  const SolcoRequest *request = solco_task_get_request (task);
  SolcoResult *result = solco_task_get_result (task);
  FileSource file = { .fd = solco_drive_get_fd (image),
                      .size_bytes = solco_drive_get_file_size_bytes (image) };
  struct burn_source *source = calloc (1, sizeof (struct burn_source));
  g_auto (SolcoImageGuard) guard = { NULL };
  gboolean had_file = solco_drive_get_fd (drive) >= 0;
  g_autoptr (GError) local_error = NULL;
  SolcoBurnWrite write = {
    .source = source,
    .n_blocks = result->image_blocks,
    .start_block = result->medium->is_overwritable ? 0 : -1,
    .close_disc = request->close_disc,
    .simulate = request->simulate,
    .speed_kb_per_s = request->speed_kb_per_s,
  };
  gboolean is_good;

  g_assert (source != NULL);
  source->refcount = 1;
  source->version = 1;
  source->read_xt = file_source_read;
  source->get_size = file_source_get_size;
  source->free_data = file_source_free_data;
  source->cancel = file_source_cancel;
  source->data = &file;
  is_good = (request->simulate
             || solco_format_if_needed (drive, result->medium, &local_error))
            && solco_image_guard_arm (&guard, drive, &local_error)
            && solco_burn_write (drive, result->medium, &write, &local_error)
            && (request->simulate || !result->medium->is_overwritable
                || solco_burn_sync (drive, &local_error));
  burn_source_free (source);
  if (is_good && (!request->simulate || had_file))
    solco_image_guard_commit (&guard);
  if (is_good)
    return TRUE;
  if (file.saved_errno != 0)
    g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_STREAMING_LOST,
                 "The image file cannot be read any further: %s", g_strerror (file.saved_errno));
  else
    g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Every block of the disc against the file. */
static gboolean
compare (SolcoTask *task, SolcoDrive *drive, SolcoDrive *image, GError **error)
{
  SolcoResult *result = solco_task_get_result (task);
  gint64 size_bytes = solco_drive_get_file_size_bytes (image);
  g_autofree guint8 *from_disc = g_malloc (COMPARE_BLOCKS * SOLCO_BLOCK_BYTES);
  g_autofree guint8 *from_file = g_malloc (COMPARE_BLOCKS * SOLCO_BLOCK_BYTES);
  gint64 position = 0;

  solco_task_begin_phase (task, SOLCO_PHASE_VERIFY, (guint64) size_bytes);
  while (position < size_bytes)
    {
      gsize bytes = (gsize) MIN (COMPARE_BLOCKS * SOLCO_BLOCK_BYTES, size_bytes - position);
      gint64 block = position / SOLCO_BLOCK_BYTES;
      guint n_blocks = (guint) count_blocks ((gint64) bytes);
      gssize n = pread (solco_drive_get_fd (image), from_file, bytes, position);

      if (n != (gssize) bytes)
        {
          g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_SOURCE,
                       "The image file changed or cannot be read while it is compared");
          return FALSE;
        }
      if (!solco_task_check_cancelled (task, error)
          || !solco_drive_read (drive, block, n_blocks, from_disc, error))
        return FALSE;
      if (memcmp (from_disc, from_file, bytes) != 0)
        {
          g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_VERIFY_FAILED,
                       "The disc differs from the image in the blocks from %" G_GINT64_FORMAT
                       " on",
                       block);
          return FALSE;
        }
      position += (gint64) bytes;
      solco_task_set_done_bytes (task, (guint64) position);
    }
  result->is_verified = TRUE;
  return TRUE;
}

gboolean
solco_operation_burn_image (SolcoTask *task, GError **error)
{
  const SolcoRequest *request = solco_task_get_request (task);
  SolcoResult *result = solco_task_get_result (task);
  g_autofree char *address = g_strconcat ("stdio:", request->image_path, NULL);
  g_autoptr (SolcoTarget) image_target
      = solco_target_new (address, SOLCO_IMAGE_KIND_FREE_SPACE, 0);
  g_autoptr (SolcoDrive) image = NULL;
  g_autoptr (SolcoDrive) drive = NULL;

  solco_task_begin_phase (task, SOLCO_PHASE_OPEN, 0);
  image = solco_drive_open (task, image_target, SOLCO_DRIVE_READ, error);
  if (image == NULL || !check_image (image, error))
    return FALSE;
  drive = solco_drive_open (task, request->target, SOLCO_DRIVE_WRITE, error);
  if (drive == NULL)
    return FALSE;
  if (is_same_file (solco_drive_get_fd (image), solco_drive_get_fd (drive)))
    {
      g_set_error (error, SOLCO_ERROR, SOLCO_ERROR_NOT_POSSIBLE,
                   "The image cannot be written to itself");
      return FALSE;
    }
  solco_task_begin_phase (task, SOLCO_PHASE_PREPARE, 0);
  if (!prepare_target (task, drive, count_blocks (solco_drive_get_file_size_bytes (image)), error))
    return FALSE;
  result->is_simulated = request->simulate;
  if (!write_image (task, drive, image, error))
    {
      if (solco_drive_reassess (drive, NULL))
        (void) read_target (task, drive, NULL);
      return FALSE;
    }
  solco_task_begin_phase (task, SOLCO_PHASE_REREAD, 0);
  if (!solco_drive_reassess (drive, error) || !read_target (task, drive, error))
    return FALSE;
  if (!request->simulate)
    result->written_blocks = result->capacity.need_blocks;
  if (!request->simulate && request->verify != SOLCO_VERIFY_NONE
      && !compare (task, drive, image, error))
    return FALSE;
  if (!request->eject || solco_drive_is_image (drive))
    return TRUE;
  solco_task_begin_phase (task, SOLCO_PHASE_EJECT, 0);
  return solco_drive_eject (drive, error);
}
