/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vr-medium.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Two journal slots stand before the data of a backing file. */
#define DATA_OFFSET (1024 * 1024)

/* Blocks between two saves of the state while data streams in: what a killed recorder may
 * forget of an unfinished track (8 MiB). */
#define SAVE_INTERVAL_BLOCKS 4096

/* A pressed disc without an image holds this much of a pattern; an audio disc two such tracks. */
#define PRESSED_BLOCKS 1500

/* Blocks before a further track of the same session of a CD. */
#define CD_PREGAP_BLOCKS 150
#define CD_SHORTEST_TRACK_BLOCKS 300

/* Whether @found, read from a file, is the same piece of plastic as @wanted. */
static gboolean
is_same_disc (VrKind wanted, VrKind found)
{
  gboolean wants_dvd_rw = wanted == VR_KIND_DVD_RW_SEQ || wanted == VR_KIND_DVD_RW_RO;
  gboolean is_dvd_rw = found == VR_KIND_DVD_RW_SEQ || found == VR_KIND_DVD_RW_RO;

  return wanted == VR_KIND_NONE || wanted == found || (wants_dvd_rw && is_dvd_rw);
}

static gboolean
press (VrMedium *self, GError **error)
{
  gboolean is_audio = self->kind == VR_KIND_AUDIO_CD;
  guint32 n_blocks = PRESSED_BLOCKS;
  struct stat info;

  if (fstat (self->fd, &info) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", self->path,
                   g_strerror (errno));
      return FALSE;
    }
  if (self->path != NULL && info.st_size > 0)
    {
      /* An image file is pressed as it is. */
      self->data_offset = 0;
      n_blocks = (guint32) ((info.st_size + VR_BLOCK_BYTES - 1) / VR_BLOCK_BYTES);
    }
  for (guint i = 0; i < (is_audio ? 2 : 1); i++)
    {
      VrTrack *track = vr_medium_add_track (self, i * (PRESSED_BLOCKS + CD_PREGAP_BLOCKS));
      g_autofree guint8 *data = NULL;

      track->control = is_audio ? 0 : 4;
      track->data_mode = is_audio ? 0 : vr_medium_get_info (self)->is_cd ? 1 : 15;
      track->sector_bytes = is_audio ? VR_CD_SECTOR_BYTES : VR_BLOCK_BYTES;
      if (self->data_offset > 0)
        {
          gsize size = (gsize) n_blocks * track->sector_bytes;

          data = g_malloc (size);
          for (gsize k = 0; k < size; k++)
            data[k] = (guint8) (k / 4 + i);
          if (!vr_medium_write (self, track->start, n_blocks, data, track->sector_bytes))
            {
              g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                           "Cannot write the content of a pressed disc: %s", g_strerror (errno));
              return FALSE;
            }
        }
      track->recorded_blocks = n_blocks;
      vr_medium_close_track (self, track);
      track->run_out_blocks = 0;
    }
  vr_medium_close_session (self, TRUE);
  self->capacity_blocks = vr_medium_get_data_end (self);
  return TRUE;
}

static int
open_backing (const char *path, gboolean is_pressed, GError **error)
{
  g_autofree char *name = NULL;
  int fd;

  if (path != NULL)
    {
      fd = is_pressed && g_file_test (path, G_FILE_TEST_EXISTS)
               ? g_open (path, O_RDONLY | O_CLOEXEC, 0)
               : g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
      if (fd < 0)
        g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                     "Cannot open the backing file %s: %s", path, g_strerror (errno));
      return fd;
    }
  fd = g_file_open_tmp ("virtual-medium-XXXXXX", &name, error);
  if (fd >= 0)
    g_unlink (name);
  return fd;
}

/**
 * vr_medium_new:
 * @kind: what to make; %VR_KIND_NONE takes whatever @path holds
 * @capacity_blocks: the size of a smaller medium than one can buy, or 0
 * @path: (nullable): backing file; %NULL for one that is forgotten
 * @error: return location
 *
 * Takes a medium out of its backing file, or a new one out of the wrapping. A pressed disc takes
 * an image file for @path. Any thread.
 *
 * Returns: (transfer full): the medium, or %NULL
 */
VrMedium *
vr_medium_new (VrKind kind, guint32 capacity_blocks, const char *path, GError **error)
{
  g_return_val_if_fail (kind < VR_N_KINDS, NULL);
  g_return_val_if_fail (kind != VR_KIND_NONE || path != NULL, NULL);

  gboolean is_pressed = kind != VR_KIND_NONE && vr_kind_get_info (kind)->model == VR_MODEL_PRESSED;
  g_autoptr (VrMedium) self = g_new0 (VrMedium, 1);
  const VrKindInfo *info;
  gboolean is_found = FALSE;

  self->kind = kind;
  self->path = g_strdup (path);
  self->tracks = g_array_new (FALSE, TRUE, sizeof (VrTrack));
  self->data_offset = DATA_OFFSET;
  self->fd = open_backing (path, is_pressed, error);
  if (self->fd < 0)
    return NULL;
  if (!is_pressed && !vr_medium_load (self, &is_found, error))
    return NULL;
  if (is_found && !is_same_disc (kind, self->kind))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "%s holds a %s, not a %s", path,
                   vr_kind_get_info (self->kind)->name, vr_kind_get_info (kind)->name);
      return NULL;
    }
  if (is_found)
    return g_steal_pointer (&self);
  if (kind == VR_KIND_NONE)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "%s holds no medium", path);
      return NULL;
    }

  info = vr_kind_get_info (kind);
  self->capacity_blocks = capacity_blocks > 0 ? capacity_blocks : info->capacity_blocks;
  self->capacity_blocks -= self->capacity_blocks % info->alignment_blocks;
  self->disc_id = g_random_int ();
  self->is_new = TRUE;
  /* DVD-RAM is sold formatted; a DVD-RW in restricted overwrite mode is one by being so. */
  if (kind == VR_KIND_DVD_RAM || kind == VR_KIND_DVD_RW_RO)
    vr_medium_set_formatted (self, 0, self->capacity_blocks);
  if (is_pressed && !press (self, error))
    return NULL;
  if (!is_pressed && !vr_medium_save (self, TRUE, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * vr_medium_free:
 * @self: (transfer full) (nullable): a medium
 *
 * Puts it away. A backing file then holds it as it is. Any thread.
 */
void
vr_medium_free (VrMedium *self)
{
  g_autoptr (GError) error = NULL;

  if (self == NULL)
    return;
  if (self->unsaved_blocks > 0 && !vr_medium_save (self, TRUE, &error))
    g_warning ("%s", error->message);
  if (self->fd >= 0)
    close (self->fd);
  g_clear_pointer (&self->tracks, g_array_unref);
  g_free (self->path);
  g_free (self);
}

/**
 * vr_medium_get_info:
 * @self: a medium
 *
 * Returns: (transfer none): what is fixed about its kind
 */
const VrKindInfo *
vr_medium_get_info (const VrMedium *self)
{
  return vr_kind_get_info (self->kind);
}

/**
 * vr_medium_is_blank:
 * @self: a medium
 *
 * Returns: whether nothing was ever written to it, or all of it erased
 */
gboolean
vr_medium_is_blank (const VrMedium *self)
{
  if (vr_kind_get_info (self->kind)->model == VR_MODEL_OVERWRITE)
    return self->format_state == VR_FORMAT_BLANK;
  return self->tracks->len == 0;
}

/**
 * vr_medium_get_track:
 * @self: a medium
 * @number: 1 for the first
 *
 * Returns: (transfer none) (nullable): the track; %NULL for the invisible one and beyond
 */
VrTrack *
vr_medium_get_track (const VrMedium *self, guint number)
{
  if (number < 1 || number > self->tracks->len)
    return NULL;
  return &g_array_index (self->tracks, VrTrack, number - 1);
}

/**
 * vr_medium_get_open_track:
 * @self: a medium
 * @number: (out) (optional): its number, or that of the invisible one
 *
 * Returns: (transfer none) (nullable): the last track when it can still be written to
 */
VrTrack *
vr_medium_get_open_track (const VrMedium *self, guint *number)
{
  VrTrack *track = vr_medium_get_track (self, self->tracks->len);
  gboolean is_open = track != NULL && !track->is_closed;

  if (number != NULL)
    *number = self->tracks->len + (is_open ? 0 : 1);
  return is_open ? track : NULL;
}

/**
 * vr_medium_add_track:
 * @self: a medium
 * @start: its first address
 *
 * Begins a track in the session that is open. The pointer is good until the next one is added.
 *
 * Returns: (transfer none): the track
 */
VrTrack *
vr_medium_add_track (VrMedium *self, guint32 start)
{
  VrTrack track = { .session = self->closed_sessions + 1,
                    .control = 4,
                    .data_mode = vr_kind_get_info (self->kind)->is_cd ? 1 : 15,
                    .sector_bytes = VR_BLOCK_BYTES,
                    .start = start };

  g_array_append_val (self->tracks, track);
  return &g_array_index (self->tracks, VrTrack, self->tracks->len - 1);
}

/**
 * vr_medium_find_track:
 * @self: a medium
 * @lba: an address
 *
 * Returns: (transfer none) (nullable): the track that it is in
 */
VrTrack *
vr_medium_find_track (const VrMedium *self, guint32 lba)
{
  for (guint i = 0; i < self->tracks->len; i++)
    {
      VrTrack *track = &g_array_index (self->tracks, VrTrack, i);

      if (lba >= track->start
          && lba < track->start + MAX (track->reserved_blocks,
                                       track->recorded_blocks + track->run_out_blocks))
        return track;
    }
  return NULL;
}

/**
 * vr_track_get_end:
 * @track: a track
 *
 * Returns: the address behind it, run-out included
 */
guint32
vr_track_get_end (const VrTrack *track)
{
  return track->start + track->recorded_blocks + track->run_out_blocks;
}

/**
 * vr_medium_get_session_start:
 * @self: a medium
 * @session: 1 for the first
 * @number: (out) (optional): the number of its first track
 *
 * Returns: (transfer none) (nullable): its first track
 */
VrTrack *
vr_medium_get_session_start (const VrMedium *self, guint32 session, guint *number)
{
  for (guint i = 0; i < self->tracks->len; i++)
    {
      VrTrack *track = &g_array_index (self->tracks, VrTrack, i);

      if (track->session == session)
        {
          if (number != NULL)
            *number = i + 1;
          return track;
        }
    }
  return NULL;
}

/**
 * vr_medium_get_session_end:
 * @self: a medium
 * @session: 1 for the first
 *
 * Returns: where its lead-out begins; 0 for an empty session
 */
guint32
vr_medium_get_session_end (const VrMedium *self, guint32 session)
{
  guint32 end = 0;

  for (guint i = 0; i < self->tracks->len; i++)
    {
      const VrTrack *track = &g_array_index (self->tracks, VrTrack, i);

      if (track->session == session)
        end = vr_track_get_end (track);
    }
  return end;
}

static guint32
align (guint32 lba, guint32 alignment)
{
  return (lba + alignment - 1) / alignment * alignment;
}

/**
 * vr_medium_get_next_start:
 * @self: a sequential medium
 *
 * The next writable address: inside the track that is open, behind the last track of an open
 * session, or behind the lead-out and lead-in areas after a closed one.
 *
 * Returns: the address, which can lie past the end of the medium
 */
guint32
vr_medium_get_next_start (const VrMedium *self)
{
  const VrKindInfo *info = vr_kind_get_info (self->kind);
  const VrTrack *open = vr_medium_get_open_track (self, NULL);
  const VrTrack *last = vr_medium_get_track (self, self->tracks->len);

  if (open != NULL)
    return open->start + open->recorded_blocks;
  if (last == NULL)
    return 0;
  if (last->session > self->closed_sessions)
    return info->is_cd ? vr_track_get_end (last) + CD_PREGAP_BLOCKS
                       : align (vr_track_get_end (last), info->alignment_blocks);
  return align (vr_track_get_end (last)
                    + (last->session == 1 ? info->first_gap_blocks : info->later_gap_blocks),
                info->alignment_blocks);
}

/**
 * vr_medium_get_data_end:
 * @self: a medium
 *
 * Returns: what READ CAPACITY speaks of: the lead-out of the last closed session, or the
 *   formatted size
 */
guint32
vr_medium_get_data_end (const VrMedium *self)
{
  if (vr_kind_get_info (self->kind)->model == VR_MODEL_OVERWRITE)
    return self->formatted_blocks;
  return vr_medium_get_session_end (self, self->closed_sessions);
}

/**
 * vr_medium_can_grow:
 * @self: a medium
 *
 * Returns: whether another block can be appended
 */
gboolean
vr_medium_can_grow (const VrMedium *self)
{
  return !self->is_finalized && vr_kind_get_info (self->kind)->model != VR_MODEL_PRESSED
         && vr_medium_get_next_start (self) < self->capacity_blocks;
}

/**
 * vr_medium_close_track:
 * @self: a medium
 * @track: one of its tracks
 *
 * Ends it: a data track on CD gets its two run-out blocks; a damaged one is repaired, which keeps
 * what was written of it.
 */
void
vr_medium_close_track (VrMedium *self, VrTrack *track)
{
  const VrKindInfo *info = vr_kind_get_info (self->kind);

  if (track->is_closed)
    return;
  /* What was reserved and not written is padded, and so is a track under four seconds. */
  if (!track->is_damaged)
    track->recorded_blocks = MAX (track->recorded_blocks, track->reserved_blocks);
  if (info->model == VR_MODEL_CD)
    track->recorded_blocks = MAX (track->recorded_blocks, CD_SHORTEST_TRACK_BLOCKS);
  track->is_closed = TRUE;
  track->is_damaged = FALSE;
  track->is_written_to = FALSE;
  track->reserved_blocks = 0;
  if (info->model == VR_MODEL_CD)
    track->run_out_blocks = 2;
  else if (info->alignment_blocks > 1 && info->model != VR_MODEL_PRESSED)
    track->recorded_blocks = align (track->recorded_blocks, info->alignment_blocks);
}

/**
 * vr_medium_close_session:
 * @self: a sequential medium
 * @finalize: whether no further session shall be possible
 *
 * Closes the session that is open, with a track that was left open in it.
 */
void
vr_medium_close_session (VrMedium *self, gboolean finalize)
{
  VrTrack *last = vr_medium_get_track (self, self->tracks->len);

  if (last != NULL)
    {
      if (!last->is_closed)
        vr_medium_close_track (self, last);
      self->closed_sessions = last->session;
    }
  self->is_finalized = self->is_finalized || finalize;
}

/**
 * vr_medium_cut_off:
 * @self: a medium
 * @lost_blocks: how many of the newest blocks never reached it
 *
 * The power went while data was on its way: the open track is left damaged.
 */
void
vr_medium_cut_off (VrMedium *self, guint32 lost_blocks)
{
  VrTrack *open = vr_medium_get_open_track (self, NULL);

  if (open == NULL || !open->is_written_to)
    return;
  open->recorded_blocks -= MIN (lost_blocks, open->recorded_blocks);
  open->is_damaged = TRUE;
  open->is_written_to = FALSE;
}

/* Gives the space of what was erased back to the file system. */
static void
punch_data (VrMedium *self)
{
  struct stat info;

  if (fstat (self->fd, &info) == 0 && info.st_size > self->data_offset
      && ftruncate (self->fd, self->data_offset) != 0)
    g_warning ("Cannot shorten a backing file: %s", g_strerror (errno));
}

/**
 * vr_medium_wipe:
 * @self: a rewritable medium
 *
 * Erases everything that is on it.
 */
void
vr_medium_wipe (VrMedium *self)
{
  g_array_set_size (self->tracks, 0);
  self->closed_sessions = 0;
  self->is_finalized = FALSE;
  self->format_state = VR_FORMAT_BLANK;
  self->formatted_blocks = 0;
  self->is_intermediate = FALSE;
  punch_data (self);
}

/**
 * vr_medium_set_formatted:
 * @self: an overwritable medium
 * @format_type: MMC's format type
 * @blocks: how many blocks it then has
 *
 * Makes it ready for random access. What was on it stays where a program did not erase it.
 */
void
vr_medium_set_formatted (VrMedium *self, guint8 format_type, guint32 blocks)
{
  self->format_state = VR_FORMAT_COMPLETE;
  self->format_type = format_type;
  self->formatted_blocks = blocks;
  self->is_intermediate = FALSE;
  g_array_set_size (self->tracks, 0);
  self->closed_sessions = 0;
  vr_medium_add_track (self, 0)->recorded_blocks = blocks;
  g_array_index (self->tracks, VrTrack, 0).is_closed = TRUE;
  self->closed_sessions = 1;
}

/* Tracks on CD differ in bytes a block; a slot of 2352 bytes is kept for each. */
static gint64
find_offset (const VrMedium *self, guint32 lba, gsize sector_bytes)
{
  const VrTrack *track;

  if (!vr_kind_get_info (self->kind)->is_cd)
    return self->data_offset + (gint64) lba * VR_BLOCK_BYTES;
  track = vr_medium_find_track (self, lba);
  if (track == NULL)
    track = vr_medium_get_track (self, self->tracks->len);
  if (self->data_offset == 0)
    return (gint64) lba * VR_BLOCK_BYTES;
  return self->data_offset + (gint64) track->start * VR_CD_SECTOR_BYTES
         + (gint64) (lba - track->start) * (gint64) sector_bytes;
}

/**
 * vr_medium_read:
 * @self: a medium
 * @lba: first block, inside one track
 * @n_blocks: how many
 * @data: (out caller-allocated): @n_blocks times @sector_bytes
 * @sector_bytes: the track's
 *
 * Blocks that were formatted but never written read as zeros.
 *
 * Returns: %FALSE with errno when the backing file cannot be read
 */
gboolean
vr_medium_read (VrMedium *self, guint32 lba, guint32 n_blocks, void *data, gsize sector_bytes)
{
  gint64 offset = find_offset (self, lba, sector_bytes);
  gsize size = n_blocks * sector_bytes;
  gsize done = 0;

  while (done < size)
    {
      gssize n = pread (self->fd, (char *) data + done, size - done, offset + (gint64) done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      if (n == 0)
        {
          memset ((char *) data + done, 0, size - done);
          return TRUE;
        }
      done += (gsize) n;
    }
  return TRUE;
}

/**
 * vr_medium_write:
 * @self: a medium
 * @lba: first block, inside the newest track
 * @n_blocks: how many
 * @data: @n_blocks times @sector_bytes
 * @sector_bytes: the track's
 *
 * Puts data down; the caller keeps the account of tracks.
 *
 * Returns: %FALSE with errno when the backing file cannot be written
 */
gboolean
vr_medium_write (VrMedium *self, guint32 lba, guint32 n_blocks, const void *data,
                 gsize sector_bytes)
{
  g_autoptr (GError) error = NULL;
  gint64 offset = find_offset (self, lba, sector_bytes);
  gsize size = n_blocks * sector_bytes;
  gsize done = 0;

  while (done < size)
    {
      gssize n = pwrite (self->fd, (const char *) data + done, size - done, offset + (gint64) done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      done += (gsize) n;
    }
  self->unsaved_blocks += n_blocks;
  if (self->unsaved_blocks >= SAVE_INTERVAL_BLOCKS
      && vr_kind_get_info (self->kind)->model != VR_MODEL_PRESSED
      && !vr_medium_save (self, FALSE, &error))
    {
      g_warning ("%s", error->message);
      return FALSE;
    }
  return TRUE;
}
